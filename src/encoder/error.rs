//! Why the encoder gave no result.

use std::fmt;

/// Why the encoder cannot be had, or did not finish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EncoderError {
    /// This byline was built without the `encoder` feature.
    Absent,
    /// The embedded model cannot be read or run; what was wrong.
    Broken(String),
    /// The caller asked to stop.
    Stopped,
}

impl fmt::Display for EncoderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("this byline was built without the language model: names and claims go by rules alone"),
            Self::Broken(what) => write!(f, "the language model cannot be used: {what}"),
            Self::Stopped => f.write_str("reading was stopped"),
        }
    }
}

impl std::error::Error for EncoderError {}
