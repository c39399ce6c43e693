//! `zhengmai licenses`: what the program is made of.

use anyhow::Result;
use std::{
    io::{self, Write as _},
    process::ExitCode,
};

/// Data and their licences, as `data/LICENSES.md` says.
const DATA: &str = include_str!("../../data/LICENSES.md");
/// Crates and their licences.
const SOFTWARE: &str = include_str!("../../data/SOFTWARE.md");

pub(super) fn run() -> Result<ExitCode> {
    let mut out = io::stdout().lock();
    writeln!(out, "政脉 zhengmai {} — Apache-2.0\n\n{SOFTWARE}\n{DATA}", env!("CARGO_PKG_VERSION"))?;
    Ok(ExitCode::SUCCESS)
}
