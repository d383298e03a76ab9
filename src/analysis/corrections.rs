//! What a person sets right in an analysis: each correction names words of the text, never an index, so that it holds for an article
//! that is analysed anew.

use super::claims::{Source, SourceKind};
use super::entities::{Entity, EntityType, MentionForm};
use super::provenance::{Annotator, AnnotatorKind, Item};
use super::timeline::{Event, Granularity, Interval};
use super::{Analysis, EntityId, SourceId};
use crate::article::Article;
use crate::text::Span;
use jiff::ToSpan;
use jiff::civil::{Date, Time};

/// Id of the annotator that corrections stand under.
pub const USER: &str = "user";

/// One correction. Spans are bytes over the article's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Correction {
    /// The name mentioned `at` is of this type.
    Retype {
        /// A mention of it.
        at: Span,
        /// Its type.
        kind: EntityType,
    },
    /// The name mentioned `at` is the one that is mentioned at `into`.
    Merge {
        /// A mention of the one.
        at: Span,
        /// A mention of the other, which keeps its name and type.
        into: Span,
    },
    /// The words `at` are another name than the rest of their entity; so are its other mentions in the same words.
    Split {
        /// One of the mentions.
        at: Span,
    },
    /// The words `at` do not name anything.
    DropEntity {
        /// A mention of it.
        at: Span,
    },
    /// These words are not a claim.
    DropClaim {
        /// Content of the claim, or a piece of it.
        content: Span,
    },
    /// These words are claimed by another source.
    Attribute {
        /// Content of the claim, or a piece of it.
        content: Span,
        /// Name of the source.
        source: String,
    },
    /// Two sources are one, which keeps the second name.
    MergeSources {
        /// Name of the one.
        source: String,
        /// Name of the other, or of an entity.
        into: String,
    },
    /// This word names no event.
    DropEvent {
        /// The word.
        trigger: Span,
    },
    /// An event took place on this day, or in this month or year.
    Date {
        /// The word that names the event.
        trigger: Span,
        /// `2017`, `2017-10` or `2017-10-25`.
        date: String,
    },
}

/// Applies a correction and notes whose it is; `false`, and nothing changed, when the text has no such name, claim or event.
pub fn apply(article: &Article, analysis: &mut Analysis, correction: &Correction) -> bool {
    match correction {
        Correction::Retype { at, kind } => retype(analysis, *at, *kind),
        Correction::Merge { at, into } => merge(analysis, *at, *into),
        Correction::Split { at } => split(article, analysis, *at),
        Correction::DropEntity { at } => {
            let entity = entity_at(analysis, *at);
            entity.map(|entity| remove_entity(analysis, entity, None)).is_some()
        }
        Correction::DropClaim { content } => {
            let claim = claim_at(analysis, *content);
            claim.map(|claim| remove_claim(analysis, claim)).is_some()
        }
        Correction::Attribute { content, source } => attribute(analysis, *content, source),
        Correction::MergeSources { source, into } => merge_sources(analysis, source, into),
        Correction::DropEvent { trigger } => {
            let event = event_at(analysis, *trigger);
            event.map(|event| remove_event(analysis, event)).is_some()
        }
        Correction::Date { trigger, date } => set_date(analysis, *trigger, date),
    }
}

/// The index of the entity mentioned at a span: at that very place, else at one that shares a byte with it.
pub fn entity_at(analysis: &Analysis, at: Span) -> Option<usize> {
    mention_at(analysis, at).and_then(|mention| analysis.mentions.get(mention)).map(|mention| mention.entity.0)
}

fn mention_at(analysis: &Analysis, at: Span) -> Option<usize> {
    nearest(analysis.mentions.iter().map(|mention| mention.span).enumerate(), at)
}

/// The index of the claim with such content.
pub fn claim_at(analysis: &Analysis, content: Span) -> Option<usize> {
    let spans = analysis.claims.iter().enumerate().flat_map(|(at, claim)| claim.content.iter().map(move |&span| (at, span)));
    nearest(spans, content)
}

