//! The contract's types -> article and analysis. Every span is checked against the words it repeats: wrong units are repaired where
//! the words tell the right place, else the item is refused with its offset and the rest still comes in.

use crate::analysis::claims::{Claim, Source};
use crate::analysis::entities::{Entity, Mention};
use crate::analysis::provenance::{Annotator, AnnotatorKind, Item, Provenance};
use crate::analysis::timeline::{Event, Timex};
use crate::analysis::{Analysis, ClaimId, EntityId, SourceId, TimexId};
use crate::article::{Article, Block, BlockKind, Dateline, Document, Input, Origin, Raw, Removed, Stamp};
use crate::exchange::Annotated;
use crate::exchange::anchor::{Anchor, Told};
use crate::exchange::interval;
use crate::exchange::wire::{self, FORMAT, VERSION, Wire};
use crate::text::Span;
use serde_json::Value;
use std::collections::HashMap;
use std::fmt;

/// Why a JSON object cannot be read as a byline document, as a sentence for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NativeError(String);

impl fmt::Display for NativeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NativeError {}

/// Whether the object says that it is a byline document.
pub fn is_native(value: &Value) -> bool {
    value.get("format").and_then(Value::as_str) == Some(FORMAT)
}

/// Reads one byline document. Fields it does not know are kept in [`Annotated::origin`]; items that point nowhere are left out, each
/// with a note.
///
/// # Errors
/// When the object lacks a needed field, has one of a wrong kind, or is of a newer version.
pub fn read(value: Value) -> Result<Annotated, NativeError> {
    let wire: Wire = serde_json::from_value(value.clone()).map_err(|e| NativeError(format!("no byline document: {e}")))?;
    if wire.version > VERSION {
        return Err(NativeError(format!(
            "version {} of the byline format is newer than this byline reads ({VERSION}): a newer byline is needed",
            wire.version
        )));
    }
    let mut reader = Reader::new(&wire);
    let article = reader.article(&wire);
    let mut analysis = reader.analysis(&wire);
    analysis.notes = std::mem::take(&mut reader.refused);
    analysis.provenance = reader.provenance;
    Ok(Annotated { article, analysis, origin: Some(value) })
}

/// The ids of a list that are kept, and where each now stands.
type Places = HashMap<String, usize>;

struct Reader<'a> {
    anchor: Anchor<'a>,
    refused: Vec<String>,
    provenance: Provenance,
}

impl<'a> Reader<'a> {
    fn new(wire: &'a Wire) -> Self {
        Self { anchor: Anchor::new(&wire.text, wire.offset_unit), refused: Vec::new(), provenance: provenance(wire) }
    }

