//! Events: what the time expressions date, and what the text puts before or after something else.

use super::clause::clause;
use super::order::{Order, Side, orders, sorted};
use super::ranges::ranges;
use super::sieve;
use super::status::{Told, status};
use super::tense::Tagged;
use super::triggers::trigger;
use super::{Event, Interval, Timex};
use crate::analysis::{Analysis, ClaimId, Reading, TimexId};
use crate::article::BlockKind;
use crate::text::{Span, Token};
use std::ops::Range;

/// An event on its way: where its trigger stands.
#[derive(Debug, Clone)]
struct Draft {
    sentence: usize,
    /// Token within the sentence.
    trigger: usize,
    time: Option<usize>,
    /// The tokens of the sentence that may tell it.
    bounds: Range<usize>,
}

/// How many drafts back the same trigger is looked for.
const RECENT: usize = 64;

/// The events of the article, in the order of the timeline.
pub(super) fn find(reading: &Reading<'_>, analysis: &Analysis) -> Vec<Event> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut order: Vec<(usize, usize)> = Vec::new();
    let ranges = ranges(&reading.article.text, &analysis.timexes);
    let mut times = analysis.timexes.iter().enumerate().peekable();
    let dateline = reading.dateline().end;
    for sentence in 0..reading.prose.sentences.len() {
        let Some(tagged) = tagged(reading, sentence) else { continue };
        let end = reading.prose.sentences.get(sentence).map_or(0, |s| s.span.end);
        let first = drafts.len();
        let begins = tagged.tokens.partition_point(|token| token.span().start < dateline);
        let shown = is_told(reading, sentence);
        let in_time = |at: usize| {
            let span = tagged.tokens.get(at).map_or(Span::default(), Token::span);
            let next = analysis.timexes.partition_point(|timex| timex.span.end <= span.start);
            analysis.timexes.get(next).is_some_and(|timex| timex.span.contains(span))
        };
        while let Some((index, timex)) = times.next_if(|(_, t)| t.span.start < end) {
            if !shown || timex.function.is_some() || timex.span.end <= dateline {
                continue;
            }
            if let Some(trigger) = trigger(&tagged, timex.span, timex.kind).filter(|&at| !in_time(at)) {
                add(&mut drafts, first, Draft { sentence, trigger, time: Some(index), bounds: begins..tagged.tokens.len() });
            }
        }
        for Order { earlier, later } in if shown { orders(&tagged) } else { Vec::new() } {
            // "before the end of the year" names a time, "after another of looking away" nothing that can be read alone.
            let named = |at: usize| !in_time(at) && !tagged.is_gerund(at);
            if !named(earlier.trigger) || !named(later.trigger) {
                continue;
            }
            let mut index = |Side { trigger, bounds }| add(&mut drafts, first, Draft { sentence, trigger, time: None, bounds });
            order.push((index(earlier), index(later)));
        }
    }
    let claims = claims_of(reading, analysis, &drafts);
    let events = drafts
        .iter()
        .zip(claims)
        .filter_map(|(draft, claim)| {
            let mut event = event(reading, analysis, draft, claim)?;
            let whole = draft.time.and_then(|time| ranges.get(&time)).filter(|_| event.interval != Interval::default());
            event.interval = whole.copied().unwrap_or(event.interval);
            Some(event)
        })
        .collect();
    sorted(events, &order)
}

/// Adds a draft and gives its index; an undated one gives way to a dated one of the same trigger.
fn add(drafts: &mut Vec<Draft>, first: usize, draft: Draft) -> usize {
    let first = first.max(drafts.len().saturating_sub(RECENT));
    let same = |d: &Draft| d.trigger == draft.trigger && (d.time.is_none() || draft.time.is_none());
    if let Some(at) = drafts.iter().skip(first).position(same)
        && let Some(old) = drafts.get_mut(first + at)
    {
        old.time = old.time.or(draft.time);
        old.bounds = old.bounds.start.max(draft.bounds.start)..old.bounds.end.min(draft.bounds.end);
        return first + at;
    }
    drafts.push(draft);
    drafts.len() - 1
}

/// One sentence with its tags.
fn tagged<'a>(reading: &'a Reading<'_>, sentence: usize) -> Option<Tagged<'a>> {
    let (tokens, tags) = reading.tagged(reading.prose.sentences.get(sentence)?);
    Some(Tagged { text: &reading.article.text, tokens, tags })
}

/// Whether the sentence belongs to the story: not to headline, byline, dateline or captions, if there is a body beside them.
fn is_told(reading: &Reading<'_>, sentence: usize) -> bool {
    let kind = |s: usize| {
        let paragraph = reading.prose.sentences.get(s)?.paragraph;
        reading.article.blocks.get(paragraph).map(|b| b.kind)
    };
    kind(sentence).is_none_or(|k| k.is_body() || (k == BlockKind::Headline && reading.article.body().next().is_none()))
}

