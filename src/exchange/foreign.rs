//! Formats that byline recognises but does not read: a refusal that names the format says more than "no text".

use super::story::{Given, Results, field, list};
use crate::article::ReadError;
use serde_json::Value;

/// Name, what tells it, and what to do instead.
type Row = (&'static str, fn(&Value) -> bool, &'static str);

const ROWS: [Row; 6] = [
    ("record of an error", failure, "an earlier run could not read the article, and says why in its “error”"),
    ("Label Studio export", label_studio, "export it as spaCy or JSONL with `text`"),
    ("Amazon Comprehend output", comprehend, "it holds entities and no text"),
    ("GATE bdoc", gate, "save it from GATE as brat or W3C Web Annotation"),
    ("UIMA CAS", cas, "export it as W3C Web Annotation or brat"),
    ("JSON Schema", schema, "it describes a format and holds no article"),
];

fn failure(value: &Value) -> bool {
    field(value, "format") == Some(super::json::FAILURE)
}

fn label_studio(value: &Value) -> bool {
    value.get("annotations").is_some_and(Value::is_array) && value.get("data").is_some_and(Value::is_object)
}

fn comprehend(value: &Value) -> bool {
    list(value, "Entities").first().is_some_and(|entity| entity.get("BeginOffset").is_some()) && value.get("File").is_some()
}

fn gate(value: &Value) -> bool {
    value.get("annotation_sets").is_some() && field(value, "offset_type").is_some()
}

fn cas(value: &Value) -> bool {
    value.get("%TYPES").is_some()
        || value.get("%VIEWS").is_some()
        || value.get("_referenced_fss").is_some()
        || value.get("_context").is_some()
}

fn schema(value: &Value) -> bool {
    field(value, "$schema").is_some_and(|schema| schema.contains("json-schema.org"))
}

/// Whether the value is of a format in the list.
pub fn is(value: &Value) -> bool {
    ROWS.iter().any(|(_, is, _)| is(value))
}

/// The refusal.
pub fn read(value: &Value, _given: &Given<'_>) -> Results {
    let found = ROWS.iter().find(|(_, is, _)| is(value));
    let what = found.map_or_else(String::new, |(name, _, instead)| format!("{name}, which byline does not read: {instead}"));
    vec![Err(ReadError { what, line: None })]
}
