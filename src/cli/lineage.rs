//! `zhengmai lineage`.

use anyhow::Result;
use clap::Args;
use std::process::ExitCode;

#[derive(Args, Debug)]
pub(super) struct LineageArgs {}

pub(super) fn run(_: &LineageArgs) -> Result<ExitCode> {
    anyhow::bail!("not yet")
}
