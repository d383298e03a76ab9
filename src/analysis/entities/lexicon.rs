//! The word lists of this room, in `assets/`: plain ones are searched where they lie, the rest are read when first needed.

use crate::text::{Sorted, entries};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Grammatical gender of a person, as names, titles and nouns tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Gender {
    Male,
    Female,
}

impl Gender {
    /// What the letter behind a title, a role or a first name tells: `m`, `f`, or `u` for either.
    pub fn told(letter: &str) -> Option<Self> {
        match letter {
            "m" => Some(Self::Male),
            "f" => Some(Self::Female),
            _ => None,
        }
    }
}

macro_rules! word_lists {
    ($($(#[$doc:meta])* $name:ident = $file:literal;)*) => {
        $(
            $(#[$doc])*
            pub(super) const $name: Sorted = Sorted::new(include_str!(concat!("../../../assets/", $file)));
        )*

        #[cfg(test)]
        const LISTS: &[(&str, Sorted)] = &[$(($file, $name)),*];
    };
}

word_lists! {
    /// Titles before a person's name, with their gender.
    TITLES = "lexicons/titles.txt";
    /// Nouns for people by what they do or are, lower case, with their gender.
    ROLES = "lexicons/roles.txt";
    /// First names, with their gender.
    FIRST_NAMES = "gazetteers/first_names.txt";
    /// Last names.
    LAST_NAMES = "gazetteers/last_names.txt";
    /// States, provinces and counties.
    REGIONS = "gazetteers/regions.txt";
    /// Cities.
    CITIES = "gazetteers/cities.txt";
    /// Countries and territories.
    COUNTRIES = "gazetteers/countries.txt";
    /// Continents, seas, regions and quarters, which no one calls a country.
    AREAS = "gazetteers/areas.txt";
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
    /// What stands right behind the name of a work, lower case.
    WORK_NOUNS = "lexicons/work_nouns.txt";
    /// Capitalised words that are not names.
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

/// Nouns for organisations, lower case, and whether they fit nearly any of them.
pub(super) static ORGANISATION_NOUNS: LazyLock<HashMap<&'static str, bool>> = LazyLock::new(|| {
    let nouns = entries(include_str!("../../../assets/lexicons/organisation_nouns.txt"));
    nouns.map(|line| line.strip_suffix(" +").map_or((line, false), |noun| (noun, true))).collect()
});

/// Which places a noun may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    Country,
    City,
    /// Both at once: Singapore.
    CityState,
    Other,
}

impl Ground {
    /// Whether a noun for `noun` may mean it.
    pub(super) fn may_be(self, noun: Self) -> bool {
        self == noun || (self == Self::CityState && noun != Self::Other)
    }
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

/// Whether it is a country, or a place as much in the news.
pub(super) fn is_land(name: &str) -> bool {
    COUNTRIES.contains(name) || AREAS.contains(name)
}

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
        let genders =
            [(TITLES, "Mrs."), (ROLES, "founder"), (FIRST_NAMES, "Julian")].map(|(list, word)| list.get(word).map(Gender::told));
        assert_eq!(genders, [Some(Some(Gender::Female)), Some(None), Some(Some(Gender::Male))]);
        assert_eq!(ALIASES.get("U.S."), Some(&"United States"));
        for (file, list) in LISTS {
            assert_eq!(list.misplaced(), None, "{file}: its lines must stand in byte order");
        }
        for (list, entry) in
            [(LAST_NAMES, "Aasen"), (COUNTRIES, "Kenya"), (CITIES, "A Coruña"), (WORDS, "zone"), (DEMONYMS, "Kenyan")]
        {
            assert!(list.contains(entry) && !list.contains(""), "{entry}");
        }
    }
}
