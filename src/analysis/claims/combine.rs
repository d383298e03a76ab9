//! What the encoder found, set right by the rules where the structure is certain.
//!
//! The encoder finds far more cues than the rules; the rules know where a sentence puts its source. So the encoder's attributions
//! stand, but: improbable ones go; a content stays in the paragraph of its cue unless it is quoted; where encoder and rules read
//! one cue with source and content the other way round, the rules are followed; and a quote that only the rules attribute is added.
//! Each step was chosen on the development part of `PolNeAR` (e2e F1 67.3 before, 68.4 after).

use super::attribution::touches;
use super::chains::is_participle;
use super::lexicon::{self, Role};
use super::words::{Word, Words};
use super::{ClaimForm, CueClass, contents, manner, subjects, unsaid};
use crate::encoder::Attribution;
use crate::text::{Prose, Span};

/// Least probability of an attribution to be shown: of those just below, one in three is right.
const LEAST: f32 = 0.5;

/// From this probability on a claim is shown though nobody is named who says it and nothing in it is quoted.
const SURE: f32 = 0.7;

/// Joins the encoder's attributions with those of the rules.
pub(super) fn combine(prose: &Prose, words: &Words, found: &[Attribution], rules: &[Attribution]) -> Vec<Attribution> {
    let index = Index::new(rules);
    let mut out: Vec<Attribution> = Vec::with_capacity(found.len());
    let mut replaced: Vec<Span> = Vec::new();
    for attribution in found {
        let mut kept = attribution.clone();
        contents::tidy(prose, words, &mut kept);
        unsaid::shed(words, &mut kept);
        subjects::tidy(words, &mut kept);
        if kept.probability < LEAST || kept.content.is_empty() || is_nobodys(words, &kept) {
            continue;
        }
        match rules.get(index.at(&kept.cue)) {
            Some(rule) if touches(&rule.cue, &kept.cue) && is_noun_with_source(words, rule) => {
                kept.source.clone_from(&rule.source);
                kept.cue.clone_from(&rule.cue);
            }
            Some(rule) if touches(&rule.cue, &kept.cue) => {
                let swapped = touches(&kept.source, &rule.content) || touches(&kept.content, &rule.source);
                if kept.source.is_empty() || swapped || in_relative(words, &kept.source, &rule.source) {
                    kept.source.clone_from(&rule.source);
                }
                if swapped {
                    kept.content.clone_from(&rule.content);
                    replaced.extend(&rule.content);
                } else {
                    contents::fill(words, &mut kept, rule);
                }
            }
            _ if index.within_source(&kept.cue) => continue,
            _ => {}
        }
        out.push(kept);
    }
    join_groups(words, &mut out);
    // What stands in a content that the rules set right is nested in it, and found there again.
    out.retain(|attribution| !touches(&attribution.cue, &replaced));
    reread_participles(words, &mut out, rules);
    let taken = Taken::new(&out);
    let certain = |rule: &&Attribution| {
        let spoken = manner::quoted(words, &rule.content, 0) != ClaimForm::Indirect;
        let clear = (spoken && manner::stance(words, rule).0 == CueClass::Reporting) || is_noun_with_source(words, rule);
        clear && !taken.any(rule.cue.iter().chain(&rule.content))
    };
    out.extend(rules.iter().filter(certain).cloned());
    out
}

/// Whether nobody says it in so many words: no source, no quote, and no cue or one that the encoder is not sure of. Of those with a cue that
/// the lexicons know 2 of 17 are right on the development part of `PolNeAR`, of the others three in ten.
fn is_nobodys(words: &Words, attribution: &Attribution) -> bool {
    let unsure = attribution.cue.is_empty() || attribution.probability < SURE;
    let source = attribution.source.iter().flat_map(|&span| words.slice(words.within(span))).collect::<Vec<_>>();
    // "You know that": whoever reads.
    let anyone = matches!(source.as_slice(), [word] if word.is(&["you", "one", "anyone", "everyone", "everybody"]));
    (anyone || (unsure && source.is_empty())) && manner::quoted(words, &attribution.content, 0) == ClaimForm::Indirect
}

/// Most words between an auxiliary and the verb that it is joined with.
const JOINED: usize = 3;

/// Joins what was found twice about one group of verbs, `has` and `reportedly told`: the auxiliaries introduce nothing of their own.
fn join_groups(words: &Words, attributions: &mut Vec<Attribution>) {
    let part = |word: &Word| word.roles().any(&[Role::Auxiliary, Role::Negation]) || word.is_adverb();
    let helps = |cue: &[Span]| cue.iter().flat_map(|&span| words.slice(words.within(span))).all(part);
    let leads = |helper: &Attribution, main: &Attribution| {
        let (Some(first), Some(next)) = (helper.cue.last(), main.cue.first()) else { return false };
        let gap = words.slice(words.within(*first).end..words.within(*next).start);
        let same = helper.source.is_empty() || main.source.is_empty() || touches(&helper.source, &main.source);
        helps(&helper.cue) && first.end <= next.start && gap.len() <= JOINED && gap.iter().all(part) && same
    };
    attributions.sort_by_key(|attribution| attribution.cue.first().copied());
    let mut joined: Vec<Attribution> = Vec::with_capacity(attributions.len());
    for mut attribution in attributions.drain(..) {
        if let Some(helper) = joined.pop_if(|last| leads(last, &attribution)) {
            attribution.cue.splice(0..0, helper.cue);
            if attribution.source.is_empty() {
                attribution.source = helper.source;
            }
        }
        joined.push(attribution);
    }
    *attributions = joined;
}

