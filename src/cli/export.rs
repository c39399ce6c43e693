//! `zhengmai export`: the graph, whole or one layer.

use super::StoreArgs;
use crate::store::{ExportFormat, Store};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use std::{
    io::{self, BufWriter, Write as _},
    process::ExitCode,
};

#[derive(Args, Debug)]
#[command(
    after_help = "例 (examples):\n  zhengmai export > graph.nq\n  zhengmai export --layer effective --format turtle > effective.ttl"
)]
pub(super) struct ExportArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// 哪一层 (which layer)
    #[arg(long, value_enum, default_value_t = Layer::All)]
    layer: Layer,
    /// 格式; Turtle 等只容一层 (format; formats without graphs hold one layer only)
    #[arg(long, value_enum, default_value_t = Format::Nquads)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Layer {
    /// 全部 (everything)
    All,
    /// 生效图 (what follows from claims, links and decisions)
    Effective,
    /// 各来源的陈述 (claims of all sources)
    Claims,
    /// 链接 (links between works)
    Links,
    /// 裁定 (decisions)
    Decisions,
    /// 登记表 (regions)
    Registers,
    /// 本体 (the ontology)
    Ontology,
    /// 来历 (provenance)
    Provenance,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Nquads,
    Trig,
    Turtle,
    Ntriples,
    Jsonld,
}

pub(super) fn run(args: &ExportArgs) -> Result<ExitCode> {
    let store = Store::open_read_only(&args.store.store)?;
    let format = match args.format {
        Format::Nquads => ExportFormat::NQuads,
        Format::Trig => ExportFormat::TriG,
        Format::Turtle => ExportFormat::Turtle,
        Format::Ntriples => ExportFormat::NTriples,
        Format::Jsonld => ExportFormat::JsonLd,
    };
    let layer = match args.layer {
        Layer::All => None,
        Layer::Claims => Some("source/"),
        Layer::Effective => Some("effective"),
        Layer::Links => Some("links"),
        Layer::Decisions => Some("decisions"),
        Layer::Registers => Some("registers"),
        Layer::Ontology => Some("ontology"),
        Layer::Provenance => Some("provenance"),
    };
    if !format.holds_graphs() && matches!(args.layer, Layer::All | Layer::Claims) {
        bail!(
            "Turtle 与 N-Triples 不能区分各图 (cannot hold several graphs); 用 --format nquads 或 trig, 或选一层 --layer"
        );
    }
    let mut out = BufWriter::new(io::stdout().lock());
    store.export(layer, format, &mut out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
