//! What comes before what: by the words of the text (`just hours after the release`), then by the calendar.

use super::Event;
use super::happenings::verb_before;
use super::tense::{Tagged, Tense, last_of_group, of_verb};
use jiff::ToSpan;
use jiff::civil::DateTime;
use std::ops::Range;

/// How many tokens after `before` or `after` the other event may stand.
const REACH: usize = 8;
/// How many tokens before it the first one may stand.
const BACK: usize = 30;

/// The trigger of an event, as a token, and the part of its sentence that tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) trigger: usize,
    pub(super) bounds: Range<usize>,
}

/// Two events of one sentence in the order in which they took place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) earlier: Side,
    pub(super) later: Side,
}

/// The orders that the words of a sentence give: a verb, `after` or `before`, and an event noun or another verb.
pub(super) fn orders(sentence: &Tagged<'_>) -> Vec<Order> {
    let mut out = Vec::new();
    for at in 0..sentence.tokens.len() {
        let word = sentence.word(at);
        let (after, before) = (word == "after" || word == "following", word == "before");
        if !(after || before)
            || !matches!(sentence.tag(at).upos, "ADP" | "SCONJ" | "VERB")
            || is_particle(sentence, at)
            || is_adverb(sentence, at)
        {
            continue;
        }
        let Some(other) = other(sentence, at).filter(|&other| !sentence.is_name_or_link(other)) else { continue };
        let verb = if at == 0 { main_verb_after(sentence, other) } else { verb_before(sentence, at, BACK) };
        let verb = verb.map(|verb| outer_verb(sentence, verb, at).unwrap_or(verb));
        // "There was none before the vote" does not tell an event.
        let Some(verb) = verb.filter(|&v| v != other && !sentence.is_copula(v)) else { continue };
        if sentence.is_copula(other) || is_general(sentence, verb) || is_general(sentence, other) {
            continue;
        }
        let (verb, other) = sides(sentence, at, verb, other);
        out.push(if after { Order { earlier: other, later: verb } } else { Order { earlier: verb, later: other } });
    }
    out
}

/// Whether the `after` at `at` belongs to the verb before it: `went after the puck`.
fn is_particle(sentence: &Tagged<'_>, at: usize) -> bool {
    const VERBS: [&str; 16] = [
        "go", "goes", "going", "gone", "went", "look", "looks", "looked", "looking", "take", "takes", "taken", "took", "named",
        "run", "ran",
    ];
    sentence.word(at) == "after" && at.checked_sub(1).is_some_and(|i| VERBS.contains(&sentence.word(i).as_str()))
}

/// Whether the word at `at` puts nothing in order: "has done so before and will again", "is not following through", "a matter of time before",
/// "testified before the committee".
fn is_adverb(sentence: &Tagged<'_>, at: usize) -> bool {
    const HEARD: [&str; 9] =
        ["testify", "testified", "testifying", "testimony", "appeared", "appear", "argued", "pleaded", "hearing"];
    let before = |n: usize| at.checked_sub(n).map(|i| sentence.word(i)).unwrap_or_default();
    let ends = at + 1 >= sentence.tokens.len() || matches!(sentence.tag(at + 1).upos, "CCONJ" | "PUNCT");
    let verb = sentence.word(at) == "following"
        && ["is", "are", "was", "were", "be", "been", "not", "n't", "n’t"].contains(&before(1).as_str());
    let heard = sentence.word(at) == "before" && HEARD.contains(&before(1).as_str());
    ends || verb || heard || (before(1) == "time" && before(2) == "of" && before(3) == "matter")
}

/// Whether the verb at `at` tells what is always so: `cells release it after they taste it`, `they have time to grow before it ends`.
fn is_general(sentence: &Tagged<'_>, at: usize) -> bool {
    let infinitive = sentence.tag(at).ptb == "VB" && at.checked_sub(1).is_some_and(|i| sentence.word(i) == "to");
    let governor = (at.saturating_sub(BACK)..at).rev().find(|&i| sentence.is_finite(i)).filter(|_| infinitive);
    let verb = governor.unwrap_or(at);
    matches!(sentence.tag(verb).ptb, "VBP" | "VBZ") && of_verb(sentence, verb) == Tense::Unknown
}

/// The parts of the sentence that tell the event of `verb` and that of `other`, which the word at `at` puts in order.
fn sides(sentence: &Tagged<'_>, at: usize, verb: usize, other: usize) -> (Side, Side) {
    let end = sentence.tokens.len();
    let (own, others) = if verb < at {
        (0..before_distance(sentence, at).max(verb + 1), at + 1..end)
    } else {
        let comma = (other..verb).find(|&i| sentence.word(i) == ",").unwrap_or(verb);
        (comma..end, at + 1..comma)
    };
    (Side { trigger: verb, bounds: own }, Side { trigger: other, bounds: others })
}

/// Where the words begin that tell how long before or after: `just hours` of `just hours after`; `at` where there are none.
fn before_distance(sentence: &Tagged<'_>, at: usize) -> usize {
    const WORDS: [&str; 24] = [
        "just", "only", "shortly", "soon", "long", "right", "a", "an", "few", "several", "some", "second", "seconds", "minute",
        "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "years",
    ];
    let part = |i: &usize| sentence.tag(*i).upos == "NUM" || WORDS.contains(&sentence.word(*i).as_str());
    let first = (at.saturating_sub(DISTANCE)..at).rev().take_while(part).last().unwrap_or(at);
    // "ran for less than ten minutes before": how long it took, not how long before.
    let lasted = (first.saturating_sub(3)..first).any(|i| sentence.word(i) == "for");
    if lasted { at } else { first }
}

