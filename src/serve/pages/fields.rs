//! What is known of a document itself, and where each value comes from.

use super::{
    parts::{level, level_of, local_of, named, property_chinese, status, value},
    reader::{Claim, Reader},
    said::{evidence, evidences},
};
use crate::query::QueryError;
use maud::{Markup, html};
use oxrdf::NamedNode;

/// The order of the fields.
const ORDER: [&str; 13] = [
    "title", "number", "type_document", "form", "passed_by", "publisher_agent", "coHandler", "addressee",
    "date_document", "date_publication", "datePrinted", "first_date_entry_in_force", "date_no_longer_in_force",
];

/// A document as the effective graph has it.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) iri: NamedNode,
    pub(super) label: String,
    pub(super) numbers: Vec<String>,
    pub(super) level: String,
    pub(super) is_held: bool,
    pub(super) policy: Option<NamedNode>,
    pub(super) region: Option<NamedNode>,
}

impl Work {
    /// Reads a work.
    pub(super) fn read(reader: Reader<'_>, iri: &NamedNode) -> Result<Self, QueryError> {
        let rows = reader.rows(
            "SELECT * { GRAPH ?_effective {
                ?_work zm:status ?status ; skos:prefLabel ?label ; zm:level ?level .
                OPTIONAL { ?_work zm:memberOf ?policy } OPTIONAL { ?_work eli:jurisdiction ?region }
                OPTIONAL { ?_work eli:number ?number } } } ORDER BY ?label ?number",
            &[("_work", iri)],
        )?;
        let first = rows.first().cloned().unwrap_or_default();
        let mut numbers: Vec<String> = rows.iter().map(|row| row.text("number").to_owned()).collect();
        numbers.retain(|number| !number.is_empty());
        numbers.dedup();
        Ok(Self {
            iri: iri.clone(),
            label: first.text("label").to_owned(),
            numbers,
            level: local_of(&first, "level").to_owned(),
            is_held: local_of(&first, "status") == "held",
            policy: first.node("policy").cloned(),
            region: first.node("region").cloned(),
        })
    }

    /// Number, level and status in one line.
    pub(super) fn line(&self) -> Markup {
        html! {
            p.meta {
                @for number in self.numbers.iter().filter(|number| **number != self.label) {
                    span.number { (number) } " "
                }
                (level(level_of(&self.level))) " " (status(self.is_held))
            }
        }
    }
}

/// The fields of a held document with their evidence.
pub(super) fn fields(reader: Reader<'_>, work: &Work) -> Result<Markup, QueryError> {
    let mut claims = reader.claims("?claim rdf:subject ?_node ; a zm:FieldClaim .", &work.iri)?;
    let rank = |claim: &Claim| ORDER.iter().position(|name| *name == claim.property()).unwrap_or(ORDER.len());
    claims.sort_by_key(|claim| (rank(claim), claim.file.clone(), claim.start));
    let mut groups: Vec<(String, Vec<(Markup, &Claim)>)> = Vec::new();
    for claim in &claims {
        let shown = value(reader, &claim.object)?;
        match groups.last_mut() {
            Some((name, group)) if name == claim.property() => group.push((shown, claim)),
            _ => groups.push((claim.property().to_owned(), vec![(shown, claim)])),
        }
    }
    let region = work.region.as_ref().map(|region| named(reader, region)).transpose()?;
    Ok(html! {
        dl.fields {
            @for (name, group) in &groups {
                dt { (property_chinese(name)) }
                dd { @for (shown, claim) in group { div.value { span.said { (shown) } (evidence(claim)) } } }
            }
            @if let Some(region) = region {
                dt { "地域与层级" }
                dd { div.value {
                    span.said { (region) " " (level(level_of(&work.level))) }
                    p.from { "由文号的机关代字或标题所在地域推得" }
                } }
            }
        }
    })
}

