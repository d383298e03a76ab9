//! Opens inputs: bytes in, articles out, with an analysis if the input has one.

use super::formats::{INPUT_FORMATS, InputFormat, Reads};
use super::markup::Markup;
use super::story::{Given, Opened, Results};
use crate::article::{self, ReadError, ReadOptions};
use serde_json::Value;

/// How an input is to be opened.
#[derive(Clone, Default)]
pub struct OpenOptions {
    /// Its format; `None` to tell by content.
    pub format: Option<&'static InputFormat>,
    /// What the article room is told.
    pub read: ReadOptions,
}

/// A file that belongs to another: brat's `.ann` beside the `.txt`, annotations beside their text.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// Its name without its folder.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// Opens the article or articles in `bytes`; `name` is the file's name without its folder. A bad article among several is an error of
/// its own and costs the others nothing. There is at least one result.
pub fn open(bytes: &[u8], name: &str, options: &OpenOptions) -> Vec<Result<Opened, ReadError>> {
    safe(opened(bytes, name, options))
}

/// The articles with what they say of themselves made safe to show.
fn safe(mut results: Results) -> Results {
    for opened in results.iter_mut().flatten() {
        article::make_safe(&mut opened.article);
    }
    results
}

fn opened(bytes: &[u8], name: &str, options: &OpenOptions) -> Results {
    let mut given = Given { name, format: "", options: &options.read, text: None };
    match options.format.map(|format| (format, &format.reads)) {
        Some((_, Reads::Article(format))) => {
            return articles(bytes, name, &ReadOptions { format: *format, ..options.read.clone() });
        }
        None if options.read.no_clean => return articles(bytes, name, &options.read),
        Some((format, Reads::Ann)) => {
            given.format = format.name;
            return vec![Err(given.refuse("the text that the .ann counts in is missing: put the .txt beside it, or give both"))];
        }
        _ => {}
    }
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let found = match text.trim_start().as_bytes().first() {
        Some(b'{' | b'[') => from_json(text, &given, options.format),
        Some(b'<') => from_xml(text, &mut given, options.format),
        _ => None,
    };
    match (found, options.format) {
        (Some(results), _) => results,
        // A JSON object that is not byline's own may still be an article's.
        (None, Some(format)) if format.name == "json" => {
            articles(bytes, name, &ReadOptions { format: article::InputFormat::Jsonl, ..options.read.clone() })
        }
        (None, Some(format)) => {
            given.format = format.name;
            vec![Err(given.refuse("this is not such a file"))]
        }
        (None, None) => articles(bytes, name, &options.read),
    }
}

/// Opens a text with the annotations beside it.
pub fn open_with(bytes: &[u8], name: &str, beside: Beside<'_>, options: &OpenOptions) -> Vec<Result<Opened, ReadError>> {
    safe(opened_with(bytes, name, beside, options))
}

fn opened_with(bytes: &[u8], name: &str, beside: Beside<'_>, options: &OpenOptions) -> Results {
    let text = String::from_utf8_lossy(bytes);
    let annotations = String::from_utf8_lossy(beside.bytes);
    let mut given = Given { name, format: "brat", options: &options.read, text: Some(&text) };
    let Some(b'{' | b'[') = annotations.trim_start().as_bytes().first() else {
        return vec![super::brat::read(&annotations, &given)];
    };
    match serde_json::from_str::<Value>(&annotations) {
        Ok(value) => from_value(&value, &given, None).unwrap_or_else(|| {
            given.format = "web-annotation";
            vec![Err(given.refuse(&format!("{} holds no annotations that byline knows", beside.name)))]
        }),
        Err(e) => vec![Err(ReadError { what: format!("{}: broken JSON: {e}", beside.name), line: None })],
    }
}

/// The format that the user asked for, if any.
type Asked = Option<&'static InputFormat>;

fn articles(bytes: &[u8], name: &str, options: &ReadOptions) -> Results {
    let plain = |article| Opened { article, ..Opened::default() };
    article::read(bytes, name, options).into_iter().map(|result| result.map(plain)).collect()
}

