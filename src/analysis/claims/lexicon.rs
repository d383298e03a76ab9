//! The word lists of `assets/lexicons/`, as the steps ask them.

use super::{CueClass, SourceKind, Stance};
use crate::text::{Sorted, entries};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The forms of the verb that makes a passive.
pub(super) const BE: [&str; 7] = ["is", "are", "was", "were", "be", "been", "being"];

/// What may follow a verb when it introduces a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub(super) enum Frame {
    /// An opening quote or a colon.
    Quote = 1,
    /// A clause with `that`.
    That = 2,
    /// A noun phrase, or a clause without `that`.
    Object = 4,
    /// Nothing: the content stands before the verb.
    Tail = 8,
    /// An infinitive.
    To = 16,
    /// A question word.
    Question = 32,
    /// A preposition.
    Preposition = 64,
    /// A gerund.
    Gerund = 128,
    /// Whom it is said to, then the content.
    Addressee = 256,
    /// `to` and what it is about: "agreed to a cut".
    ToNoun = 512,
    /// `to` and whom it is said to: "said to reporters".
    Listener = 1024,
}

impl Frame {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "quote" => Self::Quote,
            "that" => Self::That,
            "object" => Self::Object,
            "tail" => Self::Tail,
            "to" => Self::To,
            "wh" => Self::Question,
            "preposition" => Self::Preposition,
            "gerund" => Self::Gerund,
            "addressee" => Self::Addressee,
            "to-noun" => Self::ToNoun,
            "to-listener" => Self::Listener,
            _ => return None,
        })
    }
}

/// A word that introduces a content.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cue {
    /// Its dictionary form.
    pub lemma: &'static str,
    /// Speech, or belief and wish.
    pub class: CueClass,
    /// How far it puts the source behind the content.
    pub stance: Stance,
    frames: u16,
}

impl Cue {
    /// Whether `frame` may follow the word.
    pub fn takes(&self, frame: Frame) -> bool {
        self.frames & frame as u16 != 0
    }
}

/// A closed word class; a word can be in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub(super) enum Role {
    /// `has`, `would`.
    Auxiliary = 1,
    /// `not`.
    Negation = 2,
    /// `also`.
    Adverb = 4,
    /// `in`.
    Preposition = 8,
    /// `and`.
    Conjunction = 16,
    /// `because`.
    Subordinator = 32,
    /// `who`.
    Question = 64,
    /// `the`.
    Determiner = 128,
    /// `his`.
    Possessive = 256,
    /// `they`.
    Pronoun = 512,
    /// `Monday`.
    Time = 1024,
    /// Common finite verbs that introduce nothing.
    Verb = 2048,
}

impl Role {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "auxiliary" => Self::Auxiliary,
            "negation" => Self::Negation,
            "adverb" => Self::Adverb,
            "preposition" => Self::Preposition,
            "conjunction" => Self::Conjunction,
            "subordinator" => Self::Subordinator,
            "question" => Self::Question,
            "determiner" => Self::Determiner,
            "possessive" => Self::Possessive,
            "pronoun" => Self::Pronoun,
            "time" => Self::Time,
            "verb" => Self::Verb,
            _ => return None,
        })
    }
}

/// The classes of one word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Roles(u16);

impl Roles {
    /// Whether the word is in the class.
    pub fn has(self, role: Role) -> bool {
        self.0 & role as u16 != 0
    }

    /// Whether the word is in one of the classes.
    pub fn any(self, roles: &[Role]) -> bool {
        roles.iter().any(|&role| self.has(role))
    }
}

/// What the head noun of a source tells: a kind, or that it names a part somebody plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// A person by role; unnamed where the words around say so.
    Role,
    /// Several people by role.
    Several,
    /// Anything else.
    Kind(SourceKind),
}

type Table<T> = HashMap<&'static str, T>;

static VERBS: LazyLock<Table<Cue>> = LazyLock::new(|| {
    let mut table = Table::new();
    for line in entries(include_str!("../../../assets/lexicons/cue-verbs.txt")) {
        let mut columns = line.split_whitespace();
        let (Some(lemma), Some(class), Some(stance)) = (columns.next(), columns.next(), columns.next()) else { continue };
        let frames = columns.next().unwrap_or_default().split(',').filter_map(Frame::named).fold(0, |all, f| all | f as u16);
        let cue = Cue { lemma, class: class_named(class), stance: stance_named(stance), frames };
        for form in columns.next().unwrap_or_default().split(',') {
            table.insert(form, cue);
        }
    }
    table
});

static NOUNS: LazyLock<Table<Cue>> = LazyLock::new(|| {
    let rows = entries(include_str!("../../../assets/lexicons/cue-nouns.txt")).filter_map(|line| {
        let mut columns = line.split_whitespace();
        let lemma = columns.next()?;
        let (class, stance) = (class_named(columns.next()?), stance_named(columns.next()?));
        Some((lemma, Cue { lemma, class, stance, frames: Frame::That as u16 | Frame::Quote as u16 }))
    });
    rows.collect()
});

