//! How often findings with a given probability of the encoder are right: a table of measured shares, interpolated between its rows.

/// Probabilities of the encoder, from 0 to 1 and rising, each with the share of such findings that were right.
pub(super) struct Reliability(pub &'static [(f32, f32)]);

impl Reliability {
    /// The share of findings as probable as this that are right; `None` where the encoder gave no probability.
    pub fn calibrated(&self, probability: f32) -> Option<f32> {
        let above = self.0.iter().position(|&(p, _)| p >= probability).filter(|_| probability > 0.0)?;
        let (high, to) = *self.0.get(above)?;
        let (low, from) = *self.0.get(above.checked_sub(1)?)?;
        Some(from + (to - from) * (probability - low) / (high - low))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The surer the righter, and nothing for nothing.
    #[track_caller]
    pub fn check(table: &Reliability) {
        assert_eq!(table.calibrated(0.0), None);
        let values: Vec<f32> = (1..=100).filter_map(|p| table.calibrated(p as f32 / 100.0)).collect();
        assert_eq!(values.len(), 100);
        assert!(values.is_sorted() && values[0] > 0.0 && values[99] < 1.0, "{values:?}");
        for &(p, share) in &table.0[1..] {
            assert!(table.calibrated(p).is_some_and(|value| (value - share).abs() < 1e-6), "{p}");
        }
    }
}
