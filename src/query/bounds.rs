//! What is too complex to be planned in time, or at all, and is refused with the reason before it is evaluated.
//! No question that a person asks comes near these bounds; machines and attackers do.

use super::{
    Dataset, QueryError,
    reach::{FARTHEST, Reach},
    text::within,
    text_search::is_search,
};
use oxigraph::store::Store;
use spargebra::{
    Query,
    algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression},
    term::NamedNodePattern,
};

/// Triple patterns, paths and operators. The planner compares each with each, several times over.
const PATTERNS: u64 = 300;

/// Operators and operands of all expressions, as the planner sees them: it writes the left side of IN once for
/// every value on the right.
const TERMS: u64 = 100_000;

/// Operators within operators.
const DEEP: u64 = 1_000;

/// OPTIONAL within OPTIONAL. The planner tries two ways for each level.
const OPTIONALS: u64 = 12;

/// Filters are copied to every pattern that they may apply to.
const COPIES: u64 = 10_000_000;

/// Checks a query, in which full-text search may be asked for if `has_search`.
///
/// # Errors
/// When it is too complex, or asks another service.
pub(super) fn check(query: &Query, store: &Store, dataset: &Dataset, has_search: bool) -> Result<(), QueryError> {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    check_size(pattern, Size { store, dataset, has_search, patterns: 0, terms: 0, filters: 0 })
}

/// Checks the pattern of an update.
///
/// # Errors
/// When it is too complex, or asks another service.
pub(super) fn check_pattern(pattern: &GraphPattern, store: &Store, dataset: &Dataset) -> Result<(), QueryError> {
    check_size(pattern, Size { store, dataset, has_search: false, patterns: 0, terms: 0, filters: 0 })
}

fn check_size(pattern: &GraphPattern, mut size: Size<'_>) -> Result<(), QueryError> {
    size.add(pattern, Level::default())?;
    within("图式与运算 (patterns and operators)", size.patterns, PATTERNS)?;
    within("表达式项数 (terms of expressions)", size.terms, TERMS)?;
    within("过滤条件的副本 (copies of filters)", size.filters.saturating_mul(size.patterns), COPIES)
}

/// That a service may be asked. The engine hands no variable to a service: one without a name asks nobody.
fn service(name: &NamedNodePattern, dataset: &Dataset) -> Result<(), QueryError> {
    match (&dataset.services, name) {
        (Some(fetcher), NamedNodePattern::NamedNode(name)) => Ok(fetcher.allow(name.as_str())?),
        (Some(_), NamedNodePattern::Variable(name)) => Err(QueryError::ServiceVariable(name.to_string())),
        (None, name) => Err(QueryError::Service(name.to_string())),
    }
}

#[derive(Clone, Copy, Default)]
struct Level {
    depth: u64,
    optionals: u64,
    in_expression: bool,
}

impl Level {
    fn down(self) -> Result<Self, QueryError> {
        let depth = self.depth + 1;
        within("运算层数 (nested operators)", depth, DEEP)?;
        Ok(Self { depth, ..self })
    }

    fn optional(self) -> Result<Self, QueryError> {
        let optionals = self.optionals + 1;
        within("OPTIONAL 层数 (nested OPTIONAL)", optionals, OPTIONALS)?;
        Ok(Self { optionals, ..self })
    }
}

struct Size<'a> {
    store: &'a Store,
    dataset: &'a Dataset,
    patterns: u64,
    terms: u64,
    filters: u64,
    has_search: bool,
}

impl Size<'_> {
    fn add(&mut self, pattern: &GraphPattern, level: Level) -> Result<(), QueryError> {
        let level = level.down()?;
        match pattern {
            GraphPattern::Bgp { patterns } => self.patterns += patterns.len() as u64,
            GraphPattern::Path { path, .. } => {
                self.patterns += 1;
                if let Some(reach) = Reach::of(path) {
                    let what = "路径可反复来回的三元组 (triples that a path may follow forth and back)";
                    within(what, reach.count(self.store), FARTHEST)?;
                }
            }
            GraphPattern::Values { .. } => self.patterns += 1,
            GraphPattern::Service { name, .. } if self.has_search && is_search(name) => {
                if level.in_expression {
                    let what = "不能写在 EXISTS 之内 (it can't stand within EXISTS)";
                    return Err(QueryError::SearchPattern(what.to_owned()));
                }
                self.patterns += 1;
            }
            GraphPattern::Service { name, inner, .. } => {
                self.patterns += 1;
                service(name, self.dataset)?;
                self.add(inner, level)?;
            }
            GraphPattern::Join { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right }
            | GraphPattern::Lateral { left, right } => {
                self.add(left, level)?;
                self.add(right, level)?;
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.patterns += 1;
                self.add(left, level)?;
                self.add(right, level.optional()?)?;
                self.filter(expression.as_ref(), level)?;
            }
            GraphPattern::Filter { expr, inner } => {
                self.add(inner, level)?;
                self.filter(Some(expr), level)?;
            }
            GraphPattern::Extend { inner, expression, .. } => {
                self.patterns += 1;
                self.add(inner, level)?;
                self.terms += weight(expression, level, self)?;
            }
            GraphPattern::OrderBy { inner, expression } => {
                self.add(inner, level)?;
                for OrderExpression::Asc(key) | OrderExpression::Desc(key) in expression {
                    self.terms += weight(key, level, self)?;
                }
            }
            GraphPattern::Group { inner, aggregates, .. } => {
                self.add(inner, level)?;
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.terms += weight(expr, level, self)?;
                    }
                }
            }
            GraphPattern::Graph { inner, .. }
            | GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.add(inner, level)?,
        }
        Ok(())
    }

    fn filter(&mut self, expression: Option<&Expression>, level: Level) -> Result<(), QueryError> {
        if let Some(expression) = expression {
            self.patterns += 1;
            let weight = weight(expression, level, self)?;
            self.filters += weight;
            self.terms += weight;
        }
        Ok(())
    }
}

/// How many terms an expression has once it is planned.
fn weight(expression: &Expression, level: Level, size: &mut Size<'_>) -> Result<u64, QueryError> {
    let level = level.down()?;
    let mut of = |expression: &Expression| weight(expression, level, size);
    let sum = match expression {
        Expression::NamedNode(_) | Expression::Literal(_) | Expression::Variable(_) | Expression::Bound(_) => 0,
        Expression::Or(a, b)
        | Expression::And(a, b)
        | Expression::Equal(a, b)
        | Expression::SameTerm(a, b)
        | Expression::Greater(a, b)
        | Expression::GreaterOrEqual(a, b)
        | Expression::Less(a, b)
        | Expression::LessOrEqual(a, b)
        | Expression::Add(a, b)
        | Expression::Subtract(a, b)
        | Expression::Multiply(a, b)
        | Expression::Divide(a, b) => of(a)? + of(b)?,
        Expression::In(left, values) => {
            let once = of(left)?;
            let mut sum = once.saturating_mul(values.len() as u64);
            for value in values {
                sum = sum.saturating_add(of(value)?);
            }
            sum
        }
        Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => of(a)?,
        Expression::If(a, b, c) => of(a)? + of(b)? + of(c)?,
        Expression::Coalesce(all) | Expression::FunctionCall(_, all) => {
            let mut sum = 0;
            for one in all {
                sum += of(one)?;
            }
            sum
        }
        Expression::Exists(pattern) => {
            size.add(pattern, Level { in_expression: true, ..level })?;
            0
        }
    };
    let sum = sum.saturating_add(1);
    within("表达式项数 (terms of expressions)", sum, TERMS)?;
    Ok(sum)
}
