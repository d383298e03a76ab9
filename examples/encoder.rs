//! Writes what the encoder itself finds in JSONL articles, taken whole, before any rule of the analysis: what `score entities` and
//! `score claims` read for the model card. Offsets are in code points, as in byline JSON.
//!
//! `encoder FILE.jsonl > out.jsonl`; each line holds `id` and `text`.

use byline::encoder::{Attribution, Encoder, Name, NameLabel};
use byline::text::Span;
use serde_json::{Value, json};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: encoder FILE.jsonl")?;
    let encoder = Encoder::embedded()?;
    for row in std::fs::read_to_string(path)?.lines() {
        let row: Value = serde_json::from_str(row)?;
        let text = row["text"].as_str().unwrap_or_default();
        let mut at = 0;
        let lines = text.split('\n').map(|line| {
            at += line.len() + 1;
            Span::new(at - 1 - line.len(), at - 1)
        });
        let found = encoder.read(text, &lines.collect::<Vec<_>>(), &|| false)?;
        let point = |byte: usize| text.get(..byte).map_or(0, |before| before.chars().count());
        let place = |span: &Span| json!({"start": point(span.start), "end": point(span.end)});
        let places = |spans: &[Span]| spans.iter().map(place).collect::<Vec<_>>();
        let names = || found.names.iter().enumerate();
        let entities: Vec<Value> = names().map(|(id, name)| json!({"id": id, "type": kind(name.label)})).collect();
        let mention = |(id, name): (usize, &Name)| json!({"entity": id, "form": "name", "start": point(name.span.start), "end": point(name.span.end)});
        let mentions: Vec<Value> = names().map(mention).collect();
        let claim = |told: &Attribution| json!({"sourceSpans": places(&told.source), "cue": places(&told.cue), "content": places(&told.content)});
        let claims: Vec<Value> = found.attributions.iter().map(claim).collect();
        println!("{}", json!({"id": row["id"], "text": text, "entities": entities, "mentions": mentions, "claims": claims}));
    }
    Ok(())
}

fn kind(label: NameLabel) -> &'static str {
    match label {
        NameLabel::Person => "Person",
        NameLabel::Organization => "Organization",
        NameLabel::Location => "Place",
        NameLabel::Other => "Other",
    }
}
