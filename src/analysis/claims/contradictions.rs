//! Claims that cannot both be so: one source says it, another denies it. Linked only where it is certain.
//!
//! ```text
//! Moss denied {Reyes’s allegation that she took money}      the denial names the claim that stands in it
//! Reyes said the fund was empty. Moss denied {the claim}    or means the only one before it
//! Reyes said that Moss had taken the money from the fund    subject, predicate and most of the other words are the same,
//! Moss denied that she had taken the money                  in one order, and one of the two is negative
//! ```
//!
//! The sentences of contents are compared by keys: entities, and the stems of nouns, verbs, adjectives and numbers. Each negative
//! sentence is compared with the few that share its subject or predicate, whichever is rarer, so the work grows with the text.

use super::attribution::touches;
use super::lexicon::{self, Role};
use super::manner;
use super::stem::stem;
use super::words::{Word, Words};
use super::{Claim, CueClass, Stance};
use crate::analysis::{Analysis, ClaimId};
use crate::text::Span;
use std::collections::{BTreeSet, HashMap};

/// Most sentences that a subject or predicate still leads to.
const COMMON: usize = 64;
/// Longest sentence that is compared, in keys.
const LONGEST: usize = 40;
/// Fewest keys that two sentences share, unless they have no others.
const SHARED: usize = 3;
/// Share of the shorter sentence's keys that the other has too, in quarters.
const QUARTERS: usize = 3;

/// Links the claims of an analysis that contradict each other.
pub(super) fn link(words: &Words, analysis: &mut Analysis) {
    let mut reader = Keys::new(words, analysis);
    let statements = reader.statements();
    let claims = &analysis.claims;
    let mut pairs: BTreeSet<(usize, usize)> = named(words, claims).into_iter().chain(meant(words, claims)).collect();
    let mut index: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, statement) in statements.iter().enumerate().filter(|(_, statement)| !statement.denied) {
        for &key in &statement.keys {
            index.entry(key).or_default().push(at);
        }
    }
    for denial in statements.iter().filter(|statement| statement.denied) {
        let both = denial.keys.get(denial.head).into_iter().chain(&denial.subject);
        let near =
            both.map(|key| index.get(key).map_or(&[][..], Vec::as_slice)).min_by_key(|near| near.len()).unwrap_or_default();
        let near = near.iter().filter(|_| near.len() <= COMMON).filter_map(|&at| statements.get(at));
        let said = near.filter(|said| contradicts(denial, said));
        pairs.extend(said.map(|said| (denial.claim, said.claim)));
    }
    pairs.retain(|&(a, b)| are_of_two(analysis, a, b));
    for (a, b) in pairs.iter().copied().chain(pairs.iter().map(|&(a, b)| (b, a))) {
        if let Some(claim) = analysis.claims.get_mut(a) {
            claim.contradicts.push(ClaimId(b));
        }
    }
    for claim in &mut analysis.claims {
        claim.contradicts.sort_unstable();
        claim.contradicts.dedup();
    }
}

/// Whether two known sources make the claims.
fn are_of_two(analysis: &Analysis, a: usize, b: usize) -> bool {
    let source = |at: usize| analysis.claims.get(at)?.source;
    let entity = |at: usize| analysis.sources.get(source(at)?.0)?.entity;
    source(a).zip(source(b)).is_some_and(|(a, b)| a != b) && (entity(a).is_none() || entity(a) != entity(b))
}

/// Denials and the claims that they name: "denied Reyes’s allegation that".
fn named(words: &Words, claims: &[Claim]) -> Vec<(usize, usize)> {
    let denial = |claim: &Claim| {
        let parent = claim.parent?.0;
        let around = claims.get(parent).filter(|around| denies(words, around))?;
        let (cue, content) = (*claim.cue.first()?, *around.content.first()?);
        let is_noun = claim.cue.len() == 1 && lexicon::noun(words.get(words.within(cue).start)?.lower()).is_some();
        let leads = content.contains(cue) && claim.source_spans.iter().all(|source| source.start >= content.start);
        let first = words.slice(words.within(Span::new(content.start, cue.start))).iter().all(|word| !word.is_verbal());
        (is_noun && leads && first).then_some(parent)
    };
    claims.iter().enumerate().filter_map(|(at, claim)| Some((denial(claim)?, at))).collect()
}

