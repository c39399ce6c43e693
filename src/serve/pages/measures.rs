//! 措施 (measures): what is to be done, by whom, by when.

use super::{
    fulltext::plain_text,
    page,
    parts::{confidence, link, local_of, property_chinese, value},
    reader::{Claim, Reader},
    said::evidence,
};
use crate::query::{QueryError, Row};
use maud::{Markup, html};
use oxrdf::NamedNode;
use std::collections::BTreeMap;

const OF_MEASURE: &str = "VALUES ?kind { zm:Assignment zm:DeadlineClaim zm:Target } ?claim a ?kind .";

/// Roles in the order in which they bear a measure.
const ROLES: [&str; 4] = ["lead", "joint", "responsible", "support"];

/// The measures of a document in a table; `None` where it has none.
pub(super) fn of_work(reader: Reader<'_>, work: &NamedNode) -> Result<Option<Markup>, QueryError> {
    let mut rows = reader.rows(
        "SELECT * { ?measure a zm:Measure ; eli:is_part_of ?_work ; zm:path ?path ; zm:quote ?quote ; zm:position ?n .
            OPTIONAL { ?measure zm:heading ?heading } }",
        &[("_work", work)],
    )?;
    if rows.is_empty() {
        return Ok(None);
    }
    rows.sort_by_key(|row| row.number("n"));
    let pattern = format!("?measure eli:is_part_of ?_node . ?claim rdf:subject ?measure . {OF_MEASURE}");
    let mut claims: BTreeMap<NamedNode, Vec<Claim>> = BTreeMap::new();
    for claim in reader.claims(&pattern, work)? {
        claims.entry(claim.subject.clone()).or_default().push(claim);
    }
    let mut lines = Vec::new();
    for row in &rows {
        let Some(measure) = row.node("measure") else { continue };
        let claims = claims.get(measure).map_or([].as_slice(), Vec::as_slice);
        lines.push((row, measure, duties(claims), dues(claims), targets(reader, claims)?));
    }
    Ok(Some(html! {
        ol.measures {
            @for (row, measure, duties, dues, targets) in &lines {
                li {
                    p.what {
                        span.path { (row.text("path").replace('/', "")) } " "
                        (link(measure, &title(row)))
                        " " a.place href={ "#measure-" (row.text("n")) } { "原文" }
                    }
                    (duties) (dues) (targets)
                }
            }
        }
    }))
}

/// The heading of a measure, else the start of its text.
pub(super) fn title(row: &Row) -> String {
    const LENGTH: usize = 42;
    let heading = row.text("heading");
    let text = row.text("quote").trim();
    let shown = if heading.is_empty() { text } else { heading };
    let first: String = shown.chars().take(LENGTH).collect();
    if first.len() < shown.len() { format!("{first}…") } else { first }
}

/// Who does it: `牵头 甲、乙`.
fn duties(claims: &[Claim]) -> Markup {
    let of_role = |role: &str| -> Vec<&Claim> { claims.iter().filter(|claim| claim.property() == role).collect() };
    html! {
        @for role in ROLES {
            @let claims = of_role(role);
            @if !claims.is_empty() {
                p.duty {
                    span.role { (property_chinese(role)) } " "
                    @for (n, claim) in claims.iter().enumerate() {
                        @if n > 0 { "、" }
                        @if let Some(agency) = claim.object_node() { (link(agency, &claim.agent)) }
                        " " a.why href=[super::parts::href(claim.iri.as_str())] title={ "凭：" (claim.quote) } { "凭据" }
                        @if claim.confidence != "high" { " " (confidence(&claim.confidence)) }
                    }
                }
            }
        }
    }
}

/// By when.
fn dues(claims: &[Claim]) -> Markup {
    html! {
        @for claim in claims.iter().filter(|claim| claim.class == "DeadlineClaim") {
            p.duty {
                span.role { (property_chinese(claim.property())) } " "
                @if let oxrdf::Term::Literal(date) = &claim.object {
                    @if claim.property() == "deadline" { time datetime=(date.value()) { (date.value()) } " " }
                }
                q { (claim.quote) } " " a.why href=[super::parts::href(claim.iri.as_str())] { "凭据" }
            }
        }
    }
}

