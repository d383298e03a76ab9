//! What the encoder's probability of an attribution is worth.

/// Probability by the encoder, and share of such claims that were right in content and source, on the development part of
/// `PolNeAR` (2,045 outermost claims in ten bins; its two halves differ by some .05).
const RELIABILITY: [(f32, f32); 11] = [
    (0.00, 0.10),
    (0.35, 0.25),
    (0.45, 0.38),
    (0.55, 0.40),
    (0.65, 0.44),
    (0.75, 0.57),
    (0.82, 0.67),
    (0.87, 0.78),
    (0.93, 0.80),
    (0.97, 0.92),
    (1.00, 0.99),
];

/// The share of claims as probable as this that are right; `None` where the encoder gave no probability.
pub(super) fn calibrated(probability: f32) -> Option<f32> {
    let above = RELIABILITY.iter().position(|&(p, _)| p >= probability).filter(|_| probability > 0.0)?;
    let (high, to) = *RELIABILITY.get(above)?;
    let (low, from) = *RELIABILITY.get(above.checked_sub(1)?)?;
    Some(from + (to - from) * (probability - low) / (high - low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surer_the_righter_and_nothing_for_nothing() {
        assert_eq!(calibrated(0.0), None);
        let values: Vec<f32> = (1..=100).filter_map(|p| calibrated(p as f32 / 100.0)).collect();
        assert_eq!(values.len(), 100);
        assert!(values.is_sorted() && values.first() > Some(&0.1) && values.last() <= Some(&0.99));
        assert_eq!(calibrated(0.87), Some(0.78));
    }
}
