//! What a row of the patterns makes of its match: the rule and slots behind its `=>`, filled from the matched cells.

use super::calendar::Unit;
use super::form::{Clock, Count, Form, Rule};
use super::words::{Cell, Class};
use crate::text::Span;

/// What a row makes of its match.
#[derive(Debug, Default, Clone)]
pub(super) struct Recipe {
    pub(super) form: Form,
    /// Field that an ordinal fills.
    pub(super) nth: Option<Box<str>>,
    /// Takes over the fields of the expression beside it.
    pub(super) inherit: bool,
    /// The match is not a time expression.
    pub(super) none: bool,
}

/// Reads what stands behind `=>`.
pub(super) fn read_recipe(text: &str) -> Recipe {
    let mut recipe = Recipe::default();
    for item in text.split_whitespace() {
        let (key, value) = item.split_once('=').unwrap_or((item, ""));
        let form = &mut recipe.form;
        match key {
            "near" => form.rule = Rule::Near,
            "from-now" => form.rule = Rule::FromNow,
            "from-then" => form.rule = Rule::FromThen,
            "same" => form.rule = Rule::Same,
            "around" => form.rule = Rule::Around,
            "duration" => form.rule = Rule::Duration,
            "set" => form.rule = Rule::Set,
            "vague" => form.rule = Rule::Vague(known(value)),
            "step" => form.step = value.parse().unwrap_or(0),
            "part" => form.part = Some(known(value)),
            "mod" => form.modifier = Some(known(value)),
            "unit" => form.unit = value.parse().ok().and_then(Unit::numbered),
            "count" => form.count = Some(value.parse().map_or(Count::Some, Count::Exact)),
            "year" => form.year = value.parse().ok(),
            "season" => form.season = value.parse().ok(),
            "month" => form.month = value.parse().ok(),
            "day" => form.day = value.parse().ok(),
            "clock" => form.clock = value.parse().ok().map(|hour| Clock { hour, minute: 0 }),
            "half" => form.half = value.parse().ok(),
            "nth" => recipe.nth = Some(value.into()),
            "inherit" => recipe.inherit = true,
            "none" => recipe.none = true,
            "fiscal" => form.fiscal = true,
            "bc" => form.bc = true,
            _ => {}
        }
    }
    recipe
}

/// The codes of TIMEX3 that rows may name; `EARLIER` and `LATER` are `START` and `END` that the publication bounds.
fn known(code: &str) -> &'static str {
    const CODES: [&str; 25] = [
        "PRESENT_REF",
        "PAST_REF",
        "FUTURE_REF",
        "START",
        "MID",
        "END",
        "EARLIER",
        "LATER",
        "APPROX",
        "LESS_THAN",
        "MORE_THAN",
        "EQUAL_OR_LESS",
        "EQUAL_OR_MORE",
        "BEFORE",
        "AFTER",
        "ON_OR_BEFORE",
        "ON_OR_AFTER",
        "MO",
        "MI",
        "AF",
        "EV",
        "NI",
        "DT",
        "WE",
        "DA",
    ];
    CODES.into_iter().find(|c| *c == code).unwrap_or("")
}

/// The TIMEX3 code of the part of the day that has this number in the word table; dawn is told as a morning, dusk as an evening.
fn part(value: i32) -> Option<&'static str> {
    ["MO", "MI", "AF", "EV", "NI", "MO", "EV", "MI"].get(usize::try_from(value - 1).ok()?).copied()
}

/// Fills the form of a row with what its elements matched.
pub(super) fn bind<'a>(recipe: &Recipe, matched: impl Iterator<Item = (&'a [Class], &'a Cell)>, alone: bool) -> Form {
    let mut form = recipe.form.clone();
    let mut hour = None;
    for (classes, cell) in matched {
        if let Some(inner) = &cell.form {
            join_inner(&mut form, inner);
            if alone {
                form.modifier = inner.modifier.or(form.modifier);
            }
            continue;
        }
        for &class in classes {
            let Some(value) = cell.meaning(class) else { continue };
            match class {
                Class::Nth => set_nth(&mut form, recipe.nth.as_deref(), value),
                Class::Hour => hour = Some(value),
                Class::AmPm => form.clock = hour.map(|h| Clock { hour: ((h % 100) % 12 + value) as i8, minute: (h / 100) as i8 }),
                Class::Num => form.count = form.count.or(cell.number.map(Count::Exact)),
                _ => set_field(&mut form, class, value),
            }
            break;
        }
    }
    if let (Some(h), None) = (hour, form.clock) {
        form.clock = Some(Clock { hour: (h % 100) as i8, minute: (h / 100) as i8 });
    }
    form
}

