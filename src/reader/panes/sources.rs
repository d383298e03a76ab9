//! Sources with claims that are shown, those with the most first; behind a name what is special about it: unnamed, or known through others only.

use super::{Row, Target};
use crate::analysis::SourceId;
use crate::analysis::claims::{Source, SourceKind};
use crate::reader::story::Story;
use std::cmp::Reverse;

/// The rows: one a source.
pub fn rows(story: &Story) -> Vec<Row> {
    let mut rows: Vec<Row> = story
        .analysis
        .sources
        .iter()
        .enumerate()
        .filter(|(at, _)| !story.is_silent(SourceId(*at)))
        .map(|(at, source)| {
            let id = SourceId(at);
            Row {
                target: Target::Source(id),
                label: source.name.clone(),
                detail: detail(story, id, source),
                count: Some(story.claims_of(id).len()),
                kind: source.entity.and_then(|entity| story.analysis.entities.get(entity.0)).map(|entity| entity.kind),
            }
        })
        .collect();
    rows.sort_by_key(|row| Reverse(row.count));
    rows
}

/// "unnamed", "document", or "via CNN, unnamed" when every claim of the source came through one other.
fn detail(story: &Story, id: SourceId, source: &Source) -> String {
    let claims = story.claims_of(id);
    let through = |claim: &usize| story.analysis.claims.get(*claim).and_then(|claim| claim.via.last().copied());
    let first = claims.first().and_then(through);
    let via = first.filter(|_| claims.iter().all(|claim| through(claim) == first)).and_then(|via| story.source_name(Some(via)));
    let kind = match source.kind {
        SourceKind::Unnamed if !source.name.contains("unnamed") => "unnamed",
        SourceKind::Document => "document",
        _ => "",
    };
    match via {
        Some(via) if kind.is_empty() => format!("via {via}"),
        Some(via) => format!("via {via}, {kind}"),
        None => kind.to_owned(),
    }
}
