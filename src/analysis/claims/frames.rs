//! The frames of verbs: where content and source stand in relation to a verb of saying.

use super::CueClass;
use super::clause::{Clause, Shape};
use super::lexicon::{self, Cue, Frame, Role};
use super::phrase;
use super::words::Word;
use std::ops::Range;

/// An attribution within one clause, in pieces.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// The words that name the source.
    pub source: Option<Range<usize>>,
    /// The words that introduce the content.
    pub cue: Range<usize>,
    /// What is said, in parts.
    pub content: Vec<Range<usize>>,
}

impl Found {
    /// With a content in one part.
    pub fn whole(source: Option<Range<usize>>, cue: Range<usize>, content: Range<usize>) -> Self {
        Self { source, cue, content: vec![content] }
    }

    /// Words of the content.
    pub fn size(&self, clause: &Clause) -> usize {
        self.content.iter().map(|part| clause.words_of(part).len()).sum()
    }
}

/// A verb that may introduce a content here.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verb {
    /// Its piece.
    pub at: usize,
    /// First piece of its group: `has`, `did not`.
    pub from: usize,
    /// What the lexicon tells of it.
    pub cue: &'static Cue,
    /// Whether it ends in `-ing`.
    pub participle: bool,
}

/// The verb at `at`, if it can be a cue there.
pub(super) fn verb(clause: &Clause, at: usize) -> Option<Verb> {
    let word = clause.word(at)?;
    let cue = word.verb()?;
    let participle = word.lower().ends_with("ing");
    if is_noun(clause, at, participle) || (cue.lemma == "cite" && participle && introduces_source(clause, at)) {
        return None;
    }
    let mut from = at;
    while let Some(word) = from.checked_sub(1).and_then(|before| clause.word(before)) {
        let heard = participle && word.is(&["heard", "seen", "caught", "filmed", "recorded", "as", "quoted"]);
        let on = word.lower() == "to" && from >= 2 && clause.is(from - 2, &["on"]);
        let went = word.lower() == "on" && from >= 2 && clause.is(from - 2, &["went", "go", "goes", "going"]);
        let went_on = word.is(&["went", "goes"]) && clause.is(from, &["on"]);
        let group = word.roles().any(&[Role::Auxiliary, Role::Negation]) || word.is_adverb() || heard || on || went || went_on;
        if !group {
            break;
        }
        from -= 1;
    }
    let infinitive = from.checked_sub(1).is_some_and(|before| clause.is(before, &["to"]));
    (!infinitive).then_some(Verb { at, from, cue, participle })
}

/// Whether a form that could be a verb is a noun or part of a name here.
fn is_noun(clause: &Clause, at: usize, participle: bool) -> bool {
    let Some(word) = clause.word(at) else { return true };
    if word.tag.is_noun() && !participle {
        return true;
    }
    let next = clause.word(at + 1);
    let Some(before) = at.checked_sub(1).and_then(|before| clause.word(before)) else { return false };
    if word.capital && before.capital && next.is_some_and(|next| next.capital) {
        return true;
    }
    let possessed = before.lower().ends_with("’s") || before.lower().ends_with("'s");
    let past = participle || word.lower().ends_with("ed");
    let modified = before.roles().any(&[Role::Possessive, Role::Preposition])
        || (before.roles().has(Role::Determiner) && !before.roles().any(&[Role::Pronoun, Role::Subordinator]))
        || (possessed && !past);
    if modified && !(participle && before.roles().has(Role::Preposition)) && before.lower() != "to" {
        return true;
    }
    // "media reports said", "the claims are": a plural noun is the subject of the verb that follows it.
    let present = word.verb().is_some_and(|cue| word.lower() == cue.lemma || word.lower().ends_with('s'));
    let acts = |next: &Word| next.roles().any(&[Role::Auxiliary, Role::Verb]) || matches!(next.tag.ptb, "VBZ" | "VBD");
    present && next.is_some_and(acts)
}

