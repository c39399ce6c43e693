//! `zhengmai evaluate`: how accurate the reading is, against annotations.

use super::complain;
use crate::{
    evaluate::{
        Evaluation, Gold, Task, changes, evaluate, grades_table, intervals_table, json, markdown, mistakes_list,
        read_gold, sources_of, table,
    },
    model::Source,
    register::Register,
};
use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};
use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
    str::FromStr,
};

#[derive(Args, Debug)]
#[command(
    after_help = "例 (examples):\n  zhengmai evaluate tests/gold/seeds data/documents\n  zhengmai evaluate 标注 文件 --errors 20              列出错处 (list what is wrong)\n  zhengmai evaluate 标注 文件 --format lines > 之前.jsonl\n  zhengmai --registers 我的登记表 evaluate 标注 文件 --against 之前.jsonl   登记表添了什么 (what the registers gained)\n  zhengmai evaluate 标注 文件 --min work_key=.95 edges=.9  低于则退出码 1 (exit 1 when below)"
)]
pub(super) struct EvaluateArgs {
    /// 标注文件夹, 每份文件一个 JSON (folder of annotations, a JSON file a document)
    #[arg(value_name = "GOLD_DIR")]
    gold: PathBuf,
    /// 原文: 文件或文件夹, 按散列与标注配对; 不给则为标注旁的 ../documents 或 data/documents (sources, paired with the annotations by hash)
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// 输出格式 (output format)
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// 同 --format json (the same as --format json)
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// 每项任务列出前 N 处错误 (list the first N errors of each task)
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
    /// 加上 95% 置信区间 (add 95 % confidence intervals)
    #[arg(long)]
    intervals: bool,
    /// 任务的 F1 低于此值则退出码为 1 (exit 1 when a task's F1 is below)
    #[arg(long, value_name = "TASK=SCORE", num_args = 1..)]
    min: Vec<Minimum>,
    /// 与先前 --format lines 的输出相比, 得失了哪些 (what was gained and lost since an earlier --format lines)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["json", "format"])]
    against: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    /// 表 (a table)
    Table,
    /// JSON, 含每份文件的得分 (JSON, with the scores of each document)
    Json,
    /// Markdown 表, 含置信区间 (Markdown, with intervals)
    Markdown,
    /// 读到的一切, 每行一项, 供比较 (all that was read, a line a thing, for comparison)
    Lines,
}

/// The least that a task must score.
#[derive(Clone, Copy, Debug)]
struct Minimum {
    task: Task,
    least: f64,
}

impl FromStr for Minimum {
    type Err = String;

    fn from_str(argument: &str) -> Result<Self, String> {
        let (name, value) = argument.split_once('=').unwrap_or((argument, ""));
        let task = Task::named(name).ok_or_else(|| {
            let names: Vec<&str> = Task::all().map(Task::name).collect();
            format!("没有此任务 (unknown task) {name}; 可用 (one of): {}", names.join(" "))
        })?;
        let least = value.parse().map_err(|_| format!("应为 (expected) {name}=0.9, 不是 (not) {argument}"))?;
        Ok(Self { task, least })
    }
}

pub(super) fn run(args: &EvaluateArgs, register: &Register) -> Result<ExitCode> {
    let gold = read_gold(&args.gold)?;
    let evaluation = evaluate(register, &gold, &sources(args, &gold)?);
    for document in evaluation.documents.iter().filter(|document| !document.is_read) {
        complain(&format!("zhengmai: {}: 没有找到原文, 按未读出计 (no source: counted as empty)", document.name));
    }
    let mut out = io::stdout().lock();
    out.write_all(output(args, &evaluation)?.as_bytes())?;
    Ok(if is_below(args, &evaluation) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// The sources of the gold: below the paths given, else where they usually lie.
fn sources(args: &EvaluateArgs, gold: &[Gold]) -> Result<BTreeMap<String, Source>> {
    if !args.paths.is_empty() {
        return Ok(sources_of(gold, &args.paths)?);
    }
    let usual = [args.gold.join("../documents"), PathBuf::from("data/documents")];
    let there: Vec<PathBuf> = usual.into_iter().filter(|folder| folder.is_dir()).collect();
    let sources = sources_of(gold, &there)?;
    if sources.is_empty() {
        bail!(
            "没有找到标注所说的原文; 请给出文件或文件夹 (no source of these annotations found; say where they are): zhengmai evaluate {} PATH",
            args.gold.display()
        );
    }
    Ok(sources)
}

fn output(args: &EvaluateArgs, evaluation: &Evaluation) -> Result<String> {
    let scores = &evaluation.total;
    let mut text = match if args.json { Format::Json } else { args.format } {
        Format::Json => format!("{:#}\n", json(evaluation, args.errors)),
        Format::Markdown => markdown(scores),
        Format::Lines => in_lines("", &evaluation.lines()),
        Format::Table => {
            let intervals = if args.intervals { format!("\n{}", intervals_table(scores)) } else { String::new() };
            let mistakes = mistakes_list(scores, args.errors);
            format!("{}{intervals}\n{}{mistakes}", table(scores), grades_table(scores))
        }
    };
    if let Some(path) = &args.against {
        let before = fs::read_to_string(path).with_context(|| format!("{} 无法读取 (cannot read)", path.display()))?;
        let lines = evaluation.lines();
        let changes = changes(before.lines(), lines.iter().map(String::as_str));
        let counts = format!("\n变化 (changes): +{} -{}\n", changes.gained.len(), changes.lost.len());
        text.extend([counts, in_lines("- ", &changes.lost), in_lines("+ ", &changes.gained)]);
    }
    Ok(text)
}

fn in_lines(sign: &str, lines: &[String]) -> String {
    lines.iter().flat_map(|line| [sign, line, "\n"]).collect()
}

/// Says which tasks score less than they must.
fn is_below(args: &EvaluateArgs, evaluation: &Evaluation) -> bool {
    let mut is_below = false;
    for Minimum { task, least } in &args.min {
        let f1 = evaluation.total.row(*task).f1;
        if f1.unwrap_or(0.0) < *least {
            let scored = f1.map_or_else(|| "–".to_owned(), |f1| format!("{f1:.4}"));
            complain(&format!("zhengmai: {} 得 (scores) {scored}, 低于 (below) {least}", task.name()));
            is_below = true;
        }
    }
    is_below
}
