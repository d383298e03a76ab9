//! Claims: who says what, on whose word, and how far down the chain.
//!
//! ```text
//! text ─ quotes ─ words ─┬ encoder ┬─ combine ─ lines ─ complete ─ chains ─┬ sources ┬─ Source, Claim ─ contradictions
//!                        └ rules ──┘            (quotes)  (nested) └ manner ─┘
//! ```
//!
//! Whoever finds the outermost attributions, the encoder with the rules or the rules alone, the same steps make claims of them.

mod anonymity;
mod attribution;
mod chains;
mod clause;
mod combine;
mod complete;
mod confidence;
mod contents;
mod contradictions;
mod frames;
mod lexicon;
mod lines;
mod manner;
mod nouns;
mod phrase;
mod posts;
mod quotes;
mod rules;
mod signed;
mod sources;
mod stem;
mod subjects;
mod supposed;
mod turns;
mod unsaid;
mod words;

use super::{Analysis, ClaimId, EntityId, Reading, SourceId, TimexId};
use crate::article::BlockKind;
use crate::encoder::Attribution;
use crate::text::Span;
use anonymity::Requests;
use chains::Link;
use quotes::Quote;
use serde::{Deserialize, Serialize};
use words::Words;

/// What a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// A named person, or one known by role.
    Person,
    /// An organisation.
    Organization,
    /// Several people: `lawmakers`, `analysts`.
    Group,
    /// An email, a report, a tweet, a court filing.
    Document,
    /// Who the article does not name: `two sources familiar with the talks`.
    Unnamed,
    /// A newspaper, agency or broadcaster.
    Outlet,
}

/// Who claims are attributed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The entity it is, if it is one.
    pub entity: Option<EntityId>,
    /// Name to show: the entity's name, else the article's own words.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// Why it is unnamed, in the article's words.
    pub why_unnamed: Option<Span>,
}

/// How the content is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClaimForm {
    /// Nine tenths or more of its words stand within quotes.
    Direct,
    /// Less than a tenth does.
    Indirect,
    /// Anything between.
    Mixed,
}

/// What kind of word introduces the claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CueClass {
    /// Speech and writing: said, according to, wrote, report; and whatever introduces a quote.
    Reporting,
    /// Belief, wish and plan: thinks, hopes, vowed to; and words that no lexicon knows as speech.
    Attitude,
}

/// How far the source stands behind the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Says it is so.
    Asserts,
    /// Says that what was said before is so.
    Confirms,
    /// Says it is not so.
    Denies,
    /// Says so, and the article keeps its distance: claimed, alleged.
    Claims,
    /// Says it may be so.
    Speculates,
    /// Asks.
    Asks,
    /// Declines to say.
    Declines,
}

impl Stance {
    /// Whether the source says that it is not so.
    pub const fn is_denial(self) -> bool {
        matches!(self, Self::Denies)
    }

    /// Whether the source leaves open if it is so.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Speculates | Self::Asks)
    }
}

/// One attributed claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Who says it; `None` where the article does not tell.
    pub source: Option<SourceId>,
    /// The words that name the source here.
    pub source_spans: Vec<Span>,
    /// The words that introduce it: `has confirmed`, `according to`. Empty for a floating quote.
    pub cue: Vec<Span>,
    /// What is said; several spans where the attribution breaks it.
    pub content: Vec<Span>,
    /// Whom it was said to.
    pub addressee: Option<Span>,
    /// How it is told.
    pub form: ClaimForm,
    /// What kind of cue.
    pub cue_class: CueClass,
    /// How far the source stands behind it.
    pub stance: Stance,
    /// The claim within whose content this one stands.
    pub parent: Option<ClaimId>,
    /// Through whom it came, outermost first: the sources of the parents.
    pub via: Vec<SourceId>,
    /// When it was said, if the text says so.
    pub time: Option<TimexId>,
    /// Claims by others that cannot be so if this one is; each of them has this one among its own.
    pub contradicts: Vec<ClaimId>,
    /// Calibrated probability that source and content are right, where one is known.
    pub confidence: Option<f32>,
}

