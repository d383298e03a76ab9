//! What the line model sees: named features of every line, of its place on the page and of its markup.
//!
//! A feature is a name that is present or absent, so that the weights in `assets/lines/` are readable. No feature knows a particular site.

mod author;
mod crossed;
mod markup;
mod place;
mod shape;
mod structure;
mod survey;
mod topic;
mod wording;

use super::Facts;
use crate::article::Reason;
use crate::article::page::{Markup, Page};

/// The name of one feature and an empty string, or the names of two features that occur together.
pub(super) type Feature = [&'static str; 2];

const ALL: f32 = f32::INFINITY;

/// The name of the bin that `value` falls into: that of the first limit above it.
fn bin(value: f32, bins: &[(f32, &'static str)]) -> &'static str {
    let found = bins.iter().find(|(limit, _)| value < *limit).or(bins.last());
    found.map_or("", |(_, name)| name)
}

/// Calls `see` with each line's number and features, in order. They are named one line at a time: a page may have half a million.
pub(super) fn each(page: &Page, facts: &[Facts], certain: &[Option<Reason>], mut see: impl FnMut(usize, &[Feature])) {
    let places = survey::places(page, facts);
    let authors = author::authors(page, facts);
    let tree = structure::Tree::of(page, facts);
    let mut names = Vec::with_capacity(64);
    let mut features = Vec::with_capacity(80);
    for (at, (((line, facts), place), certain)) in page.lines.iter().zip(facts).zip(&places).zip(certain).enumerate() {
        names.clear();
        shape::name(facts, &mut names);
        wording::name(facts, &mut names);
        author::name(facts, &authors, &mut names);
        place.name(&mut names);
        if line.gap {
            names.push("gap");
        }
        if let Some(markup) = &line.markup {
            markup::name(markup, facts, &mut names);
            tree.name(markup, &mut names);
        }
        names.extend(certain.map(|_| "certain"));
        features.clear();
        features.extend(names.iter().map(|name| [*name, ""]));
        crossed::cross(&names, &mut features);
        if line.markup.is_none() {
            topic::name(facts, &mut features);
        }
        see(at, &features);
    }
}

/// How much prose counts: what the content extractor leaves out is a teaser more often than not.
const fn trust(markup: &Markup) -> f32 {
    if markup.content { 1.0 } else { 0.2 }
}

fn is_furniture(fact: &Facts) -> bool {
    fact.hits.iter().any(|hit| hit.strong)
}
