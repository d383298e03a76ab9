//! The clipboard, by way of the terminal (OSC 52): works over ssh and in tmux, needs no program and no display. Where the program runs
//! on the machine with the display, the desktop's own tool is told as well: not every terminal knows OSC 52. The desktop opens links, too.

use crate::text::harmless;
use std::env;
use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::thread;

/// Longest text that terminals are known to take, in bytes before encoding.
const LONGEST: usize = 74_000;

/// Programs that put their input on the clipboard, and the variable that says that their display is here.
const TOOLS: [(&str, &str, &[&str]); 3] =
    [("WAYLAND_DISPLAY", "wl-copy", &[]), ("DISPLAY", "xclip", &["-selection", "clipboard"]), ("DISPLAY", "xsel", &["-ib"])];

/// Puts words on the clipboard; `false` when they are too many for a terminal and there is no tool.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn copy(words: &str, out: &mut impl Write) -> io::Result<bool> {
    // What is pasted into a shell must not speak to it either.
    let words = harmless(words);
    let told = tell_desktop(&words);
    if words.len() > LONGEST {
        return Ok(told);
    }
    write!(out, "\x1b]52;c;{}\x1b\\", base64(words.as_bytes()))?;
    out.flush()?;
    Ok(true)
}

/// Asks the desktop to show a page; `false` where there is none.
pub fn open(url: &str) -> bool {
    let desktop = is_set("WAYLAND_DISPLAY") || is_set("DISPLAY");
    let opener = if cfg!(target_os = "macos") { Some("open") } else { desktop.then_some("xdg-open") };
    is_here() && opener.is_some_and(|program| hand(program, &[url], ""))
}

/// Whether the desktop is on this machine; over ssh the display would be the wrong one.
fn is_here() -> bool {
    !cfg!(test) && env::var_os("SSH_TTY").is_none() && env::var_os("SSH_CONNECTION").is_none()
}

fn is_set(variable: &str) -> bool {
    env::var_os(variable).is_some_and(|value| !value.is_empty())
}

/// Hands the words to the first tool that starts.
fn tell_desktop(words: &str) -> bool {
    if !is_here() {
        return false;
    }
    let tools = TOOLS.iter().filter(|(display, ..)| is_set(display)).map(|&(_, program, arguments)| (program, arguments));
    let mac = cfg!(target_os = "macos").then_some(("pbcopy", &[][..]));
    mac.into_iter().chain(tools).any(|(program, arguments)| hand(program, arguments, words))
}

/// Starts a program with words to read, and leaves it alone.
fn hand(program: &str, arguments: &[&str], words: &str) -> bool {
    let quiet = Stdio::null;
    let child = Command::new(program).args(arguments).stdin(Stdio::piped()).stdout(quiet()).stderr(quiet()).spawn();
    let Ok(mut child) = child else { return false };
    let words = words.to_owned();
    // Writing and waiting may take a while; a failure now is no worse than having no tool.
    thread::spawn(move || {
        let _ = child.stdin.take().map(|mut input| input.write_all(words.as_bytes()));
        let _ = child.wait();
    });
    true
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