/// `citing two officials`, `citing CNN`: whom the words come from, not what they say.
fn introduces_source(clause: &Clause, at: usize) -> bool {
    let Some(named) = phrase::phrase_after(clause, at + 1) else { return false };
    named.into_iter().filter_map(|at| clause.word(at)).any(|word| word.capital || lexicon::head(word.lower()).is_some())
}

/// `content , source cue tail`
pub(super) fn behind(clause: &Clause, verb: &Verb) -> Option<Found> {
    let subject = phrase::subject(clause, verb.from, false)?;
    // "the Echo quoted his letter": whom it quotes stands where others have whom they told.
    let object = verb.cue.takes(Frame::Addressee) || verb.cue.lemma == "quote";
    let end = phrase::tail_end(clause, clause.skip_adverbs(verb.at + 1), object)?;
    let content = content_before(clause, subject.start, end)?;
    if !verb.cue.takes(Frame::Tail) && !verb.cue.takes(Frame::That) {
        return None;
    }
    let quoted = content.clone().any(|at| clause.shape(at) == Shape::Quote);
    let quote_follows =
        clause.shape(end) == Shape::Quote || (clause.shape(end) == Shape::Comma && clause.shape(end + 1) == Shape::Quote);
    if quote_follows && !quoted {
        return None;
    }
    let mut parts = vec![content];
    parts.extend(continuation(clause, end, quoted));
    // "..., a court was told": it is not the court that says so.
    let told = verb.cue.takes(Frame::Addressee) && is_passive(clause, verb);
    Some(Found { source: (!told).then_some(subject), cue: verb.from..verb.at + 1, content: parts })
}

/// Whether the verb is a participle behind a form of "be".
fn is_passive(clause: &Clause, verb: &Verb) -> bool {
    !verb.participle && (verb.from..verb.at).any(|at| clause.is(at, &lexicon::BE))
}

/// `content , cue source`
pub(super) fn inverted(clause: &Clause, verb: &Verb) -> Option<Found> {
    if verb.from != verb.at || !verb.cue.takes(Frame::Tail) {
        return None;
    }
    let content = content_before(clause, verb.at, clause.len())?;
    let source = phrase::phrase_after(clause, verb.at + 1)?;
    let quoted = content.clone().any(|at| clause.shape(at) == Shape::Quote);
    let verbless = |range: Range<usize>| {
        !range
            .into_iter()
            .any(|at| clause.word(at).is_some_and(|word| word.roles().any(&[Role::Auxiliary, Role::Verb]) && !word.is_clitic()))
    };
    let tail = phrase::tail_end(clause, source.end, true);
    // "Smith, who is ill, told a friend that": "Smith, who is ill" is not the source of what stands before.
    let end = if quoted { tail.unwrap_or(source.end) } else { tail? };
    if clause.has(source.start, &[Role::Preposition, Role::Subordinator, Role::Time]) || !verbless(source.start..source.start + 3)
    {
        return None;
    }
    if !quoted && clause.has_verb(source.clone()) {
        return None;
    }
    let mut parts = vec![content];
    parts.extend(continuation(clause, end, quoted));
    Some(Found { source: Some(source), cue: verb.at..verb.at + 1, content: parts })
}

/// What stands before an attribution at `end`: a quote, or a clause with a verb, closed by a comma, a dash or the quote itself.
fn content_before(clause: &Clause, end: usize, after: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1)?;
    let end = match clause.shape(last) {
        Shape::Comma | Shape::Dash | Shape::Stop => last,
        Shape::Quote => end,
        _ => return None,
    };
    let mut start = 0;
    while start < end && clause.shape(start) != Shape::Quote && clause.has(start, &[Role::Conjunction]) {
        start += 1;
    }
    let quoted = end.checked_sub(1).is_some_and(|at| clause.shape(at) == Shape::Quote);
    // "11.40: One line is open": a time of day is not part of what is said.
    if start + 1 < end && clause.shape(start + 1) == Shape::Colon && clause.word(start).is_some_and(Word::is_number) {
        start += 2;
    }
    let told = (clause.has_verb(start..end) || broken_by(clause, after))
        && !is_described(clause, start..end)
        && !clause.is(start, &["when", "after", "as", "while", "if", "asked", "before", "although", "though"]);
    (quoted || (told && end - start >= 2)).then_some(start..end)
}

