//! The way of an arrow: upright out of one box and into another, past the boxes of the rows between.

use super::drawing::{BOX_HEIGHT, BOX_WIDTH};
use super::lanes::count;
use std::fmt::Write as _;

/// Room between an arrow and a box that it passes.
const CLEAR: f64 = 9.0;

/// Boxes beside each other.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) y: f64,
    /// The left sides, ascending.
    pub(super) lefts: Vec<f64>,
}

impl Row {
    /// The place nearest to `x` where a line passes no box; beside the row by so much `further` from it, that
    /// arrows do not lie on each other.
    fn free(&self, x: f64, further: f64) -> f64 {
        let Some(&left) = self.lefts.iter().find(|left| (**left - CLEAR..**left + BOX_WIDTH + CLEAR).contains(&x)) else {
            return x;
        };
        let right = left + BOX_WIDTH;
        // Between neighbours there is less room than twice the clearance: the middle of it.
        let before = self.lefts.iter().rev().find(|other| **other < left).map(|other| other + BOX_WIDTH);
        let after = self.lefts.iter().find(|other| **other > left);
        let before = before.map_or(left - CLEAR - further, |end| (left - CLEAR).max(f64::midpoint(end, left)));
        let after = after.map_or(right + CLEAR + further, |start| (right + CLEAR).min(f64::midpoint(right, *start)));
        if x - before < after - x { before } else { after }
    }
}

/// Cubic Bézier curves end to end.
#[derive(Debug)]
pub(super) struct Route(Vec<[(f64, f64); 4]>);

impl Route {
    /// From one row to another, past the rows between in the order in which they are met.
    pub(super) fn between(from: (f64, f64), to: (f64, f64), rows: &[&Row], further: f64) -> Self {
        let is_down = to.1 > from.1;
        let mut legs = Vec::new();
        let mut at = from;
        for row in rows {
            let (near, far) = if is_down { (row.y - CLEAR, row.y + BOX_HEIGHT + CLEAR) } else { (row.y + BOX_HEIGHT + CLEAR, row.y - CLEAR) };
            let share = (near - from.1) / (to.1 - from.1);
            let x = row.free(from.0 + (to.0 - from.0) * share, further);
            legs.push(upright(at, (x, near)));
            legs.push(upright((x, near), (x, far)));
            at = (x, far);
        }
        // The point stands a little before the box.
        legs.push(upright(at, (to.0, to.1 + if is_down { -3.0 } else { 3.0 })));
        Self(legs)
    }

    /// Within a row: over the tops of the boxes.
    pub(super) fn over(from: (f64, f64), to: (f64, f64)) -> Self {
        const RISE: f64 = 76.0;
        let end = (to.0, to.1 - 3.0);
        Self(vec![[from, (from.0, from.1 - RISE), (end.0, end.1 - RISE), end]])
    }

    /// As an SVG path says it.
    pub(super) fn path(&self) -> String {
        let mut path = String::new();
        for [a, b, c, d] in &self.0 {
            if path.is_empty() {
                let _ = write!(path, "M{:.1} {:.1}", a.0, a.1);
            }
            let _ = write!(path, "C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}", b.0, b.1, c.0, c.1, d.0, d.1);
        }
        path
    }

    /// The first point so far above or below the start; a point in the first curve where there is none.
    pub(super) fn at_height(&self, height: f64) -> (f64, f64) {
        const STEPS: usize = 60;
        let Some(leg) = self.0.first() else { return (0.0, 0.0) };
        let last = if self.0.len() == 1 { STEPS * 4 / 5 } else { STEPS };
        let mut points = (0..=last).map(|n| point(leg, count(n) / count(STEPS)));
        points.find(|at| (at.1 - leg[0].1).abs() >= height).unwrap_or_else(|| point(leg, 0.5))
    }
}

fn upright(from: (f64, f64), to: (f64, f64)) -> [(f64, f64); 4] {
    let reach = (to.1 - from.1) * 0.55;
    [from, (from.0, from.1 + reach), (to.0, to.1 - reach), to]
}

fn point([a, b, c, d]: &[(f64, f64); 4], t: f64) -> (f64, f64) {
    let s = 1.0 - t;
    let mix = |a: f64, b: f64, c: f64, d: f64| s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d;
    (mix(a.0, b.0, c.0, d.0), mix(a.1, b.1, c.1, d.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_passes_the_boxes_between() {
        let row = Row { y: 200.0, lefts: vec![100.0, 100.0 + BOX_WIDTH + 20.0] };
        let end = 100.0 + BOX_WIDTH;
        for (x, free) in [
            (50.0, 50.0),
            (110.0, 100.0 - CLEAR),
            (end - 1.0, end + CLEAR),
            (end + 12.0, end + 10.0),
            (2000.0, 2000.0),
        ] {
            assert!((row.free(x, 0.0) - free).abs() < 1.5, "{x}: {} {free}", row.free(x, 0.0));
        }
        for (from, to) in [((180.0, 400.0), (180.0, 100.0)), ((180.0, 100.0), (180.0, 400.0))] {
            let route = Route::between(from, to, &[&row], 0.0);
            for leg in &route.0 {
                for n in 0..=20 {
                    let at = point(leg, f64::from(n) / 20.0);
                    let inside = |left: &&f64| at.0 > **left && at.0 < **left + BOX_WIDTH;
                    assert!(!(200.0..=200.0 + BOX_HEIGHT).contains(&at.1) || row.lefts.iter().find(inside).is_none(), "{at:?}");
                }
            }
        }
    }
}
