//! The visible text of a page in reading order: one line a block, with what the markup says of it.

use super::regions;
use crate::article::page::{Line, Markup, Region, Tag, Within};
use crate::article::visible::{is_invisible, visible};
use crate::text::Span;
use dom_query::{Document, NodeData, NodeId, NodeRef};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// Elements whose contents are invisible or not text.
const UNSEEN: [&str; 17] = [
    "script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "textarea", "canvas", "math",
    "audio", "video", "map", "datalist", "progress",
];
/// Elements that do not break the line.
const INLINE: [&str; 34] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    "amp-link",
];
/// Block elements with a margin: a blank line stands before and after them.
const SPACED: [&str; 19] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "ul",
    "ol",
    "dl",
    "table",
    "figure",
    "pre",
    "hr",
    "article",
    "section",
    "header",
    "footer",
];

/// The visible text of `dom`, and its lines.
pub(super) fn lines(dom: &Document) -> Seen {
    let mut walk = Walk { parents: vec![0], ..Walk::default() };
    let mut todo = vec![Step::Enter(dom.root().id, Around::default())];
    while let Some(step) = todo.pop() {
        match step {
            Step::Leave(leave) => walk.leave(leave),
            Step::Enter(id, around) => walk.enter(&NodeRef::new(id, &dom.tree), around, &mut todo),
        }
    }
    walk.flush();
    Seen { raw: walk.raw, lines: walk.lines, parents: walk.parents }
}

/// What is seen of a page.
pub(super) struct Seen {
    pub raw: String,
    pub lines: Vec<Line>,
    /// See [`crate::article::page::Page::parents`].
    pub parents: Vec<u32>,
}

/// What stands around a node.
#[derive(Debug, Clone, Copy, Default)]
struct Around {
    tag: Tag,
    within: Within,
    link: bool,
    styled: bool,
    pre: bool,
    block: u32,
    kind: u64,
    path: u64,
}

enum Step {
    Enter(NodeId, Around),
    Leave(Leave),
}

/// What happens where an element ends.
#[derive(Clone, Copy)]
enum Leave {
    Block { spaced: bool },
    Cell,
}

#[derive(Default)]
struct Walk {
    raw: String,
    lines: Vec<Line>,
    parents: Vec<u32>,
    /// The line being built, not yet normalised.
    open: String,
    /// What stood around its first word, and how many of its letters stand in links and in bold type.
    around: Option<Around>,
    linked: usize,
    styled: usize,
    letters: usize,
    gap: bool,
}

impl Walk {
    fn enter(&mut self, node: &NodeRef, around: Around, todo: &mut Vec<Step>) {
        let text = node.query_or(None, |node| match &node.data {
            NodeData::Text { contents } => Some(contents.to_string()),
            _ => None,
        });
        if let Some(text) = text {
            return self.text(&text, around);
        }
        let mut inner = around;
        if let Some(name) = node.node_name().filter(|_| node.is_element()) {
            let name: &str = &name;
            if UNSEEN.contains(&name) {
                return;
            }
            if name == "br" {
                return self.flush();
            }
            inner = describe(node, name, around);
            if matches!(name, "td" | "th") {
                self.open.push(' ');
                todo.push(Step::Leave(Leave::Cell));
            } else if !INLINE.contains(&name) {
                inner.block = u32::try_from(self.parents.len()).unwrap_or(u32::MAX);
                self.parents.push(around.block);
                let spaced = SPACED.contains(&name);
                self.leave(Leave::Block { spaced });
                todo.push(Step::Leave(Leave::Block { spaced }));
            }
        }
        let mut child = node.last_child();
        while let Some(node) = child {
            todo.push(Step::Enter(node.id, inner));
            child = node.prev_sibling();
        }
    }

    fn leave(&mut self, leave: Leave) {
        match leave {
            Leave::Cell => self.open.push(' '),
            Leave::Block { spaced } => {
                self.flush();
                self.gap |= spaced;
            }
        }
    }

    fn text(&mut self, text: &str, around: Around) {
        if around.pre {
            for (at, part) in text.split('\n').enumerate() {
                if at > 0 {
                    self.flush();
                }
                self.words(part, around);
            }
        } else {
            self.words(text, around);
        }
    }

