//! Dates as pages write them: "Oct 26 2017 | 10:57 AM IST", "19 November 2019", "21:17 18.11.2019".

use super::{Article, Document, Stamp};
use crate::text::{Span, Token, TokenKind, entries, tokens};
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Time zone abbreviations with their offset, `IST +05:30`, one a line.
const ZONES: &str = include_str!("../../assets/lexicons/timezones.txt");

static OFFSETS: LazyLock<HashMap<&str, Offset>> = LazyLock::new(|| {
    entries(ZONES)
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(name, offset)| Some((name, numeric_offset(offset.trim())?)))
        .collect()
});

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// No date line is longer than this, in bytes; what is longer is prose, and its dates are the story's.
const LONGEST: usize = 200;

/// A date as data sets and metadata give it: ISO 8601, also with spaces, or as pages write it.
pub(super) fn stamp(text: &str) -> Option<Stamp> {
    let text = text.trim();
    let joined = text.replacen(' ', "T", 1).replace(' ', "");
    let found = text.parse().ok().or_else(|| joined.parse().ok()).or_else(|| stamp_in(text));
    // What a content system that knows no date writes: "0001-01-01T00:00:00".
    found.filter(|stamp: &Stamp| stamp.civil.year() >= 1800)
}

/// The first full date (day, month and year) in `line`, with its time of day and offset where the line has them.
pub(super) fn stamp_in(line: &str) -> Option<Stamp> {
    if line.len() > LONGEST {
        return None;
    }
    if let Some(stamp) = line.split_whitespace().find_map(|word| word.parse().ok()) {
        return Some(stamp);
    }
    let tokens = tokens(line, Span::new(0, line.len()));
    let words = Words { line, tokens: &tokens };
    let date = (0..tokens.len()).find_map(|at| words.named_date(at).or_else(|| words.numeric_date(at)))?;
    let Some((time, after)) = (0..tokens.len()).find_map(|at| words.time(at)) else { return Some(Stamp::day(date)) };
    Some(Stamp { civil: date.to_datetime(time), timed: true, offset: words.zone(after) })
}

/// How many blocks from the top the date of publication may stand, and how long its line may be, in bytes.
const OPENING: usize = 4;
const OWN_LINE: usize = 32;

/// The date that stands alone on one of the first lines of the article.
pub(super) fn own_line(article: &Article) -> Option<Stamp> {
    let lines = article.blocks.iter().take(OPENING).map(|block| block.span.of(&article.text).trim());
    lines.filter(|line| line.len() <= OWN_LINE).find_map(stamp_in)
}

/// A date in numbers whose order the page's locale tells: `03-02-2009`, `3/2/2009`.
pub(super) fn numeric(text: &str, document: &Document) -> Option<Stamp> {
    let [a, b, year] = numbers(text)?;
    let (day, month) = if document.day_first()? { (a, b) } else { (b, a) };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Stamp::day)
}

/// Whether `text` is a date in numbers that can be read with the day or with the month first.
pub(super) fn is_either(text: &str) -> bool {
    numbers(text).is_some_and(|[a, b, _]| (1..=12).contains(&a) && (1..=12).contains(&b))
}

fn numbers(text: &str) -> Option<[i16; 3]> {
    let parts: Vec<i16> = text.trim().split(['-', '/', '.']).map(str::parse).collect::<Result<_, _>>().ok()?;
    <[i16; 3]>::try_from(parts).ok().filter(|[.., year]| *year >= 1800)
}

impl Document {
    /// Whether the page writes the day before the month in `10/11/2017`, by the country of its language tag or of its host; `None`
    /// where neither names one.
    pub fn day_first(&self) -> Option<bool> {
        let language = self.language.as_deref().unwrap_or_default().to_ascii_lowercase().replace('_', "-");
        if language.len() > 3 {
            return Some(language != "en-us");
        }
        let host = self.url.as_deref().and_then(|url| url.split('/').nth(2))?;
        let country = host.rsplit('.').next().filter(|domain| domain.len() == 2)?;
        Some(country != "us")
    }
}

