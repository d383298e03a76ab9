//! Names, grouped by type, the most mentioned first.

use super::{Row, Target, details, heading};
use crate::analysis::EntityId;
use crate::analysis::entities::EntityType;
use crate::analysis::provenance::Item;
use crate::reader::story::Story;
use std::cmp::Reverse;

const GROUPS: [(EntityType, &str); 4] = [
    (EntityType::Person, "People"),
    (EntityType::Organization, "Organisations"),
    (EntityType::Place, "Places"),
    (EntityType::Other, "Other"),
];

/// The rows: a heading for each type that occurs, its names below it.
pub fn rows(story: &Story) -> Vec<Row> {
    let mut rows = Vec::new();
    for (kind, label) in GROUPS {
        let entities = story.analysis.entities.iter().enumerate().filter(|(_, entity)| entity.kind == kind);
        let mut group: Vec<Row> = entities
            .map(|(at, entity)| Row {
                target: Target::Entity(EntityId(at)),
                label: entity.name.clone(),
                detail: details(story, Item::Entity(at), entity.job_title.clone().unwrap_or_default()),
                count: Some(story.mentions_of(EntityId(at)).len()),
                kind: Some(kind),
            })
            .collect();
        if !group.is_empty() {
            group.sort_by_key(|row| Reverse(row.count));
            rows.push(Row { kind: Some(kind), ..heading(label, group.len()) });
            rows.append(&mut group);
        }
    }
    rows
}
