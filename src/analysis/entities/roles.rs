//! What people, organisations and places are called besides their names, where name and noun stand together:
//!
//! ```text
//! WikiLeaks founder Julian Assange          before the name
//! Jared Kushner, his son-in-law,            after it
//! Trump's son-in-law, Jared Kushner,        before it, with a comma
//! Ada Moss is the mayor of Halden           after a copula
//! ```

use super::cast::{Cast, MemberId, Role};
use super::lexicon::{Gender, ORGANISATION_NOUNS, PLACE_NOUNS, ROLE_MODIFIERS, ROLES, SYNONYMS, TITLES};
use super::scene::Scene;
use super::{EntityType, MentionForm};
use std::ops::Range;

/// Tokens that a noun phrase may have before its noun.
const REACH: usize = 8;

/// Words that count those who did something.
const ORDINALS: [&str; 6] = ["first", "second", "third", "last", "only", "latest"];

/// How many members are kept as somebody's or something's own.
const MANY: usize = 16;

/// Gives the members the roles that stand beside their names, and the appositions as mentions.
pub(super) fn learn(scene: &Scene<'_>, cast: &mut Cast) {
    for name in &scene.names {
        let Some(kind) = cast.members.get(name.member).map(|member| member.kind) else { continue };
        if kind == EntityType::Other {
            continue;
        }
        let beside =
            [before(scene, &name.tokens, kind), after(scene, &name.tokens, kind), before_comma(scene, &name.tokens, kind)];
        for found in beside.into_iter().flatten() {
            note(scene, cast, name.member, found);
        }
    }
    cast.sort();
}

/// A noun found beside a name.
struct Found {
    /// The noun.
    head: usize,
    /// The phrase to show as title or role.
    title: Range<usize>,
    /// The phrase as a mention of its own.
    mention: Option<Range<usize>>,
    /// Where other names may say whose it is: `Cambridge Analytica chief executive`.
    whose: Range<usize>,
}

fn note(scene: &Scene<'_>, cast: &mut Cast, id: MemberId, found: Found) {
    let noun = noun(scene, found.head);
    let mut with: Vec<MemberId> =
        found.whose.filter_map(|at| scene.name(at)).map(|name| name.member).filter(|&m| m != id).collect();
    with.dedup();
    let Some(member) = cast.members.get_mut(id) else { return };
    if member.kind == EntityType::Person {
        member.gender = member.gender.or_else(|| gender(scene, found.head));
        if member.job_title.is_none() && shows(scene, found.head) {
            member.job_title = Some(scene.span(found.title));
        }
    }
    member.learn(Role { noun, with: with.clone() });
    for owner in with {
        let owned = cast.owned.entry(owner).or_default();
        if owned.len() < MANY && !owned.contains(&id) {
            owned.push(id);
        }
    }
    if let Some(mention) = found.mention {
        cast.hit(id, scene.span(mention), MentionForm::Nominal);
    }
}

/// The noun at `head` with a word before it that makes it another office (`prime minister`); one for all that mean the same.
pub(super) fn noun(scene: &Scene<'_>, head: usize) -> String {
    let noun = scene.lower(head);
    let same = |noun: &str| SYNONYMS.get(noun).copied().map(str::to_owned);
    let before = head.checked_sub(1).map(|at| scene.lower(at)).filter(|before| ROLE_MODIFIERS.contains(before.as_str()));
    let plain = same(&noun).unwrap_or_else(|| noun.clone());
    before.map_or(plain.clone(), |before| same(&format!("{before} {noun}")).unwrap_or(format!("{before} {plain}")))
}

/// Whether a word, in lower case, is a noun for this type.
pub(super) fn is_noun(kind: EntityType, word: &str) -> bool {
    match kind {
        EntityType::Person => ROLES.contains(word),
        EntityType::Organization => ORGANISATION_NOUNS.contains_key(word),
        EntityType::Place => PLACE_NOUNS.contains_key(word),
        EntityType::Other => false,
    }
}

/// Whether the word is a noun for this type and not part of a name.
fn calls(scene: &Scene<'_>, at: usize, kind: EntityType) -> bool {
    scene.name(at).is_none() && is_noun(kind, &scene.lower(at))
}

fn gender(scene: &Scene<'_>, head: usize) -> Option<Gender> {
    ROLES.get(scene.lower(head).as_str()).or_else(|| TITLES.get(scene.text(head))).and_then(Gender::told)
}

/// Whether a title says what a person does: not "Mr." and the like, nor what they are to others for the length of a game.
fn shows(scene: &Scene<'_>, head: usize) -> bool {
    let text = scene.text(head);
    let role = !matches!(text, "opponent" | "rival") && ROLES.contains(scene.lower(head).as_str());
    role || (text.ends_with('.') && gender(scene, head).is_none())
}

