//! What the reader was set to by keys, and the theme that suited the terminal, kept between runs in the XDG state folder. What the settings
//! file or the command line asks for goes before it.

use super::output::replace;
use super::settings::xdg;
use std::fs;
use std::path::PathBuf;

/// The choices; `None` and 0 mean that nothing was chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// Theme by name.
    pub theme: Option<String>,
    /// The theme that suited the terminal's background the last time: the first frame wears it until the terminal has answered.
    pub suited: Option<String>,
    /// Widest line, in cells.
    pub measure: Option<usize>,
    /// Columns that the lists are wider than usual.
    pub side: i16,
    /// Whether words break at line ends.
    pub hyphens: Option<bool>,
    /// Whether beliefs and unsure claims are shown too.
    pub all_claims: bool,
}

impl Choices {
    /// Reads the choices; without an error if they cannot be read.
    pub fn load() -> Self {
        path().and_then(|path| fs::read_to_string(path).ok()).map(|source| Self::parse(&source)).unwrap_or_default()
    }

    /// Writes the choices if they differ from `before`; without an error if they cannot be written.
    pub fn save(&self, before: &Self) {
        if let Some(path) = path().filter(|_| self != before)
            && path.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok())
        {
            let _ = replace(&path, self.written().as_bytes());
        }
    }

    fn parse(source: &str) -> Self {
        let table: toml::Table = source.parse().unwrap_or_default();
        let words = |name: &str| table.get(name).and_then(toml::Value::as_str).map(str::to_owned);
        let number = |name: &str| table.get(name).and_then(toml::Value::as_integer);
        Self {
            theme: words("theme"),
            suited: words("suited"),
            measure: number("measure").and_then(|columns| usize::try_from(columns).ok()),
            side: number("side").and_then(|columns| i16::try_from(columns).ok()).unwrap_or(0),
            hyphens: table.get("hyphens").and_then(toml::Value::as_bool),
            all_claims: table.get("all-claims").and_then(toml::Value::as_bool).unwrap_or(false),
        }
    }

    fn written(&self) -> String {
        let words =
            |name: &str, value: Option<&String>| value.map(|value| format!("{name} = {}\n", toml::Value::from(value.as_str())));
        let (theme, suited) = (words("theme", self.theme.as_ref()), words("suited", self.suited.as_ref()));
        let measure = self.measure.map(|columns| format!("measure = {columns}\n"));
        let side = (self.side != 0).then(|| format!("side = {}\n", self.side));
        let hyphens = self.hyphens.map(|on| format!("hyphens = {on}\n"));
        let all_claims = self.all_claims.then(|| "all-claims = true\n".to_owned());
        [theme, suited, measure, side, hyphens, all_claims].into_iter().flatten().collect()
    }
}

fn path() -> Option<PathBuf> {
    xdg("XDG_STATE_HOME", ".local/state").map(|folder| folder.join("choices.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_as_they_were_written() {
        let all = Choices {
            theme: Some("light".into()),
            suited: Some("dark".into()),
            measure: Some(72),
            side: -4,
            hyphens: Some(true),
            all_claims: true,
        };
        for choices in [all, Choices::default()] {
            assert_eq!(Choices::parse(&choices.written()), choices);
        }
        assert_eq!(Choices::parse("broken"), Choices::default());
    }
}
