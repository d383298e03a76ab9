//! Chains of sources: the finder runs again inside each content, and notes through whom the content came.
//!
//! ```text
//! CNN, citing two sources, said  Smith told aides that  he had lost
//! 0 CNN said ──────────────────────────────────────────────────────
//!   1 two sources ─────────────────────────────────────────────────
//!     2 Smith told ─────────────────────────────────────── he had lost
//! ```
//!
//! Acyclic by construction: a link's parent is always made before it.

use super::attribution::{stands_in, touches};
use super::clause::{Clause, Shape, clauses};
use super::lexicon::Role;
use super::manner;
use super::nouns::can_speak;
use super::quotes::{Quote, holding};
use super::words::{Word, Words};
use super::{CueClass, Stance, supposed};
use crate::encoder::Attribution;
use crate::text::Span;
use std::ops::Range;

/// Deepest nesting that is read.
const DEEPEST: usize = 8;
/// How far around a cue a source it cites is looked for, in words.
const REACH: usize = 24;

/// An attribution, and the one whose content it stands in.
#[derive(Debug, Clone)]
pub(super) struct Link {
    /// Source, cue and content.
    pub attribution: Attribution,
    /// Index of the link it stands in.
    pub parent: Option<usize>,
    /// 0 for an outermost attribution.
    pub depth: usize,
}

/// All attributions, nested ones among them: those of `given` stand in each other's contents where their words do, and what `find`
/// gives of the outermost ones of a stretch of words is added within each content.
pub(super) fn chain(
    words: &Words,
    quotes: &[Quote],
    given: Vec<Attribution>,
    find: impl Fn(&Words, Range<usize>) -> Vec<Attribution>,
) -> Vec<Link> {
    let mut given = Given::new(given);
    let mut links: Vec<Link> =
        given.outermost().into_iter().map(|attribution| Link { attribution, parent: None, depth: 0 }).collect();
    let mut at = 0;
    while let Some(link) = links.get(at).cloned() {
        if link.depth < DEEPEST {
            let mut inside = Vec::new();
            let region = region(words, &links, &link);
            if let Some(cited) = cited(words, &link.attribution, region).filter(|_| !is_cited(&links, &link)) {
                if let Some(own) = links.get_mut(at) {
                    shorten(words, &mut own.attribution.source, &cited.cue);
                }
                inside.push(cited);
            } else {
                for &content in &link.attribution.content {
                    inside.extend(find(words, words.within(within_marks(quotes, content))));
                }
                inside = given.nested(words, &link.attribution, inside);
            }
            let nested = inside.into_iter().filter(|a| *a != link.attribution);
            links.extend(nested.map(|attribution| Link { attribution, parent: Some(at), depth: link.depth + 1 }));
        }
        at += 1;
    }
    links
}

/// Attributions found beforehand, by cue, and which of them have their place.
struct Given {
    all: Vec<Attribution>,
    placed: Vec<bool>,
}

impl Given {
    fn new(mut all: Vec<Attribution>) -> Self {
        all.sort_by_key(|attribution| attribution.cue.first().copied());
        let placed = vec![false; all.len()];
        Self { all, placed }
    }

    /// Indexes of those whose cue begins within `content`.
    fn starting_in(&self, content: Span) -> Range<usize> {
        let start = |attribution: &Attribution| attribution.cue.first().map_or(0, |cue| cue.start);
        self.all.partition_point(|a| start(a) < content.start)..self.all.partition_point(|a| start(a) < content.end)
    }

    /// Takes those that stand in no other's content, in order.
    fn outermost(&mut self) -> Vec<Attribution> {
        let mut held = vec![false; self.all.len()];
        for around in &self.all {
            for at in around.content.iter().flat_map(|&content| self.starting_in(content)) {
                held[at] |= self.all.get(at).is_some_and(|inner| holds(around, inner));
            }
        }
        let free = self.all.iter().zip(&held).filter(|(_, held)| !**held).map(|(attribution, _)| attribution.clone()).collect();
        self.placed = held.into_iter().map(|held| !held).collect();
        free
    }

    /// Takes the outermost ones in the content of `around`, together with what the rules found there. If both have the same cue, the given
    /// one is kept, except for the subject of a participle, which the rules know better.
    fn nested(&mut self, words: &Words, around: &Attribution, rules: Vec<Attribution>) -> Vec<Attribution> {
        let inside: Vec<usize> = around.content.iter().flat_map(|&content| self.starting_in(content)).collect();
        let fresh = inside.into_iter().filter(|&at| !self.placed[at] && holds(around, &self.all[at]));
        let mut all: Vec<(Option<usize>, Attribution)> = fresh.map(|at| (Some(at), self.all[at].clone())).collect();
        for rule in rules {
            match all.iter_mut().find(|(_, known)| touches(&known.cue, &rule.cue)) {
                Some((_, known)) if known.source.is_empty() || is_participle(words, &rule) => known.source = rule.source,
                None if names_speaker(words, &rule)
                    && is_told(words, &rule)
                    && !manner::is_adjective(words, &rule)
                    && says_something(words, &rule) =>
                {
                    all.push((None, rule));
                }
                _ => {}
            }
        }
        let outer = |inner: &Attribution| !all.iter().any(|(_, other)| other != inner && holds(other, inner));
        let (at, kept): (Vec<_>, Vec<_>) = all.iter().filter(|(_, own)| outer(own)).cloned().unzip();
        for at in at.into_iter().flatten() {
            self.placed[at] = true;
        }
        kept
    }
}