/// The articles of one JSON value, of a list of values, or of lines of them; `None` if the table does not know the first.
fn from_json(text: &str, given: &Given<'_>, asked: Asked) -> Option<Results> {
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        if let Value::Array(items) = &value
            && known(&value, asked).is_none()
        {
            known(items.first()?, asked)?;
            return Some(items.iter().flat_map(|item| one(item, None, given, asked)).collect());
        }
        return from_value(&value, given, asked);
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let (_, first) = lines.clone().next()?;
    let first = serde_json::from_str::<Value>(first).ok()?;
    known(&first, asked)?;
    let read = |(at, line): (usize, &str)| match serde_json::from_str::<Value>(line) {
        Ok(value) => one(&value, Some(at + 1), given, asked),
        Err(e) => vec![Err(ReadError { what: format!("broken JSON: {e}"), line: Some(at + 1) })],
    };
    Some(lines.flat_map(read).collect())
}

/// One item of several: its articles, or an error that says where it stands.
fn one(value: &Value, line: Option<usize>, given: &Given<'_>, asked: Asked) -> Results {
    let unknown = || vec![Err(ReadError { what: "an object of another kind than those before it".into(), line })];
    let mut results = from_value(value, given, asked).unwrap_or_else(unknown);
    for error in results.iter_mut().filter_map(|result| result.as_mut().err()) {
        error.line = error.line.or(line);
    }
    results
}

/// The row of the table that a JSON value belongs to.
fn known(value: &Value, asked: Asked) -> Option<&'static InputFormat> {
    let rows = INPUT_FORMATS.iter().filter(|format| asked.is_none_or(|asked| asked.name == format.name));
    rows.into_iter().find(|format| matches!(format.reads, Reads::Json(is, _) if is(value)))
}

fn from_value(value: &Value, given: &Given<'_>, asked: Asked) -> Option<Results> {
    let format = known(value, asked)?;
    let Reads::Json(_, read) = format.reads else { return None };
    Some(read(value, &Given { format: format.name, ..*given }))
}

/// Articles of an XML document whose root the table knows.
fn from_xml(text: &str, given: &mut Given<'_>, asked: Asked) -> Option<Results> {
    let root = root_name(text)?;
    let (declared, _) = text.split_once(root)?;
    let html = root.eq_ignore_ascii_case("html") || declared.to_ascii_lowercase().contains("<!doctype html");
    let knows = |format: &&InputFormat| matches!(format.reads, Reads::Xml(roots, _) if roots.contains(&root));
    let Some(format) = INPUT_FORMATS.iter().find(knows).filter(|format| asked.is_none_or(|asked| asked.name == format.name))
    else {
        let xml = text.trim_start().starts_with("<?xml") && !html && asked.is_none();
        let what = format!("this is XML of a kind that byline does not read (“{root}”)");
        return xml.then(|| vec![Err(ReadError { what, line: None })]);
    };
    let Reads::Xml(_, read) = format.reads else { return None };
    given.format = format.name;
    Some(match Markup::read(text) {
        Ok(markup) => read(&markup, given),
        Err(why) => vec![Err(given.refuse(&why))],
    })
}

/// The name of the root tag, without its prefix: past declarations, comments and a document type.
fn root_name(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        rest = match rest.strip_prefix('<')? {
            comment if comment.starts_with("!--") => comment.split_once("-->")?.1,
            // A document type may hold declarations of its own, in brackets.
            declared if declared.starts_with(['?', '!']) => {
                let (head, rest) = declared.split_once('>')?;
                if head.contains('[') { declared.split_once(']')?.1.split_once('>')?.1 } else { rest }
            }
            tag => {
                let name = tag.split([' ', '\t', '\r', '\n', '>', '/']).next()?;
                return Some(name.rsplit(':').next().unwrap_or(name));
            }
        }
        .trim_start();
    }
}
