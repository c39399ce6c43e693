//! 机关与地区: an agency with what it issued; a region with what belongs to it.

use super::{Named, rows_about};
use crate::serve::{error::ApiError, state::AppState, terms::local};
use oxrdf::NamedNode;

/// An agency.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Agency {
    pub(in crate::serve) name: String,
    /// Whether it stands for a class of agencies.
    pub(in crate::serve) is_class: bool,
    pub(in crate::serve) region: Option<Named>,
    /// What it has to do with documents: property and work.
    pub(in crate::serve) works: Vec<(String, Named)>,
}

/// An agency by its node.
pub(in crate::serve) fn one(state: &AppState, agency: &NamedNode) -> Result<Option<Agency>, ApiError> {
    let query = "SELECT DISTINCT ?class ?label ?region ?name { ?_node a ?class ; skos:prefLabel ?label .
        OPTIONAL { ?_node zm:region ?region . ?region zm:fullName ?name } } ORDER BY ?region LIMIT 1";
    let rows = rows_about(state, query, agency)?;
    let Some(row) = rows.first() else { return Ok(None) };
    let works = "SELECT DISTINCT ?p ?work ?label { GRAPH ?_effective { ?work ?p ?_node ; a zm:PolicyDocument ; skos:prefLabel ?label } } ORDER BY ?p ?label";
    let works = rows_about(state, works, agency)?;
    let named = |row: &crate::query::Row, iri: &str, label: &str| Named {
        iri: row.text(iri).to_owned(),
        label: row.text(label).to_owned(),
    };
    Ok(Some(Agency {
        name: row.text("label").to_owned(),
        is_class: local(row.text("class")) == "AgencyClass",
        region: row.node("region").map(|_| named(row, "region", "name")),
        works: works.iter().map(|row| (row.text("p").to_owned(), named(row, "work", "label"))).collect(),
    }))
}

/// A region.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Region {
    pub(in crate::serve) name: String,
    pub(in crate::serve) code: String,
    /// Local name of its level.
    pub(in crate::serve) level: String,
    pub(in crate::serve) above: Option<Named>,
    pub(in crate::serve) below: Vec<Named>,
    pub(in crate::serve) works: Vec<Named>,
    pub(in crate::serve) agencies: Vec<Named>,
}

/// A region by its node.
pub(in crate::serve) fn region(state: &AppState, region: &NamedNode) -> Result<Option<Region>, ApiError> {
    let query = "SELECT ?name ?code ?level ?above ?aboveName { ?_node a zm:Region ; zm:fullName ?name ; skos:notation ?code ; zm:level ?level .
        OPTIONAL { ?_node skos:broader ?above . ?above skos:prefLabel ?aboveName } } LIMIT 1";
    let rows = rows_about(state, query, region)?;
    let Some(row) = rows.first() else { return Ok(None) };
    let list = |query: &str| -> Result<Vec<Named>, ApiError> {
        let rows = rows_about(state, query, region)?;
        Ok(rows
            .iter()
            .map(|row| Named { iri: row.text("n").to_owned(), label: row.text("label").to_owned() })
            .collect())
    };
    Ok(Some(Region {
        name: row.text("name").to_owned(),
        code: row.text("code").to_owned(),
        level: row.text("level").to_owned(),
        above: row
            .node("above")
            .map(|_| Named { iri: row.text("above").to_owned(), label: row.text("aboveName").to_owned() }),
        below: list(
            "SELECT DISTINCT ?n ?label { ?n skos:broader ?_node ; a zm:Region ; skos:prefLabel ?label } ORDER BY ?n",
        )?,
        works: list(
            "SELECT DISTINCT ?n ?label { GRAPH ?_effective { ?n eli:jurisdiction ?_node ; skos:prefLabel ?label } } ORDER BY ?label",
        )?,
        agencies: list("SELECT DISTINCT ?n ?label { ?n zm:region ?_node ; skos:prefLabel ?label } ORDER BY ?label")?,
    }))
}
