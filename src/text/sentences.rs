//! Where sentences end: after `. ! ? …` and closing quotes, but not after abbreviations and initials.

use super::{Span, entries};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Abbreviations whose full stop does not end a sentence, lower case, one a line, `#` begins a comment.
const ABBREVIATIONS: &str = include_str!("../../assets/lexicons/abbreviations.txt");

static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| entries(ABBREVIATIONS).collect());

/// Whether `word` (without its full stop) is a known abbreviation such as `Mr`, `Gen` or `Oct`.
pub(super) fn is_abbreviation(word: &str) -> bool {
    word.len() <= 6 && word.chars().next().is_some_and(char::is_uppercase) && KNOWN.contains(word.to_lowercase().as_str())
}

/// The sentences of the part of `text` under `within` (one paragraph), in order, without white space at their ends.
pub fn sentence_spans(text: &str, within: Span) -> Vec<Span> {
    let part = within.of(text);
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = part.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '.' | '!' | '?' | '…') {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(i, mark)) = chars.peek() {
            if !matches!(mark, '.' | '!' | '?' | '…' | '"' | '”' | '’' | '\'' | ')' | ']' | '»') {
                break;
            }
            end = i + mark.len_utf8();
            chars.next();
        }
        if ends_here(part, at, end) {
            push(&mut out, text, within.start + start, within.start + end);
            start = end;
        }
    }
    push(&mut out, text, within.start + start, within.end);
    out
}

fn push(out: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    let span = Span::new(start, end).trimmed(text);
    if !span.is_empty() {
        out.push(span);
    }
}

/// Whether the marks `[at, end)` end a sentence: white space must follow, then something that can begin one.
fn ends_here(part: &str, at: usize, end: usize) -> bool {
    let after = part.get(end..).unwrap_or_default();
    if !after.starts_with(char::is_whitespace) {
        return false;
    }
    let next = after.trim_start().trim_start_matches(['"', '“', '‘', '\'', '(', '[', '«', '—', '–', '-', ' ']);
    let Some(first) = next.chars().next() else {
        return true;
    };
    if first.is_lowercase() {
        return false;
    }
    if part.get(at..).is_some_and(|marks| marks.starts_with('.')) && end == at + 1 {
        let head = part.get(..at).unwrap_or_default();
        let word = head.rsplit(|c: char| c.is_whitespace() || "(\"“‘'[".contains(c)).next().unwrap_or_default();
        return !keeps_going(word, next);
    }
    true
}

/// Whether a full stop after `word` belongs to the word, with `next` following.
fn keeps_going(word: &str, next: &str) -> bool {
    if is_abbreviation(word) || matches!(word, "v" | "vs") {
        return true;
    }
    let mut letters = word.chars();
    let single = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    let opener = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if single {
        // "won Group D. The day before"; but "John F. A. Moss", "J. He" and "L. An".
        return word != "I" && !(opener.len() > 2 && SENTENCE_OPENERS.contains(&opener));
    }
    // "U.S. President", "U.N. Security Council" go on; "in the U.S. The ..." does not.
    let dotted = word.contains('.') && word.split('.').all(|p| p.chars().count() <= 1);
    dotted && !SENTENCE_OPENERS.contains(&opener)
}

/// Words that begin a sentence far more often than they follow a dotted abbreviation within one.
const SENTENCE_OPENERS: [&str; 22] = [
    "The", "A", "An", "He", "She", "It", "They", "We", "I", "In", "On", "At", "But", "And", "This", "That", "His", "Her", "Its",
    "Their", "There", "However",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        let have: Vec<&str> = sentence_spans(text, Span::new(0, text.len())).iter().map(|s| s.of(text)).collect();
        assert_eq!(have, want);
    }

    #[test]
    fn sentences_end_at_stops_and_closing_quotes() {
        check("He left. She stayed!", &["He left.", "She stayed!"]);
        check("“We won.” The crowd cheered.", &["“We won.”", "The crowd cheered."]);
        check("“Is it true?” she asked.", &["“Is it true?” she asked."]);
    }

    #[test]
    fn abbreviations_and_initials_go_on() {
        check("Gen. John F. Kelly met U.S. President Doe on Oct. 3.", &["Gen. John F. Kelly met U.S. President Doe on Oct. 3."]);
        check("Doe v. Roe and Miller vs. The State were heard.", &["Doe v. Roe and Miller vs. The State were heard."]);
        check(
            "They won Group D. The day before, J. He and John F. A. Moss lost.",
            &["They won Group D.", "The day before, J. He and John F. A. Moss lost."],
        );
        check("They live in the U.S. The move cost $4.5 million.", &["They live in the U.S.", "The move cost $4.5 million."]);
    }
}
