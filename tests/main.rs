//! Integration tests: one binary, one file a room.

mod architecture;
mod claims;
mod cli;
mod entities;
mod exchange;
mod exports;
mod timeline;
