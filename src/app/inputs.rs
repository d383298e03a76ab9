//! Files, folders and standard input, piece by piece: a JSONL stream gives a piece a line, a web archive one a response, anything else is
//! one piece.

use super::fetch::fetch;
use super::packed::unpacked;
use super::warc;
use crate::article::{InputFormat, ReadError, ReadOptions};
use crate::exchange::{Beside, OpenOptions, Opened, Reads, open, open_with};
use crate::text::one_line;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The largest piece that is read, in bytes: a packed file may be a thousand times its size.
const LARGEST: u64 = 1 << 30;

/// Endings of the files that are taken out of a folder, without `.gz` and `.zst`.
const ENDINGS: [&str; 20] = [
    "txt", "text", "md", "html", "htm", "xhtml", "json", "jsonl", "ndjson", "jsonld", "xml", "nitf", "newsml", "tml", "rss",
    "atom", "rdf", "warc", "bdocjs", "eml",
];

/// Counts the bytes that are read off the disk, packed as they are.
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<AtomicU64>);

impl Meter {
    /// Bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

struct Metered<R> {
    inner: R,
    meter: Meter,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.meter.0.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Where an input comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// A text and the annotations that belong to it.
    Pair(PathBuf, PathBuf),
    /// A page on the web; `private` allows addresses of the user's own network.
    Web {
        /// Its address.
        url: String,
        /// Whether that may be one of a private network.
        private: bool,
    },
}

impl Input {
    /// The input that an argument names; `-` is standard input.
    pub fn from_argument(argument: &Path) -> Self {
        if argument == Path::new("-") { Self::Stdin } else { Self::File(argument.to_owned()) }
    }

    /// What messages call it; a file's name cannot speak to the terminal.
    pub fn label(&self) -> String {
        match self {
            Self::Stdin => "standard input".into(),
            Self::Web { url, .. } => one_line(url),
            Self::File(path) | Self::Pair(path, _) => one_line(&path.display().to_string()),
        }
    }

