//! `zhengmai decide`: human decisions.

use super::{StoreArgs, audit::ByArgs, clock, open_for_writing, search};
use crate::{
    link::Linker,
    query::select,
    register::Register,
    review::{self, Verdict},
    store::Store,
};
use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use oxrdf::NamedNode;
use std::{
    io::{self, Write as _},
    process::ExitCode,
};

#[derive(Args, Debug)]
pub(super) struct DecideArgs {
    #[command(subcommand)]
    command: DecideCommand,
}

#[derive(Debug, Subcommand)]
enum DecideCommand {
    /// 否决一条陈述或链接 (decide that a claim or link does not hold)
    Reject {
        /// 陈述或链接的 IRI, 见文件页面或 query where-does-it-say-so (IRI of the claim or link)
        claim: String,
        /// 理由 (why)
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        by: ByArgs,
        /// 连同说同一件事的其他陈述 (also every other claim that states the same)
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// 列出裁定 (list decisions)
    List {
        #[command(flatten)]
        store: StoreArgs,
    },
    /// 撤回一项裁定 (withdraw a decision)
    Withdraw {
        /// 裁定的标识, 见 list (its id, from list)
        id: String,
        #[command(flatten)]
        by: ByArgs,
        #[command(flatten)]
        store: StoreArgs,
    },
}

pub(super) fn run(args: &DecideArgs, register: &Register) -> Result<ExitCode> {
    match &args.command {
        DecideCommand::Reject { claim, reason, by, all, store } => reject(register, store, claim, reason, by, *all),
        DecideCommand::List { store } => list(store),
        DecideCommand::Withdraw { id, by, store: place } => {
            let store = open_for_writing(&place.store, None)?;
            let search = search::follow(&store);
            by.noting(place, ("withdraw", id), || {
                Ok(Linker::load(&store, register)?.replace_decisions(review::without(&store, id)?)?)
            })?;
            search::update(search.as_ref());
            writeln!(io::stdout(), "已撤回 (withdrawn) {id}")?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn reject(
    register: &Register,
    place: &StoreArgs,
    claim: &str,
    reason: &str,
    by: &ByArgs,
    all: bool,
) -> Result<ExitCode> {
    let store = open_for_writing(&place.store, None)?;
    let iri = if claim.starts_with('/') { format!("{}{claim}", store.iris().base()) } else { claim.to_owned() };
    let iri = NamedNode::new(&iri).with_context(|| format!("不是 IRI (not an IRI): {claim}"))?;
    let search = search::follow(&store);
    let mut linker = Linker::load(&store, register)?;
    let others = review::others_for_the_same(&store, &iri)?;
    let mut rejected = vec![iri];
    if all {
        rejected.extend(others.iter().cloned());
    }
    for claim in &rejected {
        let verdict = Verdict {
            id: uuid::Uuid::now_v7().to_string(),
            reason: reason.to_owned(),
            by: by.by.clone(),
            at: clock::now(),
        };
        by.noting(place, ("reject", claim.as_str()), || {
            Ok(linker.replace_decisions(review::with_rejection(&store, claim, &verdict)?)?)
        })?;
        writeln!(io::stdout(), "已否决 (rejected) {} · 裁定 (decision) {}", claim.as_str(), verdict.id)?;
    }
    search::update(search.as_ref());
    if !all && !others.is_empty() {
        writeln!(
            io::stdout(),
            "同一关系另有 {} 处原文为据, 仍然成立; --all 一并否决 (it still rests on other sentences; --all rejects them too):",
            others.len()
        )?;
        for other in others {
            writeln!(io::stdout(), "  {}", other.as_str())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn list(store: &StoreArgs) -> Result<ExitCode> {
    let store = Store::open_read_only(&store.store)?;
    let query = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?d ?s ?p ?o ?quote ?reason ?at { ?d zm:decidedAt ?at ; zm:reason ?reason .
        OPTIONAL { ?d rdf:subject ?s ; rdf:predicate ?p . OPTIONAL { ?d rdf:object ?o } } OPTIONAL { ?d zm:quote ?quote } } ORDER BY ?at ?d";
    let rows = select(&store, query, &[])?;
    let mut out = io::stdout().lock();
    for row in &rows {
        let id = row.text("d").rsplit('/').next().unwrap_or_default();
        writeln!(
            out,
            "{id}  {}\n  {} {} {}\n  「{}」 {}",
            row.text("at"),
            row.text("s"),
            row.text("p"),
            row.text("o"),
            row.text("quote"),
            row.text("reason")
        )?;
    }
    writeln!(out, "{} 项裁定 (decisions)", rows.len())?;
    Ok(ExitCode::SUCCESS)
}
