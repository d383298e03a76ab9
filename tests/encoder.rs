//! The embedded model: it does what training wrote down, in any order and at any time, and the card tells the truth about it.

#![cfg(test)]
#![cfg(feature = "encoder")]

use byline::encoder::{Encoder, EncoderError, Findings, NameLabel};
use byline::text::Span;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::LazyLock;

static ENCODER: LazyLock<Encoder> = LazyLock::new(|| Encoder::embedded().expect("the model that byline was built with"));

fn lines(text: &str) -> Vec<Span> {
    let mut at = 0;
    let line = |line: &str| {
        at += line.len() + 1;
        Span::new(at - 1 - line.len(), at - 1)
    };
    text.split('\n').map(line).collect()
}

fn read(text: &str) -> Findings {
    ENCODER.read(text, &lines(text), &|| false).expect("a reading")
}

/// The words under spans of code points, as training wrote them.
fn words(text: &str, spans: &Value) -> Vec<String> {
    let spans = spans.as_array().unwrap().iter();
    let word = |span: &Value| {
        let at = |i: usize| usize::try_from(span[i].as_u64().unwrap()).unwrap();
        text.chars().skip(at(0)).take(at(1) - at(0)).collect()
    };
    spans.map(word).collect()
}

/// The words under the spans; a mark at their edge may fall to either side where the model is undecided.
fn under(text: &str, spans: &[Span]) -> Vec<String> {
    spans.iter().map(|span| bare(span.of(text))).collect()
}

fn bare(words: &str) -> String {
    words.trim_matches([',', ' ']).to_owned()
}

fn asset(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name)).unwrap()
}

#[test]
fn the_model_finds_what_training_wrote_down() {
    let rows: Value = serde_json::from_slice(&asset("encoder/golden.json")).unwrap();
    for row in rows.as_array().unwrap() {
        let text = row["text"].as_str().unwrap();
        let found = read(text);
        let wanted = row["names"].as_array().unwrap();
        assert_eq!(found.names.len(), wanted.len(), "{text}");
        for (name, want) in found.names.iter().zip(wanted) {
            let span = Value::from(vec![want["start"].clone(), want["end"].clone()]);
            assert_eq!(name.span.of(text), words(text, &Value::from(vec![span]))[0]);
            let (label, kind) = match want["type"].as_str().unwrap() {
                "PER" => (NameLabel::Person, 0),
                "ORG" => (NameLabel::Organization, 1),
                "LOC" => (NameLabel::Location, 2),
                _ => (NameLabel::Other, 3),
            };
            assert_eq!(name.label, label, "{}", name.span.of(text));
            let p = f64::from(name.probabilities[kind]);
            assert!((p - want["p"].as_f64().unwrap()).abs() < 0.15, "{} {p} {}", name.span.of(text), want["p"]);
        }
        let mut wanted: Vec<_> = row["attributions"].as_array().unwrap().iter().collect();
        wanted.sort_by_key(|a| a["content"][0][0].as_u64());
        let told = |a: &Value| {
            ["source", "cue", "content"].map(|role| words(text, &a[role]).iter().map(|w| bare(w)).collect::<Vec<_>>())
        };
        let found = found.attributions.iter().map(|a| [&a.source, &a.cue, &a.content].map(|spans| under(text, spans)));
        assert_eq!(found.collect::<Vec<_>>(), wanted.into_iter().map(told).collect::<Vec<_>>());
    }
}

#[test]
fn the_order_of_reading_changes_nothing() {
    let text = "Ann Lee said in Oslo that it rained. The committee denied it, and Bergen waited for news.\n".repeat(40);
    let mut session = ENCODER.session(&text, &lines(&text));
    assert!(session.windows() > 2);
    let end = Span::new(text.len() - 40, text.len());
    assert!(session.findings().names.is_empty());
    session.step(Some(end)).unwrap();
    assert!(session.findings().names.iter().all(|name| name.span.start > text.len() / 2), "the part on screen comes first");
    while session.step(Some(end)).unwrap() {}
    assert!(session.is_done() && !session.step(None).unwrap());
    assert_eq!(session.findings(), read(&text));
}

#[test]
fn reading_stops_when_asked() {
    let text = "Ann Lee said no.";
    assert_eq!(ENCODER.read(text, &lines(text), &|| true), Err(EncoderError::Stopped));
}

#[test]
fn any_text_is_read_and_every_span_lies_on_its_characters() {
    let endless = "word".repeat(3000);
    let long = "no stop at all ".repeat(400);
    let odd = "\u{301}\u{200b} 𝔘𝔫𝔦 中文 İstanbul ''\n``x''\"\"\"“”„ \u{7} é\u{301}\u{fe0f}👩‍👩‍👧 ﬁn ǅ";
    for text in ["", " ", "\n\n", "a", "\"", "''", odd, &endless, &long] {
        let found = read(text);
        let spans = found.names.iter().map(|n| n.span);
        let more = found.attributions.iter().flat_map(|a| a.source.iter().chain(&a.cue).chain(&a.content).copied());
        for span in spans.chain(more) {
            assert!(!span.is_empty() && text.get(span.start..span.end).is_some(), "{span:?} in {text:?}");
        }
    }
    let outside = [Span::new(5, 900), Span::new(7, 3)];
    assert_eq!(ENCODER.read("short", &outside, &|| false), Ok(Findings::default()));
}

#[test]
fn the_card_tells_size_hash_and_scores_of_the_files() {
    let card = String::from_utf8(asset("MODEL_CARD.md")).unwrap();
    let mut total = 0;
    for name in ["network.rten", "tables.bin"] {
        let file = asset(&format!("encoder/{name}"));
        let hash = Sha256::digest(&file).iter().fold(String::new(), |hash, byte| hash + &format!("{byte:02x}"));
        let row = format!("| `{name}` | {} | `{hash}` |", file.len());
        assert!(card.contains(&row), "the card lacks the row\n{row}");
        total += file.len();
    }
    assert!(total <= 20_000_000, "{total} bytes");
    let scores: Value = serde_json::from_slice(&asset("encoder/scores.json")).unwrap();
    for (name, value) in scores.as_object().unwrap() {
        let row = format!("| {name} | {value} |");
        assert!(card.contains(&row), "the card lacks the row\n{row}");
    }
}
