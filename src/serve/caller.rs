//! For whom work is done: a request by its id, and who sent it. Handlers need not hand it on: it goes with the task.

use super::rate::Client;

tokio::task_local! {
    static CURRENT: Caller;
}

/// Who waits for what is being done.
#[derive(Clone, Debug, Default)]
pub(super) struct Caller {
    /// The id of the request.
    pub(super) request: String,
    /// The id of a token, or `anybody`.
    pub(super) who: String,
    /// Whose account is charged; nobody's where rates are not limited.
    pub(super) client: Option<Client>,
}

impl Caller {
    /// The one for whom this task works; nobody outside of a request.
    pub(super) fn current() -> Self {
        CURRENT.try_with(Clone::clone).unwrap_or_default()
    }

    /// Does work for them.
    pub(super) async fn scope<T>(self, work: impl Future<Output = T>) -> T {
        CURRENT.scope(self, work).await
    }
}
