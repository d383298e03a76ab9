//! The table of formats: `--format`, `--input-format`, the help screen, the completions and the README follow it.

use super::audit::{self, Tally};
use super::markup::Markup;
use super::story::{Given, Results};
use super::{
    Annotated, brat, citron, corenlp, feed, foreign, html, json, newsml, ninjs, nitf, plain, spacy, story, tables, timeml,
    web_annotation,
};
use crate::article;
use crate::text::harmless;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt::Write;

/// A format byline writes.
pub struct OutputFormat {
    /// What `--format` calls it.
    pub name: &'static str,
    /// One line for the help screen and the manual.
    pub about: &'static str,
    /// Whether it shows the analysis (and so must wait for it).
    pub analysed: bool,
    /// How it can spell a character that must not be seen as it is.
    spelling: Spelling,
    /// What one stream may hold.
    pub stream: Stream,
    write: fn(&Annotated) -> String,
}

/// How a format spells what [`crate::text::Gate`] stops: it may come to stand on a terminal.
#[derive(Clone, Copy)]
enum Spelling {
    /// As a JSON escape, so that nothing is lost.
    Json,
    /// Not at all: U+FFFD takes its place.
    Plain,
}

impl OutputFormat {
    /// One article in this format, with its final newline; no character in it can speak to a terminal.
    pub fn article(&self, annotated: &Annotated) -> String {
        self.spelled((self.write)(annotated))
    }

    /// The record of an article that could not be read, in the one format that has such: `input` is what messages call its file.
    pub fn failure(&self, input: &str, line: Option<usize>, id: Option<&str>, what: &str) -> Option<String> {
        (self.name == "jsonl").then(|| self.spelled(json::failure(input, line, id, what)))
    }

    fn spelled(&self, text: String) -> String {
        match self.spelling {
            Spelling::Json => json::escaped(text),
            Spelling::Plain => match harmless(&text) {
                Cow::Borrowed(_) => text,
                Cow::Owned(text) => text,
            },
        }
    }
}

/// What one stream of a format holds.
pub enum Stream {
    /// One article; more would make it another file.
    One,
    /// Any number, one after the other.
    Many,
    /// Any number between a first and a last text.
    Framed(&'static str, &'static str),
    /// Any number after a first line, and totals over all of them at the end.
    Totalled(&'static str, fn(&Annotated) -> Tally, fn(&Tally) -> String),
}

macro_rules! output_formats {
    ($($name:literal, $analysed:literal, $spelling:ident, $stream:expr, $write:expr, $about:literal;)*) => {
        &[$(OutputFormat { name: $name, about: $about, analysed: $analysed, spelling: Spelling::$spelling, stream: $stream, write: $write },)*]
    };
}

/// Every output format, in the order of the help screen.
pub const OUTPUT_FORMATS: &[OutputFormat] = output_formats! {
    "json", true, Json, Stream::Many, json::pretty, "byline JSON, one indented object";
    "jsonl", true, Json, Stream::Many, json::line, "byline JSON, one object a line";
    "text", false, Plain, Stream::Many, plain::text, "the cleaned article as plain text";
    "markdown", true, Plain, Stream::Many, plain::markdown, "the article, its timeline, its claims as footnotes";
    "html", true, Plain, Stream::Framed(html::HEAD, html::FOOT), html::story, "one page with the same panes, no script";
    "claims-csv", true, Plain, Stream::Framed(tables::CLAIMS, ""), tables::claims, "who says what, a row a claim";
    "entities-csv", true, Plain, Stream::Framed(tables::ENTITIES, ""), tables::entities, "who is in it, a row an entity";
    "events-csv", true, Plain, Stream::Framed(tables::EVENTS, ""), tables::events, "the timeline, a row an event";
    "audit-csv", true, Plain, Stream::Totalled(audit::HEAD, audit::count, audit::totals), audit::rows, "source audit: who is quoted, how much, named or not";
    "web-annotation", true, Json, Stream::Many, web_annotation::write, "W3C Web Annotation JSON-LD, a page an article";
    "brat", true, Plain, Stream::One, brat::write, "brat standoff .ann, over the text that brat-text writes";
    "brat-text", false, Plain, Stream::One, brat::text, "the .txt that belongs to brat's .ann";
    "spacy", true, Json, Stream::Many, spacy::write, "spaCy, Prodigy and doccano JSONL: text with labelled spans";
    "citron", true, Json, Stream::Many, citron::write, "Citron JSON: quotes with source, cue and content";
    "timeml", true, Plain, Stream::One, timeml::write, "TimeML: TIMEX3, EVENT and TLINK in the text";
};

impl Stream {
    /// What stands before the first article.
    pub fn head(&self) -> &'static str {
        match self {
            Self::One | Self::Many => "",
            Self::Framed(head, _) | Self::Totalled(head, _, _) => head,
        }
    }
}

