//! Sources: who is meant by the words that name a source, what kind it is, and whether the article names it.

use super::lexicon::{self, Head, Role};
use super::nouns::{Part, compound, definite, head_of, kind_by_words, plain, singular, why_after, why_unnamed, without_relative};
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

/// How many sources back "the company" or "they" may point.
const REMEMBERED: usize = 100;

/// Gathers the sources of an article.
pub(super) struct Sources<'a> {
    text: &'a str,
    words: &'a Words,
    entities: &'a [Entity],
    mentions: &'a [Mention],
    all: Vec<Source>,
    known: HashMap<Key, SourceId>,
    /// In order of last mention, at most [`REMEMBERED`].
    latest: Vec<SourceId>,
    /// Head noun of each source that is no entity.
    nouns: HashMap<SourceId, String>,
    /// Whose a document is.
    owners: HashMap<SourceId, EntityId>,
    /// Of each source the sentence that named it last.
    heard: HashMap<SourceId, usize>,
    /// Who holds an office of two words or more; `None` where several do.
    offices: HashMap<String, Option<EntityId>>,
}

impl<'a> Sources<'a> {
    /// Over the mentions found so far, in order of the text.
    pub fn new(text: &'a str, words: &'a Words, entities: &'a [Entity], mentions: &'a [Mention]) -> Self {
        let mut offices: HashMap<String, Option<EntityId>> = HashMap::new();
        for (at, entity) in entities.iter().enumerate().filter(|(_, entity)| entity.kind == EntityType::Person) {
            let title = entity.job_title.as_deref().map(str::to_lowercase).filter(|title| title.contains(' '));
            if let Some(title) = title {
                offices.entry(title).and_modify(|holder| *holder = None).or_insert(Some(EntityId(at)));
            }
        }
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
            heard: HashMap::new(),
            offices,
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
        if self.latest.len() > REMEMBERED {
            self.latest.remove(0);
        }
        self.heard.extend(found.zip(self.sentence(span)));
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
        if let Some(entity) = self.antecedent_name(span, noun).or_else(|| self.officer(span, words)) {
            return Some(self.entity(entity));
        }
        if self.is_joint(span) {
            return Some(self.source(Key::Words(plain(words)), span.of(self.text).to_owned(), SourceKind::Group, None));
        }
        if let Some(mention) = self.mention_at(noun.span, span) {
            return Some(self.entity(mention.entity));
        }
        if let Some(mention) = self.apposed(span, words) {
            return Some(self.entity(mention.entity));
        }
        // "Transport minister denies", as headlines have it.
        if let Some(&Some(entity)) = self.offices.get(&plain(words)) {
            return Some(self.entity(entity));
        }
        if let Some(part) = Part::of(words) {
            return Some(self.part(span, words, &part));
        }
        if let Some(antecedent) = self.antecedent_noun(span, noun) {
            return self.resolve(antecedent);
        }
        if noun.roles().any(&[Role::Pronoun, Role::Possessive]) && words.len() <= 2 {
            return self.antecedent(noun.lower()).or_else(|| Some(self.by_words(span, words, head)));
        }
        Some(self.by_words(span, words, head))
    }

    fn entity(&mut self, entity: EntityId) -> SourceId {
        self.source(Key::Entity(entity), entity_name(self.entities, entity), self.kind_of(entity), Some(entity))
    }

    fn sentence(&self, span: Span) -> Option<usize> {
        self.words.get(self.words.within(span).start).map(|word| word.sentence)
    }

    /// Who is meant by `one of them`, `some of the officials`.
    fn part(&mut self, span: Span, words: &[Word], part: &Part<'_>) -> SourceId {
        let (name, noun) = match part.whole {
            Some(noun) => (span.of(self.text).to_owned(), Some(noun.lower().to_owned())),
            None => match self.group_before(span) {
                Some(group) => {
                    let whole = self.all.get(group.0).map(|group| definite(&group.name)).unwrap_or_default();
                    (format!("{} of {whole}", part.count), self.nouns.get(&group).cloned())
                }
                None => (format!("{} of those mentioned", part.count), None),
            },
        };
        let lone = ["one", "another"].contains(&part.count);
        let kind = if lone || part.whole.is_none() { SourceKind::Unnamed } else { SourceKind::Group };
        let key = if lone || part.whole.is_none() { Key::Lone(self.all.len()) } else { Key::Words(plain(words)) };
        let id = self.source(key, name, kind, None);
        self.nouns.extend(noun.map(|noun| (id, if lone { singular(&noun) } else { noun })));
        let why = why_after(self.text, span.end).filter(|_| kind == SourceKind::Unnamed);
        if let Some(source) = self.all.get_mut(id.0) {
            source.why_unnamed = source.why_unnamed.or(why);
        }
        id
    }

