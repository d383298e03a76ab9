//! The names of a text: the encoder's where there are any, else those of the plain rules.

use super::EntityType;
use super::lexicon::{FIRST_NAMES, TITLES};
use super::{kinds, rules};
use crate::analysis::Reading;
use crate::encoder::{Findings, NameLabel};
use crate::text::Span;

/// A name in the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Name {
    /// Where it stands: no article, title or possessive at its ends.
    pub(super) span: Span,
    /// What it names.
    pub(super) kind: EntityType,
}

/// The names of the text in order, never overlapping.
pub(super) fn names(reading: &Reading<'_>) -> Vec<Name> {
    match &reading.found {
        Some(found) => learned(reading, found),
        None => by_rules(reading),
    }
}

fn by_rules(reading: &Reading<'_>) -> Vec<Name> {
    let runs = rules::candidates(reading);
    let scores = kinds::weigh(reading, &runs);
    let kept = runs.iter().zip(&scores).filter_map(|(run, scores)| {
        let kind = kinds::best(scores)?;
        Some(Name { span: rules::span_of(reading, run), kind })
    });
    kept.collect()
}

fn learned(reading: &Reading<'_>, found: &Findings) -> Vec<Name> {
    let names = found.names.iter().map(|name| {
        let kind = kind(name.label);
        let span = trim(reading, name.span);
        Name { span: if kind == EntityType::Person { untitled(reading, span) } else { span }, kind }
    });
    names.filter(|name| !name.span.is_empty()).collect()
}

fn kind(label: NameLabel) -> EntityType {
    match label {
        NameLabel::Person => EntityType::Person,
        NameLabel::Organization => EntityType::Organization,
        NameLabel::Location => EntityType::Place,
        NameLabel::Other => EntityType::Other,
    }
}

/// A person's name without the titles in it and what stands before them: `US President Ada Moss`.
fn untitled(reading: &Reading<'_>, span: Span) -> Span {
    let tokens = reading.prose.tokens.get(reading.prose.tokens_in(span)).unwrap_or_default();
    let title = tokens.iter().rposition(|token| {
        let text = reading.text(token.span);
        TITLES.contains_key(text) && !FIRST_NAMES.contains_key(text)
    });
    let rest = title.and_then(|at| tokens.get(at + 1));
    rest.map_or(span, |first| Span::new(first.span.start, span.end))
}

/// The span without quotes, a leading article and a trailing possessive.
fn trim(reading: &Reading<'_>, span: Span) -> Span {
    let marks = |c: char| c.is_whitespace() || "\"'“”‘’.,;:()".contains(c);
    let text = reading.text(span);
    let mut start = span.start + (text.len() - text.trim_start_matches(marks).len());
    let mut end = span.end;
    let text = reading.text(Span::new(start, end));
    let open = ["the ", "The "].iter().find_map(|article| text.strip_prefix(article));
    if let Some(rest) = open {
        start = end - rest.len();
    }
    let text = reading.text(Span::new(start, end));
    let bare = ["'s", "’s", "'", "’"].iter().find_map(|tail| text.strip_suffix(tail)).unwrap_or(text).trim_end();
    end = start + bare.len();
    Span::new(start, end)
}
