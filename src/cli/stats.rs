//! `zhengmai stats`: what is in the store.

use super::StoreArgs;
use crate::{query::select, store::Store};
use anyhow::Result;
use clap::Args;
use std::{
    io::{self, Write as _},
    process::ExitCode,
};

#[derive(Args, Debug)]
pub(super) struct StatsArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// 以 JSON 输出 (as JSON)
    #[arg(long)]
    json: bool,
}

/// What is counted: name, label, and the pattern whose distinct `?n` are counted.
const COUNTS: [(&str, &str, &str); 11] = [
    ("sources", "来源文件 (source files)", "?n a zm:SourceFile"),
    ("policies", "政策 (policies)", "?n a zm:Policy"),
    ("held", "有文的文件 (works held)", "?n a zm:PolicyDocument ; zm:status zm:held"),
    ("stubs", "只被引的文件 (works only cited)", "?n a zm:PolicyDocument ; zm:status zm:stub"),
    ("citations", "引用 (citations)", "?n a zm:Citation"),
    ("resolved", "其中所引已收 (of them, to works held)", "?n a zm:Citation ; rdf:object/zm:status zm:held"),
    (
        "open",
        "其中所指未定 (of them, left open)",
        "?n a zm:Citation ; zm:state ?state . FILTER NOT EXISTS { ?n rdf:object ?o }",
    ),
    ("measures", "措施 (measures)", "?n a zm:Measure"),
    ("assignments", "责任 (assignments)", "?n a zm:Assignment"),
    ("findings", "问题 (findings)", "?n a zm:Finding"),
    ("links", "链接 (links)", "?n a zm:Link"),
];

pub(super) fn run(args: &StatsArgs) -> Result<ExitCode> {
    let store = Store::open_read_only(&args.store.store)?;
    let mut out = io::stdout().lock();
    let mut json = serde_json::Map::new();
    for (name, label, pattern) in COUNTS {
        let query = format!(
            "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> SELECT (COUNT(DISTINCT ?n) AS ?count) {{ {pattern} }}"
        );
        let count = select(&store, &query, &[])?.first().and_then(|row| row.number("count")).unwrap_or(0);
        if args.json {
            json.insert(name.to_owned(), count.into());
        } else {
            writeln!(out, "{count:>8}  {label}")?;
        }
    }
    let version = store.version()?;
    if args.json {
        json.insert("version".to_owned(), version.into());
        writeln!(out, "{}", serde_json::to_string_pretty(&json)?)?;
    } else {
        writeln!(out, "版本 (version) {version}")?;
    }
    Ok(ExitCode::SUCCESS)
}