/// Whether the words are a subject with what is said of it aside, and no clause: "The Echo, citing two officials", "The report, dated
/// Monday", "Smith, who is ill".
fn is_described(clause: &Clause, range: Range<usize>) -> bool {
    let Some(comma) = range.clone().find(|&at| clause.shape(at) == Shape::Comma) else { return false };
    let aside = clause.word(comma + 1).is_some_and(|word| {
        word.is(&["who", "which", "whose"]) || (word.is_verbal() && matches!(word.tag.ptb, "VBG" | "VBN" | "VBD"))
    });
    let closed = !(comma + 1..range.end).any(|at| clause.shape(at) == Shape::Comma);
    aside && closed && !clause.has_verb(range.start..comma)
}

/// Whether an attribution that ends at `at` stands between a subject and its verb: "The bank, he said, would fail".
fn broken_by(clause: &Clause, at: usize) -> bool {
    clause.shape(at) == Shape::Comma && clause.has(at + 1, &[Role::Auxiliary, Role::Verb])
}

/// The rest of a content that an attribution ending at `end` breaks: `“One,” he said, “two.”`, `The bank, he said, would fail.`
fn continuation(clause: &Clause, end: usize, quoted: bool) -> Option<Range<usize>> {
    let next = match clause.shape(end) {
        Shape::Comma | Shape::Dash => end + 1,
        Shape::Quote => end,
        _ => return None,
    };
    let last = close(clause, next);
    let goes_on = if quoted {
        clause.shape(next) == Shape::Quote
    } else {
        let word = clause.word(next)?;
        !(word.roles().any(&[Role::Conjunction, Role::Question, Role::Preposition, Role::Subordinator])
            || word.lower().ends_with("ing"))
    };
    (goes_on && next < last).then_some(next..last)
}

/// `source cue (that) content`
pub(super) fn forward(clause: &Clause, verb: &Verb) -> Option<Found> {
    // "he had written to Smith seeking help": it is he who seeks.
    let loose = verb.participle && verb.cue.class == CueClass::Attitude && verb.from == verb.at;
    let main = if loose { phrase::main_subject(clause, verb.from) } else { None };
    let source = main.or_else(|| phrase::subject(clause, verb.from, verb.participle))?;
    let start = content_start(clause, verb)?;
    let end = close(clause, start);
    (start < end).then(|| Found::whole(Some(source), verb.from..verb.at + 1, start..end))
}