/// The index of the event with such a trigger.
pub fn event_at(analysis: &Analysis, trigger: Span) -> Option<usize> {
    nearest(analysis.events.iter().map(|event| event.trigger).enumerate(), trigger)
}

/// The item whose span touches `wanted` and differs least from it.
fn nearest(spans: impl Iterator<Item = (usize, Span)>, wanted: Span) -> Option<usize> {
    let far = |span: Span| span.start.abs_diff(wanted.start) + span.end.abs_diff(wanted.end);
    spans.filter(|(_, span)| span.overlaps(wanted)).min_by_key(|&(_, span)| far(span)).map(|(at, _)| at)
}

fn retype(analysis: &mut Analysis, at: Span, kind: EntityType) -> bool {
    let Some(index) = entity_at(analysis, at) else { return false };
    let Some(entity) = analysis.entities.get_mut(index).filter(|entity| entity.kind != kind) else { return false };
    (entity.kind, entity.confidence) = (kind, None);
    sign(analysis, Item::Entity(index));
    true
}

fn merge(analysis: &mut Analysis, at: Span, into: Span) -> bool {
    let (Some(gone), Some(kept)) = (entity_at(analysis, at), entity_at(analysis, into)) else { return false };
    if gone == kept {
        return false;
    }
    let Some(names) =
        analysis.entities.get(gone).map(|one| std::iter::once(&one.name).chain(&one.aliases).cloned().collect::<Vec<_>>())
    else {
        return false;
    };
    if let Some(entity) = analysis.entities.get_mut(kept) {
        let new: Vec<String> = names.into_iter().filter(|name| *name != entity.name && !entity.aliases.contains(name)).collect();
        entity.aliases.extend(new);
        entity.confidence = None;
    }
    let source_of = |entity| analysis.sources.iter().position(|source| source.entity == Some(EntityId(entity)));
    if let (Some(one), Some(other)) = (source_of(gone), source_of(kept)) {
        remove_source(analysis, one, other);
    }
    sign(analysis, Item::Entity(kept));
    remove_entity(analysis, gone, Some(kept));
    true
}

fn split(article: &Article, analysis: &mut Analysis, at: Span) -> bool {
    let Some(mention) = mention_at(analysis, at).and_then(|index| analysis.mentions.get(index)) else { return false };
    let (whole, words) = (mention.entity, mention.span.of(&article.text));
    let is_other = |mention: &super::Mention| mention.span.of(&article.text) == words;
    let (others, rest): (Vec<_>, Vec<_>) =
        analysis.mentions.iter().filter(|mention| mention.entity == whole).partition(|m| is_other(m));
    let named = rest.iter().filter(|mention| mention.form == MentionForm::Name).map(|mention| mention.span.of(&article.text));
    let (Some(name), false) = (named.max_by_key(|name| name.len()).map(str::to_owned), others.is_empty()) else { return false };
    let Some(entity) = analysis.entities.get_mut(whole.0) else { return false };
    if entity.name == words {
        entity.name = name;
    }
    entity.aliases.retain(|alias| alias != words && *alias != entity.name);
    entity.confidence = None;
    let new = Entity { name: words.to_owned(), aliases: Vec::new(), job_title: None, confidence: None, ..entity.clone() };
    let id = EntityId(analysis.entities.len());
    analysis.entities.push(new);
    for mention in analysis.mentions.iter_mut().filter(|mention| mention.entity == whole && is_other(mention)) {
        mention.entity = id;
    }
    sign(analysis, Item::Entity(whole.0));
    sign(analysis, Item::Entity(id.0));
    true
}

