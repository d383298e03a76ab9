//! The door of the room: bytes and options in, articles out.

use super::clean::{self, Facts, Label, Sample};
use super::decode::{Decoded, decode};
use super::formats::{html, jsonl, plain};
use super::page::Page;
use super::sniff::{self, Kind};
use super::visible::visible;
use super::{Article, BlockKind, Input, Stamp, assemble, credits, dates, head};
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
        _ => vec![from_text(&text, &options).map(|article| Article { id: name.to_owned(), ..article })],
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

/// Reads one article out of decoded text.
pub(super) fn from_text(text: &str, options: &ReadOptions) -> Result<Article, ReadError> {
    let page = match options.format {
        InputFormat::Html => html::page(&visible(text)),
        _ if options.no_clean => plain::page(text.to_owned()),
        _ => plain::page(visible(text)),
    };
    if page.lines.is_empty() {
        return Err(ReadError { what: "there is no text in it".into(), line: None });
    }
    let mut article = if options.no_clean {
        let text = page.raw.clone();
        assemble::whole(page, text)
    } else {
        cleaned(page)
    };
    credits::read_dateline(&mut article);
    let document = &article.document;
    article.document.published = document.published.or(options.published).or_else(|| dates::own_line(&article));
    Ok(article)
}

/// The lines of a page of the given format with the features that the line model sees, for training (see `training/lines`).
pub fn samples(bytes: &[u8], format: InputFormat) -> Vec<Sample> {
    let text = visible(&decode(bytes).text);
    clean::samples(&if format == InputFormat::Html { html::page(&text) } else { plain::page(text) })
}

/// The page's article. A page in which no body is found is shown whole, with a note.
fn cleaned(mut page: Page) -> Article {
    let (mut document, mut notes) = (page.document.clone(), Vec::new());
    let (mut labels, facts) = clean::label(&page);
    credits::keep_dateline(&mut labels, &facts);
    credits::read_lines(&mut document, &labels, &facts);
    if !labels.iter().any(|label| matches!(label, Label::Keep(kind) if kind.is_body())) {
        labels.fill(Label::Keep(BlockKind::Paragraph));
        notes.push("No article body was found: the whole text is shown.".into());
    }
    head::read(&page, &mut document, &mut labels);
    if is_foreign(&labels, &facts) {
        notes.push("The text does not read as English: names, claims and times are found for English only.".into());
    }
    drop(facts);
    page.document = document;
    page.notes.extend(notes);
    assemble::assemble(page, &labels)
}

/// Whether the kept lines have too few of English's function words. English prose has 45 %; a page in another language, with the
/// few that it shares ("in", "an", "to"), less than 15 %.
fn is_foreign(labels: &[Label], facts: &[Facts]) -> bool {
    let kept = labels.iter().zip(facts).filter(|(label, _)| matches!(label, Label::Keep(_))).map(|(_, fact)| fact);
    let (words, stop, letters) = kept.fold((0, 0, 0), |sum, fact| (sum.0 + fact.words, sum.1 + fact.stop, sum.2 + fact.letters));
    letters >= 120 && stop * 100 < words * 18
}

/// A date as data sets and metadata give it: ISO 8601, also with spaces, or as pages write it.
pub(super) fn stamp(text: &str) -> Option<Stamp> {
    let text = text.trim();
    let joined = text.replacen(' ', "T", 1).replace(' ', "");
    text.parse().ok().or_else(|| joined.parse().ok()).or_else(|| dates::stamp_in(text))
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
