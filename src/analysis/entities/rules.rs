//! Names by plain rules, for builds without the encoder: runs of capitalised words, cut at titles and nationalities.
//!
//! What a run names is told by [`super::kinds`].

use super::lexicon::{
    AREAS, CITIES, COUNTRIES, DEMONYMS, FIRST_NAMES, FUNCTION_WORDS, LAST_NAMES, NOT_NAMES, ORGANISATION_WORDS, ORGANISATIONS,
    PLACE_OPENERS, REGIONS, TITLES, WORDS,
};
use crate::analysis::Reading;
use crate::text::{Span, TokenKind};
use std::collections::HashSet;
use std::ops::Range;

/// Words that may stand between the parts of one person's name.
const PARTICLES: [&str; 18] =
    ["de", "la", "del", "da", "dos", "do", "di", "du", "van", "von", "der", "den", "bin", "ibn", "al", "el", "ul", "ten"];

/// Words before a title that belong to it: `Foreign Minister`, `Vice President`.
pub(super) const BEFORE_TITLE: [&str; 24] = [
    "Foreign",
    "Prime",
    "Vice",
    "Defense",
    "Defence",
    "Interior",
    "Finance",
    "Former",
    "Deputy",
    "Home",
    "Press",
    "First",
    "Health",
    "Education",
    "Justice",
    "Trade",
    "Energy",
    "Oil",
    "Attorney",
    "Secretary",
    "Major",
    "Police",
    "Chief",
    "Supreme",
];

/// No name has more words: a text in capitals is cut here.
const LONGEST: usize = 24;

/// The capitalised runs of a text, each a range of tokens that may be a name, in order.
pub(super) fn candidates(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let words = Words::new(reading);
    let mut out = Vec::new();
    let mut at = 0;
    while at < reading.prose.tokens.len() {
        if !words.begins_name(at) {
            at += 1;
            continue;
        }
        let end = words.run_end(at);
        words.cut(at..end, &mut out);
        at = end;
    }
    out
}

/// The tokens of a text and what capital letters mean where they stand.
struct Words<'a> {
    reading: &'a Reading<'a>,
    /// Whether a token begins a sentence or line, or stands in a line in which most words are capitalised.
    opens: Vec<bool>,
    /// Words seen capitalised where nothing but a name calls for it.
    known: HashSet<&'a str>,
}

impl<'a> Words<'a> {
    fn new(reading: &'a Reading<'a>) -> Self {
        let mut words = Self { reading, opens: vec![false; reading.prose.tokens.len()], known: HashSet::new() };
        for line in words.lines() {
            words.mark(line);
        }
        for at in 0..words.opens.len() {
            if words.capital(at) && !words.opens(at) {
                words.known.insert(words.text(at));
            }
        }
        words
    }

