//! What a plan reads from the store, written so that it makes rows wherever it reads: with every row the
//! [`Watch`](super::watch::Watch) is looked at, and only where rows come can a query be stopped at once. (The engine's
//! own token is none: many of its loops keep the error that it gives and read on, to the end of the store.)

use oxigraph::model::Variable;
use spargebra::{
    algebra::{Expression, GraphPattern, PropertyPathExpression},
    term::{NamedNodePattern, TermPattern, TriplePattern},
};

/// Whether a planned pattern only reads.
pub(super) fn is_leaf(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => true,
        GraphPattern::Graph { inner, .. } => is_leaf(inner),
        _ => false,
    }
}

/// Triple patterns that are read together, as the planner leaves them within EXISTS: each in a loop over those before
/// it, so that they are looked up and not multiplied, and every one of them makes rows. Any other pattern as it is.
pub(super) fn in_loops(pattern: GraphPattern) -> GraphPattern {
    match pattern {
        GraphPattern::Bgp { patterns } if patterns.len() > 1 => {
            let one = |pattern| GraphPattern::Bgp { patterns: vec![pattern] };
            patterns.into_iter().map(one).reduce(looped).unwrap_or_default()
        }
        GraphPattern::Graph { name, inner } => match in_loops(*inner) {
            GraphPattern::Lateral { left, right } => {
                let within = |inner| in_loops(GraphPattern::Graph { name: name.clone(), inner });
                looped(within(left), within(right))
            }
            inner => GraphPattern::Graph { name, inner: Box::new(inner) },
        },
        other => other,
    }
}

fn looped(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    GraphPattern::Lateral { left: Box::new(left), right: Box::new(right) }
}

/// Whether it reads along a path: then the engine reads in loops of its own, which make no rows.
pub(super) fn is_path(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Path { .. } => true,
        GraphPattern::Graph { inner, .. } => is_path(inner),
        _ => false,
    }
}

/// Whether a variable stands twice in a triple pattern: then not every triple that is read makes a row.
pub(super) fn has_a_variable_twice(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.iter().any(|TriplePattern { subject, predicate, object }| {
            let is_predicate = |term: &TermPattern| match (term, predicate) {
                (TermPattern::Variable(term), NamedNodePattern::Variable(predicate)) => term == predicate,
                _ => false,
            };
            matches!(subject, TermPattern::Variable(_)) && subject == object
                || is_predicate(subject)
                || is_predicate(object)
        }),
        GraphPattern::Graph { inner, .. } => has_a_variable_twice(inner),
        _ => false,
    }
}

/// A triple pattern in which no variable stands twice, so that every triple read is a row, and the condition that
/// makes up for it.
pub(super) fn told_apart(pattern: &mut TriplePattern, mut name: impl FnMut() -> Variable) -> Option<Expression> {
    let mut conditions = Vec::new();
    let mut known: Vec<Variable> = Vec::new();
    let mut apart = |variable: &mut Variable| {
        if known.contains(variable) {
            let own = name();
            let same = [variable.clone(), own.clone()].map(|variable| Box::new(Expression::Variable(variable)));
            let [a, b] = same;
            conditions.push(Expression::SameTerm(a, b));
            *variable = own;
        }
        known.push(variable.clone());
    };
    if let TermPattern::Variable(variable) = &mut pattern.subject {
        apart(variable);
    }
    if let NamedNodePattern::Variable(variable) = &mut pattern.predicate {
        apart(variable);
    }
    if let TermPattern::Variable(variable) = &mut pattern.object {
        apart(variable);
    }
    conditions.into_iter().reduce(|a, b| Expression::And(Box::new(a), Box::new(b)))
}

/// Where a path of any number of steps may begin, between two variables that nothing else binds, and the variable of
/// its beginning: from there it is followed start by start. The engine would gather all pairs before it gave the first.
pub(super) fn starts(pattern: &GraphPattern, mut name: impl FnMut() -> Variable) -> Option<(GraphPattern, Variable)> {
    let GraphPattern::Path { subject: TermPattern::Variable(start), path, object: TermPattern::Variable(end) } =
        pattern
    else {
        return None;
    };
    if start == end {
        return None;
    }
    let triple = |subject: &Variable, predicate: NamedNodePattern, object: &Variable| GraphPattern::Bgp {
        patterns: vec![TriplePattern { subject: subject.clone().into(), predicate, object: object.clone().into() }],
    };
    let starts = match path {
        PropertyPathExpression::OneOrMore(step) => match &**step {
            PropertyPathExpression::NamedNode(predicate) => triple(start, predicate.clone().into(), &name()),
            step => GraphPattern::Path { subject: start.clone().into(), path: step.clone(), object: name().into() },
        },
        PropertyPathExpression::ZeroOrMore(_) => {
            let (predicate, other) = (name(), name());
            let subjects = triple(start, predicate.clone().into(), &other);
            let objects = triple(&other, predicate.into(), start);
            GraphPattern::Union { left: Box::new(subjects), right: Box::new(objects) }
        }
        _ => return None,
    };
    Some((starts, start.clone()))
}
