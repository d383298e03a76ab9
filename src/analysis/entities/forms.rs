//! Names in the form in which they are compared: without titles, articles and suffixes, in lower case; and what may be short for one.

use super::lexicon::{
    ALIASES, CITIES, COUNTRIES, DEMONYMS, FIRST_NAMES, Gender, Ground, LAST_NAMES, NICKNAMES, ORGANISATION_WORDS, REGIONS,
    TITLES, WORDS, is_land,
};
use super::{EntityType, Name};
use crate::analysis::Reading;

/// A name in the form in which it is compared.
#[derive(Debug)]
pub(super) struct Form {
    pub kind: EntityType,
    /// Its words in lower case, without titles, articles and suffixes.
    pub words: Vec<String>,
    /// The name that stands for it, if it is one of several known names.
    pub canonical: String,
    /// How many of its words are the place that it begins with: 2 of `New York Giants`.
    pub place: usize,
    /// Whether it is written in capitals only.
    pub capitals: bool,
    pub gender: Option<Gender>,
    /// Whether it tells of what people are of: `Russians`, `Democrat`.
    pub people: bool,
}

impl Form {
    pub fn of(reading: &Reading<'_>, name: Name) -> Self {
        let text = reading.text(name.span);
        let title = title_gender(reading, name);
        let person = name.kind == EntityType::Person;
        let mut words: Vec<&str> = text.split_whitespace().map(|word| word.trim_end_matches(',')).collect();
        while words.len() > 1 && words.first().is_some_and(|word| drops(word, person)) {
            words.remove(0);
        }
        while words.len() > 1 && words.last().is_some_and(|word| is_suffix(word, name.kind)) {
            words.pop();
        }
        // A lone word may be a last name, whatever it is as a first name: Clinton, Jordan, Paris.
        let first = words.first().filter(|word| words.len() > 1 || !LAST_NAMES.contains(word));
        let by_first = || first.and_then(|first| FIRST_NAMES.get(first).and_then(Gender::told));
        let gender = person.then(|| title.or_else(by_first)).flatten();
        let plain = words.join(" ");
        let canonical = if person { plain.as_str() } else { ALIASES.get(plain.as_str()).copied().unwrap_or(&plain) };
        let letters = plain.chars().filter(|c| c.is_alphabetic());
        Self {
            kind: name.kind,
            capitals: !person && words.len() == 1 && letters.clone().count() >= 2 && letters.clone().all(char::is_uppercase),
            place: place(&words),
            words: words.iter().map(|word| fold(word)).collect(),
            canonical: department(&fold(canonical)),
            gender,
            people: DEMONYMS.contains(text) || DEMONYMS.contains(text.strip_suffix('s').unwrap_or(text)),
        }
    }

    /// Whether a place is a country or a city.
    pub fn ground(&self, text: &str) -> Option<Ground> {
        let name = ALIASES.get(text).copied().unwrap_or(text);
        match self.kind {
            EntityType::Place if COUNTRIES.contains(name) && CITIES.contains(text) => Some(Ground::CityState),
            EntityType::Place if COUNTRIES.contains(name) => Some(Ground::Country),
            EntityType::Place if CITIES.contains(text) => Some(Ground::City),
            EntityType::Place => Some(Ground::Other),
            _ => None,
        }
    }

    /// Whether the name has several words, so that shorter names may be short for it.
    pub fn full(&self) -> bool {
        self.words.len() > 1
    }

