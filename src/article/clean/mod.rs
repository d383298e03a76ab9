//! Which lines of a page are the article, and why the others are not.
//!
//! ```text
//! lines -> facts (one line by itself) -> features (and its place) -> chain (body or not) -> rules (kinds and reasons) -> labels
//! ```
//!
//! The chain decides what is body; the rules name what it left out, and overrule it only where a line says plainly what it is.

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

/// The labels of the page's lines, and what was seen of each.
pub(super) fn label(page: &Page) -> (Vec<Label>, Vec<Facts>) {
    let facts: Vec<Facts> = page.lines.iter().map(|line| Facts::of(page, line)).collect();
    let forced = reasons::certain(&facts);
    let model = if page.lines.iter().any(|line| line.markup.is_some()) { &HTML } else { &TEXT };
    let mut body = model.body(&features::features(page, &facts, &forced));
    for (body, forced) in body.iter_mut().zip(&forced) {
        *body &= forced.is_none();
    }
    let headline = headline::find(page, &facts, &body);
    let reasons = reasons::reasons(page, &facts, &body, &forced);
    let mut labels = Vec::with_capacity(body.len());
    for (i, ((line, body), reason)) in page.lines.iter().zip(&body).zip(&reasons).enumerate() {
        labels.push(if Some(i) == headline {
            Label::Keep(BlockKind::Headline)
        } else if *body {
            Label::Keep(kind(line, &facts, i))
        } else {
            Label::Drop(*reason)
        });
    }
    (labels, facts)
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
    let titled = fact.words <= 12 && fact.letters > 0 && !fact.text.ends_with(['.', ',', ':', ';', '”', '"', '!', '…']);
    let opens = fact.text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    if prose_follows && titled && opens { BlockKind::Subhead } else { BlockKind::Paragraph }
}

/// A line with its features, for training (see `training/lines`).
#[derive(Debug, Clone)]
pub struct Sample {
    /// The line with single spaces.
    pub text: String,
    /// Names of its features.
    pub features: Vec<&'static str>,
}

/// The lines of a page with their features.
pub(in crate::article) fn samples(page: &Page) -> Vec<Sample> {
    let facts: Vec<Facts> = page.lines.iter().map(|line| Facts::of(page, line)).collect();
    let features = features::features(page, &facts, &reasons::certain(&facts));
    facts.into_iter().zip(features).map(|(fact, features)| Sample { text: fact.text, features }).collect()
}
