//! Takes the place of [`network`](super) in a build without the `encoder` feature: no network can be made.

use super::EncoderError;
use super::windows::{PairInput, Scores, Window};

/// Nothing is read.
pub(super) const fn read_on_one_core() {}

/// Nothing is read.
pub(super) const fn read_in_bulk() {}

/// Never made.
pub(super) enum Network {}

impl Network {
    /// Always [`EncoderError::Absent`].
    pub fn load(_file: &'static [u8]) -> Result<Self, EncoderError> {
        Err(EncoderError::Absent)
    }

    /// Never called.
    pub fn read(&self, window: &Window, _width: usize) -> Result<Scores, EncoderError> {
        let _ = (&window.seen, &window.told);
        match *self {}
    }

    /// Never called.
    pub fn relate(&self, input: &PairInput, _width: usize) -> Result<Vec<f32>, EncoderError> {
        let _ = (&input.words, &input.cues, &input.buckets);
        match *self {}
    }
}
