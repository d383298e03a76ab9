//! Floor 8: argv -> what to do.

use crate::app::export::{Export, export};
use crate::app::inputs::{Input, Piece};
use crate::app::{self, Story};
use crate::article::{InputFormat, ReadOptions, Stamp};
use crate::exchange::{OUTPUT_FORMATS, OutputFormat, output_format};
use clap::Parser;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

/// Wrong use.
const USAGE: u8 = 2;

/// The article that byline opens when it is given none: our own words, with a page's chrome around them.
const SAMPLE: &[u8] = include_bytes!("../assets/sample.txt");
const SAMPLE_NAME: &str = "sample.txt";

const EXAMPLES: &str = "\
Examples:
  byline                         open the sample article
  byline story.txt page.html     open two articles
  curl -s URL | byline           read a page from a pipe
  byline --format json page.html write the article with its analysis
  byline --format jsonl --jobs 4 corpus.jsonl > out.jsonl";

/// Read news in the terminal and see who says so: entities, sources with their claims, and the timeline beside the article.
#[derive(Parser, Debug)]
#[command(name = "byline", version, after_help = EXAMPLES)]
struct Arguments {
    /// Articles: text, HTML, JSON or JSONL; `-` is standard input; none opens the sample
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Write instead of read
    #[arg(long, value_name = "FORMAT", value_parser = output_parser())]
    format: Option<String>,

    /// Take the input as this, instead of telling by its content
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Kind::Auto)]
    input_format: Kind,

    /// The whole input is the article's body; offsets agree with it
    #[arg(long)]
    no_clean: bool,

    /// The publication date, where the input does not say (2026-11-03, 2026-11-03T10:46+01:00)
    #[arg(long, value_name = "DATE")]
    published: Option<Stamp>,

    /// Write to this file, whole or not at all
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,

    /// Threads for writing many articles
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: u16,
}

/// Input formats by name.
#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum Kind {
    Auto,
    Text,
    Html,
    Jsonl,
    Json,
}

impl From<Kind> for InputFormat {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Auto => Self::Auto,
            Kind::Text => Self::Text,
            Kind::Html => Self::Html,
            Kind::Jsonl | Kind::Json => Self::Jsonl,
        }
    }
}

fn output_parser() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(OUTPUT_FORMATS.iter().map(|f| clap::builder::PossibleValue::new(f.name).help(f.about)))
}

/// Runs byline with the given arguments (the first is the program's name) and returns its exit code: 0; 1 when any input failed;
/// 2 for wrong use.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(args) {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { USAGE } else { 0 };
            // A closed pipe is no reason to complain.
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    match output(&arguments) {
        Some(format) => write(&arguments, format),
        None => read(&arguments),
    }
}

/// The format to write: the one asked for; text when an output file or a pipe stands where the screen would be.
fn output(arguments: &Arguments) -> Option<&'static OutputFormat> {
    let asked = arguments.format.as_deref().and_then(output_format);
    let piped = arguments.output.is_some() || !std::io::stdout().is_terminal();
    asked.or_else(|| piped.then(|| output_format("text")).flatten())
}

fn inputs(arguments: &Arguments) -> Vec<Input> {
    if arguments.files.is_empty() && !std::io::stdin().is_terminal() {
        return vec![Input::Stdin];
    }
    arguments.files.iter().map(|path| Input::from_argument(path)).collect()
}

fn read_options(arguments: &Arguments) -> ReadOptions {
    ReadOptions { format: arguments.input_format.into(), no_clean: arguments.no_clean, published: arguments.published }
}

fn write(arguments: &Arguments, format: &'static OutputFormat) -> ExitCode {
    let inputs = inputs(arguments);
    let job = Export {
        format,
        read: read_options(arguments),
        output: arguments.output.clone(),
        jobs: usize::from(arguments.jobs),
        terminal: arguments.output.is_none() && std::io::stdout().is_terminal(),
    };
    match export(&inputs, &job) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            let place = job.output.map_or_else(|| "standard output".to_owned(), |path| path.display().to_string());
            eprintln!("byline: {place}: cannot be written: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Opens the reader on every article that can be read; the others are one line each on standard error.
fn read(arguments: &Arguments) -> ExitCode {
    let options = read_options(arguments);
    let mut documents = Vec::new();
    let mut failed = false;
    let mut complain = |label: &str, error: String| {
        failed = true;
        eprintln!("byline: {label}: {error}");
    };
    let inputs = inputs(arguments);
    for input in &inputs {
        match input.pieces(&options) {
            Ok(pieces) => pieces.for_each(|piece| match piece {
                Ok(piece) => documents_of(&piece, &input.label(), &options, &mut documents, &mut complain),
                Err(error) => complain(&input.label(), error),
            }),
            Err(error) => complain(&input.label(), error),
        }
    }
    if inputs.is_empty() {
        let sample = Piece { name: SAMPLE_NAME.into(), bytes: SAMPLE.into(), line: None };
        documents_of(&sample, SAMPLE_NAME, &options, &mut documents, &mut complain);
    }
    if documents.is_empty() {
        return ExitCode::FAILURE;
    }
    match app::run(documents, &app::Options::default()) {
        Ok(()) if failed => ExitCode::FAILURE,
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("byline: {error}");
            ExitCode::FAILURE
        }
    }
}

fn documents_of(
    piece: &Piece,
    label: &str,
    options: &ReadOptions,
    documents: &mut Vec<app::Input>,
    complain: &mut impl FnMut(&str, String),
) {
    for result in piece.open(options) {
        match result {
            Ok(opened) => {
                let article = Box::new(opened.article);
                let story = match opened.analysis {
                    Some(analysis) => Story::Analysed(article, Box::new(analysis)),
                    None => Story::Read(article),
                };
                documents.push(app::Input { name: piece.name.clone(), story });
            }
            Err(error) => complain(label, error.to_string()),
        }
    }
}
