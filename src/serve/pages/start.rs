//! The first page: what is in here.

use super::{
    page,
    parts::{lineage_href, link, search_href},
    policy::policy_line,
    reader::Reader,
    work::line,
};
use crate::{
    lineage::{Lineage, Relations, render::level_chinese},
    model::Level,
    query::{QueryError, Row},
    store::Store,
};
use maud::{Markup, html};

/// How many are listed of each.
const LISTED: usize = 12;

/// The start page.
pub(in crate::serve) fn start(store: &Store, lineage: &Lineage) -> Result<Markup, QueryError> {
    let reader = Reader::new(store);
    let count = |pattern: &str| -> Result<usize, QueryError> {
        let rows = reader.rows(&format!("SELECT (COUNT(*) AS ?n) {{ {pattern} }}"), &[])?;
        Ok(rows.first().and_then(|row: &Row| row.number("n")).unwrap_or(0))
    };
    let figures = [
        (count("?s a zm:SourceFile")?, "份来源"),
        (lineage.policies().filter(|(_, policy)| policy.is_held).count(), "项政策有全文"),
        (lineage.policies().filter(|(_, policy)| !policy.is_held).count(), "项仅见于引用"),
        (lineage.edges().count(), "条政策关系"),
        (count("?s a zm:Measure")?, "项措施"),
        (count("GRAPH ?_effective { ?s a zm:Agency }")?, "个机关"),
    ];
    let mut held: Vec<_> = lineage.policies().filter(|(_, policy)| policy.is_held).collect();
    let held_count = held.len();
    held.sort_by_key(|(_, policy)| (policy.level as u8, policy.label.clone()));
    held.truncate(LISTED);
    let gaps: Vec<_> = lineage.gaps(&Relations::default()).into_iter().take(LISTED).collect();
    let busy = reader.rows(
        "SELECT ?agency ?name (COUNT(DISTINCT ?measure) AS ?n) { GRAPH ?_effective { ?measure zm:assignedTo ?agency .
            ?agency a zm:Agency ; skos:prefLabel ?name } } GROUP BY ?agency ?name ORDER BY DESC(?n) ?name LIMIT 12",
        &[],
    )?;
    let conflicts = conflicts(reader)?;
    Ok(page("政脉", "", &html! {
        div.hero {
            h1 { "政脉" }
            p.lead { "从公文原文读出：谁落实谁、谁依据谁，措施由谁承担、何时完成。每一条都可回到原句。" }
            p.small lang="en" { "Who implements whom, from the text of Chinese policy documents — with the sentence each link rests on." }
            form.search.large action="/search" method="get" role="search" {
                input type="search" name="q" aria-label="查找" placeholder="国知发运字〔2022〕47号";
                button type="submit" { "查找" }
            }
            p.small {
                "试试 " a href=(search_href("国知发运字〔2022〕47号")) { "国知发运字〔2022〕47号" } "、"
                a href=(search_href("39号")) { "39号" } "（两份候选）、" a href=(search_href("强化知识产权保护")) { "强化知识产权保护" }
            }
        }
        dl.figures { @for (n, what) in figures { div { dt { (what) } dd { (n) } } } }
        div.two {
            section {
                h2 { "库中有全文的政策 " small { (held_count) } }
                @if held.is_empty() { p.empty { "还没有读入文件：" code { "zhengmai ingest data/documents" } } }
                @for level in LEVELS {
                    @let of_level: Vec<_> = held.iter().filter(|(_, policy)| policy.level == level).collect();
                    @if !of_level.is_empty() {
                        h3 { (level_chinese(level)) }
                        ul.relations { @for (id, policy) in of_level { li { (policy_line(lineage, *id)) p.from { a href=(lineage_href(&policy.iri)) { "脉络图" } } } } }
                    }
                }
            }
            section {
                h2 { "最缺的全文 " small { "被引用而库中没有" } }
                ul.relations {
                    @for gap in &gaps {
                        li { (policy_line(lineage, gap.policy)) p.from { (gap.demand) " 项政策以它为据 · " a href=(lineage_href(&lineage[gap.policy].iri)) { "脉络图" } } }
                    }
                }
            }
        }
        @if !conflicts.0.is_empty() { section { h2 { "待核对" } (conflicts) } }
        @if !busy.is_empty() {
            section {
                h2 { "承担措施最多的机关" }
                ul.columns {
                    @for row in &busy {
                        @if let Some(agency) = row.node("agency") { li { (link(agency, row.text("name"))) " " span.count { (row.text("n")) } } }
                    }
                }
            }
        }
    }))
}

const LEVELS: [Level; 6] =
    [Level::International, Level::National, Level::Province, Level::Prefecture, Level::County, Level::Unknown];

/// Documents that may be the same.
fn conflicts(reader: Reader<'_>) -> Result<Markup, QueryError> {
    let rows = reader.rows(
        "SELECT ?one ?two ?message { ?link a zm:Link ; rdf:predicate zm:possibleSameAs ; rdf:subject ?one ; rdf:object ?two ;
            zm:message ?message } ORDER BY ?link LIMIT 6",
        &[],
    )?;
    let mut cards = Vec::new();
    for row in &rows {
        let (Some(one), Some(two)) = (row.node("one"), row.node("two")) else { continue };
        cards.push((row, line(reader, one)?, line(reader, two)?));
    }
    Ok(html! {
        @for (row, one, two) in &cards { div.card.warning { p { (row.text("message")) } (one) (two) } }
    })
}
