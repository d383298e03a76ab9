//! Sets one stretch of text in lines: words are measured by grapheme, breaks are chosen for the whole paragraph (Knuth and
//! Plass, by `textwrap`), a word wider than the line is cut, and no word is ever changed.

use crate::text::{Span, glyphs, width};
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};

/// A stretch that stays on one line, and the white space behind it.
#[derive(Debug, Clone, Copy)]
struct Piece {
    span: Span,
    cells: usize,
    blank: usize,
}

impl Fragment for Piece {
    fn width(&self) -> f64 {
        self.cells as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.blank as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// The lines of `span` of `text`, each at most `columns` cells wide (a single wider glyph stands alone). A newline in the text
/// stays a line break. Lines carry no white space at their ends; what lies between two of them is white space only.
pub fn wrap(text: &str, span: Span, columns: usize) -> Vec<Span> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut start = span.start;
    for row in span.of(text).split('\n') {
        wrap_row(text, Span::new(start, start + row.len()).trimmed(text), columns, &mut lines);
        start += row.len() + 1;
    }
    lines
}

fn wrap_row(text: &str, row: Span, columns: usize, lines: &mut Vec<Span>) {
    if row.of(text).len() <= columns && row.of(text).is_ascii() {
        lines.push(row);
        return;
    }
    let pieces = pieces(text, row, columns);
    let widths = [columns as f64];
    let rows = wrap_optimal_fit(&pieces, &widths, &Penalties::new()).unwrap_or_else(|_| wrap_first_fit(&pieces, &widths));
    let before = lines.len();
    for row in rows {
        if let (Some(first), Some(last)) = (row.first(), row.last()) {
            lines.push(first.span.cover(last.span));
        }
    }
    if lines.len() == before {
        lines.push(row);
    }
}

/// Cuts a row at white space, after dashes and slashes inside words, and between wide characters.
fn pieces(text: &str, row: Span, columns: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut word: Option<usize> = None;
    for (at, c) in row.of(text).char_indices() {
        let at = row.start + at;
        if is_space(c) {
            if let Some(start) = word.take() {
                push_word(text, Span::new(start, at), columns, &mut pieces);
            }
            if let Some(last) = pieces.last_mut() {
                last.blank += 1;
            }
        } else {
            word.get_or_insert(at);
        }
    }
    if let Some(start) = word {
        push_word(text, Span::new(start, row.end), columns, &mut pieces);
    }
    pieces
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

fn push_word(text: &str, word: Span, columns: usize, pieces: &mut Vec<Piece>) {
    let letters = word.of(text);
    if letters.is_ascii() && letters.len() <= columns && !letters.contains(['-', '/']) {
        pieces.push(Piece { span: word, cells: width(letters), blank: 0 });
        return;
    }
    let mut piece = Piece { span: Span::new(word.start, word.start), cells: 0, blank: 0 };
    let mut previous = ("", 0);
    for glyph in glyphs(letters) {
        let at = word.start + glyph.at;
        let after_dash = matches!(previous.0, "-" | "–" | "—" | "/" | "―") && glyph.shown.chars().all(char::is_alphanumeric);
        let ideographs = previous.1 == 2 && glyph.width == 2 && !is_closing(glyph.shown);
        if piece.cells > 0 && (piece.cells + glyph.width > columns || ideographs || (after_dash && piece.cells > 2)) {
            piece.span.end = at;
            pieces.push(piece);
            piece = Piece { span: Span::new(at, at), cells: 0, blank: 0 };
        }
        piece.cells += glyph.width;
        previous = (glyph.shown, glyph.width);
    }
    piece.span.end = word.end;
    pieces.push(piece);
}

/// Wide punctuation that must not begin a line.
fn is_closing(glyph: &str) -> bool {
    matches!(glyph, "、" | "。" | "，" | "．" | "」" | "』" | "）" | "！" | "？" | "：" | "；" | "】" | "》")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, columns: usize, lines: &[&str]) {
        let set: Vec<&str> = wrap(text, Span::new(0, text.len()), columns).into_iter().map(|line| line.of(text)).collect();
        assert_eq!(set, lines, "{text:?} at {columns}");
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
