//! Integration tests: one binary, one file a room.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::string_slice, reason = "a test fails by panicking")]

mod architecture;
mod batch;
mod claims;
mod clean;
mod cli;
mod cpu_time;
mod desk;
mod encoder;
mod entities;
mod exchange;
mod exports;
#[cfg(feature = "fetch")]
mod fetch;
mod fuzz;
mod grown;
mod imports;
mod limits;
mod reader;
mod readme;
mod safety;
mod schema;
mod screens;
mod startup;
mod terminal;
mod timeline;
