//! How often each thing is said of each node, by however many sources.

use oxrdf::NamedNode;
use std::collections::BTreeMap;

/// Whether a source comes or goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Change {
    Comes,
    Goes,
}

/// Node → thing → how often it is said. What nobody says any more leaves nothing behind.
#[derive(Debug)]
pub(super) struct Counts<T>(BTreeMap<NamedNode, BTreeMap<T, usize>>);

impl<T> Default for Counts<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Clone + Ord> Counts<T> {
    /// Counts one more or one less. O(log n).
    pub(super) fn count(&mut self, node: &NamedNode, thing: &T, change: Change) {
        if change == Change::Comes {
            let things = self.0.entry(node.clone()).or_default();
            *things.entry(thing.clone()).or_default() += 1;
            return;
        }
        let Some(things) = self.0.get_mut(node) else { return };
        if let Some(times) = things.get_mut(thing) {
            *times -= 1;
            if *times == 0 {
                things.remove(thing);
            }
        }
        if things.is_empty() {
            self.0.remove(node);
        }
    }

    pub(super) fn has(&self, node: &NamedNode) -> bool {
        self.0.contains_key(node)
    }

    /// What is said of a node, in order, each with how often.
    pub(super) fn times(&self, node: &NamedNode) -> impl Iterator<Item = (&T, usize)> {
        self.0.get(node).into_iter().flatten().map(|(thing, times)| (thing, *times))
    }

    /// What is said of a node, in order.
    pub(super) fn of(&self, node: &NamedNode) -> impl Iterator<Item = &T> {
        self.times(node).map(|(thing, _)| thing)
    }

    pub(super) fn first(&self, node: &NamedNode) -> Option<&T> {
        self.of(node).next()
    }

    /// What is said most often, of equals the first.
    pub(super) fn most(&self, node: &NamedNode) -> Option<&T> {
        self.times(node).max_by_key(|(thing, times)| (*times, std::cmp::Reverse(*thing))).map(|(thing, _)| thing)
    }
}
