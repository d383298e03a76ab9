//! Names that neighbouring words show to be those of companies or people: `Bernhardt’s chief executive`, `energy company Burisma`,
//! `the mayor, Olga Brink`.

use super::lexicon::{
    CITIES, COMPANY_NOUNS, COMPANY_ROLES, FIRST_NAMES, LAST_NAMES, ORGANISATION_WORDS, REGIONS, ROLES, TITLES, is_land,
};
use super::{EntityType, Name};
use crate::analysis::Reading;
use std::collections::HashSet;

/// From this probability on, a person stays a person, whatever noun stands before the name.
const SURE: f32 = 0.9;

/// Below this probability, a person may be a city.
const UNSURE: f32 = 0.75;

/// Makes organisations of the names that stand beside words typical of companies, and of all equal names; except names with a first name,
/// and the family names of people whose first name the text has.
pub(super) fn retype(reading: &Reading<'_>, names: &mut [Name]) {
    for name in names.iter_mut().filter(|name| is_introduced(reading, name)) {
        name.kind = EntityType::Person;
    }
    let families: HashSet<&str> = names.iter().filter_map(|name| family(reading, name)).collect();
    let storms: HashSet<&str> = names.iter().filter(|name| is_storm(reading, name)).map(|name| reading.text(name.span)).collect();
    for name in names.iter_mut() {
        let text = reading.text(name.span);
        if storms.contains(text) && !families.contains(text) {
            name.kind = EntityType::Other;
        }
        match name.kind {
            EntityType::Person if is_city(reading, name) && !families.contains(text) => name.kind = EntityType::Place,
            EntityType::Place if is_household(reading, name, &families) => name.kind = EntityType::Person,
            EntityType::Place if is_team(reading, name) => name.kind = EntityType::Organization,
            _ => {}
        }
    }
    let person = |name: &Name| name.kind == EntityType::Person;
    let told: HashSet<&str> = names
        .iter()
        .filter(|name| {
            name.kind != EntityType::Place && is_told(reading, name) || person(name) && is_side(reading, name, &families)
        })
        .map(|name| reading.text(name.span))
        .filter(|text| !families.contains(text) && !text.split(' ').next().is_some_and(|first| FIRST_NAMES.contains(first)))
        .collect();
    for name in names.iter_mut().filter(|name| person(name)) {
        if told.contains(reading.text(name.span)) {
            name.kind = EntityType::Organization;
        }
    }
}

/// The word at the token; empty where there is none.
fn word<'a>(reading: &'a Reading<'_>, at: Option<usize>) -> &'a str {
    at.and_then(|at| reading.prose.tokens.get(at)).map_or("", |token| reading.text(token.span()))
}

/// Whether a noun for a person stands right before a name that begins with a first name, with a comma or without.
fn is_introduced(reading: &Reading<'_>, name: &Name) -> bool {
    let own = reading.prose.tokens_in(name.span);
    let Some((first, rest)) = reading.text(name.span).split_once(' ') else { return false };
    let named = FIRST_NAMES.contains(first) && !rest.split(' ').any(|word| ORGANISATION_WORDS.contains(word));
    let before = own.start.checked_sub(1);
    let before = before.map(|at| if word(reading, before) == "," { at.saturating_sub(1) } else { at });
    named && name.probability < SURE && before.is_some() && ROLES.contains(word(reading, before))
}

/// Whether the word before says that it is a storm: `Typhoon Kai Tak`.
fn is_storm(reading: &Reading<'_>, name: &Name) -> bool {
    let before = word(reading, reading.prose.token_at(name.span.start).checked_sub(1));
    matches!(before, "Hurricane" | "Typhoon" | "Cyclone" | "Storm" | "hurricane" | "typhoon" | "cyclone" | "storm")
}

/// Whether an unsure person is a lone word that is a city's name and, as far as lists and the words beside tell, nobody's.
fn is_city(reading: &Reading<'_>, name: &Name) -> bool {
    let text = reading.text(name.span);
    let own = reading.prose.tokens_in(name.span);
    let titled = TITLES.contains(word(reading, own.start.checked_sub(1)));
    // "the Obama administration": a city in Japan, too.
    let describes = word(reading, Some(own.end)).starts_with(char::is_lowercase);
    let nobody = !FIRST_NAMES.contains(text) && !LAST_NAMES.contains(text) && !text.contains(' ') && !titled && !describes;
    name.probability < UNSURE && nobody && CITIES.contains(text)
}

/// Whether `the` stands before the name: `the Brinks`.
fn is_definite(reading: &Reading<'_>, name: &Name) -> bool {
    let before = reading.article.text.get(..name.span.start).unwrap_or_default();
    before.ends_with("the ") || before.ends_with("The ")
}

/// Whether it is many who have no family name in common: `the Kestrels`.
fn is_side(reading: &Reading<'_>, name: &Name, families: &HashSet<&str>) -> bool {
    let text = reading.text(name.span);
    let mut singular = text.strip_suffix("es").into_iter().chain(text.strip_suffix('s'));
    let family = |one: &str| families.contains(one) || LAST_NAMES.contains(one);
    let many = text.ends_with('s') && !text.contains(' ') && !family(text) && !singular.any(family);
    many && is_definite(reading, name)
}

/// Whether it is those of one family name: `the Brinks`.
fn is_household(reading: &Reading<'_>, name: &Name, families: &HashSet<&str>) -> bool {
    let singular = reading.text(name.span).strip_suffix('s');
    singular.is_some_and(|one| families.contains(one)) && is_definite(reading, name)
}

/// Whether the words beside the name of a place tell of those who play for it: `plays for Lund`, `Lund midfielder`.
fn is_team(reading: &Reading<'_>, name: &Name) -> bool {
    let own = reading.prose.tokens_in(name.span);
    let lower = |at: Option<usize>| word(reading, at).to_lowercase();
    let text = reading.text(name.span);
    if is_land(text) || REGIONS.contains(text) {
        return false;
    }
    let (verb, before) = (lower(own.start.checked_sub(2)), lower(own.start.checked_sub(1)));
    let plays =
        matches!(verb.as_str(), "play" | "plays" | "played" | "playing" | "signed") && matches!(before.as_str(), "for" | "with");
    let player = lower(Some(own.end));
    plays
        || before == "coached"
        || matches!(
            player.as_str(),
            "midfielder" | "defender" | "goalkeeper" | "striker" | "winger" | "quarterback" | "player" | "forward"
        )
}

/// The last word of a person's name that has a first name.
fn family<'a>(reading: &Reading<'a>, name: &Name) -> Option<&'a str> {
    let (first, rest) = reading.text(name.span).split_once(' ')?;
    (name.kind == EntityType::Person && FIRST_NAMES.contains(first)).then(|| rest.rsplit(' ').next())?
}

/// Whether the words beside this mention tell that it is a company.
fn is_told(reading: &Reading<'_>, name: &Name) -> bool {
    let own = reading.prose.tokens_in(name.span);
    let word = |at: usize| word(reading, Some(at)).to_lowercase();
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
