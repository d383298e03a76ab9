//! The source audit: who is quoted, how much, and whether by name; newsrooms keep such tables by hand. It says of a source only what the
//! article says: gender, party and employer are not inferred.

use super::Annotated;
use super::tables::{name_of, row};
use super::units::{OffsetUnit, Units};
use crate::analysis::Analysis;
use crate::analysis::claims::{Claim, ClaimForm, CueClass, Source, SourceKind};
use crate::analysis::entities::EntityType;
use crate::article::{Article, BlockKind};
use crate::text::{Span, tokens};
use std::collections::{BTreeMap, HashMap};

/// Columns of [`rows`] and [`totals`]. `words` are the words attributed to the source, `share` their part of all attributed words of the
/// article; in the rows of totals, of what the row says.
pub const HEAD: &str = "row,article,name,role,organisation,kind,named,why_not_named,articles,claims,words,direct,mixed,paraphrased,first_paragraph,first_quote,share\n";

/// Longest name of an organisation that is looked for in a role, in tokens.
const LONGEST_NAME: usize = 16;

/// One who is quoted in an article, with what the article says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quoted {
    /// The name as the article gives it; empty where claims have no source.
    pub name: String,
    /// The role that the article gives it.
    pub role: String,
    /// The organisation that it is, or that the role names.
    pub organisation: String,
    /// What kind of source it is; `None` for claims without a source.
    pub kind: Option<SourceKind>,
    /// Whether the article names it.
    pub named: bool,
    /// The article's words on why it does not.
    pub why_unnamed: String,
    /// The claims of speech that the reader shows.
    pub claims: usize,
    /// Their words.
    pub words: usize,
    /// Claims told directly, in part directly, and in the paper's words.
    pub forms: [usize; 3],
    /// The paragraph of the body with the first of them, counted from 1.
    pub paragraph: Option<usize>,
    /// Where that begins, in bytes.
    pub first: Option<usize>,
}

/// Who is quoted in an article, in the order of the analysis; claims without a source come last.
pub fn quoted(article: &Article, analysis: &Analysis) -> Vec<Quoted> {
    let organisations = organisations(analysis);
    let mut all: Vec<Quoted> =
        analysis.sources.iter().map(|source| introduced(article, analysis, source, &organisations)).collect();
    all.push(Quoted { why_unnamed: "no source given".into(), ..Quoted::default() });
    let nobody = analysis.sources.len();
    let shown = analysis.claims.iter().zip(analysis.shown_claims());
    for (claim, _) in shown.filter(|(claim, shown)| *shown && claim.cue_class == CueClass::Reporting) {
        if let Some(quoted) = all.get_mut(claim.source.map_or(nobody, |id| id.0)) {
            quoted.add(claim, article);
        }
    }
    all.retain(|quoted| quoted.claims > 0);
    let paragraphs: Vec<usize> =
        article.body().filter(|block| block.kind != BlockKind::Subhead).map(|block| block.span.start).collect();
    for quoted in &mut all {
        quoted.paragraph = quoted.first.map(|at| paragraphs.partition_point(|start| *start <= at));
    }
    all
}

/// What the article says of a source, before its claims are counted.
fn introduced(article: &Article, analysis: &Analysis, source: &Source, organisations: &HashMap<&str, &str>) -> Quoted {
    let entity = source.entity.and_then(|id| analysis.entities.get(id.0));
    let role = entity.and_then(|e| e.job_title.clone()).unwrap_or_default();
    let organisation = match entity {
        Some(entity) if entity.kind == EntityType::Organization => entity.name.clone(),
        _ => employer(organisations, &role),
    };
    Quoted {
        name: source.name.clone(),
        role,
        organisation,
        kind: Some(source.kind),
        named: is_named(source),
        why_unnamed: source.why_unnamed.map(|span| span.of(&article.text).to_owned()).unwrap_or_default(),
        ..Quoted::default()
    }
}