/// Whether an attribution's source and cue stand in the content of another, larger one.
fn holds(around: &Attribution, inner: &Attribution) -> bool {
    let size = |attribution: &Attribution| attribution.content.iter().map(|span| span.len()).sum::<usize>();
    size(around) > size(inner) && !inner.cue.is_empty() && stands_in(inner, around)
}

/// Whether the words that name the source, if there are any, can name somebody.
pub(super) fn names_speaker(words: &Words, attribution: &Attribution) -> bool {
    let source = attribution.source.iter().copied().reduce(Span::cover);
    let feels = manner::stance(words, attribution).0 == CueClass::Attitude;
    source.is_none_or(|source| can_speak(words.slice(words.within(source)), feels))
}

/// Whether its source is nobody, or whom a letter is to: "no one has offered any information", "Dear Abby: My boat".
pub(super) fn is_by_nobody(words: &Words, attribution: &Attribution) -> bool {
    let Some(&source) = attribution.source.first() else { return false };
    let own = words.within(source);
    let greeted = (own.start.saturating_sub(1)..own.end).any(|at| words.get(at).is_some_and(|word| word.is(&["dear"])));
    let colon = attribution.cue.iter().all(|&cue| words.slice(words.within(cue)).iter().all(|word| word.is(&[":"])));
    let nobody = match words.slice(own) {
        [word] => word.is(&["nobody", "none", "nothing", "such"]),
        [first, second, ..] => first.is(&["no"]) && second.is(&["one"]),
        [] => false,
    };
    nobody || greeted && colon
}

/// Whether it tells of something said, and not of what would or might be or was not: "he would ask", "he did not write it down"; but
/// "he could be heard saying".
fn is_told(words: &Words, attribution: &Attribution) -> bool {
    let denied = matches!(manner::stance(words, attribution).1, Stance::Denies | Stance::Asks);
    let unsaid = denied && manner::is_negated(words, &attribution.cue);
    let would = supposed::cue_has(words, attribution, &["would"]);
    supposed::is_witnessed(words, attribution) || !(unsaid || would || supposed::is_supposed(words, attribution))
}

/// Whether its content is something that can be said: a clause, a quote, what is confirmed or denied; not a thing, as in "a parasite called X",
/// "wrote a short play", "discussed the delay". What somebody says of his own saying ("we suggest that") adds nothing.
fn says_something(words: &Words, attribution: &Attribution) -> bool {
    const OWN: [&str; 2] = ["i", "we"];
    const NAMING: [&str; 4] = ["call", "dub", "name", "term"];
    /// Verbs whose object may be a thing.
    const DOING: [&str; 24] = [
        "add",
        "address",
        "answer",
        "challenge",
        "cover",
        "discuss",
        "express",
        "find",
        "highlight",
        "identify",
        "indicate",
        "learn",
        "note",
        "observe",
        "read",
        "record",
        "respond",
        "see",
        "show",
        "signal",
        "thank",
        "understand",
        "welcome",
        "write",
    ];
    let (class, stance) = manner::stance(words, attribution);
    let source = attribution.source.iter().flat_map(|&source| words.slice(words.within(source))).collect::<Vec<_>>();
    let cue = || attribution.cue.iter().flat_map(|&cue| words.slice(words.within(cue)));
    let own = matches!(source.as_slice(), [word] if word.is(&OWN) && word.depth > 0);
    let past = cue().any(|word| ["VBD", "VBN"].contains(&word.tag.ptb));
    let settled = matches!(stance, Stance::Confirms | Stance::Denies | Stance::Declines);
    // "Epstein's alleged ring" is no clause; "he's denied it" is.
    let possessive =
        cue().next().is_some_and(Word::is_clitic) && !matches!(source.as_slice(), [word] if word.roles().has(Role::Pronoun));
    if possessive || matches!(source.as_slice(), [word] if word.is(&["you"])) || own && !settled && !past {
        return false;
    }
    let mut content = attribution.content.iter().flat_map(|&content| words.slice(words.within(content))).peekable();
    let depth = cue().map(|word| word.depth).max().unwrap_or(0);
    let begins = content.peek().is_some_and(|word| word.is(&["to", "whether", "if", "how", "why"]));
    let finite = |word: &Word| ["VBD", "VBZ", "VBP", "MD"].contains(&word.tag.ptb) && !word.is_clitic();
    let gerund = |word: &Word| word.tag.ptb == "VBG";
    let is = |lemmas: &[&str]| cue().any(|word| word.verb().is_some_and(|verb| lemmas.contains(&verb.lemma)));
    if is(&NAMING) {
        return content.any(|word| word.depth > depth);
    }
    let verb = cue().any(|word| word.verb().is_some());
    let spoken = stance != Stance::Asserts || class == CueClass::Attitude || cue().any(|word| word.is(&["according"]));
    spoken
        || verb && !is(&DOING)
        || begins
        || content.take(40).enumerate().any(|(at, word)| finite(word) || at < 2 && gerund(word) || word.depth > depth)
}

