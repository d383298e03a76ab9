//! Subjects and tails: where the words that name a source begin and end beside a cue.

use super::clause::{Clause, Shape};
use super::lexicon::Role;
use super::words::Word;
use std::ops::Range;

/// Longest subject, in pieces.
const LONGEST: usize = 24;

/// The subject of the verb group that begins at `from`.
pub(super) fn subject(clause: &Clause, from: usize, participle: bool) -> Option<Range<usize>> {
    let last = from.checked_sub(1)?;
    match clause.shape(last) {
        Shape::Comma if participle => main_subject(clause, from),
        // "Smith, a lawyer, said": the phrase before the comma that opens the apposition, with the apposition.
        Shape::Comma => {
            let open = (from.saturating_sub(LONGEST)..last).rev().find(|&at| clause.shape(at) == Shape::Comma)?;
            let phrase = phrase_before(clause, open)?;
            Some(phrase.start..last)
        }
        Shape::Word if clause.is(last, &["who", "which", "that"]) => {
            let end = if clause.shape(last.checked_sub(1)?) == Shape::Comma { last - 1 } else { last };
            phrase_before(clause, end)
        }
        Shape::Word if clause.has(last, &[Role::Conjunction]) => main_subject(clause, last),
        Shape::Word => phrase_before(clause, from),
        _ => None,
    }
}

/// The noun phrase that ends before `end`, with a relative clause that closes it: "an official who asked not to be named".
fn phrase_before(clause: &Clause, end: usize) -> Option<Range<usize>> {
    let relative = (end.saturating_sub(LONGEST)..end).rev().take_while(|&at| clause.shape(at) == Shape::Word);
    let who = relative.filter(|&at| clause.is(at, &["who"])).last();
    match who.filter(|&who| who > 0 && clause.has_verb(who + 1..end)) {
        Some(who) => noun_phrase(clause, who).map(|phrase| phrase.start..end),
        None => noun_phrase(clause, end),
    }
}

fn noun_phrase(clause: &Clause, end: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1)?;
    if clause.has(last, &[Role::Pronoun]) && !clause.is(last, &["one", "others", "all"]) {
        // "one of them"
        let counts = last.checked_sub(2).filter(|&at| clause.is(last - 1, &["of"]) && clause.shape(at) == Shape::Word);
        return Some(counts.filter(|_| clause.is(last, &["them", "us", "whom"])).unwrap_or(last)..end);
    }
    let mut start = end;
    while let Some(at) = start.checked_sub(1).filter(|&at| end - at <= LONGEST) {
        let quoted_name = clause.shape(at) == Shape::Quote && at > 0 && clause.shape(at - 1) == Shape::Word && at + 1 < end;
        if !(clause.shape(at) == Shape::Word || quoted_name) || ends_phrase(clause, at) {
            break;
        }
        start = at;
    }
    let start = strip(clause, start..end);
    (start < end).then_some(start..end)
}

/// Whether the phrase that follows cannot reach over the word at `at`.
fn ends_phrase(clause: &Clause, at: usize) -> bool {
    if clause.is(at, &["and", "or"]) {
        // Joins two names, or two clauses: a clause has a verb.
        let from =
            (at.saturating_sub(8)..at).rev().find(|&i| clause.shape(i) != Shape::Word).map_or(at.saturating_sub(8), |i| i + 1);
        return clause.has_verb(from..at);
    }
    clause.is(
        at,
        &[
            "but", "so", "that", "because", "although", "though", "while", "whereas", "if", "unless", "when", "where", "who",
            "which", "whether", "as", "how", "why", "what",
        ],
    )
}

/// Without conjunctions, adverbs and a fronted phrase of time at the beginning.
fn strip(clause: &Clause, range: Range<usize>) -> usize {
    let mut start = range.start;
    loop {
        let word = clause.word(start);
        let light = word.is_some_and(|word| {
            word.roles().any(&[Role::Conjunction, Role::Auxiliary])
                || (word.is_adverb() && !word.roles().any(&[Role::Determiner]))
        });
        if !light || start + 1 >= range.end {
            break;
        }
        start += 1;
    }
    if clause.is(start, &["hours", "days", "weeks", "months", "minutes", "years"]) && clause.is(start + 1, &["after", "before"]) {
        return (start + 2).min(range.end);
    }
    if clause.has(start, &[Role::Preposition, Role::Time]) && !clause.is(start, &["like", "over", "about", "near", "last"]) {
        let time =
            (start..range.end).rev().find(|&at| clause.has(at, &[Role::Time]) || clause.word(at).is_some_and(Word::is_number));
        if let Some(time) = time.filter(|&time| time + 1 < range.end) {
            return time + 1;
        }
    }
    start
}

