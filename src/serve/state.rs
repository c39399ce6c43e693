//! What every handler shares, and the one door by which work leaves the async threads.

use super::{
    caller::Caller,
    discovery::Partitions,
    dump::Dumps,
    error::{ApiError, Fault},
    metrics::Metrics,
    rate::Rates,
    reconcile::Entities,
    reviewer::{Decision, Reviewer},
    terms::Terms,
    turn::Turns,
};
use crate::{
    access::{Access, QueryLog},
    fetch::{Fetcher, Host},
    lineage::Lineage,
    model::IriScheme,
    query::{Dataset, QueryError, Stop, Watch},
    register::Register,
    search::Search,
    store::Store,
};
use std::{
    net::IpAddr,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, RwLock},
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
#[derive(Clone, Debug)]
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
    /// Which hosts SERVICE may ask.
    pub services: Vec<Host>,
    /// Which hosts LOAD may load from.
    pub loads: Vec<Host>,
    /// How many bytes may come from another host at once.
    pub most_fetched: u64,
    /// How many seconds of evaluation (or 16 MiB of answers for each) a client may take in a minute; 0 for any number.
    pub rate: u32,
    /// Whether clients on this machine are limited, too.
    pub is_loopback_limited: bool,
    /// Proxies whose word on where a request comes from counts (`X-Forwarded-For`).
    pub proxies: Vec<IpAddr>,
    /// By what decisions are carried out; none are made without it.
    pub register: Option<Arc<Register>>,
    /// Where queries are noted.
    pub query_log: Option<PathBuf>,
    /// How long requests under way may still take when the service is told to end.
    pub grace: Duration,
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
            services: Vec::new(),
            loads: Vec::new(),
            most_fetched: 64 << 20,
            rate: 60,
            is_loopback_limited: false,
            proxies: Vec::new(),
            register: None,
            query_log: None,
            grace: Duration::from_secs(8),
        }
    }
}

/// What every handler shares. Cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    shared: Arc<Shared>,
    /// Who rests on whom, the same for as long as one piece of work takes.
    lineage: Arc<Lineage>,
}

#[derive(Debug)]
struct Shared {
    store: Store,
    settings: Settings,
    terms: Terms,
    lineage: Arc<RwLock<Arc<Lineage>>>,
    search: Search,
    reviewer: Reviewer,
    /// What is found by name, after so many commits.
    entities: Mutex<Option<(u64, Arc<Entities>)>>,
    /// The counts of the store after so many commits.
    partitions: Mutex<Option<(u64, Arc<Partitions>)>>,
    turns: Arc<Turns>,
    access: Access,
    metrics: Metrics,
    dumps: Dumps,
    rates: Rates,
    query_log: Option<QueryLog>,
    opened: String,
    /// No graphs, and whom to ask and to load from.
    outside: Dataset,
}

