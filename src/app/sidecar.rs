//! The reader's corrections between runs: in a file beside the article's (`levy.txt.byline.json`), or, for what has no file or stands in
//! a folder that cannot be written, in the XDG data folder under the article's SHA-256.

use super::output::{alone, replace};
use super::settings::xdg;
use crate::analysis::corrections::Correction;
use crate::article::Article;
use crate::exchange::corrections::{is_readable, read, write};
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

/// Keeps the corrections of an article, whole or not at all; returns where. `known` are those that this session has read or kept before:
/// what another one has kept since then stays.
///
/// # Errors
///
/// When neither place can be written.
pub fn save(file: Option<&Path>, article: &Article, corrections: &[Correction], known: &[Correction]) -> io::Result<PathBuf> {
    let mut failed = io::Error::other("there is no folder for them");
    for place in places(file, article) {
        match put(&place, article, corrections, known) {
            Ok(()) => return Ok(place),
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

fn put(place: &Path, article: &Article, corrections: &[Correction], known: &[Correction]) -> io::Result<()> {
    let _alone = alone(place);
    let before = match fs::read_to_string(place) {
        Ok(before) => Some(before),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    if before.as_deref().is_some_and(|text| !is_readable(text)) {
        return Err(io::Error::other("a file that this byline cannot read stands in its place"));
    }
    let there = before.as_deref().map(|text| read(text, article).0).unwrap_or_default();
    let of_others = there.into_iter().filter(|one| !known.contains(one) && !corrections.contains(one));
    let all: Vec<Correction> = corrections.iter().cloned().chain(of_others).collect();
    match write(before.as_deref(), article, &all) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn two_readers_of_one_article_keep_what_each_has_set_right() {
        let folder = std::env::temp_dir().join(format!("byline-sidecar-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("a.txt");
        let article = Article { id: "a.txt".into(), text: "Ada Li met Bo Ek.".into(), ..Article::default() };
        let one = |start| vec![Correction::Split { at: Span::new(start, start + 3) }];
        let (ada, bo) = (one(0), one(11));
        let place = save(Some(&file), &article, &ada, &[]).unwrap();
        // The other one opened the article before that.
        save(Some(&file), &article, &bo, &[]).unwrap();
        assert_eq!(load(Some(&file), &article), ([bo.clone(), ada.clone()].concat(), Vec::new()));
        // Taking back is of one's own.
        save(Some(&file), &article, &[], &bo).unwrap();
        assert_eq!(load(Some(&file), &article).0, ada);
        save(Some(&file), &article, &[], &ada).unwrap();
        assert!(!place.exists());
        // What byline cannot read it does not write over.
        for other in ["{\"format\": \"byline-corrections\", \"version\": 99, \"articles\": []}", "{"] {
            fs::write(&place, other).unwrap();
            let kept = put(&place, &article, &ada, &[]);
            assert!(kept.is_err_and(|error| error.to_string().contains("cannot read")));
            assert_eq!(fs::read_to_string(&place).unwrap(), other);
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
