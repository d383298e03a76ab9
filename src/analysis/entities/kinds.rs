//! What a capitalised run names: evidence from its words, its neighbours and its other places in the document, added up.

use super::EntityType;
use super::lexicon::{
    ALIASES, CITIES, DEMONYMS, FIRST_NAMES, LAST_NAMES, ORGANISATION_WORDS, ORGANISATIONS, OTHER_NAMES, PLACE_OPENERS,
    PLACE_WORDS, REGIONS, ROLES, TITLES, WORDS, is_land,
};
use super::rules::span_of;
use crate::analysis::Reading;
use std::collections::HashMap;
use std::ops::Range;

/// Evidence for each type, in the order Person, Organization, Place, Other, and for not being a name at all.
pub(super) type Scores = [f32; 5];

const PERSON: usize = 0;
const ORGANIZATION: usize = 1;
const PLACE: usize = 2;
const OTHER: usize = 3;
const NONE: usize = 4;

/// The type with the most evidence; `None` if it is probably not a name.
pub(super) fn best(scores: &Scores) -> Option<EntityType> {
    let top = (0..scores.len()).fold(0, |top, at| if scores.get(at) > scores.get(top) { at } else { top });
    [Some(EntityType::Person), Some(EntityType::Organization), Some(EntityType::Place), Some(EntityType::Other), None]
        .get(top)
        .copied()
        .flatten()
}

/// The evidence for each of the `runs`: its own and that of equal names elsewhere; last names follow their full names.
pub(super) fn weigh(reading: &Reading<'_>, runs: &[Range<usize>]) -> Vec<Scores> {
    let mut sums: HashMap<&str, Scores> = HashMap::new();
    let mut persons: HashMap<&str, f32> = HashMap::new();
    let looks: Vec<Look<'_>> = runs.iter().map(|run| Look::at(reading, run.clone())).collect();
    for look in &looks {
        let mut scores = look.words();
        add(&mut scores, &look.neighbours());
        add(sums.entry(look.text).or_default(), &scores);
    }
    for look in &looks {
        let surely = sums.get(look.text).is_some_and(|scores| best(scores) == Some(EntityType::Person));
        if look.words.len() > 1 && surely {
            let singular = look.words.last().map(|last| last.strip_suffix('s').unwrap_or(last));
            for part in [look.words.first().copied(), look.words.last().copied(), singular].into_iter().flatten() {
                *persons.entry(part).or_default() = 3.0;
            }
        }
    }
    looks
        .iter()
        .map(|look| {
            let mut scores = sums.get(look.text).copied().unwrap_or_default();
            if let [word] = look.words.as_slice()
                && let Some(bonus) = persons.get(word)
            {
                scores[PERSON] += bonus;
            }
            scores
        })
        .collect()
}

fn add(sum: &mut Scores, more: &Scores) {
    for (a, b) in sum.iter_mut().zip(more) {
        *a += b;
    }
}

/// A run and the words around it.
struct Look<'a> {
    text: &'a str,
    words: Vec<&'a str>,
    before: Vec<&'a str>,
    after: Vec<&'a str>,
}

