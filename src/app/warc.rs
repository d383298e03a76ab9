//! WARC (ISO 28500): the responses of a web archive, one after the other.

use flate2::read::{MultiGzDecoder, ZlibDecoder};
use std::io::{self, BufRead, Read};

/// One HTTP response that may hold an article.
#[derive(Debug, PartialEq, Eq)]
pub struct Response {
    /// The address it came from.
    pub url: String,
    /// Its body, unpacked.
    pub body: Vec<u8>,
}

/// The largest header that is read.
const HEADER: u64 = 1 << 20;

/// The next response with status 200 and text in it, or why it cannot be read; `None` at the end.
///
/// # Errors
/// When the file breaks off within a record or is no WARC: then nothing behind it can be found.
pub fn next(reader: &mut dyn BufRead, largest: u64) -> io::Result<Option<Result<Response, String>>> {
    loop {
        let Some(header) = header(reader)? else { return Ok(None) };
        if !header.first().is_some_and(|line| line.starts_with("WARC/")) {
            return Err(io::Error::other("no WARC record where one should begin"));
        }
        let length: u64 = field(&header, "content-length")
            .and_then(|n| n.parse().ok())
            .ok_or_else(|| io::Error::other("a WARC record without a length"))?;
        let wanted = field(&header, "warc-type") == Some("response")
            && field(&header, "content-type").is_some_and(|t| t.starts_with("application/http"));
        let url = field(&header, "warc-target-uri").unwrap_or_default().trim_matches(['<', '>']).to_owned();
        if !wanted || length > largest {
            let skipped = io::copy(&mut (&mut *reader).take(length), &mut io::sink())?;
            whole(skipped, length)?;
            if wanted {
                return Ok(Some(Err(format!("{url}: {}", too_large(largest)))));
            }
            continue;
        }
        let mut record = Vec::new();
        let read = (&mut *reader).take(length).read_to_end(&mut record)?;
        whole(read as u64, length)?;
        match body(&record, largest) {
            Ok(Some(body)) => return Ok(Some(Ok(Response { url, body }))),
            Ok(None) => {}
            Err(error) => return Ok(Some(Err(format!("{url}: {error}")))),
        }
    }
}

fn too_large(largest: u64) -> String {
    format!("is larger than {} MiB", largest >> 20)
}

fn whole(read: u64, length: u64) -> io::Result<()> {
    if read == length {
        Ok(())
    } else {
        Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive breaks off within a record"))
    }
}

/// The lines up to the next blank one; blank lines before them do not count. `None` at the end of the file.
fn header(reader: &mut dyn BufRead) -> io::Result<Option<Vec<String>>> {
    let mut lines = Vec::new();
    let mut reader = reader.take(HEADER);
    loop {
        let mut line = Vec::new();
        if reader.read_until(b'\n', &mut line)? == 0 {
            return if lines.is_empty() { Ok(None) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
        }
        let line = String::from_utf8_lossy(line.trim_ascii()).into_owned();
        match (line.is_empty(), lines.is_empty()) {
            (true, true) => {}
            (true, false) => return Ok(Some(lines)),
            _ => lines.push(line),
        }
    }
}

fn field<'a>(header: &'a [String], name: &str) -> Option<&'a str> {
    let fields = header.iter().filter_map(|line| line.split_once(':'));
    fields.filter(|(key, _)| key.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
}

