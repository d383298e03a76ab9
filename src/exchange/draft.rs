//! An analysis that comes in from another format, item by item: every place is checked, every item keeps who made it.

use super::anchor::{Anchor, Told};
use super::units::OffsetUnit;
use crate::analysis::claims::{Claim, ClaimForm, Source, SourceKind};
use crate::analysis::corrections::calendar;
use crate::analysis::entities::{Entity, EntityType, Mention, MentionForm};
use crate::analysis::provenance::{Annotator, AnnotatorKind, Item};
use crate::analysis::timeline::{Event, Granularity, Interval, Timex, TimexType};
use crate::analysis::{Analysis, ClaimId, EntityId, SourceId, TimexId};
use crate::text::Span;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

/// How many refused places get a note of their own; the rest are only counted.
const TOLD: usize = 5;

/// An analysis under way.
pub struct Draft<'a> {
    /// Finds the places of the text.
    pub anchor: Anchor<'a>,
    /// What is there so far.
    pub analysis: Analysis,
    format: &'static str,
    keys: HashMap<String, EntityId>,
    sources: HashMap<String, SourceId>,
    claims: HashMap<String, usize>,
    refused: Vec<String>,
    /// Labels that byline has no type for.
    others: BTreeMap<String, usize>,
}

impl<'a> Draft<'a> {
    /// A draft over `text`, whose annotator came in `format` and counts in `unit`.
    pub fn new(text: &'a str, format: &'static str, kind: AnnotatorKind, unit: OffsetUnit) -> Self {
        let mut analysis = Analysis::default();
        let annotator = Annotator { id: format.into(), kind, software: None, via: Some(format.into()) };
        analysis.provenance.annotators.push(annotator);
        Self {
            anchor: Anchor::new(text, unit),
            analysis,
            format,
            keys: HashMap::new(),
            sources: HashMap::new(),
            claims: HashMap::new(),
            refused: Vec::new(),
            others: BTreeMap::new(),
        }
    }

    /// The span of `what`; `None`, with a note, if it is not in the text.
    pub fn place(&mut self, what: &str, told: Told<'_>) -> Option<Span> {
        self.anchor.place(told).map_err(|why| self.refused.push(format!("{what} at {why}"))).ok()
    }

    /// The span of `what` where the format marks the words themselves; `None`, with a note, if it marks none.
    pub fn marked(&mut self, what: &str, span: Span) -> Option<Span> {
        if span.is_empty() {
            self.refuse(format!("{what} covers no words"));
            return None;
        }
        self.anchor.counts.kept += 1;
        Some(span)
    }

    /// Notes that an item could not be taken, and why.
    pub fn refuse(&mut self, what: String) {
        self.anchor.counts.refused += 1;
        self.refused.push(what);
    }

    /// The entity known by `key`, made when it is new.
    pub fn entity(&mut self, key: &str, kind: EntityType, name: &str) -> EntityId {
        if let Some(id) = self.keys.get(key) {
            return *id;
        }
        let id = EntityId(self.analysis.entities.len());
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        self.analysis.entities.push(Entity { kind, name, aliases: Vec::new(), job_title: None, confidence: None });
        self.by(Item::Entity(id.0));
        self.keys.insert(key.to_owned(), id);
        id
    }

    /// A mention of `entity`; other names than its own become aliases.
    pub fn mention(&mut self, entity: EntityId, span: Span, form: MentionForm) {
        let words = span.of(self.anchor.text());
        if let Some(of) = self.analysis.entities.get_mut(entity.0)
            && form == MentionForm::Name
            && of.name != words
            && !of.aliases.iter().any(|alias| alias == words)
            && of.aliases.len() < 32
        {
            of.aliases.push(words.to_owned());
        }
        self.by(Item::Mention(self.analysis.mentions.len()));
        self.analysis.mentions.push(Mention { entity, span, form });
    }

    /// A name with a label of a common tag set. Names with the same words and type are one entity; with a label of time, the name is a time
    /// expression.
    pub fn labelled(&mut self, span: Span, label: &str) {
        if let Some(kind) = timex_type(label) {
            self.timex(span, kind, "");
            return;
        }
        let kind = entity_type(label).unwrap_or_else(|| {
            *self.others.entry(label.to_owned()).or_default() += 1;
            EntityType::Other
        });
        let name = span.of(self.anchor.text());
        let entity = self.entity(&format!("{kind:?} {name}"), kind, name);
        self.mention(entity, span, MentionForm::Name);
    }

