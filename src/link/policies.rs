//! 政策 (policies): a notice, what it promulgates, and the names they go by, as one thing.

use oxrdf::NamedNode;
use std::collections::{BTreeMap, BTreeSet};

/// Which policy each work belongs to: work → head work, head work → members.
#[derive(Debug, Default)]
pub(super) struct Policies {
    head_of: BTreeMap<NamedNode, NamedNode>,
    members: BTreeMap<NamedNode, BTreeSet<NamedNode>>,
}

/// How works hang together, as far as policies need it.
pub(super) trait Ties {
    /// Whether anybody speaks of the work.
    fn is_known(&self, work: &NamedNode) -> bool;
    /// The works that belong to the same policy because of a direct tie.
    fn tied(&self, work: &NamedNode) -> Vec<NamedNode>;
    /// The smaller, the more it is the head: the carried text with the smallest key, or the work with the
    /// smallest key where nothing is carried.
    fn rank(&self, work: &NamedNode) -> (bool, bool, String);
}

impl Policies {
    /// Gathers those policies anew to which a work belongs, or comes to belong, whose ties have changed. Says
    /// which works have another head now, with the one they had. The order in which works came does not matter.
    /// O(p log n) for policies with p works together.
    pub(super) fn gather(
        &mut self,
        changed: &BTreeSet<NamedNode>,
        ties: &impl Ties,
    ) -> BTreeMap<NamedNode, Option<NamedNode>> {
        let mut open: BTreeSet<NamedNode> = changed.clone();
        let mut before: BTreeMap<NamedNode, Option<NamedNode>> = BTreeMap::new();
        let mut groups: Vec<BTreeSet<NamedNode>> = Vec::new();
        while let Some(work) = open.pop_first() {
            if before.contains_key(&work) {
                continue;
            }
            let group = if ties.is_known(&work) { reach(&work, ties) } else { BTreeSet::from([work]) };
            for work in &group {
                let head = self.head_of.get(work).cloned();
                // Whoever was with it may be so no longer.
                open.extend(head.iter().filter_map(|head| self.members.get(head)).flatten().cloned());
                before.insert(work.clone(), head);
            }
            groups.push(group);
        }
        for (work, head) in &before {
            self.leave(work, head.as_ref());
        }
        for group in groups {
            self.found(&group, ties);
        }
        before.retain(|work, head| self.head_of.get(work) != head.as_ref());
        before
    }

    fn leave(&mut self, work: &NamedNode, head: Option<&NamedNode>) {
        self.head_of.remove(work);
        if let Some((head, members)) = head.and_then(|head| Some((head, self.members.get_mut(head)?))) {
            members.remove(work);
            if members.is_empty() {
                self.members.remove(head);
            }
        }
    }

    fn found(&mut self, group: &BTreeSet<NamedNode>, ties: &impl Ties) {
        let known = group.iter().filter(|work| ties.is_known(work));
        let Some(head) = known.min_by_key(|work| ties.rank(work)) else { return };
        for work in group {
            self.head_of.insert(work.clone(), head.clone());
        }
        self.members.insert(head.clone(), group.clone());
    }

    /// The head of the policy that a work belongs to.
    pub(super) fn head(&self, work: &NamedNode) -> Option<&NamedNode> {
        self.head_of.get(work)
    }

    /// The works of the policy with this head, in order.
    pub(super) fn members(&self, head: &NamedNode) -> Option<&BTreeSet<NamedNode>> {
        self.members.get(head)
    }
}

/// The works that hang together with one.
fn reach(work: &NamedNode, ties: &impl Ties) -> BTreeSet<NamedNode> {
    let mut group = BTreeSet::from([work.clone()]);
    let mut open = vec![work.clone()];
    while let Some(work) = open.pop() {
        for tied in ties.tied(&work) {
            if ties.is_known(&tied) && group.insert(tied.clone()) {
                open.push(tied);
            }
        }
    }
    group
}
