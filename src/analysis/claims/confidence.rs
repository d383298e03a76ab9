//! How often a claim is right, given the encoder's probability of its attribution.

use crate::analysis::reliability::Reliability;

/// Probability by the encoder, and share of such claims that were right in content and source, on the development part of
/// `PolNeAR` (2,045 outermost claims in ten bins; its two halves differ by some .05).
pub(super) const RELIABILITY: Reliability = Reliability(&[
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
]);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reliability::tests::check;

    #[test]
    fn the_surer_the_righter() {
        check(&RELIABILITY);
    }
}
