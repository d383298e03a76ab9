//! What can be seen of one line by itself: counts of its words and marks. Features and rules read these.

use super::lexicon::{self, Hit};
use crate::article::dates;
use crate::article::page::Page;
use crate::text::entries;
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Function words of English, which prose is full of and furniture is not.
const STOPWORDS: &str = include_str!("../../../assets/lexicons/stopwords.txt");

static STOP: LazyLock<FxHashSet<&str>> = LazyLock::new(|| entries(STOPWORDS).collect());

/// Only this many characters of a line are looked at; a longer paragraph is prose anyway.
const MOST: usize = 1200;

/// What one line is made of.
#[derive(Debug, Clone, Default)]
pub(in crate::article) struct Facts<'p> {
    /// The line with single spaces.
    pub text: Cow<'p, str>,
    /// Its first characters in lower case, with straight quotes.
    pub lower: &'p str,
    pub chars: usize,
    pub words: usize,
    pub stop: usize,
    pub capitals: usize,
    pub shouted: usize,
    pub digits: usize,
    pub letters: usize,
    /// Words after which a sentence ends.
    pub sentences: usize,
    pub commas: usize,
    /// How often it speaks to or as somebody: "you", "your", "we", "our", "us", "my".
    pub address: usize,
    /// A full date or a time of day.
    pub dated: bool,
    pub hits: Vec<Hit>,
}

/// The words of a line with single spaces between them, its first characters if it is long.
fn squeezed(line: &str) -> Cow<'_, str> {
    let line = line.trim();
    let single = !line.contains("  ") && !line.contains(|c: char| c.is_whitespace() && c != ' ');
    if single && line.len() <= MOST * 2 {
        return line.into();
    }
    let mut text = String::new();
    for word in line.split_whitespace() {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
        if text.len() > MOST * 2 {
            break;
        }
    }
    text.into()
}

impl<'p> Facts<'p> {
    /// What is seen of each line of a page. `lowered` receives the lines in lower case and is shared by all of them: 40,000
    /// separate strings for a long text would leave the memory fragmented.
    pub(in crate::article) fn all(page: &'p Page, lowered: &'p mut String) -> Vec<Self> {
        let texts: Vec<Cow<str>> = page.lines.iter().map(|line| squeezed(line.span.of(&page.raw))).collect();
        lowered.reserve(page.raw.len());
        let mut ends = Vec::with_capacity(texts.len());
        for text in &texts {
            lowered.extend(text.chars().take(MOST).flat_map(char::to_lowercase).map(straight));
            ends.push(lowered.len());
        }
        let lowered: &'p str = lowered;
        let begins = [0].into_iter().chain(ends.iter().copied());
        let spans = begins.zip(&ends).map(|(begin, end)| lowered.get(begin..*end).unwrap_or_default());
        texts.into_iter().zip(spans).map(|(text, lower)| Self::of(text, lower)).collect()
    }

    fn of(text: Cow<'p, str>, lower: &'p str) -> Self {
        let mut facts = Self { chars: text.chars().count(), hits: lexicon::hits(lower), lower, ..Self::default() };
        facts.count_words(&text);
        facts.dated = facts.digits > 0 && dates::has_date_like(&text);
        facts.text = text;
        facts
    }

    fn count_words(&mut self, text: &str) {
        for word in text.split(' ') {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let ends = word.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', '!', '?', '…', '。', '！', '？']);
            self.sentences += usize::from(ends && !bare.is_empty());
            self.commas += word.bytes().filter(|b| *b == b',').count();
            let Some(first) = bare.chars().next() else { continue };
            self.words += 1;
            self.digits += usize::from(bare.chars().any(|c| c.is_ascii_digit()));
            self.letters += bare.chars().filter(|c| c.is_alphabetic()).count();
            if first.is_uppercase() {
                self.capitals += 1;
                self.shouted += usize::from(bare.chars().count() > 1 && !bare.chars().any(char::is_lowercase));
            }
            let lower = bare.to_lowercase();
            self.stop += usize::from(STOP.contains(lower.as_str()));
            self.address += usize::from(matches!(lower.as_str(), "you" | "your" | "we" | "our" | "us" | "my"));
        }
    }

    /// Share of `count` among the words.
    pub(in crate::article) fn share(&self, count: usize) -> f32 {
        if self.words == 0 { 0.0 } else { count as f32 / self.words as f32 }
    }

    /// Whether the line ends as a sentence does.
    pub(in crate::article) fn closes(&self) -> bool {
        let end = self.text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']);
        end.ends_with(['.', '!', '?', '…', '。', '！', '？'])
    }

    /// Whether the line is written as a title is: it begins with a capital or a figure and does not end as a sentence does.
    pub(in crate::article) fn is_titled(&self) -> bool {
        let opens = self.text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
        opens && self.letters > 0 && !self.text.ends_with(['.', ',', ':', ';', '”', '"', '!', '…'])
    }

    /// Whether the line reads like running text: long enough, full of function words or written in a script that has no such
    /// words, and with a sentence's end.
    pub(in crate::article) fn is_prose(&self) -> bool {
        let wide = self.words > 0 && self.letters / self.words >= 12;
        let flows = self.stop * 5 >= self.words || wide || (self.stop * 10 < self.words && self.capitals * 3 < self.words);
        (self.chars >= 80 && flows && (self.sentences > 0 || self.closes() || self.chars >= 160))
            || (wide && self.chars >= 30 && self.closes())
    }
}

/// Straight quotes for curly ones, so that phrases match both.
const fn straight(c: char) -> char {
    match c {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '\u{a0}' => ' ',
        _ => c,
    }
}
