//! The page of a document.

use super::{
    fields::{self, Work},
    fulltext, measures, page,
    parts::{level, level_of, lineage_href, link, status},
    reader::{Claim, Reader},
    relations::{grouped, made, received},
};
use crate::{lineage::Lineage, query::QueryError};
use maud::{Markup, html};
use oxrdf::NamedNode;

/// A document in one line: a link, number, level, status.
pub(super) fn line(reader: Reader<'_>, work: &NamedNode) -> Result<Markup, QueryError> {
    let work = Work::read(reader, work)?;
    Ok(html! {
        p.line {
            (link(&work.iri, if work.label.is_empty() { "（未命名）" } else { &work.label }))
            span.aside {
                @for number in work.numbers.iter().filter(|number| **number != work.label) { span.number { (number) } " " }
                (level(level_of(&work.level))) " " (status(work.is_held))
            }
        }
    })
}

/// A place where the text of a document stands.
pub(super) struct Place {
    pub(super) source: NamedNode,
    pub(super) file: String,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Where the texts of a document stand.
pub(super) fn places(reader: Reader<'_>, work: &NamedNode) -> Result<Vec<Place>, QueryError> {
    let rows = reader.rows(
        "SELECT ?source ?file ?start ?end { ?text eli:realizes ?_work ; a zm:DocumentText ; eli:is_embodied_by ?source ;
            zm:start ?start ; zm:end ?end . ?source zm:fileName ?file } ORDER BY ?file ?start",
        &[("_work", work)],
    )?;
    let place = |row: &crate::query::Row| {
        Some(Place {
            source: row.node("source")?.clone(),
            file: row.text("file").to_owned(),
            start: row.number("start")?,
            end: row.number("end")?,
        })
    };
    Ok(rows.iter().filter_map(place).collect())
}

/// The page of a work.
pub(super) fn work(reader: Reader<'_>, lineage: &Lineage, iri: &NamedNode) -> Result<Markup, QueryError> {
    let work = Work::read(reader, iri)?;
    let (made, received) = (made(reader, iri)?, received(reader, iri)?);
    let places = places(reader, iri)?;
    let known = if work.is_held { fields::fields(reader, &work)? } else { fields::cited_as(reader, &work, &received)? };
    let variants = fields::variants(reader, iri)?;
    let measures = measures::of_work(reader, iri)?;
    let up = grouped(reader, &made, Claim::object_node)?;
    let down = grouped(reader, &received, |claim| Some(&claim.subject))?;
    let texts = places.iter().map(|place| fulltext::of_place(reader, place)).collect::<Result<Vec<_>, _>>()?;
    let mut findings = Vec::new();
    for place in &places {
        findings.push((place, fields::findings(reader, &place.source)?));
    }
    let folded = work.policy.as_ref().and_then(|policy| lineage.policy(policy)).map(|id| &lineage[id]);
    Ok(page(&work.label, "", &html! {
        p.eyebrow { "文件" }
        h1 { (work.label) }
        (work.line())
        @if let Some(policy) = folded {
            p.actions {
                a.button href=(lineage_href(&policy.iri)) { "看脉络图" } " "
                (link(&policy.iri, &format!("所属政策（{} 份文件）", policy.members.len())))
            }
        }
        @if let Some(others) = folded.map(|policy| policy.members.iter().filter(|member| member.iri != work.iri)) {
            @for member in others { p.sibling { span.role { "同一政策" } " " (link(&member.iri, &member.label)) " " (status(member.is_held)) } }
        }
        (contents(&work, made.len(), received.len(), measures.is_some(), !findings.is_empty()))
        (variants)
        section id="known" { h2 { "文件信息" } (known) }
        section id="up" {
            h2 { "上承 " small { "它依据什么" } }
            @if made.is_empty() { p.empty { @if work.is_held { "没有读到它引用的文件。" } @else { "没有全文，不知道它依据什么。" } } }
            (up)
        }
        section id="down" {
            h2 { "下启 " small { "谁以它为据" } }
            @if received.is_empty() { p.empty { "库中没有文件引用它。" } }
            (down)
        }
        @if let Some(measures) = measures { section id="measures" { h2 { "措施与分工" } (measures) } }
        @if !findings.is_empty() {
            section id="findings" {
                h2 { "文本存疑" }
                @for (place, findings) in &findings { p.from { "来源 " (link(&place.source, &place.file)) } (findings) }
            }
        }
        @if !texts.is_empty() {
            section id="text" {
                h2 { "原文" }
                (fulltext::legend())
                @for (place, text) in places.iter().zip(&texts) {
                    p.from { "来源 " (link(&place.source, &place.file)) }
                    (text)
                }
            }
        }
    }))
}

/// Links to the parts of the page.
fn contents(work: &Work, up: usize, down: usize, has_measures: bool, has_findings: bool) -> Markup {
    html! {
        nav.contents aria-label="本页" {
            a href="#known" { "文件信息" }
            a href="#up" { "上承 " span.count { (up) } }
            a href="#down" { "下启 " span.count { (down) } }
            @if has_measures { a href="#measures" { "措施与分工" } }
            @if has_findings { a href="#findings" { "文本存疑" } }
            @if work.is_held { a href="#text" { "原文" } }
        }
    }
}
