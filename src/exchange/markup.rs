//! XML and the HTML fragments within news formats: tags and text in order, forgiving as newsrooms' files need it, and their prose as blocks.

use super::xml::escape;
use crate::article::{Block, BlockKind, visible};
use crate::text::{Gate, Span};
use quick_xml::Reader;
use quick_xml::escape::{resolve_html5_entity, unescape_with};
use quick_xml::events::{BytesStart, Event};
use std::fmt::Write;

/// One piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A tag opens.
    Open(Tag),
    /// Text, entities resolved.
    Text(String),
    /// The tag that the index names closes.
    Close(usize),
}

/// An opening tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its name without a namespace prefix.
    pub name: String,
    /// Attributes, names without a prefix.
    pub attributes: Vec<(String, String)>,
    /// Index of its [`Piece::Close`].
    pub end: usize,
}

impl Tag {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A document as a flat list of pieces: no depth of nesting can overflow a stack.
#[derive(Debug, Default)]
pub struct Markup {
    /// The pieces; every tag that opens closes.
    pub pieces: Vec<Piece>,
}

/// A tag and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Element<'a> {
    /// The tag.
    pub tag: &'a Tag,
    /// Index of its [`Piece::Open`].
    pub at: usize,
}

/// Tags of HTML that hold nothing and need no end, but for those that hold something in RSS and NewsML.
const VOID: [&str; 5] = ["br", "hr", "img", "input", "wbr"];

impl Markup {
    /// Reads all of `source`; what is broken is read as far as it makes sense.
    ///
    /// # Errors
    /// Where the markup breaks off: byte and reason.
    pub fn read(source: &str) -> Result<Self, String> {
        let mut reader = Reader::from_str(source);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        let mut markup = Self::default();
        let mut open: Vec<usize> = Vec::new();
        loop {
            let event = reader.read_event().map_err(|e| format!("broken at byte {}: {e}", reader.error_position()))?;
            match event {
                Event::Start(tag) => {
                    open.push(markup.pieces.len());
                    markup.pieces.push(Piece::Open(tag_of(&tag)));
                    if VOID.contains(&tag.local_name().as_ref()) {
                        markup.close(&mut open, tag.local_name().as_ref());
                    }
                }
                Event::Empty(tag) => {
                    open.push(markup.pieces.len());
                    markup.pieces.push(Piece::Open(tag_of(&tag)));
                    markup.close(&mut open, tag.local_name().as_ref());
                }
                Event::End(tag) => markup.close(&mut open, tag.local_name().as_ref()),
                Event::Text(text) => markup.text(&text),
                Event::CData(text) => markup.text(&text),
                Event::GeneralRef(name) => match resolve(&name) {
                    Some(text) => markup.text(&text),
                    None => markup.text(&format!("&{};", &*name)),
                },
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
        while let Some(at) = open.pop() {
            markup.end(at);
        }
        Ok(markup)
    }

    fn text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    /// Closes the innermost open tag called `name` and those within it; an end without a beginning is nothing.
    fn close(&mut self, open: &mut Vec<usize>, name: &str) {
        let called = |at: &usize| matches!(self.pieces.get(*at), Some(Piece::Open(tag)) if tag.name == name);
        // Markup that is right closes what was opened last; only broken markup makes this look further, and not far.
        let Some(nth) = open.iter().rev().take(64).position(called) else { return };
        for _ in 0..=nth {
            if let Some(at) = open.pop() {
                self.end(at);
            }
        }
    }

    fn end(&mut self, at: usize) {
        let end = self.pieces.len();
        if let Some(Piece::Open(tag)) = self.pieces.get_mut(at) {
            tag.end = end;
        }
        self.pieces.push(Piece::Close(at));
    }

    /// The outermost tag.
    pub fn root(&self) -> Option<Element<'_>> {
        self.pieces.iter().enumerate().find_map(|(at, piece)| match piece {
            Piece::Open(tag) => Some(Element { tag, at }),
            _ => None,
        })
    }

    /// The tags called `name` within `of`, in order.
    pub fn all<'a>(&'a self, of: Element<'a>, name: &'a str) -> impl Iterator<Item = Element<'a>> {
        let inner = self.pieces.get(of.at + 1..of.tag.end).unwrap_or_default();
        inner.iter().enumerate().filter_map(move |(nth, piece)| match piece {
            Piece::Open(tag) if tag.name == name => Some(Element { tag, at: of.at + 1 + nth }),
            _ => None,
        })
    }

    /// The first tag called `name` within `of`.
    pub fn first<'a>(&'a self, of: Element<'a>, name: &'a str) -> Option<Element<'a>> {
        self.all(of, name).next()
    }

    /// All text within `of`, white space as it is.
    pub fn inner_text(&self, of: Element<'_>) -> String {
        let inner = self.pieces.get(of.at + 1..of.tag.end).unwrap_or_default();
        inner.iter().filter_map(|piece| if let Piece::Text(text) = piece { Some(text.as_str()) } else { None }).collect()
    }

    /// The text within the first tag called `name`, its white space made single; `None` if there is none.
    pub fn line(&self, of: Element<'_>, name: &str) -> Option<String> {
        let text = self.inner_text(self.first(of, name)?);
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }

    /// The markup within `of`, written out again: HTML that a feed or NewsML carries as XML.
    pub fn source(&self, of: Element<'_>) -> String {
        let mut out = String::new();
        for piece in self.pieces.get(of.at + 1..of.tag.end).unwrap_or_default() {
            match piece {
                Piece::Open(tag) => {
                    let _ = write!(out, "<{}>", tag.name);
                }
                Piece::Text(text) => out.push_str(&escape(text)),
                Piece::Close(at) => {
                    if let Some(Piece::Open(tag)) = self.pieces.get(*at) {
                        let _ = write!(out, "</{}>", tag.name);
                    }
                }
            }
        }
        out
    }
}

