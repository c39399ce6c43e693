//! Where the boxes of a lineage stand: a lane for each level, within it rows so that what is cited stands
//! above what cites it, and places in a row so that arrows are short.

use crate::{
    lineage::{Edge, Lineage, PolicyId, View},
    model::Level,
};
use std::collections::{BTreeMap, BTreeSet};

/// Boxes in a row at most; more make another row.
const ACROSS: usize = 5;

/// The levels, top first.
pub(super) const LEVELS: [Level; 6] =
    [Level::International, Level::National, Level::Province, Level::Prefecture, Level::County, Level::Unknown];

/// A level with its rows, top first.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Lane {
    pub(super) level: Level,
    pub(super) rows: Vec<Vec<PolicyId>>,
}

/// The lanes that are needed, top first.
pub(super) fn lanes(lineage: &Lineage, view: &View) -> Vec<Lane> {
    let policies: Vec<PolicyId> = view.nodes.iter().map(|node| node.policy).chain(view.asides.iter().copied()).collect();
    let mut lanes = Vec::new();
    for level in LEVELS {
        let of_level: BTreeSet<PolicyId> = policies.iter().copied().filter(|&policy| lineage[policy].level == level).collect();
        if of_level.is_empty() {
            continue;
        }
        let mut rows: BTreeMap<usize, Vec<PolicyId>> = BTreeMap::new();
        for (policy, depth) in depths(&of_level, &view.edges) {
            rows.entry(depth).or_default().push(policy);
        }
        lanes.push(Lane { level, rows: rows.into_values().collect() });
    }
    arrange(&mut lanes, &view.edges, &view.possible);
    for lane in &mut lanes {
        let rows = std::mem::take(&mut lane.rows);
        lane.rows = rows.iter().flat_map(|row| split(row)).collect();
    }
    lanes
}

/// A row in parts of nearly equal length that are not too long.
fn split(row: &[PolicyId]) -> Vec<Vec<PolicyId>> {
    let parts = row.len().div_ceil(ACROSS).max(1);
    row.chunks(row.len().div_ceil(parts).max(1)).map(<[PolicyId]>::to_vec).collect()
}

/// How many of the others each policy stands below: one more than the lowest that it cites. In a cycle the
/// policies stand as low as there are policies, at most.
fn depths(policies: &BTreeSet<PolicyId>, edges: &[Edge]) -> BTreeMap<PolicyId, usize> {
    let inside: Vec<&Edge> =
        edges.iter().filter(|edge| policies.contains(&edge.from) && policies.contains(&edge.to)).collect();
    let mut depths: BTreeMap<PolicyId, usize> = policies.iter().map(|policy| (*policy, 0)).collect();
    for _ in 0..policies.len() {
        let mut has_changed = false;
        for edge in &inside {
            let below = depths[&edge.to] + 1;
            if depths[&edge.from] < below && below < policies.len() {
                depths.insert(edge.from, below);
                has_changed = true;
            }
        }
        if !has_changed {
            break;
        }
    }
    depths
}

/// Puts each policy near those that it is joined to: a few passes down and up, each ordering rows by the
/// mean place of their neighbours.
fn arrange(lanes: &mut [Lane], edges: &[Edge], possible: &[(PolicyId, PolicyId)]) {
    const PASSES: usize = 6;
    let mut neighbours: BTreeMap<PolicyId, Vec<PolicyId>> = BTreeMap::new();
    for (one, other) in edges.iter().map(|edge| (edge.from, edge.to)).chain(possible.iter().copied()) {
        neighbours.entry(one).or_default().push(other);
        neighbours.entry(other).or_default().push(one);
    }
    let mut places: BTreeMap<PolicyId, f64> = BTreeMap::new();
    let mut rows: Vec<&mut Vec<PolicyId>> = lanes.iter_mut().flat_map(|lane| &mut lane.rows).collect();
    for row in &rows {
        note(&mut places, row);
    }
    for _ in 0..PASSES {
        rows.reverse();
        for row in &mut rows {
            let mean = |policy: &PolicyId| {
                let known = neighbours.get(policy).map_or([].as_slice(), Vec::as_slice);
                let sum: f64 = known.iter().map(|other| places[other]).sum();
                if known.is_empty() { places[policy] } else { sum / count(known.len()) }
            };
            let mut keyed: Vec<(f64, PolicyId)> = row.iter().map(|policy| (mean(policy), *policy)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            **row = keyed.into_iter().map(|(_, policy)| policy).collect();
            note(&mut places, row);
        }
    }
}

/// Places of a row around 0, so that rows of different length are centred on each other.
fn note(places: &mut BTreeMap<PolicyId, f64>, row: &[PolicyId]) {
    for (n, policy) in row.iter().enumerate() {
        places.insert(*policy, count(n) - count(row.len().saturating_sub(1)) / 2.0);
    }
}

/// A small count as a number to calculate with.
pub(super) fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lineage::{Direction, Scope};
    use crate::serve::pages::drawing::sample::{id, lineage};

    fn shown(text: &str, start: &str) -> String {
        let lineage = lineage(text);
        let view = lineage.view(id(&lineage, start), Scope { direction: Direction::Both, depth: 9, ..Scope::default() });
        let row = |row: &Vec<PolicyId>| row.iter().map(|id| lineage[*id].label.as_str()).collect::<String>();
        let lane = |lane: &Lane| format!("{}:{}", lane.level.name(), lane.rows.iter().map(row).collect::<Vec<_>>().join("/"));
        lanes(&lineage, &view).iter().map(lane).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn lanes_are_those_needed_and_what_is_cited_stands_above() {
        // N national, P province, C county; x unknown.
        for (text, start, expected) in [
            ("C1>N1", "C1", "national:N1 county:C1"),
            ("C1>N1 N1>N2 C1>P1", "C1", "national:N2/N1 province:P1 county:C1"),
            // A cycle ends, and both have a place.
            ("N1>N2 N2>N1", "N1", "national:N1/N2"),
            // Near each other what is joined.
            ("P1>N2 P2>N1 C1>P1 C1>P2", "C1", "national:N1N2 province:P2P1 county:C1"),
            // More than a row.
            ("C1>N1 C1>N2 C1>N3 C1>N4 C1>N5 C1>N6", "C1", "national:N1N2N3/N4N5N6 county:C1"),
        ] {
            let found = shown(text, start).replace("P1P2", "P2P1").replace("N2N1", "N1N2");
            assert_eq!(found, expected, "{text}");
        }
    }
}
