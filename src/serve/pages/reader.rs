//! What pages read from the store: rows, labels, claims that stand.

use crate::{
    query::{QueryError, Row, select},
    store::Store,
};
use oxrdf::{NamedNode, Term};

const PREFIXES: &str = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX eli: <http://data.europa.eu/eli/ontology#> \
    PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> \
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#> ";

/// Reads one store.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    store: &'a Store,
}

/// 陈述 (a claim): a statement and what it rests on.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub(super) iri: NamedNode,
    /// Local name of its class.
    pub(super) class: String,
    pub(super) subject: NamedNode,
    pub(super) predicate: NamedNode,
    pub(super) object: Term,
    pub(super) quote: String,
    pub(super) sentence: String,
    /// Name of the agency that it is about, if it is about one.
    pub(super) agent: String,
    /// In code points of the source.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) rule: String,
    /// high, medium or low.
    pub(super) confidence: String,
    pub(super) source: NamedNode,
    pub(super) file: String,
}

impl Claim {
    /// The words around the quote, or the quote alone.
    pub(super) fn context(&self) -> &str {
        if self.sentence.is_empty() { &self.quote } else { &self.sentence }
    }

    /// Local name of the predicate.
    pub(super) fn property(&self) -> &str {
        local(self.predicate.as_str())
    }

    /// The object, where it is a node.
    pub(super) fn object_node(&self) -> Option<&NamedNode> {
        match &self.object {
            Term::NamedNode(node) => Some(node),
            _ => None,
        }
    }
}

/// Behind a pattern that binds `?claim`: its evidence, and that nobody has rejected it, by its place or by
/// its words.
const STANDING: &str = "
    ?claim a ?class ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; zm:start ?start ;
        zm:end ?end ; zm:inSource ?source ; zm:rule ?rule ; zm:confidence ?confidence .
    ?source zm:sha256 ?sha256 ; zm:fileName ?file .
    OPTIONAL { ?claim zm:quote ?quote } OPTIONAL { ?claim zm:sentence ?sentence }
    OPTIONAL { ?claim zm:agentName ?agent }
    FILTER NOT EXISTS {
        ?decision a zm:Rejection ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
            zm:onSource ?sha256 ; zm:start ?start ; zm:end ?end .
    }
    FILTER NOT EXISTS {
        ?decision a zm:Rejection ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
            zm:onSource ?sha256 ; zm:quote ?quote .
    }";

impl<'a> Reader<'a> {
    pub(super) fn new(store: &'a Store) -> Self {
        Self { store }
    }

    pub(super) fn store(self) -> &'a Store {
        self.store
    }

    /// The rows of a SELECT; `?_effective` is the effective graph.
    pub(super) fn rows(self, query: &str, parameters: &[(&str, &NamedNode)]) -> Result<Vec<Row>, QueryError> {
        let effective = self.store.iris().layer("effective");
        let mut terms: Vec<(&str, Term)> = vec![("_effective", effective.into())];
        terms.extend(parameters.iter().map(|(name, node)| (*name, Term::from((*node).clone()))));
        select(self.store, &format!("{PREFIXES}{query}"), &terms)
    }

    /// The claims of a pattern that no decision rejects, by file and place. `?_node` in the pattern is `node`.
    pub(super) fn claims(self, pattern: &str, node: &NamedNode) -> Result<Vec<Claim>, QueryError> {
        let query = format!("SELECT DISTINCT * {{ {pattern} {STANDING} }}");
        let mut claims: Vec<Claim> = self.rows(&query, &[("_node", node)])?.iter().filter_map(claim).collect();
        claims.sort_by(|a, b| (&a.file, a.start, a.end, &a.iri).cmp(&(&b.file, b.start, b.end, &b.iri)));
        Ok(claims)
    }

    /// What a node is called, in Chinese where it is known; else the last part of its IRI.
    pub(super) fn label(self, node: &NamedNode) -> Result<String, QueryError> {
        let query = "SELECT ?label ?full { { ?_node skos:prefLabel ?label } UNION { ?_node rdfs:label ?label }
            OPTIONAL { ?_node zm:fullName ?full } FILTER (LANG(?label) != 'en') } ORDER BY ?label LIMIT 1";
        let rows = self.rows(query, &[("_node", node)])?;
        let known = rows.first().map(|row| [row.text("full"), row.text("label")]);
        let known = known.and_then(|names| names.into_iter().find(|name| !name.is_empty()).map(str::to_owned));
        Ok(known.unwrap_or_else(|| decoded(node.as_str().rsplit(['/', '#']).next().unwrap_or_default())))
    }

    /// Local names of the classes of a node.
    pub(super) fn classes(self, node: &NamedNode) -> Result<Vec<String>, QueryError> {
        let rows = self.rows("SELECT DISTINCT ?class { ?_node a ?class } ORDER BY ?class", &[("_node", node)])?;
        Ok(rows.iter().map(|row| local(row.text("class")).to_owned()).collect())
    }
}

fn claim(row: &Row) -> Option<Claim> {
    let text = |name: &str| row.text(name).to_owned();
    Some(Claim {
        iri: row.node("claim")?.clone(),
        class: local(row.text("class")).to_owned(),
        subject: row.node("subject")?.clone(),
        predicate: row.node("predicate")?.clone(),
        object: row.term("object")?.clone(),
        quote: text("quote"),
        sentence: text("sentence"),
        agent: text("agent"),
        start: row.number("start")?,
        end: row.number("end")?,
        rule: text("rule"),
        confidence: local(row.text("confidence")).to_owned(),
        source: row.node("source")?.clone(),
        file: text("file"),
    })
}

/// What stands behind the last `#` or `/` of an IRI.
pub(super) fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or_default()
}

/// Percent-encoded text for readers.
pub(super) fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}
