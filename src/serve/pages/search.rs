//! Finding documents and agencies.

use super::{page, parts::{link, search_href}, policy::policy_line, reader::Reader, work::line};
use crate::{
    lineage::{Found, Hit, Lineage},
    model::vocab::skos,
    query::QueryError,
    store::Store,
};
use maud::{Markup, html};
use oxrdf::{Literal, NamedNode};

/// Hits that are listed; what more there are is counted.
const LISTED: usize = 50;

/// The answer to a search.
pub(in crate::serve) fn search(store: &Store, lineage: &Lineage, q: &str) -> Result<Markup, QueryError> {
    let reader = Reader::new(store);
    let q = q.trim();
    if q.is_empty() {
        return Ok(page("查找", "", &html! { h1 { "查找" } (explained()) }));
    }
    let found = lineage.find(q);
    let agencies = agencies(reader, q)?;
    let (hits, near) = match &found {
        Found::One(hit) => (std::slice::from_ref(hit), [].as_slice()),
        Found::Several(hits) => (hits.as_slice(), [].as_slice()),
        Found::None(near) => ([].as_slice(), near.as_slice()),
    };
    let shown = results(reader, lineage, &hits[..hits.len().min(LISTED)])?;
    let near_shown = results(reader, lineage, near)?;
    let title = format!("查找“{q}”");
    Ok(page(&title, q, &html! {
        h1 { (title) }
        @if !hits.is_empty() {
            p.lead {
                @match hits.len() { 1 => "找到一份文件。", n => { "有 " (n) " 份文件符合，请选择。" } }
            }
            (shown)
            @if hits.len() > LISTED { p.empty { "只列出前 " (LISTED) " 份；请写得更具体些。" } }
        }
        @if !agencies.is_empty() {
            section {
                h2 { "机关" }
                ul.columns { @for (node, name) in &agencies { li { (link(node, name)) } } }
            }
        }
        @if hits.is_empty() && agencies.is_empty() {
            p.lead { "库中没有符合的文件或机关。" }
            @if !near.is_empty() { h2 { "相近的有" } (near_shown) }
            (explained())
        }
    }))
}

fn results(reader: Reader<'_>, lineage: &Lineage, hits: &[Hit]) -> Result<Markup, QueryError> {
    let mut lines = Vec::new();
    for hit in hits {
        let member = lineage.member(*hit);
        let is_alone = lineage[hit.policy].members.len() == 1;
        lines.push((line(reader, &member.iri)?, &member.dates, (!is_alone).then(|| policy_line(lineage, hit.policy))));
    }
    Ok(html! {
        ul.results {
            @for (line, dates, policy) in &lines {
                li {
                    (line)
                    @if !dates.is_empty() { p.from { "成文日期 " (dates.join("、")) } }
                    @if let Some(policy) = policy { div.from.inside { "所属政策 " (policy) } }
                }
            }
        }
    })
}

/// Agencies with the text in their names, the shorter names first.
fn agencies(reader: Reader<'_>, q: &str) -> Result<Vec<(NamedNode, String)>, QueryError> {
    let part = Literal::new_simple_literal(q);
    let label = skos("prefLabel");
    let query = format!(
        "SELECT DISTINCT ?node ?name {{ GRAPH ?_effective {{ VALUES ?kind {{ zm:Agency zm:AgencyClass }}
            ?node a ?kind ; ?_label ?name . FILTER (CONTAINS(STR(?name), {part})) }} }} ORDER BY STRLEN(?name) ?name LIMIT 40"
    );
    // The text is quoted as SPARQL quotes it; no parameter may be bound inside it.
    if q.contains("?_") {
        return Ok(Vec::new());
    }
    let rows = reader.rows(&query, &[("_label", &label)])?;
    Ok(rows.iter().filter_map(|row| Some((row.node("node")?.clone(), row.text("name").to_owned()))).collect())
}

fn explained() -> Markup {
    let example = |q: &str| html! { a href=(search_href(q)) { (q) } };
    html! {
        div.note {
            p { "可以输入：" }
            ul {
                li { "文号，任何括号，也可只记得一部分：" (example("国知发运字[2022]47号")) "、" (example("〔2021〕1号")) "、" (example("39号")) }
                li { "标题或其中几个字：" (example("强化知识产权保护")) }
                li { "机关的名称：" (example("市场监督管理局")) }
            }
        }
    }
}
