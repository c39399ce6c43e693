//! 人工裁定 (decisions): that a claim or a link does not hold, that a source is forgotten. They are
//! addressed to a source's words, never to an index, and outlive every re-reading.

use crate::{
    model::vocab::{TYPE, rdf, xsd, zm},
    query::{QueryError, ask, bind, select},
    store::{Store, StoreError},
};
use oxrdf::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};

/// A decision that could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A query failed.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The IRI is no claim and no link.
    #[error("没有这条陈述或链接 (no such claim or link): {0}")]
    Unknown(String),
    /// The identifier is no decision.
    #[error("没有这项裁定 (no such decision): {0}")]
    NoDecision(String),
    /// The identifier is of an erasure, which is not a reviewer's to take back.
    #[error(
        "{0} 是遗忘, 只在命令行撤回 (an erasure is withdrawn on the command line only): zhengmai decide withdraw {0}"
    )]
    Erasure(String),
}

/// Who decides what and why.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// A UUID (version 7).
    pub id: String,
    /// Why.
    pub reason: String,
    /// Who: an opaque identifier, no name.
    pub by: String,
    /// When, ISO 8601 in UTC.
    pub at: String,
}

/// That a source is forgotten.
#[derive(Clone, Debug)]
pub struct Erasure {
    /// A UUID (version 7).
    pub id: String,
    /// SHA-256 of the source's bytes.
    pub sha256: String,
    /// Why.
    pub reason: String,
    /// When, ISO 8601 in UTC.
    pub at: String,
}

const PREFIXES: &str =
    "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ";

/// The decisions with one more: that the claim or link `iri` does not hold.
///
/// # Errors
/// When `iri` is no claim and no link, or the store fails.
pub fn with_rejection(store: &Store, iri: &NamedNode, verdict: &Verdict) -> Result<Vec<Quad>, ReviewError> {
    let query = format!(
        "{PREFIXES} SELECT ?s ?p ?o ?sha ?start ?end ?quote {{ ?_claim rdf:subject ?s ; rdf:predicate ?p . OPTIONAL {{ ?_claim rdf:object ?o }}
         OPTIONAL {{ ?_claim zm:inSource/zm:sha256 ?sha ; zm:start ?start ; zm:end ?end . OPTIONAL {{ ?_claim zm:quote ?quote }} }} }}"
    );
    let rows = select(store, &query, &[("_claim", iri.clone().into())])?;
    let row = rows.first().ok_or_else(|| ReviewError::Unknown(iri.as_str().to_owned()))?;
    let mut decision = Decision::new(store, &verdict.id, "Rejection")?;
    for (name, variable) in [("subject", "s"), ("predicate", "p"), ("object", "o")] {
        if let Some(term) = row.term(variable) {
            decision.add(rdf(name), term.clone());
        }
    }
    if let Some(sha) = row.term("sha") {
        decision.add(zm("onSource"), sha.clone());
        for name in ["start", "end", "quote"] {
            if let Some(term) = row.term(name) {
                decision.add(zm(name), term.clone());
            }
        }
    }
    decision.text("reason", &verdict.reason);
    decision.text("decidedBy", &verdict.by);
    decision.add(zm("decidedAt"), Literal::new_typed_literal(&verdict.at, xsd("dateTime")).into());
    Ok(decision.quads)
}

/// The decisions with one more: that a source is forgotten. Decisions that quote it go with it.
///
/// # Errors
/// When the store fails.
pub fn with_erasure(store: &Store, erasure: &Erasure) -> Result<Vec<Quad>, ReviewError> {
    let mut decision = Decision::new(store, &erasure.id, "Erasure")?;
    let source = Term::from(Literal::new_simple_literal(&erasure.sha256));
    let quoting: Vec<NamedOrBlankNode> = decision
        .quads
        .iter()
        .filter(|quad| quad.predicate == zm("onSource") && quad.object == source)
        .map(|quad| quad.subject.clone())
        .collect();
    decision.quads.retain(|quad| !quoting.contains(&quad.subject));
    decision.add(zm("onSource"), source);
    decision.text("reason", &erasure.reason);
    decision.add(zm("decidedAt"), Literal::new_typed_literal(&erasure.at, xsd("dateTime")).into());
    Ok(decision.quads)
}

/// The decisions without one.
///
/// # Errors
/// When there is no such decision, or the store fails.
pub fn without(store: &Store, id: &str) -> Result<Vec<Quad>, ReviewError> {
    let node = NamedOrBlankNode::NamedNode(decision_iri(store, id));
    let mut quads = store.graph(&store.iris().layer("decisions"))?;
    let before = quads.len();
    quads.retain(|quad| quad.subject != node);
    if quads.len() == before { Err(ReviewError::NoDecision(id.to_owned())) } else { Ok(quads) }
}