/// `US President`, `Cambridge Analytica chief executive`, right before the name.
fn before(scene: &Scene<'_>, name: &Range<usize>, kind: EntityType) -> Option<Found> {
    if let Some(office) = office(scene, name, kind) {
        return Some(office);
    }
    let head = name.start.checked_sub(1)?;
    let title = |at: usize| kind == EntityType::Person && TITLES.contains(scene.text(at));
    let noun = |at: usize| calls(scene, at, kind) || scene.name(at).is_none() && title(at);
    if !noun(head) || !same_sentence(scene, head, name.start) {
        return None;
    }
    let mut start = head;
    while let Some(at) = start.checked_sub(1)
        && head - at < REACH
        && scene.name(at).is_none()
        && (noun(at) || ROLE_MODIFIERS.contains(scene.lower(at).as_str()))
        && same_sentence(scene, at, head)
    {
        start = at;
    }
    let mut whose = start;
    while let Some(at) = whose.checked_sub(1)
        && (scene.name(at).is_some() || scene.possessive(at).is_some())
    {
        whose = at;
    }
    // "chief physician Dr. Ada Moss" is not a "chief physician Dr."; a "former Norwegian president" is not the president.
    let called = scene.text(head).ends_with('.') && (start..head).any(|at| ROLES.contains(scene.lower(at).as_str()));
    let end = if called { head } else { name.start };
    let former = whose.checked_sub(1).filter(|&at| whose < start && same_sentence(scene, at, head));
    let former = former.filter(|&at| ["former", "ex"].contains(&scene.lower(at).as_str()));
    Some(Found { head, title: former.unwrap_or(start)..end, mention: None, whose: whose..start })
}

/// `Secretary of State`, right before the name.
fn office(scene: &Scene<'_>, name: &Range<usize>, kind: EntityType) -> Option<Found> {
    /// Words that what an office is for may have.
    const LONGEST: usize = 5;
    let capital = |at: usize| scene.word(at) && scene.text(at).starts_with(char::is_uppercase);
    let aim = |at: usize| {
        let part = TITLES.contains(scene.text(at)) || is_noun(kind, &scene.lower(at));
        scene.name(at).is_none() && !part && (capital(at) || matches!(scene.text(at), "and" | "the"))
    };
    let of = (name.start.saturating_sub(LONGEST)..name.start).rev().find(|&at| !aim(at)).filter(|&at| scene.text(at) == "of")?;
    let head = of.checked_sub(1).filter(|&at| capital(at) && is_noun(kind, &scene.lower(at)))?;
    let stands = of + 1 < name.start && kind == EntityType::Person && same_sentence(scene, head, name.start);
    stands.then_some(Found { head, title: head..name.start, mention: None, whose: head..head })
}

/// `, the founder of X`, `, his son-in-law`, `is the mayor of X`, after the name.
fn after(scene: &Scene<'_>, name: &Range<usize>, kind: EntityType) -> Option<Found> {
    let mut at = name.end;
    let is = |at: usize| matches!(scene.text(at), "is" | "was" | "became" | "remains");
    // "John Hale, who was the acting director"
    if scene.text(at) == "," && scene.text(at + 1) == "who" && is(at + 2) {
        at += 2;
    }
    let copula = is(at);
    if !copula && scene.text(at) != "," {
        return None;
    }
    at += 1;
    if !copula && scene.number(at) && scene.text(at + 1) == "," {
        at += 2;
    }
    let start = at;
    let determined = determiner(scene, at);
    if determined.is_none() && copula {
        return None;
    }
    let noun_from = determined.unwrap_or(at);
    let head = head_noun(scene, noun_from, kind)?;
    let bare = |at: usize| {
        scene.name(at).is_some() || ROLE_MODIFIERS.contains(scene.lower(at).as_str()) || is_noun(kind, &scene.lower(at))
    };
    // "the first player to" tells of a feat, not of a part somebody plays.
    if copula && ORDINALS.contains(&scene.lower(noun_from).as_str()) {
        return None;
    }
    if determined.is_none() && (kind != EntityType::Person || !(noun_from..head).all(bare)) {
        return None;
    }
    let next = scene.text(head + 1);
    let closes =
        matches!(next, "," | "." | ";" | ")" | "of" | "for" | "at" | "who" | "that" | "in" | "from" | "with" | "and" | "whose");
    let second = second_noun(scene, head, kind);
    let loose = next == "and" && !copula && determined.is_none() && second.is_none();
    if !same_sentence(scene, start, head) || !closes || loose {
        return None;
    }
    let end = complement(scene, second.unwrap_or(head) + 1);
    Some(Found { head, title: noun_from..end, mention: Some(start..head + 1), whose: start..end })
}

