//! The source audit: who is quoted, named or not, and how much; the table newsrooms keep by hand. It says of a source what the article
//! says and nothing more: no gender, no party, no employer is inferred.

use super::Annotated;
use super::tables::{name_of, row};
use super::units::{OffsetUnit, Units};
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

/// Sums over many articles.
#[derive(Debug, Default)]
pub struct Tally {
    articles: usize,
    /// Words of the body, and those that no reporting claim covers.
    body_words: usize,
    own_words: usize,
    sources: usize,
    named: usize,
    /// Articles, claims and words by the source's name as the articles give it.
    by_name: BTreeMap<String, (usize, usize, usize)>,
}

/// What one source says in one article.
#[derive(Default)]
struct Share {
    claims: usize,
    words: usize,
    forms: [usize; 3],
    first: Option<usize>,
}

/// Sources with their shares, in the order of the analysis; claims without a source come last, under `None`.
fn shares(annotated: &Annotated) -> Vec<(Option<&Source>, Share)> {
    let analysis = &annotated.analysis;
    let mut shares: Vec<(Option<&Source>, Share)> = analysis.sources.iter().map(|s| (Some(s), Share::default())).collect();
    shares.push((None, Share::default()));
    let nobody = analysis.sources.len();
    for claim in analysis.claims.iter().filter(|c| c.cue_class == CueClass::Reporting) {
        if let Some((_, share)) = shares.get_mut(claim.source.map_or(nobody, |id| id.0)) {
            share.add(claim, &annotated.article);
        }
    }
    shares.retain(|(_, share)| share.claims > 0);
    shares
}

impl Share {
    fn add(&mut self, claim: &Claim, article: &Article) {
        self.claims += 1;
        self.words += claim.content.iter().map(|span| words(span.of(&article.text))).sum::<usize>();
        let form = match claim.form {
            ClaimForm::Direct => 0,
            ClaimForm::Mixed => 1,
            ClaimForm::Indirect => 2,
        };
        if let Some(count) = self.forms.get_mut(form) {
            *count += 1;
        }
        let start = claim.content.first().map(|span| span.start);
        self.first = self.first.into_iter().chain(start).min();
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// A row a source of one article, in the order of its first mention.
pub fn rows(annotated: &Annotated) -> String {
    let shares = shares(annotated);
    let article = &annotated.article;
    let sheet = Sheet {
        annotated,
        units: Units::new(&article.text, OffsetUnit::CodePoint),
        paragraphs: article.body().filter(|block| block.kind != BlockKind::Subhead).map(|block| block.span.start).collect(),
        words: shares.iter().map(|(_, share)| share.words).sum(),
        organisations: organisations(annotated),
    };
    shares.iter().map(|(source, share)| source_row(&sheet, *source, share)).collect()
}

/// What every row of one article needs.
struct Sheet<'a> {
    annotated: &'a Annotated,
    units: Units,
    /// Where the body's paragraphs begin.
    paragraphs: Vec<usize>,
    /// All attributed words.
    words: usize,
    organisations: HashMap<&'a str, &'a str>,
}

fn source_row(sheet: &Sheet<'_>, source: Option<&Source>, share: &Share) -> String {
    let Annotated { article, analysis, .. } = sheet.annotated;
    let entity = source.and_then(|s| s.entity).and_then(|id| analysis.entities.get(id.0));
    let role = entity.and_then(|e| e.job_title.clone()).unwrap_or_default();
    let organisation = match entity {
        Some(entity) if entity.kind == EntityType::Organization => entity.name.clone(),
        _ => sheet.employer(&role),
    };
    let why = source.map_or_else(
        || "no source given".to_owned(),
        |source| source.why_unnamed.map(|span| span.of(&article.text).to_owned()).unwrap_or_default(),
    );
    let [direct, mixed, paraphrased] = share.forms.map(|n| n.to_string());
    let paragraph = share.first.map(|at| sheet.paragraphs.partition_point(|start| *start <= at).to_string());
    row(&[
        "source".into(),
        article.id.clone(),
        source.map(|s| s.name.clone()).unwrap_or_default(),
        role,
        organisation,
        source.map(|s| name_of(s.kind)).unwrap_or_default(),
        if source.is_some_and(is_named) { "yes" } else { "no" }.into(),
        why,
        "1".into(),
        share.claims.to_string(),
        share.words.to_string(),
        direct,
        mixed,
        paraphrased,
        paragraph.unwrap_or_default(),
        share.first.map(|at| sheet.units.unit_at(at).to_string()).unwrap_or_default(),
        part(share.words, sheet.words),
    ])
}

/// The full names of the article's organisations by each name they have.
fn organisations(annotated: &Annotated) -> HashMap<&str, &str> {
    let organisations = annotated.analysis.entities.iter().filter(|e| e.kind == EntityType::Organization);
    organisations.flat_map(|e| std::iter::once(&e.name).chain(&e.aliases).map(|name| (name.as_str(), e.name.as_str()))).collect()
}

impl Sheet<'_> {
    /// The organisation that the role itself names, by the longest name: `spokesman for Acme Corp.`, where Acme Corp. is an organisation
    /// of the article.
    fn employer(&self, role: &str) -> String {
        let tokens = tokens(role, Span::new(0, role.len()));
        let runs = (1..=LONGEST_NAME.min(tokens.len())).rev().flat_map(|length| tokens.windows(length));
        let mut names = runs.filter_map(|run| Some(run.first()?.span.cover(run.last()?.span).of(role)));
        names.find_map(|name| self.organisations.get(name)).map(|full| (*full).to_owned()).unwrap_or_default()
    }
}

