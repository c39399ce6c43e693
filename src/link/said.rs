//! What a claim says of its subject.

use super::Statement;
use oxrdf::{NamedNode, Term};
use std::cmp::Ordering;

/// What kind of claim says it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Kind {
    Citation,
    Assignment,
    Other,
}

/// A predicate and an object.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Said {
    pub(super) kind: Kind,
    pub(super) predicate: NamedNode,
    pub(super) object: Term,
}

impl Said {
    /// Of a statement with this object.
    pub(super) fn of(statement: &Statement, object: &Term) -> Self {
        let kind = match statement.class.as_str() {
            "Citation" => Kind::Citation,
            "Assignment" => Kind::Assignment,
            _ => Kind::Other,
        };
        Self { kind, predicate: statement.predicate.clone(), object: object.clone() }
    }

    fn rank(&self) -> (Kind, &NamedNode, [&str; 3]) {
        let object = match &self.object {
            Term::NamedNode(node) => [node.as_str(), "", ""],
            Term::BlankNode(node) => [node.as_str(), "_", ""],
            Term::Literal(literal) => {
                [literal.value(), literal.datatype().as_str(), literal.language().unwrap_or_default()]
            }
        };
        (self.kind, &self.predicate, object)
    }
}

impl Ord for Said {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

impl PartialOrd for Said {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
