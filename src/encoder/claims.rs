//! The first and the last step of finding attributions: first cues and contents by label, at the end the contents that belong to no cue.

use super::Attribution;
use super::relate::{Related, Run, runs_of};
use super::viterbi::{Steps, begin_inside, best_path, log_softmax, runs};
use super::words::Words;
use crate::text::Span;
use std::ops::Range;

/// None, then B and I of source, cue and content.
pub(super) const LABELS: usize = 7;

const STEPS: Steps<LABELS> = begin_inside();
/// Added to the log probability of a cue's first word, half of it to its later words; chosen on the dev file.
const CUE_BIAS: f32 = -0.2;
/// B label of cues, and of contents.
const CUE: u8 = 3;
const CONTENT: u8 = 5;
/// Content outside of all attributions becomes one of its own if this share of it, in tenths, and this many words, are left.
const LOOSE_TENTHS: usize = 7;
const LOOSE_WORDS: usize = 4;
/// A quote without a cue belongs to the claim before it, at most this many paragraphs back.
const PARAGRAPHS_BACK: usize = 6;

/// What the labels of one window say.
#[derive(Debug, Default)]
pub(super) struct Tagged {
    /// Each cue with its probability.
    pub cues: Vec<(Run, f32)>,
    /// Contents, whether a cue reaches them or not.
    pub contents: Vec<(Run, f32)>,
}

/// Cues and contents of the words `range`; `scores` has a row of [`LABELS`] a word, before the softmax.
pub(super) fn tag(words: &Words, range: &Range<usize>, scores: &[&[f32]]) -> Tagged {
    let plain: Vec<[f32; LABELS]> = scores.iter().map(|row| log_softmax(row)).collect();
    let mut out = Tagged::default();
    for paragraph in words.paragraphs(range.clone()) {
        let rows = plain.get(paragraph.start - range.start..paragraph.end - range.start).unwrap_or_default();
        let biased: Vec<[f32; LABELS]> = rows.iter().map(|row| bias(*row)).collect();
        let path = best_path(&biased, &STEPS);
        let found = |label: u8| {
            runs(&path, label).into_iter().map(move |(first, last)| {
                let kind = usize::from(label);
                let sum: f32 = rows[first..=last].iter().map(|row| row[kind].exp() + row[kind + 1].exp()).sum();
                ((paragraph.start + first, paragraph.start + last), sum / (last + 1 - first) as f32)
            })
        };
        out.cues.extend(found(CUE));
        out.contents.extend(found(CONTENT));
    }
    out
}

fn bias(mut row: [f32; LABELS]) -> [f32; LABELS] {
    row[usize::from(CUE)] += CUE_BIAS;
    row[usize::from(CUE) + 1] += CUE_BIAS / 2.;
    row
}

/// Words that stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    /// Number of the first word in the text.
    first: usize,
    /// Number of the last one.
    last: usize,
    /// Where they stand, in bytes.
    span: Span,
}

/// A cue with what was found for it.
#[derive(Debug, Clone)]
struct Claim {
    /// Number of the cue's paragraph.
    paragraph: usize,
    cue: Stretch,
    source: Vec<Stretch>,
    content: Vec<Stretch>,
    probability: f32,
}

/// Content that no cue reached.
#[derive(Debug, Clone)]
struct Loose {
    /// Number of its paragraph.
    paragraph: usize,
    content: Stretch,
    /// Its words without those that a cue reached.
    left: Vec<Stretch>,
    /// Whether it begins or ends in quotes.
    quoted: bool,
    probability: f32,
}

/// The findings of one window, in the order of the text; words are numbered as in the whole text.
#[derive(Debug, Default)]
pub(super) struct Told {
    claims: Vec<Claim>,
    loose: Vec<Loose>,
}

impl Told {
    /// Collects one window's findings; `before` is how many words and paragraphs precede it. Contents that cues have claimed for the most
    /// part are left out.
    pub fn new(words: &Words, before: (usize, usize), related: Vec<Related>, contents: &[(Run, f32)]) -> Self {
        let stretch = |&(first, last): &Run| Stretch {
            first: before.0 + first,
            last: before.0 + last,
            span: words.span[first].cover(words.span[last]),
        };
        let stretches = |runs: &[Run]| runs.iter().map(stretch).collect();
        let paragraph = |word: usize| before.1 + words.paragraph[word] as usize;
        let covered = |word: &usize| related.iter().flat_map(|r| &r.content).any(|&(first, last)| (first..=last).contains(word));
        let loose = contents.iter().filter_map(|&((first, last), probability)| {
            let left: Vec<usize> = (first..=last).filter(|word| !covered(word)).collect();
            let much = left.len() >= LOOSE_WORDS && 10 * left.len() >= LOOSE_TENTHS * (last + 1 - first);
            let quoted = words.quoted[first] || words.quoted[last];
            let (content, left) = (stretch(&(first, last)), stretches(&runs_of(left)));
            much.then(|| Loose { paragraph: paragraph(first), content, left, quoted, probability })
        });
        let loose = loose.collect();
        let claim = |r: Related| Claim {
            paragraph: paragraph(r.cue.0),
            cue: stretch(&r.cue),
            source: stretches(&r.source),
            content: stretches(&r.content),
            probability: r.probability,
        };
        Self { claims: related.into_iter().map(claim).collect(), loose }
    }
}

