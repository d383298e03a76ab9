//! What the terminal is like: whether its background is dark or light (OSC 11), and whether it can scroll a part of its columns (DECRQM
//! 69, left and right margins). A question that every terminal answers stands behind them, so that no answer takes no longer than it must.

use filedescriptor::{AsRawFileDescriptor, POLLIN, poll, pollfd};
use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_millis(100);

/// What the terminal answered, and bytes that were no answer: keys typed meanwhile.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Whether the background is light; `None` when the terminal does not tell.
    pub light: Option<bool>,
    /// Whether it knows left and right margins (DECLRMM).
    pub margins: bool,
    /// Keys typed meanwhile.
    pub typed: Vec<u8>,
    /// Whether the wait ended before the terminal had answered all: what it says then comes among the keys.
    pub late: bool,
}

/// The built-in theme for a background, on a terminal of few colours or of many; on one that is not known, what can be read on any.
pub const fn theme(light: Option<bool>, few: bool) -> &'static str {
    match (light, few) {
        (Some(true), false) => "light",
        (Some(true), true) => "ansi-light",
        (Some(false), false) => "dark",
        (Some(false), true) => "ansi-dark",
        (None, _) => "ansi",
    }
}

/// Asks the terminal. It has to be in raw mode, and nobody else may be reading.
pub fn ask() -> Answer {
    let Ok(mut tty) = OpenOptions::new().read(true).write(true).open("/dev/tty") else { return Answer::default() };
    if tty.write_all(b"\x1b]11;?\x1b\\\x1b[?69$p\x1b[c").and_then(|()| tty.flush()).is_err() {
        return Answer::default();
    }
    let until = Instant::now() + PATIENCE;
    let mut bytes = Vec::new();
    while let Some(left) = until.checked_duration_since(Instant::now()) {
        let mut wait = [pollfd { fd: tty.as_raw_file_descriptor(), events: POLLIN, revents: 0 }];
        let mut chunk = [0; 256];
        match poll(&mut wait, Some(left)) {
            Ok(1..) => match tty.read(&mut chunk) {
                Ok(read @ 1..) => bytes.extend(chunk.iter().take(read)),
                _ => break,
            },
            _ => break,
        }
        if private(&bytes, b'c').is_some() {
            break;
        }
    }
    read(&bytes)
}

/// Where the answer `ESC [ ? ... end` stands.
fn private(bytes: &[u8], end: u8) -> Option<(usize, usize)> {
    bytes.windows(3).enumerate().filter(|(_, part)| part == b"\x1b[?").find_map(|(start, _)| {
        let last = bytes.iter().skip(start + 3).position(|byte| (0x40..0x7f).contains(byte))? + start + 3;
        (bytes.get(last) == Some(&end)).then_some((start, last + 1))
    })
}

fn read(bytes: &[u8]) -> Answer {
    let mut typed = bytes.to_vec();
    let (late, mut margins) = (private(bytes, b'c').is_none(), false);
    for end in [b'c', b'y'] {
        if let Some((start, after)) = private(&typed, end) {
            let answer: Vec<u8> = typed.drain(start..after).collect();
            // 1 and 2: set and reset; 0 is a mode it does not know, 3 and 4 one that cannot be changed.
            margins |= [b"\x1b[?69;1$y", b"\x1b[?69;2$y"].iter().any(|known| answer == known.as_slice());
        }
    }
    let mut light = None;
    if let Some(start) = typed.windows(5).position(|part| part == b"\x1b]11;") {
        let length =
            typed.iter().skip(start).position(|&byte| byte == 0x07 || byte == b'\\').map_or(typed.len() - start, |at| at + 1);
        let answer: Vec<u8> = typed.drain(start..start + length).collect();
        light = is_light(&String::from_utf8_lossy(&answer));
    }
    Answer { light, margins, typed, late }
}

/// Whether `rgb:ffff/fdfd/f6f6` is nearer to white than to black (relative luminance as the eye has it).
fn is_light(answer: &str) -> Option<bool> {
    let (_, colour) = answer.split_once("rgb:").or_else(|| answer.split_once("rgba:"))?;
    let mut channels = colour.split('/').map(|channel| {
        let digits: String = channel.chars().take_while(char::is_ascii_hexdigit).collect();
        let most = 16_f64.powi(i32::try_from(digits.len()).ok()?) - 1.0;
        u32::from_str_radix(&digits, 16).ok().map(|value| f64::from(value) / most)
    });
    let (r, g, b) = (channels.next()??, channels.next()??, channels.next()??);
    Some(0.299 * r + 0.587 * g + 0.114 * b > 0.5)
}

/// `COLORFGBG` ("15;0"): the background's number among the 16 colours; for terminals that do not answer.
pub fn from_environment(colorfgbg: &str) -> Option<bool> {
    let number: u8 = colorfgbg.rsplit(';').next()?.parse().ok()?;
    Some(number == 7 || number == 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_and_keys_kept() {
        let check = |bytes: &[u8], light, typed: &[u8]| {
            let late = !bytes.ends_with(b"c");
            assert_eq!(read(bytes), Answer { light, margins: bytes.contains(&b'y'), typed: typed.to_vec(), late });
        };
        check(b"\x1b]11;rgb:ffff/fdfd/f6f6\x1b\\\x1b[?62;c", Some(true), b"");
        check(b"\x1b]11;rgb:1c1c/1c1c/1c1c\x07j\x1b[?1;2c", Some(false), b"j");
        check(b"\x1b]11;rgb:ff/ff/ff\x07", Some(true), b"");
        check(b"q\x1b[?1;2c", None, b"q");
        check(b"jj", None, b"jj");
        check(b"\x1b]11;rgb:ff/ff/ff\x07\x1b[?69;2$yj\x1b[?62;22c", Some(true), b"j");
        assert!(!read(b"\x1b[?69;0$y\x1b[?62c").margins);
    }
}
