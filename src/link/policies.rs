//! 政策 (policies): a notice, what it promulgates, and the names they go by, as one thing.

use oxrdf::NamedNode;
use std::collections::BTreeMap;

/// Which policy each work belongs to: work → head work.
#[derive(Clone, Debug, Default)]
pub(super) struct Policies {
    head_of: BTreeMap<NamedNode, NamedNode>,
}

impl Policies {
    /// Gathers works. `carries` are (notice, carried) pairs, `same` pairs of names of one work. The head is
    /// the carried text with the smallest key, or the work with the smallest key where nothing is carried;
    /// so it does not depend on the order in which documents came. O(n log n).
    pub(super) fn gather(
        keys: &BTreeMap<NamedNode, String>,
        carries: &[(NamedNode, NamedNode)],
        same: &[(NamedNode, NamedNode)],
    ) -> Self {
        let works: Vec<&NamedNode> = keys.keys().collect();
        let index: BTreeMap<&NamedNode, usize> = works.iter().enumerate().map(|(i, work)| (*work, i)).collect();
        let mut parents: Vec<usize> = (0..works.len()).collect();
        for (one, other) in carries.iter().chain(same) {
            if let (Some(&one), Some(&other)) = (index.get(one), index.get(other)) {
                let (one, other) = (root(&mut parents, one), root(&mut parents, other));
                parents[one.max(other)] = one.min(other);
            }
        }
        let mut is_carried = vec![false; works.len()];
        let mut carries_others = vec![false; works.len()];
        for (notice, carried) in carries {
            if let (Some(&notice), Some(&carried)) = (index.get(notice), index.get(carried)) {
                is_carried[carried] = true;
                carries_others[notice] = true;
            }
        }
        let mut heads: BTreeMap<usize, usize> = BTreeMap::new();
        let rank = |i: usize| (!is_carried[i], carries_others[i], &keys[works[i]]);
        for i in 0..works.len() {
            let group = root(&mut parents, i);
            let head = heads.entry(group).or_insert(i);
            if rank(i) < rank(*head) {
                *head = i;
            }
        }
        let head_of =
            (0..works.len()).map(|i| (works[i].clone(), works[heads[&root(&mut parents, i)]].clone())).collect();
        Self { head_of }
    }

    /// The head of the policy that a work belongs to.
    pub(super) fn head(&self, work: &NamedNode) -> Option<&NamedNode> {
        self.head_of.get(work)
    }

    /// Head → members, in order.
    pub(super) fn members(&self) -> BTreeMap<&NamedNode, Vec<&NamedNode>> {
        let mut members: BTreeMap<&NamedNode, Vec<&NamedNode>> = BTreeMap::new();
        for (work, head) in &self.head_of {
            members.entry(head).or_default().push(work);
        }
        members
    }
}

fn root(parents: &mut [usize], mut node: usize) -> usize {
    while parents[node] != node {
        parents[node] = parents[parents[node]];
        node = parents[node];
    }
    node
}
