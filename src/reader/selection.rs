//! The one selection that text and rows share, and the filter on claims.

use super::panes::Target;
use super::panes::timeline::{date, event_date};
use super::story::Story;
use super::wording;
use crate::analysis::claims::{Claim, Stance};
use crate::analysis::timeline::{Granularity, Interval};
use crate::analysis::{EntityId, SourceId};
use std::collections::BTreeSet;

/// What is selected: in the lists it is a row, in the text it lights up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Selection {
    /// Nothing.
    #[default]
    None,
    /// A name: its mentions light up, `n` walks them.
    Entity(EntityId),
    /// A source: its claims stand out, the rest steps back.
    Source(SourceId),
    /// An event, by its index: its clause lights up.
    Event(usize),
}

impl From<Target> for Selection {
    fn from(target: Target) -> Self {
        match target {
            Target::Entity(entity) => Self::Entity(entity),
            Target::Source(source) => Self::Source(source),
            Target::Event(event) => Self::Event(event),
            Target::Heading | Target::Article(_) => Self::None,
        }
    }
}

/// Which claims are shown and walked: those that pass every part that is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// By one of these sources.
    pub sources: BTreeSet<SourceId>,
    /// By or about one of these names.
    pub entities: BTreeSet<EntityId>,
    /// With this stance.
    pub stance: Option<Stance>,
    /// Said or set in the time that these events span, by their indexes.
    pub events: BTreeSet<usize>,
}

impl Filter {
    /// Whether every claim passes.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty() && self.entities.is_empty() && self.stance.is_none() && self.events.is_empty()
    }

    /// Whether a claim passes.
    pub fn passes(&self, story: &Story, claim: &Claim) -> bool {
        (self.sources.is_empty() || claim.source.is_some_and(|source| self.sources.contains(&source)))
            && self.stance.is_none_or(|stance| claim.stance == stance)
            && self.span(story).is_none_or(|span| is_within(story, claim, span))
            && (self.entities.is_empty() || self.entities.iter().any(|&entity| is_by_or_about(story, claim, entity)))
    }

    /// Whether a row of a list is part of the filter.
    pub fn holds(&self, target: Target) -> bool {
        match target {
            Target::Entity(entity) => self.entities.contains(&entity),
            Target::Source(source) => self.sources.contains(&source),
            Target::Event(event) => self.events.contains(&event),
            _ => false,
        }
    }

    /// Puts a row in, or takes it out; `false` if it cannot be part of a filter.
    pub fn toggle(&mut self, story: &Story, target: Target) -> bool {
        match target {
            Target::Entity(entity) => toggle(&mut self.entities, entity),
            Target::Source(source) => toggle(&mut self.sources, source),
            Target::Event(at) if story.analysis.events.get(at).is_some_and(|event| event.interval != Interval::default()) => {
                toggle(&mut self.events, at);
            }
            _ => return false,
        }
        true
    }

    /// From the beginning of the first of the events to the end of the last; `None` when there are none.
    fn span(&self, story: &Story) -> Option<Interval> {
        let spans = self.events.iter().filter_map(|&at| story.analysis.events.get(at)).map(|event| event.interval);
        spans.reduce(Interval::cover)
    }

    fn span_words(&self, story: &Story) -> Option<String> {
        let span = self.span(story)?;
        if let (1, Some(event)) = (self.events.len(), self.events.first().and_then(|&at| story.analysis.events.get(at))) {
            return event_date(story, event);
        }
        let day = |interval| date(interval, Some(Granularity::Day), "").unwrap_or_default();
        let first = Interval { end: span.start, ..span };
        Some(format!("{} – {}", day(first), day(span.last())))
    }

    /// The filter in words: "Elena Marchetti, ministry · denies"; empty when every claim passes.
    pub fn words(&self, story: &Story) -> String {
        let sources = self.sources.iter().filter_map(|&source| story.source_name(Some(source)));
        let entities = self.entities.iter().filter_map(|entity| Some(story.analysis.entities.get(entity.0)?.name.as_str()));
        let mut parts = Vec::new();
        // Names come last: a title line may have to cut them.
        parts.extend(self.stance.map(|stance| wording::stance(stance).to_owned()));
        parts.extend(self.span_words(story));
        let by = sources.collect::<Vec<_>>().join(", ");
        if !by.is_empty() {
            parts.push(by);
        }
        let about = entities.collect::<Vec<_>>().join(", ");
        if !about.is_empty() {
            parts.push(format!("by or about {about}"));
        }
        parts.join(" · ")
    }
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, item: T) {
    if !set.remove(&item) {
        set.insert(item);
    }
}

fn is_by_or_about(story: &Story, claim: &Claim, entity: EntityId) -> bool {
    let source = claim.source.and_then(|source| story.analysis.sources.get(source.0));
    let mention_of = |at: usize| story.analysis.mentions.get(at).is_some_and(|mention| mention.entity == entity);
    source.is_some_and(|source| source.entity == Some(entity))
        || claim.content.iter().any(|&span| story.mentions.touching(span).any(|(_, at)| mention_of(at)))
}

/// Whether a claim was made within a stretch of time, or tells of something within it.
fn is_within(story: &Story, claim: &Claim, span: Interval) -> bool {
    let said = claim.time.and_then(|time| story.analysis.timexes.get(time.0)).is_some_and(|timex| timex.interval.within(span));
    let event = |at: usize| story.analysis.events.get(at).is_some_and(|event| event.interval.within(span));
    said || claim.content.iter().any(|&content| story.events.touching(content).any(|(_, at)| event(at)))
}
