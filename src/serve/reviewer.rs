//! Decisions while the service runs. What the linker keeps of the corpus is read once, with the first of them, on a
//! thread of its own, which makes one decision after another; then pages and lineages follow the new graph.

use super::{
    error::{ApiError, Fault},
    state::Reading,
};
use crate::{
    lineage::Lineage,
    link::Linker,
    register::Register,
    review::{self, ReviewError, Verdict},
    store::Store,
};
use oxrdf::NamedNode;
use std::{
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};
use tokio::sync::oneshot;

/// What is decided.
#[derive(Clone, Debug)]
pub(super) enum Decision {
    /// That a claim or a link does not hold.
    Reject(NamedNode, Verdict),
    /// That a decision is taken back, by its id.
    Withdraw(String),
}

type Task = (Decision, oneshot::Sender<Result<(), ApiError>>);

/// The thread that decides, where there is one.
#[derive(Debug, Default)]
pub(super) struct Reviewer(Mutex<Option<Sender<Task>>>);

impl Reviewer {
    /// Begins with a decision; what is received is how it went.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(super) fn decide(
        &self,
        decision: Decision,
        (store, register, lineage): (&Store, &Arc<Register>, &Arc<RwLock<Reading>>),
    ) -> Result<oneshot::Receiver<Result<(), ApiError>>, ApiError> {
        let (reply, replied) = oneshot::channel();
        let mut sender = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut task = (decision, reply);
        if let Some(sender) = sender.as_ref() {
            match sender.send(task) {
                Ok(()) => return Ok(replied),
                // The thread has ended.
                Err(unsent) => task = unsent.0,
            }
        }
        let (new, tasks) = channel();
        let (store, register, lineage) = (store.clone(), Arc::clone(register), Arc::clone(lineage));
        let work = move || work(&store, &register, &lineage, &tasks);
        let started = thread::Builder::new().name("reviewer".to_owned()).spawn(work);
        started.map_err(|error| ApiError::new(Fault::Failed, error.to_string()))?;
        let sent = new.send(task);
        *sender = Some(new);
        sent.map_err(|error| ApiError::new(Fault::Failed, error.to_string()))?;
        Ok(replied)
    }
}

/// Decides for as long as somebody may ask. After a failure the corpus is read anew.
fn work(store: &Store, register: &Register, lineage: &RwLock<Reading>, tasks: &Receiver<Task>) {
    let mut linker = None;
    while let Ok((decision, reply)) = tasks.recv() {
        let mut decide = || -> Result<(), ApiError> {
            let linker = match &mut linker {
                Some(linker) => linker,
                empty => empty.insert(Linker::load(store, register)?),
            };
            let decisions = match &decision {
                Decision::Reject(claim, verdict) => review::with_rejection(store, claim, verdict)?,
                Decision::Withdraw(id) => review::without_rejection(store, id)?,
            };
            linker.replace_decisions(decisions)?;
            let new = Lineage::load(store)?;
            lineage.write().unwrap_or_else(PoisonError::into_inner).replace(new);
            Ok(())
        };
        let done = decide();
        if done.as_ref().is_err_and(|error| error.fault == Fault::Failed) {
            linker = None;
        }
        // Whoever does not listen any more needs no word.
        let _ = reply.send(done);
    }
}

impl From<ReviewError> for ApiError {
    fn from(error: ReviewError) -> Self {
        match error {
            ReviewError::Store(error) => error.into(),
            ReviewError::Query(error) => error.into(),
            ReviewError::Unknown(_) | ReviewError::NoDecision(_) => Self::new(Fault::NotFound, error.to_string()),
            ReviewError::Erasure(_) => Self::new(Fault::Forbidden, error.to_string()),
        }
    }
}
