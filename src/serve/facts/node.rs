//! Any node: whether it is there, and its triples.

use super::{Named, rows_about};
use crate::{
    query::ask,
    serve::{error::ApiError, facts::fields::Value, state::AppState, terms::local},
};
use oxrdf::{NamedNode, Term};

/// Whether the store says anything of a node, or with it, or in it.
pub(in crate::serve) fn exists(state: &AppState, node: &NamedNode) -> Result<bool, ApiError> {
    Ok(ask(
        state.store(),
        &format!("ASK {{ {{ {node} ?p ?o }} UNION {{ ?s ?p {node} }} UNION {{ GRAPH {node} {{ ?s ?p ?o }} }} }}"),
    )?)
}

/// What the store says of a node: property and value, each once, in all layers.
pub(in crate::serve) fn triples(state: &AppState, node: &NamedNode) -> Result<Vec<(String, Value)>, ApiError> {
    let query = "SELECT DISTINCT ?p ?o ?label { ?_node ?p ?o OPTIONAL { ?o skos:prefLabel|rdfs:label ?label FILTER (lang(?label) = 'zh') } } ORDER BY ?p ?o";
    let rows = rows_about(state, query, node)?;
    let value = |row: &crate::query::Row| {
        Some(match row.term("o")? {
            Term::NamedNode(node) => {
                let label = Some(row.text("label")).filter(|label| !label.is_empty()).unwrap_or_else(|| node.as_str());
                Value::Node(Named { iri: node.as_str().to_owned(), label: label.to_owned() })
            }
            Term::Literal(literal) => Value::Text(literal.value().to_owned()),
            Term::BlankNode(blank) => Value::Text(blank.as_str().to_owned()),
        })
    };
    Ok(rows.iter().filter_map(|row| Some((row.text("p").to_owned(), value(row)?))).collect())
}

/// What a node is called: its own label, the words of a claim, or the last part of its IRI.
pub(in crate::serve) fn label(state: &AppState, node: &NamedNode) -> Result<String, ApiError> {
    let query = "SELECT ?label { ?_node skos:prefLabel|zm:fileName|zm:quote|zm:message ?label } LIMIT 1";
    let rows = rows_about(state, query, node)?;
    let label = rows.first().map(|row| row.text("label").to_owned()).filter(|label| !label.is_empty());
    Ok(label.unwrap_or_else(|| local(node.as_str()).to_owned()))
}
