//! The worker thread: reads and analyses the articles one by one, the wanted one first, while the text is on screen.

use super::Story;
use crate::analysis::{Analysis, analyse};
use crate::article::Article;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Name of the worker's thread.
pub const THREAD: &str = "byline-worker";

/// Work on one article.
pub enum Job {
    /// Get at it, then analyse it.
    Read(Box<dyn FnOnce() -> Result<Story, String> + Send>),
    /// Analyse it.
    Analyse(Box<Article>),
}

/// What the worker has to say.
#[derive(Debug)]
pub enum News {
    /// The article of this index is read.
    Read(usize, Box<Article>),
    /// The article of this index is analysed.
    Analysed(usize, Box<Analysis>),
    /// The article of this index cannot be read, and why.
    Failed(usize, String),
}

/// Jobs by the index of their article, the next one first.
#[derive(Clone, Default)]
pub struct Queue(Arc<Mutex<VecDeque<(usize, Job)>>>);

impl Queue {
    /// Puts a job at the end.
    pub fn push(&self, at: usize, job: Job) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back((at, job));
    }

    /// Brings the job of an article to the front.
    pub fn want(&self, at: usize) {
        let mut jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(job) = jobs.iter().position(|(job, _)| *job == at).and_then(|place| jobs.remove(place)) {
            jobs.push_front(job);
        }
    }

    fn next(&self) -> Option<(usize, Job)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }
}

/// Starts the worker; `tell` returns `false` when nobody listens any more.
///
/// # Errors
///
/// When the system gives no thread.
pub fn start(queue: Queue, tell: impl Fn(News) -> bool + Send + 'static) -> std::io::Result<()> {
    let work = move || {
        while let Some((at, job)) = queue.next() {
            if !run(at, job, &tell) {
                return;
            }
        }
    };
    thread::Builder::new().name(THREAD.into()).spawn(work).map(|_| ())
}

fn run(at: usize, job: Job, tell: &impl Fn(News) -> bool) -> bool {
    let article = match job {
        Job::Analyse(article) => article,
        Job::Read(read) => match catch_unwind(AssertUnwindSafe(read)) {
            Ok(Ok(Story::Read(article))) => {
                if !tell(News::Read(at, article.clone())) {
                    return false;
                }
                article
            }
            Ok(Ok(Story::Analysed(article, analysis))) => {
                return tell(News::Read(at, article)) && tell(News::Analysed(at, analysis));
            }
            Ok(Ok(Story::Later(read))) => return run(at, Job::Read(read), tell),
            Ok(Err(why)) => return tell(News::Failed(at, why)),
            Err(_) => return tell(News::Failed(at, "byline failed on this article; please report it".into())),
        },
    };
    let failed =
        |_| Analysis { notes: vec!["The analysis failed on this article; please report it.".into()], ..Analysis::default() };
    let analysis = catch_unwind(|| analyse(&article)).unwrap_or_else(failed);
    tell(News::Analysed(at, Box::new(analysis)))
}