/// Denials of "the claim", "that account" or "it", and the only claim of the sentence before, or of the same one before them.
fn meant(words: &Words, claims: &[Claim]) -> Vec<(usize, usize)> {
    let sentence = |at: usize| words.get(at).map(|word| word.sentence);
    let mut told: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, claim) in claims.iter().enumerate() {
        let last = claim.content.iter().chain(&claim.cue).max().map(|span| words.within(*span).end.saturating_sub(1));
        let plain = matches!(claim.stance, Stance::Asserts | Stance::Confirms | Stance::Claims);
        if let Some(last) = last.and_then(sentence).filter(|_| claim.parent.is_none() && plain) {
            told.entry(last).or_default().push(at);
        }
    }
    let before = |sentence: usize, end: usize| -> Vec<usize> {
        let ends =
            |at: &usize| claims.get(*at).is_some_and(|claim| claim.content.iter().chain(&claim.cue).all(|span| span.end <= end));
        told.get(&sentence).into_iter().flatten().copied().filter(ends).take(2).collect()
    };
    let answered = |claim: &Claim| {
        let ([content], [cue, ..]) = (claim.content.as_slice(), claim.cue.as_slice()) else { return None };
        let start = claim.source_spans.iter().chain([cue]).map(|span| span.start).min()?;
        let own = sentence(words.within(*cue).start)?;
        if claim.parent.is_some() || !denies(words, claim) || !points_back(words.slice(words.within(*content))) {
            return None;
        }
        let here = before(own, start);
        let said = if here.is_empty() { before(own.checked_sub(1)?, start) } else { here };
        if let [only] = said.as_slice() { Some(*only) } else { None }
    };
    claims.iter().enumerate().filter_map(|(at, claim)| Some((at, answered(claim)?))).collect()
}

/// Whether the words mean what has just been said: "it", "the allegation", "those reports".
fn points_back(content: &[Word]) -> bool {
    match content {
        [word] => word.is(&["it", "this", "that"]),
        [first, .., last] => {
            let definite = first.is(&["the", "this", "that", "these", "those", "both"]);
            let said = lexicon::noun(last.lower()).is_some_and(|noun| noun.class == CueClass::Reporting)
                || last.is(&["account", "accounts", "charge", "charges", "story", "version"]);
            definite && said && content.len() <= 3
        }
        [] => false,
    }
}

/// Whether the source says that the content is not so; whoever "did not say" it has not denied it.
fn denies(words: &Words, claim: &Claim) -> bool {
    claim.cue_class == CueClass::Reporting && claim.stance == Stance::Denies && !manner::is_negated(words, &claim.cue)
}

/// A sentence of what a claim says, in keys.
#[derive(Debug)]
struct Statement {
    claim: usize,
    content: Vec<Span>,
    /// In the order of the text.
    keys: Vec<usize>,
    /// Place of what is said of the subject: the verb, or what is or is not there.
    head: usize,
    /// Key of the subject; `None` for "there is".
    subject: Option<usize>,
    /// Modal verbs: what would be is not what was.
    modals: Vec<String>,
    /// Numbers among the keys.
    numbers: Vec<usize>,
    /// Whether its source says that it is not so.
    denied: bool,
}

/// Whether both speak of the same, one of them in the negative.
fn contradicts(denial: &Statement, said: &Statement) -> bool {
    let (short, long) = if denial.keys.len() <= said.keys.len() { (denial, said) } else { (said, denial) };
    // In one order: each key of the shorter one behind the place of the key before.
    let mut from = 0;
    let mut shared: Vec<usize> = Vec::new();
    for &key in &short.keys {
        let Some(place) = long.keys.iter().skip(from).position(|&other| other == key) else { continue };
        from += place + 1;
        shared.push(key);
    }
    let has = |statement: &Statement| statement.keys.get(statement.head).is_some_and(|head| shared.contains(head));
    let whole = shared.len() == long.keys.len() && shared.len() + 1 >= SHARED;
    let enough = whole || (shared.len() >= SHARED && shared.len() * 4 >= short.keys.len() * QUARTERS);
    !touches(&denial.content, &said.content)
        && enough
        && has(denial)
        && has(said)
        && denial.subject == said.subject
        && denial.modals == said.modals
        && short.numbers.iter().all(|number| shared.contains(number))
}