/// The decisions without one that rejects a claim or a link.
///
/// # Errors
/// As [`without`], and when it is an erasure: without it a source that was forgotten would be read again.
pub fn without_rejection(store: &Store, id: &str) -> Result<Vec<Quad>, ReviewError> {
    let (node, layer) = (decision_iri(store, id), store.iris().layer("decisions"));
    let erasure = zm("Erasure");
    if store.quads(Some(&node), Some(&TYPE.into_owned()), Some(&erasure), Some(&layer))?.is_empty() {
        without(store, id)
    } else {
        Err(ReviewError::Erasure(id.to_owned()))
    }
}

/// The ids of the decisions that reject a claim or a link.
///
/// # Errors
/// When `iri` is no claim and no link, or the store fails.
pub fn rejections_of(store: &Store, iri: &NamedNode) -> Result<Vec<String>, ReviewError> {
    let claim = "?_claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .";
    if !ask(store, &bind(&format!("{PREFIXES} ASK {{ {claim} }}"), &[("_claim", iri.clone().into())]))? {
        return Err(ReviewError::Unknown(iri.as_str().to_owned()));
    }
    let query = format!(
        "{PREFIXES} SELECT DISTINCT ?rejection {{ {claim} ?rejection a zm:Rejection ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
         OPTIONAL {{ ?_claim zm:inSource/zm:sha256 ?sha ; zm:start ?start ; zm:end ?end . OPTIONAL {{ ?_claim zm:quote ?quote }} }}
         OPTIONAL {{ ?rejection zm:onSource ?on ; zm:start ?wordsStart ; zm:end ?wordsEnd . OPTIONAL {{ ?rejection zm:quote ?words }} }}
         # As link::Rejection::rejects; a link is in no source.
         FILTER (IF(BOUND(?on), BOUND(?sha) && ?on = ?sha && ((?wordsStart = ?start && ?wordsEnd = ?end) || COALESCE(?words = ?quote, false)), !BOUND(?sha))) }}
         ORDER BY ?rejection"
    );
    let rows = select(store, &query, &[("_claim", iri.clone().into())])?;
    Ok(rows.iter().filter_map(|row| Some(row.text("rejection").rsplit('/').next()?.to_owned())).collect())
}

/// Claims that are not rejected and state the same as `iri` does: the words that an edge still rests on.
///
/// # Errors
/// When the store fails.
pub fn others_for_the_same(store: &Store, iri: &NamedNode) -> Result<Vec<NamedNode>, ReviewError> {
    let query = format!(
        "{PREFIXES} SELECT DISTINCT ?other {{ ?_claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
         ?other rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; zm:inSource ?source . ?source zm:sha256 ?sha .
         ?other zm:start ?start ; zm:end ?end . FILTER (?other != ?_claim) OPTIONAL {{ ?other zm:quote ?quote }}
         # As link::Rejection::rejects: on the same source, at the same place or on the same words.
         FILTER NOT EXISTS {{ ?rejection zm:onSource ?sha . FILTER EXISTS {{
             ?rejection rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; zm:start ?wordsStart ; zm:end ?wordsEnd .
             OPTIONAL {{ ?rejection zm:quote ?words }}
             FILTER ((?wordsStart = ?start && ?wordsEnd = ?end) || ?words = ?quote) }} }} }}
         ORDER BY ?other"
    );
    let rows = select(store, &query, &[("_claim", iri.clone().into())])?;
    Ok(rows.iter().filter_map(|row| row.node("other").cloned()).collect())
}

fn decision_iri(store: &Store, id: &str) -> NamedNode {
    store.iris().at(&format!("/id/decision/{id}"))
}

/// The decision graph while one is added to it.
struct Decision {
    node: NamedNode,
    graph: GraphName,
    quads: Vec<Quad>,
}

impl Decision {
    fn new(store: &Store, id: &str, class: &str) -> Result<Self, StoreError> {
        let layer = store.iris().layer("decisions");
        let quads = store.graph(&layer)?;
        let mut decision = Self { node: decision_iri(store, id), graph: GraphName::NamedNode(layer), quads };
        decision.add(TYPE.into_owned(), zm(class).into());
        Ok(decision)
    }

    fn add(&mut self, predicate: NamedNode, object: Term) {
        self.quads.push(Quad::new(self.node.clone(), predicate, object, self.graph.clone()));
    }

    fn text(&mut self, name: &str, value: &str) {
        self.add(zm(name), Literal::new_simple_literal(value).into());
    }
}
