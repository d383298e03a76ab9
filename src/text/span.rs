//! Byte spans over a text.

/// A half-open range `[start, end)` of byte offsets into one text, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `[start, end)`, in bytes.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies within this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies within this span.
    pub const fn holds(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two spans share a byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The stretches that the spans cover, in order: those that overlap or touch are one.
    pub fn union(spans: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut spans: Vec<Self> = spans.into_iter().collect();
        spans.sort_unstable();
        let mut stretches: Vec<Self> = Vec::new();
        for span in spans {
            match stretches.last_mut() {
                Some(last) if span.start <= last.end => *last = last.cover(span),
                _ => stretches.push(span),
            }
        }
        stretches
    }

    /// The part of `text` under the span; empty if the span does not lie in the text or cuts a character.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The span without white space at its ends.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let part = self.of(text);
        let start = self.start + (part.len() - part.trim_start().len());
        Self::new(start, start + part.trim().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_overlap_or_touch_are_one_stretch() {
        let union = |spans: &[(usize, usize)]| {
            let stretches = Span::union(spans.iter().map(|&(start, end)| Span::new(start, end)));
            stretches.iter().map(|span| (span.start, span.end)).collect::<Vec<_>>()
        };
        assert_eq!(union(&[(7, 9), (0, 3), (2, 5), (5, 6)]), [(0, 6), (7, 9)]);
        assert_eq!(union(&[(0, 8), (1, 2), (3, 4)]), [(0, 8)], "one that lies within another");
        assert_eq!(union(&[]), []);
    }
}