/// What other documents call one that is only cited.
pub(super) fn cited_as(reader: Reader<'_>, work: &Work, citations: &[Claim]) -> Result<Markup, QueryError> {
    let region = work.region.as_ref().map(|region| named(reader, region)).transpose()?;
    Ok(html! {
        p.note { "库中没有这份文件的全文。以下只是其他文件引用它时的写法。" }
        dl.fields {
            @for number in &work.numbers { dt { "发文字号" } dd { (number) } }
            @if let Some(region) = region { dt { "地域与层级" } dd { (region) " " (level(level_of(&work.level))) } }
            dt { "见于" }
            dd {
                (evidences(&citations[..citations.len().min(12)]))
                @if citations.len() > 12 { p.from { "另有 " (citations.len() - 12) " 处" } }
            }
        }
    })
}

/// Documents that this one may be the same as, or is known to be, and what speaks for it.
pub(super) fn variants(reader: Reader<'_>, work: &NamedNode) -> Result<Markup, QueryError> {
    let rows = reader.rows(
        "SELECT DISTINCT ?link ?other ?kind ?message ?confidence { ?link a zm:Link ; zm:linkKind ?kind ;
            zm:message ?message ; zm:confidence ?confidence ; rdf:subject ?one ; rdf:object ?two .
            FILTER (?one = ?_work || ?two = ?_work) BIND (IF(?one = ?_work, ?two, ?one) AS ?other)
         } ORDER BY ?kind ?other",
        &[("_work", work)],
    )?;
    let mut cards = Vec::new();
    for row in &rows {
        let (Some(link), Some(other)) = (row.node("link"), row.node("other")) else { continue };
        let claims = reader.claims("?_node zm:evidence ?claim .", link)?;
        cards.push((row, link, super::work::line(reader, other)?, claims));
    }
    let is_alias = |row: &crate::query::Row| row.text("kind") == "alias";
    Ok(html! {
        @for (row, link, other, claims) in &cards {
            section.card.warning[!is_alias(row)] {
                h3 {
                    @match row.text("kind") {
                        "alias" => "同一文件的另一写法",
                        "number-conflict" => "文号不一致",
                        _ => "疑为同一文件",
                    }
                    " " (super::parts::confidence(local_of(row, "confidence")))
                }
                (other)
                p { (row.text("message")) " " (super::parts::link(link, "为何")) }
                (evidences(claims))
            }
        }
    })
}

/// What is wrong with a source.
pub(super) fn findings(reader: Reader<'_>, source: &NamedNode) -> Result<Markup, QueryError> {
    let rows = finding_rows(reader, source)?;
    Ok(html! {
        @if rows.is_empty() { p.empty { "没有发现可疑之处。" } }
        ul.findings {
            @for row in &rows {
                li {
                    p { (super::parts::severity(local_of(row, "severity"))) " " (row.text("message")) }
                    @if !row.text("quote").is_empty() { div.evidence { q { (row.text("quote")) } } }
                    p.from {
                        code { (row.text("code")) }
                        @if let Some(start) = row.number("start") { " · 第 " (start) " 字" }
                        @if let Some(finding) = row.node("finding") { " · " (super::parts::link(finding, "记录")) }
                    }
                }
            }
        }
    })
}

/// The findings of a source, by place.
pub(super) fn finding_rows(reader: Reader<'_>, source: &NamedNode) -> Result<Vec<crate::query::Row>, QueryError> {
    let mut rows = reader.rows(
        "SELECT * { ?finding a zm:Finding ; zm:inSource ?_source ; zm:code ?code ; zm:severity ?severity ;
            zm:message ?message . OPTIONAL { ?finding zm:quote ?quote }
            OPTIONAL { ?finding zm:start ?start ; zm:end ?end } }",
        &[("_source", source)],
    )?;
    rows.sort_by_key(|row| (row.number("start").unwrap_or(0), row.text("code").to_owned()));
    Ok(rows)
}
