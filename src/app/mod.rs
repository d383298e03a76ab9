//! Floor 7: the outside world: the terminal and its guard, events, the worker thread, settings, clipboard.
//!
//! ```text
//! keys, mouse, resize --+
//! signals --------------+--> channel --> Reader::update --> ui::draw --> terminal
//! worker (analysis) ----+                      |
//!                                              +--> Effect (copy, open, suspend, quit)
//! ```

mod background;
mod choices;
mod clipboard;
pub mod desk;
mod events;
pub mod export;
#[cfg_attr(not(feature = "fetch"), path = "fetch_absent.rs")]
mod fetch;
pub mod inputs;
mod linear;
mod ordered;
mod output;
mod packed;
mod paint;
pub mod pieces;
mod places;
pub mod progress;
mod session;
mod settings;
mod sidecar;
mod stories;
mod terminal;
mod warc;
mod worker;

use crate::analysis::Analysis;
use crate::article::Article;
use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, IsTerminal};
use std::path::PathBuf;

/// What the reader is to open: one article, or an input that holds some.
pub struct Document {
    /// Name for the title line: the file's name without its folder.
    pub name: String,
    /// The file it is in, if it is in one.
    pub file: Option<PathBuf>,
    /// The article, or the means to get at it.
    pub story: Story,
}

/// Reads an input; its documents take the place of the one that stood for it. An error is one sentence for people.
pub type Read = Box<dyn FnOnce() -> Vec<Result<Document, String>> + Send>;

/// An article that is read already, or that the worker reads once the first one is on screen.
pub enum Story {
    /// Read; the worker analyses it.
    Read(Box<Article>),
    /// Read, and analysed elsewhere (byline JSON).
    Analysed(Box<Article>, Box<Analysis>),
    /// To be read on the worker thread, and what can be shown of it until then.
    Later(Option<Box<Article>>, Read),
}

/// What the command line asks of the reader.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Theme by name; else the settings' one, else by the terminal's background.
    pub theme: Option<String>,
    /// Settings file; else `byline/config.toml` in the XDG config folder, if there is one.
    pub config: Option<PathBuf>,
    /// Draw with ASCII only.
    pub ascii: bool,
    /// Break words at line ends.
    pub hyphens: bool,
    /// Line by line, without a screen.
    pub linear: bool,
    /// What the reader says at first, if anything.
    pub notice: Option<String>,
}

/// Why the reader could not run.
#[derive(Debug)]
pub enum AppError {
    /// There is nothing to open.
    NothingToRead,
    /// The settings are wrong: file, line and what, in words for people.
    Settings(String),
    /// There is no terminal, or it failed.
    Terminal(io::Error),
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingToRead => f.write_str("nothing to read"),
            Self::Settings(what) => f.write_str(what),
            Self::Terminal(error) => write!(f, "no terminal to read in: {error}"),
        }
    }
}

impl std::error::Error for AppError {}

/// Columns and rows of the terminal; 80 by 24 where it does not know its size.
fn size() -> io::Result<(u16, u16)> {
    crossterm::terminal::size().map(|size| if size.0 == 0 || size.1 == 0 { (80, 24) } else { size })
}

/// Whether the settings that are asked for are there and can be read.
///
/// # Errors
///
/// When they are not: what is wrong, and where.
pub fn check(options: &Options) -> Result<(), AppError> {
    settings::Settings::load(options).map(drop)
}

/// Opens the reader on `documents` and returns when the user quits: with what could not be read meanwhile, one sentence each.
///
/// # Errors
///
/// When there is no article, the settings are wrong, or the terminal fails; the terminal is restored in every case.
pub fn run(documents: Vec<Document>, options: &Options) -> Result<Vec<String>, AppError> {
    if documents.is_empty() {
        return Err(AppError::NothingToRead);
    }
    let settings = settings::Settings::load(options)?;
    if options.linear {
        let columns = || usize::from(size().map_or(80, |(columns, _)| columns));
        let mut voice = linear::Voice { out: &mut io::stdout().lock(), columns };
        let read = if io::stdin().is_terminal() {
            linear::read(documents, &mut io::stdin().lock(), &mut voice)
        } else {
            let keys = File::open("/dev/tty").map_err(AppError::Terminal)?;
            linear::read(documents, &mut BufReader::new(keys), &mut voice)
        };
        return read.map_err(AppError::Terminal);
    }
    let (end, failed) = session::run(documents, settings)?;
    match end {
        session::End::Quit => Ok(failed),
        // The terminal is back in order: go as a program goes that does not know the signal.
        session::End::Signal(signal) => {
            signal_hook::low_level::emulate_default_handler(signal).map_err(AppError::Terminal)?;
            Ok(failed)
        }
    }
}
