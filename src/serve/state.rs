//! What every handler shares, and the one door by which work leaves the async threads.

use super::{
    discovery::Partitions,
    error::{ApiError, Fault},
    metrics::Metrics,
    reconcile::Entities,
    terms::Terms,
    turn::Turns,
};
use crate::{
    access::Access,
    lineage::Lineage,
    model::IriScheme,
    query::{QueryError, Stop, Watch},
    search::Search,
    store::Store,
};
use std::{
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// Who may write.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Writing {
    /// Nobody.
    Never,
    /// Who has a token that says so.
    WithToken,
    /// Anybody on this machine.
    Anybody,
}

/// How the service runs.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How long a query may take.
    pub query_timeout: Duration,
    /// Who may write, in graphs beside the layers. If anybody, the store must be open for writing.
    pub writing: Writing,
    /// Whether anybody may read, or only who has a token.
    pub anonymous: bool,
    /// How many queries run at once.
    pub most_queries: usize,
    /// How many more may wait for their turn.
    pub most_waiting: usize,
    /// How many rows an answer may have.
    pub most_rows: u64,
    /// How many bytes an answer may have, before compression.
    pub most_bytes: u64,
    /// How much memory the queries that run may take together, in bytes; as far as the system tells.
    pub most_memory: u64,
    /// How many bytes a request may have.
    pub most_body: usize,
}

impl Default for Settings {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self {
            query_timeout: Duration::from_secs(30),
            writing: Writing::Never,
            anonymous: true,
            most_queries: (2 * cores).max(4),
            most_waiting: 64,
            most_rows: u64::MAX,
            most_bytes: 4 << 30,
            most_memory: 2 << 30,
            most_body: 16 << 20,
        }
    }
}

/// What every handler shares. Cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    store: Store,
    settings: Settings,
    terms: Terms,
    lineage: Lineage,
    search: Search,
    entities: OnceLock<Entities>,
    /// The counts of the store after so many commits.
    partitions: Mutex<Option<(u64, Arc<Partitions>)>>,
    turns: Arc<Turns>,
    access: Access,
    metrics: Metrics,
    opened: String,
}

impl AppState {
    /// Reads from the store what is kept in memory: who rests on whom. The index of full-text search is made where
    /// there is none of the store's version.
    ///
    /// # Errors
    /// When the store can't be read, or the system gives no threads.
    pub fn new(store: Store, settings: Settings) -> Result<Self, QueryError> {
        Self::with_access(store, settings, Access::in_memory())
    }

    /// As [`new`](Self::new), with tokens and a log of writes.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn with_access(store: Store, settings: Settings, access: Access) -> Result<Self, QueryError> {
        // Graphs beside the layers are in no hash: where they may change, every start is an edition of its own.
        let opened = match settings.writing {
            Writing::Never => format!("{} {}", env!("CARGO_PKG_VERSION"), store.version()?),
            _ => uuid::Uuid::now_v7().to_string(),
        };
        let lineage = Lineage::load(&store)?;
        let search = Search::open(&store).map_err(|error| QueryError::Search(error.to_string()))?;
        let terms = Terms::of(store.iris());
        let turns = Arc::new(Turns::new(&settings).map_err(|error| QueryError::Write(std::io::Error::other(error)))?);
        Ok(Self(Arc::new(Shared {
            store,
            settings,
            terms,
            lineage,
            search,
            entities: OnceLock::new(),
            partitions: Mutex::default(),
            turns,
            access,
            metrics: Metrics::new(),
            opened,
        })))
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Who rests on whom.
    #[must_use]
    pub fn lineage(&self) -> &Lineage {
        &self.0.lineage
    }

    /// Full-text search.
    #[must_use]
    pub fn search(&self) -> &Search {
        &self.0.search
    }

    /// What is found by name. It is read from the store when it is first needed: the layers do not change while the
    /// service runs.
    ///
    /// # Errors
    /// When the store can't be read.
    pub(super) fn entities(&self) -> Result<&Entities, ApiError> {
        if let Some(entities) = self.0.entities.get() {
            return Ok(entities);
        }
        let entities = Entities::load(self)?;
        // Who was quicker has read the same.
        Ok(self.0.entities.get_or_init(|| entities))
    }

    /// What the store holds of which class, counted when somebody asks for the first time after a change. Others wait
    /// meanwhile.
    ///
    /// # Errors
    /// When the store can't be read.
    pub(super) fn partitions(&self) -> Result<Arc<Partitions>, ApiError> {
        let commits = self.store().commits();
        // What is kept is whole at any time.
        let mut kept = self.0.partitions.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, partitions)) = kept.as_ref().filter(|(known, _)| *known == commits) {
            return Ok(Arc::clone(partitions));
        }
        let partitions = Arc::new(Partitions::load(self)?);
        *kept = Some((commits, Arc::clone(&partitions)));
        Ok(partitions)
    }

    /// The tokens, and the log of writes.
    #[must_use]
    pub fn access(&self) -> &Access {
        &self.0.access
    }

    pub(super) fn iris(&self) -> &IriScheme {
        self.0.store.iris()
    }

    pub(super) fn terms(&self) -> &Terms {
        &self.0.terms
    }

    pub(super) fn settings(&self) -> Settings {
        self.0.settings
    }

    pub(super) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// What the store was when it was opened.
    pub(super) fn opened(&self) -> &str {
        &self.0.opened
    }

    pub(super) fn turns(&self) -> &Arc<Turns> {
        &self.0.turns
    }

    /// Does work that blocks (all that reads the store) on a thread where it may, within the deadline; past it,
    /// and when nobody waits any more, the work is stopped.
    ///
    /// # Errors
    /// Those of the work; past the deadline, a timeout.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let limit = self.0.settings.query_timeout;
        let deadline = Instant::now() + limit;
        let waiting = Waiting(Watch::new(Some(deadline.into_std()), u64::MAX));
        let (state, watch) = (self.clone(), waiting.0.clone());
        let task = tokio::task::spawn_blocking(move || watch.within(|| work(&state)));
        match tokio::time::timeout_at(deadline, task).await {
            Ok(Ok(result)) => result,
            Ok(Err(error)) => Err(ApiError::new(Fault::Failed, error.to_string())),
            Err(_) => Err(ApiError::out_of_time(limit)),
        }
    }
}

/// Somebody waits for work: when nobody does any more, it is stopped.
pub(super) struct Waiting(pub(super) Watch);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.stop(Stop::Unwanted);
    }
}
