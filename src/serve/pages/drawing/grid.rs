//! The rows of a picture: which box or passage comes after which, and how far apart.

use super::{
    Drawing, Node, Point,
    apart::{GAP, apart},
    count,
};
use std::collections::BTreeMap;

const LANE_PADDING: f64 = 26.0;
const ROW_GAP: f64 = 64.0;
const LANE_GAP: f64 = 52.0;
/// Left of the boxes: the names of the lanes.
pub(super) const MARGIN: f64 = 74.0;
const PASSAGE: f64 = 14.0;

/// What stands in a row: a box, or an arrow that passes between boxes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Item {
    node: Option<usize>,
    /// Index among all items.
    id: usize,
}

/// Boxes and passages in their rows.
pub(super) struct Grid {
    rows: Vec<Vec<Item>>,
    /// Items above and below each item that an arrow joins it to.
    above: Vec<Vec<usize>>,
    below: Vec<Vec<usize>>,
    /// Of each arrow, the items that it runs through from the lower end to the upper.
    chains: Vec<Vec<usize>>,
}

impl Grid {
    pub(super) fn new(nodes: &[Node], arrows: &[(usize, usize)], row: &[usize]) -> Self {
        let mut rows = vec![Vec::new(); row.iter().max().map_or(0, |most| most + 1)];
        for i in 0..nodes.len() {
            rows[row[i]].push(Item { node: Some(i), id: i });
        }
        let mut next = nodes.len();
        let mut chains = Vec::new();
        for &(from, to) in arrows {
            let (low, high) = if row[from] > row[to] { (from, to) } else { (to, from) };
            let mut chain = vec![low];
            for passed in (row[high] + 1..row[low]).rev() {
                rows[passed].push(Item { node: None, id: next });
                chain.push(next);
                next += 1;
            }
            chain.push(high);
            chains.push(chain);
        }
        let (mut above, mut below) = (vec![Vec::new(); next], vec![Vec::new(); next]);
        for chain in &chains {
            for step in chain.windows(2) {
                above[step[0]].push(step[1]);
                below[step[1]].push(step[0]);
            }
        }
        Self { rows, above, below, chains }
    }

    /// Orders each row by the mean place of what its items are joined to, downwards and upwards in turn.
    pub(super) fn order(&mut self) {
        for sweep in 0..8 {
            let downwards = sweep % 2 == 0;
            let order: Vec<usize> =
                if downwards { (0..self.rows.len()).collect() } else { (0..self.rows.len()).rev().collect() };
            let mut place = self.indices();
            for r in order {
                let joined = if downwards { &self.above } else { &self.below };
                let mean = |item: &Item| {
                    let ends = &joined[item.id];
                    if ends.is_empty() {
                        place[item.id]
                    } else {
                        ends.iter().map(|end| place[*end]).sum::<f64>() / count(ends.len())
                    }
                };
                let mut keyed: Vec<(f64, Item)> = self.rows[r].iter().map(|item| (mean(item), *item)).collect();
                keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
                self.rows[r] = keyed.into_iter().map(|(_, item)| item).collect();
                let length = count(self.rows[r].len());
                for (n, item) in self.rows[r].iter().enumerate() {
                    place[item.id] = (count(n) + 0.5) / length;
                }
            }
        }
    }

    /// The place of each item in its row, from 0 to 1.
    fn indices(&self) -> Vec<f64> {
        let mut place = vec![0.0; self.above.len()];
        for row in &self.rows {
            for (n, item) in row.iter().enumerate() {
                place[item.id] = (count(n) + 0.5) / count(row.len());
            }
        }
        place
    }

    /// The horizontal centre of each item: as near as may be to the mean of what it is joined to.
    pub(super) fn places(&self, nodes: &[Node]) -> Vec<f64> {
        let width = |item: &Item| item.node.map_or(PASSAGE, |node| nodes[node].width);
        let mut centre = vec![0.0; self.above.len()];
        for row in &self.rows {
            let total: f64 = row.iter().map(|item| width(item) + GAP).sum();
            let mut x = -total / 2.0;
            for item in row {
                centre[item.id] = x + f64::midpoint(width(item), GAP);
                x += width(item) + GAP;
            }
        }
        for sweep in 0..12 {
            let downwards = sweep % 2 == 0;
            let order: Vec<usize> =
                if downwards { (0..self.rows.len()).collect() } else { (0..self.rows.len()).rev().collect() };
            for r in order {
                let wanted: Vec<f64> = self.rows[r]
                    .iter()
                    .map(|item| {
                        let joined = if downwards { &self.above[item.id] } else { &self.below[item.id] };
                        let joined = if joined.is_empty() {
                            if downwards { &self.below[item.id] } else { &self.above[item.id] }
                        } else {
                            joined
                        };
                        if joined.is_empty() {
                            centre[item.id]
                        } else {
                            joined.iter().map(|end| centre[*end]).sum::<f64>() / count(joined.len())
                        }
                    })
                    .collect();
                let widths: Vec<f64> = self.rows[r].iter().map(width).collect();
                for (item, x) in self.rows[r].iter().zip(apart(&wanted, &widths)) {
                    centre[item.id] = x;
                }
            }
        }
        let left =
            self.rows.iter().flatten().map(|item| centre[item.id] - width(item) / 2.0).fold(f64::INFINITY, f64::min);
        centre.iter().map(|x| x - left + MARGIN + GAP).collect()
    }

