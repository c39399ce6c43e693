//! `zhengmai search`: full-text search in titles, texts and measures.

use super::{StoreArgs, complain};
use crate::{
    query::{TextError, TextHit, TextQuestion, TextSearch},
    search::{Answer, Facet, Filters, Hit, Question, Search, SearchError, Snippet, Wanted},
    store::Store,
};
use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::{
    io::{self, BufWriter, IsTerminal as _, Write},
    process::ExitCode,
};

#[derive(Args, Debug)]
#[command(after_help = "例 (examples):
  zhengmai search 知识产权 金融
      两个词都有的文件 (documents that have both)
  zhengmai search 国发[2023]15号
      这份文件, 和提到它的文件 (that document, and those that name it)
  zhengmai search 市场监管局 --level county --year 2021
  zhengmai search 专利代理 --what measures --format json

没有找到时退出码 1 (exit code 1 where nothing is found)")]
pub(super) struct SearchArgs {
    /// 要找的字: 标题、正文、文号 (任何括号)、机关的全称或简称; 以空格隔开的都须有
    /// (what to look for: of titles, texts, document numbers, agencies; all that blanks part must be there)
    #[arg(required = true, num_args = 1.., value_name = "QUERY")]
    words: Vec<String>,
    /// 找文件或措施 (look for documents or measures)
    #[arg(long, value_enum, default_value_t = What::Works)]
    what: What,
    /// 层级 national province prefecture county …, 可重复 (level; this and the next are repeatable: any of the values)
    #[arg(long)]
    level: Vec<String>,
    /// 地区的 GB/T 2260 代码, 含下级 (region by code, with those below it)
    #[arg(long, value_name = "CODE")]
    region: Vec<String>,
    /// 文种 (kind of document)
    #[arg(long)]
    kind: Vec<String>,
    /// 公文形式, 如 行动计划 (form)
    #[arg(long)]
    form: Vec<String>,
    /// 发文机关的全称 (issuer by its full name)
    #[arg(long)]
    issuer: Vec<String>,
    /// 年份 (year)
    #[arg(long)]
    year: Vec<String>,
    /// held 有文, stub 缺文
    #[arg(long)]
    status: Vec<String>,
    /// 最多列出几项 (list so many)
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// 前几项不列 (leave out so many before them)
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// 格式 (format)
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    store: StoreArgs,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum What {
    /// 文件 (documents)
    Works,
    /// 措施 (measures)
    Measures,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    /// 文字 (text)
    Text,
    /// JSON
    Json,
}

pub(super) fn run(args: &SearchArgs) -> Result<ExitCode> {
    let question = question(args)?;
    let store = Store::open_read_only(&args.store.store)?;
    let answer = Search::open(&store)?.find(&question)?;
    let mut out = BufWriter::new(io::stdout().lock());
    match args.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&record(&answer))?)?,
        Format::Text => text(&answer, &question, &mut out)?,
    }
    out.flush()?;
    Ok(if answer.total > 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn question(args: &SearchArgs) -> Result<Question> {
    let mut filters = Filters::default();
    for (facet, values) in [
        (Facet::Level, &args.level),
        (Facet::Region, &args.region),
        (Facet::Kind, &args.kind),
        (Facet::Form, &args.form),
        (Facet::Issuer, &args.issuer),
        (Facet::Year, &args.year),
        (Facet::Status, &args.status),
    ] {
        for value in values {
            filters.ask(facet, value).with_context(|| format!("--{}", facet.name()))?;
        }
    }
    let wanted = match args.what {
        What::Works => Wanted::Works,
        What::Measures => Wanted::Measures,
    };
    Ok(Question { text: args.words.join(" "), filters, wanted, limit: args.limit, offset: args.offset })
}

fn record(answer: &Answer) -> Value {
    let facets = answer
        .facets
        .iter()
        .map(|(facet, counts)| (facet.name().to_owned(), json!({ "none": counts.none, "values": counts.values })));
    json!({
        "total": answer.total,
        "nearly": answer.is_nearly,
        "hits": answer.hits.iter().map(hit).collect::<Vec<_>>(),
        "facets": facets.collect::<serde_json::Map<_, _>>(),
    })
}

fn hit(hit: &Hit) -> Value {
    let work = &hit.work;
    let snippet = |Snippet { sha256, start, end, text, marks }: &Snippet| json!({ "text": text, "marks": marks, "source": sha256, "start": start, "end": end });
    let measure = hit.measure.as_ref();
    let measure = measure.map(|it| json!({ "iri": it.iri.as_str(), "path": it.path, "quote": it.text.text }));
    json!({
        "iri": work.iri.as_str(),
        "label": work.label,
        "numbers": work.numbers,
        "level": work.level,
        "status": if work.is_held { "held" } else { "stub" },
        "region": work.regions.first(),
        "issuers": work.issuers,
        "date": work.date,
        "score": hit.score,
        "marks": hit.marks,
        "snippet": hit.snippet.as_ref().map(snippet),
        "measure": measure,
    })
}

fn text(answer: &Answer, question: &Question, out: &mut impl Write) -> Result<()> {
    if answer.total == 0 {
        complain(&format!(
            "没有找到“{}”; 少写几个字, 或以空格隔开几个词再试 (nothing found: fewer characters, or blanks between words)",
            question.text
        ));
        return Ok(());
    }
    if answer.is_nearly {
        writeln!(out, "没有全部含有这些字的; 标题相近的有 (nothing has all of it; titles that are like it):\n")?;
    }
    let is_terminal = io::stdout().is_terminal();
    for (at, Hit { work, measure, marks, snippet, .. }) in answer.hits.iter().enumerate() {
        let number = work.numbers.join("、");
        writeln!(out, "{}. {}  {number}", question.offset + at + 1, marked(&work.label, marks, is_terminal))?;
        let status = if work.is_held { "有文" } else { "缺文" };
        let facts = [Some(status), work.date.as_deref()].into_iter().flatten();
        let facts: Vec<&str> = facts.chain(work.issuers.iter().map(String::as_str)).collect();
        writeln!(out, "   {}", facts.join(" · "))?;
        if let Some(snippet) = snippet {
            let passage = marked(&snippet.text, &snippet.marks, is_terminal).replace(char::is_whitespace, " ");
            writeln!(out, "   …{passage}…")?;
        }
        let node = measure.as_ref().map_or(&work.iri, |measure| &measure.iri);
        writeln!(out, "   {}", node.as_str())?;
    }
    let last = question.offset + answer.hits.len();
    writeln!(
        out,
        "\n{}–{last} / {} 项 (results)",
        question.offset + usize::from(last > question.offset),
        answer.total
    )?;
    Ok(())
}

/// A text with places in it in bold, where it goes to a terminal.
fn marked(text: &str, marks: &[(usize, usize)], is_terminal: bool) -> String {
    if !is_terminal {
        return text.to_owned();
    }
    let mut shown = String::new();
    for (at, c) in text.chars().enumerate() {
        if marks.iter().any(|(start, _)| *start == at) {
            shown.push_str("\u{1b}[1m");
        }
        shown.push(c);
        if marks.iter().any(|(_, end)| *end == at + 1) {
            shown.push_str("\u{1b}[0m");
        }
    }
    shown
}

/// Full-text search that opens its index when it is asked: most queries do not ask.
pub(super) struct Unopened<'a>(pub(super) &'a Store);

impl TextSearch for Unopened<'_> {
    fn text_search(&self, question: &TextQuestion) -> Result<Vec<TextHit>, TextError> {
        let search = Search::open(self.0).map_err(|error| TextError::Failed(error.to_string()))?;
        search.text_search(question)
    }
}

/// The index of a store that is about to be written. It follows from the store: where it can't be had, that is said,
/// and who next searches makes it.
pub(super) fn follow(store: &Store) -> Option<Search> {
    Search::open(store).inspect_err(complain_of_index).ok()
}

/// Brings the index up to date with what was written.
pub(super) fn update(search: Option<&Search>) {
    if let Some(Err(error)) = search.map(Search::update) {
        complain_of_index(&error);
    }
}

/// As [`update`], leaving nothing of what was taken out.
pub(super) fn purge(search: Option<&Search>) {
    if let Some(Err(error)) = search.map(Search::purge) {
        complain_of_index(&error);
    }
}

fn complain_of_index(error: &SearchError) {
    complain(&format!(
        "全文索引未能更新, 下次检索时重建 (the index was not brought up to date; the next search makes it anew): {error}"
    ));
}
