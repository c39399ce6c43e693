//! Where a lineage begins, and where it breaks off.

use super::{Lineage, PolicyId, Relations};
use petgraph::{Incoming, Outgoing};
use std::collections::BTreeSet;

/// 缺文: a policy whose text is not in the store.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Gap {
    /// Which.
    pub policy: PolicyId,
    /// How many policies rest on it.
    pub demand: usize,
}

impl Lineage {
    /// Policies that others rest on and that rest on nothing themselves: the documents at the top, or those
    /// whose text is missing. In order. O(n + m).
    #[must_use]
    pub fn roots(&self, relations: &Relations) -> Vec<PolicyId> {
        let has = |policy, direction| {
            let mut edges = self.edges_of(policy, direction).into_iter();
            edges.any(|edge| relations.contains(edge.relation))
        };
        let is_root = |policy: &PolicyId| has(*policy, Incoming) && !has(*policy, Outgoing);
        self.policies().map(|(policy, _)| policy).filter(is_root).collect()
    }

    /// Policies that are only cited, those that most policies rest on first. O((n + m) log n).
    #[must_use]
    pub fn gaps(&self, relations: &Relations) -> Vec<Gap> {
        let gap = |policy| {
            let edges = self.edges_of(policy, Incoming).into_iter();
            let citing: BTreeSet<PolicyId> =
                edges.filter(|edge| relations.contains(edge.relation)).map(|edge| edge.from).collect();
            Gap { policy, demand: citing.len() }
        };
        let stubs = self.policies().filter(|(_, policy)| !policy.is_held).map(|(policy, _)| gap(policy));
        let mut gaps: Vec<Gap> = stubs.filter(|gap| gap.demand > 0).collect();
        gaps.sort_by_key(|gap| (std::cmp::Reverse(gap.demand), gap.policy));
        gaps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lineage::small::lineage;

    #[test]
    fn roots_are_rested_on_and_rest_on_nothing() {
        for (text, roots) in [
            ("a>b b>c", vec!["c"]),
            ("a>b a>c x", vec!["b", "c"]),
            ("a>b b>a", vec![]),
            ("a~b", vec![]),
            ("a>b b~c", vec!["b"]),
        ] {
            let lineage = lineage(text);
            let found = lineage.roots(&Relations::default());
            let found: Vec<&str> = found.into_iter().map(|policy| lineage[policy].label.as_str()).collect();
            assert_eq!(found, roots, "{text}");
        }
    }

    #[test]
    fn gaps_are_the_missing_policies_that_most_rest_on_first() {
        // Capital letters are stubs.
        let lineage = lineage("a>X b>X b>Y c>d e~Z c>A c>Y");
        let gaps = lineage.gaps(&Relations::default());
        let gaps: Vec<(&str, usize)> =
            gaps.into_iter().map(|gap| (lineage[gap.policy].label.as_str(), gap.demand)).collect();
        assert_eq!(gaps, [("X", 2), ("Y", 2), ("A", 1)]);
    }
}
