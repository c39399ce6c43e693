//! `zhengmai audit`: who wrote what; and how commands come into that log.

use super::{StoreArgs, complain};
use crate::access::{Access, Entry, Noted};
use anyhow::Result;
use clap::Args;
use std::{
    collections::{BTreeMap, VecDeque},
    io::{self, Write as _},
    process::ExitCode,
};

/// Who writes on the command line.
#[derive(Args, Debug)]
pub(super) struct ByArgs {
    /// 谁: 不透明的代号, 不写姓名; 记入审计日志 (who: an opaque id, no name; for the log of writes)
    #[arg(long, value_name = "ID", env = "ZHENGMAI_BY", default_value = "local", value_parser = opaque)]
    pub(super) by: String,
}

/// An id that is no name.
fn opaque(text: &str) -> Result<String, String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.:".contains(c);
    if !text.is_empty() && text.len() <= 64 && text.chars().all(is_plain) {
        Ok(text.to_owned())
    } else {
        Err("应为字母、数字与 - _ . : 组成的代号, 至多 64 位 (an id of letters, digits and - _ . :, at most 64)"
            .to_owned())
    }
}

impl ByArgs {
    /// Writes and notes it in the log of a store, whatever came of it.
    ///
    /// # Errors
    /// Those of `write`, and when the log can't be written.
    pub(super) fn noting<T>(
        &self,
        store: &StoreArgs,
        (action, what): (&str, &str),
        write: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        let done = write();
        let status = if done.is_ok() { 200 } else { 500 };
        let noted = Access::open(&store.store)
            .and_then(|access| access.note(Entry { who: &self.by, via: "cli", action, what, status }));
        let done = done?;
        noted?;
        Ok(done)
    }
}

#[derive(Args, Debug)]
#[command(
    after_help = "例 (examples):\n  zhengmai audit\n  zhengmai audit --who t-0123456789ab --since 2026-01-01\n  zhengmai audit --json --last 1000000"
)]
pub(super) struct AuditArgs {
    /// 只列此代号的 (of this id only)
    #[arg(long, value_name = "ID")]
    who: Option<String>,
    /// 只列此种操作: ingest reject update … (of this kind only)
    #[arg(long)]
    action: Option<String>,
    /// 自何时起, ISO 8601 (from when on)
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// 最近几条 (how many, the last ones)
    #[arg(long, value_name = "N", default_value_t = 50)]
    last: usize,
    /// 每行一个 JSON (a line of JSON each)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    store: StoreArgs,
}

pub(super) fn run(args: &AuditArgs) -> Result<ExitCode> {
    let access = Access::open(&args.store.store)?;
    let names: BTreeMap<String, String> =
        access.tokens()?.iter().map(|token| (token.id.clone(), token.name.clone())).collect();
    let is_meant = |noted: &Noted| {
        args.who.as_ref().is_none_or(|who| *who == noted.who)
            && args.action.as_ref().is_none_or(|action| *action == noted.action)
            && args.since.as_ref().is_none_or(|since| *since <= noted.time)
    };
    let (mut last, mut damaged) = (VecDeque::new(), 0);
    for noted in access.noted()? {
        match noted {
            Some(noted) if is_meant(&noted) => {
                last.push_back(noted);
                if last.len() > args.last {
                    last.pop_front();
                }
            }
            Some(_) => (),
            None => damaged += 1,
        }
    }
    let mut out = io::stdout().lock();
    for noted in &last {
        if args.json {
            writeln!(out, "{}", serde_json::to_string(noted)?)?;
            continue;
        }
        let Noted { time, who, via, action, what, status } = noted;
        let name = names.get(who).map(|name| format!(" {name}")).unwrap_or_default();
        let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
        let (shown, rest) = (what.chars().take(120).collect::<String>(), what.chars().count() > 120);
        writeln!(out, "{time}  {who}{name}  {via}  {action}  {status}  {shown}{}", if rest { "…" } else { "" })?;
    }
    if damaged > 0 {
        complain(&format!(
            "{damaged} 行读不出, 或因断电没有写完 (lines that cannot be read, perhaps torn by a power failure)"
        ));
    }
    Ok(ExitCode::SUCCESS)
}