/// For each draft, the innermost claim whose content holds its trigger; one sweep over both.
fn claims_of(reading: &Reading<'_>, analysis: &Analysis, drafts: &[Draft]) -> Vec<Option<ClaimId>> {
    let mut contents: Vec<(Span, usize)> =
        analysis.claims.iter().enumerate().flat_map(|(i, c)| c.content.iter().map(move |span| (*span, i))).collect();
    contents.sort_unstable_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut by_place: Vec<(usize, Span)> = drafts.iter().enumerate().map(|(i, d)| (i, trigger_span(reading, d))).collect();
    by_place.sort_unstable_by_key(|(_, span)| span.start);
    let mut out = vec![None; drafts.len()];
    let mut open: Vec<(Span, usize)> = Vec::new();
    let mut next = contents.into_iter().peekable();
    for (draft, trigger) in by_place {
        while let Some(content) = next.next_if(|(span, _)| span.start <= trigger.start) {
            open.push(content);
        }
        open.retain(|(span, _)| span.end > trigger.start);
        let innermost = open.iter().filter(|(span, _)| span.contains(trigger)).min_by_key(|(span, _)| span.len());
        if let Some(place) = out.get_mut(draft) {
            *place = innermost.map(|(_, claim)| ClaimId(*claim));
        }
    }
    out
}

fn trigger_span(reading: &Reading<'_>, draft: &Draft) -> Span {
    let tokens = reading.prose.sentences.get(draft.sentence).map(|s| reading.prose.tokens_of(s)).unwrap_or_default();
    tokens.get(draft.trigger).map_or(Span::default(), Token::span)
}

fn event(reading: &Reading<'_>, analysis: &Analysis, draft: &Draft, claim: Option<ClaimId>) -> Option<Event> {
    let sentence = tagged(reading, draft.sentence)?;
    let timex = draft.time.and_then(|index| analysis.timexes.get(index));
    let tokens_of = |time: &Timex| {
        let first = sentence.tokens.partition_point(|token| token.span().end <= time.span.start);
        let end = sentence.tokens.partition_point(|token| token.span().start < time.span.end);
        (first, end.saturating_sub(1).max(first))
    };
    // Hours that tell how long after something else it was are no part of it.
    let (first, last) = timex
        .map(tokens_of)
        .filter(|(first, last)| draft.bounds.contains(first) && draft.bounds.contains(last))
        .unwrap_or((draft.trigger, draft.trigger));
    let span = clause(&sentence, (first.min(draft.trigger), last.max(draft.trigger)), &draft.bounds);
    // What is told of the claim around it stands with its teller: ", reports the Gazette".
    let told = claim.and_then(|claim| analysis.claims.get(claim.0)).map_or(&[][..], |claim| &claim.content);
    let within = told.iter().find(|content| content.contains(trigger_span(reading, draft)));
    // What is told without its subject ("hopes to land today") or its date keeps the words of its teller.
    let dated = |content: &&Span| timex.is_none_or(|time| content.contains(time.span));
    let whole = |content: &&Span| !content.of(sentence.text).starts_with("to ") && dated(content);
    let span = within.filter(whole).map_or(span, |content| Span::new(span.start.max(content.start), span.end.min(content.end)));
    let interval = timex.map_or(Interval::default(), |t| t.interval);
    let told = match claim.and_then(|c| analysis.claims.get(c.0)) {
        None => Told::ByThePaper,
        Some(claim) if claim.stance.is_denial() => Told::AsNotSo,
        Some(claim) if claim.stance.is_open() => Told::AsOpen,
        Some(_) => Told::AsSo,
    };
    let now = reading.article.document.published.map(|stamp| stamp.civil);
    // The data keep the time that stands beside it; that it has no place on the calendar keeps it off the timeline.
    let place = timex.filter(|time| sieve::is_dated(&sentence, draft.trigger, time, now));
    Some(Event {
        span,
        trigger: trigger_span(reading, draft),
        time: draft.time.map(TimexId),
        interval: place.map_or(Interval::default(), |t| t.interval),
        granularity: place.and_then(|t| t.granularity),
        approximate: timex.and_then(|t| t.modifier.as_deref()).is_some_and(|m| matches!(m, "APPROX" | "START" | "MID" | "END")),
        status: status(&sentence, draft.trigger, told, now, interval),
        before: Vec::new(),
        after: Vec::new(),
        participants: participants(analysis, span),
        claim,
    })
}

/// The entities with a mention in the clause, in the order of the text.
fn participants(analysis: &Analysis, span: Span) -> Vec<crate::analysis::EntityId> {
    let from = analysis.mentions.partition_point(|m| m.span.start < span.start);
    let inside = analysis.mentions.iter().skip(from).take_while(|m| m.span.start < span.end);
    let mut out = Vec::new();
    for mention in inside {
        if !out.contains(&mention.entity) {
            out.push(mention.entity);
        }
    }
    out
}
