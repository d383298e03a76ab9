//! JSON-LD as news pages carry it: in CDATA, in comments, in `@graph`, with raw line breaks and trailing commas.

use crate::article::Document;
use crate::article::dates::stamp;
use serde_json::{Map, Value};

/// How deep nested objects are looked at.
const DEPTH: usize = 8;

/// The metadata of the first article in the scripts.
pub(super) fn document(scripts: &[String]) -> Document {
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    let mut objects = Vec::new();
    for value in &values {
        collect(value, DEPTH, &mut objects);
    }
    let Some(article) = objects.iter().copied().filter(|object| rank(object) > 0).max_by_key(|object| rank(object)) else {
        return Document::default();
    };
    let text = |key: &str| article.get(key).and_then(Value::as_str).map(tidy).filter(|text| !text.is_empty());
    let named = |key: &str| article.get(key).map(|value| resolve(value, &objects)).unwrap_or_default();
    let moment = |key: &str| article.get(key).and_then(Value::as_str).and_then(stamp);
    let link = article.get("mainEntityOfPage").and_then(|page| page.as_str().or_else(|| page.get("@id")?.as_str()));
    Document {
        url: text("url").or_else(|| link.map(tidy)),
        headline: text("headline").or_else(|| text("name")),
        authors: unique(["author", "creator"].iter().map(|key| named(key)).find(|names| !names.is_empty()).unwrap_or_default()),
        publisher: named("publisher").into_iter().next(),
        published: moment("datePublished").or_else(|| moment("dateCreated")),
        modified: moment("dateModified"),
        language: text("inLanguage"),
        sections: unique(named("articleSection")),
        keywords: unique(
            named("keywords").iter().flat_map(|words| words.split(',')).map(tidy).filter(|word| !word.is_empty()).collect(),
        ),
        dateline: None,
    }
}

/// The JSON of a script, repaired where that is certain.
fn parse(script: &str) -> Option<Value> {
    let script = script.replace("<![CDATA[", "").replace("]]>", "");
    let from = script.find(['{', '['])?;
    let to = script.rfind(['}', ']'])?;
    let json = script.get(from..=to)?;
    serde_json::from_str(json).ok().or_else(|| serde_json::from_str(&repair(json)).ok())
}

/// Raw line breaks and tabs within strings become spaces, and commas before a closing bracket go.
fn repair(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in json.chars() {
        if quoted {
            out.push(if c.is_control() { ' ' } else { c });
            quoted = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
            continue;
        }
        if matches!(c, '}' | ']') {
            let kept = out.trim_end().trim_end_matches(',').len();
            out.truncate(kept);
        }
        quoted = c == '"';
        out.push(c);
    }
    out
}

/// Every object, outermost first.
fn collect<'a>(value: &'a Value, depth: usize, out: &mut Vec<&'a Map<String, Value>>) {
    if depth == 0 {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, depth - 1, out)),
        Value::Object(object) => {
            out.push(object);
            object
                .values()
                .filter(|value| value.is_object() || value.is_array())
                .for_each(|value| collect(value, depth - 1, out));
        }
        _ => {}
    }
}

/// How surely the object is the page's article: 0 is not.
fn rank(object: &Map<String, Value>) -> u8 {
    let types = object.get("@type").map(names).unwrap_or_default();
    let is = |kind: &str| types.iter().any(|name| name.ends_with(kind));
    let told = object.contains_key("headline") || object.contains_key("datePublished");
    match () {
        () if !told => 0,
        () if is("NewsArticle") || is("LiveBlogPosting") => 4,
        () if is("Article") || is("BlogPosting") || is("Report") || is("Review") => 3,
        () if is("WebPage") || is("ItemPage") => 1,
        () => 0,
    }
}

/// The names in a string, an object with a `name`, or a list of them.
pub(in crate::article) fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) if !name.trim().is_empty() => vec![name.trim().to_owned()],
        Value::Array(items) => items.iter().flat_map(names).collect(),
        Value::Object(object) => object.get("name").map(names).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The names in a value, `@id` references looked up.
