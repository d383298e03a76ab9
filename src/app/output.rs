//! The file that a batch writes. It is whole or it is not there: what is under way stands in a part beside it, which takes its name at the
//! end. With `--resume` the part and a note of how far it reaches outlive an interruption, a crash and a lost power line.

use super::packed::Packer;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// First line of the note beside a part.
const NOTE: &str = "byline resume 1";

/// How far a batch has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reached {
    /// Pieces of the inputs that are done.
    pub pieces: usize,
    /// Articles written.
    pub articles: usize,
    /// Articles that failed.
    pub failed: usize,
}

/// An output file under way.
pub struct Draft {
    path: PathBuf,
    part: PathBuf,
    /// Where the note of the part stands, and what work it is of; `None` where nothing is to be resumed.
    note: Option<(PathBuf, String)>,
    out: Packer<BufWriter<File>>,
    /// What an earlier run has left done.
    pub reached: Reached,
}

impl Draft {
    /// Begins a file that takes the place of `path` when it is whole.
    ///
    /// # Errors
    /// When there can be no file there.
    ///
    /// What is no regular file, a pipe or `/dev/null`, is written as it is.
    pub fn begin(path: &Path) -> io::Result<Self> {
        let path = followed(path);
        let direct = fs::metadata(&path).is_ok_and(|there| !there.is_file() && !there.is_dir());
        let part = if direct { path.clone() } else { beside(&path, &format!(".{}.part", std::process::id())) };
        let file = if direct { OpenOptions::new().write(true).open(&path)? } else { created(&part, &path)? };
        let out = Packer::for_name(&path, BufWriter::new(file));
        Ok(Self { path, part, note: None, out, reached: Reached::default() })
    }

