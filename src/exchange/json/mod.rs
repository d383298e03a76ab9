//! byline's own JSON, both ways: `byline --format json` writes it, `byline FILE.json` reads it back and loses nothing.

mod read;
mod write;

use super::Annotated;
use super::merge::keep_unknown;
use crate::text::Gate;
use serde_json::{Value, json};
use std::fmt::Write;

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

/// `format` of the record that stands for an article that could not be read.
pub const FAILURE: &str = "byline-error";

/// The record of a failure, on one line, with a final newline.
pub fn failure(input: &str, line: Option<usize>, id: Option<&str>, what: &str) -> String {
    let mut record = json!({"format": FAILURE, "version": 1});
    if let Some(id) = id {
        record["id"] = id.into();
    }
    record["input"] = input.into();
    if let Some(line) = line {
        record["line"] = line.into();
    }
    record["error"] = what.into();
    format!("{record}\n")
}

/// JSON in which every character that the gate stops is spelled `\uXXXX`: the same value, and nothing in it speaks to a terminal.
pub fn escaped(text: String) -> String {
    let mut gate = Gate::default();
    if !text.chars().any(|c| gate.stops(c)) {
        return text;
    }
    let mut gate = Gate::default();
    let mut out = String::with_capacity(text.len() + 64);
    for c in text.chars() {
        if gate.stops(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}
