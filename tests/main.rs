//! Integration tests: one binary, one file a room.

mod architecture;
mod exchange;
mod entities;
