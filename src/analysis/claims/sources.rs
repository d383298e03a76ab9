//! Sources: who is meant by the words that name a source, what kind it is, and whether the article names it.

use super::lexicon::{self, Head, Role};
use super::words::{Word, Words};
use super::{Source, SourceKind};
use crate::analysis::entities::{Entity, EntityType, Mention, MentionForm};
use crate::analysis::{EntityId, SourceId};
use crate::encoder::Attribution;
use crate::text::Span;
use std::collections::HashMap;

/// What makes two sources the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Entity(EntityId),
    /// A document, group or body by its head noun and whose it is.
    Of(String, EntityId),
    Words(String),
    /// Unnamed, and like no other.
    Lone(usize),
}

/// Determiners that point back to somebody already known.
const DEFINITE: [&str; 6] = ["the", "this", "that", "these", "those", "both"];

/// Gathers the sources of an article.
pub(super) struct Sources<'a> {
    text: &'a str,
    words: &'a Words,
    entities: &'a [Entity],
    mentions: &'a [Mention],
    all: Vec<Source>,
    known: HashMap<Key, SourceId>,
    /// In order of last mention.
    latest: Vec<SourceId>,
    /// Head noun of each source that is no entity.
    nouns: HashMap<SourceId, String>,
    /// Whose a document is.
    owners: HashMap<SourceId, EntityId>,
}

impl<'a> Sources<'a> {
    /// Over the mentions found so far, in order of the text.
    pub fn new(text: &'a str, words: &'a Words, entities: &'a [Entity], mentions: &'a [Mention]) -> Self {
        Self {
            text,
            words,
            entities,
            mentions,
            all: Vec::new(),
            known: HashMap::new(),
            latest: Vec::new(),
            nouns: HashMap::new(),
            owners: HashMap::new(),
        }
    }

    /// The sources, by first mention.
    pub fn finish(self) -> Vec<Source> {
        self.all
    }

    /// The source that an attribution's words name; `None` if it names none.
    ///
    /// `around`: the source of the claim it stands in, who is meant by `I` and `we`.
    pub fn of(&mut self, attribution: &Attribution, around: Option<SourceId>) -> Option<SourceId> {
        let span = attribution.source.iter().copied().reduce(Span::cover)?;
        let found = if ["i", "we"].contains(&span.of(self.text).to_lowercase().as_str()) {
            around.map(|around| self.speaker(around)).or_else(|| self.resolve(span))
        } else {
            self.resolve(span)
        };
        self.latest.retain(|&id| Some(id) != found);
        self.latest.extend(found);
        found
    }

    /// Who says `I` in what a source says: the source itself, or the person whose tweet or letter it is.
    fn speaker(&mut self, source: SourceId) -> SourceId {
        let person = |id: &EntityId| self.entities.get(id.0).is_some_and(|entity| entity.kind == EntityType::Person);
        let Some(owner) = self.owners.get(&source).copied().filter(person) else { return source };
        self.source(Key::Entity(owner), entity_name(self.entities, owner), SourceKind::Person, Some(owner))
    }

    fn resolve(&mut self, span: Span) -> Option<SourceId> {
        let words = self.words.slice(self.words.within(span));
        let head = head_of(words)?;
        let noun = words.get(head)?;
        if let Some(mention) = self.mention_at(noun.span, span) {
            let entity = mention.entity;
            let kind = self.kind_of(entity);
            return Some(self.source(Key::Entity(entity), entity_name(self.entities, entity), kind, Some(entity)));
        }
        if let Some(mention) = self.apposed(span, words) {
            let entity = mention.entity;
            return Some(self.source(
                Key::Entity(entity),
                entity_name(self.entities, entity),
                self.kind_of(entity),
                Some(entity),
            ));
        }
        if noun.roles.has(Role::Pronoun) && words.len() <= 2 {
            return self.antecedent(&noun.lower).or_else(|| Some(self.by_words(span, words, head)));
        }
        Some(self.by_words(span, words, head))
    }

