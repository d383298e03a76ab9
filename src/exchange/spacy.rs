//! spaCy, Prodigy and doccano JSONL: the text with labelled spans. Offsets are code points. `spans` is what Prodigy and spaCy's
//! `Doc.from_json` read, `label` what doccano imports.

use super::Annotated;
use super::tables::name_of;
use super::units::{OffsetUnit, Units};
use crate::analysis::entities::EntityType;
use crate::text::Span;
use serde_json::{Value, json};

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
