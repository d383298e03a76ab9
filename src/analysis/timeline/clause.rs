//! Clauses: the part of a sentence that tells one event.

use super::tense::Tagged;
use crate::text::{Span, Token};
use std::ops::Range;

/// Words that a clause of their own begins with after a comma.
const OPENERS: [&str; 14] =
    ["and", "but", "which", "who", "whose", "while", "although", "though", "because", "as", "whereas", "when", "where", "or"];
/// Those that say more of the word before the comma, without which they cannot be read.
const RELATIVES: [&str; 4] = ["which", "who", "whose", "where"];
/// Words that lead over from what was said before, and say nothing alone.
const LEADS: [&str; 6] = ["and", "but", "or", "however", "so", "yet"];
/// Conjunctions behind which a clause of its own begins.
const SUBORDINATES: [&str; 7] = ["since", "when", "while", "because", "although", "though", "as"];

/// How many tokens a clause may reach beyond what it must hold.
const REACH: usize = 60;

/// The clause that holds the tokens `from` to `to` (both included), within the tokens `bounds`: cut at semicolons and dashes, at the marks of a
/// quote that it does not hold wholly, at commas before a clause with a verb of its own, and behind a conjunction before it (`since he joined`).
pub(super) fn clause(sentence: &Tagged<'_>, (from, to): (usize, usize), bounds: &Range<usize>) -> Span {
    let mut start = from;
    let mut quotes = 0;
    let mut subordinate = false;
    while start > bounds.start && from - start < REACH && !subordinate && !cuts_before(sentence, start - 1, &mut quotes) {
        subordinate = quotes == 0 && subordinates(sentence, start - 1, to);
        start -= usize::from(!subordinate);
    }
    let mut end = to;
    quotes = 0;
    while end + 1 < bounds.end.min(sentence.tokens.len())
        && end - to < REACH
        && !cuts_behind(sentence, end + 1, &mut quotes)
        && !(subordinate && quotes == 0 && sentence.word(end + 1) == ",")
    {
        end += 1;
    }
    while start < from && hangs(sentence, start) {
        start += 1;
    }
    while end > to && (hangs(sentence, end) || matches!(sentence.tag(end).ptb, "IN" | "DT" | "TO")) {
        end -= 1;
    }
    let at = |i: usize| sentence.tokens.get(i).map_or(Span::default(), Token::span);
    at(start).cover(at(end))
}

/// Whether the clause begins behind the token `mark`. `quotes`: how many quotes have been entered from behind.
fn cuts_before(sentence: &Tagged<'_>, mark: usize, quotes: &mut usize) -> bool {
    match (sentence.word(mark).as_str(), quote(sentence, mark)) {
        (_, Some(Mark::Closing)) => {
            // "We will not," he said: the quote is a clause of its own.
            let spoken = mark.checked_sub(1).is_some_and(|i| matches!(sentence.word(i).as_str(), "," | "." | "?" | "!"));
            *quotes += 1;
            spoken
        }
        (_, Some(Mark::Opening)) if *quotes > 0 => {
            *quotes -= 1;
            false
        }
        (_, Some(Mark::Opening)) => true,
        _ if *quotes > 0 => false,
        (";" | ":" | "—" | "–", _) => true,
        ("that", _) => sentence.tag(mark).upos == "SCONJ",
        (",", _) => {
            let next = sentence.word(mark + 1);
            OPENERS.contains(&next.as_str()) && !RELATIVES.contains(&next.as_str())
        }
        _ => false,
    }
}

/// Whether the token at `mark` is a conjunction whose clause holds the tokens up to `to`: no comma closes it before them.
fn subordinates(sentence: &Tagged<'_>, mark: usize, to: usize) -> bool {
    let tag = sentence.tag(mark);
    SUBORDINATES.contains(&sentence.word(mark).as_str())
        && (tag.upos == "SCONJ" || tag.ptb == "WRB")
        && !sentence.is_verbal(mark + 1)
        && !(mark..to).any(|i| sentence.word(i) == ",")
}

/// Whether the clause ends before the token `mark`. `quotes`: how many quotes have been entered.
fn cuts_behind(sentence: &Tagged<'_>, mark: usize, quotes: &mut usize) -> bool {
    match (sentence.word(mark).as_str(), quote(sentence, mark)) {
        (_, Some(Mark::Opening)) => {
            *quotes += 1;
            mark.checked_sub(1).is_some_and(|i| matches!(sentence.word(i).as_str(), "," | ":"))
        }
        (_, Some(Mark::Closing)) if *quotes > 0 => {
            *quotes -= 1;
            false
        }
        (_, Some(Mark::Closing)) => true,
        _ if *quotes > 0 => false,
        (";" | ":" | "—" | "–", _) => true,
        (",", _) => OPENERS.contains(&sentence.word(mark + 1).as_str()),
        _ => false,
    }
}

enum Mark {
    Opening,
    Closing,
}

/// What the token at `at` is if it is a quotation mark; a straight one opens what it touches.
fn quote(sentence: &Tagged<'_>, at: usize) -> Option<Mark> {
    let end = |i: usize| sentence.tokens.get(i).map(|token| token.span().end);
    let start = |i: usize| sentence.tokens.get(i).map(|token| token.span().start);
    match sentence.word(at).as_str() {
        "“" | "``" => Some(Mark::Opening),
        "”" | "''" => Some(Mark::Closing),
        "\"" => {
            let touches_next = start(at + 1).is_some() && start(at + 1) == end(at);
            let touches_last = at.checked_sub(1).is_some_and(|last| end(last) == start(at));
            Some(if touches_next && !touches_last { Mark::Opening } else { Mark::Closing })
        }
        _ => None,
    }
}

/// Whether the token at `at` belongs to no clause where it stands at an end of one.
fn hangs(sentence: &Tagged<'_>, at: usize) -> bool {
    let word = sentence.word(at);
    LEADS.contains(&word.as_str()) || matches!(word.as_str(), "," | "." | ";" | ":" | "(" | "[" | "-" | "--")
}