    /// Notes who made the items, where the document says so.
    fn sign<'i>(&mut self, items: impl IntoIterator<Item = (Item, &'i Option<String>)>) {
        for (item, by) in items {
            let known = |id: &String| self.provenance.annotators.iter().position(|annotator| annotator.id == *id);
            if let Some(at) = by.as_ref().and_then(known) {
                self.provenance.by.insert(item, at);
            }
        }
    }

    /// The span in bytes, if it lies in the text and covers the words it repeats; else the one place that does.
    fn span(&mut self, of: &wire::Span, what: &str) -> Option<Span> {
        let told = Told { range: Some((of.start, of.end)), words: of.text.as_deref(), ..Told::default() };
        self.anchor.place(told).map_err(|why| self.refused.push(format!("{what} at {why}; it was left out"))).ok()
    }

    fn spans(&mut self, of: &[wire::Span], what: &str) -> Vec<Span> {
        of.iter().filter_map(|span| self.span(span, what)).collect()
    }

    fn article(&mut self, wire: &Wire) -> Article {
        let of = &wire.document;
        let stamp = |text: &Option<String>| text.as_deref().and_then(|t| t.parse::<Stamp>().ok());
        let dateline = of.dateline.as_ref().map(|d| Dateline {
            place: d.place.clone(),
            agency: d.agency.clone(),
            span: d.span.as_ref().and_then(|span| self.span(span, "the dateline")),
        });
        Article {
            id: wire.id.clone(),
            document: Document {
                url: of.url.clone(),
                headline: of.headline.clone(),
                authors: of.author.iter().map(|a| a.name.clone()).collect(),
                publisher: of.publisher.as_ref().map(|p| p.name.clone()),
                published: stamp(&of.date_published),
                modified: stamp(&of.date_modified),
                language: of.in_language.clone(),
                sections: of.article_section.clone(),
                keywords: of.keywords.clone(),
                dateline,
            },
            input: Input {
                kind: wire.input.kind.clone(),
                name: wire.input.name.clone(),
                charset: wire.input.charset.clone(),
                sha256: wire.input.sha256.clone(),
            },
            text: wire.text.clone(),
            blocks: self.blocks(wire),
            removed: wire.removed.iter().map(removed).collect(),
            raw: Raw::default(),
            origins: vec![Origin { clean: Span::new(0, wire.text.len()), raw: 0 }],
            notes: wire.notes.clone(),
        }
    }

    /// The blocks as given, in the order of the text and none over another; a document without a block that lies in its text is split at
    /// its blank lines.
    fn blocks(&mut self, wire: &Wire) -> Vec<Block> {
        let mut given: Vec<(Block, &str)> = Vec::new();
        for block in &wire.blocks {
            let span = wire::Span { start: block.start, end: block.end, text: None };
            if let Some(span) = self.span(&span, &format!("block {}", block.id)) {
                given.push((Block { kind: block.kind, span }, &block.id));
            }
        }
        given.sort_by_key(|(block, _)| block.span.start);
        let mut blocks: Vec<Block> = Vec::new();
        for (block, id) in given {
            if blocks.last().is_some_and(|last| block.span.start < last.span.end) {
                self.refused.push(format!("block {id} lies over the one before it; it was left out"));
            } else {
                blocks.push(block);
            }
        }
        if blocks.is_empty() {
            let mut at = 0;
            for part in wire.text.split("\n\n") {
                let span = Span::new(at, at + part.len()).trimmed(&wire.text);
                if !span.is_empty() {
                    blocks.push(Block { kind: BlockKind::Paragraph, span });
                }
                at += part.len() + 2;
            }
        }
        blocks
    }

    fn analysis(&mut self, wire: &Wire) -> Analysis {
        let entities = places(wire.entities.iter().map(|e| &e.id));
        let sources = places(wire.sources.iter().map(|s| &s.id));
        self.sign(wire.entities.iter().enumerate().map(|(i, of)| (Item::Entity(i), &of.by)));
        self.sign(wire.sources.iter().enumerate().map(|(i, of)| (Item::Source(i), &of.by)));
        let mut analysis = Analysis { entities: wire.entities.iter().map(entity).collect(), ..Analysis::default() };
        for of in &wire.mentions {
            let span = self.span(&of.span, &format!("mention {}", of.id));
            if let (Some(&entity), Some(span)) = (entities.get(&of.entity), span) {
                self.sign([(Item::Mention(analysis.mentions.len()), &of.by)]);
                analysis.mentions.push(Mention { entity: EntityId(entity), span, form: of.form });
            }
        }
        analysis.sources = wire.sources.iter().map(|of| self.source(of, &entities)).collect();
        let timexes = self.timexes(wire, &mut analysis);
        let claims = self.claims(wire, &sources, &timexes, &mut analysis);
        self.events(wire, &[&entities, &timexes, &claims], &mut analysis);
        analysis
    }

    fn source(&mut self, of: &wire::Source, entities: &Places) -> Source {
        Source {
            entity: of.entity.as_ref().and_then(|id| entities.get(id)).copied().map(EntityId),
            name: of.name.clone(),
            kind: of.kind,
            why_unnamed: of.why_unnamed.as_ref().and_then(|span| self.span(span, &format!("source {}", of.id))),
        }
    }

    fn timexes(&mut self, wire: &Wire, analysis: &mut Analysis) -> Places {
        let mut kept = Vec::new();
        for of in &wire.timexes {
            if let Some(span) = self.span(&of.span, &format!("time expression {}", of.id)) {
                kept.push((of, span));
            }
        }
        let places = places(kept.iter().map(|(of, _)| &of.id));
        self.sign(kept.iter().enumerate().map(|(i, (of, _))| (Item::Timex(i), &of.by)));
        analysis.timexes = kept.into_iter().map(|(of, span)| timex(of, span, &places)).collect();
        places
    }

    fn claims(&mut self, wire: &Wire, sources: &Places, timexes: &Places, analysis: &mut Analysis) -> Places {
        let mut kept = Vec::new();
        for of in &wire.claims {
            let content = self.spans(&of.content, &format!("content of claim {}", of.id));
            if content.len() == of.content.len() {
                kept.push((of, content));
            }
        }
        let places = places(kept.iter().map(|(of, _)| &of.id));
        self.sign(kept.iter().enumerate().map(|(i, (of, _))| (Item::Claim(i), &of.by)));
        for (of, content) in kept {
            analysis.claims.push(Claim {
                source: of.source.as_ref().and_then(|id| sources.get(id)).copied().map(SourceId),
                source_spans: self.spans(&of.source_spans, &format!("source of claim {}", of.id)),
                cue: self.spans(&of.cue, &format!("cue of claim {}", of.id)),
                content,
                addressee: of.addressee.as_ref().and_then(|span| self.span(span, &format!("addressee of claim {}", of.id))),
                form: of.form,
                cue_class: of.cue_class,
                stance: of.stance,
                parent: of.parent.as_ref().and_then(|id| places.get(id)).copied().map(ClaimId),
                via: of.via.iter().filter_map(|id| sources.get(id)).copied().map(SourceId).collect(),
                time: of.time.as_ref().and_then(|id| timexes.get(id)).copied().map(TimexId),
                contradicts: of.contradicts.iter().filter_map(|id| places.get(id)).copied().map(ClaimId).collect(),
                confidence: of.confidence,
            });
        }
        cut_circles(&mut analysis.claims);
        places
    }

    /// `ids` are the places of entities, time expressions and claims.
    fn events(&mut self, wire: &Wire, ids: &[&Places; 3], analysis: &mut Analysis) {
        let [entities, timexes, claims] = ids;
        let mut kept = Vec::new();
        for of in &wire.events {
            let what = format!("event {}", of.id);
            if let (Some(span), Some(trigger)) = (self.span(&of.span, &what), self.span(&of.trigger, &what)) {
                kept.push((of, span, trigger));
            }
        }
        let places = places(kept.iter().map(|(of, _, _)| &of.id));
        self.sign(kept.iter().enumerate().map(|(i, (of, _, _))| (Item::Event(i), &of.by)));
        let indexes = |ids: &[String]| ids.iter().filter_map(|id| places.get(id)).copied().collect();
        for (of, span, trigger) in &kept {
            analysis.events.push(Event {
                span: *span,
                trigger: *trigger,
                time: of.time.as_ref().and_then(|id| timexes.get(id)).copied().map(TimexId),
                interval: interval::read(of.earliest.as_deref(), of.latest.as_deref()),
                granularity: of.granularity,
                approximate: of.approximate,
                status: of.status,
                before: indexes(&of.order.before),
                after: indexes(&of.order.after),
                participants: of.participants.iter().filter_map(|id| entities.get(id)).copied().map(EntityId).collect(),
                claim: of.claim.as_ref().and_then(|id| claims.get(id)).copied().map(ClaimId),
            });
        }
    }
}

