//! The JSON contract as types, field for field (`docs/article-json.md`, `docs/byline.schema.json`). Offsets are in [`Wire::offset_unit`].

use super::units::OffsetUnit;
use crate::analysis::claims::{ClaimForm, CueClass, SourceKind, Stance};
use crate::analysis::entities::{EntityType, MentionForm};
use crate::analysis::provenance::AnnotatorKind;
use crate::analysis::timeline::{EventStatus, Granularity, TimexType};
use crate::article::{BlockKind, Reason};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `format` of every native document.
pub const FORMAT: &str = "byline";
/// The version this byline writes and the newest it reads.
pub const VERSION: u32 = 1;

/// One article.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Wire {
    pub format: String,
    pub version: u32,
    #[serde(default)]
    pub offset_unit: OffsetUnit,
    #[serde(default)]
    pub annotators: Vec<Annotator>,
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    pub document: Document,
    #[serde(default)]
    pub input: Input,
    pub text: String,
    #[serde(default)]
    pub blocks: Vec<Block>,
    #[serde(default)]
    pub removed: Vec<Removed>,
    /// How many lines were dropped for each reason; counted anew from `removed`, never read.
    #[serde(default, skip_deserializing, skip_serializing_if = "BTreeMap::is_empty")]
    pub removed_lines: BTreeMap<Reason, usize>,
    #[serde(default)]
    pub entities: Vec<Entity>,
    #[serde(default)]
    pub mentions: Vec<Mention>,
    #[serde(default)]
    pub sources: Vec<Source>,
    #[serde(default)]
    pub claims: Vec<Claim>,
    #[serde(default)]
    pub timexes: Vec<Timex>,
    #[serde(default)]
    pub events: Vec<Event>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub struct Annotator {
    pub id: String,
    #[serde(default)]
    pub kind: AnnotatorKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub software: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Document {
    pub url: Option<String>,
    pub headline: Option<String>,
    pub author: Vec<Author>,
    pub publisher: Option<Publisher>,
    pub date_published: Option<String>,
    pub date_modified: Option<String>,
    pub in_language: Option<String>,
    pub article_section: Vec<String>,
    pub keywords: Vec<String>,
    pub dateline: Option<Dateline>,
}

#[derive(Serialize, Deserialize)]
pub struct Author {
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    pub name: String,
}

#[derive(Serialize, Deserialize)]
pub struct Publisher {
    pub name: String,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
pub struct Dateline {
    pub place: Option<String>,
    pub agency: Option<String>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
pub struct Input {
    pub kind: String,
    pub name: String,
    pub charset: String,
    pub sha256: String,
}

/// A stretch of the text with the words it covers, so that wrong offsets are noticed.
#[derive(Serialize, Deserialize, Clone)]
pub struct Span {
    pub start: usize,
    pub end: usize,
    #[serde(default)]
    pub text: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub struct Block {
    pub id: String,
    pub kind: BlockKind,
    pub start: usize,
    pub end: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Removed {
    pub start_line: usize,
    pub end_line: usize,
    pub reason: Reason,
    pub text: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entity {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: EntityType,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub struct Mention {
    pub id: String,
    pub entity: String,
    #[serde(flatten)]
    pub span: Span,
    pub form: MentionForm,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    pub id: String,
    pub entity: Option<String>,
    pub name: String,
    pub kind: SourceKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why_unnamed: Option<Span>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    pub id: String,
    pub source: Option<String>,
    #[serde(default)]
    pub source_spans: Vec<Span>,
    #[serde(default)]
    pub cue: Vec<Span>,
    pub content: Vec<Span>,
    #[serde(default)]
    pub addressee: Option<Span>,
    pub form: ClaimForm,
    pub cue_class: CueClass,
    pub stance: Stance,
    #[serde(default)]
    pub parent: Option<String>,
    #[serde(default)]
    pub via: Vec<String>,
    #[serde(default)]
    pub time: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contradicts: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Timex {
    pub id: String,
    #[serde(flatten)]
    pub span: Span,
    #[serde(rename = "type")]
    pub kind: TimexType,
    pub value: String,
    #[serde(rename = "mod", default, skip_serializing_if = "Option::is_none")]
    pub modifier: Option<String>,
    #[serde(default)]
    pub anchor: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub function_in_document: Option<String>,
    #[serde(default)]
    pub earliest: Option<String>,
    #[serde(default)]
    pub latest: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granularity: Option<Granularity>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub struct Event {
    pub id: String,
    #[serde(flatten)]
    pub span: Span,
    pub trigger: Span,
    #[serde(default)]
    pub time: Option<String>,
    #[serde(default)]
    pub earliest: Option<String>,
    #[serde(default)]
    pub latest: Option<String>,
    #[serde(default)]
    pub granularity: Option<Granularity>,
    #[serde(default)]
    pub approximate: bool,
    pub status: EventStatus,
    #[serde(default)]
    pub order: Order,
    #[serde(default)]
    pub participants: Vec<String>,
    #[serde(default)]
    pub claim: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(default)]
pub struct Order {
    pub before: Vec<String>,
    pub after: Vec<String>,
}
