//! Where each article was left, kept between runs in the XDG state folder: one line an article, its SHA-256 and the byte of its
//! text that stood at the top, the latest last.

use super::output::replace;
use super::settings::xdg;
use crate::article::Article;
use std::fs;
use std::path::PathBuf;

/// Articles remembered.
const MOST: usize = 1000;

/// The places. What cannot be read or written is not missed: reading goes on without.
#[derive(Debug, Default)]
pub struct Places {
    path: Option<PathBuf>,
    lines: Vec<(String, usize)>,
    changed: bool,
}

impl Places {
    /// Reads the places.
    pub fn load() -> Self {
        let path = xdg("XDG_STATE_HOME", ".local/state").map(|folder| folder.join("places"));
        let source = path.as_ref().and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
        Self { path, lines: parse(&source), changed: false }
    }

    /// Where an article was left.
    pub fn get(&self, article: &Article) -> Option<usize> {
        let key = key(article)?;
        let offset = self.lines.iter().rev().find(|(known, _)| *known == key).map(|&(_, offset)| offset)?;
        Some(article.text.floor_char_boundary(offset))
    }

    /// Remembers where an article is left; at its beginning there is nothing to remember.
    pub fn set(&mut self, article: &Article, offset: usize) {
        let Some(key) = key(article) else { return };
        let before = self.lines.len();
        self.lines.retain(|(known, _)| *known != key);
        if offset > 0 {
            self.lines.push((key, offset));
        }
        self.changed |= offset > 0 || self.lines.len() != before;
    }

    /// Writes the places, whole or not at all.
    pub fn save(&self) {
        let Some(path) = self.path.as_ref().filter(|_| self.changed) else { return };
        let from = self.lines.len().saturating_sub(MOST);
        let lines: Vec<String> = self.lines.iter().skip(from).map(|(key, offset)| format!("{key} {offset}")).collect();
        if path.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok()) {
            let _ = replace(path, lines.join("\n").as_bytes());
        }
    }
}

fn key(article: &Article) -> Option<String> {
    let hash = &article.input.sha256;
    (!hash.is_empty()).then(|| format!("{hash}/{}", article.id.replace(char::is_whitespace, "_")))
}

fn parse(source: &str) -> Vec<(String, usize)> {
    source
        .lines()
        .filter_map(|line| line.rsplit_once(' '))
        .filter_map(|(key, offset)| Some((key.to_owned(), offset.parse().ok()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Input;

    fn article(hash: &str) -> Article {
        let input = Input { sha256: hash.into(), ..Input::default() };
        Article { id: "a b.txt".into(), input, text: "Ein Wörtchen".into(), ..Article::default() }
    }

    #[test]
    fn a_place_is_kept_and_stands_on_a_character() {
        let mut places = Places { lines: parse("aa/a_b.txt 6\nbroken\nbb/a_b.txt x"), ..Places::default() };
        assert_eq!(places.get(&article("aa")), Some(5));
        assert_eq!(places.get(&article("bb")), None);
        places.set(&article("bb"), 4);
        places.set(&article("aa"), 0);
        assert_eq!((places.get(&article("aa")), places.get(&article("bb")), places.get(&article(""))), (None, Some(4), None));
    }
}
