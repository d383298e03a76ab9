//! Whom "I", "my" and "we" mean: in a direct quote its speaker, in an interview the person who is asked.

use crate::analysis::claims::{Claim, ClaimForm};
use crate::analysis::entities::{EntityType, Mention, MentionForm, quoted};
use crate::analysis::{Analysis, EntityId, Reading};
use crate::text::{Span, TokenKind};
use std::collections::{HashMap, HashSet};

/// Bytes within which an interview comes to its first question.
const INTRODUCTION: usize = 2_000;

/// Words of which an interview's introduction has one.
const INTERVIEW: [&str; 14] = [
    "interview",
    "interviews",
    "interviewed",
    "interviewee",
    "spoke",
    "speaks",
    "talked",
    "talks",
    "discusses",
    "discussed",
    "answers",
    "answered",
    "q&a",
    "questions",
];

/// Adds the mentions by first and second person that are clear.
pub fn resolve(reading: &Reading<'_>, analysis: &mut Analysis) {
    let mut taken: HashSet<usize> = analysis.mentions.iter().map(|mention| mention.span.start).collect();
    let quoted = quoted(reading);
    unsay(reading, &quoted, analysis);
    let mut found = in_quotes(reading, &quoted, analysis);
    found.extend(in_interview(reading, &quoted, analysis));
    found.retain(|mention| taken.insert(mention.span.start));
    analysis.mentions.extend(found);
    analysis.mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
}

/// Takes back third-person pronouns that would have a speaker call themself "he" in their own quote.
fn unsay(reading: &Reading<'_>, quoted: &[bool], analysis: &mut Analysis) {
    let mut own: HashSet<(usize, EntityId)> = HashSet::new();
    for claim in analysis.claims.iter().filter(|claim| is_quoted(reading, quoted, claim)) {
        let source = claim.source.and_then(|id| analysis.sources.get(id.0)).and_then(|source| source.entity);
        for (span, entity) in claim.content.iter().filter_map(|span| source.map(|entity| (span, entity))) {
            own.extend(words(reading, quoted, *span, true, is_third).map(|word| (word.start, entity)));
        }
    }
    let is_own = |mention: &Mention| mention.form == MentionForm::Pronoun && own.contains(&(mention.span.start, mention.entity));
    analysis.mentions.retain(|mention| !is_own(mention));
}

/// Whether the claim is told in its source's own words: what somebody within a quote is said to have said is not.
fn is_quoted(reading: &Reading<'_>, quoted: &[bool], claim: &Claim) -> bool {
    let source = claim.source_spans.first().map(|span| reading.prose.token_at(span.start));
    claim.form != ClaimForm::Indirect && !source.is_some_and(|at| quoted.get(at).copied().unwrap_or(false))
}

/// The words of direct quotes that mean their speaker.
fn in_quotes(reading: &Reading<'_>, quoted: &[bool], analysis: &Analysis) -> Vec<Mention> {
    let mut out = Vec::new();
    for claim in &analysis.claims {
        let source = claim.source.and_then(|id| analysis.sources.get(id.0)).and_then(|source| source.entity);
        let Some(entity) = source else { continue };
        let Some(kind) = analysis.entities.get(entity.0).map(|entity| entity.kind) else { continue };
        if !is_quoted(reading, quoted, claim) {
            continue;
        }
        for content in &claim.content {
            let means = |word: &str| match kind {
                EntityType::Person => is_i(word),
                EntityType::Organization => is_we(word),
                _ => false,
            };
            out.extend(words(reading, quoted, *content, true, means).map(|span| Mention {
                entity,
                span,
                form: MentionForm::Pronoun,
            }));
        }
    }
    out
}

/// `I` in the answers and `you` in the questions of an interview.
fn in_interview(reading: &Reading<'_>, quoted: &[bool], analysis: &Analysis) -> Vec<Mention> {
    let paragraphs = &reading.prose.paragraphs;
    let asks = |span: Span| reading.text(span).trim_end_matches(['"', '”', ')', ' ']).ends_with('?');
    let questions = paragraphs.iter().filter(|paragraph| asks(paragraph.span)).count();
    let Some(first) = paragraphs.iter().find(|paragraph| asks(paragraph.span)) else { return Vec::new() };
    if questions < 3 || questions * 12 < paragraphs.len() {
        return Vec::new();
    }
    let introduced = reading.prose.tokens.get(..reading.prose.token_at(first.span.start)).unwrap_or_default();
    let announced = introduced.iter().any(|token| INTERVIEW.contains(&reading.text(token.span()).to_lowercase().as_str()));
    if first.span.start > INTRODUCTION || !announced {
        return Vec::new();
    }
    let Some(entity) = interviewee(analysis, first.span.start) else { return Vec::new() };
    let mut out = Vec::new();
    let mut answers = 0;
    for paragraph in paragraphs.iter().filter(|paragraph| paragraph.span.start >= first.span.start) {
        let question = asks(paragraph.span);
        let means = |word: &str| if question { is_you(word) } else { is_i(word) };
        let spans: Vec<Span> = words(reading, quoted, paragraph.span, false, means).collect();
        answers += if question { 0 } else { spans.len() };
        out.extend(spans.into_iter().map(|span| Mention { entity, span, form: MentionForm::Pronoun }));
    }
    // Questions without answers in the first person are the paper's own.
    if answers >= 3 { out } else { Vec::new() }
}

/// The one person whom the text before the first question speaks of most; `None` when two are close.
fn interviewee(analysis: &Analysis, before: usize) -> Option<EntityId> {
    let mut counts: HashMap<EntityId, usize> = HashMap::new();
    for mention in analysis.mentions.iter().take_while(|mention| mention.span.start < before) {
        if analysis.entities.get(mention.entity.0).is_some_and(|entity| entity.kind == EntityType::Person) {
            *counts.entry(mention.entity).or_default() += 1;
        }
    }
    let best = counts.iter().max_by_key(|(id, count)| (**count, std::cmp::Reverse(id.0)))?;
    let rival = counts.iter().filter(|(id, _)| *id != best.0).map(|(_, count)| *count).max().unwrap_or_default();
    (*best.1 * 2 >= rival * 3).then_some(*best.0)
}

fn is_i(word: &str) -> bool {
    matches!(word, "i" | "me" | "my" | "mine" | "myself")
}

fn is_third(word: &str) -> bool {
    matches!(word, "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" | "it" | "its" | "itself")
}

fn is_we(word: &str) -> bool {
    matches!(word, "we" | "us" | "our" | "ours" | "ourselves")
}

fn is_you(word: &str) -> bool {
    matches!(word, "you" | "your" | "yours" | "yourself")
}

/// The words under `span`, within quotation marks or outside them, that `means` takes in lower case.
fn words<'a>(
    reading: &'a Reading<'_>,
    quoted: &'a [bool],
    span: Span,
    inside: bool,
    means: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = Span> + 'a {
    reading.prose.tokens_in(span).filter_map(move |at| {
        let token = reading.prose.tokens.get(at)?;
        let text = reading.text(token.span());
        let place = quoted.get(at).copied().unwrap_or(false) == inside;
        let kept = place && token.kind == TokenKind::Word && text != "US" && means(&text.to_lowercase());
        kept.then_some(token.span())
    })
}
