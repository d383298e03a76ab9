//! Files and standard input, piece by piece: a JSONL stream gives a piece a line, anything else is one piece.

use crate::article::{InputFormat, ReadError, ReadOptions};
use crate::exchange::{Opened, open};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Where an input comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Input {
    /// The input that an argument names; `-` is standard input.
    pub fn from_argument(argument: &Path) -> Self {
        if argument == Path::new("-") { Self::Stdin } else { Self::File(argument.to_owned()) }
    }

    /// What messages call it, control characters made visible.
    pub fn label(&self) -> String {
        match self {
            Self::Stdin => "standard input".into(),
            Self::File(path) => path.display().to_string().chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect(),
        }
    }

    /// The file's name without its folder; empty for standard input.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => String::new(),
            Self::File(path) => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        }
    }

    /// Opens the input as pieces.
    ///
    /// # Errors
    /// One sentence for people when it is missing, a folder, or cannot be read.
    pub fn pieces(&self, options: &ReadOptions) -> Result<Pieces, String> {
        let reader: Box<dyn BufRead + Send> = match self {
            Self::Stdin => Box::new(BufReader::new(std::io::stdin())),
            Self::File(path) if path.is_dir() => return Err("is a folder, not an article: name the files in it".into()),
            Self::File(path) => Box::new(BufReader::new(File::open(path).map_err(|e| reason(&e))?)),
        };
        Ok(Pieces { reader, name: self.name(), line: 0, format: options.format, state: State::Start })
    }
}

/// An input/output error in plain words.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".into(),
        std::io::ErrorKind::PermissionDenied => "may not be read (permission denied)".into(),
        _ => format!("cannot be read: {error}"),
    }
}

/// The bytes of one article, or of one file of articles.
#[derive(Debug)]
pub struct Piece {
    /// The file's name without its folder.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Its line in the stream, counted from 1; `None` for a whole file.
    pub line: Option<usize>,
}

impl Piece {
    /// Opens the articles of the piece; errors tell the line within the stream.
    pub fn open(&self, options: &ReadOptions) -> Vec<Result<Opened, ReadError>> {
        let format = if self.line.is_some() { InputFormat::Jsonl } else { options.format };
        let mut results = open(&self.bytes, &self.name, &ReadOptions { format, ..options.clone() });
        if self.line.is_some() {
            for error in results.iter_mut().filter_map(|r| r.as_mut().err()) {
                error.line = self.line;
            }
        }
        results
    }
}

enum State {
    Start,
    Lines,
    Done,
}

/// The pieces of one input, read as they are asked for.
pub struct Pieces {
    reader: Box<dyn BufRead + Send>,
    name: String,
    line: usize,
    format: InputFormat,
    state: State,
}

impl Pieces {
    /// The next line that is not blank.
    fn next_line(&mut self) -> Result<Option<Vec<u8>>, String> {
        loop {
            let mut bytes = Vec::new();
            if self.reader.read_until(b'\n', &mut bytes).map_err(|e| reason(&e))? == 0 {
                return Ok(None);
            }
            self.line += 1;
            if !bytes.trim_ascii().is_empty() {
                return Ok(Some(bytes));
            }
        }
    }

    /// Tells a stream of JSON lines from a whole file by its first line.
    fn start(&mut self) -> Result<Option<Piece>, String> {
        let may_be_lines = matches!(self.format, InputFormat::Auto | InputFormat::Jsonl);
        let begins = self.reader.fill_buf().map_err(|e| reason(&e))?.iter().find(|b| !b.is_ascii_whitespace()).copied();
        let mut bytes = Vec::new();
        if may_be_lines && begins == Some(b'{') {
            let Some(first) = self.next_line()? else { return Ok(None) };
            if serde_json::from_slice::<serde::de::IgnoredAny>(&first).is_ok() {
                self.state = State::Lines;
                return Ok(Some(self.piece(first)));
            }
            bytes = first;
        }
        self.state = State::Done;
        self.reader.read_to_end(&mut bytes).map_err(|e| reason(&e))?;
        Ok(Some(Piece { name: self.name.clone(), bytes, line: None }))
    }

    fn piece(&self, bytes: Vec<u8>) -> Piece {
        Piece { name: self.name.clone(), bytes, line: Some(self.line) }
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece, String>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = match self.state {
            State::Start => self.start(),
            State::Lines => self.next_line().map(|line| line.map(|bytes| self.piece(bytes))),
            State::Done => return None,
        };
        if !matches!(next, Ok(Some(_))) {
            self.state = State::Done;
        }
        next.transpose()
    }
}
