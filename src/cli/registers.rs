//! `zhengmai registers`: looks at the reference tables.

use super::tables;
use crate::register::Register;
use anyhow::Result;
use clap::{Args, Subcommand};
use std::{
    io::{self, Write as _},
    path::Path,
    process::ExitCode,
};

#[derive(Args, Debug)]
pub(super) struct RegistersArgs {
    #[command(subcommand)]
    command: RegistersCommand,
}

#[derive(Debug, Subcommand)]
enum RegistersCommand {
    /// 校验登记表, 连同 --registers 叠加的 (check the tables, with those of --registers over them)
    Check,
}

pub(super) fn run(args: &RegistersArgs, folder: Option<&Path>) -> Result<ExitCode> {
    match args.command {
        RegistersCommand::Check => check(folder),
    }
}

fn check(folder: Option<&Path>) -> Result<ExitCode> {
    let tables = tables(folder)?;
    let register = Register::from_tables(&tables)?;
    let mut out = io::stdout().lock();
    let counts = [
        ("regions.csv", register.regions.iter().count()),
        ("issuer_codes.csv", register.issuer_codes.iter().count()),
        ("agencies.csv", register.agencies.names().count()),
        ("kinds.csv", register.kinds.statutory().count() + register.kinds.functional().count()),
        ("laws.csv", register.laws.names().count()),
        ("noise.csv", register.noise.rows.len()),
        ("personal_data.csv", register.noise.personal_labels.len()),
    ];
    for (name, count) in counts {
        writeln!(out, "{name:<20} {count:>6}")?;
    }
    writeln!(out, "登记表有效 (the registers are valid) {}", &tables.hash()[..16])?;
    Ok(ExitCode::SUCCESS)
}
