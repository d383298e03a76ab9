//! The table of formats: `--format`, `--input-format`, the help screen, the completions and the README follow it.

use super::audit::{self, Tally};
use super::{Annotated, brat, citron, html, json, plain, spacy, tables, timeml, web_annotation};

/// A format byline writes.
pub struct OutputFormat {
    /// What `--format` calls it.
    pub name: &'static str,
    /// One line for the help screen and the manual.
    pub about: &'static str,
    /// Whether it shows the analysis (and so must wait for it).
    pub analysed: bool,
    /// What one stream may hold.
    pub stream: Stream,
    /// Writes one article, with its final newline.
    pub write: fn(&Annotated) -> String,
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
    ($($name:literal, $analysed:literal, $stream:expr, $write:expr, $about:literal;)*) => {
        &[$(OutputFormat { name: $name, about: $about, analysed: $analysed, stream: $stream, write: $write },)*]
    };
}

/// Every output format, in the order of the help screen.
pub const OUTPUT_FORMATS: &[OutputFormat] = output_formats! {
    "json", true, Stream::Many, json::pretty, "byline JSON, one indented object";
    "jsonl", true, Stream::Many, json::line, "byline JSON, one object a line";
    "text", false, Stream::Many, plain::text, "the cleaned article as plain text";
    "markdown", true, Stream::Many, plain::markdown, "the article with its claims as footnotes";
    "html", true, Stream::Framed(html::HEAD, html::FOOT), html::story, "one page with the same panes, no script";
    "claims-csv", true, Stream::Framed(tables::CLAIMS, ""), tables::claims, "who says what, a row a claim";
    "entities-csv", true, Stream::Framed(tables::ENTITIES, ""), tables::entities, "who is in it, a row an entity";
    "events-csv", true, Stream::Framed(tables::EVENTS, ""), tables::events, "the timeline, a row an event";
    "audit-csv", true, Stream::Totalled(audit::HEAD, audit::count, audit::totals), audit::rows, "source audit: who is quoted, how much, named or not";
    "web-annotation", true, Stream::Many, web_annotation::write, "W3C Web Annotation JSON-LD, a page an article";
    "brat", true, Stream::One, brat::write, "brat standoff .ann, over the text that brat-text writes";
    "brat-text", false, Stream::One, brat::text, "the .txt that belongs to brat's .ann";
    "spacy", true, Stream::Many, spacy::write, "spaCy, Prodigy and doccano JSONL: text with labelled spans";
    "citron", true, Stream::Many, citron::write, "Citron JSON: quotes with source, cue and content";
    "timeml", true, Stream::One, timeml::write, "TimeML: TIMEX3, EVENT and TLINK in the text";
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
