//! Whom a definite noun means: `the WikiLeaks founder`, `the company`, `the city`.
//!
//! A noun means a member of the cast that the article has called by it, or whose name contains it. A noun that says little (`the company`)
//! means the organisation that the text has just spoken of, if there is only one and it was not merely mentioned in passing.

use super::EntityType;
use super::cast::{Cast, Member, MemberId};
use super::focus::{Focus, Seen};
use super::lexicon::{FUNCTION_WORDS, Ground, ORGANISATION_NOUNS, PLACE_NOUNS};
use super::roles::{is_noun, noun as noun_of};
use super::scene::Scene;
use std::ops::Range;

/// Words that may stand between the determiner and the noun.
const REACH: usize = 5;

/// Sentences back in which a noun may find its member.
const FAR: usize = 40;

/// The types that nouns are known for.
const NOUNS: [EntityType; 3] = [EntityType::Person, EntityType::Organization, EntityType::Place];

/// A definite noun phrase.
pub(super) struct Phrase {
    /// From the determiner to the noun.
    pub(super) tokens: Range<usize>,
    /// The noun.
    head: usize,
    kind: EntityType,
}

/// The definite noun phrase that begins at token `at`, if its noun is one for people, organisations or places.
pub(super) fn phrase(scene: &Scene<'_>, at: usize) -> Option<Phrase> {
    if !matches!(scene.text(at), "the" | "The" | "this" | "This") {
        return None;
    }
    let end = scene.tokens_of(scene.sentence(at)).end.min(at + 1 + REACH);
    for head in at + 1..end {
        if !scene.word(head) || is_function(scene, head) {
            return None;
        }
        let word = scene.lower(head);
        let kind = NOUNS.into_iter().find(|kind| scene.name(head).is_none() && is_noun(*kind, &word));
        if let Some(kind) = kind
            && closes(scene, head + 1, kind)
        {
            return Some(Phrase { tokens: at..head + 1, head, kind });
        }
    }
    None
}

/// Whether a noun phrase may end before the token: no name and no further noun follows. What follows a noun for a person is
/// seldom a noun; others need a word that cannot be one.
fn closes(scene: &Scene<'_>, next: usize, kind: EntityType) -> bool {
    let word = scene.lower(next);
    let noun = || NOUNS.iter().any(|kind| is_noun(*kind, &word));
    if scene.name(next).is_some() || kind == EntityType::Person {
        return scene.name(next).is_none() && !noun();
    }
    let verb = (word.len() > 3 && word.ends_with("ed"))
        || matches!(word.as_str(), "says" | "said" | "told" | "also" | "went" | "made" | "wrote" | "won" | "lost" | "ran");
    !scene.word(next) || scene.possessive(next).is_some() || is_function(scene, next) || verb
}

fn is_function(scene: &Scene<'_>, at: usize) -> bool {
    let word = scene.lower(at);
    let mut letters = word.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    FUNCTION_WORDS.contains(capital.as_str())
}

/// The member that the phrase means, where that is clear.
pub(super) fn resolve(scene: &Scene<'_>, cast: &Cast, focus: &Focus, phrase: &Phrase) -> Option<MemberId> {
    let noun = scene.lower(phrase.head);
    let called = noun_of(scene, phrase.head);
    let sentence = scene.sentence(phrase.head);
    let owners: Vec<MemberId> = phrase.tokens.clone().filter_map(|at| scene.name(at)).map(|name| name.member).collect();
    let kinds = [phrase.kind];
    let seen: Vec<Seen> = focus.of(cast, &kinds, sentence, FAR).collect();
    let members = || seen.iter().filter_map(|seen| cast.members.get(seen.member).map(|member| (seen, member)));
    if let Some(owner) = owners.first() {
        let mut owned = cast_with(cast, phrase.kind, &called, *owner);
        return owned.next().filter(|_| owned.next().is_none());
    }
    let named = members().find(|(_, member)| is_called(member, &called) || member.words.contains(&noun));
    if let Some((seen, _)) = named {
        return Some(seen.member);
    }
    match phrase.kind {
        EntityType::Organization => {
            let vague = ORGANISATION_NOUNS.get(noun.as_str()).copied().unwrap_or(false);
            let mut near = seen.iter().filter(|seen| seen.sentence + 1 >= sentence);
            let one = near.next().filter(|_| near.next().is_none());
            one.filter(|seen| vague && focus.count(seen.member) > 1).map(|seen| seen.member)
        }
        EntityType::Place => {
            let ground = PLACE_NOUNS.get(noun.as_str()).copied().unwrap_or(Ground::Other);
            let fits =
                members().filter(|(_, member)| ground != Ground::Other && member.ground.is_some_and(|own| own.may_be(ground)));
            // Of several countries or cities the one that the text speaks of most.
            fits.max_by_key(|(seen, _)| (focus.count(seen.member), seen.at)).map(|(seen, _)| seen.member)
        }
        _ => None,
    }
}

/// Members of whom the article has said the noun together with `owner`.
fn cast_with<'a>(cast: &'a Cast, kind: EntityType, noun: &'a str, owner: MemberId) -> impl Iterator<Item = MemberId> + 'a {
    let of_owner = cast.owned.get(&owner).map(Vec::as_slice).unwrap_or_default();
    of_owner.iter().copied().filter(move |id| {
        let member = cast.members.get(*id).filter(|member| member.kind == kind);
        member.is_some_and(|member| member.roles.iter().any(|role| is_same(&role.noun, noun) && role.with.contains(&owner)))
    })
}

fn is_called(member: &Member, noun: &str) -> bool {
    member.roles.iter().any(|role| is_same(&role.noun, noun))
}

/// Whether `noun` may mean one who is called `role`: "the minister" a prime minister, but not the other way round.
fn is_same(role: &str, noun: &str) -> bool {
    role == noun || role.strip_suffix(noun).is_some_and(|before| before.ends_with(' '))
}
