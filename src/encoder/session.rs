//! Reading a text window by window: the caller chooses which comes next, takes what is known so far, or stops.

use super::claims::{self, Tagged};
use super::names;
use super::network::Scores;
use super::relate::{Related, Vectors, relate};
use super::windows::{Split, Window, build, pack};
use super::words::Words;
use super::{Encoder, EncoderError, Findings, Name};
use crate::text::Span;
use std::ops::Range;

/// One text being read. Holds what was found, never the vectors: memory grows with the words alone.
pub struct Session<'a> {
    encoder: &'a Encoder,
    text: &'a str,
    words: Words,
    split: Split,
    windows: Vec<Range<usize>>,
    found: Vec<Option<WindowFindings>>,
    /// No window before this one is unread.
    next: usize,
}

/// What one window gave.
#[derive(Debug, Default)]
struct WindowFindings {
    names: Vec<Name>,
    related: Vec<Related>,
    tagged: Tagged,
}

impl<'a> Session<'a> {
    pub(super) fn new(encoder: &'a Encoder, text: &'a str, paragraphs: &[Span]) -> Self {
        let words = Words::read(text, paragraphs.iter().copied());
        let split = Split::new(text, &words, &encoder.tables.vocabulary);
        let windows = pack(&words, &split, encoder.tables.room());
        let found = windows.iter().map(|_| None).collect();
        Self { encoder, text, words, split, windows, found, next: 0 }
    }

    /// Whether every window has been read.
    pub fn is_done(&self) -> bool {
        self.next >= self.windows.len()
    }

    /// How many windows the text has.
    pub fn windows(&self) -> usize {
        self.windows.len()
    }

    /// Reads one window: the first unread one that touches `near` (bytes), else the first unread one. Gives whether any
    /// window is left to read.
    ///
    /// # Errors
    /// [`EncoderError::Broken`] when the network fails.
    pub fn step(&mut self, near: Option<Span>) -> Result<bool, EncoderError> {
        let Some(window) = near.and_then(|span| self.unread_at(span)).or((!self.is_done()).then_some(self.next)) else {
            return Ok(false);
        };
        let read = self.read(self.windows[window].clone())?;
        self.found[window] = Some(read);
        while self.found.get(self.next).is_some_and(Option::is_some) {
            self.next += 1;
        }
        Ok(!self.is_done())
    }

    fn unread_at(&self, near: Span) -> Option<usize> {
        let first = self.windows.partition_point(|w| self.words.span[w.end - 1].end <= near.start);
        let touching = self.windows[first..].iter().take_while(|w| self.words.span[w.start].start < near.end).count();
        (first..first + touching).find(|&k| self.found[k].is_none())
    }

    fn read(&self, range: Range<usize>) -> Result<WindowFindings, EncoderError> {
        let tables = &self.encoder.tables;
        let width = tables.width();
        let window = build(&self.words, &self.split, tables, range.clone());
        let scores = self.encoder.network.read(&window, width)?;
        let names = names::decode(&self.words, &range, &rows(&window, &scores.names, names::LABELS));
        let tagged = claims::tag(&self.words, &range, &rows(&window, &scores.claims, claims::LABELS));
        let vectors = Vectors { range, words: word_vectors(&window, &scores, width), width, all: &self.words };
        let related = relate(&self.encoder.network, vectors, &tagged.cues)?;
        Ok(WindowFindings { names, related, tagged })
    }

    /// What the windows read so far hold, in the order of the text. Attributions that run over unread windows may still
    /// change.
    pub fn findings(&self) -> Findings {
        let read = || self.found.iter().flatten();
        let related = read().flat_map(|w| w.related.iter().cloned()).collect();
        let contents: Vec<_> = read().flat_map(|w| w.tagged.contents.iter().copied()).collect();
        let mut names: Vec<Name> = read().flat_map(|w| w.names.iter().copied()).collect();
        names::vote(self.text, &mut names);
        Findings { names, attributions: claims::complete(&self.words, related, &contents) }
    }
}

/// The row of each word: that of its first piece.
fn rows<'s>(window: &Window, scores: &'s [f32], labels: usize) -> Vec<&'s [f32]> {
    window.first.iter().map(|&piece| scores.get(piece * labels..(piece + 1) * labels).unwrap_or_default()).collect()
}

fn word_vectors(window: &Window, scores: &Scores, width: usize) -> Vec<f32> {
    rows(window, &scores.hidden, width).concat()
}
