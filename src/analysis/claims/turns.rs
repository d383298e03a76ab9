//! Turns of a transcript: `WALLACE: And why?` Lines that begin with a name in capitals and a colon, more than one of them.

use super::lines::{Lines, MARKS};
use crate::encoder::Attribution;
use crate::text::Span;
use std::ops::Range;

/// Most words of a speaker's label.
const LABEL: usize = 4;
/// Most lines without a label that a turn goes on over.
const LINES: usize = 4;

/// The turns of the transcripts in the text, in order; none if but one line looks like a turn.
pub(super) fn turns(line: &Lines) -> Vec<Attribution> {
    let starts: Vec<usize> = (0..line.words.0.len()).filter(|&at| line.begins(at)).collect();
    let labels: Vec<Option<Range<usize>>> = starts.iter().map(|&start| label(line, start)).collect();
    if labels.iter().flatten().count() < 2 {
        return Vec::new();
    }
    let end = |at: usize| starts.get(at + 1).copied().unwrap_or(line.words.0.len());
    let mut out = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        let Some(label) = label else { continue };
        let own = label.end + 1..end(at);
        let mut more: Vec<Range<usize>> = Vec::new();
        let rest: Vec<usize> = (at + 1..labels.len()).take_while(|&next| labels[next].is_none()).take(LINES + 1).collect();
        // What follows belongs to the turn where it goes on in quotes, or where another turn follows soon.
        let followed = rest.len() <= LINES && at + 1 + rest.len() < labels.len();
        let opened = line.is_mark(label.start.saturating_sub(1), &MARKS);
        for next in rest {
            let quoted = line.is_mark(starts[next], &MARKS);
            if !(if opened { quoted } else { followed && !quoted }) {
                break;
            }
            more.push(starts[next]..end(next));
        }
        let spans: Vec<Span> = std::iter::once(own).chain(more).filter_map(|part| line.words.span(part)).collect();
        let named = line.words.span(label.clone()).zip(line.words.get(label.end));
        out.extend(named.filter(|_| !spans.is_empty()).map(|(source, colon)| Attribution {
            source: vec![source],
            cue: vec![colon.span],
            content: spans,
            ..Attribution::default()
        }));
    }
    out
}

/// The words before the colon of a line that begins with a name in capitals.
fn label(line: &Lines, start: usize) -> Option<Range<usize>> {
    let first = start + usize::from(line.is_mark(start, &MARKS));
    let colon = (first + 1..=first + LABEL).find(|&at| line.words.get(at).is_some_and(|word| word.lower() == ":"))?;
    let shouted = |at: usize| {
        line.words.get(at).is_some_and(|word| {
            let text = word.span.of(line.text);
            text == "." || (text.chars().all(|c| c.is_uppercase() || "-'’.".contains(c)) && text.starts_with(char::is_uppercase))
        })
    };
    let long = Span::new(line.words.get(first)?.span.start, line.words.get(colon)?.span.start).len() > 2;
    let said = line.words.get(colon + 1).is_some() && !line.begins(colon + 1);
    // "DEAR ABBY:" is whom a letter is to.
    let to = line.words.get(first).is_some_and(|word| word.is(&["dear"]));
    ((first..colon).all(shouted) && long && said && !to).then_some(first..colon)
}
