//! One sentence as the rules read it: words, marks, and each quote as a single piece.
//!
//! `“It is late. Go home,” she said.` is one clause of four pieces, however many sentences the quote holds:
//! quote, word, word, stop.

use super::CueClass;
use super::lexicon::{Frame, Role};
use super::words::{Word, Words};
use std::ops::Range;

/// A clause of more pieces is cut: no real sentence is so long, and the time of the rules grows faster than the clause.
const LONGEST: usize = 600;

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A word or number.
    Word,
    /// A whole quote.
    Quote,
    /// A comma.
    Comma,
    /// A colon.
    Colon,
    /// A dash.
    Dash,
    /// A semicolon, bracket or other mark.
    Mark,
    /// `. ! ? …`
    Stop,
}

/// A word, a mark or a whole quote.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Its words, as indexes into [`Words`].
    pub words: Range<usize>,
    /// What it is.
    pub shape: Shape,
}

/// A sentence in pieces.
#[derive(Debug)]
pub(super) struct Clause<'a> {
    /// All words of the text.
    pub words: &'a Words,
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
}

/// Splits the words under `within` into clauses. Quotes deeper than the stretch itself stay whole, and a sentence end within one
/// ends no clause.
pub(super) fn clauses(words: &Words, within: Range<usize>) -> Vec<Clause<'_>> {
    let base = words.slice(within.clone()).iter().map(|word| word.depth).min().unwrap_or_default();
    let mut out = Vec::new();
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, word) in within.clone().zip(words.slice(within)) {
        let before = if pieces.is_empty() { None } else { words.get(at - 1) };
        let quoted = word.depth > base;
        let same_quote = quoted && !word.opens && before.is_some_and(|b| b.depth > base);
        let inner_quote = quoted && word.opens && word.depth > base + 1;
        let joined = same_quote || (inner_quote && before.is_some_and(|b| b.depth > base));
        let ends = before.is_some_and(|b| b.sentence != word.sentence) || pieces.len() >= LONGEST;
        if ends && !joined && !asked(words, at) {
            out.push(Clause { words, pieces: std::mem::take(&mut pieces) });
        }
        match pieces.last_mut() {
            Some(last) if joined => last.words.end = at + 1,
            _ => pieces.push(Piece { words: at..at + 1, shape: if quoted { Shape::Quote } else { shape(word) } }),
        }
    }
    if !pieces.is_empty() {
        out.push(Clause { words, pieces });
    }
    out
}

/// Whether the words from `at` on tell who said the quote just closed by a question or exclamation mark: `“Why?” Smith asked.`
fn asked(words: &Words, at: usize) -> bool {
    let Some(marks) = at.checked_sub(2).map(|from| words.slice(from..at)) else { return false };
    let called = matches!(marks, [mark, close] if mark.is(&["?", "!"]) && close.depth > 0 && !close.is_word());
    let mut next = words.slice(at..words.0.len().min(at + 7)).iter();
    let verb = next.find(|word| !word.is_word() || word.is_verbal()).and_then(Word::verb);
    let tail = verb.is_some_and(|cue| cue.takes(Frame::Tail) && cue.class == CueClass::Reporting);
    called && tail && next.next().is_none_or(|word| word.lower() != "that" && word.lower() != ":" && !word.opens)
}

fn shape(word: &Word) -> Shape {
    match word.lower() {
        _ if word.is_word() => Shape::Word,
        "," => Shape::Comma,
        ":" => Shape::Colon,
        "—" | "–" | "-" => Shape::Dash,
        "." | "!" | "?" | "…" => Shape::Stop,
        _ => Shape::Mark,
    }
}

impl Clause<'_> {
    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// The shape of a piece; past the end it is a stop.
    pub fn shape(&self, at: usize) -> Shape {
        self.pieces.get(at).map_or(Shape::Stop, |piece| piece.shape)
    }

    /// The word that a piece is; `None` for marks and quotes.
    pub fn word(&self, at: usize) -> Option<&Word> {
        let piece = self.pieces.get(at).filter(|piece| piece.shape == Shape::Word)?;
        self.words.get(piece.words.start)
    }

    /// Whether the piece is one of these words.
    pub fn is(&self, at: usize, words: &[&str]) -> bool {
        self.word(at).is_some_and(|word| word.is(words))
    }

    /// Whether the piece is a word of one of these classes.
    pub fn has(&self, at: usize, roles: &[Role]) -> bool {
        self.word(at).is_some_and(|word| word.roles().any(roles))
    }

    /// Whether a word of the range looks like a verb.
    pub fn has_verb(&self, range: Range<usize>) -> bool {
        range.into_iter().any(|at| self.word(at).is_some_and(Word::is_verbal))
    }

    /// Whether a word of the range is one of time.
    pub fn has_time(&self, range: Range<usize>) -> bool {
        range.into_iter().any(|at| self.has(at, &[Role::Time]))
    }

    /// The first index at or after `at` that is not an adverb.
    pub fn skip_adverbs(&self, mut at: usize) -> usize {
        while self.word(at).is_some_and(Word::is_adverb) {
            at += 1;
        }
        at
    }

    /// The words of a range of pieces.
    pub fn words_of(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.pieces.get(range.start).map(|piece| piece.words.start);
        let last = range.end.checked_sub(1).and_then(|at| self.pieces.get(at)).map(|piece| piece.words.end);
        first.zip(last).filter(|(a, b)| a < b).map_or(0..0, |(a, b)| a..b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::claims::quotes::quotes;
    use crate::text::{Prose, Span, tags};

    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        let prose = Prose::new(text, [Span::new(0, text.len())]);
        let words = Words::new(text, &prose, &tags(text, &prose), &quotes(text, &prose));
        let have: Vec<String> = clauses(&words, 0..words.0.len())
            .iter()
            .map(|clause| {
                let parts = clause.pieces.iter().map(|piece| words.span(piece.words.clone()).unwrap_or_default().of(text));
                parts.collect::<Vec<_>>().join("|")
            })
            .collect();
        assert_eq!(have, want);
    }

    #[test]
    fn a_quote_is_one_piece_and_ends_no_clause_within() {
        check("“It is late. Go home,” she said. He left.", &["“It is late. Go home,”|she|said|.", "He|left|."]);
        check(
            "“Why?” Mr Smith asked twice. “Why?” Smith said that.",
            &["“Why?”|Mr|Smith|asked|twice|.", "“Why?”", "Smith|said|that|."],
        );
        check("“No.” “Yes,” they said.", &["“No.”", "“Yes,”|they|said|."]);
        check("“She said “never” twice,” he said.", &["“She said “never” twice,”|he|said|."]);
    }
}