/// The confidence below which a claim is marked as unsure and shown only where that is asked for.
pub const UNSURE: f32 = 0.5;
/// The same for a claim without a source: of the less sure ones every second was right on the development part of `PolNeAR`.
pub const UNSURE_UNSOURCED: f32 = 0.8;

impl Claim {
    /// A claim of which only the content is known: nobody's, told without quotes, asserted.
    pub const fn new(content: Vec<Span>) -> Self {
        Self {
            source: None,
            source_spans: Vec::new(),
            cue: Vec::new(),
            content,
            addressee: None,
            form: ClaimForm::Indirect,
            cue_class: CueClass::Reporting,
            stance: Stance::Asserts,
            parent: None,
            via: Vec::new(),
            time: None,
            contradicts: Vec::new(),
            confidence: None,
        }
    }

    /// Whether it is shown and counted without being asked for: something said or written, not a belief, wish or plan, and no less sure than
    /// [`UNSURE`].
    pub fn is_firm(&self) -> bool {
        self.cue_class == CueClass::Reporting && !self.is_unsure()
    }

    /// Whether the analysis is less sure of it than [`UNSURE`], or than [`UNSURE_UNSOURCED`] where no source is told.
    pub fn is_unsure(&self) -> bool {
        let least = if self.source.is_some() { UNSURE } else { UNSURE_UNSOURCED };
        self.confidence.is_some_and(|confidence| confidence < least)
    }
}

/// The attributions of a text, nested in each other; who is meant by their sources is not known yet.
pub struct Told {
    words: Words,
    links: Vec<Link>,
    requests: Requests,
}

impl Told {
    /// Who says what, as far as the words go.
    pub fn attributions(&self) -> Vec<Attribution> {
        self.links.iter().map(|link| link.attribution.clone()).collect()
    }
}

/// Finds the attributions of a text.
pub fn read(reading: &Reading<'_>) -> Told {
    let text = reading.article.text.as_str();
    let quotes = quotes::quotes(text, &reading.prose);
    let mut words = Words::new(text, &reading.prose, &reading.tags, &quotes);
    let dateline = reading.dateline();
    words.leave_out(dateline);
    let requests = Requests::new(&words);
    requests.silence(&mut words);
    let quotes: Vec<Quote> = quotes.into_iter().filter(|quote| quote.depth == 1).collect();
    let mut outermost = match &reading.found {
        Some(found) => {
            let found: Vec<Attribution> = found.attributions.iter().map(|told| attribution::behind(told, dateline)).collect();
            combine::combine(&reading.prose, &words, &found, &by_rules(reading, &words))
        }
        None => by_rules(reading, &words),
    };
    let line = lines::Lines { text, words: &words };
    let posts = posts::posts(text, &words, &reading.article.blocks);
    lines::settle(&mut outermost, [signed::signed(&line), turns::turns(&line), posts].concat());
    complete::complete(&complete::Page { prose: &reading.prose, quotes: &quotes, words: &words }, &mut outermost);
    keep_headings(reading, &mut outermost);
    // What the rules alone have found must be somebody's: "quick access by saying “Hey”" is nobody's.
    let speaks = |told: &Attribution| {
        told.probability > 0.0 || told.source.is_empty() || reading.found.is_none() || chains::names_speaker(&words, told)
    };
    let vain = |told: &Attribution| manner::is_adjective(&words, told) || chains::is_by_nobody(&words, told);
    outermost.retain(|told| !told.content.is_empty() && !requests.hold(told) && !vain(told) && speaks(told));
    let links = ordered(&chains::chain(&words, &quotes, outermost, rules::find));
    Told { words, links, requests }
}

