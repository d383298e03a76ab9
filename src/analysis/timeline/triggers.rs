//! Which verb or noun of a sentence a time expression dates.

use super::tense::{Tagged, last_of_group};
use crate::text::{Span, entries};
use std::collections::HashSet;
use std::sync::LazyLock;

const EVENT_NOUNS: &str = include_str!("../../../assets/timeline/event-nouns.txt");
const STATE_NOUNS: &str = include_str!("../../../assets/timeline/state-nouns.txt");

const VERBS: &str = include_str!("../../../assets/timeline/verbs.txt");

static LIGHT: LazyLock<HashSet<&str>> = LazyLock::new(|| section("light"));
static ASPECT: LazyLock<HashSet<&str>> = LazyLock::new(|| section("aspect"));
static FRAME: LazyLock<HashSet<&str>> = LazyLock::new(|| section("frame"));
static EVENTS: LazyLock<HashSet<&str>> = LazyLock::new(|| entries(EVENT_NOUNS).collect());
static STATES: LazyLock<HashSet<&str>> = LazyLock::new(|| entries(STATE_NOUNS).collect());

/// The words of one section of the verbs; its first line tells what it is.
fn section(name: &str) -> HashSet<&'static str> {
    let part = VERBS.split("\n[").find_map(|part| part.strip_prefix(name)).unwrap_or_default();
    part.lines().skip(1).flat_map(str::split_whitespace).collect()
}

/// How many tokens of a noun phrase may stand between an expression and its head.
const PHRASE: usize = 5;
/// How many tokens away the verb of an expression may stand.
const REACH: usize = 40;

