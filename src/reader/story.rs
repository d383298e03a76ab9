//! One article on the reader's desk: its words, its analysis once that is there, and the indexes the screens ask.

use crate::analysis::claims::Claim;
use crate::analysis::corrections::{self, Correction};
use crate::analysis::timeline::{self, Axis, Event, Row};
use crate::analysis::{Analysis, ClaimId, EntityId, SourceId};
use crate::article::Article;
use crate::exchange::audit::{self, Voices};
use crate::text::Span;
use std::sync::Arc;

/// Spans in order of their start, each with an index into some list; answers which of them touch a stretch of text.
#[derive(Debug, Clone, Default)]
pub struct SpanIndex {
    spans: Vec<(Span, usize)>,
    /// The furthest end among the spans so far.
    reach: Vec<usize>,
}

impl SpanIndex {
    /// Sorts the spans; empty ones are left out.
    pub fn new(spans: impl IntoIterator<Item = (Span, usize)>) -> Self {
        let mut spans: Vec<_> = spans.into_iter().filter(|(span, _)| !span.is_empty()).collect();
        spans.sort_by_key(|&(span, index)| (span.start, std::cmp::Reverse(span.end), index));
        let mut furthest = 0;
        let reach = spans
            .iter()
            .map(|(span, _)| {
                furthest = furthest.max(span.end);
                furthest
            })
            .collect();
        Self { spans, reach }
    }

    /// All spans, by start.
    pub fn all(&self) -> &[(Span, usize)] {
        &self.spans
    }

    /// The spans that share a byte with `within`, by start.
    pub fn touching(&self, within: Span) -> impl Iterator<Item = (Span, usize)> {
        let from = self.reach.partition_point(|&end| end <= within.start);
        let to = self.spans.partition_point(|(span, _)| span.start < within.end);
        let touched = self.spans.get(from..to.max(from)).unwrap_or_default();
        touched.iter().copied().filter(move |(span, _)| span.overlaps(within))
    }
}

/// How far the work on a story has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// The worker has not read it yet, or only its beginning.
    Unread,
    /// It can be read; the analysis is under way.
    Analysing,
    /// All is there.
    Done,
    /// It could not be read: why, in one sentence.
    Failed(String),
}

/// One article with what is known about it.
#[derive(Debug, Clone)]
pub struct Story {
    /// Name for titles and lists.
    pub name: String,
    /// How far the work has come.
    pub progress: Progress,
    /// How far the analysis under way has come, in percent; a short article is analysed before this is told.
    pub percent: u8,
    /// The words; empty until read.
    pub article: Arc<Article>,
    /// What was found; empty until analysed.
    pub analysis: Analysis,
    /// Contents of the claims that are shown -> claims.
    pub contents: SpanIndex,
    /// Mentions -> mentions, by place.
    pub mentions: SpanIndex,
    /// Clauses of events -> the events that have a row on the timeline.
    pub events: SpanIndex,
    /// The rows of the timeline.
    pub timeline: Vec<Row>,
    /// Where they lie in time.
    pub axis: Option<Axis>,
    /// How much of the text each voice says.
    pub voices: Voices,
    /// The claims that are shown, in the order of their first words.
    pub claim_order: Vec<usize>,
    /// Whether it was on screen, now or in an earlier run.
    pub opened: bool,
    /// What was found before any correction; `None` while there is none.
    found: Option<Box<Analysis>>,
    corrections: Vec<Correction>,
    undone: Vec<Correction>,
    /// Whether beliefs and unsure claims are shown too.
    shows_all: bool,
    /// The number of each claim in the order of those shown, counted from 1; 0 for the others.
    claim_numbers: Vec<usize>,
    entity_mentions: Vec<Vec<usize>>,
    source_claims: Vec<Vec<usize>>,
    /// The sources that have claims, none of which is shown.
    silent: Vec<bool>,
}

/// How many code points before its trigger the words of an event may begin.
const NEAR: usize = 36;
/// How many code points before the trigger are kept, at least, where they begin farther away.
const LEAD: usize = 14;
/// How many code points of their beginning are kept then, at most.
const HEAD: usize = 20;

