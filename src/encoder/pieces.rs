//! Words -> word pieces: letters lowered and without accents, then the longest piece that fits, over and over
//! (`WordPiece`, Schuster and Nakajima 2012, as BERT uses it).

use super::EncoderError;
use super::words::is_glue;
use std::collections::HashMap;

/// Of a word with a character outside the vocabulary.
const UNKNOWN: u16 = 1;
/// Begins a window.
pub(super) const BEGIN: u16 = 2;
/// Ends a paragraph.
pub(super) const END: u16 = 3;
/// More pieces of one word than this are cut off.
const MAX_PIECES: usize = 12;
/// No piece is longer, in characters.
const LONGEST: usize = 24;

/// Piece -> number; later pieces of words stand apart from first ones.
pub(super) struct Vocabulary {
    first: HashMap<&'static str, u16>,
    later: HashMap<&'static str, u16>,
    bare: HashMap<char, char>,
}

impl Vocabulary {
    /// Reads the text part of the tables, which must name `count` pieces.
    pub fn parse(text: &'static str, count: usize) -> Result<Self, EncoderError> {
        let (pieces, accents) = text.split_once("\n\n").unwrap_or((text, ""));
        let behind = pieces.matches("\n##").count();
        let (mut first, mut later) = (HashMap::with_capacity(count.saturating_sub(behind)), HashMap::with_capacity(behind));
        let mut number = 0u16;
        for line in pieces.lines() {
            match line.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => later.insert(rest, number),
                _ => first.insert(line, number),
            };
            number = number.saturating_add(1u16);
        }
        if usize::from(number) != count {
            return Err(EncoderError::Broken(format!("{number} pieces are named, {count} have vectors")));
        }
        let bare = accents.lines().filter_map(|line| Some((line.chars().next()?, line.chars().nth(1)?))).collect();
        Ok(Self { first, later, bare })
    }

    /// Appends the pieces of a word; always at least one.
    pub fn split(&self, word: &str, out: &mut Vec<u16>) {
        let folded = self.fold(word);
        let ends: Vec<usize> = folded.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
        let (begun, mut from, mut start) = (out.len(), 0, 0);
        while from < ends.len() && out.len() - begun < MAX_PIECES {
            let known = if from == 0 { &self.first } else { &self.later };
            let mut longest = (from..ends.len().min(from + LONGEST)).rev();
            let fit = longest.find_map(|k| Some((k, *known.get(folded.get(start..ends[k])?)?)));
            let Some((last, piece)) = fit else {
                out.truncate(begun);
                break;
            };
            out.push(piece);
            (from, start) = (last + 1, ends[last]);
        }
        if out.len() == begun {
            out.push(UNKNOWN);
        }
    }

    fn fold(&self, word: &str) -> String {
        let lowered = word.chars().filter(|c| !is_glue(*c)).flat_map(char::to_lowercase);
        lowered.filter(|c| !is_glue(*c)).map(|c| if c.is_ascii() { c } else { self.bare.get(&c).copied().unwrap_or(c) }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(word: &str) -> Vec<u16> {
        let text = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nplay\nplaying\nun\n##play\n##ed\n##s\ne\n##e\n\néeb\nÉe\n";
        let vocabulary = Vocabulary::parse(text, 12).expect("a sound vocabulary");
        let mut out = Vec::new();
        vocabulary.split(word, &mut out);
        out
    }

    #[test]
    fn the_longest_piece_wins_and_accents_fall() {
        assert_eq!(split("Playing"), [5]);
        assert_eq!(split("unplayed"), [6, 7, 8]);
        assert_eq!(split("É"), [10]);
        assert_eq!(split("e\u{301}s"), [10, 9]);
    }

    #[test]
    fn a_strange_character_makes_the_word_unknown() {
        assert_eq!(split("play中"), [UNKNOWN]);
        assert_eq!(split("\u{ad}"), [UNKNOWN]);
        assert_eq!(split(&"e".repeat(99)).len(), MAX_PIECES);
    }

    #[test]
    fn a_wrong_count_is_an_error() {
        assert!(Vocabulary::parse("a\nb\n", 3).is_err());
    }
}
