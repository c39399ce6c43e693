//! What pages and the API say, out of the store: one SELECT for each kind of thing, into plain values.

pub(super) mod agency;
pub(super) mod citations;
pub(super) mod claims;
pub(super) mod facets;
pub(super) mod fields;
pub(super) mod links;
pub(super) mod measures;
pub(super) mod node;
pub(super) mod open;
pub(super) mod overview;
pub(super) mod text;
pub(super) mod works;

use super::{error::ApiError, state::AppState, terms::local};
use crate::query::{Row, select};
use oxrdf::{NamedNode, Term};

const PREFIXES: &str = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX eli: <http://data.europa.eu/eli/ontology#> \
    PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> \
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX prov: <http://www.w3.org/ns/prov#> ";

/// That no decision rejects `?claim`, by its place or by its words. Needs ?s ?p ?o ?sha ?start ?end ?quote.
const STANDS: &str = "FILTER NOT EXISTS { ?decision a zm:Rejection ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; zm:onSource ?sha ; zm:start ?start ; zm:end ?end }
    FILTER NOT EXISTS { ?decision a zm:Rejection ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; zm:onSource ?sha ; zm:quote ?quote }";

/// The rows of a SELECT, with the prefixes in use and `?_effective` for the effective graph.
pub(super) fn rows(state: &AppState, query: &str, parameters: &[(&str, Term)]) -> Result<Vec<Row>, ApiError> {
    let mut all = vec![("_effective", Term::from(state.iris().layer("effective")))];
    all.extend_from_slice(parameters);
    Ok(select(state.store(), &format!("{PREFIXES}{query}"), &all)?)
}

/// The rows of a SELECT about one node, `?_node`.
fn rows_about(state: &AppState, query: &str, node: &NamedNode) -> Result<Vec<Row>, ApiError> {
    rows(state, query, &[("_node", node.clone().into())])
}

/// A thing with a name.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Named {
    pub(super) iri: String,
    pub(super) label: String,
}

/// A place in a source, in code points.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Place {
    /// SHA-256 of the source.
    pub(super) source: String,
    pub(super) file: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What a statement rests on.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Proof {
    pub(super) place: Place,
    /// IRI of the claim.
    pub(super) claim: String,
    pub(super) quote: String,
    /// The sentence around the quote; empty where there is none.
    pub(super) sentence: String,
    pub(super) rule: String,
    /// high, medium, low.
    pub(super) confidence: String,
}

impl Proof {
    /// Of a row with ?claim ?sha ?file ?start ?end ?quote ?sentence ?rule ?confidence.
    fn of(row: &Row) -> Self {
        Self {
            place: Place {
                source: row.text("sha").to_owned(),
                file: row.text("file").to_owned(),
                start: row.number("start").unwrap_or(0),
                end: row.number("end").unwrap_or(0),
            },
            claim: row.text("claim").to_owned(),
            quote: row.text("quote").to_owned(),
            sentence: row.text("sentence").to_owned(),
            rule: row.text("rule").to_owned(),
            confidence: local(row.text("confidence")).to_owned(),
        }
    }
}
