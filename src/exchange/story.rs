//! Articles from imported files: the text as it is, or composed of blocks.

use super::draft::Draft;
use super::fill::fill;
use super::markup::Flow;
use super::{Annotated, json};
use crate::analysis::{Analysis, analyse};
use crate::article::{self, Article, Document, Input, InputFormat, Origin, ReadError, ReadOptions, Stamp};
use crate::text::Span;
use serde_json::{Map, Value, json};

/// An article as opened: with an analysis if the input holds one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Opened {
    /// The article.
    pub article: Article,
    /// The analysis it came with; `None` when byline has to make one.
    pub analysis: Option<Analysis>,
    /// Whether that analysis is another program's, which byline's own completes.
    pub partial: bool,
    /// What it was read from, as far as it survives: the native JSON object, or fields of another format.
    pub origin: Option<Value>,
}

impl Opened {
    /// The article with its analysis: the one it came with, byline's own, or the one filled up with the other.
    pub fn analysed(self) -> Annotated {
        let Self { article, analysis, partial, origin } = self;
        let analysis = match analysis {
            Some(theirs) if partial => fill(&article, theirs, analyse(&article)),
            Some(theirs) => theirs,
            None => analyse(&article),
        };
        Annotated { article, analysis, origin }
    }
}

/// What a reader of a format is given beside the content itself.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The file's name without its folder.
    pub name: &'a str,
    /// The format's name in the table.
    pub format: &'static str,
    /// How the input is to be read.
    pub options: &'a ReadOptions,
    /// The text that an annotation file belongs to, where they are two files.
    pub text: Option<&'a str>,
}

/// What a file of articles comes to.
pub type Results = Vec<Result<Opened, ReadError>>;

/// byline's own JSON.
pub fn native(value: &Value, _given: &Given<'_>) -> Results {
    let read = json::read(value.clone()).map_err(|e| ReadError { what: e.to_string(), line: None });
    vec![read.map(|read| Opened { article: read.article, analysis: Some(read.analysis), partial: false, origin: read.origin })]
}

impl Given<'_> {
    /// The refusal of the whole file.
    pub fn refuse(&self, what: &str) -> ReadError {
        ReadError { what: format!("{}: {what}", self.format), line: None }
    }

    /// The article whose text is `text` to the letter, so that offsets agree with it.
    ///
    /// # Errors
    /// When there is no text.
    pub fn verbatim(&self, text: &str, document: Document) -> Result<Article, ReadError> {
        let options = ReadOptions { format: InputFormat::Text, no_clean: true, published: self.options.published };
        let read = article::read(text.as_bytes(), self.name, &options).into_iter().next();
        let mut article = read.unwrap_or_else(|| Err(self.refuse("there is no text in it")))?;
        if article.text != text {
            return Err(self.refuse("its text cannot be kept to the letter, and so its offsets would not fit"));
        }
        article.document = Document { published: document.published.or(article.document.published), ..document };
        article.input.kind = self.format.into();
        Ok(article)
    }

    /// The article made of the blocks of `flow`.
    ///
    /// # Errors
    /// When there is no block.
    pub fn composed(&self, id: Option<String>, flow: &Flow, document: Document) -> Result<Article, ReadError> {
        if flow.blocks.is_empty() {
            return Err(self.refuse("there is no article text in it"));
        }
        let published = document.published.or(self.options.published);
        let input = Input { kind: self.format.into(), name: self.name.into(), charset: "utf-8".into(), sha256: String::new() };
        Ok(Article {
            id: id.filter(|id| !id.is_empty()).unwrap_or_else(|| self.name.to_owned()),
            document: Document { published, ..document },
            input,
            text: flow.text.clone(),
            blocks: flow.blocks.clone(),
            origins: vec![Origin { clean: Span::new(0, flow.text.len()), raw: 0 }],
            ..Article::default()
        })
    }

    /// The article with what came in for it; fields of `object` that `read` does not name are kept.
    pub fn opened(&self, article: Article, analysis: Analysis, object: Option<&Value>, read: &[&str]) -> Opened {
        let rest: Option<Map<String, Value>> = object.and_then(Value::as_object).map(|fields| {
            fields.iter().filter(|(key, _)| !read.contains(&key.as_str())).map(|(k, v)| (k.clone(), v.clone())).collect()
        });
        let origin =
            rest.filter(|rest| !rest.is_empty()).map(|rest| json!({"imported": {"format": self.format, "fields": rest}}));
        Opened { article, analysis: Some(analysis), partial: true, origin }
    }
}

/// Adds every place where `name` stands as words of its own; notes it where there is none.
pub fn find_names(draft: &mut Draft<'_>, name: &str, label: &str) {
    let text = draft.anchor.text();
    let name = name.trim();
    if name.is_empty() {
        return;
    }
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let alone = |at: &usize| {
        let before = text.get(..*at).and_then(|t| t.chars().next_back());
        let after = text.get(at + name.len()..).and_then(|t| t.chars().next());
        !word(before) && !word(after)
    };
    let places: Vec<usize> = text.match_indices(name).map(|(at, _)| at).filter(alone).collect();
    if places.is_empty() {
        draft.refuse(format!("{label} “{name}” does not stand in the text"));
        return;
    }
    draft.anchor.counts.moved += 1;
    for at in places {
        draft.labelled(Span::new(at, at + name.len()), label);
    }
}

/// A string field.
pub fn field<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}

/// A whole number that is an offset.
pub fn offset(value: Option<&Value>) -> Option<usize> {
    value.and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok())
}

/// A list field; nothing where there is none.
pub fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// A date as formats of exchange write it: ISO 8601, basic (`20130612T152900+0000`), or that of e-mail (`Mon, 02 Nov 2026 10:00:00 GMT`).
pub fn stamp(text: &str) -> Option<Stamp> {
    let text = text.trim();
    if let Ok(stamp) = text.parse() {
        return Some(stamp);
    }
    let basic = |text: &str| -> Option<String> {
        let (day, rest) = (text.get(..8)?, text.get(8..)?);
        let (year, month, day) = (day.get(..4)?, day.get(4..6)?, day.get(6..)?);
        let time = rest.strip_prefix('T').and_then(|t| Some(format!("T{}:{}:{}", t.get(..2)?, t.get(2..4)?, t.get(4..6)?)));
        let zone = rest.get(7..).unwrap_or_default();
        Some(format!("{year}-{month}-{day}{}{}", time.as_deref().unwrap_or_default(), if time.is_some() { zone } else { "" }))
    };
    if let Some(stamp) = basic(text).and_then(|iso| iso.parse().ok()) {
        return Some(stamp);
    }
    let zoned = jiff::fmt::rfc2822::parse(text).ok()?;
    zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_exchange_formats() {
        let check =
            |text: &str, expected: &str| assert_eq!(stamp(text).map(|s| s.to_string()).as_deref().unwrap_or(""), expected);
        check("2013-07-09T10:37:00Z", "2013-07-09T10:37+00:00");
        check("20130612T152900+0000", "2013-06-12T15:29+00:00");
        check("20210516T090004", "2021-05-16T09:00:04");
        check("20210516", "2021-05-16");
        check("Mon, 02 Nov 2026 10:00:00 GMT", "2026-11-02T10:00+00:00");
        check("Thu, 26 Oct 2017 10:46:00 +0530", "2017-10-26T10:46+05:30");
        check("soon", "");
    }
}
