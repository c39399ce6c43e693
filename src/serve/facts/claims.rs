//! One statement: a claim, a link or a decision, with its evidence and what people decided on it.

use super::{Named, Proof, node, rows_about};
use crate::serve::{error::ApiError, facts::fields::Value, state::AppState, terms::local};
use oxrdf::{NamedNode, Term};

/// A statement about a statement.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Statement {
    /// Local name of its class.
    pub(in crate::serve) class: String,
    pub(in crate::serve) subject: Named,
    /// IRI of the property.
    pub(in crate::serve) predicate: String,
    /// `None` for a citation that leaves open what it means.
    pub(in crate::serve) object: Option<Value>,
    pub(in crate::serve) proof: Proof,
    /// IRI and reason of a decision that rejects it.
    pub(in crate::serve) rejected: Option<(String, String)>,
    /// The claims that a link rests on.
    pub(in crate::serve) evidence: Vec<Proof>,
    pub(in crate::serve) message: String,
}

/// The statement of a node; `None` where it states nothing.
pub(in crate::serve) fn one(state: &AppState, claim: &NamedNode) -> Result<Option<Statement>, ApiError> {
    let query = "SELECT DISTINCT ?class ?s ?p ?o ?claim ?quote ?sentence ?rule ?confidence ?start ?end ?sha ?file ?message ?decision ?reason {
        ?_node a ?class ; rdf:subject ?s ; rdf:predicate ?p . OPTIONAL { ?_node rdf:object ?o } BIND (?_node AS ?claim)
        OPTIONAL { ?_node zm:inSource ?source . ?source zm:sha256 ?sha ; zm:fileName ?file }
        OPTIONAL { ?_node zm:start ?start ; zm:end ?end } OPTIONAL { ?_node zm:quote ?quote } OPTIONAL { ?_node zm:sentence ?sentence }
        OPTIONAL { ?_node zm:rule ?rule } OPTIONAL { ?_node zm:confidence ?confidence } OPTIONAL { ?_node zm:message ?message }
        OPTIONAL { ?decision a zm:Rejection ; rdf:subject ?s ; rdf:predicate ?p ; zm:reason ?reason . OPTIONAL { ?decision rdf:object ?rejected }
            OPTIONAL { ?decision zm:onSource ?on } OPTIONAL { ?decision zm:start ?from ; zm:end ?to } OPTIONAL { ?decision zm:quote ?words }
            FILTER (?decision != ?_node && IF(BOUND(?rejected), BOUND(?o) && ?rejected = ?o, !BOUND(?o)) && (!BOUND(?on) || ?on = ?sha) && (!BOUND(?on) || (?from = ?start && ?to = ?end) || ?words = ?quote)) } } LIMIT 1";
    let rows = rows_about(state, query, claim)?;
    let Some(row) = rows.first() else { return Ok(None) };
    let Some(subject) = row.node("s") else { return Ok(None) };
    let object = match row.term("o") {
        None => None,
        Some(Term::NamedNode(object)) => Some(Value::Node(named(state, object)?)),
        Some(Term::Literal(literal)) => Some(Value::Text(literal.value().to_owned())),
        Some(Term::BlankNode(blank)) => Some(Value::Text(blank.as_str().to_owned())),
    };
    let decision = row.text("decision");
    Ok(Some(Statement {
        class: local(row.text("class")).to_owned(),
        subject: named(state, subject)?,
        predicate: row.text("p").to_owned(),
        object,
        proof: Proof::of(row),
        rejected: Some((decision.to_owned(), row.text("reason").to_owned())).filter(|(iri, _)| !iri.is_empty()),
        evidence: evidence(state, claim)?,
        message: row.text("message").to_owned(),
    }))
}

fn evidence(state: &AppState, link: &NamedNode) -> Result<Vec<Proof>, ApiError> {
    let query = "SELECT DISTINCT ?claim ?quote ?sentence ?rule ?confidence ?start ?end ?sha ?file { ?_node zm:evidence ?claim .
        ?claim zm:start ?start ; zm:end ?end ; zm:rule ?rule ; zm:confidence ?confidence ; zm:inSource ?source . ?source zm:sha256 ?sha ; zm:fileName ?file .
        OPTIONAL { ?claim zm:quote ?quote } OPTIONAL { ?claim zm:sentence ?sentence } } ORDER BY ?file ?start ?claim";
    Ok(rows_about(state, query, link)?.iter().map(Proof::of).collect())
}

fn named(state: &AppState, iri: &NamedNode) -> Result<Named, ApiError> {
    let known = state.terms().has(iri.as_str());
    let label = if known { state.terms().zh(iri.as_str()).to_owned() } else { node::label(state, iri)? };
    Ok(Named { iri: iri.as_str().to_owned(), label })
}
