//! Annotations -> analysis.

use crate::analysis::entities::MentionForm;
use crate::analysis::provenance::AnnotatorKind;
use crate::article::{Document, ReadError};
use crate::exchange::anchor::Told;
use crate::exchange::draft::{Draft, entity_type, timex_type};
use crate::exchange::story::{Given, Opened, Results, field, list, offset};
use crate::exchange::units::OffsetUnit;
use crate::text::Span;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Whether a value is an annotation, a page or collection of such, or a bare list as annotation tools export it.
pub fn is(value: &Value) -> bool {
    if let Value::Array(items) = value {
        return !items.is_empty() && items.iter().all(|item| item.get("target").is_some());
    }
    let kind = field(value, "type").unwrap_or_default();
    (kind == "Annotation" && value.get("target").is_some()) || matches!(kind, "AnnotationPage" | "AnnotationCollection")
}

/// Reads annotations over the text they are about: the one given beside them, else the one they bring (a describing body).
pub fn read(value: &Value, given: &Given<'_>) -> Results {
    vec![document(value, given)]
}

fn annotations(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        _ if value.get("target").is_some() => vec![value],
        _ => {
            let pages = std::iter::once(value).chain(value.get("first"));
            pages.flat_map(|page| list(page, "items")).collect()
        }
    }
}

/// The items of a field that may hold one, many or none.
fn many<'a>(value: &'a Value, name: &str) -> Vec<&'a Value> {
    match value.get(name) {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(Value::Null) | None => Vec::new(),
        Some(one) => vec![one],
    }
}

fn bodies(annotation: &Value) -> Vec<&Value> {
    let mut all = many(annotation, "body");
    all.extend(many(annotation, "bodies"));
    all
}

/// The text that an annotation describes in full: no selector in its target, and a describing body.
fn own_text(annotations: &[&Value]) -> Option<(String, String)> {
    annotations.iter().find_map(|annotation| {
        let source = annotation.get("target")?.as_str()?;
        field(annotation, "id").filter(|id| id.ends_with("#text"))?;
        let body = bodies(annotation).into_iter().find(|body| field(body, "purpose") == Some("describing"))?;
        Some((source.to_owned(), field(body, "value")?.to_owned()))
    })
}

fn document(value: &Value, given: &Given<'_>) -> Result<Opened, ReadError> {
    let all = annotations(value);
    let own = own_text(&all);
    let source = own.as_ref().map(|(source, _)| source.clone());
    let text = given.text.map(str::to_owned).or_else(|| own.map(|(_, text)| text));
    let Some(text) = text else {
        let source = all.iter().find_map(|annotation| source_of(annotation)).unwrap_or_else(|| "a text elsewhere".into());
        return Err(given.refuse(&format!("{} annotations of {source}, and the text is missing: give both files", all.len())));
    };
    let url = source.filter(|source| source.starts_with("http"));
    let article = given.verbatim(&text, Document { url, ..Document::default() })?;
    let mut draft = Draft::new(&text, given.format, AnnotatorKind::User, OffsetUnit::CodePoint);
    let mut claims: HashMap<&str, usize> = HashMap::new();
    for annotation in &all {
        let spans = targets(annotation, &mut draft);
        if let Some(index) = item(annotation, &spans, &mut draft) {
            claims.insert(field(annotation, "id").unwrap_or_default(), index);
        }
    }
    for annotation in &all {
        let parent = bodies(annotation).into_iter().find_map(|body| field(body, "byline:parent")).and_then(|id| claims.get(id));
        let claim = claims.get(field(annotation, "id").unwrap_or_default()).copied();
        if let (Some(parent), Some(index)) = (parent, claim.filter(|index| Some(index) != parent)) {
            draft.nest(index, *parent);
        }
    }
    let analysis = draft.finish();
    let mut opened = given.opened(article, analysis, None, &[]);
    let rest: Vec<&Value> =
        all.into_iter().filter(|annotation| annotation.get("target").is_some_and(|target| !target.is_string())).collect();
    opened.origin = Some(json!({"imported": {"format": given.format, "annotations": rest}}));
    Ok(opened)
}

fn source_of(annotation: &Value) -> Option<String> {
    let target = annotation.get("target")?;
    target.as_str().or_else(|| field(target, "source")).or_else(|| field(target, "id")).map(str::to_owned)
}