    /// The file's name without its folder; empty for standard input.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => String::new(),
            Self::Web { url, .. } => url.clone(),
            Self::File(path) | Self::Pair(path, _) => name(path),
        }
    }

    /// How many bytes it has on the disk; `None` where nobody knows.
    pub fn size(&self) -> Option<u64> {
        std::fs::metadata(self.file()?).ok().filter(std::fs::Metadata::is_file).map(|m| m.len())
    }

    /// The file it is in, if it is in one.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Stdin | Self::Web { .. } => None,
            Self::File(path) | Self::Pair(path, _) => Some(path),
        }
    }

    /// The first `bytes` of a file that holds more than that.
    pub fn head(&self, bytes: usize) -> Option<Vec<u8>> {
        let Self::File(path) = self else { return None };
        let file = File::open(path).ok()?;
        let long = file.metadata().is_ok_and(|data| data.is_file() && data.len() > bytes as u64);
        let mut head = Vec::with_capacity(bytes);
        (long && file.take(bytes as u64).read_to_end(&mut head).is_ok()).then_some(head)
    }

    /// Opens the input as pieces; `meter` counts what is read.
    ///
    /// # Errors
    /// One sentence for people when it is missing, a folder, or cannot be read.
    pub fn pieces(&self, options: &OpenOptions, meter: &Meter) -> Result<Pieces, String> {
        let beside = match self {
            Self::Pair(_, annotations) => Some((name(annotations), whole(&mut file(annotations, &Meter::default())?, LARGEST)?)),
            _ => None,
        };
        let mut address = None;
        let reader = match self {
            Self::Stdin => unpacked(BufReader::new(std::io::stdin())).map_err(|e| reason(&e))?,
            Self::Web { url, private } => {
                let page = fetch(url, *private)?;
                address = Some(page.url);
                unpacked(Cursor::new(page.bytes)).map_err(|e| reason(&e))?
            }
            Self::File(path) | Self::Pair(path, _) => file(path, meter)?,
        };
        let may_be_lines =
            beside.is_none() && options.format.is_none_or(|format| matches!(format.reads, Reads::Json(..) | Reads::Article(_)));
        let as_text = options.format.is_some_and(|format| matches!(format.name, "text" | "html"));
        let state = State::Start { lines: may_be_lines && !as_text, records: beside.is_none() && !as_text };
        let file = self.file().map(Path::to_owned);
        Ok(Pieces { reader, name: self.name(), url: address, file, beside, line: 0, state })
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn file(path: &Path, meter: &Meter) -> Result<Box<dyn BufRead + Send>, String> {
    if path.is_dir() {
        return Err("is a folder, and there are no articles in it".into());
    }
    let metered = |inner| Metered { inner, meter: meter.clone() };
    File::open(path).and_then(|file| unpacked(BufReader::with_capacity(1 << 16, metered(file)))).map_err(|e| reason(&e))
}

/// Whether an argument is the address of a page; a file of that name goes before.
fn is_address(argument: &Path) -> bool {
    let name = argument.to_string_lossy();
    (name.starts_with("https://") || name.starts_with("http://")) && !argument.exists()
}

/// The inputs that the arguments name: addresses of pages (`private` allows those of private networks); folders give the articles in them, in the order of their names; `*.html` that no shell has expanded
/// gives the files it matches; annotations go with their text.
pub fn inputs(arguments: &[PathBuf], options: &OpenOptions, private: bool) -> Vec<Input> {
    let mut paths = Vec::new();
    for argument in arguments {
        let before = paths.len();
        if argument.is_dir() {
            folder(argument, &mut paths);
        } else if !argument.exists() {
            paths.extend(argument.to_str().and_then(|pattern| glob::glob(pattern).ok()).into_iter().flatten().flatten());
        }
        if paths.len() == before {
            paths.push(argument.clone());
        }
    }
    let pairs = options.format.is_none_or(|format| !matches!(format.reads, Reads::Article(_))) && !options.read.no_clean;
    let mut inputs: Vec<Input> = Vec::new();
    for path in &paths {
        let input = match pairs.then(|| pair(path)).flatten() {
            Some(pair) => pair,
            None if is_address(path) => Input::Web { url: path.to_string_lossy().into_owned(), private },
            None => Input::from_argument(path),
        };
        // The two files of a pair stand next to each other, or nearly so.
        if !matches!(input, Input::Pair(..)) || !inputs.iter().rev().take(64).any(|there| *there == input) {
            inputs.push(input);
        }
    }
    inputs
}

/// The articles in a folder and the folders within it, in the order of their names; hidden ones stay out, and links to folders.
fn folder(path: &Path, out: &mut Vec<PathBuf>) {
    let mut todo = vec![path.to_owned()];
    let start = out.len();
    while let Some(path) = todo.pop() {
        let entries = std::fs::read_dir(&path).into_iter().flatten().flatten();
        for entry in entries.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')) {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => todo.push(entry.path()),
                Ok(_) if is_article(&entry.path()) => out.push(entry.path()),
                _ => {}
            }
        }
    }
    if let Some(new) = out.get_mut(start..) {
        new.sort();
    }
}

fn is_article(path: &Path) -> bool {
    if path.to_string_lossy().ends_with(super::sidecar::ENDING) {
        return false;
    }
    let ending = |path: &Path| path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let inner = if matches!(ending(path).as_str(), "gz" | "zst") { path.with_extension("") } else { path.to_owned() };
    ENDINGS.contains(&ending(&inner).as_str())
}

