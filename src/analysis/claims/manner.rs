//! How a claim is made: form, cue class, stance, to whom and when.

use super::clause::clauses;
use super::lexicon::{self, Cue, Frame, Role};
use super::phrase;
use super::words::{Word, Words};
use super::{ClaimForm, CueClass, Link, Stance, supposed};
use crate::analysis::TimexId;
use crate::analysis::timeline::{Timex, TimexType};
use crate::encoder::Attribution;
use crate::text::Span;

/// How far from its cue an addressee or a time is looked for, in words.
const REACH: usize = 14;

/// Of the words of the content how many stand in quotes that its cue does not stand in, by the contract's tenths: what somebody
/// tells of in a quote of theirs is quoted only by marks of its own.
pub(super) fn form(words: &Words, attribution: &Attribution) -> ClaimForm {
    let source = attribution.source.iter().flat_map(|&span| words.slice(words.within(span))).collect::<Vec<_>>();
    // "I can confirm that it was" are the words of the one who is quoted.
    let own = matches!(source.as_slice(), [word] if word.is(&["i", "we"]));
    let cue = attribution.cue.iter().flat_map(|&span| words.slice(words.within(span)));
    let outside = cue.map(|word| word.depth).min().filter(|_| !own);
    quoted(words, &attribution.content, outside.unwrap_or_default())
}

/// How many of the words stand in more than `outside` quotes.
pub(super) fn quoted(words: &Words, content: &[Span], outside: u8) -> ClaimForm {
    let (mut all, mut quoted) = (0, 0);
    for word in content.iter().flat_map(|&span| words.slice(words.within(span))).filter(|word| word.is_word()) {
        all += 1;
        quoted += usize::from(word.depth > outside);
    }
    match quoted * 10 {
        tenths if tenths >= all * 9 && all > 0 => ClaimForm::Direct,
        tenths if tenths < all => ClaimForm::Indirect,
        _ => ClaimForm::Mixed,
    }
}

/// Whether a name says it and a "that" opens it: "a report in the Gazette that he resigned".
pub(super) fn is_named_that(words: &Words, attribution: &Attribution) -> bool {
    let opening = attribution.content.first().and_then(|&span| words.slice(words.within(span)).first());
    let source = attribution.source.iter().flat_map(|&span| words.slice(words.within(span)));
    opening.is_some_and(|word| word.is(&["that"])) && source.into_iter().any(|word| word.tag.upos == "PROPN")
}

/// The word of a cue that the lexicons know, and whether the cue is negated.
fn head<'a>(words: &'a Words, cue: &[Span]) -> (Option<&'a Word>, Option<&'static Cue>, bool) {
    let Some(first) = cue.first() else { return (None, None, false) };
    let range = words.within(cue.iter().fold(*first, |all, &span| all.cover(span)));
    let group = range.start.saturating_sub(3)..range.start;
    let before = words
        .slice(group)
        .iter()
        .rev()
        .take_while(|word| word.roles().any(&[Role::Auxiliary, Role::Negation]) || word.is_adverb());
    let negative =
        |word: &Word| word.roles().has(Role::Negation) || word.lower().ends_with("n't") || word.lower().ends_with("n’t");
    let negated = before.into_iter().any(negative) || words.slice(range.clone()).iter().any(negative);
    let cue = |word: &'a Word| Some((word, word.verb().or_else(|| lexicon::noun(word.lower()))?));
    // "the graph shown above claimed": the verb with a tense is the cue, not the participle before it.
    let finite = |word: &&Word| matches!(word.tag.ptb, "VBD" | "VBZ" | "VBP") && word.verb().is_some();
    let known = words.slice(range.clone()).iter().rfind(finite).and_then(cue);
    let known = known.or_else(|| words.slice(range.clone()).iter().find_map(cue));
    let word = known.map(|(word, _)| word).or_else(|| words.get(range.end.saturating_sub(1)));
    (word, known.map(|(_, cue)| cue), negated)
}

/// Whether the cue is negated: "did not say".
pub(super) fn is_negated(words: &Words, cue: &[Span]) -> bool {
    head(words, cue).2
}

/// Whether an attribution whose cue is in no list of cues tells of speech or writing: it quotes, or has no cue, a mark or a word of speech for one.
fn is_speech(words: &Words, attribution: &Attribution) -> bool {
    let cue = || attribution.cue.iter().flat_map(|&cue| words.slice(words.within(cue)));
    let speaks = |word: &Word| !word.is_word() || word.is(&["according", "per", "via"]) || lexicon::is_speech(word.lower());
    cue().next().is_none() || cue().any(speaks) || form(words, attribution) != ClaimForm::Indirect
}

