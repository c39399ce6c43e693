//! Work that can be stopped. The engine looks at its cancellation token where it reads quads, and nowhere else: not
//! between the rows of a product, not in a sort; and where it has been cancelled, most of its loops collect the error
//! and read on. So what is evaluated under a watch looks at it with every row (`watched`, `leaves`), and where it has
//! been told to stop it unwinds, past every loop, to [`Watch::within`]. The token is for paths, which are followed in
//! loops that make no rows, and is cancelled only when a while has passed ([`Watch::insist`]).

use super::QueryError;
use oxigraph::sparql::CancellationToken;
use std::{
    cell::RefCell,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// Why work was stopped.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Stop {
    /// Its time is over, or will be before it can be done.
    #[error("超过时限，已中止 (stopped: out of time)")]
    OutOfTime,
    /// The process needs the memory.
    #[error("占用内存过多，已中止 (stopped: it takes too much memory)")]
    OutOfMemory,
    /// Nobody waits for it any more.
    #[error("已无人等待，中止 (stopped: nobody waits for it)")]
    Unwanted,
    /// It asks a service that it may not ask. SILENT hides what does not answer, not this.
    #[error(
        "SERVICE 所指的主机不可访问，未连接 (refused: SERVICE names a host that may not be asked; nothing was connected to)"
    )]
    Refused,
    /// A string that it makes grows beyond all use.
    #[error("查询拼出的字符串过长，已中止 (stopped: a string that it builds is too long)")]
    LongString,
    /// A join gathers too many rows, every one of which goes with every row of the rest.
    #[error(
        "连接时须先收齐的一部分超过 {LARGEST_PRODUCT} 行，又没有共同的变量可查，已中止 (stopped: a join gathers more than {LARGEST_PRODUCT} rows, which share no variable with the rest)"
    )]
    Product,
}

/// How many rows a join may gather that share no variable with the rest: what one row of the rest makes of them comes
/// at once, and can't be stopped.
pub(super) const LARGEST_PRODUCT: u64 = 2_000_000;

/// How long what has been told to stop may take to see it, with its next row, before the engine's token is cancelled.
const PATIENCE: Duration = Duration::from_millis(200);

/// Told to stop: what unwinds.
struct Stopped;

thread_local! {
    /// The watch under which this thread works.
    static CURRENT: RefCell<Option<Watch>> = const { RefCell::new(None) };
}

/// Watches over work, on whichever threads it is done. Cheap to clone; clones are the same watch.
///
/// ```
/// use zhengmai::query::{QueryError, Stop, Watch, select};
/// use zhengmai::store::Store;
/// let store = Store::in_memory("http://127.0.0.1:7979")?;
/// let watch = Watch::new(None, u64::MAX);
/// watch.stop(Stop::Unwanted);
/// let rows = watch.within(|| select(&store, "SELECT * { VALUES ?n { 1 2 } }", &[]));
/// assert!(matches!(rows, Err(QueryError::Stopped(Stop::Unwanted))));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Watch(Arc<Watched>);

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("rows", &self.rows()).field("stopped", &self.stopped()).finish_non_exhaustive()
    }
}

struct Watched {
    token: CancellationToken,
    /// Why it was stopped; `None` once it may not be stopped any more.
    why: OnceLock<Option<(Stop, Instant)>>,
    deadline: Option<Instant>,
    rows: AtomicU64,
    answered: AtomicU64,
    most_rows: u64,
}

impl Watch {
    /// A watch over work that has to be done by `deadline` and whose answers may have `most_rows` rows. Whoever
    /// waits for the work stops it then; the watch itself only declines what cannot be done by then.
    #[must_use]
    pub fn new(deadline: Option<Instant>, most_rows: u64) -> Self {
        let token = CancellationToken::new();
        let (rows, answered) = (AtomicU64::new(0), AtomicU64::new(0));
        Self(Arc::new(Watched { token, why: OnceLock::new(), deadline, rows, answered, most_rows }))
    }

    /// The watch under which this thread works.
    pub(super) fn current() -> Option<Self> {
        CURRENT.with_borrow(Clone::clone)
    }

    /// Ends the work of this thread, if it is under a watch that was told to stop.
    pub fn look_at_current() {
        CURRENT.with_borrow(|watch| watch.iter().for_each(Self::look));
    }

    /// When the work has to be done.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.0.deadline
    }

    pub(super) fn token(&self) -> &CancellationToken {
        &self.0.token
    }

    /// Tells the work to stop, unless it is being committed. The first reason stands.
    pub fn stop(&self, why: Stop) {
        // The first reason stands.
        let _ = self.0.why.set(Some((why, Instant::now())));
    }

    /// Cancels the engine's token, if the work was told to stop a while ago: to be called now and then, by whoever
    /// waits for the work to end.
    pub fn insist(&self) {
        if let Some(Some((_, when))) = self.0.why.get()
            && when.elapsed() >= PATIENCE
        {
            self.0.token.cancel();
        }
    }

    /// That from here on the work is not stopped: it is about to be committed.
    ///
    /// # Errors
    /// When it was stopped before.
    pub(super) fn commit(&self) -> Result<(), Stop> {
        // A second time changes nothing.
        let _ = self.0.why.set(None);
        self.stopped().map_or(Ok(()), Err)
    }

    /// Why the work was told to stop, if it was.
    #[must_use]
    pub fn stopped(&self) -> Option<Stop> {
        self.0.why.get().copied().flatten().map(|(why, _)| why)
    }

    /// The rows that the work has made under way, as a measure of how much it does.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.0.rows.load(Ordering::Relaxed)
    }

    /// The rows or triples that the work has answered.
    #[must_use]
    pub fn answered(&self) -> u64 {
        self.0.answered.load(Ordering::Relaxed)
    }

    /// Does `work` under this watch.
    ///
    /// # Errors
    /// Those of the work. Where it was told to stop, that: whatever it has answered by then, some of it may be
    /// missing.
    pub fn within<T, E: From<QueryError>>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let outer = CURRENT.replace(Some(self.clone()));
        let done = catch_unwind(AssertUnwindSafe(work));
        CURRENT.set(outer);
        match (done, self.stopped()) {
            (Err(payload), None) => resume_unwind(payload),
            (Err(payload), Some(_)) if !payload.is::<Stopped>() => resume_unwind(payload),
            (_, Some(why)) => Err(QueryError::Stopped(why).into()),
            (Ok(result), None) => result,
        }
    }

    /// Whether an answer may have so many rows.
    pub(super) fn allow(&self, rows: u64) -> Result<(), QueryError> {
        let most = self.0.most_rows;
        self.0.answered.store(rows.min(most), Ordering::Relaxed);
        if rows <= most { Ok(()) } else { Err(QueryError::TooManyRows(most)) }
    }

    /// One more row; ends the work where it was told to stop.
    pub(super) fn row(&self) {
        self.0.rows.fetch_add(1, Ordering::Relaxed);
        self.look();
    }

    /// Ends the work where it was told to stop.
    pub(super) fn look(&self) {
        if self.stopped().is_some() {
            resume_unwind(Box::new(Stopped));
        }
    }

    /// Ends the work if something that takes `cost` from now cannot be done in time.
    pub(super) fn expect(&self, cost: Duration) {
        if self.0.deadline.is_some_and(|deadline| Instant::now() + cost > deadline) {
            self.end(Stop::OutOfTime);
        }
    }

    /// Ends the work.
    pub(super) fn end(&self, why: Stop) -> ! {
        self.stop(why);
        resume_unwind(Box::new(Stopped))
    }
}