/// Fills [`Analysis::sources`] and [`Analysis::claims`] with what is told; entities, mentions and time expressions are known.
pub fn find(reading: &Reading<'_>, told: &Told, analysis: &mut Analysis) {
    let Told { words, links, requests } = told;
    let text = reading.article.text.as_str();
    let mut sources = sources::Sources::new(text, words, &analysis.entities, &analysis.mentions);
    let mut claims: Vec<Claim> = Vec::with_capacity(links.len());
    let times = manner::Times::new(&analysis.timexes, links);
    for link in links {
        let above = link.parent.and_then(|parent| claims.get(parent));
        let source = sources.of(&link.attribution, above.and_then(|above| above.source));
        let via = above.map(|above| above.via.iter().copied().chain(above.source).collect()).unwrap_or_default();
        let (cue_class, stance) = manner::stance(words, &link.attribution);
        let form = manner::form(words, &link.attribution);
        let named_that = manner::is_named_that(words, &link.attribution);
        claims.push(Claim {
            source,
            source_spans: link.attribution.source.clone(),
            cue: link.attribution.cue.clone(),
            content: link.attribution.content.clone(),
            addressee: manner::addressee(words, &link.attribution),
            form,
            cue_class,
            stance,
            parent: link.parent.map(ClaimId),
            via,
            time: manner::time(words, &times, &link.attribution),
            contradicts: Vec::new(),
            confidence: confidence::calibrated(link.attribution.probability, cue_class, form, named_that),
        });
    }
    analysis.sources = sources.finish();
    requests.give(words, &claims, &mut analysis.sources);
    analysis.claims = claims;
}

/// Links the claims that contradict each other, where that is certain; who is meant by every pronoun is known.
pub fn contradictions(told: &Told, analysis: &mut Analysis) {
    contradictions::link(&told.words, analysis);
}

/// Leaves what subheads say to themselves: nobody in the paragraphs around them says it, and they themselves nothing that is nobody's.
fn keep_headings(reading: &Reading<'_>, attributions: &mut Vec<Attribution>) {
    let subheads = reading.article.blocks.iter().filter(|block| block.kind == BlockKind::Subhead);
    let subheads: Vec<Span> = subheads.map(|block| block.span).collect();
    let heading = |span: &Span| {
        let last = subheads.partition_point(|heading| heading.start <= span.start).checked_sub(1)?;
        subheads.get(last).filter(|heading| heading.end > span.start)
    };
    attributions.retain_mut(|attribution| {
        let home = attribution.cue.first().and_then(heading);
        attribution.content.retain(|part| heading(part).is_none_or(|own| Some(own) == home));
        home.is_none() || !attribution.source.is_empty()
    });
}

/// What the rules find in the headline and the body.
fn by_rules(reading: &Reading<'_>, words: &Words) -> Vec<Attribution> {
    let headline = reading.article.blocks.iter().filter(|block| block.kind == BlockKind::Headline).map(|block| block.span);
    let body = reading.article.body().map(|block| block.span).reduce(Span::cover);
    headline.chain(body).flat_map(|span| rules::find(words, words.within(span))).collect()
}

/// The links in the order of the text, a parent before what stands in it.
fn ordered(links: &[Link]) -> Vec<Link> {
    let first = |link: &Link| {
        let spans = link.attribution.content.iter().chain(&link.attribution.source).chain(&link.attribution.cue);
        spans.map(|span| span.start).min().unwrap_or_default()
    };
    let mut order: Vec<usize> = (0..links.len()).collect();
    let mut starts: Vec<usize> = Vec::with_capacity(links.len());
    for link in links {
        let parent = link.parent.and_then(|parent| starts.get(parent).copied());
        starts.push(first(link).max(parent.unwrap_or_default()));
    }
    order.sort_by_key(|&at| (starts.get(at).copied(), links.get(at).map(|link| link.depth), at));
    let mut place = vec![0; links.len()];
    for (new, &old) in order.iter().enumerate() {
        if let Some(place) = place.get_mut(old) {
            *place = new;
        }
    }
    let moved = order.iter().filter_map(|&old| links.get(old).cloned());
    moved.map(|link| Link { parent: link.parent.and_then(|parent| place.get(parent).copied()), ..link }).collect()
}
