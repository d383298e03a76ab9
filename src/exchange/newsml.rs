//! NewsML-G2 (and NewsML 1): news items with their metadata around a text in NITF, XHTML or plain.

use super::draft::Draft;
use super::markup::{Element, Flow, Markup};
use super::ninjs::paragraphs;
use super::nitf;
use super::story::{Given, Opened, Results, find_names, stamp};
use super::units::OffsetUnit;
use crate::analysis::provenance::AnnotatorKind;
use crate::article::{BlockKind, Dateline, Document, ReadError};

/// Reads a document whose root is `newsMessage`, `newsItem` or `NewsML`: an article a news item that holds text.
pub fn read(markup: &Markup, given: &Given<'_>) -> Results {
    let Some(root) = markup.root() else { return vec![Err(given.refuse("no tag in it"))] };
    let own = ["newsItem", "NewsItem", "contentSet"].contains(&root.tag.name.as_str()).then_some(root);
    let inner = markup.all(root, "newsItem").chain(markup.all(root, "NewsItem"));
    let items: Vec<Element<'_>> = own.into_iter().chain(inner).collect();
    if items.is_empty() {
        return vec![Err(given.refuse(&format!("“{}” holds no news item, and so no article", root.tag.name)))];
    }
    let mut results: Results = items.into_iter().map(|item| article(markup, item, given)).collect();
    // Pictures and packages are passed over among texts, but are an error if there is no text.
    if results.iter().any(Result::is_ok) {
        results.retain(Result::is_ok);
    } else {
        results.truncate(1);
    }
    results
}

fn article(markup: &Markup, item: Element<'_>, given: &Given<'_>) -> Result<Opened, ReadError> {
    let line = |names: &[&str]| names.iter().find_map(|name| markup.line(item, name));
    let party = |name: &str| {
        let element = markup.first(item, name)?;
        markup.line(element, "name").or_else(|| element.tag.get("literal").map(str::to_owned)).or_else(|| markup.line(item, name))
    };
    let language = markup.first(item, "language").and_then(|e| e.tag.get("tag").map(str::to_owned));
    let old_language = markup.first(item, "Language").and_then(|e| e.tag.get("FormalName").map(str::to_owned));
    let source = || {
        markup
            .first(item, "Source")
            .and_then(|e| markup.first(e, "Party"))
            .and_then(|e| e.tag.get("FormalName").map(str::to_owned))
    };
    let place = line(&["dateline", "DateLine"]).or_else(|| party("located"));
    let document = Document {
        headline: line(&["headline", "HeadLine"]),
        authors: line(&["by", "ByLine"]).or_else(|| party("creator")).into_iter().collect(),
        publisher: party("provider").or_else(|| party("copyrightHolder")).or_else(source),
        published: line(&["firstCreated", "contentCreated", "versionCreated", "FirstCreated", "DateAndTime"])
            .as_deref()
            .and_then(stamp),
        modified: line(&["versionCreated", "ThisRevisionCreated"]).as_deref().and_then(stamp),
        language: language.or(old_language).or_else(|| item.tag.get("lang").map(str::to_owned)),
        keywords: markup.all(item, "keyword").map(|e| markup.inner_text(e)).collect(),
        dateline: place.map(|place| Dateline { place: Some(place), ..Dateline::default() }),
        ..Document::default()
    };
    let id = item.tag.get("guid").map(str::to_owned).or_else(|| line(&["PublicIdentifier"]));
    if let Some(inner) = markup.first(item, "nitf") {
        let mut opened = nitf::article(markup, inner, document, given)?;
        opened.article.id = id.unwrap_or(opened.article.id);
        return Ok(opened);
    }
    let mut flow = Flow::default();
    if let Some(headline) = &document.headline {
        flow.line(headline, BlockKind::Headline);
    }
    let before = flow.blocks.len();
    for name in ["inlineXML", "inlineData", "DataContent"] {
        for content in markup.all(item, name) {
            add_body(markup, content, &mut flow);
        }
        if flow.blocks.len() > before {
            break;
        }
    }
    if flow.blocks.len() == before {
        return Err(given.refuse("a news item without a text (a picture, an event, or a text that stands elsewhere)"));
    }
    let article = given.composed(id, &flow, document)?;
    let mut draft = Draft::new(&flow.text, given.format, AnnotatorKind::Publisher, OffsetUnit::CodePoint);
    subjects(markup, item, &mut draft);
    let analysis = draft.finish();
    Ok(given.opened(article, analysis, None, &[]))
}

/// The text within one content element: XHTML as tags or as text, or plain lines.
fn add_body(markup: &Markup, content: Element<'_>, flow: &mut Flow) {
    let kind = content.tag.get("contenttype").unwrap_or_default();
    if kind.starts_with("image/") || content.tag.get("encoding").is_some() {
        return;
    }
    if let Some(body) = markup.first(content, "body") {
        flow.add(markup, body, BlockKind::Paragraph, &[]);
    } else if markup.first(content, "p").is_some() {
        flow.add(markup, content, BlockKind::Paragraph, &[]);
    } else {
        let text = markup.inner_text(content);
        match Markup::read(&format!("<body>{text}</body>")) {
            Ok(inner) if text.contains("<p") => {
                if let Some(root) = inner.root() {
                    flow.add(&inner, root, BlockKind::Paragraph, &[]);
                }
            }
            _ => paragraphs(&text, flow),
        }
    }
}

/// The people, organisations and places among the subjects (`cpnat:person` and the like).
fn subjects(markup: &Markup, item: Element<'_>, draft: &mut Draft<'_>) {
    for subject in markup.all(item, "subject") {
        let label = match subject.tag.get("type") {
            Some(kind) if kind.ends_with(":person") => "Person",
            Some(kind) if kind.ends_with(":organisation") => "Organisation",
            Some(kind) if kind.ends_with(":geoArea") || kind.ends_with(":poi") => "Place",
            _ => continue,
        };
        if let Some(name) = markup.line(subject, "name") {
            find_names(draft, &name, label);
        }
    }
}
