//! What the inputs put on the desk: the first article that can be read, as much of it as the first screen needs; the rest is left to the
//! worker.

use super::inputs::{Input, Meter};
use super::pieces::Piece;
use super::{Document, Story};
use crate::article::{Article, ReadOptions, read};
use crate::exchange::{OpenOptions, Opened};

/// Inputs longer than this many bytes are read on the worker thread; of the first input this much is cleaned for the first screen.
const AT_ONCE: usize = 32 << 10;
/// A cut is made at the end of a line that lies within this many bytes before it.
const LINE: usize = 4 << 10;

/// The documents of the inputs, in order, and what went wrong with those before the first that can be read: one sentence each.
pub fn documents(inputs: Vec<Input>, options: &OpenOptions) -> (Vec<Document>, Vec<String>) {
    let (mut documents, mut errors) = (Vec::new(), Vec::new());
    for input in inputs {
        if !documents.is_empty() {
            documents.push(later(input, None, options));
            continue;
        }
        match input.head(AT_ONCE) {
            Some(head) => documents.push(later(input, glimpse(&head, options), options)),
            None => sort(begin(&input, options), &mut documents, &mut errors),
        }
    }
    (documents, errors)
}

/// One article in memory, cleaned at once.
pub fn document(piece: &Piece, options: &OpenOptions) -> Vec<Result<Document, String>> {
    piece
        .open(options)
        .into_iter()
        .map(|result| result.map(|opened| opened_document(piece, opened)).map_err(|e| e.to_string()))
        .collect()
}

fn sort(results: Vec<Result<Document, String>>, documents: &mut Vec<Document>, errors: &mut Vec<String>) {
    for result in results {
        match result {
            Ok(document) => documents.push(document),
            Err(error) => errors.push(error),
        }
    }
}

fn opened_document(piece: &Piece, opened: Opened) -> Document {
    let (name, file) = (piece.name.clone(), piece.file.clone());
    let story = match opened.analysis {
        // byline's own part is added on the worker thread.
        Some(_) if opened.partial => {
            let shown = Box::new(opened.article.clone());
            let (name, file) = (name.clone(), file.clone());
            let complete = move || {
                let annotated = opened.analysed();
                let story = Story::Analysed(Box::new(annotated.article), Box::new(annotated.analysis));
                vec![Ok(Document { name, file, story })]
            };
            Story::Later(Some(shown), Box::new(complete))
        }
        Some(analysis) => Story::Analysed(Box::new(opened.article), Box::new(analysis)),
        None => Story::Read(Box::new(opened.article)),
    };
    Document { name, file, story }
}

/// The first piece of an input; what follows it is left to the worker.
fn begin(input: &Input, options: &OpenOptions) -> Vec<Result<Document, String>> {
    let told = |error: String| format!("{}: {error}", input.label());
    let mut pieces = match input.pieces(options, &Meter::default()) {
        Ok(pieces) => pieces,
        Err(error) => return vec![Err(told(error))],
    };
    let mut results = match pieces.next() {
        Some(Ok(piece)) if piece.line.is_none() && piece.bytes.len() > AT_ONCE => vec![Ok(long(piece, input, options))],
        Some(Ok(piece)) => document(&piece, options).into_iter().map(|result| result.map_err(told)).collect(),
        Some(Err(error)) => vec![Err(told(error))],
        None => Vec::new(),
    };
    if let Some(second) = pieces.next() {
        let (options, label) = (options.clone(), input.label());
        let rest = move || all(std::iter::once(second).chain(pieces), &label, &options);
        results.push(Ok(Document { name: input.name(), file: None, story: Story::Later(None, Box::new(rest)) }));
    }
    results
}

/// A long piece that is in memory already.
fn long(piece: Piece, input: &Input, options: &OpenOptions) -> Document {
    let glimpse = piece.bytes.get(..AT_ONCE).filter(|_| piece.beside.is_none()).and_then(|head| glimpse(head, options));
    let (options, label, name) = (options.clone(), input.label(), piece.name.clone());
    let read = move || all(std::iter::once(Ok(piece)), &label, &options);
    Document { name, file: None, story: Story::Later(glimpse.map(Box::new), Box::new(read)) }
}

/// An input that the worker reads.
fn later(input: Input, glimpse: Option<Article>, options: &OpenOptions) -> Document {
    let (options, name) = (options.clone(), input.name());
    let read = move || match input.pieces(&options, &Meter::default()) {
        Ok(pieces) => all(pieces, &input.label(), &options),
        Err(error) => vec![Err(format!("{}: {error}", input.label()))],
    };
    Document { name, file: None, story: Story::Later(glimpse.map(Box::new), Box::new(read)) }
}

fn all(pieces: impl Iterator<Item = Result<Piece, String>>, label: &str, options: &OpenOptions) -> Vec<Result<Document, String>> {
    let opened = pieces.flat_map(|piece| match piece {
        Ok(piece) => document(&piece, options),
        Err(error) => vec![Err(error)],
    });
    opened.map(|result| result.map_err(|error| format!("{label}: {error}"))).collect()
}

/// The article that the beginning of a long input makes; `None` for what can only be read whole.
fn glimpse(head: &[u8], options: &OpenOptions) -> Option<Article> {
    let prose = options.format.is_none_or(|format| matches!(format.name, "text" | "html"));
    let start = head.trim_ascii_start();
    let markup = start.starts_with(b"<?xml") && !head.windows(5).any(|part| part.eq_ignore_ascii_case(b"<html"));
    let structured = matches!(start.first(), Some(b'{' | b'[')) || start.starts_with(b"WARC/") || markup;
    if !prose || structured {
        return None;
    }
    let options = ReadOptions { ..options.read.clone() };
    read(cut(head), "", &options).into_iter().next()?.ok().filter(|article| !article.text.is_empty())
}

/// The head without the line, or at least the character, that it ends within.
fn cut(head: &[u8]) -> &[u8] {
    let tail = head.len().saturating_sub(LINE);
    let line = head.iter().rposition(|&byte| byte == b'\n').filter(|&at| at > tail);
    let character = || head.iter().rposition(|&byte| !(0x80..0xc0).contains(&byte)).filter(|&at| at > tail);
    head.get(..line.or_else(character).unwrap_or(head.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_ends_with_a_whole_line_or_character() {
        assert_eq!(cut(b"one\ntwo\nthr"), b"one\ntwo");
        assert_eq!(cut("das Wörtchen ü".as_bytes().get(..15).unwrap()), "das Wörtchen ".as_bytes());
        let long = [b'a'].repeat(3 * LINE);
        assert_eq!(cut(&long).len(), long.len() - 1);
    }

    #[test]
    fn only_prose_can_be_shown_before_it_is_read_whole() {
        let shown = |head: &str| glimpse(head.as_bytes(), &OpenOptions::default()).is_some();
        let prose = "The harbour board has dropped its plan for a levy on container freight, its chair said.\n".repeat(20);
        assert!(shown(&prose));
        assert!(shown(&format!("<html><body><p>{prose}</p>")));
        assert!(!shown(&format!("{{\"text\": \"{prose}")));
        assert!(!shown("WARC/1.0\r\nWARC-Type: response\r\n"));
        assert!(!shown(&format!("<?xml version=\"1.0\"?><nitf><body>{prose}")));
    }
}
