//! What a probability of the encoder is worth: a table of measured shares, read between its rows.

/// Probabilities of the encoder, from 0 to 1 and rising, each with the share of such findings that were right.
pub(super) type Table = [(f32, f32)];

/// The share of findings as probable as this that are right; `None` where the encoder gave no probability.
pub(super) fn calibrated(table: &Table, probability: f32) -> Option<f32> {
    let above = table.iter().position(|&(p, _)| p >= probability).filter(|_| probability > 0.0)?;
    let (high, to) = *table.get(above)?;
    let (low, from) = *table.get(above.checked_sub(1)?)?;
    Some(from + (to - from) * (probability - low) / (high - low))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The surer the righter, and nothing for nothing.
    #[track_caller]
    pub fn check(table: &Table) {
        assert_eq!(calibrated(table, 0.0), None);
        let values: Vec<f32> = (1..=100).filter_map(|p| calibrated(table, p as f32 / 100.0)).collect();
        assert_eq!(values.len(), 100);
        assert!(values.is_sorted() && values[0] > 0.0 && values[99] < 1.0, "{values:?}");
        for &(p, share) in &table[1..] {
            assert!(calibrated(table, p).is_some_and(|value| (value - share).abs() < 1e-6), "{p}");
        }
    }
}
