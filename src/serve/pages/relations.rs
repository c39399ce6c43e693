//! 上承下启: the works that one rests on and those that rest on it, and what they may be the same as.

use super::parts::{self, Shown, bi};
use crate::serve::{
    address::page_of,
    facts::{Proof, citations::Citation, links::Link, open::Open},
    state::AppState,
};
use maud::{Markup, html};

/// 上承: what a work rests on, as far as its text is here.
pub(super) fn up(state: &AppState, shown: Option<Shown<'_>>, cites: &[Citation], is_held: bool) -> Markup {
    html! {
        section #up aria-labelledby="up-h" {
            h2 #up-h { "上承" (count(cites.len())) " " span.en lang="en" { "what it rests on" } }
            @if cites.is_empty() { p.empty { @if is_held { "没有读到对其他文件的引用。" } @else { "文本未收，还不知道它依据什么。" } } }
            ul.edges { @for citation in cites { (item(state, shown, citation, None)) } }
        }
    }
}

/// 下启: what rests on a work, which is called `title`.
pub(super) fn down(state: &AppState, shown: Option<Shown<'_>>, cited_by: &[Citation]) -> Markup {
    html! {
        section #down aria-labelledby="down-h" {
            h2 #down-h { "下启" (count(cited_by.len())) " " span.en lang="en" { "what rests on it" } }
            @if cited_by.is_empty() { p.empty { "库中还没有文件引用它。" } }
            ul.edges { @for citation in cited_by { (item(state, shown, citation, Some("本文件"))) } }
        }
    }
}

/// 所指未定: what a work cites without telling which work it means.
pub(super) fn open(state: &AppState, shown: Option<Shown<'_>>, open: &[Open]) -> Markup {
    html! {
        section #open aria-labelledby="open-h" {
            h2 #open-h { "所指未定" (count(open.len())) " " span.en lang="en" { "cited, and not told which" } }
            p.lead { "原文只写了标题，看不出是谁的哪一份，所以不连到任何文件。" }
            ul.edges {
                @for citation in open {
                    li.edge {
                        p.edge-head {
                            (parts::relation(citation.relation)) " "
                            span.work-title { "《" (citation.title) "》" } " "
                            span.chip.doubt { (state.terms().zh(crate::model::vocab::zm(&citation.state).as_str())) } " "
                            @for (n, candidate) in citation.candidates.iter().enumerate() {
                                @if n == 0 { "可能是 " } @else { "、" } (parts::link(state, candidate))
                            }
                        }
                        (parts::proof(state, shown, &citation.proof))
                    }
                }
            }
        }
    }
}

pub(super) fn count(n: usize) -> Markup {
    html! { @if n > 0 { " " span.count { (n) } } }
}

/// One relation. `object` is named where the other work is the one that cites.
fn item(state: &AppState, shown: Option<Shown<'_>>, citation: &Citation, object: Option<&str>) -> Markup {
    let first = citation.proofs.first();
    let others = citation.proofs.get(1..).unwrap_or_default();
    html! {
        li.edge {
            p.edge-head {
                @if object.is_none() { (parts::relation(citation.relation)) " " }
                span.work-title { (parts::link(state, &citation.other)) } " "
                @if !citation.number.is_empty() && citation.number != citation.other.label { span.number { (citation.number) } " " }
                (parts::status(citation.is_held)) " "
                @if matches!(citation.state.as_str(), "ambiguous" | "unidentified") {
                    span.chip.doubt title="原文没有写明是哪一份，由全库认定" { "由全库认定" } " "
                }
                @if let Some(object) = object { span.arrow { (parts::relation(citation.relation)) (object) } }
            }
            @if let Some(proof) = first { (parts::proof(state, shown, proof)) }
            @if !others.is_empty() {
                details.more { summary { "另有 " (others.len()) " 处原文" } @for proof in others { (parts::proof(state, shown, proof)) } }
            }
        }
    }
}

/// What a work may be the same as, or is: shown before all else, because it bears on everything below.
pub(super) fn links(state: &AppState, shown: Option<Shown<'_>>, links: &[Link]) -> Markup {
    html! {
        @for link in links {
            aside.notice.alias[link.kind == "alias"] {
                p.notice-head {
                    strong { (kind(&link.kind)) } " "
                    @if link.kind == "alias" { "又见于 " } @else { "可能与这份是同一文件：" }
                    (parts::link(state, &link.other)) " "
                    @if !link.number.is_empty() { span.number { (link.number) } }
                }
                p { (link.message) "。" }
                @if !link.proofs.is_empty() {
                    details.more { summary { "所凭原文 " (link.proofs.len()) " 处" } @for proof in &link.proofs { (parts::proof(state, shown, proof)) } }
                }
                p.where { (parts::grade(&link.confidence)) " " @if let Some(path) = page_of(state.iris(), &link.iri) { a href=(path) { "这条链接" } } }
            }
        }
    }
}

/// The kind of a link in Chinese.
pub(super) fn kind(kind: &str) -> &'static str {
    match kind {
        "alias" => "同一文件",
        "near-title" => "标题相近",
        "number-conflict" => "文号冲突",
        "same-text" => "正文相同",
        "near-text" => "正文相近",
        "meaning" => "引用的所指",
        _ => "链接",
    }
}

/// Evidence as a list.
pub(super) fn proofs(state: &AppState, proofs: &[Proof]) -> Markup {
    html! {
        section aria-labelledby="evidence-h" {
            h2 #evidence-h { (bi("所凭原文", "evidence")) }
            @for proof in proofs { (parts::proof(state, None, proof)) }
        }
    }
}
