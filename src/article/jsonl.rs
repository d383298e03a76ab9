//! JSON objects, one, one a line or a list of them, with the article's words: the form in which news data sets travel, and what scrapers and
//! schema.org write.

use super::formats::html::names;
use super::sniff::{self, Kind};
use super::{Article, InputFormat, ReadError, ReadOptions, dates, single};
use serde_json::{Map, Value};

/// Where the words may be, in the order of trust: as byline names them; as schema.org does; news-please and Fundus; other scrapers; Mercury, Readability
/// and JSON Feed, as HTML. What is neither `text` nor `html` may be either.
const BODIES: [&str; 8] = ["text", "html", "articleBody", "maintext", "body", "content", "content_html", "raw_html"];
const HEADLINES: [&str; 2] = ["title", "headline"];
const PUBLISHERS: [&str; 4] = ["publisher", "sitename", "site_name", "siteName"];
const URLS: [&str; 4] = ["url", "link", "canonical_link", "source_url"];
const PUBLISHED: [&str; 9] = [
    "published",
    "date",
    "datePublished",
    "date_published",
    "date_publish",
    "publish_date",
    "publishing_date",
    "publishedTime",
    "published_at",
];
const MODIFIED: [&str; 3] = ["modified", "dateModified", "date_modify"];

/// Reads a text of JSON objects: one object or a list of objects over many lines, or one a line. A bad one is an error of its own.
pub(in crate::article) fn articles(text: &str, name: &str, options: &ReadOptions) -> Vec<Result<Article, ReadError>> {
    let fail = |what| ReadError { what, line: None };
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => return vec![article(graph(&object).unwrap_or(&object), name, options).map_err(fail)],
        Ok(Value::Array(items)) => {
            let read = |(at, item): (usize, &Value)| {
                let object = item.as_object().ok_or_else(|| "this is no object with a “text”".to_owned());
                let article = object.and_then(|object| numbered(object, at + 1, name, options));
                article.map_err(|what| fail(format!("item {}: {what}", at + 1)))
            };
            return items.iter().enumerate().map(read).collect();
        }
        _ => {}
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| record(line, at + 1, name, options)).collect()
}

/// Reads one line of a JSONL stream; `number` is its line number, counted from 1.
///
/// # Errors
/// The line is not a JSON object, or has neither `text` nor `html`.
pub fn record(line: &str, number: usize, name: &str, options: &ReadOptions) -> Result<Article, ReadError> {
    let fail = |what| ReadError { what, line: Some(number) };
    let value = serde_json::from_str(line.trim_start_matches('\u{feff}')).map_err(|error| fail(json_error(&error)))?;
    let Value::Object(object) = value else { return Err(fail("this is JSON, but no object with a “text”".into())) };
    numbered(&object, number, name, options).map_err(fail)
}

/// One of several articles: without an `id` it has its number.
fn numbered(object: &Map<String, Value>, number: usize, name: &str, options: &ReadOptions) -> Result<Article, String> {
    let mut article = article(graph(object).unwrap_or(object), name, options)?;
    if !object.contains_key("id") {
        article.id = if name.is_empty() { number.to_string() } else { format!("{name}:{number}") };
    }
    Ok(article)
}

/// The article in the `@graph` of a JSON-LD object.
fn graph(object: &Map<String, Value>) -> Option<&Map<String, Value>> {
    let nodes = object.get("@graph")?.as_array()?;
    nodes.iter().filter_map(Value::as_object).find(|node| BODIES.iter().any(|key| node.get(*key).is_some_and(Value::is_string)))
}

fn json_error(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or_default();
    format!("this is no valid JSON: {what}, at column {}", error.column())
}

fn article(object: &Map<String, Value>, name: &str, options: &ReadOptions) -> Result<Article, String> {
    let text = |key: &str| object.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    let Some((key, body)) = BODIES.iter().find_map(|key| Some((*key, text(key)?))) else {
        return Err(match BODIES.iter().find(|key| object.contains_key(**key)) {
            Some(key) => format!("its “{key}” is empty"),
            None => "this object has no “text”".into(),
        });
    };
    let format = match key {
        "text" => InputFormat::Text,
        "html" => InputFormat::Html,
        _ if sniff::kind_of(body) == Kind::Html => InputFormat::Html,
        _ => InputFormat::Text,
    };
    let options = ReadOptions { format, ..options.clone() };
    let mut article = single::read(body, &options).map_err(|error| error.what)?;
    name.clone_into(&mut article.id);
    match object.get("id") {
        Some(Value::String(id)) => id.clone_into(&mut article.id),
        Some(Value::Number(id)) => article.id = id.to_string(),
        _ => {}
    }
    let document = &mut article.document;
    let first = |keys: &[&str]| keys.iter().find_map(|key| text(key)).map(str::to_owned);
    document.headline = first(&HEADLINES).or(document.headline.take());
    document.url = first(&URLS).or(document.url.take());
    let publisher = PUBLISHERS.iter().find_map(|key| names(object.get(*key)?).into_iter().next());
    document.publisher = publisher.or(document.publisher.take());
    document.language = first(&["language", "lang", "inLanguage"]).or(document.language.take());
    if let Some(authors) =
        ["author", "authors", "byline"].iter().find_map(|key| object.get(*key)).map(names).filter(|names| !names.is_empty())
    {
        document.authors = authors;
    }
    let stamp = |keys: &[&str]| keys.iter().find_map(|key| text(key)).and_then(dates::stamp);
    let given = PUBLISHED.iter().find_map(|key| text(key));
    let numeric = given.and_then(|text| dates::numeric(text, document));
    document.published = stamp(&PUBLISHED).or(numeric).or(document.published);
    if let Some(given) = given.filter(|given| document.published.is_none() && dates::is_either(given)) {
        article.notes.push(format!(
            "The publication date “{given}” can be read with the day or the month first, and nothing tells which: relative times stay open."
        ));
    }
    let document = &mut article.document;
    document.modified = stamp(&MODIFIED).or(document.modified);
    Ok(article)
}
