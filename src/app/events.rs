//! What comes from outside, in one channel: keys, mouse and resizes, signals, and the worker's news.

use super::worker::News;
use crate::reader::{Chord, Key};
use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseEvent};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use std::io;
use std::sync::mpsc::Sender;
use std::thread;

/// Something happened.
pub enum Message {
    /// A key.
    Key(Chord),
    /// The mouse.
    Mouse(MouseEvent),
    /// Words from the clipboard.
    Paste(String),
    /// The terminal has another size.
    Resize,
    /// A signal.
    Signal(i32),
    /// The worker is done with something.
    News(News),
    /// The terminal is gone.
    Lost(io::Error),
}

/// Listens to signals from now on.
///
/// # Errors
///
/// When the system refuses.
pub fn listen_to_signals(to: Sender<Message>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT])?;
    let listen = move || {
        for signal in signals.forever() {
            if to.send(Message::Signal(signal)).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().name("byline-signals".into()).spawn(listen).map(|_| ())
}

/// The terminal's colour, told after nobody waited for it any more (`ESC ] 11 ; rgb:.../.../... ESC \`): it comes as keys, and
/// must not be taken for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Late {
    /// It may still come.
    Awaited,
    /// It is coming.
    Coming,
    /// It came, or does not come.
    Over,
}

impl Late {
    /// Whether the key is part of it.
    fn holds(&mut self, key: Chord) -> bool {
        let ctrl_g = Chord { ctrl: true, ..Chord::plain(Key::Char('g')) };
        let (next, holds) = match (*self, key) {
            (Self::Awaited, Chord { key: Key::Char(']'), alt: true, .. }) => (Self::Coming, true),
            (Self::Coming, Chord { key: Key::Char(c), ctrl: false, alt: false, .. })
                if c.is_ascii_hexdigit() || ";:/rgb".contains(c) =>
            {
                (Self::Coming, true)
            }
            (Self::Coming, Chord { key: Key::Char('\\'), alt: true, .. }) => (Self::Over, true),
            (Self::Coming, key) => (Self::Over, key == ctrl_g),
            (state, _) => (state, false),
        };
        *self = next;
        holds
    }
}

/// Listens to the terminal from now on. `late`: whether it may still answer what it was asked at the start.
///
/// # Errors
///
/// When the system gives no thread.
pub fn listen_to_terminal(to: Sender<Message>, late: bool) -> io::Result<()> {
    let mut late = if late { Late::Awaited } else { Late::Over };
    let listen = move || {
        loop {
            let message = match event::read() {
                Ok(event) => translate(event).filter(|message| !matches!(message, Message::Key(key) if late.holds(*key))),
                Err(error) => Some(Message::Lost(error)),
            };
            let lost = matches!(message, Some(Message::Lost(_)));
            if message.is_some_and(|message| to.send(message).is_err()) || lost {
                return;
            }
        }
    };
    thread::Builder::new().name("byline-keys".into()).spawn(listen).map(|_| ())
}

fn translate(event: Event) -> Option<Message> {
    match event {
        Event::Key(key) => chord(key).map(Message::Key),
        Event::Mouse(mouse) => Some(Message::Mouse(mouse)),
        Event::Paste(words) => Some(Message::Paste(words)),
        Event::Resize(..) => Some(Message::Resize),
        Event::FocusGained | Event::FocusLost => None,
    }
}

/// The chord of a key press; releases are none.
fn chord(event: KeyEvent) -> Option<Chord> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let mut shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let key = match event.code {
        KeyCode::Char(c) => {
            shift = false;
            Key::Char(c)
        }
        KeyCode::F(n) => Key::F(n),
        KeyCode::BackTab => {
            shift = true;
            Key::Named("Tab")
        }
        KeyCode::Up => Key::Named("Up"),
        KeyCode::Down => Key::Named("Down"),
        KeyCode::Left => Key::Named("Left"),
        KeyCode::Right => Key::Named("Right"),
        KeyCode::PageUp => Key::Named("PgUp"),
        KeyCode::PageDown => Key::Named("PgDn"),
        KeyCode::Home => Key::Named("Home"),
        KeyCode::End => Key::Named("End"),
        KeyCode::Enter => Key::Named("Enter"),
        KeyCode::Esc => Key::Named("Esc"),
        KeyCode::Tab => Key::Named("Tab"),
        KeyCode::Backspace => Key::Named("Backspace"),
        KeyCode::Delete => Key::Named("Del"),
        KeyCode::Insert => Key::Named("Ins"),
        _ => return None,
    };
    let (ctrl, alt) = (event.modifiers.contains(KeyModifiers::CONTROL), event.modifiers.contains(KeyModifiers::ALT));
    Some(Chord { key, ctrl, alt, shift })
}

/// Keys among bytes that were read while the terminal was asked something: what people type ahead.
pub fn typed(bytes: &[u8]) -> Vec<Chord> {
    let mut chords = Vec::new();
    let mut rest = bytes.iter();
    while let Some(&byte) = rest.next() {
        match byte {
            // An escape sequence: an answer, or a key that is not worth a decoder here.
            0x1b if matches!(rest.as_slice().first(), Some(b'[' | b'O' | b']' | b'P')) => {
                let tail = rest.as_slice();
                let end = tail.iter().skip(1).position(|byte| (0x40..0x7f).contains(byte)).map_or(tail.len(), |at| at + 2);
                rest = tail.get(end..).unwrap_or_default().iter();
            }
            0x1b => chords.push(Chord::plain(Key::Named("Esc"))),
            b'\r' => chords.push(Chord::plain(Key::Named("Enter"))),
            b'\t' => chords.push(Chord::plain(Key::Named("Tab"))),
            0x7f => chords.push(Chord::plain(Key::Named("Backspace"))),
            1..0x1b => chords.push(Chord { ctrl: true, ..Chord::plain(Key::Char(char::from(byte | 0x60))) }),
            0x20..0x7f => chords.push(Chord::plain(Key::Char(char::from(byte)))),
            _ => {}
        }
    }
    chords
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_that_is_told_late_is_not_typed() {
        let left = |keys: &str| {
            let mut late = Late::Awaited;
            let keys = keys.split(' ').filter(|key| !late.holds(key.parse().unwrap()));
            keys.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(left("j M-] 1 1 ; r g b : f f / 0 a M-\\ r j"), "j r j");
        assert_eq!(left("M-] 1 1 ; r g b : f f C-g g"), "g");
        assert_eq!(left("M-] j f"), "j f", "two keys typed quickly");
    }

    #[test]
    fn what_is_typed_ahead_is_kept() {
        let typed: Vec<String> = typed(b"j\x1b[?62;4c/a\r\x06\x1b[B\x1bq").iter().map(ToString::to_string).collect();
        assert_eq!(typed, ["j", "/", "a", "Enter", "C-f", "Esc", "q"]);
    }
}
