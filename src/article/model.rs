//! The article: clean text, its blocks, what was removed, and where it all came from.

use super::Stamp;
use super::raw::{Origin, Raw};
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// One cleaned news article. All spans are bytes over [`Article::text`] unless they say otherwise.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Article {
    /// As given in the input, else the file's name without its folder.
    pub id: String,
    /// What the page says about itself.
    pub document: Document,
    /// Where the article came from.
    pub input: Input,
    /// The cleaned article: its blocks separated by one blank line (`\n\n`); a block holds no blank line.
    pub text: String,
    /// The blocks of the text, in order, never overlapping.
    pub blocks: Vec<Block>,
    /// The lines that cleaning dropped, in the order of the input.
    pub removed: Vec<Removed>,
    /// The rest of the input: see [`Article::raw`].
    pub raw: Raw,
    /// How `text` maps to `raw`: equal runs, in order; what lies between two runs is white space that was normalised.
    pub origins: Vec<Origin>,
    /// What the reader should know about the reading itself ("the page is not in English"), one sentence each.
    pub notes: Vec<String>,
}

impl Article {
    /// The blocks that hold the body's prose: everything but the headline, byline, dateline and captions.
    pub fn body(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.kind.is_body())
    }

    /// The blocks as they are read: a dateline that stands on a line of its own is one with the paragraph it opens.
    pub fn passages(&self) -> Vec<Block> {
        let mut out: Vec<Block> = Vec::with_capacity(self.blocks.len());
        for &block in &self.blocks {
            match out.last_mut().filter(|last| last.kind == BlockKind::Dateline && block.kind == BlockKind::Paragraph) {
                Some(opening) => *opening = Block { kind: block.kind, span: opening.span.cover(block.span) },
                None => out.push(block),
            }
        }
        out
    }

    /// The decoded input as lines that can be shown; for HTML, its visible text.
    pub fn raw(&self) -> &str {
        self.raw.whole(&self.text, &self.origins)
    }

    /// Where the byte at `offset` of `text` stands in `raw`; `None` within normalised white space.
    pub fn raw_offset(&self, offset: usize) -> Option<usize> {
        let at = self.origins.partition_point(|o| o.clean.start <= offset).checked_sub(1)?;
        let origin = self.origins.get(at)?;
        origin.clean.holds(offset).then(|| origin.raw + (offset - origin.clean.start))
    }
}

/// What the page says about itself; `None` or empty where it does not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Canonical link.
    pub url: Option<String>,
    /// Headline.
    pub headline: Option<String>,
    /// Authors: people or agencies, as written.
    pub authors: Vec<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// When it was first published.
    pub published: Option<Stamp>,
    /// When it was last changed.
    pub modified: Option<Stamp>,
    /// BCP 47 language tag, as given or detected.
    pub language: Option<String>,
    /// Section ("Politics").
    pub sections: Vec<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Dateline ("LONDON, Oct 26 (IANS)").
    pub dateline: Option<Dateline>,
}

/// The place, and the agency if given, that a story is filed from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dateline {
    /// "London".
    pub place: Option<String>,
    /// "IANS".
    pub agency: Option<String>,
    /// Where the text says so, if it stands in the text.
    pub span: Option<Span>,
}

/// The input that an article was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    /// `text`, `html`, `jsonl`, `json`, ...: the name of the input format.
    pub kind: String,
    /// The file's name, without its folder; empty for standard input.
    pub name: String,
    /// The charset it was decoded from.
    pub charset: String,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
}

/// What a block of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// The headline.
    Headline,
    /// A heading within the body.
    Subhead,
    /// A dateline standing alone.
    Dateline,
    /// Authors or agency.
    Byline,
    /// A paragraph.
    Paragraph,
    /// A list item.
    ListItem,
    /// A block quotation.
    Quote,
    /// A caption or credit of a picture.
    Caption,
}

impl BlockKind {
    /// Whether the block belongs to the body's prose.
    pub const fn is_body(self) -> bool {
        matches!(self, Self::Subhead | Self::Paragraph | Self::ListItem | Self::Quote)
    }
}

/// One block of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
}

/// Why cleaning dropped a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// Subscription offers, prices, plans, newsletter prompts.
    Subscription,
    /// Related or recommended articles.
    Related,
    /// Share and follow buttons, social links.
    Social,
    /// Disclaimers, copyright, terms.
    Disclaimer,
    /// Dates, authors, agency, reading time: read as metadata.
    Metadata,
    /// Picture markers, captions and credits that are not shown.
    Caption,
    /// Menus, section names, "next story".
    Navigation,
    /// Agency and desk initials below the body.
    Signoff,
    /// Advertisements.
    Advertisement,
    /// Readers' comments and prompts to comment.
    Comments,
    /// Cookie and privacy notices.
    Consent,
    /// Text that is said twice.
    Repeated,
    /// Anything else that is not the article.
    Other,
}

/// Lines of the input that are not in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// First line, counted from 1, in [`Article::raw`].
    pub start_line: usize,
    /// Last line, counted from 1.
    pub end_line: usize,
    /// Why.
    pub reason: Reason,
    /// The words of the lines.
    pub text: String,
}
