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
pub(super) fn features(page: &Page, facts: &[Facts], certain: &[Option<Reason>]) -> Vec<Vec<&'static str>> {
    let places = places(page, facts);
    let mut out = Vec::with_capacity(facts.len());
    for (((line, facts), place), certain) in page.lines.iter().zip(facts).zip(&places).zip(certain) {
        let mut names = Vec::with_capacity(48);
        shape(facts, &mut names);
        wording(facts, &mut names);
        place.name(&mut names);
        if line.gap {
            names.push("gap");
        }
        if let Some(markup) = &line.markup {
            name_markup(markup, &mut names);
            names.extend((markup.links > 0.9 && facts.chars >= 20 && !facts.closes()).then_some("link-line"));
            names.extend((markup.content && facts.is_prose()).then_some("content-prose"));
            names.extend((markup.content && markup.tag == Tag::Paragraph && markup.links < 0.5).then_some("content-p"));
        }
        names.extend(certain.map(|_| "certain"));
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

/// What a line may have left behind since the prose began.
const PASSED: [(Reason, &str); 7] = [
    (Reason::Subscription, "past-subscription"),
    (Reason::Related, "past-related"),
    (Reason::Social, "past-social"),
    (Reason::Disclaimer, "past-disclaimer"),
    (Reason::Navigation, "past-navigation"),
    (Reason::Comments, "past-comments"),
    (Reason::Metadata, "past-metadata"),
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
    let signs: [(&'static str, bool); 15] = [
        ("ago", facts.words <= 7 && lower.ends_with(" ago")),
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
    /// Prose lines among the fifteen before and after it.
    far_before: usize,
    far_after: usize,
    /// Lines of furniture since the last and until the next prose line.
    furniture_since: usize,
    furniture_until: usize,
    /// Lines of furniture between the beginning of the densest run and this line, and the reasons among them, one bit each.
    passed: usize,
    passed_reasons: u16,
    /// Lines after the one that repeats the page's title; negative before it.
    title: Option<isize>,
    /// Lines in the block of lines without a blank line between them, and how many of those are prose.
    block: usize,
    block_prose: usize,
    /// Against the run of lines with the most prose in which short lines cost little and furniture much.
    wide: Option<Side>,
    wide_edge: usize,
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
        self.name_surroundings(names);
    }

    /// The same for what is around it: the title, furniture, the block.
    fn name_surroundings(&self, names: &mut Vec<&'static str>) {
        let few = |value: usize, names: [&'static str; 5]| {
            names
                .get(match value {
                    0 => 0,
                    1 => 1,
                    2 | 3 => 2,
                    4..=8 => 3,
                    _ => 4,
                })
                .copied()
        };
        names.extend(few(self.furniture_since, ["fsince=0", "fsince=1", "fsince<4", "fsince<9", "fsince>8"]));
        names.extend(few(self.furniture_until, ["funtil=0", "funtil=1", "funtil<4", "funtil<9", "funtil>8"]));
        names.extend(few(self.passed, ["passed=0", "passed=1", "passed<4", "passed<9", "passed>8"]));
        if self.run != Some(Side::Before) {
            let reasons = PASSED.iter().filter(|(reason, _)| self.passed_reasons & (1 << *reason as u16) != 0);
            names.extend(reasons.map(|(_, name)| *name));
        }
        if let Some(title) = self.title {
            let far = [
                (-20.0, "title-far"),
                (-0.5, "title-near"),
                (0.5, "title"),
                (4.5, "title+4"),
                (12.5, "title+12"),
                (40.0, "title+40"),
                (ALL, "title+far"),
            ];
            names.push(bin(title as f32, &far));
        }
        names.extend(few(self.block.saturating_sub(1), ["block=1", "block=2", "block<5", "block<10", "block>9"]));
        names.extend(few(self.far_before, ["far-before=0", "far-before=1", "far-before<4", "far-before<9", "far-before>8"]));
        names.extend(few(self.far_after, ["far-after=0", "far-after=1", "far-after<4", "far-after<9", "far-after>8"]));
        names.extend((self.block_prose > 0).then_some("block-prose"));
        let near = self.wide_edge <= 2;
        names.push(match self.wide {
            Some(Side::Before) => {
                if near {
                    "wide-near"
                } else {
                    "wide=before"
                }
            }
            Some(Side::Inside) => "wide=inside",
            Some(Side::After) => {
                if near {
                    "wide+near"
                } else {
                    "wide=after"
                }
            }
            None => "wide=none",
        });
        names.extend(self.repeated.then_some("repeated"));
        names.extend(self.seen.then_some("seen"));
    }
}

fn places(page: &Page, facts: &[Facts]) -> Vec<Place> {
    let prose: Vec<bool> = facts.iter().map(Facts::is_prose).collect();
    let run = densest_run(page, facts, |_| 8.0);
    let wide = densest_run(page, facts, |fact| if is_furniture(fact) { 14.0 } else { 2.0 });
    let mut times = std::collections::HashMap::new();
    for fact in facts {
        *times.entry(fact.lower.as_str()).or_insert(0usize) += 1;
    }
    let total: f32 = facts.iter().zip(&prose).filter(|(_, prose)| **prose).map(|(f, _)| f.chars as f32).sum::<f32>().max(1.0);
    let mut seen = std::collections::HashSet::new();
    let mut out = vec![Place::default(); page.lines.len()];
    let (mut since, mut share, mut furniture) = (99, 0.0, 9);
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
        (place.run, place.edge) = against(i, run);
        (place.wide, place.wide_edge) = against(i, wide);
        place.far_before = count(i.saturating_sub(15), i);
        place.far_after = count(i + 1, i + 16);
        place.furniture_since = furniture;
        furniture = if prose.get(i) == Some(&true) { 0 } else { furniture + usize::from(is_furniture(fact)) };
        if let Some(run) = run {
            place.first = i == run.start;
            place.last = i + 1 == run.end;
        }
    }
    let (mut until, mut furniture) = (99, 9);
    for ((place, prose), fact) in out.iter_mut().zip(&prose).zip(facts).rev() {
        place.until = until;
        place.furniture_until = furniture;
        until = if *prose { 1 } else { until + 1 };
        furniture = if *prose { 0 } else { furniture + usize::from(is_furniture(fact)) };
    }
    let title = super::headline::title_line(page, facts);
    for (at, place) in out.iter_mut().enumerate() {
        place.title = title.map(|title| at as isize - title as isize);
    }
    count_passed(run, facts, &mut out);
    name_blocks(page, &prose, &mut out);
    out
}

/// Counts the furniture between the beginning of the run and each line.
fn count_passed(run: Option<Span>, facts: &[Facts], places: &mut [Place]) {
    let start = run.map_or(0, |run| run.start);
    let count = |lines: &mut dyn Iterator<Item = (&mut Place, &Facts)>| {
        let (mut passed, mut reasons) = (0, 0_u16);
        for (place, fact) in lines {
            (place.passed, place.passed_reasons) = (passed, reasons);
            if let Some(hit) = fact.hits.iter().find(|hit| hit.strong) {
                passed += 1;
                reasons |= 1 << hit.reason as u16;
            }
        }
    };
    count(&mut places.iter_mut().zip(facts).skip(start));
    count(&mut places.iter_mut().zip(facts).take(start).rev());
}

/// Measures the blocks of lines between blank lines.
fn name_blocks(page: &Page, prose: &[bool], places: &mut [Place]) {
    let mut start = 0;
    while start < places.len() {
        let more = page.lines.iter().skip(start + 1).take_while(|line| !line.gap).count();
        let end = start + 1 + more;
        let inside = prose.get(start..end).unwrap_or_default().iter().filter(|prose| **prose).count();
        for place in places.iter_mut().take(end).skip(start) {
            (place.block, place.block_prose) = (more + 1, inside);
        }
        start = end;
    }
}

fn is_furniture(fact: &Facts) -> bool {
    fact.hits.iter().any(|hit| hit.strong)
}

/// Which side of the run line `at` stands on, and how many lines from its nearest end.
fn against(at: usize, run: Option<Span>) -> (Option<Side>, usize) {
    let Some(run) = run else { return (None, 0) };
    if at < run.start {
        (Some(Side::Before), run.start - at)
    } else if at < run.end {
        (Some(Side::Inside), 0)
    } else {
        (Some(Side::After), at + 1 - run.end)
    }
}

/// The run of lines with the most prose and the least else (Kadane's maximum subarray): a prose line counts its words beyond eight, at most 60;
/// another line costs what `cost` says.
fn densest_run(page: &Page, facts: &[Facts], cost: impl Fn(&Facts) -> f32) -> Option<Span> {
    let (mut best, mut found) = (0.0_f32, None);
    let (mut sum, mut start) = (0.0_f32, 0);
    for (i, (fact, line)) in facts.iter().zip(&page.lines).enumerate() {
        if sum <= 0.0 {
            (sum, start) = (0.0, i);
        }
        // Prose that the content extractor leaves out is a teaser more often than not.
        let trust = if line.markup.is_none_or(|markup| markup.content) { 1.0 } else { 0.2 };
        sum += if fact.is_prose() { trust * fact.words.saturating_sub(8).clamp(2, 60) as f32 } else { -cost(fact) };
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