/// The index of the source of that name; the entity of that name becomes one.
fn source_named(analysis: &mut Analysis, name: &str) -> usize {
    let known = analysis.sources.iter().position(|source| source.name == name);
    known.unwrap_or_else(|| {
        let goes_by = |entity: &Entity| entity.name == name || entity.aliases.iter().any(|alias| alias == name);
        let entity = analysis.entities.iter().position(goes_by);
        let kind = match entity.and_then(|at| analysis.entities.get(at)).map(|entity| entity.kind) {
            Some(EntityType::Person) => SourceKind::Person,
            Some(_) => SourceKind::Organization,
            None => SourceKind::Unnamed,
        };
        analysis.sources.push(Source { entity: entity.map(EntityId), name: name.to_owned(), kind, why_unnamed: None });
        analysis.sources.len() - 1
    })
}

fn merge_sources(analysis: &mut Analysis, source: &str, into: &str) -> bool {
    let gone = analysis.sources.iter().position(|known| known.name == source).filter(|_| source != into);
    let Some(gone) = gone else { return false };
    let kept = source_named(analysis, into);
    remove_source(analysis, gone, kept);
    sign(analysis, Item::Source(if kept > gone { kept - 1 } else { kept }));
    true
}

fn attribute(analysis: &mut Analysis, content: Span, name: &str) -> bool {
    let Some(index) = claim_at(analysis, content) else { return false };
    let source = source_named(analysis, name);
    let Some(claim) = analysis.claims.get_mut(index).filter(|claim| claim.source != Some(SourceId(source))) else { return false };
    (claim.source, claim.confidence) = (Some(SourceId(source)), None);
    // The words that named the source before are not this one's.
    claim.source_spans.clear();
    reconcile(analysis);
    sign(analysis, Item::Claim(index));
    true
}

fn set_date(analysis: &mut Analysis, trigger: Span, date: &str) -> bool {
    let (Some(index), Some((interval, granularity))) = (event_at(analysis, trigger), calendar(date)) else { return false };
    let mut order: Vec<usize> = (0..analysis.events.len()).filter(|&at| at != index).collect();
    let later = |event: &Event| event.interval.start.or(event.interval.end).is_some_and(|start| Some(start) > interval.start);
    let place = order.iter().position(|&at| analysis.events.get(at).is_some_and(later)).unwrap_or(order.len());
    order.insert(place, index);
    if let Some(event) = analysis.events.get_mut(index) {
        (event.time, event.interval, event.granularity, event.approximate) = (None, interval, Some(granularity), false);
    }
    reorder_events(analysis, &order);
    sign(analysis, Item::Event(place));
    true
}

/// The stretch of the calendar that `2017`, `2017-10` or `2017-10-25` names.
pub fn calendar(date: &str) -> Option<(Interval, Granularity)> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !date.split('-').all(digits) {
        return None;
    }
    let (first, granularity, span) = match date.len() {
        4 => (format!("{date}-01-01"), Granularity::Year, 1.year()),
        7 => (format!("{date}-01"), Granularity::Month, 1.month()),
        10 => (date.to_owned(), Granularity::Day, 1.day()),
        _ => return None,
    };
    let start = first.parse::<Date>().ok()?.to_datetime(Time::midnight());
    Some((Interval { start: Some(start), end: start.checked_add(span).ok() }, granularity))
}

/// Notes that an item is the reader's own now.
fn sign(analysis: &mut Analysis, item: Item) {
    let annotators = &mut analysis.provenance.annotators;
    let is_user = |annotator: &Annotator| annotator.id == USER && annotator.kind == AnnotatorKind::User;
    let user = annotators.iter().position(is_user).unwrap_or_else(|| {
        annotators.push(Annotator { id: USER.into(), kind: AnnotatorKind::User, ..Annotator::default() });
        annotators.len() - 1
    });
    analysis.provenance.by.insert(item, user);
}

/// Where the item at `at` stands once the one at `gone` is taken out; that one's place is taken by `instead`.
fn without(gone: usize, instead: Option<usize>) -> impl Fn(usize) -> Option<usize> + Copy {
    let shift = move |at: usize| if at > gone { at - 1 } else { at };
    move |at| if at == gone { instead.map(shift) } else { Some(shift(at)) }
}

fn resign(analysis: &mut Analysis, moved: impl Fn(Item) -> Option<Item>) {
    let by = std::mem::take(&mut analysis.provenance.by);
    analysis.provenance.by = by.into_iter().filter_map(|(item, annotator)| Some((moved(item)?, annotator))).collect();
}

