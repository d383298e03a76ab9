//! The columns that need a word's neighbours: quote state, sentence number, and whether its capitals mean anything.

use super::words::{Words, shape, shape_of, spans};
use crate::text::Span;

/// Lower case, without the full stop that follows.
const ABBREVIATIONS: &str = " mr mrs ms dr sen rep reps gov gen lt col st prof rev sgt capt maj adm hon pres vs no jr sr jan feb \
                             mar apr jun jul aug sept sep oct nov dec inc ltd corp co ";

impl Words {
    /// The words of the given parts of `text`, in order; parts that do not lie in the text hold none. Linear in the length.
    pub fn read(text: &str, paragraphs: impl IntoIterator<Item = Span>) -> Self {
        let mut words = Self::default();
        let (mut paragraph, mut sentence) = (0, 0);
        for part in paragraphs {
            let first = words.len();
            for span in spans(part.of(text)) {
                let span = Span::new(part.start + span.start, part.start + span.end);
                words.span.push(span);
                words.shape.push(shape_of(span.of(text)));
                words.paragraph.push(paragraph);
            }
            if words.len() > first {
                sentence = mark(text, &mut words, first, sentence);
                paragraph += 1;
            }
        }
        words
    }
}

/// Fills `quoted`, `sentence` and hides capitals for the paragraph of the words from `first` on, which is the last so far.
/// Returns the number of the next sentence.
pub(super) fn mark(text: &str, words: &mut Words, first: usize, sentence: u32) -> u32 {
    mark_quotes(text, words, first);
    mark_sentences(text, words, first, sentence)
}

/// One word of the paragraph that is being marked, with its neighbourhood.
struct Place<'a> {
    text: &'a str,
    words: &'a Words,
    first: usize,
}

impl Place<'_> {
    fn word(&self, i: usize) -> &str {
        self.words.span[i].of(self.text)
    }

    fn gap_before(&self, i: usize) -> bool {
        i == self.first || self.words.span[i - 1].end < self.words.span[i].start
    }

    fn gap_after(&self, i: usize) -> bool {
        i + 1 >= self.words.len() || self.words.span[i].end < self.words.span[i + 1].start
    }

    /// Whether the word is the first of two marks that stand for one: `''` or two backticks.
    fn is_double(&self, i: usize) -> bool {
        matches!(self.word(i), "'" | "`") && !self.gap_after(i) && self.word(i + 1) == self.word(i)
    }

    fn starts_sentence(&self, i: usize) -> bool {
        let opens = |c: char| c.is_uppercase() || c.is_numeric() || "\"'“‘([„—–•-".contains(c);
        if !self.gap_before(i) || !self.word(i).starts_with(opens) {
            return false;
        }
        let mut j = i - 1;
        while j > self.first && i - j <= 3 && matches!(self.word(j), "\"" | "'" | "”" | "’" | ")" | "]") {
            j -= 1;
        }
        match self.word(j) {
            "!" | "?" | "…" => true,
            "." => j == self.first || self.gap_before(j) || !is_abbreviation(self.word(j - 1)),
            _ => false,
        }
    }
}

fn is_abbreviation(word: &str) -> bool {
    let mut chars = word.chars();
    if chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none() {
        return true;
    }
    word.len() <= 5 && word.chars().all(char::is_alphanumeric) && ABBREVIATIONS.contains(&format!(" {} ", word.to_lowercase()))
}

enum Quote {
    Open,
    Close,
}

fn mark_quotes(text: &str, words: &mut Words, first: usize) {
    let mut states = Vec::with_capacity(words.len() - first);
    let place = Place { text, words, first };
    let (mut inside, mut i) = (false, first);
    while i < words.len() {
        let double = place.is_double(i);
        let width = if double { 2 } else { 1 };
        let found = match place.word(i) {
            "“" | "„" => Some(Quote::Open),
            "”" => Some(Quote::Close),
            "`" if double => Some(Quote::Open),
            "\"" | "'" if double || place.word(i) == "\"" => {
                let free = place.gap_before(i) || !place.gap_after(i + width - 1);
                if inside { Some(Quote::Close) } else { free.then_some(Quote::Open) }
            }
            _ => None,
        };
        states.resize(states.len() + width, inside || found.is_some());
        inside = match found {
            Some(Quote::Open) => true,
            Some(Quote::Close) => false,
            None => inside,
        };
        i += width;
    }
    words.quoted.extend(states);
}

fn mark_sentences(text: &str, words: &mut Words, first: usize, mut sentence: u32) -> u32 {
    let place = Place { text, words, first };
    let starts: Vec<usize> = (first..words.len()).filter(|&i| i == first || place.starts_sentence(i)).collect();
    for (k, &begin) in starts.iter().enumerate() {
        let end = starts.get(k + 1).copied().unwrap_or(words.len());
        words.sentence.resize(end, sentence);
        hide_capitals(&mut words.shape[begin..end]);
        sentence += 1;
    }
    sentence
}

/// In a sentence all in capitals (three words or more) capitals mean nothing.
fn hide_capitals(shapes: &mut [u8]) {
    let lettered = |s: u8| (shape::LOWER..=shape::MIXED).contains(&s);
    let telling = |s: u8| matches!(s, shape::LOWER | shape::TITLE | shape::MIXED);
    if shapes.iter().filter(|&&s| lettered(s)).count() > 2 && !shapes.iter().any(|&s| telling(s)) {
        for shape in shapes.iter_mut().filter(|s| lettered(**s)) {
            *shape = shape::UNKNOWN;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn read(text: &str) -> Words {
        Words::read(
            text,
            text.split('\n').scan(0, |at, line| {
                let start = *at;
                *at += line.len() + 1;
                Some(Span::new(start, start + line.len()))
            }),
        )
    }

    fn quoted(text: &str) -> String {
        let words = read(text);
        words.quoted.iter().map(|&q| if q { '1' } else { '0' }).collect()
    }

    #[test]
    fn quotes_open_and_close_and_end_with_the_paragraph() {
        assert_eq!(quoted("He said “no way” then"), "0011110");
        assert_eq!(quoted("\"Go,\" he said."), "1111000");
        assert_eq!(quoted("''Go'' he"), "111110");
        assert_eq!(quoted("“Never closed\nNew line"), "11100");
        assert_eq!(quoted("a 6\" pipe"), "0000");
    }

    #[test]
    fn sentences_end_after_marks_but_not_after_abbreviations() {
        assert_eq!(read("Mr. Nix left. He ran.").sentence, [0, 0, 0, 0, 0, 1, 1, 1]);
        assert_eq!(read("The U.S. Senate sat.").sentence, [0; 8]);
        assert_eq!(read("“Yes.” She sat.").sentence, [0, 0, 0, 0, 1, 1, 1]);
    }

    #[test]
    fn a_sentence_in_capitals_hides_its_shapes() {
        assert_eq!(read("CHINA BEAT SYRIA 2. Fans sang.").shape, [0, 0, 0, 6, 7, 2, 1, 7]);
    }
}
