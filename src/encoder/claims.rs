//! The first step of attributions, and the last: cues and contents by label, then what no cue reached.

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
/// Content that no cue reached stands on its own when this share of it, in tenths, and this many words, are left.
const LOOSE_TENTHS: usize = 7;
const LOOSE_WORDS: usize = 4;
/// A quote without a cue belongs to the claim before it, at most this many paragraphs back.
const PARAGRAPHS_BACK: u32 = 6;

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

/// Gives contents that no cue reached a place: a quote beside claims of its paragraph joins the nearest, one in a paragraph
/// without claims goes on with the claim before it, any other stands alone. `related` and `contents` are in text order.
pub(super) fn complete(words: &Words, mut related: Vec<Related>, contents: &[(Run, f32)]) -> Vec<Attribution> {
    let mut covered = vec![false; words.len()];
    for &(first, last) in related.iter().flat_map(|r| &r.content) {
        covered[first..=last].fill(true);
    }
    let mut alone = Vec::new();
    for &((first, last), probability) in contents {
        let left: Vec<usize> = (first..=last).filter(|&i| !covered[i]).collect();
        if left.len() < LOOSE_WORDS || 10 * left.len() < LOOSE_TENTHS * (last + 1 - first) {
            continue;
        }
        let paragraph = words.paragraph[first];
        let from = related.partition_point(|r| words.paragraph[r.cue.0] < paragraph);
        let to = related.partition_point(|r| words.paragraph[r.cue.0] <= paragraph);
        let content = vec![(first, last)];
        if let Some(nearest) = related[from..to].iter_mut().min_by_key(|r| r.cue.0.abs_diff(first)) {
            if words.quoted[first] || words.quoted[last] {
                nearest.content = joined(&nearest.content, left);
            }
        } else if let Some(before) = from.checked_sub(1).map(|k| &related[k])
            && paragraph - words.paragraph[before.cue.0] <= PARAGRAPHS_BACK
        {
            alone.push((Some(before.cue), before.source.clone(), content, probability * before.probability));
        } else {
            alone.push((None, Vec::new(), content, probability));
        }
    }
    let told = related.into_iter().map(|r| (Some(r.cue), r.source, r.content, r.probability));
    let mut out: Vec<Attribution> = told.chain(alone).map(|parts| attribution(words, parts)).collect();
    out.sort_by_key(|a| a.content.first().copied());
    out
}

fn joined(content: &[Run], more: Vec<usize>) -> Vec<Run> {
    let mut members: Vec<usize> = content.iter().flat_map(|&(first, last)| first..=last).chain(more).collect();
    members.sort_unstable();
    members.dedup();
    runs_of(members)
}

type Parts = (Option<Run>, Vec<Run>, Vec<Run>, f32);

fn attribution(words: &Words, (cue, source, content, probability): Parts) -> Attribution {
    let spans =
        |runs: &[Run]| runs.iter().map(|&(first, last)| Span::new(words.span[first].start, words.span[last].end)).collect();
    Attribution { source: spans(&source), cue: spans(cue.as_slice()), content: spans(&content), probability }
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
        let words = words(text);
        let found = complete(&words, vec![said(3, (0, 1))], &[((0, 1), 0.9), ((6, 13), 0.9)]);
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
        let found = complete(&words, vec![said(cue, (cue - 4, cue - 1))], &[((0, 7), 0.9), ((second, second + 6), 0.9)]);
        assert_eq!(found.len(), 2);
        assert!(found[0].cue.is_empty() && found[0].source.is_empty());
        assert_eq!(found[1].content.len(), 2);
    }
}
