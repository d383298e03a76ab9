//! byline's own analysis fills in what an import leaves open; where both annotate the same words, the import is kept.

use crate::analysis::claims::Claim;
use crate::analysis::entities::Entity;
use crate::analysis::provenance::Item;
use crate::analysis::timeline::Event;
use crate::analysis::{Analysis, ClaimId, EntityId, SourceId, TimexId};
use crate::article::Article;
use crate::text::Span;
use std::collections::HashMap;

/// The stretches of the text that are taken, to ask whether a span overlaps one.
struct Taken(Vec<Span>);

impl Taken {
    fn new(spans: impl Iterator<Item = Span>) -> Self {
        Self(Span::union(spans))
    }

    fn touches(&self, span: Span) -> bool {
        let at = self.0.partition_point(|taken| taken.end <= span.start);
        self.0.get(at).is_some_and(|taken| taken.start < span.end)
    }
}

/// `theirs`, and of `ours` what does not touch it: mentions, claims, time expressions and events. Our entities join theirs by a shared
/// mention, or by name and type.
pub fn fill(article: &Article, theirs: Analysis, ours: Analysis) -> Analysis {
    let mut all = theirs;
    let entities = entities(&mut all, &ours);
    let sources = sources(&mut all, &ours, &entities);
    let timexes = timexes(&mut all, &ours);
    let claims = claims(&mut all, &ours, &sources, &timexes);
    events(&mut all, &ours, [&entities, &timexes, &claims]);
    let known = |note: &String| article.notes.contains(note);
    let notes: Vec<String> = ours.notes.into_iter().filter(|note| !known(note) && !all.notes.contains(note)).collect();
    all.notes.extend(notes);
    sort_mentions(&mut all);
    all
}

/// Where each of our entities (sources, ...) now stands; `None` for one that was left out.
type Places = Vec<Option<usize>>;

fn place(places: &Places, at: usize) -> Option<usize> {
    places.get(at).copied().flatten()
}

fn entities(all: &mut Analysis, ours: &Analysis) -> Places {
    let taken = Taken::new(all.mentions.iter().map(|mention| mention.span));
    let by_span: HashMap<Span, usize> = all.mentions.iter().map(|mention| (mention.span, mention.entity.0)).collect();
    let key = |entity: &Entity, name: &str| format!("{:?} {}", entity.kind, name.to_lowercase());
    let names = |entity: &Entity| -> Vec<String> {
        std::iter::once(&entity.name).chain(&entity.aliases).map(|n| key(entity, n)).collect()
    };
    let by_name: HashMap<String, usize> =
        all.entities.iter().enumerate().flat_map(|(i, e)| names(e).into_iter().map(move |n| (n, i))).collect();
    let mut places: Places =
        ours.entities.iter().map(|entity| names(entity).iter().find_map(|name| by_name.get(name)).copied()).collect();
    for mention in &ours.mentions {
        if let (Some(place), Some(same)) = (places.get_mut(mention.entity.0), by_span.get(&mention.span)) {
            *place = place.or(Some(*same));
        }
    }
    for mention in ours.mentions.iter().filter(|mention| !taken.touches(mention.span)) {
        let (Some(place), Some(entity)) = (places.get_mut(mention.entity.0), ours.entities.get(mention.entity.0)) else {
            continue;
        };
        let at = *place.get_or_insert_with(|| {
            all.entities.push(entity.clone());
            all.entities.len() - 1
        });
        let mut mention = mention.clone();
        mention.entity = EntityId(at);
        all.mentions.push(mention);
    }
    for (entity, place) in ours.entities.iter().zip(&places) {
        if let Some(theirs) = place.and_then(|at| all.entities.get_mut(at)) {
            theirs.job_title = theirs.job_title.take().or_else(|| entity.job_title.clone());
        }
    }
    places
}

fn sources(all: &mut Analysis, ours: &Analysis, entities: &Places) -> Places {
    let mut places = Vec::new();
    for source in &ours.sources {
        let entity = source.entity.and_then(|id| place(entities, id.0)).map(EntityId);
        let same =
            all.sources.iter().position(|theirs| theirs.name == source.name || (entity.is_some() && theirs.entity == entity));
        places.push(Some(same.unwrap_or_else(|| {
            all.sources.push(crate::analysis::claims::Source { entity, ..source.clone() });
            all.sources.len() - 1
        })));
    }
    places
}

