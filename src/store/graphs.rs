//! Graphs of the users' own, beside the layers: replaced, added to and deleted whole.

use super::{Store, StoreError};
use oxigraph::{
    model::{GraphName, GraphNameRef, Quad, Triple},
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

    /// Adds triples to a graph, which holds nothing else afterwards if `anew`. Whether the graph is new.
    ///
    /// # Errors
    /// When the store is open for reading only, or the disk fails; nothing has changed then.
    pub fn fill_graph(&self, graph: &GraphName, triples: Vec<Triple>, anew: bool) -> Result<bool, StoreError> {
        let mut is_new = false;
        self.write_with::<StoreError>(|transaction| {
            is_new = !contains(transaction, graph)?;
            if anew {
                transaction.clear_graph(graph.as_ref())?;
            }
            match graph.as_ref() {
                GraphNameRef::NamedNode(name) => transaction.insert_named_graph(name),
                GraphNameRef::BlankNode(name) => transaction.insert_named_graph(name),
                GraphNameRef::DefaultGraph => (),
            }
            for Triple { subject, predicate, object } in triples {
                transaction.insert(&Quad::new(subject, predicate, object, graph.clone()));
            }
            Ok(())
        })?;
        Ok(is_new)
    }

    /// Deletes a graph; the default graph is emptied. Whether there was one.
    ///
    /// # Errors
    /// When the store is open for reading only, or the disk fails; nothing has changed then.
    pub fn delete_graph(&self, graph: &GraphName) -> Result<bool, StoreError> {
        let mut was_there = false;
        self.write_with::<StoreError>(|transaction| {
            was_there = contains(transaction, graph)?;
            match graph.as_ref() {
                GraphNameRef::NamedNode(name) => transaction.remove_named_graph(name)?,
                GraphNameRef::BlankNode(name) => transaction.remove_named_graph(name)?,
                GraphNameRef::DefaultGraph => transaction.clear_graph(GraphNameRef::DefaultGraph)?,
            }
            Ok(())
        })?;
        Ok(was_there)
    }
}

fn contains(transaction: &Transaction<'_>, graph: &GraphName) -> Result<bool, StoreError> {
    Ok(match graph.as_ref() {
        GraphNameRef::NamedNode(name) => transaction.contains_named_graph(name)?,
        GraphNameRef::BlankNode(name) => transaction.contains_named_graph(name)?,
        GraphNameRef::DefaultGraph => true,
    })
}