/// The other noun of two that one person is: `CEO and co-founder of X`. What follows must close the phrase.
fn second_noun(scene: &Scene<'_>, head: usize, kind: EntityType) -> Option<usize> {
    /// Words that may stand between `and` and the noun.
    const BETWEEN: usize = 3;
    let from = head + 2;
    let joins = matches!(scene.text(head + 1), "and" | "&") && kind == EntityType::Person;
    let bare = |at: usize| ROLE_MODIFIERS.contains(scene.lower(at).as_str()) || calls(scene, at, kind);
    let second = (from..from + BETWEEN).take_while(|&at| bare(at)).filter(|&at| calls(scene, at, kind)).last();
    let closes = |at: usize| matches!(scene.text(at + 1), "," | "of" | "at" | "for");
    second.filter(|&at| joins && closes(at) && same_sentence(scene, head, at))
}

/// `Trump's son-in-law, `, `the company, `, before the name.
fn before_comma(scene: &Scene<'_>, name: &Range<usize>, kind: EntityType) -> Option<Found> {
    let comma = name.start.checked_sub(1).filter(|&at| scene.text(at) == ",")?;
    let head = told_of(scene, comma, kind)?;
    if !matches!(scene.text(name.end), "," | "." | ";" | ")" | "") {
        return None;
    }
    let first = scene.tokens_of(scene.sentence(head)).start.max(head.saturating_sub(REACH));
    let start = (first..head).rev().find(|&at| determiner(scene, at).is_some_and(|from| from <= head))?;
    let from = determiner(scene, start)?;
    let plain = |at: usize| scene.word(at) && !matches!(scene.text(at), "in" | "of" | "for" | "at" | "to" | "with" | "from");
    (from..head).all(plain).then(|| Found {
        head,
        // "Trump's son-in-law" says more than "son-in-law".
        title: if scene.name(start).is_some() { start } else { from }..comma,
        mention: Some(start..head + 1),
        whose: start..comma,
    })
}

/// The noun of the phrase that ends at the comma: `spokesman` of `a spokesman for Halden Rail`.
fn told_of(scene: &Scene<'_>, comma: usize, kind: EntityType) -> Option<usize> {
    let noun = |at: usize| calls(scene, at, kind);
    let last = comma.checked_sub(1)?;
    if noun(last) {
        return Some(last);
    }
    let from = scene.tokens_of(scene.sentence(comma)).start.max(comma.saturating_sub(REACH));
    let of = (from..comma).rev().find(|&at| matches!(scene.text(at), "of" | "for" | "at"))?;
    of.checked_sub(1).filter(|&at| kind == EntityType::Person && noun(at) && (of + 1..comma).all(|at| scene.word(at)))
}

/// If a determiner, or a possessive, begins at the token: where what it determines begins.
pub(super) fn determiner(scene: &Scene<'_>, at: usize) -> Option<usize> {
    if let Some(name) = scene.name(at) {
        let owner = name.tokens.start == at;
        return scene.possessive(name.tokens.end).filter(|_| owner).map(|taken| name.tokens.end + taken);
    }
    let word = scene.lower(at);
    matches!(word.as_str(), "the" | "a" | "an" | "his" | "her" | "its" | "their" | "this" | "my" | "our" | "one")
        .then_some(at + 1)
}

/// The noun of the phrase that begins at `from`: the last of the nouns that stand together.
fn head_noun(scene: &Scene<'_>, from: usize, kind: EntityType) -> Option<usize> {
    let mut at = from;
    while at < from + REACH {
        let word = scene.lower(at);
        let stop = !scene.word(at) && scene.text(at) != "-" && scene.possessive(at).is_none();
        if stop || matches!(word.as_str(), "who" | "which" | "that" | "said" | "was" | "is" | "had" | "has" | "of" | "in" | "to")
        {
            return None;
        }
        if calls(scene, at, kind) {
            let mut head = at;
            // "the deputy Halden Rail press secretary"
            while let Some(next) = (head + 1..from + REACH)
                .find(|&at| scene.name(at).is_none() && !modifies(scene, at))
                .filter(|&at| calls(scene, at, kind))
            {
                head = next;
            }
            return Some(head);
        }
        at += 1;
    }
    None
}

/// Whether a word modifies the noun after it and does not name a person itself: `press` of `press secretary`.
fn modifies(scene: &Scene<'_>, at: usize) -> bool {
    ROLE_MODIFIERS.contains(scene.lower(at).as_str()) && !ROLES.contains(scene.lower(at).as_str())
}

/// How far `of X`, `at X` after a role goes.
fn complement(scene: &Scene<'_>, from: usize) -> usize {
    if !matches!(scene.text(from), "of" | "at" | "for") {
        return from;
    }
    let mut at = from + 1;
    if scene.text(at) == "the" {
        at += 1;
    }
    let named = at;
    while let Some(name) = scene.name(at) {
        at = name.tokens.end;
    }
    // Of "brother of Halden Rail's chief" the brother is not Halden Rail's.
    if at > named && scene.possessive(at).is_none() { at } else { from }
}

fn same_sentence(scene: &Scene<'_>, a: usize, b: usize) -> bool {
    scene.sentence(a) == scene.sentence(b)
}
