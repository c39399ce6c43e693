//! What follows from the claims, against what the store holds.

use super::*;
use oxrdf::{GraphName, Literal};

#[test]
fn derived_layers_that_do_not_follow_are_found_node_by_node() {
    let store = crate::queries::five();
    assert_eq!(Linker::deviations(&store, register()).expect("a store"), Some(Vec::new()));
    let effective = store.iris().layer("effective");
    let quads = store.graph(&effective).expect("a graph");
    let planted = NamedNode::new("urn:planted").expect("an IRI");
    let label = Literal::from("伪造");
    let graph = GraphName::from(effective);
    store.inner().insert(&Quad::new(planted.clone(), planted.clone(), label, graph)).expect("memory");
    store.inner().remove(&quads[0]).expect("memory");
    let link = store.graph(&store.iris().layer("links")).expect("a graph").swap_remove(0);
    store.inner().remove(&link).expect("memory");
    let found = Linker::deviations(&store, register()).expect("a store").expect("the same rules");
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    let mut expected = vec![planted.to_string(), quads[0].subject.to_string(), link.subject.to_string()];
    expected.sort();
    assert_eq!(found, expected);
}
