//! One input, piece by piece: a JSONL stream gives a piece a line, a web archive one a response, anything else is one piece.

use super::warc;
use crate::article::{InputFormat, ReadError, ReadOptions};
use crate::exchange::{Beside, OpenOptions, Opened, open, open_with};
use std::io::{BufRead, Read};
use std::path::PathBuf;

/// The largest piece that is read, in bytes: a packed file may be a thousand times its size.
pub(super) const LARGEST: u64 = 1 << 30;

/// The bytes of one article, or of one file of articles.
#[derive(Debug, Default)]
pub struct Piece {
    /// The file's name without its folder, or the address it was archived from.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Its line in the stream, counted from 1; `None` for a whole file.
    pub line: Option<usize>,
    /// Name and bytes of the annotations that belong to it.
    pub beside: Option<(String, Vec<u8>)>,
    /// The address it was archived or fetched from.
    pub url: Option<String>,
    /// The file it is from, if it is from one.
    pub file: Option<PathBuf>,
}

impl Piece {
    /// The `id` in a line of JSON, where one can be made out: it names the article in the record of a failure.
    pub fn id(&self) -> Option<String> {
        self.line?;
        match serde_json::from_slice::<serde_json::Value>(&self.bytes).ok()?.get_mut("id")?.take() {
            serde_json::Value::String(id) => Some(id),
            serde_json::Value::Number(id) => Some(id.to_string()),
            _ => None,
        }
    }

    /// Opens the articles of the piece; errors tell the line within the stream.
    pub fn open(&self, options: &OpenOptions) -> Vec<Result<Opened, ReadError>> {
        let mut results = match &self.beside {
            Some((name, bytes)) => open_with(&self.bytes, &self.name, Beside { name, bytes }, options),
            // Only a stream of JSON is cut into lines.
            None if self.line.is_some() => {
                let read = ReadOptions { format: InputFormat::Jsonl, ..options.read.clone() };
                open(&self.bytes, &self.name, &OpenOptions { read, ..options.clone() })
            }
            None => open(&self.bytes, &self.name, options),
        };
        for result in &mut results {
            match result {
                Ok(opened) => opened.article.document.url = opened.article.document.url.take().or_else(|| self.url.clone()),
                Err(error) => {
                    error.line = self.line.or(error.line);
                    if let Some(url) = &self.url {
                        error.what = format!("{url}: {}", error.what);
                    }
                }
            }
        }
        results
    }
}

/// Whether an input is read line by line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    Never,
    /// If its first line is an object of JSON.
    Perhaps,
    /// The same; with nothing in it, it is a stream of no articles.
    Piped,
    /// It is called so; it may hold no articles too.
    Certain,
}

enum State {
    /// Nothing is read yet; whether the input may be JSON lines or a web archive.
    Start {
        lines: Lines,
        records: bool,
    },
    Lines,
    Records,
    Done,
}

/// The pieces of one input, read as they are asked for.
pub struct Pieces {
    reader: Box<dyn BufRead + Send>,
    /// What all its pieces have, which is all but their bytes.
    of: Piece,
    /// How many bytes may be expected.
    size: usize,
    line: usize,
    state: State,
}

impl Pieces {
    /// The pieces of what `reader` gives, each with what `of` says of all; whether they may be lines, or the `records` of a web archive.
    pub(super) fn new(reader: Box<dyn BufRead + Send>, of: Piece, lines: Lines, records: bool) -> Self {
        Self { reader, of, size: 0, line: 0, state: State::Start { lines, records } }
    }

    /// The same, of which some `size` bytes may be expected: what is read into memory that has to grow is copied, and glibc keeps what
    /// it was copied from.
    pub(super) fn expecting(self, size: u64) -> Self {
        Self { size: size.min(LARGEST) as usize, ..self }
    }

    /// The next line that is not blank.
    fn next_line(&mut self) -> Result<Option<Vec<u8>>, String> {
        loop {
            let mut bytes = Vec::new();
            let mut reader = self.reader.by_ref().take(LARGEST + 1);
            if reader.read_until(b'\n', &mut bytes).map_err(|e| reason(&e))? == 0 {
                return Ok(None);
            }
            self.line += 1;
            if !bytes.trim_ascii().is_empty() {
                return fits(bytes, LARGEST).map(Some);
            }
        }
    }

