//! Floor 8: argv -> what to do.

use crate::app::export::{Export, export};
use crate::app::inputs::Input;
use crate::app::pieces::Piece;
use crate::app::progress::complain;
use crate::app::{self, desk};
use crate::article::{ReadOptions, Stamp};
use crate::exchange::{INPUT_FORMATS, OUTPUT_FORMATS, OpenOptions, OutputFormat, input_format, output_format};
use crate::text::harmless;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{CommandFactory, FromArgMatches, Parser};
use clap_complete::Shell;
use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Wrong use.
const USAGE: u8 = 2;

/// What a shell makes of a program that SIGINT ended.
const INTERRUPTED: u8 = 130;

/// The article that byline opens when it is given none: written for byline, with the menus and links of a page around it.
const SAMPLE: &[u8] = include_bytes!("../assets/sample.txt");
const SAMPLE_NAME: &str = "sample.txt";

const EXAMPLES: &str = "  byline                              open the sample article
  byline story.txt page.html          open two articles; > and < go between them
  curl -s URL | byline                read a page from a pipe
  byline --format json page.html      write the article with its analysis
  byline --format jsonl --jobs 4 --output out.jsonl.gz news/ more.jsonl.zst
";

/// Read news in the terminal and see who says so: entities, sources with their claims, and the timeline beside the article.
#[derive(Parser, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[command(name = "byline", version, after_help = format!("Examples:\n{EXAMPLES}"))]
struct Arguments {
    /// Articles: files of any input format, folders of them, `*` patterns; `-` is standard input; none opens the sample
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Write instead of read
    #[arg(long, value_name = "FORMAT", value_parser = output_parser())]
    format: Option<String>,

    /// Take the input as this, instead of telling by its content
    #[arg(long, value_name = "FORMAT", default_value = "auto", value_parser = input_parser())]
    input_format: String,

    /// The whole input is the article's body; offsets agree with it
    #[arg(long)]
    no_clean: bool,

    /// The publication date, where the input does not say (2026-11-03, 2026-11-03T10:46+01:00)
    #[arg(long, value_name = "DATE")]
    published: Option<Stamp>,

    /// Write to this file, whole or not at all; packed where its name ends in .gz or .zst
    #[arg(long, value_name = "PATH")]
    output: Option<PathBuf>,

    /// Go on where the same command was stopped: `--output` keeps a part until it is whole
    #[arg(long, requires = "output")]
    resume: bool,

    /// Fetch pages from addresses of private networks too (a byline built with `fetch` reads `https://...`)
    #[arg(long)]
    allow_private: bool,

    /// Print the table of formats
    #[arg(long)]
    formats: bool,

    /// Print the completions of this shell
    #[arg(long, value_name = "SHELL")]
    completions: Option<Shell>,

    /// Print the manual page
    #[arg(long)]
    man: bool,

    /// Threads for writing many articles
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: u16,

    /// Theme of the reader: dark, light, contrast, ansi, ansi-dark, ansi-light, mono, or one of your own; else by the terminal's background
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,

    /// Settings of the reader, instead of byline/config.toml in the XDG config folder
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Draw the reader's signs with ASCII only
    #[arg(long)]
    ascii: bool,

    /// Break words at the ends of the reader's lines
    #[arg(long)]
    hyphens: bool,

    /// Read line by line, without borders, colours or the alternate screen; for screen readers
    #[arg(long)]
    plain_screen: bool,
}

fn output_parser() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(OUTPUT_FORMATS.iter().map(|f| clap::builder::PossibleValue::new(f.name).help(f.about)))
}

fn input_parser() -> impl TypedValueParser<Value = String> {
    PossibleValuesParser::new(INPUT_FORMATS.iter().map(|f| clap::builder::PossibleValue::new(f.name).help(f.about)))
}

/// Runs byline with the given arguments (the first is the program's name) and returns its exit code: 0; 1 when any input failed;
/// 2 for wrong use.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let matches = Arguments::command().override_help(help()).try_get_matches_from(args);
    let arguments = match matches.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        // Help and version. A closed pipe is no reason to complain.
        Err(text) if !text.use_stderr() => {
            let _ = text.print();
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            // An argument may be a file's name, which a shell's pattern put there.
            let _ = write!(std::io::stderr(), "{}", harmless(&error.to_string()));
            return ExitCode::from(USAGE);
        }
    };
    if let Some(printed) = printed(&arguments) {
        // A closed pipe is no reason to complain.
        let _ = std::io::stdout().write_all(&printed);
        return ExitCode::SUCCESS;
    }
    match output(&arguments) {
        Some(format) => write(&arguments, format),
        None => read(&arguments),
    }
}