/// Whether the cue is a participle: "Smith wrote to Jones, explaining that".
pub(super) fn is_participle(words: &Words, attribution: &Attribution) -> bool {
    let cue = attribution.cue.first().map(|&cue| words.slice(words.within(cue)));
    matches!(cue, Some([word]) if word.lower().ends_with("ing"))
}

/// The words that a link was found in: those of the content around it.
fn region(words: &Words, links: &[Link], link: &Link) -> Range<usize> {
    let parent = link.parent.and_then(|parent| links.get(parent));
    let own = link.attribution.cue.first().copied();
    let around = parent.zip(own).and_then(|(parent, own)| parent.attribution.content.iter().find(|span| span.contains(own)));
    around.map_or(0..words.0.len(), |&span| words.within(span))
}

/// Whether the link is itself one that its parent cites: then it has been followed already.
fn is_cited(links: &[Link], link: &Link) -> bool {
    let parent = link.parent.and_then(|parent| links.get(parent));
    parent.is_some_and(|parent| parent.attribution.content == link.attribution.content)
}

/// The content without the marks of a quote that holds all of it.
fn within_marks(quotes: &[Quote], content: Span) -> Span {
    let whole = holding(quotes, content.start).filter(|quote| quote.span.contains(content));
    match whole {
        Some(quote) => Span::new(content.start.max(quote.inner.start), content.end.min(quote.inner.end).max(content.start)),
        None => content,
    }
}

/// The source that an attribution cites: `CNN, citing two sources, said`, `the Echo quoted his letter`; what it says is the same.
fn cited(words: &Words, attribution: &Attribution, region: Range<usize>) -> Option<Attribution> {
    let cue = attribution.cue.first().copied()?;
    let free = |word: &Word| {
        let taken = attribution.content.iter().chain(&attribution.cue).any(|span| span.contains(word.span));
        !taken
    };
    let middle = words.within(cue);
    let around = region.start.max(middle.start.saturating_sub(REACH))..region.end.min(middle.end + REACH);
    let sentence = words.get(middle.start)?.sentence;
    let direct = words.slice(middle.clone()).iter().rposition(|word| word.verb().is_some_and(|verb| verb.lemma == "quote"));
    let at = direct.map(|at| middle.start + at).or_else(|| {
        around.clone().find(|&at| {
            words.get(at).is_some_and(|word| word.sentence == sentence && free(word) && word.is(&["citing", "quoting"]))
        })
    })?;
    let end = (at + 1..around.end).find(|&i| words.get(i).is_none_or(|word| word.sentence != sentence || !free(word)));
    let clause: Clause = clauses(words, at + 1..end.unwrap_or(around.end)).into_iter().next()?;
    let time = |i: usize| {
        clause.has(i, &[Role::Preposition]) && clause.has(i + 1, &[Role::Time, Role::Determiner]) && clause.has_time(i + 1..i + 3)
    };
    let named = (0..clause.len()).find(|&i| clause.shape(i) != Shape::Word || clause.is(i, &["as", "that", "said"]) || time(i));
    let source = words.span(clause.words_of(&(0..named.unwrap_or(clause.len()))))?;
    // "Citing the violence" cites nobody.
    let speaks = can_speak(words.slice(words.within(source)), true);
    let own = words.get(at)?.span;
    let content = attribution.content.clone();
    speaks.then(|| Attribution { source: vec![source], cue: vec![own], content, ..Attribution::default() })
}

/// Ends the words that name a source before the ones that name whom it cites: `CNN, citing two officials,` is `CNN`.
fn shorten(words: &Words, source: &mut [Span], cited: &[Span]) {
    let Some(cited) = cited.first() else { return };
    for span in source.iter_mut().filter(|span| span.contains(*cited)) {
        let before = words.slice(words.within(Span::new(span.start, cited.start)));
        if let Some(last) = before.iter().rev().find(|word| word.is_word()) {
            span.end = last.span.end;
        }
    }
}