    /// The one source of several people that is named in this sentence or the one before; `None` where there are more.
    fn group_before(&self, span: Span) -> Option<SourceId> {
        let here = self.sentence(span)?;
        let near = |id: &SourceId| self.heard.get(id).is_some_and(|&at| at <= here && at + 1 >= here);
        let several = |id: &SourceId| {
            let plural = self.nouns.get(id).is_some_and(|noun| singular(noun) != *noun);
            self.all.get(id.0).is_some_and(|source| source.entity.is_none() && (plural || source.kind == SourceKind::Group))
        };
        let mut groups = self.latest.iter().rev().take_while(|id| near(id)).filter(|id| several(id));
        groups.next().copied().filter(|_| groups.next().is_none())
    }

    /// The one whose name stands right before `who` or `which`: "Nordline, which denies that".
    fn antecedent_name(&self, span: Span, pronoun: &Word) -> Option<EntityId> {
        let who = match pronoun.lower() {
            "who" => true,
            "which" => false,
            _ => return None,
        };
        let at = self.words.within(span).start;
        let before = self.words.slice(at.saturating_sub(2)..at);
        let name = before.iter().rev().find(|word| word.lower() != ",").filter(|word| word.sentence == pronoun.sentence)?;
        let mention = self.mention_at(name.span, name.span).filter(|mention| mention.form == MentionForm::Name)?;
        // In "a lawyer for Ada Moss, who said" the lawyer speaks as well as may be Ada Moss.
        let first = self.words.within(mention.span).start;
        let led = self.words.slice(first.saturating_sub(2)..first).iter().any(|word| word.is(&["of", "for"]));
        // "The Taliban, who have refused": several people may go by one name.
        let fits = match self.entities.get(mention.entity.0)?.kind {
            EntityType::Person => who,
            EntityType::Organization => true,
            EntityType::Place | EntityType::Other => !who,
        };
        (!led && fits).then_some(mention.entity)
    }

    /// The noun phrase right before `who`, from its determiner on: "another waiter" of "another waiter who says that".
    fn antecedent_noun(&self, span: Span, pronoun: &Word) -> Option<Span> {
        const LONGEST: usize = 6;
        let at = self.words.within(span).start;
        let opens = |word: &Word| word.roles().any(&[Role::Determiner, Role::Possessive]) && !word.roles().has(Role::Pronoun);
        let phrase = |word: &Word| word.is_word() && !word.is_verbal() && !word.roles().any(&[Role::Preposition, Role::Pronoun]);
        let before = self.words.slice(at.saturating_sub(LONGEST)..at);
        let own = before
            .iter()
            .rev()
            .take_while(|word| phrase(word) || opens(word))
            .take_while(|word| word.sentence == pronoun.sentence);
        let words = own.clone().position(opens).filter(|&first| pronoun.lower() == "who" && first > 0)?;
        own.take(words + 1).map(|word| word.span).reduce(Span::cover)
    }

    /// Whether the words are names of several with nothing but commas and `and` between: "the Navy and the Harbour Board".
    fn is_joint(&self, span: Span) -> bool {
        let mut names: Vec<&Mention> = self.mentions_in(span).collect();
        names.dedup_by(|next, last| last.span.overlaps(next.span));
        let [first, .., last] = names.as_slice() else { return false };
        let words = self.words.slice(self.words.within(span)).iter();
        let mut rest = words.filter(|word| !names.iter().any(|name| name.span.contains(word.span)));
        let joined = rest.clone().any(|word| word.lower() == "and" && word.span.start > first.span.start);
        let joins = |word: &Word| word.is(&[",", "and", "the"]);
        joined && first.entity != last.entity && last.span.end == span.end && rest.all(joins)
    }