impl Quoted {
    fn add(&mut self, claim: &Claim, article: &Article) {
        self.claims += 1;
        self.words += claim.content.iter().map(|span| words(span.of(&article.text))).sum::<usize>();
        let [direct, mixed, paraphrased] = &mut self.forms;
        *match claim.form {
            ClaimForm::Direct => direct,
            ClaimForm::Mixed => mixed,
            ClaimForm::Indirect => paraphrased,
        } += 1;
        let start = claim.content.first().map(|span| span.start);
        self.first = self.first.into_iter().chain(start).min();
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// A row a source of one article, in the order of its first mention.
pub fn rows(annotated: &Annotated) -> String {
    let article = &annotated.article;
    let quoted = quoted(article, &annotated.analysis);
    let units = Units::new(&article.text, OffsetUnit::CodePoint);
    let all = quoted.iter().map(|quoted| quoted.words).sum();
    let one = |quoted: &Quoted| {
        let [direct, mixed, paraphrased] = quoted.forms.map(|n| n.to_string());
        row(&[
            "source".into(),
            article.id.clone(),
            quoted.name.clone(),
            quoted.role.clone(),
            quoted.organisation.clone(),
            quoted.kind.map(name_of).unwrap_or_default(),
            if quoted.named { "yes" } else { "no" }.into(),
            quoted.why_unnamed.clone(),
            "1".into(),
            quoted.claims.to_string(),
            quoted.words.to_string(),
            direct,
            mixed,
            paraphrased,
            quoted.paragraph.map(|n| n.to_string()).unwrap_or_default(),
            quoted.first.map(|at| units.unit_at(at).to_string()).unwrap_or_default(),
            part(quoted.words, all),
        ])
    };
    quoted.iter().map(one).collect()
}

/// The full names of the article's organisations by each name they have.
fn organisations(analysis: &Analysis) -> HashMap<&str, &str> {
    let organisations = analysis.entities.iter().filter(|e| e.kind == EntityType::Organization);
    organisations.flat_map(|e| std::iter::once(&e.name).chain(&e.aliases).map(|name| (name.as_str(), e.name.as_str()))).collect()
}

/// The organisation that the role itself names, by the longest name: `spokesman for Acme Corp.`, where Acme Corp. is an organisation of
/// the article.
fn employer(organisations: &HashMap<&str, &str>, role: &str) -> String {
    let tokens = tokens(role, Span::new(0, role.len()));
    let runs = (1..=LONGEST_NAME.min(tokens.len())).rev().flat_map(|length| tokens.windows(length));
    let mut names = runs.filter_map(|run| Some(run.first()?.span().cover(run.last()?.span()).of(role)));
    names.find_map(|name| organisations.get(name)).map(|full| (*full).to_owned()).unwrap_or_default()
}

/// A source has a name if the article names it: as a person, an organisation, an outlet, or a document of one of these.
fn is_named(source: &Source) -> bool {
    match source.kind {
        SourceKind::Unnamed => false,
        // Without an entity, capitals show that it is a name: `the Lindsund Courier`, not `the company`.
        SourceKind::Organization | SourceKind::Outlet => source.entity.is_some() || is_capital(&source.name),
        SourceKind::Person | SourceKind::Group | SourceKind::Document => source.entity.is_some(),
    }
}

/// Whether a word of the phrase has a capital for another reason than standing first.
fn is_capital(name: &str) -> bool {
    let lower = |word: &str| word.chars().next().is_none_or(char::is_lowercase);
    let first = |word: &str| ["The", "A", "An"].contains(&word);
    let mut words = name.split_whitespace();
    words.next().is_some_and(|word| !lower(word) && !first(word)) || words.any(|word| !lower(word))
}

fn part(some: usize, all: usize) -> String {
    if all == 0 { String::new() } else { format!("{:.3}", some as f64 / all as f64) }
}

/// Sums over many articles. A name that several articles give is one source; those without a name are not known to be the same.
#[derive(Debug, Default)]
pub struct Tally {
    totals: Totals,
    /// What each named source says, by its name as the articles give it.
    by_name: BTreeMap<String, Sum>,
    /// Words of the unnamed sources that say most.
    unnamed: Vec<usize>,
}

/// The totals of an audit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Articles.
    pub articles: usize,
    /// Sources, counted in each article, and those of them that it names.
    pub sources: usize,
    /// See `sources`.
    pub named: usize,
    /// Reporting claims, and their words.
    pub claims: usize,
    /// See `claims`.
    pub words: usize,
    /// The words of the three sources that are quoted most.
    pub of_three: usize,
    /// Words of the body, and those that no firm claim covers: the paper's own voice.
    pub body_words: usize,
    /// See `body_words`.
    pub own_words: usize,
}

/// What one source says over all articles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// Articles that quote it.
    pub articles: usize,
    /// The claims of speech that the reader shows.
    pub claims: usize,
    /// Their words.
    pub words: usize,
}

/// How many sources "the most quoted" are.
const MOST: usize = 3;

impl Tally {
    /// Adds the sums of other articles.
    pub fn add(&mut self, other: Self) {
        let (sums, more) = (&mut self.totals, other.totals);
        sums.articles += more.articles;
        sums.sources += more.sources;
        sums.named += more.named;
        sums.claims += more.claims;
        sums.words += more.words;
        sums.body_words += more.body_words;
        sums.own_words += more.own_words;
        for (name, more) in other.by_name {
            let sum = self.by_name.entry(name).or_default();
            *sum =
                Sum { articles: sum.articles + more.articles, claims: sum.claims + more.claims, words: sum.words + more.words };
        }
        self.unnamed.extend(other.unnamed);
        self.unnamed.sort_unstable_by(|a, b| b.cmp(a));
        self.unnamed.truncate(MOST);
    }

