//! One file a format: text in, a page of lines out.

pub(super) mod html;
pub(super) mod plain;
