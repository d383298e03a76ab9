//! How often a claim is right, given the encoder's probability of its attribution and what kind of attribution it is.

use super::{ClaimForm, CueClass};
use crate::analysis::reliability::Reliability;

/// Probability by the encoder, and share of such claims that were right in content and source, on the development part of `PolNeAR`: of 647
/// outermost claims with quoted words.
const QUOTED: Reliability = Reliability(&[
    (0.00, 0.10),
    (0.50, 0.20),
    (0.60, 0.53),
    (0.71, 0.72),
    (0.80, 0.80),
    (0.88, 0.93),
    (0.96, 0.95),
    (1.00, 0.99),
]);

/// The same of 855 with a verb or noun of speech and no quote.
const SPOKEN: Reliability = Reliability(&[
    (0.00, 0.10),
    (0.43, 0.30),
    (0.55, 0.47),
    (0.70, 0.53),
    (0.79, 0.62),
    (0.85, 0.74),
    (0.90, 0.79),
    (0.95, 0.87),
    (0.98, 0.93),
    (1.00, 0.99),
]);

/// The same of 505 others: beliefs, wishes, plans, and cues that no lexicon knows.
const OTHERS: Reliability = Reliability(&[
    (0.00, 0.10),
    (0.42, 0.40),
    (0.60, 0.46),
    (0.78, 0.50),
    (0.88, 0.56),
    (0.95, 0.68),
    (0.99, 0.86),
    (1.00, 0.95),
]);

/// The share of such claims that are right; `None` where the encoder gave no probability.
pub(super) fn calibrated(probability: f32, class: CueClass, form: ClaimForm) -> Option<f32> {
    let table = match (class, form) {
        (CueClass::Attitude, _) => OTHERS,
        (CueClass::Reporting, ClaimForm::Indirect) => SPOKEN,
        (CueClass::Reporting, ClaimForm::Direct | ClaimForm::Mixed) => QUOTED,
    };
    table.calibrated(probability)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reliability::tests::check;

    #[test]
    fn the_surer_the_righter() {
        for table in [QUOTED, SPOKEN, OTHERS] {
            check(&table);
        }
    }

    #[test]
    fn quoted_words_are_surest() {
        let of = |class, form| calibrated(0.8, class, form).unwrap();
        assert!(of(CueClass::Reporting, ClaimForm::Mixed) > of(CueClass::Reporting, ClaimForm::Indirect));
        assert!(of(CueClass::Reporting, ClaimForm::Indirect) > of(CueClass::Attitude, ClaimForm::Direct));
        assert_eq!(calibrated(0.0, CueClass::Reporting, ClaimForm::Direct), None);
    }
}
