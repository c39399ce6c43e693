//! `zhengmai remove` and `zhengmai forget`.

use super::{StoreArgs, audit::ByArgs, clock, compact, open_for_writing, search};
use crate::{
    link::Linker,
    register::Register,
    review::{self, Erasure},
    store::{ReadBy, Store},
};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::{
    io::{self, Write as _},
    process::ExitCode,
};

#[derive(Args, Debug)]
pub(super) struct RemoveArgs {
    /// 来源: SHA-256 的开头 (6 位以上) 或文件名 (a source: the start of its SHA-256, or its file name)
    source: String,
    #[command(flatten)]
    by: ByArgs,
    #[command(flatten)]
    store: StoreArgs,
}

#[derive(Args, Debug)]
pub(super) struct ForgetArgs {
    /// 来源: SHA-256 的开头 (6 位以上) 或文件名 (a source: the start of its SHA-256, or its file name)
    source: String,
    /// 理由, 记入裁定 (the reason, kept with the decision)
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    by: ByArgs,
    #[command(flatten)]
    store: StoreArgs,
}

pub(super) fn remove(args: &RemoveArgs, register: &Register) -> Result<ExitCode> {
    let store = open_for_writing(&args.store.store, None)?;
    let sha256 = find(&store, &args.source)?;
    let search = search::follow(&store);
    args.by.noting(&args.store, ("remove", &sha256), || {
        let mut linker = Linker::load(&store, register)?;
        linker.replace_sources(vec![(sha256.clone(), None)], &clock::run(), &ReadBy::default())?;
        search::update(search.as_ref());
        Ok(store.drop_bytes(&sha256)?)
    })?;
    writeln!(io::stdout(), "已去掉 (removed) {sha256}")?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn forget(args: &ForgetArgs, register: &Register) -> Result<ExitCode> {
    let store = open_for_writing(&args.store.store, None)?;
    let sha256 = find(&store, &args.source)?;
    let search = search::follow(&store);
    let erasure = Erasure {
        id: uuid::Uuid::now_v7().to_string(),
        sha256: sha256.clone(),
        reason: args.reason.clone(),
        at: clock::now(),
    };
    args.by.noting(&args.store, ("forget", &sha256), || {
        let mut linker = Linker::load(&store, register)?;
        // The tombstone first: were the power to fail in between, the source is not read again.
        linker.replace_decisions(review::with_erasure(&store, &erasure)?)?;
        linker.replace_sources(vec![(sha256.clone(), None)], &clock::run(), &ReadBy::default())?;
        search::purge(search.as_ref());
        Ok(store.drop_bytes(&sha256)?)
    })?;
    drop((search, store));
    // The database keeps every word that it once had, until it is written anew.
    let rewritten = compact::rewrite(&args.store.store);
    rewritten.context("已遗忘, 但词语还在盘上, 请运行 zhengmai compact (forgotten, but the words are still on the disk: run zhengmai compact)")?;
    writeln!(io::stdout(), "已遗忘 (forgotten) {sha256}")?;
    Ok(ExitCode::SUCCESS)
}

/// The one source that a prefix of a hash, or a file name, means.
fn find(store: &Store, wanted: &str) -> Result<String> {
    let names = store.file_names()?;
    let is_hash = wanted.len() >= 6 && wanted.bytes().all(|b| b.is_ascii_hexdigit());
    let fits =
        |(sha256, name): &&(String, String)| name == wanted || (is_hash && sha256.starts_with(&wanted.to_lowercase()));
    let found: Vec<&(String, String)> = names.iter().filter(fits).collect();
    match found.as_slice() {
        [(sha256, _)] => Ok(sha256.clone()),
        [] => bail!("库中没有来源 (no source) {wanted}; 用 zhengmai query what-has-been-read 列出"),
        several => {
            let list: Vec<String> = several.iter().map(|(sha256, name)| format!("  {sha256}  {name}")).collect();
            bail!("{wanted} 不止一个 (ambiguous):\n{}", list.join("\n"))
        }
    }
}
