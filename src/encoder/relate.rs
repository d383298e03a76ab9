//! The second step of attributions: for each cue, which words of its window are its source and its content.
//!
//! The network scores every word against every cue (word vector, cue vector, distances in buckets); the best labelling
//! under a cost for switching roles gives source and content; of several possible sources the strongest is kept.

use super::EncoderError;
use super::network::Network;
use super::viterbi::{Steps, best_path, log_softmax};
use super::windows::PairInput;
use super::words::Words;
use std::ops::Range;

/// Cost of a step from content to another role or back; half of it between source and content.
const SWITCH: f32 = 0.7;
const STEPS: Steps<3> = Steps { cost: [[0., 0., -SWITCH], [0., 0., -SWITCH / 2.], [-SWITCH, -SWITCH / 2., 0.]], start: [0.; 3] };
/// A source's words may be this far apart within one run.
const SOURCE_GAP: usize = 3;
/// Lowest distance of each bucket from the fifth on.
const DISTANCES: [i64; 7] = [5, 7, 10, 15, 26, 41, 71];

/// First and last word of an unbroken run.
pub(super) type Run = (usize, usize);

/// A cue with what was found for it, in words of the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Related {
    /// The cue.
    pub cue: Run,
    /// Its source, in runs.
    pub source: Vec<Run>,
    /// Its content, in runs; never empty.
    pub content: Vec<Run>,
    /// Probability of cue, source and content together.
    pub probability: f32,
}

/// A window as the network read it: its words and their vectors, `[words, width]`.
pub(super) struct Vectors<'a> {
    /// Its words.
    pub range: Range<usize>,
    /// Their vectors.
    pub words: Vec<f32>,
    /// Numbers a vector.
    pub width: usize,
    /// All words of the text.
    pub all: &'a Words,
}

/// Source and content of each `(cue, its probability)` of one window; cues without content are left out.
pub(super) fn relate(network: &Network, vectors: Vectors<'_>, cues: &[(Run, f32)]) -> Result<Vec<Related>, EncoderError> {
    if cues.is_empty() {
        return Ok(Vec::new());
    }
    let (range, width) = (vectors.range.clone(), vectors.width);
    let buckets = buckets(vectors.all, &range, cues);
    let means = cues.iter().flat_map(|(cue, _)| mean(&vectors, *cue)).collect();
    let input = PairInput { words: vectors.words, cues: means, buckets };
    let scores = network.relate(&input, width)?;
    let per_cue = scores.chunks(range.len().max(1) * 3);
    Ok(cues.iter().zip(per_cue).filter_map(|(cue, scores)| decode(scores, range.start, cue)).collect())
}

fn mean(vectors: &Vectors<'_>, cue: Run) -> Vec<f32> {
    let mut sum = vec![0.; vectors.width];
    let count = cue.1 + 1 - cue.0;
    for word in cue.0..=cue.1 {
        let at = (word - vectors.range.start) * vectors.width;
        let row = vectors.words.get(at..at + vectors.width).unwrap_or_default();
        sum.iter_mut().zip(row).for_each(|(s, v)| *s += v / count as f32);
    }
    sum
}

fn buckets(words: &Words, range: &Range<usize>, cues: &[(Run, f32)]) -> [Vec<i32>; 3] {
    let mut out: [Vec<i32>; 3] = std::array::from_fn(|_| Vec::with_capacity(range.len() * cues.len()));
    for &((first, last), _) in cues {
        for word in range.clone() {
            out[0].push(distance_bucket(word, first, last));
            out[1].push((i64::from(words.sentence[word]) - i64::from(words.sentence[first])).clamp(-3, 3) as i32 + 3);
            out[2].push((i64::from(words.paragraph[word]) - i64::from(words.paragraph[first])).clamp(-2, 2) as i32 + 2);
        }
    }
    out
}

/// Bucket of the signed distance of a word from the cue `first..=last`: 12 within it, below 12 before it, above behind it.
fn distance_bucket(word: usize, first: usize, last: usize) -> i32 {
    let away = if word < first { word as i64 - first as i64 } else { word.saturating_sub(last) as i64 };
    let size = away.abs();
    let step = if size <= 4 { size } else { 4 + DISTANCES.iter().filter(|&&edge| edge <= size).count() as i64 };
    (12 + away.signum() * step) as i32
}

fn decode(scores: &[f32], begin: usize, &(cue, certainty): &(Run, f32)) -> Option<Related> {
    let inside = |i: usize| cue.0 <= begin + i && begin + i <= cue.1;
    let rows: Vec<[f32; 3]> =
        scores.as_chunks::<3>().0.iter().enumerate().map(|(i, row)| if inside(i) { [0.; 3] } else { log_softmax(row) }).collect();
    let path = best_path(&rows, &STEPS);
    let of = |role| (0..path.len()).filter(|&i| path[i] == role && !inside(i)).collect::<Vec<_>>();
    let (source, content) = (strongest(&of(1), &rows), of(2));
    let mean = |members: &[usize], role: usize| match members.len() {
        0 => 1.,
        n => members.iter().map(|&i| rows[i][role].exp()).sum::<f32>() / n as f32,
    };
    let probability = certainty * mean(&source, 1) * mean(&content, 2);
    let shifted = |members: Vec<usize>| runs_of(members.into_iter().map(|i| begin + i));
    (!content.is_empty()).then(|| Related { cue, source: shifted(source), content: shifted(content), probability })
}

/// If the source words fall into several groups, the group that the network is surest of.
fn strongest(source: &[usize], rows: &[[f32; 3]]) -> Vec<usize> {
    let groups = source.chunk_by(|a, b| b - a <= SOURCE_GAP);
    let strength = |group: &[usize]| -> f32 {
        let (first, last) = (group[0], group[group.len() - 1]);
        rows[first..=last].iter().map(|row| (row[1] - row[0].max(row[2])).max(0.)).sum()
    };
    let best = groups.fold(None, |best: Option<(f32, &[usize])>, group| match best {
        Some((most, _)) if strength(group) <= most => best,
        _ => Some((strength(group), group)),
    });
    best.map(|(_, group)| group.to_vec()).unwrap_or_default()
}

/// The unbroken runs of ascending numbers.
pub(super) fn runs_of(members: impl IntoIterator<Item = usize>) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for i in members {
        match out.last_mut() {
            Some(run) if run.1 + 1 == i => run.1 = i,
            _ => out.push((i, i)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_fall_into_signed_buckets() {
        let found: Vec<i32> = [10, 9, 6, 5, 3, 12, 16, 17, 99].map(|word| distance_bucket(word, 10, 11)).to_vec();
        assert_eq!(found, [12, 11, 8, 7, 6, 13, 17, 17, 23]);
    }

    #[test]
    fn the_strongest_source_stays_and_a_cue_without_content_goes() {
        let (none, source, content) = ([5., 0., 0.], [0., 4., 0.], [0., 0., 5.]);
        let weak = [0., 1.5, 0.];
        let rows = [source, none, none, none, weak, [9., 9., 9.], content, content].concat();
        let found = decode(&rows, 100, &((105, 105), 0.5)).expect("a claim");
        assert_eq!((found.source, found.content), (vec![(100, 100)], vec![(106, 107)]));
        assert!(found.probability > 0.4 && found.probability < 0.5);
        assert_eq!(decode(&[none, none].concat(), 0, &((0, 0), 1.)), None);
    }
}