impl Tagged<'_> {
    /// Whether the token at `at` is a noun that names something that happens.
    pub(super) fn is_event_noun(&self, at: usize) -> bool {
        let tag = self.tag(at);
        if !(tag.is_noun() || tag.ptb == "VBG") {
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

    /// Whether the token at `at` is a verb of its own: no hyphened word, no name, no participle that stands before or behind its
    /// noun (`restated losses`, `emails hacked from the server`).
    fn is_head_verb(&self, at: usize) -> bool {
        let tag = self.tag(at);
        if !tag.is_verb() || self.word(at).contains('-') || (at > 0 && self.is_name(at)) {
            return false;
        }
        let (before, after) = (at.checked_sub(1).map_or("", |i| self.tag(i).upos), self.tag(at + 1).upos);
        match tag.ptb {
            // A verb directly before leaves no place for a second one: a noun with the same form.
            "VBZ" => before != "VERB",
            "VBN" | "VBG" if matches!(before, "DET" | "ADJ" | "NUM" | "ADP") => !matches!(after, "NOUN" | "ADJ" | "PROPN"),
            "VBN" | "VBD" => !self.is_reduced(at),
            _ => true,
        }
    }

    /// Whether the word begins with a capital and the next does, too: `United States`.
    fn is_name(&self, at: usize) -> bool {
        let capital = |i: usize| self.tokens.get(i).is_some_and(|t| t.span.of(self.text).starts_with(char::is_uppercase));
        capital(at) && capital(at + 1)
    }

    /// Whether the participle at `at` modifies the object of the verb before it: `published emails hacked from a server`.
    fn is_reduced(&self, at: usize) -> bool {
        if !self.word(at).ends_with("ed")
            || !matches!(self.word(at + 1).as_str(), "by" | "from" | "in" | "at" | "to" | "with" | "for" | "on")
        {
            return false;
        }
        let mut i = at;
        while let Some(before) = i.checked_sub(1).filter(|_| at - i < REACH) {
            match self.tag(before).upos {
                "NOUN" | "ADJ" | "DET" | "NUM" | "PROPN" => i = before,
                "VERB" if self.tag(before).ptb == "VBZ" && before > 0 && self.tag(before - 1).is_verb() => i = before,
                "VERB" => return i < at && !FRAME.contains(self.word(before).as_str()),
                _ => return false,
            }
        }
        false
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

/// The token, if any, that names what the expression at `span` dates.
pub(super) fn trigger(sentence: &Tagged<'_>, span: Span) -> Option<usize> {
    let from = sentence.tokens.partition_point(|t| t.span.end <= span.start);
    let to = sentence.tokens.partition_point(|t| t.span.start < span.end);
    phrase_head(sentence, to).or_else(|| noun_before(sentence, from)).or_else(|| verb(sentence, from, to))
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
    (sentence.is_event_noun(at) && !is_object(sentence, at)).then_some(at)
}

/// Whether the noun at `at` is the object of a verb whose date is that of the noun: then the verb names the event better.
fn is_object(sentence: &Tagged<'_>, at: usize) -> bool {
    let mut i = at;
    while let Some(before) = i.checked_sub(1).filter(|_| at - i < REACH) {
        match sentence.tag(before).upos {
            "NOUN" | "ADJ" | "DET" | "NUM" | "PROPN" | "PART" => i = before,
            "VERB" => {
                let word = sentence.word(before);
                return !LIGHT.contains(word.as_str()) && !FRAME.contains(word.as_str());
            }
            // "shot to death on Friday".
            "ADP" => return sentence.word(before) == "to" && i == at,
            _ => return false,
        }
    }
    false
}

/// The verb of the expression's clause: before it, unless the clause begins with it.
fn verb(sentence: &Tagged<'_>, from: usize, to: usize) -> Option<usize> {
    let mut start = from;
    while start > 0 && sentence.is_preposition(start - 1) {
        start -= 1;
    }
    let fronted = start == 0 || sentence.opens_clause(start - 1);
    // "it now holds", "the firm recently sold".
    let finite = |at: usize| sentence.is_verbal(at) && !matches!(sentence.tag(at).ptb, "VBG" | "VBN" | "VB");
    let adverbial = start == from && finite(to);
    let left = || verb_before(sentence, from, REACH).map(|at| weighed(sentence, at, from));
    let right = || verb_after(sentence, to);
    let copula = || (from.saturating_sub(REACH)..from).rev().find(|&at| sentence.is_verbal(at)).map(|at| predicate(sentence, at));
    if fronted || adverbial { right().or_else(left).or_else(copula) } else { left().or_else(copula).or_else(right) }
}

/// The nearest verb before the token `at` that heads its clause: no participle that modifies a noun.
pub(super) fn verb_before(sentence: &Tagged<'_>, at: usize, reach: usize) -> Option<usize> {
    let first = (at.saturating_sub(reach)..at).rev().find(|&i| sentence.is_head_verb(i))?;
    let Some(before) = first.checked_sub(1) else { return Some(first) };
    // "practised forming a chain", "began to fall".
    if sentence.tag(first).ptb == "VBG" && sentence.tag(before).is_verb() {
        return Some(before);
    }
    let governor = before.checked_sub(1).filter(|&g| sentence.word(before) == "to" && ASPECT.contains(sentence.word(g).as_str()));
    Some(governor.unwrap_or(first))
}

/// `verb`, or the event noun between it and the expression where the verb says little itself.
fn weighed(sentence: &Tagged<'_>, verb: usize, from: usize) -> usize {
    if !LIGHT.contains(sentence.word(verb).as_str()) {
        return verb;
    }
    (verb + 1..from).find(|&at| sentence.is_event_noun(at)).unwrap_or(verb)
}

/// The first verb of the main clause after the token `to`: clauses between commas that begin with `which`, `who` or a participle
/// are passed over.
fn verb_after(sentence: &Tagged<'_>, to: usize) -> Option<usize> {
    let end = sentence.tokens.len().min(to + REACH);
    let mut at = to;
    while at < end {
        let aside = sentence.word(at) == ","
            && at > to
            && (matches!(sentence.word(at + 1).as_str(), "which" | "who" | "whose" | "where")
                || matches!(sentence.tag(at + 1).ptb, "VBN" | "VBG"));
        if aside && let Some(close) = (at + 1..end).find(|&i| sentence.word(i) == ",") {
            at = close + 1;
            continue;
        }
        if sentence.is_head_verb(at) {
            return Some(at);
        }
        if sentence.is_verbal(at) && sentence.tag(at).upos == "AUX" {
            return Some(predicate(sentence, at));
        }
        at += 1;
    }
    None
}

/// What the auxiliary or copula at `at` leads to: its verb, or the adjective it predicates.
fn predicate(sentence: &Tagged<'_>, at: usize) -> usize {
    let verb = last_of_group(sentence, at);
    if sentence.tag(verb).is_verb() {
        return verb;
    }
    let next = (verb + 1..verb + 4).find(|&i| !matches!(sentence.tag(i).upos, "ADV" | "DET" | "PART"));
    let named = |i: &usize| sentence.tag(*i).upos == "ADJ" || sentence.is_event_noun(*i);
    next.filter(named).filter(|&i| sentence.word(i).starts_with(char::is_alphabetic)).unwrap_or(verb)
}
