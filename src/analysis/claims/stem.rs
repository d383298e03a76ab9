//! Forms of one word made the same: `struck` and `striking`, `letters` and `letter`.

use crate::text::{Tag, entries};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Fewest letters of a stem.
const LEAST: usize = 3;

/// Base forms by the irregular ones.
static IRREGULAR: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let rows = entries(include_str!("../../../assets/lexicons/irregular_verbs.txt"));
    rows.flat_map(|row| {
        let base = row.split(' ').next().unwrap_or_default();
        row.split(' ').skip(1).map(move |form| (form, base))
    })
    .collect()
});

/// What the forms of a word, given in lower case, have in common: no word itself, only good for comparing.
pub(super) fn stem(lower: &str, tag: Tag) -> String {
    let verb = matches!(tag.upos, "VERB" | "AUX");
    let base = if verb { IRREGULAR.get(lower).copied().unwrap_or(lower) } else { lower };
    let ends: &[&str] = if verb { &["ing", "ed", "es", "s"] } else { &["es", "s"] };
    let spoken = |rest: &&str| rest.len() >= LEAST && rest.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let cut = |end: &&str| base.strip_suffix(*end).filter(spoken).filter(|rest| *end != "s" || !rest.ends_with(['s', 'u', 'i']));
    let mut stem = ends.iter().find_map(cut).unwrap_or(base).trim_end_matches('e').to_owned();
    let mut last = stem.chars().rev();
    let doubled = last.next().is_some_and(|letter| last.next() == Some(letter));
    if doubled && stem.len() > LEAST {
        stem.pop();
    }
    if stem.ends_with('i') {
        stem.pop();
        stem.push('y');
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(upos: &'static str, words: &[&str]) {
        let stems: Vec<String> = words.iter().map(|word| stem(word, Tag::of(upos))).collect();
        assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{words:?} {stems:?}");
    }

    #[test]
    fn forms_of_one_word_are_the_same() {
        same("VERB", &["strike", "strikes", "struck", "striking"]);
        same("VERB", &["promise", "promises", "promised", "promising"]);
        same("VERB", &["deny", "denies", "denied", "denying"]);
        same("VERB", &["stop", "stops", "stopped", "stopping"]);
        same("VERB", &["agree", "agrees", "agreed", "agreeing"]);
        same("VERB", &["meet", "meets", "met", "meeting"]);
        same("VERB", &["miss", "misses", "missed", "missing"]);
        same("NOUN", &["agency", "agencies"]);
        same("NOUN", &["bus", "buses"]);
        same("NOUN", &["letter", "letters"]);
        assert_ne!(stem("meeting", Tag::of("NOUN")), stem("meet", Tag::of("VERB")));
    }
}
