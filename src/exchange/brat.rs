//! brat standoff: `T` spans, `E` events, `R` relations, `A` attributes and `#` notes in one file, the text they count in in another.
//! Offsets are code points. <https://brat.nlplab.org/standoff.html>

use super::Annotated;
use super::tables::name_of;
use super::units::{OffsetUnit, Units};
use crate::analysis::claims::Claim;
use crate::text::Span;
use std::fmt::Write;

/// The very text that the offsets of [`write`] count in.
pub fn text(annotated: &Annotated) -> String {
    annotated.article.text.clone()
}

/// The lines of a `.ann` file under way.
struct Standoff<'a> {
    text: &'a str,
    units: Units,
    lines: String,
    /// Spans (`T`), attributes and notes written so far.
    spans: usize,
    attributes: usize,
    notes: usize,
}

impl Standoff<'_> {
    /// One text-bound annotation; brat's spans hold no line break, so one that crosses lines goes out in fragments.
    fn span(&mut self, kind: &str, spans: &[Span]) -> usize {
        self.spans += 1;
        let pieces: Vec<Span> = spans.iter().flat_map(|span| lines_of(self.text, *span)).collect();
        let places: Vec<String> =
            pieces.iter().map(|s| format!("{} {}", self.units.unit_at(s.start), self.units.unit_at(s.end))).collect();
        let words: Vec<&str> = pieces.iter().map(|s| s.of(self.text)).collect();
        let _ = writeln!(self.lines, "T{}\t{kind} {}\t{}", self.spans, places.join(";"), words.join(" "));
        self.spans
    }

    fn attribute(&mut self, name: &str, of: &str, value: &str) {
        self.attributes += 1;
        let _ = writeln!(self.lines, "A{}\t{name} {of} {value}", self.attributes);
    }

    fn note(&mut self, of: &str, words: &str) {
        self.notes += 1;
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(self.lines, "#{}\tAnnotatorNotes {of}\t{words}", self.notes);
    }
}

/// The lines under `span`, none empty.
fn lines_of(text: &str, span: Span) -> Vec<Span> {
    let mut at = span.start;
    let mut out = Vec::new();
    for line in span.of(text).split('\n') {
        let piece = Span::new(at, at + line.len()).trimmed(text);
        if !piece.is_empty() {
            out.push(piece);
        }
        at += line.len() + 1;
    }
    out
}

/// The `.ann` file: mentions as spans with `Coref` relations to the entity's first, time expressions with their value as a note,
/// events, and claims as events `Claim` of a cue with `Source` and `Content`.
pub fn write(annotated: &Annotated) -> String {
    let Annotated { article, analysis, .. } = annotated;
    let units = Units::new(&article.text, OffsetUnit::CodePoint);
    let mut out = Standoff { text: &article.text, units, lines: String::new(), spans: 0, attributes: 0, notes: 0 };
    let mut relations = 0;
    let mut first: Vec<Option<usize>> = vec![None; analysis.entities.len()];
    for mention in &analysis.mentions {
        let Some(entity) = analysis.entities.get(mention.entity.0) else { continue };
        let id = out.span(&name_of(entity.kind), &[mention.span]);
        out.attribute("Form", &format!("T{id}"), &name_of(mention.form));
        if let Some(anchor) = first.get(mention.entity.0).copied().flatten() {
            relations += 1;
            let _ = writeln!(out.lines, "R{relations}\tCoref Arg1:T{id} Arg2:T{anchor}");
        } else {
            out.note(&format!("T{id}"), &entity.name);
            if let Some(slot) = first.get_mut(mention.entity.0) {
                *slot = Some(id);
            }
        }
    }
    for timex in &analysis.timexes {
        let id = out.span(&name_of(timex.kind), &[timex.span]);
        out.note(&format!("T{id}"), &timex.value);
    }
    let mut events = 0;
    for claim in &analysis.claims {
        write_claim(&mut out, claim, &mut events);
    }
    for event in &analysis.events {
        let id = out.span("Event", &[event.trigger]);
        events += 1;
        let _ = writeln!(out.lines, "E{events}\tEvent:T{id}");
        out.attribute("Status", &format!("E{events}"), &name_of(event.status));
    }
    out.lines
}

fn write_claim(out: &mut Standoff<'_>, claim: &Claim, events: &mut usize) {
    let content = out.span("Content", &claim.content);
    // A floating quote has no cue; its content is its own trigger.
    let trigger = if claim.cue.is_empty() { content } else { out.span("Cue", &claim.cue) };
    let kind = if claim.cue.is_empty() { "Content" } else { "Cue" };
    let source = (!claim.source_spans.is_empty()).then(|| out.span("Source", &claim.source_spans));
    *events += 1;
    let _ = write!(out.lines, "E{events}\t{kind}:T{trigger} Content:T{content}");
    if let Some(source) = source {
        let _ = write!(out.lines, " Source:T{source}");
    }
    out.lines.push('\n');
    out.attribute("Form", &format!("E{events}"), &name_of(claim.form));
    out.attribute("Stance", &format!("E{events}"), &name_of(claim.stance));
}
