//! Floor 4: [`Article`] + [`Analysis`] <-> the world's formats: one file a format, one table of formats.

mod interval;
pub mod json;
mod merge;
mod open;
mod plain;
mod units;
mod wire;

use crate::analysis::Analysis;
use crate::article::Article;
use serde_json::Value;

pub use open::{Opened, open};

/// An article with its analysis, as it is read in or goes out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Annotated {
    /// The article.
    pub article: Article,
    /// Its analysis.
    pub analysis: Analysis,
    /// The JSON object it was read from, so that fields byline does not know survive the round trip.
    pub origin: Option<Value>,
}

/// A format byline writes.
pub struct OutputFormat {
    /// What `--format` calls it.
    pub name: &'static str,
    /// One line for the help screen.
    pub about: &'static str,
    /// Whether it shows the analysis (and so must wait for it).
    pub analysed: bool,
    /// Writes one article, with its final newline.
    pub write: fn(&Annotated) -> String,
}

/// Every output format, in the order of the help screen.
pub const OUTPUT_FORMATS: &[OutputFormat] = &[
    OutputFormat { name: "json", about: "byline JSON, one indented object", analysed: true, write: json::pretty },
    OutputFormat { name: "jsonl", about: "byline JSON, one object a line", analysed: true, write: json::line },
    OutputFormat { name: "text", about: "the cleaned article as plain text", analysed: false, write: plain::text },
    OutputFormat { name: "markdown", about: "the article with its claims as footnotes", analysed: true, write: plain::markdown },
];

/// The output format called `name`.
pub fn output_format(name: &str) -> Option<&'static OutputFormat> {
    OUTPUT_FORMATS.iter().find(|format| format.name == name)
}
