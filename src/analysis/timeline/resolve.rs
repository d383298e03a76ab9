//! Second stage: an underspecified form becomes a place on the calendar.
//!
//! The context is the publication date, the date named last, and the tense of the clause. The habits are those of news: a bare
//! weekday lies within the past week or is today, a bare month is the past one two times in three, so tense decides.

use super::calendar::{Period, Unit, midnight};
use super::form::{Count, Form, Rule};
use super::recognise::Recogniser;
use super::tense::Tense;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

/// What an expression is resolved against.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    /// When the article was published: the local date, and the time where it was given.
    pub(super) published: Option<(Date, Option<DateTime>)>,
    /// The date named last, and which expression named it.
    pub(super) named: Option<(Period, usize)>,
    /// The year named last in this sentence.
    pub(super) year: Option<i16>,
    /// Whether the page writes the day before the month in `10/11/2017`.
    pub(super) day_first: bool,
}

/// What a place was counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// The expression names it all.
    Itself,
    /// The publication date.
    Publication,
    /// The expression with this index.
    Named(usize),
}

/// A place on the calendar, and how it was found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    pub(super) period: Period,
    pub(super) from: From,
    /// The rule, in words for people.
    pub(super) rule: &'static str,
}

impl Place {
    fn published(period: Period, rule: &'static str) -> Self {
        Self { period, from: From::Publication, rule }
    }

    fn named(period: Period) -> Self {
        Self { period, from: From::Itself, rule: "as written" }
    }
}

impl Context {
    /// The place of `form`; `None` where the context does not tell.
    pub(super) fn place(&self, form: &Form, tense: Tense) -> Option<Place> {
        match form.rule {
            Rule::Calendar => self.calendar(form, tense),
            Rule::Near => self.near(form),
            Rule::FromNow => self.counted_from_now(form),
            Rule::FromThen => self.counted_from_then(form),
            Rule::Same => self.same(form),
            Rule::Around => self.around(form),
            Rule::Vague(_) | Rule::Duration | Rule::Set => None,
        }
    }

    /// Keeps the place just named for what follows.
    pub(super) fn remember(&mut self, form: &Form, place: &Place, index: usize) {
        // "a year earlier" looks aside: what follows is not counted from it.
        if form.rule == Rule::FromThen && form.step < 0 || form.rule == Rule::FromNow && form.unit == Some(Unit::Year) {
            return;
        }
        if form.year.is_some() {
            self.year = form.year;
        }
        self.named = Some((place.period, index));
    }

    fn today(&self) -> Option<Date> {
        self.published.map(|(date, _)| date)
    }

    fn calendar(&self, form: &Form, tense: Tense) -> Option<Place> {
        if let Some((a, b)) = form.either {
            let year = form.year.or(form.short_year.map(full_year))?;
            let (day, month) = if b > 12 || (a <= 12 && !self.day_first) { (b, a) } else { (a, b) };
            let date = Date::new(year, month, day).or_else(|_| Date::new(year, day, month)).ok()?;
            let rule = if a > 12 || b > 12 { "as written" } else { "day and month in the order of the page's locale" };
            return Some(Place { rule, ..Place::named(Period::Day(date)) });
        }
        let year = form.year.or_else(|| form.short_year.map(|y| self.century_of(y)));
        if form.unit == Some(Unit::Decade) {
            return Some(Place::named(Period::Decade(form.decade.or(year)?)));
        }
        if let Some(century) = form.century {
            return Some(Place::named(Period::Century(if form.bc { -century - 99 } else { century })));
        }
        if let Some(year) = year {
            return within_year(form, if form.bc { 1 - year } else { year }).map(Place::named);
        }
        if form.bc {
            let Some(Count::Exact(n)) = form.count else { return None };
            return Some(Place::named(Period::Year(1 - n as i16)));
        }
        if form.month.is_some()
            || form.holiday.is_some()
            || form.season.is_some()
            || form.quarter.is_some()
            || form.half.is_some()
        {
            return self.in_some_year(form, tense);
        }
        if let Some(weekday) = form.weekday {
            return self.weekday(weekday, tense);
        }
        if form.day.is_some() {
            return None;
        }
        self.part_of_today()
    }

