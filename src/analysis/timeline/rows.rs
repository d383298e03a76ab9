//! The rows of the timeline: which events stand on it, and which of them are one event told twice.
//!
//! A row needs a date, a stretch of time with at least one end, or a place before or after another row by the words of the text.
//! An event of which only the length is known (`a two-day visit`) is not a row, and neither is a verb of saying, which belongs to the
//! claims; unless another row is ordered by it. What has no date must be readable: somebody or something of which it is told.

use super::happenings::is_voice;
use super::{Event, EventStatus, Interval};
use crate::analysis::entities::MentionForm;
use crate::analysis::{Analysis, ClaimId};
use crate::text::Span;
use jiff::civil::DateTime;
use std::collections::HashMap;

/// One row of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The event, as an index into [`Analysis::events`].
    pub event: usize,
    /// Where the text tells it again, as indexes into [`Analysis::events`].
    pub retold: Vec<usize>,
}

impl Event {
    /// Whether the event has a place on the timeline: a date, an open or closed stretch of time, or an order to another event.
    pub fn is_placed(&self) -> bool {
        self.is_dated() || self.is_ordered()
    }

    fn is_dated(&self) -> bool {
        self.interval != Interval::default()
    }

    fn is_ordered(&self) -> bool {
        !self.before.is_empty() || !self.after.is_empty()
    }

    /// Its words where a personal pronoun opens them, with who is meant in its place, in brackets: `[Ada Moss] joined the club in 2013`. `words`
    /// is what is shown of its clause from `start`, a byte of `text`, on.
    pub fn with_subject(&self, words: String, start: usize, text: &str, analysis: &Analysis) -> String {
        const SUBJECTS: [&str; 6] = ["he", "she", "they", "it", "i", "we"];
        let first = analysis.mentions.partition_point(|mention| mention.span.start < start);
        let mention =
            analysis.mentions.get(first).filter(|mention| mention.span.start == start && mention.form == MentionForm::Pronoun);
        let said = mention.and_then(|mention| {
            let pronoun = mention.span.of(text);
            let rest = words.strip_prefix(pronoun).filter(|_| SUBJECTS.contains(&pronoun.to_lowercase().as_str()))?;
            Some(format!("[{}]{rest}", analysis.entities.get(mention.entity.0)?.name))
        });
        said.unwrap_or(words)
    }

    /// [`Event::with_subject`] of its whole clause.
    pub fn words(&self, text: &str, analysis: &Analysis) -> String {
        self.with_subject(self.span.of(text).to_owned(), self.span.start, text, analysis)
    }

    /// Whether its clause tells by itself what happened: it has a subject or an owner ("the release"), and its word says more than that
    /// something came about.
    fn is_readable(&self, text: &str) -> bool {
        const EMPTY: [&str; 9] = ["came", "come", "comes", "happened", "happen", "happens", "occurred", "followed", "began"];
        let trigger = self.trigger.of(text).to_lowercase();
        let lead = Span::new(self.span.start.min(self.trigger.start), self.trigger.start).of(text);
        let first = lead.split_whitespace().next().unwrap_or_default();
        let participle = first.ends_with("ing") && first.starts_with(char::is_lowercase) && !first.ends_with("thing");
        let said = self.span.of(text).split_whitespace().count() >= SHORTEST;
        said && !first.is_empty() && !participle && !EMPTY.contains(&trigger.as_str()) && !is_voice(&trigger, false)
    }
}

/// Fewest words of a clause without a date: "his death" and "the hearing" tell nothing alone.
const SHORTEST: usize = 4;

/// What two tellings of one event share: the stem of the trigger, the bounds, and whether it is denied.
type Key = (String, Option<DateTime>, Option<DateTime>, bool);

