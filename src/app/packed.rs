//! gz and zst, in and out: told by their first bytes on the way in, by the file's name on the way out.

use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead, BufReader, Read};

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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gz(text: &str) -> Vec<u8> {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(text.as_bytes()).unwrap();
        out.finish().unwrap()
    }

    fn zst(text: &str) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest)
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
    fn what_breaks_off_is_an_error() {
        for bytes in [gz("a line of news"), zst("a line of news")] {
            let cut = bytes[..bytes.len() - 6].to_vec();
            let read = unpacked(io::Cursor::new(cut)).and_then(|mut r| r.read_to_end(&mut Vec::new()));
            assert!(read.is_err());
        }
    }
}