/// Whether the cue only describes a noun: "his alleged victims", "a boat called Ada", "those deemed responsible"; not "he alleged fraud".
pub(super) fn is_adjective(words: &Words, attribution: &Attribution) -> bool {
    const NAMED: [&str; 9] = ["called", "considered", "deemed", "dubbed", "labeled", "labelled", "named", "termed", "titled"];
    let [cue] = attribution.cue.as_slice() else { return false };
    let at = words.within(*cue);
    let [word] = words.slice(at.clone()) else { return false };
    let before = words.slice(at.start.saturating_sub(3)..at.start).iter().rev().find(|word| !word.is_adverb());
    if before.is_some_and(|word| word.roles().has(Role::Auxiliary)) {
        return false;
    }
    let next = words.get(at.end);
    let describes = word.is(&["alleged", "purported"]) && matches!(word.tag.ptb, "JJ" | "VBN");
    let noun = next.is_some_and(|next| next.tag.is_noun() || next.tag.upos == "PROPN" || next.tag.upos == "ADJ");
    let thing = before.is_some_and(|word| !word.capital && word.tag.is_noun());
    let object = next.is_some_and(|next| next.roles().any(&[Role::Determiner, Role::Possessive, Role::Pronoun]));
    describes && noun || word.is(&NAMED) && word.tag.ptb == "VBN" && thing && !object
}

/// Cue class and stance; what might, would or should be said is an attitude.
pub(super) fn stance(words: &Words, attribution: &Attribution) -> (CueClass, Stance) {
    let (_, cue, negated) = head(words, &attribution.cue);
    let Some(cue) = cue else {
        let class = if is_speech(words, attribution) { CueClass::Reporting } else { CueClass::Attitude };
        return (class, Stance::Asserts);
    };
    // An apology or refusal to speak: "did not comment", "would not say whether", "could not confirm".
    let silent = [
        "say",
        "speak",
        "talk",
        "cite",
        "refer",
        "address",
        "comment",
        "elaborate",
        "respond",
        "reply",
        "answer",
        "discuss",
        "confirm",
        "disclose",
        "reveal",
        "identify",
        "explain",
        "specify",
    ];
    let stance = match (cue.stance, negated) {
        (Stance::Denies, true) => Stance::Asserts,
        (_, true) if silent.contains(&cue.lemma) => Stance::Declines,
        (Stance::Asserts, true) if cue.class == CueClass::Reporting => Stance::Denies,
        (stance, _) => stance,
    };
    if cue.lemma == "elaborate" && !negated {
        return (cue.class, Stance::Asserts);
    }
    let unsaid = stance != Stance::Declines && supposed::is_supposed(words, attribution);
    (if unsaid { CueClass::Attitude } else { cue.class }, stance)
}

/// Whom it was said to: `told CNN`, `said to reporters`, `asked the court`.
pub(super) fn addressee(words: &Words, attribution: &Attribution) -> Option<Span> {
    let (word, cue, _) = head(words, &attribution.cue);
    let (word, cue) = (word?, cue?);
    let from = words.within(word.span).start + 1;
    let taken = |span: Span| attribution.content.iter().chain(&attribution.source).any(|other| other.overlaps(span));
    let mut end = from;
    while words.get(end).is_some_and(|next| next.is_word() && next.sentence == word.sentence && !taken(next.span))
        && end < from + REACH
    {
        end += 1;
    }
    if end == from && cue.takes(Frame::Addressee) {
        return asked(words, from);
    }
    let clause = clauses(words, from..end).into_iter().next()?;
    let calls = cue.lemma == "call" && clause.is(0, &["on", "upon"]);
    let start = match () {
        () if calls || (clause.is(0, &["to"]) && cue.takes(Frame::Listener)) => 1,
        () if cue.takes(Frame::Addressee) => 0,
        () => return None,
    };
    let phrase = phrase::addressee(&clause, start)?;
    words.span(clause.words_of(&phrase)).filter(|&span| !taken(span))
}

