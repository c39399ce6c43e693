//! What the store holds: how many things of each class, with which properties, to which classes or datatypes.

use crate::serve::{error::ApiError, facts::rows, state::AppState};
use oxrdf::NamedNode;
use std::collections::BTreeMap;

/// Counts of one version of the store.
#[derive(Debug, Default)]
pub(in crate::serve) struct Partitions {
    pub(super) triples: usize,
    pub(super) classes: BTreeMap<NamedNode, Class>,
    /// Property → triples.
    pub(super) properties: BTreeMap<NamedNode, usize>,
}

/// The things of one class.
#[derive(Debug, Default)]
pub(super) struct Class {
    pub(super) entities: usize,
    pub(super) properties: BTreeMap<NamedNode, Property>,
}

/// The triples of a class with one property.
#[derive(Debug, Default)]
pub(super) struct Property {
    pub(super) triples: usize,
    /// Class of the objects → triples.
    pub(super) classes: BTreeMap<NamedNode, usize>,
    /// Datatype of the objects → triples.
    pub(super) datatypes: BTreeMap<NamedNode, usize>,
}

const ENTITIES: &str = "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) { ?s a ?class } GROUP BY ?class";
const PROPERTIES: &str = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p";
const OF_CLASSES: &str = "SELECT ?class ?p (COUNT(*) AS ?n) { ?s a ?class ; ?p ?o } GROUP BY ?class ?p";
const TO_CLASSES: &str =
    "SELECT ?class ?p ?to (COUNT(*) AS ?n) { ?o a ?to . ?s ?p ?o ; a ?class } GROUP BY ?class ?p ?to";
const TO_DATATYPES: &str = "SELECT ?class ?p ?to (COUNT(*) AS ?n) { ?s a ?class ; ?p ?o FILTER isLiteral(?o) BIND (DATATYPE(?o) AS ?to) } GROUP BY ?class ?p ?to";

impl Partitions {
    /// Counts everything: one pass for each kind of count, O(n) for n triples.
    ///
    /// # Errors
    /// When the store can't be read.
    pub(in crate::serve) fn load(state: &AppState) -> Result<Self, ApiError> {
        let mut partitions = Self::default();
        for row in rows(state, PROPERTIES, &[])? {
            if let (Some(property), Some(count)) = (row.node("p"), row.number("n")) {
                partitions.triples += count;
                partitions.properties.insert(property.clone(), count);
            }
        }
        for row in rows(state, ENTITIES, &[])? {
            if let (Some(class), Some(count)) = (row.node("class"), row.number("n")) {
                partitions.classes.entry(class.clone()).or_default().entities = count;
            }
        }
        for (query, is_class) in [(OF_CLASSES, None), (TO_CLASSES, Some(true)), (TO_DATATYPES, Some(false))] {
            for row in rows(state, query, &[])? {
                let (Some(class), Some(property), Some(count)) = (row.node("class"), row.node("p"), row.number("n"))
                else {
                    continue;
                };
                let class = partitions.classes.entry(class.clone()).or_default();
                let property = class.properties.entry(property.clone()).or_default();
                match (is_class, row.node("to")) {
                    (None, _) => property.triples = count,
                    (Some(true), Some(to)) => drop(property.classes.insert(to.clone(), count)),
                    (Some(false), Some(to)) => drop(property.datatypes.insert(to.clone(), count)),
                    (Some(_), None) => (),
                }
            }
        }
        Ok(partitions)
    }
}
