//! The walk through the text: decides for every pronoun and definite noun, in order, whom it means at that point.

use super::MentionForm;
use super::cast::{Cast, MemberId};
use super::focus::{Focus, Seen, is_subject};
use super::lexicon::Gender;
use super::nominals;
use super::pronouns::{self, Asks};
use super::scene::Scene;
use std::collections::HashSet;
use std::ops::Range;

/// Most tokens of a title before a name.
const TITLE: usize = 6;

/// Adds nominal and pronoun mentions where they are clear.
pub(super) fn resolve(scene: &Scene<'_>, cast: &mut Cast) {
    let mut focus = Focus::new(cast);
    let told: HashSet<usize> = cast.hits.iter().map(|hit| hit.span.start).collect();
    let mut at = 0;
    while at < scene.len() {
        if let Some(name) = scene.name(at) {
            let (member, tokens) = (name.member, name.tokens.clone());
            // "Dear Ada:" speaks to somebody, not of them.
            if at.checked_sub(1).is_none_or(|before| scene.lower(before) != "dear") {
                see(scene, &mut focus, member, &tokens, MentionForm::Name);
            }
            at = tokens.end.max(at + 1);
            continue;
        }
        // An apposition has been dealt with already, and does not change whom the text speaks of.
        if told.contains(&scene.span(at..at + 1).start) {
            at += 1;
            continue;
        }
        if let Some(phrase) = nominals::phrase(scene, at) {
            if let Some(member) = nominals::resolve(scene, cast, &focus, &phrase) {
                let tokens = phrase.tokens.clone();
                cast.hit(member, scene.span(tokens.clone()), MentionForm::Nominal);
                see(scene, &mut focus, member, &tokens, MentionForm::Nominal);
            }
            at += 1;
            continue;
        }
        if let Some(asked) = pronouns::asks(&scene.lower(at))
            && let Some(member) = pronouns::resolve(scene, cast, &focus, at)
        {
            learn_gender(cast, member, asked);
            cast.hit(member, scene.span(at..at + 1), MentionForm::Pronoun);
            see(scene, &mut focus, member, &(at..at + 1), MentionForm::Pronoun);
        }
        at += 1;
    }
    cast.sort();
}

fn see(scene: &Scene<'_>, focus: &mut Focus, member: MemberId, tokens: &Range<usize>, form: MentionForm) {
    let subject = is_subject(scene, tokens.start, tokens.end);
    focus.see(Seen { member, at: tokens.start, end: tokens.end, sentence: scene.sentence(tokens.start), subject, form });
    let answers = scene.is_asked(tokens.start);
    if scene.possessive(tokens.end).is_none() && (answers || speaks(scene, tokens.start)) {
        focus.hear(Some(member));
    } else if focus.speaker() != Some(member) && scene.speaker(tokens.start).is_none() {
        let first = scene.tokens_of(scene.sentence(tokens.start)).start;
        if subject || titles(scene, tokens.start).any(|at| at == first) {
            focus.hear(None);
        }
    }
}

/// Whether the mention at token `start` heads the words for somebody who says something.
fn speaks(scene: &Scene<'_>, start: usize) -> bool {
    titles(scene, start).any(|at| !scene.said(at).is_empty())
}

/// Token `start` and those before it that may be a title and the like, backwards.
fn titles(scene: &Scene<'_>, start: usize) -> impl Iterator<Item = usize> {
    let modifies = |at: usize| scene.tag(at).is_some_and(|tag| matches!(tag.upos, "NOUN" | "PROPN" | "ADJ" | "DET" | "PART"));
    std::iter::once(start).chain((0..start).rev().take(TITLE).take_while(move |&at| modifies(at)))
}

fn learn_gender(cast: &mut Cast, member: MemberId, asked: Asks) {
    let gender: Option<Gender> = match asked {
        Asks::One(gender) => Some(gender),
        Asks::Thing => None,
    };
    if let Some(member) = cast.members.get_mut(member) {
        member.gender = member.gender.or(gender);
    }
}
