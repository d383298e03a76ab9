//! The stories of a session as the outside world sees them: their keys, files and places, and the work on them.

use super::places::{Left, Places};
use super::worker::{self, Job, Queue};
use super::{Document, sidecar};
use crate::analysis::corrections::Correction;
use crate::article::Article;
use crate::reader::{Progress, Reader, Story};
use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Which key stands for which story, what is to be done for them, and what is kept of them.
#[derive(Default)]
pub struct Desk {
    /// What the worker has to do.
    pub queue: Queue,
    /// The keys of the stories, in their order.
    pub keys: Vec<worker::Key>,
    /// The files of the stories that are in one.
    pub files: HashMap<worker::Key, PathBuf>,
    /// The corrections of the stories that were read from a file or written to it.
    pub known: HashMap<worker::Key, Vec<Correction>>,
    /// How many keys have been given.
    pub given: worker::Key,
    /// Where they were left.
    pub places: Places,
    /// What could not be read.
    pub failed: Vec<String>,
}

impl Desk {
    /// A new key.
    pub fn key(&mut self) -> worker::Key {
        self.given += 1;
        self.given - 1
    }

    /// Where the story of a key stands.
    pub fn position(&self, key: worker::Key) -> Option<usize> {
        self.keys.iter().position(|&known| known == key)
    }

    /// Takes a document in: gives its story to the reader and queues its work.
    pub fn lay(&mut self, document: Document, key: worker::Key) -> Story {
        let name = document.name;
        let file = document.file;
        if let Some(file) = &file {
            self.files.insert(key, file.clone());
        }
        match document.story {
            super::Story::Read(article) => {
                let article: Arc<Article> = Arc::from(article);
                self.queue.push(key, Job::Analyse(Arc::clone(&article)));
                Story::read(name, article)
            }
            super::Story::Analysed(article, analysis) => {
                let mut story = Story::read(name, *article);
                story.set_analysis(*analysis);
                let made = sidecar::load(file.as_deref(), &story.article).0;
                self.known.insert(key, made.clone());
                story.set_corrections(made);
                story
            }
            super::Story::Later(shown, read) => {
                self.queue.push(key, Job::Read(read));
                shown.map_or_else(|| Story::unread(name.clone()), |article| Story::glimpse(name.clone(), *article))
            }
        }
    }

    /// Keeps the corrections of the story of a key; returns where.
    ///
    /// # Errors
    /// When they can be written nowhere.
    pub fn keep_corrections(&mut self, key: worker::Key, story: &Story) -> io::Result<PathBuf> {
        let known = self.known.entry(key).or_default();
        let place = sidecar::save(self.files.get(&key).map(PathBuf::as_path), &story.article, story.corrections(), known)?;
        let new: Vec<Correction> = story.corrections().iter().filter(|one| !known.contains(one)).cloned().collect();
        known.extend(new);
        Ok(place)
    }

    /// Opens a story where it was left, unless the user has moved in it already, and sets its marks.
    pub fn put_place(&self, reader: &mut Reader, at: usize) {
        let Some(left) = reader.stories().get(at).and_then(|story| self.places.get(&story.article)) else { return };
        if reader.place(at).is_none_or(|offset| offset == 0) {
            reader.set_place(at, left.offset, left.claim);
        }
        for (letter, offset) in left.marks {
            reader.set_mark(at, letter, offset);
        }
    }

    /// Remembers where the stories are left.
    pub fn keep_places(&mut self, reader: &Reader) {
        for (at, story) in reader.stories().iter().enumerate() {
            if let (Some(offset), Progress::Analysing | Progress::Done) = (reader.place(at), &story.progress) {
                let left = Left { offset, claim: reader.claim_left(at), marks: reader.marks(at).collect() };
                self.places.set(&story.article, left);
            }
        }
        self.places.save();
    }
}
