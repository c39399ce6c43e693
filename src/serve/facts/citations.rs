//! 上承下启: what a work cites and what cites it, with the sentences.

use super::{Named, Proof, STANDS, rows_about};
use crate::{
    model::Relation,
    serve::{error::ApiError, state::AppState, terms::local},
};
use oxrdf::NamedNode;

/// That one work stands in a relation to another, and all that says so.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Citation {
    pub(in crate::serve) relation: Relation,
    /// The other work.
    pub(in crate::serve) other: Named,
    pub(in crate::serve) number: String,
    pub(in crate::serve) is_held: bool,
    /// identified, ambiguous, unidentified.
    pub(in crate::serve) state: String,
    pub(in crate::serve) proofs: Vec<Proof>,
}

/// What a work cites.
pub(in crate::serve) fn by(state: &AppState, work: &NamedNode) -> Result<Vec<Citation>, ApiError> {
    load(state, work, "?claim rdf:subject ?_node ; rdf:object ?other .")
}

/// What cites a work.
pub(in crate::serve) fn of(state: &AppState, work: &NamedNode) -> Result<Vec<Citation>, ApiError> {
    load(state, work, "?claim rdf:object ?_node ; rdf:subject ?other .")
}

fn load(state: &AppState, work: &NamedNode, ends: &str) -> Result<Vec<Citation>, ApiError> {
    let query = format!(
        "SELECT DISTINCT ?other ?label ?number ?status ?p ?state ?claim ?quote ?sentence ?rule ?confidence ?start ?end ?sha ?file {{
            {ends}
            ?claim a zm:Citation ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; zm:rule ?rule ; zm:confidence ?confidence ;
                zm:start ?start ; zm:end ?end ; zm:inSource ?source .
            ?source zm:sha256 ?sha ; zm:fileName ?file .
            GRAPH ?_effective {{ ?other skos:prefLabel ?label ; zm:status ?status }}
            OPTIONAL {{ GRAPH ?_effective {{ ?other eli:number ?number }} }}
            OPTIONAL {{ ?claim zm:state ?state }}
            OPTIONAL {{ ?claim zm:quote ?quote }}
            OPTIONAL {{ ?claim zm:sentence ?sentence }}
            {STANDS} }} ORDER BY ?label ?other ?file ?start ?end ?claim"
    );
    let mut found: Vec<Citation> = Vec::new();
    for row in rows_about(state, &query, work)? {
        let Some(relation) = Relation::parse(local(row.text("p"))) else { continue };
        let proof = Proof::of(&row);
        let known = found.iter_mut().find(|known| known.relation == relation && known.other.iri == row.text("other"));
        match known {
            Some(known) if known.proofs.contains(&proof) => (),
            Some(known) => known.proofs.push(proof),
            None => found.push(Citation {
                relation,
                other: Named { iri: row.text("other").to_owned(), label: row.text("label").to_owned() },
                number: row.text("number").to_owned(),
                is_held: local(row.text("status")) == "held",
                state: local(row.text("state")).to_owned(),
                proofs: vec![proof],
            }),
        }
    }
    found.sort_by(|a, b| (a.relation, &a.other.label).cmp(&(b.relation, &b.other.label)));
    Ok(found)
}
