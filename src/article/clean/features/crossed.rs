//! Pairs of features: what a line looks like may mean more or less, depending on where it stands.

use super::Feature;

/// The kinds of features that are crossed: a length, say, with the side of the prose that the line stands on.
const PAIRS: [[&str; 2]; 8] = [
    ["wide", "chars"],
    ["wide", "stop"],
    ["run", "ends"],
    ["run", "prose"],
    ["stop", "ends"],
    ["tag", "content"],
    ["tag", "links"],
    ["tag", "wide"],
];
const KINDS: [&str; 9] = ["wide", "chars", "stop", "run", "ends", "prose", "tag", "content", "links"];

/// Adds the pairs to the names.
pub(super) fn cross(names: &[&'static str], features: &mut Vec<Feature>) {
    let mut found = [None; KINDS.len()];
    for name in names {
        let kind = kind(name);
        if let Some(first) = KINDS.iter().position(|known| *known == kind).and_then(|at| found.get_mut(at)) {
            first.get_or_insert(*name);
        }
    }
    let of = |kind: &str| KINDS.iter().position(|known| *known == kind).and_then(|at| *found.get(at)?);
    features.extend(PAIRS.iter().filter_map(|[a, b]| Some([of(a)?, of(b)?])));
}

/// The kind of a feature's name: "chars" of "chars<80".
fn kind(name: &str) -> &str {
    name.split(['=', '<', '>', '-', '+']).next().unwrap_or(name)
}
