//! What comes near to a number or a title that nothing bears.

use super::{Hit, Lineage};
use crate::names::WrittenNumber;
use std::collections::BTreeMap;

/// How many are offered.
const OFFERED: usize = 5;

impl Lineage {
    /// Numbers that differ in one of code, year and serial; the nearest first.
    pub(super) fn near_numbers(&self, wanted: &WrittenNumber) -> Vec<Hit> {
        if wanted.code.is_none() {
            return Vec::new();
        }
        let near = self.works.names.near_numbers(wanted);
        let ranks = near.chunk_by(|(_, one), (_, other)| one.total_cmp(other).is_eq()).enumerate();
        self.nearest(ranks.flat_map(|(rank, equal)| equal.iter().map(move |(thing, _)| (*thing, rank))))
    }

    /// Titles in which few characters differ.
    pub(super) fn near_titles(&self, title: &str) -> Vec<Hit> {
        // Of short titles, fewer characters may differ.
        let most = 2.min(title.chars().count() / 4);
        let near = self.works.names.near_names(title).into_iter().filter(|near| near.distance <= most);
        self.nearest(near.map(|near| (near.thing, near.distance)))
    }

    fn nearest(&self, near: impl Iterator<Item = (usize, usize)>) -> Vec<Hit> {
        let mut costs: BTreeMap<Hit, usize> = BTreeMap::new();
        for (thing, cost) in near {
            let known = costs.entry(self.works.hits[thing]).or_insert(cost);
            *known = cost.min(*known);
        }
        let hits = costs.keys().copied().collect();
        let mut hits = self.one_for_each_policy(hits, |hit| costs.get(&hit).copied().unwrap_or(usize::MAX));
        hits.truncate(OFFERED);
        hits
    }
}