impl<'a> Look<'a> {
    fn at(reading: &'a Reading<'a>, run: Range<usize>) -> Self {
        let of = |range: Range<usize>| -> Vec<&'a str> {
            let tokens = reading.prose.tokens.get(range).unwrap_or_default();
            tokens.iter().map(|token| reading.text(token.span())).collect()
        };
        let last = reading.prose.tokens.len();
        let mut before = of(run.start.saturating_sub(3)..run.start);
        before.reverse();
        Self {
            text: reading.text(span_of(reading, &run)),
            words: of(run.clone()),
            before,
            after: of(run.end..(run.end + 3).min(last)),
        }
    }

    fn before(&self, at: usize) -> &'a str {
        self.before.get(at).copied().unwrap_or_default()
    }

    fn after(&self, at: usize) -> &'a str {
        self.after.get(at).copied().unwrap_or_default()
    }

    fn first(&self) -> &'a str {
        self.words.first().copied().unwrap_or_default()
    }

    fn last(&self) -> &'a str {
        self.words.last().copied().unwrap_or_default()
    }

    /// What the words of the run themselves tell.
    fn words(&self) -> Scores {
        let mut scores = Scores::default();
        self.gazetteers(&mut scores);
        if self.words.len() > 1 {
            self.several(&mut scores);
        } else {
            self.single(&mut scores);
        }
        scores
    }

    fn gazetteers(&self, scores: &mut Scores) {
        let name = ALIASES.get(self.text).copied().unwrap_or(self.text);
        if is_land(name) {
            scores[PLACE] += 4.0;
        }
        if ORGANISATIONS.contains(self.text) || ORGANISATIONS.contains(name) {
            scores[ORGANIZATION] += 4.0;
        }
        if REGIONS.contains(self.text) {
            scores[PLACE] += 3.0;
        }
        if CITIES.contains(self.text) {
            scores[PLACE] += if self.words.len() > 1 { 2.5 } else { 1.5 };
        }
        if self.text.chars().any(|c| c.is_ascii_digit()) {
            scores[OTHER] += 3.0;
        }
        if DEMONYMS.contains(self.text) {
            scores[OTHER] += 4.0;
        }
    }

    fn several(&self, scores: &mut Scores) {
        let (first, last) = (self.first(), self.last());
        let head_of = self.words.iter().any(|w| matches!(*w, "of" | "for"));
        if ORGANISATION_WORDS.contains(last) || (head_of && ORGANISATION_WORDS.contains(first)) {
            scores[ORGANIZATION] += 3.0;
        }
        if head_of && self.words.iter().take_while(|w| !matches!(**w, "of" | "for")).any(|w| ORGANISATION_WORDS.contains(w)) {
            scores[ORGANIZATION] += 2.0;
        }
        if matches!(first, "FC" | "AC" | "AS" | "SC" | "CF") {
            scores[ORGANIZATION] += 2.5;
        }
        if self.words.contains(&"&") {
            scores[ORGANIZATION] += 2.0;
        }
        if PLACE_WORDS.contains(last) {
            scores[PLACE] += 2.5;
        }
        if PLACE_OPENERS.contains(first) {
            scores[PLACE] += 1.2;
        }
        if OTHER_NAMES.contains(last) || OTHER_NAMES.contains(first) {
            scores[OTHER] += 3.0;
        }
        let initial = self.words.iter().any(|w| w.ends_with('.') && w.chars().count() == 2);
        let common = WORDS.contains(first.to_lowercase().as_str()) || WORDS.contains(last.to_lowercase().as_str());
        if FIRST_NAMES.contains(first) && self.words.len() <= 4 {
            scores[PERSON] += if common { 1.0 } else { 2.2 };
        }
        if LAST_NAMES.contains(last) && self.words.len() <= 4 && !common {
            scores[PERSON] += 1.0;
        }
        if initial {
            scores[PERSON] += 1.5;
        }
        if self.words.len() == 2 && !common {
            scores[PERSON] += 0.6;
        }
        if DEMONYMS.contains(first) {
            scores[ORGANIZATION] += 1.0;
            scores[OTHER] += 0.5;
        }
        scores[ORGANIZATION] += 0.5;
        scores[OTHER] += 0.4;
    }

    fn single(&self, scores: &mut Scores) {
        let word = self.text;
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let upper = letters >= 2 && !word.chars().any(char::is_lowercase);
        if upper && !is_land(word) {
            scores[if letters <= 6 { ORGANIZATION } else { NONE }] += 1.5;
        } else if FIRST_NAMES.contains(word) {
            scores[PERSON] += 0.6;
        }
        if LAST_NAMES.contains(word) {
            scores[PERSON] += 0.5;
        }
        if word.chars().skip(1).any(char::is_uppercase)
            && word.chars().any(char::is_lowercase)
            && !word.contains(['-', '\'', '.'])
        {
            scores[ORGANIZATION] += 0.8;
        }
        if ORGANISATION_WORDS.contains(word) {
            scores[ORGANIZATION] += 0.8;
            scores[NONE] += 0.8;
        }
        if PLACE_WORDS.contains(word) || OTHER_NAMES.contains(word) {
            scores[OTHER] += 1.0;
            scores[NONE] += 1.0;
        }
        if WORDS.contains(word.to_lowercase().as_str()) {
            scores[NONE] += 1.5;
        }
        scores[OTHER] += 0.3;
    }

    /// What the words around it tell.
    fn neighbours(&self) -> Scores {
        let mut scores = Scores::default();
        let before = self.before(0);
        let after = self.after(0);
        if TITLES.contains(before) {
            scores[PERSON] += 3.0;
        } else if ROLES.contains(before.to_lowercase().as_str()) {
            scores[PERSON] += 2.0;
        }
        if matches!(before, "in" | "In" | "near" | "Near" | "across" | "throughout" | "outside" | "into" | "toward") {
            scores[PLACE] += 1.0;
        }
        if matches!(before, "at" | "from" | "to" | "From" | "At") {
            scores[PLACE] += 0.3;
            scores[ORGANIZATION] += 0.2;
        }
        if SPEAKING.contains(&after) {
            scores[PERSON] += 0.7;
            scores[ORGANIZATION] += 0.2;
        }
        if matches!(after, "who" | "himself" | "herself") || (after == "," && self.after(1) == "who") {
            scores[PERSON] += 1.5;
        }
        if after == "," && self.after(1).parse::<u8>().is_ok() && self.after(2) == "," {
            scores[PERSON] += 2.0;
        }
        if matches!(before, "the" | "The") {
            scores[PERSON] -= 1.0;
            scores[ORGANIZATION] += 0.4;
            scores[OTHER] += 0.2;
        }
        if matches!(after, "'s" | "’s") {
            scores[PERSON] += 0.1;
        }
        if before == "," && CITIES.contains(self.text) {
            scores[PLACE] += 0.5;
        }
        scores
    }
}

/// Verbs of saying and thinking that people and spokespeople do.
const SPEAKING: [&str; 22] = [
    "said",
    "says",
    "told",
    "added",
    "asked",
    "wrote",
    "tweeted",
    "argued",
    "claimed",
    "denied",
    "insisted",
    "explained",
    "believes",
    "thinks",
    "wants",
    "hopes",
    "did",
    "was",
    "has",
    "had",
    "replied",
    "spoke",
];