    fn words(&mut self, text: &str, around: Around) {
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        if letters > 0 && self.letters == 0 {
            self.around = Some(around);
        }
        self.letters += letters;
        self.linked += if around.link { letters } else { 0 };
        self.styled += if around.styled { letters } else { 0 };
        self.around.get_or_insert(around);
        self.open.push_str(text);
    }

    /// Ends the line being built.
    fn flush(&mut self) {
        let safe = visible(&self.open);
        let mut words = safe.split_whitespace().peekable();
        let blank = safe.chars().all(|c| c.is_whitespace() || is_invisible(c));
        if let Some(around) = self.around.take().filter(|_| !blank && words.peek().is_some()) {
            if !self.raw.is_empty() {
                self.raw.push_str(if self.gap { "\n\n" } else { "\n" });
            }
            let start = self.raw.len();
            for (at, word) in words.enumerate() {
                if at > 0 {
                    self.raw.push(' ');
                }
                self.raw.push_str(word);
            }
            let share = |count: usize| if self.letters == 0 { 0.0 } else { count as f32 / self.letters as f32 };
            let markup = Markup {
                tag: around.tag,
                links: share(self.linked),
                styled: share(self.styled),
                content: false,
                within: around.within,
                block: around.block,
                kind: around.kind,
                path: around.path,
            };
            self.lines.push(Line { span: Span::new(start, self.raw.len()), gap: self.gap, markup: Some(markup) });
            self.gap = false;
        }
        self.open.clear();
        (self.linked, self.styled, self.letters) = (0, 0, 0);
    }
}

/// What stands around the contents of the element `node`.
fn describe(node: &NodeRef, name: &str, around: Around) -> Around {
    let mut inner = around;
    match name {
        "p" => inner.tag = Tag::Paragraph,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => inner.tag = Tag::Heading(name.as_bytes().get(1).map_or(6, |b| b - b'0')),
        "li" | "dt" | "dd" => inner.tag = Tag::ListItem,
        "blockquote" => inner.tag = Tag::Quote,
        "figcaption" | "caption" => inner.tag = Tag::Caption,
        "td" | "th" => inner.tag = Tag::Cell,
        "time" => inner.tag = Tag::Time,
        "button" | "input" => inner.tag = Tag::Button,
        "a" => inner.link = true,
        "b" | "strong" | "i" | "em" => inner.styled = true,
        "pre" => inner.pre = true,
        "div" | "section" | "article" | "aside" | "ul" | "ol" | "figure" => inner.tag = Tag::Other,
        _ => {}
    }
    // A paragraph of a quotation is a quotation; a paragraph of a list item is one.
    if name == "p" && matches!(around.tag, Tag::Quote | Tag::ListItem | Tag::Caption) {
        inner.tag = around.tag;
    }
    if let Some(region) = regions::of_element(name) {
        inner.within = inner.within.with(region);
    }
    if matches!(name, "html" | "body") {
        return inner;
    }
    let mut kind = DefaultHasher::new();
    name.hash(&mut kind);
    node.query(|node| {
        let Some(element) = node.as_element() else { return };
        for attribute in &element.attrs {
            let value: &str = &attribute.value;
            match &*attribute.name.local {
                name @ ("class" | "id" | "role" | "data-component" | "data-testid") => {
                    if name == "class" {
                        value.bytes().filter(|byte| !byte.is_ascii_digit()).for_each(|byte| kind.write_u8(byte));
                    }
                    inner.within = regions::of_names(value, inner.within);
                }
                "itemprop" if value == "articleBody" => inner.within = inner.within.with(Region::Body),
                "hidden" => inner.within = inner.within.with(Region::Hidden),
                "aria-hidden" if value == "true" => inner.within = inner.within.with(Region::Hidden),
                "style" if hides(value) => inner.within = inner.within.with(Region::Hidden),
                _ => {}
            }
        }
    });
    if !INLINE.contains(&name) {
        let mut path = DefaultHasher::new();
        inner.kind = kind.finish();
        (around.path, inner.kind).hash(&mut path);
        inner.path = path.finish();
    }
    inner
}

fn hides(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}
