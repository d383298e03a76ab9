//! byline's own JSON, both ways: `byline --format json` writes it, `byline FILE.json` reads it back and loses nothing.

mod read;
mod write;

use super::Annotated;
use super::merge::keep_unknown;
use serde_json::Value;

pub use read::{NativeError, is_native, read};
use write::wire;

/// One article as a JSON value, with the fields kept that it was read with and byline does not know.
pub fn value(annotated: &Annotated) -> Value {
    let mut written = serde_json::to_value(wire(&annotated.article, &annotated.analysis)).unwrap_or_default();
    if let Some(origin) = &annotated.origin {
        keep_unknown(&mut written, origin);
    }
    written
}

/// One object, indented, with a final newline.
pub fn pretty(annotated: &Annotated) -> String {
    format!("{:#}\n", value(annotated))
}

/// One object on one line, with a final newline.
pub fn line(annotated: &Annotated) -> String {
    format!("{}\n", value(annotated))
}
