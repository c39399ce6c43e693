//! The lineage of a policy as a page: the picture, and below it the sentence behind each arrow.

use super::{
    layout::{Page, page},
    lineage_svg::svg,
    parts::{self, bi, relation_class},
    relations::count,
};
use crate::{
    lineage::{Direction, Edge, Evidence, Evidences, PolicyId, View},
    model::Relation,
    serve::{
        address::{lineage_of, page_of},
        facts::{Named, Place, Proof},
        state::AppState,
    },
};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The page of a view.
pub(in crate::serve) fn lineage(state: &AppState, view: &View, evidence: &Evidences) -> Markup {
    let lineage = state.lineage();
    let policy = &lineage[view.start];
    let edges = ordered(view);
    let path = lineage_of(state.iris(), policy.iri.as_str());
    let name = policy.label.as_str();
    let title = format!("脉络：{name}");
    let body = html! {
        article.lineage-page {
            header.doc-head {
                p.kicker { span.chip { "脉络" } " " span.en lang="en" { "lineage" } " " span.chip.level { (policy.level.chinese()) } " " (parts::status(policy.is_held)) }
                h1 { (name) }
                p.byline { @for number in policy.numbers().into_iter().filter(|number| *number != policy.label) { span.number { (number) } }
                    @if let Some(page) = page_of(state.iris(), policy.head.as_str()) { span { a href=(page) { "文件页" } } } }
                p.lead { (summary(view)) }
            }
            (controls(view, &path))
            (possible(state, view))
            @if edges.is_empty() {
                p.empty { "在这个范围内，没有文件与它相承。" }
            }
            figure.lineage-figure {
                div.scroll tabindex="0" role="region" aria-label="脉络图，可左右滚动" { (svg(state, view, &edges)) }
                figcaption { (legend(&edges, view)) }
            }
            @if view.beyond > 0 { p.where { "图外还有 " (view.beyond) " 项政策。" @if view.scope.depth < MOST { a href=(address(&path, view.scope.direction, view.scope.depth + 1)) { "再远一步" } } } }
            @if !edges.is_empty() { (sentences(state, &edges, evidence)) }
            p.where { "同一脉络的数据：" a href=(format!("/api/v1/lineage?work={}&direction={}&depth={}", crate::serve::address::query_value(policy.iri.as_str()), view.scope.direction.name(), view.scope.depth)) lang="en" { "JSON" } }
        }
    };
    page(&Page { title: &title, query: "", data: None, body })
}

/// The farthest that the page goes.
pub(in crate::serve) const MOST: usize = 6;

/// Arrows in the order of their numbers: what is nearest to the start first.
pub(super) fn ordered(view: &View) -> Vec<Edge> {
    let distance = |policy: PolicyId| {
        view.nodes
            .iter()
            .find(|node| node.policy == policy)
            .map_or((usize::MAX, false), |node| (node.distance(), node.direction() == Some(Direction::Down)))
    };
    let mut edges = view.edges.clone();
    edges.sort_by_key(|edge| {
        let (from, to) = (distance(edge.from), distance(edge.to));
        (from.0 + to.0, from.1 || to.1, edge.relation, edge.to, edge.from)
    });
    edges
}

fn summary(view: &View) -> Markup {
    let (up, down) = (view.count(Direction::Up), view.count(Direction::Down));
    html! {
        @if view.scope.direction != Direction::Down { "上承 " strong { (up) } " 项" }
        @if view.scope.direction == Direction::Both { "，" }
        @if view.scope.direction != Direction::Up { "下启 " strong { (down) } " 项" }
        "。箭头由引用的一方指向被引用的一方。"
    }
}

fn address(path: &str, direction: Direction, depth: usize) -> String {
    format!("{path}?direction={}&depth={depth}", direction.name())
}

