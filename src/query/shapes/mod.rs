//! 形状 (shapes): whether the graph is as `ontology/shapes.ttl` says. A SHACL validator for the constructs
//! that the head of that file lists; each constraint becomes one SELECT over the union of the layers.

mod read;
mod translate;

use super::{QueryError, select};
use crate::store::Store;
use oxigraph::model::{NamedNode, Term};
use std::collections::BTreeSet;

/// Something that a shape does not allow (`sh:ValidationResult`).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Violation {
    /// The shape: of a property, or of a node where the constraint is a query (`sh:sourceShape`).
    pub shape: NamedNode,
    /// The node that is at fault (`sh:focusNode`).
    pub focus: Term,
    /// The property that is at fault (`sh:resultPath`).
    pub path: Option<NamedNode>,
    /// The value that is at fault (`sh:value`).
    pub value: Option<Term>,
    /// What should be, in Chinese.
    pub message: String,
    /// What should be, in English.
    pub message_en: String,
}

impl Violation {
    /// The shape's name: its IRI behind the last `#`.
    #[must_use]
    pub fn name(&self) -> &str {
        let iri = self.shape.as_str();
        iri.rsplit_once('#').map_or(iri, |(_, name)| name)
    }

    fn key(&self) -> (String, String, String, String) {
        let written = |term: &Option<Term>| term.as_ref().map(ToString::to_string).unwrap_or_default();
        let path = self.path.as_ref().map(|path| path.as_str().to_owned()).unwrap_or_default();
        (self.shape.as_str().to_owned(), self.focus.to_string(), path, written(&self.value))
    }
}

/// All violations in a store, in the order of shape, focus, path and value; each once. The shapes are those
/// of the ontology graph, or the built-in ones where it has none. What the constraints know of classes and
/// relations they find in the ontology graph, which every `ingest` lays. O(n) in the size of the store for
/// each of some two hundred queries.
///
/// ```
/// use zhengmai::{query::violations, store::Store};
/// assert_eq!(violations(&Store::in_memory("http://127.0.0.1:7979")?)?, []);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When a query can't be evaluated.
pub fn violations(store: &Store) -> Result<Vec<Violation>, QueryError> {
    let mut found = Vec::new();
    for shape in read::node_shapes(store)? {
        for check in translate::checks(&shape) {
            let mut rows = select(store, &check.query, &[])?;
            if check.is_of_all && !rows.is_empty() {
                let targets = targets(store, &translate::targets(&shape))?;
                rows.retain(|row| row.term("this").is_some_and(|focus| targets.contains(&focus.to_string())));
            }
            found.extend(rows.iter().filter_map(|row| {
                Some(Violation {
                    shape: check.shape.clone(),
                    focus: row.term("this")?.clone(),
                    path: check.path.clone().or_else(|| row.node("path").cloned()),
                    value: row.term("value").cloned(),
                    message: check.message.chinese.clone(),
                    message_en: check.message.english.clone(),
                })
            }));
        }
    }
    found.sort_by_cached_key(Violation::key);
    found.dedup();
    Ok(found)
}

/// The nodes that a shape is about.
fn targets(store: &Store, query: &str) -> Result<BTreeSet<String>, QueryError> {
    Ok(select(store, query, &[])?.iter().filter_map(|row| row.term("this").map(ToString::to_string)).collect())
}
