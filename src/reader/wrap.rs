//! Sets one stretch of text in lines: words are measured by grapheme, breaks are chosen for the whole paragraph (Knuth and
//! Plass, by `textwrap`), a word wider than the line is cut, and no word is ever changed. Where it is wanted, plain English words may
//! break at a hyphen (Liang's patterns, by `hypher`); the hyphen is drawn and never part of the text.

use crate::text::{Span, glyphs, width};
use hypher::{Lang, hyphenate};
use std::ops::RangeInclusive;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};

/// A stretch that stays on one line, and the white space behind it.
#[derive(Debug, Clone, Copy)]
struct Piece {
    span: Span,
    cells: usize,
    blank: usize,
    /// Whether a line that ends here ends with a hyphen.
    hyphen: bool,
}

/// One line: its words, and whether a hyphen is drawn behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Set {
    /// The words.
    pub span: Span,
    /// Whether the last of them goes on in the next line.
    pub hyphen: bool,
}

/// How wide lines may be, and whether words may break at a hyphen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Cells.
    pub columns: usize,
    /// Whether words may break.
    pub hyphens: bool,
}

/// Lines below this many cells are not hyphenated: most of them would end with a hyphen.
const LEAST_COLUMNS: usize = 24;
/// How many letters a word has that may break: shorter ones gain nothing, and nothing longer is a word (`hypher` takes up to 45 bytes).
const LETTERS: RangeInclusive<usize> = 6..=40;

impl Fragment for Piece {
    fn width(&self) -> f64 {
        self.cells as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.blank as f64
    }

    fn penalty_width(&self) -> f64 {
        f64::from(u8::from(self.hyphen))
    }
}

/// The lines of `span` of `text`, each at most as wide as `measure` (a single wider glyph stands alone). A newline in the text
/// stays a line break. Lines carry no white space at their ends; what lies between two of them is white space only, or nothing.
pub fn wrap(text: &str, span: Span, measure: Measure) -> Vec<Set> {
    let measure = Measure { columns: measure.columns.max(1), hyphens: measure.hyphens && measure.columns >= LEAST_COLUMNS };
    let mut lines = Vec::new();
    let mut start = span.start;
    for row in span.of(text).split('\n') {
        wrap_row(text, Span::new(start, start + row.len()).trimmed(text), measure, &mut lines);
        start += row.len() + 1;
    }
    lines
}

fn wrap_row(text: &str, row: Span, measure: Measure, lines: &mut Vec<Set>) {
    let whole = Set { span: row, hyphen: false };
    if row.of(text).len() <= measure.columns && row.of(text).is_ascii() {
        lines.push(whole);
        return;
    }
    let pieces = pieces(text, row, measure);
    let widths = [measure.columns as f64];
    let rows = wrap_optimal_fit(&pieces, &widths, &Penalties::new()).unwrap_or_else(|_| wrap_first_fit(&pieces, &widths));
    let before = lines.len();
    for row in rows {
        if let (Some(first), Some(last)) = (row.first(), row.last()) {
            lines.push(Set { span: first.span.cover(last.span), hyphen: last.hyphen });
        }
    }
    if lines.len() == before {
        lines.push(whole);
    }
}

/// Cuts a row at white space, after dashes and slashes inside words, and between wide characters.
fn pieces(text: &str, row: Span, measure: Measure) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut word: Option<usize> = None;
    for (at, c) in row.of(text).char_indices() {
        let at = row.start + at;
        if is_space(c) {
            if let Some(start) = word.take() {
                push_word(text, Span::new(start, at), measure, &mut pieces);
            }
            if let Some(last) = pieces.last_mut() {
                last.blank += 1;
            }
        } else {
            word.get_or_insert(at);
        }
    }
    if let Some(start) = word {
        push_word(text, Span::new(start, row.end), measure, &mut pieces);
    }
    pieces
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

fn push_word(text: &str, word: Span, measure: Measure, pieces: &mut Vec<Piece>) {
    let columns = measure.columns;
    let letters = word.of(text);
    let hyphens = if measure.hyphens { hyphens(letters) } else { Vec::new() };
    if letters.is_ascii() && letters.len() <= columns && hyphens.is_empty() && !letters.contains(['-', '/']) {
        pieces.push(Piece { span: word, cells: width(letters), blank: 0, hyphen: false });
        return;
    }
    let mut piece = Piece { span: Span::new(word.start, word.start), cells: 0, blank: 0, hyphen: false };
    let mut previous = ("", 0);
    for glyph in glyphs(letters) {
        let at = word.start + glyph.at;
        let after_dash = matches!(previous.0, "-" | "–" | "—" | "/" | "―") && glyph.shown.chars().all(char::is_alphanumeric);
        let ideographs = previous.1 == 2 && glyph.width == 2 && !is_closing(glyph.shown);
        let hyphen = piece.cells < columns && hyphens.contains(&glyph.at);
        let full = piece.cells + glyph.width > columns;
        if piece.cells > 0 && (full || hyphen || ideographs || (after_dash && piece.cells > 2)) {
            piece.span.end = at;
            piece.hyphen = hyphen;
            pieces.push(piece);
            piece = Piece { span: Span::new(at, at), cells: 0, blank: 0, hyphen: false };
        }
        piece.cells += glyph.width;
        previous = (glyph.shown, glyph.width);
    }
    piece.span.end = word.end;
    pieces.push(piece);
}

