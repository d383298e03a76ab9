//! One file a format: text in, a page of lines out.

pub(super) mod html;
pub mod jsonl;
pub(super) mod plain;
