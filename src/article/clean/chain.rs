//! The line model: a linear-chain conditional random field over the lines of a page (Lafferty and others, 2001).
//!
//! Four states make a page: `Before` the body, in the `Body`, `Within` (furniture between two of its lines) and `After` it. A page
//! has at most one body: a long advertisement below the last paragraph cannot be part of it, but a short quote between paragraphs can. The
//! weights are trained by `training/lines/` and kept as plain text in `assets/lines/`.

use super::features::Feature;
use crate::text::entries;
use rustc_hash::FxHashMap;

/// Number of states.
pub(super) const STATES: usize = 4;
const BEFORE: usize = 0;
const BODY: usize = 1;

/// Distances of the lines whose features count for a line.
const OFFSETS: [isize; 5] = [-2, -1, 0, 1, 2];

/// Which state may follow which.
const FOLLOWS: [[bool; STATES]; STATES] =
    [[true, true, false, false], [false, true, true, true], [false, true, true, false], [false, false, false, true]];

/// The score of each state.
pub(super) type Scores = [f32; STATES];

/// A trained model.
#[derive(Debug, Default)]
pub(super) struct Model {
    /// Number of each feature that has a weight.
    numbers: FxHashMap<Feature, usize>,
    /// Weights of a feature at each of the offsets.
    weights: Vec<[Scores; OFFSETS.len()]>,
    steps: [Scores; STATES],
    /// How sure the model must be to call a line body.
    threshold: f32,
}

impl Model {
    /// Reads weights in thousandths, one entry a line: `feature` (`a&b` is a pair of features) with its weights, by offset and then by
    /// state, `step from to weight` and `threshold p`. Lines of any other form are skipped.
    pub(super) fn parse(text: &'static str) -> Self {
        let mut model = Self { threshold: 0.5, ..Self::default() };
        let mut numbers = Vec::with_capacity(OFFSETS.len() * STATES);
        for line in entries(text) {
            let mut fields = line.split_ascii_whitespace();
            let name = fields.next().unwrap_or_default();
            numbers.clear();
            numbers.extend(fields.filter_map(|field| field.parse::<i16>().ok()));
            match (name, numbers.as_slice()) {
                ("threshold", [p]) => model.threshold = weight(*p),
                ("step", [from, to, step]) => {
                    if let Some(cell) = model.steps.get_mut(*from as usize).and_then(|row| row.get_mut(*to as usize)) {
                        *cell = weight(*step);
                    }
                }
                (name, numbers) if numbers.len() == OFFSETS.len() * STATES => {
                    let feature = name.split_once('&').map_or([name, ""], |(a, b)| [a, b]);
                    model.numbers.insert(feature, model.weights.len());
                    let mut rows = [Scores::default(); OFFSETS.len()];
                    rows.as_flattened_mut().iter_mut().zip(numbers).for_each(|(cell, number)| *cell = weight(*number));
                    model.weights.push(rows);
                }
                _ => {}
            }
        }
        model
    }

    /// How sure the model must be to call a line body.
    pub(super) const fn threshold(&self) -> f32 {
        self.threshold
    }

    /// An empty page of `lines` lines, to be filled by [`Model::see`].
    pub(super) fn blank(lines: usize) -> Vec<Scores> {
        vec![[0.0; STATES]; lines]
    }

    /// Adds what the features of line `at` say of it and of its neighbours.
    pub(super) fn see(&self, scores: &mut [Scores], at: usize, features: &[Feature]) {
        for number in features.iter().filter_map(|feature| self.numbers.get(feature)) {
            let Some(weights) = self.weights.get(*number) else { continue };
            for (weights, offset) in weights.iter().zip(OFFSETS) {
                // The features of a line speak for the line that sees it at this offset.
                let Some(cell) = at.checked_add_signed(-offset).and_then(|line| scores.get_mut(line)) else { continue };
                cell.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
            }
        }
    }