impl Story {
    /// A story that has a name and no words yet.
    pub fn unread(name: String) -> Self {
        Self {
            name,
            progress: Progress::Unread,
            percent: 0,
            article: Arc::default(),
            analysis: Analysis::default(),
            contents: SpanIndex::default(),
            mentions: SpanIndex::default(),
            events: SpanIndex::default(),
            timeline: Vec::new(),
            axis: None,
            voices: Voices::default(),
            claim_order: Vec::new(),
            opened: false,
            found: None,
            corrections: Vec::new(),
            undone: Vec::new(),
            shows_all: false,
            claim_numbers: Vec::new(),
            entity_mentions: Vec::new(),
            source_claims: Vec::new(),
            silent: Vec::new(),
        }
    }

    /// A story that cannot be read, and why.
    pub fn failed(name: String, why: String) -> Self {
        Self { progress: Progress::Failed(why), ..Self::unread(name) }
    }

    /// A story whose analysis is to come.
    pub fn read(name: String, article: impl Into<Arc<Article>>) -> Self {
        Self { progress: Progress::Analysing, article: article.into(), ..Self::unread(name) }
    }

    /// A story of which only the beginning is read.
    pub fn glimpse(name: String, article: impl Into<Arc<Article>>) -> Self {
        Self { article: article.into(), ..Self::unread(name) }
    }

    /// Takes the analysis in. Ids that point nowhere and spans outside the text are harmless: they are never shown.
    pub fn set_analysis(&mut self, analysis: Analysis) {
        self.mentions = SpanIndex::new(analysis.mentions.iter().enumerate().map(|(at, mention)| (mention.span, at)));
        self.timeline = timeline::rows(&self.article.text, &analysis);
        self.axis = Axis::new(&self.timeline, &analysis);
        self.voices = audit::voices(&self.article, &analysis);
        let told = self.timeline.iter().flat_map(|row| std::iter::once(&row.event).chain(&row.retold).map(|at| (*at, row.event)));
        self.events = SpanIndex::new(told.filter_map(|(at, row)| Some((analysis.events.get(at)?.span, row))));
        self.entity_mentions = vec![Vec::new(); analysis.entities.len()];
        for &(_, mention) in self.mentions.all() {
            let entity = analysis.mentions.get(mention).and_then(|mention| self.entity_mentions.get_mut(mention.entity.0));
            if let Some(list) = entity {
                list.push(mention);
            }
        }
        self.analysis = analysis;
        self.index_claims();
        self.progress = Progress::Done;
    }

    /// Whether beliefs and unsure claims are shown too.
    pub fn shows_all(&self) -> bool {
        self.shows_all
    }

    /// Shows beliefs and unsure claims too, or only what is surely said.
    pub fn set_shows_all(&mut self, all: bool) {
        if all != self.shows_all {
            self.shows_all = all;
            self.index_claims();
        }
    }

    /// Lists the claims that are shown, by place and by source.
    fn index_claims(&mut self) {
        let claims = &self.analysis.claims;
        let shown = if self.shows_all { vec![true; claims.len()] } else { self.analysis.shown_claims() };
        let shown = || claims.iter().enumerate().zip(&shown).filter_map(|(claim, shown)| shown.then_some(claim));
        self.contents = SpanIndex::new(shown().flat_map(|(at, claim)| claim.content.iter().map(move |&span| (span, at))));
        let mut order: Vec<(usize, usize)> = shown().filter_map(|(at, claim)| Some((claim.content.first()?.start, at))).collect();
        order.sort_unstable();
        self.claim_order = order.into_iter().map(|(_, at)| at).collect();
        self.claim_numbers = vec![0; claims.len()];
        for (nth, &at) in self.claim_order.iter().enumerate() {
            if let Some(number) = self.claim_numbers.get_mut(at) {
                *number = nth + 1;
            }
        }
        self.source_claims = vec![Vec::new(); self.analysis.sources.len()];
        for &at in &self.claim_order {
            let source = claims.get(at).and_then(|claim| claim.source);
            if let Some(list) = source.and_then(|source| self.source_claims.get_mut(source.0)) {
                list.push(at);
            }
        }
        self.silent = vec![false; self.analysis.sources.len()];
        for source in claims.iter().filter_map(|claim| claim.source) {
            if let (Some(silent), Some(shown)) = (self.silent.get_mut(source.0), self.source_claims.get(source.0)) {
                *silent = shown.is_empty();
            }
        }
    }

