//! Clauses: the part of a sentence that tells one event.

use super::tense::Tagged;
use crate::text::{Span, Token};

/// Words that begin a clause of their own after a comma, or that one can be cut before.
const OPENERS: [&str; 14] =
    ["and", "but", "which", "who", "whose", "while", "although", "though", "because", "as", "whereas", "when", "where", "or"];

/// How many tokens a clause may reach beyond what it must hold.
const REACH: usize = 60;

/// The clause that holds the tokens `from` to `to` (both included): cut at semicolons, dashes, quotation marks, and at commas or
/// `that` before a clause with a verb of its own.
pub(super) fn clause(sentence: &Tagged<'_>, from: usize, to: usize) -> Span {
    let (from, to) = (from.min(to), from.max(to));
    let mut start = from;
    while start > 0 && from - start < REACH && !cuts(sentence, start - 1, start) {
        start -= 1;
    }
    let mut end = to;
    while end + 1 < sentence.tokens.len() && end - to < REACH && !cuts(sentence, end + 1, end + 2) {
        end += 1;
    }
    let at = |i: usize| sentence.tokens.get(i).map_or(Span::default(), Token::span);
    let span = at(start).cover(at(end));
    if matches!(span.of(sentence.text).chars().next_back(), Some(',' | '.')) && end > to {
        return at(start).cover(at(end - 1));
    }
    span
}

/// Whether a clause ends at the token `mark`, with `next` following it.
fn cuts(sentence: &Tagged<'_>, mark: usize, next: usize) -> bool {
    match sentence.word(mark).as_str() {
        ";" | ":" | "—" | "–" | "\"" | "“" | "”" | "``" | "''" => true,
        "that" => sentence.tag(mark).upos == "SCONJ",
        "," => OPENERS.contains(&sentence.word(next).as_str()),
        _ => false,
    }
}