/// What `--help` says: one screen of 80 by 24, examples first. The manual has the rest.
fn help() -> String {
    let names = |names: &mut dyn Iterator<Item = &'static str>| wrapped(names, 22, 80);
    let output = names(&mut OUTPUT_FORMATS.iter().map(|format| format.name));
    let input = names(&mut INPUT_FORMATS.iter().map(|format| format.name));
    format!(
        "Read news and see who says so.            Usage: byline [OPTIONS] [FILE]...

{EXAMPLES}
  --format NAME       {output}
  --input-format NAME {input}
  --output PATH       write a file, whole or not at all; .gz and .zst are packed
  --jobs N, --resume  threads of a batch; go on where the same command stopped
  --no-clean          the whole input is the body: offsets agree with it
  --published DATE    when the article came out, where the input does not say
  --theme NAME, --config FILE, --ascii, --hyphens, --plain-screen
  --formats, --man, --completions SHELL, --version         print and end
More: byline --man | man -l -       Keys: ? in the reader
"
    )
}

/// Words in lines of at most `columns`, all but the first begun with `indent` blanks.
fn wrapped(words: &mut dyn Iterator<Item = &'static str>, indent: usize, columns: usize) -> String {
    let (mut out, mut at) = (String::new(), indent);
    for word in words {
        if at + word.len() > columns {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
            at = indent;
        } else if at > indent {
            out.push(' ');
        }
        out.push_str(word);
        at += word.len() + 1;
    }
    out
}

/// Completions, the manual page or the table of formats, where they are asked for; all are made of [`Arguments`] and the table.
fn printed(arguments: &Arguments) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut command = Arguments::command();
    if let Some(shell) = arguments.completions {
        clap_complete::generate(shell, &mut command, "byline", &mut out);
    } else if arguments.man {
        clap_mangen::Man::new(command).render(&mut out).ok()?;
    } else if arguments.formats {
        out = crate::exchange::markdown().into_bytes();
    } else {
        return None;
    }
    Some(out)
}

/// The format to write: the one asked for; text when an output file or a pipe stands where the screen would be.
fn output(arguments: &Arguments) -> Option<&'static OutputFormat> {
    let asked = arguments.format.as_deref().and_then(output_format);
    let piped = arguments.output.is_some() || !std::io::stdout().is_terminal();
    asked.or_else(|| piped.then(|| output_format("text")).flatten())
}

fn inputs(arguments: &Arguments, options: &OpenOptions) -> Vec<Input> {
    if arguments.files.is_empty() && !std::io::stdin().is_terminal() {
        return vec![Input::Stdin];
    }
    app::inputs::inputs(&arguments.files, options, arguments.allow_private)
}

fn open_options(arguments: &Arguments) -> OpenOptions {
    let read = ReadOptions { no_clean: arguments.no_clean, published: arguments.published, ..ReadOptions::default() };
    OpenOptions { format: input_format(&arguments.input_format), read }
}

fn write(arguments: &Arguments, format: &'static OutputFormat) -> ExitCode {
    let options = open_options(arguments);
    let inputs = inputs(arguments, &options);
    let job = Export {
        format,
        read: options,
        output: arguments.output.clone(),
        resume: arguments.resume,
        jobs: usize::from(arguments.jobs),
        terminal: arguments.output.is_none() && std::io::stdout().is_terminal(),
    };
    // Not used here, but a name that nobody knows is a mistake everywhere.
    if (arguments.theme.is_some() || arguments.config.is_some())
        && let Err(error) = app::check(&settings(arguments))
    {
        complain(&error.to_string());
        return ExitCode::FAILURE;
    }
    match export(&inputs, &job) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {
            complain(&error.to_string());
            ExitCode::from(INTERRUPTED)
        }
        Err(error) => {
            let place = job.output.map_or_else(|| "standard output".to_owned(), |path| path.display().to_string());
            complain(&format!("{place}: cannot be written: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// How the reader is to look and behave.
fn settings(arguments: &Arguments) -> app::Options {
    app::Options {
        theme: arguments.theme.clone(),
        config: arguments.config.clone(),
        ascii: arguments.ascii,
        hyphens: arguments.hyphens,
        linear: arguments.plain_screen,
        notice: None,
    }
}

/// Opens the reader on every article that can be read; the others are one line each on standard error.
fn read(arguments: &Arguments) -> ExitCode {
    let options = open_options(arguments);
    let inputs = inputs(arguments, &options);
    let (documents, errors) = if inputs.is_empty() {
        let sample = Piece { name: SAMPLE_NAME.into(), bytes: SAMPLE.into(), ..Piece::default() };
        (desk::document(&sample, &options).into_iter().flatten().collect(), Vec::new())
    } else {
        desk::documents(inputs, &options)
    };
    for error in &errors {
        complain(error);
    }
    if documents.is_empty() {
        if errors.is_empty() {
            complain("there is no article in the input");
        }
        return ExitCode::FAILURE;
    }
    let notice = match errors.as_slice() {
        [] => None,
        [error] => Some(error.clone()),
        errors => Some(format!("{} inputs could not be read; why stands in the terminal when you quit", errors.len())),
    };
    let options = app::Options { notice, ..settings(arguments) };
    match app::run(documents, &options) {
        Ok(late) => {
            for error in &late {
                complain(error);
            }
            if errors.is_empty() && late.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}