    /// Goes on with the part that an earlier run of the same `work` has left, or begins one that a later run can go on with.
    ///
    /// # Errors
    /// When there can be no file there, when another run is at it, or when the part there is of other work.
    pub fn resume(path: &Path, work: &str) -> io::Result<Self> {
        let path = &followed(path);
        let (part, note) = (beside(path, ".part"), beside(path, ".part.note"));
        let mut file = OpenOptions::new().write(true).create(true).truncate(false).open(&part)?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => io::Error::other("another byline is writing it"),
            TryLockError::Error(error) => error,
        })?;
        let (reached, bytes) = match fs::read_to_string(&note) {
            Ok(text) => parse(&text, work)?,
            Err(_) => (Reached::default(), 0),
        };
        // A note without its part: the run before this one came to its end, and was stopped while it tidied up.
        let (reached, bytes) = if file.metadata()?.len() < bytes { (Reached::default(), 0) } else { (reached, bytes) };
        file.set_len(bytes)?;
        file.seek(SeekFrom::Start(bytes))?;
        let out = Packer::for_name(path, BufWriter::new(file));
        Ok(Self { path: path.to_owned(), part, note: Some((note, work.to_owned())), out, reached })
    }

    /// Puts on the disk what is written so far, and notes how far that is. Without `--resume` there is nothing to note.
    ///
    /// # Errors
    /// When the disk takes no more.
    pub fn note(&mut self, reached: Reached) -> io::Result<()> {
        let Some((note, work)) = &self.note else { return Ok(()) };
        self.out.flush()?;
        let file = self.out.get_ref().get_ref();
        file.sync_data()?;
        let bytes = file.metadata()?.len();
        let Reached { pieces, articles, failed } = reached;
        let text = format!("{NOTE}\nwork {work}\npieces {pieces}\narticles {articles}\nfailed {failed}\nbytes {bytes}\n");
        replace(note, text.as_bytes())
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// When the disk takes no more; the old file stands.
    pub fn finish(mut self) -> io::Result<()> {
        if self.part == self.path {
            return self.out.flush();
        }
        let done = self.out.flush().and_then(|()| self.out.get_ref().get_ref().sync_all());
        if let Err(error) = done.and_then(|()| fs::rename(&self.part, &self.path)) {
            self.abandon();
            return Err(error);
        }
        sync_folder(&self.path);
        if let Some((note, _)) = &self.note {
            // Left behind, it says more bytes than the next part has, and does not count.
            let _ = fs::remove_file(note);
        }
        Ok(())
    }

    /// Gives the work up: a part that can be resumed stays, any other goes.
    pub fn abandon(self) {
        if self.note.is_none() && self.part != self.path {
            // There is nothing more to say than the error that led here.
            let _ = fs::remove_file(&self.part);
        }
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Where a link leads; a path that is none, or leads nowhere, is itself.
fn followed(path: &Path) -> PathBuf {
    if path.is_symlink() { path.canonicalize().unwrap_or_else(|_| path.to_owned()) } else { path.to_owned() }
}

/// A new file at `draft` that whoever may read and write the one at `path` may read and write too.
fn created(draft: &Path, path: &Path) -> io::Result<File> {
    let file = File::create(draft)?;
    if let Ok(there) = fs::metadata(path) {
        file.set_permissions(there.permissions())?;
    }
    Ok(file)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn parse(text: &str, work: &str) -> io::Result<(Reached, u64)> {
    let mut lines = text.lines();
    if lines.next() != Some(NOTE) || lines.next().and_then(|line| line.strip_prefix("work ")) != Some(work) {
        let other = "the part beside it is of other work (other inputs, format or options): take it away to begin anew";
        return Err(io::Error::other(other));
    }
    let number =
        |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<u64>().ok()).unwrap_or_default();
    let count = |name| number(name) as usize;
    let reached = Reached { pieces: count("pieces "), articles: count("articles "), failed: count("failed ") };
    Ok((reached, number("bytes ")))
}

/// Puts `bytes` in the place of the file at `path`: whatever stops this, the old file stands there or the new one, never half of one.
///
/// # Errors
/// When the disk does not take them; the old file stands.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_by(path, |out| out.write_all(bytes))
}

/// [`replace`], with the writing left to `write`.
fn replace_by(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let path = &followed(path);
    let draft = beside(path, &format!(".{}.tmp", std::process::id()));
    let written = created(&draft, path).and_then(|mut file| {
        write(&mut file)?;
        file.sync_all()
    });
    let done = written.and_then(|()| fs::rename(&draft, path));
    if done.is_err() {
        let _ = fs::remove_file(&draft);
    } else {
        sync_folder(path);
    }
    done
}

/// The folder that a file stands in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Keeps other runs of byline from changing the files in the folder of `path` until it is dropped; `None` where folders cannot be locked.
pub fn alone(path: &Path) -> Option<File> {
    let folder = File::open(folder_of(path)).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

/// Makes the new name last through a loss of power. Where a folder cannot be synced the file is as safe as it gets.
fn sync_folder(path: &Path) {
    let _ = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("byline-output-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_modes_kept_and_devices_written_to() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = folder("links");
        let (file, link) = (folder.join("all.jsonl"), folder.join("link.jsonl"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&file, &link).unwrap();
        let mut draft = Draft::begin(&link).unwrap();
        draft.write_all(b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"old", "until it is whole");
        draft.finish().unwrap();
        replace(&link, b"newer").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"newer");
        assert!(link.is_symlink());
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let mut draft = Draft::begin(Path::new("/dev/null")).unwrap();
        draft.write_all(b"gone").unwrap();
        draft.finish().unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }

    #[test]
    fn a_write_that_fails_at_any_byte_leaves_the_old_file() {
        let folder = folder("replace");
        let path = folder.join("places");
        let new = b"the new file, word for word";
        replace(&path, b"the old one").unwrap();
        for cut in 0..new.len() {
            let faulty = |out: &mut dyn Write| {
                out.write_all(&new[..cut])?;
                Err(io::ErrorKind::StorageFull.into())
            };
            assert_eq!(replace_by(&path, faulty).unwrap_err().kind(), io::ErrorKind::StorageFull);
            assert_eq!(fs::read(&path).unwrap(), b"the old one", "at byte {cut}");
        }
        replace(&path, new).unwrap();
        assert_eq!(fs::read(&path).unwrap(), new);
        assert_eq!(names(&folder), ["places"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_part_is_gone_on_with_where_its_note_says() {
        let folder = folder("resume");
        let path = folder.join("out.jsonl");
        let one = Reached { pieces: 1, articles: 1, failed: 0 };
        let mut draft = Draft::resume(&path, "w").unwrap();
        draft.write_all(b"first\n").unwrap();
        draft.note(one).unwrap();
        // Written, and lost with the run: no note tells of it.
        draft.write_all(b"seco").unwrap();
        draft.flush().unwrap();
        assert!(Draft::resume(&path, "w").is_err_and(|e| e.to_string().contains("another")));
        drop(draft);
        assert!(Draft::resume(&path, "v").is_err_and(|e| e.to_string().contains("other work")));
        let mut draft = Draft::resume(&path, "w").unwrap();
        assert_eq!(draft.reached, one);
        draft.write_all(b"second\n").unwrap();
        draft.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"first\nsecond\n");
        assert_eq!(names(&folder), ["out.jsonl"]);
        fs::remove_dir_all(folder).unwrap();
    }
}
