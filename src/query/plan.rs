//! The engine's own plan of a pattern, written as a pattern again: what is joined with what, in which order, and
//! which joins run in a loop (LATERAL). Planning it once more changes nothing, so that what is put between its
//! parts stays there.

use spargebra::algebra::{Expression, GraphPattern, OrderExpression};
use sparopt::{
    Optimizer,
    algebra::{GraphPattern as Planned, OrderExpression as PlannedOrder},
};

/// The plan of a pattern.
pub(super) fn planned(pattern: &GraphPattern) -> GraphPattern {
    written(&Optimizer::optimize_graph_pattern(Planned::from(pattern)))
}

/// As the planner's own way back, but for joins: that one melts joins of triple patterns into one again.
fn written(planned: &Planned) -> GraphPattern {
    let below = |inner: &Planned| Box::new(written(inner));
    match planned {
        Planned::Join { left, right, .. } => GraphPattern::Join { left: below(left), right: below(right) },
        Planned::Lateral { left, right } => GraphPattern::Lateral { left: below(left), right: below(right) },
        Planned::LeftJoin { left, right, expression, .. } => GraphPattern::LeftJoin {
            left: below(left),
            right: below(right),
            expression: expression.effective_boolean_value().is_none_or(|value| !value).then(|| expression.into()),
        },
        Planned::Filter { inner, expression } => {
            GraphPattern::Filter { inner: below(inner), expr: Expression::from(expression) }
        }
        Planned::Union { inner } => {
            let branches = inner.iter().map(written);
            let either = |left, right| GraphPattern::Union { left: Box::new(left), right: Box::new(right) };
            branches.reduce(either).unwrap_or_else(|| planned.into())
        }
        Planned::Extend { inner, variable, expression } => {
            GraphPattern::Extend { inner: below(inner), variable: variable.clone(), expression: expression.into() }
        }
        Planned::Minus { left, right, .. } => GraphPattern::Minus { left: below(left), right: below(right) },
        Planned::OrderBy { inner, expression } => {
            GraphPattern::OrderBy { inner: below(inner), expression: expression.iter().map(key).collect() }
        }
        Planned::Project { inner, variables } => {
            GraphPattern::Project { inner: below(inner), variables: variables.clone() }
        }
        Planned::Distinct { inner } => GraphPattern::Distinct { inner: below(inner) },
        Planned::Reduced { inner } => GraphPattern::Reduced { inner: below(inner) },
        Planned::Slice { inner, start, length } => {
            GraphPattern::Slice { inner: below(inner), start: *start, length: *length }
        }
        Planned::Group { inner, variables, aggregates } => GraphPattern::Group {
            inner: below(inner),
            variables: variables.clone(),
            aggregates: aggregates.iter().map(|(name, aggregate)| (name.clone(), aggregate.into())).collect(),
        },
        Planned::QuadPattern { .. }
        | Planned::Path { .. }
        | Planned::Graph { .. }
        | Planned::Values { .. }
        | Planned::Service { .. } => planned.into(),
    }
}

fn key(key: &PlannedOrder) -> OrderExpression {
    match key {
        PlannedOrder::Asc(key) => OrderExpression::Asc(key.into()),
        PlannedOrder::Desc(key) => OrderExpression::Desc(key.into()),
    }
}
