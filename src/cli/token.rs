//! `zhengmai token`: who may do what over HTTP.

use super::{StoreArgs, audit::ByArgs};
use crate::access::{Access, Role};
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use std::{
    io::{self, Write as _},
    process::ExitCode,
};

#[derive(Args, Debug)]
#[command(
    after_help = "例 (examples):\n  zhengmai token create --role writer --name 张三\n  zhengmai token list\n  zhengmai token revoke t-0123456789ab\n  curl -H \"Authorization: Bearer $TOKEN\" …"
)]
pub(super) struct TokenArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 发一个令牌; 只在此时显示一次 (make a token, which is shown this once)
    Create {
        /// 角色 (role): reader reviewer writer admin
        #[arg(long)]
        role: Role,
        /// 持有人, 只记在令牌旁 (who holds it; stands with the tokens alone)
        #[arg(long)]
        name: String,
        #[command(flatten)]
        by: ByArgs,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// 列出令牌 (list the tokens)
    List {
        #[command(flatten)]
        store: StoreArgs,
    },
    /// 收回一个令牌, 立即生效 (take a token back, at once)
    Revoke {
        /// list 所列的 id (an id of the list)
        id: String,
        #[command(flatten)]
        by: ByArgs,
        #[command(flatten)]
        store: StoreArgs,
    },
}

pub(super) fn run(args: &TokenArgs) -> Result<ExitCode> {
    let mut out = io::stdout().lock();
    match &args.command {
        Command::Create { role, name, by, store } => {
            let (token, shown) = Access::open(&store.store)?.create(*role, name)?;
            by.noting(store, ("token-create", &format!("{role} {}", token.id)), || Ok(()))?;
            writeln!(io::stderr(), "{} {role} {name}: 令牌只显示这一次 (the token is shown this once)", token.id)?;
            writeln!(out, "{shown}")?;
        }
        Command::List { store } => {
            for token in Access::open(&store.store)?.tokens()?.iter() {
                writeln!(out, "{}  {:<8}  {}  {}", token.id, token.role.name(), token.created, token.name)?;
            }
        }
        Command::Revoke { id, by, store } => {
            let access = Access::open(&store.store)?;
            by.noting(store, ("token-revoke", id), || {
                if access.revoke(id)? {
                    Ok(())
                } else {
                    bail!("没有令牌 {id} (no such token); 见 zhengmai token list")
                }
            })?;
            writeln!(out, "已收回 (revoked) {id}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
