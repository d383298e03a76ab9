//! What the encoder found, set right by the rules where the structure is certain.
//!
//! The encoder finds far more cues than the rules; the rules know where a sentence puts its source. So the encoder's attributions
//! stand, but: improbable ones go; a content stays in the paragraph of its cue unless it is quoted; where encoder and rules read
//! one cue with source and content the other way round, the rules are followed; and a quote that only the rules attribute is added.
//! Each step was chosen on the development part of `PolNeAR` (e2e F1 67.3 before, 68.4 after).

use super::attribution::touches;
use super::chains::is_participle;
use super::lexicon::{self, Frame, Role};
use super::manner;
use super::words::{Word, Words};
use super::{ClaimForm, CueClass};
use crate::encoder::Attribution;
use crate::text::{Prose, Span};
use std::ops::Range;

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
        keep_near(prose, words, &mut kept);
        strip_marks(words, &mut kept);
        close_gaps(words, &mut kept);
        reach_back(words, &mut kept);
        reach_on(words, &mut kept);
        tidy_source(words, &mut kept);
        tidy_quoted(words, &mut kept);
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
                    fill(words, &mut kept, rule);
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

/// Joins what was found twice about one group of verbs, `has` and `reportedly told`: the auxiliaries introduce nothing of their own.
fn join_groups(words: &Words, attributions: &mut Vec<Attribution>) {
    let part = |word: &Word| word.roles().any(&[Role::Auxiliary, Role::Negation]) || word.is_adverb();
    let helps = |cue: &[Span]| cue.iter().flat_map(|&span| words.slice(words.within(span))).all(part);
    let leads = |helper: &Attribution, main: &Attribution| {
        let (Some(first), Some(next)) = (helper.cue.last(), main.cue.first()) else { return false };
        let gap = words.slice(words.within(*first).end..words.within(*next).start);
        let same = helper.source.is_empty() || main.source.is_empty() || touches(&helper.source, &main.source);
        helps(&helper.cue) && first.end <= next.start && gap.len() <= GAP && gap.iter().all(part) && same
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

/// Keeps the parts of a content that stand in the paragraph of the cue, or within quotes.
fn keep_near(prose: &Prose, words: &Words, attribution: &mut Attribution) {
    let paragraph = |span: &Span| prose.sentence_at(span.start).and_then(|at| prose.sentences.get(at)).map(|s| s.paragraph);
    let Some(home) = attribution.cue.first().map(paragraph) else { return };
    attribution.content.retain(|part| is_quoted(words, part) || paragraph(part) == home);
}

/// Whether the words begin within quotes.
fn is_quoted(words: &Words, part: &Span) -> bool {
    words.slice(words.within(*part)).first().is_some_and(|word| word.depth > 0)
}

/// Most words of a hole in a content that is closed.
const GAP: usize = 3;

/// Closes holes of a few words in a content, within a sentence and outside quotes, with nothing of its own source or cue in
/// them.
fn close_gaps(words: &Words, attribution: &mut Attribution) {
    attribution.content.sort_unstable();
    let own: Vec<Span> = attribution.source.iter().chain(&attribution.cue).copied().collect();
    let mut parts: Vec<Span> = Vec::with_capacity(attribution.content.len());
    for &part in &attribution.content {
        let hole = parts.last().map(|last| Span::new(last.end, part.start.max(last.end)));
        let closed = hole.is_some_and(|hole| {
            let inside = words.within(hole);
            let sentence = |at: usize| words.get(at).map(|word| word.sentence);
            let loose = |at: usize| words.get(at).is_some_and(|word| word.depth == 0);
            inside.len() <= GAP
                && loose(inside.start.saturating_sub(1))
                && loose(inside.end)
                && sentence(inside.start.saturating_sub(1)) == sentence(inside.end)
                && !own.iter().any(|span| span.overlaps(hole))
        });
        match parts.last_mut() {
            Some(last) if closed => *last = last.cover(part),
            _ => parts.push(part),
        }
    }
    attribution.content = parts;
}

/// Takes a content that breaks off behind a verb of saying, or before its participle, to where it ends in what the rules read at the
/// same cue: "CNN said Smith wrote to us, explaining" lacks what Smith explained.
fn fill(words: &Words, attribution: &mut Attribution, rule: &Attribution) {
    attribution.content.sort_unstable();
    let verb = |word: &Word| word.verb().is_some() && word.is_verbal();
    let says = |part: &&Span| {
        let within = words.within(**part);
        let next = words.0.get(within.end..).unwrap_or_default().iter().find(|word| word.is_word());
        words.slice(within).last().is_some_and(verb) || next.is_some_and(|next| verb(next) && next.lower().ends_with("ing"))
    };
    let broken = attribution.content.iter().find(says).copied();
    let whole = broken.and_then(|part| rule.content.iter().find(|content| content.contains(part) && content.end > part.end));
    if let Some((broken, whole)) = broken.zip(whole) {
        attribution.content.retain(|part| part.start < broken.start || part.start >= whole.end);
        attribution.content.push(Span::new(broken.start, whole.end));
        attribution.content.sort_unstable();
    }
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

/// Most words that a content is taken back over to the beginning of its sentence.
const BACK: usize = 3;

/// Begins a content with its sentence where it leaves out no more than the first words of its subject: "The Echo founder".
fn reach_back(words: &Words, attribution: &mut Attribution) {
    let own = attribution.cue.iter().chain(&attribution.source).map(|span| span.start).min().unwrap_or_default();
    let Some(content) = attribution.content.first_mut().filter(|content| content.start < own) else { return };
    let first = words.within(*content).start;
    let Some(sentence) = words.get(first).map(|word| word.sentence) else { return };
    let before = words.slice(first.saturating_sub(BACK + 1)..first);
    let own = before.iter().rev().take_while(|word| word.sentence == sentence).count();
    let gap = words.slice(first - own..first);
    let subject = |word: &Word| word.is_word() && !word.is_verbal() && (word.tag.is_noun() || word.roles().has(Role::Determiner));
    if (1..=BACK).contains(&own) && gap.iter().all(subject) {
        content.start = gap.first().map_or(content.start, |word| word.span.start);
    }
}

/// Takes each part of a content that breaks off within a phrase on to the next mark, its own words or the end of the sentence: "that the
/// work would begin with the".
fn reach_on(words: &Words, attribution: &mut Attribution) {
    let open = |word: &Word| {
        let leads = word.roles().any(&[Role::Determiner, Role::Possessive, Role::Auxiliary]) && !word.roles().has(Role::Pronoun);
        word.depth == 0 && !word.is_clitic() && (leads || word.is(&["and", "or", "but"]))
    };
    let ends: Vec<usize> = attribution.content.iter().map(|part| words.within(*part).end).collect();
    for (at, end) in ends.into_iter().enumerate() {
        let Some(last) = end.checked_sub(1).and_then(|last| words.get(last)).filter(|last| open(last)) else { continue };
        let own = attribution.source.iter().chain(&attribution.cue).chain(attribution.content.get(at + 1));
        let stop = own.map(|span| span.start).filter(|&start| start >= last.span.end).min();
        let free = |word: &&Word| {
            word.sentence == last.sentence && word.is_word() && word.depth == 0 && stop.is_none_or(|stop| word.span.end <= stop)
        };
        let rest = words.0.get(end..).unwrap_or_default().iter().take_while(free).last();
        if let Some((part, rest)) = attribution.content.get_mut(at).zip(rest) {
            part.end = rest.span.end;
        }
    }
}

/// Leaves out of a quote's content whom it is quoted from: "the Echo quoted his letter".
fn tidy_quoted(words: &Words, attribution: &mut Attribution) {
    let cue = attribution.cue.first().map(|&cue| words.slice(words.within(cue))).unwrap_or_default();
    if !cue.iter().any(|word| word.verb().is_some_and(|verb| verb.lemma == "quote")) {
        return;
    }
    if attribution.content.iter().any(|part| is_quoted(words, part)) {
        attribution.content.retain(|part| is_quoted(words, part));
    }
}

/// Takes the subject of a passive for no source, and gives a lone determiner its noun: "the" of "the group".
fn tidy_source(words: &Words, attribution: &mut Attribution) {
    // "a source told the Echo": who is told it does not say it.
    if let ([first, _, ..], [cue, ..]) = (attribution.source.as_slice(), attribution.cue.as_slice()) {
        let (first, cue) = (*first, *cue);
        let tells = |word: &Word| word.verb().is_some_and(|verb| verb.takes(Frame::Addressee));
        let told = first.end <= cue.start && words.slice(words.within(cue)).iter().any(tells);
        attribution.source.retain(|part| !told || part.start < cue.start);
    }
    let Some((cue, source)) = attribution.cue.first().zip(attribution.source.first_mut()) else { return };
    if source.start < cue.start && is_passive(words, words.within(*cue)) {
        attribution.source.clear();
        return;
    }
    cut_headline(words, source);
    let range = words.within(*source);
    let determiners = words.slice(range.clone()).iter().all(|word| word.roles().has(Role::Determiner));
    if determiners && !words.slice(range.clone()).iter().any(|word| word.roles().has(Role::Pronoun)) {
        let noun = |word: &&Word| word.is_word() && (word.tag.is_noun() || word.capital || word.tag.upos == "ADJ");
        let after = words.0.get(range.end..).unwrap_or_default().iter().take(REST).take_while(noun);
        source.end = after.last().map_or(source.end, |word| word.span.end);
    }
    with_determiner(words, attribution);
}

/// Whether the subject of the cue is who is told, accused or described: "was told that", "Smith, accused of fraud"; not "was quoted as saying".
fn is_passive(words: &Words, cue: Range<usize>) -> bool {
    const TURNED: [&str; 3] = ["accuse", "charge", "suspect"];
    let group = words.slice(cue.clone());
    let reports = |word: &Word| word.verb().is_some_and(|verb| verb.class == CueClass::Reporting && verb.lemma != "quote");
    let Some(at) = group.iter().rposition(|word| reports(word) && !word.lower().ends_with("ing")) else { return false };
    let be = |word: &Word| word.is(&lexicon::BE);
    let helped = group.iter().take(at).rev().find(|word| !word.is_adverb()).is_some_and(be);
    let turned = group.get(at).and_then(Word::verb).is_some_and(|verb| TURNED.contains(&verb.lemma));
    helped || turned && words.get(cue.start + at + 1).is_some_and(|next| next.is(&["of", "with"]))
}

/// Ends a source before what its clause tells where another clause follows: "Vik eliminated from the race after" is Vik.
fn cut_headline(words: &Words, source: &mut Span) {
    let own = words.within(*source);
    let leads = |word: &Word| word.is(&["after", "before", "by", "in", "when", "while"]);
    let verb = words.slice(own.clone()).iter().skip(1).position(|word| !word.capital && word.tag.is_verb());
    let subject = verb.filter(|_| words.slice(own.clone()).last().is_some_and(leads));
    if let Some(span) = subject.and_then(|verb| words.span(own.start..own.start + 1 + verb)) {
        *source = span;
    }
}

/// Gives a source the determiner before it, with the words between, and takes a preposition from it: "a local newspaper", not
/// "newspaper"; "investors", not "for investors".
fn with_determiner(words: &Words, attribution: &mut Attribution) {
    let Some(source) = attribution.source.first_mut() else { return };
    let mut own = words.within(*source);
    let preposition = |at: usize| words.get(at).is_some_and(|word| word.is(&["for", "by", "from", "with"]));
    if own.len() > 1 && preposition(own.start) {
        own.start += 1;
    }
    let sentence = words.get(own.start).map(|word| word.sentence);
    let taken = |word: &Word| attribution.cue.iter().chain(&attribution.content).any(|span| span.overlaps(word.span));
    let near = words.slice(own.start.saturating_sub(REST)..own.start).iter().rev();
    let mut before = near.take_while(|word| Some(word.sentence) == sentence && word.is_word() && !taken(word));
    let determiner = |word: &Word| word.is(&["the", "a", "an", "his", "her", "its", "their"]);
    let phrase = |word: &&Word| !word.capital && (word.tag.upos == "ADJ" || word.tag.is_noun()) && !word.is_verbal();
    let bare = words.get(own.start).is_some_and(|word| !word.roles().any(&[Role::Determiner, Role::Possessive, Role::Pronoun]));
    let first = before.by_ref().find(|word| determiner(word) || !phrase(word)).filter(|word| determiner(word) && bare);
    let start = first.or_else(|| words.get(own.start)).map_or(source.start, |word| word.span.start);
    source.start = start.min(source.end);
}

/// Most words that a determiner is given.
const REST: usize = 5;

/// Whether the rules read a noun of saying with whose it is and what it says: "the minister's claim that".
fn is_noun_with_source(words: &Words, rule: &Attribution) -> bool {
    let cue = rule.cue.first().and_then(|&cue| words.get(words.within(cue).start));
    !rule.source.is_empty() && cue.is_some_and(|cue| cue.tag.is_noun() && lexicon::noun(cue.lower()).is_some())
}

/// Begins each part of a content with its first word or quote, not with the comma before it, and ends a cue before the article of what
/// follows; a mark alone names no source.
fn strip_marks(words: &Words, attribution: &mut Attribution) {
    if let Some(cue) = attribution.cue.last_mut() {
        let own = words.within(*cue);
        let article = words.slice(own.clone()).last().is_some_and(|word| word.is(&["the", "a", "an"]));
        if let Some(rest) = words.span(own.start..own.end.saturating_sub(1)).filter(|_| article) {
            *cue = rest;
        }
    }
    attribution.source.retain(|span| words.slice(words.within(*span)).iter().any(Word::is_word));
    for span in &mut attribution.content {
        let mut own = words.slice(words.within(*span)).iter();
        if let Some(first) = own.find(|word| !matches!(word.lower(), "," | ";" | ":")) {
            span.start = first.span.start;
        }
    }
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