fn controls(view: &View, path: &str) -> Markup {
    let scope = &view.scope;
    let directions =
        [(Direction::Up, "上承", "up"), (Direction::Both, "两边", "both"), (Direction::Down, "下启", "down")];
    html! {
        nav.controls aria-label="范围" {
            div.choice { span.choice-name { "方向" } @for (direction, zh, en) in directions {
                a href=(address(path, direction, scope.depth)) aria-current=[(direction == scope.direction).then_some("true")] { (bi(zh, en)) }
            } }
            div.choice { span.choice-name { "步数" } @for depth in 1..=4 {
                a href=(address(path, scope.direction, depth)) aria-current=[(depth == scope.depth).then_some("true")] { (depth) }
            } }
        }
    }
}

fn possible(state: &AppState, view: &View) -> Markup {
    let name = |policy: PolicyId| {
        let policy = &state.lineage()[policy];
        let thing = Named { iri: policy.head.as_str().to_owned(), label: policy.label.clone() };
        html! { (parts::link(state, &thing)) @for number in policy.numbers() { @if number != policy.label { " " span.number { (number) } } } }
    };
    html! {
        @for (one, other) in &view.possible {
            aside.notice { p { strong { "待核对" } " " (name(*one)) " 与 " (name(*other)) " 可能是同一文件；图中以点线相连，未合并。" } }
        }
    }
}

fn legend(edges: &[Edge], view: &View) -> Markup {
    let relations: BTreeSet<Relation> = edges.iter().map(|edge| edge.relation).collect();
    html! {
        ul.legend {
            @for relation in relations { li class=(relation_class(relation)) { svg.swatch-line viewBox="0 0 34 10" width="34" height="10" aria-hidden="true" focusable="false" { path.line d="M0 5H26" {} path.tip d="M34 5l-9-4.500v9z" {} } " " (relation.chinese()) } }
            li { span.swatch.box.held {} " 有文" }
            li { span.swatch.box.stub {} " 缺文，只被引用" }
            @if !view.possible.is_empty() { li { span.swatch.dots {} " 可能同一" } }
            li { "通知与所印发的文件合为一框" }
        }
    }
}

fn sentences(state: &AppState, edges: &[Edge], evidence: &Evidences) -> Markup {
    let lineage = state.lineage();
    let head = |policy: PolicyId| Named {
        iri: lineage[policy].head.as_str().to_owned(),
        label: lineage[policy].label.clone(),
    };
    html! {
        section aria-labelledby="sentences-h" {
            h2 #sentences-h { "每个箭头的依据" (count(edges.len())) " " span.en lang="en" { "the sentence behind each arrow" } }
            ol.sentences {
                @for (n, edge) in edges.iter().enumerate() {
                    @let proofs: Vec<Proof> = evidence.get(edge).into_iter().flatten().map(proof).collect();
                    li data-arrow-of=(n + 1) {
                        p.edge-head {
                            span class=(format!("arrow-number {}", relation_class(edge.relation))) { (n + 1) } " "
                            span.work-title { (parts::link(state, &head(edge.from))) } " "
                            (parts::relation(edge.relation)) " "
                            span.work-title { (parts::link(state, &head(edge.to))) }
                        }
                        @if let Some(first) = proofs.first() { (parts::proof(state, None, first)) }
                        @if proofs.len() > 1 { details.more { summary { "另有 " (proofs.len() - 1) " 处原文" } @for proof in &proofs[1..] { (parts::proof(state, None, proof)) } } }
                    }
                }
            }
        }
    }
}

fn proof(evidence: &Evidence) -> Proof {
    Proof {
        claim: evidence.claim.as_str().to_owned(),
        quote: evidence.quote.clone(),
        sentence: if evidence.sentence == evidence.quote { String::new() } else { evidence.sentence.clone() },
        rule: String::new(),
        confidence: evidence.confidence.clone(),
        place: Place {
            source: evidence.source.clone(),
            file: evidence.file.clone(),
            start: evidence.start,
            end: evidence.end,
        },
    }
}
