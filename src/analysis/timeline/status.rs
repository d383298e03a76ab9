//! Whether an event is said to have taken place: from tense, modality, negation and who tells it.

use super::tense::{Tagged, Tense, of_verb};
use super::{EventStatus, Interval};
use jiff::civil::DateTime;

/// How many tokens before a trigger its negation and its modal verb may stand.
const REACH: usize = 6;

/// Who tells an event, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// The paper itself.
    ByThePaper,
    /// A source says it is so.
    AsSo,
    /// A source says it is not so.
    AsNotSo,
    /// A source leaves it open.
    AsOpen,
}

/// The status of the event at token `at`.
pub(super) fn status(sentence: &Tagged<'_>, at: usize, told: Told, now: Option<DateTime>, time: Interval) -> EventStatus {
    if denied(sentence, at) || told == Told::AsNotSo {
        return EventStatus::Denied;
    }
    let verb = if sentence.is_verbal(at) { Some(at) } else { None };
    if hypothetical(sentence, at) || told == Told::AsOpen {
        return EventStatus::Hypothetical;
    }
    let ahead = matches!((now, time.start), (Some(now), Some(start)) if start > now);
    let tense = verb.map(|v| of_verb(sentence, v));
    // A date that was placed ahead where the words look back was placed wrongly.
    if (ahead && tense != Some(Tense::Past)) || tense == Some(Tense::Future) {
        return EventStatus::Planned;
    }
    if verb.is_some_and(|v| goes_on(sentence, v)) {
        return EventStatus::Ongoing;
    }
    if told == Told::ByThePaper { EventStatus::Happened } else { EventStatus::Reported }
}

/// The tokens before `at` that belong to its verb group: auxiliaries, adverbs, particles.
fn group<'a>(sentence: &'a Tagged<'_>, at: usize) -> impl Iterator<Item = String> + 'a {
    (at.saturating_sub(REACH)..at)
        .rev()
        .take_while(|&i| matches!(sentence.tag(i).upos, "AUX" | "ADV" | "PART"))
        .map(|i| sentence.word(i))
}

fn denied(sentence: &Tagged<'_>, at: usize) -> bool {
    let negates = |word: &str| matches!(word, "not" | "never" | "no" | "n't") || word.ends_with("n't") || word.ends_with("n’t");
    if group(sentence, at).any(|word| negates(&word)) {
        return true;
    }
    // "denied receiving help", "no meeting took place".
    (1..=2).filter_map(|back| at.checked_sub(back)).any(|i| {
        let word = sentence.word(i);
        matches!(word.as_str(), "denied" | "denies" | "deny" | "denying") || (sentence.tag(at).is_noun() && word == "no")
    })
}

fn hypothetical(sentence: &Tagged<'_>, at: usize) -> bool {
    let conditional = |word: &str| matches!(word, "would" | "could" | "might" | "may" | "should");
    group(sentence, at).any(|word| conditional(&word))
        || (at.saturating_sub(REACH)..at).any(|i| matches!(sentence.word(i).as_str(), "if" | "unless" | "whether"))
}

/// `is meeting`, `has been rising`.
fn goes_on(sentence: &Tagged<'_>, at: usize) -> bool {
    sentence.tag(at).ptb == "VBG"
        && group(sentence, at).any(|word| matches!(word.as_str(), "is" | "are" | "been" | "'s" | "’s" | "'re" | "’re"))
}
