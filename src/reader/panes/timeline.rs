//! The timeline: events under the date they stand at, in the order of the analysis; events without a date between their
//! neighbours, under no date.

use super::{Row, Target, details};
use crate::analysis::provenance::Item;
use crate::analysis::timeline::{Event, Granularity, Interval};
use crate::article::Stamp;
use crate::reader::story::Story;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The rows: a heading for each date, its events below it.
pub fn rows(story: &Story) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut heading: Option<String> = None;
    for row in &story.timeline {
        let Some(event) = story.analysis.events.get(row.event) else { continue };
        let label = event_date(story, event).unwrap_or_else(|| "No date".to_owned());
        if heading.as_ref() != Some(&label) {
            rows.push(Row { count: None, ..super::heading(&label, 0) });
            heading = Some(label);
        }
        rows.push(Row {
            target: Target::Event(row.event),
            label: story.event_words(event),
            detail: details(story, Item::Event(row.event), row.teller_names(&story.analysis).join(", ")),
            count: None,
            kind: None,
        });
    }
    rows
}

/// The date of an event as a heading: `Wed 25 Oct 2017, night`, `Jul 2016`, `summer 2016`, `before Nov 2016`.
pub fn event_date(story: &Story, event: &Event) -> Option<String> {
    let timex = event.time.and_then(|time| story.analysis.timexes.get(time.0));
    let value = timex.map_or("", |timex| timex.value.as_str());
    let deadline = timex.is_some_and(|timex| timex.modifier.as_deref() == Some("ON_OR_BEFORE"));
    let date = if deadline && event.interval.start.is_none() {
        format!("by {}", beginning(event.interval.last(), event.granularity, value)?)
    } else {
        date(event.interval, event.granularity, value)?
    };
    Some(if event.approximate { format!("about {date}") } else { date })
}

/// A stretch of time in words; `None` when both ends are open. `value` is the TIMEX3 value, which names seasons and parts of days.
pub fn date(interval: Interval, granularity: Option<Granularity>, value: &str) -> Option<String> {
    match (interval.start, interval.end) {
        (Some(_), Some(_)) => {
            let (from, to) = (beginning(interval, granularity, value)?, beginning(interval.last(), granularity, value)?);
            let stretch =
                matches!(granularity, Some(Granularity::Day | Granularity::Month | Granularity::Quarter | Granularity::Year));
            Some(if stretch && from != to { format!("{from} to {to}") } else { from })
        }
        (Some(_), None) => Some(format!("since {}", beginning(interval, granularity, value)?)),
        (None, Some(_)) => {
            let end = Interval { start: interval.end, end: None };
            Some(format!("before {}", beginning(end, granularity, value)?))
        }
        (None, None) => None,
    }
}

/// A date for people: "Thu 26 Oct 2017, 10:46".
pub fn stamp(stamp: Stamp) -> Option<String> {
    let granularity = if stamp.timed { Granularity::Minute } else { Granularity::Day };
    date(Interval { start: Some(stamp.civil), end: Some(stamp.civil) }, Some(granularity), "")
}

/// The first moment of a stretch in words, as coarse as `granularity`.
fn beginning(interval: Interval, granularity: Option<Granularity>, value: &str) -> Option<String> {
    let moment = interval.start?;
    let month = MONTHS.get(usize::from(moment.month().unsigned_abs()).saturating_sub(1))?;
    let weekday = DAYS.get(usize::from(moment.weekday().to_monday_zero_offset().unsigned_abs()))?;
    let (year, day) = (moment.year(), moment.day());
    Some(match granularity.unwrap_or(Granularity::Day) {
        Granularity::Minute => format!("{weekday} {day} {month} {year}, {:02}:{:02}", moment.hour(), moment.minute()),
        Granularity::Hour => format!("{weekday} {day} {month} {year}, {} h", moment.hour()),
        Granularity::PartOfDay => match part_of_day(value) {
            Some(part) => format!("{weekday} {day} {month} {year}, {part}"),
            None => format!("{weekday} {day} {month} {year}"),
        },
        Granularity::Day => format!("{weekday} {day} {month} {year}"),
        Granularity::Week if value.ends_with("-WE") => format!("weekend of {day} {month} {year}"),
        Granularity::Week => format!("week of {day} {month} {year}"),
        Granularity::Month => format!("{month} {year}"),
        Granularity::Season => season(value).map_or_else(|| format!("{month} {year}"), |season| format!("{season} {year}")),
        Granularity::Quarter => format!("Q{} {year}", (moment.month() - 1) / 3 + 1),
        Granularity::Year => format!("{year}"),
        Granularity::Decade => format!("{}s", year / 10 * 10),
        Granularity::Century => format!("{} century", ordinal(year / 100 + 1)),
    })
}

/// "1st", "12th", "21st".
fn ordinal(number: i16) -> String {
    let end = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}

fn part_of_day(value: &str) -> Option<&'static str> {
    const PARTS: [(&str, &str); 6] =
        [("TNI", "night"), ("TMO", "morning"), ("TAF", "afternoon"), ("TEV", "evening"), ("TDT", "daytime"), ("TMI", "midday")];
    PARTS.iter().find(|(code, _)| value.ends_with(code)).map(|&(_, part)| part)
}

fn season(value: &str) -> Option<&'static str> {
    const SEASONS: [(&str, &str); 4] = [("-SP", "spring"), ("-SU", "summer"), ("-FA", "autumn"), ("-WI", "winter")];
    SEASONS.iter().find(|(code, _)| value.ends_with(code)).map(|&(_, season)| season)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Stamp;

    fn check(start: &str, end: &str, granularity: Granularity, value: &str, words: &str) {
        let moment = |text: &str| text.parse::<Stamp>().ok().map(|stamp| stamp.civil);
        let interval = Interval { start: moment(start), end: moment(end) };
        assert_eq!(date(interval, Some(granularity), value).as_deref(), Some(words));
    }

    #[test]
    fn dates_are_as_coarse_as_the_article_gives_them() {
        check("2031-03-05", "2031-03-06", Granularity::Day, "2031-03-05", "Wed 5 Mar 2031");
        check("2031-03-05T18:00", "2031-03-06", Granularity::PartOfDay, "2031-03-05TNI", "Wed 5 Mar 2031, night");
        check("2030-06-01", "2030-09-01", Granularity::Season, "2030-SU", "summer 2030");
        check("2030-07-01", "2030-10-01", Granularity::Quarter, "2030-Q3", "Q3 2030");
        check("2031-05-03", "2031-05-06", Granularity::Day, "2031-05-03", "Sat 3 May 2031 to Mon 5 May 2031");
        check("2014-01-01", "2017-01-01", Granularity::Year, "2014", "2014 to 2016");
        check("1900-01-01", "2000-01-01", Granularity::Century, "19", "20th century");
        check("2000-01-01", "2100-01-01", Granularity::Century, "20", "21st century");
        check("1100-01-01", "1200-01-01", Granularity::Century, "11", "12th century");
        check("", "2030-11-01", Granularity::Month, "2030-11", "before Nov 2030");
        check("2030-11-01", "", Granularity::Year, "2030", "since 2030");
        assert_eq!(date(Interval::default(), None, ""), None);
    }
}
