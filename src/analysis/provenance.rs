//! Who annotated what: byline itself, unless an import says otherwise.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What kind of annotator. In order of precedence: where two speak of the same words, the smaller one is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AnnotatorKind {
    /// A person who read the article: brat, Web Annotation, Prodigy, doccano.
    User,
    /// Who published the article: ninjs, NITF, NewsML-G2.
    Publisher,
    /// Another program: CoreNLP, Citron.
    #[default]
    Import,
    /// byline's own extractors.
    Byline,
}

/// One annotator.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Annotator {
    /// Its id within the document.
    pub id: String,
    /// What kind.
    pub kind: AnnotatorKind,
    /// Program and version, or person, where known.
    pub software: Option<String>,
    /// The format it came in.
    pub via: Option<String>,
}

/// One item of an [`super::Analysis`], by list and index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Item {
    /// Of [`super::Analysis::entities`].
    Entity(usize),
    /// Of [`super::Analysis::mentions`].
    Mention(usize),
    /// Of [`super::Analysis::sources`].
    Source(usize),
    /// Of [`super::Analysis::claims`].
    Claim(usize),
    /// Of [`super::Analysis::timexes`].
    Timex(usize),
    /// Of [`super::Analysis::events`].
    Event(usize),
}

/// The annotators of one analysis, and who made which item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// Annotators other than byline.
    pub annotators: Vec<Annotator>,
    /// Index of the annotator; an item that is not here is byline's own.
    pub by: BTreeMap<Item, usize>,
}

impl Provenance {
    /// Who made `item`; `None` for byline.
    pub fn of(&self, item: Item) -> Option<&Annotator> {
        self.by.get(&item).and_then(|&index| self.annotators.get(index))
    }
}
