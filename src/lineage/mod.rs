//! 脉络 (lineage): which policy rests on which, as a graph that is walked without the database; the
//! sentences that say so; and what somebody means by a number or a title.
//!
//! An arrow goes from the policy that cites to the one it cites: upstream is what it rests on, downstream
//! is what rests on it.

mod cycles;
mod encoded;
mod evidence;
mod find;
mod gaps;
mod load;
mod near;
mod relations;
pub mod render;
mod view;

pub use cycles::Cycle;
pub use evidence::{Evidence, Evidences, evidence, evidence_of};
pub use find::{Found, Hit};
pub use gaps::Gap;
pub use relations::{ParseRelationsError, Relations};
pub use view::{Direction, Scope, View, ViewNode};

use crate::model::{Level, Relation};
use find::Works;
use oxrdf::NamedNode;
use petgraph::{
    graph::{DiGraph, NodeIndex},
    visit::EdgeRef as _,
};
use std::{collections::BTreeSet, ops::Index};

/// 政策 (policy): a notice, what it promulgates and the names they go by, as one thing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Policy {
    /// Its IRI.
    pub iri: NamedNode,
    /// The member that it is named after.
    pub head: NamedNode,
    /// What it is called.
    pub label: String,
    /// 行政层级 of whoever issued it.
    pub level: Level,
    /// Whether the text of a member is in the store; else it is only cited.
    pub is_held: bool,
    /// The works gathered in it, the head first, the others by IRI.
    pub members: Vec<Member>,
}

/// A work of a policy.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Member {
    /// Its IRI.
    pub iri: NamedNode,
    /// What it is called.
    pub label: String,
    /// Its canonical key.
    pub key: String,
    /// 发文字号, in normal form: one, or none; several where the texts disagree.
    pub numbers: Vec<String>,
    /// 成文日期, as precise as they are written.
    pub dates: Vec<String>,
    /// Whether its text is in the store.
    pub is_held: bool,
}

impl Policy {
    /// 发文字号 of its members, each once.
    #[must_use]
    pub fn numbers(&self) -> Vec<&str> {
        let numbers: BTreeSet<&str> =
            self.members.iter().flat_map(|member| &member.numbers).map(String::as_str).collect();
        numbers.into_iter().collect()
    }

    /// 成文日期 of its members, each once.
    #[must_use]
    pub fn dates(&self) -> Vec<&str> {
        let dates: BTreeSet<&str> = self.members.iter().flat_map(|member| &member.dates).map(String::as_str).collect();
        dates.into_iter().collect()
    }
}

/// A policy of one [`Lineage`]. Smaller is earlier by IRI.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PolicyId(NodeIndex);

/// That one policy stands in a relation to another.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Edge {
    /// Who cites.
    pub from: PolicyId,
    /// Who is cited.
    pub to: PolicyId,
    /// How.
    pub relation: Relation,
}

/// All policies and how they rest on each other. Equal stores give equal lineages.
///
/// Policies stand in the order of their IRIs, so that one is found by binary search and every walk has
/// one order. Memory: the policies themselves, and 24 bytes an edge.
#[derive(Debug)]
pub struct Lineage {
    graph: DiGraph<Policy, Relation>,
    works: Works,
    /// Sorted, each pair both ways.
    possible: Vec<(PolicyId, PolicyId)>,
}

impl Lineage {
    /// Policies, edges between them (citing, relation, cited), and pairs that may be one policy. Edges to
    /// policies that are not there are left out, and those from a policy to itself. O(n log n).
    #[must_use]
    pub fn new(
        mut policies: Vec<Policy>,
        edges: impl IntoIterator<Item = (NamedNode, Relation, NamedNode)>,
        possible: impl IntoIterator<Item = (NamedNode, NamedNode)>,
    ) -> Self {
        policies.sort_by(|a, b| a.iri.cmp(&b.iri));
        policies.dedup_by(|a, b| a.iri == b.iri);
        let mut graph = DiGraph::with_capacity(policies.len(), 0);
        for policy in policies {
            graph.add_node(policy);
        }
        let works = Works::of(&graph);
        let mut lineage = Self { graph, works, possible: Vec::new() };
        let both = |one: &NamedNode, other: &NamedNode| {
            lineage.policy(one).zip(lineage.policy(other)).filter(|(one, other)| one != other)
        };
        let edges: BTreeSet<Edge> = edges
            .into_iter()
            .filter_map(|(from, relation, to)| both(&from, &to).map(|(from, to)| Edge { from, to, relation }))
            .collect();
        let pairs = possible.into_iter().filter_map(|(one, other)| both(&one, &other));
        let possible: BTreeSet<(PolicyId, PolicyId)> =
            pairs.flat_map(|(one, other)| [(one, other), (other, one)]).collect();
        lineage.possible = possible.into_iter().collect();
        for Edge { from, to, relation } in edges {
            lineage.graph.add_edge(from.0, to.0, relation);
        }
        lineage
    }

