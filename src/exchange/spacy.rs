//! spaCy, Prodigy and doccano JSONL: the text with labelled spans. Offsets are code points. `spans` is what Prodigy and spaCy's
//! `Doc.from_json` read, `label` what doccano imports.

use super::Annotated;
use super::anchor::Told;
use super::draft::Draft;
use super::story::{Given, Opened, Results, field, list, offset};
use super::tables::name_of;
use super::units::{OffsetUnit, Units};
use crate::analysis::entities::EntityType;
use crate::analysis::provenance::AnnotatorKind;
use crate::article::{Document, ReadError};
use crate::text::Span;
use serde_json::{Value, json};
use std::collections::HashSet;

/// The label of OntoNotes, which spaCy's models use; byline's "other" stays apart.
fn label(kind: EntityType) -> &'static str {
    match kind {
        EntityType::Person => "PERSON",
        EntityType::Organization => "ORG",
        EntityType::Place => "GPE",
        EntityType::Other => "MISC",
    }
}

/// One object a line: names and time expressions as `spans` and `label`; claims as spans of `CONTENT`, `CUE` and `SOURCE` under `spans`
/// alone, for they overlap.
pub fn write(annotated: &Annotated) -> String {
    let Annotated { article, analysis, .. } = annotated;
    let units = Units::new(&article.text, OffsetUnit::CodePoint);
    let place = |span: Span| (units.unit_at(span.start), units.unit_at(span.end));
    let mut labels: Vec<(usize, usize, String)> = Vec::new();
    for mention in &analysis.mentions {
        if let Some(entity) = analysis.entities.get(mention.entity.0) {
            let (start, end) = place(mention.span);
            labels.push((start, end, label(entity.kind).into()));
        }
    }
    for timex in &analysis.timexes {
        let (start, end) = place(timex.span);
        labels.push((start, end, name_of(timex.kind)));
    }
    labels.sort();
    let mut spans: Vec<Value> =
        labels.iter().map(|(start, end, label)| json!({"start": start, "end": end, "label": label})).collect();
    for (i, claim) in analysis.claims.iter().enumerate() {
        let roles = [("CONTENT", &claim.content), ("CUE", &claim.cue), ("SOURCE", &claim.source_spans)];
        for (role, list) in roles {
            for span in list {
                let (start, end) = place(*span);
                spans.push(json!({"start": start, "end": end, "label": role, "id": format!("c{}", i + 1)}));
            }
        }
    }
    let meta = json!({"source": article.document.publisher, "id": article.id, "url": article.document.url});
    format!("{}\n", json!({"text": article.text, "spans": spans, "label": labels, "meta": meta}))
}

/// Fields under which the tools put their labelled spans.
const SPANS: [&str; 6] = ["spans", "label", "labels", "entities", "ents", "annotations"];

/// Whether an object is a text with labelled spans, as spaCy, Prodigy or doccano write it, or a document of spaCy's training format.
pub fn is(value: &Value) -> bool {
    let labelled = |name: &str| list(value, name).first().is_some_and(|first| label_of(first).is_some());
    (text_of(value).is_some() && SPANS.iter().any(|name| labelled(name)))
        || list(value, "paragraphs").first().is_some_and(|p| p.get("sentences").is_some())
}

fn text_of(value: &Value) -> Option<&str> {
    field(value, "text").or_else(|| field(value, "data"))
}