/// Whether `line` holds a month's name and a number, a numeric date or a time of day: a weaker sign than a full date.
pub(super) fn has_date_like(line: &str) -> bool {
    line.len() <= LONGEST && stamp_in(line).is_some()
}

struct Words<'a> {
    line: &'a str,
    tokens: &'a [Token],
}

impl Words<'_> {
    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.span().of(self.line))
    }

    fn number(&self, at: usize, most: i16) -> Option<i16> {
        let token = self.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
        let text = token.span().of(self.line);
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|tail| text.strip_suffix(tail)).unwrap_or(text);
        digits.parse().ok().filter(|n| (1..=most).contains(n))
    }

    fn year(&self, at: usize) -> Option<i16> {
        self.number(at, 2100).filter(|year| *year >= 1800)
    }

    /// The place of the token after `at`, commas, full stops, apostrophes and "of" skipped.
    fn next(&self, at: usize) -> usize {
        let skipped = (at + 1..self.tokens.len()).find(|&i| !matches!(self.text(i), "," | "." | "of" | "-" | "/"));
        skipped.unwrap_or(self.tokens.len())
    }

    fn before(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|&i| !matches!(self.text(i), "," | "." | "of" | "-" | "/"))
    }

    /// "26 October 2017", "Oct. 26, 2017", "2017 Oct 26"; `at` is the month.
    fn named_date(&self, at: usize) -> Option<Date> {
        let month = month_of(self.text(at))?;
        let (next, previous) = (self.next(at), self.before(at));
        let day_first = previous.and_then(|i| Some((self.number(i, 31)?, self.year(next)?)));
        let month_first = || Some((self.number(next, 31)?, self.year(self.next(next))?));
        let (day, year) = day_first.or_else(month_first)?;
        Date::new(year, month, i8::try_from(day).ok()?).ok()
    }

    /// `2017-10-26`, `26.10.2017`, `10/26/2017`. A date that can be read both ways (03/04/2017) is not taken.
    fn numeric_date(&self, at: usize) -> Option<Date> {
        let text = self.text(at);
        let dotted: Vec<i16> = text.split('.').map_while(|part| part.parse().ok()).collect();
        let parts = if let [_, _, _] = dotted.as_slice() {
            dotted
        } else {
            let mark = self.text(at + 1);
            if !matches!(mark, "/" | "-") || self.text(at + 3) != mark {
                return None;
            }
            [at, at + 2, at + 4].iter().map_while(|&i| self.number(i, 2100)).collect()
        };
        let (year, month, day) = match *parts.as_slice() {
            [year, month, day] if year >= 1800 => (year, month, day),
            [day, month, year] if year >= 1800 && (text.contains('.') || day > 12 || day == month) => (year, month, day),
            [month, day, year] if year >= 1800 && day > 12 => (year, month, day),
            _ => return None,
        };
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }

    /// The time of day that begins at token `at`, and the token after it.
    fn time(&self, at: usize) -> Option<(Time, usize)> {
        let text = self.text(at);
        let mut parts = text.split([':', '.']);
        let whole = |part: &str| part.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i8>().ok();
        let hour = whole(parts.next()?)?;
        let minute = parts.next().map(|part| part.get(..2).and_then(whole));
        let second = parts.next().and_then(whole).unwrap_or(0);
        let glued = text.trim_start_matches(|c: char| !c.is_ascii_alphabetic()).to_ascii_lowercase();
        let next = self.text(at + 1).to_ascii_lowercase().replace('.', "");
        let half = [glued.as_str(), next.as_str()].into_iter().find(|word| matches!(*word, "am" | "pm"));
        let minute = match minute {
            Some(minute) if text.contains(':') || half.is_some() => minute?,
            None if half.is_some() => 0,
            _ => return None,
        };
        let hour = match half {
            Some("pm") if hour < 12 => hour + 12,
            Some("am") if hour == 12 => 0,
            _ => hour,
        };
        let after = if half.is_some() && half != Some(glued.as_str()) { at + 2 } else { at + 1 };
        Some((Time::new(hour, minute, second, 0).ok()?, after))
    }

    /// The offset named at token `at`: an abbreviation, or `+05:30`, perhaps after GMT or UTC.
    fn zone(&self, at: usize) -> Option<Offset> {
        let at = if matches!(self.text(at), "(" | "|" | "/" | "." | ",") { at + 1 } else { at };
        let name = self.text(at);
        let named = OFFSETS.get(name).copied();
        let sign_at = if named.is_some() { at + 1 } else { at };
        if matches!(self.text(sign_at), "+" | "-") && (named.is_none() || named == Some(Offset::UTC)) {
            let written = format!("{}{}", self.text(sign_at), self.text(sign_at + 1));
            return numeric_offset(&written).or(named);
        }
        named
    }
}