/// What follows from the store after so many commits: what is kept of it, or what is made now.
fn kept<T>(
    place: &Mutex<Option<(u64, Arc<T>)>>,
    commits: u64,
    make: impl FnOnce() -> Result<T, ApiError>,
) -> Result<Arc<T>, ApiError> {
    // What is kept is whole at any time.
    let mut kept = place.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, value)) = kept.as_ref().filter(|(known, _)| *known == commits) {
        return Ok(Arc::clone(value));
    }
    let value = Arc::new(make()?);
    *kept = Some((commits, Arc::clone(&value)));
    Ok(value)
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
        let lineage = Arc::new(Lineage::load(&store)?);
        let search = Search::open(&store).map_err(|error| QueryError::Search(error.to_string()))?;
        let terms = Terms::of(store.iris());
        let turns = Arc::new(Turns::new(&settings).map_err(|error| QueryError::Write(std::io::Error::other(error)))?);
        let fetcher = |hosts: &[Host]| {
            let fetcher = || Arc::new(Fetcher::new(hosts.iter().cloned(), settings.most_fetched));
            (!hosts.is_empty()).then(fetcher)
        };
        let (services, loads) = (fetcher(&settings.services), fetcher(&settings.loads));
        let outside = Dataset { services, loads, ..Dataset::default() };
        let query_log = settings.query_log.as_deref().map(QueryLog::open).transpose();
        let query_log = query_log.map_err(|error| QueryError::Write(std::io::Error::other(error)))?;
        let (metrics, rates) = (Metrics::new(), Rates::new(settings.rate.max(1)));
        let shared = Arc::new(Shared {
            store,
            settings,
            terms,
            lineage: Arc::new(RwLock::new(Arc::clone(&lineage))),
            search,
            reviewer: Reviewer::default(),
            entities: Mutex::default(),
            partitions: Mutex::default(),
            turns,
            access,
            metrics,
            dumps: Dumps::default(),
            rates,
            query_log,
            opened,
            outside,
        });
        Ok(Self { shared, lineage })
    }

    /// As things stand now: for the next piece of work.
    pub(super) fn now(&self) -> Self {
        let lineage = Arc::clone(&self.shared.lineage.read().unwrap_or_else(PoisonError::into_inner));
        Self { shared: Arc::clone(&self.shared), lineage }
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.shared.store
    }

    /// Who rests on whom.
    #[must_use]
    pub fn lineage(&self) -> &Lineage {
        &self.lineage
    }

    /// Full-text search.
    #[must_use]
    pub fn search(&self) -> &Search {
        &self.shared.search
    }

    /// What is found by name, read from the store when somebody asks for the first time after a change. Others wait
    /// meanwhile.
    ///
    /// # Errors
    /// When the store can't be read.
    pub(super) fn entities(&self) -> Result<Arc<Entities>, ApiError> {
        kept(&self.shared.entities, self.store().commits(), || Entities::load(self))
    }

    /// What the store holds of which class, counted when somebody asks for the first time after a change. Others wait
    /// meanwhile.
    ///
    /// # Errors
    /// When the store can't be read.
    pub(super) fn partitions(&self) -> Result<Arc<Partitions>, ApiError> {
        kept(&self.shared.partitions, self.store().commits(), || Partitions::load(self))
    }

    /// The tokens, and the log of writes.
    #[must_use]
    pub fn access(&self) -> &Access {
        &self.shared.access
    }

    pub(super) fn iris(&self) -> &IriScheme {
        self.shared.store.iris()
    }

    pub(super) fn terms(&self) -> &Terms {
        &self.shared.terms
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    /// What a query sees besides the graphs that it names: whom it may ask.
    pub(super) fn outside(&self) -> Dataset {
        self.shared.outside.clone()
    }

    pub(super) fn metrics(&self) -> &Metrics {
        &self.shared.metrics
    }

    pub(super) fn dumps(&self) -> &Dumps {
        &self.shared.dumps
    }

    pub(super) fn rates(&self) -> &Rates {
        &self.shared.rates
    }

    pub(super) fn query_log(&self) -> Option<&QueryLog> {
        self.shared.query_log.as_ref()
    }

    /// What the store was when it was opened.
    pub(super) fn opened(&self) -> &str {
        &self.shared.opened
    }

    pub(super) fn turns(&self) -> &Arc<Turns> {
        &self.shared.turns
    }

    /// Makes a decision, within the deadline. Past it, it may still be made.
    ///
    /// # Errors
    /// When there is no such claim or decision, the store fails, or the service has no register to link by.
    pub(super) async fn decide(&self, decision: Decision) -> Result<(), ApiError> {
        let Shared { settings, store, lineage, .. } = &*self.shared;
        let Some(register) = &settings.register else {
            return Err(ApiError::new(Fault::ReadOnly, "此服务不作裁定。 This service makes no decisions."));
        };
        let replied = self.shared.reviewer.decide(decision, (store, register, lineage))?;
        match tokio::time::timeout(settings.query_timeout, replied).await {
            Ok(Ok(done)) => done,
            Ok(Err(_)) => Err(ApiError::new(Fault::Failed, "没有做完。 It could not be completed.")),
            Err(_) => Err(ApiError::out_of_time(settings.query_timeout)),
        }
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
        let limit = self.shared.settings.query_timeout;
        let deadline = Instant::now() + limit;
        let waiting = Waiting(Watch::new(Some(deadline.into_std()), u64::MAX));
        let (state, watch, caller) = (self.now(), waiting.0.clone(), Caller::current());
        let task = tokio::task::spawn_blocking(move || {
            let began = std::time::Instant::now();
            let done = watch.within(|| work(&state));
            if let Some(client) = &caller.client {
                state.rates().charge(client, began.elapsed(), 0, std::time::Instant::now());
            }
            done
        });
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
