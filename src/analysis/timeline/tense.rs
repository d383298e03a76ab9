//! Which way a clause looks: back or ahead.

use crate::text::{Span, Tag, Token, entries};
use std::collections::HashSet;
use std::sync::LazyLock;

const AHEAD: &str = include_str!("../../../assets/timeline/ahead.txt");

static LOOKS_AHEAD: LazyLock<HashSet<&str>> = LazyLock::new(|| entries(AHEAD).collect());

/// How many tokens from an expression its verb may stand.
const REACH: usize = 24;
/// How many tokens before a verb its auxiliaries may stand.
const GROUP: usize = 4;

/// The direction of a clause in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Tense {
    /// It tells what was.
    Past,
    /// It tells what is to come: `will`, `is to`, `plans to`.
    Future,
    /// It does not show.
    #[default]
    Unknown,
}

/// A sentence with its tags.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tagged<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) tags: &'a [Tag],
}

impl Tagged<'_> {
    /// The word at `at` in small letters; empty beyond the sentence.
    pub(super) fn word(&self, at: usize) -> String {
        self.tokens.get(at).map_or(String::new(), |t| t.span().of(self.text).to_lowercase())
    }

    pub(super) fn tag(&self, at: usize) -> Tag {
        self.tags.get(at).copied().unwrap_or_default()
    }

    /// Whether the token at `at` is a verb or an auxiliary.
    pub(super) fn is_verbal(&self, at: usize) -> bool {
        matches!(self.tag(at).upos, "VERB" | "AUX")
    }
}

/// The tense of the clause around the expression at `span`: that of the nearest verb before it, else after it.
pub(super) fn of(sentence: &Tagged<'_>, span: Span) -> Tense {
    let at = sentence.tokens.partition_point(|t| t.span().end <= span.start);
    let end = sentence.tokens.partition_point(|t| t.span().start < span.end);
    if matches!(sentence.word(end).as_str(), "'s" | "’s") {
        return Tense::Unknown;
    }
    let before = |back: usize| at.checked_sub(back).map_or(String::new(), |i| sentence.word(i));
    // "as early as Tuesday", "until Tuesday".
    if (before(1) == "until" && !told_before(sentence, at, end))
        || (before(1) == "by" && deadline(sentence, at))
        || (before(1) == "as" && matches!(before(2).as_str(), "soon" | "early" | "late"))
    {
        return Tense::Future;
    }
    // "back in March"
    if before(1) == "in" && before(2) == "back" {
        return Tense::Past;
    }
    for i in (at.saturating_sub(REACH)..at).rev() {
        // "was the first to sail in March": the verb before it tells.
        if i > 1 && sentence.word(i - 1) == "to" && matches!(sentence.word(i - 2).as_str(), "first" | "last" | "only") {
            continue;
        }
        if looks_ahead(sentence, i) {
            return Tense::Future;
        }
        if sentence.is_verbal(i) {
            return of_verb(sentence, i);
        }
    }
    let verb = (end..sentence.tokens.len().min(end + REACH)).find(|&i| sentence.is_verbal(i));
    verb.map_or(Tense::Unknown, |i| of_verb(sentence, last_of_group(sentence, i)))
}

/// Whether a clause with `by` before the token at `at` sets a time to act: `would answer by Friday`, `asked him to leave by Friday`.
fn deadline(sentence: &Tagged<'_>, at: usize) -> bool {
    let verb = (at.saturating_sub(REACH)..at).rev().find(|&i| sentence.tag(i).is_verb());
    verb.is_some_and(|verb| {
        let group = |i: &usize| matches!(sentence.tag(*i).upos, "AUX" | "ADV" | "PART");
        let mut group = (0..verb).rev().take(GROUP).take_while(group);
        group.any(|i| matches!(sentence.word(i).as_str(), "would" | "could" | "might" | "to"))
    })
}

/// Whether the word at `at` makes what follows lie ahead; `set` does so only before `to` or `for`.
fn looks_ahead(sentence: &Tagged<'_>, at: usize) -> bool {
    let word = sentence.word(at);
    LOOKS_AHEAD.contains(word.as_str()) && (word != "set" || matches!(sentence.word(at + 1).as_str(), "to" | "for"))
}

/// Whether the clause after or before an expression with `until` tells of what was: `Until Thursday, they had not`.
fn told_before(sentence: &Tagged<'_>, at: usize, end: usize) -> bool {
    let had = |i: usize| matches!(sentence.word(i).as_str(), "had" | "hadn't" | "was" | "were" | "wasn't" | "did" | "didn't");
    (end..end + 6).any(had) || (at.saturating_sub(6)..at).any(had)
}

/// The full verb that the auxiliary at `at` belongs to.
pub(super) fn last_of_group(sentence: &Tagged<'_>, at: usize) -> usize {
    let mut last = at;
    if sentence.tag(at).is_verb() {
        return at;
    }
    for i in at + 1..(at + 1 + GROUP).min(sentence.tokens.len()) {
        match sentence.tag(i).upos {
            "VERB" | "AUX" => last = i,
            "ADV" | "PART" => {}
            _ => break,
        }
        if sentence.tag(last).upos == "VERB" {
            break;
        }
    }
    last
}

/// The tense of the verb at `at` with its auxiliaries.
pub(super) fn of_verb(sentence: &Tagged<'_>, at: usize) -> Tense {
    let mut ptb = sentence.tag(at).ptb;
    for i in (at.saturating_sub(GROUP)..at).rev() {
        let word = sentence.word(i);
        match (sentence.tag(i).upos, word.as_str()) {
            (_, "will" | "'ll" | "’ll" | "shall" | "won't" | "wo" | "can" | "may" | "must" | "should") => return Tense::Future,
            (_, "would" | "could" | "might") => return Tense::Unknown,
            ("PART", "to") => {
                // "is to meet", "plans to meet": what governs the infinitive tells.
                let before = sentence.word(i.saturating_sub(1));
                let ahead = LOOKS_AHEAD.contains(before.as_str()) || matches!(before.as_str(), "is" | "are" | "going");
                return if ahead { Tense::Future } else { Tense::Unknown };
            }
            ("AUX", "was" | "were" | "had" | "did" | "has" | "have" | "'ve" | "’ve" | "been") => return Tense::Past,
            // "is now playing" is, "is playing on Friday" will be.
            ("ADV", "now" | "currently" | "still" | "already") if ptb == "VBG" => return Tense::Unknown,
            ("AUX", "is" | "are" | "'s" | "'re" | "’s" | "’re" | "be") if ptb == "VBG" => return Tense::Future,
            ("AUX", "is" | "are" | "be" | "being") => ptb = "VBZ",
            ("ADV" | "PART" | "AUX", _) => {}
            _ => break,
        }
    }
    // "Gulls: Visit the Mariners on Friday."
    let told_ahead = ptb == "VB" && at >= 2 && sentence.word(at - 1) == ":" && sentence.tag(at - 2).is_noun();
    match ptb {
        _ if told_ahead => Tense::Future,
        "VBD" | "VBN" => Tense::Past,
        "MD" if matches!(sentence.word(at).as_str(), "will" | "'ll" | "’ll" | "shall") => Tense::Future,
        _ => Tense::Unknown,
    }
}
