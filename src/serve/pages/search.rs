//! What was found: documents, agencies, regions, measures.

use super::{
    layout::{Page, page},
    parts::{self, bi},
    relations::count,
};
use crate::{
    lineage::Hit,
    serve::{
        address::{lineage_of, query_value},
        facts::{
            Named,
            works::{Filter, MeasureRecord, WorkRecord},
        },
        state::AppState,
    },
};
use maud::{Markup, html};
use std::{collections::BTreeSet, fmt::Write as _};

/// What was found.
pub(in crate::serve) struct Results {
    pub(in crate::serve) filter: Filter,
    /// What the words mean as a number, an IRI or a title.
    pub(in crate::serve) meant: Vec<Hit>,
    /// What is near to them, where they mean nothing.
    pub(in crate::serve) near: Vec<Hit>,
    /// Pairs among those meant that may be one document.
    pub(in crate::serve) conflict: bool,
    pub(in crate::serve) works: Vec<WorkRecord>,
    /// Works in all, of which some are listed from an offset.
    pub(in crate::serve) total: usize,
    pub(in crate::serve) offset: usize,
    pub(in crate::serve) agencies: Vec<Named>,
    pub(in crate::serve) regions: Vec<Named>,
    pub(in crate::serve) measures: Vec<MeasureRecord>,
}

/// More candidates than this are no candidates, but a list.
const CANDIDATES: usize = 6;

/// Works on one page.
pub(in crate::serve) const PAGE: usize = 50;

const LEVELS: &[(&str, &str)] = &[
    ("international", "国际"),
    ("national", "国家"),
    ("province", "省"),
    ("prefecture", "市"),
    ("county", "区县"),
    ("unknownLevel", "层级不明"),
];

