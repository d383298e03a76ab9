//! The best sequence of labels under costs of stepping from one to the next (Viterbi 1967).

/// A step that must not be taken.
pub(super) const NEVER: f32 = -1e9;

/// Costs of label sequences.
pub(super) struct Steps<const N: usize> {
    /// `cost[before][after]`, added to the log probabilities.
    pub cost: [[f32; N]; N],
    /// Of the first label.
    pub start: [f32; N],
}

/// Labels come as none, then B and I of each kind; I must follow B or I of its kind.
pub(super) const fn begin_inside<const N: usize>() -> Steps<N> {
    let mut steps = Steps { cost: [[0.; N]; N], start: [0.; N] };
    let mut inside = 2;
    while inside < N {
        let mut before = 0;
        while before < N {
            if before != inside && before + 1 != inside {
                steps.cost[before][inside] = NEVER;
            }
            before += 1;
        }
        steps.start[inside] = NEVER;
        inside += 2;
    }
    steps
}

/// The labels with the highest sum of scores and step costs; ties go to the lower label. Time: words times N squared.
pub(super) fn best_path<const N: usize>(scores: &[[f32; N]], steps: &Steps<N>) -> Vec<u8> {
    let Some((first, rest)) = scores.split_first() else {
        return Vec::new();
    };
    let mut total: [f32; N] = std::array::from_fn(|label| first[label] + steps.start[label]);
    let mut back = Vec::with_capacity(rest.len());
    for row in rest {
        let mut from = [0u8; N];
        let mut next = [0.; N];
        for (after, score) in row.iter().enumerate() {
            let mut best = f32::NEG_INFINITY;
            for (before, sum) in total.iter().enumerate() {
                let sum = sum + steps.cost[before][after];
                if sum > best {
                    (best, from[after]) = (sum, before as u8);
                }
            }
            next[after] = best + score;
        }
        total = next;
        back.push(from);
    }
    let last = (0..N).fold(0, |best, label| if total[label] > total[best] { label } else { best });
    let mut path = vec![last as u8];
    for from in back.iter().rev() {
        let label = path.last().copied().unwrap_or_default();
        path.push(from[usize::from(label)]);
    }
    path.reverse();
    path
}

/// Log of the softmax of scores.
pub(super) fn log_softmax<const N: usize>(scores: &[f32]) -> [f32; N] {
    let scores: [f32; N] = std::array::from_fn(|label| scores.get(label).copied().unwrap_or(NEVER));
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum = scores.iter().map(|s| (s - top).exp()).sum::<f32>().ln();
    scores.map(|s| s - top - sum)
}

/// First and last word of each run of one kind, whose B label is `label` and I label the next.
pub(super) fn runs(path: &[u8], label: u8) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (i, &tag) in path.iter().enumerate() {
        match out.last_mut() {
            Some(run) if tag == label + 1 && run.1 + 1 == i => run.1 = i,
            _ if tag == label || tag == label + 1 => out.push((i, i)),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_never_follows_none() {
        let steps = begin_inside::<5>();
        let scores = [[0., -1., 3., 0., 0.], [0., 0., 5., 0., 0.], [0., 0., 0., 0., 4.]];
        assert_eq!(best_path(&scores, &steps), [1, 2, 0]);
        assert!(best_path::<5>(&[], &steps).is_empty());
    }

    #[test]
    fn runs_break_at_begin() {
        assert_eq!(runs(&[1, 2, 1, 0, 3, 4], 1), [(0, 1), (2, 2)]);
        assert_eq!(runs(&[1, 2, 1, 0, 3, 4], 3), [(4, 5)]);
    }

    #[test]
    fn probabilities_sum_to_one() {
        let sum: f32 = log_softmax::<3>(&[1., 2., 1000.]).iter().map(|p| p.exp()).sum();
        assert!((sum - 1.).abs() < 1e-5);
    }
}
