//! Contents as the encoder gives them, set right: near their cue, without holes, whole phrases, and nothing that only stands beside them.

use super::lexicon::Role;
use super::words::{Word, Words};
use crate::encoder::Attribution;
use crate::text::{Prose, Span};

/// Sets the content of an attribution right, and where its cue ends.
pub(super) fn tidy(prose: &Prose, words: &Words, attribution: &mut Attribution) {
    keep_near(prose, words, attribution);
    strip_marks(words, attribution);
    close_gaps(words, attribution);
    reach_back(words, attribution);
    reach_on(words, attribution);
    tidy_quoted(words, attribution);
}

/// Keeps the parts of a content that stand in the paragraph of the cue, or within quotes.
fn keep_near(prose: &Prose, words: &Words, attribution: &mut Attribution) {
    let paragraph = |span: &Span| prose.sentence_at(span.start).and_then(|at| prose.sentences.get(at)).map(|s| s.paragraph);
    let Some(home) = attribution.cue.first().map(paragraph) else { return };
    attribution.content.retain(|part| is_quoted(words, part) || paragraph(part) == home);
}

/// Whether the words begin within quotes.
fn is_quoted(words: &Words, part: &Span) -> bool {
    words.slice(words.within(*part)).first().is_some_and(|word| word.depth > 0)
}

/// Most words of a hole in a content that is closed.
const GAP: usize = 3;

/// Closes holes of a few words in a content, within a sentence and outside quotes, with nothing of its own source or cue in
/// them.
fn close_gaps(words: &Words, attribution: &mut Attribution) {
    attribution.content.sort_unstable();
    let own: Vec<Span> = attribution.source.iter().chain(&attribution.cue).copied().collect();
    let mut parts: Vec<Span> = Vec::with_capacity(attribution.content.len());
    for &part in &attribution.content {
        let hole = parts.last().map(|last| Span::new(last.end, part.start.max(last.end)));
        let closed = hole.is_some_and(|hole| {
            let inside = words.within(hole);
            let sentence = |at: usize| words.get(at).map(|word| word.sentence);
            let loose = |at: usize| words.get(at).is_some_and(|word| word.depth == 0);
            inside.len() <= GAP
                && loose(inside.start.saturating_sub(1))
                && loose(inside.end)
                && sentence(inside.start.saturating_sub(1)) == sentence(inside.end)
                && !own.iter().any(|span| span.overlaps(hole))
        });
        match parts.last_mut() {
            Some(last) if closed => *last = last.cover(part),
            _ => parts.push(part),
        }
    }
    attribution.content = parts;
}

/// Takes a content that breaks off behind a verb of saying, or before its participle, to where it ends in what the rules read at the
/// same cue: "CNN said Smith wrote to us, explaining" lacks what Smith explained.
pub(super) fn fill(words: &Words, attribution: &mut Attribution, rule: &Attribution) {
    attribution.content.sort_unstable();
    let verb = |word: &Word| word.verb().is_some() && word.is_verbal();
    let says = |part: &&Span| {
        let within = words.within(**part);
        let next = words.0.get(within.end..).unwrap_or_default().iter().find(|word| word.is_word());
        words.slice(within).last().is_some_and(verb) || next.is_some_and(|next| verb(next) && next.lower().ends_with("ing"))
    };
    let broken = attribution.content.iter().find(says).copied();
    let whole = broken.and_then(|part| rule.content.iter().find(|content| content.contains(part) && content.end > part.end));
    if let Some((broken, whole)) = broken.zip(whole) {
        attribution.content.retain(|part| part.start < broken.start || part.start >= whole.end);
        attribution.content.push(Span::new(broken.start, whole.end));
        attribution.content.sort_unstable();
    }
}

/// Most words that a content is taken back over to the beginning of its sentence.
const BACK: usize = 3;

/// Begins a content with its sentence where it leaves out no more than the first words of its subject: "The Echo founder".
fn reach_back(words: &Words, attribution: &mut Attribution) {
    let own = attribution.cue.iter().chain(&attribution.source).map(|span| span.start).min().unwrap_or_default();
    let Some(content) = attribution.content.first_mut().filter(|content| content.start < own) else { return };
    let first = words.within(*content).start;
    let Some(sentence) = words.get(first).map(|word| word.sentence) else { return };
    let before = words.slice(first.saturating_sub(BACK + 1)..first);
    let own = before.iter().rev().take_while(|word| word.sentence == sentence).count();
    let gap = words.slice(first - own..first);
    let subject = |word: &Word| word.is_word() && !word.is_verbal() && (word.tag.is_noun() || word.roles().has(Role::Determiner));
    if (1..=BACK).contains(&own) && gap.iter().all(subject) {
        content.start = gap.first().map_or(content.start, |word| word.span.start);
    }
}

/// Takes each part of a content that breaks off within a phrase on to the next mark, its own words or the end of the sentence: "that the
/// work would begin with the".
fn reach_on(words: &Words, attribution: &mut Attribution) {
    let open = |word: &Word| {
        let leads = word.roles().any(&[Role::Determiner, Role::Possessive, Role::Auxiliary]) && !word.roles().has(Role::Pronoun);
        word.depth == 0 && !word.is_clitic() && (leads || word.is(&["and", "or", "but"]))
    };
    let ends: Vec<usize> = attribution.content.iter().map(|part| words.within(*part).end).collect();
    for (at, end) in ends.into_iter().enumerate() {
        let Some(last) = end.checked_sub(1).and_then(|last| words.get(last)).filter(|last| open(last)) else { continue };
        let own = attribution.source.iter().chain(&attribution.cue).chain(attribution.content.get(at + 1));
        let stop = own.map(|span| span.start).filter(|&start| start >= last.span.end).min();
        let free = |word: &&Word| {
            word.sentence == last.sentence && word.is_word() && word.depth == 0 && stop.is_none_or(|stop| word.span.end <= stop)
        };
        let rest = words.0.get(end..).unwrap_or_default().iter().take_while(free).last();
        if let Some((part, rest)) = attribution.content.get_mut(at).zip(rest) {
            part.end = rest.span.end;
        }
    }
}

/// Leaves out of a quote's content whom it is quoted from: "the Echo quoted his letter".
fn tidy_quoted(words: &Words, attribution: &mut Attribution) {
    let cue = attribution.cue.first().map(|&cue| words.slice(words.within(cue))).unwrap_or_default();
    if !cue.iter().any(|word| word.verb().is_some_and(|verb| verb.lemma == "quote")) {
        return;
    }
    if attribution.content.iter().any(|part| is_quoted(words, part)) {
        attribution.content.retain(|part| is_quoted(words, part));
    }
}

/// Begins each part of a content with its first word or quote, not with the comma before it, and ends a cue before the article of what
/// follows; a mark alone names no source.
fn strip_marks(words: &Words, attribution: &mut Attribution) {
    if let Some(cue) = attribution.cue.last_mut() {
        let own = words.within(*cue);
        let article = words.slice(own.clone()).last().is_some_and(|word| word.is(&["the", "a", "an"]));
        if let Some(rest) = words.span(own.start..own.end.saturating_sub(1)).filter(|_| article) {
            *cue = rest;
        }
    }
    attribution.source.retain(|span| words.slice(words.within(*span)).iter().any(Word::is_word));
    for span in &mut attribution.content {
        let mut own = words.slice(words.within(*span)).iter();
        if let Some(first) = own.find(|word| !matches!(word.lower(), "," | ";" | ":")) {
            span.start = first.span.start;
        }
    }
}
