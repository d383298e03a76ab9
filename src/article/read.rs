//! Reads articles: bytes and options in, articles out.

use super::clean::{self, Sample};
use super::decode::{Decoded, decode};
use super::sniff::{self, Kind};
use super::visible::visible;
use super::{Article, Input, Stamp, jsonl, single};
use crate::text::Gate;
use sha2::{Digest, Sha256};
use std::fmt::{self, Write as _};

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

impl InputFormat {
    /// The format's name in the output and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Text => "text",
            Self::Html => "html",
            Self::Jsonl => "jsonl",
        }
    }
}

/// What the caller knows or wants.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Format of the bytes.
    pub format: InputFormat,
    /// The whole input is the body: [`Article::text`] is exactly the input text.
    pub no_clean: bool,
    /// The publication date, where the input does not say.
    pub published: Option<Stamp>,
}

/// Why the bytes could not be read as an article, as a sentence for people.
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
    let fail = |what: String| vec![Err(ReadError { what, line: None })];
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return fail("the input is empty".into());
    }
    if let Some(what) = sniff::binary(bytes) {
        return fail(format!("this is binary ({what}), not an article as text, HTML or JSON"));
    }
    let Decoded { text, charset } = decode(bytes);
    let format = match options.format {
        InputFormat::Auto => match sniff::kind_of(&text) {
            Kind::Text => InputFormat::Text,
            Kind::Html => InputFormat::Html,
            Kind::Json => InputFormat::Jsonl,
        },
        given => given,
    };
    let options = ReadOptions { format, ..options.clone() };
    let mut articles = match format {
        InputFormat::Jsonl => jsonl::articles(&text, name, &options),
        _ => vec![single::read(&text, &options).map(|article| Article { id: name.to_owned(), ..article })],
    };
    if articles.is_empty() {
        return fail("there is no JSON object in it".into());
    }
    let sha256 = hexadecimal(&Sha256::digest(bytes));
    for article in articles.iter_mut().filter_map(|article| article.as_mut().ok()) {
        article.input =
            Input { kind: format.name().into(), name: name.to_owned(), charset: charset.clone(), sha256: sha256.clone() };
        make_safe(article);
    }
    articles
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The lines of a page of the given format with the features that the line model sees, for training (see `training/lines`).
pub fn samples(bytes: &[u8], format: InputFormat) -> Vec<Sample> {
    clean::samples(&single::page(&decode(bytes).text, format))
}

/// Makes everything that the page says of itself safe to show: it comes from attributes and JSON, past the text's own gate.
pub fn make_safe(article: &mut Article) {
    let document = &mut article.document;
    let options = [&mut document.url, &mut document.headline, &mut document.publisher, &mut document.language];
    let lists = [&mut document.authors, &mut document.sections, &mut document.keywords];
    let texts =
        options.into_iter().flatten().chain(lists.into_iter().flatten()).chain([&mut article.id, &mut article.input.name]);
    for text in texts {
        let mut gate = Gate::default();
        let seen: String = visible(text).chars().filter(|c| !gate.stops(*c)).collect();
        *text = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    }
}
