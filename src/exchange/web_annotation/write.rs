//! Article and analysis -> annotations.

use crate::analysis::provenance::Item;
use crate::exchange::tables::name_of;
use crate::exchange::units::{OffsetUnit, Units};
use crate::exchange::{Annotated, interval};
use crate::text::Span;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Characters of context on each side of a quoted span.
const CONTEXT: usize = 32;

struct Pen<'a> {
    of: &'a Annotated,
    units: Units,
    source: String,
}

impl Pen<'_> {
    fn text(&self) -> &str {
        &self.of.article.text
    }

    fn target(&self, span: Span) -> Value {
        let before: Vec<char> = self.text().get(..span.start).unwrap_or_default().chars().rev().take(CONTEXT).collect();
        let after: String = self.text().get(span.end..).unwrap_or_default().chars().take(CONTEXT).collect();
        json!({
            "source": self.source,
            "selector": [
                {"type": "TextPositionSelector", "start": self.units.unit_at(span.start), "end": self.units.unit_at(span.end)},
                {"type": "TextQuoteSelector", "exact": span.of(self.text()), "prefix": before.into_iter().rev().collect::<String>(), "suffix": after},
            ],
        })
    }

    fn targets(&self, spans: &[Span]) -> Value {
        match spans {
            [one] => self.target(*one),
            many => many.iter().map(|span| self.target(*span)).collect(),
        }
    }

    fn words(&self, spans: &[Span]) -> Value {
        spans.iter().map(|span| json!({"start": self.units.unit_at(span.start), "end": self.units.unit_at(span.end), "exact": span.of(self.text())})).collect()
    }

    /// One annotation; `about` says which of our lists it is from and how many it is in it.
    fn annotation(&self, item: Item, motivation: &str, body: &Value, target: &Value) -> Value {
        let (list, index) = match item {
            Item::Entity(i) => ("e", i),
            Item::Mention(i) => ("m", i),
            Item::Source(i) => ("s", i),
            Item::Claim(i) => ("c", i),
            Item::Timex(i) => ("t", i),
            Item::Event(i) => ("ev", i),
        };
        let mut out = json!({
            "id": format!("{}#{list}{}", self.source, index + 1),
            "type": "Annotation",
            "motivation": motivation,
            "body": body,
            "target": target,
        });
        if let (Some(by), Some(fields)) = (self.of.analysis.provenance.of(item), out.as_object_mut()) {
            let name = by.software.as_deref().unwrap_or(&by.id);
            fields.insert("creator".into(), json!({"type": "Agent", "name": name}));
        }
        out
    }
}

/// One annotation page on one line: the article itself (as a describing body, so that the page can be read alone), then mentions, claims,
/// time expressions and events. What the vocabulary has no words for stands under `byline:`.
pub fn write(annotated: &Annotated) -> String {
    let article = &annotated.article;
    let source = article.document.url.clone().unwrap_or_else(|| format!("urn:byline:{}", urn_part(&article.id)));
    let pen = Pen { of: annotated, units: Units::new(&article.text, OffsetUnit::CodePoint), source };
    let mut items = vec![json!({
        "id": format!("{}#text", pen.source),
        "type": "Annotation",
        "motivation": "describing",
        "body": {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": article.document.language, "value": article.text},
        "target": pen.source,
    })];
    items.extend(mentions(&pen));
    items.extend(claims(&pen));
    items.extend(times(&pen));
    let page = json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"byline": "urn:byline:term:"}],
        "id": format!("{}#annotations", pen.source),
        "type": "AnnotationPage",
        "generator": {"type": "Software", "name": format!("byline {}", env!("CARGO_PKG_VERSION"))},
        "items": items,
    });
    format!("{page}\n")
}

/// `id` as the last part of a URN.
fn urn_part(id: &str) -> String {
    let mut out = String::new();
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn mentions(pen: &Pen<'_>) -> Vec<Value> {
    let analysis = &pen.of.analysis;
    let one = |(i, mention): (usize, &crate::analysis::entities::Mention)| {
        let entity = analysis.entities.get(mention.entity.0)?;
        let body = json!([
            {"type": "TextualBody", "purpose": "identifying", "value": entity.name},
            {"type": "TextualBody", "purpose": "tagging", "value": name_of(entity.kind)},
            {"type": "byline:Mention", "byline:entity": format!("e{}", mention.entity.0 + 1), "byline:form": name_of(mention.form)},
        ]);
        Some(pen.annotation(Item::Mention(i), "identifying", &body, &pen.target(mention.span)))
    };
    analysis.mentions.iter().enumerate().filter_map(one).collect()
}

fn claims(pen: &Pen<'_>) -> Vec<Value> {
    let analysis = &pen.of.analysis;
    let one = |(i, claim): (usize, &crate::analysis::claims::Claim)| {
        let source = claim.source.and_then(|id| analysis.sources.get(id.0));
        let mut body = Map::new();
        body.insert("type".into(), json!("byline:Claim"));
        body.insert("byline:source".into(), json!(source.map(|s| s.name.as_str())));
        body.insert("byline:sourceKind".into(), json!(source.map(|s| name_of(s.kind))));
        body.insert("byline:sourceSpans".into(), pen.words(&claim.source_spans));
        body.insert("byline:cue".into(), pen.words(&claim.cue));
        body.insert("byline:form".into(), json!(name_of(claim.form)));
        body.insert("byline:cueClass".into(), json!(name_of(claim.cue_class)));
        body.insert("byline:stance".into(), json!(name_of(claim.stance)));
        body.insert("byline:parent".into(), json!(claim.parent.map(|id| format!("{}#c{}", pen.source, id.0 + 1))));
        pen.annotation(Item::Claim(i), "describing", &Value::Object(body), &pen.targets(&claim.content))
    };
    analysis.claims.iter().enumerate().map(one).collect()
}

fn times(pen: &Pen<'_>) -> Vec<Value> {
    let analysis = &pen.of.analysis;
    let timexes = analysis.timexes.iter().enumerate().map(|(i, timex)| {
        let body = json!({"type": "byline:Timex", "byline:timexType": name_of(timex.kind), "byline:value": timex.value});
        pen.annotation(Item::Timex(i), "tagging", &body, &pen.target(timex.span))
    });
    let events = analysis.events.iter().enumerate().map(|(i, event)| {
        let (earliest, latest) = interval::write(event.interval);
        let body = json!({
            "type": "byline:Event", "byline:trigger": pen.words(&[event.trigger]), "byline:status": name_of(event.status),
            "byline:earliest": earliest, "byline:latest": latest,
        });
        pen.annotation(Item::Event(i), "describing", &body, &pen.target(event.span))
    });
    timexes.chain(events).collect()
}
