//! Clauses: the part of a sentence that tells one event.

use super::happenings::is_voice;
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
/// Words behind which a clause of their own begins.
const SUBORDINATES: [&str; 13] =
    ["since", "when", "while", "because", "although", "though", "as", "once", "after", "before", "until", "whether", "despite"];

/// Nouns whose "that" tells what they are, not which.
const FACTS: [&str; 8] = ["fact", "facts", "news", "claim", "claims", "idea", "report", "reports"];

/// How many tokens a clause may reach beyond what it must hold.
const REACH: usize = 60;
/// Most tokens from the subject of a clause to its verb, and of the noun that a relative clause tells of.
const PHRASE: usize = 9;

/// The clause that holds the tokens `from` to `to` (both included), within the tokens `bounds`: cut at semicolons and dashes, at the marks of a
/// quote or bracket that it does not hold wholly, at commas before a clause with a verb of its own, behind a conjunction before it (`since he
/// joined`), and where a relative clause begins and ends, which is told with its noun (`the deal that he signed in May`).
pub(super) fn clause(sentence: &Tagged<'_>, (from, to): (usize, usize), bounds: &Range<usize>) -> Span {
    let within = bounds.start..bounds.end.min(sentence.tokens.len());
    let (mut start, opened) = start_of(sentence, (from, to), within.start);
    let mut end = end_of(sentence, (from, to), within.end, &opened);
    while start < from && hangs(sentence, start) {
        start += 1;
    }
    while end > to && (hangs(sentence, end) || matches!(sentence.tag(end).ptb, "IN" | "DT" | "TO")) {
        end -= 1;
    }
    let at = |i: usize| sentence.tokens.get(i).map_or(Span::default(), Token::span);
    at(start).cover(at(end))
}

/// What a clause begins with.
#[derive(Debug, PartialEq, Eq)]
enum Opened {
    /// The mark or sentence before it.
    Plainly,
    /// A conjunction: it ends with a comma.
    ByConjunction,
    /// A noun with `that` or `who`: it ends with a comma or before the verb of the noun.
    ByRelative,
}

/// The first token of the clause around the tokens `from` to `to`, not before `first`.
fn start_of(sentence: &Tagged<'_>, (from, to): (usize, usize), first: usize) -> (usize, Opened) {
    let (mut start, mut quotes) = (from, 0);
    let (mut brackets, _) = open_brackets(sentence, from, to);
    while start > first && from - start < REACH {
        let mark = start - 1;
        match sentence.word(mark).as_str() {
            ")" if quotes == 0 => brackets += 1,
            "(" if quotes == 0 && brackets == 0 => break,
            "(" if quotes == 0 => brackets -= 1,
            _ if brackets > 0 => {}
            "—" | "–" if quotes == 0 => match aside_before(sentence, mark, first) {
                Some(open) => start = open + 1,
                None => break,
            },
            _ if cuts_before(sentence, mark, &mut quotes) => break,
            _ if quotes > 0 => {}
            "and" | "but" if begins_clause(sentence, mark, first) => break,
            _ if subordinates(sentence, mark, to) => return (start, Opened::ByConjunction),
            "that" if mark.checked_sub(1).is_some_and(|i| FACTS.contains(&sentence.word(i).as_str())) => break,
            _ if relates(sentence, mark, to) => return (noun_before(sentence, mark, first), Opened::ByRelative),
            _ => {}
        }
        start -= 1;
    }
    (start, Opened::Plainly)
}

/// The last token of the clause that begins as `opened` and must hold the token `to`.
fn end_of(sentence: &Tagged<'_>, (from, to): (usize, usize), past: usize, opened: &Opened) -> usize {
    let (mut end, mut quotes) = (to, 0);
    let (_, mut brackets) = open_brackets(sentence, from, to);
    while end + 1 < past && end - to < REACH {
        let mark = end + 1;
        match sentence.word(mark).as_str() {
            "(" if quotes == 0 => brackets += 1,
            ")" if quotes == 0 && brackets == 0 => break,
            ")" if quotes == 0 => brackets -= 1,
            _ if brackets > 0 => {}
            "—" | "–" if quotes == 0 => match aside_behind(sentence, mark, past) {
                Some(close) => end = close - 1,
                None => break,
            },
            _ if cuts_behind(sentence, mark, &mut quotes) => break,
            _ if quotes > 0 => {}
            "," if *opened != Opened::Plainly => break,
            "and" | "but" if begins_clause(sentence, mark, 0) => break,
            _ if *opened == Opened::ByRelative && (sentence.is_finite(mark) || sentence.tag(mark).upos == "SCONJ") => break,
            _ => {}
        }
        end += 1;
    }
    end
}

/// How many brackets the tokens `from` to `to` close that were opened before them, and how many they leave open.
fn open_brackets(sentence: &Tagged<'_>, from: usize, to: usize) -> (usize, usize) {
    (from..=to).fold((0, 0), |(closed, open), at| match sentence.word(at).as_str() {
        "(" => (closed, open + 1),
        ")" if open > 0 => (closed, open - 1),
        ")" => (closed + 1, open),
        _ => (closed, open),
    })
}