fn remove_entity(analysis: &mut Analysis, gone: usize, instead: Option<usize>) {
    let place = without(gone, instead);
    let mut kept = Vec::with_capacity(analysis.mentions.len());
    let mentions = std::mem::take(&mut analysis.mentions);
    let moved: Vec<Option<usize>> = mentions
        .into_iter()
        .map(|mention| {
            let entity = EntityId(place(mention.entity.0)?);
            kept.push(super::Mention { entity, ..mention });
            Some(kept.len() - 1)
        })
        .collect();
    analysis.mentions = kept;
    analysis.entities.remove(gone);
    for source in &mut analysis.sources {
        source.entity = source.entity.and_then(|entity| place(entity.0)).map(EntityId);
    }
    for event in &mut analysis.events {
        event.participants = event.participants.iter().filter_map(|entity| place(entity.0)).map(EntityId).collect();
        event.participants.dedup();
    }
    resign(analysis, |item| match item {
        Item::Entity(at) => (at != gone).then(|| place(at)).flatten().map(Item::Entity),
        Item::Mention(at) => moved.get(at).copied().flatten().map(Item::Mention),
        other => Some(other),
    });
}

fn remove_source(analysis: &mut Analysis, gone: usize, instead: usize) {
    let place = without(gone, Some(instead));
    analysis.sources.remove(gone);
    for claim in &mut analysis.claims {
        claim.source = claim.source.and_then(|source| place(source.0)).map(SourceId);
        claim.via = claim.via.iter().filter_map(|source| place(source.0)).map(SourceId).collect();
    }
    reconcile(analysis);
    resign(analysis, |item| match item {
        Item::Source(at) => (at != gone).then(|| place(at)).flatten().map(Item::Source),
        other => Some(other),
    });
}

/// Takes back that claims contradict each other where one source makes both.
fn reconcile(analysis: &mut Analysis) {
    let sources: Vec<Option<SourceId>> = analysis.claims.iter().map(|claim| claim.source).collect();
    for claim in &mut analysis.claims {
        let own = claim.source;
        claim.contradicts.retain(|other| sources.get(other.0).is_some_and(|source| *source != own));
    }
}

fn remove_claim(analysis: &mut Analysis, gone: usize) {
    let place = without(gone, None);
    let claim = analysis.claims.remove(gone);
    // What was claimed within it is now said where it was said.
    for inner in &mut analysis.claims {
        let parent = if inner.parent.is_some_and(|parent| parent.0 == gone) { claim.parent } else { inner.parent };
        if inner.parent.is_some_and(|parent| parent.0 == gone) {
            inner.via.clone_from(&claim.via);
        }
        inner.parent = parent.and_then(|parent| place(parent.0)).map(super::ClaimId);
        inner.contradicts = inner.contradicts.iter().filter_map(|other| place(other.0)).map(super::ClaimId).collect();
    }
    for event in &mut analysis.events {
        event.claim = event.claim.and_then(|claim| place(claim.0)).map(super::ClaimId);
    }
    resign(analysis, |item| match item {
        Item::Claim(at) => place(at).map(Item::Claim),
        other => Some(other),
    });
}

fn remove_event(analysis: &mut Analysis, gone: usize) {
    let place = without(gone, None);
    analysis.events.remove(gone);
    for event in &mut analysis.events {
        for list in [&mut event.before, &mut event.after] {
            *list = list.iter().filter_map(|&at| place(at)).collect();
        }
    }
    resign(analysis, |item| match item {
        Item::Event(at) => place(at).map(Item::Event),
        other => Some(other),
    });
}

