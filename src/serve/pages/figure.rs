//! The figure of a lineage as SVG. Colours are the style sheet's.

use super::{
    drawing::{BOX_HEIGHT, BOX_WIDTH, Drawing, Node, width_of},
    parts::lineage_href,
};
use crate::{
    lineage::{Lineage, PolicyId, render::level_chinese},
    model::Relation,
};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// From the top of a box to the middle of its first line, and from line to line.
const FIRST_LINE: f64 = 24.0;
const LINE_HEIGHT: f64 = 18.0;

/// The figure. `start` is the policy that it is of.
pub(super) fn figure(lineage: &Lineage, drawing: &Drawing, start: PolicyId, title: &str) -> Markup {
    let relations: BTreeSet<Relation> = drawing.arrows.iter().map(|arrow| arrow.edge.relation).collect();
    let (width, height) = (pixels(drawing.width), pixels(drawing.height));
    html! {
        div.figure tabindex="0" role="region" aria-label="脉络图，可左右滚动" {
            svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="figure-title figure-desc"
                width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) } {
                title id="figure-title" { (title) }
                desc id="figure-desc" {
                    (drawing.boxes.len()) " 项政策，" (drawing.arrows.len()) " 条关系；箭头由引用者指向被引用者，自上而下按层级分道。逐条见图下的列表。"
                }
                defs {
                    @for relation in &relations {
                        marker.{ "head r-" (relation.property()) } id={ "head-" (relation.property()) } viewBox="0 0 10 10"
                            refX="9" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto" {
                            path d="M0 0L10 5L0 10z" {}
                        }
                    }
                }
                @for band in &drawing.bands {
                    g.band {
                        @if band.y > 0.0 { path d={ "M0 " (pixels(band.y)) "H" (width) } {} }
                        text x="18" y=(pixels(band.y + band.height / 2.0)) dominant-baseline="central" { (level_chinese(band.level)) }
                    }
                }
                @for path in &drawing.dotted { path.possible d=(path) {} }
                @for arrow in &drawing.arrows {
                    path.{ "arrow r-" (arrow.edge.relation.property()) } d=(arrow.path)
                        marker-end={ "url(#head-" (arrow.edge.relation.property()) ")" } {}
                }
                @for node in &drawing.boxes { (policy(lineage, node, node.policy == start)) }
                @for (n, arrow) in drawing.arrows.iter().enumerate() {
                    (words(n + 1, arrow.edge.relation, arrow.at, arrow.has_words))
                }
            }
        }
    }
}

fn policy(lineage: &Lineage, node: &Node, is_start: bool) -> Markup {
    let policy = &lineage[node.policy];
    let number = policy.numbers().into_iter().find(|number| *number != policy.label).unwrap_or_default();
    let lines = node.lines.len() + usize::from(!number.is_empty());
    let middle = node.x + BOX_WIDTH / 2.0;
    // Few lines stand in the middle of the box.
    let first = node.y + FIRST_LINE + LINE_HEIGHT * super::lanes::count(4_usize.saturating_sub(lines)) / 2.0 - 4.0;
    let y = |n: usize| pixels(first + LINE_HEIGHT * super::lanes::count(n));
    html! {
        a.node.start[is_start].stub[!policy.is_held] href=(lineage_href(&policy.iri)) {
            title { (policy.label) @if !policy.is_held { "（仅被引）" } }
            rect x=(pixels(node.x)) y=(pixels(node.y)) width=(pixels(BOX_WIDTH)) height=(pixels(BOX_HEIGHT)) rx="8" {}
            @for (n, line) in node.lines.iter().enumerate() {
                text x=(pixels(middle)) y=(y(n)) text-anchor="middle" dominant-baseline="central" { (line) }
            }
            @if !number.is_empty() {
                text.number x=(pixels(middle)) y=(y(node.lines.len())) text-anchor="middle" dominant-baseline="central" { (number) }
            }
        }
    }
}

/// Number and relation of an arrow; a link to its evidence.
fn words(n: usize, relation: Relation, (x, y): (f64, f64), has_words: bool) -> Markup {
    let text = if has_words { format!("{n} {}", relation.chinese()) } else { n.to_string() };
    let width = (width_of(&text) * 11.0 + 12.0).max(20.0);
    html! {
        a.{ "words r-" (relation.property()) } href={ "#edge-" (n) } {
            rect x=(pixels(x - width / 2.0)) y=(pixels(y - 9.5)) width=(pixels(width)) height="19" rx="9.5" {}
            text x=(pixels(x)) y=(pixels(y)) text-anchor="middle" dominant-baseline="central" { (text) }
        }
    }
}

fn pixels(length: f64) -> String {
    let text = format!("{length:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// What the colours and lines mean.
pub(super) fn legend(drawing: &Drawing) -> Markup {
    let relations: BTreeSet<Relation> = drawing.arrows.iter().map(|arrow| arrow.edge.relation).collect();
    html! {
        ul.legend {
            @for relation in &relations { li { (super::parts::relation(relation.property())) } }
            li { span.swatch.held {} "有文" }
            li { span.swatch.stub {} "仅被引" }
            @if !drawing.dotted.is_empty() { li { span.swatch.possible {} "疑为同一" } }
        }
    }
}
