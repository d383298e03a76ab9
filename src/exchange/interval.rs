//! Intervals as the contract writes them: `earliest` and `latest`, both inclusive, dates where a day is precise enough.

use crate::analysis::timeline::{Event, Interval};
use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, ToSpan};

/// `earliest` and `latest` of a half-open interval. A bound at midnight is a date; `latest` is the last day, or the last minute, within.
pub fn write(interval: Interval) -> (Option<String>, Option<String>) {
    let midnight = |t: &DateTime| t.time() == Time::midnight();
    let whole_days = interval.start.iter().chain(&interval.end).all(midnight);
    let show = |t: DateTime| {
        if whole_days { t.date().to_string() } else { format!("{}T{:02}:{:02}", t.date(), t.hour(), t.minute()) }
    };
    let last = step(whole_days);
    (interval.start.map(show), interval.end.and_then(|end| end.checked_sub(last).ok()).map(show))
}

/// When an event took place, for people: `2016-06-01 – 2016-08-31`, `by 2016-10-31`, `about 2014-01-01 – 2014-12-31`, `No date`.
pub fn words(event: &Event) -> String {
    let when = match write(event.interval) {
        (Some(from), Some(to)) if from == to => from,
        (Some(from), Some(to)) => format!("{from} – {to}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("by {to}"),
        (None, None) => return "No date".into(),
    };
    if event.approximate { format!("about {when}") } else { when }
}

/// The half-open interval of `earliest` and `latest`; a bound that cannot be read is open.
pub fn read(earliest: Option<&str>, latest: Option<&str>) -> Interval {
    let parse = |text: &str| -> Option<(DateTime, bool)> {
        match text.parse::<Date>() {
            Ok(date) if text.len() <= 10 => Some((date.to_datetime(Time::midnight()), true)),
            _ => text.parse::<DateTime>().ok().map(|t| (t, false)),
        }
    };
    let end = latest.and_then(parse).and_then(|(t, day)| t.checked_add(step(day)).ok());
    Interval { start: earliest.and_then(parse).map(|(t, _)| t), end }
}

fn step(whole_days: bool) -> Span {
    if whole_days { 1.day() } else { 1.minute() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_inclusive_outside_and_half_open_inside() {
        let at = |text: &str| text.parse::<DateTime>().ok();
        let check = |start: &str, end: &str, earliest: &str, latest: &str| {
            let interval = Interval { start: at(start), end: at(end) };
            let (e, l) = write(interval);
            assert_eq!((e.as_deref().unwrap_or(""), l.as_deref().unwrap_or("")), (earliest, latest));
            assert_eq!(read(e.as_deref(), l.as_deref()), interval);
        };
        check("2016-06-01T00:00", "2016-09-01T00:00", "2016-06-01", "2016-08-31");
        check("2017-10-25T18:00", "2017-10-26T00:00", "2017-10-25T18:00", "2017-10-25T23:59");
        check("", "2016-11-01T00:00", "", "2016-10-31");
    }
}
