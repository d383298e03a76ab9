//! Work on several threads, results in the order of the work, memory bounded.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::sync_channel;
use std::thread;

/// Runs `work` on every item with `jobs` threads and hands the results to `sink` in the order of the items, until `sink` says no.
/// At most a few items a thread are under way or waiting at any time, unless one item takes much longer than its followers.
pub fn ordered<T: Send, R: Send>(
    jobs: usize,
    items: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R) -> bool,
) {
    if jobs <= 1 {
        for item in items {
            if !sink(work(item)) {
                return;
            }
        }
        return;
    }
    let items = Mutex::new(items.enumerate());
    let (send, receive) = sync_channel(jobs * 2);
    thread::scope(|scope| {
        for _ in 0..jobs {
            let (send, items, work) = (send.clone(), &items, &work);
            scope.spawn(move || {
                loop {
                    let next = items.lock().ok().and_then(|mut items| items.next());
                    let Some((index, item)) = next else { return };
                    if send.send((index, work(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for (index, result) in receive {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&due) {
                due += 1;
                if !sink(result) {
                    return;
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for jobs in [1, 2, 7] {
            let mut out = Vec::new();
            // Uneven work, so that threads overtake each other.
            let work = |n: u64| (0..(n % 7) * 10_000).fold(n, |a, b| std::hint::black_box(a ^ b ^ b));
            ordered(jobs, 0..200, work, |n| {
                out.push(n);
                true
            });
            assert_eq!(out, (0..200).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_sink_that_says_no_ends_the_work() {
        let mut seen = 0;
        ordered(
            3,
            0..,
            |n: u64| n,
            |_| {
                seen += 1;
                seen < 10
            },
        );
        assert_eq!(seen, 10);
    }
}