    /// The person at the end of "Secretary of State Ada Moss".
    fn officer(&self, span: Span, words: &[Word]) -> Option<EntityId> {
        let mention = self.mentions_in(span).find(|mention| mention.span.end == span.end)?;
        let office = words.iter().take_while(|word| word.span.start < mention.span.start).collect::<Vec<_>>();
        let [head, of, rest @ ..] = office.as_slice() else { return None };
        let part = |word: &Word| lexicon::head(word.lower()) == Some(Head::Role);
        let named = !rest.is_empty() && rest.iter().all(|word| (word.capital || word.lower() == "and") && !part(word));
        let person = self.entities.get(mention.entity.0)?.kind == EntityType::Person;
        (head.capital && part(head) && of.lower() == "of" && named && person).then_some(mention.entity)
    }

    /// The mention that the head noun belongs to.
    fn mention_at(&self, head: Span, within: Span) -> Option<&'a Mention> {
        let end = self.mentions.partition_point(|mention| mention.span.start <= head.start);
        let near = self.mentions.get(..end)?.iter().rev().take(4);
        near.filter(|mention| mention.span.contains(head) && (within.contains(mention.span) || mention.span.contains(within)))
            .min_by_key(|mention| (mention.form != MentionForm::Name, mention.span.len()))
    }

    /// The person whose name stands beside a role: "the head of operations, Lars Dolan", "the mayor, Olga Brink, 61"; the body whose name
    /// ends the phrase: "their union, the Federation of Port Workers", but not "a lawyer for the firm, Halden Rail".
    fn apposed(&self, span: Span, words: &[Word]) -> Option<&'a Mention> {
        let after_comma = |mention: &Mention| {
            words
                .windows(2)
                .any(|pair| matches!(pair, [comma, name] if comma.lower() == "," && name.span.start == mention.span.start))
        };
        let is = |mention: &Mention, kind| self.entities.get(mention.entity.0).is_some_and(|entity| entity.kind == kind);
        let person = self.mentions_in(span).find(|mention| after_comma(mention) && is(mention, EntityType::Person));
        person.or_else(|| {
            let comma = words.iter().position(|word| word.lower() == ",")?;
            let begins =
                words.get(comma + 1).and_then(|word| if word.lower() == "the" { words.get(comma + 2) } else { Some(word) })?;
            let role = words
                .get(..comma)?
                .iter()
                .any(|word| word.roles().has(Role::Preposition) || lexicon::head(word.lower()) == Some(Head::Role));
            let end = words.iter().rev().find(|word| word.is_word())?.span.end;
            let mut named = self.mentions_in(span);
            named.find(|mention| {
                !role
                    && mention.span.start == begins.span.start
                    && mention.span.end == end
                    && is(mention, EntityType::Organization)
            })
        })
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
            "he" | "she" | "him" | "her" | "his" | "who" => matches!(kind, SourceKind::Person | SourceKind::Unnamed),
            "it" | "its" => matches!(kind, SourceKind::Organization | SourceKind::Document | SourceKind::Outlet),
            "they" | "them" | "their" | "some" | "others" => matches!(kind, SourceKind::Group | SourceKind::Unnamed),
            _ => false,
        };
        self.latest.iter().rev().copied().find(|id| self.all.get(id.0).is_some_and(|source| fits(source.kind)))
    }

    fn by_words(&mut self, span: Span, words: &[Word], head: usize) -> SourceId {
        let (span, words) = without_relative(span, words);
        let noun = words.get(head).map(|word| word.lower().to_owned()).unwrap_or_default();
        let kind = kind_by_words(words, head);
        let owner = self.mentions_in(span).next().map(|mention| mention.entity);
        let definite = words.first().is_some_and(|word| word.is(&DEFINITE));
        let bare = definite && owner.is_none() && words.len() <= head + 1 && compound(words, head) == singular(&noun);
        let outlet = |id: &&SourceId| self.all.get(id.0).is_some_and(|source| source.kind == SourceKind::Outlet);
        let mut latest = self.latest.iter().rev().filter(|_| bare);
        if let Some(known) = latest.clone().find(outlet).filter(|_| kind == SourceKind::Outlet) {
            return *known;
        }
        if let Some(known) = latest.find(|id| self.nouns.get(id) == Some(&noun)) {
            return *known;
        }
        let key = match (kind, owner) {
            (SourceKind::Unnamed, _) if !definite && words.len() > 1 => Key::Lone(self.all.len()),
            (SourceKind::Unnamed, _) => Key::Words(format!("unnamed {}", singular(&noun))),
            (_, Some(owner)) => Key::Of(singular(&noun), owner),
            (SourceKind::Document | SourceKind::Organization | SourceKind::Outlet, None) => Key::Words(compound(words, head)),
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
