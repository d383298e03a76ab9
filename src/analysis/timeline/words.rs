//! The words of time: a sentence as cells, each with what it can mean (`assets/timeline/words.txt`).

use super::form::Form;
use crate::text::{Span, Tag, Token, TokenKind, entries};
use std::collections::HashMap;

const WORDS: &str = include_str!("../../../assets/timeline/words.txt");

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $text:literal),* $(,)?) => {
        /// What a cell can stand for in a pattern.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(super) enum Class { $($(#[$doc])* $name),* }

        impl Class {
            /// The class as patterns write it.
            pub(super) fn named(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}

classes! {
    Month = "MONTH",
    /// A month that needs no preposition to be one.
    SureMonth = "SUREMONTH",
    Weekday = "WEEKDAY",
    /// `Mondays`.
    Weekdays = "WEEKDAYS",
    /// An abbreviated weekday, only next to a date.
    ShortDay = "SHORTDAY",
    Season = "SEASON",
    Part = "PART",
    /// `nights`.
    Parts = "PARTS",
    Unit = "UNIT",
    Units = "UNITS",
    AmPm = "AMPM",
    /// Minutes from UTC.
    Zone = "ZONE",
    Quarter = "QUARTER",
    Some = "SOME",
    /// `third`, `24th`.
    Nth = "NTH",
    Num = "NUM",
    /// 1 to 31, `3rd`.
    Day = "DAY",
    /// 1 to 12, in digits.
    Month2 = "MM",
    /// Four digits, 1000 to 2199.
    Year = "YEAR",
    /// Two digits.
    Short = "YY",
    /// First year of a decade; two digits where the century is not named.
    Decade = "DECADE",
    /// Minutes from midnight.
    Clock = "CLOCK",
    /// Hour of a clock with half of the day still to come, 1 to 12.
    Hour = "HOUR",
    /// A word that begins with a capital.
    Capital = "CAP",
    /// A noun, a name, a verb by its part of speech.
    Noun = "NOUN",
    Name = "NAME",
    Verb = "VERB",
    /// Nothing: the sentence begins or ends here.
    Edge = "EDGE",
    /// Any expression found by the first table.
    Timex = "TIMEX",
    Date = "DATE",
    /// A date that names its day.
    DayDate = "DAYDATE",
    /// A bare year.
    YearDate = "YEARDATE",
    /// A bare month, or a month and a year.
    MonthDate = "MONTHDATE",
    /// A time of day without its day.
    Time = "TIME",
    Duration = "DURATION",
}

/// A word, number, mark or recognised expression of one sentence.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) span: Span,
    /// Number of the word in the lexicon; 0 for a word that no pattern knows.
    pub(super) word: u32,
    pub(super) meanings: Vec<(Class, i32)>,
    /// Its number, fractions included.
    pub(super) number: Option<f64>,
    /// No white space before it.
    pub(super) glued: bool,
    pub(super) capital: bool,
    /// Part of speech.
    pub(super) upos: &'static str,
    pub(super) form: Option<Box<Form>>,
}

impl Cell {
    /// What it is worth as `class`.
    pub(super) fn meaning(&self, class: Class) -> Option<i32> {
        let upos = |wanted: &str| (self.upos == wanted).then_some(0);
        match class {
            Class::Capital => return self.capital.then_some(0),
            Class::Noun => return upos("NOUN"),
            Class::Name => return upos("PROPN"),
            Class::Verb => return upos("VERB"),
            _ => {}
        }
        self.meanings.iter().find(|(c, _)| *c == class).map(|(_, value)| *value)
    }
}

/// One meaning of a word.
#[derive(Debug, Clone, Copy)]
struct Meaning {
    class: Class,
    value: i32,
    /// Whether it must be written with a capital.
    capital: bool,
}

/// Every word that the tables name.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    ids: HashMap<Box<str>, u32>,
    meanings: Vec<Vec<Meaning>>,
}

impl Lexicon {
    /// The lexicon of `assets/timeline/words.txt`.
    pub(super) fn embedded() -> Self {
        let mut lexicon = Self { ids: HashMap::new(), meanings: vec![Vec::new()] };
        for line in entries(WORDS) {
            let Some((head, words)) = line.split_once(':') else { continue };
            let Some((class, value)) = head.split_once(' ') else { continue };
            let (Some(class), Ok(value)) = (Class::named(class), value.parse()) else { continue };
            for word in words.split_whitespace() {
                let capital = word.starts_with(char::is_uppercase);
                let id = lexicon.intern(&word.to_lowercase());
                if let Some(meanings) = lexicon.meanings.get_mut(id as usize) {
                    meanings.push(Meaning { class, value, capital });
                }
            }
        }
        lexicon
    }

    /// The number of a word in small letters, which is new or known.
    pub(super) fn intern(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = u32::try_from(self.meanings.len()).unwrap_or(0);
        self.ids.insert(word.into(), id);
        self.meanings.push(Vec::new());
        id
    }

    /// The number of a known word in small letters, else 0.
    pub(super) fn id(&self, word: &str) -> u32 {
        self.ids.get(word).copied().unwrap_or(0)
    }

