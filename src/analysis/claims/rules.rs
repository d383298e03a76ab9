//! The rule finder: the outermost attributions of a stretch of text, by cue, structure and the frames of its verb.
//!
//! ```text
//! content , source cue tail        The levy would go, the minister told the Echo.
//! content , cue source             “It is over,” said the minister.   It is over, reports the Echo.
//! source cue (that) content        The minister said that it was over.
//! source : content                 Minister: levy to go
//! according to source , content    and behind or within the content
//! source 's noun that content      the minister's claim that ...
//! ```
//!
//! Where two attributions could take the same stretch, the one with the longer content is kept; its content is read again for nested ones.

use super::clause::{Clause, Shape, clauses};
use super::frames::{Found, behind, close, forward, inverted, passive, verb};
use super::lexicon::{self, Frame, Role};
use super::phrase;
use super::words::{Word, Words};
use crate::encoder::Attribution;
use crate::text::Span;
use std::ops::Range;

/// The outermost attributions within a stretch of words, in order.
pub(super) fn find(words: &Words, within: Range<usize>) -> Vec<Attribution> {
    let all = clauses(words, within);
    let mut out: Vec<Attribution> = Vec::new();
    let mut ahead = all.iter().peekable();
    while let Some(clause) = ahead.next() {
        for found in outermost(clause, candidates(clause)) {
            out.push(attribution(clause, &found));
        }
        // "Smith continued:" with the quote in the next paragraph.
        if let Some((found, next)) = introduction(clause).zip(ahead.peek()).filter(|(_, next)| next.shape(0) == Shape::Quote) {
            let mut open = attribution(clause, &found);
            let whole = 0..1;
            open.content = spans(next, std::slice::from_ref(&whole));
            out.push(open);
        }
    }
    out.sort_by_key(|attribution| attribution.content.first().copied());
    out
}

fn attribution(clause: &Clause, found: &Found) -> Attribution {
    let source = found.source.clone().map(|source| spans(clause, &[source])).unwrap_or_default();
    Attribution {
        source,
        cue: spans(clause, std::slice::from_ref(&found.cue)),
        content: spans(clause, &found.content),
        ..Attribution::default()
    }
}

fn spans(clause: &Clause, parts: &[Range<usize>]) -> Vec<Span> {
    parts.iter().filter_map(|part| clause.words.span(clause.words_of(part))).collect()
}

/// All readings of a clause, nested ones among them.
fn candidates(clause: &Clause) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    out.extend(label(clause));
    for at in 0..clause.len() {
        out.extend(according(clause, at));
        out.extend(noun(clause, at));
        let Some(verb) = verb(clause, at) else { continue };
        let before = if verb.participle { None } else { behind(clause, &verb).or_else(|| inverted(clause, &verb)) };
        out.extend(before.or_else(|| passive(clause, &verb)).or_else(|| forward(clause, &verb)));
    }
    out
}

/// Keeps the candidates that stand within no other's content or source.
fn outermost(clause: &Clause, mut all: Vec<Found>) -> Vec<Found> {
    all.retain(|found| found.size(clause) > 0);
    all.sort_by_key(|found| std::cmp::Reverse(found.size(clause)));
    let mut taken = vec![false; clause.len()];
    let mut out = Vec::new();
    for found in all {
        let free = |at: usize| taken.get(at).is_some_and(|taken| !taken);
        if !found.cue.clone().all(free) || !found.content.iter().flat_map(Clone::clone).all(free) {
            continue;
        }
        let named = found.source.clone().into_iter();
        for at in found.content.iter().cloned().chain([found.cue.clone()]).chain(named).flatten() {
            if let Some(place) = taken.get_mut(at) {
                *place = true;
            }
        }
        out.push(found);
    }
    out
}

