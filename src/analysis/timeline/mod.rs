//! The timeline: time expressions resolved to dates, and the events that stand at them.

use super::{Analysis, ClaimId, EntityId, Reading, TimexId};
use crate::text::Span;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// TIMEX3 type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum TimexType {
    /// A calendar date, however coarse.
    Date,
    /// A time of day, or a part of one.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

/// A stretch of time `[start, end)` in the article's local time; a missing bound is open or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Interval {
    /// First moment.
    pub start: Option<DateTime>,
    /// One past the last moment.
    pub end: Option<DateTime>,
}

/// How coarse a time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Granularity {
    /// To the minute.
    Minute,
    /// To the hour.
    Hour,
    /// Morning, evening, night.
    PartOfDay,
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A season.
    Season,
    /// A quarter.
    Quarter,
    /// A year.
    Year,
    /// A decade.
    Decade,
    /// A century.
    Century,
}

/// One time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// Where it stands.
    pub span: Span,
    /// Its type.
    pub kind: TimexType,
    /// TIMEX3 value: `2017-10-25TNI`, `2016-SU`, `P3D`, `PRESENT_REF`, `XXXX-XX-XX` where it stays open.
    pub value: String,
    /// TIMEX3 modifier: `BEFORE`, `APPROX`, `START`, `MID`, `END`, ...
    pub modifier: Option<String>,
    /// The expression it was resolved against.
    pub anchor: Option<TimexId>,
    /// `PUBLICATION_TIME` and the like; mostly absent.
    pub function: Option<String>,
    /// Where it lies on the calendar.
    pub interval: Interval,
    /// How coarse it is; `None` for durations and sets.
    pub granularity: Option<Granularity>,
    /// Why it has this value: anchor and rule, in words for people.
    pub why: String,
}

/// Whether an event is said to have taken place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventStatus {
    /// The paper tells it as a fact.
    Happened,
    /// A source tells it.
    Reported,
    /// It is said not to have happened.
    Denied,
    /// It is to come.
    Planned,
    /// It would or might happen.
    Hypothetical,
    /// It goes on.
    Ongoing,
}

/// One event: a row of the timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its clause.
    pub span: Span,
    /// The verb or noun that names it.
    pub trigger: Span,
    /// The time expression that dates it.
    pub time: Option<TimexId>,
    /// Where it lies on the calendar.
    pub interval: Interval,
    /// How coarse that is.
    pub granularity: Option<Granularity>,
    /// Whether the bounds are approximate.
    pub approximate: bool,
    /// Whether it is said to have taken place.
    pub status: EventStatus,
    /// Events (indexes into [`Analysis::events`]) that the text puts after this one.
    pub before: Vec<usize>,
    /// Events that the text puts before this one.
    pub after: Vec<usize>,
    /// Who takes part.
    pub participants: Vec<EntityId>,
    /// The claim it stands in; `None` for the paper's own voice.
    pub claim: Option<ClaimId>,
}

/// The time expressions of the article, in order.
pub fn timexes(_reading: &Reading<'_>) -> Vec<Timex> {
    Vec::new()
}

/// Fills [`Analysis::events`], in the order of the timeline.
pub fn events(_reading: &Reading<'_>, _analysis: &mut Analysis) {}