fn tag_of(tag: &BytesStart<'_>) -> Tag {
    let mut attributes = tag.html_attributes();
    let attributes = attributes.with_checks(false).flatten();
    let value =
        |raw: &str| unescape_with(raw, resolve_html5_entity).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned);
    let attributes = attributes.map(|a| (a.key.local_name().as_ref().to_owned(), value(&a.value))).collect();
    Tag { name: tag.local_name().as_ref().to_owned(), attributes, end: usize::MAX }
}

fn resolve(name: &str) -> Option<String> {
    unescape_with(&format!("&{name};"), resolve_html5_entity).ok().map(std::borrow::Cow::into_owned)
}

/// Prose out of markup: blocks with single blanks, and the tags of interest over them.
#[derive(Debug, Default)]
pub struct Flow {
    /// The blocks' texts with a blank line between.
    pub text: String,
    /// The blocks.
    pub blocks: Vec<Block>,
    /// The marked stretches: index of the tag's piece, and where it stands.
    pub marks: Vec<(usize, Span)>,
    /// Whether a blank is due before the next word.
    blank: bool,
    start: usize,
}

impl Flow {
    /// Adds the prose within `of`: paragraphs, headings, list items, quotations and captions by their tags, everything else as running
    /// text; `marked` says which tags to remember. `kind` is what a stretch outside of such tags is.
    pub fn add(&mut self, markup: &Markup, of: Element<'_>, kind: BlockKind, marked: &[&str]) {
        let mut kinds: Vec<(usize, BlockKind)> = Vec::new();
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut skip = 0;
        self.flush(kind);
        for at in of.at + 1..of.tag.end {
            match markup.pieces.get(at) {
                _ if at < skip => {}
                Some(Piece::Open(tag))
                    if matches!(tag.name.as_str(), "script" | "style" | "media-metadata" | "media-producer") =>
                {
                    skip = tag.end + 1;
                }
                Some(Piece::Open(tag)) if tag.name == "br" => self.blank = true,
                Some(Piece::Open(tag)) => {
                    if let Some(inner) = block_kind(&tag.name, kind) {
                        self.flush(kinds.last().map_or(kind, |(_, kind)| *kind));
                        kinds.push((at, inner));
                    } else if marked.contains(&tag.name.as_str()) {
                        open.push((at, self.text.len()));
                    }
                }
                Some(Piece::Text(text)) => self.words(text),
                Some(Piece::Close(begun)) => {
                    if kinds.last().is_some_and(|(at, _)| at == begun) {
                        self.flush(kinds.pop().map_or(kind, |(_, kind)| kind));
                    } else if open.last().is_some_and(|(at, _)| at == begun)
                        && let Some((at, start)) = open.pop()
                    {
                        let span = Span::new(start.max(self.start), self.text.len()).trimmed(&self.text);
                        if !span.is_empty() {
                            self.marks.push((at, span));
                        }
                    }
                }
                None => break,
            }
        }
        self.flush(kind);
    }

