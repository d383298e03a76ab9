//! A page: a text set at a width, line <-> byte offset. Sections (blocks, or raw lines) are set when they are first looked at,
//! so a page of five megabytes costs what is on screen.

use super::wrap::{Measure, wrap};
use crate::article::{BlockKind, Reason};
use crate::text::Span;
use std::collections::HashMap;

/// Longest section in bytes; a longer block is set in several, cut at white space.
const LONGEST: usize = 8192;

/// What a section is, which decides how it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionKind {
    /// A block of the article.
    Block(BlockKind),
    /// Author, date and length, below the headline.
    Facts,
    /// A raw line that the article keeps.
    Kept,
    /// A raw line that cleaning dropped, and why.
    Dropped(Reason),
}

/// A stretch of text that is set by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// Where it stands in the page's text; for own words, the place they stand before.
    pub span: Span,
    /// Words that are not in the text.
    pub own: Option<String>,
    /// Blank lines above it.
    pub gap: usize,
}

/// One line of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its section.
    pub section: usize,
    /// Its words: bytes of the page's text, or of the section's own words. Empty for a blank line above a section.
    pub span: Span,
    /// Whether it is the first line with words of its section.
    pub first: bool,
    /// Whether it is a blank line above the section.
    pub gap: bool,
    /// Whether a hyphen is drawn behind its words; it is no part of the text.
    pub hyphen: bool,
}

/// A line of a page by section and number within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// The section.
    pub section: usize,
    /// The line within the section, blank lines included.
    pub line: usize,
}

/// A text in sections, set at a width.
#[derive(Debug, Clone)]
pub struct Page {
    sections: Vec<Section>,
    measure: Measure,
    set: HashMap<usize, Vec<Line>>,
}

impl Default for Page {
    fn default() -> Self {
        Self::new(Vec::new(), "")
    }
}

impl Page {
    /// A page of `sections` over one text, in order; to be set with [`Page::set_measure`].
    pub fn new(sections: Vec<Section>, text: &str) -> Self {
        let mut cut = Vec::with_capacity(sections.len());
        for section in sections {
            split_long(section, text, &mut cut);
        }
        Self { sections: cut, measure: Measure { columns: 66, hyphens: false }, set: HashMap::new() }
    }

    /// Sets the page anew, `columns` cells wide, with hyphens at line ends or without; `false` if it is set so already.
    pub fn set_measure(&mut self, columns: usize, hyphens: bool) -> bool {
        let measure = Measure { columns, hyphens };
        let changed = self.measure != measure;
        if changed {
            self.measure = measure;
            self.set.clear();
        }
        changed
    }

    /// The sections.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The section of a line.
    pub fn section(&self, line: &Line) -> Option<&Section> {
        self.sections.get(line.section)
    }

    /// The lines of a section.
    pub fn lines(&mut self, text: &str, section: usize) -> &[Line] {
        let Some(part) = self.sections.get(section) else { return &[] };
        let measure = self.measure;
        self.set.entry(section).or_insert_with(|| set_section(part, section, text, measure))
    }

    /// The line at `place`, if there is one.
    pub fn line(&mut self, text: &str, place: Place) -> Option<Line> {
        self.lines(text, place.section).get(place.line).copied()
    }

    /// The place of the byte at `offset`: its line, else the nearest one before it.
    pub fn place_of(&mut self, text: &str, offset: usize) -> Place {
        let after = self.sections.partition_point(|section| section.span.start <= offset);
        let section = after.saturating_sub(1);
        let lines = self.lines(text, section);
        let line = lines.iter().rposition(|line| !line.gap && line.span.start <= offset);
        let first = lines.iter().position(|line| !line.gap);
        Place { section, line: line.or(first).unwrap_or(0) }
    }

    /// The first byte of the text shown at or after `place`.
    pub fn offset_of(&mut self, text: &str, place: Place) -> usize {
        let Some(section) = self.sections.get(place.section) else { return text.len() };
        let start = section.span.start;
        if section.own.is_some() {
            return start;
        }
        self.line(text, place).map_or(start, |line| line.span.start)
    }

    /// The place `by` lines further down, or up when negative; stays within the page.
    pub fn moved(&mut self, text: &str, place: Place, by: isize) -> Place {
        let mut place = place;
        let mut left = by.unsigned_abs();
        while left > 0 {
            if by > 0 {
                let below = self.lines(text, place.section).len().saturating_sub(place.line + 1);
                if left <= below {
                    place.line += left;
                    return place;
                }
                if place.section + 1 >= self.sections.len() {
                    place.line += below;
                    return place;
                }
                left -= below + 1;
                place = Place { section: place.section + 1, line: 0 };
            } else {
                if left <= place.line {
                    place.line -= left;
                    return place;
                }
                if place.section == 0 {
                    return Place::default();
                }
                left -= place.line + 1;
                let section = place.section - 1;
                place = Place { section, line: self.lines(text, section).len().saturating_sub(1) };
            }
        }
        place
    }

    /// The last line of the page.
    pub fn end(&mut self, text: &str) -> Place {
        let section = self.sections.len().saturating_sub(1);
        Place { section, line: self.lines(text, section).len().saturating_sub(1) }
    }

