//! Floor 4: [`Article`] + [`Analysis`] <-> the world's formats: one file a format, one table of formats.

pub mod audit;
mod brat;
mod citron;
mod formats;
mod html;
mod interval;
pub mod json;
mod merge;
mod open;
mod plain;
mod spacy;
mod tables;
mod timeml;
mod units;
mod web_annotation;
mod wire;
mod xml;

use crate::analysis::Analysis;
use crate::article::Article;
use serde_json::Value;

pub use formats::{OUTPUT_FORMATS, OutputFormat, Stream, output_format};
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
