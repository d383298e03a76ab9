//! Where each article was left, and its marks, kept between runs in the XDG state folder: one line an article, its SHA-256 and the byte of
//! its text that stood at the top, then the claim in hand (`@`) and each mark with its byte; the latest last.
//!
//! ```text
//! 9f86d081.../levy.txt 1204 @=1310 a=310 b=2200
//! ```

use super::output::{alone, replace};
use super::settings::xdg;
use crate::article::Article;
use std::fs;
use std::path::PathBuf;

/// What the claim in hand is written with, where marks have their letter.
const CLAIM: char = '@';

/// Articles remembered.
const MOST: usize = 1000;

/// Where an article was left.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Left {
    /// The first byte on screen.
    pub offset: usize,
    /// The first byte of the content of the claim in hand.
    pub claim: Option<usize>,
    /// Letters and the bytes they mark.
    pub marks: Vec<(char, usize)>,
}

/// The places. If they cannot be read or written, byline goes on without them.
#[derive(Debug, Default)]
pub struct Places {
    path: Option<PathBuf>,
    lines: Vec<(String, Left)>,
    /// What was set since they were read, and differs from what was read.
    changed: Vec<(String, Left)>,
}

impl Places {
    /// Reads the places.
    pub fn load() -> Self {
        let path = xdg("XDG_STATE_HOME", ".local/state").map(|folder| folder.join("places"));
        let source = path.as_ref().and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
        Self { path, lines: parse(&source), changed: Vec::new() }
    }

    /// Where an article was left.
    pub fn get(&self, article: &Article) -> Option<Left> {
        let key = key(article)?;
        let left = self.lines.iter().rev().find(|(known, _)| *known == key).map(|(_, left)| left)?;
        let fit = |offset| article.text.floor_char_boundary(offset);
        Some(Left {
            offset: fit(left.offset),
            claim: left.claim.map(fit),
            marks: left.marks.iter().map(|&(letter, at)| (letter, fit(at))).collect(),
        })
    }

    /// Remembers where an article is left.
    pub fn set(&mut self, article: &Article, mut left: Left) {
        let Some(key) = key(article) else { return };
        left.marks.sort_unstable();
        let known = self.lines.iter().any(|(known, _)| *known == key);
        if known || left != Left::default() {
            put(&mut self.lines, &key, &left);
            self.changed.push((key, left));
        }
    }

    /// Writes the places, whole or not at all; what another run has written since these were read stays.
    pub fn save(&self) {
        let Some(path) = self.path.as_ref().filter(|_| !self.changed.is_empty()) else { return };
        if path.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok()) {
            let _alone = alone(path);
            let mut lines = parse(&fs::read_to_string(path).unwrap_or_default());
            self.changed.iter().for_each(|(key, left)| put(&mut lines, key, left));
            let from = lines.len().saturating_sub(MOST);
            let lines: Vec<String> = lines.iter().skip(from).map(|(key, left)| line(key, left)).collect();
            let _ = replace(path, lines.join("\n").as_bytes());
        }
    }
}

/// Puts a place last, so that all others are forgotten before it; at an article's beginning, without marks, there is nothing to remember.
fn put(lines: &mut Vec<(String, Left)>, key: &str, left: &Left) {
    lines.retain(|(known, _)| known != key);
    if *left != Left::default() {
        lines.push((key.to_owned(), left.clone()));
    }
}

fn key(article: &Article) -> Option<String> {
    let hash = &article.input.sha256;
    (!hash.is_empty()).then(|| format!("{hash}/{}", article.id.replace(char::is_whitespace, "_")))
}

fn line(key: &str, left: &Left) -> String {
    let marks = left.marks.iter().copied().filter(|(letter, _)| letter.is_alphanumeric());
    let claim = left.claim.map(|at| (CLAIM, at));
    claim.into_iter().chain(marks).fold(format!("{key} {}", left.offset), |line, (letter, at)| format!("{line} {letter}={at}"))
}

fn parse(source: &str) -> Vec<(String, Left)> {
    let read = |line: &str| {
        let mut words = line.split(' ');
        let (key, offset) = (words.next()?.to_owned(), words.next()?.parse().ok()?);
        let mark = |word: &str| {
            let (letter, at) = word.split_once('=')?;
            Some((letter.chars().next()?, at.parse().ok()?))
        };
        let (claim, marks): (Vec<_>, Vec<_>) = words.filter_map(mark).partition(|(letter, _)| *letter == CLAIM);
        Some((key, Left { offset, claim: claim.first().map(|&(_, at)| at), marks }))
    };
    source.lines().filter_map(read).collect()
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
        let mut places = Places { lines: parse("aa/a_b.txt 6 x=3 y=q\nbroken\nbb/a_b.txt x"), ..Places::default() };
        let at = |offset| Left { offset, ..Left::default() };
        assert_eq!(places.get(&article("aa")), Some(Left { offset: 5, claim: None, marks: vec![('x', 3)] }));
        assert_eq!(places.get(&article("bb")), None);
        places.set(&article("bb"), at(4));
        places.set(&article("aa"), at(0));
        assert_eq!((places.get(&article("aa")), places.get(&article("bb")), places.get(&article(""))), (None, Some(at(4)), None));
        let left = Left { offset: 0, claim: Some(4), marks: vec![('a', 5)] };
        places.set(&article("aa"), left.clone());
        let lines: Vec<String> = places.lines.iter().map(|(key, left)| line(key, left)).collect();
        assert_eq!(parse(&lines.join("\n")), places.lines);
        assert_eq!(places.get(&article("aa")), Some(left));
    }

    #[test]
    fn two_runs_keep_both_their_places() {
        let folder = std::env::temp_dir().join(format!("byline-places-{}", std::process::id()));
        let path = Some(folder.join("places"));
        let at = |offset| Left { offset, ..Left::default() };
        let run = || Places {
            path: path.clone(),
            lines: parse(&fs::read_to_string(folder.join("places")).unwrap_or_default()),
            ..Places::default()
        };
        let (mut one, mut two) = (run(), run());
        one.set(&article("aa"), at(4));
        two.set(&article("bb"), at(5));
        two.save();
        one.save();
        let now = run();
        assert_eq!((now.get(&article("aa")), now.get(&article("bb"))), (Some(at(4)), Some(at(5))));
        fs::remove_dir_all(folder).unwrap();
    }
}
