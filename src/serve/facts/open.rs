//! 所指未定的引用: what a work cites without telling which work is meant.

use super::{Named, Proof, rows_about};
use crate::{
    model::Relation,
    serve::{error::ApiError, state::AppState, terms::local},
};
use oxrdf::NamedNode;

/// A citation that leaves open what it means.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Open {
    pub(in crate::serve) relation: Relation,
    pub(in crate::serve) title: String,
    /// ambiguous, unidentified.
    pub(in crate::serve) state: String,
    /// Works that it could mean, as far as the corpus knows them.
    pub(in crate::serve) candidates: Vec<Named>,
    pub(in crate::serve) proof: Proof,
}

/// What the claim `?claim` leaves open, and no decision rejects. Needs ?s ?p ?sha ?start ?end.
pub(super) const IS_OPEN: &str = "FILTER NOT EXISTS { ?claim rdf:object ?known }
    FILTER NOT EXISTS { ?decision a zm:Rejection ; rdf:subject ?s ; rdf:predicate ?p ; zm:onSource ?sha ; zm:start ?start ; zm:end ?end .
        FILTER NOT EXISTS { ?decision rdf:object ?other } }";

/// What a work leaves open, by place.
pub(in crate::serve) fn by(state: &AppState, work: &NamedNode) -> Result<Vec<Open>, ApiError> {
    let query = format!(
        "SELECT DISTINCT ?claim ?p ?title ?state ?candidate ?label ?quote ?sentence ?rule ?confidence ?start ?end ?sha ?file {{
            ?claim rdf:subject ?_node , ?s ; rdf:predicate ?p ; a zm:Citation ; zm:state ?state ; zm:quote ?quote ;
                zm:rule ?rule ; zm:confidence ?confidence ; zm:start ?start ; zm:end ?end ; zm:inSource ?source .
            ?source zm:sha256 ?sha ; zm:fileName ?file .
            OPTIONAL {{ ?claim zm:citedTitle ?title }} OPTIONAL {{ ?claim zm:sentence ?sentence }}
            OPTIONAL {{ ?claim zm:candidate ?candidate . ?candidate skos:prefLabel ?label }}
            {IS_OPEN} }} ORDER BY ?file ?start ?end ?claim ?label"
    );
    let mut found: Vec<Open> = Vec::new();
    for row in rows_about(state, &query, work)? {
        let Some(relation) = Relation::parse(local(row.text("p"))) else { continue };
        let candidate = Named { iri: row.text("candidate").to_owned(), label: row.text("label").to_owned() };
        let candidate = Some(candidate).filter(|candidate| !candidate.iri.is_empty());
        match found.last_mut().filter(|last| last.proof.claim == row.text("claim")) {
            Some(last) => last.candidates.extend(candidate),
            None => found.push(Open {
                relation,
                title: row.text("title").to_owned(),
                state: local(row.text("state")).to_owned(),
                candidates: candidate.into_iter().collect(),
                proof: Proof::of(&row),
            }),
        }
    }
    Ok(found)
}