/// Where the content after a verb begins, if the verb can introduce one so.
fn content_start(clause: &Clause, verb: &Verb) -> Option<usize> {
    let next = clause.skip_adverbs(verb.at + 1);
    let clausal = verb.cue.takes(Frame::That);
    if let Some(start) = marked_content(clause, next).filter(|_| clausal || verb.cue.takes(Frame::Quote)) {
        return Some(start);
    }
    let frame = match clause.word(next) {
        Some(_) if clause.is(next, &["to"]) => {
            // "told to leave", but "wrote to several people".
            let acts = clause.word(next + 1).is_some_and(Word::may_act);
            if !acts || verb.cue.takes(Frame::Listener) {
                return verb.cue.takes(Frame::ToNoun).then_some(next);
            }
            Frame::To
        }
        Some(word) if word.roles().has(Role::Question) => Frame::Question,
        Some(word) if word.roles().has(Role::Preposition) => Frame::Preposition,
        Some(word) if word.lower().ends_with("ing") && word.lower().len() > 4 => Frame::Gerund,
        Some(word) if word.roles().any(&[Role::Conjunction, Role::Auxiliary]) => return None,
        Some(_) => Frame::Object,
        None => return None,
    };
    if frame == Frame::Object && verb.cue.takes(Frame::Addressee) {
        let addressee = phrase::addressee(clause, next)?;
        let start = after_time(clause, addressee.end);
        return (clause.shape(start) == Shape::Word).then_some(start);
    }
    let calls_on = frame == Frame::Preposition && clause.is(next, &["on", "upon"]) && verb.cue.lemma == "call";
    if calls_on {
        return (next..clause.len().min(next + 12)).find(|&at| clause.is(at, &["to"]));
    }
    if frame == Frame::Preposition
        && clausal
        && clause.is(next, &["on", "in", "at", "during", "after", "before", "to", "by", "from"])
    {
        let start = after_time(clause, next);
        return (start > next && clause.shape(start) == Shape::Word && verb.cue.takes(Frame::Object)).then_some(start);
    }
    if frame == Frame::Object && clause.has(next, &[Role::Time]) {
        let start = after_time(clause, next);
        return (clause.shape(start) == Shape::Word && verb.cue.takes(Frame::Object)).then_some(start);
    }
    verb.cue.takes(frame).then_some(next)
}

/// A quote, a colon, `that` or `whether` shortly after a verb, with only addressee, time and place between.
fn marked_content(clause: &Clause, from: usize) -> Option<usize> {
    for at in from..clause.len().min(from + 16) {
        match clause.shape(at) {
            Shape::Quote => {
                let words = clause.pieces.get(at)?.words.len();
                // A single quoted word after other words is a name or a scare quote, not what was said.
                return (at == from || words > 5 || clause.shape(at - 1) == Shape::Comma).then_some(at);
            }
            Shape::Colon => return (at + 1 < clause.len()).then_some(at + 1),
            Shape::Comma | Shape::Word => {}
            _ => return None,
        }
        if clause.is(at, &["that", "whether"]) && !clause.has(at + 1, &[Role::Auxiliary, Role::Preposition]) {
            return Some(at);
        }
        let word = clause.word(at);
        // "rejected the claim that": what is rejected is the claim.
        if word.is_some_and(|word| lexicon::noun(word.lower()).is_some()) && clause.is(at + 1, &["that"]) {
            return None;
        }
        if word.is_some_and(|word| {
            word.is_verbal()
                || (word.roles().has(Role::Pronoun)
                    && at == from
                    && !clause.is(at, &["him", "her", "them", "me", "us", "reporters"]))
        }) {
            return None;
        }
    }
    None
}

/// Past a phrase of time: `on Tuesday`, `last week`.
fn after_time(clause: &Clause, from: usize) -> usize {
    let mut at = from;
    loop {
        let time = |i: usize| clause.has(i, &[Role::Time]) || clause.word(i).is_some_and(Word::is_number);
        if time(at) {
            at += 1;
        } else if clause.has(at, &[Role::Preposition]) && time(at + 1) {
            at += 2;
        } else if clause.has(at, &[Role::Preposition]) && clause.has(at + 1, &[Role::Determiner]) && time(at + 2) {
            at += 3;
        } else {
            return at;
        }
    }
}