/// Bytes of a word before which it may break. Names, figures, addresses and what is hyphenated already stay as they are.
fn hyphens(word: &str) -> Vec<usize> {
    let inner = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let before = word.len() - inner.len();
    let end = inner.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(inner.len());
    let (letters, behind) = inner.split_at(end);
    let possessive = behind.starts_with(['\'', '’']);
    if !LETTERS.contains(&letters.len())
        || !(possessive || behind.chars().all(|c| c.is_ascii_punctuation() || "”’».…".contains(c)))
    {
        return Vec::new();
    }
    if behind.contains(['-', '/', '@', '_']) {
        return Vec::new();
    }
    let mut at = before;
    let ends = hyphenate(letters, Lang::English).map(|syllable| {
        at += syllable.len();
        at
    });
    let mut ends: Vec<usize> = ends.collect();
    ends.pop();
    ends
}

/// Wide punctuation that must not begin a line.
fn is_closing(glyph: &str) -> bool {
    matches!(glyph, "、" | "。" | "，" | "．" | "」" | "』" | "）" | "！" | "？" | "：" | "；" | "】" | "》")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, columns: usize, hyphens: bool) -> Vec<String> {
        let lines = wrap(text, Span::new(0, text.len()), Measure { columns, hyphens });
        lines.into_iter().map(|line| line.span.of(text).to_owned() + if line.hyphen { "-" } else { "" }).collect()
    }

    fn check(text: &str, columns: usize, lines: &[&str]) {
        assert_eq!(set(text, columns, false), lines, "{text:?} at {columns}");
    }

    /// Where `word` may break, as `lev·y`.
    fn points(word: &str) -> String {
        let points = hyphens(word);
        word.char_indices().map(|(at, c)| if points.contains(&at) { format!("·{c}") } else { c.to_string() }).collect()
    }

    #[test]
    fn plain_words_may_break_at_a_hyphen() {
        assert_eq!(points("constitutional"), "con·sti·tu·tional");
        assert_eq!(points("“government’s,”"), "“gov·ern·ment’s,”");
        for whole in [
            "levy",
            "Constitutional",
            "CONSTITUTIONAL",
            "harbour-master",
            "example.org",
            "news@harbour.example",
            "café",
            &"unbroken".repeat(9),
        ] {
            assert_eq!(points(whole), whole);
        }
        let text = "The harbour board heard an extraordinary constitutional representation yesterday";
        for columns in [26, 30] {
            let (plain, broken) = (set(text, columns, false), set(text, columns, true));
            let ragged = |lines: &[String]| {
                let but_last = lines.split_last().map_or(&[][..], |(_, lines)| lines);
                but_last.iter().map(|line| (columns - width(line)).pow(2)).sum::<usize>()
            };
            assert!(columns > 26 || broken.iter().any(|line| line.ends_with('-')), "{broken:?}");
            assert!(ragged(&broken) <= ragged(&plain) || broken.len() < plain.len(), "{broken:?} {plain:?}");
            assert_eq!(broken.join(" ").replace("- ", ""), text, "what is left out is no letter");
        }
        assert_eq!(set(text, 20, true), set(text, 20, false), "narrow lines are left alone");
        for columns in 24..60 {
            assert!(set(text, columns, true).iter().all(|line| width(line) <= columns), "{columns}");
        }
    }

    #[test]
    fn lines_break_between_words() {
        check("The harbour board met on Monday", 12, &["The harbour", "board met on", "Monday"]);
        check("", 12, &[""]);
        check("one\ntwo", 12, &["one", "two"]);
        check("the north-western quay", 10, &["the north-", "western", "quay"]);
    }

    #[test]
    fn words_wider_than_the_line_are_cut_between_graphemes() {
        check("Donaudampfschiff", 6, &["Donaud", "ampfsc", "hiff"]);
        check("港口港口。", 4, &["港", "口港", "口。"]);
        check("👩‍👩‍👧👩‍👩‍👧", 2, &["👩‍👩‍👧", "👩‍👩‍👧"]);
        check("港", 1, &["港"]);
    }

    #[test]
    fn a_space_that_binds_does_not_break() {
        check("about 4\u{a0}percent", 9, &["about", "4\u{a0}percent"]);
    }
}
