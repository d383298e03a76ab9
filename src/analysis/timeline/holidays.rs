//! Feast days and public holidays (`assets/timeline/holidays.txt`).

use crate::text::entries;
use jiff::ToSpan;
use jiff::civil::Date;

const HOLIDAYS: &str = include_str!("../../../assets/timeline/holidays.txt");

/// When a holiday falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Falls {
    /// Month and day.
    On(i8, i8),
    /// Month, weekday (Monday is 1), which one of the month (-1 is the last), days after it.
    Nth(i8, i8, i8, i32),
    /// Days after Easter Sunday.
    Easter(i32),
}

/// One row of the table.
#[derive(Debug)]
pub(super) struct Holiday {
    /// The ways to write it, the first for show.
    pub(super) names: Vec<&'static str>,
    falls: Falls,
}

/// The table.
pub(super) fn holidays() -> Vec<Holiday> {
    entries(HOLIDAYS)
        .filter_map(|line| {
            let (names, rule) = line.split_once(':')?;
            Some(Holiday { names: names.split('|').map(str::trim).collect(), falls: read(rule)? })
        })
        .collect()
}

fn read(rule: &str) -> Option<Falls> {
    let words: Vec<&str> = rule.split_whitespace().collect();
    let number = |at: usize| words.get(at).and_then(|w| w.parse::<i32>().ok());
    match *words.first()? {
        "easter" => Some(Falls::Easter(number(1)?)),
        day if words.len() == 1 => {
            let (month, day) = day.split_once('-')?;
            Some(Falls::On(month.parse().ok()?, day.parse().ok()?))
        }
        month => Some(Falls::Nth(month.parse().ok()?, number(1)? as i8, number(2)? as i8, number(3).unwrap_or(0))),
    }
}

impl Holiday {
    /// The day it falls on in a year.
    pub(super) fn in_year(&self, year: i16) -> Option<Date> {
        match self.falls {
            Falls::On(month, day) => Date::new(year, month, day).ok(),
            Falls::Nth(month, weekday, nth, later) => {
                let weekday = jiff::civil::Weekday::from_monday_one_offset(weekday).ok()?;
                let date = Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?;
                date.checked_add(i64::from(later).days()).ok()
            }
            Falls::Easter(later) => easter(year)?.checked_add(i64::from(later).days()).ok(),
        }
    }
}

/// Easter Sunday by the Gregorian rule (the "Anonymous" computus, Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let golden = year_number % 19;
    let (century, rest) = (year_number / 100, year_number % 100);
    let moved = (8 * century + 13) / 25;
    let epact = (19 * golden + century - century / 4 - moved + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 19 * weekday) / 433;
    let month = (epact + weekday - 7 * late + 90) / 25;
    let day = (epact + weekday - 7 * late + 33 * month + 19) % 32;
    Date::new(year, month as i8, day as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, year: i16, want: &str) {
        let all = holidays();
        let holiday = all.iter().find(|h| h.names.contains(&name)).unwrap();
        assert_eq!(holiday.in_year(year).unwrap().to_string(), want);
    }

    #[test]
    fn fixed_counted_and_movable_feasts() {
        check("Christmas", 2017, "2017-12-25");
        check("Thanksgiving", 2017, "2017-11-23");
        check("Black Friday", 2017, "2017-11-24");
        check("Memorial Day", 2018, "2018-05-28");
        check("Election Day", 2016, "2016-11-08");
        check("Easter", 2018, "2018-04-01");
        check("Good Friday", 1998, "1998-04-10");
    }
}
