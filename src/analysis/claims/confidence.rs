//! How often a claim is right, given the encoder's probability of its attribution and what kind of attribution it is.

use super::{ClaimForm, CueClass};
use crate::analysis::reliability::Reliability;

/// Probability by the encoder, and share of such claims that were right in content and source, on the development part of `PolNeAR`: of 650
/// outermost claims with quoted words.
const QUOTED: Reliability = Reliability(&[
    (0.00, 0.10),
    (0.50, 0.30),
    (0.59, 0.58),
    (0.71, 0.66),
    (0.80, 0.79),
    (0.89, 0.85),
    (0.95, 0.93),
    (1.00, 0.97),
]);

/// The same of 870 with a verb or noun of speech and no quote.
const SPOKEN: Reliability = Reliability(&[
    (0.00, 0.10),
    (0.50, 0.28),
    (0.57, 0.36),
    (0.66, 0.40),
    (0.73, 0.55),
    (0.80, 0.61),
    (0.86, 0.74),
    (0.94, 0.86),
    (0.98, 0.91),
    (1.00, 0.95),
]);

/// The same of 432 others: beliefs, wishes, plans, and cues that no lexicon knows.
const OTHERS: Reliability = Reliability(&[
    (0.00, 0.10),
    (0.42, 0.30),
    (0.56, 0.43),
    (0.71, 0.45),
    (0.87, 0.56),
    (0.95, 0.73),
    (0.99, 0.83),
    (1.00, 0.90),
]);

/// By how much the odds of a spoken claim rise where somebody named says that something is so: of 69 of them 64 were right, where 59 would have
/// been by [`SPOKEN`] alone, and the fewer it promises the greater the difference.
const NAMED_THAT: f32 = 2.5;

/// The share of such claims that are right; `None` where the encoder gave no probability. `named_that` tells whether a name says it and a "that"
/// opens its content.
pub(super) fn calibrated(probability: f32, class: CueClass, form: ClaimForm, named_that: bool) -> Option<f32> {
    match (class, form) {
        (CueClass::Attitude, _) => OTHERS.calibrated(probability),
        (CueClass::Reporting, ClaimForm::Direct | ClaimForm::Mixed) => QUOTED.calibrated(probability),
        (CueClass::Reporting, ClaimForm::Indirect) => {
            let share = SPOKEN.calibrated(probability)?;
            Some(if named_that { NAMED_THAT * share / (NAMED_THAT * share + 1.0 - share) } else { share })
        }
    }
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
        let of = |class, form| calibrated(0.8, class, form, false).unwrap();
        assert!(of(CueClass::Reporting, ClaimForm::Mixed) > of(CueClass::Reporting, ClaimForm::Indirect));
        assert!(of(CueClass::Reporting, ClaimForm::Indirect) > of(CueClass::Attitude, ClaimForm::Direct));
        assert_eq!(calibrated(0.0, CueClass::Reporting, ClaimForm::Direct, false), None);
    }

    #[test]
    fn somebody_named_who_says_that_it_is_so_is_believed_sooner() {
        let of = |probability, named_that| calibrated(probability, CueClass::Reporting, ClaimForm::Indirect, named_that).unwrap();
        assert!(of(0.7, false) < 0.5 && of(0.7, true) > 0.6);
        assert!(of(0.99, true) > of(0.99, false) && of(0.99, true) < 1.0);
        assert!(of(0.4, true) < 0.5);
    }
}
