//! Lists of works and agencies: by filters, and by words in their names.

use super::{Named, rows};
use crate::{
    model::segment,
    query::Row,
    serve::{error::ApiError, state::AppState, terms::local},
};
use oxrdf::{Literal, Term};
use serde::Serialize;

/// A work in a list.
#[derive(Clone, Debug, Serialize)]
pub(in crate::serve) struct WorkRecord {
    pub(in crate::serve) iri: String,
    pub(in crate::serve) label: String,
    /// 发文字号; absent where it has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::serve) number: String,
    /// international, national, province, prefecture, county, unknownLevel.
    pub(in crate::serve) level: String,
    /// held or stub.
    pub(in crate::serve) status: String,
    /// GB/T 2260 code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::serve) region: String,
    /// 成文日期, as precise as written.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(in crate::serve) date: String,
    /// IRI of its policy.
    pub(in crate::serve) policy: String,
}

/// What works are wanted; empty means any.
#[derive(Clone, Debug, Default)]
pub(in crate::serve) struct Filter {
    /// Words in the title or the number.
    pub(in crate::serve) words: String,
    pub(in crate::serve) level: String,
    pub(in crate::serve) status: String,
    pub(in crate::serve) region: String,
    /// Local name behind `kind-`.
    pub(in crate::serve) kind: String,
    /// Local name behind `form-`.
    pub(in crate::serve) form: String,
}

/// Works that a filter lets through, by title, and how many there are in all.
pub(in crate::serve) fn list(
    state: &AppState,
    filter: &Filter,
    limit: usize,
    offset: usize,
) -> Result<(Vec<WorkRecord>, usize), ApiError> {
    let zm = |name: &str| Term::from(crate::model::vocab::zm(name));
    let mut conditions = String::new();
    let mut parameters: Vec<(&str, Term)> = Vec::new();
    let mut condition = |value: &str, pattern: &str, name: &'static str, term: Term| {
        if !value.is_empty() {
            conditions.push_str(pattern);
            parameters.push((name, term));
        }
    };
    let words = Literal::new_simple_literal(&filter.words);
    condition(&filter.words, "FILTER (CONTAINS(?label, ?_words) || CONTAINS(?key, ?_words)) ", "_words", words.into());
    condition(&filter.level, "?work zm:level ?_level . ", "_level", zm(&filter.level));
    condition(&filter.status, "?work zm:status ?_status . ", "_status", zm(&filter.status));
    let region = state.iris().region(&filter.region);
    condition(&filter.region, "?work eli:jurisdiction ?_region . ", "_region", region.into());
    let kind = format!("kind-{}", segment(&filter.kind));
    condition(&filter.kind, "?work eli:type_document ?_kind . ", "_kind", zm(&kind));
    let form = format!("form-{}", segment(&filter.form));
    condition(&filter.form, "?work zm:form ?_form . ", "_form", zm(&form));
    let core = format!(
        "GRAPH ?_effective {{ ?work a zm:PolicyDocument ; skos:prefLabel ?label ; zm:key ?key . {conditions} }}"
    );
    let total = rows(state, &format!("SELECT (COUNT(DISTINCT ?work) AS ?n) {{ {core} }}"), &parameters)?;
    let query = format!(
        "SELECT ?work ?label (MIN(?aNumber) AS ?number) ?level ?status (SAMPLE(?aRegion) AS ?region) (MIN(?someDate) AS ?date) ?policy {{
            {{ SELECT DISTINCT ?work ?label {{ {core} }} ORDER BY ?label ?work LIMIT {limit} OFFSET {offset} }}
            GRAPH ?_effective {{ ?work zm:level ?level ; zm:status ?status ; zm:memberOf ?policy .
                OPTIONAL {{ ?work eli:number ?aNumber }} OPTIONAL {{ ?work eli:jurisdiction ?aRegion }} OPTIONAL {{ ?work eli:date_document ?aDate . BIND (STR(?aDate) AS ?someDate) }} }} }}
        GROUP BY ?work ?label ?level ?status ?policy ORDER BY ?label ?work"
    );
    let listed = rows(state, &query, &parameters)?.iter().map(record).collect();
    Ok((listed, total.first().and_then(|row| row.number("n")).unwrap_or(0)))
}

fn record(row: &Row) -> WorkRecord {
    WorkRecord {
        iri: row.text("work").to_owned(),
        label: row.text("label").to_owned(),
        number: row.text("number").to_owned(),
        level: local(row.text("level")).to_owned(),
        status: local(row.text("status")).to_owned(),
        region: local(row.text("region")).to_owned(),
        date: row.text("date").to_owned(),
        policy: row.text("policy").to_owned(),
    }
}

/// Agencies whose names have these words, the shortest first.
pub(in crate::serve) fn agencies(state: &AppState, words: &str, limit: usize) -> Result<Vec<Named>, ApiError> {
    let query = format!(
        "SELECT DISTINCT ?n ?label {{ VALUES ?class {{ zm:Agency zm:AgencyClass }} ?n a ?class ; skos:prefLabel ?label .
            FILTER (CONTAINS(?label, ?_words)) }} ORDER BY STRLEN(?label) ?label LIMIT {limit}"
    );
    named(state, &query, words)
}

/// Regions whose full names have these words, the largest first.
pub(in crate::serve) fn regions(state: &AppState, words: &str, limit: usize) -> Result<Vec<Named>, ApiError> {
    let query = format!(
        "SELECT DISTINCT ?n ?label {{ ?n a zm:Region ; zm:fullName ?label ; skos:prefLabel ?own .
            FILTER (CONTAINS(?own, ?_words) || STR(?label) = ?_words) }} ORDER BY STRLEN(?label) ?n LIMIT {limit}"
    );
    named(state, &query, words)
}

fn named(state: &AppState, query: &str, words: &str) -> Result<Vec<Named>, ApiError> {
    let rows = rows(state, query, &[("_words", Literal::new_simple_literal(words).into())])?;
    Ok(rows.iter().map(|row| Named { iri: row.text("n").to_owned(), label: row.text("label").to_owned() }).collect())
}