/// The body of an HTTP response, its transfer and content encodings undone; `None` if it holds no text.
fn body(mut record: &[u8], largest: u64) -> io::Result<Option<Vec<u8>>> {
    let Some(header) = header(&mut record)? else { return Ok(None) };
    let ok = header.first().and_then(|line| line.split(' ').nth(1)) == Some("200");
    let kind = field(&header, "content-type").unwrap_or("text/html").to_ascii_lowercase();
    if !ok
        || !["text/", "html", "xml", "json"].iter().any(|part| kind.contains(part))
        || kind.contains("css")
        || kind.contains("javascript")
    {
        return Ok(None);
    }
    let broken = |error: io::Error| io::Error::other(format!("its body cannot be unpacked: {error}"));
    let chunked = field(&header, "transfer-encoding").is_some_and(|t| t.eq_ignore_ascii_case("chunked"));
    let bytes = if chunked { dechunked(record) } else { record.to_vec() };
    let mut out = Vec::new();
    match field(&header, "content-encoding").unwrap_or("identity").to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" if bytes.starts_with(&[0x1f, 0x8b]) => {
            MultiGzDecoder::new(bytes.as_slice()).take(largest + 1).read_to_end(&mut out).map_err(broken)?;
        }
        "deflate" => {
            ZlibDecoder::new(bytes.as_slice()).take(largest + 1).read_to_end(&mut out).map_err(broken)?;
        }
        "br" | "zstd" => return Ok(None),
        // Crawlers often undo the encoding and leave its name.
        _ => out = bytes,
    }
    if out.len() as u64 > largest {
        return Err(io::Error::other(too_large(largest)));
    }
    Ok(Some(out).filter(|body| !body.trim_ascii().is_empty()))
}

/// The chunks joined; bytes that are not chunked after all are taken as they are.
fn dechunked(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = bytes;
    while let Some(end) = rest.iter().position(|b| *b == b'\n') {
        let size = rest.get(..end).map(|line| String::from_utf8_lossy(line.trim_ascii()).into_owned()).unwrap_or_default();
        let Ok(size) = usize::from_str_radix(size.split(';').next().unwrap_or_default().trim(), 16) else {
            return if out.is_empty() { bytes.to_vec() } else { out };
        };
        let begin = end + 1;
        let chunk = rest.get(begin..begin.saturating_add(size).min(rest.len())).unwrap_or_default();
        out.extend_from_slice(chunk);
        rest = rest.get(begin.saturating_add(size)..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if size == 0 || rest.is_empty() {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, content: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <https://example.org/a>\r\nContent-Type: application/http; msgtype={kind}\r\nContent-Length: {}\r\n\r\n{content}\r\n\r\n",
            content.len()
        )
    }

    #[test]
    fn responses_with_text_come_out_whole() {
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>He\r\n6;x=y\r\nllo</p\r\n1\r\n>\r\n0\r\n\r\n";
        let image = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG";
        let gone = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>No</p>";
        let plain = "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Two</p>";
        let file = [
            record("request", "GET / HTTP/1.1\r\n\r\n"),
            record("response", page),
            record("response", image),
            record("response", gone),
            record("response", plain),
        ]
        .concat();
        let mut reader = file.as_bytes();
        let mut bodies = Vec::new();
        while let Some(response) = next(&mut reader, 1 << 20).unwrap() {
            let response = response.unwrap();
            assert_eq!(response.url, "https://example.org/a");
            bodies.push(String::from_utf8(response.body).unwrap());
        }
        assert_eq!(bodies, ["<p>Hello</p>", "<p>Two</p>"]);
        let one = record("response", plain);
        assert!(next(&mut one.as_bytes().split_at(one.len() - 4).0, 1 << 20).is_ok());
        assert!(next(&mut one.as_bytes().split_at(one.len() - 10).0, 1 << 20).is_err());
        assert!(next(&mut "hello\n\n".as_bytes(), 1 << 20).is_err());
    }

    #[test]
    fn a_page_that_cannot_be_read_costs_no_other() {
        let broken = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate\r\n\r\n<p>no";
        let large = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", "x".repeat(2 << 20));
        let plain = "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Two</p>";
        let file = [record("response", broken), record("response", &large), record("response", plain)].concat();
        let mut reader = file.as_bytes();
        let mut next = || next(&mut reader, 1 << 20).unwrap().unwrap().map(|response| response.body);
        assert!(next().unwrap_err().starts_with("https://example.org/a: its body cannot be unpacked"));
        assert_eq!(next().unwrap_err(), "https://example.org/a: is larger than 1 MiB");
        assert_eq!(next().unwrap(), b"<p>Two</p>");
    }
}
