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
//! Where two could hold a stretch, the one with the longer content holds the other: its words are read again for what is nested.

use super::clause::{Clause, Shape, clauses};
use super::lexicon::{self, Cue, Frame, Role};
use super::phrase;
use super::words::Words;
use crate::encoder::Attribution;
use crate::text::Span;
use std::ops::Range;

/// An attribution within one clause, in pieces.
#[derive(Debug, Clone, Default)]
struct Found {
    source: Option<Range<usize>>,
    cue: Range<usize>,
    content: Vec<Range<usize>>,
}

impl Found {
    fn size(&self, clause: &Clause) -> usize {
        self.content.iter().map(|part| clause.words_of(part).len()).sum()
    }
}

/// A verb that may introduce a content here.
#[derive(Debug, Clone, Copy)]
struct Verb {
    at: usize,
    /// First piece of its group: `has`, `did not`.
    from: usize,
    cue: &'static Cue,
    participle: bool,
}

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
            open.content = spans(next, &[0..1]);
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

/// The verb at `at`, if it can be a cue there.
fn verb(clause: &Clause, at: usize) -> Option<Verb> {
    let word = clause.word(at)?;
    let cue = word.verb?;
    let participle = word.lower.ends_with("ing");
    let before = at.checked_sub(1);
    if let Some(before) = before.and_then(|before| clause.word(before)) {
        let noun = before.roles.any(&[Role::Possessive, Role::Preposition])
            || (before.roles.has(Role::Determiner) && !before.roles.any(&[Role::Pronoun, Role::Subordinator]))
            || (before.lower.ends_with("’s") || before.lower.ends_with("'s")) && !participle && !word.lower.ends_with("ed");
        if noun && !(participle && before.roles.has(Role::Preposition)) && before.lower != "to" {
            return None;
        }
    }
    if word.capital && at > 0 && clause.word(at - 1).is_some_and(|before| before.capital) && clause.word(at + 1).is_some_and(|next| next.capital) {
        return None;
    }
    let mut from = at;
    while let Some(word) = from.checked_sub(1).and_then(|before| clause.word(before)) {
        let heard = participle && ["heard", "seen", "caught", "filmed", "recorded", "as", "quoted"].contains(&word.lower.as_str());
        let on = word.lower == "to" && from >= 2 && clause.is(from - 2, &["on"]);
        let went = word.lower == "on" && from >= 2 && clause.is(from - 2, &["went", "go", "goes", "going"]);
        let went_on = ["went", "goes"].contains(&word.lower.as_str()) && clause.is(from, &["on"]);
        let group = word.roles.any(&[Role::Auxiliary, Role::Negation]) || word.is_adverb() || heard || on || went || went_on;
        if !group {
            break;
        }
        from -= 1;
    }
    let infinitive = from.checked_sub(1).is_some_and(|before| clause.is(before, &["to"]));
    (!infinitive).then_some(Verb { at, from, cue, participle })
}

/// `content , source cue tail`
fn behind(clause: &Clause, verb: &Verb) -> Option<Found> {
    let source = phrase::subject(clause, verb.from, false)?;
    let end = phrase::tail_end(clause, clause.skip_adverbs(verb.at + 1), verb.cue.takes(Frame::Addressee))?;
    let content = content_before(clause, source.start)?;
    if !verb.cue.takes(Frame::Tail) && !verb.cue.takes(Frame::That) {
        return None;
    }
    let quoted = content.clone().any(|at| clause.shape(at) == Shape::Quote);
    let quote_follows = clause.shape(end) == Shape::Quote || (clause.shape(end) == Shape::Comma && clause.shape(end + 1) == Shape::Quote);
    if quote_follows && !quoted {
        return None;
    }
    let mut parts = vec![content];
    parts.extend(continuation(clause, end, quoted));
    Some(Found { source: Some(source), cue: verb.from..verb.at + 1, content: parts })
}

/// `content , cue source`
fn inverted(clause: &Clause, verb: &Verb) -> Option<Found> {
    if verb.from != verb.at || !verb.cue.takes(Frame::Tail) {
        return None;
    }
    let content = content_before(clause, verb.at)?;
    let source = phrase::phrase_after(clause, verb.at + 1)?;
    let quoted = content.clone().any(|at| clause.shape(at) == Shape::Quote);
    let verbless = |range: Range<usize>| !range.into_iter().any(|at| clause.has(at, &[Role::Auxiliary, Role::Verb]));
    let end = phrase::tail_end(clause, source.end, true).unwrap_or(source.end);
    if clause.has(source.start, &[Role::Preposition, Role::Subordinator, Role::Time]) || !verbless(source.start..source.start + 3) {
        return None;
    }
    if !quoted && !verbless(source.clone()) {
        return None;
    }
    let mut parts = vec![content];
    parts.extend(continuation(clause, end, quoted));
    Some(Found { source: Some(source), cue: verb.at..verb.at + 1, content: parts })
}

