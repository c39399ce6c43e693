//! Cycles: policies that rest on each other, which documents should not.

use super::{Edge, Lineage, PolicyId, Relations};
use petgraph::{
    algo::kosaraju_scc,
    graph::{DiGraph, NodeIndex},
};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Policies each of which rests on every other.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cycle {
    /// All of them, in order.
    pub members: Vec<PolicyId>,
    /// A shortest way from the first of them back to it, which names the cycle.
    pub path: Vec<Edge>,
}

impl Lineage {
    /// Every cycle of the chosen relations, by its first member. O(n + m) for n policies and m edges, times
    /// a logarithm.
    #[must_use]
    pub fn cycles(&self, relations: &Relations) -> Vec<Cycle> {
        let edges: Vec<Edge> = self.edges().filter(|edge| relations.contains(edge.relation)).collect();
        among(&edges)
    }
}

/// The cycles among edges. Strongly connected components by Kosaraju's algorithm, which does not recurse:
/// a chain of any length is safe.
pub(super) fn among(edges: &[Edge]) -> Vec<Cycle> {
    let ends: BTreeSet<PolicyId> = edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
    let mut graph: DiGraph<PolicyId, ()> = DiGraph::with_capacity(ends.len(), edges.len());
    let nodes: BTreeMap<PolicyId, NodeIndex> =
        ends.into_iter().map(|policy| (policy, graph.add_node(policy))).collect();
    for edge in edges {
        graph.add_edge(nodes[&edge.from], nodes[&edge.to], ());
    }
    let components = kosaraju_scc(&graph).into_iter().filter(|component| component.len() > 1);
    let mut cycles: Vec<Cycle> = components
        .map(|component| {
            let members: BTreeSet<PolicyId> = component.into_iter().map(|node| graph[node]).collect();
            Cycle { path: shortest(&members, edges), members: members.into_iter().collect() }
        })
        .collect();
    cycles.sort_by(|a, b| a.members.cmp(&b.members));
    cycles
}

/// A shortest way from the first member back to it, by edges between members. `edges` are sorted by where
/// they come from, so the way does not depend on anything else.
fn shortest(members: &BTreeSet<PolicyId>, edges: &[Edge]) -> Vec<Edge> {
    let Some(&first) = members.first() else { return Vec::new() };
    let mut came_by: BTreeMap<PolicyId, Edge> = BTreeMap::new();
    let mut queue = VecDeque::from([first]);
    while let Some(policy) = queue.pop_front() {
        let from = edges.partition_point(|edge| edge.from < policy);
        for edge in edges[from..].iter().take_while(|edge| edge.from == policy) {
            if members.contains(&edge.to) && !came_by.contains_key(&edge.to) {
                came_by.insert(edge.to, *edge);
                queue.push_back(edge.to);
            }
        }
        if came_by.contains_key(&first) {
            break;
        }
    }
    let mut path = Vec::new();
    let mut at = first;
    while let Some(edge) = came_by.get(&at) {
        path.push(*edge);
        at = edge.from;
        if at == first {
            break;
        }
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lineage::small::lineage;

    #[test]
    fn a_cycle_is_named_by_a_shortest_way_around_it() {
        for (text, cycles) in [
            ("a>b b>c", vec![]),
            ("a>b b>a", vec!["a>b>a"]),
            ("a>b b>c c>a x>a c>y", vec!["a>b>c>a"]),
            // A short way and a long one through the same policies.
            ("a>b b>c c>a a>c", vec!["a>c>a"]),
            ("a>b b>a c>d d>c b>c", vec!["a>b>a", "c>d>c"]),
            // Mentioning is no ground, so it closes no cycle.
            ("a>b b~a", vec![]),
        ] {
            let lineage = lineage(text);
            let name = |cycle: &Cycle| {
                let mut name = lineage[cycle.path[0].from].label.clone();
                for edge in &cycle.path {
                    name = format!("{name}>{}", lineage[edge.to].label);
                }
                name
            };
            let found: Vec<String> = lineage.cycles(&Relations::default()).iter().map(name).collect();
            assert_eq!(found, cycles, "{text}");
        }
    }

    #[test]
    fn a_chain_of_a_hundred_thousand_is_no_danger() {
        let edge = |i: usize| Edge {
            from: PolicyId(NodeIndex::new(i)),
            to: PolicyId(NodeIndex::new(i + 1)),
            relation: crate::model::Relation::Implements,
        };
        assert_eq!(among(&(0..100_000).map(edge).collect::<Vec<_>>()), []);
    }
}
