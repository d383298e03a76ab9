//! Floor 3: [`Article`] -> [`Analysis`]: who is in it, who says what, and when it happened.
//!
//! Pure and total: no clock, no files, never an error. Findings that the extractors are unsure of are left out or marked.
//! The pipeline is [`analyse`], one line a stage; each extractor has its folder, each step its file.

pub mod claims;
pub mod corrections;
pub mod entities;
pub mod provenance;
mod reliability;
pub mod speakers;
pub mod timeline;

use crate::article::Article;
use crate::encoder::{self, Attribution, EncoderError, Findings};
use crate::text::{Prose, Sentence, Span, Tag, Token, tags};
use claims::{Claim, Source};
use entities::{Entity, Mention};
use provenance::{AnnotatorKind, Item, Provenance};
use timeline::{Event, Timex};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
        pub struct $name(pub usize);
    )*};
}

ids! {
    /// Index of an entity in [`Analysis::entities`].
    EntityId,
    /// Index of a source in [`Analysis::sources`].
    SourceId,
    /// Index of a claim in [`Analysis::claims`].
    ClaimId,
    /// Index of a time expression in [`Analysis::timexes`].
    TimexId
}

/// What byline found in one article. All spans are bytes over the article's text; all lists are in the order of the text,
/// entities and sources by their first mention.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Analysis {
    /// People, organisations, places and other named things.
    pub entities: Vec<Entity>,
    /// Their mentions: names, nominals, pronouns.
    pub mentions: Vec<Mention>,
    /// Who claims are attributed to.
    pub sources: Vec<Source>,
    /// Who says what.
    pub claims: Vec<Claim>,
    /// Time expressions with their values.
    pub timexes: Vec<Timex>,
    /// What happened, and when.
    pub events: Vec<Event>,
    /// What the reader should know about the analysis ("no publication date: relative times stay open"), one sentence each.
    pub notes: Vec<String>,
    /// Who annotated what, where it was not byline.
    pub provenance: Provenance,
}

impl Analysis {
    /// Of each claim whether it is shown without being asked for: where it is firm ([`Claim::is_firm`]) or a user's own, and where it stands
    /// around such a claim.
    pub fn shown_claims(&self) -> Vec<bool> {
        let by_hand = |at| self.provenance.of(Item::Claim(at)).is_some_and(|by| by.kind == AnnotatorKind::User);
        let mut shown: Vec<bool> = self.claims.iter().enumerate().map(|(at, claim)| claim.is_firm() || by_hand(at)).collect();
        for (at, claim) in self.claims.iter().enumerate() {
            let mut within = claim.parent.filter(|_| shown.get(at) == Some(&true));
            while let Some((parent, around)) = within.and_then(|id| Some((self.claims.get(id.0)?, shown.get_mut(id.0)?))) {
                let known = std::mem::replace(around, true);
                within = parent.parent.filter(|_| !known);
            }
        }
        shown
    }
}

/// What the extractors share: the article and its text in paragraphs, sentences and tokens.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its blocks in sentences and tokens, one paragraph a block.
    pub prose: Prose,
    /// The part of speech of each of its tokens.
    pub tags: Vec<Tag>,
    /// What the encoder found; `None` when it is not to be had, and the extractors go by their rules alone.
    pub found: Option<Findings>,
    /// Who says what, as far as the words go: nested attributions too, their sources not yet known for anyone.
    pub told: Vec<Attribution>,
}

impl<'a> Reading<'a> {
    /// Splits the article's blocks.
    pub fn new(article: &'a Article) -> Self {
        let prose = Prose::new(&article.text, article.blocks.iter().map(|block| block.span));
        let tags = tags(&article.text, &prose);
        Self { article, prose, tags, found: None, told: Vec::new() }
    }

    /// The tokens of one sentence and their parts of speech.
    pub fn tagged(&self, sentence: &Sentence) -> (&[Token], &[Tag]) {
        (self.prose.tokens_of(sentence), self.tags.get(sentence.tokens.clone()).unwrap_or_default())
    }

    /// The words under `span`.
    pub fn text(&self, span: Span) -> &'a str {
        span.of(&self.article.text)
    }

    /// The words of the dateline with the dash behind them, which nobody says and which tell no event; empty where there is none.
    pub fn dateline(&self) -> Span {
        let Some(span) = self.article.document.dateline.as_ref().and_then(|dateline| dateline.span) else {
            return Span::default();
        };
        let rest = self.article.text.get(span.end..).unwrap_or_default();
        let marks = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || "()-–—_:.".contains(c)).len();
        Span::new(span.start, span.end + marks)
    }
}

/// Runs every stage on one article. Without the encoder the rules work alone, and a note says so.
pub fn analyse(article: &Article) -> Analysis {
    // Nobody stops it.
    analyse_watched(article, &|_| true).unwrap_or_default()
}

/// [`analyse`] by the rules alone: far quicker, and it finds fewer names and claims.
pub fn analyse_by_rules(article: &Article) -> Analysis {
    run(article, || Err(Unread::Because("The analysis went by rules alone".into()))).unwrap_or_default()
}

/// As [`analyse`]; `watch` hears, before each piece of the encoder's work (some 20 ms), what share of that work is done, from 0 to 1.
/// `None` as soon as it answers that the work is not wanted any more.
pub fn analyse_watched(article: &Article, watch: &dyn Fn(f32) -> bool) -> Option<Analysis> {
    run(article, || learned(article, watch))
}

/// Why the encoder has found nothing.
enum Unread {
    /// The work is not wanted any more.
    Stopped,
    /// In words for people.
    Because(String),
}

impl From<EncoderError> for Unread {
    fn from(error: EncoderError) -> Self {
        Self::Because(error.to_string())
    }
}

fn run(article: &Article, learned: impl FnOnce() -> Result<Findings, Unread>) -> Option<Analysis> {
    let mut analysis = Analysis::default();
    // First what takes long: of a long text the tokens need not wait in memory meanwhile.
    let found = match learned() {
        Ok(found) => Some(found),
        Err(Unread::Stopped) => return None,
        Err(Unread::Because(why)) => {
            analysis.notes.push(format!("{why}."));
            None
        }
    };
    let mut reading = Reading { found, ..Reading::new(article) };
    analysis.timexes = timeline::timexes(&reading);
    let told = claims::read(&reading);
    reading.told = told.attributions();
    entities::find(&reading, &mut analysis);
    claims::find(&reading, &told, &mut analysis);
    speakers::resolve(&reading, &mut analysis);
    claims::contradictions(&told, &mut analysis);
    timeline::events(&reading, &mut analysis);
    Some(analysis)
}

fn learned(article: &Article, watch: &dyn Fn(f32) -> bool) -> Result<Findings, Unread> {
    let paragraphs: Vec<Span> = article.blocks.iter().map(|block| block.span).collect();
    let mut session = encoder::shared()?.session(&article.text, &paragraphs);
    for done in 0..session.windows() {
        if !watch(done as f32 / session.windows() as f32) {
            return Err(Unread::Stopped);
        }
        session.step(None)?;
    }
    Ok(session.findings())
}
