//! Which verb or noun of a sentence a time expression dates.

use super::tense::{Tagged, last_of_group};
use crate::text::Span;
use std::collections::HashSet;
use std::sync::LazyLock;

const EVENT_NOUNS: &str = include_str!("../../../assets/timeline/event-nouns.txt");
const STATE_NOUNS: &str = include_str!("../../../assets/timeline/state-nouns.txt");

static EVENTS: LazyLock<HashSet<&str>> = LazyLock::new(|| entries(EVENT_NOUNS));
static STATES: LazyLock<HashSet<&str>> = LazyLock::new(|| entries(STATE_NOUNS));

fn entries(text: &'static str) -> HashSet<&'static str> {
    text.lines().filter(|line| !line.starts_with('#')).collect()
}

/// How many tokens of a noun phrase may stand between an expression and its head.
const PHRASE: usize = 5;
/// How many tokens away the verb of an expression may stand.
const REACH: usize = 40;

impl Tagged<'_> {
    /// Whether the token at `at` is a noun that names something that happens.
    pub(super) fn is_event_noun(&self, at: usize) -> bool {
        let tag = self.tag(at);
        if !(tag.is_noun() || tag.ptb == "VBG" || (tag.upos == "PROPN" && at > 0)) {
            return false;
        }
        let word = self.word(at);
        let forms = [Some(word.as_str()), word.strip_suffix('s'), word.strip_suffix("es")];
        let known = |set: &HashSet<&str>| forms.into_iter().flatten().any(|form| set.contains(form));
        if known(&EVENTS) {
            return true;
        }
        let stem = word.strip_suffix('s').unwrap_or(&word);
        tag.is_noun()
            && word.len() > 6
            && (stem.ends_with("tion") || stem.ends_with("sion") || stem.ends_with("ment"))
            && !known(&STATES)
    }

    fn is_preposition(&self, at: usize) -> bool {
        self.tag(at).upos == "ADP" || matches!(self.word(at).as_str(), "since" | "until" | "after" | "before" | "prior" | "to")
    }

    /// Whether a clause can begin after the token at `at`.
    fn opens_clause(&self, at: usize) -> bool {
        matches!(
            self.word(at).as_str(),
            "," | ";"
                | ":"
                | "-"
                | "–"
                | "—"
                | "_"
                | "("
                | "\""
                | "“"
                | "”"
                | "and"
                | "but"
                | "that"
                | "or"
                | "while"
                | "when"
                | "because"
        )
    }
}

/// The tokens, at most two, that name what the expression at `span` dates, the likelier first.
pub(super) fn triggers(sentence: &Tagged<'_>, span: Span) -> Vec<usize> {
    let from = sentence.tokens.partition_point(|t| t.span.end <= span.start);
    let to = sentence.tokens.partition_point(|t| t.span.start < span.end);
    if let Some(noun) = phrase_head(sentence, to).or_else(|| noun_before(sentence, from)) {
        return vec![noun];
    }
    verb(sentence, from, to).into_iter().collect()
}

/// The event noun that the expression modifies from the left: `the Aug. 7 terrorist blasts`, `Wednesday's ruling`.
fn phrase_head(sentence: &Tagged<'_>, to: usize) -> Option<usize> {
    let mut head = None;
    for at in to..to + PHRASE {
        let word = sentence.word(at);
        match sentence.tag(at).upos {
            "NOUN" | "PROPN" => head = Some(at),
            "ADJ" | "PART" | "NUM" if head.is_none() => {}
            _ if head.is_none() && matches!(word.as_str(), "'s" | "’s" | "-" | "'") => {}
            "VERB" if head.is_none() && sentence.is_event_noun(at) => head = Some(at),
            _ => break,
        }
    }
    head.filter(|&at| sentence.is_event_noun(at))
}

/// The event noun that the expression follows: `a tweet on Wednesday`, `the crash of 1929`, `an approach (prior to May)`.
fn noun_before(sentence: &Tagged<'_>, from: usize) -> Option<usize> {
    let mut at = from.checked_sub(1)?;
    let mut bracket = false;
    let mut steps = 0;
    while sentence.is_preposition(at) || matches!(sentence.word(at).as_str(), "(" | "early" | "late" | "just" | "the") {
        bracket |= sentence.word(at) == "(";
        at = at.checked_sub(1)?;
        steps += 1;
        if steps > 3 {
            return None;
        }
    }
    if bracket {
        return (at.saturating_sub(PHRASE)..=at).rev().find(|&i| sentence.is_event_noun(i));
    }
    sentence.is_event_noun(at).then_some(at)
}

/// The verb of the expression's clause: before it, unless the clause begins with it.
fn verb(sentence: &Tagged<'_>, from: usize, to: usize) -> Option<usize> {
    let mut start = from;
    while start > 0 && sentence.is_preposition(start - 1) {
        start -= 1;
    }
    let fronted = start == 0 || sentence.opens_clause(start - 1);
    let left = || (from.saturating_sub(REACH)..from).rev().find(|&at| sentence.tag(at).is_verb());
    let right = || {
        let at = (to..sentence.tokens.len().min(to + REACH)).find(|&at| sentence.is_verbal(at))?;
        Some(last_of_group(sentence, at))
    };
    let auxiliary = || (from.saturating_sub(REACH)..from).rev().find(|&at| sentence.is_verbal(at));
    if fronted { right().or_else(left).or_else(auxiliary) } else { left().or_else(right).or_else(auxiliary) }
}
