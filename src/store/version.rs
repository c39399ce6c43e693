//! Hashes of graphs and of the store: equal for equal contents.

use super::{Store, StoreError};
use crate::model::sha256;
use oxigraph::{
    model::{GraphName, GraphNameRef, Literal, NamedNode, NamedOrBlankNode, Quad, Term},
    store::Transaction,
};
use std::collections::BTreeMap;

const GRAPH_HASH: &str = "https://w3id.org/zhengmai#graphHash";

/// SHA-256 of a graph's quads in sorted N-Quads lines; `None` for an empty graph. There are no blank
/// nodes in our graphs, so equal graphs have equal lines.
pub(super) fn graph_hash(quads: &[Quad]) -> Option<String> {
    let mut lines: Vec<String> = quads.iter().map(|quad| format!("{quad} .\n")).collect();
    lines.sort_unstable();
    lines.dedup();
    (!lines.is_empty()).then(|| sha256(lines.concat().as_bytes()))
}

/// Notes a graph's hash in the provenance graph.
pub(super) fn set_hash(
    transaction: &mut Transaction<'_>,
    provenance: &NamedNode,
    graph: &NamedNode,
    hash: Option<String>,
) -> Result<(), StoreError> {
    let predicate = NamedNode::new_unchecked(GRAPH_HASH);
    let name = GraphNameRef::NamedNode(provenance.as_ref());
    let old: Vec<Quad> = transaction
        .quads_for_pattern(Some(graph.as_ref().into()), Some(predicate.as_ref()), None, Some(name))
        .collect::<Result<_, _>>()?;
    for quad in &old {
        transaction.remove(quad);
    }
    if let Some(hash) = hash {
        let object = Literal::new_simple_literal(hash);
        transaction.insert(&Quad::new(graph.clone(), predicate, object, GraphName::NamedNode(provenance.clone())));
    }
    Ok(())
}

/// The noted hash of every graph.
pub(super) fn hashes(store: &Store) -> Result<BTreeMap<String, String>, StoreError> {
    let provenance = store.iris().layer("provenance");
    let predicate = NamedNode::new_unchecked(GRAPH_HASH);
    let name = GraphNameRef::NamedNode(provenance.as_ref());
    let mut hashes = BTreeMap::new();
    for quad in store.inner().quads_for_pattern(None, Some(predicate.as_ref()), None, Some(name)) {
        if let Quad { subject: NamedOrBlankNode::NamedNode(graph), object: Term::Literal(hash), .. } = quad? {
            hashes.insert(graph.into_string(), hash.value().to_owned());
        }
    }
    Ok(hashes)
}

/// The hash of the sorted (graph, graph hash) list.
pub(super) fn of_store(store: &Store) -> Result<String, StoreError> {
    let lines: Vec<String> = hashes(store)?.into_iter().map(|(graph, hash)| format!("{graph} {hash}\n")).collect();
    Ok(sha256(lines.concat().as_bytes()))
}
