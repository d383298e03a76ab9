//! The reader's corrections between runs: in a file beside the article's (`levy.txt.byline.json`), or, for what has no file or stands in
//! a folder that cannot be written, in the XDG data folder under the article's SHA-256.

use super::output::replace;
use super::settings::xdg;
use crate::analysis::corrections::Correction;
use crate::article::Article;
use crate::exchange::corrections::{read, write};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// How the file beside an article's file ends.
pub const ENDING: &str = ".byline.json";

/// The corrections of an article that was read from `file`, and what is wrong with them, one sentence each.
pub fn load(file: Option<&Path>, article: &Article) -> (Vec<Correction>, Vec<String>) {
    let source = places(file, article).into_iter().find_map(|place| fs::read_to_string(place).ok());
    source.map(|source| read(&source, article)).unwrap_or_default()
}

/// Keeps the corrections of an article, whole or not at all; returns where.
///
/// # Errors
///
/// When neither place can be written.
pub fn save(file: Option<&Path>, article: &Article, corrections: &[Correction]) -> io::Result<PathBuf> {
    let mut failed = io::Error::other("there is no folder for them");
    for place in places(file, article) {
        match put(&place, article, corrections) {
            Ok(()) => return Ok(place),
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

fn put(place: &Path, article: &Article, corrections: &[Correction]) -> io::Result<()> {
    let before = match fs::read_to_string(place) {
        Ok(before) => Some(before),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    match write(before.as_deref(), article, corrections) {
        Some(text) => {
            place.parent().map(fs::create_dir_all).transpose()?;
            replace(place, text.as_bytes())
        }
        None if before.is_some() => fs::remove_file(place),
        None => Ok(()),
    }
}

/// Where the corrections may be, the first choice first.
fn places(file: Option<&Path>, article: &Article) -> Vec<PathBuf> {
    let beside = file.map(|file| {
        let mut name = file.as_os_str().to_owned();
        name.push(ENDING);
        PathBuf::from(name)
    });
    let hash = Some(&article.input.sha256).filter(|hash| !hash.is_empty());
    let kept = hash.zip(xdg("XDG_DATA_HOME", ".local/share"));
    beside.into_iter().chain(kept.map(|(hash, folder)| folder.join("corrections").join(format!("{hash}.json")))).collect()
}