/// Finds a place for contents that belong to no cue: a quote beside claims in its paragraph joins the nearest one, a quote in a paragraph
/// without claims continues the claim before it, any other content becomes a claim without a cue. `windows` are in text order.
pub(super) fn complete<'t>(windows: impl Iterator<Item = &'t Told> + Clone) -> Vec<Attribution> {
    let mut claims: Vec<Claim> = windows.clone().flat_map(|told| told.claims.iter().cloned()).collect();
    let mut alone = Vec::new();
    for Loose { paragraph, content, left, quoted, probability } in windows.flat_map(|told| &told.loose) {
        let from = claims.partition_point(|claim| claim.paragraph < *paragraph);
        let to = claims.partition_point(|claim| claim.paragraph <= *paragraph);
        if let Some(nearest) = claims[from..to].iter_mut().min_by_key(|claim| claim.cue.first.abs_diff(content.first)) {
            if *quoted {
                join(&mut nearest.content, left);
            }
        } else if let Some(before) = from.checked_sub(1).map(|k| &claims[k])
            && paragraph - before.paragraph <= PARAGRAPHS_BACK
        {
            alone.push(attribution(&before.source, &[before.cue], &[*content], probability * before.probability));
        } else {
            alone.push(attribution(&[], &[], &[*content], *probability));
        }
    }
    let told = claims.iter().map(|claim| attribution(&claim.source, &[claim.cue], &claim.content, claim.probability));
    let mut out: Vec<Attribution> = told.chain(alone).collect();
    out.sort_by_key(|a| a.content.first().copied());
    out
}

/// Adds words to a content; stretches that now touch become one.
fn join(content: &mut Vec<Stretch>, more: &[Stretch]) {
    content.extend(more);
    content.sort_by_key(|stretch| stretch.first);
    content.dedup_by(|next, stretch| {
        let together = next.first <= stretch.last + 1;
        if together {
            stretch.last = stretch.last.max(next.last);
            stretch.span = stretch.span.cover(next.span);
        }
        together
    });
}

fn attribution(source: &[Stretch], cue: &[Stretch], content: &[Stretch], probability: f32) -> Attribution {
    let spans = |stretches: &[Stretch]| stretches.iter().map(|stretch| stretch.span).collect();
    Attribution { source: spans(source), cue: spans(cue), content: spans(content), probability }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Words {
        let mut at = 0;
        Words::read(
            text,
            text.split('\n').map(|line| {
                at += line.len() + 1;
                Span::new(at - 1 - line.len(), at - 1)
            }),
        )
    }

    fn said(cue: usize, content: Run) -> Related {
        Related { cue: (cue, cue), source: vec![(cue + 1, cue + 1)], content: vec![content], probability: 0.9 }
    }

    #[test]
    fn a_quote_in_the_next_paragraph_goes_on_with_the_claim_before() {
        let text = "It rains, said Ann.\n“We got very wet indeed.”";
        let told = Told::new(&words(text), (0, 0), vec![said(3, (0, 1))], &[((0, 1), 0.9), ((6, 13), 0.9)]);
        let found = complete([&told].into_iter());
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].source[0].of(text), "Ann");
        assert_eq!(found[1].cue[0].of(text), "said");
    }

    #[test]
    fn a_quote_beside_a_claim_joins_it_and_one_before_all_stands_alone() {
        let text = "“All of it went wrong.”\n“Rain,” said Ann. “We got very wet.”";
        let words = words(text);
        let second = words.len() - 7;
        let cue = (0..words.len()).find(|&i| words.span[i].of(text) == "said").expect("the cue");
        let contents = [((0, 7), 0.9), ((second, second + 6), 0.9)];
        let told = Told::new(&words, (0, 0), vec![said(cue, (cue - 4, cue - 1))], &contents);
        let found = complete([&told].into_iter());
        assert_eq!(found.len(), 2);
        assert!(found[0].cue.is_empty() && found[0].source.is_empty());
        assert_eq!(found[1].content.len(), 2);
    }

    #[test]
    fn a_paragraph_cut_into_windows_is_read_as_one() {
        let text = "“Rain,” said Ann. “We got very wet.”";
        let words = words(text);
        let cue = (0..words.len()).find(|&i| words.span[i].of(text) == "said").expect("the cue");
        // As two windows would tell it, the second from the word after "Ann" on.
        let first = Told::new(&words, (0, 0), vec![said(cue, (1, 1))], &[]);
        let rest = Words::read(text, [Span::new(words.span[cue + 2].start, text.len())]);
        let second = Told::new(&rest, (cue + 2, 0), Vec::new(), &[((1, 6), 0.9)]);
        let found = complete([&first, &second].into_iter());
        let contents: Vec<&str> = found[0].content.iter().map(|span| span.of(text)).collect();
        assert_eq!((found.len(), contents), (1, vec!["Rain", "“We got very wet."]));
    }
}
