//! The clipboard, by way of the terminal (OSC 52): works over ssh and in tmux, needs no program and no display.

use crate::text::harmless;
use std::io::{self, Write};

/// Longest text that terminals are known to take, in bytes before encoding.
const LONGEST: usize = 74_000;

/// Puts words on the clipboard; `false` when they are too many for a terminal.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn copy(words: &str, out: &mut impl Write) -> io::Result<bool> {
    if words.len() > LONGEST {
        return Ok(false);
    }
    // What is pasted into a shell must not speak to it either.
    write!(out, "\x1b]52;c;{}\x1b\\", base64(harmless(words).as_bytes()))?;
    out.flush()?;
    Ok(true)
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let digit = DIGITS.get((bits >> (18 - 6 * at)) as usize & 63).copied().unwrap_or(b'=');
            out.push(if at <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_the_rfc_has_it() {
        for (plain, encoded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("“ü”", "4oCcw7zigJ0=")]
        {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }

    #[test]
    fn what_is_too_long_is_not_sent() {
        let mut out = Vec::new();
        assert!(!copy(&"x".repeat(80_000), &mut out).unwrap());
        assert!(out.is_empty());
        assert!(copy("foo", &mut out).unwrap());
        assert_eq!(out, b"\x1b]52;c;Zm9v\x1b\\");
        out.clear();
        assert!(copy("a\u{1b}[2J\u{202e}b", &mut out).unwrap());
        assert_eq!(out, format!("\x1b]52;c;{}\x1b\\", base64("a\u{fffd}[2J\u{fffd}b".as_bytes())).as_bytes());
    }
}
