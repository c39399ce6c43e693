//! The geometry of a lineage's figure: boxes, arrows, and where their words stand. In pixels.

use super::{
    lanes::{count, lanes},
    route::{Route, Row},
};
use crate::{
    lineage::{Edge, Lineage, PolicyId, View},
    model::Level,
};
use std::collections::BTreeMap;

pub(super) const BOX_WIDTH: f64 = 182.0;
pub(super) const BOX_HEIGHT: f64 = 92.0;
/// Between boxes of a row.
const GAP: f64 = 20.0;
/// Between rows: room for the words of arrows.
const ROW_GAP: f64 = 112.0;
/// Above the first row and below the last of a lane; half of the gap, so that lanes touch.
const PADDING: f64 = ROW_GAP / 2.0;
/// The names of lanes stand at the left.
const LANE_LABEL: f64 = 58.0;
/// From the box to the words of its first arrow.
const WORDS_AT: f64 = 24.0;
/// From there to the words of the next, where several stand side by side.
const WORDS_STEP: f64 = 22.0;
/// More arrows than this leave from a side with their numbers alone.
const WORDS_MOST: usize = 5;
/// Characters of a line of a label, in widths of a Chinese character.
const LINE: f64 = 12.2;
const LINES: usize = 3;

/// A figure.
#[derive(Debug)]
pub(super) struct Drawing {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) bands: Vec<Band>,
    pub(super) boxes: Vec<Node>,
    /// In the order of their numbers, from 1.
    pub(super) arrows: Vec<Arrow>,
    /// Paths between policies that may be one.
    pub(super) dotted: Vec<String>,
}

/// A lane.
#[derive(Debug)]
pub(super) struct Band {
    pub(super) level: Level,
    pub(super) y: f64,
    pub(super) height: f64,
}

/// A policy.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) policy: PolicyId,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) lines: Vec<String>,
    row: usize,
}

/// An edge.
#[derive(Debug)]
pub(super) struct Arrow {
    pub(super) edge: Edge,
    /// What an SVG path takes.
    pub(super) path: String,
    /// The middle of its words.
    pub(super) at: (f64, f64),
    /// Whether there is room for more than the number.
    pub(super) has_words: bool,
}

/// The side of a box.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Side {
    Top,
    Bottom,
}

/// Draws a view. O(n log n) for n policies and edges.
pub(super) fn draw(lineage: &Lineage, view: &View) -> Drawing {
    let lanes = lanes(lineage, view);
    let widest = lanes.iter().flat_map(|lane| lane.rows.iter().map(Vec::len)).max().unwrap_or(1);
    let width = LANE_LABEL + count(widest) * (BOX_WIDTH + GAP) + GAP;
    let (mut y, mut row_number) = (0.0, 0);
    let (mut bands, mut boxes) = (Vec::new(), Vec::new());
    for lane in &lanes {
        let top = y;
        for row in &lane.rows {
            let taken = count(row.len()) * (BOX_WIDTH + GAP) - GAP;
            let mut x = LANE_LABEL + (width - LANE_LABEL - taken) / 2.0;
            for &policy in row {
                let lines = wrapped(&lineage[policy].label);
                boxes.push(Node { policy, x, y: y + PADDING, lines, row: row_number });
                x += BOX_WIDTH + GAP;
            }
            y += BOX_HEIGHT + ROW_GAP;
            row_number += 1;
        }
        bands.push(Band { level: lane.level, y: top, height: y - top });
    }
    let arrows = arrows(&boxes, &rows(&boxes), &view.edges);
    let dotted = view.possible.iter().filter_map(|(one, other)| Some(dotted(find(&boxes, *one)?, find(&boxes, *other)?))).collect();
    Drawing { width, height: y, bands, boxes, arrows, dotted }
}

fn find(boxes: &[Node], policy: PolicyId) -> Option<&Node> {
    boxes.iter().find(|node| node.policy == policy)
}

impl Node {
    fn middle(&self) -> f64 {
        self.x + BOX_WIDTH / 2.0
    }

    fn edge_of(&self, side: Side) -> f64 {
        match side {
            Side::Top => self.y,
            Side::Bottom => self.y + BOX_HEIGHT,
        }
    }
}