/// Start, end and label of `{"start", "end", "label"}`, `{"start_offset", "end_offset", "label"}` or `[start, end, "label"]`.
fn label_of(span: &Value) -> Option<(usize, usize, String)> {
    let (start, end, label) = match span {
        Value::Array(parts) => (parts.first(), parts.get(1), parts.get(2)),
        _ => (
            span.get("start").or_else(|| span.get("start_offset")),
            span.get("end").or_else(|| span.get("end_offset")),
            span.get("label"),
        ),
    };
    let label = match label? {
        Value::String(label) => label.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    Some((offset(start)?, offset(end)?, label))
}

/// Reads one object.
pub fn read(value: &Value, given: &Given<'_>) -> Results {
    vec![if value.get("paragraphs").is_some() { training(value, given) } else { labelled(value, given) }]
}

fn labelled(value: &Value, given: &Given<'_>) -> Result<Opened, ReadError> {
    let text = text_of(value).unwrap_or_default();
    let meta = value.get("meta").unwrap_or(&Value::Null);
    let named = |name: &str| field(value, name).or_else(|| field(meta, name)).map(str::to_owned);
    let document = Document { url: named("url"), headline: named("title"), publisher: named("source"), ..Document::default() };
    let mut article = given.verbatim(text, document)?;
    if let Some(id) = value.get("id").or_else(|| meta.get("id")) {
        article.id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    }
    let mut draft = Draft::new(text, given.format, AnnotatorKind::User, OffsetUnit::CodePoint);
    let mut seen = HashSet::new();
    let rejected = field(value, "answer").is_some_and(|answer| answer != "accept");
    for span in SPANS.iter().flat_map(|name| list(value, name)).filter(|_| !rejected) {
        let Some((start, end, label)) = label_of(span) else {
            draft.refuse(format!("“{span}” is no span with a label"));
            continue;
        };
        if !seen.insert((start, end, label.clone())) {
            continue;
        }
        if let Some(place) =
            draft.place(&label, Told { range: Some((start, end)), words: field(span, "text"), ..Told::default() })
        {
            match label.as_str() {
                "CONTENT" | "CUE" | "SOURCE" => claim_part(&mut draft, span, &label, place),
                _ => draft.labelled(place, &label),
            }
        }
    }
    if rejected {
        draft.analysis.notes.push("The annotator did not accept these spans; they are left out.".into());
    }
    let mut read = vec!["text", "data", "id"];
    read.extend(SPANS);
    Ok(given.opened(article, draft.finish(), Some(value), &read))
}

/// Adds one part of a claim as [`write`] puts it among the spans: parts of one id stand together, the content first.
fn claim_part(draft: &mut Draft<'_>, span: &Value, label: &str, place: Span) {
    let id = field(span, "id").unwrap_or_default().to_owned();
    let key = format!("claim {id}");
    let open = draft.open_claim(&key, (label == "CONTENT").then_some(place));
    let words = place.of(draft.anchor.text()).to_owned();
    let source = (label == "SOURCE").then(|| draft.source(&words, None));
    if let Some(claim) = open.and_then(|index| draft.analysis.claims.get_mut(index)) {
        match label {
            "CUE" => claim.cue.push(place),
            "SOURCE" => {
                claim.source_spans.push(place);
                claim.source = claim.source.or(source);
            }
            _ => {}
        }
    }
}

/// How many bytes behind the last token the next one may stand: white space, and tokens that are lost.
const AHEAD: usize = 400;

/// One document of spaCy's training format: raw paragraphs, and tokens with BIO or BILUO tags that are found in them one after the other.
fn training(value: &Value, given: &Given<'_>) -> Result<Opened, ReadError> {
    let tokens_of = |p: &Value| -> Vec<String> {
        let tokens = list(p, "sentences").iter().flat_map(|s| list(s, "tokens"));
        tokens.filter_map(|token| field(token, "orth")).map(str::to_owned).collect()
    };
    // A paragraph without its raw text is put together from its tokens.
    let raw = |p: &Value| field(p, "raw").map_or_else(|| tokens_of(p).join(" "), str::to_owned);
    let raws: Vec<String> = list(value, "paragraphs").iter().map(raw).collect();
    let text = raws.join("\n\n");
    let article = given.verbatim(&text, Document::default())?;
    let mut draft = Draft::new(&text, given.format, AnnotatorKind::User, OffsetUnit::CodePoint);
    let tokens = list(value, "paragraphs").iter().flat_map(|p| list(p, "sentences")).flat_map(|s| list(s, "tokens"));
    let (mut at, mut open): (usize, Option<(Span, String)>) = (0, None);
    for token in tokens {
        let (orth, tag) = (field(token, "orth").unwrap_or_default(), field(token, "ner").unwrap_or("O"));
        // A token that is lost is not looked for in all of the text.
        let near = text.get(at..text.floor_char_boundary(at.saturating_add(orth.len() + AHEAD)));
        let Some(found) = near.and_then(|rest| rest.find(orth)) else {
            // Quotation marks are written anew by the tokeniser; only a labelled token that is lost is a loss.
            if tag != "O" {
                draft.refuse(format!("token “{orth}” does not stand in the text"));
            }
            continue;
        };
        let span = Span::new(at + found, at + found + orth.len());
        at = span.end;
        let (mark, label) = tag.split_once('-').unwrap_or((tag, ""));
        open = match open.take() {
            Some((whole, same)) if matches!(mark, "I" | "L") && same == label => Some((whole.cover(span), same)),
            done => {
                labelled_span(&mut draft, done);
                matches!(mark, "B" | "U" | "I" | "L").then(|| (span, label.to_owned()))
            }
        };
    }
    labelled_span(&mut draft, open);
    let analysis = draft.finish();
    Ok(given.opened(article, analysis, Some(value), &["paragraphs"]))
}

fn labelled_span(draft: &mut Draft<'_>, span: Option<(Span, String)>) {
    if let Some((span, label)) = span
        && let Some(span) = draft.marked(&label, span)
    {
        draft.labelled(span, &label);
    }
}
