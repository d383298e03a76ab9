//! Integration tests: one binary, one file a room.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice, reason = "a test fails by panicking")]

mod architecture;
mod claims;
mod clean;
mod cli;
mod desk;
mod encoder;
mod entities;
mod exchange;
mod exports;
mod imports;
mod reader;
mod readme;
mod schema;
mod screens;
mod terminal;
mod timeline;
