//! The word lists of this room, read from `assets/` when first needed.

use crate::text::entries;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Grammatical gender of a person, as names, titles and nouns tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Gender {
    Male,
    Female,
}

type Words = LazyLock<HashSet<&'static str>>;
type Genders = LazyLock<HashMap<&'static str, Option<Gender>>>;

fn genders(text: &'static str) -> HashMap<&'static str, Option<Gender>> {
    let gender = |letter| match letter {
        "m" => Some(Gender::Male),
        "f" => Some(Gender::Female),
        _ => None,
    };
    entries(text).filter_map(|line| line.split_once('\t')).map(|(word, letter)| (word, gender(letter))).collect()
}

macro_rules! word_lists {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)*) => {$(
        $(#[$doc])*
        pub(super) static $name: Words =
            LazyLock::new(|| entries(include_str!(concat!("../../../assets/", $file))).collect());
    )*};
}

macro_rules! gender_lists {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)*) => {$(
        $(#[$doc])*
        pub(super) static $name: Genders =
            LazyLock::new(|| genders(include_str!(concat!("../../../assets/", $file))));
    )*};
}

gender_lists! {
    /// Titles before a person's name.
    TITLES = "lexicons/titles.txt";
    /// Nouns for people by what they do or are, lower case.
    ROLES = "lexicons/roles.txt";
    /// First names.
    FIRST_NAMES = "gazetteers/first_names.txt";
}

word_lists! {
    /// Last names.
    LAST_NAMES = "gazetteers/last_names.txt";
    /// Countries, continents and large regions.
    COUNTRIES = "gazetteers/countries.txt";
    /// States, provinces and counties.
    REGIONS = "gazetteers/regions.txt";
    /// Cities.
    CITIES = "gazetteers/cities.txt";
    /// Organisations much in the news.
    ORGANISATIONS = "gazetteers/organisations.txt";
    /// Words that end organisations' names.
    ORGANISATION_WORDS = "lexicons/organisation_words.txt";
    /// Words that end places' names.
    PLACE_WORDS = "lexicons/place_words.txt";
    /// Words that begin places' names.
    PLACE_OPENERS = "lexicons/place_openers.txt";
    /// Nationalities, peoples and faiths.
    DEMONYMS = "lexicons/demonyms.txt";
    /// Words of events, works, laws and prizes.
    OTHER_NAMES = "lexicons/other_names.txt";
    /// Capitalised words that are no name.
    NOT_NAMES = "lexicons/not_names.txt";
    /// Words between a determiner and a noun for a person, lower case.
    ROLE_MODIFIERS = "lexicons/role_modifiers.txt";
    /// What stands right behind the name of a company, lower case.
    COMPANY_ROLES = "lexicons/company_roles.txt";
    /// What stands right before the name of a company or paper, lower case.
    COMPANY_NOUNS = "lexicons/company_nouns.txt";
    /// Function words, capitalised.
    FUNCTION_WORDS = "lexicons/function_words.txt";
    /// Words that are seldom part of a name, lower case.
    WORDS = "lexicons/words.txt";
}

/// Every other name of a place or organisation with the name that stands for it.
pub(super) static ALIASES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| equals(include_str!("../../../assets/lexicons/aliases.txt")));

/// Nouns for one office with the noun that stands for them.
pub(super) static SYNONYMS: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| equals(include_str!("../../../assets/lexicons/role_synonyms.txt")));

/// Short first names with those they are short for, lower case; a name short for several is not among them.
pub(super) static NICKNAMES: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut out = HashMap::new();
    let mut several = HashSet::new();
    for line in entries(include_str!("../../../assets/lexicons/nicknames.txt")) {
        let mut names = line.split('|');
        let Some(first) = names.next() else { continue };
        several.extend(names.filter(|name| out.insert(*name, first).is_some_and(|other| other != first)));
    }
    out.retain(|name, _| !several.contains(name));
    out
});

/// Nouns for organisations, lower case, and whether they tell little about which.
pub(super) static ORGANISATION_NOUNS: LazyLock<HashMap<&'static str, bool>> = LazyLock::new(|| {
    let nouns = entries(include_str!("../../../assets/lexicons/organisation_nouns.txt"));
    nouns.map(|line| line.strip_suffix(" +").map_or((line, false), |noun| (noun, true))).collect()
});

/// Which places a noun may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    Country,
    City,
    Other,
}

/// Nouns for places, lower case, and which they may mean.
pub(super) static PLACE_NOUNS: LazyLock<HashMap<&'static str, Ground>> = LazyLock::new(|| {
    let pairs = entries(include_str!("../../../assets/lexicons/place_nouns.txt")).filter_map(|line| line.split_once('\t'));
    let ground = |kind| match kind {
        "country" => Ground::Country,
        "city" => Ground::City,
        _ => Ground::Other,
    };
    pairs.map(|(noun, kind)| (noun, ground(kind))).collect()
});

/// Lines of names that mean the same: every name with the first of its line.
fn equals(text: &'static str) -> HashMap<&'static str, &'static str> {
    let mut out = HashMap::new();
    for line in entries(text) {
        let mut names = line.split('|');
        let Some(first) = names.next() else { continue };
        out.insert(first, first);
        out.extend(names.map(|name| (name, first)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_read() {
        assert_eq!(TITLES.get("Mrs."), Some(&Some(Gender::Female)));
        assert_eq!(ROLES.get("founder"), Some(&None));
        assert_eq!(FIRST_NAMES.get("Julian"), Some(&Some(Gender::Male)));
        assert_eq!(ALIASES.get("U.S."), Some(&"United States"));
        for list in [&LAST_NAMES, &COUNTRIES, &REGIONS, &CITIES, &ORGANISATIONS, &ORGANISATION_WORDS, &PLACE_WORDS] {
            assert!(list.len() > 90 && !list.contains(""));
        }
        for list in [&PLACE_OPENERS, &DEMONYMS, &OTHER_NAMES, &NOT_NAMES, &WORDS] {
            assert!(list.len() > 30 && !list.contains(""));
        }
    }
}
