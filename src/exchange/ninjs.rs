//! ninjs 1, 2 and 3 (IPTC news in JSON): the text with its headline, and the people, organisations and places the publisher names.
//! <https://iptc.org/standards/ninjs/>

use super::draft::Draft;
use super::markup::{Flow, Markup};
use super::story::{Given, Opened, Results, field, find_names, list, stamp};
use super::units::OffsetUnit;
use crate::analysis::provenance::AnnotatorKind;
use crate::article::{BlockKind, Dateline, Document, ReadError};
use serde_json::Value;

/// Whether an object is a ninjs item: it has a `uri` and one of the fields that only ninjs has.
pub fn is(value: &Value) -> bool {
    let fields = value.as_object();
    let own = |key: &String| key.starts_with("body_") || OWN.contains(&key.as_str());
    field(value, "uri").is_some() && fields.is_some_and(|fields| fields.keys().any(own))
}

const OWN: [&str; 15] = [
    "descriptions",
    "eventDetails",
    "$standard",
    "bodies",
    "headlines",
    "versioncreated",
    "versionCreated",
    "contentCreated",
    "pubstatus",
    "pubStatus",
    "renditions",
    "associations",
    "copyrightNotice",
    "usageterms",
    "usageTerms",
];

/// Reads one item, or the text items among its associations where it has no text of its own.
pub fn read(value: &Value, given: &Given<'_>) -> Results {
    let own = item(value, given);
    if own.is_ok() {
        return vec![own];
    }
    let associations: Vec<&Value> = match value.get("associations") {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(Value::Object(items)) => items.values().collect(),
        _ => Vec::new(),
    };
    let inner: Results = associations.into_iter().filter_map(|value| item(value, given).ok().map(Ok)).collect();
    if inner.is_empty() { vec![own] } else { inner }
}

fn item(value: &Value, given: &Given<'_>) -> Result<Opened, ReadError> {
    let headline = field(value, "headline").or_else(|| field(value, "title")).map(str::to_owned);
    let headline = headline.or_else(|| role(value, "headlines", "main"));
    let mut flow = Flow::default();
    if let Some(headline) = &headline {
        flow.line(headline, BlockKind::Headline);
    }
    let before = flow.blocks.len();
    body(value, &mut flow);
    let kind = field(value, "type").unwrap_or("unknown");
    let mut notes = Vec::new();
    if flow.blocks.len() == before && !matches!(kind, "picture" | "graphic" | "audio" | "video") {
        let described = value.as_object().into_iter().flatten().find(|(key, v)| key.starts_with("description_") && v.is_string());
        let described =
            described.and_then(|(_, v)| v.as_str()).map(str::to_owned).or_else(|| role(value, "descriptions", "text"));
        flow.line(described.as_deref().unwrap_or_default(), BlockKind::Paragraph);
        notes.push("The item has no body: its description is shown.".to_owned());
    }
    if flow.blocks.len() == before {
        return Err(given.refuse(&format!("an item of type “{kind}” without a text body")));
    }
    let people =
        |name: &str| -> Vec<String> { list(value, name).iter().filter_map(|p| field(p, "name")).map(str::to_owned).collect() };
    let mut authors: Vec<String> = field(value, "byline").or_else(|| field(value, "by")).map(str::to_owned).into_iter().collect();
    if authors.is_empty() {
        authors = people("infosources");
    }
    let date = ["firstCreated", "firstcreated", "contentCreated", "contentcreated", "versionCreated", "versioncreated"];
    let document = Document {
        url: field(value, "uri").filter(|uri| uri.starts_with("http")).map(str::to_owned),
        headline,
        authors,
        publisher: field(value, "copyrightHolder").or_else(|| field(value, "copyrightholder")).map(str::to_owned),
        published: date.iter().find_map(|name| field(value, name)).and_then(stamp),
        modified: field(value, "versionCreated").or_else(|| field(value, "versioncreated")).and_then(stamp),
        language: field(value, "language").map(str::to_owned),
        sections: people("subject").into_iter().chain(people("subjects")).collect(),
        keywords: list(value, "keywords").iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        dateline: field(value, "located").map(|place| Dateline { place: Some(place.into()), ..Dateline::default() }),
    };
    let mut article = given.composed(field(value, "uri").map(str::to_owned), &flow, document)?;
    article.notes = notes;
    let mut draft = Draft::new(&flow.text, given.format, AnnotatorKind::Publisher, OffsetUnit::CodePoint);
    for (fields, label) in
        [(["person", "people"], "Person"), (["organisation", "organisations"], "Organisation"), (["place", "places"], "Place")]
    {
        for name in fields.iter().flat_map(|name| people(name)) {
            find_names(&mut draft, &name, label);
        }
    }
    let analysis = draft.finish();
    Ok(given.opened(article, analysis, Some(value), &READ))
}

/// The fields that the article holds now.
const READ: [&str; 28] = [
    "uri",
    "type",
    "headline",
    "headlines",
    "byline",
    "by",
    "body_text",
    "body_xhtml",
    "body_html",
    "bodies",
    "language",
    "keywords",
    "located",
    "versioncreated",
    "versionCreated",
    "firstcreated",
    "firstCreated",
    "contentcreated",
    "contentCreated",
    "copyrightholder",
    "copyrightHolder",
    "person",
    "people",
    "place",
    "places",
    "organisation",
    "organisations",
    "infosources",
];

/// The value with the given role in a list of `{"role", "value"}`, else the first.
fn role(value: &Value, name: &str, role: &str) -> Option<String> {
    let items = list(value, name);
    let main = items.iter().find(|item| field(item, "role") == Some(role)).or_else(|| items.first())?;
    field(main, "value").map(str::to_owned)
}

/// The body: markup where there is any, for it tells the paragraphs; else plain text.
fn body(value: &Value, flow: &mut Flow) {
    let old = |names: &[&str]| names.iter().find_map(|name| field(value, name));
    let with = |markup: bool| {
        let kind = |body: &&Value| {
            field(body, "contentType").or_else(|| field(body, "contenttype")).unwrap_or_default().contains("html") == markup
        };
        list(value, "bodies").iter().filter(kind).find_map(|body| field(body, "value"))
    };
    let prefixed = value.as_object().into_iter().flatten().find_map(|(key, v)| v.as_str().filter(|_| key.starts_with("body_")));
    if let Some(html) = old(&["body_xhtml", "body_html"]).or_else(|| with(true)) {
        if let Ok(markup) = Markup::read(&format!("<body>{html}</body>"))
            && let Some(root) = markup.root()
        {
            flow.add(&markup, root, BlockKind::Paragraph, &[]);
        }
    } else if let Some(text) = old(&["body_text"]).or_else(|| with(false)).or(prefixed) {
        paragraphs(text, flow);
    }
}

/// The paragraphs of plain text: its lines, where no blank line tells more.
pub fn paragraphs(text: &str, flow: &mut Flow) {
    let text = text.replace("\r\n", "\n");
    let blank = text.contains("\n\n");
    for part in text.split(if blank { "\n\n" } else { "\n" }) {
        flow.line(part, BlockKind::Paragraph);
    }
}