    /// Up to `height` lines from `top` on.
    pub fn view(&mut self, text: &str, top: Place, height: usize) -> Vec<Line> {
        let mut view = Vec::with_capacity(height);
        let mut place = top;
        while view.len() < height && place.section < self.sections.len() {
            let left = height - view.len();
            view.extend(self.lines(text, place.section).iter().skip(place.line).take(left));
            place = Place { section: place.section + 1, line: 0 };
        }
        view
    }
}

/// Cuts a section that is too long to be set at once, at white space where there is some.
fn split_long(section: Section, text: &str, out: &mut Vec<Section>) {
    let Section { kind, span, own, gap } = section;
    if own.is_some() || span.len() <= LONGEST {
        out.push(Section { kind, span, own, gap });
        return;
    }
    let mut start = span.start;
    while start < span.end {
        let goal = text.floor_char_boundary((start + LONGEST / 2).min(span.end));
        let end = if span.end - start <= LONGEST {
            span.end
        } else {
            let part = Span::new(start, goal).of(text);
            part.rfind(char::is_whitespace).filter(|&at| at > LONGEST / 4).map_or(goal, |at| start + at)
        };
        let gap = if start == span.start { gap } else { 0 };
        let part = Span::new(start, end.max(start + 1));
        out.push(Section { kind, span: part, own: None, gap });
        start = part.end;
    }
}

/// Cells that a section's lines stand in from the left.
pub fn indent(kind: SectionKind) -> usize {
    match kind {
        SectionKind::Block(BlockKind::Quote) => 4,
        SectionKind::Block(BlockKind::ListItem | BlockKind::Caption) => 2,
        _ => 0,
    }
}

fn set_section(section: &Section, index: usize, text: &str, measure: Measure) -> Vec<Line> {
    let blank =
        Line { section: index, span: Span::new(section.span.start, section.span.start), first: false, gap: true, hyphen: false };
    let mut lines = vec![blank; section.gap];
    let columns = measure.columns.saturating_sub(indent(section.kind)).max(1);
    let measure = Measure { columns, hyphens: measure.hyphens && is_prose(section.kind) };
    let set = match &section.own {
        Some(words) => wrap(words, Span::new(0, words.len()), measure),
        None => wrap(text, section.span, measure),
    };
    for (at, line) in set.into_iter().enumerate() {
        lines.push(Line { span: line.span, first: at == 0, gap: false, hyphen: line.hyphen, ..blank });
    }
    lines
}

/// What words may be broken in.
fn is_prose(kind: SectionKind) -> bool {
    use BlockKind::{Caption, ListItem, Paragraph, Quote};
    matches!(kind, SectionKind::Block(Paragraph | ListItem | Quote | Caption))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str, columns: usize) -> Page {
        let mut at = 0;
        let mut sections = Vec::new();
        for part in text.split("\n\n") {
            let span = Span::new(at, at + part.len());
            sections.push(Section { kind: SectionKind::Block(BlockKind::Paragraph), span, own: None, gap: 1 });
            at += part.len() + 2;
        }
        let mut page = Page::new(sections, text);
        page.set_measure(columns, false);
        page
    }

    const TEXT: &str = "The board met on Monday.\n\nIt heard two pilots and a clerk.";

    #[test]
    fn every_offset_has_its_line_and_comes_back() {
        for columns in 1..40 {
            let mut page = page(TEXT, columns);
            for (offset, _) in TEXT.char_indices() {
                let place = page.place_of(TEXT, offset);
                assert!(page.offset_of(TEXT, place) <= offset, "{offset} at {columns}");
                let here = page.offset_of(TEXT, place);
                assert_eq!(page.place_of(TEXT, here), place);
            }
        }
    }

    #[test]
    fn walking_down_and_up_meets() {
        let mut page = page(TEXT, 9);
        let end = page.end(TEXT);
        let mut place = Place::default();
        let mut steps = 0;
        while place != end {
            let next = page.moved(TEXT, place, 1);
            assert_eq!(page.moved(TEXT, next, -1), place);
            place = next;
            steps += 1;
        }
        assert_eq!(page.moved(TEXT, Place::default(), steps), end);
        assert_eq!(page.moved(TEXT, end, -steps), Place::default());
        assert_eq!(page.moved(TEXT, end, 5), end);
        assert_eq!(page.view(TEXT, Place::default(), 100).len(), steps as usize + 1);
    }

    #[test]
    fn a_long_block_is_set_in_parts_without_loss() {
        let text = "word ".repeat(10_000);
        let page = page(&text, 66);
        assert!(page.sections().len() > 5);
        let joined: String = page.sections().iter().map(|section| section.span.of(&text)).collect();
        assert_eq!(joined, text);
        let unbroken = "港".repeat(10_000);
        assert!(page_sections_are_whole(&unbroken));
    }

    fn page_sections_are_whole(text: &str) -> bool {
        let page = page(text, 66);
        page.sections().iter().map(|section| section.span.of(text)).collect::<String>() == text
    }
}