    /// The cells of one sentence: its tokens, with hyphened words taken apart.
    pub(super) fn cells(&self, text: &str, tokens: &[Token], tags: &[Tag]) -> Vec<Cell> {
        let mut out = Vec::with_capacity(tokens.len());
        let mut end = usize::MAX;
        let mut low = String::new();
        for (at, token) in tokens.iter().enumerate() {
            let mut start = token.span().start;
            if token.kind == TokenKind::Word && token.span().of(text).contains('-') {
                for piece in token.span().of(text).split_inclusive('-') {
                    let word = piece.trim_end_matches('-');
                    let middle = start + word.len();
                    out.push(self.cell(text, Span::new(start, middle), &mut low));
                    start += piece.len();
                    if middle < start {
                        out.push(self.cell(text, Span::new(middle, start), &mut low));
                    }
                }
            } else {
                out.push(self.cell(text, token.span(), &mut low));
            }
            for cell in out.iter_mut().rev().take_while(|c| c.span.start >= token.span().start) {
                cell.upos = tags.get(at).map_or("", |tag| tag.upos);
                cell.glued = cell.span.start > token.span().start || end == token.span().start;
            }
            end = token.span().end;
        }
        out
    }

    fn cell(&self, text: &str, span: Span, low: &mut String) -> Cell {
        let word = span.of(text);
        let capital = word.starts_with(char::is_uppercase);
        let mut cell = Cell { span, word: 0, meanings: Vec::new(), number: None, glued: false, capital, upos: "", form: None };
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            read_number(word, &mut cell);
        }
        fold(word, low);
        cell.word = self.id(low);
        if cell.word == 0 && low.ends_with('.') {
            low.pop();
            cell.word = self.id(low);
        }
        for meaning in self.meanings.get(cell.word as usize).into_iter().flatten() {
            if capital || !meaning.capital {
                cell.meanings.push((meaning.class, meaning.value));
                match meaning.class {
                    Class::Num => {
                        cell.number = Some(f64::from(meaning.value));
                        push_small(&mut cell, meaning.value);
                    }
                    Class::Nth => cell.meanings.push((Class::Day, meaning.value)),
                    _ => {}
                }
            }
        }
        cell
    }
}

/// The hour that a small number can name.
fn push_small(cell: &mut Cell, value: i32) {
    if (1..=12).contains(&value) {
        cell.meanings.push((Class::Hour, value));
    }
}

/// `word` in small letters, with one sign for each kind of dash and apostrophe.
fn fold(word: &str, low: &mut String) {
    low.clear();
    for c in word.chars() {
        match c {
            '–' | '—' | '‑' | '‐' | '−' => low.push('-'),
            '’' | '‘' => low.push('\''),
            _ if c.is_ascii() => low.push(c.to_ascii_lowercase()),
            _ => low.extend(c.to_lowercase()),
        }
    }
}

/// The meanings of a word that begins with a digit: `15`, `15th`, `1998`, `1990s`, `10:46`, `10pm`, `4.2`.
fn read_number(word: &str, cell: &mut Cell) {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (head, tail) = word.split_at_checked(digits).unwrap_or((word, ""));
    let plain = head.parse::<i32>().ok();
    let mut add = |class, value| cell.meanings.push((class, value));
    match (tail.to_ascii_lowercase().as_str(), plain) {
        ("", Some(n)) => {
            add(Class::Num, n);
            if digits == 4 && (1000..2200).contains(&n) {
                add(Class::Year, n);
            }
            if digits == 2 {
                add(Class::Short, n);
            }
            if digits <= 2 && (1..=31).contains(&n) {
                add(Class::Day, n);
            }
            if digits <= 2 && (1..=12).contains(&n) {
                add(Class::Month2, n);
                add(Class::Hour, n);
            }
            cell.number = Some(f64::from(n));
        }
        ("st" | "nd" | "rd" | "th", Some(n)) => {
            add(Class::Nth, n);
            if (1..=31).contains(&n) {
                add(Class::Day, n);
            }
        }
        ("s", Some(n)) if (digits == 4 || digits == 2) && n % 10 == 0 && n < 2200 => add(Class::Decade, n),
        ("am" | "pm" | "a.m" | "p.m" | "a.m." | "p.m.", Some(n)) if (1..=12).contains(&n) => {
            add(Class::Clock, (n % 12) * 60 + if tail.starts_with(['p', 'P']) { 720 } else { 0 });
        }
        (rest, Some(hour)) if rest.starts_with([':', '.', ',']) => read_clock(word, rest, hour, cell),
        _ => {}
    }
}

/// `10:46`, `10:46:09`, `10:46pm`, `10.46`; also `4.2` and `33,000`.
fn read_clock(word: &str, rest: &str, hour: i32, cell: &mut Cell) {
    let amount: String = word.chars().filter(|c| *c != ',').collect();
    cell.number = amount.parse().ok();
    if cell.number.is_some() {
        cell.meanings.push((Class::Num, hour));
    }
    let minute = rest.get(1..3).and_then(|m| m.parse::<i32>().ok()).filter(|m| *m < 60);
    let (Some(minute), true) = (minute, hour < 25 && !rest.starts_with(',')) else { return };
    match rest.get(3..).unwrap_or_default().to_ascii_lowercase().trim_end_matches('.') {
        "am" | "a.m" if (1..=12).contains(&hour) => cell.meanings.push((Class::Clock, (hour % 12) * 60 + minute)),
        "pm" | "p.m" if (1..=12).contains(&hour) => cell.meanings.push((Class::Clock, (hour % 12) * 60 + minute + 720)),
        "" => {
            if rest.starts_with(':') {
                cell.meanings.push((Class::Clock, hour * 60 + minute));
            }
            if (1..=12).contains(&hour) {
                cell.meanings.push((Class::Hour, hour + minute * 100));
            }
        }
        tail if rest.starts_with(':') && tail.starts_with(':') => cell.meanings.push((Class::Clock, hour * 60 + minute)),
        _ => {}
    }
}
