//! The page of a region: its documents, its agencies, the regions in it.

use super::{
    page,
    parts::{level, level_of, link, local_of, named},
    reader::Reader,
    work::line,
};
use crate::query::QueryError;
use maud::{Markup, html};
use oxrdf::NamedNode;

/// The page of a region.
pub(super) fn region(reader: Reader<'_>, iri: &NamedNode) -> Result<Markup, QueryError> {
    let name = reader.label(iri)?;
    let rows = reader.rows(
        "SELECT ?code ?level ?parent { ?_region skos:notation ?code ; zm:level ?level . OPTIONAL { ?_region skos:broader ?parent } }",
        &[("_region", iri)],
    )?;
    let row = rows.first().cloned().unwrap_or_default();
    let parent = row.node("parent").map(|node| named(reader, node)).transpose()?;
    let works = nodes(reader, "SELECT ?node { GRAPH ?_effective { ?node eli:jurisdiction ?_region } } ORDER BY ?node", iri)?;
    let works = works.iter().map(|work| line(reader, work)).collect::<Result<Vec<_>, _>>()?;
    let agencies = listed(reader, "SELECT ?node { GRAPH ?_effective { ?node zm:region ?_region } } ORDER BY ?node", iri)?;
    let inside = listed(reader, "SELECT ?node { ?node skos:broader ?_region ; skos:notation ?code } ORDER BY ?code", iri)?;
    Ok(page(&name, "", &html! {
        p.eyebrow { "地域" }
        h1 { (name) }
        p.meta {
            "区划代码 " (row.text("code")) " " (level(level_of(local_of(&row, "level"))))
            @if let Some(parent) = parent { " 属于 " (parent) }
        }
        section {
            h2 { "文件 " small { (works.len()) " 份" } }
            @if works.is_empty() { p.empty { "库中没有它的文件。" } }
            ul.relations { @for work in &works { li { (work) } } }
        }
        @if !agencies.is_empty() {
            section { h2 { "机关 " small { (agencies.len()) " 个" } } ul.columns { @for agency in &agencies { li { (agency) } } } }
        }
        @if !inside.is_empty() {
            section { h2 { "下辖" } ul.columns { @for inner in &inside { li { (inner) } } } }
        }
    }))
}

fn nodes(reader: Reader<'_>, query: &str, region: &NamedNode) -> Result<Vec<NamedNode>, QueryError> {
    let rows = reader.rows(query, &[("_region", region)])?;
    Ok(rows.iter().filter_map(|row| row.node("node").cloned()).collect())
}

fn listed(reader: Reader<'_>, query: &str, region: &NamedNode) -> Result<Vec<Markup>, QueryError> {
    let nodes = nodes(reader, query, region)?;
    nodes.iter().map(|node| Ok(link(node, &reader.label(node)?))).collect()
}
