//! The lines of the text, where they tell who speaks, and what their marks alone say.

use super::words::Words;
use crate::encoder::Attribution;
use crate::text::Span;
use std::ops::Range;

/// Quotation marks, and those that close.
pub(super) const MARKS: [&str; 6] = ["“", "”", "\"", "''", "„", "«"];
/// Those of them that close.
pub(super) const CLOSING: [&str; 4] = ["”", "\"", "''", "»"];

/// Where lines begin and end among the words.
pub(super) struct Lines<'a> {
    /// The text.
    pub text: &'a str,
    /// Its words.
    pub words: &'a Words,
}

impl Lines<'_> {
    /// Whether the word is the first of its line.
    pub fn begins(&self, at: usize) -> bool {
        let gap =
            at.checked_sub(1).and_then(|last| Some(Span::new(self.words.get(last)?.span.end, self.words.get(at)?.span.start)));
        gap.is_none_or(|gap| gap.of(self.text).contains('\n'))
    }

    /// Past the last word of the line that holds the word, if that is within `most` words.
    pub fn end(&self, at: usize, most: usize) -> Option<usize> {
        let past: Range<usize> = at + 1..(at.saturating_add(most) + 1).min(self.words.0.len() + 1);
        self.words.get(at)?;
        past.into_iter().find(|&i| i == self.words.0.len() || self.begins(i))
    }

    /// Whether the word is one of the marks.
    pub fn is_mark(&self, at: usize, marks: &[&str]) -> bool {
        self.words.get(at).is_some_and(|word| word.is(marks))
    }
}

/// Prefers what the lines say: other findings there are dropped, unless they are nested in a content.
pub(super) fn settle(attributions: &mut Vec<Attribution>, certain: Vec<Attribution>) {
    if certain.is_empty() {
        return;
    }
    let spans = |of: fn(&Attribution) -> &Vec<Span>| {
        let mut spans: Vec<Span> = certain.iter().flat_map(of).copied().collect();
        spans.sort_unstable();
        spans
    };
    let (contents, names, cues) = (spans(|a| &a.content), spans(|a| &a.source), spans(|a| &a.cue));
    let hit = |among: &[Span], span: Span| {
        let last = among.partition_point(|known| known.start < span.end).checked_sub(1);
        last.and_then(|last| among.get(last)).is_some_and(|known| known.overlaps(span))
    };
    attributions.retain_mut(|attribution| {
        let own = attribution.cue.first().copied().unwrap_or_default();
        if hit(&names, own) || hit(&cues, own) {
            return false;
        }
        let nested = !attribution.cue.is_empty() && hit(&contents, own);
        attribution.content.retain(|&span| nested || !hit(&contents, span));
        !attribution.content.is_empty()
    });
    attributions.extend(certain);
}