/// The keys of a text, given out as they come.
struct Keys<'a> {
    words: &'a Words,
    analysis: &'a Analysis,
    stems: HashMap<String, usize>,
}

impl<'a> Keys<'a> {
    fn new(words: &'a Words, analysis: &'a Analysis) -> Self {
        Self { words, analysis, stems: HashMap::new() }
    }

    /// The sentences of all contents that can be compared.
    fn statements(&mut self) -> Vec<Statement> {
        let analysis = self.analysis;
        let nested = nested(&analysis.claims);
        let mut out = Vec::new();
        for (at, claim) in analysis.claims.iter().enumerate() {
            let open = claim.stance.is_open() || claim.stance == Stance::Declines;
            if claim.cue_class != CueClass::Reporting || open || claim.source.is_none() || self.is_doubted(claim) {
                continue;
            }
            let nested = nested.get(at).map_or(&[][..], Vec::as_slice);
            let own = |word: &&Word| {
                let last = nested.partition_point(|span| span.start <= word.span.start).checked_sub(1);
                !last.and_then(|last| nested.get(last)).is_some_and(|span| span.contains(word.span))
            };
            for &content in &claim.content {
                let range = self.words.within(content);
                let mut rest = self.words.slice(range);
                while let Some(sentence) = rest.first().map(|word| word.sentence) {
                    let length = rest.iter().take_while(|word| word.sentence == sentence).count();
                    let (sentence, more) = rest.split_at(length);
                    let own: Vec<&Word> = sentence.iter().filter(own).collect();
                    out.extend(self.statement(at, claim, &own));
                    rest = more;
                }
            }
        }
        out
    }

    /// Whether the claim stands in one that is denied or left open, or has a cue that is negated and so denies nothing.
    fn is_doubted(&self, claim: &Claim) -> bool {
        let mut above = claim.parent;
        while let Some(around) = above.and_then(|id| self.analysis.claims.get(id.0)) {
            if around.stance.is_open() || around.stance.is_denial() || around.cue_class == CueClass::Attitude {
                return true;
            }
            above = around.parent;
        }
        claim.stance.is_denial() && !denies(self.words, claim)
    }

    /// What the claim says in its `own` words of one sentence.
    fn statement(&mut self, at: usize, claim: &Claim, own: &[&Word]) -> Option<Statement> {
        let open = |word: &&Word| matches!(word.lower(), "if" | "unless" | "whether" | "?" | "perhaps" | "possibly");
        if own.iter().any(open) {
            return None;
        }
        // "the answers" alone says nothing that could be so or not; "denied the theft" does.
        if !claim.stance.is_denial() && !own.iter().any(|word| matches!(word.tag.upos, "VERB" | "AUX")) {
            return None;
        }
        let negatives = own.iter().filter(|word| is_negative(word)).count();
        if negatives > 1 {
            return None;
        }
        let mut said = Said::default();
        // "denied taking the money": the one who denies is the subject of "taking".
        if claim.stance.is_denial() && own.first().is_some_and(|word| word.tag.ptb == "VBG") {
            let source = claim.source.and_then(|source| self.analysis.sources.get(source.0));
            said.keys.extend(source.and_then(|source| source.entity).map(|entity| entity.0));
        }
        let mut until = 0;
        for word in own {
            let negative = is_negative(word);
            said.waiting |= negative;
            if word.tag.ptb == "MD" {
                said.modals.push(modal(word.lower()).to_owned());
            }
            if word.span.start < until || negative {
                continue;
            }
            if let Some((key, end)) = self.key(word) {
                until = end;
                said.push(key, word);
            }
        }
        said.finish(at, claim, negatives > 0)
    }

