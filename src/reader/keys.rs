//! Chords (a key with its modifiers), and the live table from chords to actions.

use super::action::{ACTIONS, Action, Scope};
use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::str::FromStr;

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A character, as typed (shift is in the character).
    Char(char),
    /// F1 and on.
    F(u8),
    /// A key with a name.
    Named(&'static str),
}

/// Names of the keys that type no character.
const NAMED: [&str; 14] =
    ["Up", "Down", "Left", "Right", "PgUp", "PgDn", "Home", "End", "Enter", "Esc", "Tab", "Backspace", "Del", "Ins"];

/// A key with its modifiers, written `j`, `C-d`, `M-x`, `S-Tab`, `Space`, `F1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Chord {
    /// The key.
    pub key: Key,
    /// Control is held.
    pub ctrl: bool,
    /// Alt or Meta is held.
    pub alt: bool,
    /// Shift is held; only for keys that type no character.
    pub shift: bool,
}

impl Chord {
    /// A bare key.
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false, alt: false, shift: false }
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "C-"), (self.alt, "M-"), (self.shift, "S-")] {
            if held {
                f.write_str(name)?;
            }
        }
        match self.key {
            Key::Char(' ') => f.write_str("Space"),
            Key::Char(c) => write!(f, "{c}"),
            Key::F(n) => write!(f, "F{n}"),
            Key::Named("Up") => f.write_str("↑"),
            Key::Named("Down") => f.write_str("↓"),
            Key::Named("Left") => f.write_str("←"),
            Key::Named("Right") => f.write_str("→"),
            Key::Named(name) => f.write_str(name),
        }
    }
}

/// The words name no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChordError(String);

impl fmt::Display for ChordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is no key such as j, C-d, M-x, S-Tab, Space, Enter, PgDn or F1", self.0)
    }
}

impl std::error::Error for ChordError {}

impl FromStr for Chord {
    type Err = ChordError;

    fn from_str(text: &str) -> Result<Self, ChordError> {
        let mut chord = Self::plain(Key::Char(' '));
        let mut rest = text;
        while rest.chars().count() > 2 {
            let (held, after) = if let Some(after) = rest.strip_prefix("C-") {
                (&mut chord.ctrl, after)
            } else if let Some(after) = rest.strip_prefix("M-") {
                (&mut chord.alt, after)
            } else if let Some(after) = rest.strip_prefix("S-") {
                (&mut chord.shift, after)
            } else {
                break;
            };
            *held = true;
            rest = after;
        }
        let mut chars = rest.chars();
        chord.key = match (chars.next(), chars.next()) {
            (Some(c), None) => Key::Char(c),
            (Some('F'), Some(_)) => {
                rest.get(1..).and_then(|n| n.parse().ok()).map(Key::F).ok_or_else(|| ChordError(text.to_owned()))?
            }
            _ if rest == "Space" => Key::Char(' '),
            _ => {
                let named = NAMED.iter().find(|name| **name == rest).ok_or_else(|| ChordError(text.to_owned()))?;
                Key::Named(named)
            }
        };
        Ok(chord)
    }
}

/// Which chord does what, and where.
#[derive(Debug, Clone)]
pub struct Keymap {
    bound: HashMap<(Scope, Chord), Action>,
    /// The chords of each row of [`ACTIONS`], in order of preference.
    chords: Vec<Vec<Chord>>,
}

impl Default for Keymap {
    fn default() -> Self {
        let chords = ACTIONS.iter().map(|row| row.keys.iter().filter_map(|key| key.parse().ok()).collect()).collect();
        let mut keymap = Self { bound: HashMap::new(), chords };
        keymap.index();
        keymap
    }
}

