//! Stretches of the calendar: a day, a week, a summer, a decade; their TIMEX3 values, bounds and neighbours.

use super::{Granularity, Interval};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

/// A unit of time, in the order of the word table in `assets/timeline/words.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Weekend,
    Millennium,
}

impl Unit {
    /// The unit with this number in the word table.
    pub(super) fn numbered(n: i32) -> Option<Self> {
        use Unit::{Century, Day, Decade, Fortnight, Hour, Millennium, Minute, Month, Quarter, Second, Week, Weekend, Year};
        let all = [Second, Minute, Hour, Day, Week, Fortnight, Month, Quarter, Year, Decade, Century, Weekend, Millennium];
        all.get(usize::try_from(n - 1).ok()?).copied()
    }

    /// How TIMEX3 writes a number of them: what stands before the number, after it, and how many of those one unit is.
    pub(super) const fn notation(self) -> (&'static str, &'static str, f64) {
        match self {
            Self::Second => ("PT", "S", 1.0),
            Self::Minute => ("PT", "M", 1.0),
            Self::Hour => ("PT", "H", 1.0),
            Self::Day => ("P", "D", 1.0),
            Self::Week => ("P", "W", 1.0),
            Self::Fortnight => ("P", "W", 2.0),
            Self::Month => ("P", "M", 1.0),
            Self::Quarter => ("P", "Q", 1.0),
            Self::Year => ("P", "Y", 1.0),
            Self::Decade => ("P", "Y", 10.0),
            Self::Century => ("P", "Y", 100.0),
            Self::Weekend => ("P", "D", 2.0),
            Self::Millennium => ("P", "Y", 1000.0),
        }
    }

    /// Whether it is shorter than a day.
    pub(super) const fn is_clock(self) -> bool {
        matches!(self, Self::Second | Self::Minute | Self::Hour)
    }
}

/// One stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    Day(Date),
    /// The ISO week that holds this day.
    Week(Date),
    /// Saturday and Sunday of the ISO week that holds this day.
    Weekend(Date),
    /// Year and month.
    Month(i16, i8),
    /// Year and quarter, from 1.
    Quarter(i16, i8),
    /// Year and season: spring, summer, autumn, winter from 1 to 4; winter runs into the next year.
    Season(i16, i8),
    /// Year and half, from 1.
    Half(i16, i8),
    Year(i16),
    /// First year of the decade.
    Decade(i16),
    /// First year of the century, as TIMEX3 counts: 1900.
    Century(i16),
}

/// `value` steps of `size` from `(year, index from 1)`, carried into the years.
fn carry(year: i16, index: i8, steps: i32, size: i32) -> Option<(i16, i8)> {
    let all = (i32::from(year) * size + i32::from(index) - 1).checked_add(steps)?;
    Some((i16::try_from(all.div_euclid(size)).ok()?, i8::try_from(all.rem_euclid(size) + 1).ok()?))
}

