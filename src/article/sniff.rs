//! What the text is, told by its content and not by its name: HTML, JSON or plain text.

/// What the bytes hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Html,
    Json,
}

/// What decoded `text` is.
pub(super) fn kind_of(text: &str) -> Kind {
    let head = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if head.starts_with(['{', '[']) && looks_like_json(head) {
        Kind::Json
    } else if looks_like_html(head) {
        Kind::Html
    } else {
        Kind::Text
    }
}

/// Whether `bytes` are not text at all: a known magic number, or many control bytes. UTF-16 counts as text.
pub(super) fn binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 12] = [
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "a zip archive or an office document"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\x1f\x8b", "a gzip file: unpack it first"),
        (b"BZh", "a bzip2 file: unpack it first"),
        (b"\xfd7zXZ", "an xz file: unpack it first"),
        (b"\x28\xb5\x2f\xfd", "a zstd file: unpack it first"),
        (b"\x7fELF", "a program"),
        (b"MZ\x90", "a program"),
        (b"\xd0\xcf\x11\xe0", "an old office document: save it as text first"),
    ];
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(what);
    }
    let marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let head = bytes.get(..8192.min(bytes.len())).unwrap_or_default();
    let zeros = head.split(|&b| b == 0).count() - 1;
    // UTF-16 has its zeros at every second byte of western text; elsewhere a zero byte means that this is not text.
    let utf_16 = marked || (zeros * 10 >= head.len() * 3 && zeros * 10 <= head.len() * 6);
    let odd = head.iter().filter(|&&b| b < 9 || (14..27).contains(&b)).count();
    (!utf_16 && (zeros > 0 && odd * 100 > head.len() || odd * 10 > head.len())).then_some("no text")
}

/// An opening brace followed by a quoted key, or by nothing; the first of a list, or the only one.
fn looks_like_json(head: &str) -> bool {
    let object = head.strip_prefix('[').map_or(head, str::trim_start);
    let inner = object.trim_start_matches('{');
    inner.len() < object.len() && inner.trim_start().starts_with(['"', '}'])
}

/// A doctype, or tags that only HTML has, near the beginning.
fn looks_like_html(head: &str) -> bool {
    const OPENERS: [&str; 5] = ["<!doctype html", "<html", "<head", "<body", "<?xml"];
    const TAGS: [&str; 16] = [
        "html", "head", "body", "title", "meta", "script", "div", "p", "article", "table", "span", "h1", "a", "br", "ul", "link",
    ];
    let head: String = head.chars().take(4096).map(|c| c.to_ascii_lowercase()).collect();
    if OPENERS.iter().any(|opener| head.starts_with(opener)) {
        return !head.starts_with("<?xml") || head.contains("<html") || head.contains("<!doctype html");
    }
    let tags = head.split('<').skip(1).filter(|piece| {
        let piece = piece.trim_start_matches('/');
        let name = piece.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        TAGS.contains(&name) && piece.contains('>')
    });
    let tags = tags.count();
    (head.starts_with('<') && tags >= 2) || tags >= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_kind() {
        assert_eq!(kind_of("\n<!DOCTYPE html><html>"), Kind::Html);
        assert_eq!(kind_of("<!-- saved page --><html><body><p>Hello</p>"), Kind::Html);
        assert_eq!(kind_of("<p>One</p><p>Two</p>"), Kind::Html);
        assert_eq!(kind_of("{\"text\": \"Hello\"}\n"), Kind::Json);
        assert_eq!(kind_of("{curly} words"), Kind::Text);
        assert_eq!(kind_of("Profits < losses, he said <laughing>."), Kind::Text);
    }

    #[test]
    fn binary_is_named() {
        assert_eq!(binary(b"%PDF-1.7 ..."), Some("a PDF file"));
        assert_eq!(binary(b"\x00\x01\x02\x03abc"), Some("no text"));
        assert_eq!(binary("Plain words\x1b[0m".as_bytes()), None);
        let utf_16: Vec<u8> = "Plain words, many of them".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(binary(&utf_16), None);
    }
}
