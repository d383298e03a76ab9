//! JSON objects, one or one a line, with `text` or `html`: the form in which news data sets travel.

use super::formats::html::names;
use super::{Article, InputFormat, ReadError, ReadOptions, dates, single};
use serde_json::{Map, Value};

/// Reads a text of JSON objects: one object over many lines, or one a line. A bad line is an error of its own.
pub(in crate::article) fn articles(text: &str, name: &str, options: &ReadOptions) -> Vec<Result<Article, ReadError>> {
    if let Ok(Value::Object(object)) = serde_json::from_str(text) {
        return vec![article(&object, name, options).map_err(|what| ReadError { what, line: None })];
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
    let mut article = article(&object, name, options).map_err(fail)?;
    if !object.contains_key("id") {
        article.id = if name.is_empty() { number.to_string() } else { format!("{name}:{number}") };
    }
    Ok(article)
}

fn json_error(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or_default();
    format!("this is no valid JSON: {what}, at column {}", error.column())
}

fn article(object: &Map<String, Value>, name: &str, options: &ReadOptions) -> Result<Article, String> {
    let text = |key: &str| object.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    let (body, format) = match (text("text"), text("html")) {
        (Some(body), _) => (body, InputFormat::Text),
        (None, Some(body)) => (body, InputFormat::Html),
        (None, None) if object.contains_key("text") || object.contains_key("html") => return Err("its “text” is empty".into()),
        (None, None) => return Err("this object has no “text”".into()),
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
    document.headline = first(&["title", "headline"]).or(document.headline.take());
    document.url = first(&["url"]).or(document.url.take());
    document.publisher =
        object.get("publisher").map(names).and_then(|names| names.into_iter().next()).or(document.publisher.take());
    document.language = first(&["language", "lang"]).or(document.language.take());
    if let Some(authors) =
        ["author", "authors"].iter().find_map(|key| object.get(*key)).map(names).filter(|names| !names.is_empty())
    {
        document.authors = authors;
    }
    let stamp = |keys: &[&str]| keys.iter().find_map(|key| text(key)).and_then(dates::stamp);
    let dates = ["published", "date", "datePublished"];
    let given = dates.iter().find_map(|key| text(key));
    let numeric = given.and_then(|text| dates::numeric(text, document));
    document.published = stamp(&dates).or(numeric).or(document.published);
    if let Some(given) = given.filter(|given| document.published.is_none() && dates::is_either(given)) {
        article.notes.push(format!(
            "The publication date “{given}” can be read with the day or the month first, and nothing tells which: relative times stay open."
        ));
    }
    let document = &mut article.document;
    document.modified = stamp(&["modified", "dateModified"]).or(document.modified);
    Ok(article)
}
