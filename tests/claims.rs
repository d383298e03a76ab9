//! Claims on short articles in the field's notation: `[1 The minister] {1 said} <1 the levy would go>` is one claim, its number in
//! each bracket. A content includes what is nested in it, and its own source and cue where they interrupt it.
//!
//! Below `---` stands what else must hold: `same 1 2` and `different 1 2` (sources); `kind`, `stance`, `form`, `to`, `time`, `why` and
//! `name` (of the source) of a claim; `source 2 The coach` where the words that name the source stand elsewhere; `contradict 1 2` for every
//! pair of claims that do; and known errors: `miss 3` (not found), `extra 1` (how many claims are invented).

#![cfg(test)]
#![expect(clippy::string_slice, reason = "the marks are ASCII")]

use byline::analysis::claims::{self, Claim};
use byline::analysis::{Analysis, Reading, analyse_by_rules};
use byline::article::{Article, BlockKind, ReadOptions, read};
use byline::encoder::{Attribution, Findings};
use byline::text::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

#[derive(Debug, Default)]
struct Gold {
    source: Vec<Span>,
    cue: Vec<Span>,
    content: Vec<Span>,
    parent: Option<usize>,
}

/// Takes the brackets out of a marked text.
fn unmark(marked: &str) -> (String, BTreeMap<usize, Gold>) {
    let (mut text, mut gold) = (String::new(), BTreeMap::<usize, Gold>::new());
    let mut open: Vec<(char, usize, usize)> = Vec::new();
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        if "[{<".contains(c) && digits > 0 && rest[digits..].starts_with(' ') {
            let id: usize = rest[..digits].parse().unwrap();
            rest = &rest[digits + 1..];
            if c == '<' {
                let around = open.iter().rev().find(|(kind, ..)| *kind == '<');
                let parent = around.map(|&(_, parent, _)| parent);
                let claim = gold.entry(id).or_default();
                claim.parent = claim.parent.or(parent);
            }
            open.push((c, id, text.len()));
        } else if "]}>".contains(c) && open.last().is_some_and(|(kind, ..)| closes(*kind, c)) {
            let (kind, id, start) = open.pop().unwrap();
            let span = Span::new(start, text.len());
            let claim = gold.entry(id).or_default();
            match kind {
                '[' => claim.source.push(span),
                '{' => claim.cue.push(span),
                _ => claim.content.push(span),
            }
        } else {
            text.push(c);
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    for claim in gold.values_mut() {
        let own: Vec<Span> = claim.source.iter().chain(&claim.cue).copied().collect();
        claim.content = claim.content.iter().flat_map(|&span| without(span, &own)).collect();
    }
    (text, gold)
}

fn closes(open: char, c: char) -> bool {
    matches!((open, c), ('[', ']') | ('{', '}') | ('<', '>'))
}

fn without(span: Span, holes: &[Span]) -> Vec<Span> {
    let mut holes: Vec<Span> = holes.iter().copied().filter(|hole| span.contains(*hole)).collect();
    holes.sort_unstable();
    let mut out = Vec::new();
    let mut start = span.start;
    for hole in holes {
        out.push(Span::new(start, hole.start));
        start = hole.end;
    }
    out.push(Span::new(start, span.end));
    out.retain(|part| part.len() > 2);
    out
}

fn article(text: &str) -> Article {
    let options = ReadOptions { no_clean: true, ..ReadOptions::default() };
    let article = read(text.as_bytes(), "short.txt", &options).remove(0).unwrap();
    assert_eq!(article.text, text);
    article
}

fn shared(a: &[Span], b: &[Span]) -> usize {
    let both = |x: &Span, y: &Span| x.end.min(y.end).saturating_sub(x.start.max(y.start));
    a.iter().map(|x| b.iter().map(|y| both(x, y)).sum::<usize>()).sum()
}

fn size(spans: &[Span]) -> usize {
    spans.iter().map(|span| span.len()).sum()
}

fn matches(gold: &Gold, claim: &Claim) -> bool {
    let both = shared(&gold.content, &claim.content);
    let content = 2 * both >= size(&gold.content) && 2 * both >= size(&claim.content);
    let cue = if gold.cue.is_empty() { true } else { shared(&gold.cue, &claim.cue) > 0 };
    let source = gold.source.is_empty() || shared(&gold.source, &claim.source_spans) > 0;
    content && cue && source
}

/// What is wrong with the links between claims that contradict each other; `wanted` has the numbers of all pairs.
fn disputes(analysis: &Analysis, found: &BTreeMap<usize, usize>, wanted: &[String]) -> String {
    let pair = |line: &String| {
        let mut ids = line.split(' ').filter_map(|id| found.get(&id.parse().ok()?).copied());
        (ids.next(), ids.next())
    };
    let wanted: BTreeSet<_> = wanted.iter().map(pair).collect();
    let linked = analysis.claims.iter().enumerate().flat_map(|(at, claim)| claim.contradicts.iter().map(move |id| (at, id.0)));
    let (linked, back): (BTreeSet<_>, BTreeSet<_>) = linked.partition(|(a, b)| a < b);
    assert_eq!(linked, back.into_iter().map(|(a, b)| (b, a)).collect(), "both claims tell of the link");
    let linked: BTreeSet<_> = linked.into_iter().map(|(a, b)| (Some(a), Some(b))).collect();
    if linked == wanted { String::new() } else { format!("contradict {linked:?}, wanted {wanted:?}\n") }
}

/// A fixture with its analysis.
struct Short<'a> {
    text: String,
    gold: BTreeMap<usize, Gold>,
    demands: &'a str,
    analysis: Analysis,
    /// The claims that were found: their places in the analysis by their numbers in the fixture.
    found: BTreeMap<usize, usize>,
}