static SPEECH: Sorted = Sorted::new(include_str!("../../../assets/lexicons/speech_words.txt"));

static ROLES: LazyLock<Table<Roles>> = LazyLock::new(|| {
    let mut table = Table::<Roles>::new();
    for (class, words) in classes(include_str!("../../../assets/lexicons/function-words.txt")) {
        let Some(role) = Role::named(class) else { continue };
        for word in words {
            table.entry(word).or_default().0 |= role as u16;
        }
    }
    table
});

static HEADS: LazyLock<Table<Head>> = LazyLock::new(|| {
    let mut table = Table::new();
    for (kind, words) in classes(include_str!("../../../assets/lexicons/source-nouns.txt")) {
        let head = match kind {
            "role" => Head::Role,
            "group" => Head::Several,
            "unnamed" => Head::Kind(SourceKind::Unnamed),
            "document" => Head::Kind(SourceKind::Document),
            "outlet" => Head::Kind(SourceKind::Outlet),
            _ => Head::Kind(SourceKind::Organization),
        };
        for word in words {
            table.entry(word).or_insert(head);
        }
    }
    // What people are called in the rooms beside this one: "engineer", with a letter for the gender.
    for role in entries(include_str!("../../../assets/lexicons/roles.txt")) {
        table.entry(role.split('\t').next().unwrap_or_default()).or_insert(Head::Role);
    }
    table
});

/// Last words of the names of newspapers and broadcasters.
static OUTLET_WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| entries(include_str!("../../../assets/lexicons/outlet-words.txt")).collect());

static OUTLETS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| entries(include_str!("../../../assets/lexicons/outlets.txt")).collect());

fn classes(list: &'static str) -> impl Iterator<Item = (&'static str, std::str::SplitWhitespace<'static>)> {
    entries(list).filter_map(|line| {
        let mut words = line.split_whitespace();
        Some((words.next()?, words))
    })
}

fn class_named(name: &str) -> CueClass {
    if name == "attitude" { CueClass::Attitude } else { CueClass::Reporting }
}

fn stance_named(name: &str) -> Stance {
    match name {
        "confirms" => Stance::Confirms,
        "denies" => Stance::Denies,
        "claims" => Stance::Claims,
        "speculates" => Stance::Speculates,
        "asks" => Stance::Asks,
        "declines" => Stance::Declines,
        _ => Stance::Asserts,
    }
}

/// The verb that `word` (lower case) is a form of, if it introduces contents.
pub(super) fn verb(word: &str) -> Option<&'static Cue> {
    VERBS.get(word)
}

/// The noun `word` (lower case), if it introduces contents.
pub(super) fn noun(word: &str) -> Option<&'static Cue> {
    NOUNS.get(word)
}

/// Whether `word` (lower case) is a verb or noun of speech that is no cue by itself.
pub(super) fn is_speech(word: &str) -> bool {
    SPEECH.get(word).is_some()
}

/// The closed classes of `word` (lower case).
pub(super) fn roles(word: &str) -> Roles {
    ROLES.get(word).copied().unwrap_or_default()
}

/// What the noun `word` (lower case) tells about the source it heads.
pub(super) fn head(word: &str) -> Option<Head> {
    HEADS.get(word).copied()
}

/// Whether `name` (without "the") is that of a newspaper, agency or broadcaster.
pub(super) fn is_outlet(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default();
    OUTLETS.contains(name) || OUTLET_WORDS.contains(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_lists_is_read() {
        assert_eq!(SPEECH.misplaced(), None, "speech_words.txt: its lines must stand in byte order");
        assert!(is_speech("questioned") && !is_speech("turned"));
        let verbs = include_str!("../../../assets/lexicons/cue-verbs.txt");
        for line in entries(verbs) {
            let columns: Vec<&str> = line.split_whitespace().collect();
            assert_eq!(columns.len(), 5, "{line}");
            assert!(columns[3].split(',').all(|name| Frame::named(name).is_some()), "{line}");
        }
        for (class, _) in classes(include_str!("../../../assets/lexicons/function-words.txt")) {
            assert!(Role::named(class).is_some(), "{class}");
        }
    }

    #[test]
    fn forms_lead_to_their_verb() {
        assert_eq!(verb("said").map(|cue| cue.lemma), Some("say"));
        assert!(verb("told").is_some_and(|cue| cue.takes(Frame::Addressee) && cue.class == CueClass::Reporting));
        assert!(verb("vowed").is_some_and(|cue| cue.takes(Frame::To)));
        assert!(roles("since").has(Role::Preposition) && roles("since").has(Role::Subordinator));
    }
}
