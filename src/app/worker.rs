//! The worker thread: reads and analyses the articles one by one, the wanted one first, while the text is on screen.

use super::{Document, Read};
use crate::analysis::{Analysis, analyse_watched};
use crate::article::Article;
use std::cell::Cell;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

/// Name of the worker's thread.
pub const THREAD: &str = "byline-worker";

/// Identifies a story throughout the session, wherever it moves in the list.
pub type Key = usize;

/// Work on one story.
pub enum Job {
    /// Read the input that it stands for.
    Read(Read),
    /// Analyse it.
    Analyse(Arc<Article>),
}

/// What the worker has to say.
pub enum News {
    /// The input of this story is read: its documents, or why not.
    Read(Key, Vec<Result<Document, String>>),
    /// How many percent of a long article are analysed.
    Progress(Key, u8),
    /// The article of this story is analysed.
    Analysed(Key, Box<Analysis>),
}

#[derive(Default)]
struct Jobs {
    wanted: Option<Key>,
    reads: VecDeque<(Key, Job)>,
    analyses: VecDeque<(Key, Job)>,
}

impl Jobs {
    /// The wanted story's job, else the next to be read (so that the list of articles fills), else the next to be analysed.
    fn next(&mut self) -> Option<(Key, Job)> {
        let wanted = self.wanted;
        let of = |jobs: &mut VecDeque<(Key, Job)>| {
            let at = jobs.iter().position(|(key, _)| Some(*key) == wanted)?;
            jobs.remove(at)
        };
        of(&mut self.analyses)
            .or_else(|| of(&mut self.reads))
            .or_else(|| self.reads.pop_front())
            .or_else(|| self.analyses.pop_front())
    }
}

/// The jobs that are to be done.
#[derive(Clone, Default)]
pub struct Queue(Arc<(Mutex<Jobs>, Condvar)>);

impl Queue {
    /// Puts a job at the end of its kind.
    pub fn push(&self, key: Key, job: Job) {
        let (jobs, filled) = &*self.0;
        let mut jobs = jobs.lock().unwrap_or_else(PoisonError::into_inner);
        match job {
            Job::Read(_) => jobs.reads.push_back((key, job)),
            Job::Analyse(_) => jobs.analyses.push_back((key, job)),
        }
        filled.notify_one();
    }

    /// Brings the jobs of a story before all others.
    pub fn want(&self, key: Key) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).wanted = Some(key);
    }

    /// Whether another story than this is wanted and waits for its job.
    fn wants_other(&self, key: Key) -> bool {
        let jobs = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.wanted
            .is_some_and(|wanted| wanted != key && jobs.analyses.iter().chain(&jobs.reads).any(|(waiting, _)| *waiting == wanted))
    }

    /// The next job; waits until there is one.
    fn next(&self) -> (Key, Job) {
        let (jobs, filled) = &*self.0;
        let mut jobs = jobs.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match jobs.next() {
                Some(job) => return job,
                None => jobs = filled.wait(jobs).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

/// Starts the worker; `tell` returns `false` once nobody listens.
///
/// # Errors
///
/// When the system gives no thread.
pub fn start(queue: Queue, tell: impl Fn(News) -> bool + Send + 'static) -> std::io::Result<()> {
    let work = move || {
        stand_back();
        loop {
            let (key, job) = queue.next();
            if run(key, job, &queue, &tell).is_some_and(|news| !tell(news)) {
                return;
            }
        }
    };
    thread::Builder::new().name(THREAD.into()).spawn(work).map(|_| ())
}

/// Keys come before analysis: on Linux niceness is a thread's own, and those that the thread starts inherit it. Elsewhere the system's
/// scheduler has to do.
fn stand_back() {
    #[cfg(target_os = "linux")]
    {
        // Where that is not allowed, nothing is lost but some smoothness.
        let _ = rustix::process::setpriority_process(None, 10);
    }
}

/// Does a job; `None` when it was put back for one that is wanted more.
fn run(key: Key, job: Job, queue: &Queue, tell: &impl Fn(News) -> bool) -> Option<News> {
    match job {
        Job::Read(read) => {
            let failed = |_| vec![Err("byline failed on this article; please report it".into())];
            Some(News::Read(key, catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(failed)))
        }
        Job::Analyse(article) => {
            let percent = Cell::new(0);
            let watch = |share: f32| {
                let now = (share * 100.0) as u8;
                let heard = percent.replace(now) == now || tell(News::Progress(key, now));
                heard && !queue.wants_other(key)
            };
            let note = "The analysis failed on this article; please report it.";
            let failed = |_| Some(Analysis { notes: vec![note.into()], ..Analysis::default() });
            let analysis = catch_unwind(AssertUnwindSafe(|| analyse_watched(&article, &watch))).unwrap_or_else(failed);
            if analysis.is_none() {
                queue.push(key, Job::Analyse(article));
            }
            analysis.map(|analysis| News::Analysed(key, Box::new(analysis)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_comes_first_then_what_is_unread() {
        let queue = Queue::default();
        let analyse = || Job::Analyse(Arc::default());
        for key in [0, 1] {
            queue.push(key, analyse());
        }
        for key in [2, 3] {
            queue.push(key, Job::Read(Box::new(Vec::new)));
        }
        queue.want(3);
        assert!(queue.wants_other(0) && !queue.wants_other(3));
        let order: Vec<Key> = (0..4).map(|_| queue.next().0).collect();
        assert_eq!(order, [3, 2, 0, 1]);
        assert!(!queue.wants_other(0), "its job is done");
    }
}
