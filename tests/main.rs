//! Integration tests: one binary, one file a room.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test fails by panicking")]

mod architecture;
mod claims;
mod cli;
mod encoder;
mod entities;
mod exchange;
mod exports;
mod imports;
mod readme;
mod timeline;
