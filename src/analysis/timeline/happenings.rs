//! Which words name something that happens: event nouns, and verbs by what they do to the date beside them.

use super::tense::Tagged;
use crate::text::entries;
use std::collections::HashSet;
use std::sync::LazyLock;

const EVENT_NOUNS: &str = include_str!("../../../assets/timeline/event-nouns.txt");
const STATE_NOUNS: &str = include_str!("../../../assets/timeline/state-nouns.txt");
const VERBS: &str = include_str!("../../../assets/timeline/verbs.txt");

static LIGHT: LazyLock<HashSet<&str>> = LazyLock::new(|| section("light"));
static ASPECT: LazyLock<HashSet<&str>> = LazyLock::new(|| section("aspect"));
static FRAME: LazyLock<HashSet<&str>> = LazyLock::new(|| section("frame"));
static QUANTITIES: LazyLock<HashSet<&str>> = LazyLock::new(|| section("aside"));
static VOICE: LazyLock<HashSet<&str>> = LazyLock::new(|| section("voice"));
static STATE: LazyLock<HashSet<&str>> = LazyLock::new(|| section("state"));
static SHIFT: LazyLock<HashSet<&str>> = LazyLock::new(|| section("shift"));
static SILENCE: LazyLock<HashSet<&str>> = LazyLock::new(|| section("silence"));
static EVENTS: LazyLock<HashSet<&str>> = LazyLock::new(|| entries(EVENT_NOUNS).collect());
static STATES: LazyLock<HashSet<&str>> = LazyLock::new(|| entries(STATE_NOUNS).collect());

/// The words of one section of the verbs; its first line tells what it is.
fn section(name: &str) -> HashSet<&'static str> {
    let part = VERBS.split("\n[").find_map(|part| part.strip_prefix(name)).unwrap_or_default();
    part.lines().skip(1).flat_map(str::split_whitespace).collect()
}

/// Whether a trigger, in small letters, tells no event of its own: plain speech, a state of mind (`said`, `believes`), or, denied,
/// that nobody answered (`could not be reached`).
pub(super) fn is_voice(word: &str, denied: bool) -> bool {
    VOICE.contains(word) || (denied && SILENCE.contains(word))
}

/// How many tokens before a verb its auxiliaries may stand.
const GROUP: usize = 6;

/// How many tokens before a participle its noun's verb may stand.
const REACH: usize = 40;

/// Participles that have become prepositions, and others that are taken for verbs or adjectives.
const LINKS: [&str; 9] =
    ["based", "amid", "despite", "including", "regarding", "involving", "concerning", "according", "excluding"];

