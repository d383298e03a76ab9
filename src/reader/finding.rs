//! Search as you type: smart case, curly and straight quotes alike, any white space for a blank.

use super::{Mode, Reader};
use crate::text::Span;

/// Hits beyond this many are not counted.
const MOST: usize = 100_000;

/// A search and what it found in the text that is shown.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// What is looked for; empty when there is no search.
    pub query: String,
    /// Where it stands, in order.
    pub hits: Vec<Span>,
    /// The current hit.
    pub at: usize,
    /// Where the search began: what Esc goes back to.
    from: usize,
    /// What was looked for before.
    previous: String,
}

impl Search {
    /// The hits that touch a stretch of text.
    pub fn touching(&self, within: Span) -> impl Iterator<Item = (usize, Span)> {
        let first = self.hits.partition_point(|hit| hit.end <= within.start);
        let hits = self.hits.get(first..).unwrap_or_default().iter().copied();
        hits.take_while(move |hit| hit.start < within.end).enumerate().map(move |(at, hit)| (first + at, hit))
    }
}

/// Every place of `query` in `text`. Case counts when the query has a capital.
pub(super) fn find(text: &str, query: &str) -> Vec<Span> {
    let exact = query.chars().any(char::is_uppercase);
    let wanted: Vec<char> = query.chars().map(|c| fold(c, exact)).collect();
    let Some(&first) = wanted.first() else { return Vec::new() };
    let mut hits: Vec<Span> = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if at < from || fold(c, exact) != first {
            continue;
        }
        let mut rest = text.get(at..).unwrap_or_default().chars();
        if wanted.iter().all(|&want| rest.next().is_some_and(|c| fold(c, exact) == want)) {
            from = text.len() - rest.as_str().len();
            hits.push(Span::new(at, from));
            if hits.len() == MOST {
                break;
            }
        }
    }
    hits
}

fn fold(c: char, exact: bool) -> char {
    match c {
        'a'..='z' | '0'..='9' => c,
        'A'..='Z' if !exact => c.to_ascii_lowercase(),
        '‘' | '’' | '\'' | 'ʼ' => '\'',
        '“' | '”' | '„' => '"',
        _ if c.is_whitespace() => ' ',
        _ if exact => c,
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

impl Reader {
    pub(super) fn begin_search(&mut self) {
        let previous = std::mem::take(&mut self.search.query);
        self.search = Search { from: self.anchor, previous, ..Search::default() };
        self.mode = Mode::Searching;
    }

    /// Changes the query and goes to the first hit from where the search began.
    pub(super) fn change_query(&mut self, change: impl FnOnce(&mut String)) {
        change(&mut self.search.query);
        let hits = find(self.text(), &self.search.query);
        let from = self.search.from;
        let next = hits.partition_point(|hit| hit.start < from);
        self.search.at = if next < hits.len() { next } else { 0 };
        self.search.hits = hits;
        match self.search.hits.get(self.search.at).copied() {
            Some(hit) => self.show(hit),
            None => self.go_to_offset(from),
        }
    }

    /// Keeps the hits and goes on reading; an empty query takes up the search before.
    pub(super) fn keep_search(&mut self) {
        self.mode = Mode::Reading;
        if self.search.query.is_empty() {
            let previous = std::mem::take(&mut self.search.previous);
            self.change_query(|query| *query = previous);
        }
        let from = self.search.from;
        if self.anchor != from && self.jumps.last() != Some(&from) {
            self.jumps.push(from);
        }
        if !self.search.query.is_empty() && self.search.hits.is_empty() {
            self.say(format!("“{}” is not in the text", self.search.query));
            self.search.query.clear();
        }
        self.claim_at_hit();
    }

    /// Takes the claim around the current hit in hand.
    fn claim_at_hit(&mut self) {
        match self.search.hits.get(self.search.at).copied() {
            Some(hit) => self.claim_around(hit),
            None => self.claim_in_view(),
        }
    }

    /// Drops the search and goes back to where it began.
    pub(super) fn cancel_search(&mut self) {
        self.mode = Mode::Reading;
        let from = self.search.from;
        self.search = Search::default();
        self.go_to_offset(from);
        self.claim_in_view();
    }

    /// Goes to the next hit or the one before, around the ends.
    pub(super) fn step_hit(&mut self, forward: bool) {
        let count = self.search.hits.len();
        if count == 0 {
            return;
        }
        self.search.at = if forward { (self.search.at + 1) % count } else { (self.search.at + count - 1) % count };
        if let Some(hit) = self.search.hits.get(self.search.at).copied() {
            self.show(hit);
        }
        self.claim_at_hit();
    }

    /// Looks for the query anew in the text that is shown now.
    pub(super) fn find_again(&mut self) {
        if !self.search.query.is_empty() {
            self.search.hits = find(self.text(), &self.search.query);
            self.search.at =
                self.search.hits.partition_point(|hit| hit.start < self.anchor).min(self.search.hits.len().saturating_sub(1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, query: &str, hits: &[&str]) {
        assert_eq!(find(text, query).into_iter().map(|hit| hit.of(text)).collect::<Vec<_>>(), hits);
    }

    #[test]
    fn smart_case_quotes_and_blanks() {
        check("The levy. A LEVY, the Levy", "levy", &["levy", "LEVY", "Levy"]);
        check("The levy. A LEVY, the Levy", "Levy", &["Levy"]);
        check("the port’s clerk", "port's", &["port’s"]);
        check("the harbour\nboard", "harbour board", &["harbour\nboard"]);
        check("Ébauche ébauche", "ébauche", &["Ébauche", "ébauche"]);
        check("aaaa", "aa", &["aa", "aa"]);
        check("anything", "", &[]);
    }
}
