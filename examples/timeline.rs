//! Writes the time expressions and events of JSONL articles, taken whole, without running the encoder: what `score timexes` and
//! `score anchors` read, in a fraction of the time. Offsets are in code points, as in byline JSON.
//!
//! `timeline FILE.jsonl > out.jsonl`; each line holds `id`, `text` and `published`.

use byline::analysis::{Analysis, Reading, timeline};
use byline::article::{InputFormat, ReadOptions, read};
use byline::text::Span;
use serde_json::{Value, json};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: timeline FILE.jsonl")?;
    let options = ReadOptions { format: InputFormat::Jsonl, no_clean: true, ..ReadOptions::default() };
    for article in read(&std::fs::read(&path)?, &path, &options) {
        let article = article.map_err(|error| error.to_string())?;
        let reading = Reading::new(&article);
        let mut analysis = Analysis { timexes: timeline::timexes(&reading), ..Analysis::default() };
        timeline::events(&reading, &mut analysis);
        let points = Points::new(&article.text);
        let times = analysis.timexes.iter().enumerate().map(|(id, t)| {
            let kind = serde_json::to_value(t.kind).unwrap_or_default();
            let about = json!({"id": id, "type": kind, "value": t.value, "functionInDocument": t.function, "why": t.why});
            points.place(about, &article.text, t.span)
        });
        let events = analysis.events.iter().map(|e| {
            let status = serde_json::to_value(e.status).unwrap_or_default();
            let trigger = points.place(json!({}), &article.text, e.trigger);
            points.place(json!({"time": e.time.map(|id| id.0), "trigger": trigger, "status": status}), &article.text, e.span)
        });
        let times: Vec<Value> = times.collect();
        let events: Vec<Value> = events.collect();
        println!("{}", json!({"id": article.id, "text": article.text, "timexes": times, "events": events}));
    }
    Ok(())
}

/// Where each character of a text begins, in bytes.
struct Points(Vec<usize>);

impl Points {
    fn new(text: &str) -> Self {
        Self(text.char_indices().map(|(at, _)| at).collect())
    }

    /// `value` with its place and words.
    fn place(&self, mut value: Value, text: &str, span: Span) -> Value {
        let at = |byte: usize| self.0.partition_point(|start| *start < byte);
        value["start"] = at(span.start).into();
        value["end"] = at(span.end).into();
        value["text"] = span.of(text).into();
        value
    }
}
