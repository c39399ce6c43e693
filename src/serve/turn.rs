//! Whose turn it is: so many queries run at once, so many wait, and those that take too much are stopped.

use super::{
    error::{ApiError, Fault},
    state::Settings,
    threads::Threads,
};
use crate::query::{Stop, Watch};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout_at},
};

/// The stack of a thread that queries run on: the parser goes down it for every bracket.
const STACK: usize = 256 << 20;

/// How often the memory is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// How often it is looked whether what was told to stop has stopped.
const END_LOOK: Duration = Duration::from_millis(10);

/// The threads that queries run on, and who is waiting for one.
#[derive(Debug)]
pub(super) struct Turns {
    threads: Threads,
    slots: Arc<Semaphore>,
    waiting: AtomicUsize,
    most_waiting: usize,
    next: AtomicU64,
    running: Mutex<BTreeMap<u64, Watch>>,
}

/// The right to run, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    turns: Arc<Turns>,
    number: u64,
    _slot: OwnedSemaphorePermit,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.turns.running().remove(&self.number);
    }
}

impl Turns {
    /// # Errors
    /// When the system gives no threads.
    pub(super) fn new(settings: &Settings) -> std::io::Result<Self> {
        Ok(Self {
            threads: Threads::new(settings.most_queries, STACK)?,
            slots: Arc::new(Semaphore::new(settings.most_queries)),
            waiting: AtomicUsize::new(0),
            most_waiting: settings.most_waiting,
            next: AtomicU64::new(0),
            running: Mutex::default(),
        })
    }

    fn running(&self) -> MutexGuard<'_, BTreeMap<u64, Watch>> {
        // Watches are whole at any time.
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many run, and how many wait.
    pub(super) fn taken(&self) -> (u64, u64) {
        (self.running().len() as u64, self.waiting.load(Ordering::Relaxed) as u64)
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// When too many wait already, or none comes by the deadline.
    pub(super) async fn turn(self: &Arc<Self>, watch: &Watch, deadline: Instant) -> Result<Turn, ApiError> {
        let slot = match Arc::clone(&self.slots).try_acquire_owned() {
            Ok(slot) => slot,
            Err(_) => self.wait(deadline).await?,
        };
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.running().insert(number, watch.clone());
        Ok(Turn { turns: Arc::clone(self), number, _slot: slot })
    }

    async fn wait(&self, deadline: Instant) -> Result<OwnedSemaphorePermit, ApiError> {
        let _place = Place::take(&self.waiting, self.most_waiting)?;
        match timeout_at(deadline, Arc::clone(&self.slots).acquire_owned()).await {
            Ok(Ok(slot)) => Ok(slot),
            Ok(Err(closed)) => Err(ApiError::new(Fault::Failed, closed.to_string())),
            Err(_) => Err(ApiError::new(Fault::Busy, "等到时限也没有轮到。 No turn came within the time limit.")),
        }
    }

    /// Runs work on one of the threads.
    pub(super) fn run(&self, work: impl FnOnce() + Send + 'static) {
        self.threads.run(work);
    }

    /// Tells all that run to stop, and waits until they have; at most so long.
    pub(super) async fn stop(&self, most: Duration) {
        self.slots.close();
        for watch in self.running().values() {
            watch.stop(Stop::Unwanted);
        }
        let end = Instant::now() + most;
        while !self.running().is_empty() && Instant::now() < end {
            tokio::time::sleep(END_LOOK).await;
        }
    }

    /// Looks at the memory for as long as the service runs, and stops the query that does most when those that
    /// run have taken more than `most` bytes together; and insists where one that was told to stop still runs.
    pub(super) async fn watch_over(self: Arc<Self>, most: u64) {
        let mut idle = memory();
        let mut clock = tokio::time::interval(LOOK);
        loop {
            clock.tick().await;
            let now = memory();
            let running = self.running();
            running.values().for_each(Watch::insist);
            if running.is_empty() {
                // What is freed does not all go back to the system.
                idle = now;
            } else if now.saturating_sub(idle) > most
                && let Some(watch) =
                    running.values().filter(|watch| watch.stopped().is_none()).max_by_key(|watch| watch.rows())
            {
                tracing::warn!(rows = watch.rows(), bytes = now - idle, "a query was stopped: memory");
                watch.stop(Stop::OutOfMemory);
            }
        }
    }
}

/// The memory of the process, in bytes; nothing where the system does not tell.
pub(super) fn memory() -> u64 {
    memory_stats::memory_stats().map_or(0, |memory| memory.physical_mem as u64)
}

/// A place among those who wait.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize, most: usize) -> Result<Self, ApiError> {
        let place = Self(waiting);
        if waiting.fetch_add(1, Ordering::Relaxed) < most {
            return Ok(place);
        }
        Err(ApiError::new(Fault::Busy, format!("已有 {most} 个查询在等候。 {most} queries are waiting already.")))
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
