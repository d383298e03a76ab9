//! Signed quotes: `“It is over.” — Ada Moss, mayor`, as vox pops, letters and epigraphs have them. The marks alone say who speaks.

use super::words::{Word, Words};
use crate::encoder::Attribution;
use crate::text::Span;
use std::ops::Range;

/// Most words of a signature.
const SIGNATURE: usize = 14;
/// Most words of a signed quote.
const QUOTE: usize = 600;

const DASHES: [&str; 5] = ["—", "–", "―", "-", "--"];
const MARKS: [&str; 6] = ["“", "”", "\"", "''", "„", "«"];
const CLOSING: [&str; 4] = ["”", "\"", "''", "»"];

/// Lets signatures speak for their quotes: what else was found there gives way, but for what is nested in a quote.
pub(super) fn sign(text: &str, words: &Words, attributions: &mut Vec<Attribution>) {
    let signed = signed(text, words);
    if signed.is_empty() {
        return;
    }
    let spans = |of: fn(&Attribution) -> &Vec<Span>| signed.iter().flat_map(of).copied().collect::<Vec<Span>>();
    let (contents, names, dashes) = (spans(|a| &a.content), spans(|a| &a.source), spans(|a| &a.cue));
    let hit = |among: &[Span], span: Span| {
        let last = among.partition_point(|known| known.start < span.end).checked_sub(1);
        last.and_then(|last| among.get(last)).is_some_and(|known| known.overlaps(span))
    };
    attributions.retain_mut(|attribution| {
        let own = attribution.cue.first().copied().unwrap_or_default();
        if hit(&names, own) || hit(&dashes, own) {
            return false;
        }
        let nested = !attribution.cue.is_empty() && hit(&contents, own);
        attribution.content.retain(|&span| nested || !hit(&contents, span));
        !attribution.content.is_empty()
    });
    attributions.extend(signed);
}

fn signed(text: &str, words: &Words) -> Vec<Attribution> {
    let line = Lines { text, words };
    let dash = |at: &usize| words.get(*at).is_some_and(|word| DASHES.contains(&word.lower.as_str()));
    (1..words.0.len()).filter(dash).filter_map(|at| signature(&line, at)).collect()
}

/// The quote before the dash at `at` and the signature behind it.
fn signature(line: &Lines, at: usize) -> Option<Attribution> {
    let words = line.words;
    let name = at + 1..line.end(at + 1, SIGNATURE)?;
    let named = words.slice(name.clone());
    let begins = named.first().is_some_and(|word| word.capital && !word.is_verbal());
    let acts = named.iter().any(|word| word.is_verbal() && !word.capital);
    if !begins || acts {
        return None;
    }
    let close = at - 1;
    let from = close.saturating_sub(QUOTE);
    let open =
        (from..close).rev().find(|&i| line.begins(i) && is_mark(words, i, &MARKS)).filter(|_| is_mark(words, close, &CLOSING))?;
    let lines = (open + 1..close).filter(|&i| line.begins(i)).count();
    let last = named.iter().rposition(Word::is_word)?;
    let source = words.span(name.start..name.start + last + 1)?;
    let alone = lines == 0 && (open + 1..close).any(|i| words.get(i).is_some_and(Word::is_word));
    alone.then_some(())?;
    Some(Attribution {
        source: vec![source],
        cue: vec![words.get(at)?.span],
        content: vec![words.span(open..close + 1)?],
        ..Attribution::default()
    })
}

fn is_mark(words: &Words, at: usize, marks: &[&str]) -> bool {
    words.get(at).is_some_and(|word| marks.contains(&word.lower.as_str()))
}

/// Where lines begin and end among the words.
struct Lines<'a> {
    text: &'a str,
    words: &'a Words,
}

impl Lines<'_> {
    /// Whether the word is the first of its line.
    fn begins(&self, at: usize) -> bool {
        let gap =
            at.checked_sub(1).and_then(|last| Some(Span::new(self.words.get(last)?.span.end, self.words.get(at)?.span.start)));
        gap.is_none_or(|gap| gap.of(self.text).contains('\n'))
    }

    /// Past the last word of the line that holds the word, if that is within `most` words.
    fn end(&self, at: usize, most: usize) -> Option<usize> {
        let past: Range<usize> = at + 1..(at + most + 1).min(self.words.0.len() + 1);
        self.words.get(at)?;
        past.into_iter().find(|&i| i == self.words.0.len() || self.begins(i))
    }
}
