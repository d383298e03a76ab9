//! Settings: the user's file (TOML), the environment, and what was asked on the command line.

use super::{AppError, Options};
use crate::reader::{Action, Keymap};
use crate::ui::theme::broken_toml;
use crate::ui::{Depth, Theme};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// What the reader goes by.
#[derive(Debug)]
pub struct Settings {
    /// The key table.
    pub keymap: Keymap,
    /// The theme that was asked for; `None` leaves it to the terminal's background.
    pub theme: Option<Theme>,
    /// How many colours the terminal has.
    pub depth: Depth,
    /// Whether the mouse reports to byline.
    pub mouse: bool,
    /// Draw with ASCII only.
    pub ascii: bool,
    /// Whether words break at line ends; `None` leaves it to what a key chose before.
    pub hyphens: Option<bool>,
    /// What the reader says at first, if anything.
    pub notice: Option<String>,
}

impl Settings {
    /// Reads the settings.
    ///
    /// # Errors
    ///
    /// [`AppError::Settings`] with file, line and what is wrong.
    pub fn load(options: &Options) -> Result<Self, AppError> {
        let mut settings = Self {
            keymap: Keymap::default(),
            theme: None,
            depth: depth(),
            mouse: true,
            ascii: options.ascii || is_dumb(),
            hyphens: None,
            notice: options.notice.clone(),
        };
        let mut theme = options.theme.clone();
        let standard = folder().map(|folder| folder.join("config.toml")).filter(|path| path.is_file());
        if let Some(path) = options.config.clone().or(standard) {
            let wrong = |what: String| AppError::Settings(format!("{}: {what}", path.display()));
            let source = fs::read_to_string(&path).map_err(|e| wrong(e.to_string()))?;
            let wanted = settings.read(&source).map_err(wrong)?;
            theme = theme.or(wanted);
        }
        settings.hyphens = options.hyphens.then_some(true).or(settings.hyphens);
        if colourless() {
            theme.get_or_insert_with(|| "mono".into());
        }
        settings.theme = theme.map(|name| settings.find_theme(&name)).transpose().map_err(AppError::Settings)?;
        Ok(settings)
    }

    /// Reads a settings file; returns the theme it asks for. Errors name their line.
    fn read(&mut self, source: &str) -> Result<Option<String>, String> {
        let table: toml::Table = source.parse().map_err(|error| broken_toml(source, &error))?;
        let mut theme = None;
        for (name, value) in &table {
            let at = |what: String| format!("line {}: {what}", line_of(source, name));
            match (name.as_str(), value) {
                ("theme", toml::Value::String(name)) => theme = Some(name.clone()),
                ("mouse", toml::Value::Boolean(on)) => self.mouse = *on,
                ("ascii", toml::Value::Boolean(on)) => self.ascii |= *on,
                ("hyphens", toml::Value::Boolean(on)) => self.hyphens = Some(*on),
                ("keys", toml::Value::Table(keys)) => self.bind(keys, source)?,
                ("theme" | "mouse" | "ascii" | "hyphens" | "keys", _) => {
                    return Err(at(format!("{name} cannot be {}", value.type_str())));
                }
                _ => return Err(at(format!("there is no setting “{name}”; there are theme, mouse, ascii, hyphens and [keys]"))),
            }
        }
        Ok(theme)
    }

    fn bind(&mut self, keys: &toml::Table, source: &str) -> Result<(), String> {
        for (name, value) in keys {
            let at = |what: String| format!("line {}: {what}", line_of(source, name));
            let words = match value {
                toml::Value::String(one) => Some(vec![one.clone()]),
                toml::Value::Array(all) => all.iter().map(|key| key.as_str().map(str::to_owned)).collect(),
                _ => None,
            };
            let words = words.ok_or_else(|| at(format!("the keys of {name} are no string and no list of strings")))?;
            self.keymap.rebind(name, &words).map_err(at)?;
        }
        if self.keymap.first(Action::Quit).is_empty() {
            return Err(format!("line {}: this leaves no key that quits; give one, as in quit = \"Q\"", line_of(source, "keys")));
        }
        Ok(())
    }