    /// A part of the day or a time alone: of the day named last in this sentence's context, else of the publication.
    fn part_of_today(&self) -> Option<Place> {
        if let Some((Period::Day(date), index)) = self.named {
            return Some(Place { period: Period::Day(date), from: From::Named(index), rule: "on the day named before" });
        }
        self.today().map(|date| Place::published(Period::Day(date), "on the day of publication"))
    }

    /// A month, day, season, quarter or holiday whose year is not named.
    fn in_some_year(&self, form: &Form, tense: Tense) -> Option<Place> {
        let gone = self.year.zip(self.today()).is_some_and(|(year, today)| year < today.year());
        let ahead = tense == Tense::Future && gone;
        let named = self.named.filter(|_| (self.year.is_some() && !ahead) || self.published.is_none());
        if let (Some(year), Some((_, index))) = (self.year.or_else(|| named.and_then(|(p, _)| p.first()).map(Date::year)), named)
        {
            let period = within_year(form, year)?;
            return Some(Place { period, from: From::Named(index), rule: "in the year named before" });
        }
        let today = self.today()?;
        let candidates: Vec<Period> = [-1, 0, 1].into_iter().filter_map(|step| within_year(form, today.year() + step)).collect();
        let begun = |p: &&Period| p.first().is_some_and(|d| d <= today);
        let open = |p: &&Period| p.interval().end.is_some_and(|end| end > midnight(today));
        // A day or a quarter without its year lies near the publication, whatever the verb; a month or season may be far.
        let near = form.day.is_some() || form.quarter.is_some() || form.holiday.is_some();
        let (period, rule) = match tense {
            Tense::Past if near => {
                (nearest(&candidates, today, (1, 3)), "the nearest, rather one past, as the clause is in the past")
            }
            Tense::Future if near => {
                (nearest(&candidates, today, (3, 1)), "the nearest, rather one to come, as the clause looks ahead")
            }
            Tense::Past => (candidates.iter().rfind(begun).copied(), "the latest one, as the clause is in the past"),
            Tense::Future => (candidates.iter().find(open).copied(), "the next one, as the clause looks ahead"),
            Tense::Unknown => {
                (nearest(&candidates, today, (1, 2)), "the nearest to the publication date, rather past than to come")
            }
        };
        Some(Place::published(period?, rule))
    }

    fn weekday(&self, weekday: i8, tense: Tense) -> Option<Place> {
        let today = self.today()?;
        let back = i32::from((today.weekday().to_monday_one_offset() - weekday).rem_euclid(7));
        if back == 0 {
            return Some(Place::published(Period::Day(today), "the day of publication"));
        }
        let (steps, rule) = match tense {
            Tense::Future => (7 - back, "the next such day, as the clause looks ahead"),
            _ => (-back, "the latest such day before publication"),
        };
        Some(Place::published(Period::Day(today).step(steps)?, rule))
    }

    fn near(&self, form: &Form) -> Option<Place> {
        let today = self.today()?;
        let rule = match form.step {
            i32::MIN..0 => "the one before the publication date",
            0 => "the one of the publication date",
            _ => "the one after the publication date",
        };
        let period = match form.unit {
            Some(Unit::Year)
                if form.month.is_some() || form.season.is_some() || form.quarter.is_some() || form.half.is_some() =>
            {
                within_year(form, today.year().checked_add(i16::try_from(form.step).ok()?)?)?
            }
            Some(Unit::Week) if form.weekday.is_some() => {
                let monday = Period::Week(today).step(form.step)?.first()?;
                Period::Day(monday).step(i32::from(form.weekday? - 1))?
            }
            Some(Unit::Weekend) if form.step == -1 && Period::Weekend(today).first()? > today => {
                Period::Weekend(today).step(-1)?
            }
            Some(unit) => Period::holding(unit, today).step(form.step)?,
            None => near_name(form, today)?,
        };
        Some(Place::published(period, rule))
    }

