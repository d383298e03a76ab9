//! Writes a resolved form as a [`Timex`]: TIMEX3 value and modifier, interval, granularity, and the reason in words.

use super::calendar::{Period, Unit, midnight, season_code};
use super::form::{Count, Form, Rule};
use super::resolve::{Context, From, Place, moment_from_now};
use super::{Granularity, Interval, Timex, TimexType};
use crate::analysis::TimexId;
use crate::text::Span;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

/// The time expression at `span`. `place` is where it lies, if the context tells.
pub(super) fn timex(span: Span, form: &Form, place: Option<&Place>, context: &Context) -> Timex {
    let mut timex = Timex {
        span,
        kind: TimexType::Date,
        value: String::new(),
        modifier: form.modifier.map(|modifier| written(modifier).to_owned()),
        anchor: None,
        function: None,
        interval: Interval::default(),
        granularity: None,
        why: String::new(),
    };
    match (form.rule, place) {
        (Rule::Vague(code), _) => {
            code.clone_into(&mut timex.value);
            "names no date".clone_into(&mut timex.why);
        }
        (Rule::Duration, _) => duration(&mut timex, form, context),
        (Rule::Set, _) => set(&mut timex, form),
        (_, Some(place)) => placed(&mut timex, form, place, context),
        (_, None) => unplaced(&mut timex, form, context),
    }
    timex
}

fn placed(timex: &mut Timex, form: &Form, place: &Place, context: &Context) {
    timex.value = place.period.value();
    timex.interval = place.period.interval();
    timex.granularity = Some(place.period.granularity());
    if let From::Named(index) = place.from {
        timex.anchor = Some(TimexId(index));
    }
    place.rule.clone_into(&mut timex.why);
    if let Period::Day(date) = place.period {
        within_day(timex, form, date);
    }
    bound(timex, form.modifier, context.published.map(|(date, _)| date));
}

/// The modifier as TIMEX3 has it.
fn written(modifier: &str) -> &str {
    match modifier {
        "EARLIER" => "START",
        "LATER" => "END",
        _ => modifier,
    }
}

/// Narrows a day to its part or moment.
fn within_day(timex: &mut Timex, form: &Form, date: Date) {
    timex.value.push_str(&time_of_day(form));
    if let Some(clock) = form.clock {
        timex.kind = TimexType::Time;
        timex.granularity = Some(Granularity::Minute);
        let start = midnight(date).checked_add((i64::from(clock.hour) * 60 + i64::from(clock.minute)).minutes()).ok();
        timex.interval = Interval { start, end: start.and_then(|s| s.checked_add(1.minutes()).ok()) };
    } else if let Some(part) = form.part {
        timex.kind = TimexType::Time;
        timex.granularity = Some(Granularity::PartOfDay);
        let (from, to) = part_hours(part);
        let hour = |h: i64| midnight(date).checked_add(h.hours()).ok();
        timex.interval = Interval { start: hour(from), end: hour(to) };
    }
}

/// The hours from and to that a part of the day spans; a night runs into the next day.
const fn part_hours(part: &str) -> (i64, i64) {
    match part.as_bytes() {
        b"MO" => (5, 12),
        b"MI" => (11, 14),
        b"AF" => (12, 18),
        b"EV" => (18, 24),
        b"NI" => (20, 29),
        _ => (0, 24),
    }
}

/// What stands after the day: `T10:46`, `T18:00Z`, `T18:00-05:00`, `TNI`. The moment is in the local time of the place that the article tells of.
fn time_of_day(form: &Form) -> String {
    match (form.clock, form.part) {
        (Some(clock), _) => {
            let zone = form.zone.map_or(String::new(), offset);
            format!("T{:02}:{:02}{zone}", clock.hour, clock.minute)
        }
        (None, Some(part)) => format!("T{part}"),
        (None, None) => String::new(),
    }
}

