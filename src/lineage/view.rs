//! The part of a lineage around one policy.

use super::{Cycle, Edge, Lineage, PolicyId, Relations, cycles};
use petgraph::{Incoming, Outgoing};
use std::collections::{BTreeMap, BTreeSet};

/// Which way a walk goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Direction {
    /// 上游: what it rests on.
    Up,
    /// 下游: what rests on it.
    Down,
    /// Both, each for itself: not what else rests on what it rests on.
    Both,
}

impl Direction {
    /// The word of the command line and of JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Both => "both",
        }
    }
}

/// How far a view goes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Scope {
    /// Which way.
    pub direction: Direction,
    /// The largest distance from the start.
    pub depth: usize,
    /// The largest number of policies in each direction, the start included; the nearest are kept.
    pub limit: usize,
    /// Which relations are followed.
    pub relations: Relations,
}

impl Default for Scope {
    /// Both ways, three steps, as many policies as there are, by the relations of resting on something.
    fn default() -> Self {
        Self { direction: Direction::Both, depth: 3, limit: usize::MAX, relations: Relations::default() }
    }
}

/// The policies within reach of one, and the edges among them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct View {
    /// Where it starts.
    pub start: PolicyId,
    /// What was asked for.
    pub scope: Scope,
    /// The start, then the others, nearest first.
    pub nodes: Vec<ViewNode>,
    /// Edges of the chosen relations between policies of the view, in order.
    pub edges: Vec<Edge>,
    /// Pairs that may be one policy, at least one of them in the view.
    pub possible: Vec<(PolicyId, PolicyId)>,
    /// The other ends of such pairs, which no walk has reached.
    pub asides: Vec<PolicyId>,
    /// How many policies stand one step beyond the view.
    pub beyond: usize,
}

/// A policy of a view.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ViewNode {
    /// Which.
    pub policy: PolicyId,
    /// Steps upstream from the start, where it is upstream. The start is no step from itself.
    pub up: Option<usize>,
    /// Steps downstream from the start, where it is downstream.
    pub down: Option<usize>,
}

impl ViewNode {
    /// The fewest steps from the start.
    #[must_use]
    pub fn distance(&self) -> usize {
        self.up.into_iter().chain(self.down).min().unwrap_or(0)
    }

    /// On which side of the start it is; `None` for the start itself, both in a cycle.
    #[must_use]
    pub fn direction(&self) -> Option<Direction> {
        match (self.up, self.down) {
            (Some(0), _) | (_, Some(0)) | (None, None) => None,
            (Some(_), Some(_)) => Some(Direction::Both),
            (Some(_), None) => Some(Direction::Up),
            (None, Some(_)) => Some(Direction::Down),
        }
    }
}

impl View {
    /// Whether nothing was within reach.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.len() < 2
    }

    /// How many policies are on one side of the start.
    #[must_use]
    pub fn count(&self, direction: Direction) -> usize {
        let on_side = |node: &&ViewNode| match direction {
            Direction::Up => node.up > Some(0),
            Direction::Down => node.down > Some(0),
            Direction::Both => node.direction().is_some(),
        };
        self.nodes.iter().filter(on_side).count()
    }

    /// The cycles among the edges of the view. O(n log n).
    #[must_use]
    pub fn cycles(&self) -> Vec<Cycle> {
        cycles::among(&self.edges)
    }
}

/// Policies that were reached with their distances, and those that were left out.
type Reach = (BTreeMap<PolicyId, usize>, BTreeSet<PolicyId>);

impl Lineage {
    /// What a policy rests on, up to a number of steps. As [`view`](Self::view).
    #[must_use]
    pub fn upstream(&self, start: PolicyId, depth: usize) -> View {
        self.view(start, Scope { direction: Direction::Up, depth, ..Scope::default() })
    }

    /// What rests on a policy, up to a number of steps. As [`view`](Self::view).
    #[must_use]
    pub fn downstream(&self, start: PolicyId, depth: usize) -> View {
        self.view(start, Scope { direction: Direction::Down, depth, ..Scope::default() })
    }

    /// The policies within a scope and the edges among them. A policy is entered once, by the fewest steps,
    /// so cycles end. O(n log n) for n policies and edges of the view and one step around it; the rest of
    /// the lineage is not touched.
    #[must_use]
    pub fn view(&self, start: PolicyId, scope: Scope) -> View {
        let reach = |direction| self.reach(start, direction, &scope);
        let (up, beyond_up) = if scope.direction == Direction::Down { Reach::default() } else { reach(Outgoing) };
        let (down, beyond_down) = if scope.direction == Direction::Up { Reach::default() } else { reach(Incoming) };
        let policies: BTreeSet<PolicyId> = up.keys().chain(down.keys()).copied().collect();
        let node = |policy: &PolicyId| ViewNode {
            policy: *policy,
            up: up.get(policy).copied(),
            down: down.get(policy).copied(),
        };
        let mut nodes: Vec<ViewNode> = policies.iter().map(node).collect();
        nodes.sort_by_key(ViewNode::distance);
        let edges = policies.iter().flat_map(|policy| self.edges_of(*policy, Outgoing));
        let edges =
            edges.filter(|edge| policies.contains(&edge.to) && scope.relations.contains(edge.relation)).collect();
        let pairs =
            policies.iter().flat_map(|one| self.variants(*one).map(|other| (*one.min(&other), other.max(*one))));
        let possible: BTreeSet<(PolicyId, PolicyId)> = pairs.collect();
        let ends: BTreeSet<PolicyId> = possible.iter().flat_map(|(one, other)| [*one, *other]).collect();
        let asides = ends.difference(&policies).copied().collect();
        let beyond = beyond_up.union(&beyond_down).filter(|policy| !policies.contains(policy)).count();
        View { start, scope, nodes, edges, possible: possible.into_iter().collect(), asides, beyond }
    }

