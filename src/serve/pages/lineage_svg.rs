//! The picture of a lineage as SVG: policies as boxes in lanes by level, relations as arrows with a number.

use super::{
    drawing::{Drawing, Node, Point, draw},
    parts::relation_class,
};
use crate::{
    lineage::{Edge, Policy, PolicyId, View},
    serve::{address::page_of, facts::overview::rank, state::AppState},
};
use maud::{Markup, html};
use std::{collections::BTreeMap, fmt::Write as _};

const BOX_WIDTH: f64 = 196.0;
const LINE: f64 = 18.0;
const PADDING: f64 = 12.0;
/// Of a title in a box: lines, and their width in twentieths of a full-width character.
const LINES: usize = 3;
const LINE_WIDTH: usize = 13 * 20;
/// A picture up to this width is made to fit a wide window; a wider one is scrolled.
const FITS: f64 = 1500.0;

/// The picture of a view. Arrows bear their number in `edges`.
pub(super) fn svg(state: &AppState, view: &View, edges: &[Edge]) -> Markup {
    let lineage = state.lineage();
    let policies: Vec<PolicyId> =
        view.nodes.iter().map(|node| node.policy).chain(view.asides.iter().copied()).collect();
    let index: BTreeMap<PolicyId, usize> = policies.iter().enumerate().map(|(i, policy)| (*policy, i)).collect();
    let texts: Vec<Vec<String>> = policies.iter().map(|policy| wrap(name(state, *policy))).collect();
    let numbers: Vec<String> = policies.iter().map(|policy| number(&lineage[*policy])).collect();
    let nodes: Vec<Node> = policies
        .iter()
        .enumerate()
        .map(|(i, policy)| {
            let lines = length(texts[i].len()) + if numbers[i].is_empty() { 0.0 } else { 0.9 };
            Node { lane: rank(lineage[*policy].level), width: BOX_WIDTH, height: lines * LINE + 2.0 * PADDING }
        })
        .collect();
    let arrows: Vec<(usize, usize)> = edges.iter().map(|edge| (index[&edge.from], index[&edge.to])).collect();
    let drawing = draw(&nodes, &arrows);
    let labels = labels(&drawing, &nodes, edges);
    let (width, height) = (whole(drawing.width), whole(drawing.height));
    html! {
        // The names of the lanes once more, where the picture is scrolled away from under them.
        svg.lane-names.wide[drawing.width > FITS] width="74" height=(height) viewBox=(format!("0 0 74 {height}")) aria-hidden="true" focusable="false" {
            @for (lane, top, _) in &drawing.lanes {
                rect.lane x="0" y=(number_of(top + 8.0)) width=(number_of(16.0 + 16.0 * length(lane_name(*lane).chars().count()))) height="32" rx="8" {}
                text.lane-name x="8" y=(number_of(top + 30.0)) { (lane_name(*lane)) }
            }
        }
        svg.lineage.fits[drawing.width <= FITS] xmlns="http://www.w3.org/2000/svg" role="group" aria-label="脉络图" width=(width) height=(height) viewBox=(format!("0 0 {width} {height}")) {
            @for (lane, top, height) in &drawing.lanes {
                rect.lane x="0" y=(number_of(*top)) width=(width) height=(number_of(*height)) rx="10" {}
                text.lane-name x="16" y=(number_of(top + 30.0)) { (lane_name(*lane)) }
            }
            @for (one, other) in &view.possible { (possible(&drawing, &nodes, index[one], index[other])) }
            @for (n, edge) in edges.iter().enumerate() { (arrow(state, &drawing.arrows[n], edge, n + 1)) }
            @for (i, policy) in policies.iter().enumerate() {
                (a_box(state, &lineage[*policy], *policy == view.start, drawing.nodes[i], nodes[i], &texts[i], &numbers[i]))
            }
            @for (n, edge) in edges.iter().enumerate() { (label(edge, n + 1, labels[n])) }
        }
    }
}

fn lane_name(lane: u8) -> &'static str {
    use crate::model::Level::{County, International, National, Prefecture, Province, Unknown};
    let levels = [International, National, Province, Prefecture, County, Unknown];
    levels.into_iter().find(|level| rank(*level) == lane).map_or("", crate::model::Level::chinese)
}