/// The output format called `name`.
pub fn output_format(name: &str) -> Option<&'static OutputFormat> {
    OUTPUT_FORMATS.iter().find(|format| format.name == name)
}

/// A format byline reads.
pub struct InputFormat {
    /// What `--input-format` calls it.
    pub name: &'static str,
    /// One line for the help screen and the manual.
    pub about: &'static str,
    /// How it is read.
    pub reads: Reads,
}

/// How a format is told and read.
pub enum Reads {
    /// By the article room.
    Article(article::InputFormat),
    /// A JSON value that the first function knows and the second reads.
    Json(fn(&Value) -> bool, fn(&Value, &Given<'_>) -> Results),
    /// An XML document with one of these roots.
    Xml(&'static [&'static str], fn(&Markup, &Given<'_>) -> Results),
    /// An `.ann` file beside a text.
    Ann,
    /// A stream of records, each of which is an input of its own.
    Records,
}

macro_rules! input_formats {
    ($($name:literal, $reads:expr, $about:literal;)*) => {
        &[$(InputFormat { name: $name, about: $about, reads: $reads },)*]
    };
}

/// Every input format, in the order in which a JSON value is held against them.
pub const INPUT_FORMATS: &[InputFormat] = input_formats! {
    "auto", Reads::Article(article::InputFormat::Auto), "told by content";
    "text", Reads::Article(article::InputFormat::Text), "a plain text dump of a page";
    "html", Reads::Article(article::InputFormat::Html), "an HTML page, with its JSON-LD and meta data";
    "jsonl", Reads::Article(article::InputFormat::Jsonl), "JSON objects with `text`, `articleBody` or the like: one, a list, or one a line";
    "json", Reads::Json(json::is_native, story::native), "byline JSON or JSONL, with its analysis";
    "ninjs", Reads::Json(ninjs::is, ninjs::read), "ninjs 1, 2 and 3 (IPTC), with the names it lists";
    "nitf", Reads::Xml(&["nitf"], nitf::read), "NITF (IPTC), with the names marked in it";
    "newsml", Reads::Xml(&["newsItem", "newsMessage", "NewsML", "contentSet", "packageItem", "conceptItem", "knowledgeItem"], newsml::read), "NewsML-G2 (IPTC) and NewsML 1";
    "feed", Reads::Xml(&["rss", "feed", "RDF"], feed::xml), "RSS or Atom, an article an entry";
    "json-feed", Reads::Json(feed::is, feed::json), "JSON Feed, an article an entry";
    "web-annotation", Reads::Json(web_annotation::is, web_annotation::read), "W3C Web Annotation JSON-LD, with or beside its text";
    "brat", Reads::Ann, "brat standoff: .txt with .ann beside it";
    "corenlp", Reads::Json(corenlp::is, corenlp::read), "Stanford CoreNLP JSON: names, times, coreference, quotes";
    "citron", Reads::Json(citron::is, citron::read), "Citron JSON: quotes with source, cue and content";
    "spacy", Reads::Json(spacy::is, spacy::read), "spaCy, Prodigy and doccano JSON or JSONL";
    "timeml", Reads::Xml(&["TimeML"], timeml::read), "TimeML: times, events and their order";
    "warc", Reads::Records, "web archive, plain or gz, an article a response";
    "foreign", Reads::Json(foreign::is, foreign::read), "formats byline knows and does not read";
};

/// The input format called `name`; `None` for `auto`, which is not a format.
pub fn input_format(name: &str) -> Option<&'static InputFormat> {
    INPUT_FORMATS.iter().find(|format| format.name == name && format.name != "auto")
}

/// The table of formats in Markdown, as docs/formats.md shows it.
pub fn markdown() -> String {
    let mut out = String::from("| `--format` | what it writes |\n| --- | --- |\n");
    for format in OUTPUT_FORMATS {
        let _ = writeln!(out, "| `{}` | {} |", format.name, format.about);
    }
    out.push_str("\n| `--input-format` | what it reads |\n| --- | --- |\n");
    for format in INPUT_FORMATS {
        let _ = writeln!(out, "| `{}` | {} |", format.name, format.about);
    }
    out
}