/// The rows, in the order of the events. Two events are one where they have the same trigger (`arrested`, `arrest`) and the same
/// bounds, share someone who takes part, and are told by the same clause or by different tellers.
pub fn rows(text: &str, analysis: &Analysis) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut seen: HashMap<Key, Vec<usize>> = HashMap::new();
    // An order tells something where both events do.
    let tells = |event: &Event| event.is_dated() || event.is_readable(text);
    let stands = |event: &Event| {
        let mut others = event.before.iter().chain(&event.after).filter_map(|&at| analysis.events.get(at));
        event.is_readable(text) && others.any(tells)
    };
    let finest = finest(analysis);
    let coarser = |event: &Event| finest.get(&event.trigger).is_some_and(|finest| is_finer(finest, &event.interval));
    for (at, event) in analysis.events.iter().enumerate().filter(|(_, event)| event.is_placed() && !coarser(event)) {
        let word = event.trigger.of(text).to_lowercase();
        let denied = event.status == EventStatus::Denied;
        if is_voice(&word, denied) && !event.is_ordered() || !event.is_dated() && !stands(event) {
            continue;
        }
        let key = (stem(&word).to_owned(), event.interval.start, event.interval.end, denied);
        let alike = seen.entry(key).or_default();
        let first = |row: &&usize| rows.get(**row).and_then(|row| analysis.events.get(row.event));
        let same = alike
            .iter()
            .take(MOST)
            .find(|row| event.is_dated() && first(row).is_some_and(|other| is_same(other, event)))
            .copied();
        if let Some(row) = same.and_then(|row| rows.get_mut(row)) {
            row.retold.push(at);
        } else {
            alike.push(rows.len());
            rows.push(Row { event: at, retold: Vec::new() });
        }
    }
    rows
}

impl Row {
    /// Who tells it, the first telling first; `None` is the paper itself.
    pub fn tellers(&self, analysis: &Analysis) -> Vec<Option<ClaimId>> {
        let mut out = Vec::new();
        for event in std::iter::once(&self.event).chain(&self.retold).filter_map(|&at| analysis.events.get(at)) {
            if !out.contains(&event.claim) {
                out.push(event.claim);
            }
        }
        out
    }

    /// The names of the sources that tell it; the paper itself has none.
    pub fn teller_names<'a>(&self, analysis: &'a Analysis) -> Vec<&'a str> {
        let claims = self.tellers(analysis).into_iter().flatten().filter_map(|id| analysis.claims.get(id.0));
        let mut names: Vec<&str> =
            claims.filter_map(|claim| analysis.sources.get(claim.source?.0)).map(|source| source.name.as_str()).collect();
        let mut seen = std::collections::HashSet::new();
        names.retain(|name| seen.insert(*name));
        names
    }
}

/// For each trigger, the shortest of the stretches that the text gives it: "began on October 27 this year" is one event.
fn finest(analysis: &Analysis) -> HashMap<Span, Interval> {
    let mut out: HashMap<Span, Interval> = HashMap::new();
    for event in analysis.events.iter().filter(|event| event.is_dated()) {
        let best = out.entry(event.trigger).or_insert(event.interval);
        if is_finer(&event.interval, best) {
            *best = event.interval;
        }
    }
    out
}

/// Whether `fine` lies within `coarse` and is not all of it; what has no place holds everything.
fn is_finer(fine: &Interval, coarse: &Interval) -> bool {
    let begins = coarse.start.is_none_or(|start| fine.start.is_some_and(|fine| fine >= start));
    let ends = coarse.end.is_none_or(|end| fine.end.is_some_and(|fine| fine <= end));
    fine != coarse && begins && ends
}

/// With how many earlier rows of the same trigger and bounds an event is compared.
const MOST: usize = 16;

/// Whether two events of the same trigger and bounds are one.
fn is_same(one: &Event, other: &Event) -> bool {
    one.trigger == other.trigger || one.participants.iter().any(|entity| other.participants.contains(entity))
}

/// The word without its inflection, for words that differ in it only: `met` and `meeting` stay two.
fn stem(word: &str) -> &str {
    let endings = ["ation", "ments", "ment", "ings", "ing", "ies", "ed", "es", "s", "e", "y"];
    let cut = endings.iter().find_map(|end| word.strip_suffix(end).filter(|stem| stem.chars().count() > 3)).unwrap_or(word);
    cut.strip_suffix('e').filter(|stem| stem.chars().count() > 3).unwrap_or(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflections_of_a_word_have_one_stem() {
        for (one, other) in
            [("arrested", "arrest"), ("announces", "announcement"), ("closed", "closing"), ("resigned", "resigns")]
        {
            assert_eq!(stem(one), stem(other));
        }
        assert_ne!(stem("opened"), stem("closed"));
    }
}