/// What stands after the word at `at`: the head of an event noun phrase, or the verb of a clause.
pub(super) fn other(sentence: &Tagged<'_>, at: usize) -> Option<usize> {
    let mut noun = None;
    for i in at + 1..(at + 1 + REACH).min(sentence.tokens.len()) {
        if sentence.is_event_noun(i) {
            noun = Some(i);
        } else if noun.is_some() {
            return noun;
        } else if sentence.is_verbal(i) && !is_adjective(sentence, i) {
            return Some(last_of_group(sentence, i)).filter(|&v| sentence.tag(v).is_verb());
        } else if sentence.tag(i).upos == "PUNCT" {
            break;
        }
    }
    noun
}

/// Whether the participle at `at` stands before its noun: `after a scorching start`.
fn is_adjective(sentence: &Tagged<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |i| sentence.tag(i).upos);
    matches!(sentence.tag(at).ptb, "VBG" | "VBN") && matches!(before, "DET" | "ADJ") && sentence.tag(at + 1).upos == "NOUN"
}

/// How many tokens a distance before `after` may have: `, just hours after`.
const DISTANCE: usize = 4;

/// The verb that governs the `that` clause of `verb`, where the clause looks back and a comma closes it before the word at `at`:
/// `denied that it had paid, hours after a newspaper said so` puts the denial after the newspaper.
fn outer_verb(sentence: &Tagged<'_>, verb: usize, at: usize) -> Option<usize> {
    let closed = (verb + 1..at).rev().take(DISTANCE).any(|i| sentence.word(i) == ",");
    let pluperfect = (verb.saturating_sub(2)..verb).any(|i| sentence.word(i) == "had");
    if !closed || !pluperfect {
        return None;
    }
    let that = (verb.saturating_sub(BACK)..verb).rev().find(|&i| sentence.word(i) == "that")?;
    that.checked_sub(1).filter(|&outer| sentence.tag(outer).is_verb())
}

fn main_verb_after(sentence: &Tagged<'_>, at: usize) -> Option<usize> {
    let comma = (at..sentence.tokens.len().min(at + BACK)).find(|&i| sentence.word(i) == ",")?;
    let mut behind = comma..sentence.tokens.len().min(comma + BACK);
    // "a lawyer for the woman involved asked".
    let verb = behind.clone().find(|&i| sentence.is_finite(i)).or_else(|| behind.find(|&i| sentence.is_verbal(i)))?;
    Some(last_of_group(sentence, verb))
}

/// The events in the order of the timeline, with the orders (pairs of indexes: earlier, later) entered. Undated events that the
/// text orders stand beside their neighbours; other undated ones at the end, in the order of the text.
pub(super) fn sorted(events: Vec<Event>, orders: &[(usize, usize)]) -> Vec<Event> {
    let mut keys: Vec<Option<(DateTime, i64)>> = events.iter().map(|e| moment(e).map(|m| (m, 0))).collect();
    // An undated event takes the place of a dated neighbour, one step before or after it; chains need several rounds.
    for _ in 0..4 {
        for &(earlier, later) in orders {
            let get = |keys: &[Option<(DateTime, i64)>], i: usize| keys.get(i).copied().flatten();
            match (get(&keys, earlier), get(&keys, later)) {
                (None, Some((at, step))) => set(&mut keys, earlier, (at, step - 1)),
                (Some((at, step)), None) => set(&mut keys, later, (at, step + 1)),
                _ => {}
            }
        }
    }
    let mut places: Vec<usize> = (0..events.len()).collect();
    let rank = undated_rank(events.len(), orders);
    places.sort_by_key(|&i| {
        let key = keys.get(i).copied().flatten();
        (key.is_none(), key, rank.get(i).copied().unwrap_or(0), i)
    });
    let mut new = vec![0; events.len()];
    for (to, &from) in places.iter().enumerate() {
        if let Some(place) = new.get_mut(from) {
            *place = to;
        }
    }
    let mut slots: Vec<Option<Event>> = events.into_iter().map(Some).collect();
    let mut out: Vec<Event> = places.iter().filter_map(|&i| slots.get_mut(i).and_then(Option::take)).collect();
    for &(earlier, later) in orders {
        let (Some(&a), Some(&b)) = (new.get(earlier), new.get(later)) else { continue };
        enter(&mut out, a, b);
    }
    out
}

fn set(keys: &mut [Option<(DateTime, i64)>], at: usize, key: (DateTime, i64)) {
    if let Some(place) = keys.get_mut(at) {
        *place = Some(key);
    }
}

/// For undated events: the first of a chain before the second.
fn undated_rank(count: usize, orders: &[(usize, usize)]) -> Vec<usize> {
    let mut rank: Vec<usize> = (0..count).map(|i| i * 2 + 1).collect();
    for &(earlier, later) in orders {
        let (Some(&a), Some(&b)) = (rank.get(earlier), rank.get(later)) else { continue };
        if a >= b
            && let Some(place) = rank.get_mut(earlier)
        {
            *place = b.saturating_sub(1);
        }
    }
    rank
}

fn enter(events: &mut [Event], earlier: usize, later: usize) {
    if let Some(event) = events.get_mut(earlier)
        && !event.before.contains(&later)
    {
        event.before.push(later);
    }
    if let Some(event) = events.get_mut(later)
        && !event.after.contains(&earlier)
    {
        event.after.push(earlier);
    }
}

/// Where an event stands on the timeline: its beginning, or just before its end where the beginning is open.
fn moment(event: &Event) -> Option<DateTime> {
    event.interval.start.or_else(|| event.interval.end.and_then(|end| end.checked_sub(1.seconds()).ok()))
}