/// What stands before an attribution at `end`: a quote, or a clause with a verb, closed by a comma, a dash or the quote itself.
fn content_before(clause: &Clause, end: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1)?;
    let end = match clause.shape(last) {
        Shape::Comma | Shape::Dash | Shape::Stop => last,
        Shape::Quote => end,
        _ => return None,
    };
    let mut start = 0;
    while start < end && clause.shape(start) != Shape::Quote && clause.has(start, &[Role::Conjunction]) {
        start += 1;
    }
    let quoted = end.checked_sub(1).is_some_and(|at| clause.shape(at) == Shape::Quote);
    let told = clause.has_verb(start..end) && !clause.is(start, &["when", "after", "as", "while", "if", "asked", "before", "although", "though"]);
    (quoted || (told && end - start >= 3)).then_some(start..end)
}

/// The rest of a content that an attribution ending at `end` breaks: `“One,” he said, “two.”`, `The bank, he said, would fail.`
fn continuation(clause: &Clause, end: usize, quoted: bool) -> Option<Range<usize>> {
    let next = match clause.shape(end) {
        Shape::Comma | Shape::Dash => end + 1,
        Shape::Quote => end,
        _ => return None,
    };
    let last = close(clause, next);
    let goes_on = if quoted {
        clause.shape(next) == Shape::Quote
    } else {
        let word = clause.word(next)?;
        !(word.roles.any(&[Role::Conjunction, Role::Question, Role::Preposition, Role::Subordinator]) || word.lower.ends_with("ing"))
    };
    (goes_on && next < last).then_some(next..last)
}

/// `source cue (that) content`
fn forward(clause: &Clause, verb: &Verb) -> Option<Found> {
    let source = phrase::subject(clause, verb.from, verb.participle)?;
    let start = content_start(clause, verb)?;
    let end = close(clause, start);
    (start < end).then(|| Found { source: Some(source), cue: verb.from..verb.at + 1, content: vec![start..end] })
}

/// Where the content after a verb begins, if the verb can introduce one so.
fn content_start(clause: &Clause, verb: &Verb) -> Option<usize> {
    let next = clause.skip_adverbs(verb.at + 1);
    let clausal = verb.cue.takes(Frame::That);
    if clausal || verb.cue.takes(Frame::Quote) {
        if let Some(start) = marked_content(clause, next) {
            return Some(start);
        }
    }
    let frame = match clause.word(next) {
        Some(_) if clause.is(next, &["to"]) => {
            // "told to leave", but "wrote to several people".
            let bare = clause.word(next + 1).is_some_and(|w| !w.capital && !w.roles.any(&[Role::Determiner, Role::Possessive, Role::Pronoun, Role::Preposition]));
            if !bare {
                return None;
            }
            Frame::To
        }
        Some(word) if word.roles.has(Role::Question) => Frame::Question,
        Some(word) if word.roles.has(Role::Preposition) => Frame::Preposition,
        Some(word) if word.lower.ends_with("ing") && word.lower.len() > 4 => Frame::Gerund,
        Some(word) if word.roles.any(&[Role::Conjunction, Role::Auxiliary]) => return None,
        Some(_) => Frame::Object,
        None => return None,
    };
    if frame == Frame::Object && verb.cue.takes(Frame::Addressee) {
        let addressee = phrase::addressee(clause, next)?;
        let start = after_time(clause, addressee.end);
        return (clause.shape(start) == Shape::Word).then_some(start);
    }
    let calls_on = frame == Frame::Preposition && clause.is(next, &["on", "upon"]) && verb.cue.lemma == "call";
    if calls_on {
        return (next..clause.len().min(next + 12)).find(|&at| clause.is(at, &["to"]));
    }
    if frame == Frame::Preposition && clausal && clause.is(next, &["on", "in", "at", "during", "after", "before", "to", "by", "from"]) {
        let start = after_time(clause, next);
        return (start > next && clause.shape(start) == Shape::Word && verb.cue.takes(Frame::Object)).then_some(start);
    }
    if frame == Frame::Object && clause.has(next, &[Role::Time]) {
        let start = after_time(clause, next);
        return (clause.shape(start) == Shape::Word && verb.cue.takes(Frame::Object)).then_some(start);
    }
    verb.cue.takes(frame).then_some(next)
}

