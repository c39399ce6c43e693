//! Which variables a pattern binds in each of its rows. Rows of two patterns are looked up in each other by what both
//! of them bind for certain; where there is no such variable, each is put together with each.

use oxigraph::model::Variable;
use spargebra::{
    algebra::GraphPattern,
    term::{NamedNodePattern, TermPattern},
};
use std::collections::BTreeSet;

/// Whether a variable is bound for certain by both. O(size of the patterns).
pub(super) fn share_a_variable(left: &GraphPattern, right: &GraphPattern) -> bool {
    !bound(left).is_disjoint(&bound(right))
}

fn bound(pattern: &GraphPattern) -> BTreeSet<&Variable> {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns
            .iter()
            .flat_map(|triple| [term(&triple.subject), name(&triple.predicate), term(&triple.object)])
            .flatten()
            .collect(),
        GraphPattern::Path { subject, object, .. } => [term(subject), term(object)].into_iter().flatten().collect(),
        GraphPattern::Graph { name: graph, inner } => bound(inner).into_iter().chain(name(graph)).collect(),
        GraphPattern::Values { variables, bindings } => {
            let is_bound = |column: usize| bindings.iter().all(|row| row.get(column).is_some_and(Option::is_some));
            variables.iter().enumerate().filter(|(column, _)| is_bound(*column)).map(|(_, variable)| variable).collect()
        }
        GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => {
            bound(left).into_iter().chain(bound(right)).collect()
        }
        GraphPattern::Union { left, right } => &bound(left) & &bound(right),
        GraphPattern::Project { inner, variables } | GraphPattern::Group { inner, variables, .. } => {
            let inner = bound(inner);
            variables.iter().filter(|variable| inner.contains(variable)).collect()
        }
        GraphPattern::LeftJoin { left: inner, .. }
        | GraphPattern::Minus { left: inner, .. }
        | GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => bound(inner),
        GraphPattern::Service { .. } => BTreeSet::new(),
    }
}

fn term(pattern: &TermPattern) -> Option<&Variable> {
    if let TermPattern::Variable(variable) = pattern { Some(variable) } else { None }
}

fn name(pattern: &NamedNodePattern) -> Option<&Variable> {
    if let NamedNodePattern::Variable(variable) = pattern { Some(variable) } else { None }
}
