//! Article and analysis -> the contract's types.

use crate::analysis::provenance::{AnnotatorKind, Item, Provenance};
use crate::analysis::{Analysis, ClaimId, EntityId, SourceId, TimexId};
use crate::article::{Article, Reason};
use crate::exchange::interval;
use crate::exchange::units::{OffsetUnit, Units};
use crate::exchange::wire::{
    Annotator, Author, Block, Claim, Dateline, Document, Entity, Event, FORMAT, Input, Mention, Order, Publisher, Removed,
    Source, Span, Timex, VERSION, Wire,
};
use crate::text;
use std::collections::BTreeMap;

/// The text with its units: every span is written through it.
struct Pen<'a> {
    text: &'a str,
    units: Units,
}

impl Pen<'_> {
    fn span(&self, span: text::Span) -> Span {
        Span {
            start: self.units.unit_at(span.start),
            end: self.units.unit_at(span.end),
            text: Some(span.of(self.text).to_owned()),
        }
    }

    fn spans(&self, spans: &[text::Span]) -> Vec<Span> {
        spans.iter().map(|span| self.span(*span)).collect()
    }
}

/// The whole document, offsets in code points.
pub fn wire(article: &Article, analysis: &Analysis) -> Wire {
    let pen = Pen { text: &article.text, units: Units::new(&article.text, OffsetUnit::CodePoint) };
    let mut wire = Wire {
        format: FORMAT.into(),
        version: VERSION,
        offset_unit: OffsetUnit::CodePoint,
        annotators: annotators(&analysis.provenance),
        id: article.id.clone(),
        document: document(article, &pen),
        input: Input {
            kind: article.input.kind.clone(),
            name: article.input.name.clone(),
            charset: article.input.charset.clone(),
            sha256: article.input.sha256.clone(),
        },
        text: article.text.clone(),
        blocks: article.blocks.iter().enumerate().map(|(i, block)| self::block(i, block, &pen)).collect(),
        removed: article.removed.iter().map(removed).collect(),
        removed_lines: removed_lines(article),
        entities: analysis.entities.iter().enumerate().map(|(i, e)| entity(i, e)).collect(),
        mentions: mentions(analysis, &pen),
        sources: sources(analysis, &pen),
        claims: analysis.claims.iter().enumerate().map(|(i, c)| claim(i, c, &pen)).collect(),
        timexes: analysis.timexes.iter().enumerate().map(|(i, t)| timex(i, t, &pen)).collect(),
        events: analysis.events.iter().enumerate().map(|(i, e)| event(i, e, &pen)).collect(),
        notes: article.notes.iter().chain(&analysis.notes).cloned().collect(),
    };
    sign(&mut wire, &analysis.provenance);
    wire
}

fn annotators(of: &Provenance) -> Vec<Annotator> {
    let software = Some(format!("byline {}", env!("CARGO_PKG_VERSION")));
    let own = Annotator { id: "byline".into(), kind: AnnotatorKind::Byline, software, via: None };
    let others = of.annotators.iter().map(|by| Annotator {
        id: by.id.clone(),
        kind: by.kind,
        software: by.software.clone(),
        via: by.via.clone(),
    });
    std::iter::once(own).chain(others).collect()
}

/// Writes under every item who made it, where that was not byline.
fn sign(wire: &mut Wire, of: &Provenance) {
    for item in of.by.keys() {
        let by = match *item {
            Item::Entity(i) => wire.entities.get_mut(i).map(|item| &mut item.by),
            Item::Mention(i) => wire.mentions.get_mut(i).map(|item| &mut item.by),
            Item::Source(i) => wire.sources.get_mut(i).map(|item| &mut item.by),
            Item::Claim(i) => wire.claims.get_mut(i).map(|item| &mut item.by),
            Item::Timex(i) => wire.timexes.get_mut(i).map(|item| &mut item.by),
            Item::Event(i) => wire.events.get_mut(i).map(|item| &mut item.by),
        };
        if let Some(by) = by {
            *by = of.of(*item).map(|annotator| annotator.id.clone());
        }
    }
}

fn document(article: &Article, pen: &Pen<'_>) -> Document {
    let of = &article.document;
    Document {
        url: of.url.clone(),
        headline: of.headline.clone(),
        author: of.authors.iter().map(|name| Author { kind: None, name: name.clone() }).collect(),
        publisher: of.publisher.clone().map(|name| Publisher { name }),
        date_published: of.published.map(|stamp| stamp.to_string()),
        date_modified: of.modified.map(|stamp| stamp.to_string()),
        in_language: of.language.clone(),
        article_section: of.sections.clone(),
        keywords: of.keywords.clone(),
        dateline: of.dateline.as_ref().map(|d| Dateline {
            place: d.place.clone(),
            agency: d.agency.clone(),
            span: d.span.map(|span| pen.span(span)),
        }),
    }
}

