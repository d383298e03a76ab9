//! Which lines of a page are the article, and why the others are not.
//!
//! ```text
//! lines -> facts (one line by itself) -> features (and its place) -> chain (body or not) -> rules (kinds and reasons) -> labels
//! ```
//!
//! The chain decides what is body. The rules give a reason for what it left out, and overrule it only where a line says plainly what it is.

mod chain;
mod facts;
mod features;
mod headline;
mod lexicon;
mod reasons;

pub(in crate::article) use facts::Facts;
pub(in crate::article) use reasons::agency_in;

use super::page::{Line, Page, Tag};
use super::{BlockKind, Reason};
use chain::Model;
use std::sync::LazyLock;

/// Weights for plain text, and for HTML, where the markup has its say.
static TEXT: LazyLock<Model> = LazyLock::new(|| Model::parse(include_str!("../../../assets/lines/text.txt")));
static HTML: LazyLock<Model> = LazyLock::new(|| Model::parse(include_str!("../../../assets/lines/html.txt")));

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Keep(BlockKind),
    Drop(Reason),
}

/// The labels of the page's lines; `facts` has one entry for each line.
pub(super) fn label(page: &Page, facts: &[Facts]) -> Vec<Label> {
    let forced = reasons::certain(facts);
    let model = if page.lines.iter().any(|line| line.markup.is_some()) { &HTML } else { &TEXT };
    let mut scores = Model::blank(facts.len());
    features::each(page, facts, &forced, |at, features| model.see(&mut scores, at, features));
    let chances = model.chances(&scores);
    let least = least(&chances, model.threshold());
    let mut body: Vec<bool> = Vec::with_capacity(chances.len());
    for (((chance, forced), fact), line) in chances.iter().zip(&forced).zip(facts).zip(&page.lines) {
        let goes_on = body.last() == Some(&true) && *chance >= GOES_ON && reads_on(line, fact);
        let told = forced.is_some() || line.markup.is_some_and(|markup| is_no_text(markup.tag, fact));
        body.push(!told && (*chance >= least || goes_on));
    }
    // A text that opens with a paragraph instead of a headline has lost nothing at its beginning.
    if let ([opens @ false, true, ..], [line, ..], [fact, ..]) = (body.as_mut_slice(), page.lines.as_slice(), facts) {
        *opens = line.markup.is_none() && reads_on(line, fact);
    }
    keep_sentences_whole(page, facts, &forced, &mut body);
    drop_empty_heading(page, &mut body);
    let headline = headline::find(page, facts, &body).or_else(|| headline::opening(page, facts, &body));
    let reasons = reasons::reasons(page, facts, &body, &forced);
    let mut labels = Vec::with_capacity(body.len());
    for (i, ((line, body), reason)) in page.lines.iter().zip(&body).zip(&reasons).enumerate() {
        labels.push(if Some(i) == headline {
            Label::Keep(BlockKind::Headline)
        } else if *body {
            Label::Keep(kind(line, facts, i))
        } else {
            Label::Drop(*reason)
        });
    }
    labels
}

/// The probability from which a line is body. If no line reaches the threshold, the likeliest are taken, unless all are unlikely: the model
/// is seldom sure of a body of one line among 500.
fn least(chances: &[f32], threshold: f32) -> f32 {
    const UNLIKELY: f32 = 0.1;
    let most = chances.iter().copied().fold(0.0, f32::max);
    if (UNLIKELY..threshold).contains(&most) { most * threshold } else { threshold }
}

/// A paragraph directly after the body is kept from this probability on: one paragraph lost is worse than one too many.
const GOES_ON: f32 = 0.01;

/// Whether the line is a paragraph of prose without a word of furniture or a link in it.
fn reads_on(line: &Line, fact: &Facts) -> bool {
    let plain = line
        .markup
        .is_none_or(|markup| markup.content && markup.links < 0.3 && !matches!(markup.tag, Tag::Caption | Tag::ListItem));
    plain && fact.closes() && fact.hits.is_empty() && fact.chars >= 100 && fact.capitals * 2 < fact.words
}

