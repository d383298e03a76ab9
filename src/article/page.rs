//! A page: what every input format gives to cleaning. Its visible text as lines in reading order, and what it says about itself.

use super::Document;
use crate::text::Span;

/// The visible text of one input with its lines and metadata.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    /// The visible text (see `Article::raw`).
    pub raw: String,
    /// The lines that hold words, in order.
    pub lines: Vec<Line>,
    /// Metadata that the format gives.
    pub document: Document,
    /// What the reader should know.
    pub notes: Vec<String>,
    /// The element that each block element of an HTML page stands in, by number; an element has a higher number than its parent.
    pub parents: Vec<u32>,
}

/// One logical line: a block of the page. It covers several lines of `raw` where a paragraph was hard-wrapped.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Line {
    /// Where it stands in `raw`, without white space at its ends.
    pub span: Span,
    /// Whether a blank line stands before it.
    pub gap: bool,
    /// What the markup says of it; for plain text, nothing.
    pub markup: Option<Markup>,
}

/// What the markup of an HTML page says of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Markup {
    /// The element whose block the line is.
    pub tag: Tag,
    /// Share of its letters that stand in links, 0 to 1.
    pub links: f32,
    /// Share of its letters that stand in bold or italic type.
    pub styled: f32,
    /// Whether the content extractor keeps the line.
    pub content: bool,
    /// Elements and class names that the line stands within.
    pub within: Within,
    /// Number of the block element that the line is the text of (see [`Page::parents`]).
    pub block: u32,
    /// A hash of the name and class of that element, numbers left out: "p-1" and "p-2" are of one kind.
    pub kind: u64,
    /// A hash of the kinds of that element and of all around it: the paragraphs of one article share theirs.
    pub path: u64,
}

/// What kind of block a line is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Tag {
    #[default]
    Other,
    Paragraph,
    /// `h1` to `h6`.
    Heading(u8),
    ListItem,
    Quote,
    Caption,
    Cell,
    Time,
    Button,
}

/// A set of [`Region`]s.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Within(pub u32);

impl Within {
    pub(super) const fn with(self, region: Region) -> Self {
        Self(self.0 | 1 << region as u32)
    }

    pub(super) const fn has(self, region: Region) -> bool {
        self.0 & (1 << region as u32) != 0
    }
}

macro_rules! regions {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// What a line of an HTML page stands within: elements, and what the class names around it say.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Region { $($(#[$doc])* $name),+ }

        impl Region {
            /// Every region with its name as a feature and as a section of `assets/lexicons/markup.txt`.
            pub(super) const ALL: &[(Self, &'static str)] = &[$((Self::$name, concat!("in=", $word))),+];
        }
    };
}

regions! {
    Nav = "nav",
    Header = "header",
    Footer = "footer",
    Aside = "aside",
    Figure = "figure",
    Form = "form",
    Article = "article",
    Main = "main",
    Table = "table",
    List = "list",
    BlockQuote = "blockquote",
    /// Marked up as the article's body (`itemprop="articleBody"`).
    Body = "body",
    /// Class names that speak of related stories.
    Related = "related",
    Social = "social",
    Comments = "comments",
    Promotion = "promotion",
    Caption = "caption",
    Byline = "byline",
    /// Class names that speak of the body's text.
    Story = "story",
    Advertisement = "advertisement",
    Tags = "tags",
    Gallery = "gallery",
    Embed = "embed",
    Menu = "menu",
    Hidden = "hidden",
}