    /// A time expression with its TIMEX3 value, resolved where the value says a date.
    pub fn timex(&mut self, span: Span, kind: TimexType, value: &str) -> TimexId {
        let id = TimexId(self.analysis.timexes.len());
        let (interval, granularity) = stretch(value);
        self.by(Item::Timex(id.0));
        self.analysis.timexes.push(Timex {
            span,
            kind,
            value: value.to_owned(),
            modifier: None,
            anchor: None,
            function: None,
            interval,
            granularity,
            why: format!("as {} gives it", self.format),
        });
        id
    }

    /// The source called `name`.
    pub fn source(&mut self, name: &str, entity: Option<EntityId>) -> SourceId {
        if let Some(id) = self.sources.get(name) {
            return *id;
        }
        let kind = match entity.and_then(|id| self.analysis.entities.get(id.0)).map(|of| of.kind) {
            Some(EntityType::Organization) => SourceKind::Organization,
            _ => SourceKind::Person,
        };
        let id = SourceId(self.analysis.sources.len());
        self.by(Item::Source(id.0));
        self.analysis.sources.push(Source { entity, name: name.to_owned(), kind, why_unnamed: None });
        self.sources.insert(name.to_owned(), id);
        id
    }

    /// A claim; how it is told follows from its quotation marks.
    pub fn claim(&mut self, source: Option<SourceId>, source_spans: Vec<Span>, cue: Vec<Span>, content: Vec<Span>) {
        let form = form(self.anchor.text(), &content);
        self.by(Item::Claim(self.analysis.claims.len()));
        self.analysis.claims.push(Claim { source, source_spans, cue, form, ..Claim::new(content) });
    }

    /// The index of the claim known by `key`; with content it is made, or its content grows.
    pub fn open_claim(&mut self, key: &str, content: Option<Span>) -> Option<usize> {
        let known = self.claims.get(key).copied();
        match (known, content) {
            (Some(index), Some(span)) => {
                if let Some(claim) = self.analysis.claims.get_mut(index) {
                    claim.content.push(span);
                }
            }
            (None, Some(span)) => {
                self.claims.insert(key.to_owned(), self.analysis.claims.len());
                self.claim(None, Vec::new(), Vec::new(), vec![span]);
            }
            _ => {}
        }
        self.claims.get(key).copied()
    }

    /// Puts a claim within another, unless that would form a circle, and notes the sources on the way there.
    pub fn nest(&mut self, index: usize, parent: usize) {
        let claims = &self.analysis.claims;
        let mut via: Vec<SourceId> = Vec::new();
        let mut up = Some(parent);
        while let Some(at) = up {
            if at == index || via.len() > 32 {
                return;
            }
            via.extend(claims.get(at).and_then(|claim| claim.source));
            up = claims.get(at).and_then(|claim| claim.parent).map(|id| id.0);
        }
        via.reverse();
        if let Some(claim) = self.analysis.claims.get_mut(index) {
            claim.parent = Some(ClaimId(parent));
            claim.via = via;
        }
    }

    /// An event named by the words at `trigger`; the format does not tell its clause, so its span is these words.
    pub fn event(&mut self, trigger: Span) {
        self.by(Item::Event(self.analysis.events.len()));
        self.analysis.events.push(Event::named(trigger));
    }

    /// Puts an event before another.
    pub fn order(&mut self, earlier: usize, later: usize) {
        if let Some(event) = self.analysis.events.get_mut(earlier).filter(|e| !e.before.contains(&later)) {
            event.before.push(later);
        }
        if let Some(event) = self.analysis.events.get_mut(later).filter(|e| !e.after.contains(&earlier)) {
            event.after.push(earlier);
        }
    }

    /// Dates an event.
    pub fn date(&mut self, event: usize, time: TimexId) {
        let timex = self.analysis.timexes.get(time.0).map(|timex| (timex.interval, timex.granularity));
        if let (Some(event), Some((interval, granularity))) = (self.analysis.events.get_mut(event), timex) {
            (event.time, event.interval, event.granularity) = (Some(time), interval, granularity);
        }
    }

    /// Notes that `item` is the import's.
    pub fn by(&mut self, item: Item) {
        self.analysis.provenance.by.insert(item, 0);
    }

