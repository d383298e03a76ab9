//! Claims: who says what, on whose word, and how far down the chain.

use super::{Analysis, ClaimId, EntityId, Reading, SourceId, TimexId};
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// What a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// A named person, or one known by role.
    Person,
    /// An organisation.
    Organization,
    /// Several people: `lawmakers`, `analysts`.
    Group,
    /// An email, a report, a tweet, a court filing.
    Document,
    /// Who the article does not name: `two sources familiar with the talks`.
    Unnamed,
    /// A newspaper, agency or broadcaster.
    Outlet,
}

/// Who claims are attributed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The entity it is, if it is one.
    pub entity: Option<EntityId>,
    /// Name to show: the entity's name, else the article's own words.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// Why it is unnamed, in the article's words.
    pub why_unnamed: Option<Span>,
}

/// How the content is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClaimForm {
    /// Nine tenths or more of its words stand within quotes.
    Direct,
    /// Less than a tenth does.
    Indirect,
    /// Anything between.
    Mixed,
}

/// What kind of word introduces the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CueClass {
    /// Speech and writing: said, according to, wrote, report.
    Reporting,
    /// Belief, wish and plan: thinks, hopes, vowed to.
    Attitude,
}

/// How far the source stands behind the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Says it is so.
    Asserts,
    /// Says that what was said before is so.
    Confirms,
    /// Says it is not so.
    Denies,
    /// Says so, and the article keeps its distance: claimed, alleged.
    Claims,
    /// Says it may be so.
    Speculates,
    /// Asks.
    Asks,
    /// Declines to say.
    Declines,
}

/// One attributed claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Who says it; `None` where the article does not tell.
    pub source: Option<SourceId>,
    /// The words that name the source here.
    pub source_spans: Vec<Span>,
    /// The words that introduce it: `has confirmed`, `according to`. Empty for a floating quote.
    pub cue: Vec<Span>,
    /// What is said; several spans where the attribution breaks it.
    pub content: Vec<Span>,
    /// Whom it was said to.
    pub addressee: Option<Span>,
    /// How it is told.
    pub form: ClaimForm,
    /// What kind of cue.
    pub cue_class: CueClass,
    /// How far the source stands behind it.
    pub stance: Stance,
    /// The claim within whose content this one stands.
    pub parent: Option<ClaimId>,
    /// Through whom it came, outermost first: the sources of the parents.
    pub via: Vec<SourceId>,
    /// When it was said, if the text says so.
    pub time: Option<TimexId>,
    /// Calibrated probability that source and content are right, where one is known.
    pub confidence: Option<f32>,
}

/// Fills [`Analysis::sources`] and [`Analysis::claims`].
pub fn find(_reading: &Reading<'_>, _analysis: &mut Analysis) {}
