//! The door of the room: bytes and options in, articles out.

use super::{Article, Block, BlockKind, Input, Origin, Stamp};
use crate::text::Span;
use std::fmt;

/// How the bytes are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InputFormat {
    /// Told by content.
    #[default]
    Auto,
    /// A plain text dump.
    Text,
    /// An HTML page.
    Html,
    /// One JSON object, or one a line, with `text`.
    Jsonl,
}

/// What the caller knows or wants.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Format of the bytes.
    pub format: InputFormat,
    /// The whole input is the body: [`Article::text`] is the very input text.
    pub no_clean: bool,
    /// The publication date, where the input does not say.
    pub published: Option<Stamp>,
}

/// Why the bytes are no article, in words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// What is wrong.
    pub what: String,
    /// Line of the input, counted from 1, where that helps.
    pub line: Option<usize>,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

impl std::error::Error for ReadError {}

/// Reads the article or articles in `bytes`; `name` is the file's name without its folder. A bad article among several is an
/// error of its own and costs the others nothing. There is at least one result.
pub fn read(bytes: &[u8], name: &str, options: &ReadOptions) -> Vec<Result<Article, ReadError>> {
    let raw = String::from_utf8_lossy(bytes).into_owned();
    let mut article = Article { id: name.to_owned(), ..Article::default() };
    article.input = Input { kind: "text".into(), name: name.to_owned(), charset: "utf-8".into(), sha256: String::new() };
    article.document.published = options.published;
    article.text.clone_from(&raw);
    article.origins.push(Origin { clean: Span::new(0, raw.len()), raw: 0 });
    let mut at = 0;
    for part in raw.split("\n\n") {
        let span = Span::new(at, at + part.len()).trimmed(&raw);
        if !span.is_empty() {
            article.blocks.push(Block { kind: BlockKind::Paragraph, span });
        }
        at += part.len() + 2;
    }
    article.raw = raw;
    vec![Ok(article)]
}
