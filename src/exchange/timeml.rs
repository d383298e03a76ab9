//! TimeML 1.2.1: time expressions and events in the text, their order as links after it.

use super::Annotated;
use super::draft::{Draft, timex_type};
use super::markup::{Element, Markup, Piece, Tag};
use super::story::{Given, Opened, Results, stamp};
use super::tables::name_of;
use super::units::OffsetUnit;
use super::xml::escape;
use crate::analysis::TimexId;
use crate::analysis::provenance::AnnotatorKind;
use crate::analysis::timeline::{Event, EventStatus, Timex, TimexType};
use crate::article::{Document, ReadError};
use crate::text::Span;
use std::collections::HashMap;
use std::fmt::Write;

/// What stands inline, in the order of the text.
enum Inline<'a> {
    Timex(usize, &'a Timex),
    Event(usize),
}

/// One document. A tag that would cross another is left out: TimeML is a tree. The publication date is `t0`.
pub fn write(annotated: &Annotated) -> String {
    let Annotated { article, analysis, .. } = annotated;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n");
    let _ = writeln!(out, "<DOCID>{}</DOCID>", escape(&article.id));
    if let Some(stamp) = article.document.published {
        let kind = if stamp.timed { "TIME" } else { "DATE" };
        let _ = writeln!(
            out,
            "<DCT><TIMEX3 tid=\"t0\" type=\"{kind}\" value=\"{stamp}\" temporalFunction=\"false\" functionInDocument=\"CREATION_TIME\">{stamp}</TIMEX3></DCT>"
        );
    }
    if let Some(headline) = &article.document.headline {
        let _ = writeln!(out, "<TITLE>{}</TITLE>", escape(headline));
    }
    let mut tags: Vec<(Span, Inline<'_>)> =
        analysis.timexes.iter().enumerate().map(|(i, t)| (t.span, Inline::Timex(i, t))).collect();
    tags.extend(analysis.events.iter().enumerate().map(|(i, e)| (e.trigger, Inline::Event(i))));
    tags.sort_by_key(|(span, _)| (span.start, span.end));
    out.push_str("<TEXT>");
    let mut at = 0;
    let mut inline = vec![false; analysis.events.len()];
    for (span, tag) in tags.iter().filter(|(span, _)| !span.is_empty()) {
        if span.start < at {
            continue;
        }
        out.push_str(&escape(Span::new(at, span.start).of(&article.text)));
        let words = escape(span.of(&article.text));
        match tag {
            Inline::Timex(i, timex) => timex_tag(&mut out, *i, timex, &words),
            Inline::Event(i) => {
                let _ = write!(out, "<EVENT eid=\"e{0}\" class=\"OCCURRENCE\">{words}</EVENT>", i + 1);
                if let Some(here) = inline.get_mut(*i) {
                    *here = true;
                }
            }
        }
        at = span.end;
    }
    out.push_str(&escape(Span::new(at, article.text.len()).of(&article.text)));
    out.push_str("</TEXT>\n");
    links(&mut out, &analysis.events, &inline);
    out.push_str("</TimeML>\n");
    out
}

fn timex_tag(out: &mut String, index: usize, timex: &Timex, words: &str) {
    let _ = write!(out, "<TIMEX3 tid=\"t{}\" type=\"{}\" value=\"{}\"", index + 1, name_of(timex.kind), escape(&timex.value));
    if let Some(modifier) = &timex.modifier {
        let _ = write!(out, " mod=\"{}\"", escape(modifier));
    }
    if let Some(anchor) = timex.anchor {
        let _ = write!(out, " anchorTimeID=\"t{}\"", anchor.0 + 1);
    }
    let function = timex.function.as_deref().unwrap_or("NONE");
    let _ = write!(out, " functionInDocument=\"{}\">{words}</TIMEX3>", escape(function));
}

/// An instance for every event that stands in the text, and its links to its time and to the events before it.
fn links(out: &mut String, events: &[Event], inline: &[bool]) {
    let stands = |i: usize| inline.get(i).copied().unwrap_or(false);
    let instances = events.iter().enumerate().filter(|(i, _)| stands(*i));
    for (i, event) in instances.clone() {
        let polarity = if event.status == EventStatus::Denied { "NEG" } else { "POS" };
        let modality = if event.status == EventStatus::Hypothetical { " modality=\"would\"" } else { "" };
        let tense = if event.status == EventStatus::Planned { "FUTURE" } else { "NONE" };
        let n = i + 1;
        let _ = writeln!(
            out,
            "<MAKEINSTANCE eiid=\"ei{n}\" eventID=\"e{n}\" pos=\"UNKNOWN\" tense=\"{tense}\" aspect=\"NONE\" polarity=\"{polarity}\"{modality}/>"
        );
    }
    let mut count = 0;
    let mut link = |kind: &str, from: usize, to: String| {
        count += 1;
        let _ = writeln!(out, "<TLINK lid=\"l{count}\" relType=\"{kind}\" eventInstanceID=\"ei{}\" {to}/>", from + 1);
    };
    for (i, event) in instances {
        if let Some(time) = event.time {
            link("IS_INCLUDED", i, format!("relatedToTime=\"t{}\"", time.0 + 1));
        }
        for later in event.before.iter().filter(|later| stands(**later)) {
            link("BEFORE", i, format!("relatedToEventInstance=\"ei{}\"", later + 1));
        }
    }
}

/// Reads a document whose root is `TimeML`: the text to the letter, its TIMEX3 and EVENT tags, the creation time, and the links that
/// give events their time and order.
pub fn read(markup: &Markup, given: &Given<'_>) -> Results {
    vec![markup.root().ok_or_else(|| given.refuse("no tag in it")).and_then(|root| document(markup, root, given))]
}

fn document(markup: &Markup, root: Element<'_>, given: &Given<'_>) -> Result<Opened, ReadError> {
    let body = markup.first(root, "TEXT").unwrap_or(root);
    let mut text = String::new();
    let first = body.at + 1;
    // How long the text is where each piece begins.
    let mut lengths = Vec::new();
    for at in first..body.tag.end {
        lengths.push(text.len());
        if let Some(Piece::Text(words)) = markup.pieces.get(at) {
            text.push_str(words);
        }
    }
    let length = |at: usize| at.checked_sub(first).and_then(|at| lengths.get(at)).copied().unwrap_or(text.len());
    let open = |at: usize| match markup.pieces.get(at) {
        Some(Piece::Open(tag)) => Some((tag, Span::new(length(at), length(tag.end.max(at))))),
        _ => None,
    };
    let tags: Vec<(&Tag, Span)> = (first..body.tag.end).filter_map(open).collect();
    let creation = markup.all(root, "TIMEX3").find(|e| e.tag.get("functionInDocument") == Some("CREATION_TIME"));
    let published = creation.and_then(|e| e.tag.get("value")).and_then(stamp);
    let document = Document { headline: markup.line(root, "TITLE"), published, ..Document::default() };
    let mut article = given.verbatim(&text, document)?;
    if let Some(id) = markup.line(root, "DOCID") {
        article.id = id;
    }
    let mut draft = Draft::new(&text, given.format, AnnotatorKind::Import, OffsetUnit::CodePoint);
    let mut times: HashMap<&str, TimexId> = HashMap::new();
    let mut events: HashMap<&str, usize> = HashMap::new();
    for (tag, span) in tags.iter().filter(|(_, span)| !span.is_empty()) {
        match tag.name.as_str() {
            "TIMEX3" => {
                draft.anchor.counts.kept += 1;
                let kind = tag.get("type").and_then(timex_type).unwrap_or(TimexType::Date);
                let id = draft.timex(*span, kind, tag.get("value").unwrap_or_default());
                if let Some(timex) = draft.analysis.timexes.get_mut(id.0) {
                    timex.modifier = tag.get("mod").map(str::to_owned);
                    timex.function = tag.get("functionInDocument").filter(|f| *f != "NONE").map(str::to_owned);
                }
                times.insert(tag.get("tid").unwrap_or_default(), id);
            }
            "EVENT" => {
                draft.anchor.counts.kept += 1;
                events.insert(tag.get("eid").unwrap_or_default(), draft.analysis.events.len());
                draft.event(*span);
            }
            _ => {}
        }
    }
    for (tag, _) in tags.iter().filter(|(tag, _)| tag.name == "TIMEX3") {
        let ids = tag.get("tid").and_then(|id| times.get(id)).zip(tag.get("anchorTimeID").and_then(|id| times.get(id)));
        if let Some((id, anchor)) = ids
            && let Some(timex) = draft.analysis.timexes.get_mut(id.0)
        {
            timex.anchor = Some(*anchor);
        }
    }
    read_links(markup, root, [&times.iter().map(|(k, v)| (*k, v.0)).collect(), &events], &mut draft);
    let analysis = draft.finish();
    Ok(given.opened(article, analysis, None, &[]))
}

/// What MAKEINSTANCE and TLINK say of the events: denied or not, at what time, before what.
fn read_links(markup: &Markup, root: Element<'_>, known: [&HashMap<&str, usize>; 2], draft: &mut Draft<'_>) {
    let [times, events] = known;
    let mut instances: HashMap<&str, usize> = HashMap::new();
    for instance in markup.all(root, "MAKEINSTANCE") {
        let Some(event) = instance.tag.get("eventID").and_then(|id| events.get(id)) else { continue };
        instances.insert(instance.tag.get("eiid").unwrap_or_default(), *event);
        if let Some(event) = draft.analysis.events.get_mut(*event) {
            event.status = match (instance.tag.get("polarity"), instance.tag.get("modality"), instance.tag.get("tense")) {
                (Some("NEG"), ..) => EventStatus::Denied,
                (_, Some(modality), _) if !modality.is_empty() && modality != "NONE" => EventStatus::Hypothetical,
                (_, _, Some("FUTURE")) => EventStatus::Planned,
                _ => EventStatus::Happened,
            };
        }
    }
    let of = |tag: &Tag, names: [&str; 2]| {
        let [instance, event] = names;
        tag.get(instance).and_then(|id| instances.get(id)).or_else(|| tag.get(event).and_then(|id| events.get(id))).copied()
    };
    for link in markup.all(root, "TLINK") {
        let Some(from) = of(link.tag, ["eventInstanceID", "eventID"]) else { continue };
        let relation = link.tag.get("relType").unwrap_or_default();
        if let Some(to) = of(link.tag, ["relatedToEventInstance", "relatedToEvent"]) {
            let (earlier, later) = match relation {
                "BEFORE" | "IBEFORE" => (from, to),
                "AFTER" | "IAFTER" => (to, from),
                _ => continue,
            };
            draft.order(earlier, later);
        } else if let Some(time) = link.tag.get("relatedToTime").and_then(|id| times.get(id))
            && matches!(relation, "IS_INCLUDED" | "DURING" | "SIMULTANEOUS" | "BEGINS" | "ENDS" | "DURING_INV")
        {
            draft.date(from, TimexId(*time));
        }
    }
}
