//! Claims on short articles in the field's notation: `[1 The minister] {1 said} <1 the levy would go>` is one claim, its number in
//! each bracket; a content holds what is nested in it, and its own source and cue where they break it. Below `---` stand what else
//! must hold: `same 1 2` and `different 1 2` sources, `kind`, `stance`, `form`, `to`, `time`, `why`,
//! `name` of the source; `source 2 The coach` where the
//! words that name it stand elsewhere; `contradict 1 2`, all pairs of claims that do; and what is known not to be found yet: `miss 3`, `extra 1` (claims invented).

#![cfg(test)]
#![expect(clippy::string_slice, reason = "the marks are ASCII")]

use byline::analysis::claims::{self, Claim};
use byline::analysis::{Analysis, analyse_by_rules};
use byline::article::{Article, ReadOptions, read};
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

/// What is wrong with the analysis of one fixture, one line each; empty if all is well.
fn check(fixture: &str) -> String {
    let (marked, demands) = fixture.split_once("\n---\n").unwrap_or((fixture, ""));
    let (text, gold) = unmark(marked.trim_end());
    let analysis = analyse_by_rules(&article(&text));
    let found: BTreeMap<usize, usize> = gold
        .iter()
        .filter_map(|(&id, gold)| Some((id, analysis.claims.iter().position(|claim| matches(gold, claim))?)))
        .collect();
    let mut wrong = String::new();
    let missed: Vec<usize> = gold
        .iter()
        .filter(|(id, gold)| {
            let claim = found.get(id).map(|&at| &analysis.claims[at]);
            let parent = gold.parent.and_then(|parent| found.get(&parent).copied());
            claim.is_none_or(|claim| {
                gold.parent.is_some() && claim.parent.map(|parent| parent.0) != parent
                    || gold.parent.is_none() && claim.parent.is_some()
            })
        })
        .map(|(&id, _)| id)
        .collect();
    let demand = |name: &str| {
        demands.lines().filter_map(move |line| line.strip_prefix(name)?.strip_prefix(' ')).map(str::to_owned).collect::<Vec<_>>()
    };
    let known: Vec<usize> =
        demand("miss").iter().flat_map(|line| line.split(' ').map(|id| id.parse().unwrap()).collect::<Vec<_>>()).collect();
    if missed != known {
        writeln!(wrong, "missed {missed:?}, known to be missed {known:?}").unwrap();
    }
    let invented = analysis
        .claims
        .iter()
        .enumerate()
        .filter(|(at, claim)| claim.cue_class == claims::CueClass::Reporting && !found.values().any(|taken| taken == at));
    let invented: Vec<usize> = invented.map(|(at, _)| at).collect();
    let allowed: usize = demand("extra").first().map_or(0, |count| count.parse().unwrap());
    if invented.len() != allowed {
        writeln!(wrong, "invented {invented:?}, known to be invented {allowed}").unwrap();
    }
    wrong.push_str(&disputes(&analysis, &found, &demand("contradict")));
    for line in demands.lines() {
        let mut words = line.split(' ');
        let (name, first) = (words.next().unwrap(), words.next().unwrap_or_default());
        let Some(claim) = first.parse().ok().and_then(|id: usize| found.get(&id)).map(|&at| &analysis.claims[at]) else {
            continue;
        };
        let rest = words.collect::<Vec<_>>().join(" ");
        let other = || rest.parse().ok().and_then(|id: usize| found.get(&id)).map(|&at| analysis.claims[at].source);
        let source = claim.source.map(|id| &analysis.sources[id.0]);
        let have = match name {
            "same" => (other().is_none_or(|other| other == claim.source)).to_string().replace("true", &rest),
            "different" => (other().is_none_or(|other| other != claim.source)).to_string().replace("true", &rest),
            "kind" => format!("{:?}", source.map(|source| source.kind)).to_lowercase().replace("some(", "").replace(')', ""),
            "stance" => format!("{:?}", claim.stance).to_lowercase(),
            "form" => format!("{:?}", claim.form).to_lowercase(),
            "to" => claim.addressee.unwrap_or_default().of(&text).to_owned(),
            "why" => source.and_then(|source| source.why_unnamed).unwrap_or_default().of(&text).to_owned(),
            "source" => claim.source_spans.iter().map(|span| span.of(&text)).collect(),
            "name" => source.map(|source| source.name.clone()).unwrap_or_default(),
            "time" => claim.time.map(|id| analysis.timexes[id.0].span).unwrap_or_default().of(&text).to_owned(),
            _ => continue,
        };
        if have != rest {
            writeln!(wrong, "{line}: have {have:?}").unwrap();
        }
    }
    if !wrong.is_empty() {
        for (at, claim) in analysis.claims.iter().enumerate() {
            let words = |spans: &[Span]| spans.iter().map(|span| span.of(&text)).collect::<Vec<_>>().join(" … ");
            let parent = claim.parent.map(|parent| parent.0);
            writeln!(
                wrong,
                "  {at} in {parent:?}: [{}] {{{}}} <{}>",
                words(&claim.source_spans),
                words(&claim.cue),
                words(&claim.content)
            )
            .unwrap();
        }
    }
    wrong
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