fn block(index: usize, of: &crate::article::Block, pen: &Pen<'_>) -> Block {
    let span = pen.span(of.span);
    Block { id: format!("b{}", index + 1), kind: of.kind, start: span.start, end: span.end }
}

fn removed_lines(article: &Article) -> BTreeMap<Reason, usize> {
    let mut counts = BTreeMap::new();
    for removed in &article.removed {
        *counts.entry(removed.reason).or_default() += removed.end_line + 1 - removed.start_line.min(removed.end_line);
    }
    counts
}

fn removed(of: &crate::article::Removed) -> Removed {
    Removed { start_line: of.start_line, end_line: of.end_line, reason: of.reason, text: of.text.clone() }
}

fn entity(index: usize, of: &crate::analysis::entities::Entity) -> Entity {
    Entity {
        id: entity_id(EntityId(index)),
        kind: of.kind,
        name: of.name.clone(),
        aliases: of.aliases.clone(),
        job_title: of.job_title.clone(),
        confidence: of.confidence,
        by: None,
    }
}

fn mentions(analysis: &Analysis, pen: &Pen<'_>) -> Vec<Mention> {
    let one = |(i, of): (usize, &crate::analysis::entities::Mention)| Mention {
        id: format!("m{}", i + 1),
        entity: entity_id(of.entity),
        span: pen.span(of.span),
        form: of.form,
        by: None,
    };
    analysis.mentions.iter().enumerate().map(one).collect()
}

fn sources(analysis: &Analysis, pen: &Pen<'_>) -> Vec<Source> {
    let one = |(i, of): (usize, &crate::analysis::claims::Source)| Source {
        id: source_id(SourceId(i)),
        entity: of.entity.map(entity_id),
        name: of.name.clone(),
        kind: of.kind,
        why_unnamed: of.why_unnamed.map(|span| pen.span(span)),
        by: None,
    };
    analysis.sources.iter().enumerate().map(one).collect()
}

fn claim(index: usize, of: &crate::analysis::claims::Claim, pen: &Pen<'_>) -> Claim {
    Claim {
        id: claim_id(ClaimId(index)),
        source: of.source.map(source_id),
        source_spans: pen.spans(&of.source_spans),
        cue: pen.spans(&of.cue),
        content: pen.spans(&of.content),
        addressee: of.addressee.map(|span| pen.span(span)),
        form: of.form,
        cue_class: of.cue_class,
        stance: of.stance,
        parent: of.parent.map(claim_id),
        via: of.via.iter().copied().map(source_id).collect(),
        time: of.time.map(timex_id),
        contradicts: of.contradicts.iter().copied().map(claim_id).collect(),
        confidence: of.confidence,
        by: None,
    }
}

fn timex(index: usize, of: &crate::analysis::timeline::Timex, pen: &Pen<'_>) -> Timex {
    let (earliest, latest) = interval::write(of.interval);
    Timex {
        id: timex_id(TimexId(index)),
        span: pen.span(of.span),
        kind: of.kind,
        value: of.value.clone(),
        modifier: of.modifier.clone(),
        anchor: of.anchor.map(timex_id),
        function_in_document: of.function.clone(),
        earliest,
        latest,
        granularity: of.granularity,
        why: of.why.clone(),
        by: None,
    }
}

fn event(index: usize, of: &crate::analysis::timeline::Event, pen: &Pen<'_>) -> Event {
    let (earliest, latest) = interval::write(of.interval);
    Event {
        id: event_id(index),
        span: pen.span(of.span),
        trigger: pen.span(of.trigger),
        time: of.time.map(timex_id),
        earliest,
        latest,
        granularity: of.granularity,
        approximate: of.approximate,
        status: of.status,
        order: Order {
            before: of.before.iter().copied().map(event_id).collect(),
            after: of.after.iter().copied().map(event_id).collect(),
        },
        participants: of.participants.iter().copied().map(entity_id).collect(),
        claim: of.claim.map(claim_id),
        by: None,
    }
}

fn entity_id(id: EntityId) -> String {
    format!("e{}", id.0 + 1)
}

fn source_id(id: SourceId) -> String {
    format!("s{}", id.0 + 1)
}

fn claim_id(id: ClaimId) -> String {
    format!("c{}", id.0 + 1)
}

fn timex_id(id: TimexId) -> String {
    format!("t{}", id.0 + 1)
}

fn event_id(index: usize) -> String {
    format!("ev{}", index + 1)
}
