//! Floor 2: bytes -> [`Article`]: decoding, formats, cleaning and metadata.
//!
//! ```text
//! bytes -> decode -> sniff -> (jsonl ->) formats/{plain, html} -> Page (lines + metadata) -> clean -> Article
//! ```
//!
//! The article's words are sacred: cleaning drops lines and normalises white space, it never rewrites a sentence. Every byte of
//! [`Article::text`] maps back to [`Article::raw`], and every dropped line is kept in [`Article::removed`] with its reason.

mod assemble;
mod clean;
mod credits;
mod dates;
mod decode;
mod formats;
mod head;
mod jsonl;
mod model;
mod page;
mod raw;
mod read;
mod single;
mod sniff;
mod stamp;
mod visible;

pub use clean::Sample;
pub use model::{Article, Block, BlockKind, Dateline, Document, Input, Reason, Removed};
pub use raw::{Origin, Raw};
pub use read::{InputFormat, ReadError, ReadOptions, make_safe, read, samples};
pub use stamp::Stamp;
pub use visible::visible;
