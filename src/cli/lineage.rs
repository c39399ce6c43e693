//! `zhengmai lineage`: what a work rests on, and what rests on it.

use super::{StoreArgs, complain};
use crate::{
    lineage::{
        Direction, Evidences, Found, Hit, Lineage, Relations, Scope, View, evidence_of,
        render::{Scene, dot, record, tree},
    },
    store::Store,
};
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::{
    io::{self, BufWriter, Write as _},
    process::ExitCode,
};

/// Candidates that are listed; what more there are is counted.
const LISTED: usize = 20;

#[derive(Args, Debug)]
#[command(after_help = "例 (examples):
  zhengmai lineage 国知发运字[2022]47号 --direction down
      谁落实了它 (who implements it)
  zhengmai lineage 津丽知略〔2021〕1号 --direction up --evidence
      它依据什么, 凭哪一句 (what it rests on, and the sentences)
  zhengmai lineage 39号
      不止一份时列出候选, 退出码 1 (ambiguous: candidates, exit code 1)
  zhengmai lineage 《天津市知识产权“十四五”规划》 --relations implements,based_on
  zhengmai lineage /id/work/num/国知发运字/2022/47 --format dot | dot -Tsvg > lineage.svg")]
pub(super) struct LineageArgs {
    /// IRI、文号 (任何括号, 可不全) 或标题 (an IRI, a document number in any bracket style, whole or in part, or a title)
    work: String,
    /// 上游、下游或两者 (what it rests on, what rests on it, or both)
    #[arg(long, value_enum, default_value_t = Way::Both)]
    direction: Way,
    /// 最多几步 (at most so many steps)
    #[arg(long, value_name = "N", default_value_t = 3)]
    depth: usize,
    /// 格式; json 总带出处 (format; json always has the evidence)
    #[arg(long, value_enum, default_value_t = Format::Tree)]
    format: Format,
    /// 沿哪些关系, 以逗号分隔, 或 all; 默认除提及、制定外的全部 (relations to follow, with commas, or all; by
    /// default all but mentions and produces)
    #[arg(long, value_name = "LIST", default_value_t = Relations::default(), hide_default_value = true)]
    relations: Relations,
    /// 每条关系下列出原句 (the sentences under each edge)
    #[arg(long)]
    evidence: bool,
    /// 展开政策, 列出其中的文件 (list the works of each policy)
    #[arg(long)]
    unfold: bool,
    #[command(flatten)]
    store: StoreArgs,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Way {
    /// 上游 (what it rests on)
    Up,
    /// 下游 (what rests on it)
    Down,
    /// 上下游 (both)
    Both,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    /// 树 (a tree of text)
    Tree,
    /// JSON
    Json,
    /// Graphviz
    Dot,
}

pub(super) fn run(args: &LineageArgs) -> Result<ExitCode> {
    let store = Store::open_read_only(&args.store.store)?;
    let lineage = Lineage::load(&store)?;
    let hit = match lineage.find(&args.work) {
        Found::One(hit) => hit,
        Found::Several(hits) => {
            let count = hits.len();
            complain(&format!("“{}”不止一份, 有 {count} 个候选 ({count} candidates); 请给出全文号或 IRI:", args.work));
            candidates(&lineage, &hits);
            return Ok(ExitCode::from(1));
        }
        Found::None(near) => {
            let hint = if near.is_empty() { "" } else { "; 相近的有 (these come near):" };
            complain(&format!("库中没有“{}” (not in the store){hint}", args.work));
            candidates(&lineage, &near);
            return Ok(ExitCode::from(1));
        }
    };
    let view = lineage.view(hit.policy, scope(args));
    let evidence = match args.format {
        Format::Tree | Format::Dot if !args.evidence => Evidences::new(),
        _ => evidence_of(&store, &lineage, &view)?,
    };
    let scene = Scene { lineage: &lineage, view: &view, evidence: &evidence, unfold: args.unfold };
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        Format::Tree => {
            write!(out, "{}", tree(scene))?;
            if view.is_empty() {
                writeln!(out, "\n{}", nothing(&lineage, &view))?;
            }
        }
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&record(scene))?)?,
        Format::Dot => write!(out, "{}", dot(scene))?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn scope(args: &LineageArgs) -> Scope {
    let direction = match args.direction {
        Way::Up => Direction::Up,
        Way::Down => Direction::Down,
        Way::Both => Direction::Both,
    };
    Scope { direction, depth: args.depth, relations: args.relations.clone(), ..Scope::default() }
}

/// Candidates on standard error: number, what it is called, IRI.
fn candidates(lineage: &Lineage, hits: &[Hit]) {
    for (at, hit) in hits.iter().take(LISTED).enumerate() {
        let member = lineage.member(*hit);
        let numbers = member.numbers.join("、");
        let numbers = if numbers.is_empty() { "无文号 (no number)".to_owned() } else { numbers };
        complain(&format!("  {}. {} · {numbers}\n     {}", at + 1, member.label, member.iri.as_str()));
    }
    if hits.len() > LISTED {
        let more = hits.len() - LISTED;
        complain(&format!("  … 另有 {more} 个 ({more} more)"));
    }
}

/// That there is nothing to show, and what would show more.
fn nothing(lineage: &Lineage, view: &View) -> String {
    let sentence = match view.scope.direction {
        Direction::Up => "库中未见它依据别的文件 (it rests on nothing in the store).",
        Direction::Down => "库中未见依据它的文件 (nothing in the store rests on it).",
        Direction::Both => {
            "库中未见它依据别的文件, 也未见依据它的文件 (it rests on nothing in the store, and nothing rests on it)."
        }
    };
    let all = lineage.view(view.start, Scope { depth: 1, relations: Relations::all(), ..view.scope.clone() });
    match all.nodes.len() - 1 {
        0 => sentence.to_owned(),
        others => format!(
            "{sentence}\n以其他关系相连的有 {others} 项, 用 --depth 1 --relations all 查看 ({others} by other relations: --depth 1 --relations all)."
        ),
    }
}
