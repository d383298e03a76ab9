//! Phrases of the furniture around an article (`assets/lexicons/boilerplate.txt`) and the reasons they give.

use crate::article::Reason;
use crate::text::entries;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::Error as ValueError;
use std::sync::LazyLock;

const BOILERPLATE: &str = include_str!("../../../assets/lexicons/boilerplate.txt");

/// A phrase inside a line longer than this many words says nothing about the line.
const SHORT: usize = 45;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::parse(BOILERPLATE));

/// Where a phrase must stand in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Anywhere,
}

#[derive(Default)]
struct Phrases {
    whole: FxHashMap<&'static str, Reason>,
    /// By the first word of the phrase.
    others: FxHashMap<&'static str, Vec<(&'static str, Place, Reason)>>,
}

impl Phrases {
    fn parse(text: &'static str) -> Self {
        let mut phrases = Self::default();
        let mut reason = Reason::Other;
        for line in entries(text) {
            if let Some(name) = line.strip_prefix('[') {
                reason = reason_of(name.trim_end_matches(']'));
            } else if let Some(phrase) = line.strip_prefix('=') {
                phrases.whole.insert(phrase, reason);
            } else {
                let place = if line.starts_with('^') { Place::Start } else { Place::Anywhere };
                let phrase = line.trim_start_matches('^').trim_end();
                phrases.others.entry(first_word(phrase)).or_default().push((phrase, place, reason));
            }
        }
        phrases
    }
}

fn reason_of(name: &str) -> Reason {
    Reason::deserialize(IntoDeserializer::<ValueError>::into_deserializer(name)).unwrap_or(Reason::Other)
}

/// The first word of a phrase, or its first mark.
fn first_word(phrase: &str) -> &str {
    let end = phrase.find(|c: char| !c.is_alphanumeric() && c != '\'').unwrap_or(phrase.len());
    let end = if end == 0 { phrase.chars().next().map_or(0, char::len_utf8) } else { end };
    phrase.get(..end).unwrap_or_default()
}

/// What the phrases in a line say of it; `line` is lower case, with straight quotes and single spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::article) struct Hit {
    /// What the line is, if the phrase decides.
    pub reason: Reason,
    /// The phrase is the whole line or begins it.
    pub strong: bool,
    /// The phrase is the whole line.
    pub whole: bool,
}

/// The furniture phrases of `line`, the strongest first; at most one a reason and strength.
pub(super) fn hits(line: &str) -> Vec<Hit> {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | ')'));
    let whole = [line, bare].into_iter().find_map(|text| PHRASES.whole.get(text)).or(counter(line).then_some(&Reason::Caption));
    let mut hits: Vec<Hit> = whole.map(|&reason| Hit { reason, strong: true, whole: true }).into_iter().collect();
    if hits.is_empty() {
        hits.extend(counted(bare).map(|&reason| Hit { reason, strong: true, whole: false }));
    }
    if line.split(' ').nth(SHORT).is_some() {
        return hits;
    }
    let mut at_word = true;
    for (at, c) in line.char_indices() {
        let starts = at_word || !c.is_alphanumeric();
        at_word = !c.is_alphanumeric() && c != '\'';
        let Some(rest) = line.get(at..).filter(|_| starts) else { continue };
        for (phrase, place, reason) in PHRASES.others.get(first_word(rest)).into_iter().flatten() {
            let tail = rest.strip_prefix(phrase);
            let ends =
                tail.is_some_and(|tail| !tail.starts_with(char::is_alphanumeric) || !phrase.ends_with(char::is_alphanumeric));
            if ends && (*place == Place::Anywhere || at == 0) {
                let hit = Hit { reason: *reason, strong: *place == Place::Start, whole: false };
                if !hits.iter().any(|known| (known.reason, known.strong) == (hit.reason, hit.strong)) {
                    hits.push(hit);
                }
            }
        }
    }
    hits.sort_by_key(|hit| !hit.strong);
    hits
}

/// "167 comments", "Shares: 1,204": a phrase that is a whole line except for a number.
fn counted(line: &str) -> Option<&'static Reason> {
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) && !word.contains(char::is_alphabetic);
    let words = line.split(' ').take(6).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let left: Vec<&str> = words.iter().copied().filter(|word| !is_number(word)).collect();
    let counts = left.len() + 1 == words.len() && (1..=3).contains(&left.len());
    if counts { PHRASES.whole.get(left.join(" ").as_str()) } else { None }
}

/// "1 of 6", "Image 2 of 5", "3 / 4": where a gallery stands.
fn counter(line: &str) -> bool {
    let mut words = line.split([' ', '/']).filter(|word| !word.is_empty()).peekable();
    words.next_if(|word| matches!(*word, "image" | "photo" | "slide" | "picture"));
    let number = |word: Option<&str>| word.is_some_and(|word| word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()));
    number(words.next())
        && (words.next_if_eq(&"of").is_some() || line.contains('/'))
        && number(words.next())
        && words.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, want: &[(Reason, bool)]) {
        let have: Vec<(Reason, bool)> = hits(line).iter().map(|hit| (hit.reason, hit.strong)).collect();
        assert_eq!(have, want, "{line}");
    }

    #[test]
    fn phrases_stand_where_they_must() {
        check("share", &[(Reason::Social, true)]);
        check("the share of votes", &[]);
        check("next story »", &[(Reason::Navigation, true)]);
        check("stories to your inbox", &[(Reason::Subscription, false)]);
        check("© 2020 some paper", &[(Reason::Disclaimer, true)]);
        check("₹300/month", &[(Reason::Subscription, false)]);
        check("officials of the partisan press", &[]);
        check("[ 167 comments ]", &[(Reason::Comments, true)]);
        check("shares: 1,204", &[(Reason::Social, true)]);
        check("12 boats", &[]);
        check("2 comments 3 shares", &[]);
    }
}
