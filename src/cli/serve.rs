//! `zhengmai serve`.

use crate::register::Register;
use anyhow::Result;
use clap::Args;
use std::process::ExitCode;

#[derive(Args, Debug)]
pub(super) struct ServeArgs {}

pub(super) fn run(_: ServeArgs, _: Register) -> Result<ExitCode> {
    anyhow::bail!("not yet")
}