/// `according to source`, before, within or behind the content.
fn according(clause: &Clause, at: usize) -> Option<Found> {
    if !(clause.is(at, &["according"]) && clause.is(at + 1, &["to"])) {
        return None;
    }
    let end = (at + 2..clause.len())
        .find(|&i| matches!(clause.shape(i), Shape::Comma | Shape::Stop | Shape::Colon | Shape::Dash | Shape::Quote));
    let mut end = end.unwrap_or(clause.len());
    if clause.shape(end) == Shape::Quote && end > at + 2 && end + 1 == clause.len() {
        end = clause.len();
    }
    let before = at.checked_sub(1).map_or(0, |last| if clause.shape(last) == Shape::Comma { last } else { at });
    let skip = (0..before).find(|&i| !clause.has(i, &[Role::Conjunction]) && clause.shape(i) != Shape::Comma).unwrap_or(before);
    let after = end + usize::from(clause.shape(end) == Shape::Comma);
    let rest = after..close(clause, after);
    let mut content = Vec::new();
    // "said that, according to Smith, it was over": what is before is not part of what Smith says.
    let introduces =
        before > skip && (clause.is(before - 1, &["that"]) || clause.word(before - 1).is_some_and(|word| word.verb().is_some()));
    if introduces && !rest.is_empty() {
        return (end > at + 2).then(|| Found::whole(Some(at + 2..end), at..at + 2, rest));
    }
    if clause.has_verb(skip..before) || before - skip >= 3 || rest.is_empty() {
        content.push(skip..before);
    }
    let leads = content.is_empty();
    let names_more = clause.has(after, &[Role::Determiner, Role::Conjunction, Role::Question])
        || clause.word(after).is_some_and(|w| w.lower().ends_with("ing"));
    if !rest.is_empty() && (leads || !names_more) {
        content.push(rest);
    } else if !leads && names_more && clause.shape(end) == Shape::Comma && !clause.has(after, &[Role::Conjunction]) {
        // "according to the report, a copy of which ...": an apposition to the source.
        end = (after..clause.len()).find(|&i| clause.shape(i) != Shape::Word).unwrap_or(clause.len());
    }
    (end > at + 2).then_some(Found { source: Some(at + 2..end), cue: at..at + 2, content })
}

/// `Smith: content`
fn label(clause: &Clause) -> Option<Found> {
    let colon = (1..clause.len().min(8)).find(|&at| clause.shape(at) == Shape::Colon)?;
    let named = (0..colon).all(|at| {
        clause.word(at).is_some_and(|word| {
            word.capital || word.roles().any(&[Role::Determiner, Role::Preposition]) || word.lower().starts_with(['\'', '’'])
        })
    });
    let end = close(clause, colon + 1);
    let spoken = clause.shape(colon + 1) == Shape::Quote || clause.word(colon + 1).is_some_and(|word| word.capital);
    let named =
        named || (clause.shape(colon + 1) == Shape::Quote && !(0..colon).any(|at| clause.word(at).is_some_and(Word::is_verbal)));
    let source = clause.word(0).is_some_and(|word| word.capital && word.verb().is_none());
    (named && spoken && source && colon + 1 < end).then(|| Found::whole(Some(0..colon), colon..colon + 1, colon + 1..end))
}

/// `Smith continued:` and nothing more.
fn introduction(clause: &Clause) -> Option<Found> {
    let colon = clause.len().checked_sub(1).filter(|&at| clause.shape(at) == Shape::Colon)?;
    let verb = (0..colon).rev().find_map(|at| verb(clause, at).filter(|verb| verb.cue.takes(Frame::Quote)));
    let subject = verb.and_then(|verb| phrase::subject(clause, verb.from, verb.participle));
    let source = subject.or_else(|| phrase::main_subject(clause, colon))?;
    let cue = verb.map_or(colon..colon + 1, |verb| verb.from..verb.at + 1);
    Some(Found { source: Some(source), cue, content: Vec::new() })
}

/// `Smith's claim that content`, `a report in the Echo that content`
fn noun(clause: &Clause, at: usize) -> Option<Found> {
    let word = clause.word(at).filter(|word| !word.capital || at == 0)?;
    lexicon::noun(word.lower())?;
    let limit = clause.len().min(at + 8);
    let that = (at + 1..limit)
        .find(|&i| clause.is(i, &["that"]) || clause.shape(i) != Shape::Word || clause.word(i).is_some_and(Word::is_verbal))?;
    if !clause.is(that, &["that"]) || clause.word(that + 1).is_none_or(|next| next.is_verbal() && !next.lower().ends_with("ed")) {
        return None;
    }
    let mut start = at;
    while let Some(word) = start.checked_sub(1).filter(|&i| i + 8 > at).and_then(|i| clause.word(i)) {
        if word.is_verbal() || word.roles().any(&[Role::Preposition, Role::Conjunction]) {
            break;
        }
        start -= 1;
        if word.roles().any(&[Role::Determiner, Role::Possessive]) {
            break;
        }
    }
    let possessor = (start..at).find(|&i| clause.has(i, &[Role::Possessive]) || clause.is(i, &["'s", "’s"]));
    let source = match possessor {
        Some(end) => Some(start..if clause.has(end, &[Role::Possessive]) { end + 1 } else { end }),
        None if that > at + 2 && clause.has(at + 1, &[Role::Preposition]) => Some(at + 2..that),
        None => None,
    };
    let end = close(clause, that);
    Some(Found::whole(source, at..at + 1, that..end))
}
