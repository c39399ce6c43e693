//! The page of a claim: the statement, and the words that it was read from.

use super::{
    page,
    parts::{confidence, href, named, property_chinese, relation, short, value},
    reader::{Claim, Reader},
    said::marked,
};
use crate::{model::Relation, query::QueryError};
use maud::{Markup, html};
use oxrdf::NamedNode;

/// Characters around the words where no sentence is kept.
const AROUND: usize = 40;

/// The page of a claim, also of one that was rejected.
pub(super) fn claim(reader: Reader<'_>, iri: &NamedNode) -> Result<Option<Markup>, QueryError> {
    let rows = reader.rows(
        "SELECT * { ?_claim a ?class ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; zm:inSource ?source ;
            zm:start ?start ; zm:end ?end ; zm:rule ?rule ; zm:ruleSet ?ruleSet ; zm:confidence ?confidence .
            ?source zm:fileName ?file . OPTIONAL { ?_claim zm:quote ?quote } OPTIONAL { ?_claim zm:sentence ?sentence }
            OPTIONAL { ?_claim zm:cue ?cue } OPTIONAL { ?_claim zm:state ?state } } LIMIT 1",
        &[("_claim", iri)],
    )?;
    let Some(row) = rows.first() else { return Ok(None) };
    let (Some(subject), Some(object)) = (row.node("subject"), row.term("object")) else { return Ok(None) };
    let (Some(predicate), Some(source)) = (row.node("predicate"), row.node("source")) else { return Ok(None) };
    let (start, end) = (row.number("start").unwrap_or(0), row.number("end").unwrap_or(0));
    let context = match row.text("sentence") {
        "" => around(reader, source, start, end)?,
        sentence => sentence.to_owned(),
    };
    let stands: Vec<Claim> = reader.claims("BIND (?_node AS ?claim)", iri)?;
    let property = super::reader::local(predicate.as_str());
    let is_relation = Relation::parse(property).is_some();
    let (subject, object) = (named(reader, subject)?, value(reader, object)?);
    let title = format!("陈述：{}", property_chinese(property));
    let source_page = href(source.as_str()).unwrap_or_default();
    Ok(Some(page(&title, "", &html! {
        p.eyebrow { "陈述" }
        h1 { (title) }
        @if stands.is_empty() { p.note { "此陈述已被人工否决，不再生效。" } }
        div.statement {
            p { (subject) }
            p.verb { @if is_relation { (relation(property)) } @else { (property_chinese(property)) } }
            p { @if property == "hasTarget" { (targets(reader, iri)?) } @else { (object) } }
        }
        section {
            h2 { "凭据" }
            @if context.is_empty() { p.empty { "由全文推得，不在某一处。" } }
            @else { blockquote.text { p { (marked(&context, &[row.text("quote")])) } } }
            dl.fields {
                dt { "出处" } dd { a href=(source_page) { (row.text("file")) } "，第 " (start) "–" (end) " 字" }
                @if !row.text("cue").is_empty() { dt { "提示语" } dd { (row.text("cue")) } }
                @if !row.text("state").is_empty() { dt { "所指" } dd { (state(super::parts::local_of(row, "state"))) } }
                dt { "可信度" } dd { (confidence(super::parts::local_of(row, "confidence"))) }
                dt { "规则" } dd { code { (row.text("rule")) } "，规则集 " (row.text("ruleSet")) }
                dt { "标识" } dd { code { (short(iri.as_str())) } }
                dt { "谓词" } dd { code { (short(predicate.as_str())) } }
            }
        }
    })))
}

fn state(name: &str) -> &str {
    match name {
        "identified" => "已确定",
        "ambiguous" => "有几种可能",
        "unidentified" => "未能确定",
        other => other,
    }
}

/// The line around a place, cut to some characters on each side.
fn around(reader: Reader<'_>, source: &NamedNode, start: usize, end: usize) -> Result<String, QueryError> {
    if start >= end {
        return Ok(String::new());
    }
    let characters: Vec<char> = super::fulltext::plain_text(reader, source)?.chars().collect();
    let end = end.min(characters.len());
    let start = start.min(end);
    let before = characters[..start].iter().rev().take(AROUND).take_while(|c| **c != '\n').count();
    let after = characters[end..].iter().take(AROUND).take_while(|c| **c != '\n').count();
    Ok(characters[start - before..end + after].iter().collect::<String>().trim().to_owned())
}

fn targets(reader: Reader<'_>, iri: &NamedNode) -> Result<Markup, QueryError> {
    let rows = reader.rows("SELECT * { ?_t zm:indicator ?indicator ; zm:value ?value ; zm:unit ?unit }", &[("_t", iri)])?;
    Ok(html! { @for row in &rows { (row.text("indicator")) " " (row.text("value")) (row.text("unit")) } })
}