/// Takes a recognised expression into a larger one: the outer row's rule and modifier win where they say something.
fn join_inner(form: &mut Form, inner: &Form) {
    let mut inner = inner.clone();
    if form.rule == Rule::Calendar {
        form.rule = inner.rule;
        form.step = inner.step;
    }
    if form.part.is_some() && form.clock.is_none() && inner.clock.is_none() {
        inner.part = form.part;
    }
    let rule = form.rule;
    form.join(&inner);
    form.rule = rule;
}

fn set_nth(form: &mut Form, field: Option<&str>, value: i32) {
    match field {
        Some("quarter") => form.quarter = i8::try_from(value).ok().filter(|q| (1..=4).contains(q)),
        Some("half") => form.half = i8::try_from(value).ok().filter(|h| (1..=2).contains(h)),
        Some("century") => form.century = i16::try_from((value - 1) * 100).ok().filter(|c| (0..=9000).contains(c)),
        _ => {}
    }
}

fn set_field(form: &mut Form, class: Class, value: i32) {
    let small = i8::try_from(value).ok();
    let year = i16::try_from(value).ok();
    match class {
        Class::Month | Class::SureMonth | Class::Month2 => form.month = small,
        Class::Weekday | Class::Weekdays | Class::ShortDay => form.weekday = small,
        Class::Season => form.season = small,
        Class::Part | Class::Parts => form.part = part(value),
        Class::Unit | Class::Units => form.unit = form.unit.or(Unit::numbered(value)),
        Class::Zone => form.zone = Some(value),
        Class::Quarter => form.quarter = small,
        Class::Some => form.count = Some(Count::Some),
        Class::Day => match (form.day.take(), small) {
            (Some(first), Some(second)) => form.either = Some((first, second)),
            _ => form.day = small,
        },
        Class::Year => form.year = year,
        Class::Decade if value >= 100 => form.decade = year,
        Class::Short | Class::Decade => form.short_year = year,
        Class::Clock => form.clock = Some(Clock { hour: (value / 60) as i8, minute: (value % 60) as i8 }),
        _ => {}
    }
    if class == Class::Decade {
        form.unit = Some(Unit::Decade);
    }
}

/// Gives a partial date (`5` in `May 3, 5 and 9`) what the expression beside it names.
pub(super) fn inherit(form: &mut Form, left: &mut [Cell], right: &[Cell]) {
    if let Some(left) = left.iter_mut().rev().find_map(|c| c.form.as_deref_mut()) {
        let named = (form.year, form.month);
        let mut parent = left.clone();
        (parent.weekday, parent.part, parent.clock, parent.modifier) = (None, None, None, None);
        if let (Some(short), Some(year)) = (form.short_year, parent.year) {
            form.year = Some(year - year.rem_euclid(100) + short);
        }
        form.join(&parent);
        left.year = left.year.or(named.0);
    } else if let Some(right) = right.iter().find_map(|c| c.form.as_deref()) {
        (form.year, form.month) = (form.year.or(right.year), form.month.or(right.month));
        (form.rule, form.step) = (right.rule, right.step);
    }
}

/// The cell of a matched expression.
pub(super) fn expression(cells: &[Cell], form: Form) -> Cell {
    let span = match (cells.first(), cells.last()) {
        (Some(first), Some(last)) => first.span.cover(last.span),
        _ => Span::default(),
    };
    let mut meanings = vec![(Class::Timex, 0)];
    match form.rule {
        Rule::Duration => meanings.push((Class::Duration, 0)),
        Rule::Calendar if (form.clock.is_some() || form.part.is_some()) && !form.is_day() => meanings.push((Class::Time, 0)),
        Rule::Set | Rule::Vague(_) => {}
        _ => meanings.push((Class::Date, 0)),
    }
    if form.is_day() || (form.rule == Rule::Near && form.unit == Some(Unit::Day)) {
        meanings.push((Class::DayDate, 0));
    } else if form.month.is_some() {
        meanings.push((Class::MonthDate, 0));
    } else if form.year.is_some() {
        meanings.push((Class::YearDate, 0));
    }
    let (glued, capital) = cells.first().map_or((false, false), |c| (c.glued, c.capital));
    Cell { span, word: 0, meanings, number: None, glued, capital, upos: "", form: Some(Box::new(form)) }
}
