//! The words that name a source as the encoder gives them, set right: a whole phrase, and one that speaks.

use super::CueClass;
use super::lexicon::{self, Frame, Role};
use super::words::{Word, Words};
use crate::encoder::Attribution;
use crate::text::Span;
use std::ops::Range;

/// Takes the subject of a passive for no source, and gives a lone determiner its noun: "the" of "the group".
pub(super) fn tidy(words: &Words, attribution: &mut Attribution) {
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
    cut_predicate(words, source);
    whole_name(words, source, &attribution.cue, &attribution.content);
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

/// Ends a source before the predicate of a pronoun: "you" of "you'll stand there".
fn cut_predicate(words: &Words, source: &mut Span) {
    if let [pronoun, verb, ..] = words.slice(words.within(*source))
        && pronoun.roles().has(Role::Pronoun)
        && !pronoun.roles().has(Role::Determiner)
        && verb.roles().has(Role::Auxiliary)
    {
        *source = pronoun.span;
    }
}

/// Takes a source that ends within a name to the end of the name: "The US" of "The US Embassy".
fn whole_name(words: &Words, source: &mut Span, cue: &[Span], content: &[Span]) {
    let own = words.within(*source);
    let Some(last) = words.slice(own.clone()).last().filter(|last| last.capital && last.tag.upos == "PROPN") else { return };
    let taken = |word: &Word| cue.iter().chain(content).any(|span| span.overlaps(word.span));
    let named = |word: &&Word| {
        word.capital
            && matches!(word.tag.upos, "PROPN" | "NOUN")
            && word.verb().is_none()
            && word.sentence == last.sentence
            && !taken(word)
    };
    let rest = words.0.get(own.end..).unwrap_or_default().iter().take_while(named).last();
    source.end = rest.map_or(source.end, |word| word.span.end);
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
