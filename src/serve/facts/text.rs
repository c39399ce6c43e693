//! 原文: the text of a work or a source, and what was read at which place of it.

use super::{Place, STANDS, open::IS_OPEN, rows, rows_about};
use crate::{
    query::Row,
    serve::{error::ApiError, state::AppState, terms::local},
};
use oxrdf::{NamedNode, Term};

/// The part of a source that is the text of a work.
#[derive(Clone, Debug)]
pub(in crate::serve) struct TextPart {
    pub(in crate::serve) iri: String,
    pub(in crate::serve) work: super::Named,
    /// notice, promulgated, document.
    pub(in crate::serve) role: String,
    pub(in crate::serve) place: Place,
}

/// Something that was read at a place.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Reading {
    pub(in crate::serve) iri: String,
    /// Citation, Assignment, `DeadlineClaim`, Target, `FieldClaim`, Measure, Finding.
    pub(in crate::serve) class: String,
    /// Local name of the predicate of a claim.
    pub(in crate::serve) predicate: String,
    /// Object of a claim, if it is a node.
    pub(in crate::serve) object: Option<super::Named>,
    pub(in crate::serve) start: usize,
    pub(in crate::serve) end: usize,
    /// Of a finding: code, severity, message.
    pub(in crate::serve) code: String,
    pub(in crate::serve) severity: String,
    pub(in crate::serve) message: String,
}

/// The texts that a work has.
pub(in crate::serve) fn of_work(state: &AppState, work: &NamedNode) -> Result<Vec<TextPart>, ApiError> {
    parts(state, "?text eli:realizes ?_node .", work)
}

/// The texts in a source.
pub(in crate::serve) fn of_source(state: &AppState, source: &NamedNode) -> Result<Vec<TextPart>, ApiError> {
    parts(state, "?text eli:is_embodied_by ?_node .", source)
}

/// One text.
pub(in crate::serve) fn one(state: &AppState, text: &NamedNode) -> Result<Option<TextPart>, ApiError> {
    Ok(parts(state, "BIND (?_node AS ?text)", text)?.pop())
}

fn parts(state: &AppState, which: &str, node: &NamedNode) -> Result<Vec<TextPart>, ApiError> {
    let query = format!(
        "SELECT DISTINCT ?text ?work ?label ?role ?start ?end ?sha ?file {{ {which}
            ?text a zm:DocumentText ; eli:realizes ?work ; zm:role ?role ; zm:start ?start ; zm:end ?end ; eli:is_embodied_by ?source .
            ?source zm:sha256 ?sha ; zm:fileName ?file . GRAPH ?_effective {{ ?work skos:prefLabel ?label }} }} ORDER BY ?file ?start"
    );
    let part = |row: &Row| TextPart {
        iri: row.text("text").to_owned(),
        work: super::Named { iri: row.text("work").to_owned(), label: row.text("label").to_owned() },
        role: local(row.text("role")).to_owned(),
        place: Place {
            source: row.text("sha").to_owned(),
            file: row.text("file").to_owned(),
            start: row.number("start").unwrap_or(0),
            end: row.number("end").unwrap_or(0),
        },
    };
    Ok(rows_about(state, &query, node)?.iter().map(part).collect())
}

/// The whole text of a source, personal data masked; empty for a source that is not there.
pub(in crate::serve) fn plain(state: &AppState, sha256: &str) -> Result<String, ApiError> {
    let source = state.iris().source(sha256);
    let rows = rows_about(state, "SELECT ?text { ?_node zm:plainText ?text } LIMIT 1", &source)?;
    Ok(rows.first().map(|row| row.text("text").to_owned()).unwrap_or_default())
}

/// What was read in a source, by place; what has no place comes first.
pub(in crate::serve) fn readings(state: &AppState, sha256: &str) -> Result<Vec<Reading>, ApiError> {
    let source = [("_source", Term::from(state.iris().source(sha256)))];
    let claims = format!(
        "SELECT DISTINCT ?claim ?class ?p ?o ?label ?start ?end {{ ?claim zm:inSource ?_source ; a ?class ; rdf:subject ?s ; rdf:predicate ?p ;
            rdf:object ?o ; zm:start ?start ; zm:end ?end . ?_source zm:sha256 ?sha .
            OPTIONAL {{ ?claim zm:quote ?quote }} OPTIONAL {{ ?o skos:prefLabel ?label FILTER (lang(?label) = 'zh') }} {STANDS} }}"
    );
    let mut found: Vec<Reading> = rows(state, &claims, &source)?.iter().map(reading).collect();
    let open = format!(
        "SELECT DISTINCT ?claim ?class ?p ?start ?end {{ ?claim zm:inSource ?_source ; a ?class ; rdf:subject ?s ; rdf:predicate ?p ;
            zm:start ?start ; zm:end ?end . ?_source zm:sha256 ?sha . {IS_OPEN} }}"
    );
    found.extend(rows(state, &open, &source)?.iter().map(reading));
    let others =
        "SELECT DISTINCT ?claim ?class ?code ?severity ?message ?start ?end { VALUES ?class { zm:Finding zm:Measure }
        ?claim zm:inSource ?_source ; a ?class . OPTIONAL { ?claim zm:start ?start ; zm:end ?end }
        OPTIONAL { ?claim zm:code ?code ; zm:severity ?severity ; zm:message ?message } }";
    found.extend(rows(state, others, &source)?.iter().map(reading));
    found.sort_by(|a, b| (a.start, std::cmp::Reverse(a.end), &a.iri).cmp(&(b.start, std::cmp::Reverse(b.end), &b.iri)));
    Ok(found)
}

fn reading(row: &Row) -> Reading {
    let object =
        row.node("o").map(|node| super::Named { iri: node.as_str().to_owned(), label: row.text("label").to_owned() });
    Reading {
        iri: row.text("claim").to_owned(),
        class: local(row.text("class")).to_owned(),
        predicate: local(row.text("p")).to_owned(),
        object,
        start: row.number("start").unwrap_or(0),
        end: row.number("end").unwrap_or(0),
        code: row.text("code").to_owned(),
        severity: local(row.text("severity")).to_owned(),
        message: row.text("message").to_owned(),
    }
}