/// From which side of the citing box to which side of the cited one: the sides that face each other; tops
/// within a row.
fn sides(from: &Node, to: &Node) -> (Side, Side) {
    match from.row.cmp(&to.row) {
        std::cmp::Ordering::Greater => (Side::Top, Side::Bottom),
        std::cmp::Ordering::Less => (Side::Bottom, Side::Top),
        std::cmp::Ordering::Equal => (Side::Top, Side::Top),
    }
}

/// The rows that boxes stand in, top first.
fn rows(boxes: &[Node]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for node in boxes {
        if node.row == rows.len() {
            rows.push(Row { y: node.y, lefts: Vec::new() });
        }
        rows[node.row].lefts.push(node.x);
    }
    rows
}

fn route(from: &Node, x0: f64, to: &Node, x1: f64, rows: &[Row], n: usize) -> Route {
    let (leaves, enters) = sides(from, to);
    let (start, end) = ((x0, from.edge_of(leaves)), (x1, to.edge_of(enters)));
    if from.row == to.row {
        return Route::over(start, end);
    }
    let between = &rows[from.row.min(to.row) + 1..from.row.max(to.row)];
    let mut between: Vec<&Row> = between.iter().collect();
    if from.row > to.row {
        between.reverse();
    }
    Route::between(start, end, &between, count(n % 3) * 7.0)
}

/// One end of an arrow on a side of a box.
#[derive(Clone, Copy, Debug)]
struct Port {
    arrow: usize,
    is_start: bool,
    /// Where the other end stands, for the order.
    towards: f64,
}

/// Arrows in the order of the boxes that they leave, top first.
fn arrows(boxes: &[Node], rows: &[Row], edges: &[Edge]) -> Vec<Arrow> {
    let place = |policy: PolicyId| boxes.iter().position(|node| node.policy == policy);
    let mut ends: Vec<(usize, usize, Edge)> =
        edges.iter().filter_map(|edge| Some((place(edge.from)?, place(edge.to)?, *edge))).collect();
    ends.sort_unstable();
    let mut ports: BTreeMap<(usize, Side), Vec<Port>> = BTreeMap::new();
    for (arrow, &(from, to, _)) in ends.iter().enumerate() {
        let (leaves, enters) = sides(&boxes[from], &boxes[to]);
        let start = Port { arrow, is_start: true, towards: boxes[to].middle() };
        ports.entry((from, leaves)).or_default().push(start);
        let end = Port { arrow, is_start: false, towards: boxes[from].middle() };
        ports.entry((to, enters)).or_default().push(end);
    }
    // Arrow → x of its start, x of its end, how many leave beside it, the how-manieth it is.
    let mut spread: BTreeMap<usize, (f64, f64, usize, usize)> = BTreeMap::new();
    for ((node, _), ports) in &mut ports {
        ports.sort_by(|a, b| a.towards.total_cmp(&b.towards).then(a.arrow.cmp(&b.arrow)));
        let leaving = ports.iter().filter(|port| port.is_start).count();
        let mut nth = 0;
        for (n, port) in ports.iter().enumerate() {
            let x = boxes[*node].x + BOX_WIDTH * count(n + 1) / count(ports.len() + 1);
            let known = spread.entry(port.arrow).or_insert((x, x, 1, 0));
            if port.is_start {
                (known.0, known.2, known.3) = (x, leaving, nth);
                nth += 1;
            } else {
                known.1 = x;
            }
        }
    }
    let arrow = |(n, (from, to, edge)): (usize, &(usize, usize, Edge))| {
        let (x0, x1, leaving, nth) = spread.get(&n).copied().unwrap_or_default();
        let route = route(&boxes[*from], x0, &boxes[*to], x1, rows, n);
        let steps = if leaving > 2 { nth % 3 } else { nth % 2 };
        let at = route.at_height(WORDS_AT + WORDS_STEP * count(steps));
        Arrow { edge: *edge, path: route.path(), at, has_words: leaving <= WORDS_MOST }
    };
    ends.iter().enumerate().map(arrow).collect()
}

