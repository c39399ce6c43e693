//! Lineages for tests.

use crate::{
    lineage::{Lineage, Member, Policy, PolicyId},
    model::{Level, Relation},
};
use oxrdf::NamedNode;
use std::collections::BTreeSet;

fn node(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("http://x/id/policy/title/000000/{name}"))
}

/// A lineage of names: `"C1>N1 N1=N2"` is C1 implements N1, and N1 may be N2. The first letter tells the
/// level: I, N, P, M, C; else it is unknown.
pub(in crate::serve::pages) fn lineage(text: &str) -> Lineage {
    let mut names = BTreeSet::new();
    let (mut edges, mut possible) = (Vec::new(), Vec::new());
    for pair in text.split_whitespace() {
        let at = pair.find(['>', '=']).unwrap_or(pair.len());
        let (one, other) = (&pair[..at], pair.get(at + 1..).unwrap_or(&pair[..at]));
        names.extend([one, other]);
        if pair[at..].starts_with('>') {
            edges.push((node(one), Relation::Implements, node(other)));
        } else if pair[at..].starts_with('=') {
            possible.push((node(one), node(other)));
        }
    }
    Lineage::new(names.into_iter().map(policy).collect(), edges, possible)
}

fn policy(name: &str) -> Policy {
    let work = NamedNode::new_unchecked(format!("http://x/id/work/title/000000/{name}"));
    let level = match name.chars().next() {
        Some('I') => Level::International,
        Some('N') => Level::National,
        Some('P') => Level::Province,
        Some('M') => Level::Prefecture,
        Some('C') => Level::County,
        _ => Level::Unknown,
    };
    let member = Member {
        iri: work.clone(),
        label: name.to_owned(),
        key: format!("title:000000:{name}"),
        numbers: Vec::new(),
        dates: Vec::new(),
        is_held: true,
    };
    Policy { iri: node(name), head: work, label: name.to_owned(), level, is_held: true, members: vec![member] }
}

/// The policy of a name.
pub(in crate::serve::pages) fn id(lineage: &Lineage, name: &str) -> PolicyId {
    lineage.policies().find(|(_, policy)| policy.label == name).map(|(id, _)| id).unwrap()
}
