//! Page + labels -> article: the kept lines with normalised white space, where each byte came from, and what was dropped.

use super::clean::Label;
use super::page::{Line, Page};
use super::raw::{Origin, Raw};
use super::visible::is_invisible;
use super::{Article, Block, BlockKind, Removed};
use crate::text::Span;

/// Puts the kept lines together and records the dropped ones. Metadata and input are the caller's.
pub(super) fn assemble(page: Page, labels: &[Label]) -> Article {
    let text = String::with_capacity(page.raw.len());
    let mut article = Article { document: page.document, notes: page.notes, text, ..Article::default() };
    let mut numbers = LineNumbers::default();
    let mut open = false;
    for (line, label) in page.lines.iter().zip(labels) {
        let (start, end) = (numbers.of(&page.raw, line.span.start), numbers.of(&page.raw, line.span.end));
        match *label {
            Label::Keep(kind) => {
                keep(&mut article, &page.raw, line, kind);
                open = false;
            }
            Label::Drop(reason) => {
                let words = line.span.of(&page.raw).split_whitespace().collect::<Vec<_>>().join(" ");
                match article.removed.last_mut().filter(|last| open && last.reason == reason) {
                    Some(last) => {
                        last.end_line = end;
                        last.text.push('\n');
                        last.text.push_str(&words);
                    }
                    None => article.removed.push(Removed { start_line: start, end_line: end, reason, text: words }),
                }
                open = true;
            }
        }
    }
    article.text.shrink_to_fit();
    article.raw = Raw::new(&page.raw, &article.origins);
    article
}

/// The whole of `text` as the body, unchanged: paragraphs are separated by blank lines, or by line breaks if there are no blank lines.
pub(super) fn whole(page: Page, text: String) -> Article {
    let mut article = Article { document: page.document, notes: page.notes, ..Article::default() };
    let paragraphs = paragraphs(&text);
    let spans = if paragraphs.len() > 1 { paragraphs } else { page.lines.iter().map(|line| line.span).collect() };
    article.blocks = spans.into_iter().map(|span| Block { kind: BlockKind::Paragraph, span }).collect();
    article.origins = vec![Origin { clean: Span::new(0, text.len()), raw: 0 }];
    article.text = text;
    article
}

/// The parts of `text` between blank lines.
fn paragraphs(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let (mut at, mut open) = (0, false);
    for line in text.split('\n') {
        let span = Span::new(at, at + line.len()).trimmed(text);
        at += line.len() + 1;
        match out.last_mut().filter(|_| open) {
            Some(last) if !span.is_empty() => *last = last.cover(span),
            _ if !span.is_empty() => out.push(span),
            _ => {}
        }
        open = !span.is_empty();
    }
    out
}

/// Appends a line as a block: white space as single spaces, invisible characters left out.
fn keep(article: &mut Article, raw: &str, line: &Line, kind: BlockKind) {
    let part = line.span.of(raw);
    if part.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
        return;
    }
    if !article.text.is_empty() {
        article.text.push_str("\n\n");
    }
    let start = article.text.len();
    let mut space: Option<(usize, &str)> = None;
    for (at, c) in part.char_indices() {
        let bytes = part.get(at..at + c.len_utf8()).unwrap_or_default();
        if c.is_whitespace() {
            let from = space.map_or(at, |(from, _)| from);
            space = Some((from, part.get(from..at + c.len_utf8()).unwrap_or_default()));
            continue;
        }
        if is_invisible(c) {
            continue;
        }
        if let Some((from, white)) = space.take()
            && article.text.len() > start
        {
            if white == " " {
                push(article, " ", line.span.start + from);
            } else {
                article.text.push(' ');
            }
        }
        push(article, bytes, line.span.start + at);
    }
    article.blocks.push(Block { kind, span: Span::new(start, article.text.len()) });
}

/// Appends `bytes`, which stand at `raw` in the raw text.
fn push(article: &mut Article, bytes: &str, raw: usize) {
    let at = article.text.len();
    article.text.push_str(bytes);
    let end = article.text.len();
    match article.origins.last_mut() {
        Some(last) if last.clean.end == at && last.raw + last.clean.len() == raw => last.clean.end = end,
        _ => article.origins.push(Origin { clean: Span::new(at, end), raw }),
    }
}

/// Line numbers of growing offsets, counted from 1, in one pass.
struct LineNumbers {
    at: usize,
    line: usize,
}

impl Default for LineNumbers {
    fn default() -> Self {
        Self { at: 0, line: 1 }
    }
}

impl LineNumbers {
    fn of(&mut self, raw: &str, offset: usize) -> usize {
        self.line += raw.get(self.at..offset).unwrap_or_default().matches('\n').count();
        self.at = self.at.max(offset);
        self.line
    }
}
