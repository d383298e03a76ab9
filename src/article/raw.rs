//! The text of the input beside the clean one. Only what the clean text lacks is kept, so that a long text is not in memory twice.

use crate::text::Span;
use std::sync::OnceLock;

/// A run of bytes that stands alike in `text` and in `raw`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// The run in [`Article::text`](super::Article::text).
    pub clean: Span,
    /// Its first byte in [`Article::raw`](super::Article::raw).
    pub raw: usize,
}

/// The parts of the input's text before, between and after the runs that it shares with the clean text.
#[derive(Debug, Clone, Default)]
pub struct Raw {
    between: String,
    /// The whole, once somebody has looked at it.
    whole: OnceLock<String>,
}

impl PartialEq for Raw {
    fn eq(&self, other: &Self) -> bool {
        self.between == other.between
    }
}

impl Raw {
    /// What `whole` has beside the runs of `origins`, which are in order.
    pub fn new(whole: &str, origins: &[Origin]) -> Self {
        let (mut between, mut at) = (String::new(), 0);
        for origin in origins {
            between.push_str(whole.get(at..origin.raw).unwrap_or_default());
            at = origin.raw + origin.clean.len();
        }
        between.push_str(whole.get(at..).unwrap_or_default());
        between.shrink_to_fit();
        Self { between, whole: OnceLock::new() }
    }

    /// The whole of it, put together with the runs of the clean `text`.
    pub(super) fn whole(&self, text: &str, origins: &[Origin]) -> &str {
        self.whole.get_or_init(|| {
            let mut whole = String::with_capacity(self.between.len() + text.len());
            let mut rest = self.between.as_str();
            for origin in origins {
                let (gap, behind) = rest.split_at_checked(origin.raw.saturating_sub(whole.len())).unwrap_or((rest, ""));
                whole.push_str(gap);
                whole.push_str(origin.clean.of(text));
                rest = behind;
            }
            whole + rest
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_clean_text_has_is_not_kept_twice() {
        let (whole, text) = ("Menu\nTwo  words.\nNächste\nEnd.\n", "Two words.\n\nEnd.");
        let run = |start, end, raw| Origin { clean: Span::new(start, end), raw };
        let origins = [run(0, 4, 5), run(4, 10, 10), run(12, 16, 26)];
        let raw = Raw::new(whole, &origins);
        assert_eq!(raw.between, "Menu\n \nNächste\n\n");
        assert_eq!(raw.whole(text, &origins), whole);
        assert_eq!(Raw::new(whole, &[]).whole("", &[]), whole, "nothing of it is clean");
        assert_eq!(Raw::default().whole("", &[]), "");
    }
}