/// `is expected to content`, `was accused by source of content`
pub(super) fn passive(clause: &Clause, verb: &Verb) -> Option<Found> {
    let be = verb.at.checked_sub(1)?;
    let participle = clause.word(verb.at).is_some_and(|word| !word.lower().ends_with("ing") && !word.lower().ends_with('s'));
    let group = (verb.from..verb.at).any(|at| clause.is(at, &lexicon::BE));
    if !participle || !group || !clause.has(be, &[Role::Auxiliary, Role::Adverb]) {
        return None;
    }
    let whom = phrase::subject(clause, verb.from, false)?;
    let next = verb.at + 1;
    if clause.is(next, &["by"]) {
        let source = phrase::phrase_after(clause, next + 1).filter(|_| !clause.has(whom.start, &[Role::Pronoun]))?;
        let rest = source.end..close(clause, source.end);
        let content = if rest.is_empty() { vec![whom] } else { vec![whom, rest] };
        return Some(Found { source: Some(source), cue: verb.from..verb.at + 1, content });
    }
    let told = ["expect", "say", "believe", "report", "allege", "think", "know"].contains(&verb.cue.lemma);
    let rest = next..close(clause, next);
    let content = if told && clause.is(next, &["to"]) { vec![whom, rest] } else { Vec::new() };
    // A passive without a source and without an infinitive is not read: its subject is not who says it.
    Some(Found { source: None, cue: verb.from..verb.at + 1, content })
}

/// Where a content that begins at `from` ends.
pub(super) fn close(clause: &Clause, from: usize) -> usize {
    let end = (from..clause.len()).rev().find(|&at| clause.shape(at) != Shape::Stop).map_or(from, |at| at + 1);
    (from + 1..end).find(|&at| ends_content(clause, from, at)).unwrap_or(end)
}

/// Whether the content that begins at `from` ends before `at`.
fn ends_content(clause: &Clause, from: usize, at: usize) -> bool {
    let comma = clause.shape(at) == Shape::Comma;
    let next = if comma { clause.skip_adverbs(at + 1) } else { at };
    if comma && clause.is(next, &["according"]) {
        // "said that, according to Smith, it was over": nothing has been said yet.
        return at > from + 1;
    }
    if comma && clause.word(next).is_some_and(|word| word.lower().ends_with("ing")) && speaks(clause, next) {
        // "Smith said Jones wrote to us, explaining that": it is Jones who explains; but "adding that" is Smith again.
        return clause.is(next, &["adding", "noting"]) || !(from..at).any(|i| speaks(clause, i));
    }
    if comma && clause.is(at + 1, &["hours", "days", "weeks", "months", "minutes", "years"]) {
        return clause.is(at + 2, &["after", "before"]);
    }
    let joins = clause.is(next, &["and", "but"]);
    let acts = |at: usize| clause.word(at).is_some_and(Word::is_verbal);
    // "He said 'Well done,' and I laughed": what follows the quote is not said in it.
    let subject = usize::from(clause.has(next + 1, &[Role::Pronoun]));
    if joins && clause.shape(from) == Shape::Quote && acts(next + 1 + subject) {
        return true;
    }
    // "wanted no help, and preferred to wait": what has no verb of its own is not joined with one.
    let verbless = joins && !clause.has_verb(from..at) && acts(next + 1);
    verbless || (joins && speaker_follows(clause, next + 1, comma))
}

/// Whether the word is a verb of saying.
fn speaks(clause: &Clause, at: usize) -> bool {
    let cue = clause.word(at).filter(|word| !word.tag.is_noun()).and_then(Word::verb);
    cue.is_some_and(|cue| cue.takes(Frame::That) && cue.class == CueClass::Reporting)
}

/// Whether the words from `at` on are another attribution: a verb of saying with `that` or a quote, and before it at most a subject.
fn speaker_follows(clause: &Clause, at: usize, comma: bool) -> bool {
    let mut first = clause.skip_adverbs(at);
    while clause.has(first, &[Role::Auxiliary]) {
        first = clause.skip_adverbs(first + 1);
    }
    let reach = if comma { 8 } else { 1 };
    let verb = (first..clause.len().min(first + reach)).find(|&i| clause.word(i).is_none_or(Word::is_verbal));
    let Some(verb) = verb.filter(|&verb| speaks(clause, verb)) else { return false };
    clause.is(verb + 1, &["that"]) || clause.shape(verb + 1) == Shape::Quote
}
