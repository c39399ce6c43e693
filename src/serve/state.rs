//! What every handler shares, and the one door by which work leaves the async threads.

use super::{
    error::{ApiError, Fault},
    terms::Terms,
};
use crate::{lineage::Lineage, model::IriScheme, query::QueryError, store::Store};
use std::{sync::Arc, time::Duration};
use tokio::time::Instant;

/// How the service runs.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How long a query may take.
    pub query_timeout: Duration,
    /// Whether SPARQL updates are accepted, from anybody; in graphs beside the layers. The store must be open for writing.
    pub allow_update: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { query_timeout: Duration::from_secs(30), allow_update: false }
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
}

impl AppState {
    /// Reads from the store what is kept in memory: who rests on whom.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn new(store: Store, settings: Settings) -> Result<Self, QueryError> {
        let lineage = Lineage::load(&store)?;
        let terms = Terms::of(store.iris());
        Ok(Self(Arc::new(Shared { store, settings, terms, lineage })))
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

    pub(super) fn iris(&self) -> &IriScheme {
        self.0.store.iris()
    }

    pub(super) fn terms(&self) -> &Terms {
        &self.0.terms
    }

    pub(super) fn settings(&self) -> Settings {
        self.0.settings
    }

    /// When a request that starts now is out of time.
    pub(super) fn deadline(&self) -> Instant {
        Instant::now() + self.0.settings.query_timeout
    }

    pub(super) fn out_of_time(&self) -> ApiError {
        let seconds = self.0.settings.query_timeout.as_secs_f32();
        let detail = format!("查询在 {seconds} 秒的时限内没有做完，已中止。 Not done within {seconds} s; stopped.");
        ApiError::new(Fault::Timeout, detail)
    }

    /// Does work that blocks (all that reads the store) on a thread where it may, within the deadline.
    ///
    /// # Errors
    /// Those of the work; past the deadline, a timeout.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let state = self.clone();
        let task = tokio::task::spawn_blocking(move || work(&state));
        match tokio::time::timeout_at(self.deadline(), task).await {
            Ok(Ok(result)) => result,
            Ok(Err(error)) => Err(ApiError::new(Fault::Failed, error.to_string())),
            Err(_) => Err(self.out_of_time()),
        }
    }
}
