//! Features of a line's length, case and punctuation.

use super::{ALL, bin};
use crate::article::clean::Facts;

type Bins = &'static [(f32, &'static str)];

const CHARS: Bins = &[
    (8.0, "chars<8"),
    (16.0, "chars<16"),
    (28.0, "chars<28"),
    (42.0, "chars<42"),
    (60.0, "chars<60"),
    (80.0, "chars<80"),
    (110.0, "chars<110"),
    (160.0, "chars<160"),
    (240.0, "chars<240"),
    (ALL, "chars>240"),
];
const WORDS: Bins = &[
    (1.0, "words=0"),
    (2.0, "words=1"),
    (4.0, "words<4"),
    (7.0, "words<7"),
    (11.0, "words<11"),
    (16.0, "words<16"),
    (ALL, "words>16"),
];
/// Of the share of function words.
const STOP: Bins =
    &[(0.01, "stop=0"), (0.12, "stop<.12"), (0.24, "stop<.24"), (0.36, "stop<.36"), (0.48, "stop<.48"), (ALL, "stop>.48")];
/// Of the share of words with a capital.
const CAPITALS: Bins = &[
    (0.15, "capitals<.15"),
    (0.3, "capitals<.3"),
    (0.5, "capitals<.5"),
    (0.75, "capitals<.75"),
    (0.99, "capitals<1"),
    (ALL, "capitals=1"),
];
/// Of the share of words with a digit.
const DIGITS: Bins = &[(0.01, "digits=0"), (0.2, "digits<.2"), (0.5, "digits<.5"), (ALL, "digits>.5")];
const SENTENCES: Bins = &[(1.0, "sentences=0"), (2.0, "sentences=1"), (3.0, "sentences=2"), (ALL, "sentences>2")];
const COMMAS: Bins = &[(1.0, "commas=0"), (2.0, "commas=1"), (ALL, "commas>1")];

/// Length, case and punctuation.
pub(super) fn name(facts: &Facts, names: &mut Vec<&'static str>) {
    names.push("bias");
    names.push(bin(facts.chars as f32, CHARS));
    names.push(bin(facts.words as f32, WORDS));
    names.push(bin(facts.share(facts.stop), STOP));
    names.push(bin(facts.share(facts.capitals), CAPITALS));
    if facts.words >= 2 && facts.shouted == facts.words {
        names.push("shouted");
    }
    names.push(bin(facts.share(facts.digits), DIGITS));
    names.push(bin(facts.sentences as f32, SENTENCES));
    names.push(bin(facts.commas as f32, COMMAS));
    if facts.is_prose() {
        names.push("prose");
    }
    names.push(end(facts.text.trim_end_matches(['”', '"', '’', '\'', ')'])));
    names.push(start(&facts.text));
}

/// How a line ends, quotes and brackets that close it aside.
fn end(line: &str) -> &'static str {
    match line.chars().next_back() {
        Some('.') if line.ends_with("...") => "ends=ellipsis",
        Some('.' | '。') => "ends=stop",
        Some('!') => "ends=!",
        Some('?' | '？') => "ends=?",
        Some(':') => "ends=colon",
        Some(',' | ';') => "ends=comma",
        Some('…') => "ends=ellipsis",
        Some('»' | '›' | '>' | '→') => "ends=arrow",
        Some(c) if c.is_ascii_digit() => "ends=digit",
        Some(c) if c.is_alphabetic() => "ends=letter",
        _ => "ends=other",
    }
}

/// How a line starts.
fn start(line: &str) -> &'static str {
    match line.chars().next() {
        Some('"' | '“' | '‘' | '\'' | '«') => "starts=quote",
        Some('—' | '–' | '-') => "starts=dash",
        Some('•' | '*' | '·' | '▪' | '■' | '●') => "starts=bullet",
        Some('(' | '[') => "starts=bracket",
        Some('@' | '#') => "starts=handle",
        Some('©') => "starts=copyright",
        Some(c) if c.is_ascii_digit() => "starts=digit",
        Some(c) if c.is_lowercase() => "starts=lower",
        Some(c) if c.is_uppercase() => "starts=upper",
        _ => "starts=other",
    }
}