/// The subject of the clause's main verb, seen from `before`.
pub(super) fn main_subject(clause: &Clause, before: usize) -> Option<Range<usize>> {
    let mut start = usize::from(clause.is(0, &["that"]));
    while start < before && clause.word(start).is_none_or(|word| word.roles().has(Role::Conjunction) || word.is_adverb()) {
        start += 1;
    }
    if clause.has(start, &[Role::Preposition, Role::Subordinator]) {
        let comma = (start..before).find(|&at| clause.shape(at) == Shape::Comma);
        start = comma.map_or(start, |at| at + 1);
    }
    let end = (start..before).find(|&at| {
        clause.shape(at) != Shape::Word || clause.word(at).is_some_and(Word::is_verbal) || clause.is(at, &["who", "which"])
    });
    let end = end.unwrap_or(before).min(start + LONGEST);
    (start < end && clause.shape(start) == Shape::Word).then_some(start..end)
}

/// The noun phrase that begins at `from`: up to a mark, a quote, or a phrase of time or place.
pub(super) fn phrase_after(clause: &Clause, from: usize) -> Option<Range<usize>> {
    let mut end = from;
    while end < clause.len() && end - from < LONGEST {
        match clause.shape(end) {
            Shape::Word => {
                let breaks = clause.is(
                    end,
                    &["on", "in", "at", "during", "after", "when", "as", "while", "that", "told", "before", "last", "who", "but"],
                ) || (clause.has(end, &[Role::Time]) && !clause.word(end + 1).is_some_and(|next| next.capital))
                    || (clause.is(end, &["to"]) && clause.word(end + 1).is_some_and(|next| next.tag.is_verb()));
                if breaks && end > from {
                    break;
                }
            }
            // An apposition goes on to its second comma or the end of the sentence.
            Shape::Comma
                if clause.word(end + 1).is_some_and(|next| {
                    next.capital || next.lower() == "who" || next.roles().any(&[Role::Determiner, Role::Possessive])
                }) =>
            {
                end = (end + 1..clause.len()).find(|&at| clause.shape(at) != Shape::Word).unwrap_or(clause.len());
                break;
            }
            _ => break,
        }
        end += 1;
    }
    (end > from).then_some(from..end)
}

/// Where the words after a cue end if they hold no content: only whom it was said to, when and where. `None` if they do.
pub(super) fn tail_end(clause: &Clause, from: usize, addressee: bool) -> Option<usize> {
    let mut adverbial = false;
    for at in from..=clause.len() {
        match clause.shape(at) {
            Shape::Stop | Shape::Comma | Shape::Quote | Shape::Dash => return Some(at),
            Shape::Colon => return None,
            Shape::Mark if at == from => return Some(at),
            Shape::Mark => {}
            Shape::Word => {
                let word = clause.word(at)?;
                let opens_adverbial = clause.is(at, &["when", "after", "as", "while", "before", "during", "since"]);
                let light = word.roles().any(&[Role::Preposition, Role::Time]) || word.is_adverb() || opens_adverbial;
                if at == from && !light && !addressee {
                    return None;
                }
                if clause.is(at, &["that", "whether", "to", "if"])
                    && !adverbial
                    && !(addressee && at > from && !clause.is(at, &["that", "whether", "if"]))
                {
                    return None;
                }
                adverbial |= opens_adverbial;
                let noun = at > from
                    && clause.word(at - 1).is_some_and(|w| w.is_clitic() || w.roles().any(&[Role::Possessive, Role::Determiner]));
                let verbal = !noun && word.roles().any(&[Role::Auxiliary, Role::Verb])
                    || (!noun && word.is_verbal() && !word.lower().ends_with("ing"));
                if verbal && !adverbial && !word.lower().starts_with(['\'', '’']) {
                    return None;
                }
            }
        }
    }
    Some(clause.len())
}

/// Whom it is said to, directly after the cue: a pronoun, a name, or a determiner with its nouns.
pub(super) fn addressee(clause: &Clause, from: usize) -> Option<Range<usize>> {
    let first = clause.word(from)?;
    if first.roles().has(Role::Pronoun) && !first.roles().has(Role::Determiner) {
        return Some(from..from + 1);
    }
    if first.roles().any(&[Role::Preposition, Role::Auxiliary, Role::Question, Role::Time]) || clause.is(from, &["that"]) {
        return None;
    }
    let mut end = from + 1;
    let mut capital = first.capital;
    while let Some(word) = clause.word(end).filter(|_| end - from < 10) {
        let stop = word.roles().any(&[
            Role::Preposition,
            Role::Pronoun,
            Role::Possessive,
            Role::Auxiliary,
            Role::Time,
            Role::Subordinator,
            Role::Question,
        ]) || (word.roles().has(Role::Determiner) && end > from)
            || (word.roles().has(Role::Verb));
        let joined = clause.is(end, &["and", "of"]) || word.lower().starts_with(['\'', '’']);
        if (stop && !joined) || (word.capital && !capital && !first.roles().any(&[Role::Determiner, Role::Possessive])) {
            break;
        }
        capital = word.capital || joined;
        end += 1;
    }
    Some(from..end)
}