    /// Ranges of tokens: sentences, cut where a line ends.
    fn lines(&self) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        for sentence in &self.reading.prose.sentences {
            let mut from = sentence.tokens.start;
            for at in sentence.tokens.clone().skip(1) {
                if self.gap(at).contains('\n') {
                    out.push(from..at);
                    from = at;
                }
            }
            out.push(from..sentence.tokens.end);
        }
        out
    }

    fn mark(&mut self, line: Range<usize>) {
        let long = line.clone().filter(|&at| self.text(at).chars().count() > 3 && self.word(at)).count();
        let capital = line.clone().filter(|&at| self.text(at).chars().count() > 3 && self.capital(at)).count();
        // A headline: no full stop, and hardly a word in lower case.
        let stops = line.clone().next_back().is_some_and(|at| self.text(at) == ".");
        let title_case = long >= 4 && capital * 10 >= long * 8 && !stops;
        let mut opening = true;
        for at in line {
            let mark = !self.word(at) && !self.number(at);
            let open = opening && !mark;
            if let Some(slot) = self.opens.get_mut(at) {
                *slot = open || title_case;
            }
            opening = (opening && mark) || matches!(self.text(at), ":" | "“" | "•") || (mark && self.opens_quote(at));
        }
    }

    /// Whether the straight quote at `at` opens: nothing stands right after white space but a word.
    fn opens_quote(&self, at: usize) -> bool {
        self.text(at) == "\"" && !self.gap(at).is_empty() && self.gap(at + 1).is_empty()
    }

    fn text(&self, at: usize) -> &'a str {
        self.reading.prose.tokens.get(at).map_or("", |token| self.reading.text(token.span()))
    }

    /// What stands between a token and the one before.
    fn gap(&self, at: usize) -> &'a str {
        let tokens = &self.reading.prose.tokens;
        let before = at.checked_sub(1).and_then(|i| tokens.get(i)).map_or(0, |token| token.span().end);
        let start = tokens.get(at).map_or(before, |token| token.span().start);
        self.reading.text(Span::new(before, start))
    }

    fn kind(&self, at: usize) -> Option<TokenKind> {
        self.reading.prose.tokens.get(at).map(|token| token.kind)
    }

    fn word(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Word)
    }

    fn number(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Number)
    }

    fn capital(&self, at: usize) -> bool {
        let text = self.text(at);
        self.word(at) && (text.starts_with(char::is_uppercase) || is_arabic_article(text))
    }

    fn opens(&self, at: usize) -> bool {
        self.opens.get(at).copied().unwrap_or(false)
    }

    /// Whether a token directly follows the one before, with nothing but blanks between and in the same sentence.
    fn follows(&self, at: usize) -> bool {
        !self.gap(at).contains('\n') && self.word(at) && !self.begins_sentence(at)
    }

    fn begins_sentence(&self, at: usize) -> bool {
        self.reading.prose.sentences.binary_search_by(|sentence| sentence.tokens.start.cmp(&at)).is_ok()
    }

    /// Whether the token may be the first of a name.
    fn begins_name(&self, at: usize) -> bool {
        if !self.capital(at) {
            return false;
        }
        let text = self.text(at);
        let common = WORDS.contains(text.to_lowercase().as_str());
        if !self.opens(at) {
            return text.chars().count() > 1 || self.capital(at + 1);
        }
        if !common {
            return true;
        }
        if (self.known.contains(text) || TITLES.contains(text)) && !is_closed(text) {
            return true;
        }
        let end = self.run_end(at);
        end > at + 1 && !is_closed(text) && self.is_organisation(at..end)
    }

    /// Where the run of capitalised words that begins at `at` ends.
    fn run_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        let sign = self.opens(at);
        while end - at < LONGEST {
            let title_line = sign && self.opens(end);
            let goes_on = self.follows(end) && self.capital(end) && !is_closed(self.text(end));
            if goes_on && !(title_line && WORDS.contains(self.text(end).to_lowercase().as_str())) {
                end += 1;
                continue;
            }
            match self.bridge(at, end) {
                Some(next) => end = next + 1,
                None => break,
            }
        }
        end
    }

    /// The token after a small word that joins what stands before `end` to what follows: `Bank of England`.
    fn bridge(&self, at: usize, end: usize) -> Option<usize> {
        let small = self.text(end);
        if self.gap(end).contains('\n') || self.begins_sentence(end) {
            return None;
        }
        let capital = |at: usize| self.follows(at) && self.capital(at);
        if small == "&" || PARTICLES.contains(&small) {
            return (capital(end + 1) && !self.opens(end)).then_some(end + 1);
        }
        let head = self.text(end - 1);
        let first = self.text(at);
        match small {
            "of" | "for" => {
                let next = if self.text(end + 1) == "the" { end + 2 } else { end + 1 };
                let head = ORGANISATION_WORDS.contains(head) || (small == "of" && PLACE_OPENERS.contains(head));
                let longer = (at..end).any(|i| self.text(i) == "for");
                let aim = small == "of" || WORDS.contains(self.text(next).to_lowercase().as_str());
                ((head || longer) && aim && capital(next)).then_some(next)
            }
            "and" if ORGANISATION_WORDS.contains(first) || BEFORE_TITLE.contains(&first) => {
                let inside = (at..end).any(|i| matches!(self.text(i), "of" | "for"));
                let closes = ORGANISATION_WORDS.contains(self.text(end + 2)) && capital(end + 2);
                (capital(end + 1) && (inside && !DEMONYMS.contains(self.text(end + 1)) || closes)).then_some(end + 1)
            }
            _ => None,
        }
    }

    fn is_organisation(&self, range: Range<usize>) -> bool {
        let text = self.text_of(&range);
        ORGANISATIONS.contains(text) || REGIONS.contains(text) || ORGANISATION_WORDS.contains(self.text(range.end - 1))
    }

    fn text_of(&self, range: &Range<usize>) -> &'a str {
        self.reading.text(span_of(self.reading, range))
    }

    /// Cuts a run into names: leading nationalities and what stands before a title become names of their own; titles are left out.
    fn cut(&self, run: Range<usize>, out: &mut Vec<Range<usize>>) {
        let mut start = run.start;
        if self.keep(start..run.end, out) {
            return;
        }
        while start + 1 < run.end && DEMONYMS.contains(self.text(start)) {
            out.push(start..start + 1);
            start += 1;
            if self.keep(start..run.end, out) {
                return;
            }
        }
        let title = (start..run.end).rev().find(|&at| TITLES.contains(self.text(at)));
        if let Some(title) = title
            && !self.is_organisation(start..run.end)
        {
            let mut before = title;
            while before > start && (BEFORE_TITLE.contains(&self.text(before - 1)) || TITLES.contains(self.text(before - 1))) {
                before -= 1;
            }
            if start < before {
                self.push(start..before, out);
            }
            start = title + 1;
        }
        if let Some(person) = self.after_office(start..run.end) {
            self.push(start..person, out);
            start = person;
        }
        if start < run.end {
            self.push(start..run.end, out);
        }
    }

    /// Where in `Minister of Education Jane Doe` the person begins, the run being what follows `of`.
    fn after_office(&self, run: Range<usize>) -> Option<usize> {
        let of = run.start.checked_sub(2)?;
        let office = TITLES.contains(self.text(of)) && matches!(self.text(of + 1), "of" | "for");
        let mut inner = run.start + 1..run.end.saturating_sub(1);
        office.then(|| inner.find(|&at| FIRST_NAMES.contains(self.text(at))))?
    }

    /// Whether a lone word is capitalised only because it begins a sentence, as far as lists and the document tell.
    fn just_opens(&self, at: usize) -> bool {
        let text = self.text(at);
        let lists = [&LAST_NAMES, &COUNTRIES, &AREAS, &REGIONS, &CITIES, &ORGANISATIONS, &DEMONYMS];
        let listed = FIRST_NAMES.contains(text) || lists.iter().any(|list| list.contains(text));
        let inner = text.chars().skip(1).any(char::is_uppercase);
        let ending = text.len() > 5 && ["ed", "ing", "ly", "ers"].iter().any(|tail| text.ends_with(tail));
        self.opens(at)
            && !self.known.contains(text)
            && !inner
            && (!listed || ending)
            && !matches!(self.text(at + 1), "'s" | "’s" | "said")
    }

    /// Takes the whole run when it is known as such.
    fn keep(&self, run: Range<usize>, out: &mut Vec<Range<usize>>) -> bool {
        let text = self.text_of(&run);
        let known = [&ORGANISATIONS, &REGIONS, &COUNTRIES, &AREAS, &DEMONYMS].iter().any(|list| list.contains(text));
        let body = run.len() > 2 && ORGANISATION_WORDS.contains(self.text(run.end - 1)) && !self.titled(&run);
        if known || (body && DEMONYMS.contains(self.text(run.start))) {
            out.push(run);
        }
        known
    }

    fn titled(&self, run: &Range<usize>) -> bool {
        run.clone().any(|at| TITLES.contains(self.text(at)))
    }

    fn push(&self, mut run: Range<usize>, out: &mut Vec<Range<usize>>) {
        while run.len() > 1 && is_closed(self.text(run.start)) {
            run.start += 1;
        }
        while run.len() > 1 && NOT_NAMES.contains(self.text(run.start)) {
            run.start += 1;
        }
        while run.len() > 1 && NOT_NAMES.contains(self.text(run.end - 1)) {
            run.end -= 1;
        }
        let text = self.text_of(&run);
        if run.len() == 1 && (self.just_opens(run.start) || is_compound(text)) {
            return;
        }
        if run.len() == 1 && (NOT_NAMES.contains(text) || TITLES.contains(text) || is_closed(text)) {
            return;
        }
        out.push(run);
    }
}

/// `al-Maliki`, `el-Sisi`.
fn is_arabic_article(text: &str) -> bool {
    ["al-", "el-", "ul-"]
        .iter()
        .any(|article| text.strip_prefix(article).is_some_and(|rest| rest.starts_with(char::is_uppercase)))
}

/// `U.S.-led`, `Bengali-speaking`: an adjective made of a name.
fn is_compound(text: &str) -> bool {
    text.rsplit_once('-').is_some_and(|(_, tail)| tail.len() > 1 && tail.starts_with(char::is_lowercase))
}

/// Function words: never part of a name even when capitalised, except within it.
fn is_closed(text: &str) -> bool {
    FUNCTION_WORDS.contains(text)
}

/// Where a range of tokens stands.
pub(super) fn span_of(reading: &Reading<'_>, range: &Range<usize>) -> Span {
    let tokens = reading.prose.tokens.get(range.clone()).unwrap_or_default();
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.span().cover(last.span()),
        _ => Span::default(),
    }
}