    /// The mention that the head noun belongs to.
    fn mention_at(&self, head: Span, within: Span) -> Option<&'a Mention> {
        let end = self.mentions.partition_point(|mention| mention.span.start <= head.start);
        let near = self.mentions.get(..end)?.iter().rev().take(4);
        near.filter(|mention| mention.span.contains(head) && (within.contains(mention.span) || mention.span.contains(within)))
            .min_by_key(|mention| (mention.form != MentionForm::Name, mention.span.len()))
    }

    /// The person whose name stands beside a role: "the head of operations, Lars Dolan", "the mayor, Olga Brink, 61".
    fn apposed(&self, span: Span, words: &[Word]) -> Option<&'a Mention> {
        let after_comma = |mention: &Mention| {
            words
                .windows(2)
                .any(|pair| matches!(pair, [comma, name] if comma.lower == "," && name.span.start == mention.span.start))
        };
        let person =
            |mention: &Mention| self.entities.get(mention.entity.0).is_some_and(|entity| entity.kind == EntityType::Person);
        self.mentions_in(span).find(|mention| after_comma(mention) && person(mention))
    }

    fn kind_of(&self, entity: EntityId) -> SourceKind {
        let Some(entity) = self.entities.get(entity.0) else { return SourceKind::Person };
        let names = std::iter::once(&entity.name).chain(&entity.aliases);
        let outlet = names.into_iter().any(|name| lexicon::is_outlet(name.trim_start_matches("the ").trim_start_matches("The ")));
        match entity.kind {
            EntityType::Person => SourceKind::Person,
            _ if outlet => SourceKind::Outlet,
            _ => SourceKind::Organization,
        }
    }

    /// The latest source that a pronoun can mean.
    fn antecedent(&self, pronoun: &str) -> Option<SourceId> {
        let fits = |kind: SourceKind| match pronoun {
            "he" | "she" | "him" | "her" | "who" => matches!(kind, SourceKind::Person | SourceKind::Unnamed),
            "it" => matches!(kind, SourceKind::Organization | SourceKind::Document | SourceKind::Outlet),
            "they" | "them" | "some" | "others" => matches!(kind, SourceKind::Group | SourceKind::Unnamed),
            _ => false,
        };
        self.latest.iter().rev().copied().find(|id| self.all.get(id.0).is_some_and(|source| fits(source.kind)))
    }

    fn by_words(&mut self, span: Span, words: &[Word], head: usize) -> SourceId {
        let (span, words) = without_relative(span, words);
        let noun = words.get(head).map(|word| word.lower.clone()).unwrap_or_default();
        let kind = kind_by_words(words, head);
        let owner = self.mentions_in(span).next().map(|mention| mention.entity);
        let definite = words.first().is_some_and(|word| DEFINITE.contains(&word.lower.as_str()));
        let bare = definite && owner.is_none() && words.len() <= head + 1;
        let outlet = |id: &&SourceId| self.all.get(id.0).is_some_and(|source| source.kind == SourceKind::Outlet);
        if let Some(known) = self.latest.iter().rev().find(outlet).filter(|_| bare && kind == SourceKind::Outlet) {
            return *known;
        }
        if let Some(known) = self.latest.iter().rev().find(|id| bare && self.nouns.get(id) == Some(&noun)) {
            return *known;
        }
        let key = match (kind, owner) {
            (SourceKind::Unnamed, _) if !definite && words.len() > 1 => Key::Lone(self.all.len()),
            (SourceKind::Unnamed, _) => Key::Words(format!("unnamed {}", singular(&noun))),
            (_, Some(owner)) => Key::Of(singular(&noun), owner),
            (SourceKind::Document | SourceKind::Organization | SourceKind::Outlet, None) => Key::Words(singular(&noun)),
            _ => Key::Words(plain(words)),
        };
        let why = || why_unnamed(words, head).or_else(|| why_after(self.text, span.end));
        let why = if kind == SourceKind::Unnamed { why() } else { None };
        let id = self.source(key, span.of(self.text).to_owned(), kind, None);
        self.nouns.insert(id, noun);
        if let (SourceKind::Document, Some(owner)) = (kind, owner) {
            self.owners.insert(id, owner);
        }
        if let Some(source) = self.all.get_mut(id.0) {
            source.why_unnamed = source.why_unnamed.or(why);
        }
        id
    }

    fn mentions_in(&self, span: Span) -> impl Iterator<Item = &'a Mention> {
        let from = self.mentions.partition_point(|mention| mention.span.start < span.start);
        let near = self.mentions.get(from..).unwrap_or_default().iter().take_while(move |mention| mention.span.start < span.end);
        near.filter(move |mention| span.contains(mention.span) && mention.form == MentionForm::Name)
    }

    fn source(&mut self, key: Key, name: String, kind: SourceKind, entity: Option<EntityId>) -> SourceId {
        if let Some(&id) = self.known.get(&key) {
            return id;
        }
        let id = SourceId(self.all.len());
        self.all.push(Source { entity, name, kind, why_unnamed: None });
        self.known.insert(key, id);
        id
    }
}

