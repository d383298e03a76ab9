//! Names that neighbouring words show to be those of companies or people: `Bernhardt’s chief executive`, `energy company Burisma`,
//! `the mayor, Olga Brink`.

use super::lexicon::{COMPANY_NOUNS, COMPANY_ROLES, FIRST_NAMES, ORGANISATION_WORDS, ROLES};
use super::{EntityType, Name};
use crate::analysis::Reading;
use std::collections::HashSet;

/// From this probability on, a person stays a person, whatever noun stands before the name.
const SURE: f32 = 0.9;

/// Makes organisations of the names that stand beside words typical of companies, and of all equal names; except names with a first name,
/// and the family names of people whose first name the text has.
pub(super) fn retype(reading: &Reading<'_>, names: &mut [Name]) {
    for name in names.iter_mut().filter(|name| is_introduced(reading, name)) {
        name.kind = EntityType::Person;
    }
    let families: HashSet<&str> = names.iter().filter_map(|name| family(reading, name)).collect();
    let person = |name: &Name| name.kind == EntityType::Person;
    let told: HashSet<&str> = names
        .iter()
        .filter(|name| name.kind != EntityType::Place && is_told(reading, name))
        .map(|name| reading.text(name.span))
        .filter(|text| !families.contains(text) && !text.split(' ').next().is_some_and(|first| FIRST_NAMES.contains(first)))
        .collect();
    for name in names.iter_mut().filter(|name| person(name)) {
        if told.contains(reading.text(name.span)) {
            name.kind = EntityType::Organization;
        }
    }
}

/// Whether a noun for a person stands right before a name that begins with a first name, with a comma or without.
fn is_introduced(reading: &Reading<'_>, name: &Name) -> bool {
    let own = reading.prose.tokens_in(name.span);
    let word = |at: usize| reading.prose.tokens.get(at).map_or("", |token| reading.text(token.span()));
    let Some((first, rest)) = reading.text(name.span).split_once(' ') else { return false };
    let named = FIRST_NAMES.contains(first) && !rest.split(' ').any(|word| ORGANISATION_WORDS.contains(word));
    let before = own.start.checked_sub(1).map(|at| if word(at) == "," { at.saturating_sub(1) } else { at });
    named && name.probability < SURE && before.is_some_and(|at| ROLES.contains(word(at)))
}

/// The last word of a person's name that has a first name.
fn family<'a>(reading: &Reading<'a>, name: &Name) -> Option<&'a str> {
    let (first, rest) = reading.text(name.span).split_once(' ')?;
    (name.kind == EntityType::Person && FIRST_NAMES.contains(first)).then(|| rest.rsplit(' ').next())?
}

/// Whether the words beside this mention tell that it is a company.
fn is_told(reading: &Reading<'_>, name: &Name) -> bool {
    let own = reading.prose.tokens_in(name.span);
    let word =
        |at: usize| reading.prose.tokens.get(at).map(|token| reading.text(token.span()).to_lowercase()).unwrap_or_default();
    let tag = |at: usize| reading.tags.get(at).copied().unwrap_or_default();
    let next = own.end + usize::from(matches!(word(own.end).as_str(), "'s" | "’s"));
    let role = word(next);
    if COMPANY_ROLES.contains(role.as_str()) || COMPANY_ROLES.contains(format!("{role} {}", word(next + 1)).as_str()) {
        return true;
    }
    // "the company Burisma", but not "the company Dreyer runs".
    let noun = own.start.checked_sub(1).is_some_and(|before| COMPANY_NOUNS.contains(word(before).as_str()));
    noun && name.probability < SURE && !matches!(tag(own.end).upos, "VERB" | "AUX")
}
