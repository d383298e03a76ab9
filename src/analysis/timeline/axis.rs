//! The axis of the timeline: how many of its rows lie where between the first date and the last.

use super::{Event, Row};
use crate::analysis::Analysis;
use jiff::civil::DateTime;

/// How many cells it has.
pub const CELLS: usize = 12;

/// Where the rows lie between the first date and the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    first: DateTime,
    last: DateTime,
    /// How many rows lie in each cell.
    pub counts: [usize; CELLS],
}

impl Axis {
    /// The axis of these rows; `None` where they all lie on one day or have no date.
    pub fn new(rows: &[Row], analysis: &Analysis) -> Option<Self> {
        let dates = || rows.iter().filter_map(|row| moment(analysis.events.get(row.event)?));
        let (first, last) = (dates().min()?, dates().max()?);
        let mut axis = Self { first, last, counts: [0; CELLS] };
        if first.date() == last.date() {
            return None;
        }
        for date in dates() {
            let cell = axis.cell(date);
            if let Some(count) = axis.counts.get_mut(cell) {
                *count += 1;
            }
        }
        Some(axis)
    }

    /// The cell in which an event lies; `None` without a date.
    pub fn cell_of(&self, event: &Event) -> Option<usize> {
        moment(event).map(|date| self.cell(date))
    }

    /// The words at both ends: as coarse as tells them apart.
    pub fn ends(&self) -> (String, String) {
        let (first, last) = if self.first.year() != self.last.year() {
            ("%Y", "%Y")
        } else if self.first.month() != self.last.month() {
            ("%b", "%b")
        } else {
            ("%-d", "%-d %b")
        };
        (self.first.strftime(first).to_string(), self.last.strftime(last).to_string())
    }

    fn cell(&self, date: DateTime) -> usize {
        let days = |to: DateTime| self.first.date().duration_until(to.date()).as_hours() / 24;
        let cell = days(date) * CELLS as i64 / (days(self.last) + 1).max(1);
        usize::try_from(cell).unwrap_or(0).min(CELLS - 1)
    }
}

/// Where an event stands: its beginning, else its end.
fn moment(event: &Event) -> Option<DateTime> {
    event.interval.start.or(event.interval.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::timeline::Interval;
    use crate::article::Stamp;
    use crate::text::Span;

    fn event(date: &str) -> Event {
        let interval = Interval { start: date.parse::<Stamp>().ok().map(|stamp| stamp.civil), end: None };
        Event { interval, ..Event::named(Span::default()) }
    }

    fn axis(dates: &[&str]) -> Option<Axis> {
        let analysis = Analysis { events: dates.iter().map(|date| event(date)).collect(), ..Analysis::default() };
        let rows: Vec<Row> = (0..dates.len()).map(|event| Row { event, retold: Vec::new() }).collect();
        Axis::new(&rows, &analysis)
    }

    #[test]
    fn rows_lie_between_the_first_date_and_the_last() {
        let axis = axis(&["2005-01-01", "2016-03-01", "", "2016-12-31"]).unwrap();
        assert_eq!(axis.counts, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
        assert_eq!(axis.ends(), ("2005".to_owned(), "2016".to_owned()));
        assert_eq!((axis.cell_of(&event("2010-06-01")), axis.cell_of(&event(""))), (Some(5), None));
    }

    #[test]
    fn its_ends_are_as_coarse_as_tells_them_apart() {
        let ends = |dates: &[&str]| axis(dates).map(|axis| axis.ends());
        assert_eq!(ends(&["2016-03-01", "2016-05-01"]), Some(("Mar".to_owned(), "May".to_owned())));
        assert_eq!(ends(&["2016-03-01", "2016-03-09"]), Some(("1".to_owned(), "9 Mar".to_owned())));
        assert_eq!(ends(&["2016-03-01T10:00", "2016-03-01T18:00"]), None);
        assert_eq!(ends(&[""]), None);
    }
}