/// A title in lines of a box, of about equal length. A digit is a little wider than half a character.
fn wrap(title: &str) -> Vec<String> {
    let wide = |c: char| if c.is_ascii() { 12 } else { 20 };
    let total: usize = title.chars().map(wide).sum();
    let even = total / total.div_ceil(LINE_WIDTH).max(1) + 20;
    let most = if total > LINES * LINE_WIDTH { LINE_WIDTH } else { even.min(LINE_WIDTH) };
    let mut lines = vec![String::new()];
    let mut width = 0;
    for c in title.chars() {
        let wide = wide(c);
        if width + wide > most {
            if lines.len() == LINES {
                if let Some(last) = lines.last_mut() {
                    last.pop();
                    last.push('…');
                }
                return lines;
            }
            lines.push(String::new());
            width = 0;
        }
        width += wide;
        if let Some(last) = lines.last_mut() {
            last.push(c);
        }
    }
    lines
}

fn name(state: &AppState, policy: PolicyId) -> &str {
    &state.lineage()[policy].label
}

fn number(policy: &Policy) -> String {
    let numbers: Vec<&str> = policy.numbers().into_iter().filter(|number| *number != policy.label).collect();
    match numbers.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first, rest @ ..] => format!("{first} 等{}个", rest.len() + 1),
    }
}

fn a_box(
    state: &AppState,
    policy: &Policy,
    is_focus: bool,
    (x, y): Point,
    node: Node,
    lines: &[String],
    number: &str,
) -> Markup {
    let status = if policy.is_held { "有文" } else { "缺文" };
    let class =
        format!("node {}{}", if policy.is_held { "held" } else { "stub" }, if is_focus { " focus" } else { "" });
    let middle = number_of(x + node.width / 2.0);
    html! {
        a class=(class) href=[page_of(state.iris(), policy.iri.as_str())] {
            title { (policy.label) " " (number) " · " (policy.level.chinese()) " · " (status) }
            rect x=(number_of(x)) y=(number_of(y)) width=(number_of(node.width)) height=(number_of(node.height)) rx="8" {}
            @for (n, line) in lines.iter().enumerate() {
                text x=(middle) y=(number_of(y + PADDING + 13.5 + LINE * length(n))) text-anchor="middle" { (line) }
            }
            @if !number.is_empty() { text.no x=(middle) y=(number_of(y + PADDING + 11.5 + LINE * length(lines.len()))) text-anchor="middle" { (number) } }
        }
    }
}

fn arrow(state: &AppState, points: &[Point], edge: &Edge, n: usize) -> Markup {
    let (tip, before) = (points[points.len() - 1], points[points.len() - 2]);
    let back = if before.1 > tip.1 { 9.0 } else { -9.0 };
    html! {
        g class=(format!("arrow {}", relation_class(edge.relation))) data-arrow=(n) {
            title { (n) " " (name(state, edge.from)) " " (edge.relation.chinese()) " " (name(state, edge.to)) }
            path.line d=(curve(points, back)) {}
            path.tip d=(format!("M{} {}l-5 {back}h10z", number_of(tip.0), number_of(tip.1))) {}
        }
    }
}

/// A curve through the points that is vertical in each of them, and stops short of the last by `back`.
fn curve(points: &[Point], back: f64) -> String {
    let mut path = format!("M{} {}", number_of(points[0].0), number_of(points[0].1));
    let last = points.len() - 1;
    for i in 1..points.len() {
        let (from, mut to) = (points[i - 1], points[i]);
        if i == last {
            to.1 += back * 0.8;
        }
        let middle = number_of(f64::midpoint(from.1, to.1));
        let _ = write!(
            path,
            "C{} {middle} {} {middle} {} {}",
            number_of(from.0),
            number_of(to.0),
            number_of(to.0),
            number_of(to.1)
        );
    }
    path
}

/// Two policies that may be one: a dotted line below both.
fn possible(drawing: &Drawing, nodes: &[Node], one: usize, other: usize) -> Markup {
    let foot = |i: usize| (drawing.nodes[i].0 + nodes[i].width / 2.0, drawing.nodes[i].1 + nodes[i].height);
    let (a, b) = (foot(one), foot(other));
    let low = a.1.max(b.1) + 34.0;
    let path = format!(
        "M{} {}C{} {low} {} {low} {} {}",
        number_of(a.0),
        number_of(a.1),
        number_of(a.0),
        number_of(b.0),
        number_of(b.0),
        number_of(b.1)
    );
    html! { g.possible { title { "可能是同一文件" } path d=(path) {} } }
}

const LABEL_HEIGHT: f64 = 18.0;

fn label_width(edge: &Edge, n: usize) -> f64 {
    length(edge.relation.chinese().chars().count()) * 11.5 + length(n.to_string().len()) * 6.5 + 18.0
}

