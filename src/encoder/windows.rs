//! Words -> the windows that the network reads: whole paragraphs packed together, each word in exactly one window.
//!
//! A window is `[CLS] paragraph [SEP] paragraph ... [SEP]`, at most as many pieces as there are positions. A paragraph that
//! is longer is cut at the last sentence start that fits, or where it must be.

use super::pieces::{BEGIN, END, Vocabulary};
use super::tables::Tables;
use super::words::{Words, shape};
use crate::text::Span;
use std::ops::Range;

/// A cut at a sentence start must leave at least this many words in front of it.
const LEAST_CUT: usize = 20;

/// The pieces of every word of a few paragraphs.
pub(super) struct Split {
    pieces: Vec<u16>,
    /// Where each word's pieces begin; one more at the end.
    starts: Vec<u32>,
}

impl Split {
    /// Splits every word.
    pub fn new(text: &str, words: &Words, vocabulary: &Vocabulary) -> Self {
        let mut out = Self { pieces: Vec::with_capacity(words.len() * 5 / 4), starts: vec![0] };
        for span in &words.span {
            vocabulary.split(span.of(text), &mut out.pieces);
            out.starts.push(out.pieces.len() as u32);
        }
        out
    }

    /// The pieces of one word.
    fn of(&self, word: usize) -> &[u16] {
        self.pieces.get(self.starts[word] as usize..self.starts[word + 1] as usize).unwrap_or_default()
    }

    fn count(&self, words: &Range<usize>) -> usize {
        (self.starts[words.end] - self.starts[words.start]) as usize
    }
}

/// Where a window stands in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Its paragraphs, as indexes into those that are read.
    pub paragraphs: Range<usize>,
    /// Its words, among those of its paragraphs.
    pub words: Range<usize>,
    /// Words of the text before its paragraphs.
    pub words_before: usize,
    /// Paragraphs before its own that hold a word.
    pub paragraphs_before: usize,
    /// From its first word to its last, in bytes.
    pub span: Span,
}

/// The windows of a text, in order; none is empty. `room`: most pieces of a window, specials included. Words and pieces are made a paragraph at
/// a time and not kept.
pub(super) fn pack(text: &str, paragraphs: &[Span], vocabulary: &Vocabulary, room: usize) -> Vec<Place> {
    let mut out: Vec<Place> = Vec::new();
    let (mut cost, mut words_before, mut paragraphs_before) = (0, 0, 0);
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let words = Words::read(text, [*paragraph]);
        let split = Split::new(text, &words, vocabulary);
        let parts = cut(&words, &split, room.saturating_sub(2));
        let whole = parts.len() == 1;
        for part in parts {
            let need = split.count(&part) + 1;
            let span = words.span[part.start].cover(words.span[part.end - 1]);
            match out.last_mut() {
                Some(window) if whole && cost + need < room => {
                    window.paragraphs.end = at + 1;
                    window.words.end += part.len();
                    window.span = window.span.cover(span);
                    cost += need;
                }
                _ => {
                    out.push(Place { paragraphs: at..at + 1, words: part, words_before, paragraphs_before, span });
                    cost = need;
                }
            }
        }
        words_before += words.len();
        paragraphs_before += usize::from(words.len() > 0);
    }
    out
}

/// The words of a paragraph in parts of at most `room` pieces.
fn cut(words: &Words, split: &Split, room: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut begin = 0;
    while begin < words.len() {
        let (mut at, mut total, mut best) = (begin, 0, begin);
        while at < words.len() && (at == begin || total + split.of(at).len() <= room) {
            total += split.of(at).len();
            at += 1;
            if at < words.len() && words.sentence[at] != words.sentence[at - 1] {
                best = at;
            }
        }
        let end = if at < words.len() && best >= begin + LEAST_CUT { best } else { at };
        out.push(begin..end);
        begin = end;
    }
    out
}

