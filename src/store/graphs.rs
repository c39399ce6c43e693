//! Graphs, those of the layers and those of the users' own.

use super::{Store, StoreError};
use oxigraph::{
    model::{GraphName, GraphNameRef},
    store::Transaction,
};

impl Store {
    /// Whether an IRI names a layer: a graph that ingest, link and decide maintain, and nobody else.
    #[must_use]
    pub fn is_layer(&self, graph: &str) -> bool {
        graph.strip_prefix(self.iris.base()).is_some_and(|path| path.starts_with("/graph/"))
    }

    /// Whether there is such a graph. The default graph always is.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn has_graph(&self, graph: &GraphName) -> Result<bool, StoreError> {
        Ok(match graph.as_ref() {
            GraphNameRef::NamedNode(name) => self.inner.contains_named_graph(name)?,
            GraphNameRef::BlankNode(name) => self.inner.contains_named_graph(name)?,
            GraphNameRef::DefaultGraph => true,
        })
    }
}

/// How many quads are held at once while a graph is emptied.
const HELD: usize = 100_000;

/// Empties a graph. `look` is called for each quad, and may unwind: the engine's own way looks at nothing until it is
/// done.
///
/// # Errors
/// When the disk fails.
pub fn empty_graph(
    transaction: &mut Transaction<'_>,
    graph: GraphNameRef<'_>,
    look: impl Fn(),
) -> Result<(), StoreError> {
    loop {
        let quads = transaction.quads_for_pattern(None, None, None, Some(graph)).take(HELD);
        let quads = quads.inspect(|_| look()).collect::<Result<Vec<_>, _>>()?;
        for quad in &quads {
            look();
            transaction.remove(quad);
        }
        if quads.len() < HELD {
            return Ok(());
        }
    }
}
