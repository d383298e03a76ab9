//! Stands for [`network`](super) where byline is built without the `encoder` feature: it cannot be made.

use super::EncoderError;
use super::windows::Window;

/// Nothing is read.
pub(super) const fn read_on_one_core() {}

pub(super) const fn read_in_bulk() {}

/// Never made.
pub(super) enum Network {}

/// As in the real one.
pub(super) struct Scores {
    /// Vectors, `[pieces, width]`.
    pub hidden: Vec<f32>,
    /// Before the softmax, `[pieces, 9]`.
    pub names: Vec<f32>,
    /// Before the softmax, `[pieces, 7]`.
    pub claims: Vec<f32>,
}

/// As in the real one.
pub(super) struct PairInput {
    /// Vector of each word.
    pub words: Vec<f32>,
    /// Vector of each cue.
    pub cues: Vec<f32>,
    /// The three buckets.
    pub buckets: [Vec<i32>; 3],
}

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
