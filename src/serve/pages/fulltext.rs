//! The marks of a source's text: citations, agencies, deadlines, findings.

use super::{
    fields::finding_rows,
    parts::{href, property_chinese},
    reader::{Claim, Reader},
    text::{Anchor, Mark, MarkKind, marked},
    work::Place,
};
use crate::query::QueryError;
use maud::{Markup, html};
use oxrdf::NamedNode;

/// The text of a document in a source, marked.
pub(super) fn of_place(reader: Reader<'_>, place: &Place) -> Result<Markup, QueryError> {
    let (marks, anchors) = marks(reader, &place.source)?;
    Ok(marked(&plain_text(reader, &place.source)?, place.start, place.end, &marks, &anchors))
}

/// The whole text of a source, marked.
pub(super) fn of_source(reader: Reader<'_>, source: &NamedNode) -> Result<Markup, QueryError> {
    let (marks, anchors) = marks(reader, source)?;
    Ok(marked(&plain_text(reader, source)?, 0, usize::MAX, &marks, &anchors))
}

/// The characters of a source.
pub(super) fn plain_text(reader: Reader<'_>, source: &NamedNode) -> Result<String, QueryError> {
    let rows = reader.rows("SELECT ?text { ?_source zm:plainText ?text }", &[("_source", source)])?;
    Ok(rows.first().map(|row| row.text("text").to_owned()).unwrap_or_default())
}

fn marks(reader: Reader<'_>, source: &NamedNode) -> Result<(Vec<Mark>, Vec<Anchor>), QueryError> {
    let mut marks = Vec::new();
    let mut anchors = Vec::new();
    let pattern = "?claim zm:inSource ?_node . VALUES ?kind { zm:Citation zm:Assignment zm:DeadlineClaim zm:FieldClaim } ?claim a ?kind .";
    for claim in reader.claims(pattern, source)? {
        if claim.class != "FieldClaim" {
            anchors.push(Anchor { at: claim.start, id: format!("at-{}", claim.start) });
        }
        // A text's own title cites nothing.
        if claim.rule != "work.carried-text" {
            marks.extend(mark(reader, &claim)?);
        }
    }
    let rows = reader.rows(
        "SELECT ?at ?n { ?measure a zm:Measure ; zm:inSource ?_source ; zm:start ?at ; zm:position ?n }",
        &[("_source", source)],
    )?;
    anchors.extend(rows.iter().filter_map(|row| {
        Some(Anchor { at: row.number("at")?, id: format!("measure-{}", row.number("n")?) })
    }));
    for row in finding_rows(reader, source)? {
        let (Some(start), Some(end)) = (row.number("start"), row.number("end")) else { continue };
        marks.push(Mark { start, end, kind: MarkKind::Finding, href: None, title: row.text("message").to_owned() });
    }
    Ok((marks, anchors))
}

fn mark(reader: Reader<'_>, claim: &Claim) -> Result<Option<Mark>, QueryError> {
    let kind = match (claim.class.as_str(), claim.agent.is_empty()) {
        ("Citation", _) => MarkKind::Citation,
        ("Assignment", _) | ("FieldClaim", false) => MarkKind::Agency,
        ("DeadlineClaim", _) => MarkKind::Deadline,
        _ => return Ok(None),
    };
    let says = property_chinese(claim.property());
    let title = match (kind, claim.object_node()) {
        (MarkKind::Citation, Some(work)) => format!("{says}：{}", reader.label(work)?),
        (MarkKind::Agency, _) => format!("{says}：{}", claim.agent),
        (MarkKind::Deadline, None) if claim.property() == "deadline" => match &claim.object {
            oxrdf::Term::Literal(date) => format!("{says}：{}", date.value()),
            _ => says.to_owned(),
        },
        _ => says.to_owned(),
    };
    let href = claim.object_node().and_then(|node| href(node.as_str()));
    Ok(Some(Mark { start: claim.start, end: claim.end, kind, href, title }))
}

/// What the marks mean.
pub(super) fn legend() -> Markup {
    html! {
        p.legend {
            span.cite { "引用的文件" } " "
            span.agent { "机关" } " "
            span.due { "时限" } " "
            mark.finding { "存疑" }
        }
    }
}