    /// Policies one way from `start` with their distances, and those that the scope leaves out.
    fn reach(&self, start: PolicyId, direction: petgraph::Direction, scope: &Scope) -> Reach {
        let neighbours = |policy: &PolicyId| {
            let edges = self.edges_of(*policy, direction).into_iter();
            let edges = edges.filter(|edge| scope.relations.contains(edge.relation));
            edges.map(move |edge| if direction == Outgoing { edge.to } else { edge.from }).collect::<Vec<_>>()
        };
        let mut found = BTreeMap::from([(start, 0)]);
        let mut layer = vec![start];
        let mut distance = 0;
        loop {
            let next: BTreeSet<PolicyId> = layer.iter().flat_map(neighbours).collect();
            let next: Vec<PolicyId> = next.into_iter().filter(|policy| !found.contains_key(policy)).collect();
            let room = scope.limit.saturating_sub(found.len());
            if next.is_empty() || distance == scope.depth || room < next.len() {
                let taken = if distance == scope.depth { 0 } else { room.min(next.len()) };
                found.extend(next[..taken].iter().map(|policy| (*policy, distance + 1)));
                return (found, next[taken..].iter().copied().collect());
            }
            distance += 1;
            found.extend(next.iter().map(|policy| (*policy, distance)));
            layer = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lineage::small::{id, lineage};

    fn names(lineage: &Lineage, view: &View) -> String {
        let name = |node: &ViewNode| format!("{}{}", lineage[node.policy].label, node.distance());
        view.nodes.iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_view_has_what_is_within_reach_nearest_first() {
        let text = "a>b b>c c>d a>c x>a y~a z>x b~q";
        for (start, direction, depth, nodes, edges, beyond) in [
            ("a", Direction::Up, 0, "a0", 0, 2),
            ("a", Direction::Up, 1, "a0 b1 c1", 3, 1),
            ("a", Direction::Up, 9, "a0 b1 c1 d2", 4, 0),
            ("a", Direction::Down, 1, "a0 x1", 1, 1),
            ("a", Direction::Both, 1, "a0 b1 c1 x1", 4, 2),
            ("b", Direction::Both, 9, "b0 a1 c1 d2 x2 z3", 6, 0),
            ("q", Direction::Both, 9, "q0", 0, 0),
        ] {
            let lineage = lineage(text);
            let view = lineage.view(id(&lineage, start), Scope { direction, depth, ..Scope::default() });
            let found = (names(&lineage, &view), view.edges.len(), view.beyond);
            assert_eq!(found, (nodes.to_owned(), edges, beyond), "{start} {direction:?} {depth}");
        }
    }

    #[test]
    fn a_cycle_is_walked_once_and_its_policies_are_on_both_sides() {
        let lineage = lineage("a>b b>c c>a");
        let view = lineage.view(id(&lineage, "a"), Scope { depth: usize::MAX, ..Scope::default() });
        assert_eq!(names(&lineage, &view), "a0 b1 c1");
        assert_eq!(view.nodes[1].direction(), Some(Direction::Both));
        assert_eq!(view.cycles().len(), 1);
    }

    #[test]
    fn a_limit_keeps_the_nearest() {
        let lineage = lineage("a>b a>c b>d");
        let view = lineage.view(id(&lineage, "a"), Scope { limit: 2, ..Scope::default() });
        assert_eq!((names(&lineage, &view).as_str(), view.beyond), ("a0 b1", 1));
    }

    #[test]
    fn what_may_be_the_same_is_shown_and_not_followed() {
        let lineage = lineage("a>b b=c c>d");
        let (b, c) = (id(&lineage, "b"), id(&lineage, "c"));
        let view = lineage.upstream(id(&lineage, "a"), 9);
        assert_eq!(names(&lineage, &view), "a0 b1");
        assert_eq!((view.possible.as_slice(), view.asides.as_slice()), ([(b, c)].as_slice(), [c].as_slice()));
        assert_eq!(lineage.upstream(c, 9).possible, [(b, c)]);
    }

    #[test]
    fn other_relations_are_followed_when_they_are_chosen() {
        let lineage = lineage("a~b a>c");
        let scope = Scope { relations: Relations::all(), ..Scope::default() };
        assert_eq!(names(&lineage, &lineage.view(id(&lineage, "a"), scope)), "a0 b1 c1");
    }
}
