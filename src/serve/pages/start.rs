//! The start page: what is in here, and what to try.

use super::{
    layout::{Page, page},
    lineage::ordered,
    lineage_svg::svg,
    linked,
    parts::{self, bi},
    relations,
};
use crate::{
    lineage::View,
    serve::{
        address::{lineage_of, page_of, query_value},
        facts::{
            Named,
            overview::{Conflict, HeldPolicy, Overview},
        },
        state::AppState,
        suggest,
        terms::local,
    },
};
use maud::{Markup, html};

/// The start page. `picture` is a small lineage to look at.
pub(in crate::serve) fn start(state: &AppState, overview: &Overview, picture: Option<&View>) -> Markup {
    let is_empty = overview.counts.iter().all(|(.., count)| *count == 0);
    let body = html! {
        (linked::script(&linked::dataset(state)))
        section.hero aria-labelledby="hero-h" {
            div.hero-words {
            h1 #hero-h { "政策的来龙去脉" }
            p.lead { "读公文，成图谱：谁落实谁，谁负责什么、何时完成——每一条都附原句。" }
            p.en lang="en" { "Reads Chinese policy documents into a graph of who implements what, who is responsible and by when, each with the sentence it rests on." }
            form.search.big role="search" action="/search" method="get" {
                label.hidden for="hero-q" { "标题、文号、机关" }
                input #hero-q type="search" name="q" placeholder="标题、文号（括号随意）、机关" autocomplete="off" enterkeyhint="search";
                button type="submit" { "查找" }
            }
            (try_first(state))
            }
            @if let Some(view) = picture {
                figure.lineage-figure.small {
                    div.scroll tabindex="0" role="region" aria-label="一例脉络图" { (svg(state, view, &ordered(view))) }
                    figcaption { "谁落实了它：一个箭头，一句原文。" a href=(lineage_of(state.iris(), state.lineage()[view.start].head.as_str())) { "看全图与原句" } }
                }
            }
        }
        @if is_empty {
            section.blank { h2 { "库是空的" } p { "先读入文件：" code { "zhengmai ingest data/documents" } } }
        } @else {
            (counts(overview))
            div.pair {
                (held(state, &overview.held))
                div.stack {
                    (conflicts(state, &overview.conflicts))
                    (levels(overview))
                    (wanted(state, overview))
                }
            }
        }
    };
    page(&Page { title: "", query: "", data: None, body })
}

fn try_first(state: &AppState) -> Markup {
    let implemented = suggest::most_implemented(state);
    let conflict = suggest::conflicting_number(state);
    html! {
        @if implemented.is_some() || conflict.is_some() {
            div.try {
                h2 { (bi("先试试", "try first")) }
                ul {
                    @if let Some(suggestion) = implemented { li { a href=(suggestion.path) { "谁落实了 " span.number { (suggestion.words) } } " " span.aside { (suggestion.title) } } }
                    @if let Some(suggestion) = conflict { li { a href=(suggestion.path) { "“" (suggestion.words) "”是哪一份？" } " " span.aside { "同号两份，待核对" } } }
                    li { a href="/sparql" { "三十多个现成的问题" } " " span.aside { "可改可存的 SPARQL" } }
                }
            }
        }
    }
}

fn counts(overview: &Overview) -> Markup {
    html! {
        section aria-labelledby="counts-h" {
            h2.hidden #counts-h { "库里有什么" }
            dl.counts { @for (name, zh, en, count) in &overview.counts {
                div class=(*name) { dt { (zh) " " span.en lang="en" { (en) } } dd { (count) } }
            } }
        }
    }
}

fn held(state: &AppState, policies: &[HeldPolicy]) -> Markup {
    html! {
        section aria-labelledby="held-h" {
            h2 #held-h { (bi("已收的政策", "policies with their text")) }
            ul.works {
                @for held in policies {
                    @let policy = &state.lineage()[held.policy];
                    li.work-item {
                        p.work-title { (parts::link(state, &Named { iri: policy.head.as_str().to_owned(), label: policy.label.clone() })) }
                        p.work-facts {
                            span.chip.level { (policy.level.chinese()) }
                            @for number in policy.numbers().into_iter().filter(|number| *number != policy.label) { span.number { (number) } }
                            @for issuer in &held.issuers { span { (issuer) } }
                            @if !held.date.is_empty() { time datetime=(held.date) { (parts::date(&held.date)) } }
                            a href=(lineage_of(state.iris(), policy.head.as_str())) { "看脉络" }
                        }
                        p.where.file { (held.file) }
                    }
                }
            }
            p { a href="/search?status=held" { "全部有文的文件" } }
        }
    }
}

fn conflicts(state: &AppState, conflicts: &[Conflict]) -> Markup {
    html! {
        @if !conflicts.is_empty() {
            section aria-labelledby="conflicts-h" {
                h2 #conflicts-h { (bi("待核对", "to be checked")) }
                @for conflict in conflicts {
                    aside.notice {
                        p.notice-head { strong { (relations::kind(&conflict.kind)) } " " @if let Some(path) = page_of(state.iris(), &conflict.link) { a href=(path) { "看依据" } } }
                        p { (conflict.message) "。" }
                        @if conflict.numbers.iter().all(|number| !number.is_empty()) {
                            p.where { @for number in &conflict.numbers { a href=(format!("/search?q={}", query_value(number))) { (number) } " " } }
                        }
                    }
                }
            }
        }
    }
}

fn levels(overview: &Overview) -> Markup {
    let most = overview.levels.iter().map(|(_, count, _)| *count).max().unwrap_or(1);
    html! {
        section aria-labelledby="levels-h" {
            h2 #levels-h { (bi("各级政策", "policies by level")) }
            table.levels {
                thead.hidden { tr { th scope="col" { "层级" } th scope="col" { "政策数" } th scope="col" { "比例" } } }
                tbody { @for (level, count, held) in &overview.levels {
                    tr {
                        th scope="row" { a href=(format!("/search?level={}", local(level.name()))) { (*level.chinese()) } }
                        td.number { (count) }
                        td { svg.bar-chart viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
                            rect.all x="0" y="0" width=(count * 100 / most) height="8" rx="1" {}
                            rect.held x="0" y="0" width=(held * 100 / most) height="8" rx="1" {}
                        } }
                    }
                } }
            }
            p.where { span.swatch.held {} " 有文 " span.swatch.all {} " 只被引用" }
        }
    }
}

fn wanted(state: &AppState, overview: &Overview) -> Markup {
    html! {
        @if !overview.wanted.is_empty() {
            section aria-labelledby="wanted-h" {
                h2 #wanted-h { (bi("最该补的文件", "most wanted")) }
                ol.wanted { @for (id, demand) in &overview.wanted {
                    @let policy = &state.lineage()[*id];
                    li { (parts::link(state, &Named { iri: policy.head.as_str().to_owned(), label: policy.label.clone() })) " " span.aside { (demand) " 项政策以它为据" } }
                } }
            }
        }
    }
}
