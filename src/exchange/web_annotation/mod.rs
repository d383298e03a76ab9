//! W3C Web Annotation (JSON-LD): an annotation page an article. Every span has a `TextPositionSelector` (code points) and a
//! `TextQuoteSelector`, so that readers whose text differs find it by its words. <https://www.w3.org/TR/annotation-model/>

mod read;
mod write;

pub use read::{is, read};
pub use write::write;
