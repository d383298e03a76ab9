//! Floor 1: the learned model. Knows no news: text in, labelled spans out.

use crate::text::Span;

/// What a name names, as the model was taught to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameLabel {
    /// A person.
    Person,
    /// An organisation.
    Organization,
    /// A place.
    Location,
    /// A nationality, event, work, ...
    Other,
}

/// A name in the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Name {
    /// Where it stands, in bytes.
    pub span: Span,
    /// What it names.
    pub label: NameLabel,
    /// The model's probability for each label, in the order Person, Organization, Location, Other, none.
    pub probabilities: [f32; 5],
}

/// An attribution in the text: who, by which words, says what.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attribution {
    /// The words that name the source; empty where none is found.
    pub source: Vec<Span>,
    /// The words that introduce the content; empty for content that stands without a cue.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
    /// The model's probability for cue and spans together.
    pub probability: f32,
}

/// What the model found in one text, in the order of the text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    /// Names, never overlapping.
    pub names: Vec<Name>,
    /// Outermost attributions.
    pub attributions: Vec<Attribution>,
}
