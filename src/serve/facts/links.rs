//! 关联: two works that are one, or may be.

use super::{Named, Proof, rows_about};
use crate::serve::{error::ApiError, state::AppState, terms::local};
use oxrdf::NamedNode;

/// A link of a work with another.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Link {
    pub(in crate::serve) iri: String,
    /// alias, near-title, number-conflict, same-text, near-text.
    pub(in crate::serve) kind: String,
    pub(in crate::serve) other: Named,
    pub(in crate::serve) number: String,
    pub(in crate::serve) message: String,
    pub(in crate::serve) confidence: String,
    /// The claims that it rests on.
    pub(in crate::serve) proofs: Vec<Proof>,
}

/// The links of a work.
pub(in crate::serve) fn of_work(state: &AppState, work: &NamedNode) -> Result<Vec<Link>, ApiError> {
    let query = "SELECT DISTINCT ?link ?kind ?other ?label ?number ?message ?grade ?claim ?quote ?sentence ?rule ?confidence ?start ?end ?sha ?file {
        { ?link rdf:subject ?_node ; rdf:object ?other } UNION { ?link rdf:object ?_node ; rdf:subject ?other }
        ?link a zm:Link ; zm:linkKind ?kind ; zm:confidence ?grade .
        GRAPH ?_effective { ?other skos:prefLabel ?label }
        OPTIONAL { GRAPH ?_effective { ?other eli:number ?number } } OPTIONAL { ?link zm:message ?message }
        OPTIONAL { ?link zm:evidence ?claim . ?claim zm:start ?start ; zm:end ?end ; zm:rule ?rule ; zm:confidence ?confidence ; zm:inSource ?source .
            ?source zm:sha256 ?sha ; zm:fileName ?file . OPTIONAL { ?claim zm:quote ?quote } OPTIONAL { ?claim zm:sentence ?sentence } }
        } ORDER BY ?link ?file ?start ?claim";
    let mut links: Vec<Link> = Vec::new();
    for row in rows_about(state, query, work)? {
        let proof = Some(Proof::of(&row)).filter(|proof| !proof.claim.is_empty());
        match links.last_mut().filter(|link| link.iri == row.text("link")) {
            Some(link) => link.proofs.extend(proof),
            None => links.push(Link {
                iri: row.text("link").to_owned(),
                kind: row.text("kind").to_owned(),
                other: Named { iri: row.text("other").to_owned(), label: row.text("label").to_owned() },
                number: row.text("number").to_owned(),
                message: row.text("message").to_owned(),
                confidence: local(row.text("grade")).to_owned(),
                proofs: proof.into_iter().collect(),
            }),
        }
    }
    for link in &mut links {
        // One place may bear two claims; it is one piece of evidence.
        link.proofs.dedup_by(|a, b| a.place == b.place);
    }
    Ok(links)
}
