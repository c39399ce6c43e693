//! The page of an agency: what it must do, and what it has issued.

use super::{
    measures::{of_agency, title},
    page,
    parts::{link, named, property_chinese},
    reader::Reader,
    said::evidence,
    work::line,
};
use crate::query::QueryError;
use maud::{Markup, html};
use oxrdf::NamedNode;
use std::collections::BTreeMap;

/// The page of an agency.
pub(super) fn agency(reader: Reader<'_>, iri: &NamedNode) -> Result<Markup, QueryError> {
    let name = reader.label(iri)?;
    let rows = reader.rows(
        "SELECT ?class ?region { GRAPH ?_effective { ?_agency a ?class OPTIONAL { ?_agency zm:region ?region } } }",
        &[("_agency", iri)],
    )?;
    let is_class = rows.iter().any(|row| row.text("class").ends_with("#AgencyClass"));
    let region = rows.first().and_then(|row| row.node("region")).map(|node| named(reader, node)).transpose()?;
    let duties = of_agency(reader, iri)?;
    let mut works: BTreeMap<NamedNode, Markup> = BTreeMap::new();
    for (_, row) in duties.values().flatten() {
        if let Some(work) = row.node("work").filter(|work| !works.contains_key(*work)) {
            works.insert(work.clone(), link(work, &reader.label(work)?));
        }
    }
    let mut issued = Vec::new();
    for claim in reader.claims("?claim rdf:object ?_node ; a zm:FieldClaim .", iri)? {
        issued.push((line(reader, &claim.subject)?, claim));
    }
    let count: usize = duties.values().map(Vec::len).sum();
    Ok(page(&name, "", &html! {
        p.eyebrow { @if is_class { "一类机关" } @else { "机关" } }
        h1 { (name) }
        @if let Some(region) = region { p.meta { "地域 " (region) } }
        section {
            h2 { "承担的措施 " small { (count) " 项" } }
            @if duties.is_empty() { p.empty { "库中没有写明由它承担的措施。" } }
            @for (role, duties) in &duties {
                section.group {
                    h3 { (property_chinese(&role[1..])) " " span.count { (duties.len()) } }
                    ul.relations {
                        @for (claim, row) in duties {
                            li {
                                p.line {
                                    (link(&claim.subject, &title(row)))
                                    span.aside {
                                        @if !row.text("due").is_empty() { span.badge.due { (row.text("due")) " 前" } " " }
                                        @if !row.text("continuing").is_empty() { span.badge { "持续推进" } " " }
                                    }
                                }
                                @if let Some(work) = row.node("work").and_then(|work| works.get(work)) { p.from { (work) } }
                                (evidence(claim))
                            }
                        }
                    }
                }
            }
        }
        section {
            h2 { "有关的文件 " small { "发文、发布、会办、主送" } }
            @if issued.is_empty() { p.empty { "库中没有它发布或收到的文件。" } }
            ul.relations {
                @for (line, claim) in &issued {
                    li { p.from { span.role { (property_chinese(claim.property())) } } (line) (evidence(claim)) }
                }
            }
        }
    }))
}