    pub(super) fn picture(&self, nodes: &[Node], arrows: &[(usize, usize)], row: &[usize], centre: &[f64]) -> Drawing {
        let mut tops = Vec::new();
        let mut lanes: Vec<(u8, f64, f64)> = Vec::new();
        let mut y = 0.0;
        for items in &self.rows {
            let lane = items.iter().find_map(|item| item.node).map_or(0, |node| nodes[node].lane);
            let height = items.iter().filter_map(|item| item.node).map(|node| nodes[node].height).fold(0.0, f64::max);
            match lanes.last_mut() {
                Some((last, top, tall)) if *last == lane => {
                    y += ROW_GAP;
                    *tall = y + height + LANE_PADDING - *top;
                }
                last => {
                    let top = if last.is_some() { y + LANE_PADDING + LANE_GAP } else { 0.0 };
                    lanes.push((lane, top, height + 2.0 * LANE_PADDING));
                    y = top + LANE_PADDING;
                }
            }
            tops.push((y, y + height));
            y += height;
        }
        let corner = |i: usize| {
            let (top, bottom) = tops[row[i]];
            (centre[i] - nodes[i].width / 2.0, f64::midpoint(top, bottom - nodes[i].height))
        };
        let places: Vec<Point> = (0..nodes.len()).map(corner).collect();
        let ports = self.ports(nodes, centre);
        let item_row: BTreeMap<usize, usize> =
            self.rows.iter().enumerate().flat_map(|(r, items)| items.iter().map(move |item| (item.id, r))).collect();
        let arrows = self.chains.iter().zip(arrows).enumerate().map(|(n, (chain, (from, _)))| {
            let (low, high) = (chain[0], chain[chain.len() - 1]);
            let mut points = vec![(ports[&(n, low)], places[low].1)];
            for passage in &chain[1..chain.len() - 1] {
                let (top, bottom) = tops[item_row[passage]];
                points.extend([(centre[*passage], bottom), (centre[*passage], top)]);
            }
            points.push((ports[&(n, high)], places[high].1 + nodes[high].height));
            if low != *from {
                points.reverse();
            }
            points
        });
        let arrows: Vec<Vec<Point>> = arrows.collect();
        let right = (0..nodes.len())
            .map(|i| places[i].0 + nodes[i].width)
            .chain(arrows.iter().flatten().map(|point| point.0))
            .fold(0.0, f64::max);
        let height = lanes.last().map_or(0.0, |(_, top, height)| top + height);
        Drawing { width: right + GAP, height, nodes: places, arrows, lanes }
    }

    /// Where each arrow touches its boxes: spread along the side, in the order of where they lead.
    fn ports(&self, nodes: &[Node], centre: &[f64]) -> BTreeMap<(usize, usize), f64> {
        let mut ports = BTreeMap::new();
        for (node, size) in nodes.iter().enumerate() {
            for is_top in [true, false] {
                let mut ends: Vec<(f64, usize)> = Vec::new();
                for (n, chain) in self.chains.iter().enumerate() {
                    let (first, last) = (chain[0], chain[chain.len() - 1]);
                    if is_top && first == node {
                        ends.push((centre[chain[1]], n));
                    } else if !is_top && last == node {
                        ends.push((centre[chain[chain.len() - 2]], n));
                    }
                }
                ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                let step = (size.width * 0.76 / count(ends.len())).min(58.0);
                for (k, (_, n)) in ends.iter().enumerate() {
                    let shift = (count(k) - (count(ends.len()) - 1.0) / 2.0) * step;
                    ports.insert((*n, node), centre[node] + shift);
                }
            }
        }
        ports
    }
}
