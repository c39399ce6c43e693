//! The page of a policy's lineage: the figure, and below it every arrow with the sentences behind it.

use super::{
    drawing::{Drawing, draw},
    figure::{figure, legend},
    page,
    parts::{level, lineage_href, link, relation, status},
    policy::policy_line,
    said::sentences,
};
use crate::{
    lineage::{Direction, Evidences, Lineage, PolicyId, Scope, View, evidence_of},
    query::QueryError,
    store::Store,
};
use maud::{Markup, html};

/// Policies in a figure at most, each way.
const MOST: usize = 60;

/// The lineage of a policy.
pub(in crate::serve) fn lineage(
    store: &Store,
    lineage: &Lineage,
    policy: PolicyId,
    direction: Direction,
    depth: usize,
) -> Result<Markup, QueryError> {
    let view = lineage.view(policy, Scope { direction, depth, limit: MOST, ..Scope::default() });
    let evidences = evidence_of(store, lineage, &view)?;
    let drawing = draw(lineage, &view);
    let start = &lineage[policy];
    let title = format!("{}的脉络", start.label);
    Ok(page(&title, "", &html! {
        p.eyebrow { "脉络" }
        h1 { (start.label) }
        p.meta {
            @for number in start.numbers().into_iter().filter(|number| *number != start.label) { span.number { (number) } " " }
            (level(start.level)) " " (status(start.is_held)) " "
            (link(&start.iri, "政策页")) " · " (link(&start.head, "文件页"))
        }
        (controls(start, direction, depth))
        p.summary {
            "上游 " (view.count(Direction::Up)) " 项，下游 " (view.count(Direction::Down)) " 项，关系 " (view.edges.len()) " 条。"
            @if view.beyond > 0 { "再外一步还有 " (view.beyond) " 项。" }
        }
        @if view.is_empty() && view.possible.is_empty() {
            p.empty { "在这个范围内没有与它相连的政策。" }
        } @else {
            (legend(&drawing))
            (figure(lineage, &drawing, policy, &title))
        }
        @if !drawing.arrows.is_empty() { section { h2 { "逐条凭据" } (listed(lineage, &drawing, &evidences)) } }
        (cycles(lineage, &view))
        @if !view.possible.is_empty() {
            section {
                h2 { "疑为同一 " small { "图中虚线；不据以推导" } }
                @for (one, other) in &view.possible {
                    div.card.warning { (policy_line(lineage, *one)) (policy_line(lineage, *other)) }
                }
            }
        }
    }))
}

/// Direction and depth.
fn controls(policy: &crate::lineage::Policy, direction: Direction, depth: usize) -> Markup {
    let base = lineage_href(&policy.iri);
    let page = |direction: Direction, depth: usize| format!("{base}?direction={}&depth={depth}", direction.name());
    let current = |is_current: bool| is_current.then_some("true");
    html! {
        nav.choices aria-label="范围" {
            span {
                @for (way, words) in [(Direction::Both, "上下游"), (Direction::Up, "上游"), (Direction::Down, "下游")] {
                    a href=(page(way, depth)) aria-current=[current(way == direction)] { (words) }
                }
            }
            span {
                @for steps in 1..=5 {
                    a href=(page(direction, steps)) aria-current=[current(steps == depth)] { (steps) " 步" }
                }
            }
        }
    }
}

fn listed(lineage: &Lineage, drawing: &Drawing, evidences: &Evidences) -> Markup {
    html! {
        ol.edges {
            @for (n, arrow) in drawing.arrows.iter().enumerate() {
                li id={ "edge-" (n + 1) } {
                    span.nth.{ "r-" (arrow.edge.relation.property()) } { (n + 1) }
                    div {
                        (policy_line(lineage, arrow.edge.from))
                        p.verb { (relation(arrow.edge.relation.property())) }
                        (policy_line(lineage, arrow.edge.to))
                        (sentences(evidences.get(&arrow.edge).map_or([].as_slice(), Vec::as_slice)))
                    }
                }
            }
        }
    }
}

fn cycles(lineage: &Lineage, view: &View) -> Markup {
    let cycles = view.cycles();
    html! {
        @if !cycles.is_empty() {
            section {
                h2 { "循环 " small { "互为依据，应当核对" } }
                @for cycle in &cycles {
                    div.card.warning { @for edge in &cycle.path { (policy_line(lineage, edge.from)) } }
                }
            }
        }
    }
}
