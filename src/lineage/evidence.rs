//! 出处 (evidence): the claims behind an edge, with the sentences they were read from.

use super::{Edge, Lineage, View};
use crate::{
    model::Relation,
    query::{QueryError, Row, select},
    store::Store,
};
use oxrdf::{NamedNode, Term};
use std::collections::{BTreeMap, BTreeSet};

/// A claim that one work stands in a relation to another, and what it rests on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Evidence {
    /// The claim.
    pub claim: NamedNode,
    /// The work that cites.
    pub citing: NamedNode,
    /// How.
    pub relation: Relation,
    /// The work that is cited.
    pub cited: NamedNode,
    /// The words that cite.
    pub quote: String,
    /// The sentence around them; the words alone where there is none.
    pub sentence: String,
    /// Where the words start in the source, in code points.
    pub start: usize,
    /// One past their end.
    pub end: usize,
    /// SHA-256 of the source.
    pub source: String,
    /// Name of the file.
    pub file: String,
    /// high, medium or low.
    pub confidence: String,
}

/// Evidence by the edges that it is for.
pub type Evidences = BTreeMap<Edge, Vec<Evidence>>;

const CLAIMS: &str = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT DISTINCT ?claim ?citing ?relation ?cited ?quote ?sentence ?start ?end ?sha256 ?file ?confidence {
    # The plain edge stands in the effective graph.
    GRAPH ?_effective { ?citing zm:memberOf ?_from . ?cited zm:memberOf ?_to . ?citing ?relation ?cited }
    ?claim rdf:subject ?citing ; rdf:object ?cited ; rdf:predicate ?relation ; a zm:Citation ;
        zm:quote ?quote ; zm:start ?start ; zm:end ?end ; zm:confidence ?confidence ; zm:inSource ?source .
    ?source zm:sha256 ?sha256 ; zm:fileName ?file .
    OPTIONAL { ?claim zm:sentence ?sentence }
    # Nobody has rejected this claim for it, by its place or by its words.
    FILTER NOT EXISTS {
        ?decision a zm:Rejection ; rdf:subject ?citing ; rdf:predicate ?relation ; rdf:object ?cited ;
            zm:onSource ?sha256 ; zm:start ?start ; zm:end ?end .
    }
    FILTER NOT EXISTS {
        ?decision a zm:Rejection ; rdf:subject ?citing ; rdf:predicate ?relation ; rdf:object ?cited ;
            zm:onSource ?sha256 ; zm:quote ?quote .
    }
}";

/// The claims by which one policy stands in any relation to another, by relation, file and place. One
/// query, O(k log n) for k claims on the works of `to`.
///
/// # Errors
/// When the disk fails.
pub fn evidence(store: &Store, from: &NamedNode, to: &NamedNode) -> Result<Vec<Evidence>, QueryError> {
    let parameters = [
        ("_effective", store.iris().layer("effective").into()),
        ("_from", from.clone().into()),
        ("_to", Term::from(to.clone())),
    ];
    let mut found: Vec<Evidence> = select(store, CLAIMS, &parameters)?.iter().filter_map(of_row).collect();
    found.sort_by(|a, b| key(a).cmp(&key(b)));
    Ok(found)
}

/// The evidence for every edge of a view. A query for each pair of policies that has edges.
///
/// # Errors
/// When the disk fails.
pub fn evidence_of(store: &Store, lineage: &Lineage, view: &View) -> Result<Evidences, QueryError> {
    let mut found: Evidences = BTreeMap::new();
    let pairs: BTreeSet<_> = view.edges.iter().map(|edge| (edge.from, edge.to)).collect();
    for (from, to) in pairs {
        for evidence in evidence(store, &lineage[from].iri, &lineage[to].iri)? {
            found.entry(Edge { from, to, relation: evidence.relation }).or_default().push(evidence);
        }
    }
    Ok(found)
}

fn key(evidence: &Evidence) -> (Relation, &str, usize, usize, &str) {
    (evidence.relation, &evidence.file, evidence.start, evidence.end, evidence.claim.as_str())
}

fn of_row(row: &Row) -> Option<Evidence> {
    let local = |name: &str| row.text(name).rsplit('#').next().unwrap_or_default().to_owned();
    let quote = row.text("quote").to_owned();
    let sentence = row.text("sentence");
    Some(Evidence {
        claim: row.node("claim")?.clone(),
        citing: row.node("citing")?.clone(),
        relation: Relation::parse(&local("relation"))?,
        cited: row.node("cited")?.clone(),
        sentence: if sentence.is_empty() { quote.clone() } else { sentence.to_owned() },
        quote,
        start: row.number("start")?,
        end: row.number("end")?,
        source: row.text("sha256").to_owned(),
        file: row.text("file").to_owned(),
        confidence: local("confidence"),
    })
}
