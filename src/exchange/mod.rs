//! Floor 4: [`Article`] + [`Analysis`] <-> the world's formats: one file a format, one table of formats.

mod anchor;
pub mod audit;
mod brat;
mod citron;
mod corenlp;
pub mod corrections;
mod draft;
mod feed;
mod fill;
mod foreign;
mod formats;
mod html;
mod interval;
pub mod json;
mod markup;
mod merge;
mod newsml;
mod ninjs;
mod nitf;
mod open;
mod plain;
mod spacy;
mod story;
mod tables;
mod timeml;
mod units;
mod web_annotation;
mod wire;
mod xml;

use crate::analysis::Analysis;
use crate::article::Article;
use serde_json::Value;

pub use formats::{
    INPUT_FORMATS, InputFormat, OUTPUT_FORMATS, OutputFormat, Reads, Stream, input_format, markdown, output_format,
};
pub use markup::Markup;
pub use open::{Beside, OpenOptions, open, open_with};
pub use story::{Given, Opened, Results};

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