impl Keymap {
    /// Gives an action, by its name, these chords instead of its own. A chord that another action of the same scope had is
    /// taken from it.
    ///
    /// # Errors
    ///
    /// When no action has that name, or a chord names no key; in words for people.
    pub fn rebind(&mut self, name: &str, keys: &[String]) -> Result<(), String> {
        let at = ACTIONS.iter().position(|row| row.name == name).ok_or_else(|| unknown_action(name))?;
        let chords: Vec<Chord> =
            keys.iter().map(|key| key.parse()).collect::<Result<_, ChordError>>().map_err(|e| e.to_string())?;
        let scope = ACTIONS.get(at).map_or(Scope::Any, |row| row.scope);
        for (other, row) in self.chords.iter_mut().zip(ACTIONS) {
            if row.scope == scope {
                other.retain(|chord| !chords.contains(chord));
            }
        }
        if let Some(own) = self.chords.get_mut(at) {
            *own = chords;
        }
        self.index();
        Ok(())
    }

    fn index(&mut self) {
        self.bound.clear();
        for (row, chords) in ACTIONS.iter().zip(&self.chords) {
            for chord in chords {
                self.bound.insert((row.scope, *chord), row.action);
            }
        }
    }

    /// What a chord does in `scope`: what is bound there, else what is bound anywhere.
    pub fn action(&self, scope: Scope, chord: Chord) -> Option<Action> {
        self.bound.get(&(scope, chord)).or_else(|| self.bound.get(&(Scope::Any, chord))).copied()
    }

    /// The chords of a row of [`ACTIONS`].
    pub fn chords(&self, row: usize) -> &[Chord] {
        self.chords.get(row).map_or(&[], Vec::as_slice)
    }

    /// The first chord of an action, written out; empty when it has none.
    pub fn first(&self, action: Action) -> String {
        let row = ACTIONS.iter().position(|row| row.action == action);
        row.and_then(|row| self.chords(row).first()).map(Chord::to_string).unwrap_or_default()
    }

    /// The key table as Markdown, for the README and the guide; the last column is what the settings file calls the action.
    pub fn markdown(&self) -> String {
        let mut out = String::from("| key | action | in `[keys]` |\n| --- | --- | --- |\n");
        for (at, row) in ACTIONS.iter().enumerate() {
            let keys: Vec<String> = self.chords(at).iter().map(|chord| format!("`{chord}`").replace('|', "\\|")).collect();
            let _ = writeln!(out, "| {} | {} | {} |", keys.join(" "), row.help, row.name);
        }
        out
    }
}

fn unknown_action(name: &str) -> String {
    let near = ACTIONS.iter().find(|row| row.name.starts_with(name) || name.starts_with(row.name));
    match near {
        Some(row) => format!("no action is called “{name}”; there is “{}”", row.name),
        None => format!("no action is called “{name}”; the help screen and README name them all"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chords_read_as_they_are_written() {
        for text in ["j", "C-d", "M-x", "S-Tab", "Space", "F12", "-", "C--", "Enter", "]"] {
            assert_eq!(text.parse::<Chord>().unwrap().to_string(), text);
        }
        for text in ["", "Spacebar", "C-", "Fx", "jj"] {
            if text == "C-" {
                continue; // two characters, no key
            }
            assert!(text.parse::<Chord>().is_err(), "{text}");
        }
    }

    #[test]
    fn every_default_is_a_chord_and_bound_once_in_its_scope() {
        let keymap = Keymap::default();
        for (at, row) in ACTIONS.iter().enumerate() {
            assert_eq!(keymap.chords(at).len(), row.keys.len(), "{}", row.name);
            for chord in keymap.chords(at) {
                assert_eq!(keymap.action(row.scope, *chord), Some(row.action), "{chord} of {}", row.name);
            }
        }
    }

    #[test]
    fn a_rebound_key_leaves_its_old_action() {
        let mut keymap = Keymap::default();
        keymap.rebind("next-claim", &["n".into()]).unwrap();
        assert_eq!(keymap.action(Scope::Any, "n".parse().unwrap()), Some(Action::NextClaim));
        assert_eq!(keymap.action(Scope::Any, "]".parse().unwrap()), None);
        assert_eq!(keymap.first(Action::NextMatch), "");
        assert!(keymap.rebind("next-clam", &[]).unwrap_err().contains("next-clam"));
        assert!(keymap.rebind("quit", &["Hyper".into()]).unwrap_err().contains("Hyper"));
    }
}
