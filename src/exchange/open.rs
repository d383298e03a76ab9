//! The door for readers: bytes in; articles out, with their analysis where they bring one.

use super::json;
use crate::analysis::Analysis;
use crate::article::{self, Article, ReadError, ReadOptions};
use serde_json::Value;

/// An article as opened: with an analysis if the input holds one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Opened {
    /// The article.
    pub article: Article,
    /// The analysis it came with; `None` when byline has to make one.
    pub analysis: Option<Analysis>,
    /// The JSON object it was read from.
    pub origin: Option<Value>,
}

/// Opens the article or articles in `bytes`; `name` is the file's name without its folder. A bad article among several is an error of
/// its own and costs the others nothing. There is at least one result.
pub fn open(bytes: &[u8], name: &str, options: &ReadOptions) -> Vec<Result<Opened, ReadError>> {
    if let Some(native) = native(bytes, options) {
        return native;
    }
    let plain = |article| Opened { article, ..Opened::default() };
    article::read(bytes, name, options).into_iter().map(|result| result.map(plain)).collect()
}

/// The documents of a native JSON object or of lines of them; `None` if the bytes are none.
fn native(bytes: &[u8], options: &ReadOptions) -> Option<Vec<Result<Opened, ReadError>>> {
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}');
    if options.no_clean || !text.trim_start().starts_with('{') {
        return None;
    }
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        return json::is_native(&value).then(|| vec![document(value, None)]);
    }
    let first: Value = serde_json::from_str(text.lines().find(|line| !line.trim().is_empty())?).ok()?;
    if !json::is_native(&first) {
        return None;
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let one = |(at, line): (usize, &str)| match serde_json::from_str(line) {
        Ok(value) => document(value, Some(at + 1)),
        Err(e) => Err(ReadError { what: format!("broken JSON: {e}"), line: Some(at + 1) }),
    };
    Some(lines.map(one).collect())
}

fn document(value: Value, line: Option<usize>) -> Result<Opened, ReadError> {
    let read = json::read(value).map_err(|e| ReadError { what: e.to_string(), line })?;
    Ok(Opened { article: read.article, analysis: Some(read.analysis), origin: read.origin })
}