impl<'a> Short<'a> {
    fn new(fixture: &'a str) -> Self {
        let (marked, demands) = fixture.split_once("\n---\n").unwrap_or((fixture, ""));
        let (text, gold) = unmark(marked.trim_end());
        let analysis = analyse_by_rules(&article(&text));
        let place = |gold: &Gold| analysis.claims.iter().position(|claim| matches(gold, claim));
        let found = gold.iter().filter_map(|(&id, gold)| Some((id, place(gold)?))).collect();
        Self { text, gold, demands, analysis, found }
    }

    /// What the lines that begin with `name` demand.
    fn demanded(&self, name: &str) -> Vec<String> {
        self.demands.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).map(str::to_owned).collect()
    }

    /// The claims that were not found, or not within the claim that they are nested in.
    fn missed(&self) -> Vec<usize> {
        let nested = |gold: &Gold, claim: &Claim| match gold.parent {
            Some(parent) => claim.parent.map(|parent| parent.0) == self.found.get(&parent).copied(),
            None => claim.parent.is_none(),
        };
        let right = |id: &usize, gold: &Gold| self.found.get(id).is_some_and(|&at| nested(gold, &self.analysis.claims[at]));
        self.gold.iter().filter(|(id, gold)| !right(id, gold)).map(|(&id, _)| id).collect()
    }

    /// The reporting claims that the fixture does not have.
    fn invented(&self) -> Vec<usize> {
        let claims = self.analysis.claims.iter().enumerate();
        let reporting = claims.filter(|(_, claim)| claim.cue_class == claims::CueClass::Reporting).map(|(at, _)| at);
        reporting.filter(|at| !self.found.values().any(|taken| taken == at)).collect()
    }

    fn claim(&self, id: &str) -> Option<&Claim> {
        Some(&self.analysis.claims[*self.found.get(&id.parse().ok()?)?])
    }

    /// What the analysis has where a line demands `wanted` of a claim; `None` for lines of another kind.
    fn have(&self, name: &str, claim: &Claim, wanted: &str) -> Option<String> {
        let other = || self.claim(wanted).map(|other| other.source);
        let source = claim.source.map(|id| &self.analysis.sources[id.0]);
        let words = |span: Option<Span>| span.unwrap_or_default().of(&self.text).to_owned();
        Some(match name {
            "same" => other().is_none_or(|other| other == claim.source).to_string().replace("true", wanted),
            "different" => other().is_none_or(|other| other != claim.source).to_string().replace("true", wanted),
            "kind" => source.map_or_else(|| "none".into(), |source| format!("{:?}", source.kind).to_lowercase()),
            "stance" => format!("{:?}", claim.stance).to_lowercase(),
            "form" => format!("{:?}", claim.form).to_lowercase(),
            "to" => words(claim.addressee),
            "why" => words(source.and_then(|source| source.why_unnamed)),
            "source" => claim.source_spans.iter().map(|span| span.of(&self.text)).collect(),
            "name" => source.map(|source| source.name.clone()).unwrap_or_default(),
            "time" => words(claim.time.map(|id| self.analysis.timexes[id.0].span)),
            _ => return None,
        })
    }

    /// The demands that do not hold, one line each.
    fn unmet(&self) -> String {
        let mut wrong = String::new();
        for line in self.demands.lines() {
            let mut words = line.splitn(3, ' ');
            let (name, id, wanted) = (words.next().unwrap(), words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let Some(have) = self.claim(id).and_then(|claim| self.have(name, claim, wanted)) else { continue };
            if have != wanted {
                writeln!(wrong, "{line}: have {have:?}").unwrap();
            }
        }
        wrong
    }

    /// The claims of the analysis, one line each.
    fn told(&self) -> String {
        let words = |spans: &[Span]| spans.iter().map(|span| span.of(&self.text)).collect::<Vec<_>>().join(" … ");
        let told = |(at, claim): (usize, &Claim)| {
            let (source, cue, content) = (words(&claim.source_spans), words(&claim.cue), words(&claim.content));
            format!("  {at} in {:?}: [{source}] {{{cue}}} <{content}>\n", claim.parent.map(|parent| parent.0))
        };
        self.analysis.claims.iter().enumerate().map(told).collect()
    }
}

