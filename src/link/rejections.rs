//! Decisions that something does not hold, found by what they are about.

use super::{Rejection, Statement};
use oxrdf::{NamedNode, Term};
use std::collections::BTreeMap;

/// Rejections by the subject of what they reject.
#[derive(Debug, Default)]
pub(super) struct Rejections(BTreeMap<NamedNode, Vec<Rejection>>);

impl Rejections {
    pub(super) fn of(rejections: Vec<Rejection>) -> Self {
        let mut by_subject: BTreeMap<NamedNode, Vec<Rejection>> = BTreeMap::new();
        for rejection in rejections {
            by_subject.entry(rejection.statement.0.clone()).or_default().push(rejection);
        }
        Self(by_subject)
    }

    /// Whether one of them rejects a statement of a source. O(log n).
    pub(super) fn rejects(&self, sha256: &str, statement: &Statement) -> bool {
        self.about(&statement.subject).any(|rejection| rejection.rejects(sha256, statement))
    }

    /// Whether one of them rejects a link, whichever of the two works it names first.
    pub(super) fn rejects_link(&self, one: &NamedNode, property: &NamedNode, other: &NamedNode) -> bool {
        let rejects = |subject: &NamedNode, object: &NamedNode| {
            self.about(subject).filter(|rejection| rejection.evidence.is_none()).any(|rejection| {
                let (_, predicate, rejected) = &rejection.statement;
                predicate == property && *rejected == Some(Term::NamedNode(object.clone()))
            })
        };
        rejects(one, other) || rejects(other, one)
    }

    /// Links that one of the two rejects and the other does not.
    pub(super) fn links_that_differ<'r>(
        &'r self,
        other: &'r Self,
    ) -> impl Iterator<Item = &'r (NamedNode, NamedNode, Option<Term>)> {
        self.that_differ(other).filter(|it| it.evidence.is_none()).map(|it| &it.statement)
    }

    /// Sources of whose statements one of the two rejects some that the other does not.
    pub(super) fn sources_that_differ<'r>(&'r self, other: &'r Self) -> impl Iterator<Item = &'r String> {
        self.that_differ(other).filter_map(|it| it.evidence.as_ref()).map(|(source, ..)| source)
    }

    fn that_differ<'r>(&'r self, other: &'r Self) -> impl Iterator<Item = &'r Rejection> {
        self.without(other).chain(other.without(self))
    }

    fn without<'r>(&'r self, other: &'r Self) -> impl Iterator<Item = &'r Rejection> {
        self.0.values().flatten().filter(|it| other.about(&it.statement.0).all(|known| known != *it))
    }

    fn about(&self, subject: &NamedNode) -> impl Iterator<Item = &Rejection> {
        self.0.get(subject).into_iter().flatten()
    }
}
