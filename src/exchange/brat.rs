//! brat standoff: `T` spans, `E` events, `R` relations, `A` attributes and `#` notes in one file, the text they count in in another.
//! Offsets are code points. <https://brat.nlplab.org/standoff.html>

use super::Annotated;
use super::anchor::Told;
use super::draft::{Draft, entity_type};
use super::story::{Given, Opened};
use super::tables::name_of;
use super::units::{OffsetUnit, Units};
use crate::analysis::claims::Claim;
use crate::analysis::entities::{EntityType, MentionForm};
use crate::analysis::provenance::AnnotatorKind;
use crate::article::{Document, ReadError};
use crate::text::Span;
use serde_json::json;
use std::collections::{BTreeSet, HashMap, HashSet};
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

/// Reads a `.ann` file over its text. Spans become mentions (or time expressions, by their type); events with a `Content` become claims,
/// other events are noted; `Coref` relations join mentions.
///
/// # Errors
/// When the text is missing or empty.
pub fn read(ann: &str, given: &Given<'_>) -> Result<Opened, ReadError> {
    let Some(text) = given.text else {
        return Err(given.refuse("the text that the .ann counts in is missing: put the .txt beside it, or give both"));
    };
    let article = given.verbatim(text, Document::default())?;
    let mut draft = Draft::new(text, given.format, AnnotatorKind::User, OffsetUnit::CodePoint);
    let mut spans: Spans<'_> = HashMap::new();
    let mut order = Vec::new();
    for line in ann.lines().filter(|line| line.starts_with('T')) {
        let mut columns = line.splitn(3, '\t');
        let (Some(id), Some(place), words) = (columns.next(), columns.next(), columns.next()) else {
            draft.refuse(format!("line “{line}” is no annotation"));
            continue;
        };
        let (kind, places) = place.split_once(' ').unwrap_or((place, ""));
        // The words of a span in fragments are those of all of them.
        let words = words.filter(|_| !places.contains(';'));
        let fragments = places.split(';').filter_map(|fragment| {
            let range = fragment.trim().split_once(' ').and_then(|(start, end)| start.parse().ok().zip(end.parse().ok()));
            draft.place(&format!("{id} ({kind})"), Told { range, words, ..Told::default() })
        });
        let fragments: Vec<Span> = fragments.collect();
        if !fragments.is_empty() {
            spans.insert(id, (kind, fragments));
            order.push(id);
        }
    }
    let mut used = events(ann, &spans, &mut draft);
    used.extend(corefs(ann, &spans, &mut draft));
    for id in order {
        if let Some((kind, fragments)) = spans.get(id).filter(|_| !used.contains(id)) {
            draft.labelled(cover(fragments), kind);
        }
    }
    let analysis = draft.finish();
    let mut opened = given.opened(article, analysis, None, &[]);
    opened.origin = Some(json!({"imported": {"format": given.format, "ann": ann}}));
    Ok(opened)
}

/// The type and the fragments of each span.
type Spans<'a> = HashMap<&'a str, (&'a str, Vec<Span>)>;

/// From the first word of some fragments to the last.
fn cover(fragments: &[Span]) -> Span {
    fragments.iter().copied().reduce(Span::cover).unwrap_or_default()
}

/// Claims among the events: those with a `Content`. The spans they use are no mentions.
fn events<'a>(ann: &'a str, spans: &Spans<'a>, draft: &mut Draft<'_>) -> HashSet<&'a str> {
    let mut used = HashSet::new();
    for line in ann.lines().filter(|line| line.starts_with('E')) {
        let Some((_, arguments)) = line.split_once('\t') else { continue };
        let roles: Vec<(&str, &str)> = arguments.split_whitespace().filter_map(|a| a.split_once(':')).collect();
        let of = |role: &str| -> Vec<Span> {
            let ids = roles.iter().filter(|(name, _)| *name == role);
            ids.filter_map(|(_, id)| spans.get(id)).flat_map(|(_, fragments)| fragments).copied().collect()
        };
        let content = of("Content");
        used.extend(roles.iter().map(|(_, id)| *id).filter(|id| spans.get(id).is_some_and(|(kind, _)| OWN.contains(kind))));
        if content.is_empty() {
            continue;
        }
        let source_spans = of("Source");
        let name = source_spans.first().map(|span| span.of(draft.anchor.text()).to_owned());
        let source = name.map(|name| draft.source(&name, None));
        draft.claim(source, source_spans, of("Cue"), content);
    }
    used
}

/// What [`write`] calls the parts of claims and events.
const OWN: [&str; 4] = ["Content", "Cue", "Source", "Event"];

/// The head of the chain that a span belongs to.
fn root<'a>(heads: &mut HashMap<&'a str, &'a str>, id: &'a str) -> &'a str {
    let mut at = id;
    while let Some(&next) = heads.get(at).filter(|next| **next != at) {
        // The way is halved for the next time.
        let far = heads.get(next).copied().unwrap_or(next);
        heads.insert(at, far);
        at = next;
    }
    at
}

/// Mentions joined by `Coref` relations: each chain is one entity, named by its first mention.
fn corefs<'a>(ann: &'a str, spans: &Spans<'a>, draft: &mut Draft<'_>) -> HashSet<&'a str> {
    let mut heads: HashMap<&str, &str> = HashMap::new();
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    for line in ann.lines().filter(|line| line.starts_with('R')) {
        let arguments: Vec<&str> = line.split_whitespace().skip(1).collect();
        if let [kind, one, two] = arguments.as_slice()
            && kind.eq_ignore_ascii_case("coref")
            && let (Some((_, one)), Some((_, two))) = (one.split_once(':'), two.split_once(':'))
        {
            let mentioned = [one, two];
            let (one, two) = (root(&mut heads, one), root(&mut heads, two));
            heads.insert(one, two);
            heads.insert(two, two);
            ids.extend(mentioned);
        }
    }
    let mut members: Vec<(&str, &str, Span, &str)> = Vec::new();
    for id in ids {
        if let Some((kind, fragments)) = spans.get(id) {
            members.push((id, root(&mut heads, id), cover(fragments), kind));
        }
    }
    members.sort_by_key(|(_, _, span, _)| *span);
    for (_, head, span, kind) in &members {
        let text = draft.anchor.text();
        let name = spans.get(head).map_or(span.of(text), |(_, fragments)| cover(fragments).of(text));
        let entity = draft.entity(head, entity_type(kind).unwrap_or(EntityType::Other), name);
        draft.mention(entity, *span, MentionForm::Name);
    }
    members.into_iter().map(|(id, ..)| id).collect()
}