/// The page of what was found.
pub(in crate::serve) fn search(state: &AppState, results: &Results) -> Markup {
    let words = results.filter.words.as_str();
    let nothing = results.meant.is_empty()
        && results.works.is_empty()
        && results.agencies.is_empty()
        && results.regions.is_empty()
        && results.measures.is_empty();
    let title = if words.is_empty() { "文件".to_owned() } else { format!("查找“{words}”") };
    let is_meant = !results.meant.is_empty() && results.meant.len() <= CANDIDATES;
    // What is listed as meant is not listed again.
    let listed: BTreeSet<&str> =
        results.meant.iter().filter(|_| is_meant).map(|hit| state.lineage().member(*hit).iri.as_str()).collect();
    let is_all = results.works.iter().all(|work| listed.contains(work.iri.as_str()));
    let body = html! {
        div.search-page {
            header.doc-head { h1 { (title) } (filters(results)) }
            @if nothing { (empty(state, results)) }
            @if is_meant { (meant(state, results)) }
            @if !results.agencies.is_empty() { section aria-labelledby="agencies-h" { h2 #agencies-h { (bi("机关", "agencies")) (count(results.agencies.len())) } (names(state, &results.agencies)) } }
            @if !results.regions.is_empty() { section aria-labelledby="regions-h" { h2 #regions-h { (bi("地区", "regions")) (count(results.regions.len())) } (names(state, &results.regions)) } }
            @if !is_all { (works(state, results)) }
            @if !results.measures.is_empty() { (measures(state, results)) }
        }
    };
    page(&Page { title: &title, query: words, data: None, body })
}

fn address(filter: &Filter, level: &str, status: &str, offset: usize) -> String {
    let mut path = String::from("/search?");
    for (name, value) in
        [("q", filter.words.as_str()), ("level", level), ("status", status), ("region", filter.region.as_str())]
    {
        if !value.is_empty() {
            let _ = write!(path, "{name}={}&", query_value(value));
        }
    }
    if offset > 0 {
        let _ = write!(path, "offset={offset}");
    }
    path.trim_end_matches(['&', '?']).to_owned()
}

fn filters(results: &Results) -> Markup {
    let filter = &results.filter;
    let current = |is: bool| is.then_some("true");
    html! {
        nav.controls aria-label="筛选" {
            div.choice { span.choice-name { "层级" }
                a href=(address(filter, "", &filter.status, 0)) aria-current=[current(filter.level.is_empty())] { "全部" }
                @for (name, zh) in LEVELS { a href=(address(filter, name, &filter.status, 0)) aria-current=[current(filter.level == *name)] { (zh) } }
            }
            div.choice { span.choice-name { "文本" }
                @for (name, zh) in [("", "全部"), ("held", "有文"), ("stub", "缺文")] { a href=(address(filter, &filter.level, name, 0)) aria-current=[current(filter.status == name)] { (zh) } }
            }
        }
    }
}

fn empty(state: &AppState, results: &Results) -> Markup {
    html! {
        section.blank {
            h2 { "没有找到" }
            p { "试试标题中的几个字，或文号的一部分，例如“39号”“国知发运字47号”。" }
            p.en lang="en" { "Try a few characters of a title, or part of a document number." }
            @if !results.near.is_empty() { h3 { (bi("相近的有", "near to it")) } (hits(state, &results.near)) }
        }
    }
}

fn meant(state: &AppState, results: &Results) -> Markup {
    html! {
        section aria-labelledby="meant-h" {
            h2 #meant-h { @if results.meant.len() == 1 { "就是这份" } @else { (results.meant.len()) " 个候选" } " " span.en lang="en" { @if results.meant.len() == 1 { "this is it" } @else { "candidates" } } }
            @if results.conflict { aside.notice { p { strong { "文号冲突" } " 候选中有可能是同一文件的，请看各自的文件页；在核对之前，两份并存，不合并。" } } }
            (hits(state, &results.meant))
        }
    }
}

fn hits(state: &AppState, hits: &[Hit]) -> Markup {
    let lineage = state.lineage();
    html! {
        ul.works { @for hit in hits {
            @let (work, policy) = (lineage.member(*hit), &lineage[hit.policy]);
            li.work-item.strong {
                p.work-title { (parts::link(state, &Named { iri: work.iri.as_str().to_owned(), label: work.label.clone() })) }
                p.work-facts {
                    span.chip.level { (policy.level.chinese()) } (parts::status(work.is_held))
                    @for number in work.numbers.iter().filter(|number| **number != work.label) { span.number { (number) } }
                    @for date in &work.dates { time datetime=(date) { (parts::date(date)) } }
                    a href=(lineage_of(state.iris(), work.iri.as_str())) { "看脉络" }
                }
            }
        } }
    }
}

fn names(state: &AppState, things: &[Named]) -> Markup {
    html! { ul.names { @for thing in things { li { (parts::link(state, thing)) } } } }
}

fn works(state: &AppState, results: &Results) -> Markup {
    let filter = &results.filter;
    let last = results.offset + results.works.len();
    html! {
        section aria-labelledby="works-h" {
            h2 #works-h { @if filter.words.is_empty() { "文件" } @else { "标题或文号中有这些字的文件" } (count(results.total)) " " span.en lang="en" { "documents" } }
            ul.works { @for work in &results.works {
                li.work-item {
                    p.work-title { (parts::link(state, &Named { iri: work.iri.clone(), label: work.label.clone() })) }
                    p.work-facts {
                        span.chip.level { (parts::level_named(&work.level)) } (parts::status(work.status == "held"))
                        @if !work.number.is_empty() && work.number != work.label { span.number { (work.number) } }
                        @if !work.date.is_empty() { time datetime=(work.date) { (parts::date(&work.date)) } }
                    }
                }
            } }
            @if results.total > PAGE {
                nav.pager aria-label="翻页" {
                    @if results.offset > 0 { a href=(address(filter, &filter.level, &filter.status, results.offset.saturating_sub(PAGE))) rel="prev" { "上一页" } }
                    span { (results.offset + 1) "–" (last) " / " (results.total) }
                    @if last < results.total { a href=(address(filter, &filter.level, &filter.status, last)) rel="next" { "下一页" } }
                }
            }
        }
    }
}

fn measures(state: &AppState, results: &Results) -> Markup {
    html! {
        section aria-labelledby="measures-h" {
            h2 #measures-h { (bi("措施", "measures")) (count(results.measures.len())) }
            ul.works { @for measure in &results.measures {
                li.work-item {
                    p.snippet { @if let Some(page) = crate::serve::address::page_of(state.iris(), &measure.iri) { a href=(page) { (snippet(&measure.quote, &results.filter.words)) } } }
                    p.work-facts { (parts::link(state, &Named { iri: measure.work.clone(), label: measure.work_label.clone() })) span { (super::measures::path(&measure.path)) } }
                }
            } }
        }
    }
}

/// The words with a little of what is around them.
fn snippet(text: &str, words: &str) -> Markup {
    const AROUND: usize = 24;
    let Some(at) = text.find(words) else { return html! { (parts::beginning(text, 2 * AROUND)) } };
    let before: Vec<char> = text[..at].chars().collect();
    let from = before.len().saturating_sub(AROUND);
    let after: String = text[at + words.len()..].chars().take(AROUND).collect();
    let is_cut = text[at + words.len()..].chars().nth(AROUND).is_some();
    html! { @if from > 0 { "…" } (before[from..].iter().collect::<String>()) mark { (words) } (after) @if is_cut { "…" } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_shows_the_words_in_their_surroundings() {
        let long = format!("{}知识产权{}", "甲".repeat(30), "乙".repeat(30));
        assert_eq!(
            snippet(&long, "知识产权").into_string(),
            format!("…{}<mark>知识产权</mark>{}…", "甲".repeat(24), "乙".repeat(24))
        );
        assert_eq!(snippet("加强知识产权保护", "知识产权").into_string(), "加强<mark>知识产权</mark>保护");
    }

    #[test]
    fn an_address_keeps_what_is_chosen() {
        let filter = Filter { words: "知识产权 保护".to_owned(), ..Filter::default() };
        assert_eq!(
            address(&filter, "national", "", 0),
            "/search?q=%E7%9F%A5%E8%AF%86%E4%BA%A7%E6%9D%83%20%E4%BF%9D%E6%8A%A4&level=national"
        );
        assert_eq!(address(&Filter::default(), "", "", 0), "/search");
        assert_eq!(address(&Filter::default(), "", "held", 50), "/search?status=held&offset=50");
    }
}
