//! `zhengmai ingest`: reads documents into the store, a batch in one transaction.

use super::{StoreArgs, audit::ByArgs, clock, compact, complain, documents::source_graph, open_for_writing, search};
use crate::{
    link::Linker,
    query::example_quads,
    read::{self, Inputs, ReadError, Unread},
    register::Register,
    store::{ReadBy, Store, ontology_quads, register_quads},
};
use anyhow::Result;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use oxrdf::Quad;
use rayon::prelude::*;
use std::{
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

/// Documents of one transaction: what a kill can lose, against the cost of deriving anew.
const BATCH: usize = 256;

/// A store that has doubled, and is larger than twice this, is written anew at the end.
const WORTH_COMPACTING: u64 = 100_000_000;

#[derive(Args, Debug)]
#[command(
    after_help = "例 (examples):\n  zhengmai ingest data/documents\n  zhengmai ingest 新文件.txt --store /srv/zhengmai\n  zhengmai ingest data/documents --refresh      规则或登记表更新后重读 (re-read what older rules or registers read)"
)]
pub(super) struct IngestArgs {
    /// 文件或文件夹 (files or folders)
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    store: StoreArgs,
    #[command(flatten)]
    by: ByArgs,
    /// 新库的 IRI 基址, 建库后不变 (base of the IRIs of a new store, fixed from then on)
    #[arg(long, value_name = "IRI")]
    base: Option<String>,
    /// 重读由旧规则或旧登记表读过的来源 (re-read sources that older rules or registers have read)
    #[arg(long)]
    refresh: bool,
}

/// What became of each file.
#[derive(Debug, Default)]
struct Tally {
    read: usize,
    unchanged: usize,
    outdated: usize,
    forgotten: usize,
    failed: Vec<String>,
}

pub(super) fn run(args: &IngestArgs, (register, registers): &(Register, String)) -> Result<ExitCode> {
    let files = read::files_below(&args.paths)?;
    let store = open_for_writing(&args.store.store, args.base.as_deref())?;
    let before = store.bytes_on_disk()?;
    lay_ground(&store, register)?;
    let search = search::follow(&store);
    let mut linker = Linker::load(&store, register)?;
    let read_by = ReadBy { rule_set: crate::model::RULE_SET.to_owned(), registers: registers.clone() };
    let mut tally = Tally::default();
    let bar = progress(files.len());
    let mut inputs = Inputs::of_files(files);
    loop {
        let batch = inputs.batch(BATCH);
        if batch.is_empty() {
            break;
        }
        bar.inc_length(batch.iter().flatten().filter(|unread| unread.is_further_line()).count() as u64);
        let loaded: Vec<_> =
            batch.into_par_iter().map(|unread| load(&store, register, unread, &read_by, args.refresh)).collect();
        let mut sources: Vec<(String, Option<Vec<Quad>>)> = Vec::new();
        for outcome in loaded {
            bar.inc(1);
            match outcome? {
                Outcome::Read(sha256, quads) => {
                    tally.read += 1;
                    sources.push((sha256, Some(quads)));
                }
                Outcome::Unchanged => tally.unchanged += 1,
                Outcome::Outdated => tally.outdated += 1,
                Outcome::Forgotten => tally.forgotten += 1,
                Outcome::Failed(error) => tally.failed.push(error.to_string()),
            }
        }
        if !sources.is_empty() {
            sources.sort_by(|a, b| a.0.cmp(&b.0));
            sources.dedup_by(|a, b| a.0 == b.0);
            let (run, count) = (clock::run(), sources.len());
            args.by.noting(&args.store, ("ingest", &format!("run {}: {count} sources", run.id)), || {
                Ok(linker.replace_sources(sources, &run, &read_by)?)
            })?;
        }
    }
    bar.finish_and_clear();
    search::update(search.as_ref());
    report(&store, &linker, &tally)?;
    let has_grown = store.bytes_on_disk()? / 2 > before.max(WORTH_COMPACTING);
    drop((search, linker));
    drop(store);
    if has_grown {
        writeln!(io::stdout(), "{}", compact::told(compact::rewrite(&args.store.store)?))?;
    }
    Ok(if tally.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Puts the ontology, the example queries and the regions into the store, where they are not what this program has.
pub(super) fn lay_ground(store: &Store, register: &Register) -> Result<()> {
    let iris = store.iris();
    let regions = register.regions.iter().map(|region| {
        (region.code.as_str(), region.name.as_str(), region.full_name.as_str(), region.parent.as_deref(), region.level)
    });
    store.replace_if_new(vec![
        (iris.layer("ontology"), [ontology_quads(iris)?, example_quads(iris)].concat()),
        (iris.layer("registers"), register_quads(iris, regions)),
    ])?;
    Ok(())
}

enum Outcome {
    Read(String, Vec<Quad>),
    Unchanged,
    Outdated,
    Forgotten,
    Failed(ReadError),
}

/// Reads one document, unless the store has it by the same rules, registers and metadata.
fn load(
    store: &Store,
    register: &Register,
    unread: Result<Unread, ReadError>,
    read_by: &ReadBy,
    refresh: bool,
) -> Result<Outcome> {
    let loaded = match unread.and_then(Unread::read) {
        Ok(loaded) => loaded,
        Err(error) => return Ok(Outcome::Failed(error)),
    };
    let source = &loaded.source;
    if store.is_forgotten(&source.sha256)? {
        return Ok(Outcome::Forgotten);
    }
    // Other metadata are other input; older rules are the user's to refresh.
    if let Some(known) = store.read_by(&source.sha256)?
        && store.metadata_hash(&source.sha256)? == source.metadata_sha256
    {
        if known == *read_by {
            return Ok(Outcome::Unchanged);
        }
        if !refresh {
            return Ok(Outcome::Outdated);
        }
    }
    store.keep_bytes(&source.sha256, loaded.bytes())?;
    let quads = source_graph(store.iris(), register, source);
    Ok(Outcome::Read(loaded.source.sha256, quads))
}

fn progress(files: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} 份 ({eta})")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(files as u64).with_style(style)
}

fn report(store: &Store, linker: &Linker<'_>, tally: &Tally) -> Result<()> {
    for failure in &tally.failed {
        complain(&format!("未能读取 (not read): {failure}"));
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "读入 (read) {} · 未变 (unchanged) {} · 失败 (failed) {}",
        tally.read,
        tally.unchanged,
        tally.failed.len()
    )?;
    if tally.outdated > 0 {
        writeln!(
            out,
            "{} 份由旧规则或旧登记表读过; 用 --refresh 重读 (read by older rules or registers; --refresh re-reads them)",
            tally.outdated
        )?;
    }
    if tally.forgotten > 0 {
        writeln!(out, "{} 份已被遗忘, 不再读入 (forgotten, not read again)", tally.forgotten)?;
    }
    writeln!(out, "库中来源 (sources in the store) {} · 版本 (version) {}", linker.sources(), &store.version()?[..16])?;
    Ok(())
}
