//! Measures where each line stands: one pass down the page and one up.

use super::place::{Place, Side};
use super::{is_furniture, trust};
use crate::article::clean::{Facts, headline};
use crate::article::page::Page;
use crate::text::Span;

/// The place of every line.
pub(super) fn places(page: &Page, facts: &[Facts]) -> Vec<Place> {
    let prose: Vec<bool> = facts.iter().map(Facts::is_prose).collect();
    let run = densest_run(page, facts, |_| 8.0);
    let wide = densest_run(page, facts, |fact| if is_furniture(fact) { 14.0 } else { 2.0 });
    let mut times = std::collections::HashMap::new();
    for fact in facts {
        *times.entry(fact.lower).or_insert(0usize) += 1;
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
        place.repeated = times.get(fact.lower).is_some_and(|n| *n > 1);
        place.seen = !seen.insert(fact.lower);
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
    let title = headline::title_line(page, facts);
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
        let trust = line.markup.as_ref().map_or(1.0, trust);
        sum += if fact.is_prose() { trust * fact.words.saturating_sub(8).clamp(2, 60) as f32 } else { -cost(fact) };
        if sum > best {
            (best, found) = (sum, Some(Span::new(start, i + 1)));
        }
    }
    found
}
