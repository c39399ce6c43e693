//! How far paths reach. A path of any number of steps is followed by the engine to its end from where it has got,
//! also when it has been told to stop; one that goes forth and back may get everywhere. So it is not begun where it
//! would have that much before it.

use super::Watch;
use oxigraph::{
    model::{NamedNode, NamedNodeRef},
    store::Store,
};
use spargebra::algebra::PropertyPathExpression as Path;
use std::collections::BTreeSet;

/// So many triples, of the predicates that a path follows forth and back, are left behind within a second or two.
pub(super) const FARTHEST: u64 = 200_000;

/// What a path follows any number of times, forth and back.
#[derive(Debug, Default)]
pub(super) struct Reach {
    predicates: BTreeSet<NamedNode>,
    has_any: bool,
    is_forth: bool,
    is_back: bool,
}

impl Reach {
    /// That of the steps of a path that are taken any number of times; none where they go one way only.
    pub(super) fn of(path: &Path) -> Option<Self> {
        match path {
            Path::ZeroOrMore(step) | Path::OneOrMore(step) => {
                let mut reach = Self::default();
                reach.follow(step, false);
                (reach.is_forth && reach.is_back).then_some(reach)
            }
            Path::Reverse(inner) | Path::ZeroOrOne(inner) => Self::of(inner),
            Path::Sequence(a, b) | Path::Alternative(a, b) => match (Self::of(a), Self::of(b)) {
                (Some(one), Some(other)) => Some(Self {
                    has_any: one.has_any || other.has_any,
                    predicates: &one.predicates | &other.predicates,
                    ..one
                }),
                (one, other) => one.or(other),
            },
            Path::NamedNode(_) | Path::NegatedPropertySet(_) => None,
        }
    }

    fn follow(&mut self, step: &Path, is_reverse: bool) {
        match step {
            Path::NamedNode(predicate) => {
                self.predicates.insert(predicate.clone());
                self.turn(is_reverse);
            }
            Path::NegatedPropertySet(_) => {
                self.has_any = true;
                self.turn(is_reverse);
            }
            Path::Reverse(inner) => self.follow(inner, !is_reverse),
            Path::Sequence(a, b) | Path::Alternative(a, b) => {
                self.follow(a, is_reverse);
                self.follow(b, is_reverse);
            }
            Path::ZeroOrMore(inner) | Path::OneOrMore(inner) | Path::ZeroOrOne(inner) => self.follow(inner, is_reverse),
        }
    }

    fn turn(&mut self, is_reverse: bool) {
        if is_reverse {
            self.is_back = true;
        } else {
            self.is_forth = true;
        }
    }

    /// The triples of a store that it may follow, counted up to one more than [`FARTHEST`].
    pub(super) fn count(&self, store: &Store) -> u64 {
        let most = usize::try_from(FARTHEST).unwrap_or(usize::MAX).saturating_add(1);
        let triples = |predicate: Option<NamedNodeRef<'_>>| {
            store.quads_for_pattern(None, predicate, None, None).inspect(|_| Watch::look_at_current())
        };
        let count = if self.has_any {
            triples(None).take(most).count()
        } else {
            let each = self.predicates.iter().flat_map(|predicate| triples(Some(predicate.as_ref())));
            each.take(most).count()
        };
        count as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use spargebra::{Query, SparqlParser, algebra::GraphPattern};

    #[test]
    fn what_goes_forth_and_back_any_number_of_times_reaches_far() {
        for (path, predicates) in [
            ("<urn:a>*", None),
            ("^<urn:a>+", None),
            ("<urn:a>/^<urn:a>", None),
            ("(<urn:a>|<urn:b>)+/^<urn:c>", None),
            ("^(^<urn:a>|<urn:b>?)*", Some("<urn:a> <urn:b>")),
            ("(<urn:a>/^<urn:b>)+|<urn:c>*", Some("<urn:a> <urn:b>")),
            ("(<urn:a>|^<urn:a>)*|(<urn:b>|^<urn:b>)*", Some("<urn:a> <urn:b>")),
            ("(!<urn:a>|^!<urn:a>)+", Some("any")),
        ] {
            let query = SparqlParser::new().parse_query(&format!("SELECT * {{ ?s {path} ?o }}")).unwrap();
            let Query::Select { pattern: GraphPattern::Project { inner, .. }, .. } = query else { panic!("{path}") };
            let mut reaches = Vec::new();
            paths(&inner, &mut reaches);
            let named = |reach: &Reach| {
                let names: Vec<String> = reach.predicates.iter().map(ToString::to_string).collect();
                if reach.has_any { "any".to_owned() } else { names.join(" ") }
            };
            assert_eq!(reaches.first().map(named).as_deref(), predicates, "{path}");
        }
    }

    fn paths(pattern: &GraphPattern, reaches: &mut Vec<Reach>) {
        match pattern {
            GraphPattern::Path { path, .. } => reaches.extend(Reach::of(path)),
            GraphPattern::Join { left, right } => {
                paths(left, reaches);
                paths(right, reaches);
            }
            _ => (),
        }
    }
}