fn entity_name(entities: &[Entity], entity: EntityId) -> String {
    entities.get(entity.0).map(|entity| entity.name.clone()).unwrap_or_default()
}

/// The head of a noun phrase: its last word before a mark, a preposition or a relative clause.
pub(super) fn head_of(words: &[Word]) -> Option<usize> {
    let end = words.iter().enumerate().skip(1).find(|(at, word)| {
        let opens = *at > 0 && word.roles.any(&[Role::Preposition, Role::Question]);
        let reduced = ["familiar", "close", "briefed", "speaking", "who", "that", "to"].contains(&word.lower.as_str());
        opens || reduced || !word.is_word()
    });
    let end = end.map_or(words.len(), |(at, _)| at);
    let last = words.get(..end)?.iter().rposition(|word| word.is_word() && !["'s", "’s"].contains(&word.lower.as_str()))?;
    Some(last)
}

/// Whether the words can name who says or, if `feels`, who believes and wants something: a phrase, whole and alone; and whoever
/// believes has a name, is a pronoun, or is called by a noun for people, bodies and documents.
pub(super) fn can_speak(words: &[Word], feels: bool) -> bool {
    let someone = |word: &Word| {
        let pronoun = word.roles.has(Role::Pronoun) && word.lower != "they";
        (word.capital && word.lower != "they") || pronoun || lexicon::head(&word.lower).is_some()
    };
    let opens = words.first().is_some_and(|word| word.is_verbal() || word.roles.has(Role::Preposition));
    let last = words.last().filter(|_| words.len() > 1);
    let hangs =
        last.is_some_and(|word| !word.is_clitic() && word.roles.any(&[Role::Preposition, Role::Determiner, Role::Possessive]));
    let head = head_of(words).and_then(|head| words.get(head));
    let relative = |word: &&Word| ["who", "which", "that", "whose"].contains(&word.lower.as_str());
    let clause =
        words.iter().take_while(|word| !relative(word)).any(|word| matches!(word.tag.ptb, "VBP" | "VBZ" | "MD") && !word.capital);
    let names = |word: &Word| {
        word.capital || word.roles.has(Role::Pronoun) || !matches!(word.tag.upos, "ADP" | "PART" | "PUNCT" | "SCONJ")
    };
    let nobody = words.first().is_some_and(|word| ["no", "nobody", "none", "nothing"].contains(&word.lower.as_str()));
    !nobody && !opens && !hangs && !clause && words.iter().any(names) && (!feels || head.is_some_and(someone))
}

fn kind_by_words(words: &[Word], head: usize) -> SourceKind {
    let noun = words.get(head).map(|word| word.lower.as_str()).unwrap_or_default();
    let plural = noun.ends_with('s') && !noun.ends_with("ss") || ["people", "men", "women", "spokesmen"].contains(&noun);
    let pronoun = words.get(head).is_some_and(|word| word.roles.has(Role::Pronoun));
    match lexicon::head(noun) {
        Some(Head::Kind(kind)) => kind,
        Some(Head::Several) => SourceKind::Group,
        Some(Head::Role) if is_unnamed(words, head) => SourceKind::Unnamed,
        _ if pronoun => {
            if ["they", "we", "some", "others", "many"].contains(&noun) {
                SourceKind::Group
            } else {
                SourceKind::Person
            }
        }
        _ if plural => SourceKind::Group,
        Some(Head::Role) => SourceKind::Person,
        None if words.get(head).is_some_and(|word| word.capital) => SourceKind::Person,
        None => SourceKind::Organization,
    }
}