    fn counted_from_now(&self, form: &Form) -> Option<Place> {
        let today = self.today()?;
        let steps = whole(form.count?)?.checked_mul(form.step)?;
        let unit = form.unit?;
        if let (Unit::Year, Some((quarter @ Period::Quarter(..), index))) = (unit, self.named) {
            return Some(Place {
                period: quarter.step_years(steps)?,
                from: From::Named(index),
                rule: "the same quarter of another year",
            });
        }
        let rule = if form.step < 0 { "counted back from the publication date" } else { "counted on from the publication date" };
        Some(Place::published(count_from(Period::Day(today), unit, steps)?, rule))
    }

    fn counted_from_then(&self, form: &Form) -> Option<Place> {
        let Some((named, index)) = self.named else { return self.counted_from_now(form) };
        let steps = whole(form.count?)?.checked_mul(form.step)?;
        let unit = form.unit?;
        let coarse = matches!(named, Period::Quarter(..) | Period::Half(..));
        let period = if coarse && unit == Unit::Year { named.step_years(steps)? } else { count_from(named, unit, steps)? };
        Some(Place { period, from: From::Named(index), rule: "counted from the date named before" })
    }

    fn same(&self, form: &Form) -> Option<Place> {
        let (base, from) = match (self.named, self.today()) {
            (Some((period, index)), _) => (period, From::Named(index)),
            (None, Some(today)) => (Period::Day(today), From::Publication),
            (None, None) => return None,
        };
        let first = base.first()?;
        let period = if let Some(weekday) = form.weekday {
            let ahead = i32::from((weekday - first.weekday().to_monday_one_offset() - 1).rem_euclid(7) + 1);
            Period::Day(first).step(ahead)?
        } else if form.month.is_some() || form.season.is_some() {
            let here = within_year(form, first.year())?;
            if form.step > 0 && here.first()? <= first { within_year(form, first.year() + 1)? } else { here }
        } else {
            Period::holding(form.unit?, first).step(form.step)?
        };
        let rule = match form.step {
            0 => "the one of the date named before",
            i32::MIN..0 => "the one before the date named before",
            _ => "the one after the date named before",
        };
        Some(Place { period, from, rule })
    }

    /// `the quarter`: the one spoken of, else the latest before the publication (step -1); `the year-ago quarter`: four before that.
    fn around(&self, form: &Form) -> Option<Place> {
        let unit = form.unit?;
        let back = (form.step + 1).min(0);
        if let Some((period, index)) = self.named
            && Period::holding(unit, period.first()?).granularity() == period.granularity()
        {
            return Some(Place {
                period: period.step(back)?,
                from: From::Named(index),
                rule: "counted from the one named before",
            });
        }
        let period = Period::holding(unit, self.today()?).step(form.step)?;
        Some(Place::published(
            period,
            if form.step == 0 { "the one of the publication date" } else { "counted from the latest to end before publication" },
        ))
    }

    /// The year that two digits name: the one nearest to the publication that is not far ahead of it.
    fn century_of(&self, short: i16) -> i16 {
        self.today().map_or_else(
            || full_year(short),
            |today| {
                let year = today.year() - today.year().rem_euclid(100) + short;
                if year > today.year() + 20 { year - 100 } else { year }
            },
        )
    }
}