fn resolve(value: &Value, objects: &[&Map<String, Value>]) -> Vec<String> {
    if let Value::Array(items) = value {
        return items.iter().flat_map(|item| resolve(item, objects)).collect();
    }
    let direct = names(value);
    if !direct.is_empty() {
        return direct.iter().flat_map(|name| split_names(name)).collect();
    }
    let Some(id) = value.get("@id").and_then(Value::as_str) else { return Vec::new() };
    let found =
        objects.iter().find(|object| object.get("@id").and_then(Value::as_str) == Some(id) && object.contains_key("name"));
    found.and_then(|object| object.get("name")).map(names).unwrap_or_default()
}

/// "By Ada Moor and Ben Tull" as two names.
pub(super) fn split_names(text: &str) -> Vec<String> {
    let text = tidy(text);
    let bare = ["By ", "by ", "BY "].iter().find_map(|by| text.strip_prefix(by)).unwrap_or(&text);
    let parts: Vec<&str> = bare.split(" and ").map(str::trim).collect();
    // "Trade and Industry desk" is one name: both sides must read as names of people.
    let people = parts.iter().all(|part| {
        part.split(' ').count() >= 2 && part.split(' ').all(|word| word.chars().next().is_some_and(char::is_uppercase))
    });
    if people { parts.into_iter().map(str::to_owned).collect() } else { vec![bare.to_owned()] }
}

fn unique(names: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in names {
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// Single spaces, and the character references that find their way into JSON resolved.
fn tidy(text: &str) -> String {
    let mut text = numbered(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    for (reference, c) in [("&quot;", "\""), ("&rsquo;", "’"), ("&lsquo;", "‘"), ("&nbsp;", " "), ("&amp;", "&")] {
        if text.contains(reference) {
            text = text.replace(reference, c);
        }
    }
    text
}

/// `text` with numbered character references ("&#163;", "&#xA3;") resolved.
fn numbered(text: &str) -> String {
    let mut parts = text.split("&#");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let resolved = part.split_once(';').and_then(|(number, rest)| {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            Some((char::from_u32(code)?, rest))
        });
        if let Some((c, rest)) = resolved {
            out.push(c);
            out.push_str(rest);
        } else {
            out.push_str("&#");
            out.push_str(part);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(script: &str) -> Document {
        document(&[script.to_owned()])
    }

    #[test]
    fn graphs_references_and_lists() {
        let document = read(
            r##"{"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "datePublished": "2019-01-01"},
            {"@type": "Person", "@id": "#ada", "name": "Ada Moor"},
            {"@type": ["Article", "NewsArticle"], "headline": "Bridge &amp; quay shut", "author": [{"@id": "#ada"}, {"@type": "Person", "name": "Ben Tull"}],
             "publisher": {"@type": "Organization", "name": "The Quay"}, "datePublished": "2021-03-04T05:06:00+05:30", "keywords": "bridge, storm"}]}"##,
        );
        assert_eq!(document.headline.as_deref(), Some("Bridge & quay shut"));
        assert_eq!(document.authors, ["Ada Moor", "Ben Tull"]);
        assert_eq!(document.publisher.as_deref(), Some("The Quay"));
        assert_eq!(document.published.unwrap().to_string(), "2021-03-04T05:06+05:30");
        assert_eq!(document.keywords, ["bridge", "storm"]);
    }

    #[test]
    fn numbered_references_are_resolved() {
        assert_eq!(tidy("&#163;5 &amp; &#x2019;no&#039; AT&T &#; &#zz;"), "£5 & ’no' AT&T &#; &#zz;");
    }

    #[test]
    fn broken_scripts_are_repaired() {
        let document = read(
            "//<![CDATA[\n{\"@type\": \"NewsArticle\", \"headline\": \"Bridge\nshut\", \"datePublished\": \"2021-03-04\",}\n//]]>",
        );
        assert_eq!(document.headline.as_deref(), Some("Bridge shut"));
        assert_eq!(document.published.unwrap().to_string(), "2021-03-04");
        assert_eq!(read("{\"@type\": \"NewsArticle\", broken"), Document::default());
    }
}
