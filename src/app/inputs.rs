//! What the arguments name: files, folders, patterns, pairs of files, addresses and standard input.

use super::fetch::fetch;
use super::packed::unpacked;
use super::pieces::{LARGEST, Lines, Piece, Pieces, reason, whole};
use crate::exchange::{OpenOptions, Reads};
use crate::text::one_line;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

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

    /// Whether it is read line by line, where its format allows that.
    fn lines(&self, options: &OpenOptions) -> Lines {
        let named = |path: &Path| matches!(inner_ending(path).as_str(), "jsonl" | "ndjson");
        let asked = options.format.is_some_and(|format| format.name == "jsonl");
        match self {
            Self::Stdin | Self::File(_) if asked => Lines::Certain,
            Self::File(path) if named(path) => Lines::Certain,
            Self::Stdin => Lines::Piped,
            Self::File(_) | Self::Pair(..) | Self::Web { .. } => Lines::Perhaps,
        }
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
        let lines = if may_be_lines && !as_text { self.lines(options) } else { Lines::Never };
        let records = beside.is_none() && !as_text;
        let of = Piece { name: self.name(), url: address, file: self.file().map(Path::to_owned), beside, ..Piece::default() };
        let size =
            self.file().and_then(|path| path.metadata().ok()).filter(std::fs::Metadata::is_file).map_or(0, |data| data.len());
        Ok(Pieces::new(reader, of, lines, records).expecting(size))
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

/// The inputs that the arguments name.
///
/// Addresses are those of pages (`private` allows those of private networks). A folder gives the articles in it, in the order of their
/// names. `*.html` that no shell has expanded gives what it matches. Annotations go with their text.
pub fn inputs(arguments: &[PathBuf], options: &OpenOptions, private: bool) -> Vec<Input> {
    let mut paths = Vec::new();
    for argument in arguments {
        let before = paths.len();
        if argument.is_dir() {
            folder(argument, &mut paths);
        } else if !argument.exists() {
            for path in argument.to_str().and_then(|pattern| glob::glob(pattern).ok()).into_iter().flatten().flatten() {
                if path.is_dir() {
                    folder(&path, &mut paths);
                } else {
                    paths.push(path);
                }
            }
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
    ENDINGS.contains(&inner_ending(path).as_str())
}

/// The ending of a file's name in lower case, without `.gz` and `.zst`.
fn inner_ending(path: &Path) -> String {
    let ending = |path: &Path| path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match ending(path).as_str() {
        "gz" | "zst" => ending(&path.with_extension("")),
        plain => plain.to_owned(),
    }
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