/// A text with the annotations beside it, or annotations with the text beside them: `x.txt` with `x.ann` (brat), `x.jsonld` (Web
/// Annotation) or `x.txt.json` (CoreNLP).
fn pair(path: &Path) -> Option<Input> {
    let with = |ending: &str| Some(path.with_extension(ending)).filter(|path| path.is_file());
    match path.extension()?.to_str()? {
        "txt" => {
            let annotations = with("ann").or_else(|| with("jsonld")).or_else(|| with("txt.json"))?;
            Some(Input::Pair(path.to_owned(), annotations))
        }
        "ann" | "jsonld" => Some(Input::Pair(with("txt")?, path.to_owned())),
        "json" if Path::new(path.file_stem()?).extension()? == "txt" => Some(Input::Pair(with("")?, path.to_owned())),
        _ => None,
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

/// All of it, if that is `most` bytes or fewer; no more than that is read.
fn whole(reader: &mut dyn BufRead, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    reader.take(most + 1).read_to_end(&mut bytes).map_err(|e| reason(&e))?;
    fits(bytes, most)
}

fn fits(bytes: Vec<u8>, most: u64) -> Result<Vec<u8>, String> {
    if bytes.len() as u64 > most { Err(format!("is larger than {} MiB", most >> 20)) } else { Ok(bytes) }
}

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

enum State {
    /// Nothing is read yet; whether the input may be JSON lines or a web archive.
    Start {
        lines: bool,
        records: bool,
    },
    Lines,
    Records,
    Done,
}

/// The pieces of one input, read as they are asked for.
pub struct Pieces {
    reader: Box<dyn BufRead + Send>,
    name: String,
    url: Option<String>,
    file: Option<PathBuf>,
    beside: Option<(String, Vec<u8>)>,
    line: usize,
    state: State,
}

impl Pieces {
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

    /// Tells a stream of JSON lines or a web archive from a whole file by its first bytes.
    fn start(&mut self, lines: bool, records: bool) -> Result<Option<Piece>, String> {
        let buffer = self.reader.fill_buf().map_err(|e| reason(&e))?;
        if records && buffer.starts_with(b"WARC/") {
            self.state = State::Records;
            return self.next_record();
        }
        let begins = buffer.iter().find(|b| !b.is_ascii_whitespace()).copied();
        let mut bytes = Vec::new();
        if lines && begins == Some(b'{') {
            let Some(first) = self.next_line()? else { return Ok(None) };
            if serde_json::from_slice::<serde::de::IgnoredAny>(&first).is_ok() {
                self.state = State::Lines;
                return Ok(Some(self.piece(first)));
            }
            bytes = first;
        }
        self.state = State::Done;
        bytes.extend(whole(&mut *self.reader, LARGEST)?);
        let (name, beside, url) = (self.name.clone(), self.beside.take(), self.url.clone());
        Ok(Some(Piece { name, bytes: fits(bytes, LARGEST)?, beside, url, ..Piece::default() }))
    }

    fn next_record(&mut self) -> Result<Option<Piece>, String> {
        let response = warc::next(&mut *self.reader, LARGEST).map_err(|e| reason(&e))?;
        Ok(response.map(|response| Piece {
            name: response.url.clone(),
            bytes: response.body,
            url: Some(response.url),
            ..Piece::default()
        }))
    }

    fn piece(&self, bytes: Vec<u8>) -> Piece {
        Piece { name: self.name.clone(), bytes, line: Some(self.line), ..Piece::default() }
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece, String>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = match self.state {
            State::Start { lines, records } => self.start(lines, records),
            State::Lines => self.next_line().map(|line| line.map(|bytes| self.piece(bytes))),
            State::Records => self.next_record(),
            State::Done => return None,
        };
        if !matches!(next, Ok(Some(_))) {
            self.state = State::Done;
        }
        let file = &self.file;
        next.map(|piece| piece.map(|piece| Piece { file: file.clone(), ..piece })).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_has_a_largest_size() {
        let most = 3 << 20;
        let mut endless = BufReader::new(std::io::repeat(b'x'));
        assert_eq!(whole(&mut endless, most).unwrap_err(), "is larger than 3 MiB");
        assert_eq!(whole(&mut BufReader::new(std::io::repeat(b'x').take(most)), most).unwrap().len(), 3 << 20);
    }
}
