//! Two expressions that bound one stretch of time: `between 3 and 5 May`, `from 2014 to 2016`, `2014-16`.

use super::{Interval, Timex, TimexType};
use crate::text::Span;
use std::collections::HashMap;

/// The stretch from the first to the second, for each of two expressions (indexes into `timexes`) that bound one.
pub(super) fn ranges(text: &str, timexes: &[Timex]) -> HashMap<usize, Interval> {
    let mut out = HashMap::new();
    for (at, pair) in timexes.windows(2).enumerate() {
        let [from, to] = pair else { continue };
        if let Some(whole) = joined(text, from, to) {
            out.insert(at, whole);
            out.insert(at + 1, whole);
        }
    }
    out
}

fn joined(text: &str, from: &Timex, to: &Timex) -> Option<Interval> {
    let between = Span::new(from.span.end, to.span.start).of(text).trim();
    let before = text.get(..from.span.start).unwrap_or_default().trim_end();
    let led = |word: &str| {
        before.len() >= word.len() && before.get(before.len() - word.len()..).is_some_and(|w| w.eq_ignore_ascii_case(word))
    };
    let bounds = match between {
        "and" => led("between"),
        "-" | "–" | "—" | "to" | "through" | "until" | "till" => true,
        _ => false,
    };
    let whole = Interval { start: Some(from.interval.start?), end: Some(to.interval.end?) };
    let dates = from.kind != TimexType::Duration && to.kind == from.kind && from.granularity == to.granularity;
    (bounds && dates && whole.start < to.interval.start && to.interval.start < whole.end).then_some(whole)
}
