//! Signed quotes: `“It is over.” — Ada Moss, mayor`, as vox pops, letters and epigraphs have them. The marks alone say who speaks.

use super::lines::{CLOSING, Lines, MARKS};
use super::words::Word;
use crate::encoder::Attribution;

/// Most words of a signature.
const SIGNATURE: usize = 14;
/// Most words of a signed quote.
const QUOTE: usize = 600;

const DASHES: [&str; 5] = ["—", "–", "―", "-", "--"];

/// The signed quotes, in order.
pub(super) fn signed(line: &Lines) -> Vec<Attribution> {
    let words = line.words;
    let dash = |at: &usize| words.get(*at).is_some_and(|word| word.is(&DASHES));
    (1..words.0.len()).filter(dash).filter_map(|at| signature(line, at)).collect()
}

/// The quote before the dash at `at` and the signature behind it.
fn signature(line: &Lines, at: usize) -> Option<Attribution> {
    let words = line.words;
    let name = at + 1..line.end(at + 1, SIGNATURE)?;
    let named = words.slice(name.clone());
    let begins = named.first().is_some_and(|word| word.capital && !word.is_verbal());
    let acts = named.iter().any(|word| word.is_verbal() && !word.capital);
    if !begins || acts {
        return None;
    }
    let close = at - 1;
    let from = close.saturating_sub(QUOTE);
    let open =
        (from..close).rev().find(|&i| line.begins(i) && line.is_mark(i, &MARKS)).filter(|_| line.is_mark(close, &CLOSING))?;
    let lines = (open + 1..close).filter(|&i| line.begins(i)).count();
    let last = named.iter().rposition(Word::is_word)?;
    let source = words.span(name.start..name.start + last + 1)?;
    let alone = lines == 0 && (open + 1..close).any(|i| words.get(i).is_some_and(Word::is_word));
    alone.then_some(())?;
    Some(Attribution {
        source: vec![source],
        cue: vec![words.get(at)?.span],
        content: vec![words.span(open..close + 1)?],
        ..Attribution::default()
    })
}
