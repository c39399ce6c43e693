//! The page for queries: a box, the named queries, and answers as a table.

use super::{
    layout::{Page, page},
    parts::bi,
};
use crate::{
    query::CATALOGUE,
    serve::{address::page_of, state::AppState, terms::compact},
};
use maud::{Markup, html};
use serde_json::Value;

/// An answer for people.
#[derive(Clone, Debug)]
pub(in crate::serve) enum Answer {
    /// SPARQL results in JSON.
    Table(Value),
    /// RDF in Turtle.
    Graph(String),
    /// Too long to show.
    TooLong,
}

/// Rows that are shown; the formats for download have all.
const ROWS: usize = 1000;

/// The page, with the text of a query and perhaps its answer.
pub(in crate::serve) fn sparql(
    state: &AppState,
    query: &str,
    summary: Option<&str>,
    answer: Option<&Answer>,
) -> Markup {
    let text = if query.is_empty() { EXAMPLE } else { query };
    let body = html! {
        div.sparql-page {
            header.doc-head {
                h1 { "查询" }
                p.lead { "在全部图层之并上以 SPARQL 1.1 提问；程序可直接用本页地址作端点。" span.en lang="en" { " This page's address is the SPARQL endpoint; the default graph is the union of all layers." } }
            }
            form.query action="/sparql" method="get" {
                label for="query" { @if let Some(summary) = summary { (summary) } @else { "查询" } }
                textarea #query name="query" rows="14" spellcheck="false" autocapitalize="off" autocomplete="off" { (text) }
                div.query-actions {
                    button.button.primary type="submit" { "运行" }
                    label for="format" { "结果" }
                    select #format name="format" {
                        option value="html" { "表格" }
                        @for (value, name) in [("csv", "CSV"), ("json", "JSON"), ("tsv", "TSV"), ("xml", "XML"), ("turtle", "Turtle"), ("jsonld", "JSON-LD")] { option value=(value) { (name) } }
                    }
                }
            }
            @if let Some(answer) = answer { (self::answer(state, answer)) }
            (catalogue())
        }
    };
    page(&Page { title: "查询", query: "", data: None, body })
}

/// What stands in the box where nobody has asked anything.
const EXAMPLE: &str = "PREFIX zm: <https://w3id.org/zhengmai#>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n\n# 谁落实谁  who implements what\nSELECT ?政策 ?所落实 WHERE {\n  ?a a zm:Policy ; zm:implements ?b ; skos:prefLabel ?政策 .\n  ?b skos:prefLabel ?所落实 .\n}\nORDER BY ?所落实\nLIMIT 100";

fn catalogue() -> Markup {
    html! {
        section aria-labelledby="named-h" {
            h2 #named-h { (bi("现成的问题", "named queries")) }
            ul.named-queries { @for query in CATALOGUE {
                @let (zh, en) = query.summary().split_once(" / ").unwrap_or((query.summary(), ""));
                li { a href=(format!("/sparql?name={}", query.name)) { (zh) } span.en lang="en" { (en) } }
            } }
        }
    }
}

fn answer(state: &AppState, answer: &Answer) -> Markup {
    html! {
        section.answer aria-labelledby="answer-h" {
            @match answer {
                Answer::Table(value) => { (table(state, value)) },
                Answer::Graph(turtle) => { h2 #answer-h { (bi("结果", "answer")) } pre tabindex="0" { code { (turtle) } } },
                Answer::TooLong => { h2 #answer-h { (bi("结果太长", "too long to show")) } p { "请在“结果”中选 CSV 或 JSON 下载，或给查询加上 LIMIT。" } },
            }
        }
    }
}

fn table(state: &AppState, value: &Value) -> Markup {
    if let Some(answer) = value.get("boolean").and_then(Value::as_bool) {
        return html! { h2 #answer-h { (bi("结果", "answer")) } p.boolean { @if answer { "是" } @else { "否" } " " span.en lang="en" { (answer) } } };
    }
    let variables: Vec<&str> =
        value["head"]["vars"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let rows: &[Value] = value["results"]["bindings"].as_array().map_or(&[], Vec::as_slice);
    html! {
        h2 #answer-h { "结果 " span.count { (rows.len()) } " 行" @if rows.len() > ROWS { "，显示前 " (ROWS) " 行" } }
        @if rows.is_empty() { p.empty { "没有结果。" } } @else {
            div.scroll tabindex="0" role="region" aria-label="结果表，可左右滚动" {
                table.results {
                    thead { tr { @for variable in &variables { th scope="col" { (variable) } } } }
                    tbody { @for row in rows.iter().take(ROWS) { tr { @for variable in &variables { td { (cell(state, &row[*variable])) } } } } }
                }
            }
        }
    }
}

fn cell(state: &AppState, term: &Value) -> Markup {
    let value = term["value"].as_str().unwrap_or_default();
    html! {
        @if term["type"] == "uri" {
            @let short = value.strip_prefix(state.iris().base()).map_or_else(|| compact(value), str::to_owned);
            @if let Some(path) = page_of(state.iris(), value) { a href=(path) { (short) } } @else { (short) }
        } @else { (value) }
    }
}