    /// Adds a block of plain text.
    pub fn line(&mut self, text: &str, kind: BlockKind) {
        self.flush(kind);
        self.words(text);
        self.flush(kind);
    }

    fn words(&mut self, text: &str) {
        let mut gate = Gate::default();
        for c in visible(text).chars() {
            if c.is_whitespace() {
                self.blank = true;
            } else if !gate.stops(c) {
                if self.blank && self.text.len() > self.start {
                    self.text.push(' ');
                }
                self.blank = false;
                if self.start == self.text.len() && self.start > 0 && !self.text.ends_with("\n\n") {
                    self.text.push_str("\n\n");
                    self.start = self.text.len();
                }
                self.text.push(c);
            }
        }
    }

    /// Ends the block under way.
    fn flush(&mut self, kind: BlockKind) {
        self.blank = false;
        let span = Span::new(self.start, self.text.len());
        if !span.is_empty() {
            self.blocks.push(Block { kind, span });
            self.start = self.text.len();
        }
    }
}

/// What a tag makes of the text in it; `None` for tags that stand within a line. `outer` is what plain paragraphs are here.
fn block_kind(name: &str, outer: BlockKind) -> Option<BlockKind> {
    Some(match name {
        "p" | "div" | "section" | "article" | "block" | "tr" | "ul" | "ol" | "dl" | "dt" | "dd" | "table" | "pre" | "header"
        | "abstract" => outer,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hl1" | "hl2" => BlockKind::Subhead,
        "li" => BlockKind::ListItem,
        "blockquote" | "bq" => BlockKind::Quote,
        "figure" | "figcaption" | "media" | "media-caption" | "caption" => BlockKind::Caption,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(source: &str) -> String {
        let markup = Markup::read(source).unwrap();
        let mut flow = Flow::default();
        flow.add(&markup, markup.root().unwrap(), BlockKind::Paragraph, &["person"]);
        let blocks: Vec<String> = flow.blocks.iter().map(|b| format!("{:?}:{}", b.kind, b.span.of(&flow.text))).collect();
        let marks: Vec<&str> = flow.marks.iter().map(|(_, span)| span.of(&flow.text)).collect();
        assert_eq!(flow.text, flow.blocks.iter().map(|b| b.span.of(&flow.text)).collect::<Vec<_>>().join("\n\n"));
        format!("{} [{}]", blocks.join("|"), marks.join("|"))
    }

    #[test]
    fn prose_is_blocks_with_single_blanks() {
        assert_eq!(
            flow("<b><h2>News</h2><p>One\n  &amp; <i>two</i>&nbsp;three<br>four</p><ul><li>a<li>b</ul>tail</b>"),
            "Subhead:News|Paragraph:One & two three four|ListItem:a|ListItem:b|Paragraph:tail []"
        );
        assert_eq!(
            flow("<b><p>Said <person id='1'> Ada\n<x>Moreau</x></person>, and <person>Li</person>.</p></b>"),
            "Paragraph:Said Ada Moreau, and Li. [Ada Moreau|Li]"
        );
        assert_eq!(flow("<b><p>a</p><script>if (1) {}</script><p>b & c</b>"), "Paragraph:a|Paragraph:b & c []");
    }

    #[test]
    fn deep_and_broken_markup_is_read() {
        let deep = "<a>".repeat(100_000) + "x";
        assert_eq!(flow(&deep), "Paragraph:x []");
        assert_eq!(flow("<a><b>x</i></c></b>y</a></a>"), "Paragraph:xy []");
        assert!(Markup::read("<a><b").is_err());
    }
}
