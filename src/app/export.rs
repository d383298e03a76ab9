//! Writing instead of reading: articles in, one of [`crate::exchange::OUTPUT_FORMATS`] out.

use super::inputs::{Input, Piece};
use super::ordered::ordered;
use crate::analysis::analyse;
use crate::article::ReadOptions;
use crate::exchange::{Annotated, Opened, OutputFormat};
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What to write, and where.
pub struct Export {
    /// The format.
    pub format: &'static OutputFormat,
    /// How the inputs are read.
    pub read: ReadOptions,
    /// The file to write; standard output if there is none.
    pub output: Option<PathBuf>,
    /// Threads.
    pub jobs: usize,
}

/// Writes every article of the inputs, in their order. A bad input is one line on standard error and costs the others nothing. A closed
/// pipe ends the work quietly.
///
/// Returns whether every input came out.
///
/// # Errors
/// When the output cannot be written; an output file is then left as it was.
pub fn export(inputs: &[Input], export: &Export) -> io::Result<bool> {
    let mut failed = false;
    let done = match &export.output {
        Some(path) => write_whole(path, |out| write_all(inputs, export, out, &mut failed)),
        None => write_all(inputs, export, &mut io::stdout().lock(), &mut failed),
    };
    match done {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(!failed),
        other => other.map(|()| !failed),
    }
}

/// Writes to a file beside `path` and renames it when all is written: the old file or the new one stands, never half.
fn write_whole(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = PathBuf::from(beside);
    let result = File::create(&beside).and_then(|file| {
        let mut out = BufWriter::new(file);
        write(&mut out)?;
        out.flush()?;
        out.get_ref().sync_all()
    });
    let result = result.and_then(|()| std::fs::rename(&beside, path));
    if result.is_err() {
        // The part may never have come to be; there is nothing more to say than the first error.
        let _ = std::fs::remove_file(&beside);
    }
    result
}

/// What one piece of an input came to: the text to write, and what went wrong.
#[derive(Default)]
struct Outcome {
    written: String,
    errors: Vec<String>,
}

fn write_all(inputs: &[Input], export: &Export, out: &mut dyn Write, failed: &mut bool) -> io::Result<()> {
    let pieces = inputs.iter().flat_map(|input| {
        let label = input.label();
        let (first, rest) = match input.pieces(&export.read) {
            Ok(pieces) => (None, Some(pieces)),
            Err(error) => (Some(Err(error)), None),
        };
        first.into_iter().chain(rest.into_iter().flatten()).map(move |piece| (label.clone(), piece))
    });
    let mut result = Ok(());
    ordered(
        export.jobs,
        pieces,
        |(label, piece)| outcome(&label, piece, export),
        |outcome| {
            for error in &outcome.errors {
                *failed = true;
                eprintln!("byline: {error}");
            }
            result = out.write_all(outcome.written.as_bytes());
            result.is_ok()
        },
    );
    result.and_then(|()| out.flush())
}

fn outcome(label: &str, piece: Result<Piece, String>, export: &Export) -> Outcome {
    let mut outcome = Outcome::default();
    let piece = match piece {
        Ok(piece) => piece,
        Err(error) => return Outcome { errors: vec![format!("{label}: {error}")], ..outcome },
    };
    for result in piece.open(&export.read) {
        match result {
            Ok(opened) => outcome.written.push_str(&(export.format.write)(&annotated(opened, export.format.analysed))),
            Err(error) => outcome.errors.push(format!("{label}: {error}")),
        }
    }
    outcome
}

fn annotated(opened: Opened, analysed: bool) -> Annotated {
    let Opened { article, analysis, origin } = opened;
    let analysis = analysis.unwrap_or_else(|| if analysed { analyse(&article) } else { crate::analysis::Analysis::default() });
    Annotated { article, analysis, origin }
}
