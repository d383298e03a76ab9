//! Writing instead of reading: articles in, one of [`crate::exchange::OUTPUT_FORMATS`] out.

use super::inputs::{Input, Piece};
use super::ordered::ordered;
use crate::exchange::audit::Tally;
use crate::exchange::{Annotated, OpenOptions, Opened, OutputFormat, Stream};
use signal_hook::consts::SIGINT;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Exit code where a second Ctrl-C ends the program at once.
const INTERRUPTED: i32 = 130;

/// What to write, and where.
pub struct Export {
    /// The format.
    pub format: &'static OutputFormat,
    /// How the inputs are read.
    pub read: OpenOptions,
    /// The file to write; standard output if there is none.
    pub output: Option<PathBuf>,
    /// Threads.
    pub jobs: usize,
    /// Whether a terminal shows what is written.
    pub terminal: bool,
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

/// What one piece of an input came to: the text to write, its sums, and what went wrong.
#[derive(Default)]
struct Outcome {
    written: Vec<String>,
    tally: Tally,
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
    let mut result = out.write_all(export.format.stream.head().as_bytes());
    let mut tally = Tally::default();
    let mut articles = 0;
    // The first Ctrl-C ends the work after the article under way; a second one ends the program.
    let interrupted = Arc::new(AtomicBool::new(false));
    signal_hook::flag::register_conditional_shutdown(SIGINT, INTERRUPTED, Arc::clone(&interrupted))?;
    signal_hook::flag::register(SIGINT, Arc::clone(&interrupted))?;
    ordered(
        export.jobs,
        pieces,
        |(label, piece)| outcome(&label, piece, export),
        |outcome| {
            for error in &outcome.errors {
                *failed = true;
                eprintln!("byline: {error}");
            }
            tally.add(outcome.tally);
            for text in &outcome.written {
                articles += 1;
                if articles > 1 && matches!(export.format.stream, Stream::One) {
                    result =
                        Err(io::Error::other(format!("{} holds one article a file, and there are more", export.format.name)));
                }
                result = std::mem::replace(&mut result, Ok(())).and_then(|()| out.write_all(text.as_bytes()));
            }
            result.is_ok() && !interrupted.load(Ordering::Relaxed)
        },
    );
    if interrupted.load(Ordering::Relaxed) && result.is_ok() {
        out.flush()?;
        return Err(io::Error::new(ErrorKind::Interrupted, "interrupted; what was written ends with a whole article"));
    }
    result?;
    match &export.format.stream {
        Stream::Framed(_, foot) => out.write_all(foot.as_bytes())?,
        Stream::Totalled(_, _, totals) => out.write_all(totals(&tally).as_bytes())?,
        Stream::One | Stream::Many => {}
    }
    out.flush()
}

fn outcome(label: &str, piece: Result<Piece, String>, export: &Export) -> Outcome {
    let mut outcome = Outcome::default();
    let piece = match piece {
        Ok(piece) => piece,
        Err(error) => return Outcome { errors: vec![format!("{label}: {error}")], ..outcome },
    };
    for result in piece.open(&export.read) {
        match result {
            Ok(opened) => {
                let annotated = annotated(opened, export.format.analysed);
                if let Stream::Totalled(_, count, _) = &export.format.stream {
                    outcome.tally.add(count(&annotated));
                }
                let text = (export.format.write)(&annotated);
                outcome.written.push(if export.terminal { without_controls(text) } else { text });
            }
            Err(error) => outcome.errors.push(format!("{label}: {error}")),
        }
    }
    outcome
}

/// `text` as a terminal may see it: no control characters but line feed and tab, so that no article can steer it.
fn without_controls(text: String) -> String {
    let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if text.contains(steers) { text.replace(steers, "\u{fffd}") } else { text }
}

fn annotated(opened: Opened, analysed: bool) -> Annotated {
    if analysed {
        return opened.analysed();
    }
    Annotated { article: opened.article, analysis: opened.analysis.unwrap_or_default(), origin: opened.origin }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(without_controls("a\u{1b}[2Jb\u{9b}c\td\r\n".into()), "a\u{fffd}[2Jb\u{fffd}c\td\u{fffd}\n");
        assert_eq!(without_controls("naïve “😀”\n".into()), "naïve “😀”\n");
    }
}
