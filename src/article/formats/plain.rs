//! Plain text: one block a line, or paragraphs hard-wrapped at some width, with or without blank lines.

use crate::article::page::{Line, Page};
use crate::article::visible::is_invisible;
use crate::text::Span;

/// The page of a plain text that is safe to show.
pub(in crate::article) fn page(raw: String) -> Page {
    let rows = rows(&raw);
    let width = wrap_width(&rows);
    let mut lines: Vec<Line> = Vec::new();
    let mut last: Option<&Row> = None;
    for row in &rows {
        let joins = last.zip(width).is_some_and(|(last, width)| row.continues(last, width));
        match lines.last_mut() {
            Some(line) if joins => line.span = line.span.cover(row.span),
            _ => lines.push(Line { span: row.span, gap: row.gap, markup: None }),
        }
        last = Some(row);
    }
    Page { raw, lines, ..Page::default() }
}

/// One line of the input that holds words.
struct Row {
    span: Span,
    gap: bool,
    /// Length in characters, white space at the ends aside.
    length: usize,
    /// Length of its first word in characters.
    first: usize,
    /// White space before its first word, in characters.
    indent: usize,
    /// Whether it begins with the mark of a list item or of a quoted mail, or ends where a paragraph may.
    opens: bool,
    closes: bool,
}

impl Row {
    /// Whether the row goes on where `last` was broken to fit `width`: no blank line between, no new item, and the row's first word
    /// would not have fitted.
    fn continues(&self, last: &Self, width: usize) -> bool {
        let full = last.indent + last.length + SLACK + self.first > width;
        let indented = self.indent > last.indent + 1 && !last.opens;
        full && !self.gap && !self.opens && !indented && last.length <= width + 4
    }
}

fn rows(raw: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let (mut at, mut gap) = (0, false);
    for text in raw.split('\n') {
        let span = Span::new(at, at + text.len()).trimmed(raw);
        at += text.len() + 1;
        let words = span.of(raw);
        if words.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
            gap = true;
            continue;
        }
        rows.push(Row {
            span,
            gap,
            length: words.chars().count(),
            first: words.split_whitespace().next().map_or(0, |word| word.chars().count().min(LONG_WORD)),
            indent: text.chars().take_while(|c| c.is_whitespace()).count(),
            opens: opens_item(words),
            closes: words.ends_with(['.', '!', '?', '"', '”', ':', '。', '！', '？', '」']),
        });
        gap = false;
    }
    rows
}

/// "• a point", "- a point", "* a point", "3. a point", "3) a point".
fn opens_item(words: &str) -> bool {
    let rest = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.len() < words.len() && words.len() - rest.len() <= 3;
    let marked = words.starts_with(['•', '‣', '◦', '▪', '-', '–', '*', '·']);
    let rest = if numbered {
        rest.strip_prefix(['.', ')'])
    } else {
        marked.then(|| rest.trim_start_matches(|c: char| !c.is_whitespace()))
    };
    rest.is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

/// A word longer than this does not tell where lines break: it is an address, or a script without spaces.
const LONG_WORD: usize = 24;
/// Programs count widths in bytes, characters or columns: the space before a word, and a little room.
const SLACK: usize = 4;

/// Widths at which people and programs wrap text, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 30..=132;

/// The width that the text was hard-wrapped at, if it was: most rows that another row follows are as full as that width lets
/// them be, and most of them stop in mid-sentence.
fn wrap_width(rows: &[Row]) -> Option<usize> {
    let followed: Vec<(&Row, &Row)> = rows.iter().zip(rows.iter().skip(1)).filter(|(_, next)| !next.gap).collect();
    let mut lengths: Vec<usize> =
        followed.iter().map(|(row, _)| row.indent + row.length).filter(|n| *n >= *WIDTHS.start()).collect();
    if lengths.len() < 3 {
        return None;
    }
    lengths.sort_unstable();
    // A long address or heading may stick out: the width is where nearly all rows end, and with them nearly all the text.
    let width = *lengths.get((lengths.len() - 1) * 97 / 100)?;
    let all: usize = rows.iter().map(|row| row.length).sum();
    let wider: usize = rows.iter().map(|row| row.length).filter(|length| *length > width + 8).sum();
    if !WIDTHS.contains(&width) || wider * 10 > all {
        return None;
    }
    let long: Vec<&(&Row, &Row)> = followed.iter().filter(|(row, _)| row.length * 10 >= width * 6).collect();
    let full = long.iter().filter(|(row, next)| row.indent + row.length + 1 + next.first > width).count();
    let open = long.iter().filter(|(row, _)| !row.closes).count();
    (long.len() >= 3 && full * 10 >= long.len() * 7 && open * 10 >= long.len() * 6).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let page = page(text.to_owned());
        page.lines.iter().map(|line| line.span.of(&page.raw).replace('\n', " ")).collect()
    }

    /// `text` with its lines broken at `width`, as mail programs do it.
    fn fill(text: &str, width: usize) -> String {
        let mut out = String::new();
        let mut used = 0;
        for word in text.split(' ') {
            let breaks = used > 0 && used + 1 + word.len() > width;
            out.push_str(if used == 0 {
                ""
            } else if breaks {
                "\n"
            } else {
                " "
            });
            used = if breaks || used == 0 { word.len() } else { used + 1 + word.len() };
            out.push_str(word);
        }
        out
    }

    const STORY: &str = "The harbour board voted on Tuesday to close the old ferry terminal, which has stood empty since the \
        storm of 2019, and to build flats on the quay, a plan that the neighbours have fought for years and that the mayor calls overdue.";

    #[test]
    fn hard_wrapped_paragraphs_become_lines() {
        for width in [40, 55, 72, 80] {
            let wrapped = format!("{0}\n\n{0}", fill(STORY, width));
            assert_eq!(lines(&wrapped), [STORY, STORY], "at {width}");
        }
    }

    #[test]
    fn a_short_row_ends_a_paragraph_without_blank_lines() {
        let wrapped = format!("{0}\n{0}\n{0}", fill(STORY, 50));
        assert_eq!(lines(&wrapped), [STORY, STORY, STORY]);
    }

    #[test]
    fn one_paragraph_a_line_stays_so() {
        let text = format!("{STORY}\n{STORY}\nHe said no.\n\nHome\nNews\nSport\n{STORY}");
        assert_eq!(lines(&text), [STORY, STORY, "He said no.", "Home", "News", "Sport", STORY]);
    }

    #[test]
    fn a_menu_of_short_lines_does_not_make_paragraphs_wrapped() {
        let menu = "Board of directors and members of staff\nReports and presentations\nAnnual general meeting of shareholders\n"
            .repeat(12);
        let text = format!("{menu}{STORY}\n{STORY}\n{STORY}");
        assert_eq!(lines(&text).len(), 39);
    }

    #[test]
    fn list_items_are_not_joined() {
        let text = format!("{}\n\n- {}\n- {}", fill(STORY, 60), fill(STORY, 58), fill(STORY, 58));
        assert_eq!(lines(&text), [STORY.to_owned(), format!("- {STORY}"), format!("- {STORY}")]);
    }
}
