//! `zhengmai compact`: writes the database anew.

use super::{StoreArgs, audit::ByArgs, complain};
use crate::store::{Store, StoreError};
use anyhow::Result;
use clap::Args;
use std::{
    io::{self, Write as _},
    path::Path,
    process::ExitCode,
};

#[derive(Args, Debug)]
#[command(
    after_help = "库的内容与版本不变;期间须有一倍的空余磁盘,库不能同时使用;中断无妨,旧库仍在\n(what the store says stays the same, and so does its version; it takes as much room again while it lasts, and nobody else may use the store;\nbroken off, it leaves the old database)\n\n例 (examples):\n  zhengmai compact\n  zhengmai compact --store /srv/zhengmai"
)]
pub(super) struct CompactArgs {
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    by: ByArgs,
}

pub(super) fn run(args: &CompactArgs) -> Result<ExitCode> {
    let sizes = args.by.noting(&args.store, ("compact", ""), || Ok(rewrite(&args.store.store)?))?;
    writeln!(io::stdout(), "{}", told(sizes))?;
    Ok(ExitCode::SUCCESS)
}

/// Rewrites a store that nobody has open, and says so before.
pub(super) fn rewrite(store: &Path) -> Result<(u64, u64), StoreError> {
    complain("正在压实数据库 (writing the database anew) …");
    Store::rewrite(store)
}

/// What has become of the size.
pub(super) fn told((before, after): (u64, u64)) -> String {
    let megabytes = |bytes: u64| format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10);
    format!("已压实 (compacted) {} → {}", megabytes(before), megabytes(after))
}
