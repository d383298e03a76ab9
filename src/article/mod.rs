//! Floor 2: bytes -> [`Article`]: decoding, formats, cleaning and metadata.
//!
//! ```text
//! bytes -> decode -> sniff -> formats/{plain, html, jsonl} -> Page (lines + metadata) -> clean -> Article
//! ```
//!
//! The article's words are sacred: cleaning drops lines and normalises white space, it never rewrites a sentence. Every byte of
//! [`Article::text`] maps back to [`Article::raw`], and every dropped line is kept in [`Article::removed`] with its reason.

mod model;
mod read;
mod stamp;

pub use model::{Article, Block, BlockKind, Dateline, Document, Input, Origin, Reason, Removed};
pub use read::{InputFormat, ReadError, ReadOptions, read};
pub use stamp::Stamp;
