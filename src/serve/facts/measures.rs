//! 措施: who does what by when.

use super::{Named, Place, STANDS, rows};
use crate::{
    query::Row,
    serve::{error::ApiError, state::AppState, terms::local},
};
use oxrdf::{NamedNode, Term};
use std::collections::BTreeMap;

/// A measure.
#[derive(Clone, Debug, Default)]
pub(in crate::serve) struct Measure {
    pub(in crate::serve) iri: String,
    /// 一、/1.
    pub(in crate::serve) path: String,
    pub(in crate::serve) heading: String,
    pub(in crate::serve) quote: String,
    pub(in crate::serve) place: Place,
    pub(in crate::serve) duties: Vec<Duty>,
    /// As precise as written.
    pub(in crate::serve) deadline: String,
    pub(in crate::serve) is_continuing: bool,
    pub(in crate::serve) targets: Vec<Target>,
    /// The document that it is part of.
    pub(in crate::serve) work: Named,
}

/// An agency's part in a measure.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Duty {
    /// lead, joint, responsible, support.
    pub(in crate::serve) role: String,
    pub(in crate::serve) agency: Named,
    pub(in crate::serve) quote: String,
    pub(in crate::serve) claim: String,
}

/// A figure to be reached.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Target {
    pub(in crate::serve) iri: String,
    pub(in crate::serve) indicator: String,
    pub(in crate::serve) value: String,
    pub(in crate::serve) unit: String,
    pub(in crate::serve) by: String,
}

/// The measures of a work, in the order of its text.
pub(in crate::serve) fn of_work(state: &AppState, work: &NamedNode) -> Result<Vec<Measure>, ApiError> {
    load(state, "?m eli:is_part_of ?_given .", work)
}

/// One measure.
pub(in crate::serve) fn one(state: &AppState, measure: &NamedNode) -> Result<Option<Measure>, ApiError> {
    Ok(load(state, "BIND (?_given AS ?m)", measure)?.pop())
}

/// The measures in which an agency has a part.
pub(in crate::serve) fn of_agency(state: &AppState, agency: &NamedNode) -> Result<Vec<Measure>, ApiError> {
    load(state, "GRAPH ?_effective { ?m zm:assignedTo ?_given }", agency)
}

/// `which` says what ?m is, by `?_given`.
fn load(state: &AppState, which: &str, given: &NamedNode) -> Result<Vec<Measure>, ApiError> {
    let given = [("_given", Term::from(given.clone()))];
    let query = format!(
        "SELECT DISTINCT ?m ?path ?heading ?text ?start ?end ?position ?sha ?file ?work ?label {{ {which}
            ?m a zm:Measure ; zm:path ?path ; zm:quote ?text ; zm:start ?start ; zm:end ?end ; zm:position ?position ; zm:inSource ?source ;
                eli:is_part_of ?work .
            ?source zm:sha256 ?sha ; zm:fileName ?file . GRAPH ?_effective {{ ?work skos:prefLabel ?label }}
            OPTIONAL {{ ?m zm:heading ?heading }} }} ORDER BY ?file ?position"
    );
    let mut measures: Vec<Measure> = rows(state, &query, &given)?.iter().map(measure).collect();
    let index: BTreeMap<String, usize> =
        measures.iter().enumerate().map(|(n, measure)| (measure.iri.clone(), n)).collect();
    // What is required before what is optional: the engine does not look behind an OPTIONAL for its order.
    let claimed = |class: &str, more: &str| {
        format!(
            "SELECT DISTINCT ?m ?p ?o ?label ?quote ?claim ?start ?indicator ?value ?unit ?by {{ {which}
                ?claim rdf:subject ?m ; a zm:{class} ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; zm:start ?start ; zm:end ?end ;
                    zm:inSource/zm:sha256 ?sha .
                {more} OPTIONAL {{ ?claim zm:quote ?quote }} OPTIONAL {{ ?o skos:prefLabel ?label }} {STANDS} }} ORDER BY ?m ?start ?p ?o"
        )
    };
    for row in rows(state, &claimed("Assignment", ""), &given)? {
        if let Some(&n) = index.get(row.text("m")) {
            measures[n].duties.push(duty(&row));
        }
    }
    for row in rows(state, &claimed("DeadlineClaim", ""), &given)? {
        if let Some(&n) = index.get(row.text("m")) {
            match local(row.text("p")) {
                "continuing" => measures[n].is_continuing = true,
                _ => row.text("o").clone_into(&mut measures[n].deadline),
            }
        }
    }
    let target = "?claim zm:indicator ?indicator ; zm:value ?value ; zm:unit ?unit . OPTIONAL { ?claim zm:by ?by }";
    for row in rows(state, &claimed("Target", target), &given)? {
        if let Some(&n) = index.get(row.text("m")) {
            measures[n].targets.push(self::target(&row));
        }
    }
    Ok(measures)
}

/// The targets that a work sets outside its measures.
pub(in crate::serve) fn targets_of_work(state: &AppState, work: &NamedNode) -> Result<Vec<Target>, ApiError> {
    let query = format!(
        "SELECT DISTINCT ?claim ?indicator ?value ?unit ?by ?start {{ ?claim rdf:subject ?_node ; a zm:Target ; rdf:subject ?s ; rdf:predicate ?p ;
            rdf:object ?o ; zm:start ?start ; zm:end ?end ; zm:inSource/zm:sha256 ?sha ; zm:indicator ?indicator ; zm:value ?value ; zm:unit ?unit .
            OPTIONAL {{ ?claim zm:by ?by }} OPTIONAL {{ ?claim zm:quote ?quote }} {STANDS} }} ORDER BY ?start"
    );
    Ok(super::rows_about(state, &query, work)?.iter().map(target).collect())
}

fn measure(row: &Row) -> Measure {
    Measure {
        iri: row.text("m").to_owned(),
        path: row.text("path").to_owned(),
        heading: row.text("heading").to_owned(),
        quote: row.text("text").to_owned(),
        place: Place {
            source: row.text("sha").to_owned(),
            file: row.text("file").to_owned(),
            start: row.number("start").unwrap_or(0),
            end: row.number("end").unwrap_or(0),
        },
        work: Named { iri: row.text("work").to_owned(), label: row.text("label").to_owned() },
        ..Measure::default()
    }
}

fn duty(row: &Row) -> Duty {
    Duty {
        role: local(row.text("p")).to_owned(),
        agency: Named { iri: row.text("o").to_owned(), label: row.text("label").to_owned() },
        quote: row.text("quote").to_owned(),
        claim: row.text("claim").to_owned(),
    }
}

fn target(row: &Row) -> Target {
    Target {
        iri: row.text("claim").to_owned(),
        indicator: row.text("indicator").to_owned(),
        value: row.text("value").to_owned(),
        unit: row.text("unit").to_owned(),
        by: row.text("by").to_owned(),
    }
}