impl Tagged<'_> {
    /// Whether the token at `at` only links what stands around it: one of [`LINKS`].
    pub(super) fn is_link(&self, at: usize) -> bool {
        LINKS.contains(&self.word(at).as_str())
    }

    /// Whether the token at `at` is the second part of a name ("Walter Reed") or a link.
    pub(super) fn is_name_or_link(&self, at: usize) -> bool {
        let name = |at: usize| self.is_capital(at) && self.tag(at).upos == "PROPN";
        self.is_link(at) || (self.is_capital(at) && at.checked_sub(1).is_some_and(name))
    }

    /// Whether the token at `at` is a noun that names something that happens.
    pub(super) fn is_event_noun(&self, at: usize) -> bool {
        let tag = self.tag(at);
        if !(tag.is_noun() || tag.ptb == "VBG" || (tag.ptb == "VBZ" && self.is_misread(at))) {
            return false;
        }
        let word = self.word(at);
        let forms = [Some(word.as_str()), word.strip_suffix('s'), word.strip_suffix("es")];
        let known = |set: &HashSet<&str>| forms.into_iter().flatten().any(|form| set.contains(form));
        if known(&EVENTS) {
            return true;
        }
        let stem = word.strip_suffix('s').unwrap_or(&word);
        tag.is_noun()
            && word.len() > 6
            && (stem.ends_with("tion") || stem.ends_with("sion") || stem.ends_with("ment"))
            && !known(&STATES)
    }

    /// Whether the token at `at` names a quantity that a date goes with, and the verb that tells of it is the event.
    pub(super) fn is_quantity(&self, at: usize) -> bool {
        QUANTITIES.contains(self.word(at).as_str())
    }

    /// Whether the token at `at` is tagged as a verb and is a word.
    pub(super) fn is_verb(&self, at: usize) -> bool {
        self.tag(at).is_verb() && self.is_word(at)
    }

    /// Whether the token at `at` is a verb of its own: not part of a hyphenated word or name, nor a participle before or after its
    /// noun (`restated losses`, `emails hacked from the server`).
    pub(super) fn is_head_verb(&self, at: usize) -> bool {
        if !self.is_verb(at)
            || self.is_quantity(at)
            || self.word(at).contains('-')
            || (at > 0 && self.is_capital(at) && self.is_capital(at + 1))
        {
            return false;
        }
        let before = at.checked_sub(1).map_or("", |i| if self.tag(i).ptb == "PRP$" { "DET" } else { self.tag(i).upos });
        let after = self.tag(at + 1).upos;
        match self.tag(at).ptb {
            "VBZ" => !self.is_misread(at),
            "VB" | "VBP" if matches!(before, "DET" | "ADP" | "ADJ") => false,
            "VBN" | "VBG" if matches!(before, "DET" | "ADJ" | "NUM" | "ADP") => {
                !matches!(after, "NOUN" | "ADJ" | "PROPN" | "NUM")
            }
            // "taken by gunmen wearing old uniforms": what tells of the noun is not the clause's verb.
            "VBG" if matches!(before, "NOUN" | "PROPN") => {
                after != "NOUN" && !(matches!(after, "DET" | "ADJ" | "PRON") && self.ends_adjunct(at))
            }
            "VBN" | "VBD" => !self.is_reduced(at),
            _ => true,
        }
    }

    /// Whether the noun before the token at `at` follows a preposition, and that a verb with person and tense.
    fn ends_adjunct(&self, at: usize) -> bool {
        let phrase = |i: &usize| matches!(self.tag(*i).upos, "NOUN" | "ADJ" | "DET" | "NUM" | "PROPN");
        let first = at.saturating_sub(REACH);
        let led = (first..at).rev().find(|i| !phrase(i)).filter(|&i| self.tag(i).upos == "ADP");
        let cut = |i: &usize| matches!(self.word(*i).as_str(), "," | ";" | ":" | "that");
        led.is_some_and(|led| (first..led).rev().take_while(|i| !cut(i)).any(|i| self.is_finite(i)))
    }

    /// Whether the word at `at`, tagged as a verb in the third person, must be a plural noun: a verb stands directly before it, or
    /// a finite one directly after it (`Upjohn shares rose`).
    fn is_misread(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |i| self.tag(i).upos);
        matches!(before, "VERB" | "ADJ" | "DET") || matches!(self.tag(at + 1).ptb, "VBD" | "VBZ" | "MD" | "POS")
    }

    /// Whether the token at `at` is a verb or auxiliary with person and tense.
    pub(super) fn is_finite(&self, at: usize) -> bool {
        self.is_verbal(at) && !matches!(self.tag(at).ptb, "VBG" | "VBN" | "VB")
    }

    /// Whether the token at `at` is a word, not a number or mark.
    pub(super) fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.span().of(self.text).starts_with(char::is_alphabetic))
    }

    /// Whether the token at `at` begins with a capital.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.span().of(self.text).starts_with(char::is_uppercase))
    }

    /// Whether the participle at `at` modifies the object of the verb before it: `published emails hacked from a server`.
    fn is_reduced(&self, at: usize) -> bool {
        let follows = ["by", "from", "in", "at", "to", "with", "for", "on"];
        if !self.word(at).ends_with("ed") || !follows.contains(&self.word(at + 1).as_str()) {
            return false;
        }
        let mut i = at;
        while let Some(before) = i.checked_sub(1).filter(|_| at - i < REACH) {
            match self.tag(before).upos {
                "NOUN" | "ADJ" | "DET" | "NUM" | "PROPN" => i = before,
                "VERB" if self.tag(before).ptb == "VBZ" && before > 0 && self.tag(before - 1).is_verb() => i = before,
                // "they join nine others selected by it in May": what they do now has no date in the past.
                "VERB" if matches!(self.tag(before).ptb, "VBZ" | "VBP") => return false,
                "VERB" => return i < at && !self.is_frame(before),
                _ => return false,
            }
        }
        false
    }

    /// Whether the token at `at` is a form of `be`.
    pub(super) fn is_copula(&self, at: usize) -> bool {
        matches!(self.word(at).as_str(), "is" | "are" | "was" | "were" | "be" | "been" | "being" | "'s" | "’s" | "'re" | "’re")
    }

    /// Whether the verb at `at` says little itself: its object is the event.
    pub(super) fn is_light(&self, at: usize) -> bool {
        LIGHT.contains(self.word(at).as_str())
    }

    /// Whether the verb at `at` begins or ends what the next one names.
    pub(super) fn is_aspect(&self, at: usize) -> bool {
        ASPECT.contains(self.word(at).as_str())
    }

    /// Whether the verb at `at` tells of something with a date of its own.
    pub(super) fn is_frame(&self, at: usize) -> bool {
        FRAME.contains(self.word(at).as_str())
    }

    /// Whether the verb at `at` tells how things are, not what happens.
    pub(super) fn is_state_verb(&self, at: usize) -> bool {
        STATE.contains(self.word(at).as_str())
    }

    /// Whether the verb at `at` gives something another date.
    pub(super) fn is_shift(&self, at: usize) -> bool {
        SHIFT.contains(self.word(at).as_str())
    }

    /// Whether the token at `at` is a form in -ing that neither has a subject of its own nor names an event.
    pub(super) fn is_gerund(&self, at: usize) -> bool {
        let group = |i: &usize| matches!(self.tag(*i).upos, "AUX" | "ADV" | "PART");
        let auxiliary = |i: usize| self.tag(i).upos == "AUX";
        let led = (at.saturating_sub(GROUP)..at).rev().take_while(group).any(auxiliary);
        self.tag(at).ptb == "VBG" && !self.is_event_noun(at) && !led
    }

    /// Whether the token at `at` can lead to an expression: a preposition, or an adverb such as `just`.
    pub(super) fn leads_to_time(&self, at: usize) -> bool {
        self.tag(at).upos == "ADP"
            || matches!(
                self.word(at).as_str(),
                "since"
                    | "until"
                    | "after"
                    | "before"
                    | "prior"
                    | "to"
                    | "early"
                    | "late"
                    | "just"
                    | "also"
                    | "only"
                    | "later"
                    | "earlier"
            )
    }

    /// Whether a clause can begin after the token at `at`.
    pub(super) fn opens_clause(&self, at: usize) -> bool {
        let marks = [",", ";", ":", "-", "–", "—", "_", "(", "\"", "“", "”", "`", "'"];
        let words = ["and", "but", "that", "or", "while", "when", "because"];
        let word = self.word(at);
        marks.contains(&word.as_str()) || words.contains(&word.as_str())
    }
}
/// The nearest verb before the token `at` that heads its clause, and is not a participle that modifies a noun.
pub(super) fn verb_before(sentence: &Tagged<'_>, at: usize, reach: usize) -> Option<usize> {
    // "the move announced on Monday": a participle beside its date is dated by it.
    let beside = |i: usize| {
        i + 1 == at || (i + 2 == at && matches!(sentence.word(i + 1).as_str(), "on" | "in") && !sentence.is_name_or_link(i))
    };
    let heads = |&i: &usize| sentence.is_head_verb(i) || (beside(i) && sentence.is_verb(i) && sentence.tag(i).ptb != "VBG");
    let first = (at.saturating_sub(reach)..at).rev().find(heads)?;
    let Some(before) = first.checked_sub(1) else { return Some(first) };
    // "practised forming a chain", "began to fall", "sought clearance to buy shares".
    if sentence.tag(first).ptb == "VBG" && sentence.tag(before).is_verb() {
        return Some(before);
    }
    let governor = before.checked_sub(1).filter(|&g| sentence.word(before) == "to" && sentence.is_aspect(g));
    Some(governor.unwrap_or(first))
}
