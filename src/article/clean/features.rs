//! What the line model sees: named features of every line, of its place on the page and of its markup.
//!
//! A feature is a name that is there or not, so that the weights in `assets/lines/` can be read. None of them knows a site.

use super::facts::Facts;
use crate::article::Reason;
use crate::article::page::{Markup, Page, Region, Tag};
use crate::text::Span;

/// The name of the bin that `value` falls into: that of the first limit above it.
fn bin(value: f32, bins: &[(f32, &'static str)]) -> &'static str {
    let found = bins.iter().find(|(limit, _)| value < *limit).or(bins.last());
    found.map_or("", |(_, name)| name)
}

const ALL: f32 = f32::INFINITY;

/// The features of each line of the page, in order.
pub(super) fn features(page: &Page, facts: &[Facts]) -> Vec<Vec<&'static str>> {
    let places = places(page, facts);
    let mut out = Vec::with_capacity(facts.len());
    for ((line, facts), place) in page.lines.iter().zip(facts).zip(&places) {
        let mut names = Vec::with_capacity(48);
        shape(facts, &mut names);
        wording(facts, &mut names);
        place.name(&mut names);
        if line.gap {
            names.push("gap");
        }
        if let Some(markup) = &line.markup {
            name_markup(markup, &mut names);
        }
        out.push(names);
    }
    out
}

/// Length, case and punctuation.
fn shape(facts: &Facts, names: &mut Vec<&'static str>) {
    names.push("bias");
    names.push(bin(
        facts.chars as f32,
        &[
            (8.0, "chars<8"),
            (16.0, "chars<16"),
            (28.0, "chars<28"),
            (42.0, "chars<42"),
            (60.0, "chars<60"),
            (80.0, "chars<80"),
            (110.0, "chars<110"),
            (160.0, "chars<160"),
            (240.0, "chars<240"),
            (ALL, "chars>240"),
        ],
    ));
    names.push(bin(
        facts.words as f32,
        &[
            (1.0, "words=0"),
            (2.0, "words=1"),
            (4.0, "words<4"),
            (7.0, "words<7"),
            (11.0, "words<11"),
            (16.0, "words<16"),
            (ALL, "words>16"),
        ],
    ));
    let stop =
        &[(0.01, "stop=0"), (0.12, "stop<.12"), (0.24, "stop<.24"), (0.36, "stop<.36"), (0.48, "stop<.48"), (ALL, "stop>.48")];
    names.push(bin(facts.share(facts.stop), stop));
    let capitals = &[
        (0.15, "capitals<.15"),
        (0.3, "capitals<.3"),
        (0.5, "capitals<.5"),
        (0.75, "capitals<.75"),
        (0.99, "capitals<1"),
        (ALL, "capitals=1"),
    ];
    names.push(bin(facts.share(facts.capitals), capitals));
    if facts.words >= 2 && facts.shouted == facts.words {
        names.push("shouted");
    }
    names.push(bin(facts.share(facts.digits), &[(0.01, "digits=0"), (0.2, "digits<.2"), (0.5, "digits<.5"), (ALL, "digits>.5")]));
    names.push(bin(
        facts.sentences as f32,
        &[(1.0, "sentences=0"), (2.0, "sentences=1"), (3.0, "sentences=2"), (ALL, "sentences>2")],
    ));
    names.push(bin(facts.commas as f32, &[(1.0, "commas=0"), (2.0, "commas=1"), (ALL, "commas>1")]));
    if facts.is_prose() {
        names.push("prose");
    }
    let closing = facts.text.trim_end_matches(['”', '"', '’', '\'', ')']);
    names.push(match closing.chars().next_back() {
        Some('.') if closing.ends_with("...") => "ends=ellipsis",
        Some('.' | '。') => "ends=stop",
        Some('!') => "ends=!",
        Some('?' | '？') => "ends=?",
        Some(':') => "ends=colon",
        Some(',' | ';') => "ends=comma",
        Some('…') => "ends=ellipsis",
        Some('»' | '›' | '>' | '→') => "ends=arrow",
        Some(c) if c.is_ascii_digit() => "ends=digit",
        Some(c) if c.is_alphabetic() => "ends=letter",
        _ => "ends=other",
    });
    names.push(match facts.text.chars().next() {
        Some('"' | '“' | '‘' | '\'' | '«') => "starts=quote",
        Some('—' | '–' | '-') => "starts=dash",
        Some('•' | '*' | '·' | '▪' | '■' | '●') => "starts=bullet",
        Some('(' | '[') => "starts=bracket",
        Some('@' | '#') => "starts=handle",
        Some('©') => "starts=copyright",
        Some(c) if c.is_ascii_digit() => "starts=digit",
        Some(c) if c.is_lowercase() => "starts=lower",
        Some(c) if c.is_uppercase() => "starts=upper",
        _ => "starts=other",
    });
}

const STRONG: [(Reason, &str); 11] = [
    (Reason::Subscription, "is=subscription"),
    (Reason::Related, "is=related"),
    (Reason::Social, "is=social"),
    (Reason::Disclaimer, "is=disclaimer"),
    (Reason::Metadata, "is=metadata"),
    (Reason::Caption, "is=caption"),
    (Reason::Navigation, "is=navigation"),
    (Reason::Advertisement, "is=advertisement"),
    (Reason::Comments, "is=comments"),
    (Reason::Consent, "is=consent"),
    (Reason::Signoff, "is=signoff"),
];

const WEAK: [(Reason, &str); 11] = [
    (Reason::Subscription, "has=subscription"),
    (Reason::Related, "has=related"),
    (Reason::Social, "has=social"),
    (Reason::Disclaimer, "has=disclaimer"),
    (Reason::Metadata, "has=metadata"),
    (Reason::Caption, "has=caption"),
    (Reason::Navigation, "has=navigation"),
    (Reason::Advertisement, "has=advertisement"),
    (Reason::Comments, "has=comments"),
    (Reason::Consent, "has=consent"),
    (Reason::Signoff, "has=signoff"),
];

/// Vocabulary: phrases of furniture, dates, addresses, money, speech.
fn wording(facts: &Facts, names: &mut Vec<&'static str>) {
    for hit in &facts.hits {
        let table = if hit.strong { &STRONG } else { &WEAK };
        names.extend(table.iter().find(|(reason, _)| *reason == hit.reason).map(|(_, name)| *name));
    }
    if facts.hits.iter().any(|hit| hit.strong) {
        names.push("furniture");
    }
    let lower = facts.lower.as_str();
    let signs: [(&'static str, bool); 14] = [
        ("dated", facts.dated),
        ("url", lower.contains("http") || lower.contains("www.") || lower.contains(".com")),
        ("email", lower.contains('@') && lower.contains('.') && !lower.contains(" @")),
        ("handle", lower.starts_with('@') || lower.contains(" @") || lower.contains("(@")),
        ("tweet", lower.contains("pic.twitter.com") || lower.contains("t.co/")),
        ("hashtag", lower.contains(" #") || lower.starts_with('#')),
        ("money", lower.contains(['$', '€', '£', '₹', '¥'])),
        ("bars", lower.contains(" | ") || lower.contains(" / ") || lower.contains(" • ") || lower.contains(" · ")),
        ("copyright", lower.contains('©')),
        ("slashes", lower.contains('/')),
        ("quoted", facts.text.contains(['“', '"'])),
        ("said", lower.contains(" said") || lower.contains(" says") || lower.contains(" told")),
        ("by", lower.starts_with("by ") && facts.words <= 12),
        ("glued", is_glued(&facts.text)),
    ];
    names.extend(signs.iter().filter(|(_, there)| *there).map(|(name, _)| *name));
    names.push(bin(
        facts.share(facts.address),
        &[(0.001, "address=0"), (0.06, "address<.06"), (0.12, "address<.12"), (ALL, "address>.12")],
    ));
}

/// Two link texts run together: "`SubscribeSign` In".
fn is_glued(text: &str) -> bool {
    let glued = |word: &str| word.chars().zip(word.chars().skip(1)).filter(|(a, b)| a.is_lowercase() && b.is_uppercase()).count();
    text.split(' ').map(glued).sum::<usize>() >= 2
}

/// Where a line stands among the prose of its page.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four independent signs, each a feature of its own")]
struct Place {
    /// Prose lines among the five before and after it.
    before: usize,
    after: usize,
    /// Lines since the last and until the next prose line.
    since: usize,
    until: usize,
    /// Against the densest run of prose on the page: before, inside, after.
    run: Option<Side>,
    /// Lines to the nearest end of the run.
    edge: usize,
    first: bool,
    last: bool,
    /// Share of the page's prose, in characters, before this line.
    share: f32,
    repeated: bool,
    seen: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    Inside,
    After,
}

impl Place {
    fn name(&self, names: &mut Vec<&'static str>) {
        const BEFORE: [&str; 6] = ["before=0", "before=1", "before=2", "before=3", "before=4", "before=5"];
        const AFTER: [&str; 6] = ["after=0", "after=1", "after=2", "after=3", "after=4", "after=5"];
        names.extend(BEFORE.get(self.before));
        names.extend(AFTER.get(self.after));
        let far =
            [(1.5, "since=1"), (2.5, "since=2"), (4.5, "since<5"), (9.5, "since<10"), (25.0, "since<25"), (ALL, "since>25")];
        names.push(bin(self.since as f32, &far));
        let far =
            [(1.5, "until=1"), (2.5, "until=2"), (4.5, "until<5"), (9.5, "until<10"), (25.0, "until<25"), (ALL, "until>25")];
        names.push(bin(self.until as f32, &far));
        match self.run {
            Some(Side::Before) => {
                names.push("run=before");
                let far = [(1.5, "run-1"), (2.5, "run-2"), (4.5, "run-4"), (9.5, "run-9"), (25.0, "run-25"), (ALL, "run-far")];
                names.push(bin(self.edge as f32, &far));
            }
            Some(Side::Inside) => {
                names.push("run=inside");
                names.extend(self.first.then_some("run=first"));
                names.extend(self.last.then_some("run=last"));
            }
            Some(Side::After) => {
                names.push("run=after");
                let far = [(1.5, "run+1"), (2.5, "run+2"), (4.5, "run+4"), (9.5, "run+9"), (25.0, "run+25"), (ALL, "run+far")];
                names.push(bin(self.edge as f32, &far));
            }
            None => names.push("run=none"),
        }
        let share =
            [(0.001, "share=0"), (0.1, "share<.1"), (0.5, "share<.5"), (0.9, "share<.9"), (0.999, "share<1"), (ALL, "share=1")];
        names.push(bin(self.share, &share));
        names.extend(self.repeated.then_some("repeated"));
        names.extend(self.seen.then_some("seen"));
    }
}

fn places(page: &Page, facts: &[Facts]) -> Vec<Place> {
    let prose: Vec<bool> = facts.iter().map(Facts::is_prose).collect();
    let run = densest_run(facts);
    let mut times = std::collections::HashMap::new();
    for fact in facts {
        *times.entry(fact.lower.as_str()).or_insert(0usize) += 1;
    }
    let total: f32 = facts.iter().zip(&prose).filter(|(_, prose)| **prose).map(|(f, _)| f.chars as f32).sum::<f32>().max(1.0);
    let mut seen = std::collections::HashSet::new();
    let mut out = vec![Place::default(); page.lines.len()];
    let (mut since, mut share) = (99, 0.0);
    for (i, (place, fact)) in out.iter_mut().zip(facts).enumerate() {
        let count = |from: usize, to: usize| {
            prose.get(from.min(prose.len())..to.min(prose.len())).unwrap_or_default().iter().filter(|p| **p).count()
        };
        place.before = count(i.saturating_sub(5), i);
        place.after = count(i + 1, i + 6);
        place.since = since;
        place.share = share / total;
        since = if prose.get(i) == Some(&true) { 1 } else { since + 1 };
        if prose.get(i) == Some(&true) {
            share += fact.chars as f32;
        }
        place.repeated = times.get(fact.lower.as_str()).is_some_and(|n| *n > 1);
        place.seen = !seen.insert(fact.lower.as_str());
        place.run = run.map(|run| {
            if i < run.start {
                Side::Before
            } else if i < run.end {
                Side::Inside
            } else {
                Side::After
            }
        });
        if let Some(run) = run {
            place.edge = if i < run.start {
                run.start - i
            } else if i < run.end {
                0
            } else {
                i + 1 - run.end
            };
            place.first = i == run.start;
            place.last = i + 1 == run.end;
        }
    }
    let mut until = 99;
    for (place, prose) in out.iter_mut().zip(&prose).rev() {
        place.until = until;
        until = if *prose { 1 } else { until + 1 };
    }
    out
}

/// The run of lines with the most prose and the least else (Kadane's maximum subarray): a prose line counts its words, at most 60;
/// another line costs eight.
fn densest_run(facts: &[Facts]) -> Option<Span> {
    let (mut best, mut found) = (0.0_f32, None);
    let (mut sum, mut start) = (0.0_f32, 0);
    for (i, fact) in facts.iter().enumerate() {
        if sum <= 0.0 {
            (sum, start) = (0.0, i);
        }
        sum += if fact.is_prose() { fact.words.clamp(8, 60) as f32 } else { -8.0 };
        if sum > best {
            (best, found) = (sum, Some(Span::new(start, i + 1)));
        }
    }
    found
}

/// What the markup says.
fn name_markup(markup: &Markup, names: &mut Vec<&'static str>) {
    names.push(match markup.tag {
        Tag::Other => "tag=other",
        Tag::Paragraph => "tag=p",
        Tag::Heading(1) => "tag=h1",
        Tag::Heading(2) => "tag=h2",
        Tag::Heading(_) => "tag=h3",
        Tag::ListItem => "tag=li",
        Tag::Quote => "tag=quote",
        Tag::Caption => "tag=caption",
        Tag::Cell => "tag=cell",
        Tag::Time => "tag=time",
        Tag::Button => "tag=button",
    });
    names.push(if markup.content { "content" } else { "no-content" });
    let links = [(0.01, "links=0"), (0.25, "links<.25"), (0.6, "links<.6"), (0.95, "links<.95"), (ALL, "links=1")];
    names.push(bin(markup.links, &links));
    names.push(bin(markup.styled, &[(0.01, "styled=0"), (0.9, "styled<.9"), (ALL, "styled=1")]));
    names.extend(Region::ALL.iter().filter(|(region, _)| markup.within.has(*region)).map(|(_, name)| *name));
}