/// A source has a name if the article names it: as a person, an organisation, an outlet, or a document of such.
fn is_named(source: &Source) -> bool {
    match source.kind {
        SourceKind::Unnamed => false,
        SourceKind::Organization | SourceKind::Outlet => true,
        SourceKind::Person | SourceKind::Group | SourceKind::Document => source.entity.is_some(),
    }
}

fn part(some: usize, all: usize) -> String {
    if all == 0 { String::new() } else { format!("{:.3}", some as f64 / all as f64) }
}

impl Tally {
    /// Adds the sums of other articles.
    pub fn add(&mut self, other: Self) {
        self.articles += other.articles;
        self.body_words += other.body_words;
        self.own_words += other.own_words;
        self.sources += other.sources;
        self.named += other.named;
        for (name, (articles, claims, words)) in other.by_name {
            let sum = self.by_name.entry(name).or_default();
            *sum = (sum.0 + articles, sum.1 + claims, sum.2 + words);
        }
    }
}

/// The sums of one article.
pub fn count(annotated: &Annotated) -> Tally {
    let article = &annotated.article;
    let mut tally = Tally { articles: 1, ..Tally::default() };
    for (source, share) in shares(annotated) {
        tally.sources += 1;
        tally.named += usize::from(source.is_some_and(is_named));
        let name = source.map(|s| s.name.clone()).unwrap_or_default();
        let (articles, claims, words) = tally.by_name.entry(name).or_default();
        *articles += 1;
        *claims += share.claims;
        *words += share.words;
    }
    let reported = annotated.analysis.claims.iter().filter(|c| c.cue_class == CueClass::Reporting);
    let told = union(reported.flat_map(|c| c.content.iter().copied()).collect());
    for block in article.body() {
        tally.body_words += words(block.span.of(&article.text));
        tally.own_words += words_outside(article, block.span, &told);
    }
    tally
}

/// The spans as stretches in order that do not touch.
fn union(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => *last = last.cover(span),
            _ => out.push(span),
        }
    }
    out
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

/// The rows of totals: sources with a name, the paper's own voice, the three most quoted, and every source quoted in several articles.
pub fn totals(tally: &Tally) -> String {
    let mut quoted: Vec<_> = tally.by_name.iter().filter(|(name, _)| !name.is_empty()).collect();
    quoted.sort_by(|(a, x), (b, y)| y.2.cmp(&x.2).then(a.cmp(b)));
    let all: usize = tally.by_name.values().map(|(_, _, words)| words).sum();
    let claims: usize = tally.by_name.values().map(|(_, claims, _)| claims).sum();
    let three: usize = quoted.iter().take(3).map(|(_, (_, _, words))| words).sum();
    let mut out = String::new();
    for (name, (articles, claims, words)) in quoted.iter().filter(|(_, of)| of.0 > 1) {
        out.push_str(&total_row("all articles", name, [*articles, *claims, *words], part(*words, all)));
    }
    let named = format!("{} of {} sources named", tally.named, tally.sources);
    out.push_str(&total_row("total", &named, [tally.articles, claims, all], part(tally.named, tally.sources)));
    out.push_str(&total_row("total", "the three most quoted", [tally.articles, claims, three], part(three, all)));
    let voice = part(tally.own_words, tally.body_words);
    out.push_str(&total_row("total", "the paper's own voice", [tally.articles, 0, tally.own_words], voice));
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
