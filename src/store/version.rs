//! Hashes of graphs and of the store: equal for equal contents.

use super::{Store, StoreError};
use crate::model::sha256;
use oxigraph::{
    model::{GraphName, GraphNameRef, Literal, NamedNode, NamedOrBlankNode, Quad, Term},
    store::Transaction,
};
use std::collections::BTreeMap;

const GRAPH_HASH: &str = "https://w3id.org/zhengmai#graphHash";

/// The sum of the SHA-256 of a graph's lines, modulo 2²⁵⁶: equal for equal sets, and brought up to date by what
/// comes and goes without a look at the rest. It tells graphs apart that differ by chance; it is no seal
/// against somebody who searches for two sets of lines with one sum.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Sum([u64; 4]);

impl Sum {
    /// The sum that [`hash`](Self::hash) wrote.
    pub(super) fn parse(hash: &str) -> Self {
        let word = |at: usize| hash.get(at * 16..(at + 1) * 16).and_then(|word| u64::from_str_radix(word, 16).ok());
        Self(std::array::from_fn(|at| word(at).unwrap_or_default()))
    }

    /// In hexadecimal; `None` for nothing.
    pub(super) fn hash(self) -> Option<String> {
        let [a, b, c, d] = self.0;
        (self != Self::default()).then(|| format!("{a:016x}{b:016x}{c:016x}{d:016x}"))
    }

    pub(super) fn add(&mut self, line: &str) {
        let mut carry = false;
        for (own, other) in self.0.iter_mut().zip(Self::of(line).0).rev() {
            let (sum, over) = own.overflowing_add(other);
            let (sum, over_again) = sum.overflowing_add(u64::from(carry));
            (*own, carry) = (sum, over || over_again);
        }
    }

    pub(super) fn subtract(&mut self, line: &str) {
        let mut borrow = false;
        for (own, other) in self.0.iter_mut().zip(Self::of(line).0).rev() {
            let (rest, under) = own.overflowing_sub(other);
            let (rest, under_again) = rest.overflowing_sub(u64::from(borrow));
            (*own, borrow) = (rest, under || under_again);
        }
    }

    fn of(line: &str) -> Self {
        Self::parse(&sha256(line.as_bytes()))
    }
}

/// SHA-256 of a graph's quads in sorted N-Quads lines; `None` for an empty graph. There are no blank
/// nodes in our graphs, so equal graphs have equal lines.
pub(super) fn graph_hash(lines: &BTreeMap<String, &Quad>) -> Option<String> {
    let text: String = lines.keys().flat_map(|line| [line, " .\n"]).collect();
    (!text.is_empty()).then(|| sha256(text.as_bytes()))
}

/// The sum of a graph's lines, as derived layers note it.
pub(super) fn sum_of(lines: &BTreeMap<String, &Quad>) -> Option<String> {
    let mut sum = Sum::default();
    for line in lines.keys() {
        sum.add(line);
    }
    sum.hash()
}

/// Whether a quad notes the hash of a graph.
pub(super) fn is_hash(quad: &Quad) -> bool {
    quad.predicate.as_str() == GRAPH_HASH
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

/// The noted hash of a graph.
pub(super) fn hash_of(
    transaction: &Transaction<'_>,
    provenance: &NamedNode,
    graph: &NamedNode,
) -> Result<Option<String>, StoreError> {
    let predicate = NamedNode::new_unchecked(GRAPH_HASH);
    let name = GraphNameRef::NamedNode(provenance.as_ref());
    let mut quads =
        transaction.quads_for_pattern(Some(graph.as_ref().into()), Some(predicate.as_ref()), None, Some(name));
    Ok(match quads.next().transpose()?.map(|quad| quad.object) {
        Some(Term::Literal(hash)) => Some(hash.value().to_owned()),
        _ => None,
    })
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

#[cfg(test)]
mod tests {
    use super::Sum;

    #[test]
    fn a_sum_does_not_depend_on_the_order_and_forgets_what_goes() {
        let lines: Vec<String> = (0..500).map(|n| format!("line {n}")).collect();
        let mut sum = Sum::default();
        let mut backwards = Sum::default();
        for (line, last) in lines.iter().zip(lines.iter().rev()) {
            sum.add(line);
            backwards.add(last);
        }
        assert_eq!(sum, backwards);
        assert_eq!(sum.hash().map(|hash| Sum::parse(&hash)), Some(sum));
        let (gone, left) = lines.split_at(499);
        for line in gone {
            sum.subtract(line);
        }
        let mut last = Sum::default();
        last.add(&left[0]);
        assert_eq!(sum, last);
        sum.subtract(&left[0]);
        assert_eq!(sum.hash(), None);
    }
}