    /// The corrections made, in their order.
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// Makes corrections that were kept; those that no longer fit stay in the list and change nothing.
    pub fn set_corrections(&mut self, made: Vec<Correction>) {
        if made.is_empty() {
            return;
        }
        self.corrections = made;
        self.correct_anew();
    }

    /// Makes a correction; `false` when it changes nothing.
    pub fn correct(&mut self, correction: Correction) -> bool {
        let mut analysis = self.analysis.clone();
        if !corrections::apply(&self.article, &mut analysis, &correction) {
            return false;
        }
        self.found.get_or_insert_with(|| Box::new(self.analysis.clone()));
        self.corrections.push(correction);
        self.undone.clear();
        self.set_analysis(analysis);
        true
    }

    /// Takes the last correction back, or makes the one again that was taken back last; `false` when there is none.
    pub fn undo(&mut self, back: bool) -> bool {
        let (from, to) = if back { (&mut self.corrections, &mut self.undone) } else { (&mut self.undone, &mut self.corrections) };
        let Some(correction) = from.pop() else { return false };
        to.push(correction);
        self.correct_anew();
        true
    }

    /// Makes all corrections on what was found.
    fn correct_anew(&mut self) {
        let found = self.found.get_or_insert_with(|| Box::new(self.analysis.clone()));
        let mut analysis = (**found).clone();
        for correction in &self.corrections {
            corrections::apply(&self.article, &mut analysis, correction);
        }
        self.set_analysis(analysis);
    }

    /// The mentions of an entity, in the order of the text.
    pub fn mentions_of(&self, entity: EntityId) -> &[usize] {
        self.entity_mentions.get(entity.0).map_or(&[], Vec::as_slice)
    }

    /// The claims of a source, in the order of the text.
    pub fn claims_of(&self, source: SourceId) -> &[usize] {
        self.source_claims.get(source.0).map_or(&[], Vec::as_slice)
    }

    /// The entity whose full name is one of these.
    pub fn entity_named(&self, names: &[String]) -> Option<EntityId> {
        self.analysis.entities.iter().position(|entity| names.contains(&entity.name)).map(EntityId)
    }

    /// The span of a mention.
    pub fn mention_span(&self, mention: usize) -> Span {
        self.analysis.mentions.get(mention).map_or(Span::default(), |mention| mention.span)
    }

    /// Whether a claim is shown: see [`Story::set_shows_all`].
    pub fn shows(&self, claim: usize) -> bool {
        self.claim_number(claim) > 0
    }

    /// Whether a source has claims, none of which is shown.
    pub fn is_silent(&self, source: SourceId) -> bool {
        self.silent.get(source.0).copied().unwrap_or(false)
    }

    /// The number of a claim among those shown, in the order of the text, counted from 1; 0 for the others and for one without words.
    pub fn claim_number(&self, claim: usize) -> usize {
        self.claim_numbers.get(claim).copied().unwrap_or(0)
    }

    /// A claim by its id.
    pub fn claim(&self, claim: ClaimId) -> Option<&Claim> {
        self.analysis.claims.get(claim.0)
    }

    /// Name of a source; `None` where the article does not tell.
    pub fn source_name(&self, source: Option<SourceId>) -> Option<&str> {
        source.and_then(|source| self.analysis.sources.get(source.0)).map(|source| source.name.as_str())
    }

    /// The article's link, if it is one that a browser opens.
    pub fn link(&self) -> Option<&str> {
        self.article.document.url.as_deref().filter(|url| {
            let known = url.starts_with("https://") || url.starts_with("http://");
            known && url.bytes().all(|byte| byte.is_ascii_graphic()) && url.len() < 2000
        })
    }

    /// The headline, else the name.
    pub fn title(&self) -> &str {
        self.article.document.headline.as_deref().unwrap_or(&self.name)
    }

    /// The words of an event for a row below its date: its clause without a date that opens it; where the trigger stands far in, the
    /// clause's first words and what stands around the trigger. A pronoun that opens them is named.
    pub fn event_words(&self, event: &Event) -> String {
        let start = self.behind_opening_date(event);
        let words = self.shortened(event, Span::new(start, event.span.end));
        event.with_subject(words, start, &self.article.text, &self.analysis)
    }

