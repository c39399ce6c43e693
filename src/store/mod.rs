//! Graphs at rest: Oxigraph, on RocksDB in a folder or in memory.

mod backup;
mod dumps;
mod error;
mod export;
mod folder;
mod follow;
mod graphs;
mod layout;
mod nodes;
mod registers;
mod rewrite;
mod sorted;
mod sources;
mod verify;
mod version;

pub use backup::{BackupError, FileRecord, Manifest, Snapshot, check, restore, unpack};
pub use dumps::{Compression, DUMPED, Dump};
pub use error::StoreError;
pub use export::ExportFormat;
pub use follow::{Follower, Touched};
pub use graphs::empty_graph;
pub use nodes::{NodeChanges, Nodes};
pub use registers::{ONTOLOGY, RegionFacts, ontology_quads, register_quads};
pub use sorted::Scratch;
pub use sources::ReadBy;
pub use verify::Fault;

use crate::model::IriScheme;
use folder::Folder;
use follow::Followers;
use oxigraph::{
    model::{GraphNameRef, NamedNode, NamedOrBlankNodeRef, Quad, TermRef},
    store::Transaction,
};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

/// A store of named graphs. Cheap to clone; clones are the same store.
///
/// One writer at a time: Oxigraph lets two write transactions commit side by side, so a lock in the
/// process and a lock on the folder see to it that there is one.
#[derive(Clone)]
pub struct Store {
    inner: oxigraph::store::Store,
    iris: IriScheme,
    folder: Option<Arc<Folder>>,
    writer: Arc<Mutex<()>>,
    commits: Arc<AtomicU64>,
    followers: Followers,
}

/// The content that graphs are to have: graph → quads; no quads, no graph.
pub type Changes = Vec<(NamedNode, Vec<Quad>)>;

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("base", &self.iris.base()).field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the store in a folder for reading and writing, and makes it where there is none. `base` is
    /// that of a new store; an existing one has its own, which must be the same if one is given.
    ///
    /// # Errors
    /// When another process has it open, the folder is no store, or the disk fails.
    pub fn open(path: &Path, base: Option<&str>) -> Result<Self, StoreError> {
        let folder = Folder::open(path, base)?;
        let inner = open_inner(&folder.graphs())?;
        Ok(Self::of(inner, IriScheme::new(folder.base()), Some(Arc::new(folder))))
    }

    /// Opens an existing store for reading, beside other readers.
    ///
    /// # Errors
    /// When a process that may write has it open, there is no store, or the disk fails.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        let folder = Folder::open_existing(path)?;
        let inner = open_inner_read_only(&folder.graphs())?;
        Ok(Self::of(inner, IriScheme::new(folder.base()), Some(Arc::new(folder))))
    }

    /// A store that lives in memory and ends with the process.
    ///
    /// # Errors
    /// When memory is short.
    pub fn in_memory(base: &str) -> Result<Self, StoreError> {
        Ok(Self::of(oxigraph::store::Store::new()?, IriScheme::new(base), None))
    }

    fn of(inner: oxigraph::store::Store, iris: IriScheme, folder: Option<Arc<Folder>>) -> Self {
        let (writer, commits, followers) = (Arc::default(), Arc::default(), Arc::default());
        Self { inner, iris, folder, writer, commits, followers }
    }

    /// The layout that the folder had before it was brought to that of this program; `None` where it had this one.
    #[must_use]
    pub fn upgraded_from(&self) -> Option<u32> {
        self.folder.as_ref().and_then(|folder| folder.older())
    }

    /// The IRIs of this store.
    #[must_use]
    pub fn iris(&self) -> &IriScheme {
        &self.iris
    }

    /// The database, for queries.
    #[must_use]
    pub fn inner(&self) -> &oxigraph::store::Store {
        &self.inner
    }

    /// The quads of a graph, in the store's order.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn graph(&self, graph: &NamedNode) -> Result<Vec<Quad>, StoreError> {
        let name = GraphNameRef::NamedNode(graph.as_ref());
        Ok(self.inner.quads_for_pattern(None, None, None, Some(name)).collect::<Result<_, _>>()?)
    }

    /// The quads that have these terms; `None` stands for any term, and any graph.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn quads(
        &self,
        subject: Option<&NamedNode>,
        predicate: Option<&NamedNode>,
        object: Option<&NamedNode>,
        graph: Option<&NamedNode>,
    ) -> Result<Vec<Quad>, StoreError> {
        let quads = self.inner.quads_for_pattern(
            subject.map(|node| NamedOrBlankNodeRef::from(node.as_ref())),
            predicate.map(NamedNode::as_ref),
            object.map(|node| TermRef::from(node.as_ref())),
            graph.map(|node| GraphNameRef::NamedNode(node.as_ref())),
        );
        Ok(quads.collect::<Result<_, _>>()?)
    }

    /// Where an index of what the store holds may be kept; `None` for a store in memory.
    #[must_use]
    pub fn search_folder(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.search())
    }

    /// The SHA-256 of every source in the store, in order.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn sources(&self) -> Result<Vec<String>, StoreError> {
        let prefix = self.iris.source_graph("").into_string();
        let found: BTreeSet<String> =
            self.graph_names()?.iter().filter_map(|name| name.strip_prefix(&prefix).map(str::to_owned)).collect();
        Ok(found.into_iter().collect())
    }

    /// Gives graphs new contents, all in one transaction with their hashes in the provenance graph:
    /// afterwards either all of it holds or none. Only differences are written.
    ///
    /// # Errors
    /// When the store is open for reading only, or the disk fails; nothing has changed then.
    pub fn replace(&self, changes: Changes) -> Result<(), StoreError> {
        self.replace_with_nodes(changes, [])
    }

    /// As [`replace`](Self::replace), leaving out graphs whose hash says that they have these contents.
    ///
    /// # Errors
    /// As [`replace`](Self::replace).
    pub fn replace_if_new(&self, mut changes: Changes) -> Result<(), StoreError> {
        let hashes = version::hashes(self)?;
        changes
            .retain(|(graph, quads)| version::graph_hash(&nodes::lines(quads)).as_ref() != hashes.get(graph.as_str()));
        if changes.is_empty() { Ok(()) } else { self.replace(changes) }
    }

    /// Runs `work` in a transaction, which is committed if it succeeds; for graphs beside the layers.
    ///
    /// # Errors
    /// `work`'s own, and when the disk fails; nothing has changed then.
    pub fn write_with<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let _writer = self.lock();
        let mut transaction = self.inner.start_transaction().map_err(StoreError::from)?;
        let done = work(&mut transaction)?;
        transaction.commit().map_err(StoreError::from)?;
        self.flush()?;
        Ok(done)
    }

    /// What has just been committed is on the disk when this returns.
    fn flush(&self) -> Result<(), StoreError> {
        self.commits.fetch_add(1, Ordering::Release);
        self.inner.flush_to_disk()
    }

    /// How often something has been written since the store was opened.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// Whether any layer has been written.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn has_layers(&self) -> Result<bool, StoreError> {
        let prefix = self.iris.layer("").into_string();
        Ok(self.graph_names()?.iter().any(|name| name.starts_with(&prefix)))
    }

    /// Whether anything stands beside the layers: in graphs of users, or in the default graph.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn has_others(&self) -> Result<bool, StoreError> {
        let prefix = self.iris.layer("").into_string();
        let mut default = self.inner.quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph));
        Ok(default.next().transpose()?.is_some() || self.graph_names()?.iter().any(|name| !name.starts_with(&prefix)))
    }

    fn graph_names(&self) -> Result<Vec<String>, StoreError> {
        let names = self.inner.named_graphs().filter_map(|name| match name {
            Ok(oxigraph::model::NamedOrBlankNode::NamedNode(name)) => Some(Ok(name.into_string())),
            Ok(_) => None,
            Err(error) => Some(Err(error.into())),
        });
        names.collect()
    }

    fn lock(&self) -> MutexGuard<'_, ()> {
        // A writer that panicked has rolled back; the lock protects no data of its own.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The hash of the sorted list of graphs and their hashes: equal for equal contents, whenever and in
    /// whatever order they came. Run times stand in the provenance graph, which does not count.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn version(&self) -> Result<String, StoreError> {
        version::of_store(self)
    }

    /// Keeps the bytes of a source beside the graphs, under their hash.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn keep_bytes(&self, sha256: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.folder.as_ref().map_or(Ok(()), |folder| folder.keep(sha256, bytes))
    }

    /// The bytes of a source; `None` where they are not kept (a store in memory, a source from a stream).
    ///
    /// # Errors
    /// When the disk fails.
    pub fn bytes(&self, sha256: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.folder.as_ref().map_or(Ok(None), |folder| folder.bytes(sha256))
    }

    /// Deletes the bytes of a source.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn drop_bytes(&self, sha256: &str) -> Result<(), StoreError> {
        self.folder.as_ref().map_or(Ok(()), |folder| folder.forget(sha256))
    }

    /// How many bytes the store takes on the disk; none in memory.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn bytes_on_disk(&self) -> Result<u64, StoreError> {
        self.folder.as_ref().map_or(Ok(0), |folder| folder.size())
    }

    /// Checks the database's own consistency.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn validate(&self) -> Result<(), StoreError> {
        Ok(self.inner.validate()?)
    }
}

