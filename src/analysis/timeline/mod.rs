//! The timeline: time expressions resolved to dates, and the events that stand at them.
//!
//! ```text
//! sentence -> words (cells) -> patterns (Form: what it says) -> resolve (Place: where that lies) -> render (Timex)
//! ```

mod axis;
mod calendar;
mod clause;
mod events;
mod form;
mod happenings;
mod holidays;
mod interval;
mod numbers;
mod order;
mod patterns;
mod ranges;
mod recipe;
mod recognise;
mod render;
mod resolve;
mod rows;
mod sieve;
mod status;
mod tense;
mod triggers;
mod words;

pub use self::axis::Axis;
pub use self::rows::{Row, rows};

use self::recognise::Recogniser;
use self::resolve::Context;
use self::tense::Tagged;
use super::{Analysis, ClaimId, EntityId, Reading, TimexId};
use crate::article::Document;
use crate::text::Span;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use std::cell::LazyCell;

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
    /// TIMEX3's function in the document: `CREATION_TIME` for the date of a dateline, which is not a row of the timeline; mostly absent.
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

impl Event {
    /// An event of which only the words that name it are known: they are its clause, and the paper tells it.
    pub fn named(trigger: Span) -> Self {
        Self {
            span: trigger,
            trigger,
            time: None,
            interval: Interval::default(),
            granularity: None,
            approximate: false,
            status: EventStatus::Happened,
            before: Vec::new(),
            after: Vec::new(),
            participants: Vec::new(),
            claim: None,
        }
    }
}

/// The time expressions of the article, in order.
pub fn timexes(reading: &Reading<'_>) -> Vec<Timex> {
    let recogniser = Recogniser::get();
    let document = &reading.article.document;
    let mut context = Context {
        published: document.published.map(|stamp| render::published(stamp.civil, stamp.timed)),
        day_first: day_first(document),
        ..Context::default()
    };
    let mut out: Vec<Timex> = Vec::new();
    let game = LazyCell::new(|| is_of_games(&reading.article.text));
    for sentence in &reading.prose.sentences {
        context.year = None;
        let (tokens, tags) = reading.tagged(sentence);
        let tagged = Tagged { text: &reading.article.text, tokens, tags };
        for (span, form) in recogniser.find(&reading.article.text, tokens, tags) {
            if is_game_clock(&reading.article.text, sentence.span, span)
                || (form.quarter.is_some() && form.year.is_none() && *game)
            {
                continue;
            }
            let tense = tense::of(&tagged, span);
            let place = context.place(&form, tense);
            if let Some(place) = &place {
                context.remember(&form, place, out.len());
            }
            let mut timex = render::timex(span, &form, place.as_ref(), &context);
            if is_dateline(reading, &timex, sentence.span.start) {
                timex.function = Some("CREATION_TIME".to_owned());
            }
            out.push(timex);
        }
    }
    out
}

/// Whether it is a time on the clock of a game: "scored at 7:14 of the second period", "with 1:24 left".
fn is_game_clock(text: &str, sentence: Span, span: Span) -> bool {
    const GAME: [&str; 4] = [" period", " power play", " overtime", " shootout"];
    const LEFT: [&str; 6] = ["left", "to play", "to go", "remaining", "on the clock", "into the"];
    let bare = span.of(text).bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let behind = Span::new(span.end, sentence.end.max(span.end)).of(text).trim_start();
    let told = GAME.iter().any(|words| sentence.of(text).contains(words)) || LEFT.iter().any(|words| behind.starts_with(words));
    bare && span.of(text).contains(':') && told
}

/// Whether the article tells of a game that is played in quarters: it has two of the words that only such games have.
fn is_of_games(text: &str) -> bool {
    const PLAYED: [&str; 12] = [
        "touchdown",
        "quarterback",
        "halftime",
        "free throw",
        "field goal",
        "3-pointer",
        "end zone",
        "rebounds",
        "point guard",
        "NBA",
        "NFL",
        "shot clock",
    ];
    PLAYED.iter().filter(|word| text.contains(*word)).take(2).count() == 2
}

/// How far into a sentence its dateline can reach, in bytes.
const DATELINE: usize = 48;

/// Whether it is the date of a dateline: `LONDON, Oct 26 (IANS) --`, on the day of publication or the one before.
fn is_dateline(reading: &Reading<'_>, timex: &Timex, start: usize) -> bool {
    let text = &reading.article.text;
    let after = text.get(timex.span.end..).unwrap_or_default().trim_start();
    let place = Span::new(start, timex.span.start).of(text).trim_end();
    let published = reading.article.document.published.map(|stamp| stamp.civil);
    let close = match (timex.interval.end, published) {
        (Some(end), Some(published)) => {
            timex.interval.start <= Some(published) && end.until(published).is_ok_and(|s| s.get_days() <= 1)
        }
        _ => false,
    };
    timex.granularity == Some(Granularity::Day)
        && close
        && timex.span.start - start <= DATELINE
        && place.ends_with(',')
        && place.chars().filter(|c| c.is_uppercase()).count() > 2
        && ["(", "--", "–", "—", "_", "- "].iter().any(|mark| after.starts_with(mark))
}

/// Whether the page writes `10/11/2017` with the day first: it does unless it is American.
fn day_first(document: &Document) -> bool {
    let offset = document.published.and_then(|stamp| stamp.offset).map(jiff::tz::Offset::seconds);
    document.day_first().unwrap_or_else(|| offset.is_some_and(|s| !(-10 * 3600..=-4 * 3600).contains(&s)))
}

/// Fills [`Analysis::events`], in the order of the timeline.
pub fn events(reading: &Reading<'_>, analysis: &mut Analysis) {
    analysis.events = events::find(reading, analysis);
}
