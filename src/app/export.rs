//! Writing instead of reading: articles in, one of [`crate::exchange::OUTPUT_FORMATS`] out.

use super::inputs::{Input, Meter};
use super::ordered::ordered;
use super::output::{Draft, Reached};
use super::pieces::Piece;
use super::progress::Progress;
use super::sidecar;
use crate::analysis::corrections;
use crate::article::ReadError;
use crate::encoder::{read_in_bulk, read_on_one_core};
use crate::exchange::audit::Tally;
use crate::exchange::{Annotated, OpenOptions, Opened, OutputFormat, Stream};
use sha2::{Digest, Sha256};
use signal_hook::consts::SIGINT;
use std::fmt::Write as _;
use std::io::{self, ErrorKind, Write};
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Exit code where a second Ctrl-C ends the program at once.
const INTERRUPTED: i32 = 130;

/// How often a run that can be resumed puts its part on the disk.
const NOTED: Duration = Duration::from_secs(1);

/// What to write, and where.
pub struct Export {
    /// The format.
    pub format: &'static OutputFormat,
    /// How the inputs are read.
    pub read: OpenOptions,
    /// The file to write; standard output if there is none.
    pub output: Option<PathBuf>,
    /// Whether to go on with what an earlier run of the same work has left of that file.
    pub resume: bool,
    /// Threads.
    pub jobs: usize,
    /// Whether a terminal shows what is written.
    pub terminal: bool,
}

/// Writes every article of the inputs, in their order. A bad article is one line on standard error, and one record where the format has
/// such, and costs the others nothing. A closed pipe ends the work quietly.
///
/// Returns whether every article came out.
///
/// # Errors
/// When the output cannot be written; an output file is then left as it was.
pub fn export(inputs: &[Input], export: &Export) -> io::Result<bool> {
    let mut batch = Batch::new(inputs, export)?;
    let done = silently(|| batch.run(inputs));
    batch.progress.clear();
    let whole = batch.progress.failed == 0;
    let done = match (done, batch.out) {
        (Ok(()), Out::File(draft)) => draft.finish(),
        (Err(error), Out::File(draft)) => {
            draft.abandon();
            Err(error)
        }
        (done, Out::Stream(_)) => done,
    };
    match done {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(whole),
        other => other.map(|()| whole),
    }
}

/// Runs `work` without a panic's own message: an article that byline fails on is told as any other that failed.
fn silently<T>(work: impl FnOnce() -> T) -> T {
    let told = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let done = work();
    panic::set_hook(told);
    done
}

/// Where the articles go.
enum Out {
    Stream(io::Stdout),
    File(Box<Draft>),
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stream(out) => out.write(bytes),
            Self::File(draft) => draft.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stream(out) => out.flush(),
            Self::File(draft) => draft.flush(),
        }
    }
}

/// A batch under way.
struct Batch<'a> {
    export: &'a Export,
    out: Out,
    progress: Progress,
    meter: Meter,
    tally: Tally,
    /// Pieces done, those of an earlier run among them.
    pieces: usize,
    /// When it was last noted how far the part reaches.
    noted: Option<Instant>,
}

/// What one piece of an input came to: what to write, its sums, and what went wrong.
#[derive(Default)]
struct Outcome {
    written: Vec<Written>,
    tally: Tally,
}

enum Written {
    Article(String),
    /// What to say, and the record of it.
    Failure(String, Option<String>),
    /// What to say of an article that is written all the same.
    Note(String),
}

impl<'a> Batch<'a> {
    fn new(inputs: &[Input], export: &'a Export) -> io::Result<Self> {
        if export.resume && matches!(export.format.stream, Stream::Totalled(..)) {
            let what = format!("{} sums over all articles and cannot be resumed", export.format.name);
            return Err(io::Error::other(what));
        }
        let (out, reached) = match &export.output {
            Some(path) if export.resume => {
                let draft = Draft::resume(path, &work(inputs, export))?;
                let reached = draft.reached;
                (Out::File(Box::new(draft)), reached)
            }
            Some(path) => (Out::File(Box::new(Draft::begin(path)?)), Reached::default()),
            None => (Out::Stream(io::stdout()), Reached::default()),
        };
        let meter = Meter::default();
        let total = inputs.iter().map(Input::size).sum();
        let progress = Progress::begin((reached.articles, reached.failed), meter.clone(), total, export.terminal);
        Ok(Self { export, out, progress, meter, tally: Tally::default(), pieces: reached.pieces, noted: None })
    }

