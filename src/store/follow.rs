//! What the commits of a store change, for what is kept beside it: whoever follows a store is told which works and
//! sources to look at again, and never has to look at the rest.

use super::Store;
use oxigraph::model::NamedNode;
use std::{
    collections::BTreeSet,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

/// What commits have touched.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Touched {
    /// Works of which the effective graph says other things than before.
    pub works: BTreeSet<NamedNode>,
    /// SHA-256 of sources whose claims, or what follows from them about their own nodes, are others than before.
    pub sources: BTreeSet<String>,
    /// Whether all may have changed.
    pub everything: bool,
}

impl Touched {
    /// Whether nothing has been touched.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.works.is_empty() && self.sources.is_empty() && !self.everything
    }

    fn add(&mut self, other: &Self) {
        self.works.extend(other.works.iter().cloned());
        self.sources.extend(other.sources.iter().cloned());
        self.everything |= other.everything;
    }
}

/// Follows the commits of a store for as long as it lives.
#[derive(Debug)]
pub struct Follower(Arc<Mutex<Touched>>);

impl Follower {
    /// What has been touched since this was asked last.
    #[must_use]
    pub fn take(&self) -> Touched {
        mem::take(&mut *lock(&self.0))
    }

    /// Puts back what was taken and could not be dealt with.
    pub fn put_back(&self, touched: &Touched) {
        lock(&self.0).add(touched);
    }
}

/// Those who follow a store.
pub(super) type Followers = Arc<Mutex<Vec<Weak<Mutex<Touched>>>>>;

impl Store {
    /// Follows the commits from now on, whichever clone of this store makes them.
    #[must_use]
    pub fn follow(&self) -> Follower {
        let follower = Follower(Arc::default());
        lock(&self.followers).push(Arc::downgrade(&follower.0));
        follower
    }

    /// Tells who follows what a commit has touched.
    pub(super) fn tell(&self, touched: &Touched) {
        let mut followers = lock(&self.followers);
        followers.retain(|follower| follower.strong_count() > 0);
        for follower in followers.iter().filter_map(Weak::upgrade) {
            lock(&follower).add(touched);
        }
    }

    /// Notes that what a graph says of a node has changed.
    pub(super) fn note_node(&self, touched: &mut Touched, graph: &NamedNode, node: &NamedNode) {
        if *graph != self.iris.layer("effective") {
            return;
        }
        let Some(path) = node.as_str().strip_prefix(self.iris.base()) else { return };
        if path.starts_with("/id/work/") {
            touched.works.insert(node.clone());
        } else if let Some(rest) = path.strip_prefix("/id/text/") {
            touched.sources.extend(rest.split('/').next().map(str::to_owned));
        }
    }

    /// Notes that a whole graph has changed.
    pub(super) fn note_graph(&self, touched: &mut Touched, graph: &NamedNode) {
        if let Some(sha256) = graph.as_str().strip_prefix(self.iris.source_graph("").as_str()) {
            touched.sources.insert(sha256.to_owned());
        } else if [self.iris.layer("registers"), self.iris.layer("effective")].contains(graph) {
            touched.everything = true;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Sets are whole at any time.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