/// What is to be reached.
fn targets(reader: Reader<'_>, claims: &[Claim]) -> Result<Markup, QueryError> {
    let mut lines = Vec::new();
    for claim in claims.iter().filter(|claim| claim.class == "Target") {
        let query = "SELECT * { ?_target zm:indicator ?indicator ; zm:value ?value ; zm:unit ?unit . OPTIONAL { ?_target zm:by ?by } }";
        let rows = reader.rows(query, &[("_target", &claim.iri)])?;
        lines.extend(rows.into_iter().map(|row| (row, claim)));
    }
    Ok(html! {
        @for (row, claim) in &lines {
            p.duty {
                span.role { "目标" } " " (row.text("indicator")) " " (row.text("value")) (row.text("unit"))
                @if !row.text("by").is_empty() { "（" (row.text("by")) "）" }
                " " a.why href=[super::parts::href(claim.iri.as_str())] { "凭据" }
            }
        }
    })
}

/// The page of a measure.
pub(super) fn measure(reader: Reader<'_>, iri: &NamedNode) -> Result<Option<Markup>, QueryError> {
    let rows = reader.rows(
        "SELECT * { ?_measure eli:is_part_of ?work ; zm:inSource ?source ; zm:path ?path ; zm:quote ?quote ; zm:position ?n ;
            zm:start ?start ; zm:end ?end . OPTIONAL { ?_measure zm:heading ?heading } }",
        &[("_measure", iri)],
    )?;
    let Some(row) = rows.first() else { return Ok(None) };
    let (Some(work), Some(source)) = (row.node("work"), row.node("source")) else { return Ok(None) };
    let claims = reader.claims(&format!("?claim rdf:subject ?_node . {OF_MEASURE}"), iri)?;
    let mut values = Vec::new();
    for claim in &claims {
        values.push((claim, value(reader, &claim.object)?));
    }
    let cited = reader.claims("?claim zm:inMeasure ?_node ; a zm:Citation .", iri)?;
    let cited = super::relations::grouped(reader, &cited, Claim::object_node)?;
    let line = super::work::line(reader, work)?;
    let start = row.number("start").unwrap_or(0);
    let text: String = plain_text(reader, source)?.chars().skip(start).take(row.number("end").unwrap_or(0).saturating_sub(start)).collect();
    let title = title(row);
    Ok(Some(page(&title, "", &html! {
        p.eyebrow { "措施 " (row.text("path").replace('/', "")) }
        h1 { (title) }
        (line)
        blockquote.text { @for line in text.lines().filter(|line| !line.trim().is_empty()) { p { (line.trim()) } } }
        (targets(reader, &claims)?)
        @if !claims.is_empty() {
            h2 { "分工与时限" }
            dl.fields {
                @for (claim, value) in values.iter().filter(|(claim, _)| claim.class != "Target") {
                    dt { (property_chinese(claim.property())) }
                    dd { div.value { @if claim.property() != "continuing" { span.said { (value) } } (evidence(claim)) } }
                }
            }
        }
        @if !cited.0.is_empty() { h2 { "此处引用" } (cited) }
        p.from { "来源 " a href={ (super::parts::href(source.as_str()).unwrap_or_default()) "#measure-" (row.text("n")) } { "在原文中看" } }
    })))
}

/// Where an agency has duties: the measures with role, document and deadline.
pub(super) fn of_agency(reader: Reader<'_>, agency: &NamedNode) -> Result<BTreeMap<String, Vec<(Claim, Row)>>, QueryError> {
    let claims = reader.claims("?claim rdf:object ?_node ; a zm:Assignment .", agency)?;
    let mut by_role: BTreeMap<String, Vec<(Claim, Row)>> = BTreeMap::new();
    for claim in claims {
        let rows = reader.rows(
            "SELECT ?work ?path ?quote ?heading ?due ?continuing { ?_measure eli:is_part_of ?work ; zm:path ?path ; zm:quote ?quote .
                OPTIONAL { ?_measure zm:heading ?heading } OPTIONAL { GRAPH ?_effective { ?_measure zm:deadline ?due } }
                OPTIONAL { GRAPH ?_effective { ?_measure zm:continuing ?continuing } } } LIMIT 1",
            &[("_measure", &claim.subject)],
        )?;
        let Some(row) = rows.into_iter().next() else { continue };
        let rank = ROLES.iter().position(|role| *role == claim.property()).unwrap_or(ROLES.len());
        by_role.entry(format!("{rank}{}", claim.property())).or_default().push((claim, row));
    }
    for duties in by_role.values_mut() {
        duties.sort_by_key(|(claim, row)| (local_of(row, "work").to_owned(), claim.start));
    }
    Ok(by_role)
}