/// The dash that opens the aside which the dash at `close` ends, where the verb of the clause follows it: "the fleet — six boats — has grown".
fn aside_before(sentence: &Tagged<'_>, close: usize, first: usize) -> Option<usize> {
    let dash = |i: &usize| matches!(sentence.word(*i).as_str(), "—" | "–");
    let open = (first.max(close.saturating_sub(REACH))..close).rev().find(dash)?;
    (open > first && sentence.is_finite(close + 1)).then_some(open)
}

/// The dash that closes the aside which the dash at `open` begins.
fn aside_behind(sentence: &Tagged<'_>, open: usize, past: usize) -> Option<usize> {
    let dash = |i: &usize| matches!(sentence.word(*i).as_str(), "—" | "–");
    let close = (open + 1..past.min(open + REACH)).find(dash)?;
    sentence.is_finite(close + 1).then_some(close)
}

/// Whether the `and` at `mark` joins two clauses, not two nouns: a subject with its verb follows it, and what is before it has said enough
/// ("has sold boats since 2014 | and Ada Moss opened").
fn begins_clause(sentence: &Tagged<'_>, mark: usize, first: usize) -> bool {
    let part = |i: &usize| {
        matches!(sentence.tag(*i).upos, "DET" | "ADJ" | "NOUN" | "PROPN" | "NUM" | "ADV") || sentence.word(*i) == "of"
    };
    let subject = if sentence.tag(mark + 1).ptb == "PRP" {
        mark + 2
    } else {
        (mark + 1..mark + 1 + PHRASE).find(|i| !part(i)).unwrap_or(mark + 1)
    };
    if subject < mark + 2 || !sentence.is_finite(subject) {
        return false;
    }
    // "after Moss and Vik left", "sold Moss and Vik boats", but "sold boats since 2014 and Vik left".
    let joins =
        mark.checked_sub(1).is_some_and(|i| matches!(sentence.tag(i).upos, "NOUN" | "PROPN" | "PRON") && sentence.is_word(i));
    let verb = (first..mark).rev().take(REACH).find(|&i| sentence.is_verbal(i));
    let told = verb.is_some_and(|verb| verb + 1 < mark && !is_voice(&sentence.word(verb), false));
    told && (sentence.tag(mark + 1).ptb == "PRP" || !joins)
}

/// Whether the relative pronoun at `mark` has its verb among the tokens up to `to`, with no comma between.
fn relates(sentence: &Tagged<'_>, mark: usize, to: usize) -> bool {
    let word = sentence.word(mark);
    let relative = matches!(sentence.tag(mark).ptb, "WDT" | "WP") && matches!(word.as_str(), "that" | "which" | "who");
    // "testifying Tuesday who listened": the day is not who listened.
    let noun = |i: usize| matches!(sentence.tag(i).upos, "NOUN" | "PROPN") && !sentence.word(i).ends_with("day");
    let comma = usize::from(mark.checked_sub(1).is_some_and(|i| sentence.word(i) == ","));
    let led = mark.checked_sub(1 + comma).is_some_and(noun);
    let told = (mark + 1..=to).any(|i| sentence.is_finite(i)) && !(mark + 1..to).any(|i| sentence.word(i) == ",");
    relative && led && told
}

/// The first token of the noun phrase before the relative pronoun at `mark`: "the big deal" of "the big deal, which".
fn noun_before(sentence: &Tagged<'_>, mark: usize, first: usize) -> usize {
    let comma = usize::from(mark.checked_sub(1).is_some_and(|i| sentence.word(i) == ","));
    let last = mark - comma;
    let part = |i: &usize| {
        matches!(sentence.tag(*i).upos, "ADJ" | "NOUN" | "PROPN" | "NUM")
            || sentence.tag(*i).ptb == "VBN"
            || matches!(sentence.word(*i).as_str(), "of" | "'s" | "’s" | "-")
    };
    let noun = (first.max(last.saturating_sub(PHRASE))..last).rev().take_while(part).last().unwrap_or(mark);
    let owner =
        noun.checked_sub(1).filter(|&i| i >= first && matches!(sentence.tag(i).upos, "DET") | (sentence.tag(i).ptb == "PRP$"));
    owner.unwrap_or(noun)
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
        (";" | ":", _) => true,
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
    let (tag, word) = (sentence.tag(mark), sentence.word(mark));
    let opens = tag.upos == "SCONJ" || tag.ptb == "WRB" || word == "despite" || (word == "once" && mark == 0);
    let led = matches!(word.as_str(), "after" | "before" | "until" | "whether");
    let told = !led || (mark + 1..=to).any(|i| sentence.is_finite(i));
    SUBORDINATES.contains(&word.as_str())
        && opens
        && told
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
        (";" | ":", _) => true,
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
