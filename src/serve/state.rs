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
    lineage: Reading,
}

/// Who rests on whom, as it was read from the store. It is read again after each decision, a while after the commit.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    lineage: Arc<Lineage>,
    /// How often it had been read before.
    number: u64,
}

impl Reading {
    /// The first one.
    fn first(lineage: Lineage) -> Self {
        Self { lineage: Arc::new(lineage), number: 0 }
    }

    /// Puts a new one in the place of this.
    pub(super) fn replace(&mut self, lineage: Lineage) {
        *self = Self { lineage: Arc::new(lineage), number: self.number + 1 };
    }
}

#[derive(Debug)]
struct Shared {
    store: Store,
    settings: Settings,
    terms: Terms,
    lineage: Arc<RwLock<Reading>>,
    search: Search,
    reviewer: Reviewer,
    /// What is found by name, after so many commits and in this reading of the lineage, to which it points.
    entities: Kept<(u64, u64), Entities>,
    /// The counts of the store after so many commits.
    partitions: Kept<u64, Partitions>,
    alone: Arc<tokio::sync::Mutex<()>>,
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

/// What follows from the store, and from which state of it.
type Kept<K, T> = Mutex<Option<(K, Arc<T>)>>;

/// What follows from a state of the store: what is kept of it, or what is made now.
fn kept<K: PartialEq, T>(
    place: &Kept<K, T>,
    state: K,
    make: impl FnOnce() -> Result<T, ApiError>,
) -> Result<Arc<T>, ApiError> {
    // What is kept is whole at any time.
    let mut kept = place.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, value)) = kept.as_ref().filter(|(known, _)| *known == state) {
        return Ok(Arc::clone(value));
    }
    let value = Arc::new(make()?);
    *kept = Some((state, Arc::clone(&value)));
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
        // Graphs beside the layers are in no hash: where there are any, or may be, every start is an edition of its own.
        let opened = match settings.writing {
            Writing::Never if !store.has_others()? => format!("{} {}", env!("CARGO_PKG_VERSION"), store.version()?),
            _ => uuid::Uuid::now_v7().to_string(),
        };
        let lineage = Reading::first(Lineage::load(&store)?);
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
            lineage: Arc::new(RwLock::new(lineage.clone())),
            search,
            reviewer: Reviewer::default(),
            entities: Mutex::default(),
            partitions: Mutex::default(),
            alone: Arc::default(),
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
        let lineage = self.shared.lineage.read().unwrap_or_else(PoisonError::into_inner).clone();
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
        &self.lineage.lineage
    }

    /// How often the lineage has been read anew by now.
    pub(super) fn readings(&self) -> u64 {
        self.now().lineage.number
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
        kept(&self.shared.entities, (self.store().commits(), self.lineage.number), || Entities::load(self))
    }

    /// Waits for the right to do what takes long, has no deadline, and is kept for those who ask next: one after the
    /// other. Who waits holds no thread, so that pages are answered meanwhile.
    pub(super) async fn alone(&self) -> tokio::sync::OwnedMutexGuard<()> {
        Arc::clone(&self.shared.alone).lock_owned().await
    }

    /// What the store holds of which class, counted when somebody asks for the first time after a change. It takes
    /// long on a large store: for who is [`alone`](Self::alone).
    ///
    /// # Errors
    /// When the store can't be read.
    pub(super) fn partitions(&self) -> Result<Arc<Partitions>, ApiError> {
        kept(&self.shared.partitions, self.store().commits(), || Partitions::load(self))
    }

    /// Whether nobody has to wait for them.
    pub(super) fn has_partitions(&self) -> bool {
        let commits = self.store().commits();
        let kept = self.shared.partitions.try_lock();
        kept.is_ok_and(|kept| kept.as_ref().is_some_and(|(known, _)| *known == commits))
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

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{
        extract::State,
        http::{HeaderMap, StatusCode},
    };

    #[test]
    fn what_points_into_a_lineage_is_made_anew_with_it() {
        let store = Store::in_memory(IriScheme::DEFAULT_BASE).unwrap();
        let state = AppState::new(store, Settings { writing: Writing::WithToken, ..Settings::default() }).unwrap();
        let (before, readings) = (state.entities().unwrap(), state.readings());
        assert!(Arc::ptr_eq(&before, &state.now().entities().unwrap()));
        // As after a decision: the commit came first, and somebody may have asked in between.
        state.shared.lineage.write().unwrap().replace(Lineage::load(state.store()).unwrap());
        assert!(!Arc::ptr_eq(&before, &state.now().entities().unwrap()));
        assert_ne!(state.readings(), readings, "copies of pages are old, too");
    }

    #[test]
    fn who_waits_for_what_takes_long_holds_no_thread() {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(1).build().unwrap();
        runtime.block_on(async {
            let store = Store::in_memory(IriScheme::DEFAULT_BASE).unwrap();
            let state = AppState::new(store, Settings::default()).unwrap();
            let busy = state.alone().await;
            let none = || axum::extract::RawQuery(None);
            let (dump, void) = (State(state.clone()), State(state.clone()));
            let waiting = [
                tokio::spawn(crate::serve::dump::dump(dump, none(), HeaderMap::new())),
                tokio::spawn(crate::serve::discovery::void(void, none(), HeaderMap::new())),
            ];
            state.read(|_| Ok(())).await.unwrap();
            assert!(waiting.iter().all(|answer| !answer.is_finished()));
            drop(busy);
            for answer in waiting {
                assert_eq!(answer.await.unwrap().unwrap().status(), StatusCode::OK);
            }
        });
    }
}