/// A quote, a colon, `that` or `whether` shortly after a verb, with only addressee, time and place between.
fn marked_content(clause: &Clause, from: usize) -> Option<usize> {
    for at in from..clause.len().min(from + 16) {
        match clause.shape(at) {
            Shape::Quote => {
                let words = clause.pieces.get(at)?.words.len();
                // A single quoted word after other words is a name or a scare quote, not what was said.
                return (at == from || words > 5 || clause.shape(at - 1) == Shape::Comma).then_some(at);
            }
            Shape::Colon => return (at + 1 < clause.len()).then_some(at + 1),
            Shape::Comma | Shape::Word => {}
            _ => return None,
        }
        if clause.is(at, &["that", "whether"]) && !clause.has(at + 1, &[Role::Auxiliary, Role::Preposition]) {
            return Some(at);
        }
        let word = clause.word(at);
        if word.is_some_and(|word| word.is_verbal() || (word.roles.has(Role::Pronoun) && at == from && !clause.is(at, &["him", "her", "them", "me", "us", "reporters"]))) {
            return None;
        }
    }
    None
}

/// Past a phrase of time: `on Tuesday`, `last week`.
fn after_time(clause: &Clause, from: usize) -> usize {
    let mut at = from;
    loop {
        let time = |i: usize| clause.has(i, &[Role::Time]) || clause.word(i).is_some_and(|w| w.lower.starts_with(|c: char| c.is_ascii_digit()));
        if time(at) {
            at += 1;
        } else if clause.has(at, &[Role::Preposition]) && time(at + 1) {
            at += 2;
        } else if clause.has(at, &[Role::Preposition]) && clause.has(at + 1, &[Role::Determiner]) && time(at + 2) {
            at += 3;
        } else {
            return at;
        }
    }
}

/// `is expected to content`, `was accused by source of content`
fn passive(clause: &Clause, verb: &Verb) -> Option<Found> {
    let be = verb.at.checked_sub(1)?;
    let participle = clause.word(verb.at).is_some_and(|word| !word.lower.ends_with("ing") && !word.lower.ends_with('s'));
    let group = (verb.from..verb.at).any(|at| clause.is(at, &["is", "are", "was", "were", "be", "been", "being"]));
    if !participle || !group || !clause.has(be, &[Role::Auxiliary, Role::Adverb]) {
        return None;
    }
    let whom = phrase::subject(clause, verb.from, false)?;
    let next = verb.at + 1;
    if clause.is(next, &["by"]) {
        let source = phrase::phrase_after(clause, next + 1)?;
        let rest = source.end..close(clause, source.end);
        let content = if rest.is_empty() { vec![whom] } else { vec![whom, rest] };
        return Some(Found { source: Some(source), cue: verb.from..verb.at + 1, content });
    }
    let told = ["expect", "say", "believe", "report", "allege", "think", "know"].contains(&verb.cue.lemma);
    let rest = next..close(clause, next);
    let content = if told && clause.is(next, &["to"]) { vec![whom, rest] } else { Vec::new() };
    // A passive without a source and without an infinitive is not read: its subject is not who says it.
    Some(Found { source: None, cue: verb.from..verb.at + 1, content })
}

/// Where a content that begins at `from` ends.
fn close(clause: &Clause, from: usize) -> usize {
    let end = (from..clause.len()).rev().find(|&at| clause.shape(at) != Shape::Stop).map_or(from, |at| at + 1);
    (from + 1..end).find(|&at| ends_content(clause, at)).unwrap_or(end)
}

fn ends_content(clause: &Clause, at: usize) -> bool {
    let comma = clause.shape(at) == Shape::Comma;
    let next = if comma { clause.skip_adverbs(at + 1) } else { at };
    if comma && clause.is(next, &["according"]) {
        return true;
    }
    let speaks = |i: usize| {
        clause.word(i).and_then(|word| word.verb).is_some_and(|cue| cue.takes(Frame::That) && cue.class == super::CueClass::Reporting)
    };
    if comma && speaks(next) && clause.word(next).is_some_and(|word| word.lower.ends_with("ing")) {
        return true;
    }
    if clause.is(next, &["and", "but"]) {
        let then = clause.skip_adverbs(next + 1);
        return speaks(then) && (clause.is(then + 1, &["that"]) || clause.shape(then + 1) == Shape::Quote);
    }
    false
}

