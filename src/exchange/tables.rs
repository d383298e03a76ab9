//! Claims, entities and events as CSV (RFC 4180): one row a line, ready for a spreadsheet or a data frame.

use super::units::{OffsetUnit, Units};
use super::{Annotated, interval};
use crate::analysis::SourceId;
use crate::analysis::provenance::Item;
use crate::analysis::timeline::{self, Row};
use crate::text::Span;
use serde::Serialize;

/// Columns of [`claims`].
pub const CLAIMS: &str =
    "article,claim,source,source_kind,via,cue,content,addressee,form,cue_class,stance,parent,time,start,end,confidence,by\n";
/// Columns of [`entities`].
pub const ENTITIES: &str = "article,entity,name,type,job_title,aliases,mentions,start,end,confidence,by\n";
/// Columns of [`events`].
pub const EVENTS: &str =
    "article,event,earliest,latest,granularity,approximate,status,trigger,text,participants,sources,retold,start,end,by\n";

/// One row; white space within a cell is one blank, so that a row is a line.
pub fn row(cells: &[String]) -> String {
    let mut line = cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",");
    line.push('\n');
    line
}

fn quoted(cell: &str) -> String {
    let words = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.contains([',', '"']) { format!("\"{}\"", words.replace('"', "\"\"")) } else { words }
}

/// The name the contract gives to a value of one of its enums.
pub fn name_of(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// What every table needs of one article: its text, and offsets in code points as in the JSON.
struct Sheet<'a> {
    of: &'a Annotated,
    units: Units,
}

impl<'a> Sheet<'a> {
    fn new(of: &'a Annotated) -> Self {
        Self { of, units: Units::new(&of.article.text, OffsetUnit::CodePoint) }
    }

    fn words(&self, spans: &[Span]) -> String {
        spans.iter().map(|span| span.of(&self.of.article.text)).collect::<Vec<_>>().join(" … ")
    }

    /// First and last offset of the spans; empty where there is none.
    fn place(&self, spans: &[Span]) -> [String; 2] {
        let at = |byte: Option<usize>| byte.map(|b| self.units.unit_at(b).to_string()).unwrap_or_default();
        [at(spans.iter().map(|s| s.start).min()), at(spans.iter().map(|s| s.end).max())]
    }

    fn source(&self, id: Option<SourceId>) -> String {
        id.and_then(|id| self.of.analysis.sources.get(id.0)).map(|s| s.name.clone()).unwrap_or_default()
    }

    fn by(&self, item: Item) -> String {
        self.of.analysis.provenance.of(item).map_or_else(|| "byline".into(), |by| by.id.clone())
    }
}

fn confidence(of: Option<f32>) -> String {
    of.map(|p| format!("{p:.3}")).unwrap_or_default()
}

/// A row a claim.
pub fn claims(annotated: &Annotated) -> String {
    let sheet = Sheet::new(annotated);
    let analysis = &annotated.analysis;
    let one = |(i, claim): (usize, &crate::analysis::claims::Claim)| {
        let source = claim.source.and_then(|id| analysis.sources.get(id.0));
        let [start, end] = sheet.place(&claim.content);
        row(&[
            annotated.article.id.clone(),
            format!("c{}", i + 1),
            sheet.source(claim.source),
            source.map(|s| name_of(s.kind)).unwrap_or_default(),
            claim.via.iter().map(|id| sheet.source(Some(*id))).collect::<Vec<_>>().join(" › "),
            sheet.words(&claim.cue),
            sheet.words(&claim.content),
            claim.addressee.map(|span| sheet.words(&[span])).unwrap_or_default(),
            name_of(claim.form),
            name_of(claim.cue_class),
            name_of(claim.stance),
            claim.parent.map(|id| format!("c{}", id.0 + 1)).unwrap_or_default(),
            claim.time.and_then(|id| analysis.timexes.get(id.0)).map(|t| t.value.clone()).unwrap_or_default(),
            start,
            end,
            confidence(claim.confidence),
            sheet.by(Item::Claim(i)),
        ])
    };
    analysis.claims.iter().enumerate().map(one).collect()
}

/// A row an entity, with the place of its first mention.
pub fn entities(annotated: &Annotated) -> String {
    let sheet = Sheet::new(annotated);
    let analysis = &annotated.analysis;
    let mut spans: Vec<Vec<Span>> = vec![Vec::new(); analysis.entities.len()];
    for mention in &analysis.mentions {
        if let Some(of) = spans.get_mut(mention.entity.0) {
            of.push(mention.span);
        }
    }
    let one = |((i, entity), spans): ((usize, &crate::analysis::entities::Entity), &Vec<Span>)| {
        let [start, end] = sheet.place(spans.get(..1).unwrap_or_default());
        row(&[
            annotated.article.id.clone(),
            format!("e{}", i + 1),
            entity.name.clone(),
            name_of(entity.kind),
            entity.job_title.clone().unwrap_or_default(),
            entity.aliases.join("; "),
            spans.len().to_string(),
            start,
            end,
            confidence(entity.confidence),
            sheet.by(Item::Entity(i)),
        ])
    };
    analysis.entities.iter().enumerate().zip(&spans).map(one).collect()
}

/// A row for each row of the timeline: an event told twice is one, with those who tell it and the ids of its other tellings.
pub fn events(annotated: &Annotated) -> String {
    let sheet = Sheet::new(annotated);
    let analysis = &annotated.analysis;
    let one = |of: &Row| {
        let event = analysis.events.get(of.event)?;
        let (earliest, latest) = interval::write(event.interval);
        let names = event.participants.iter().filter_map(|id| analysis.entities.get(id.0)).map(|e| e.name.as_str());
        let [start, end] = sheet.place(&[event.span]);
        Some(row(&[
            annotated.article.id.clone(),
            format!("ev{}", of.event + 1),
            earliest.unwrap_or_default(),
            latest.unwrap_or_default(),
            event.granularity.map(name_of).unwrap_or_default(),
            event.approximate.to_string(),
            name_of(event.status),
            sheet.words(&[event.trigger]),
            sheet.words(&[event.span]),
            names.collect::<Vec<_>>().join("; "),
            of.teller_names(analysis).join("; "),
            of.retold.iter().map(|at| format!("ev{}", at + 1)).collect::<Vec<_>>().join("; "),
            start,
            end,
            sheet.by(Item::Event(of.event)),
        ]))
    };
    timeline::rows(&annotated.article.text, analysis).iter().filter_map(one).collect()
}