/// Whether the words say that somebody stays unnamed: `a person familiar with`, `two officials`, `a senior official who declined to
/// be named`.
fn is_unnamed(words: &[Word], head: usize) -> bool {
    let told = [
        "familiar",
        "anonymity",
        "anonymous",
        "anonymously",
        "unnamed",
        "unidentified",
        "briefed",
        "named",
        "identified",
        "close",
    ];
    let said = words.iter().any(|word| told.contains(&word.lower.as_str()));
    let counted = words
        .first()
        .is_some_and(|word| ["one", "two", "three", "four", "five", "six", "several", "another"].contains(&word.lower.as_str()));
    let official = words.get(head).is_some_and(|word| word.lower.starts_with("official") || word.lower.starts_with("aide"));
    let indefinite = words.first().is_some_and(|word| ["a", "an"].contains(&word.lower.as_str()));
    said || (official && (counted || indefinite))
}

/// The words that tell why a source is unnamed: what follows its head noun.
fn why_unnamed(words: &[Word], head: usize) -> Option<Span> {
    let rest = words.get(head + 1..)?;
    let from = rest.iter().position(Word::is_word)?;
    let first = rest.get(from).filter(|word| word.is_word())?;
    Some(first.span.cover(rest.last()?.span))
}

/// The same in a clause behind the source's words: `two officials, who feared for their jobs`, `an aide, speaking on condition of anonymity`.
fn why_after(text: &str, end: usize) -> Option<Span> {
    /// Longer clauses tell a story of their own.
    const LONGEST: usize = 160;
    let rest = text.get(end..text.floor_char_boundary(end.saturating_add(LONGEST)))?;
    let clause = rest.trim_start_matches([',', ' ']);
    let opens =
        ["who ", "speaking on ", "on condition of ", "on the condition ", "asking not ", "asking to ", "declining to be "]
            .iter()
            .any(|words| clause.starts_with(words));
    let length = clause.find([',', '.', ';', '—', '“', '"', '\n'])?;
    let start = end + rest.len() - clause.len();
    opens.then(|| Span::new(start, start + length).trimmed(text))
}

/// The phrase without the `who` that a tagger left at its end.
fn without_relative(span: Span, words: &[Word]) -> (Span, &[Word]) {
    let relative = |word: &Word| ["who", "whom", "which", "that"].contains(&word.lower.as_str());
    let last = words.iter().rposition(|word| word.is_word() && !relative(word));
    let kept = last.and_then(|last| words.get(..=last)).unwrap_or(words);
    let end = kept.last().filter(|_| kept.len() < words.len()).map_or(span.end, |word| word.span.end);
    (Span::new(span.start, end), kept)
}

fn singular(noun: &str) -> String {
    match noun {
        "people" => "person".to_owned(),
        _ => noun.strip_suffix('s').filter(|stem| stem.len() > 3 && !stem.ends_with('s')).unwrap_or(noun).to_owned(),
    }
}

/// The words of a phrase without determiners, as a key.
fn plain(words: &[Word]) -> String {
    let kept = words.iter().filter(|word| word.is_word() && !["the", "a", "an", "those", "these"].contains(&word.lower.as_str()));
    kept.map(|word| word.lower.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_behind_an_unnamed_source_says_why() {
        let check = |text: &str, source: &str, why: &str| {
            let found = why_after(text, source.len()).map(|span| span.of(text));
            assert_eq!(found.unwrap_or_default(), why, "{text}");
        };
        check("Two officials, who feared for their jobs, said no.", "Two officials", "who feared for their jobs");
        check("An aide, speaking on condition of anonymity, said no.", "An aide", "speaking on condition of anonymity");
        check("Two officials said no, who knows.", "Two officials", "");
        check("Two officials", "Two officials", "");
    }
}
