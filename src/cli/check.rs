//! `zhengmai check`: what in the store wants a look.

use super::StoreArgs;
use crate::{query::select, store::Store};
use anyhow::Result;
use clap::Args;
use std::{
    io::{self, Write as _},
    process::ExitCode,
};

#[derive(Args, Debug)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// 每类最多列几项 (how many of each kind to list)
    #[arg(long, default_value_t = 10)]
    limit: usize,
}

const PREFIXES: &str = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> ";

/// A kind of thing to look at: title, query with ?a (and ?b, ?n), whether it is a fault.
const LISTS: [(&str, &str, bool); 4] = [
    (
        "文号矛盾 (conflicting numbers)",
        "SELECT ?a ?b { ?l zm:linkKind \"number-conflict\" ; rdf:subject ?x ; rdf:object ?y . ?x zm:key ?a . ?y zm:key ?b . FILTER EXISTS { ?x zm:possibleSameAs ?y } } GROUP BY ?a ?b ORDER BY ?a ?b",
        true,
    ),
    (
        "近似标题 (near-identical titles)",
        "SELECT ?a ?b { ?l zm:linkKind \"near-title\" ; rdf:subject ?x ; rdf:object ?y . ?x zm:key ?a . ?y zm:key ?b . FILTER EXISTS { ?x zm:possibleSameAs ?y } } GROUP BY ?a ?b ORDER BY ?a ?b",
        true,
    ),
    (
        "原文中的错误 (errors found in sources)",
        "SELECT ?a ?b { ?f a zm:Finding ; zm:severity zm:error ; zm:code ?a ; zm:message ?b } ORDER BY ?a ?b",
        true,
    ),
    (
        "缺文, 按被引多少 (works cited and not held, by demand)",
        "SELECT ?a (COUNT(DISTINCT ?c) AS ?b) { ?w a zm:PolicyDocument ; zm:status zm:stub ; skos:prefLabel ?a . ?c a zm:Citation ; rdf:object ?w } GROUP BY ?w ?a ORDER BY DESC(?b) ?a",
        false,
    ),
];

pub(super) fn run(args: &CheckArgs) -> Result<ExitCode> {
    let store = Store::open_read_only(&args.store.store)?;
    let mut out = io::stdout().lock();
    let mut faults = 0;
    for (title, query, is_fault) in LISTS {
        let rows = select(&store, &format!("{PREFIXES}{query}"), &[])?;
        writeln!(out, "{title}: {}", rows.len())?;
        for row in rows.iter().take(args.limit) {
            writeln!(out, "  {}  {}", row.text("a"), row.text("b"))?;
        }
        if rows.len() > args.limit {
            writeln!(out, "  … 另有 (and) {} 项; --limit", rows.len() - args.limit)?;
        }
        faults += if is_fault { rows.len() } else { 0 };
    }
    Ok(if faults > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
