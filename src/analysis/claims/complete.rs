//! Quote completion: contents snapped to the quotes they stand in, over sentences and paragraphs.
//!
//! People agree almost perfectly on what a direct quote holds, because the marks say so; so the marks decide, whoever found the
//! attribution. A content that holds half of a quote holds all of it; a quote that goes on in the next paragraph is followed there;
//! and a quote that stands alone goes on with the speaker before it.

use super::quotes::{Quote, holding};
use super::words::{Word, Words};
use crate::encoder::Attribution;
use crate::text::{Prose, Span};

/// Fewest words of a quote standing alone: shorter ones are titles, slogans and scare quotes.
const SPOKEN: usize = 4;

/// What completion looks at.
pub(super) struct Page<'a> {
    /// Paragraphs and sentences.
    pub prose: &'a Prose,
    /// Outermost quotes, in order.
    pub quotes: &'a [Quote],
    /// Words, in order.
    pub words: &'a Words,
}

/// Completes the contents of the outermost attributions, in order of the text.
pub(super) fn complete(page: &Page, attributions: &mut [Attribution]) {
    for attribution in attributions.iter_mut() {
        snap(page, attribution);
    }
    attributions.sort_by_key(first);
    follow(page, attributions);
    for attribution in attributions.iter_mut() {
        attribution.content = merged(std::mem::take(&mut attribution.content), page.words);
    }
}

fn first(attribution: &Attribution) -> Option<Span> {
    let spans = attribution.content.iter().chain(&attribution.cue).chain(&attribution.source);
    spans.min().copied()
}

/// Extends each content to the whole of a quote that it half holds, but never over its own source or cue.
fn snap(page: &Page, attribution: &mut Attribution) {
    let own: Vec<Span> = attribution.source.iter().chain(&attribution.cue).copied().collect();
    let mut extra = Vec::new();
    for content in &attribution.content {
        let edges = [content.start, content.end.saturating_sub(1)];
        for quote in edges.iter().filter_map(|&edge| holding(page.quotes, edge)) {
            let shared = quote.inner.end.min(content.end).saturating_sub(quote.inner.start.max(content.start));
            if 2 * shared >= quote.inner.len() && !own.iter().any(|span| span.overlaps(quote.inner)) {
                extra.push(quote.span);
            }
        }
    }
    attribution.content.extend(extra);
    attribution.content = merged(std::mem::take(&mut attribution.content), page.words);
}

/// Gives quotes that nobody holds to the speaker before: those that go on over paragraphs, and those that stand alone.
fn follow(page: &Page, attributions: &mut [Attribution]) {
    let mut held: Vec<(Span, usize)> = attributions
        .iter()
        .enumerate()
        .flat_map(|(at, attribution)| attribution.content.iter().map(move |&span| (span, at)))
        .collect();
    held.sort_unstable();
    let mut latest: Option<(usize, Span)> = None;
    let mut next = 0;
    let mut before: Option<&Quote> = None;
    for quote in page.quotes {
        while let Some(&(span, at)) = held.get(next).filter(|(span, _)| span.start < quote.span.end) {
            latest = Some((at, span));
            next += 1;
        }
        let goes_on = before.is_some_and(|before| before.goes_on);
        before = Some(quote);
        let Some((at, span)) = latest else { continue };
        if span.overlaps(quote.span) {
            continue;
        }
        let follows = (goes_on || alone(page, quote)) && near(page, span, quote, goes_on);
        if let Some(attribution) = attributions.get_mut(at).filter(|_| follows) {
            attribution.content.push(quote.span);
            latest = Some((at, quote.span));
        }
    }
}

/// Whether the quote is all there is of its sentences.
fn alone(page: &Page, quote: &Quote) -> bool {
    let spoken = page.words.slice(page.words.within(quote.inner)).iter().filter(|word| word.is_word()).count();
    let starts = sentence(page, quote.span.start).is_some_and(|span| span.start == quote.span.start);
    let ends = sentence(page, quote.span.end.saturating_sub(1)).is_some_and(|span| span.end <= quote.span.end + 1);
    spoken >= SPOKEN && starts && ends
}

fn sentence(page: &Page, offset: usize) -> Option<Span> {
    page.prose.sentences.get(page.prose.sentence_at(offset)?).map(|sentence| sentence.span)
}

/// Whether the quote follows the content closely enough to be by the same speaker: in its paragraph, or at the beginning of the next
/// one when the content is a quote itself.
fn near(page: &Page, content: Span, quote: &Quote, goes_on: bool) -> bool {
    let paragraph = |offset| page.prose.sentence_at(offset).and_then(|at| page.prose.sentences.get(at)).map(|s| s.paragraph);
    let (Some(from), Some(to)) = (paragraph(content.start), paragraph(quote.span.start)) else { return false };
    let quoted = holding(page.quotes, content.end.saturating_sub(1)).is_some();
    let begins = page.prose.paragraphs.get(to).is_some_and(|p| p.span.start == quote.span.start);
    goes_on || (quoted && (from == to || (to == from + 1 && begins)))
}

/// Sorts spans and joins those with nothing but marks between them.
fn merged(mut spans: Vec<Span>, words: &Words) -> Vec<Span> {
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        let gap = out.last().map(|last| Span::new(last.end, span.start));
        let touches = gap
            .is_some_and(|gap| gap.is_empty() || (gap.len() <= 2 && !words.slice(words.within(gap)).iter().any(Word::is_word)));
        match out.last_mut() {
            Some(last) if touches => *last = last.cover(span),
            _ => out.push(span),
        }
    }
    out
}
