//! Integration tests: one binary, one file a room.

mod architecture;
<<<<<<< HEAD
=======
mod cli;
mod claims;
>>>>>>> d4bb380 (Relative clauses, broken clauses, times of day, whose claim; unnamed sources told apart)
mod entities;
mod exchange;
mod exports;
mod timeline;
