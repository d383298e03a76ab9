//! Which verb, noun or adjective of the sentence a time expression gives a date to.

use super::TimexType;
use super::happenings::verb_before;
use super::order::other;
use super::tense::{Tagged, last_of_group};
use crate::text::Span;

/// How many tokens of a noun phrase may stand between an expression and its head.
const PHRASE: usize = 5;
/// How many tokens before an expression the noun may stand that it dates over names between them.
const CHAIN: usize = 14;
/// How many tokens away the verb of an expression may stand.
const REACH: usize = 40;

/// The token, if any, that names what the expression at `span` dates.
pub(super) fn trigger(sentence: &Tagged<'_>, span: Span, kind: TimexType) -> Option<usize> {
    let from = sentence.tokens.partition_point(|t| t.span().end <= span.start);
    let to = sentence.tokens.partition_point(|t| t.span().start < span.end);
    let tells = |&at: &usize| !sentence.is_name_or_link(at);
    phrase_head(sentence, to)
        .filter(tells)
        .or_else(|| purpose(sentence, from, to, kind))
        .or_else(|| (kind == TimexType::Duration).then(|| measured(sentence, to)).flatten())
        .or_else(|| adjective_before(sentence, from))
        .or_else(|| noun_before(sentence, from).filter(tells))
        .or_else(|| verb(sentence, from, to).filter(tells))
}

/// The event noun that the expression modifies from the left: `the Aug. 7 terrorist blasts`, `Wednesday's ruling`.
fn phrase_head(sentence: &Tagged<'_>, to: usize) -> Option<usize> {
    let mut head = None;
    for at in to..to + PHRASE {
        let word = sentence.word(at);
        match sentence.tag(at).upos {
            _ if sentence.is_link(at) => break,
            "NOUN" | "PROPN" => head = Some(at),
            "ADJ" | "PART" | "NUM" if head.is_none() => {}
            _ if head.is_none() && matches!(word.as_str(), "'s" | "’s" | "-" | "'") => {}
            "VERB" if sentence.is_event_noun(at) && !sentence.is_finite(at) => head = Some(at),
            _ => break,
        }
    }
    let head = head?;
    if sentence.is_quantity(head) {
        return if sentence.is_finite(head + 1) { verb_after(sentence, head + 1) } else { Some(head) };
    }
    sentence.is_event_noun(head).then_some(head)
}

/// The infinitive that the expression sets a time for: `has until Monday to decide`, `took two days to finish`, `expects sales this
/// year to fall`, `to soon grow`.
fn purpose(sentence: &Tagged<'_>, from: usize, to: usize, kind: TimexType) -> Option<usize> {
    let before = from.checked_sub(1).map_or(String::new(), |i| sentence.word(i));
    if before == "to" && sentence.tag(to).ptb == "VB" {
        return Some(to);
    }
    if sentence.word(to) != "to" || sentence.tag(to + 1).ptb != "VB" {
        return None;
    }
    let expected =
        || verb_before(sentence, from, REACH).is_some_and(|verb| sentence.is_frame(verb) && verb + 1 < lead(sentence, from));
    (kind == TimexType::Duration || before == "until" || expected()).then_some(to + 1)
}

/// The event whose length or distance an expression of a length tells: `two days of talks`, `a month after the port closed`.
fn measured(sentence: &Tagged<'_>, to: usize) -> Option<usize> {
    matches!(sentence.word(to).as_str(), "of" | "after" | "before" | "since").then(|| other(sentence, to)).flatten()
}

/// The first token of the prepositions and adverbs that lead to the expression at `from`: `on` in `just on Monday`.
fn lead(sentence: &Tagged<'_>, from: usize) -> usize {
    let mut start = from;
    while start > 0 && from - start < 3 && sentence.leads_to_time(start - 1) {
        start -= 1;
    }
    start
}

/// The adjective that the expression belongs to: `bonds due March 1`, `profitable until 1994`.
fn adjective_before(sentence: &Tagged<'_>, from: usize) -> Option<usize> {
    let at = lead(sentence, from).checked_sub(1)?;
    let before = (0..at).rev().find(|&i| sentence.tag(i).upos != "ADV")?;
    let said_of = sentence.is_copula(before) || matches!(sentence.tag(before).upos, "NOUN" | "PUNCT");
    (sentence.tag(at).upos == "ADJ" && sentence.is_word(at) && !sentence.is_capital(at) && said_of).then_some(at)
}

