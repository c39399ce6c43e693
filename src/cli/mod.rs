//! The command line: what can be asked, and exit codes. 0: done; 1: done, and the answer is no (ambiguous,
//! conflicts, files that could not be read); 2: not done.

mod audit;
mod backup;
mod check;
mod clock;
mod compact;
mod config;
mod decide;
mod documents;
mod evaluate;
mod export;
mod extract;
mod ingest;
mod licenses;
mod lineage;
mod mcp;
mod query;
mod registers;
mod remove;
mod search;
mod serve;
mod settings;
mod stats;
mod token;
mod verify;

use crate::{
    config::{FILE_VARIABLE, File},
    register::{Register, Tables},
    store::Store,
};
use anyhow::{Context as _, Result};
use clap::{ArgMatches, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// 政脉 — 读政策文件, 成知识图谱: 谁落实谁, 凭哪一句.
/// Reads Chinese policy documents into a knowledge graph: who implements what, and the sentence it rests on.
#[derive(Debug, Parser)]
#[command(name = "zhengmai", version, arg_required_else_help = true, propagate_version = true)]
#[command(
    after_help = "例 (examples):\n  zhengmai extract 通知.txt                  读一份文件, 输出 JSON (read one document)\n  zhengmai ingest data/documents             入库 (load into the store)\n  zhengmai lineage 国知发运字[2022]47号        谁落实了它 (who implements it)\n  zhengmai search 知识产权 金融               全文检索 (full-text search)\n  zhengmai query --list                      现成的问题 (named queries)\n  zhengmai serve                             http://127.0.0.1:7979"
)]
struct Cli {
    /// 叠加自己的登记表 (a folder with register rows of your own, laid over the built-in ones)
    #[arg(long, global = true, value_name = "DIR")]
    registers: Option<PathBuf>,
    /// 设置文件; 缺省为当前文件夹的 zhengmai.toml, 若有 (the file of settings; default: zhengmai.toml here, if there is one)
    #[arg(long, global = true, value_name = "FILE", env = FILE_VARIABLE)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

/// Where the store is when nobody says.
const USUAL_STORE: &str = ".zhengmai/store";

/// Where the store is.
#[derive(Args, Clone, Debug)]
struct StoreArgs {
    /// 库所在的文件夹 (the folder of the store)
    #[arg(long, value_name = "DIR", default_value = USUAL_STORE)]
    store: PathBuf,
}

impl StoreArgs {
    /// What a command line needs to mean this store wherever it is run, with a blank before it: nothing for the one
    /// that is meant when nobody says otherwise.
    fn as_option(&self) -> String {
        let is_usual = self.store == Path::new(USUAL_STORE);
        if is_usual { String::new() } else { format!(" --store {}", quoted(&self.store.to_string_lossy())) }
    }
}

/// A word as a shell reads it back.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+:@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 读文件, 输出提取记录, 不入库 (read documents and print what they say; stores nothing)
    Extract(extract::ExtractArgs),
    /// 读文件并入库 (read documents into the store)
    Ingest(ingest::IngestArgs),
    /// 从库中去掉一个来源 (take a source out of the store)
    Remove(remove::RemoveArgs),
    /// 遗忘一个来源: 删去它和所据, 只留散列 (forget a source and all that rests on it, leaving a hash)
    Forget(remove::ForgetArgs),
    /// 启动网站与 SPARQL 端点 (serve pages, linked data and SPARQL)
    Serve(serve::ServeArgs),
    /// 供大语言模型使用的工具, 经标准输入输出 (Model Context Protocol over standard input and output)
    Mcp(mcp::McpArgs),
    /// 令牌: 谁可以做什么 (tokens: who may do what over HTTP)
    Token(token::TokenArgs),
    /// 审计日志: 谁写了什么 (the log of writes: who wrote what)
    Audit(audit::AuditArgs),
    /// 运行查询: 文件、目录中的问题, 或标准输入 (run a query: a file, a named one, or standard input)
    Query(query::QueryArgs),
    /// 全文检索: 标题、正文、措施、文号、机关 (full-text search)
    Search(search::SearchArgs),
    /// 一份文件的脉络: 上承何文, 下启何文 (the lineage of a work: what it rests on, what rests on it)
    Lineage(lineage::LineageArgs),
    /// 检查: 矛盾、缺文、近似标题、形状 (conflicts, missing works, near-duplicates, shapes)
    Check(check::CheckArgs),
    /// 裁定: 否决或恢复一条陈述 (decide that a claim does not hold, or list and withdraw decisions)
    Decide(decide::DecideArgs),
    /// 导出图谱 (export the graph, whole or one layer)
    Export(export::ExportArgs),
    /// 库中有什么 (what is in the store)
    Stats(stats::StatsArgs),
    /// 压实: 把数据库重写一遍, 更小更快, 不再用的词语从盘上消失 (write the database anew: smaller, faster, without words that nothing says any more)
    Compact(compact::CompactArgs),
    /// 核对库: 数据库、散列、推得的图、形状 (check that the store is what it was written as)
    Verify(verify::VerifyArgs),
    /// 备份, 写入不停 (back the store up, while it is written too)
    Backup(backup::BackupArgs),
    /// 从备份恢复, 先核对 (restore a backup, checked first)
    Restore(backup::RestoreArgs),
    /// 设置: 每项的值与来处 (settings: each value, and where it came from)
    Config(config::ConfigArgs),
    /// 准确率: 与标注相比读对了多少 (accuracy: how much was read right, against annotations)
    Evaluate(evaluate::EvaluateArgs),
    /// 登记表 (the registers)
    Registers(registers::RegistersArgs),
    /// 所用开源软件及数据的许可 (licences of the software and data in use)
    Licenses,
    /// 命令行补全脚本 (shell completions)
    Completions {
        /// bash, zsh, fish, elvish, powershell
        shell: clap_complete::Shell,
    },
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    quiet_readers();
    match asked().and_then(|(cli, matches, file)| dispatch(cli, &matches, file.as_ref())) {
        Ok(code) => code,
        // A reader that closes the pipe (head) has what it wanted.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("zhengmai: {error:#}"));
            ExitCode::from(2)
        }
    }
}

