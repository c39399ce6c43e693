//! `zhengmai check`: what in the store wants a look.

use super::StoreArgs;
use crate::{
    query::{select, violations},
    store::Store,
};
use anyhow::Result;
use clap::Args;
use serde_json::{Map, Value, json};
use std::{
    io::{self, Write as _},
    process::ExitCode,
};

#[derive(Args, Debug)]
#[command(
    after_help = "文号矛盾或不合形状时退出码为 1 (exit code 1 where numbers conflict or the graph violates a shape)。\n\n例 (examples):\n  zhengmai check\n  zhengmai check --json"
)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// 每类最多列几项; 缺省 10, --json 时全列 (how many of each kind to list; all with --json)
    #[arg(long)]
    limit: Option<usize>,
    /// 以 JSON 输出 (as JSON)
    #[arg(long)]
    json: bool,
}

/// A list of things to look at.
struct List {
    name: &'static str,
    title: &'static str,
    /// Names of the columns.
    columns: &'static [&'static str],
    rows: Vec<Vec<String>>,
    /// Whether a row makes the answer "no".
    is_fault: bool,
}

const PREFIXES: &str = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> \
    PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX eli: <http://data.europa.eu/eli/ontology#> ";

pub(super) fn run(args: &CheckArgs) -> Result<ExitCode> {
    let store = Store::open_read_only(&args.store.store)?;
    let lists = lists(&store)?;
    let limit = args.limit.unwrap_or(if args.json { usize::MAX } else { 10 });
    let mut out = io::stdout().lock();
    if args.json {
        let lists: Vec<Value> = lists.iter().map(|list| record(list, limit)).collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&lists)?)?;
    } else {
        for list in &lists {
            writeln!(out, "{}: {}", list.title, list.rows.len())?;
            for row in list.rows.iter().take(limit) {
                let cells: Vec<String> =
                    row.iter().filter(|cell| !cell.is_empty()).map(|cell| shortened(cell)).collect();
                writeln!(out, "  {}", cells.join("  "))?;
            }
            if list.rows.len() > limit {
                writeln!(out, "  … 另有 (and) {} 项; --limit", list.rows.len() - limit)?;
            }
        }
    }
    let is_fine = lists.iter().all(|list| !list.is_fault || list.rows.is_empty());
    Ok(if is_fine { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn lists(store: &Store) -> Result<Vec<List>> {
    let asked = |query: &str, columns: &[&str]| -> Result<Vec<Vec<String>>> {
        let rows = select(store, &format!("{PREFIXES}{query}"), &[])?;
        Ok(rows.iter().map(|row| columns.iter().map(|column| row.text(column).to_owned()).collect()).collect())
    };
    let pair: &[&str] = &["one", "other"];
    let error: &[&str] = &["code", "message", "file"];
    let disagreement: &[&str] = &["name", "one", "one_file", "other", "other_file"];
    let missing: &[&str] = &["citations", "name"];
    Ok(vec![
        List {
            name: "number_conflicts",
            title: "文号矛盾 (conflicting numbers)",
            columns: pair,
            rows: asked(&alike("number-conflict", "zm:key"), pair)?,
            is_fault: true,
        },
        List {
            name: "shapes",
            title: "形状 (shapes)",
            columns: &["shape", "message", "message_en", "focus", "path", "value"],
            rows: broken(store)?,
            is_fault: true,
        },
        List {
            name: "near_titles",
            title: "近似标题 (near-identical titles)",
            columns: pair,
            rows: asked(&alike("near-title", "skos:prefLabel"), pair)?,
            is_fault: false,
        },
        List {
            name: "near_texts",
            title: "正文相同或相近 (the same text, or nearly, under two names)",
            columns: pair,
            rows: asked(
                "SELECT DISTINCT ?one ?other { ?l zm:linkKind ?kind ; rdf:subject ?x ; rdf:predicate ?p ; rdf:object ?y . ?x ?p ?y .
                 FILTER (?kind IN ('same-text', 'near-text')) ?x skos:prefLabel ?one . ?y skos:prefLabel ?other } ORDER BY ?one ?other",
                pair,
            )?,
            is_fault: false,
        },
        List {
            name: "disagreements",
            title: "同一文件的文本说法不一 (texts of one work that disagree)",
            columns: disagreement,
            rows: asked(
                "SELECT DISTINCT ?name ?one ?one_file ?other ?other_file { VALUES ?p { eli:date_document eli:title eli:number }
                 ?w zm:status zm:held ; skos:prefLabel ?name ; ?p ?one , ?other . FILTER (STR(?one) < STR(?other))
                 ?c rdf:subject ?w ; rdf:predicate ?p ; rdf:object ?one ; zm:inSource ?s . ?s zm:fileName ?one_file .
                 ?d rdf:subject ?w ; rdf:predicate ?p ; rdf:object ?other ; zm:inSource ?t . ?t zm:fileName ?other_file .
                 FILTER (?s != ?t) } ORDER BY ?name ?one ?other ?one_file ?other_file",
                disagreement,
            )?,
            is_fault: false,
        },
        List {
            name: "errors",
            title: "原文中的错误 (errors found in sources)",
            columns: error,
            rows: asked(
                "SELECT ?code ?message ?file { ?f a zm:Finding ; zm:severity zm:error ; zm:code ?code ; zm:message ?message ;
                 zm:inSource/zm:fileName ?file } ORDER BY ?code ?message ?file ?f",
                error,
            )?,
            is_fault: false,
        },
        List {
            name: "missing",
            title: "缺文, 按被引多少 (works cited and not held, by demand)",
            columns: missing,
            rows: asked(
                "SELECT ?name (COUNT(DISTINCT ?c) AS ?citations) { ?w a zm:PolicyDocument ; zm:status zm:stub ; skos:prefLabel ?name .
                 ?c a zm:Citation ; rdf:object ?w ; rdf:subject ?s ; rdf:predicate ?p . ?s ?p ?w }
                 GROUP BY ?w ?name ORDER BY DESC(?citations) ?name ?w",
                missing,
            )?,
            is_fault: false,
        },
    ])
}

