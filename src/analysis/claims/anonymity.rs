//! How the article says that a source is not named: "who asked not to be named", "spoke on condition of anonymity because ...".
//! This is the reason why the source is unnamed, not a claim.

use super::lexicon::Role;
use super::words::{Word, Words};
use super::{Claim, Source, SourceKind};
use crate::encoder::Attribution;
use crate::text::Span;
use std::collections::HashSet;

/// Verbs of those who wish not to be named, in all forms.
const WISH: [&str; 23] = [
    "ask",
    "asks",
    "asked",
    "asking",
    "request",
    "requests",
    "requested",
    "requesting",
    "decline",
    "declines",
    "declined",
    "declining",
    "refuse",
    "refused",
    "refusing",
    "want",
    "wanted",
    "wanting",
    "wish",
    "wished",
    "wishing",
    "preferred",
    "insisted",
];
/// Verbs of those who speak on a condition.
const SPEAK: [&str; 11] =
    ["speak", "speaks", "spoke", "spoken", "speaking", "talked", "talking", "granted", "commented", "commenting", "interviewed"];
/// What a source wishes not to be, or to stay.
const NAMED: [&str; 6] = ["named", "identified", "quoted", "anonymous", "unnamed", "unidentified"];
/// How far before those words the verb stands, in words.
const REACH: usize = 8;
/// Longest reason that is kept, in words.
const LONGEST: usize = 40;

/// The words in which sources ask not to be named, in order.
pub(super) struct Requests(Vec<Span>);

impl Requests {
    /// Finds them.
    pub fn new(words: &Words) -> Self {
        Self((0..words.0.len()).filter_map(|at| request(words, at)).collect())
    }

    /// Lets their verbs introduce no content.
    pub fn silence(&self, words: &mut Words) {
        for &request in &self.0 {
            let range = words.within(request);
            words.0.get_mut(range).unwrap_or_default().iter_mut().for_each(Word::introduce_nothing);
        }
    }

    /// Whether the attribution says nothing but that its source is not to be named.
    pub fn hold(&self, attribution: &Attribution) -> bool {
        let Some(content) = attribution.content.iter().min() else { return false };
        let at = self.0.partition_point(|span| span.end <= content.start);
        self.0.get(at).is_some_and(|span| attribution.cue.iter().any(|cue| span.overlaps(*cue)) && content.start < span.end)
    }

    /// Gives each request to the source it is told of: to one that says something in its sentence, else, where its sentence begins
    /// with a pronoun or a definite noun, to who spoke before.
    pub fn give(&self, words: &Words, claims: &[Claim], sources: &mut [Source]) {
        let sentence = |span: Span| words.get(words.within(span).start).map(|word| word.sentence);
        let mut told: Vec<(Option<usize>, &Claim, Span)> = Vec::new();
        for claim in claims {
            told.extend(claim.source_spans.iter().map(|&span| (sentence(span), claim, span)));
        }
        told.sort_by_key(|(_, _, span)| *span);
        let mut said: Vec<usize> =
            claims.iter().flat_map(|claim| claim.cue.iter().chain(&claim.content)).map(|span| span.start).collect();
        said.sort_unstable();
        let mut told_why = HashSet::new();
        for &request in &self.0 {
            let own = sentence(request);
            let after = told.partition_point(|(_, _, span)| span.start < request.start);
            let here = |(sentence, ..): &&(Option<usize>, &Claim, Span)| *sentence == own;
            let near = told.get(..after).unwrap_or_default().last().filter(here).or_else(|| told.get(after).filter(here));
            let before = || told.get(..after).unwrap_or_default().last().filter(|_| points_back(words, request));
            let Some((_, claim, _)) = near.or_else(before) else { continue };
            let Some(source) = claim.source.and_then(|id| sources.get_mut(id.0)) else { continue };
            let nameless = matches!(source.kind, SourceKind::Unnamed | SourceKind::Group | SourceKind::Person);
            if source.entity.is_none() && nameless && told_why.insert(claim.source) {
                source.kind = SourceKind::Unnamed;
                let why = source.why_unnamed.filter(|why| why.overlaps(request));
                source.why_unnamed = why.or_else(|| Some(reason(words, next(&said, request.end), request)));
            }
        }
    }
}

/// The first of the sorted places that is not before `from`.
fn next(places: &[usize], from: usize) -> Option<usize> {
    places.get(places.partition_point(|&place| place < from)).copied()
}

/// Whether the sentence of the request begins with words for somebody spoken of before.
fn points_back(words: &Words, request: Span) -> bool {
    let at = words.within(request).start;
    let Some(sentence) = words.get(at).map(|word| word.sentence) else { return false };
    let lead = words.slice(at.saturating_sub(REACH)..at);
    let own = lead.iter().rev().take_while(|word| word.sentence == sentence).count();
    let first = lead.get(lead.len() - own).or_else(|| words.get(at));
    first.is_some_and(|word| word.roles().has(Role::Pronoun) || word.is(&["the", "both", "all"]))
}

/// The request that the word at `at` closes.
fn request(words: &Words, at: usize) -> Option<Span> {
    let word = words.get(at)?;
    let lead = |length: usize| words.slice(at.saturating_sub(length)..at);
    let same = |other: &&Word| other.sentence == word.sentence && other.depth == word.depth;
    let verb = |verbs: &[&str]| {
        let found = lead(REACH).iter().rev().take_while(|other| same(other) && other.is_word());
        found.enumerate().find(|(_, other)| other.is(verbs)).map(|(back, _)| at - back - 1)
    };
    let has = |length: usize, any: &[&str]| lead(length).iter().filter(same).any(|other| other.is(any));
    let start = match word.lower() {
        "anonymity" if has(4, &["condition"]) => verb(&SPEAK).or_else(|| {
            (at.saturating_sub(4)..at).find(|&i| words.get(i).is_some_and(|w| w.lower() == "on" || w.lower() == "under"))
        }),
        "anonymity" => verb(&WISH).or_else(|| verb(&SPEAK)),
        "anonymously" => verb(&SPEAK),
        named if NAMED.contains(&named) && has(3, &["be", "remain", "stay"]) && has(4, &["to", "not"]) => verb(&WISH),
        "speak" | "comment" | "discuss" | "talk"
            if has(2, &["to"]) && has(4, &["authorized", "authorised", "permitted", "allowed"]) =>
        {
            (at.saturating_sub(6)..at).find(|&i| words.get(i).is_some_and(|w| w.lower() == "not" || w.lower() == "who"))
        }
        _ => None,
    }?;
    let before = start.checked_sub(1).and_then(|i| words.get(i)).filter(|before| before.lower() == "who" && same(before));
    Some(Span::new(before.or(words.get(start))?.span.start, word.span.end))
}

/// The words of a request with the reason behind them, up to what is said.
fn reason(words: &Words, said: Option<usize>, request: Span) -> Span {
    let from = words.within(request).end;
    let sentence = from.checked_sub(1).and_then(|at| words.get(at)).map(|word| word.sentence);
    let rest = words.slice(from..(from + LONGEST).min(words.0.len()));
    let goes_on =
        |word: &&Word| word.is_word() && Some(word.sentence) == sentence && said.is_none_or(|said| word.span.start < said);
    let more = rest.iter().take_while(goes_on).last();
    let opens = rest.first().is_some_and(|word| word.is(&["because", "as", "since", "for", "by", "to", "about", "publicly"]));
    more.filter(|_| opens).map_or(request, |last| request.cover(last.span))
}