/// The month named by `word`: whole, or its first three letters (also `Sept`), with or without a full stop.
fn month_of(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_lowercase();
    let at = MONTHS
        .iter()
        .position(|month| *month == word || month.get(..3) == Some(word.as_str()) || (word == "sept" && *month == "september"))?;
    i8::try_from(at + 1).ok()
}

/// `+05:30`, `-0400`, `+2`.
fn numeric_offset(text: &str) -> Option<Offset> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = if digits.len() <= 2 { (digits.as_str(), "0") } else { digits.split_at_checked(digits.len() - 2)? };
    Offset::from_seconds(sign * (hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_numbers_goes_by_the_locale_or_stays_open() {
        let read = |language: Option<&str>, url: Option<&str>| {
            let document = Document { language: language.map(str::to_owned), url: url.map(str::to_owned), ..Document::default() };
            numeric("03-02-2009", &document).map(|stamp| stamp.to_string())
        };
        assert_eq!(read(Some("en-GB"), None).as_deref(), Some("2009-02-03"));
        assert_eq!(read(Some("en-US"), None).as_deref(), Some("2009-03-02"));
        assert_eq!(read(None, Some("https://news.example.ie/a")).as_deref(), Some("2009-02-03"));
        assert_eq!(read(Some("en"), Some("https://news.example.com/a")), None);
        assert!(is_either("03-02-2009") && !is_either("23-02-2009") && !is_either("2009-02-03"));
    }

    #[track_caller]
    fn check(line: &str, want: &str) {
        assert_eq!(stamp_in(line).map(|stamp| stamp.to_string()).unwrap_or_default(), want, "{line}");
    }

    #[test]
    fn dates_as_pages_write_them() {
        check("Last Updated : Oct 26 2017 | 10:57 AM IST", "2017-10-26T10:57+05:30");
        check("Published: Tuesday, November 19th, 2019 - 07:29 GMT", "2019-11-19T07:29+00:00");
        check("19 NOV 2019", "2019-11-19");
        check("Sept. 3, 2021 12:05 a.m. EDT", "2021-09-03T00:05-04:00");
        check("21:17 18.11.2019", "2019-11-18T21:17");
        check("Modified 2019-11-18T20:51:19Z", "2019-11-18T20:51:19+00:00");
        check("Published 10:02 PM EST Nov 19, 2019", "2019-11-19T22:02-05:00");
        check("11/19/2019 3pm", "2019-11-19T15:00");
        check("Posted 3 May 2020 at 14:00 UTC+02:00", "2020-05-03T14:00+02:00");
    }

    #[test]
    fn what_is_no_full_date_is_none() {
        check("03/04/2017", "");
        check("May 2017", "");
        check("They may 26 times", "");
        check("Call 555-12-2017", "");
        check("February 31, 2019", "");
    }
}
