//! A moment as a page gives it: a date, perhaps a time, perhaps an offset from UTC.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use std::fmt;
use std::str::FromStr;

/// A date with the precision that was given: `2017-10-26`, `2017-10-26T10:46`, `2017-10-26T10:46+05:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Local date and time; midnight when no time was given.
    pub civil: DateTime,
    /// Whether a time of day was given.
    pub timed: bool,
    /// Offset from UTC, when it was given.
    pub offset: Option<Offset>,
}

impl Stamp {
    /// A bare date.
    pub fn day(date: Date) -> Self {
        Self { civil: date.to_datetime(jiff::civil::Time::midnight()), timed: false, offset: None }
    }

    /// The local calendar date.
    pub fn date(self) -> Date {
        self.civil.date()
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.civil.date())?;
        if self.timed {
            write!(f, "T{:02}:{:02}", self.civil.hour(), self.civil.minute())?;
            if self.civil.second() != 0 {
                write!(f, ":{:02}", self.civil.second())?;
            }
            if let Some(offset) = self.offset {
                let minutes = offset.seconds() / 60;
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)?;
            }
        }
        Ok(())
    }
}

/// The text is not an ISO 8601 date or date-time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StampError(String);

impl fmt::Display for StampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is no date such as 2017-10-26 or 2017-10-26T10:46+05:30", self.0)
    }
}

impl std::error::Error for StampError {}

impl FromStr for Stamp {
    type Err = StampError;

    /// Reads ISO 8601: a date, or a date and time with or without an offset (`Z`, `+05:30`, `+0530`).
    fn from_str(text: &str) -> Result<Self, StampError> {
        let text = text.trim();
        if let Ok(date) = text.parse::<Date>()
            && text.len() <= 10
        {
            return Ok(Self::day(date));
        }
        let fail = || StampError(text.to_owned());
        let pieces = jiff::fmt::temporal::DateTimeParser::new();
        let civil = pieces.parse_datetime(text.trim_end_matches(['Z', 'z'])).map_err(|_| fail())?;
        Ok(Self { civil, timed: true, offset: offset_of(text) })
    }
}

/// The offset at the end of an ISO date-time, if it has one.
fn offset_of(text: &str) -> Option<Offset> {
    if text.ends_with(['Z', 'z']) {
        return Some(Offset::UTC);
    }
    let time = text.get(11..)?;
    let sign_at = time.rfind(['+', '-', '−'])?;
    let sign = if time.get(sign_at..)?.starts_with('+') { 1 } else { -1 };
    let digits: String = time.get(sign_at..)?.chars().filter(char::is_ascii_digit).collect();
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..4).and_then(|m| m.parse().ok()).unwrap_or(0);
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_is_kept() {
        for text in ["2017-10-26", "2017-10-26T10:46", "2017-10-26T10:46+05:30", "2017-10-26T10:46:09-04:00"] {
            assert_eq!(text.parse::<Stamp>().unwrap().to_string(), text);
        }
        assert_eq!("2017-10-26T10:46:00Z".parse::<Stamp>().unwrap().to_string(), "2017-10-26T10:46+00:00");
        assert_eq!("2017-10-26 10:46:00.123+0530".parse::<Stamp>().unwrap().offset.unwrap().seconds(), 19_800);
        assert!("Thursday".parse::<Stamp>().is_err());
    }
}
