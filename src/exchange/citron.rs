//! Citron JSON (BBC): quotes with source, cue and content; offsets are code points.
//! <https://github.com/bbc/citron/blob/main/docs/data_format.md>

use super::Annotated;
use super::anchor::Told;
use super::draft::Draft;
use super::story::{Given, Opened, Results, field, list, offset};
use super::units::{OffsetUnit, Units};
use crate::analysis::entities::{EntityType, MentionForm};
use crate::analysis::provenance::AnnotatorKind;
use crate::article::{Document, ReadError};
use crate::text::Span;
use serde_json::{Value, json};

/// One object a line: every claim with a cue or a source as a quote, every entity with several mentions as a coreference group.
pub fn write(annotated: &Annotated) -> String {
    let Annotated { article, analysis, .. } = annotated;
    let units = Units::new(&article.text, OffsetUnit::CodePoint);
    let span =
        |span: &Span| json!({"start": units.unit_at(span.start), "end": units.unit_at(span.end), "text": span.of(&article.text)});
    let list = |spans: &[Span]| Value::from(spans.iter().map(span).collect::<Vec<_>>());
    let mut quotes = Vec::new();
    for (i, claim) in analysis.claims.iter().enumerate() {
        // Citron's cue is one span; a broken one is written from its first to its last word.
        let cue = claim.cue.iter().copied().reduce(Span::cover);
        let mut quote = json!({"id": format!("c{}", i + 1)});
        if let Some(fields) = quote.as_object_mut() {
            if let Some(cue) = cue {
                fields.insert("cue".into(), span(&cue));
            }
            fields.insert("sources".into(), list(&claim.source_spans));
            fields.insert("contents".into(), list(&claim.content));
            if let Some(p) = claim.confidence {
                fields.insert("confidence".into(), json!(p));
            }
        }
        quotes.push(quote);
    }
    let mut groups: Vec<Vec<Span>> = vec![Vec::new(); analysis.entities.len()];
    for mention in &analysis.mentions {
        if let Some(group) = groups.get_mut(mention.entity.0) {
            group.push(mention.span);
        }
    }
    let groups: Vec<Value> = groups.iter().filter(|group| group.len() > 1).map(|group| list(group)).collect();
    format!("{}\n", json!({"text": article.text, "quotes": quotes, "coreference_groups": groups}))
}

/// Whether an object is a Citron document.
pub fn is(value: &Value) -> bool {
    let quoted = list(value, "quotes").iter().all(|quote| quote.get("contents").is_some());
    field(value, "text").is_some() && value.get("quotes").is_some_and(Value::is_array) && quoted
}

/// Reads one document: quotes become claims, coreference groups entities.
pub fn read(value: &Value, given: &Given<'_>) -> Results {
    vec![document(value, given)]
}

fn document(value: &Value, given: &Given<'_>) -> Result<Opened, ReadError> {
    let text = field(value, "text").unwrap_or_default();
    let article = given.verbatim(text, Document::default())?;
    let mut draft = Draft::new(text, given.format, AnnotatorKind::Import, OffsetUnit::CodePoint);
    for group in list(value, "coreference_groups") {
        let members = group.as_array().map(Vec::as_slice).unwrap_or_default();
        let spans: Vec<Span> = members.iter().filter_map(|span| place(&mut draft, "coreference", span)).collect();
        if let Some(first) = spans.first() {
            let name = first.of(text);
            let entity = draft.entity(&format!("{} {name}", first.start), EntityType::Other, name);
            for span in spans {
                draft.mention(entity, span, MentionForm::Nominal);
            }
        }
    }
    for quote in list(value, "quotes") {
        let mut all =
            |name: &str| -> Vec<Span> { list(quote, name).iter().filter_map(|span| place(&mut draft, name, span)).collect() };
        let (sources, contents) = (all("sources"), all("contents"));
        let cue: Vec<Span> =
            quote.get("cue").filter(|cue| !cue.is_null()).and_then(|cue| place(&mut draft, "cue", cue)).into_iter().collect();
        if contents.is_empty() {
            continue;
        }
        let named =
            list(quote, "coreferences").first().or_else(|| list(quote, "sources").first()).and_then(|span| field(span, "text"));
        let source = named.map(|name| draft.source(name, None));
        draft.claim(source, sources, cue, contents);
        if let (Some(p), Some(claim)) = (quote.get("confidence").and_then(Value::as_f64), draft.analysis.claims.last_mut()) {
            claim.confidence = Some(p as f32);
        }
    }
    let analysis = draft.finish();
    Ok(given.opened(article, analysis, Some(value), &["text", "quotes", "coreference_groups"]))
}

fn place(draft: &mut Draft<'_>, what: &str, span: &Value) -> Option<Span> {
    let range = offset(span.get("start")).zip(offset(span.get("end")));
    draft.place(what, Told { range, words: field(span, "text"), ..Told::default() })
}
