//! A time expression before it is placed on the calendar: which rule, which fields, which words around it.

use super::calendar::Unit;

/// How an expression is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Rule {
    /// Named fields; what is coarser and not named comes from the context: `May 3`, `Wednesday night`, `2016`.
    #[default]
    Calendar,
    /// The one before, of or after the publication: `last month`, `this summer`, `next Friday` (see [`Form::step`]).
    Near,
    /// A number of units before (`ago`) or after (`in three days`) the publication: the sign is [`Form::step`].
    FromNow,
    /// A number of units before or after the date named last: `two days later`, `a year earlier`.
    FromThen,
    /// The date named last, or its neighbour: `that day`, `the following year`.
    Same,
    /// The unit the publication or the date named last lies in: `the quarter`.
    Around,
    /// No calendar at all: `now`, `recently`, `soon`.
    Vague(&'static str),
    /// A length of time.
    Duration,
    /// Something that comes again.
    Set,
}

/// How many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Count {
    /// So many.
    Exact(f64),
    /// Nobody counted: `several`.
    Some,
}

/// A time of day as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: i8,
    pub(super) minute: i8,
}

/// The underspecified form of a time expression. Absent fields were not named.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Form {
    pub(super) rule: Rule,
    pub(super) year: Option<i16>,
    /// Two digits of a year or a decade without its century: `'90s`.
    pub(super) short_year: Option<i16>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
    /// Monday is 1.
    pub(super) weekday: Option<i8>,
    pub(super) season: Option<i8>,
    pub(super) quarter: Option<i8>,
    pub(super) half: Option<i8>,
    /// First year of the decade.
    pub(super) decade: Option<i16>,
    /// First year of the century.
    pub(super) century: Option<i16>,
    /// Row of the table of holidays.
    pub(super) holiday: Option<usize>,
    /// TIMEX3 code: `MO`, `NI`.
    pub(super) part: Option<&'static str>,
    pub(super) clock: Option<Clock>,
    /// Minutes from UTC.
    pub(super) zone: Option<i32>,
    pub(super) unit: Option<Unit>,
    pub(super) count: Option<Count>,
    /// Direction or number of steps: -1 last, 0 this, 1 next.
    pub(super) step: i32,
    /// TIMEX3 modifier.
    pub(super) modifier: Option<&'static str>,
    /// Whether the year is a financial one.
    pub(super) fiscal: bool,
    /// Whether the year counts before Christ.
    pub(super) bc: bool,
    /// Numeric date whose day and month may stand in either order: the two numbers as written.
    pub(super) either: Option<(i8, i8)>,
}

impl Form {
    /// Whether it names a day or something within one.
    pub(super) fn is_day(&self) -> bool {
        self.day.is_some() || self.weekday.is_some() || self.holiday.is_some() || self.either.is_some()
    }

    /// Takes over the fields of `other` that are not named here.
    pub(super) fn join(&mut self, other: &Self) {
        macro_rules! take {
            ($($field:ident),*) => { $(if self.$field.is_none() { self.$field = other.$field; })* };
        }
        take!(year, short_year, month, day, weekday, season, quarter, half, decade, century, holiday, part, clock, zone);
        take!(unit, count, modifier, either);
        self.fiscal |= other.fiscal;
        self.bc |= other.bc;
        if self.rule == Rule::Calendar && other.rule != Rule::Calendar {
            self.rule = other.rule;
            self.step = other.step;
        }
    }
}