fn label(edge: &Edge, n: usize, (x, y): Point) -> Markup {
    let width = label_width(edge, n);
    html! {
        g class=(format!("label {}", relation_class(edge.relation))) {
            rect x=(number_of(x - width / 2.0)) y=(number_of(y - LABEL_HEIGHT / 2.0)) width=(number_of(width)) height=(LABEL_HEIGHT) rx="9" {}
            text x=(number_of(x)) y=(number_of(y + 4.0)) text-anchor="middle" { (n) " " (edge.relation.chinese()) }
        }
    }
}

/// Where labels go: on their arrow, where they hide least of boxes and of other labels.
fn labels(drawing: &Drawing, nodes: &[Node], edges: &[Edge]) -> Vec<Point> {
    let mut placed: Vec<(Point, f64)> = Vec::new();
    for (n, points) in drawing.arrows.iter().enumerate() {
        let width = label_width(&edges[n], n + 1);
        let hidden = |(x, y): Point| -> f64 {
            let boxes = drawing.nodes.iter().zip(nodes).map(|((u, v), node)| {
                overlap((x, y), width, (u + node.width / 2.0, v + node.height / 2.0), node.width, node.height)
            });
            let others =
                placed.iter().map(|(other, wide)| overlap((x, y), width + 6.0, *other, *wide, LABEL_HEIGHT + 4.0));
            boxes.chain(others).sum()
        };
        // Near the end at which fewer arrows meet: there they lie apart. The first of equals is taken.
        let meeting =
            |end: &dyn Fn(&Edge) -> PolicyId| edges.iter().filter(|other| end(other) == end(&edges[n])).count();
        let pieces = points.len() - 1;
        let is_fan = meeting(&|edge| edge.from) >= meeting(&|edge| edge.to);
        let candidates = (0..pieces).flat_map(|i| {
            let i = if is_fan { pieces - 1 - i } else { i };
            let at = move |t: f64| if is_fan { t } else { 1.0 - t };
            [0.62, 0.5, 0.74, 0.4, 0.84, 0.28].map(|t| on_curve(points[i], points[i + 1], at(t)))
        });
        let best = candidates.min_by(|a, b| hidden(*a).total_cmp(&hidden(*b))).unwrap_or_default();
        placed.push((best, width));
    }
    placed.into_iter().map(|(point, _)| point).collect()
}

/// The point at `t` of the curve between two points.
fn on_curve(from: Point, to: Point, t: f64) -> Point {
    let s = 1.0 - t;
    let middle = f64::midpoint(from.1, to.1);
    let mix =
        |a: f64, b: f64, c: f64, d: f64| s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d;
    (mix(from.0, from.0, to.0, to.0), mix(from.1, middle, middle, to.1))
}

/// The area that a label at `at` and a box around `centre` share.
fn overlap(at: Point, width: f64, centre: Point, wide: f64, tall: f64) -> f64 {
    let across = f64::midpoint(width, wide) - (at.0 - centre.0).abs();
    let down = f64::midpoint(LABEL_HEIGHT, tall) - (at.1 - centre.1).abs();
    across.max(0.0) * down.max(0.0)
}

fn number_of(value: f64) -> String {
    format!("{value:.1}")
}

fn whole(value: f64) -> String {
    format!("{:.0}", value.ceil())
}

#[expect(clippy::cast_precision_loss, reason = "titles are short")]
fn length(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_broken_to_fit_their_box() {
        for (title, lines) in [
            ("短题", vec!["短题"]),
            ("天津市知识产权保护条例", vec!["天津市知识产权保护条例"]),
            (
                "2020—2021年天津市东丽区强化知识产权保护推进计划",
                vec!["2020—2021年天津市东丽区", "强化知识产权保护推进计划"],
            ),
            (
                "国家知识产权局办公室关于同意设立第二批国家海外知识产权纠纷应对指导中心地方分中心的通知",
                vec!["国家知识产权局办公室关于同", "意设立第二批国家海外知识产", "权纠纷应对指导中心地方分…"],
            ),
            ("", vec![""]),
        ] {
            assert_eq!(wrap(title), lines, "{title}");
        }
    }

    #[test]
    fn a_curve_begins_and_ends_on_its_points() {
        assert_eq!(on_curve((0.0, 0.0), (10.0, 20.0), 0.0), (0.0, 0.0));
        assert_eq!(on_curve((0.0, 0.0), (10.0, 20.0), 1.0), (10.0, 20.0));
        assert_eq!(on_curve((0.0, 0.0), (10.0, 20.0), 0.5), (5.0, 10.0));
    }

    #[test]
    fn what_does_not_touch_shares_nothing() {
        assert!(overlap((0.0, 0.0), 20.0, (100.0, 0.0), 20.0, 20.0) == 0.0);
        assert!(overlap((0.0, 0.0), 20.0, (0.0, 0.0), 40.0, 40.0) > 0.0);
    }
}
