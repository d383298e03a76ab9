//! The model's terms in the words that users read.

use crate::analysis::claims::{ClaimForm, Stance};
use crate::analysis::timeline::EventStatus;
use crate::article::Reason;

/// A stance as a verb.
pub const fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Asserts => "asserts",
        Stance::Confirms => "confirms",
        Stance::Denies => "denies",
        Stance::Claims => "claims",
        Stance::Speculates => "speculates",
        Stance::Asks => "asks",
        Stance::Declines => "declines to say",
    }
}

/// How the words are told.
pub const fn form(form: ClaimForm) -> &'static str {
    match form {
        ClaimForm::Direct => "direct quote",
        ClaimForm::Indirect => "paraphrase",
        ClaimForm::Mixed => "partly quoted",
    }
}

/// Whether an event took place.
pub const fn status(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Happened => "told as a fact",
        EventStatus::Reported => "reported",
        EventStatus::Denied => "said not to have happened",
        EventStatus::Planned => "to come",
        EventStatus::Hypothetical => "might happen",
        EventStatus::Ongoing => "goes on",
    }
}

/// Why a line is not in the article.
pub const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Subscription => "subscription",
        Reason::Related => "related",
        Reason::Social => "social",
        Reason::Disclaimer => "disclaimer",
        Reason::Metadata => "metadata",
        Reason::Caption => "picture",
        Reason::Navigation => "navigation",
        Reason::Signoff => "sign-off",
        Reason::Advertisement => "advertisement",
        Reason::Comments => "comments",
        Reason::Consent => "consent",
        Reason::Repeated => "said twice",
        Reason::Other => "not the article",
    }
}

/// So many of a thing: `1 claim`, `2 claims`.
pub fn plural(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

/// The share of `some` in `all`, to the nearest percent; what is there is never nothing. `–` where there is nothing to share.
pub fn percent(some: usize, all: usize) -> String {
    match (some * 100 + all / 2).checked_div(all) {
        None => "–".to_owned(),
        Some(0) if some > 0 => "<1 %".to_owned(),
        Some(share) => format!("{share} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_never_nothing() {
        assert_eq!([percent(0, 0), percent(0, 9), percent(1, 700), percent(5, 700)], ["–", "0 %", "<1 %", "1 %"]);
    }
}
