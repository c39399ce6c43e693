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
    let plan = |pattern| Optimizer::optimize_graph_pattern(Planned::from(pattern));
    let mut has_totals = false;
    let once = written(&plan(pattern), &mut has_totals);
    // Only now can the planner see how small they are.
    if has_totals { written(&plan(&once), &mut has_totals) } else { once }
}

/// As the planner's own way back, but for joins: that one melts joins of triple patterns into one again. Totals that
/// are joined are said to be one row, which the planner does not know.
fn written(planned: &Planned, has_totals: &mut bool) -> GraphPattern {
    let mut below = |inner: &Planned| Box::new(written(inner, has_totals));
    match planned {
        Planned::Join { left, right, .. } => {
            let [first, second] = [left, right].map(|side| {
                let inner = below(side);
                if is_total(side) { Box::new(GraphPattern::Slice { inner, start: 0, length: Some(1) }) } else { inner }
            });
            *has_totals |= is_total(left) || is_total(right);
            GraphPattern::Join { left: first, right: second }
        }
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
            let branches = inner.iter().map(|branch| written(branch, has_totals));
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

/// Whether it is one row at most: an aggregate over all.
fn is_total(planned: &Planned) -> bool {
    match planned {
        Planned::Group { variables, .. } => variables.is_empty(),
        Planned::Project { inner, .. } | Planned::Extend { inner, .. } | Planned::Filter { inner, .. } => {
            is_total(inner)
        }
        _ => false,
    }
}

fn key(key: &PlannedOrder) -> OrderExpression {
    match key {
        PlannedOrder::Asc(key) => OrderExpression::Asc(key.into()),
        PlannedOrder::Desc(key) => OrderExpression::Desc(key.into()),
    }
}
