//! Changes to some nodes of a graph: they cost what the nodes hold, however large the graph is.

use super::{Store, StoreError, Touched, version};
use oxigraph::{
    model::{GraphName, GraphNameRef, NamedNode, Quad},
    store::Transaction,
};
use std::collections::BTreeMap;

/// Node → the quads that it is to be the subject of.
pub type Nodes = BTreeMap<NamedNode, Vec<Quad>>;

/// What nodes of a graph are to hold.
#[derive(Clone, Debug)]
pub struct NodeChanges {
    /// The graph.
    pub graph: NamedNode,
    /// Its nodes.
    pub nodes: Nodes,
    /// Whether other nodes are to go, whatever they hold; else they stay.
    pub is_whole: bool,
}

impl Store {
    /// As [`replace`](Self::replace); and gives nodes of other graphs new contents in the same transaction.
    /// O(q log n) for q quads of these graphs and nodes.
    ///
    /// # Errors
    /// As [`replace`](Self::replace).
    pub fn replace_with_nodes(
        &self,
        changes: super::Changes,
        nodes: impl IntoIterator<Item = NodeChanges>,
    ) -> Result<(), StoreError> {
        let _writer = self.lock();
        let mut transaction = self.inner.start_transaction()?;
        let provenance = self.iris.layer("provenance");
        let mut touched = Touched::default();
        for change in nodes {
            let graph = change.graph.clone();
            if change.is_whole {
                self.note_graph(&mut touched, &graph);
            }
            for node in write_nodes(&mut transaction, &provenance, change)? {
                self.note_node(&mut touched, &graph, &node);
            }
        }
        for (graph, quads) in changes {
            let quads = lines(&quads);
            let hash = version::graph_hash(&quads);
            if write_graph(&mut transaction, &graph, &quads)? {
                self.note_graph(&mut touched, &graph);
            }
            if graph != provenance {
                version::set_hash(&mut transaction, &provenance, &graph, hash)?;
            }
        }
        transaction.commit()?;
        self.tell(&touched);
        self.flush()
    }
}

/// Quads by their N-Quads lines, which put them in order.
type Lines<'a> = BTreeMap<String, &'a Quad>;

pub(super) fn lines(quads: &[Quad]) -> Lines<'_> {
    quads.iter().map(|quad| (quad.to_string(), quad)).collect()
}

/// Makes a graph hold exactly these quads; whether it held others before.
fn write_graph(transaction: &mut Transaction<'_>, graph: &NamedNode, quads: &Lines<'_>) -> Result<bool, StoreError> {
    let name = GraphNameRef::NamedNode(graph.as_ref());
    let old = transaction.quads_for_pattern(None, None, None, Some(name)).collect::<Result<Vec<_>, _>>()?;
    let old = lines(&old);
    for (_, quad) in old.iter().filter(|(line, _)| !quads.contains_key(*line)) {
        transaction.remove(*quad);
    }
    if quads.is_empty() {
        transaction.remove_named_graph(graph)?;
    } else {
        transaction.insert_named_graph(graph);
    }
    for (_, quad) in quads.iter().filter(|(line, _)| !old.contains_key(*line)) {
        debug_assert_eq!(quad.graph_name, GraphName::NamedNode(graph.clone()), "a quad of another graph");
        transaction.insert(*quad);
    }
    Ok(!old.keys().eq(quads.keys()))
}

/// Writes the differences, and brings the graph's hash up to date by them. The nodes that have changed.
fn write_nodes(
    transaction: &mut Transaction<'_>,
    provenance: &NamedNode,
    change: NodeChanges,
) -> Result<Vec<NamedNode>, StoreError> {
    let mut changed = Vec::new();
    let NodeChanges { graph, nodes, is_whole } = change;
    let name = GraphNameRef::NamedNode(graph.as_ref());
    let mut sum = match version::hash_of(transaction, provenance, &graph)? {
        Some(hash) if !is_whole => version::Sum::parse(&hash),
        _ => version::Sum::default(),
    };
    if is_whole {
        clear(transaction, name)?;
    }
    for (node, quads) in nodes {
        let old = transaction.quads_for_pattern(Some(node.as_ref().into()), None, None, Some(name));
        let mut old: BTreeMap<String, Quad> =
            old.map(|quad| quad.map(|quad| (quad.to_string(), quad))).collect::<Result<_, _>>()?;
        // The hash of a graph is noted on the same node of the provenance graph, and kept by others.
        old.retain(|_, quad| !version::is_hash(quad));
        let new: BTreeMap<String, Quad> = quads.into_iter().map(|quad| (quad.to_string(), quad)).collect();
        for (line, quad) in old.iter().filter(|(line, _)| !new.contains_key(*line)) {
            transaction.remove(quad);
            sum.subtract(line);
        }
        for (line, quad) in new.iter().filter(|(line, _)| !old.contains_key(*line)) {
            debug_assert_eq!(quad.graph_name, GraphName::NamedNode(graph.clone()), "a quad of another graph");
            transaction.insert(quad);
            sum.add(line);
        }
        if !old.keys().eq(new.keys()) {
            changed.push(node);
        }
    }
    if graph == *provenance {
        return Ok(changed);
    }
    let hash = sum.hash();
    match &hash {
        Some(_) => transaction.insert_named_graph(&graph),
        None => transaction.remove_named_graph(&graph)?,
    }
    version::set_hash(transaction, provenance, &graph, hash)?;
    Ok(changed)
}

fn clear(transaction: &mut Transaction<'_>, graph: GraphNameRef<'_>) -> Result<(), StoreError> {
    let quads = transaction.quads_for_pattern(None, None, None, Some(graph));
    for quad in quads.collect::<Result<Vec<_>, _>>()? {
        transaction.remove(&quad);
    }
    Ok(())
}
