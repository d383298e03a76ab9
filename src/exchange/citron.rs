//! Citron JSON (BBC): quotes with source, cue and content; offsets are code points.
//! <https://github.com/bbc/citron/blob/main/docs/data_format.md>

use super::Annotated;
use super::units::{OffsetUnit, Units};
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