/// The event noun that the expression follows: `a tweet on Wednesday`, `the crash of 1929`, `an approach (prior to May)`.
fn noun_before(sentence: &Tagged<'_>, from: usize) -> Option<usize> {
    let mut at = from.checked_sub(1)?;
    let mut bracket = false;
    let mut steps = 0;
    while sentence.leads_to_time(at) || matches!(sentence.word(at).as_str(), "(" | "the") {
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
    if has_own_date(sentence, at) {
        return None;
    }
    if sentence.is_event_noun(at) {
        return (!is_object(sentence, at)).then_some(at);
    }
    distant_noun(sentence, at)
}

/// Whether the noun at `at` has a date before it already: `weighed in on Thursday's fight on Monday`.
fn has_own_date(sentence: &Tagged<'_>, at: usize) -> bool {
    const ENDS: [&str; 8] = ["day", "week", "month", "year", "night", "morning", "evening", "weekend"];
    let owner = at.checked_sub(2).filter(|&i| matches!(sentence.word(i + 1).as_str(), "'s" | "’s"));
    owner.is_some_and(|i| ENDS.iter().any(|end| sentence.word(i).ends_with(end)))
}

/// The event noun before `at` with only names and prepositions between, where it stands for a time itself (`during the takeover of
/// a bank in 1988`) or begins the clause (`The death of a boy on Sunday`).
fn distant_noun(sentence: &Tagged<'_>, at: usize) -> Option<usize> {
    let inside = |&i: &usize| {
        matches!(sentence.tag(i).upos, "NOUN" | "ADJ" | "DET" | "NUM" | "PROPN" | "PART" | "SYM")
            || matches!(sentence.word(i).as_str(), "of" | "in" | "at" | "from" | "by")
    };
    let noun = (at.saturating_sub(CHAIN)..=at)
        .rev()
        .take_while(inside)
        .find(|&i| sentence.is_event_noun(i) && sentence.tag(i + 1).upos == "ADP")?;
    let first = (0..noun).rev().take_while(|i| inside(i) && sentence.tag(*i).upos != "ADP").last().unwrap_or(noun);
    let Some(before) = first.checked_sub(1) else { return Some(noun) };
    let word = sentence.word(before);
    let timed = matches!(word.as_str(), "during" | "after" | "before" | "since" | "following" | "about" | "amid");
    (timed || (sentence.is_frame(before) && sentence.is_verb(before)) || sentence.opens_clause(before)).then_some(noun)
}

/// Whether the noun at `at` is the object of a verb whose date is that of the noun: then the verb names the event better.
fn is_object(sentence: &Tagged<'_>, at: usize) -> bool {
    let mut i = at;
    while let Some(before) = i.checked_sub(1).filter(|_| at - i < REACH) {
        match sentence.tag(before).upos {
            "NOUN" | "ADJ" | "DET" | "NUM" | "PROPN" | "PART" | "SYM" => i = before,
            "ADP" if matches!(sentence.word(before).as_str(), "of" | "up" | "down" | "out" | "off") => i = before,
            "VERB" => return !sentence.is_light(before) && !sentence.is_frame(before),
            // "shot to death on Friday".
            "ADP" => return sentence.word(before) == "to" && i == at,
            _ => return false,
        }
    }
    false
}

/// The verb of the expression's clause: before it, unless the clause begins with it.
fn verb(sentence: &Tagged<'_>, from: usize, to: usize) -> Option<usize> {
    let start = lead(sentence, from);
    let left = || verb_before(sentence, from, REACH).map(|at| weighed(sentence, at, from));
    let right = || verb_after(sentence, to);
    let copula =
        || (from.saturating_sub(REACH)..from).rev().find(|&at| sentence.is_verbal(at)).map(|at| predicate(sentence, at, from));
    if is_fronted(sentence, start, from, to) {
        right().or_else(left).or_else(copula)
    } else {
        left().or_else(copula).or_else(right)
    }
}

/// Whether the expression, led in at `start`, belongs to what follows it.
fn is_fronted(sentence: &Tagged<'_>, start: usize, from: usize, to: usize) -> bool {
    let Some(before) = start.checked_sub(1) else { return true };
    // "it now holds", "the firm recently sold", "officials on Saturday played it down".
    let named = matches!(sentence.tag(before).upos, "NOUN" | "PROPN" | "PRON");
    let ended = matches!(sentence.word(to).as_str(), "ended" | "ending");
    if sentence.is_finite(to) && !ended && (start == from || named && !is_relative(sentence, start)) {
        return true;
    }
    // ", in the third quarter, compared with": it closes the clause before it.
    let closes = matches!(sentence.word(to).as_str(), "," | ".") && matches!(sentence.tag(to + 1).ptb, "VBN" | "VBG" | "CC" | "");
    sentence.opens_clause(before) && !closes
}

/// Whether the words before the token at `at` are a relative clause with a verb: "two men who had been held in the north since 2016 were freed".
fn is_relative(sentence: &Tagged<'_>, at: usize) -> bool {
    let relative = (at.saturating_sub(REACH)..at).rev().find(|&i| matches!(sentence.word(i).as_str(), "who" | "which"));
    relative.is_some_and(|relative| (relative..at).any(|i| sentence.is_verbal(i)))
}

/// `verb`, or the event noun between it and the expression where the verb says little itself or tells of a date of the noun's own.
fn weighed(sentence: &Tagged<'_>, verb: usize, from: usize) -> usize {
    if sentence.word(verb + 1) == "place"
        && let Some(noun) = (verb.saturating_sub(REACH)..verb).rev().find(|&i| sentence.is_event_noun(i))
    {
        return noun;
    }
    if sentence.is_light(verb) || sentence.is_copula(verb) {
        return (verb + 1..from).find(|&at| sentence.is_event_noun(at)).unwrap_or(verb);
    }
    if sentence.is_frame(verb) {
        return object(sentence, verb, from).unwrap_or(verb);
    }
    verb
}

/// The event noun that is the object of `verb`, or what it is `of` or `about`.
fn object(sentence: &Tagged<'_>, verb: usize, from: usize) -> Option<usize> {
    let inside = |&at: &usize| {
        matches!(sentence.tag(at).upos, "NOUN" | "ADJ" | "DET" | "NUM" | "PROPN" | "PART" | "PRON" | "SYM")
            || matches!(sentence.word(at).as_str(), "of" | "about")
    };
    (verb + 1..from).take_while(inside).find(|&at| sentence.is_event_noun(at) && sentence.tag(at + 1).upos != "NOUN")
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
        // "police who had searched for him concluded".
        if at > to && matches!(sentence.word(at).as_str(), "who" | "which") {
            at = (at + 1..end).find(|&i| sentence.is_head_verb(i)).map_or(end, |i| i + 1);
            continue;
        }
        // "the right to work is equal": an infinitive of a noun is not the clause's verb.
        let infinitive = sentence.tag(at).ptb == "VB" && at > to + 1 && sentence.word(at - 1) == "to";
        if sentence.is_head_verb(at) && !infinitive {
            return Some(at);
        }
        if sentence.is_verbal(at) && sentence.tag(at).upos == "AUX" {
            return Some(predicate(sentence, at, sentence.tokens.len()));
        }
        at += 1;
    }
    None
}

/// What the auxiliary or copula at `at` leads to before the token `end`: its verb, or the adjective or noun it predicates.
fn predicate(sentence: &Tagged<'_>, at: usize, end: usize) -> usize {
    let verb = last_of_group(sentence, at);
    if !sentence.is_copula(verb) {
        return verb;
    }
    let mut adjective = None;
    let mut noun = None;
    for i in verb + 1..end.min(verb + 1 + PHRASE) {
        let word = sentence.word(i);
        match sentence.tag(i).upos {
            "NOUN" if sentence.is_word(i) => noun = Some(i),
            _ if noun.is_some() => break,
            "ADV" if matches!(word.as_str(), "up" | "down" | "off" | "higher" | "lower" | "back" | "away") => return i,
            "ADJ" => adjective = adjective.or(Some(i)),
            "ADV" | "DET" | "PART" | "NUM" | "PROPN" | "PRON" => {}
            _ => break,
        }
    }
    noun.or(adjective).unwrap_or(verb)
}