    fn run(&mut self, inputs: &[Input]) -> io::Result<()> {
        let (export, meter) = (self.export, self.meter.clone());
        read_in_bulk();
        let pieces = inputs.iter().flat_map(|input| {
            let label = input.label();
            let (first, rest) = match input.pieces(&export.read, &meter) {
                Ok(pieces) => (None, Some(pieces)),
                Err(error) => (Some(Err(error)), None),
            };
            first.into_iter().chain(rest.into_iter().flatten()).map(move |piece| (label.clone(), piece))
        });
        // The first Ctrl-C ends the work after the article under way; a second one ends the program.
        let interrupted = Arc::new(AtomicBool::new(false));
        signal_hook::flag::register_conditional_shutdown(SIGINT, INTERRUPTED, Arc::clone(&interrupted))?;
        signal_hook::flag::register(SIGINT, Arc::clone(&interrupted))?;
        let mut result = if self.pieces == 0 { self.out.write_all(export.format.stream.head().as_bytes()) } else { Ok(()) };
        ordered(
            export.jobs,
            pieces.skip(self.pieces),
            |(label, piece)| {
                if export.jobs > 1 {
                    read_on_one_core();
                }
                outcome(&label, piece, export)
            },
            |outcome| {
                result = std::mem::replace(&mut result, Ok(())).and_then(|()| self.put(outcome));
                result.is_ok() && !interrupted.load(Ordering::Relaxed)
            },
        );
        if interrupted.load(Ordering::Relaxed) && result.is_ok() {
            self.note()?;
            self.out.flush()?;
            let what = match (&export.output, export.resume) {
                (None, _) => "what was written ends with a whole article",
                (_, true) => "the same command goes on where this one stopped",
                (_, false) => "the file is left as it was; with --resume the work could go on",
            };
            return Err(io::Error::new(ErrorKind::Interrupted, format!("interrupted; {what}")));
        }
        result?;
        match &export.format.stream {
            Stream::Framed(_, foot) => self.out.write_all(foot.as_bytes())?,
            Stream::Totalled(_, _, totals) => self.out.write_all(totals(&self.tally).as_bytes())?,
            Stream::One | Stream::Many => {}
        }
        self.out.flush()
    }

    fn put(&mut self, outcome: Outcome) -> io::Result<()> {
        self.tally.add(outcome.tally);
        for written in outcome.written {
            match written {
                Written::Article(text) => {
                    self.progress.articles += 1;
                    if self.progress.articles > 1 && matches!(self.export.format.stream, Stream::One) {
                        let what = format!("{} holds one article a file, and there are more", self.export.format.name);
                        return Err(io::Error::other(what));
                    }
                    self.out.write_all(text.as_bytes())?;
                }
                Written::Note(what) => self.progress.say(&what),
                Written::Failure(what, record) => {
                    self.progress.failed += 1;
                    self.progress.say(&what);
                    self.out.write_all(record.unwrap_or_default().as_bytes())?;
                }
            }
        }
        self.pieces += 1;
        if self.noted.is_none_or(|then| then.elapsed() >= NOTED) {
            self.note()?;
        }
        self.progress.draw();
        Ok(())
    }

    fn note(&mut self) -> io::Result<()> {
        self.noted = Some(Instant::now());
        let (pieces, articles, failed) = (self.pieces, self.progress.articles, self.progress.failed);
        match &mut self.out {
            Out::File(draft) => draft.note(Reached { pieces, articles, failed }),
            Out::Stream(_) => Ok(()),
        }
    }
}

/// A name for the work of a batch: the same inputs, format and options have the same one.
fn work(inputs: &[Input], export: &Export) -> String {
    let read = &export.read;
    let format = read.format.map_or("auto", |format| format.name);
    let mut hash = Sha256::new();
    hash.update(format!("{} {format} {:?}", export.format.name, read.read));
    for input in inputs {
        hash.update(format!("\n{input:?} {:?}", input.size()));
    }
    hash.finalize().iter().take(16).fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn outcome(label: &str, piece: Result<Piece, String>, export: &Export) -> Outcome {
    let mut outcome = Outcome::default();
    let format = export.format;
    let failure = |error: &ReadError, id: Option<&str>| {
        let record = format.failure(label, error.line, id, &error.what);
        Written::Failure(format!("{label}: {error}"), record)
    };
    let piece = match piece {
        Ok(piece) => piece,
        Err(what) => {
            outcome.written.push(failure(&ReadError { what, line: None }, None));
            return outcome;
        }
    };
    let bug = || ReadError { what: "byline failed on this article; please report it".into(), line: piece.line };
    let opened = catch_unwind(AssertUnwindSafe(|| piece.open(&export.read))).unwrap_or_else(|_| vec![Err(bug())]);
    for result in opened {
        let written = result.and_then(|opened| {
            let id = opened.article.id.clone();
            let write = || {
                let mut annotated = annotated(opened, format.analysed);
                let lost = if format.analysed { correct(&mut annotated, piece.file.as_deref()) } else { Vec::new() };
                let tally = if let Stream::Totalled(_, count, _) = &format.stream { count(&annotated) } else { Tally::default() };
                (format.article(&annotated), tally, lost)
            };
            catch_unwind(AssertUnwindSafe(write)).map_err(|_| ReadError { what: format!("{}: {id}", bug().what), ..bug() })
        });
        match written {
            Ok((text, tally, lost)) => {
                outcome.tally.add(tally);
                outcome.written.extend(lost.into_iter().map(|what| Written::Note(format!("{label}: {what}"))));
                outcome.written.push(Written::Article(text));
            }
            Err(error) => outcome.written.push(failure(&error, piece.id().as_deref())),
        }
    }
    outcome
}

/// Makes the corrections that a reader has left beside the file; returns what is wrong with them.
fn correct(annotated: &mut Annotated, file: Option<&Path>) -> Vec<String> {
    let (made, lost) = sidecar::load(file, &annotated.article);
    for correction in &made {
        corrections::apply(&annotated.article, &mut annotated.analysis, correction);
    }
    annotated.analysis.notes.extend(lost.iter().cloned());
    lost
}

fn annotated(opened: Opened, analysed: bool) -> Annotated {
    if analysed {
        return opened.analysed();
    }
    Annotated { article: opened.article, analysis: opened.analysis.unwrap_or_default(), origin: opened.origin }
}