/// The annotators of the document but byline itself.
fn provenance(wire: &Wire) -> Provenance {
    let others = wire.annotators.iter().filter(|by| by.kind != AnnotatorKind::Byline);
    let annotators =
        others.map(|by| Annotator { id: by.id.clone(), kind: by.kind, software: by.software.clone(), via: by.via.clone() });
    Provenance { annotators: annotators.collect(), ..Provenance::default() }
}

fn places<'a>(ids: impl Iterator<Item = &'a String>) -> Places {
    ids.enumerate().map(|(i, id)| (id.clone(), i)).collect()
}

fn removed(of: &wire::Removed) -> Removed {
    Removed { start_line: of.start_line, end_line: of.end_line, reason: of.reason, text: of.text.clone() }
}

fn entity(of: &wire::Entity) -> Entity {
    Entity {
        kind: of.kind,
        name: of.name.clone(),
        aliases: of.aliases.clone(),
        job_title: of.job_title.clone(),
        confidence: of.confidence,
    }
}

fn timex(of: &wire::Timex, span: Span, places: &Places) -> Timex {
    Timex {
        span,
        kind: of.kind,
        value: of.value.clone(),
        modifier: of.modifier.clone(),
        anchor: of.anchor.as_ref().and_then(|id| places.get(id)).copied().map(TimexId),
        function: of.function_in_document.clone(),
        interval: interval::read(of.earliest.as_deref(), of.latest.as_deref()),
        granularity: of.granularity,
        why: of.why.clone(),
    }
}

/// Parents must be acyclic: a claim that is its own ancestor loses its parent.
fn cut_circles(claims: &mut [Claim]) {
    for start in 0..claims.len() {
        let parent = |at: usize| claims.get(at).and_then(|c| c.parent).map(|id| id.0);
        let mut at = parent(start);
        let mut steps = 0;
        while let Some(up) = at {
            if up == start || steps > claims.len() {
                if let Some(claim) = claims.get_mut(start) {
                    claim.parent = None;
                }
                break;
            }
            at = parent(up);
            steps += 1;
        }
    }
}
