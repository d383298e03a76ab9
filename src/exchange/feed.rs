//! RSS (0.9 to 2.0, and 1.0 as RDF), Atom and JSON Feed: a list of articles, an entry each.

use super::markup::{Element, Flow, Markup};
use super::ninjs::paragraphs;
use super::story::{Given, Opened, Results, field, list, stamp};
use crate::article::{BlockKind, Document, ReadError};
use serde_json::Value;

/// Whether an object is a JSON Feed.
pub fn is(value: &Value) -> bool {
    field(value, "version").is_some_and(|version| version.contains("jsonfeed.org/version/"))
}

/// What every entry of a feed may lean on.
struct Channel {
    title: Option<String>,
    language: Option<String>,
    author: Option<String>,
}

/// What an entry says of itself.
#[derive(Default)]
struct Entry {
    id: Option<String>,
    link: Option<String>,
    title: Option<String>,
    author: Option<String>,
    date: Option<String>,
    keywords: Vec<String>,
    /// HTML, or plain text with `plain`.
    content: String,
    plain: bool,
}

/// Reads a JSON Feed.
pub fn json(value: &Value, given: &Given<'_>) -> Results {
    let author = |of: &Value| {
        let first = list(of, "authors").first().or_else(|| of.get("author"));
        first.and_then(|author| field(author, "name")).map(str::to_owned)
    };
    let owned = |of: &Value, name: &str| field(of, name).map(str::to_owned);
    let channel = Channel { title: owned(value, "title"), language: owned(value, "language"), author: author(value) };
    let entries = list(value, "items").iter().map(|item| Entry {
        id: owned(item, "id"),
        link: owned(item, "url"),
        title: owned(item, "title"),
        author: author(item),
        date: owned(item, "date_published"),
        keywords: list(item, "tags").iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        plain: field(item, "content_html").is_none(),
        content: field(item, "content_html")
            .or_else(|| field(item, "content_text"))
            .or_else(|| field(item, "summary"))
            .unwrap_or_default()
            .into(),
    });
    results(entries, &channel, given)
}

/// Reads RSS or Atom.
pub fn xml(markup: &Markup, given: &Given<'_>) -> Results {
    let Some(root) = markup.root() else { return vec![Err(given.refuse("no tag in it"))] };
    let mut end = 0;
    let found = markup.all(root, "item").chain(markup.all(root, "entry"));
    // An entry within an entry is part of it.
    let outer = |entry: &Element<'_>| {
        let inside = entry.at < end;
        end = end.max(entry.tag.end);
        !inside
    };
    let all: Vec<Element<'_>> = found.filter(outer).collect();
    // The channel's own fields stand before the first entry.
    let head = all.first().map_or(root.tag.end, |first| first.at);
    let own = |name: &str| markup.all(root, name).find(|e| e.at < head).map(|e| markup.inner_text(e).trim().to_owned());
    let channel = Channel { title: own("title"), language: own("language"), author: None };
    results(all.into_iter().map(|entry| xml_entry(markup, entry)), &channel, given)
}

fn xml_entry(markup: &Markup, entry: Element<'_>) -> Entry {
    let line = |names: &[&str]| names.iter().find_map(|name| markup.line(entry, name));
    let address = markup.all(entry, "link").find(|e| e.tag.get("rel").is_none_or(|rel| rel == "alternate"));
    let address =
        address.and_then(|e| e.tag.get("href").map(str::to_owned).or_else(|| Some(markup.inner_text(e).trim().to_owned())));
    let author = markup.first(entry, "author").and_then(|e| markup.line(e, "name")).or_else(|| line(&["creator", "author"]));
    // `content:encoded` and Atom's `content` hold the whole; `media:content` holds a picture and no text.
    let bodies = ["encoded", "content", "description", "summary"].into_iter().flat_map(|name| markup.all(entry, name));
    let mut written = bodies.map(|e| if e.tag.get("type") == Some("xhtml") { markup.source(e) } else { markup.inner_text(e) });
    Entry {
        id: line(&["guid", "id"]),
        link: address.filter(|link| !link.is_empty()),
        title: line(&["title"]),
        author,
        date: line(&["pubDate", "published", "date", "updated"]),
        keywords: markup
            .all(entry, "category")
            .map(|e| e.tag.get("term").map_or_else(|| markup.inner_text(e), str::to_owned))
            .collect(),
        content: written.find(|text| !text.trim().is_empty()).unwrap_or_default(),
        plain: false,
    }
}

fn results(entries: impl Iterator<Item = Entry>, channel: &Channel, given: &Given<'_>) -> Results {
    let all: Results = entries.map(|entry| opened(entry, channel, given)).collect();
    if all.is_empty() { vec![Err(given.refuse("the feed has no entries"))] } else { all }
}

fn opened(entry: Entry, channel: &Channel, given: &Given<'_>) -> Result<Opened, ReadError> {
    let mut flow = Flow::default();
    if let Some(title) = &entry.title {
        flow.line(title, BlockKind::Headline);
    }
    match Markup::read(&format!("<body>{}</body>", entry.content)) {
        Ok(markup) if !entry.plain => {
            if let Some(root) = markup.root() {
                flow.add(&markup, root, BlockKind::Paragraph, &[]);
            }
        }
        _ => paragraphs(&entry.content, &mut flow),
    }
    let document = Document {
        url: entry.link.clone(),
        headline: entry.title,
        authors: entry.author.or_else(|| channel.author.clone()).into_iter().collect(),
        publisher: channel.title.clone(),
        published: entry.date.as_deref().and_then(stamp),
        language: channel.language.clone(),
        keywords: entry.keywords,
        ..Document::default()
    };
    let mut article = given.composed(entry.id.or(entry.link), &flow, document)?;
    if !article.body().any(|_| true) {
        article.notes.push("The feed gives the headline alone: the article stands at its link.".into());
    }
    Ok(Opened { article, ..Opened::default() })
}
