//! The page of anything else: what the store says of it, as it says it.

use super::{
    page,
    parts::{href, property_chinese, short, value},
    reader::Reader,
};
use crate::query::QueryError;
use maud::{Markup, html};
use oxrdf::NamedNode;

/// The page of a thing; `None` where nothing is said of it.
pub(super) fn thing(reader: Reader<'_>, iri: &NamedNode, classes: &[String]) -> Result<Option<Markup>, QueryError> {
    let rows = reader.rows("SELECT DISTINCT ?predicate ?object { ?_thing ?predicate ?object } ORDER BY ?predicate ?object", &[("_thing", iri)])?;
    if rows.is_empty() {
        return Ok(None);
    }
    let kind = match classes.first().map_or("", String::as_str) {
        "Link" => "关联",
        "Finding" => "存疑",
        "Rejection" => "否决",
        "Erasure" => "遗忘",
        "MetadataField" => "发布者的标注",
        "ExtractionRun" => "读取",
        _ => "资源",
    };
    let mut lines = Vec::new();
    for row in &rows {
        let (Some(predicate), Some(object)) = (row.node("predicate"), row.term("object")) else { continue };
        lines.push((predicate.clone(), value(reader, object)?));
    }
    let said = |name: &str| rows.iter().find(|row| row.text("predicate").ends_with(name)).map(|row| row.text("object").to_owned());
    let title = said("#message").or_else(|| said("#reason")).unwrap_or_else(|| format!("{kind} {}", short(iri.as_str())));
    Ok(Some(page(&title, "", &html! {
        p.eyebrow { (kind) }
        h1 { (title) }
        dl.fields {
            @for (predicate, object) in &lines {
                dt {
                    @let name = property_name(predicate.as_str());
                    @match href(predicate.as_str()) { Some(href) => a href=(href) { (name) }, None => (name) }
                }
                dd { (object) }
            }
            dt { "标识" } dd { code { (iri.as_str()) } }
        }
    })))
}

/// A property in Chinese, or its short name.
fn property_name(iri: &str) -> String {
    let name = super::reader::local(iri);
    match name {
        "message" => "说明".to_owned(),
        "evidence" => "凭据".to_owned(),
        "subject" => "主语".to_owned(),
        "predicate" => "谓词".to_owned(),
        "object" => "宾语".to_owned(),
        "confidence" => "可信度".to_owned(),
        "rule" => "规则".to_owned(),
        "ruleSet" => "规则集".to_owned(),
        "inSource" => "来源".to_owned(),
        "quote" => "原文".to_owned(),
        "severity" => "程度".to_owned(),
        "code" => "代码".to_owned(),
        "reason" => "理由".to_owned(),
        "decidedAt" => "作出于".to_owned(),
        "decidedBy" => "作出者".to_owned(),
        "type" => "类别".to_owned(),
        _ => {
            let chinese = property_chinese(name);
            if chinese == name { short(iri) } else { chinese.to_owned() }
        }
    }
}