    /// The totals so far.
    pub fn totals(&self) -> Totals {
        let mut words: Vec<usize> = self.by_name.values().map(|sum| sum.words).chain(self.unnamed.iter().copied()).collect();
        words.sort_unstable_by(|a, b| b.cmp(a));
        Totals { of_three: words.iter().take(MOST).sum(), ..self.totals }
    }

    /// The named sources that several articles quote, those first that say most.
    pub fn recurring(&self) -> Vec<(&str, Sum)> {
        let several = self.by_name.iter().filter(|(_, sum)| sum.articles > 1);
        let mut names: Vec<_> = several.map(|(name, sum)| (name.as_str(), *sum)).collect();
        names.sort_by(|(a, x), (b, y)| y.words.cmp(&x.words).then(a.cmp(b)));
        names
    }
}

/// The sums of one article.
pub fn count(annotated: &Annotated) -> Tally {
    let Annotated { article, analysis, .. } = annotated;
    tally(article, analysis, &quoted(article, analysis))
}

/// The sums of one article, in which these are quoted.
pub fn tally(article: &Article, analysis: &Analysis, quoted: &[Quoted]) -> Tally {
    let mut tally = Tally::default();
    let totals = &mut tally.totals;
    totals.articles = 1;
    for quoted in quoted {
        totals.sources += usize::from(quoted.kind.is_some());
        totals.named += usize::from(quoted.named);
        totals.claims += quoted.claims;
        totals.words += quoted.words;
        if quoted.named {
            let sum = tally.by_name.entry(quoted.name.clone()).or_default();
            *sum = Sum { articles: 1, claims: sum.claims + quoted.claims, words: sum.words + quoted.words };
        } else if quoted.kind.is_some() {
            tally.unnamed.push(quoted.words);
        }
    }
    let voices = voices(article, analysis);
    (totals.body_words, totals.own_words) = (voices.body, voices.own);
    tally
}

/// How much of an article each voice says, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voices {
    /// Words of the body.
    pub body: usize,
    /// Those that no firm claim covers: the paper's own voice.
    pub own: usize,
    /// For each source, in the order of the analysis, the words of its firm claims; nested claims count for both sources.
    pub by_source: Vec<usize>,
}

/// Counts the words of each voice.
pub fn voices(article: &Article, analysis: &Analysis) -> Voices {
    let mut voices = Voices { by_source: vec![0; analysis.sources.len()], ..Voices::default() };
    let reported = || analysis.claims.iter().filter(|claim| claim.is_firm());
    for claim in reported() {
        if let Some(sum) = claim.source.and_then(|source| voices.by_source.get_mut(source.0)) {
            *sum += claim.content.iter().map(|span| words(span.of(&article.text))).sum::<usize>();
        }
    }
    let told = Span::union(reported().flat_map(|claim| claim.content.iter().copied()));
    for block in article.body() {
        voices.body += words(block.span.of(&article.text));
        voices.own += words_outside(article, block.span, &told);
    }
    voices
}

/// Words of `block` that none of the stretches covers.
fn words_outside(article: &Article, block: Span, told: &[Span]) -> usize {
    let (mut at, mut count) = (block.start, 0);
    let first = told.partition_point(|span| span.end <= block.start);
    for span in told.iter().skip(first).take_while(|span| span.start < block.end) {
        count += words(Span::new(at, span.start.max(at)).of(&article.text));
        at = span.end.min(block.end);
    }
    count + words(Span::new(at, block.end).of(&article.text))
}

/// The rows of totals: every named source that several articles quote, the sources with a name, the three most quoted, and the paper's own
/// voice.
pub fn totals(tally: &Tally) -> String {
    let Totals { articles, sources, named, claims, words, of_three, body_words, own_words } = tally.totals();
    let mut out = String::new();
    for (name, sum) in tally.recurring() {
        out.push_str(&total_row("all articles", name, [sum.articles, sum.claims, sum.words], part(sum.words, words)));
    }
    out.push_str(&total_row(
        "total",
        &format!("{named} of {sources} sources named"),
        [articles, claims, words],
        part(named, sources),
    ));
    out.push_str(&total_row("total", "the three most quoted", [articles, claims, of_three], part(of_three, words)));
    out.push_str(&total_row("total", "the paper's own voice", [articles, 0, own_words], part(own_words, body_words)));
    out
}

fn total_row(kind: &str, name: &str, counts: [usize; 3], share: String) -> String {
    let mut cells = vec![String::new(); HEAD.split(',').count()];
    let [articles, claims, words] = counts.map(|n| n.to_string());
    for (column, value) in [(0, kind.into()), (2, name.into()), (8, articles), (9, claims), (10, words), (16, share)] {
        if let Some(cell) = cells.get_mut(column) {
            *cell = value;
        }
    }
    row(&cells)
}
