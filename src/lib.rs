//! byline opens a news article in the terminal and answers, while you read: who says so?
//!
//! The house has floors, and stairs go down only (see `docs/architecture.md`; `tests/architecture.rs` holds it to that):
//!
//! ```text
//! 8 cli        argv -> what to do
//! 7 app        the outside world: terminal, events, worker thread, clipboard
//! 6 ui         &Reader -> cells
//! 5 reader     the state of reading, knows no terminal
//! 4 exchange   Article + Analysis <-> the world's formats
//! 3 analysis   &Article -> Analysis: entities, claims, timeline
//! 2 article    bytes -> Article: decoding, formats, cleaning, metadata
//! 1 encoder    the learned model, knows no news
//! 0 text       characters, tokens, sentences; knows no news
//! ```
//!
//! Data walks up (bytes -> `Article` -> `Analysis` -> page -> cells); the only way back is an `Action`.

pub mod analysis;
pub mod app;
pub mod article;
pub mod cli;
pub mod encoder;
pub mod exchange;
pub mod reader;
pub mod text;
pub mod ui;
