//! `zhengmai extract`: stateless, streaming, parallel over documents, output in input order.

use super::complain;
use crate::{
    exchange,
    map::to_quads,
    model::{Checked, FindingCode, IriScheme, PlacedText, RULE_SET, Resolved, Source, Span},
    pipeline::process,
    read::{Inputs, ReadError, Unread},
    record::record,
    register::Register,
};
use anyhow::Result;
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
    process::ExitCode,
};

/// Documents that are read and worked on together; bounds memory.
const BATCH: usize = 64;

#[derive(Args, Debug)]
#[command(
    after_help = "例 (examples):\n  zhengmai extract 通知.txt | python3 -m json.tool --no-ensure-ascii\n  zhengmai extract --format turtle 通知.txt\n  zcat corpus.jsonl.gz | zhengmai extract          JSON Lines {\"id\",\"text\",\"meta\"}, 每行一份 (one document a line)"
)]
pub(super) struct ExtractArgs {
    /// 文件, JSON Lines 亦可; 不给或 - 则从标准输入读 JSON Lines (files, of JSON Lines too; none or - reads JSON Lines from standard input)
    files: Vec<PathBuf>,
    /// 输出格式 (output format)
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// 图谱中 IRI 的基址 (base of the IRIs in graph formats)
    #[arg(long, default_value = IriScheme::DEFAULT_BASE)]
    base: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// 提取记录, 每行一份 (the extraction record, one object a line)
    Json,
    /// 来源图 (the source graph in Turtle)
    Turtle,
    /// 来源图 (the source graph in N-Quads)
    Nquads,
    /// 读到的原文, 个人信息遮蔽 (the text as read, personal data masked)
    Text,
}

pub(super) fn run(args: &ExtractArgs, register: &Register) -> Result<ExitCode> {
    let iris = IriScheme::new(&args.base);
    let render = |source: &Source| render(args.format, &iris, register, source);
    let mut out = BufWriter::new(io::stdout().lock());
    let mut failed = 0usize;
    let from_stdin = args.files.is_empty() || args.files.iter().all(|file| file.as_os_str() == "-");
    let mut inputs =
        if from_stdin { Inputs::of_stream(Box::new(io::stdin().lock())) } else { Inputs::of_files(args.files.clone()) };
    loop {
        let batch = inputs.batch(BATCH);
        if batch.is_empty() {
            break;
        }
        let read = |unread: Result<Unread, ReadError>| unread?.read().map(|loaded| render(&loaded.source));
        let rendered: Vec<_> = batch.into_par_iter().map(read).collect();
        failed += write_all(&mut out, rendered)?;
    }
    out.flush()?;
    Ok(if failed > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Writes what was made, reports what could not be read, and counts it.
fn write_all(out: &mut impl Write, rendered: Vec<Result<Result<Vec<u8>>, ReadError>>) -> Result<usize> {
    let mut failed = 0;
    for document in rendered {
        match document {
            Ok(bytes) => out.write_all(&bytes?)?,
            Err(error) => {
                complain(&format!("zhengmai: {error}"));
                failed += 1;
            }
        }
    }
    Ok(failed)
}

fn render(format: Format, iris: &IriScheme, register: &Register, source: &Source) -> Result<Vec<u8>> {
    let checked = process(register, source);
    Ok(match format {
        Format::Json => {
            let mut line = serde_json::to_vec(&record(source, &checked))?;
            line.push(b'\n');
            line
        }
        Format::Text => masked_text(source, &checked).into_bytes(),
        Format::Turtle => exchange::write_turtle(&to_quads(iris, RULE_SET, source, &checked))?,
        Format::Nquads => exchange::write_nquads(&to_quads(iris, RULE_SET, source, &checked))?,
    })
}

fn masked_text(source: &Source, checked: &Checked<Resolved>) -> String {
    let personal = checked.findings.iter().filter(|finding| finding.code == FindingCode::PersonalData);
    let personal: Vec<Span> = personal.filter_map(|finding| finding.span).collect();
    PlacedText::new(source, &checked.value.text, &personal).whole()
}