impl Period {
    /// The stretch of one `unit` that holds `date`.
    pub(super) fn holding(unit: Unit, date: Date) -> Self {
        let (year, month) = (date.year(), date.month());
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Self::Day(date),
            Unit::Week | Unit::Fortnight => Self::Week(date),
            Unit::Weekend => Self::Weekend(date),
            Unit::Month => Self::Month(year, month),
            Unit::Quarter => Self::Quarter(year, (month - 1) / 3 + 1),
            Unit::Year => Self::Year(year),
            Unit::Decade => Self::Decade(year - year.rem_euclid(10)),
            Unit::Century | Unit::Millennium => Self::Century(year - year.rem_euclid(100)),
        }
    }

    /// The stretch of the same size `steps` later (earlier where negative).
    pub(super) fn step(self, steps: i32) -> Option<Self> {
        let years = |year: i16, size: i32| -> Option<i16> {
            i16::try_from(i32::from(year).checked_add(steps.checked_mul(size)?)?).ok().filter(|y| (-9000..9000).contains(y))
        };
        let days = |date: Date, size: i32| date.checked_add(i64::from(steps.checked_mul(size)?).days()).ok();
        Some(match self {
            Self::Day(date) => Self::Day(days(date, 1)?),
            Self::Week(date) => Self::Week(days(date, 7)?),
            Self::Weekend(date) => Self::Weekend(days(date, 7)?),
            Self::Month(year, month) => carry(year, month, steps, 12).map(|(y, m)| Self::Month(y, m))?,
            Self::Quarter(year, quarter) => carry(year, quarter, steps, 4).map(|(y, q)| Self::Quarter(y, q))?,
            Self::Half(year, half) => carry(year, half, steps, 2).map(|(y, h)| Self::Half(y, h))?,
            Self::Season(year, season) => Self::Season(years(year, 1)?, season),
            Self::Year(year) => Self::Year(years(year, 1)?),
            Self::Decade(year) => Self::Decade(years(year, 10)?),
            Self::Century(year) => Self::Century(years(year, 100)?),
        })
    }

    /// The same stretch `steps` years later: the third quarter of the year before.
    pub(super) fn step_years(self, steps: i32) -> Option<Self> {
        let year = |y: i16| i16::try_from(i32::from(y).checked_add(steps)?).ok().filter(|y| (-9000..9000).contains(y));
        Some(match self {
            Self::Day(date) => Self::Day(date.checked_add(i64::from(steps).years()).ok()?),
            Self::Week(date) => Self::Week(date.checked_add((i64::from(steps) * 52).weeks()).ok()?),
            Self::Weekend(date) => Self::Weekend(date.checked_add((i64::from(steps) * 52).weeks()).ok()?),
            Self::Month(y, m) => Self::Month(year(y)?, m),
            Self::Quarter(y, q) => Self::Quarter(year(y)?, q),
            Self::Half(y, h) => Self::Half(year(y)?, h),
            Self::Season(y, s) => Self::Season(year(y)?, s),
            Self::Year(y) => Self::Year(year(y)?),
            Self::Decade(y) => Self::Decade(year(y)?),
            Self::Century(y) => Self::Century(year(y)?),
        })
    }

    /// First day.
    pub(super) fn first(self) -> Option<Date> {
        let new = |y: i16, m: i8| Date::new(y, m, 1).ok();
        match self {
            Self::Day(date) => Some(date),
            Self::Week(date) => monday(date),
            Self::Weekend(date) => monday(date)?.checked_add(5.days()).ok(),
            Self::Month(y, m) => new(y, m),
            Self::Quarter(y, q) => new(y, q * 3 - 2),
            Self::Half(y, h) => new(y, h * 6 - 5),
            Self::Season(y, s) => new(y, s * 3),
            Self::Year(y) | Self::Decade(y) | Self::Century(y) => new(y, 1),
        }
    }

    /// The day after the last one.
    fn after(self) -> Option<Date> {
        match self {
            Self::Weekend(_) => self.first()?.checked_add(2.days()).ok(),
            Self::Season(y, s) => {
                let (year, month) = carry(y, s * 3, 3, 12)?;
                Date::new(year, month, 1).ok()
            }
            _ => self.step(1)?.first(),
        }
    }

    /// Its bounds, half-open.
    pub(super) fn interval(self) -> Interval {
        Interval { start: self.first().map(midnight), end: self.after().map(midnight) }
    }

    /// How coarse it is.
    pub(super) const fn granularity(self) -> Granularity {
        match self {
            Self::Day(_) => Granularity::Day,
            Self::Week(_) | Self::Weekend(_) => Granularity::Week,
            Self::Month(..) => Granularity::Month,
            Self::Quarter(..) => Granularity::Quarter,
            Self::Season(..) => Granularity::Season,
            Self::Half(..) | Self::Year(_) => Granularity::Year,
            Self::Decade(_) => Granularity::Decade,
            Self::Century(_) => Granularity::Century,
        }
    }

    /// Its TIMEX3 value: `2017-10-26`, `2017-W43`, `2016-SU`, `199`.
    pub(super) fn value(self) -> String {
        match self {
            Self::Day(date) => format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()),
            Self::Week(date) | Self::Weekend(date) => {
                let iso = date.iso_week_date();
                let tail = if matches!(self, Self::Weekend(_)) { "-WE" } else { "" };
                format!("{:04}-W{:02}{tail}", iso.year(), iso.week())
            }
            Self::Month(y, m) => format!("{y:04}-{m:02}"),
            Self::Quarter(y, q) => format!("{y:04}-Q{q}"),
            Self::Half(y, h) => format!("{y:04}-H{h}"),
            Self::Season(y, s) => format!("{y:04}-{}", season_code(s)),
            Self::Year(y) if y <= 0 => format!("BC{:04}", 1 - y),
            Self::Year(y) => format!("{y:04}"),
            Self::Decade(y) => format!("{:03}", y.div_euclid(10)),
            Self::Century(y) => format!("{:02}", y.div_euclid(100)),
        }
    }
}

/// TIMEX3's letters for a season.
pub(super) const fn season_code(season: i8) -> &'static str {
    match season {
        1 => "SP",
        2 => "SU",
        3 => "FA",
        _ => "WI",
    }
}

/// The Monday of the week that holds `date`.
fn monday(date: Date) -> Option<Date> {
    date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).ok()
}

/// The first moment of a day.
pub(super) fn midnight(date: Date) -> DateTime {
    date.to_datetime(Time::midnight())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(period: Period, want: &str) {
        let day = |d: Option<DateTime>| d.map_or(String::new(), |d| d.date().to_string());
        let interval = period.interval();
        assert_eq!(format!("{} {}..{}", period.value(), day(interval.start), day(interval.end)), want);
    }

    #[test]
    fn values_and_bounds() {
        let day = Date::new(2017, 10, 26).unwrap();
        check(Period::Day(day), "2017-10-26 2017-10-26..2017-10-27");
        check(Period::Week(day), "2017-W43 2017-10-23..2017-10-30");
        check(Period::Weekend(day), "2017-W43-WE 2017-10-28..2017-10-30");
        check(Period::Month(2017, 12), "2017-12 2017-12-01..2018-01-01");
        check(Period::Quarter(2017, 4), "2017-Q4 2017-10-01..2018-01-01");
        check(Period::Half(2017, 2), "2017-H2 2017-07-01..2018-01-01");
        check(Period::Season(2016, 2), "2016-SU 2016-06-01..2016-09-01");
        check(Period::Season(2016, 4), "2016-WI 2016-12-01..2017-03-01");
        check(Period::Decade(1990), "199 1990-01-01..2000-01-01");
        check(Period::Century(1900), "19 1900-01-01..2000-01-01");
        check(Period::Year(-43), "BC0044 -000043-01-01..-000042-01-01");
    }

    #[test]
    fn neighbours() {
        check(Period::Month(2017, 1).step(-1).unwrap(), "2016-12 2016-12-01..2017-01-01");
        check(Period::Quarter(2017, 4).step(1).unwrap(), "2018-Q1 2018-01-01..2018-04-01");
        check(Period::Day(Date::new(2016, 2, 29).unwrap()).step_years(-1).unwrap(), "2015-02-28 2015-02-28..2015-03-01");
        assert_eq!(Period::Year(8999).step(i32::MAX), None);
    }
}
