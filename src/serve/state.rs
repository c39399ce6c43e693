//! What handlers share, and the one door by which blocking work leaves the async threads.

use super::error::ApiError;
use crate::{
    lineage::Lineage,
    query::QueryError,
    store::Store,
};
use oxigraph::sparql::CancellationToken;
use std::{sync::Arc, time::Duration};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

/// How many queries run side by side; others wait.
const SIDE_BY_SIDE: usize = 8;
/// What a query is given beyond its deadline to notice that it has been stopped.
const GRACE: Duration = Duration::from_secs(1);

/// What handlers share. Cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    store: Store,
    lineage: Lineage,
    deadline: Duration,
    takes_updates: bool,
    places: Arc<Semaphore>,
}

impl AppState {
    /// The state for a store; reads its lineage. `deadline` is what a query may take.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn new(store: Store, deadline: Duration) -> Result<Self, QueryError> {
        Self::build(store, deadline, false)
    }

    /// The state that lets anyone who reaches the endpoint write graphs beside the layers; its store must
    /// be open for writing.
    ///
    /// # Errors
    /// When the store can't be read.
    pub fn with_updates(store: Store, deadline: Duration) -> Result<Self, QueryError> {
        Self::build(store, deadline, true)
    }

    fn build(store: Store, deadline: Duration, takes_updates: bool) -> Result<Self, QueryError> {
        let lineage = Lineage::load(&store)?;
        let places = Arc::new(Semaphore::new(SIDE_BY_SIDE));
        Ok(Self { inner: Arc::new(Inner { store, lineage, deadline, takes_updates, places }) })
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// Who rests on whom.
    #[must_use]
    pub fn lineage(&self) -> &Lineage {
        &self.inner.lineage
    }

    /// Whether the endpoint takes updates.
    pub(super) fn takes_updates(&self) -> bool {
        self.inner.takes_updates
    }

    /// What a query may take.
    #[must_use]
    pub fn deadline(&self) -> Duration {
        self.inner.deadline
    }

    /// Runs blocking work on a thread of its own, with a deadline. The work is given a token that is
    /// cancelled at the deadline; where it does not look at the token in time the caller is answered all
    /// the same.
    pub(super) async fn blocking<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&Self, &CancellationToken) -> Result<T, ApiError> + Send + 'static,
    {
        let place = Arc::clone(&self.inner.places).acquire_owned().await.map_err(|_| ApiError::Stopping)?;
        let token = CancellationToken::new();
        let (state, inner_token) = (self.clone(), token.clone());
        let mut task = spawn_blocking(move || {
            let _place = place;
            work(&state, &inner_token)
        });
        if let Ok(done) = timeout(self.inner.deadline, &mut task).await {
            return done.map_err(|_| ApiError::Internal)?;
        }
        token.cancel();
        match timeout(GRACE, task).await {
            Ok(done) => done.map_err(|_| ApiError::Internal)?,
            Err(_) => Err(ApiError::TimedOut(self.inner.deadline)),
        }
    }
}
