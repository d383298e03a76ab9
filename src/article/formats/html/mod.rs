//! HTML: the visible text as lines with what the markup says of each, and the page's metadata.

mod guard;
mod head;
mod json_ld;
mod masthead;
mod regions;
mod walk;

pub(in crate::article) use json_ld::names;

use super::plain;
use crate::article::page::Page;
use dom_query::Document as Dom;
use dom_smoothie::{Config, Readability, TextMode};
use std::collections::HashSet;

/// The page of an HTML text.
pub(in crate::article) fn page(text: &str) -> Page {
    if let Some(what) = guard::refuse(text) {
        let mut page = plain::page(guard::strip_tags(text));
        page.notes.push(format!("The page has {what}: it was read as plain text."));
        return page;
    }
    let dom = Dom::from(text);
    let walk::Seen { raw, mut lines, parents } = walk::lines(&dom);
    let document = head::document(&dom);
    let content = content(dom);
    let mut budget = SEARCHED;
    for line in &mut lines {
        let words = squeeze(line.span.of(&raw));
        if let Some(markup) = &mut line.markup {
            markup.content = content.holds(&words, &mut budget);
        }
    }
    Page { raw, lines, document, parents, ..Page::default() }
}

/// The lines that `dom_smoothie` (a port of Mozilla's Readability) takes for the article.
fn content(dom: Dom) -> Content {
    let config = Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    let parsed = Readability::with_document(dom, None, Some(config)).and_then(|mut readability| readability.parse());
    let text = parsed.map(|article| article.text_content.to_string()).unwrap_or_default();
    let lines: HashSet<String> = text.lines().map(squeeze).collect();
    Content { lines, whole: squeeze(&text) }
}

/// Most bytes of content searched for lines of the page, so that the search of a large page stays linear.
const SEARCHED: usize = 64 << 20;

struct Content {
    lines: HashSet<String>,
    whole: String,
}

impl Content {
    /// A short line must be a whole line of the content: its words may stand anywhere by chance. `budget` is what may still be
    /// searched.
    fn holds(&self, words: &str, budget: &mut usize) -> bool {
        const LONG: usize = 30;
        if self.lines.contains(words) || words.len() < LONG || *budget < self.whole.len() {
            return self.lines.contains(words);
        }
        *budget -= self.whole.len();
        self.whole.contains(words)
    }
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