/// What the network reads of one window.
pub(super) struct Window {
    /// Piece and position vectors, `[pieces, width]`.
    pub seen: Vec<f32>,
    /// Shape and quote vectors, `[pieces, width]`.
    pub told: Vec<f32>,
    /// Where the first piece of each word stands.
    pub first: Vec<usize>,
}

/// What the network says of one window: rows are pieces.
pub(super) struct Scores {
    /// Vectors, `[pieces, width]`.
    pub hidden: Vec<f32>,
    /// Before the softmax, `[pieces, 9]`.
    pub names: Vec<f32>,
    /// Before the softmax, `[pieces, 7]`.
    pub claims: Vec<f32>,
}

/// Words against cues: vectors `[words, width]` and `[cues, width]`, and buckets `[cues, words]` of distance in words,
/// sentences and paragraphs.
pub(super) struct PairInput {
    /// Vector of each word.
    pub words: Vec<f32>,
    /// Vector of each cue.
    pub cues: Vec<f32>,
    /// The three buckets.
    pub buckets: [Vec<i32>; 3],
}

/// Looks the vectors of a window up.
pub(super) fn build(words: &Words, split: &Split, tables: &Tables, range: Range<usize>) -> Window {
    let pieces = split.count(&range) + 8;
    let mut window = Window {
        seen: Vec::with_capacity(pieces * tables.width()),
        told: Vec::with_capacity(pieces * tables.width()),
        first: Vec::with_capacity(range.len()),
    };
    let mut place = 0;
    let mut push = |window: &mut Window, piece, shape, quote| {
        tables.push_seen(piece, place, &mut window.seen);
        tables.push_told(shape, quote, &mut window.told);
        place += 1;
        place
    };
    let mut next = push(&mut window, BEGIN, shape::SPECIAL, 0);
    for i in range.clone() {
        if i > range.start && words.paragraph[i] != words.paragraph[i - 1] {
            next = push(&mut window, END, shape::SPECIAL, 0);
        }
        window.first.push(next);
        for (k, &piece) in split.of(i).iter().enumerate() {
            let later = if k > 0 { shape::LATER } else { 0 };
            next = push(&mut window, piece, words.shape[i] + later, 1 + u8::from(words.quoted[i]));
        }
    }
    push(&mut window, END, shape::SPECIAL, 0);
    window
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The windows as ranges of the text's words.
    fn packed(text: &str, room: usize) -> Vec<Range<usize>> {
        let mut at = 0;
        let lines: Vec<Span> = text
            .split('\n')
            .map(|line| {
                at += line.len() + 1;
                Span::new(at - 1 - line.len(), at - 1)
            })
            .collect();
        let vocabulary = Vocabulary::parse("[PAD]\n[UNK]\n[CLS]\n[SEP]\n", 4).expect("sound");
        let windows = pack(text, &lines, &vocabulary, room);
        windows.into_iter().map(|w| w.words_before + w.words.start..w.words_before + w.words.end).collect()
    }

    #[test]
    fn whole_paragraphs_share_a_window_while_they_fit() {
        assert_eq!(packed("a b c\nd e\nf g h", 9), [0..5, 5..8]);
        assert_eq!(packed("a b c\nd e\nf g h", 12).len(), 1);
        assert_eq!(packed("\n\n", 9), Vec::<Range<usize>>::new());
    }

    #[test]
    fn long_paragraphs_are_cut_at_sentences_and_every_word_is_read_once() {
        let text = format!("{}. W{}", vec!["ww"; 24].join(" "), " w".repeat(29));
        let windows = packed(&text, 40);
        assert_eq!(windows, [0..25, 25..55]);
        for (a, b) in windows.iter().zip(&windows[1..]) {
            assert_eq!(a.end, b.start);
        }
        assert_eq!(packed(&"w ".repeat(100), 30).len(), 4);
    }

    #[test]
    fn the_end_of_a_long_paragraph_shares_a_window_with_the_next_ones() {
        let text = format!("a\n\n{}\nb c\nd", "w ".repeat(40));
        assert_eq!(packed(&text, 30), [0..1, 1..29, 29..44]);
    }
}
