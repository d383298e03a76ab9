//! Which line is the headline.

use super::Facts;
use crate::article::page::{Page, Region, Tag};

/// How many lines above the body a headline may stand.
const REACH: usize = 30;

/// The line of the headline: the one that the page's metadata names, else the likeliest title above the body.
pub(super) fn find(page: &Page, facts: &[Facts], body: &[bool]) -> Option<usize> {
    let first = body.iter().position(|body| *body).unwrap_or(body.len());
    let from = first.saturating_sub(REACH);
    let named = page.document.headline.as_deref().map(squeeze).filter(|title| title.len() >= 8);
    let candidates = || facts.iter().enumerate().take(first).skip(from);
    if let Some(title) = named {
        let same = |fact: &Facts| repeats(fact, &title);
        let mut headings = candidates().filter(|(i, fact)| same(fact) && is_heading(page, *i));
        if let Some((at, _)) = headings.next_back().or_else(|| candidates().rfind(|(_, fact)| same(fact))) {
            return Some(at);
        }
    }
    let scored = candidates().filter_map(|(i, fact)| Some((i, score(page, facts, i, fact, first)?)));
    scored.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, score)| *score > 0.0).map(|(i, _)| i)
}

/// The first line of a text without markup, where it belongs to the body and is a title over a sentence.
pub(super) fn opening(page: &Page, facts: &[Facts], body: &[bool]) -> Option<usize> {
    let ([first, next, ..], [true, true, ..], [line, ..]) = (facts, body, page.lines.as_slice()) else { return None };
    let title = first.is_titled() && !first.closes() && (2..=20).contains(&first.words);
    let apart = next.closes() && !next.text.starts_with(char::is_lowercase);
    (line.markup.is_none() && title && apart).then_some(0)
}

/// The line that repeats the title that the page's metadata gives: a heading, or else the first such line.
pub(super) fn title_line(page: &Page, facts: &[Facts]) -> Option<usize> {
    let title = page.document.headline.as_deref().map(squeeze).filter(|title| title.len() >= 8)?;
    let same: Vec<usize> = facts.iter().enumerate().filter(|(_, fact)| repeats(fact, &title)).map(|(at, _)| at).collect();
    same.iter().copied().find(|at| is_heading(page, *at)).or(same.first().copied())
}

/// Whether the line is the squeezed title, perhaps with a section before it.
fn repeats(fact: &Facts, title: &str) -> bool {
    const SECTION: usize = 16;
    let line = squeeze(&fact.text);
    line.len() <= title.len() + SECTION && line.ends_with(title)
}

/// Letters and digits in lower case, so that quotes and dashes make no difference.
fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_heading(page: &Page, at: usize) -> bool {
    page.lines.get(at).and_then(|line| line.markup).is_some_and(|markup| matches!(markup.tag, Tag::Heading(_)))
}

/// How much the line looks like the headline of a body that begins at line `first`; `None` for what cannot be one.
fn score(page: &Page, facts: &[Facts], at: usize, fact: &Facts, first: usize) -> Option<f32> {
    let furniture = fact.hits.iter().any(|hit| hit.strong) || fact.dated || fact.lower.contains(" | ");
    let next = facts.get(at + 1..first.min(at + 6)).unwrap_or_default();
    let credited = next.iter().any(|f| f.dated || super::agency_in(&f.text).is_some() || f.lower.starts_with("by "));
    // Two words are a headline only where a text opens with them and says who wrote it.
    let shortest = if at == 0 && credited { 2 } else { 3 };
    if furniture || fact.words < shortest || fact.chars > 220 || fact.letters * 2 < fact.chars {
        return None;
    }
    let mut score = 1.0 - 0.12 * (first - at) as f32;
    score += if (5..=20).contains(&fact.words) { 1.0 } else { -0.6 };
    score += if fact.text.ends_with('.') || fact.sentences > 1 { -1.5 } else { 0.0 };
    score += if credited { 1.5 } else { 0.0 };
    score += if at == 0 { 1.5 } else { 0.0 };
    if let Some(markup) = page.lines.get(at).and_then(|line| line.markup) {
        score += match markup.tag {
            Tag::Heading(1) => 4.0,
            Tag::Heading(2) => 1.0,
            Tag::ListItem | Tag::Caption => -3.0,
            _ => -0.5,
        };
        score -= markup.links * 2.0;
        if [Region::Nav, Region::Related, Region::Footer, Region::Figure].iter().any(|region| markup.within.has(*region)) {
            score -= 3.0;
        }
    }
    Some(score)
}