/// Who is asked to do what the content tells, where it begins with them: `the navy` of `urged the navy to leave`.
fn asked(words: &Words, from: usize) -> Option<Span> {
    let first = words.get(from).filter(|first| first.depth == 0 && !first.roles().has(Role::Pronoun))?;
    let own = |word: &&Word| word.is_word() && word.sentence == first.sentence;
    let end = from + words.0.get(from..)?.iter().take(REACH).take_while(own).count();
    let clause = clauses(words, from..end).into_iter().next()?;
    let to = (1..clause.len()).find(|&at| clause.is(at, &["to"]))?;
    let asked = phrase::addressee(&clause, 0).is_some_and(|phrase| phrase.end >= to);
    let whole = 0..to;
    (asked && clause.word(to + 1).is_some_and(Word::may_act)).then(|| words.span(clause.words_of(&whole))).flatten()
}

/// The time expressions of a text, and which contents each stands in.
pub(super) struct Times<'a> {
    timexes: &'a [Timex],
    links: &'a [Link],
    /// Of each time expression the links within whose contents it stands.
    within: Vec<Vec<usize>>,
}

impl<'a> Times<'a> {
    pub fn new(timexes: &'a [Timex], links: &'a [Link]) -> Self {
        let mut within = vec![Vec::new(); timexes.len()];
        for (at, link) in links.iter().enumerate() {
            for content in &link.attribution.content {
                let from = timexes.partition_point(|timex| timex.span.start < content.start);
                let to = timexes.partition_point(|timex| timex.span.end <= content.end);
                within.get_mut(from..to).unwrap_or_default().iter_mut().for_each(|links| links.push(at));
            }
        }
        Self { timexes, links, within }
    }

    /// Whether what another says of that time: its content has the time expression and not the cue.
    fn is_told(&self, timex: usize, cue: Span) -> bool {
        let content = |&link: &usize| self.links.get(link).map_or(&[][..], |link| &link.attribution.content);
        let links = self.within.get(timex).map_or(&[][..], Vec::as_slice);
        links.iter().any(|link| !content(link).iter().any(|span| span.contains(cue)))
    }
}

/// When it was said: the time expression nearest to the cue in its sentence, outside what is said, here or by another.
pub(super) fn time(words: &Words, times: &Times<'_>, attribution: &Attribution) -> Option<TimexId> {
    let timexes = times.timexes;
    let cue = attribution.cue.first().copied()?;
    let range = words.within(cue);
    let sentence = words.get(range.start)?.sentence;
    let mut reach = range.start.saturating_sub(REACH)..(range.end + REACH).min(words.0.len());
    while words.get(reach.start).is_some_and(|word| word.sentence != sentence) {
        reach.start += 1;
    }
    while reach.end > reach.start && words.get(reach.end - 1).is_some_and(|word| word.sentence != sentence) {
        reach.end -= 1;
    }
    let window = words.span(reach)?;
    let from = timexes.partition_point(|timex| timex.span.start < window.start);
    let near = timexes.iter().enumerate().skip(from).take_while(|(_, timex)| timex.span.end <= window.end);
    let outside = near.filter(|&(at, timex)| {
        matches!(timex.kind, TimexType::Date | TimexType::Time)
            && !times.is_told(at, cue)
            && !attribution
                .content
                .iter()
                .chain(&attribution.source)
                .chain(&attribution.cue)
                .any(|span| span.overlaps(timex.span))
    });
    let distance = |span: Span| if span.start >= cue.end { span.start - cue.end } else { cue.start.saturating_sub(span.end) };
    outside.min_by_key(|(_, timex)| distance(timex.span)).map(|(at, _)| TimexId(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Prose, tags};

    #[test]
    fn who_is_asked_to_act_is_told_so() {
        let to = |text: &str, cue: &str, content: &str| {
            let prose = Prose::new(text, [Span::new(0, text.len())]);
            let words = Words::new(text, &prose, &tags(text, &prose), &[]);
            let at = |part: &str| text.find(part).map(|start| Span::new(start, start + part.len())).unwrap();
            let attribution = Attribution { cue: vec![at(cue)], content: vec![at(content)], ..Attribution::default() };
            addressee(&words, &attribution).map(|span| span.of(text).to_owned())
        };
        let of = |content| to("The council asked the navy to leave the bay.", "asked", content);
        assert_eq!(of("the navy to leave the bay").as_deref(), Some("the navy"));
        assert_eq!(of("to leave the bay").as_deref(), Some("the navy"));
        assert_eq!(to("The council asked for the fee.", "asked", "for the fee"), None);
        assert_eq!(to("The council told the truth.", "told", "the truth"), None);
    }
}