    /// The analysis, with notes of what came in and what did not.
    pub fn finish(mut self) -> Analysis {
        let counts = self.anchor.counts;
        let all = counts.kept + counts.moved + counts.refused;
        if all > 0 {
            let mut note = format!("{}: {all} annotations, {} shown", self.format, counts.kept + counts.moved);
            if counts.moved > 0 {
                let _ = write!(note, ", {} of them found by their words", counts.moved);
            }
            if counts.refused > 0 {
                let _ = write!(note, ", {} refused", counts.refused);
            }
            self.analysis.notes.push(note);
        }
        self.analysis.notes.extend(self.refused.iter().take(TOLD).cloned());
        if !self.others.is_empty() {
            let labels: Vec<String> = self.others.iter().take(12).map(|(label, n)| format!("{label} ({n})")).collect();
            self.analysis.notes.push(format!("Labels that byline has no type for, shown as Other: {}", labels.join(", ")));
        }
        self.analysis
    }
}

/// How the content is told, by the share of its words within quotation marks.
fn form(text: &str, content: &[Span]) -> ClaimForm {
    let (mut all, mut quoted) = (0_usize, 0_usize);
    for span in content {
        // A mark just outside the span counts: formats differ in whether it belongs to the content.
        let before = text.get(..span.start).and_then(|t| t.chars().next_back());
        let mut inside = before.is_some_and(|c| matches!(c, '“' | '"' | '«'));
        for c in span.of(text).chars() {
            match c {
                '“' | '«' => inside = true,
                '”' | '»' => inside = false,
                '"' => inside = !inside,
                c if c.is_alphanumeric() => {
                    all += 1;
                    quoted += usize::from(inside);
                }
                _ => {}
            }
        }
    }
    match (quoted * 10, all) {
        (quoted, all) if quoted >= all * 9 => ClaimForm::Direct,
        (quoted, all) if quoted < all => ClaimForm::Indirect,
        _ => ClaimForm::Mixed,
    }
}

/// byline's type for a label of the usual tag sets (`CoNLL`, OntoNotes, ACE, CoreNLP, schema.org); `None` for one it has no type for.
pub fn entity_type(label: &str) -> Option<EntityType> {
    let row = include_str!("../../assets/labels.txt").lines().filter_map(|line| line.split_once('\t'));
    let found = row.filter(|(name, _)| name.eq_ignore_ascii_case(label)).map(|(_, kind)| kind).next()?;
    Some(match found {
        "Person" => EntityType::Person,
        "Organization" => EntityType::Organization,
        "Place" => EntityType::Place,
        _ => EntityType::Other,
    })
}

/// The TIMEX3 type that a label names.
pub fn timex_type(label: &str) -> Option<TimexType> {
    Some(match label.to_ascii_uppercase().as_str() {
        "DATE" => TimexType::Date,
        "TIME" => TimexType::Time,
        "DURATION" => TimexType::Duration,
        "SET" => TimexType::Set,
        _ => return None,
    })
}

/// The stretch of the calendar that a plain TIMEX3 date names: `2017`, `2017-10`, `2017-10-26`, with or without a time of day.
fn stretch(value: &str) -> (Interval, Option<Granularity>) {
    let day = value.split('T').next().unwrap_or_default();
    calendar(day).map_or_else(Default::default, |(interval, granularity)| (interval, Some(granularity)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_dates_have_their_place_on_the_calendar() {
        let check = |value: &str, bounds: &str| {
            let (interval, _) = stretch(value);
            let show = |t: Option<jiff::civil::DateTime>| t.map(|t| t.date().to_string()).unwrap_or_default();
            assert_eq!(format!("{} {}", show(interval.start), show(interval.end)), bounds, "{value}");
        };
        check("2016", "2016-01-01 2017-01-01");
        check("2016-12", "2016-12-01 2017-01-01");
        check("2017-10-26T10:46", "2017-10-26 2017-10-27");
        check("2017-13-45", " ");
        check("P3D", " ");
        check("XXXX-10-05", " ");
    }

    #[test]
    fn the_form_follows_the_quotation_marks() {
        let check = |text: &str, words: &str, expected| {
            let start = text.find(words).unwrap();
            assert_eq!(form(text, &[Span::new(start, start + words.len())]), expected, "{words}");
        };
        check("“It is done,” she said.", "It is done", ClaimForm::Direct);
        check("“It is done,” she said.", "“It is done,”", ClaimForm::Direct);
        check("She said it was done.", "it was done", ClaimForm::Indirect);
        check("She said it was \"quite done\".", "it was \"quite done\"", ClaimForm::Mixed);
    }
}