/// Whether the source is what the relative clause of the rules' source speaks of: "the letter" of "two people who saw the letter said".
fn in_relative(words: &Words, source: &[Span], subject: &[Span]) -> bool {
    let ([source], [subject]) = (source, subject) else { return false };
    let lead = words.slice(words.within(Span::new(subject.start, source.start)));
    subject.contains(*source) && lead.iter().any(|word| word.lower() == "who")
}

/// Leaves participles to whose content they stand in: where "CNN said Smith wrote to us, explaining that" has CNN explain, what CNN
/// said goes on as the rules read it, and they find what Smith explains within it.
fn reread_participles(words: &Words, attributions: &mut Vec<Attribution>, rules: &[Attribution]) {
    let mut contents: Vec<(Span, usize)> = Vec::new();
    for (at, rule) in rules.iter().enumerate() {
        contents.extend(rule.content.iter().map(|&span| (span, at)));
    }
    contents.sort_unstable();
    let around = |inner: &Attribution| {
        let cue = *inner.cue.first().filter(|_| is_participle(words, inner))?;
        let last = contents.partition_point(|(span, _)| span.start <= cue.start).checked_sub(1)?;
        let (span, at) = contents.get(last)?;
        let rule = rules.get(*at)?;
        (span.contains(cue) && touches(&rule.source, &inner.source)).then_some(rule)
    };
    let mut outer: Vec<&Attribution> = Vec::new();
    attributions.retain(|attribution| match around(attribution) {
        Some(rule) => {
            outer.push(rule);
            false
        }
        None => true,
    });
    for attribution in attributions.iter_mut() {
        let last = outer.partition_point(|rule| rule.cue.first() <= attribution.cue.first()).checked_sub(1);
        if let Some(rule) = last.and_then(|last| outer.get(last)).filter(|rule| touches(&rule.cue, &attribution.cue)) {
            attribution.content.clone_from(&rule.content);
        }
    }
}

/// Whether the rules read a noun of saying with whose it is and what it says: "the minister's claim that".
fn is_noun_with_source(words: &Words, rule: &Attribution) -> bool {
    let cue = rule.cue.first().and_then(|&cue| words.get(words.within(cue).start));
    !rule.source.is_empty() && cue.is_some_and(|cue| cue.tag.is_noun() && lexicon::noun(cue.lower()).is_some())
}

/// The cues and sources of the rules' attributions, sorted, each with the place of its attribution.
struct Index {
    cues: Vec<(Span, usize)>,
    sources: Vec<Span>,
}

impl Index {
    fn new(rules: &[Attribution]) -> Self {
        let cues = rules.iter().enumerate().flat_map(|(at, rule)| rule.cue.iter().map(move |&span| (span, at)));
        let sources = rules.iter().flat_map(|rule| rule.source.iter().copied());
        let (mut cues, mut sources): (Vec<_>, Vec<_>) = (cues.collect(), sources.collect());
        cues.sort_unstable();
        sources.sort_unstable();
        Self { cues, sources }
    }

    /// Place of the attribution whose cue begins last before the end of `cue`.
    fn at(&self, cue: &[Span]) -> usize {
        let Some(end) = cue.iter().map(|span| span.end).max() else { return usize::MAX };
        let last = self.cues.partition_point(|(span, _)| span.start < end).checked_sub(1);
        last.and_then(|last| self.cues.get(last)).map_or(usize::MAX, |&(_, at)| at)
    }

    /// Whether the cue is part of the words that name a source: "media reports said".
    fn within_source(&self, cue: &[Span]) -> bool {
        let Some(first) = cue.first() else { return false };
        let last = self.sources.partition_point(|span| span.start <= first.start).checked_sub(1);
        last.and_then(|last| self.sources.get(last)).is_some_and(|source| source.overlaps(*first))
    }
}

/// The spans that the encoder's attributions cover, sorted and joined.
struct Taken(Vec<Span>);

impl Taken {
    fn new(found: &[Attribution]) -> Self {
        Self(Span::union(found.iter().flat_map(|a| a.content.iter().chain(&a.cue).chain(&a.source)).copied()))
    }

    fn any<'a>(&self, spans: impl IntoIterator<Item = &'a Span>) -> bool {
        spans.into_iter().any(|span| {
            let last = self.0.partition_point(|taken| taken.start < span.end).checked_sub(1);
            last.and_then(|last| self.0.get(last)).is_some_and(|taken| taken.overlaps(*span))
        })
    }
}
