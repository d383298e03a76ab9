//! Names, and who is who: mentions of people, organisations and places, grouped into entities.

mod cast;
mod cluster;
mod confidence;
mod focus;
mod forms;
mod kinds;
mod lexicon;
mod names;
mod neighbours;
mod nominals;
mod pronouns;
mod resolve;
mod roles;
mod rules;
mod scene;
mod spans;
pub(in crate::analysis) use scene::quoted;

use super::{Analysis, EntityId, Reading};
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub enum EntityType {
    /// A person.
    Person,
    /// An organisation.
    Organization,
    /// A place.
    Place,
    /// A nationality, event, work, law, ...
    Other,
}

/// How a mention names its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionForm {
    /// By name: `Julian Assange`, `Assange`.
    Name,
    /// By a noun: `the WikiLeaks founder`.
    Nominal,
    /// By a pronoun: `he`, `its`.
    Pronoun,
}

/// One person, organisation, place or other named thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityType,
    /// Its fullest name, without titles.
    pub name: String,
    /// Other names it goes by in the article, most frequent first.
    pub aliases: Vec<String>,
    /// Title or role as the article gives it: `chief executive`.
    pub job_title: Option<String>,
    /// Calibrated probability that entity and type are right, where one is known.
    pub confidence: Option<f32>,
}

/// One mention of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Whose it is.
    pub entity: EntityId,
    /// Where it stands.
    pub span: Span,
    /// How it names its entity.
    pub form: MentionForm,
}

/// A name in the text.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Name {
    /// Where it stands: no article, title or possessive at its ends.
    span: Span,
    /// What it names.
    kind: EntityType,
    /// The encoder's probability of just that; 0 where it is not the encoder's name.
    probability: f32,
}

/// Fills [`Analysis::entities`] and [`Analysis::mentions`].
pub fn find(reading: &Reading<'_>, analysis: &mut Analysis) {
    let names = names::names(reading);
    let mut cast = cluster::cluster(reading, &names);
    let scene = scene::Scene::new(reading, &cast);
    roles::learn(&scene, &mut cast);
    resolve::resolve(&scene, &mut cast);
    cast.publish(reading, analysis);
}