/// Puts the events in another order: the indexes of the old one.
fn reorder_events(analysis: &mut Analysis, order: &[usize]) {
    let mut places = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        if let Some(place) = places.get_mut(old) {
            *place = new;
        }
    }
    let place = |at: usize| places.get(at).copied();
    let moved = |list: &[usize]| list.iter().filter_map(|&at| place(at)).collect();
    let events = std::mem::take(&mut analysis.events);
    analysis.events = order.iter().filter_map(|&at| events.get(at).cloned()).collect();
    for event in &mut analysis.events {
        (event.before, event.after) = (moved(&event.before), moved(&event.after));
    }
    resign(analysis, |item| match item {
        Item::Event(at) => place(at).map(Item::Event),
        other => Some(other),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::claims::Claim;
    use crate::analysis::entities::Mention;
    use crate::analysis::timeline::EventStatus;
    use crate::analysis::{Analysis, ClaimId};

    const TEXT: &str = "Ada Moreau said the quay is shut. Moreau left. Lund said Moreau had left in June. Lund fell.";

    fn span(words: &str, nth: usize) -> Span {
        let (start, _) = TEXT.match_indices(words).nth(nth).unwrap();
        Span::new(start, start + words.len())
    }

    fn article() -> Article {
        Article { text: TEXT.into(), ..Article::default() }
    }

    fn claim(source: usize, content: Span, parent: Option<usize>) -> Claim {
        Claim { source: Some(SourceId(source)), parent: parent.map(ClaimId), confidence: Some(0.9), ..Claim::new(vec![content]) }
    }

    fn analysis() -> Analysis {
        let mut found = Analysis::default();
        for (name, kind) in [("Ada Moreau", EntityType::Person), ("Lund", EntityType::Place), ("June", EntityType::Other)] {
            found.entities.push(Entity { kind, name: name.into(), aliases: Vec::new(), job_title: None, confidence: Some(0.5) });
        }
        for (entity, words, nth) in
            [(0, "Ada Moreau", 0), (0, "Moreau", 1), (1, "Lund", 0), (0, "Moreau", 2), (2, "June", 0), (1, "Lund", 1)]
        {
            found.mentions.push(Mention { entity: EntityId(entity), span: span(words, nth), form: MentionForm::Name });
        }
        for (entity, name) in [(0, "Ada Moreau"), (1, "Lund")] {
            let kind = SourceKind::Person;
            found.sources.push(Source { entity: Some(EntityId(entity)), name: name.into(), kind, why_unnamed: None });
        }
        found.claims = vec![claim(0, span("the quay is shut", 0), None), claim(1, span("Moreau had left in June", 0), Some(0))];
        for (words, start) in [("fell", None), ("left", Some("2031-06-01"))] {
            let start = start.and_then(|date| date.parse::<Date>().ok()).map(|date| date.to_datetime(Time::midnight()));
            found.events.push(Event {
                span: span(words, 0),
                trigger: span(words, 0),
                time: None,
                interval: Interval { start, end: None },
                granularity: None,
                approximate: false,
                status: EventStatus::Happened,
                before: Vec::new(),
                after: vec![0],
                participants: vec![EntityId(1), EntityId(2)],
                claim: Some(ClaimId(1)),
            });
        }
        found
    }

    fn after(correction: &Correction) -> Analysis {
        let mut found = analysis();
        assert!(apply(&article(), &mut found, correction), "{correction:?}");
        found
    }

    fn is_users(found: &Analysis, item: Item) -> bool {
        found.provenance.of(item).is_some_and(|by| by.kind == AnnotatorKind::User)
    }

    fn names(found: &Analysis) -> Vec<(&str, usize)> {
        let count = |at| found.mentions.iter().filter(|mention| mention.entity == EntityId(at)).count();
        found.entities.iter().enumerate().map(|(at, entity)| (entity.name.as_str(), count(at))).collect()
    }

    #[test]
    fn names_are_retyped_merged_split_and_dropped() {
        let found = after(&Correction::Retype { at: span("Lund", 1), kind: EntityType::Person });
        assert_eq!((found.entities[1].kind, found.entities[1].confidence), (EntityType::Person, None));
        assert!(is_users(&found, Item::Entity(1)));

        let found = after(&Correction::Merge { at: span("Ada Moreau", 0), into: span("Lund", 0) });
        assert_eq!(names(&found), [("Lund", 5), ("June", 1)]);
        assert_eq!(found.entities[0].aliases, ["Ada Moreau"]);
        assert_eq!(found.sources.len(), 1, "their sources are one");
        assert!(found.claims.iter().all(|claim| claim.source == Some(SourceId(0))));
        assert!(is_users(&found, Item::Entity(0)));

        let found = after(&Correction::Split { at: span("Moreau", 2) });
        assert_eq!(names(&found), [("Ada Moreau", 1), ("Lund", 2), ("June", 1), ("Moreau", 2)]);

        let found = after(&Correction::DropEntity { at: span("Lund", 0) });
        assert_eq!(names(&found), [("Ada Moreau", 3), ("June", 1)]);
        assert_eq!(found.sources[1].entity, None, "the source keeps its name");
        assert_eq!(found.events[0].participants, [EntityId(1)]);
    }

    #[test]
    fn claims_are_dropped_and_attributed() {
        let found = after(&Correction::DropClaim { content: span("the quay is shut", 0) });
        assert_eq!((found.claims.len(), found.claims[0].parent, found.events[0].claim), (1, None, Some(ClaimId(0))));
        let found = after(&Correction::Attribute { content: span("the quay", 0), source: "June".into() });
        assert_eq!((found.claims[0].source, found.sources[2].entity), (Some(SourceId(2)), Some(EntityId(2))));
        assert!(is_users(&found, Item::Claim(0)));
    }

    #[test]
    fn sources_are_merged_and_events_dropped() {
        let (one, other) = (analysis().sources[0].name.clone(), analysis().sources[1].name.clone());
        let found = after(&Correction::MergeSources { source: one, into: other.clone() });
        assert_eq!(found.sources.iter().map(|source| &source.name).collect::<Vec<_>>(), [&other]);
        assert!(found.claims.iter().all(|claim| claim.source == Some(SourceId(0))));
        assert!(is_users(&found, Item::Source(0)));
        let found = after(&Correction::MergeSources { source: other, into: "June".into() });
        assert_eq!(
            (found.sources[1].name.as_str(), found.sources[1].entity),
            ("June", Some(EntityId(2))),
            "a name becomes a source"
        );

        let all = analysis().events.len();
        let found = after(&Correction::DropEvent { trigger: span("fell", 0) });
        assert_eq!((found.events.len(), found.events[0].trigger), (all - 1, span("left", 0)));
        assert!(found.events[0].before.is_empty() && found.events[0].after.is_empty(), "nothing is before or after what is gone");
    }

    #[test]
    fn a_dated_event_stands_where_its_date_does() {
        let found = after(&Correction::Date { trigger: span("fell", 0), date: "2031-05".into() });
        assert_eq!((found.events[0].trigger, found.events[0].granularity), (span("fell", 0), Some(Granularity::Month)));
        let found = after(&Correction::Date { trigger: span("fell", 0), date: "2031-07-02".into() });
        assert_eq!(found.events[1].trigger, span("fell", 0));
        assert_eq!(found.events[0].after, [1], "orders follow");
        assert!(is_users(&found, Item::Event(1)));
    }

    #[test]
    fn what_is_not_there_changes_nothing() {
        for correction in [
            Correction::Retype { at: span("quay", 0), kind: EntityType::Place },
            Correction::Retype { at: span("Lund", 0), kind: EntityType::Place },
            Correction::Merge { at: span("Lund", 0), into: span("Lund", 1) },
            Correction::Split { at: span("Lund", 0) },
            Correction::DropClaim { content: span("fell", 0) },
            Correction::MergeSources { source: "nobody".into(), into: "Lund".into() },
            Correction::DropEvent { trigger: span("quay", 0) },
            Correction::Date { trigger: span("left", 0), date: "2031-13".into() },
        ] {
            let mut found = analysis();
            assert!(!apply(&article(), &mut found, &correction), "{correction:?}");
            assert_eq!(found, analysis());
        }
    }
}
