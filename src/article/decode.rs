//! Bytes -> text: byte order marks, UTF-8, UTF-16, a charset that the page declares, and legacy charsets told by content.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// How far into the bytes a declared charset is looked for; the HTML standard asks for 1,024 bytes, real pages are sloppier.
const PRESCAN: usize = 4096;
/// How much of the bytes the detector of legacy charsets reads.
const DETECT: usize = 256 * 1024;

/// Decoded text and the name of the charset it came from, lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded<'b> {
    pub text: Cow<'b, str>,
    pub charset: String,
}

/// Decodes `bytes`. Never fails: what no charset explains becomes U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let encoding = encoding_of(bytes);
    let (text, used, _) = encoding.decode(bytes);
    Decoded { text, charset: used.name().to_ascii_lowercase() }
}

/// The charset of `bytes`: a byte order mark, valid UTF-8, UTF-16 without a mark, the declared one, the likeliest one.
fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return encoding;
    }
    if mostly_utf_8(bytes) {
        return UTF_8;
    }
    let head = bytes.get(..PRESCAN.min(bytes.len())).unwrap_or_default();
    if let Some(encoding) = declared(head) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..DETECT.min(bytes.len())).unwrap_or_default(), true);
    detector.guess(None, Utf8Detection::Allow)
}

/// Whether `bytes` are UTF-8, but for a broken byte here and there: in a legacy charset there are never ten whole sequences for each broken one.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken * 10 <= whole
}

/// The charset named in a `<meta charset>`, `<meta http-equiv>` or `<?xml encoding?>`, if `head` is HTML and names one.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head: String = head.iter().map(|&b| char::from(b).to_ascii_lowercase()).collect();
    let at = ["<meta", "<?xml"].iter().filter_map(|tag| head.find(tag)).min()?;
    let head = head.get(at..)?;
    let (_, label) = ["charset=", "encoding="].iter().find_map(|key| head.split_once(key))?;
    let label = label.trim_start_matches(['"', '\'', ' ']);
    let label = label.split(['"', '\'', ' ', ';', '>', '?', '/']).next()?;
    // Whatever the page says, this is not UTF-16: its bytes begin with `<meta`.
    Encoding::for_label(label.as_bytes()).filter(|e| *e != UTF_16BE && *e != UTF_16LE)
}

/// UTF-16 whose mark was lost: every second byte of western text is zero.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..512.min(bytes.len()) & !1)?;
    if head.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if even == 0 && odd * 10 >= half * 7 {
        Some(UTF_16LE)
    } else if odd == 0 && even * 10 >= half * 7 {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, charset: &str) {
        assert_eq!(decode(bytes), Decoded { text: text.into(), charset: charset.into() });
    }

    #[test]
    fn unicode_is_read_with_and_without_a_mark() {
        check("Zoë left".as_bytes(), "Zoë left", "utf-8");
        check(b"\xef\xbb\xbfZo\xc3\xab", "Zoë", "utf-8");
        let text = "Zoë left for Paris";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&little, text, "utf-16le");
        check(&big, text, "utf-16be");
        check(&[b"\xff\xfe", little.as_slice()].concat(), text, "utf-16le");
    }

    #[test]
    fn legacy_charsets_are_declared_or_told_by_content() {
        check(b"<meta charset=\"iso-8859-2\"><p>\xb3\xf3d\xbc", "<meta charset=\"iso-8859-2\"><p>łódź", "iso-8859-2");
        check(
            b"<?xml version=\"1.0\" encoding='windows-1252'?>caf\xe9",
            "<?xml version=\"1.0\" encoding='windows-1252'?>café",
            "windows-1252",
        );
        check(
            b"The minister said: \x93No comment.\x94 It was a clich\xe9, he added.",
            "The minister said: “No comment.” It was a cliché, he added.",
            "windows-1252",
        );
    }

    #[test]
    fn a_broken_byte_spoils_nothing_else() {
        let mut bytes = "The café is open — said Zoë, naïvely, in Málaga. ".repeat(20).into_bytes();
        bytes.push(0xff);
        let decoded = decode(&bytes);
        assert_eq!(decoded.charset, "utf-8");
        assert!(decoded.text.ends_with('\u{fffd}') && decoded.text.starts_with("The café"));
    }
}
