//! What the line model sees: named features of every line, of its place on the page and of its markup.
//!
//! A feature is a name that is there or not, so that the weights in `assets/lines/` can be read. None of them knows a site.

mod markup;
mod place;
mod shape;
mod survey;
mod wording;

use super::Facts;
use crate::article::Reason;
use crate::article::page::Page;

const ALL: f32 = f32::INFINITY;

/// The name of the bin that `value` falls into: that of the first limit above it.
fn bin(value: f32, bins: &[(f32, &'static str)]) -> &'static str {
    let found = bins.iter().find(|(limit, _)| value < *limit).or(bins.last());
    found.map_or("", |(_, name)| name)
}

/// Calls `see` with each line's number and features, in order. They are named one line at a time: a page may have half a million.
pub(super) fn each(page: &Page, facts: &[Facts], certain: &[Option<Reason>], mut see: impl FnMut(usize, &[&'static str])) {
    let places = survey::places(page, facts);
    let mut names = Vec::with_capacity(64);
    for (at, (((line, facts), place), certain)) in page.lines.iter().zip(facts).zip(&places).zip(certain).enumerate() {
        names.clear();
        shape::name(facts, &mut names);
        wording::name(facts, &mut names);
        place.name(&mut names);
        if line.gap {
            names.push("gap");
        }
        if let Some(markup) = &line.markup {
            markup::name(markup, facts, &mut names);
        }
        names.extend(certain.map(|_| "certain"));
        see(at, &names);
    }
}

fn is_furniture(fact: &Facts) -> bool {
    fact.hits.iter().any(|hit| hit.strong)
}