/// What is asked for: on the command line, in the environment and in the file of settings.
fn asked() -> Result<(Cli, ArgMatches, Option<File>)> {
    let (matches, file) = settings::matches(std::env::args_os().collect())?;
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    Ok((cli, matches, file))
}

/// What the foreign reader of PDF prints when it fails is told as an error of the file.
fn quiet_readers() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |about| {
        if std::thread::current().name() != Some(crate::read::PDF_THREAD) {
            usual(about);
        }
    }));
}

fn dispatch(cli: Cli, matches: &ArgMatches, file: Option<&File>) -> Result<ExitCode> {
    let registers = cli.registers;
    match cli.command {
        Command::Extract(args) => extract::run(&args, &register(registers.as_deref())?.0),
        Command::Ingest(args) => ingest::run(&args, &register(registers.as_deref())?),
        Command::Remove(args) => remove::remove(&args, &register(registers.as_deref())?.0),
        Command::Forget(args) => remove::forget(&args, &register(registers.as_deref())?.0),
        Command::Serve(args) => serve::run(&args, register(registers.as_deref())?.0),
        Command::Mcp(args) => mcp::run(&args),
        Command::Token(args) => token::run(&args),
        Command::Audit(args) => audit::run(&args),
        Command::Query(args) => query::run(&args),
        Command::Search(args) => search::run(&args),
        Command::Lineage(args) => lineage::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Decide(args) => decide::run(&args, &register(registers.as_deref())?.0),
        Command::Export(args) => export::run(&args),
        Command::Stats(args) => stats::run(&args),
        Command::Compact(args) => compact::run(&args),
        Command::Verify(args) => verify::run(&args, &register(registers.as_deref())?.0),
        Command::Backup(args) => backup::backup(&args),
        Command::Restore(args) => backup::restore_store(&args),
        Command::Config(args) => config::run(&args, matches.subcommand_matches("config").unwrap_or(matches), file),
        Command::Evaluate(args) => evaluate::run(&args, &register(registers.as_deref())?.0),
        Command::Registers(args) => registers::run(&args, registers.as_deref()),
        Command::Licenses => licenses::run(),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "zhengmai", &mut script);
            io::stdout().write_all(&script)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The registers in use, and the hash that names them.
fn register(folder: Option<&Path>) -> Result<(Register, String)> {
    let tables = tables(folder)?;
    let hash = tables.hash();
    Ok((Register::from_tables(&tables)?, hash))
}

/// The built-in tables with those of a user's folder over them.
fn tables(folder: Option<&Path>) -> Result<Tables> {
    let tables = Tables::embedded();
    let Some(folder) = folder else { return Ok(tables) };
    let mut layer = BTreeMap::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("登记表文件夹无法读取 (cannot read) {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let text =
                fs::read_to_string(&path).with_context(|| format!("{} 无法读取 (cannot read)", path.display()))?;
            layer.insert(name, text);
        }
    }
    Ok(tables.overlaid(layer)?)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// The store in a folder, for writing; says so where that has brought it to the layout of this program.
fn open_for_writing(path: &Path, base: Option<&str>) -> Result<Store> {
    let store = Store::open(path, base)?;
    if let Some(layout) = store.upgraded_from() {
        complain(&format!("库的布局已由 {layout} 升级 (the store's layout was upgraded from {layout})"));
    }
    Ok(store)
}

/// A line on standard error.
fn complain(line: &str) {
    // Nothing is left to tell when standard error is closed.
    let _ = writeln!(io::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_is_proposed_means_the_same_store() {
        for (store, option) in [
            (".zhengmai/store", ""),
            ("/srv/zhengmai", " --store /srv/zhengmai"),
            ("政策/库", " --store 政策/库"),
            ("my store", " --store 'my store'"),
            ("it's", r" --store 'it'\''s'"),
            ("$HOME", " --store '$HOME'"),
        ] {
            assert_eq!(StoreArgs { store: PathBuf::from(store) }.as_option(), option, "{store}");
        }
    }
}
