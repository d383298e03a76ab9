//! gz and zst, in and out: told by their first bytes on the way in, by the file's name on the way out.

use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

/// How much is packed in one go, in bytes: a member of gz or a frame of zst of its own.
const MEMBER: usize = 1 << 20;

/// Reads `inner` as it is, or unpacked when its first bytes say that it is packed.
///
/// # Errors
/// When the first bytes cannot be read.
pub fn unpacked(mut inner: impl BufRead + Send + 'static) -> io::Result<Box<dyn BufRead + Send>> {
    Ok(match inner.fill_buf()? {
        [0x1f, 0x8b, ..] => Box::new(BufReader::new(MultiGzDecoder::new(inner))),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Box::new(BufReader::new(Zstd { state: Some(State::Between(inner)) })),
        _ => Box::new(inner),
    })
}

/// Frames of zstd, one after the other.
struct Zstd<R: BufRead> {
    state: Option<State<R>>,
}

enum State<R: BufRead> {
    Between(R),
    Within(Box<ruzstd::decoding::StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>),
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match self.state.take() {
                None => return Ok(0),
                Some(State::Between(mut inner)) => {
                    if inner.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    let frame = ruzstd::decoding::StreamingDecoder::new(inner).map_err(io::Error::other)?;
                    self.state = Some(State::Within(Box::new(frame)));
                }
                Some(State::Within(mut frame)) => match frame.read(buffer)? {
                    0 => self.state = Some(State::Between(frame.into_inner())),
                    n => {
                        self.state = Some(State::Within(frame));
                        return Ok(n);
                    }
                },
            }
        }
    }
}

/// Packs bytes into a member that stands on its own.
type Pack = fn(&[u8]) -> io::Result<Vec<u8>>;

/// A writer that packs as the ending of a file's name asks: members one after the other, each of which stands on its own, so that what
/// is flushed can be read and gone on with.
pub struct Packer<W: Write> {
    inner: W,
    pack: Option<Pack>,
    waiting: Vec<u8>,
}

impl<W: Write> Packer<W> {
    /// Packs for `.gz` and `.zst`; for every other name the bytes go through as they are.
    pub fn for_name(path: &Path, inner: W) -> Self {
        let pack: Option<Pack> = match path.extension().and_then(|ending| ending.to_str()) {
            Some("gz") => Some(gz),
            Some("zst") => Some(|bytes| Ok(compress_to_vec(bytes, CompressionLevel::Fastest))),
            _ => None,
        };
        Self { inner, pack, waiting: Vec::new() }
    }

    /// Where the bytes go.
    pub fn get_ref(&self) -> &W {
        &self.inner
    }

    fn pack(&mut self) -> io::Result<()> {
        if let Some(pack) = self.pack.filter(|_| !self.waiting.is_empty()) {
            self.inner.write_all(&pack(&self.waiting)?)?;
            self.waiting.clear();
        }
        Ok(())
    }
}

impl<W: Write> Write for Packer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.pack.is_none() {
            return self.inner.write(bytes);
        }
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= MEMBER {
            self.pack()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pack()?;
        self.inner.flush()
    }
}

fn gz(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut member = GzEncoder::new(Vec::new(), Compression::default());
    member.write_all(bytes)?;
    member.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gz(text: &str) -> Vec<u8> {
        super::gz(text.as_bytes()).unwrap()
    }

    fn zst(text: &str) -> Vec<u8> {
        compress_to_vec(text.as_bytes(), CompressionLevel::Fastest)
    }

    #[test]
    fn packed_and_plain_read_alike() {
        let long = "a line of news\n".repeat(20_000);
        let both = |pack: fn(&str) -> Vec<u8>| [pack(&long), pack("and more\n")].concat();
        for bytes in [both(gz), both(zst), both(|text| text.as_bytes().to_vec())] {
            let mut text = String::new();
            unpacked(io::Cursor::new(bytes)).unwrap().read_to_string(&mut text).unwrap();
            assert!(text == format!("{long}and more\n"));
        }
    }

    #[test]
    fn the_name_says_how_it_is_packed() {
        let long = "a line of news\n".repeat(200_000);
        for name in ["x.jsonl.gz", "x.jsonl.zst", "x.jsonl"] {
            let mut packer = Packer::for_name(Path::new(name), Vec::new());
            packer.write_all(b"first\n").unwrap();
            packer.flush().unwrap();
            packer.write_all(long.as_bytes()).unwrap();
            packer.flush().unwrap();
            let bytes = packer.get_ref().clone();
            assert_eq!(bytes.len() < long.len() / 10, name != "x.jsonl", "{name}: {}", bytes.len());
            let mut text = String::new();
            unpacked(io::Cursor::new(bytes)).unwrap().read_to_string(&mut text).unwrap();
            assert!(text == format!("first\n{long}"), "{name}");
        }
    }

    #[test]
    fn what_breaks_off_is_an_error() {
        for bytes in [gz("a line of news"), zst("a line of news")] {
            let cut = bytes[..bytes.len() - 6].to_vec();
            let read = unpacked(io::Cursor::new(cut)).and_then(|mut r| r.read_to_end(&mut Vec::new()));
            assert!(read.is_err());
        }
    }
}