fn timexes(all: &mut Analysis, ours: &Analysis) -> Places {
    let taken = Taken::new(all.timexes.iter().map(|timex| timex.span));
    let by_span: HashMap<Span, usize> = all.timexes.iter().enumerate().map(|(i, timex)| (timex.span, i)).collect();
    let mut places = Vec::new();
    for timex in &ours.timexes {
        let at = match by_span.get(&timex.span) {
            Some(same) => {
                // What the import marks without resolving it is resolved by us.
                if let Some(theirs) = all.timexes.get_mut(*same).filter(|t| t.value.is_empty() && t.kind == timex.kind) {
                    (theirs.value, theirs.interval, theirs.granularity) =
                        (timex.value.clone(), timex.interval, timex.granularity);
                    theirs.why.clone_from(&timex.why);
                }
                Some(*same)
            }
            None if taken.touches(timex.span) => None,
            None => {
                all.timexes.push(timex.clone());
                Some(all.timexes.len() - 1)
            }
        };
        places.push(at);
    }
    for (timex, at) in ours.timexes.iter().zip(&places).filter_map(|(timex, at)| Some((timex, (*at)?))) {
        let anchor = timex.anchor.and_then(|id| place(&places, id.0)).map(TimexId);
        if let Some(timex) = all.timexes.get_mut(at).filter(|_| !all.provenance.by.contains_key(&Item::Timex(at))) {
            timex.anchor = anchor;
        }
    }
    places
}

fn claims(all: &mut Analysis, ours: &Analysis, sources: &Places, timexes: &Places) -> Places {
    let taken = Taken::new(all.claims.iter().flat_map(|claim| claim.content.iter().copied()));
    let mut places = Vec::new();
    for claim in &ours.claims {
        if claim.content.iter().any(|span| taken.touches(*span)) {
            places.push(None);
            continue;
        }
        places.push(Some(all.claims.len()));
        all.claims.push(Claim {
            source: claim.source.and_then(|id| place(sources, id.0)).map(SourceId),
            via: claim.via.iter().filter_map(|id| place(sources, id.0)).map(SourceId).collect(),
            time: claim.time.and_then(|id| place(timexes, id.0)).map(TimexId),
            ..claim.clone()
        });
    }
    for (claim, at) in ours.claims.iter().zip(&places).filter_map(|(claim, at)| Some((claim, (*at)?))) {
        if let Some(added) = all.claims.get_mut(at) {
            added.parent = claim.parent.and_then(|id| place(&places, id.0)).map(ClaimId);
            added.contradicts = claim.contradicts.iter().filter_map(|id| place(&places, id.0)).map(ClaimId).collect();
            if added.parent.is_none() {
                added.via.clear();
            }
        }
    }
    places
}

/// `known` are the places of entities, time expressions and claims.
fn events(all: &mut Analysis, ours: &Analysis, known: [&Places; 3]) {
    let [entities, timexes, claims] = known;
    let taken = Taken::new(all.events.iter().map(|event| event.trigger));
    let mut next = all.events.len();
    let places: Places = ours
        .events
        .iter()
        .map(|event| {
            (!taken.touches(event.trigger)).then(|| {
                next += 1;
                next - 1
            })
        })
        .collect();
    let moved = |list: &[usize]| list.iter().filter_map(|at| place(&places, *at)).collect();
    for event in ours.events.iter().zip(&places).filter_map(|(event, at)| at.map(|_| event)) {
        all.events.push(Event {
            time: event.time.and_then(|id| place(timexes, id.0)).map(TimexId),
            before: moved(&event.before),
            after: moved(&event.after),
            participants: event.participants.iter().filter_map(|id| place(entities, id.0)).map(EntityId).collect(),
            claim: event.claim.and_then(|id| place(claims, id.0)).map(ClaimId),
            ..event.clone()
        });
    }
}

/// Mentions in the order of the text, as every reader of an analysis may rely on.
fn sort_mentions(all: &mut Analysis) {
    let theirs = |at: usize| all.provenance.by.get(&Item::Mention(at)).copied();
    let mut mentions: Vec<_> = all.mentions.drain(..).enumerate().map(|(at, mention)| (mention, theirs(at))).collect();
    mentions.sort_by_key(|(mention, _)| mention.span);
    all.provenance.by.retain(|item, _| !matches!(item, Item::Mention(_)));
    for (at, (mention, by)) in mentions.into_iter().enumerate() {
        all.mentions.push(mention);
        if let Some(by) = by {
            all.provenance.by.insert(Item::Mention(at), by);
        }
    }
}