/// Oxigraph offers `flush` only with a disk.
trait Flush {
    fn flush_to_disk(&self) -> Result<(), StoreError>;
}

impl Flush for oxigraph::store::Store {
    #[cfg(feature = "rocksdb")]
    fn flush_to_disk(&self) -> Result<(), StoreError> {
        Ok(self.flush()?)
    }

    #[cfg(not(feature = "rocksdb"))]
    fn flush_to_disk(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

#[cfg(feature = "rocksdb")]
fn open_inner(path: &Path) -> Result<oxigraph::store::Store, StoreError> {
    Ok(oxigraph::store::Store::open(path)?)
}

#[cfg(feature = "rocksdb")]
fn open_inner_read_only(path: &Path) -> Result<oxigraph::store::Store, StoreError> {
    Ok(oxigraph::store::Store::open_read_only(path)?)
}

/// Puts in order what was loaded at once: until then every read looks into every piece.
#[cfg(feature = "rocksdb")]
fn put_in_order(store: &oxigraph::store::Store) -> Result<(), StoreError> {
    Ok(store.optimize()?)
}

#[cfg(not(feature = "rocksdb"))]
fn put_in_order(_: &oxigraph::store::Store) -> Result<(), StoreError> {
    Err(StoreError::NoDisk)
}

#[cfg(not(feature = "rocksdb"))]
fn open_inner(_: &Path) -> Result<oxigraph::store::Store, StoreError> {
    Err(StoreError::NoDisk)
}

#[cfg(not(feature = "rocksdb"))]
fn open_inner_read_only(_: &Path) -> Result<oxigraph::store::Store, StoreError> {
    Err(StoreError::NoDisk)
}
