//! byline's own JSON: nothing is lost on the way out and back, wrong offsets are repaired or refused.

use byline::analysis::analyse;
use byline::article::{ReadOptions, read};
use byline::exchange::{Annotated, OpenOptions, json, open};
use serde_json::{Value, json};

const SAMPLE: &[u8] = include_bytes!("../assets/sample.txt");

fn sample() -> Annotated {
    let article = read(SAMPLE, "sample.txt", &ReadOptions::default()).remove(0).unwrap();
    let analysis = analyse(&article);
    Annotated { article, analysis, origin: None }
}

#[test]
fn the_round_trip_loses_nothing() {
    let written = json::value(&sample());
    let back = json::read(written.clone()).unwrap();
    assert_eq!(json::value(&back), written);
    assert_eq!(back.analysis.claims, sample().analysis.claims);
    assert_eq!(back.analysis.events, sample().analysis.events);
}

#[test]
fn unknown_fields_survive() {
    let mut written = json::value(&sample());
    written["x-desk"] = json!("metro");
    written["document"]["x-slug"] = json!("levy");
    if let Some(entity) = written["entities"].get_mut(0) {
        entity["sameAs"] = json!(["https://example.org/1"]);
    }
    let back = json::value(&json::read(written.clone()).unwrap());
    assert_eq!(back, written);
}

fn document(unit: &str, start: usize, end: usize, words: &str) -> Value {
    json!({
        "format": "byline", "version": 1, "offsetUnit": unit, "id": "x", "text": "“😀 naïve,” said Ada Moreau.",
        "entities": [{"id": "p", "type": "Person", "name": "Ada Moreau"}],
        "mentions": [{"id": "m", "entity": "p", "start": start, "end": end, "text": words, "form": "name"}],
    })
}

/// The words of the only mention after reading, or the note of its refusal.
fn mention(value: Value) -> Result<String, String> {
    let read = json::read(value).unwrap();
    match read.analysis.mentions.first() {
        Some(mention) => Ok(mention.span.of(&read.article.text).to_owned()),
        None => Err(read.analysis.notes.join(" ")),
    }
}

#[test]
fn offsets_in_any_unit_find_their_words() {
    assert_eq!(mention(document("codepoint", 16, 26, "Ada Moreau")), Ok("Ada Moreau".into()));
    assert_eq!(mention(document("utf16", 17, 27, "Ada Moreau")), Ok("Ada Moreau".into()));
    assert_eq!(mention(document("byte", 24, 34, "Ada Moreau")), Ok("Ada Moreau".into()));
}

#[test]
fn wrong_offsets_are_repaired_by_the_words_or_refused() {
    assert_eq!(mention(document("codepoint", 24, 34, "Ada Moreau")), Ok("Ada Moreau".into()));
    let refused = mention(document("codepoint", 3, 9, "somebody")).unwrap_err();
    assert!(refused.contains("3–9"), "{refused}");
}

#[test]
fn a_native_file_brings_its_analysis() {
    let text = json::pretty(&sample());
    let opened = open(text.as_bytes(), "sample.json", &OpenOptions::default()).remove(0).unwrap();
    assert_eq!(opened.analysis.unwrap().mentions, sample().analysis.mentions);
    let newer = text.replacen("\"version\": 1", "\"version\": 2", 1);
    let error = open(newer.as_bytes(), "sample.json", &OpenOptions::default()).remove(0).unwrap_err();
    assert!(error.to_string().contains("newer"), "{error}");
}