    /// The probability of each line to be body, by the forward-backward algorithm. The sums of a line are kept near zero: over a long
    /// page they would outgrow what an `f32` tells apart.
    pub(super) fn chances(&self, scores: &[Scores]) -> Vec<f32> {
        let n = scores.len();
        let mut forward = vec![[f32::NEG_INFINITY; STATES]; n];
        let mut backward = vec![[0.0; STATES]; n];
        let mut last: Option<Scores> = None;
        for (cell, scores) in forward.iter_mut().zip(scores) {
            for (to, (cell, score)) in cell.iter_mut().zip(scores).enumerate() {
                let reached = match &last {
                    None => {
                        if to == BEFORE || to == BODY {
                            0.0
                        } else {
                            f32::NEG_INFINITY
                        }
                    }
                    Some(last) => log_sum(last.iter().enumerate().filter_map(|(from, a)| Some(a + self.step(from, to)?))),
                };
                *cell = reached + score;
            }
            *cell = levelled(*cell);
            last = Some(*cell);
        }
        // A page has a body, and it does not end `Within`: the last line is body or after it.
        let mut next: Scores = [f32::NEG_INFINITY, 0.0, f32::NEG_INFINITY, 0.0];
        for (cell, scores) in backward.iter_mut().zip(scores).rev() {
            *cell = next;
            let mut before = [f32::NEG_INFINITY; STATES];
            for (from, out) in before.iter_mut().enumerate() {
                let steps = next.iter().zip(scores).enumerate();
                *out = log_sum(steps.filter_map(|(to, (b, score))| Some(b + score + self.step(from, to)?)));
            }
            next = levelled(before);
        }
        let joint = forward.iter().zip(&backward).map(|(f, b)| {
            let all = log_sum(f.iter().zip(b).map(|(f, b)| f + b));
            f[BODY] + b[BODY] - all
        });
        joint.map(f32::exp).collect()
    }

    fn step(&self, from: usize, to: usize) -> Option<f32> {
        let allowed = *FOLLOWS.get(from)?.get(to)?;
        allowed.then(|| self.steps[from][to])
    }
}

/// A weight as the file has it, in thousandths.
fn weight(thousandths: i16) -> f32 {
    f32::from(thousandths) / 1000.0
}

/// The scores, the highest of them 0.
fn levelled(scores: Scores) -> Scores {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    scores.map(|score| score - most)
}

fn log_sum(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let most = values.clone().fold(f32::NEG_INFINITY, f32::max);
    if most == f32::NEG_INFINITY { most } else { most + values.map(|value| (value - most).exp()).sum::<f32>().ln() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_of_any_length_is_body() {
        let score = |line: usize| (line * 7919 % 100) as f32 / 3.0;
        let scores: Vec<Scores> = (0..150_000).map(|line| [-score(line), score(line) + 5.0, -9.0, -9.0]).collect();
        let chances = Model::default().chances(&scores);
        assert!(chances.iter().all(|chance| (0.99..1.001).contains(chance)), "{:?}", chances.iter().copied().reduce(f32::min));
        // As near its end as at its beginning.
        let [first, .., last] = chances.as_slice() else { panic!("lines") };
        assert!((first - last).abs() < 0.01, "{first} {last}");
    }

    #[test]
    fn weights_are_read_in_thousandths() {
        let text =
            "# Made.\nthreshold 250\nstep 1 2 -136\na&b 1 2 3 4 0 0 0 0 -5 600 0 0 0 0 0 0 0 0 0 -9\nshort 1 2\nstep 9 9 1\n";
        let model = Model::parse(text);
        assert_eq!((model.threshold(), model.step(1, 2), model.weights.len()), (0.25, Some(-0.136), 1));
        let mut scores = Model::blank(3);
        model.see(&mut scores, 1, &[["a", "b"], ["short", ""]]);
        // The weights at -2 have no line to count for; the line after the one that is seen sees it at -1.
        assert_eq!(scores, [[0.0; STATES], [-0.005, 0.6, 0.0, 0.0], [0.0; STATES]]);
    }

    #[test]
    fn furniture_around_and_within_a_body_is_none() {
        let (body, other) = ([-4.0, 4.0, -4.0, -4.0], [2.0, -4.0, 2.0, 2.0]);
        let chances = Model::default().chances(&[other, body, other, body, body, other]);
        let shown: Vec<bool> = chances.iter().map(|chance| *chance > 0.5).collect();
        assert_eq!(shown, [false, true, false, true, true, false]);
    }
}
