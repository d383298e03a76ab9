//! Text -> words, each with its shape, quote state, sentence and paragraph, which the model is given too.
//!
//! The rules are the training's own (`training/encoder/words.py`) and are frozen with the model; that is why the general ones of
//! [`crate::text`] are not used. A word is a run of letters and digits, or any other visible character alone.

use crate::text::Span;
use std::ops::Range;

/// Shape numbers of the model; a later piece of a word has its shape plus [`LATER`].
pub(super) mod shape {
    /// A word of a sentence all in capitals, where capitals mean nothing.
    pub const UNKNOWN: u8 = 0;
    pub const LOWER: u8 = 1;
    pub const TITLE: u8 = 2;
    pub const UPPER: u8 = 3;
    pub const ONE_CAPITAL: u8 = 4;
    pub const MIXED: u8 = 5;
    pub const DIGITS: u8 = 6;
    pub const MARK: u8 = 7;
    /// Added for a later piece.
    pub const LATER: u8 = 8;
    /// A piece that is not part of a word.
    pub const SPECIAL: u8 = 16;
}

/// The words of one text, a column a property, all of one length.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Where each stands, in bytes.
    pub span: Vec<Span>,
    /// Its shape number.
    pub shape: Vec<u8>,
    /// Whether it stands within double quotes, the marks included.
    pub quoted: Vec<bool>,
    /// Number of its sentence; counts on over paragraphs.
    pub sentence: Vec<u32>,
    /// Number of its paragraph, among those that hold a word.
    pub paragraph: Vec<u32>,
}

impl Words {
    /// Number of words.
    pub fn len(&self) -> usize {
        self.span.len()
    }

    /// The ranges of words of one paragraph each, within `range`.
    pub fn paragraphs(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut start = range.start;
        for i in range.start + 1..=range.end {
            if i == range.end || self.paragraph[i] != self.paragraph[start] {
                out.push(start..i);
                start = i;
            }
        }
        out
    }
}

/// Marks that change or glue other characters: combining marks, soft hyphen, zero-width characters, byte order mark.
pub(super) const fn is_glue(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

pub(super) fn spans(part: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut chars = part.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        if is_glue(c) || c.is_whitespace() || c.is_control() {
            continue;
        }
        if c.is_alphanumeric() {
            while let Some(&(at, next)) = chars.peek() {
                if !next.is_alphanumeric() && !is_glue(next) {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
        }
        out.push(Span::new(start, end));
    }
    out
}

pub(super) fn shape_of(word: &str) -> u8 {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    if letters == 0 {
        return if word.chars().any(char::is_numeric) { shape::DIGITS } else { shape::MARK };
    }
    if capitals == 0 {
        shape::LOWER
    } else if capitals == letters {
        if letters == 1 { shape::ONE_CAPITAL } else { shape::UPPER }
    } else if capitals == 1 && word.starts_with(char::is_uppercase) {
        shape::TITLE
    } else {
        shape::MIXED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        Words::read(text, [Span::new(0, text.len())]).span.iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn a_word_is_a_run_of_letters_and_digits_or_one_other_character() {
        assert_eq!(words("Don't pay $3.5m, José!"), ["Don", "'", "t", "pay", "$", "3", ".", "5m", ",", "José", "!"]);
        assert_eq!(words("e\u{301}te\u{301} \u{feff}x"), ["e\u{301}te\u{301}", "x"]);
        assert!(words(" \u{200b}\n").is_empty());
    }

    #[test]
    fn shapes_tell_capitals() {
        let shapes: Vec<u8> = ["said", "Trump", "CNN", "A", "McCain", "24th", "2016", ","].map(shape_of).to_vec();
        assert_eq!(shapes, [1, 2, 3, 4, 5, 1, 6, 7]);
    }

    #[test]
    fn spans_outside_the_text_hold_no_word() {
        assert_eq!(Words::read("short", [Span::new(3, 90)]).len(), 0);
    }
}
