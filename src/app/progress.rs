//! What a batch says while it works: a line on standard error, where that is a terminal, and one line for each article that failed.

use super::inputs::Meter;
use crate::text::one_line;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often the line is drawn at most.
const EVERY: Duration = Duration::from_millis(100);

/// The line of a batch under way.
pub struct Progress {
    /// Articles written.
    pub articles: usize,
    /// Articles that failed.
    pub failed: usize,
    /// Articles that an earlier run had done: they say nothing of this one's speed.
    before: usize,
    meter: Meter,
    /// Bytes of all inputs, where that is known.
    total: Option<u64>,
    began: Instant,
    drawn: Option<Instant>,
    shown: bool,
}

impl Progress {
    /// Begins at `articles` done and `failed`. Standard error shows the line if it is a terminal and `quiet` does not forbid it.
    pub fn begin((articles, failed): (usize, usize), meter: Meter, total: Option<u64>, quiet: bool) -> Self {
        let shown = !quiet && io::stderr().is_terminal();
        Self { articles, failed, before: articles, meter, total, began: Instant::now(), drawn: None, shown }
    }

    /// Draws the line, if it is time to.
    pub fn draw(&mut self) {
        if !self.shown || self.drawn.is_some_and(|then| then.elapsed() < EVERY) || self.began.elapsed() < EVERY * 3 {
            return;
        }
        self.drawn = Some(Instant::now());
        let line = line(self.articles, self.articles - self.before, self.failed, self.began.elapsed(), self.share());
        put(&line);
    }

    /// Says one sentence on a line of its own.
    pub fn say(&mut self, what: &str) {
        self.clear();
        complain(what);
    }

    /// Takes the line away.
    pub fn clear(&mut self) {
        if self.drawn.take().is_some() {
            put("");
        }
    }

    /// Which part of the inputs has been read.
    fn share(&self) -> Option<f64> {
        let total = self.total.filter(|total| *total > 0)?;
        Some((self.meter.bytes() as f64 / total as f64).min(1.0))
    }
}

/// Puts the line in the place of the one before it.
fn put(line: &str) {
    // Nobody is left to tell when standard error is closed.
    let _ = write!(io::stderr().lock(), "\r\x1b[K{line}");
}

/// One sentence for people on standard error. What a file or an argument has put into it cannot speak to the terminal.
pub fn complain(what: &str) {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(io::stderr().lock(), "byline: {}", one_line(what));
}

fn line(articles: usize, now: usize, failed: usize, passed: Duration, share: Option<f64>) -> String {
    let rate = now as f64 / passed.as_secs_f64().max(0.001);
    let mut line = format!("{articles} articles · {rate:.1} a second");
    if failed > 0 {
        let _ = write!(line, " · {failed} failed");
    }
    if let Some(share) = share.filter(|share| *share > 0.0) {
        let left = Duration::from_secs_f64((passed.as_secs_f64() * (1.0 - share) / share).min(1e8)).as_secs();
        let clock = if left < 3600 {
            format!("{}:{:02}", left / 60, left % 60)
        } else {
            format!("{}:{:02}:{:02}", left / 3600, left / 60 % 60, left % 60)
        };
        let _ = write!(line, " · {:.0} % · {clock} left", share * 100.0);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_rate_failures_and_time_left() {
        let passed = Duration::from_mins(1);
        assert_eq!(line(120, 120, 0, passed, None), "120 articles · 2.0 a second");
        assert_eq!(line(620, 120, 3, passed, Some(0.25)), "620 articles · 2.0 a second · 3 failed · 25 % · 3:00 left");
        assert!(line(1, 1, 0, passed, Some(0.01)).ends_with("1:39:00 left"));
    }
}