/// The query for pairs of works of one kind of link, by a property that tells them apart.
fn alike(kind: &str, property: &str) -> String {
    format!(
        "SELECT DISTINCT ?one ?other {{ ?l zm:linkKind \"{kind}\" ; rdf:subject ?x ; rdf:object ?y . ?x zm:possibleSameAs ?y .
         ?x {property} ?a . ?y {property} ?b . BIND (REPLACE(STR(?a), \"^num:\", \"\") AS ?one) BIND (REPLACE(STR(?b), \"^num:\", \"\") AS ?other) }}
         ORDER BY ?one ?other"
    )
}

/// What violates a shape.
fn broken(store: &Store) -> Result<Vec<Vec<String>>> {
    let written = |term: Option<String>| term.unwrap_or_default();
    let row = |violation: &crate::query::Violation| {
        vec![
            violation.name().to_owned(),
            violation.message.clone(),
            violation.message_en.clone(),
            violation.focus.to_string(),
            written(violation.path.as_ref().map(ToString::to_string)),
            written(violation.value.as_ref().map(ToString::to_string)),
        ]
    };
    Ok(violations(store)?.iter().map(row).collect())
}

/// A cell that fits a line.
fn shortened(cell: &str) -> String {
    const LONGEST: usize = 200;
    match cell.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &cell[..at]),
        None => cell.to_owned(),
    }
}

/// A list as JSON: its name, how many there are, and those within the limit.
fn record(list: &List, limit: usize) -> Value {
    let item = |row: &Vec<String>| -> Value {
        let cells = list.columns.iter().zip(row).map(|(column, cell)| ((*column).to_owned(), json!(cell)));
        Value::Object(cells.collect::<Map<_, _>>())
    };
    let items: Vec<Value> = list.rows.iter().take(limit).map(item).collect();
    json!({ "name": list.name, "count": list.rows.len(), "is_fault": list.is_fault, "items": items })
}