/// `according to source`, before, within or behind the content.
fn according(clause: &Clause, at: usize) -> Option<Found> {
    if !(clause.is(at, &["according"]) && clause.is(at + 1, &["to"])) {
        return None;
    }
    let end = (at + 2..clause.len()).find(|&i| matches!(clause.shape(i), Shape::Comma | Shape::Stop | Shape::Colon | Shape::Dash | Shape::Quote));
    let mut end = end.unwrap_or(clause.len());
    if clause.shape(end) == Shape::Quote && end > at + 2 && end + 1 == clause.len() {
        end = clause.len();
    }
    let before = at.checked_sub(1).map_or(0, |last| if clause.shape(last) == Shape::Comma { last } else { at });
    let skip = (0..before).find(|&i| !clause.has(i, &[Role::Conjunction]) && clause.shape(i) != Shape::Comma).unwrap_or(before);
    let after = end + usize::from(clause.shape(end) == Shape::Comma);
    let rest = after..close(clause, after);
    let mut content = Vec::new();
    if clause.has_verb(skip..before) || before - skip >= 3 || rest.is_empty() {
        content.push(skip..before);
    }
    let leads = content.is_empty();
    let names_more = clause.has(after, &[Role::Determiner, Role::Conjunction, Role::Question]) || clause.word(after).is_some_and(|w| w.lower.ends_with("ing"));
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
        clause.word(at).is_some_and(|word| word.capital || word.roles.any(&[Role::Determiner, Role::Preposition]) || word.lower.starts_with(['\'', '’']))
    });
    let end = close(clause, colon + 1);
    let spoken = clause.shape(colon + 1) == Shape::Quote || clause.word(colon + 1).is_some_and(|word| word.capital);
    let source = clause.word(0).is_some_and(|word| word.capital && word.verb.is_none());
    (named && spoken && source && colon + 2 < end).then_some(Found { source: Some(0..colon), cue: colon..colon + 1, content: vec![colon + 1..end] })
}

/// `Smith continued:` and nothing more.
fn introduction(clause: &Clause) -> Option<Found> {
    let colon = clause.len().checked_sub(1).filter(|&at| clause.shape(at) == Shape::Colon)?;
    let verb = (0..colon).rev().find_map(|at| verb(clause, at).filter(|verb| verb.cue.takes(Frame::Quote)));
    match verb {
        Some(verb) => {
            let source = phrase::subject(clause, verb.from, verb.participle).or_else(|| phrase::main_subject(clause, colon))?;
            Some(Found { source: Some(source), cue: verb.from..verb.at + 1, content: Vec::new() })
        }
        None => {
            let source = phrase::main_subject(clause, colon)?;
            Some(Found { source: Some(source), cue: colon..colon + 1, content: Vec::new() })
        }
    }
}

/// `Smith's claim that content`, `a report in the Echo that content`
fn noun(clause: &Clause, at: usize) -> Option<Found> {
    let word = clause.word(at).filter(|word| !word.capital || at == 0)?;
    lexicon::noun(&word.lower)?;
    let limit = clause.len().min(at + 8);
    let that = (at + 1..limit).find(|&i| clause.is(i, &["that"]) || clause.shape(i) != Shape::Word || clause.word(i).is_some_and(|w| w.is_verbal()))?;
    if !clause.is(that, &["that"]) || clause.word(that + 1).is_none_or(|next| next.is_verbal() && !next.lower.ends_with("ed")) {
        return None;
    }
    let start = (0..at).rev().take_while(|&i| clause.shape(i) == Shape::Word && i + 8 > at).find(|&i| {
        clause.has(i, &[Role::Determiner, Role::Preposition, Role::Conjunction]) || clause.word(i).is_some_and(|w| w.is_verbal())
    });
    let start = start.map_or(at, |i| if clause.has(i, &[Role::Determiner]) { i } else { i + 1 });
    let possessor = (start..at).find(|&i| clause.has(i, &[Role::Possessive]) || clause.is(i, &["'s", "’s"]));
    let source = match possessor {
        Some(end) => Some(start..end + 1),
        None if that > at + 1 => Some(at + 1..that),
        None => None,
    };
    let end = close(clause, that);
    Some(Found { source, cue: at..at + 1, content: vec![that..end] })
}
