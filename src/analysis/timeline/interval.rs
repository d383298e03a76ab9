//! Stretches of time, side by side.

use super::Interval;
use jiff::ToSpan;

impl Interval {
    /// Whether two stretches share a moment; one that is open at both ends lies nowhere and shares none.
    pub fn overlaps(self, other: Self) -> bool {
        let begins_before = |one: Self, two: Self| one.start.zip(two.end).is_none_or(|(start, end)| start < end);
        self != Self::default() && other != Self::default() && begins_before(self, other) && begins_before(other, self)
    }

    /// Whether it lies wholly in the other; one that is open at both ends lies nowhere.
    pub fn within(self, other: Self) -> bool {
        let begins = other.start.is_none_or(|begin| self.start.is_some_and(|start| start >= begin));
        let ends = other.end.is_none_or(|end| self.end.is_some_and(|own| own <= end));
        self != Self::default() && other != Self::default() && begins && ends
    }

    /// The smallest stretch that holds both; open where one of them is.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self {
            start: self.start.zip(other.start).map(|(one, two)| one.min(two)),
            end: self.end.zip(other.end).map(|(one, two)| one.max(two)),
        }
    }

    /// Its last second, so that a stretch that ends with a day shows that day and not the next; its beginning where it has no length.
    #[must_use]
    pub fn last(self) -> Self {
        let last = self
            .end
            .and_then(|end| end.checked_sub(1.second()).ok())
            .map(|last| self.start.map_or(last, |start| last.max(start)));
        Self { start: last, end: last }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: &str, end: &str) -> Interval {
        Interval { start: start.parse().ok(), end: end.parse().ok() }
    }

    #[test]
    fn stretches_meet_or_do_not() {
        let march = span("2031-03-01T00:00", "2031-04-01T00:00");
        let april = span("2031-04-01T00:00", "2031-05-01T00:00");
        assert!(!march.overlaps(april));
        assert!(march.overlaps(span("2031-03-31T23:00", "")));
        assert!(april.overlaps(march.cover(span("2031-04-02T00:00", "2031-04-03T00:00"))));
        assert!(!march.overlaps(Interval::default()));
        assert_eq!(march.cover(span("", "2031-05-01T00:00")), span("", "2031-05-01T00:00"));
        assert_eq!(march.last().start, "2031-03-31T23:59:59".parse().ok());
    }
}