/// Where the annotation points to.
fn targets(annotation: &Value, draft: &mut Draft<'_>) -> Vec<Span> {
    let what = field(annotation, "id").unwrap_or("annotation");
    let mut spans = Vec::new();
    for target in many(annotation, "target") {
        let selectors = many(target, "selector");
        if selectors.is_empty() {
            continue;
        }
        let mut told = Told::default();
        for selector in selectors {
            // A selector within a part of a page: the words are looked for in the whole text.
            let mut selector = selector;
            for _ in 0..8 {
                selector = selector.get("refinedBy").unwrap_or(selector);
            }
            told.range = told.range.or_else(|| offset(selector.get("start")).zip(offset(selector.get("end"))));
            if let Some(words) = field(selector, "exact").or_else(|| field(selector, "quote")) {
                told.words = Some(words);
                told.before = selector.get("prefix").and_then(Value::as_str).unwrap_or_default();
                told.after = selector.get("suffix").and_then(Value::as_str).unwrap_or_default();
            }
        }
        match told {
            Told { range: None, words: None, .. } => draft.refuse(format!("{what}: no position and no quote to find it by")),
            _ => spans.extend(draft.place(what, told)),
        }
    }
    spans
}

/// Adds what the annotation says of its words; the index of the claim, if it is one.
fn item(annotation: &Value, spans: &[Span], draft: &mut Draft<'_>) -> Option<usize> {
    let first = *spans.first()?;
    let bodies = bodies(annotation);
    let typed = |kind: &str| bodies.iter().find(|body| field(body, "type") == Some(kind)).copied();
    if let Some(body) = typed("byline:Claim") {
        return Some(claim(body, spans, draft));
    }
    if let Some(body) = typed("byline:Timex") {
        let kind = field(body, "byline:timexType").and_then(timex_type)?;
        draft.timex(first, kind, field(body, "byline:value").unwrap_or_default());
        return None;
    }
    if let Some(body) = typed("byline:Event") {
        let trigger = list(body, "byline:trigger").first().and_then(|span| quoted(span, draft)).unwrap_or(first);
        draft.event(trigger);
        if let Some(event) = draft.analysis.events.last_mut() {
            event.span = first;
        }
        return None;
    }
    let value = |purposes: &[&str]| {
        bodies
            .iter()
            .find(|body| field(body, "purpose").is_some_and(|p| purposes.contains(&p)))
            .and_then(|body| field(body, "value"))
    };
    let label = value(&["tagging", "classifying"])
        .or_else(|| bodies.iter().find_map(|body| body.as_str().or_else(|| field(body, "value"))));
    let name = value(&["identifying"]);
    match (name, label.and_then(entity_type)) {
        (Some(name), Some(kind)) => {
            let key = typed("byline:Mention").and_then(|body| field(body, "byline:entity")).unwrap_or(name);
            let entity = draft.entity(key, kind, name);
            let form = match typed("byline:Mention").and_then(|body| field(body, "byline:form")) {
                Some("pronoun") => MentionForm::Pronoun,
                Some("nominal") => MentionForm::Nominal,
                _ => MentionForm::Name,
            };
            draft.mention(entity, first, form);
        }
        _ => spans.iter().for_each(|span| draft.labelled(*span, label.unwrap_or("highlight"))),
    }
    None
}

/// The words of a `byline:` field of spans.
fn quoted(span: &Value, draft: &mut Draft<'_>) -> Option<Span> {
    let range = offset(span.get("start")).zip(offset(span.get("end")));
    draft.place("words of a claim", Told { range, words: field(span, "exact"), ..Told::default() })
}

fn claim(body: &Value, spans: &[Span], draft: &mut Draft<'_>) -> usize {
    let mut all = |name: &str| -> Vec<Span> { list(body, name).iter().filter_map(|span| quoted(span, draft)).collect() };
    let (sources, cue) = (all("byline:sourceSpans"), all("byline:cue"));
    let source = field(body, "byline:source").map(|name| draft.source(name, None));
    draft.claim(source, sources, cue, spans.to_vec());
    let told = |name: &str| body.get(name).cloned().unwrap_or_default();
    let index = draft.analysis.claims.len() - 1;
    if let Some(claim) = draft.analysis.claims.get_mut(index) {
        claim.form = serde_json::from_value(told("byline:form")).unwrap_or(claim.form);
        claim.cue_class = serde_json::from_value(told("byline:cueClass")).unwrap_or(claim.cue_class);
        claim.stance = serde_json::from_value(told("byline:stance")).unwrap_or(claim.stance);
    }
    if let (Some(source), Ok(kind)) = (source, serde_json::from_value(told("byline:sourceKind")))
        && let Some(source) = draft.analysis.sources.get_mut(source.0)
    {
        source.kind = kind;
    }
    index
}
