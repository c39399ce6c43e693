//! The page of a source: what was read in it, what is wrong with it, its whole text.

use super::{
    fields, fulltext, page,
    parts::{link, local_of},
    reader::Reader,
    work::{Place, line},
};
use crate::query::QueryError;
use maud::{Markup, html};
use oxrdf::NamedNode;

/// The page of a source file.
pub(super) fn source(reader: Reader<'_>, iri: &NamedNode) -> Result<Markup, QueryError> {
    let rows = reader.rows(
        "SELECT * { ?_source zm:fileName ?file ; zm:sha256 ?sha256 ; zm:encoding ?encoding ; zm:characters ?characters }",
        &[("_source", iri)],
    )?;
    let row = rows.first().cloned().unwrap_or_default();
    let texts = reader.rows(
        "SELECT ?work ?role { ?text eli:is_embodied_by ?_source ; eli:realizes ?work ; zm:role ?role ; zm:position ?n } ORDER BY ?n",
        &[("_source", iri)],
    )?;
    let mut works = Vec::new();
    for text in &texts {
        if let Some(work) = text.node("work") {
            works.push((local_of(text, "role"), line(reader, work)?));
        }
    }
    let block = reader.rows(
        "SELECT ?label ?field ?value { ?entry a zm:MetadataField ; zm:inSource ?_source ; zm:field ?field .
            OPTIONAL { ?entry zm:label ?label } OPTIONAL { ?entry zm:value ?value } OPTIONAL { ?entry zm:start ?at } } ORDER BY ?at",
        &[("_source", iri)],
    )?;
    let findings = fields::findings(reader, iri)?;
    let text = fulltext::of_source(reader, iri)?;
    Ok(page(row.text("file"), "", &html! {
        p.eyebrow { "来源" }
        h1 { (row.text("file")) }
        p.meta { (row.text("characters")) " 字 · " (row.text("encoding")) }
        p.from { "SHA-256 " code.hash { (row.text("sha256")) } }
        section {
            h2 { "其中的文件" }
            ul.relations { @for (role, line) in &works { li { p.from { (role_chinese(role)) } (line) } } }
        }
        @if !block.is_empty() {
            section {
                h2 { "发布者的标注" }
                dl.fields {
                    @for row in &block {
                        dt { (if row.text("label").is_empty() { row.text("field") } else { row.text("label") }) }
                        dd { @if row.text("value").is_empty() { span.empty { "空" } } @else { (row.text("value")) } }
                    }
                }
            }
        }
        section { h2 { "文本存疑" } (findings) }
        section { h2 { "原文" } (fulltext::legend()) (text) }
    }))
}

fn role_chinese(role: &str) -> &str {
    match role {
        "notice" => "通知",
        "promulgated" => "所印发的正文",
        "document" => "正文",
        other => other,
    }
}

/// The page of one text of a source.
pub(super) fn text(reader: Reader<'_>, iri: &NamedNode) -> Result<Markup, QueryError> {
    let rows = reader.rows(
        "SELECT * { ?_text eli:realizes ?work ; eli:is_embodied_by ?source ; zm:role ?role ; zm:start ?start ; zm:end ?end .
            ?source zm:fileName ?file }",
        &[("_text", iri)],
    )?;
    let row = rows.first().cloned().unwrap_or_default();
    let (mut title, mut body) = ("文本".to_owned(), html! { p.empty { "此处没有文本。" } });
    if let (Some(work), Some(source)) = (row.node("work"), row.node("source")) {
        let (start, end) = (row.number("start").unwrap_or(0), row.number("end").unwrap_or(0));
        let place = Place { source: source.clone(), file: row.text("file").to_owned(), start, end };
        title = reader.label(work)?;
        body = html! {
            (line(reader, work)?)
            p.from { (role_chinese(local_of(&row, "role"))) " · 来源 " (link(source, &place.file)) "，第 " (start) "–" (end) " 字" }
            (fulltext::legend())
            (fulltext::of_place(reader, &place)?)
        };
    }
    Ok(page(&title, "", &html! { p.eyebrow { "文本" } h1 { (title) } (body) }))
}
