//! `zhengmai query`: a file, a named query, or standard input.

use super::{StoreArgs, search::Unopened};
use crate::{
    query::{
        CATALOGUE, Dataset, NamedQuery, QueryResults, QuerySolutionIter, ResultFormat, evaluate_with, write_results,
    },
    store::Store,
};
use anyhow::{Context as _, Result, anyhow, bail};
use clap::Args;
use oxrdf::Term;
use std::{
    fs,
    io::{self, BufWriter, IsTerminal as _, Read as _, Write},
    path::Path,
    process::ExitCode,
};

#[derive(Args, Debug)]
#[command(
    after_help = "例 (examples):\n  zhengmai query --list\n  zhengmai query what-implements\n  zhengmai query what-is-due-by --param date=2021-12-31\n  echo 'SELECT * { ?s ?p ?o } LIMIT 5' | zhengmai query - --format csv"
)]
pub(super) struct QueryArgs {
    /// 查询文件 FILE.rq, 目录中的名字, 或 - (a file, a name of --list, or - for standard input)
    #[arg(required_unless_present = "list")]
    query: Option<String>,
    /// 列出现成的问题 (list the named queries)
    #[arg(long)]
    list: bool,
    /// 参数 NAME=VALUE, 可重复 (a parameter, repeatable)
    #[arg(long = "param", value_name = "NAME=VALUE")]
    parameters: Vec<String>,
    /// 格式 json xml csv tsv turtle ntriples …; 终端上默认表格 (default: a table on a terminal, else JSON)
    #[arg(long)]
    format: Option<String>,
    #[command(flatten)]
    store: StoreArgs,
}

pub(super) fn run(args: &QueryArgs) -> Result<ExitCode> {
    let Some(wanted) = args.query.as_deref().filter(|_| !args.list) else { return list() };
    let store = Store::open_read_only(&args.store.store)?;
    let text = text_of(wanted, &parameters(&args.parameters)?, store.iris().base())?;
    let results = evaluate_with(&store, &Unopened(&store), &text, &Dataset::default())?;
    let mut out = BufWriter::new(io::stdout().lock());
    match (&args.format, results) {
        (None, QueryResults::Solutions(solutions)) if io::stdout().is_terminal() => table(solutions, &mut out)?,
        (format, results) => {
            let format = format_of(format.as_deref(), &results)?;
            write_results(results, format, &mut out)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn format_of(name: Option<&str>, results: &QueryResults<'_>) -> Result<ResultFormat> {
    if let Some(name) = name {
        let known = "json xml csv tsv turtle ntriples nquads trig rdfxml jsonld";
        return ResultFormat::parse(name).ok_or_else(|| anyhow!("没有格式 (no format) {name}; 可用 (known): {known}"));
    }
    Ok(match results {
        QueryResults::Graph(_) => ResultFormat::TURTLE,
        QueryResults::Solutions(_) | QueryResults::Boolean(_) => ResultFormat::JSON,
    })
}

fn parameters(given: &[String]) -> Result<Vec<(String, String)>> {
    let split = |text: &String| {
        let (name, value) =
            text.split_once('=').ok_or_else(|| anyhow!("参数应为 NAME=VALUE (a parameter is NAME=VALUE): {text}"))?;
        Ok((name.to_owned(), value.to_owned()))
    };
    given.iter().map(split).collect()
}

/// The text of a named query, a file, or standard input.
fn text_of(wanted: &str, parameters: &[(String, String)], base: &str) -> Result<String> {
    if let Some(query) = NamedQuery::find(wanted) {
        return query.bound(parameters, base).map_err(|message| anyhow!("{wanted}: {message}"));
    }
    if !parameters.is_empty() {
        bail!("--param 只用于目录中的问题 (only for named queries); {wanted} 不在目录中");
    }
    if wanted == "-" {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).context("标准输入无法读取 (cannot read standard input)")?;
        return Ok(text);
    }
    let is_file = Path::new(wanted).exists();
    if !is_file {
        bail!("没有文件或现成的问题 (no such file or named query) {wanted}; 见 zhengmai query --list");
    }
    fs::read_to_string(wanted).with_context(|| format!("{wanted} 无法读取 (cannot read)"))
}

fn list() -> Result<ExitCode> {
    let mut out = io::stdout().lock();
    for query in CATALOGUE {
        writeln!(out, "{}\n    {}", query.name, query.summary())?;
        for parameter in query.parameters() {
            let default = parameter.default.map(|value| format!(" = {value}")).unwrap_or_default();
            writeln!(out, "    --param {}=… {}{default}", parameter.name, parameter.kind.words())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// One block a row, a line a variable: sentences are too long for columns.
fn table(solutions: QuerySolutionIter<'_>, out: &mut impl Write) -> Result<()> {
    let mut count = 0;
    for solution in solutions {
        count += 1;
        writeln!(out, "── {count}")?;
        for (variable, term) in &solution? {
            let text = match term {
                Term::Literal(literal) => literal.value().to_owned(),
                Term::NamedNode(node) => node.as_str().to_owned(),
                Term::BlankNode(_) => term.to_string(),
            };
            writeln!(out, "  {:<16} {text}", variable.as_str())?;
        }
    }
    writeln!(out, "{count} 行 (rows)")?;
    Ok(())
}
