//! Where things go in the picture of a lineage: boxes in lanes by level, arrows upwards from who cites to
//! who is cited. Layered as Sugiyama does it: rows, order by barycentre, places by isotonic regression.

use std::collections::BTreeMap;

/// Between boxes of a row, and beside an arrow that passes a row.
const GAP: f64 = 24.0;
const LANE_PADDING: f64 = 26.0;
const ROW_GAP: f64 = 64.0;
const LANE_GAP: f64 = 52.0;
/// Left of the boxes: the names of the lanes.
const MARGIN: f64 = 74.0;
const PASSAGE: f64 = 14.0;
/// Boxes in one row; more go into another.
const ROW_MOST: usize = 5;

/// A box to be placed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// Lanes are drawn from 0, the highest, down.
    pub(super) lane: u8,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A point.
pub(super) type Point = (f64, f64);

/// The picture.
#[derive(Clone, Debug)]
pub(super) struct Drawing {
    pub(super) width: f64,
    pub(super) height: f64,
    /// Top left corner of each box.
    pub(super) nodes: Vec<Point>,
    /// Of each arrow, the points that it runs through, from who cites to who is cited. It enters and leaves
    /// each of them vertically.
    pub(super) arrows: Vec<Vec<Point>>,
    /// Lane, top, height.
    pub(super) lanes: Vec<(u8, f64, f64)>,
}

/// What stands in a row: a box, or an arrow that passes between boxes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Item {
    node: Option<usize>,
    /// Index among all items.
    id: usize,
}

/// Places boxes and arrows. `arrows` are (who cites, who is cited) by index. Equal arguments give equal
/// pictures. O(sweeps × (items + passages)).
pub(super) fn draw(nodes: &[Node], arrows: &[(usize, usize)]) -> Drawing {
    let rows = rows(nodes, arrows);
    let mut grid = Grid::new(nodes, arrows, &rows);
    grid.order();
    let centres = grid.places(nodes);
    grid.picture(nodes, arrows, &rows, &centres)
}