/// Minutes from UTC as ISO 8601 writes them.
fn offset(minutes: i32) -> String {
    match minutes {
        0 => "Z".to_owned(),
        _ => format!("{}{:02}:{:02}", if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60),
    }
}

/// Opens the bounds that a modifier opens, and narrows to a third for `early` and `late`; "earlier this year" may have been yesterday and
/// "later this year" tomorrow.
fn bound(timex: &mut Timex, modifier: Option<&str>, published: Option<Date>) {
    let Interval { start, end } = timex.interval;
    let within = |now: &DateTime| start.is_some_and(|start| start <= *now) && end.is_some_and(|end| *now < end);
    let today = published.map(midnight).filter(within);
    let tomorrow = today.and_then(|today| today.checked_add(1.days()).ok());
    let days = match (start, end) {
        (Some(start), Some(end)) => start.date().until(end.date()).map_or(0, |s| s.get_days()),
        _ => 0,
    };
    let after = |days: i32| start.and_then(|s| s.checked_add(i64::from(days).days()).ok());
    timex.interval = match modifier {
        Some("EARLIER") if tomorrow.is_some() => Interval { start, end: tomorrow },
        Some("LATER") if today.is_some() => Interval { start: today, end },
        Some("BEFORE") => Interval { start: None, end: start },
        Some("ON_OR_BEFORE") => Interval { start: None, end },
        Some("AFTER") => Interval { start: end, end: None },
        Some("ON_OR_AFTER") => Interval { start, end: None },
        Some("START" | "EARLIER") if days > 2 => Interval { start, end: after((days + 1) / 3) },
        Some("MID") if days > 2 => Interval { start: after(days / 3), end: after(days - days / 3) },
        Some("END" | "LATER") if days > 2 => Interval { start: after(days - (days + 1) / 3), end },
        _ => Interval { start, end },
    };
}

/// An expression that the context does not place: what is not known is written with X.
fn unplaced(timex: &mut Timex, form: &Form, context: &Context) {
    let unknown = if context.published.is_none() { "the publication date is not known" } else { "no date to count from" };
    timex.why = format!("open: {unknown}");
    if form.count == Some(Count::Some) && form.rule != Rule::Calendar {
        if form.step < 0 { "PAST_REF" } else { "FUTURE_REF" }.clone_into(&mut timex.value);
        "nobody counted".clone_into(&mut timex.why);
        return;
    }
    if let (Rule::FromNow | Rule::FromThen, Some(unit), Some(Count::Exact(n))) = (form.rule, form.unit, form.count)
        && unit.is_clock()
    {
        hours_from_now(timex, unit, form.step * n as i32, context);
        return;
    }
    timex.value = match (form.month, form.day, form.weekday, form.season) {
        (Some(month), Some(day), ..) => format!("XXXX-{month:02}-{day:02}"),
        (Some(month), ..) => format!("XXXX-{month:02}"),
        (_, _, Some(weekday), _) => format!("XXXX-WXX-{weekday}"),
        (.., Some(season)) => format!("XXXX-{}", season_code(season)),
        _ => match (form.quarter, form.unit) {
            (Some(quarter), _) => format!("XXXX-Q{quarter}"),
            (_, Some(Unit::Year | Unit::Decade | Unit::Century)) => "XXXX".to_owned(),
            (_, Some(Unit::Month)) => "XXXX-XX".to_owned(),
            (_, Some(Unit::Week | Unit::Fortnight)) => "XXXX-WXX".to_owned(),
            (_, Some(Unit::Weekend)) => "XXXX-WXX-WE".to_owned(),
            (_, Some(Unit::Quarter)) => "XXXX-QX".to_owned(),
            _ => "XXXX-XX-XX".to_owned(),
        },
    };
    if form.clock.is_some() || form.part.is_some() {
        timex.value.push_str(&time_of_day(form));
        timex.kind = TimexType::Time;
    }
}