    /// Reads the white space away that stands before anything else.
    fn blank(&mut self) -> Result<Vec<u8>, String> {
        let mut blank = Vec::new();
        loop {
            let buffer = self.reader.fill_buf().map_err(|e| reason(&e))?;
            let (all, length) = (buffer.len(), buffer.len() - buffer.trim_ascii_start().len());
            blank.extend_from_slice(buffer.get(..length).unwrap_or_default());
            self.reader.consume(length);
            if length < all || all == 0 {
                self.line = blank.split(|byte| *byte == b'\n').count() - 1;
                return Ok(blank);
            }
            blank = fits(blank, LARGEST)?;
        }
    }

    /// Tells a stream of JSON lines or a web archive from a whole file by its first bytes.
    fn start(&mut self, lines: Lines, records: bool) -> Result<Option<Piece>, String> {
        if records && self.reader.fill_buf().map_err(|e| reason(&e))?.starts_with(b"WARC/") {
            self.state = State::Records;
            return Ok(None);
        }
        let mut bytes = if lines == Lines::Never { Vec::new() } else { self.blank()? };
        let begins = self.reader.fill_buf().map_err(|e| reason(&e))?.first().copied();
        if matches!(lines, Lines::Piped | Lines::Certain) && begins.is_none() {
            return Ok(None);
        }
        let array = begins == Some(b'[');
        if lines != Lines::Never && (begins == Some(b'{') || (lines == Lines::Certain && !array)) {
            let Some(first) = self.next_line()? else { return Ok(None) };
            // What is called JSON lines has articles behind a broken first one too, unless it is one object over many lines.
            let certain = lines == Lines::Certain && first.trim_ascii() != b"{";
            if certain || serde_json::from_slice::<serde::de::IgnoredAny>(&first).is_ok() {
                self.state = State::Lines;
                return Ok(Some(self.piece(first)));
            }
            bytes.extend(first);
        }
        self.state = State::Done;
        bytes.reserve_exact(self.size);
        Ok(Some(Piece { bytes: rest(&mut *self.reader, bytes, LARGEST)?, ..std::mem::take(&mut self.of) }))
    }

    /// The next page of a web archive; one that cannot be read costs no other.
    fn next_record(&mut self) -> Option<Result<Piece, String>> {
        let response = match warc::next(&mut *self.reader, LARGEST) {
            Ok(response) => response?,
            Err(error) => {
                self.state = State::Done;
                return Some(Err(reason(&error)));
            }
        };
        Some(response.map(|response| Piece {
            name: response.url.clone(),
            bytes: response.body,
            url: Some(response.url),
            file: self.of.file.clone(),
            ..Piece::default()
        }))
    }

    fn piece(&self, bytes: Vec<u8>) -> Piece {
        let (name, file) = (self.of.name.clone(), self.of.file.clone());
        Piece { name, bytes, line: Some(self.line), file, ..Piece::default() }
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece, String>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = match self.state {
            State::Start { lines, records } => self.start(lines, records),
            State::Lines => self.next_line().map(|line| line.map(|bytes| self.piece(bytes))),
            State::Records => return self.next_record(),
            State::Done => return None,
        };
        if matches!(self.state, State::Records) {
            return self.next_record();
        }
        if !matches!(next, Ok(Some(_))) {
            self.state = State::Done;
        }
        next.transpose()
    }
}

/// An input/output error in plain words.
pub(super) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".into(),
        std::io::ErrorKind::PermissionDenied => "may not be read (permission denied)".into(),
        _ => format!("cannot be read: {error}"),
    }
}

/// All that is left to read, unless that is too large.
pub(super) fn whole(reader: &mut dyn BufRead, most: u64) -> Result<Vec<u8>, String> {
    rest(reader, Vec::new(), most)
}

/// The same behind what was read before.
fn rest(reader: &mut dyn BufRead, mut before: Vec<u8>, most: u64) -> Result<Vec<u8>, String> {
    reader.take(most + 1).read_to_end(&mut before).map_err(|e| reason(&e))?;
    fits(before, most)
}

fn fits(bytes: Vec<u8>, most: u64) -> Result<Vec<u8>, String> {
    if bytes.len() as u64 > most { Err(format!("is larger than {} MiB", most >> 20)) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[test]
    fn a_piece_has_a_largest_size() {
        let most = 3 << 20;
        let mut endless = BufReader::new(std::io::repeat(b'x'));
        assert_eq!(whole(&mut endless, most).unwrap_err(), "is larger than 3 MiB");
        assert_eq!(whole(&mut BufReader::new(std::io::repeat(b'x').take(most)), most).unwrap().len(), 3 << 20);
    }
}