/// The row of each box, from the top: by lane, within a lane below all that it cites there.
fn rows(nodes: &[Node], arrows: &[(usize, usize)]) -> Vec<usize> {
    let mut within = vec![0; nodes.len()];
    // As many rounds as boxes end any chain; in a cycle they stop there.
    for _ in 0..nodes.len() {
        let mut changed = false;
        for &(from, to) in arrows {
            if nodes[from].lane == nodes[to].lane && within[from] <= within[to] && within[to] + 1 < nodes.len() {
                within[from] = within[to] + 1;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    let mut count: BTreeMap<(u8, usize), usize> = BTreeMap::new();
    let key: Vec<(u8, usize, usize)> = (0..nodes.len())
        .map(|i| {
            let n = count.entry((nodes[i].lane, within[i])).or_default();
            *n += 1;
            (nodes[i].lane, within[i], (*n - 1) / ROW_MOST)
        })
        .collect();
    let mut distinct = key.clone();
    distinct.sort_unstable();
    distinct.dedup();
    key.iter().map(|key| distinct.partition_point(|other| other < key)).collect()
}

/// Boxes and passages in their rows.
struct Grid {
    rows: Vec<Vec<Item>>,
    /// Items above and below each item that an arrow joins it to.
    above: Vec<Vec<usize>>,
    below: Vec<Vec<usize>>,
    /// Of each arrow, the items that it runs through from the lower end to the upper.
    chains: Vec<Vec<usize>>,
}

impl Grid {
    fn new(nodes: &[Node], arrows: &[(usize, usize)], row: &[usize]) -> Self {
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
    fn order(&mut self) {
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
    fn places(&self, nodes: &[Node]) -> Vec<f64> {
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

    fn picture(&self, nodes: &[Node], arrows: &[(usize, usize)], row: &[usize], centre: &[f64]) -> Drawing {
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

/// Places for things of these widths that keep their order and do not touch, as near to where they want to be
/// as may be (least squares: isotonic regression by pooling adjacent violators).
fn apart(wanted: &[f64], widths: &[f64]) -> Vec<f64> {
    let mut offsets = vec![0.0; wanted.len()];
    for i in 1..wanted.len() {
        offsets[i] = offsets[i - 1] + f64::midpoint(widths[i - 1], widths[i]) + GAP;
    }
    // Blocks of equal value: sum and length.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (want, offset) in wanted.iter().zip(&offsets) {
        blocks.push((want - offset, 1));
        while let [.., (a, n), (b, m)] = blocks.as_slice() {
            if a / count(*n) <= b / count(*m) {
                break;
            }
            let pooled = (a + b, n + m);
            blocks.truncate(blocks.len() - 2);
            blocks.push(pooled);
        }
    }
    let values = blocks.iter().flat_map(|(sum, length)| std::iter::repeat_n(sum / count(*length), *length));
    values.zip(&offsets).map(|(value, offset)| value + offset).collect()
}

/// A number of things as a length.
#[expect(clippy::cast_precision_loss, reason = "pictures have few things")]
fn count(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxes(lanes: &[u8]) -> Vec<Node> {
        lanes.iter().map(|lane| Node { lane: *lane, width: 176.0, height: 60.0 }).collect()
    }

    /// Boxes, and the arrows between them.
    type Sample = (Vec<Node>, Vec<(usize, usize)>);

    /// Pictures that tend to go wrong.
    fn samples() -> Vec<Sample> {
        vec![
            (boxes(&[1]), vec![]),
            (boxes(&[4, 2, 1]), vec![(0, 1), (1, 2), (0, 2)]),
            // Within one lane, twice between the same two, and a cycle.
            (boxes(&[2, 2, 2, 2]), vec![(0, 1), (1, 2), (0, 1), (2, 3), (3, 0)]),
            // Many above one, and one that cites downwards.
            (
                boxes(&[4, 1, 1, 1, 1, 1, 1, 1, 2]),
                vec![(0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (0, 7), (0, 8), (1, 8)],
            ),
            // Many below one.
            (boxes(&[1, 4, 4, 4, 3, 3, 2]), vec![(1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (3, 6), (1, 4)]),
        ]
    }

    #[test]
    fn boxes_do_not_touch_and_stand_in_their_lanes() {
        for (nodes, arrows) in samples() {
            let drawing = draw(&nodes, &arrows);
            for (i, (x, y)) in drawing.nodes.iter().enumerate() {
                let (_, top, height) = drawing.lanes.iter().find(|(lane, ..)| *lane == nodes[i].lane).unwrap();
                assert!(*y >= *top && y + nodes[i].height <= top + height, "{i} out of its lane");
                assert!(*x >= MARGIN && x + nodes[i].width <= drawing.width, "{i} out of the picture");
                for (j, (u, v)) in drawing.nodes.iter().enumerate().skip(i + 1) {
                    let beside = x + nodes[i].width + 10.0 <= *u || u + nodes[j].width + 10.0 <= *x;
                    let over = y + nodes[i].height + 10.0 <= *v || v + nodes[j].height + 10.0 <= *y;
                    assert!(beside || over, "{i} touches {j}");
                }
            }
        }
    }

    #[test]
    fn arrows_run_from_who_cites_to_who_is_cited_and_pass_no_box() {
        for (nodes, arrows) in samples() {
            let drawing = draw(&nodes, &arrows);
            for ((from, to), points) in arrows.iter().zip(&drawing.arrows) {
                let touches = |i: usize, point: &Point| {
                    let (x, y) = drawing.nodes[i];
                    let side = (point.1 - y).abs() < 0.01 || (point.1 - y - nodes[i].height).abs() < 0.01;
                    side && point.0 >= x && point.0 <= x + nodes[i].width
                };
                assert!(touches(*from, &points[0]), "{from}>{to} starts elsewhere");
                assert!(touches(*to, &points[points.len() - 1]), "{from}>{to} ends elsewhere");
                for point in &points[1..points.len() - 1] {
                    for (i, (x, y)) in drawing.nodes.iter().enumerate() {
                        let inside = point.0 > *x
                            && point.0 < x + nodes[i].width
                            && point.1 > *y
                            && point.1 < y + nodes[i].height;
                        assert!(!inside, "{from}>{to} runs through {i}");
                    }
                }
            }
        }
    }

    #[test]
    fn lanes_come_in_order_and_do_not_overlap() {
        for (nodes, arrows) in samples() {
            let lanes = draw(&nodes, &arrows).lanes;
            assert!(
                lanes.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 + pair[0].2 <= pair[1].1),
                "{lanes:?}"
            );
        }
    }

    #[test]
    fn things_are_moved_apart_as_little_as_may_be() {
        assert_eq!(apart(&[0.0, 0.0], &[10.0, 10.0]), [-17.0, 17.0]);
        assert_eq!(apart(&[0.0, 100.0], &[10.0, 10.0]), [0.0, 100.0]);
        assert_eq!(apart(&[], &[]), Vec::<f64>::new());
    }

    #[test]
    fn the_same_lineage_gives_the_same_picture() {
        for (nodes, arrows) in samples() {
            assert_eq!(format!("{:?}", draw(&nodes, &arrows)), format!("{:?}", draw(&nodes, &arrows)));
        }
    }
}