    fn shortened(&self, event: &Event, span: Span) -> String {
        let text = self.article.text.as_str();
        let lead = Span::new(span.start, event.trigger.start).of(text);
        if lead.chars().count() <= NEAR || !span.contains(event.trigger) {
            return self.words(span);
        }
        let near = lead.char_indices().rev().skip(LEAD).find(|(_, letter)| letter.is_whitespace()).map_or(0, |(at, _)| at);
        let tail = self.words(Span::new(span.start + near, span.end));
        let first = lead.char_indices().take(HEAD).filter(|(_, letter)| letter.is_whitespace()).last();
        let head = first.and_then(|(at, _)| lead.get(..at.min(near))).map(str::trim_end).unwrap_or_default();
        let head = head.find([',', ';', ':', '—', '–', '(']).and_then(|mark| head.get(..mark)).unwrap_or(head);
        let head = head.trim_end();
        match near.saturating_sub(head.len()) {
            _ if head.is_empty() => format!("… {tail}"),
            // No room is won by three dots in place of a word.
            0..=12 => self.words(span),
            _ => format!("{head} … {tail}"),
        }
    }

    /// Where the clause of an event begins behind its date, if that opens it: "On Tuesday, the board met" is "the board met".
    fn behind_opening_date(&self, event: &Event) -> usize {
        let text = self.article.text.as_str();
        let opens = |span: Span| {
            let before = Span::new(event.span.start.min(span.start), span.start).of(text).trim();
            event.span.contains(span) && ["", "On", "In", "At"].contains(&before)
        };
        let timex = event.time.and_then(|time| self.analysis.timexes.get(time.0)).filter(|timex| opens(timex.span));
        let behind = timex.and_then(|timex| {
            let rest = Span::new(timex.span.end, event.span.end).of(text);
            let words = rest.strip_prefix(',')?.trim_start();
            Some(event.span.end - words.len()).filter(|&start| start <= event.trigger.start)
        });
        behind.unwrap_or(event.span.start)
    }

    /// The words under a span, with white space in single blanks.
    pub fn words(&self, span: Span) -> String {
        let mut out = String::with_capacity(span.len().min(4096));
        for word in span.of(&self.article.text).split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::TimexId;
    use crate::analysis::timeline::{Interval, Timex, TimexType};

    #[test]
    fn the_words_of_an_event_begin_behind_its_date_and_leave_out_what_stands_between() {
        let words = |text: &str, trigger: &str, opening: Option<&str>| {
            let at = |words: &str| text.find(words).map(|start| Span::new(start, start + words.len())).unwrap();
            let timex = |span| Timex {
                span,
                kind: TimexType::Date,
                value: String::new(),
                modifier: None,
                anchor: None,
                function: None,
                interval: Interval::default(),
                granularity: None,
                why: String::new(),
            };
            let event = Event { span: Span::new(0, text.len()), time: opening.map(|_| TimexId(0)), ..Event::named(at(trigger)) };
            let article = Article { text: text.to_owned(), ..Article::default() };
            let mut story = Story::read("a".into(), article);
            story.analysis.timexes = opening.map(at).into_iter().map(timex).collect();
            story.event_words(&event)
        };
        assert_eq!(words("On Tuesday, the board met again", "met", Some("Tuesday")), "the board met again");
        assert_eq!(words("Tuesday’s meeting was short", "was", Some("Tuesday")), "Tuesday’s meeting was short");
        let far = "Two pilots — a Dane and a Finn — who had been held on the island since spring were freed on Monday";
        assert_eq!(words(far, "freed", None), "Two pilots … since spring were freed on Monday");
        let near = "The pilots of the Marenstad Ferry Line were freed on Monday";
        assert_eq!(words(near, "freed", None), near, "three dots would win no room");
    }

    #[test]
    fn touching_finds_long_spans_that_began_early() {
        let index =
            SpanIndex::new([(Span::new(40, 50), 2), (Span::new(0, 100), 0), (Span::new(5, 8), 1), (Span::new(60, 60), 3)]);
        let found = |start, end| index.touching(Span::new(start, end)).map(|(_, at)| at).collect::<Vec<_>>();
        assert_eq!(found(45, 46), [0, 2]);
        assert_eq!(found(0, 6), [0, 1]);
        assert_eq!(found(100, 120), [0usize; 0]);
        assert_eq!(found(60, 61), [0]);
    }
}
