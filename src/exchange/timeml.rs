//! TimeML 1.2.1: time expressions and events in the text, their order as links after it.

use super::Annotated;
use super::tables::name_of;
use super::xml::escape;
use crate::analysis::timeline::{Event, EventStatus, Timex};
use crate::text::Span;
use std::fmt::Write;

/// What stands inline, in the order of the text.
enum Tag<'a> {
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
    let mut tags: Vec<(Span, Tag<'_>)> = analysis.timexes.iter().enumerate().map(|(i, t)| (t.span, Tag::Timex(i, t))).collect();
    tags.extend(analysis.events.iter().enumerate().map(|(i, e)| (e.trigger, Tag::Event(i))));
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
            Tag::Timex(i, timex) => timex_tag(&mut out, *i, timex, &words),
            Tag::Event(i) => {
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
