//! Reading a text window by window: the caller chooses which comes next, takes what is known so far, or stops.

use super::claims::{self, Told};
use super::names;
use super::relate::{Vectors, relate};
use super::windows::{Place, Scores, Split, Window, build, pack};
use super::words::Words;
use super::{Encoder, EncoderError, Findings, Name};
use crate::text::Span;
use std::ops::Range;

/// One text being read. Holds the findings and where the windows are, but neither words nor vectors: for a text of 5 MB the words alone
/// would take 40 MB.
pub struct Session<'a> {
    encoder: &'a Encoder,
    text: &'a str,
    paragraphs: Vec<Span>,
    windows: Vec<Place>,
    found: Vec<Option<WindowFindings>>,
    /// The words read last: a long paragraph has many windows.
    last: Option<(Range<usize>, Words, Split)>,
    /// No window before this one is unread.
    next: usize,
}

/// What one window gave.
#[derive(Debug, Default)]
struct WindowFindings {
    names: Vec<Name>,
    told: Told,
}

impl<'a> Session<'a> {
    pub(super) fn new(encoder: &'a Encoder, text: &'a str, paragraphs: &[Span]) -> Self {
        let windows = pack(text, paragraphs, &encoder.tables.vocabulary, encoder.tables.room());
        let found = windows.iter().map(|_| None).collect();
        Self { encoder, text, paragraphs: paragraphs.to_vec(), windows, found, last: None, next: 0 }
    }

    /// Whether every window has been read.
    pub fn is_done(&self) -> bool {
        self.next >= self.windows.len()
    }

    /// How many windows the text has.
    pub fn windows(&self) -> usize {
        self.windows.len()
    }

    /// Reads one window: the first unread one that touches `near` (bytes), else the first unread one. Returns whether any
    /// window is left to read.
    ///
    /// # Errors
    /// [`EncoderError::Broken`] when the network fails.
    pub fn step(&mut self, near: Option<Span>) -> Result<bool, EncoderError> {
        let Some(window) = near.and_then(|span| self.unread_at(span)).or((!self.is_done()).then_some(self.next)) else {
            return Ok(false);
        };
        let read = self.read(&self.windows[window].clone())?;
        self.found[window] = Some(read);
        while self.found.get(self.next).is_some_and(Option::is_some) {
            self.next += 1;
        }
        Ok(!self.is_done())
    }

    fn unread_at(&self, near: Span) -> Option<usize> {
        let first = self.windows.partition_point(|window| window.span.end <= near.start);
        let touching = self.windows[first..].iter().take_while(|window| window.span.start < near.end).count();
        (first..first + touching).find(|&k| self.found[k].is_none())
    }

    fn read(&mut self, place: &Place) -> Result<WindowFindings, EncoderError> {
        let tables = &self.encoder.tables;
        let (text, paragraphs) = (self.text, &self.paragraphs);
        let known = self.last.take().filter(|(of, ..)| *of == place.paragraphs);
        let (_, words, split) = self.last.insert(known.unwrap_or_else(|| {
            let words = Words::read(text, paragraphs[place.paragraphs.clone()].iter().copied());
            let split = Split::new(text, &words, &tables.vocabulary);
            (place.paragraphs.clone(), words, split)
        }));
        let (range, width) = (place.words.clone(), tables.width());
        let window = build(words, split, tables, range.clone());
        let scores = self.encoder.network.read(&window, width)?;
        let names = names::decode(words, &range, &rows(&window, &scores.names, names::LABELS));
        let tagged = claims::tag(words, &range, &rows(&window, &scores.claims, claims::LABELS));
        let vectors = Vectors { range, words: word_vectors(&window, &scores, width), width, all: words };
        let related = relate(&self.encoder.network, vectors, &tagged.cues)?;
        let told = Told::new(words, (place.words_before, place.paragraphs_before), related, &tagged.contents);
        Ok(WindowFindings { names, told })
    }

    /// What the windows read so far hold, in the order of the text. Attributions that run over unread windows may still
    /// change.
    pub fn findings(&self) -> Findings {
        let read = || self.found.iter().flatten();
        let mut names: Vec<Name> = read().flat_map(|window| window.names.iter().copied()).collect();
        names::vote(self.text, &mut names);
        Findings { names, attributions: claims::complete(read().map(|window| &window.told)) }
    }
}

/// The row of each word: that of its first piece.
fn rows<'s>(window: &Window, scores: &'s [f32], labels: usize) -> Vec<&'s [f32]> {
    window.first.iter().map(|&piece| scores.get(piece * labels..(piece + 1) * labels).unwrap_or_default()).collect()
}

fn word_vectors(window: &Window, scores: &Scores, width: usize) -> Vec<f32> {
    rows(window, &scores.hidden, width).concat()
}