/// `last May`, `next Friday`, `this summer`.
fn near_name(form: &Form, today: Date) -> Option<Period> {
    if let Some(weekday) = form.weekday {
        let ahead = i32::from((weekday - today.weekday().to_monday_one_offset()).rem_euclid(7));
        let steps = match form.step {
            i32::MIN..0 => {
                if ahead == 0 {
                    -7
                } else {
                    ahead - 7
                }
            }
            0 => ahead,
            _ => {
                if ahead == 0 {
                    7
                } else {
                    ahead
                }
            }
        };
        return Period::Day(today).step(steps);
    }
    let here = within_year(form, today.year())?;
    let holds = |p: &Period| p.first().is_some_and(|d| d <= today) && p.interval().end.is_some_and(|e| e > midnight(today));
    let later = here.first()? > today;
    match form.step {
        0 => Some(here),
        i32::MIN..0 if later || holds(&here) => within_year(form, today.year() - 1),
        i32::MIN..0 => Some(here),
        _ if later => Some(here),
        _ => within_year(form, today.year() + 1),
    }
}

/// The year that two digits name without a context: 1970 to 2069.
const fn full_year(short: i16) -> i16 {
    match short {
        0..70 => 2000 + short,
        70..100 => 1900 + short,
        _ => short,
    }
}

/// What `form` names within `year`.
fn within_year(form: &Form, year: i16) -> Option<Period> {
    if let Some(holiday) = form.holiday {
        return Recogniser::get().holidays.get(holiday)?.in_year(year).map(Period::Day);
    }
    Some(match (form.month, form.day) {
        (Some(month), Some(day)) => Period::Day(Date::new(year, month, day).ok()?),
        (Some(month), None) => Period::Month(year, Some(month).filter(|m| (1..=12).contains(m))?),
        (None, Some(_)) => return None,
        (None, None) => match (form.season, form.quarter, form.half) {
            (Some(season), ..) => Period::Season(year, season),
            (_, Some(quarter), _) => Period::Quarter(year, quarter),
            (.., Some(half)) => Period::Half(year, half),
            _ => Period::Year(year),
        },
    })
}

/// The one of `periods` whose days lie nearest to `today`, with weights for a day in the past and one in the future.
fn nearest(periods: &[Period], today: Date, (past, coming): (i32, i32)) -> Option<Period> {
    let days = |a: Date, b: Date| a.until(b).map_or(i32::MAX, |span| span.get_days());
    let distance = |p: &Period| match (p.interval().start, p.interval().end) {
        (Some(start), _) if start.date() > today => days(today, start.date()).saturating_mul(coming),
        (_, Some(end)) => days(end.date(), today).max(0).saturating_mul(past),
        _ => i32::MAX,
    };
    periods.iter().copied().min_by_key(distance)
}

/// The number of steps; `None` for an unknown number (`some`) or a fraction.
fn whole(count: Count) -> Option<i32> {
    match count {
        Count::Exact(n) if n.fract() == 0.0 && n.abs() < 100_000.0 => Some(n as i32),
        _ => None,
    }
}

/// What lies a number of units from `period`, as coarse as the unit.
fn count_from(period: Period, unit: Unit, steps: i32) -> Option<Period> {
    let first = period.first()?;
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => None,
        Unit::Fortnight => Period::Week(first).step(steps.checked_mul(2)?),
        Unit::Millennium => Period::Century(first.year()).step(steps.checked_mul(10)?),
        Unit::Decade => Some(Period::Year(first.year())).and_then(|y| y.step(steps.checked_mul(10)?)),
        Unit::Quarter => Period::Month(first.year(), first.month())
            .step(steps.checked_mul(3)?)
            .and_then(|p| Some(Period::holding(Unit::Quarter, p.first()?))),
        _ => Period::holding(unit, first).step(steps),
    }
}

/// The moment a number of hours or minutes before or after the publication.
pub(super) fn moment_from_now(published: DateTime, unit: Unit, steps: i32) -> Option<DateTime> {
    let span = match unit {
        Unit::Hour => i64::from(steps).hours(),
        Unit::Minute => i64::from(steps).minutes(),
        _ => return None,
    };
    published.checked_add(span).ok()
}