    pub fn first(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    pub fn before_last(&self) -> &str {
        self.words.iter().rev().nth(1).map_or("", String::as_str)
    }

    pub fn last(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// The endings of two words or more of a person's name: `hawk ridge` of `Ann Hawk Ridge`.
    pub fn families(&self) -> impl Iterator<Item = String> {
        const LONGEST: usize = 6;
        let ends = 1..self.words.len().min(LONGEST).saturating_sub(1);
        ends.filter_map(|from| self.words.get(from..)).map(|words| words.join(" "))
    }

    pub fn initial(&self) -> Option<char> {
        self.first().chars().next()
    }

    /// Whether the first name is only an initial.
    pub fn abbreviated(&self) -> bool {
        self.first().chars().filter(|c| c.is_alphabetic()).count() == 1
    }

    /// First letters of all its words, and of those that are not small words.
    pub fn acronyms(&self) -> [String; 2] {
        let letters = |words: &mut dyn Iterator<Item = &String>| words.filter_map(|word| word.chars().next()).collect();
        let small = |word: &&String| !matches!(word.as_str(), "of" | "the" | "and" | "for" | "de" | "in" | "on" | "&");
        [letters(&mut self.words.iter()), letters(&mut self.words.iter().filter(small))]
    }
}

/// A department's or ministry's name, in lower case, with that word at its end: `harbour department` of `department of harbour`.
fn department(name: &str) -> String {
    const HEADS: [&str; 2] = ["department", "ministry"];
    let turned = name.split_once(" of ").filter(|(head, rest)| HEADS.contains(head) && !rest.contains(" of "));
    turned.map_or_else(|| name.to_owned(), |(head, of)| format!("{} {head}", of.strip_prefix("the ").unwrap_or(of)))
}

/// How many words of a name, but not all, are a place that it begins with.
fn place(words: &[&str]) -> usize {
    const LONGEST: usize = 3;
    let known = |length: &usize| {
        let text = words.get(..*length).unwrap_or_default().join(" ");
        is_land(&text) || CITIES.contains(text.as_str()) || REGIONS.contains(text.as_str())
    };
    (1..words.len().min(LONGEST + 1)).rev().find(known).unwrap_or_default()
}

/// The first name that a short one stands for.
pub(super) fn long(first: &str) -> &str {
    NICKNAMES.get(first).copied().unwrap_or(first)
}

fn fold(word: &str) -> String {
    let word = word.to_lowercase();
    let bare: String = word.chars().filter(|c| *c != '.').collect();
    if bare.is_empty() { word } else { bare.replace('’', "'") }
}

fn drops(word: &str, person: bool) -> bool {
    matches!(word, "the" | "The") || person && TITLES.contains(word)
}

fn is_suffix(word: &str, kind: EntityType) -> bool {
    let word = word.trim_end_matches('.');
    match kind {
        EntityType::Person => matches!(word, "Jr" | "Sr" | "II" | "III" | "IV"),
        EntityType::Organization => {
            let word = word.to_lowercase();
            matches!(word.as_str(), "inc" | "corp" | "corporation" | "ltd" | "co" | "llc" | "plc" | "ag" | "sa")
        }
        _ => false,
    }
}

/// The gender that the titles right before a name, or at its beginning, tell.
fn title_gender(reading: &Reading<'_>, name: Name) -> Option<Gender> {
    let at = reading.prose.token_at(name.span.start);
    let tokens = reading.prose.tokens.get(at.saturating_sub(2)..(at + 2).min(reading.prose.tokens.len()))?;
    let near = tokens.iter().filter(|token| token.span().start < name.span.end);
    near.filter_map(|token| TITLES.get(reading.text(token.span()))).find_map(Gender::told)
}

/// Short forms an organisation's name may take: what it begins with, and what holds the word that says what it is.
pub(super) fn short_forms(form: &Form) -> Vec<String> {
    const LONGEST: usize = 8;
    let words = &form.words;
    let mut out = Vec::new();
    if words.len() > LONGEST {
        return out;
    }
    for start in 0..words.len() {
        for end in start + 1..=words.len() {
            let Some(part) = words.get(start..end).filter(|part| part.len() < words.len()) else { continue };
            let head = part.last().is_some_and(|word| is_head(word));
            // "Giants" for the New York Giants, who are New York as well; but the Halden Gazette is not Halden.
            let team = form.kind == EntityType::Organization && end == words.len() && start > 0 && start == form.place;
            let town = end <= form.place && words.last().and_then(|word| word.rsplit('-').next()).is_some_and(is_head);
            let opens = start == 0 && !town && part.first().is_some_and(|word| !WORDS.contains(word.as_str()) && !is_head(word));
            // "Inner Lund" for the Inner Lund Autonomous Region.
            let region = start == 0 && form.kind == EntityType::Place && words.get(end).is_some_and(|word| word == "autonomous");
            let opens = opens || region;
            let small =
                |word: Option<&String>| word.is_some_and(|word| matches!(word.as_str(), "of" | "the" | "for" | "and" | "&"));
            // "Scientology" for the Church of Scientology.
            let object = end == words.len() && start > 0 && words.get(start - 1).is_some_and(|word| word == "of");
            if (head || opens || object || team) && !small(part.first()) && !small(part.last()) {
                out.push(part.join(" "));
            }
        }
    }
    out
}

/// Whether the word, in lower case, says what kind of organisation it is.
fn is_head(word: &str) -> bool {
    let mut letters = word.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    ORGANISATION_WORDS.contains(capital.as_str())
}
