//! Where things go in the picture of a lineage: boxes in lanes by level, arrows upwards from who cites to
//! who is cited. Layered as Sugiyama does it: rows, order by barycentre, places by isotonic regression.

mod apart;

mod grid;

use grid::Grid;
use std::collections::BTreeMap;

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

/// Boxes in one row; more go into another.
const ROW_MOST: usize = 5;

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

/// A number of things as a length.
#[expect(clippy::cast_precision_loss, reason = "pictures have few things")]
fn count(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::{grid::MARGIN, *};

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
    fn the_same_lineage_gives_the_same_picture() {
        for (nodes, arrows) in samples() {
            assert_eq!(format!("{:?}", draw(&nodes, &arrows)), format!("{:?}", draw(&nodes, &arrows)));
        }
    }
}
