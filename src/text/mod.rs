//! Floor 0: characters, tokens and sentences. Knows no news.
//!
//! [`Span`] is what all rooms use to name a place in the text: byte offsets into the article's text, half-open, always on
//! character boundaries, never changed after they are made.

mod entries;
mod harmless;
mod prose;
mod sentences;
mod sorted;
mod span;
mod tagger;
mod tokens;
mod width;

pub use entries::entries;
pub use harmless::{Gate, harmless, one_line};
pub use prose::{Paragraph, Prose, Sentence};
pub use sentences::sentence_spans;
pub use sorted::Sorted;
pub use span::Span;
pub use tagger::{Tag, TagNames, tags};
pub use tokens::{Token, TokenKind, tokens};
pub use width::{Glyph, clip, glyphs, width};
