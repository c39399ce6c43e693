//! The threads that queries run on. A thread without work sleeps: a pool that looks about for work in the meantime
//! takes the processor from those that have some.

use std::{
    collections::VecDeque,
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
};

type Work = Box<dyn FnOnce() + Send>;

/// A number of threads that take work in the order in which it came. They end when this is dropped and nothing is left.
pub(super) struct Threads {
    queue: Arc<Queue>,
}

impl std::fmt::Debug for Threads {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Threads").finish_non_exhaustive()
    }
}

#[derive(Default)]
struct Queue {
    /// What is to be done, and whether more may come.
    state: Mutex<(VecDeque<Work>, bool)>,
    changed: Condvar,
}

impl Threads {
    /// # Errors
    /// When the system gives no threads.
    pub(super) fn new(count: usize, stack: usize) -> io::Result<Self> {
        let threads = Self { queue: Arc::default() };
        for number in 0..count {
            let queue = Arc::clone(&threads.queue);
            thread::Builder::new().name(format!("query-{number}")).stack_size(stack).spawn(move || {
                while let Some(work) = queue.next() {
                    // A panic is told by the end of the channel that the work writes to.
                    let _ = catch_unwind(AssertUnwindSafe(work));
                }
            })?;
        }
        Ok(threads)
    }

    /// Has work done by the next thread that is free.
    pub(super) fn run(&self, work: impl FnOnce() + Send + 'static) {
        // The queue is whole at any time.
        self.queue.state.lock().unwrap_or_else(PoisonError::into_inner).0.push_back(Box::new(work));
        self.queue.changed.notify_one();
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        self.queue.state.lock().unwrap_or_else(PoisonError::into_inner).1 = true;
        self.queue.changed.notify_all();
    }
}

impl Queue {
    /// Waits for work; none when no more may come.
    fn next(&self) -> Option<Work> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let is_idle = |(work, is_closed): &mut (VecDeque<Work>, bool)| work.is_empty() && !*is_closed;
        let mut state = self.changed.wait_while(state, is_idle).unwrap_or_else(PoisonError::into_inner);
        state.0.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn work_is_done_also_after_work_that_panics_and_to_the_end() {
        let threads = Threads::new(2, 1 << 20).unwrap();
        let (sender, receiver) = channel();
        for number in 0..100 {
            let sender = sender.clone();
            threads.run(move || {
                assert!(number % 10 != 7, "as work may");
                sender.send(number).unwrap();
            });
        }
        drop((threads, sender));
        let mut done: Vec<i32> = receiver.iter().collect();
        done.sort_unstable();
        assert_eq!(done, (0..100).filter(|number| number % 10 != 7).collect::<Vec<_>>());
    }
}
