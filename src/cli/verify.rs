//! `zhengmai verify`: whether the store is what it was written as, and whether what follows from it does.

use super::StoreArgs;
use crate::{
    access::Access,
    link::Linker,
    model::RULE_SET,
    query::violations,
    register::Register,
    store::{Fault, Store},
};
use anyhow::Result;
use clap::Args;
use std::{
    io::{self, Write as _},
    process::ExitCode,
};

#[derive(Args, Debug)]
#[command(
    after_help = "只读, 什么也不改; 有不对的, 退出码为 1 (reads only; exit code 1 where something is wrong)\n\n例 (examples):\n  zhengmai verify\n  zhengmai verify --store /srv/zhengmai"
)]
pub(super) struct VerifyArgs {
    #[command(flatten)]
    store: StoreArgs,
}

/// One thing that is looked at.
struct Check {
    title: &'static str,
    /// What is wrong, and what only deserves to be known.
    faults: Vec<String>,
    notes: Vec<String>,
    remedy: &'static str,
}

/// How many faults of one kind are listed.
const LISTED: usize = 20;

pub(super) fn run(args: &VerifyArgs, register: &Register) -> Result<ExitCode> {
    let store = Store::open_read_only(&args.store.store)?;
    let mut out = io::stdout().lock();
    let mut is_fine = true;
    // One after the other, and told at once: each may take its time.
    let looks: [&dyn Fn() -> Result<Check>; 6] = [
        &|| Ok(database(&store)),
        &|| graphs(&store),
        &|| bytes(&store),
        &|| derived(&store, register),
        &|| shapes(&store),
        &|| Ok(tokens(args)),
    ];
    for look in looks {
        let check = look()?;
        is_fine &= check.faults.is_empty();
        write!(out, "{}", told(&check))?;
        out.flush()?;
    }
    Ok(if is_fine { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn told(check: &Check) -> String {
    let (mark, count) =
        if check.faults.is_empty() { ("✓", String::new()) } else { ("✗", format!(": {}", check.faults.len())) };
    let mut lines = format!("{mark} {}{count}\n", check.title);
    let more = check.faults.len().saturating_sub(LISTED);
    lines.extend(check.faults.iter().take(LISTED).map(|fault| format!("    {fault}\n")));
    lines.extend((more > 0).then(|| format!("    … 另有 (and) {more}\n")));
    lines.extend((!check.faults.is_empty()).then(|| format!("    → {}\n", check.remedy)));
    lines.extend(check.notes.iter().map(|note| format!("    · {note}\n")));
    lines
}

fn database(store: &Store) -> Check {
    Check {
        title: "数据库 (database)",
        faults: store.validate().err().into_iter().map(|error| error.to_string()).collect(),
        notes: Vec::new(),
        remedy: "磁盘或文件已损坏: 查磁盘, 从备份恢复 (the disk or a file is damaged: check the disk, restore a backup)",
    }
}

fn graphs(store: &Store) -> Result<Check> {
    let told = |fault: &Fault| match fault {
        Fault::Graph(name) => format!("{name} 的内容与散列不符 (is not what its hash says)"),
        Fault::Unnoted(name) => format!("{name} 没有散列 (has no hash)"),
        Fault::Gone(name) => format!("{name} 不见了 (is gone)"),
        other => format!("{other:?}"),
    };
    Ok(Check {
        title: "各图与其散列 (graphs and their hashes)",
        faults: store.verify_graphs()?.iter().map(told).collect(),
        notes: Vec::new(),
        remedy: "图被绕过本程序改动或损坏: 从备份恢复, 或用 zhengmai ingest --refresh 重读原文 (changed past this program: restore a backup, or read the sources again)",
    })
}

fn bytes(store: &Store) -> Result<Check> {
    let (mut faults, mut gone, mut orphans) = (Vec::new(), 0, 0);
    for fault in store.verify_bytes()? {
        match fault {
            Fault::NoBytes(_) => gone += 1,
            Fault::Orphan(_) => orphans += 1,
            Fault::Bytes(name) => faults.push(format!("sources/{name} 不是读入时的内容 (is not what was read)")),
            other => faults.push(format!("{other:?}")),
        }
    }
    let mut notes = Vec::new();
    if gone > 0 {
        notes.push(format!("{gone} 个来源没有存原文 (sources whose bytes are not kept)"));
    }
    if orphans > 0 {
        notes.push(format!("{orphans} 个文件不属于任何来源: 读入被打断所留, 可删 (files of no source, left by an ingest that was broken off: may be deleted)"));
    }
    Ok(Check {
        title: "原文与其散列 (sources and their hashes)",
        faults,
        notes,
        remedy: "从备份取回该文件, 或重新读入原来的文件 (take the file from a backup, or ingest the original again)",
    })
}

fn derived(store: &Store, register: &Register) -> Result<Check> {
    let deviations = Linker::deviations(store, register)?;
    let mut notes = Vec::new();
    if deviations.is_none() {
        notes.push(format!("由别的规则或登记表推得, 未比较; 现行规则 {RULE_SET}: 用 zhengmai ingest --refresh 重读 (derived by other rules or registers, not compared: read the sources again)"));
    }
    let faults = deviations.unwrap_or_default().into_iter().map(|node| format!("{node} 与重新推得的不同 (differs)"));
    Ok(Check {
        title: "链接与生效图, 与重新推得的相比 (links and the effective graph, against deriving them anew)",
        faults: faults.collect(),
        notes,
        remedy: "请附上本输出报告此错; 重建一个库即可改正: zhengmai ingest PATH --store NEW (report it with this output; a new store puts it right)",
    })
}

fn shapes(store: &Store) -> Result<Check> {
    let told =
        |violation: &crate::query::Violation| format!("{} {} {}", violation.name(), violation.focus, violation.message);
    Ok(Check {
        title: "形状 (shapes)",
        faults: violations(store)?.iter().map(told).collect(),
        notes: Vec::new(),
        remedy: "详见 zhengmai check (for more)",
    })
}

fn tokens(args: &VerifyArgs) -> Check {
    Check {
        title: "令牌 (tokens)",
        faults: Access::open(&args.store.store).err().into_iter().map(|error| error.to_string()).collect(),
        notes: Vec::new(),
        remedy: "从备份取回 tokens.json, 或删去它重新发令牌 (take it from a backup, or delete it and make tokens anew)",
    }
}