    /// A theme that byline brings, else one in the user's folder of themes.
    fn find_theme(&self, name: &str) -> Result<Theme, String> {
        if let Some(theme) = Theme::built_in(name, self.depth) {
            return Ok(theme);
        }
        let path = folder().map(|folder| folder.join("themes").join(format!("{name}.toml")));
        let source = path.and_then(|path| fs::read_to_string(path).ok());
        let known = crate::ui::theme::BUILT_IN.map(|(name, _)| name).join(", ");
        let source = source.ok_or_else(|| {
            format!("there is no theme “{name}”; there are {known}, and files in byline/themes of the settings folder")
        })?;
        Theme::parse(name, &source, self.depth)
    }
}

/// Line, counted from 1, that sets `name`.
fn line_of(source: &str, name: &str) -> usize {
    let sets = |line: &str| {
        let line = line.trim_start().trim_start_matches(['"', '\'', '[']);
        line.strip_prefix(name)
            .is_some_and(|rest| rest.trim_start().trim_start_matches(['"', '\'']).trim_start().starts_with(['=', ']']))
    };
    source.lines().position(sets).map_or(1, |at| at + 1)
}

/// `byline` in the XDG config folder.
fn folder() -> Option<PathBuf> {
    xdg("XDG_CONFIG_HOME", ".config")
}

/// `byline` in an XDG folder: the one that a variable names, else the usual one at home.
pub fn xdg(variable: &str, usual: &str) -> Option<PathBuf> {
    let named = env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = named.or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(usual)))?;
    Some(folder.join("byline"))
}

fn set(variable: &str) -> Option<String> {
    env::var(variable).ok().filter(|value| !value.is_empty())
}

fn is_dumb() -> bool {
    set("TERM").as_deref() == Some("dumb")
}

/// No colour is wanted: `NO_COLOR` (no-color.org), `CLICOLOR=0` (bixense.com/clicolors), or a dumb terminal.
fn colourless() -> bool {
    set("NO_COLOR").is_some() || set("CLICOLOR").as_deref() == Some("0") || is_dumb()
}

fn depth() -> Depth {
    let term = set("TERM").unwrap_or_default();
    let direct = ["direct", "kitty", "alacritty"].iter().any(|known| term.contains(known));
    let says = set("COLORTERM").is_some_and(|colours| colours == "truecolor" || colours == "24bit");
    match () {
        () if direct || says => Depth::True,
        () if term.contains("256") => Depth::Indexed,
        () => Depth::Ansi,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::{Action, Scope};

    fn read(source: &str) -> Result<(Settings, Option<String>), String> {
        let mut settings = Settings {
            keymap: Keymap::default(),
            theme: None,
            depth: Depth::True,
            mouse: true,
            ascii: false,
            hyphens: None,
            notice: None,
        };
        let theme = settings.read(source)?;
        Ok((settings, theme))
    }

    #[test]
    fn some_key_quits() {
        assert!(read("[keys]\nquit = []").unwrap_err().contains("line 1: this leaves no key that quits"));
        assert!(read("[keys]\nnext-claim = [\"q\", \"C-c\"]").is_err());
        assert!(read("[keys]\nnext-claim = \"q\"\nquit = \"Q\"").is_ok());
    }

    #[test]
    fn a_file_sets_theme_mouse_and_keys() {
        let (settings, theme) =
            read("theme = \"light\"\nmouse = false\nhyphens = true\n[keys]\nnext-claim = [\"Right\", \"]\"]\nquit = \"Q\"")
                .unwrap();
        assert_eq!((theme.as_deref(), settings.mouse, settings.hyphens), (Some("light"), false, Some(true)));
        assert_eq!(settings.keymap.action(Scope::Any, "Right".parse().unwrap()), Some(Action::NextClaim));
        assert_eq!(settings.keymap.action(Scope::Any, "Q".parse().unwrap()), Some(Action::Quit));
        assert_eq!(settings.keymap.action(Scope::Any, "q".parse().unwrap()), None);
    }

    #[test]
    fn what_is_wrong_has_its_line() {
        for (source, line, word) in [
            ("theme = \"dark\"\ncolour = 1", "line 2", "colour"),
            ("mouse = \"yes\"", "line 1", "mouse"),
            ("[keys]\nquit = \"Q\"\nnext-clam = \"x\"", "line 3", "next-clam"),
            ("[keys]\nquit = \"Hyper-Q\"", "line 2", "Hyper-Q"),
            ("mouse = true\ntheme = light", "line 2: ", "quoted"),
        ] {
            let what = read(source).unwrap_err();
            assert!(what.contains(line) && what.contains(word), "{source:?}: {what}");
        }
    }
}
