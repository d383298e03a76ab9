//! Floor 1: the learned model. Knows no news: text in, labelled spans out.
//!
//! ```text
//! text -> words -> pieces -> windows -> network -> names
//!         marks              tables             -> claims: cues, then relate: their sources and contents
//! ```
//!
//! One small pretrained encoder (`MiniLM`, fine-tuned in `training/`) reads each window once; every task is a head on it. The
//! weights are embedded; [`Encoder::embedded`] loads them, [`Encoder::read`] reads a text, [`Encoder::session`] does so window
//! by window. The same words give the same findings however often and in whatever order windows are read.
//! What the model is and was trained on: `assets/MODEL_CARD.md`.

mod claims;
mod error;
mod marks;
mod names;
#[cfg(feature = "encoder")]
mod network;
#[cfg(not(feature = "encoder"))]
#[path = "network_absent.rs"]
mod network;
mod pieces;
mod relate;
mod session;
mod tables;
mod viterbi;
mod windows;
mod words;

pub use error::EncoderError;
pub use session::Session;

use crate::text::Span;
use std::sync::LazyLock;

/// From now on, the calling thread reads with one core instead of all: several threads that read a text each would otherwise wait for
/// each other.
pub fn read_on_one_core() {
    network::read_on_one_core();
}

/// From now on, memory is spent on speed: after a few articles the weights are kept packed (11 MB, which saves a tenth of the time).
pub fn read_in_bulk() {
    network::read_in_bulk();
}

/// What a name names: the kinds that the model was trained on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameLabel {
    /// A person.
    Person,
    /// An organisation.
    Organization,
    /// A place.
    Location,
    /// A nationality, event, work, ...
    Other,
}

/// A name in the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Name {
    /// Where it stands, in bytes.
    pub span: Span,
    /// What it names; equal names of one text have one vote.
    pub label: NameLabel,
    /// The model's probability for each label, in the order Person, Organization, Location, Other, none.
    pub probabilities: [f32; 5],
}

/// An attribution in the text: who, by which words, says what.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attribution {
    /// The words that name the source; empty where none is found.
    pub source: Vec<Span>,
    /// The words that introduce the content; empty for content that stands without a cue.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
    /// The model's probability for cue and spans together.
    pub probability: f32,
}

/// What the model found in one text, in the order of the text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    /// Names, never overlapping.
    pub names: Vec<Name>,
    /// Outermost attributions.
    pub attributions: Vec<Attribution>,
}

#[cfg(feature = "encoder")]
const FILES: [&[u8]; 2] =
    [include_bytes!("../../assets/encoder/tables.bin"), include_bytes!("../../assets/encoder/network.rten")];
#[cfg(not(feature = "encoder"))]
const FILES: [&[u8]; 2] = [&[], &[]];

/// The learned model, ready to read; loading it takes some milliseconds; the weights are used in place in the binary.
pub struct Encoder {
    tables: tables::Tables,
    network: network::Network,
}

impl Encoder {
    /// Loads the model that byline was built with.
    ///
    /// # Errors
    /// [`EncoderError::Absent`] without the `encoder` feature, [`EncoderError::Broken`] if the embedded files are damaged.
    pub fn embedded() -> Result<Self, EncoderError> {
        let [tables, network] = FILES;
        let network = network::Network::load(network)?;
        Ok(Self { tables: tables::Tables::parse(tables)?, network })
    }

    /// Begins to read the parts `paragraphs` of `text` (bytes, in order, not overlapping); nothing outside them is read.
    pub fn session<'a>(&'a self, text: &'a str, paragraphs: &[Span]) -> Session<'a> {
        Session::new(self, text, paragraphs)
    }

    /// Reads the parts `paragraphs` of `text` to the end. `stop` is asked before each window (some 20 ms of work).
    ///
    /// # Errors
    /// [`EncoderError::Stopped`] when `stop` said so, [`EncoderError::Broken`] when the network fails.
    pub fn read(&self, text: &str, paragraphs: &[Span], stop: &dyn Fn() -> bool) -> Result<Findings, EncoderError> {
        let mut session = self.session(text, paragraphs);
        while !session.is_done() {
            if stop() {
                return Err(EncoderError::Stopped);
            }
            session.step(None)?;
        }
        Ok(session.findings())
    }
}

static SHARED: LazyLock<Result<Encoder, EncoderError>> = LazyLock::new(Encoder::embedded);

/// The model that byline was built with, loaded by whoever asks first and kept.
///
/// # Errors
/// As [`Encoder::embedded`].
pub fn shared() -> Result<&'static Encoder, EncoderError> {
    SHARED.as_ref().map_err(Clone::clone)
}