/// `two hours ago`, where the publication's time is known.
fn hours_from_now(timex: &mut Timex, unit: Unit, steps: i32, context: &Context) {
    timex.kind = TimexType::Time;
    let moment = context.published.and_then(|(_, time)| moment_from_now(time?, unit, steps));
    let Some(moment) = moment else {
        let day = context.published.map_or("XXXX-XX-XX".to_owned(), |(date, _)| Period::Day(date).value());
        timex.value = format!("{day}TXX:XX");
        return;
    };
    timex.value = format!("{}T{:02}:{:02}", Period::Day(moment.date()).value(), moment.hour(), moment.minute());
    timex.interval = Interval { start: Some(moment), end: moment.checked_add(1.minutes()).ok() };
    timex.granularity = Some(if unit == Unit::Hour { Granularity::Hour } else { Granularity::Minute });
    "counted from the time of publication".clone_into(&mut timex.why);
}

fn duration(timex: &mut Timex, form: &Form, context: &Context) {
    timex.kind = TimexType::Duration;
    timex.value = length(form);
    "a length of time".clone_into(&mut timex.why);
    let (Some((today, _)), Some(Count::Exact(n)), Some(unit)) = (context.published, form.count, form.unit) else { return };
    if form.step == 0 || unit.is_clock() {
        return;
    }
    let other = whole_days(unit, n * f64::from(form.step)).and_then(|days| midnight(today).checked_add(days.days()).ok());
    let today = Some(midnight(today));
    (timex.interval, timex.why) = if form.step < 0 {
        (Interval { start: other, end: today }, "up to the publication date".to_owned())
    } else {
        (Interval { start: today, end: other }, "from the publication date on".to_owned())
    };
}

/// About how many days so many units are.
fn whole_days(unit: Unit, count: f64) -> Option<i64> {
    let size = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return None,
        Unit::Day => 1.0,
        Unit::Weekend | Unit::Week => 7.0,
        Unit::Fortnight => 14.0,
        Unit::Month => 30.44,
        Unit::Quarter => 91.3,
        Unit::Year => 365.25,
        Unit::Decade => 3652.5,
        Unit::Century => 36525.0,
        Unit::Millennium => 365_250.0,
    };
    let days = (size * count).round();
    (days.abs() < 1e6).then_some(days as i64)
}

/// `P3W`, `PT30M`, `PXY`.
fn length(form: &Form) -> String {
    let unit = form.unit.unwrap_or(Unit::Day);
    let (head, tail, size) = unit.notation();
    match form.count {
        Some(Count::Exact(n)) if n > 0.0 && n < 1.0 && unit == Unit::Hour => format!("PT{}M", n * 60.0),
        Some(Count::Exact(n)) if n > 0.0 && n < 1.0 && unit == Unit::Year => format!("P{}M", n * 12.0),
        Some(Count::Exact(n)) => format!("{head}{}{tail}", n * size),
        _ if unit == Unit::Decade => "PXDE".to_owned(),
        _ if unit == Unit::Century => "PXCE".to_owned(),
        _ => format!("{head}X{tail}"),
    }
}

fn set(timex: &mut Timex, form: &Form) {
    timex.kind = TimexType::Set;
    "comes again and again".clone_into(&mut timex.why);
    timex.value = match (form.weekday, form.month, form.season, form.part) {
        (Some(weekday), .., part) => format!("XXXX-WXX-{weekday}{}", part.map_or(String::new(), |p| format!("T{p}"))),
        (_, Some(month), ..) => format!("XXXX-{month:02}"),
        (.., Some(season), _) => format!("XXXX-{}", season_code(season)),
        (.., Some(part)) => format!("XXXX-XX-XXT{part}"),
        _ if form.unit.is_some() => length(&Form { count: form.count.or(Some(Count::Exact(1.0))), ..form.clone() }),
        _ => "XXXX-XX-XX".to_owned(),
    };
}

/// The publication as a context.
pub(super) fn published(civil: DateTime, timed: bool) -> (Date, Option<DateTime>) {
    (civil.date(), timed.then_some(civil))
}