/// What is wrong with the analysis of one fixture, one line each; empty if all is well.
fn check(fixture: &str) -> String {
    let short = Short::new(fixture);
    let mut wrong = String::new();
    let known: Vec<usize> = short
        .demanded("miss")
        .iter()
        .flat_map(|line| line.split(' ').map(|id| id.parse().unwrap()).collect::<Vec<_>>())
        .collect();
    let missed = short.missed();
    if missed != known {
        writeln!(wrong, "missed {missed:?}, known to be missed {known:?}").unwrap();
    }
    let invented = short.invented();
    let allowed: usize = short.demanded("extra").first().map_or(0, |count| count.parse().unwrap());
    if invented.len() != allowed {
        writeln!(wrong, "invented {invented:?}, known to be invented {allowed}").unwrap();
    }
    wrong.push_str(&disputes(&short.analysis, &short.found, &short.demanded("contradict")));
    wrong.push_str(&short.unmet());
    if wrong.is_empty() { wrong } else { wrong + &short.told() }
}

#[test]
fn short_articles() {
    let mut wrong = String::new();
    let mut fixtures: Vec<_> = std::fs::read_dir("tests/fixtures/claims").unwrap().map(|entry| entry.unwrap().path()).collect();
    fixtures.sort();
    assert!(fixtures.len() >= 20);
    for path in fixtures {
        let report = check(&std::fs::read_to_string(&path).unwrap());
        if !report.is_empty() {
            writeln!(wrong, "{}\n{report}", path.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// What is left of an encoder's findings, as source, cue and content.
fn set_right(article: &Article, found: &[(&str, &str, &[&str])]) -> Vec<String> {
    let at = |words: &str| article.text.find(words).map(|start| Span::new(start, start + words.len())).unwrap();
    let attributions = found.iter().map(|(source, cue, content)| Attribution {
        source: Some(*source).filter(|source| !source.is_empty()).map(at).into_iter().collect(),
        cue: vec![at(cue)],
        content: content.iter().map(|part| at(part)).collect(),
        probability: 0.9,
    });
    let found = Some(Findings { names: Vec::new(), attributions: attributions.collect() });
    let told = claims::read(&Reading { found, ..Reading::new(article) }).attributions();
    let words = |spans: &[Span]| spans.iter().map(|span| span.of(&article.text)).collect::<Vec<_>>().join(" … ");
    told.iter().map(|told| format!("{} | {} | {}", words(&told.source), words(&told.cue), words(&told.content))).collect()
}

#[test]
fn a_subhead_is_said_by_nobody_around_it() {
    let mut article = article(
        "Karl Vik said the ferry was late.\n\n3. “No more than an old boat”\n\nThe harbour was shut.\n\nNever told the harbour",
    );
    for at in [1, 3] {
        article.blocks[at].kind = BlockKind::Subhead;
    }
    let found: [(&str, &str, &[&str]); 2] =
        [("Karl Vik", "said", &["the ferry was late", "“No more than an old boat”"]), ("", "Never told", &["the harbour"])];
    assert_eq!(set_right(&article, &found), ["Karl Vik | said | the ferry was late"]);
}

#[test]
fn who_is_accused_accuses_nobody() {
    let article =
        article("Two keepers were charged with theft. Karl Vik, accused of fraud, denied the charge. Moss repeated the offer.");
    let found: [(&str, &str, &[&str]); 4] = [
        ("Two keepers", "were charged", &["with theft"]),
        ("Karl Vik", "accused", &["of fraud"]),
        ("Karl Vik", "denied", &["the charge"]),
        ("Moss", "repeated the", &["offer"]),
    ];
    let told = set_right(&article, &found);
    assert!(told.contains(&"Karl Vik | denied | the charge".into()), "{told:?}");
    assert!(told.contains(&"Moss | repeated | offer".into()), "{told:?}");
    assert!(!told.iter().any(|told| told.starts_with("Two keepers") || told.contains("accused")), "{told:?}");
}

#[test]
fn contents_end_with_their_phrase_and_sources_before_their_verb() {
    let article = article(
        "Ada Moss eliminated from the race after announcing a strike. Karl Vik said that the boat would have a new bell, and left. \
         A boat called “Echo” sank.",
    );
    let found: [(&str, &str, &[&str]); 3] = [
        ("Ada Moss eliminated from the race after", "announcing", &["a strike"]),
        ("Karl Vik", "said", &["that the boat would have a"]),
        ("A boat", "called", &["“Echo”"]),
    ];
    let told = set_right(&article, &found);
    assert_eq!(told, ["Ada Moss | announcing | a strike", "Karl Vik | said | that the boat would have a new bell"]);
}

#[test]
fn contents_go_on_with_what_their_own_speaker_explains() {
    let article = article("The Echo said Ada Moss wrote to the crew, explaining that the bell was cracked.");
    let whole = "The Echo | said | Ada Moss wrote to the crew, explaining that the bell was cracked";
    for broken in ["Ada Moss wrote to the crew,", "Ada Moss wrote to the crew, explaining"] {
        let told = set_right(&article, &[("The Echo", "said", &[broken])]);
        assert!(told.contains(&whole.into()), "{told:?}");
    }
}

#[test]
fn who_is_cited_can_speak() {
    let cited = |whom: &str| {
        let article = article(&format!("Karl Vik, citing {whom}, said the race was off."));
        set_right(&article, &[("Karl Vik", "said", &["the race was off"])]).iter().any(|told| told.starts_with(whom))
    };
    assert!(cited("two officials") && cited("Ada Moss"));
    assert!(!cited("the high wind"));
}