/// Keeps a line whose sentence ends in a line that is kept. Goes back one line only, since menus in lower case look like one sentence.
fn keep_sentences_whole(page: &Page, facts: &[Facts], forced: &[Option<Reason>], body: &mut [bool]) {
    for at in 1..body.len() {
        let (Some([before, fact]), Some([open, true])) = (facts.get(at - 1..=at), body.get_mut(at - 1..=at)) else { continue };
        let told = forced.get(at - 1).is_some_and(Option::is_some);
        *open |= !told && page.lines.get(at).is_some_and(|line| !line.gap) && runs_on(before, fact);
    }
}

/// Drops a heading at the end of the body that nothing follows: what stood under it was no text. A body that ends in several headings is a list.
fn drop_empty_heading(page: &Page, body: &mut [bool]) {
    let is_heading =
        |at: &usize| page.lines.get(*at).and_then(|line| line.markup).is_some_and(|markup| matches!(markup.tag, Tag::Heading(_)));
    let mut kept = (0..body.len()).rev().filter(|at| body.get(*at) == Some(&true));
    let (Some(last), Some(before)) = (kept.next(), kept.next()) else { return };
    if is_heading(&last) && !is_heading(&before) {
        body[last] = false;
    }
}

/// Whether a sentence runs on from one line to the next, as in wrapped text. In the training pages and dumps this was so in all 22 cases
/// in which the second line was body.
fn runs_on(line: &Facts, next: &Facts) -> bool {
    let open = line.hits.is_empty() && line.text.ends_with(char::is_alphabetic);
    open && next.text.starts_with(char::is_lowercase)
}

/// Whether the line's own element never holds article text: in the training pages no caption, button or time is body.
fn is_no_text(tag: Tag, fact: &Facts) -> bool {
    match tag {
        Tag::Caption => true,
        Tag::Time | Tag::Button => fact.words <= 8,
        _ => false,
    }
}

/// What kind of block a line of the body is.
fn kind(line: &Line, facts: &[Facts], at: usize) -> BlockKind {
    let Some(fact) = facts.get(at) else { return BlockKind::Paragraph };
    match line.markup.map(|markup| markup.tag) {
        Some(Tag::Heading(_)) => return BlockKind::Subhead,
        Some(Tag::ListItem) => return BlockKind::ListItem,
        Some(Tag::Quote) => return BlockKind::Quote,
        _ => {}
    }
    if fact.text.starts_with(['•', '▪', '●', '‣', '*', '·']) || fact.text.starts_with("- ") {
        return BlockKind::ListItem;
    }
    let prose_follows = facts.get(at + 1).is_some_and(Facts::is_prose);
    if prose_follows && fact.is_titled() && fact.words <= 12 { BlockKind::Subhead } else { BlockKind::Paragraph }
}

/// A line with its features, for training (see `training/lines`).
#[derive(Debug, Clone)]
pub struct Sample {
    /// The line with single spaces.
    pub text: String,
    /// Names of its features; `a&b` is a pair.
    pub features: Vec<String>,
}

/// The lines of a page with their features.
pub(in crate::article) fn samples(page: &Page) -> Vec<Sample> {
    let mut lowered = String::new();
    let facts = Facts::all(page, &mut lowered);
    let certain = reasons::certain(&facts);
    let mut samples: Vec<Sample> =
        facts.iter().map(|fact| Sample { text: fact.text.to_string(), features: Vec::new() }).collect();
    let name = |[a, b]: &features::Feature| if b.is_empty() { (*a).to_owned() } else { format!("{a}&{b}") };
    features::each(page, &facts, &certain, |at, features| {
        if let Some(sample) = samples.get_mut(at) {
            sample.features = features.iter().map(name).collect();
        }
    });
    samples
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nothing_is_sure_the_likeliest_lines_are_body() {
        assert!((least(&[0.9, 0.2], 0.5) - 0.5).abs() < 1e-6, "sure enough");
        assert!((least(&[0.01, 0.4, 0.3], 0.5) - 0.2).abs() < 1e-6, "half as likely as the likeliest");
        assert!((least(&[0.01, 0.02], 0.5) - 0.5).abs() < 1e-6, "no article");
        assert!((least(&[], 0.5) - 0.5).abs() < 1e-6);
    }
}