    /// The policy of an IRI. O(log n).
    #[must_use]
    pub fn policy(&self, iri: &NamedNode) -> Option<PolicyId> {
        let nodes = self.graph.raw_nodes();
        nodes.binary_search_by(|node| node.weight.iri.cmp(iri)).ok().map(|at| PolicyId(NodeIndex::new(at)))
    }

    /// The policy that a work belongs to, and which of its members it is. O(log n).
    #[must_use]
    pub fn work(&self, iri: &NamedNode) -> Option<Hit> {
        self.works.work(iri)
    }

    /// Every policy, in order.
    pub fn policies(&self) -> impl Iterator<Item = (PolicyId, &Policy)> {
        self.graph.node_indices().map(|node| (PolicyId(node), &self.graph[node]))
    }

    /// Every edge, in order.
    pub fn edges(&self) -> impl Iterator<Item = Edge> {
        self.graph.node_indices().flat_map(|node| self.edges_of(PolicyId(node), petgraph::Outgoing))
    }

    /// Pairs of policies that may be one, the smaller first: titles or numbers that differ in little. They
    /// are shown and never followed.
    #[must_use]
    pub fn possible(&self) -> Vec<(PolicyId, PolicyId)> {
        self.possible.iter().copied().filter(|(one, other)| one < other).collect()
    }

    /// The policies that one may be the same as. O(log n).
    fn variants(&self, policy: PolicyId) -> impl Iterator<Item = PolicyId> {
        let from = self.possible.partition_point(|(one, _)| *one < policy);
        self.possible[from..].iter().take_while(move |(one, _)| *one == policy).map(|(_, other)| *other)
    }

    /// The edges of a policy in one direction, in order. O(k log k) for k of them.
    fn edges_of(&self, policy: PolicyId, direction: petgraph::Direction) -> Vec<Edge> {
        let mut edges: Vec<Edge> = self
            .graph
            .edges_directed(policy.0, direction)
            .map(|edge| Edge { from: PolicyId(edge.source()), to: PolicyId(edge.target()), relation: *edge.weight() })
            .collect();
        edges.sort_unstable();
        edges
    }
}

/// The policy of an id. Panics where the id is of another lineage.
impl Index<PolicyId> for Lineage {
    type Output = Policy;

    fn index(&self, policy: PolicyId) -> &Policy {
        &self.graph[policy.0]
    }
}

#[cfg(test)]
mod small {
    use super::*;

    /// A lineage of policies a, b, c …: `"a>b b~c"` is a implements b, and b mentions c; `"a=b"` may be one.
    pub(super) fn lineage(text: &str) -> Lineage {
        let node = |name: &str| NamedNode::new_unchecked(format!("http://x/id/policy/title/000000/{name}"));
        let mut names = BTreeSet::new();
        let (mut edges, mut possible) = (Vec::new(), Vec::new());
        for pair in text.split_whitespace() {
            let at = pair.find(['>', '~', '=']);
            let (one, other) = at.map_or((pair, pair), |at| (&pair[..at], &pair[at + 1..]));
            names.extend([one, other]);
            match at.map(|at| &pair[at..=at]) {
                Some(">") => edges.push((node(one), Relation::Implements, node(other))),
                Some("~") => edges.push((node(one), Relation::Mentions, node(other))),
                Some(_) => possible.push((node(one), node(other))),
                None => (),
            }
        }
        Lineage::new(names.into_iter().map(policy).collect(), edges, possible)
    }

    /// A policy with one member. Names in small letters are held.
    pub(super) fn policy(name: &str) -> Policy {
        let is_held = name.chars().all(|c| c.is_ascii_lowercase());
        let work = NamedNode::new_unchecked(format!("http://x/id/work/title/000000/{name}"));
        Policy {
            iri: NamedNode::new_unchecked(format!("http://x/id/policy/title/000000/{name}")),
            head: work.clone(),
            label: name.to_owned(),
            level: Level::Unknown,
            is_held,
            members: vec![Member {
                iri: work,
                label: name.to_owned(),
                key: format!("title:000000:{name}"),
                numbers: Vec::new(),
                dates: Vec::new(),
                is_held,
            }],
        }
    }

    pub(super) fn id(lineage: &Lineage, name: &str) -> PolicyId {
        lineage.policies().find(|(_, policy)| policy.label == name).map(|(id, _)| id).unwrap()
    }

    #[test]
    fn an_edge_stands_once_and_never_from_a_policy_to_itself_or_to_nowhere() {
        let node = |name: &str| policy(name).iri;
        let edge = |from: &str, to: &str| (node(from), Relation::BasedOn, node(to));
        let edges = [edge("a", "b"), edge("a", "b"), edge("a", "a"), edge("a", "absent")];
        let possible = [(node("b"), node("a")), (node("a"), node("b"))];
        let lineage = Lineage::new(vec![policy("b"), policy("a"), policy("a")], edges, possible);
        let (a, b) = (id(&lineage, "a"), id(&lineage, "b"));
        assert_eq!(lineage.policies().count(), 2);
        assert_eq!(lineage.edges().collect::<Vec<_>>(), [Edge { from: a, to: b, relation: Relation::BasedOn }]);
        assert_eq!(lineage.possible(), [(a, b)]);
    }
}