    /// The key of a word, and where the words end that it stands for: all of a mention.
    fn key(&mut self, word: &Word) -> Option<(usize, usize)> {
        let mentions = &self.analysis.mentions;
        let first = mentions.partition_point(|mention| mention.span.start < word.span.start);
        if let Some(mention) = mentions.get(first).filter(|mention| mention.span.contains(word.span)) {
            return Some((mention.entity.0, mention.span.end));
        }
        let carries = matches!(word.tag.upos, "NOUN" | "PROPN" | "VERB" | "ADJ" | "NUM") || word.is_number();
        if !carries || word.roles().any(&[Role::Auxiliary, Role::Determiner, Role::Pronoun, Role::Negation]) {
            return None;
        }
        let next = self.analysis.entities.len() + self.stems.len();
        let stem = if word.is_number() { word.lower().to_owned() } else { stem(word.lower(), word.tag) };
        Some((*self.stems.entry(stem).or_insert(next), word.span.end))
    }
}

/// Contents of the claims that stand in each claim, in order and joined.
fn nested(claims: &[Claim]) -> Vec<Vec<Span>> {
    let mut inside: Vec<(usize, Span)> = Vec::new();
    for claim in claims {
        inside.extend(claim.parent.into_iter().flat_map(|parent| claim.content.iter().map(move |&span| (parent.0, span))));
    }
    inside.sort_unstable();
    let mut out: Vec<Vec<Span>> = vec![Vec::new(); claims.len()];
    for (parent, span) in inside {
        let Some(spans) = out.get_mut(parent) else { continue };
        match spans.last_mut() {
            Some(last) if span.start <= last.end => *last = last.cover(span),
            _ => spans.push(span),
        }
    }
    out
}

/// Whether the word makes the next one that carries meaning negative.
fn is_negative(word: &Word) -> bool {
    let contracted = word.lower().ends_with("n't") || word.lower().ends_with("n’t") || word.lower() == "cannot";
    word.roles().has(Role::Negation) || contracted || matches!(word.lower(), "no" | "none" | "without")
}

/// A modal verb in the present tense: reported speech puts it into the past.
fn modal(lower: &str) -> &str {
    match lower {
        "would" | "won't" | "won’t" | "wouldn't" | "wouldn’t" => "will",
        "could" | "can't" | "can’t" | "cannot" | "couldn't" | "couldn’t" => "can",
        "might" => "may",
        "shouldn't" | "shouldn’t" => "should",
        other => other,
    }
}

/// A statement while it is read.
#[derive(Debug, Default)]
struct Said {
    keys: Vec<usize>,
    numbers: Vec<usize>,
    modals: Vec<String>,
    /// A negative word has come whose head has not.
    waiting: bool,
    negated: Option<usize>,
    verb: Option<usize>,
}

impl Said {
    fn push(&mut self, key: usize, word: &Word) {
        let at = self.keys.len();
        if std::mem::take(&mut self.waiting) {
            self.negated = Some(at);
        }
        if word.tag.is_verb() && self.verb.is_none() {
            self.verb = Some(at);
        }
        if word.is_number() {
            self.numbers.push(key);
        }
        self.keys.push(key);
    }

    fn finish(mut self, at: usize, claim: &Claim, negative: bool) -> Option<Statement> {
        // "there is no agreement", "the figure is wrong": the last word that carries meaning, where there is no verb.
        let head = self.negated.or(self.verb).or(self.keys.len().checked_sub(1))?;
        let subject = head.checked_sub(1).and_then(|before| self.keys.get(before)).copied();
        self.modals.sort_unstable();
        self.modals.dedup();
        let Self { keys, numbers, modals, .. } = self;
        let (content, denied) = (claim.content.clone(), claim.stance.is_denial() != negative);
        (keys.len() <= LONGEST).then_some(Statement { claim: at, content, keys, head, subject, modals, numbers, denied })
    }
}