/// A line between boxes that may be one: from side to side where they stand beside each other, below the
/// boxes between them in a row, else from the upper to the lower.
fn dotted(one: &Node, other: &Node) -> String {
    let (first, last) = if (one.row, one.x) <= (other.row, other.x) { (one, other) } else { (other, one) };
    let (from, to) = (first.middle(), last.middle());
    let bottom = first.edge_of(Side::Bottom);
    if first.row != last.row {
        let middle = f64::midpoint(bottom, last.y);
        format!("M{from:.1} {bottom:.1}C{from:.1} {middle:.1} {to:.1} {middle:.1} {to:.1} {:.1}", last.y)
    } else if last.x - first.x <= BOX_WIDTH + GAP {
        format!("M{:.1} {:.1}H{:.1}", first.x + BOX_WIDTH, first.y + BOX_HEIGHT / 2.0, last.x)
    } else {
        let low = bottom + 44.0;
        format!("M{from:.1} {bottom:.1}C{from:.1} {low:.1} {to:.1} {low:.1} {to:.1} {bottom:.1}")
    }
}

/// How wide a text is, in widths of a Chinese character.
pub(super) fn width_of(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.58 } else { 1.0 }).sum()
}

/// A label in a few lines, cut where it is too long.
pub(super) fn wrapped(label: &str) -> Vec<String> {
    let whole = width_of(label);
    let needed = (whole / LINE).ceil().max(1.0);
    // Lines of about one length, where they are not too many.
    let most = if needed > count(LINES) { LINE } else { LINE.min(whole / needed + 1.0) };
    let mut lines = vec![String::new()];
    for c in label.chars() {
        let is_full = lines.last().is_some_and(|line| !line.is_empty() && width_of(line) + width_of(&c.to_string()) > most);
        // A line does not begin with a closing mark.
        if is_full && !matches!(c, '”' | '》' | '〉' | '）' | '、' | '，') {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            last.pop();
            last.push('…');
        }
    }
    lines
}

#[cfg(test)]
pub(super) mod sample;

#[cfg(test)]
mod tests {
    use super::sample::{id, lineage};
    use super::*;
    use crate::lineage::Scope;

    fn drawing(text: &str, start: &str) -> Drawing {
        let lineage = lineage(text);
        draw(&lineage, &lineage.view(id(&lineage, start), Scope { depth: 9, ..Scope::default() }))
    }

    #[test]
    fn boxes_stand_in_the_figure_and_apart() {
        let drawing = drawing("C1>N1 C1>N2 C1>N3 C1>N4 C1>N5 C1>N6 C1>P1 P1>N1 N1>N2 x>C1 N1=N2", "C1");
        for (n, one) in drawing.boxes.iter().enumerate() {
            assert!(one.x >= LANE_LABEL && one.x + BOX_WIDTH <= drawing.width, "{one:?}");
            assert!(one.y >= 0.0 && one.y + BOX_HEIGHT <= drawing.height, "{one:?}");
            for other in &drawing.boxes[n + 1..] {
                assert!((one.x - other.x).abs() >= BOX_WIDTH || (one.y - other.y).abs() >= BOX_HEIGHT, "{one:?} {other:?}");
            }
        }
        assert_eq!((drawing.boxes.len(), drawing.arrows.len(), drawing.dotted.len()), (9, 10, 1));
    }

    #[test]
    fn words_of_arrows_stand_on_no_box() {
        let drawing = drawing("C1>N1 C1>N2 C1>P1 P1>N1 P1>N2 N1>N2 C2>P1 C2>N1 N3>N2", "N2");
        for arrow in &drawing.arrows {
            let inside = |node: &&Node| {
                (node.x..node.x + BOX_WIDTH).contains(&arrow.at.0) && (node.y..node.y + BOX_HEIGHT).contains(&arrow.at.1)
            };
            assert!(drawing.boxes.iter().find(inside).is_none(), "{arrow:?}");
        }
    }

    #[test]
    fn a_label_has_three_lines_at_most_and_none_begins_with_a_closing_mark() {
        for (label, lines) in [
            ("短", "短"),
            ("关于加快推动知识产权服务业高质量发展的意见", "关于加快推动知识产权服|务业高质量发展的意见"),
            ("一二三四五六七八九十一二》三", "一二三四五六七|八九十一二》三"),
            (
                "一二三四五六七八九十一二一二三四五六七八九十一二一二三四五六七八九十一二三",
                "一二三四五六七八九十一二|一二三四五六七八九十一二|一二三四五六七八九十一…",
            ),
        ] {
            assert_eq!(wrapped(label).join("|"), lines);
        }
    }
}
