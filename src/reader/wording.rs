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
