//! Offsets of imported annotations: checked against the words that should be there, repaired if the words are found elsewhere, else refused.

use super::units::{OffsetUnit, Units};
use crate::text::Span;

/// Bytes that repairs may search through in all, so that a large file with many wrong offsets costs seconds and not hours.
const SEARCH: usize = 1 << 30;

/// A text to find places in.
pub struct Anchor<'a> {
    text: &'a str,
    unit: OffsetUnit,
    /// The three units, beginning with the one that the file declares.
    units: Vec<Units>,
    left: usize,
    /// The outcome for the places asked for so far.
    pub counts: Counts,
}

/// How many places were as given, found by their words elsewhere, and refused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// As given.
    pub kept: usize,
    /// Found elsewhere.
    pub moved: usize,
    /// Left out.
    pub refused: usize,
}

/// A place as given: offsets in the file's unit, and the words said to stand there with what stands around them, where the format tells.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told<'a> {
    /// First offset and one past the last.
    pub range: Option<(usize, usize)>,
    /// The words.
    pub words: Option<&'a str>,
    /// What stands before them.
    pub before: &'a str,
    /// What stands after them.
    pub after: &'a str,
}

impl<'a> Anchor<'a> {
    /// Places in `text` that count in `unit`.
    pub fn new(text: &'a str, unit: OffsetUnit) -> Self {
        let others = [OffsetUnit::CodePoint, OffsetUnit::Utf16, OffsetUnit::Byte].into_iter().filter(|other| *other != unit);
        let units = std::iter::once(unit).chain(others).map(|unit| Units::new(text, unit)).collect();
        Self { text, unit, units, left: SEARCH, counts: Counts::default() }
    }

    /// The text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The span of the words at `told`, in bytes. Where the place does not hold its words, the other units are tried, then the one place of
    /// the text (or the one in the given context) that does.
    ///
    /// # Errors
    /// Where it cannot be: the offsets and the reason, in words for people.
    pub fn place(&mut self, told: Told<'_>) -> Result<Span, String> {
        let found = self.find(told);
        match &found {
            Ok((_, true)) => self.counts.kept += 1,
            Ok((_, false)) => self.counts.moved += 1,
            Err(_) => self.counts.refused += 1,
        }
        found.map(|(span, _)| span)
    }

    /// The span, and whether it is where it was told.
    fn find(&mut self, told: Told<'_>) -> Result<(Span, bool), String> {
        let words = told.words.filter(|words| !words.is_empty());
        for (nth, units) in self.units.iter().enumerate() {
            let Some((start, end)) = told.range.filter(|(start, end)| start < end) else { break };
            let span = Span::new(units.byte_at(start), units.byte_at(end));
            match (self.text.get(span.start..span.end), words) {
                (Some(there), Some(words)) if same(there, words) => return Ok((span, nth == 0)),
                (Some(_), None) => return Ok((span, true)),
                (None, None) => break,
                _ => {}
            }
        }
        let place = told.range.map_or_else(|| "no offset".into(), |(start, end)| format!("{start}–{end} ({})", self.unit.name()));
        let Some(words) = words else { return Err(format!("{place} is not in the text")) };
        self.search(words, told).map(|span| (span, false)).map_err(|why| format!("{place}: {why}"))
    }

    /// The one place of `words`.
    fn search(&mut self, words: &str, told: Told<'_>) -> Result<Span, String> {
        if self.left < self.text.len() {
            return Err("too many wrong offsets in this file to look for all their words".into());
        }
        self.left -= self.text.len();
        let span = |at: usize| Span::new(at, at + words.len());
        let fits = |at: &usize| {
            let before = self.text.get(..*at).unwrap_or_default().trim_end();
            let after = self.text.get(at + words.len()..).unwrap_or_default().trim_start();
            before.ends_with(told.before.trim_end()) && after.starts_with(told.after.trim_start())
        };
        let mut all = self.text.match_indices(words).map(|(at, _)| at);
        let mut fitting = self.text.match_indices(words).map(|(at, _)| at).filter(fits);
        let quoted: String = words.chars().take(40).collect();
        match (fitting.next(), fitting.next(), all.next(), all.next()) {
            (Some(one), None, _, _) | (None, _, Some(one), None) => Ok(span(one)),
            (_, _, None, _) => Err(format!("“{quoted}” does not stand in the text")),
            _ => Err(format!("“{quoted}” stands in the text more than once, none of them there")),
        }
    }
}

/// Whether two wordings differ in white space alone: formats of one line a span write a line break as a blank.
fn same(there: &str, words: &str) -> bool {
    there == words
        || (there.len() == words.len() || there.contains(['\n', '\t'])) && there.split_whitespace().eq(words.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "“😀 naïve,” said Ada Moreau.\nThen Moreau left.";

    #[track_caller]
    fn check(range: Option<(usize, usize)>, words: &str, around: (&str, &str), expected: Result<&str, &str>) {
        let mut anchor = Anchor::new(TEXT, OffsetUnit::CodePoint);
        let told = Told { range, words: (!words.is_empty()).then_some(words), before: around.0, after: around.1 };
        let found = anchor.place(told).map(|span| span.of(TEXT));
        match expected {
            Ok(words) => assert_eq!(found, Ok(words)),
            Err(part) => assert!(found.as_ref().unwrap_err().contains(part), "{found:?}"),
        }
    }

    #[test]
    fn places_are_kept_moved_or_refused() {
        check(Some((16, 26)), "Ada Moreau", ("", ""), Ok("Ada Moreau"));
        check(Some((17, 27)), "Ada Moreau", ("", ""), Ok("Ada Moreau"));
        check(Some((3, 5)), "naïve", ("", ""), Ok("naïve"));
        check(None, "Moreau", ("Then ", " left"), Ok("Moreau"));
        check(Some((16, 26)), "", ("", ""), Ok("Ada Moreau"));
        check(Some((3, 9)), "Moreau", ("", ""), Err("3–9 (codepoint): “Moreau” stands in the text more than once"));
        check(Some((3, 9)), "nobody", ("", ""), Err("“nobody” does not stand in the text"));
        check(Some((300, 900)), "", ("", ""), Err("300–900 (codepoint) is not in the text"));
        check(Some((9, 3)), "", ("", ""), Err("not in the text"));
        check(Some((usize::MAX - 1, usize::MAX)), "", ("", ""), Err("not in the text"));
    }
}
