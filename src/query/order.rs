//! ORDER BY that is an order whatever it sorts. The engine compares literals of two types by their text and those of
//! one type by their value, so that 10 < "5" < 9 < 10; sorting by that panics. So values are first told apart by
//! classes within which the engine's comparison is an order; and each key is evaluated once for a row, lest `RAND()`
//! be another in every comparison.

use oxigraph::{
    model::{Literal, LiteralRef, NamedNode, Term, Variable, vocab::xsd},
    sparql::SparqlEvaluator,
};
use oxsdatatypes::{Boolean, Date, DateTime, Decimal, Double, Float, Integer, Time};
use spargebra::algebra::{Expression, Function, GraphPattern, OrderExpression};
use std::str::FromStr;

const CLASS: &str = "urn:zhengmai:order:class";

/// What is compared by its text, or by nothing at all.
const TEXT: i32 = 100;

/// The engine with the function that the patterns call.
pub(super) fn equip(evaluator: SparqlEvaluator) -> SparqlEvaluator {
    let class = |values: &[Term]| values.first().map(|value| Literal::from(class(value)).into());
    evaluator.with_custom_function(NamedNode::new_unchecked(CLASS), class)
}

/// A pattern that binds the keys and their classes to variables of `name`, and what to sort it by.
pub(super) fn by(
    mut inner: GraphPattern,
    keys: Vec<OrderExpression>,
    mut name: impl FnMut() -> Variable,
) -> (GraphPattern, Vec<OrderExpression>) {
    let mut orders = Vec::new();
    for order in keys {
        let (is_falling, key) = match order {
            OrderExpression::Asc(key) => (false, key),
            OrderExpression::Desc(key) => (true, key),
        };
        let order = |key| if is_falling { OrderExpression::Desc(key) } else { OrderExpression::Asc(key) };
        let key = if let Expression::Variable(_) = &key {
            key
        } else {
            let variable = name();
            inner = GraphPattern::Extend { inner: Box::new(inner), variable: variable.clone(), expression: key };
            Expression::Variable(variable)
        };
        let variable = name();
        let call = Function::Custom(NamedNode::new_unchecked(CLASS));
        let expression = Expression::FunctionCall(call, vec![key.clone()]);
        inner = GraphPattern::Extend { inner: Box::new(inner), variable: variable.clone(), expression };
        orders.extend([order(Expression::Variable(variable)), order(key)]);
    }
    (inner, orders)
}

/// The class of a value. Those of blank nodes and of IRIs come first, as SPARQL wants.
fn class(value: &Term) -> i32 {
    match value {
        Term::BlankNode(_) => 0,
        Term::NamedNode(_) => 1,
        Term::Literal(literal) => class_of_literal(literal.as_ref()),
    }
}

fn class_of_literal(literal: LiteralRef<'_>) -> i32 {
    let value = literal.value();
    let class = match literal.datatype() {
        xsd::FLOAT => value.parse::<Float>().is_ok_and(|number| !number.is_nan()).then_some(2),
        xsd::DOUBLE => value.parse::<Double>().is_ok_and(|number| !number.is_nan()).then_some(2),
        xsd::DECIMAL => is::<Decimal>(value).then_some(2),
        xsd::INTEGER
        | xsd::BYTE
        | xsd::SHORT
        | xsd::INT
        | xsd::LONG
        | xsd::UNSIGNED_BYTE
        | xsd::UNSIGNED_SHORT
        | xsd::UNSIGNED_INT
        | xsd::UNSIGNED_LONG
        | xsd::POSITIVE_INTEGER
        | xsd::NEGATIVE_INTEGER
        | xsd::NON_POSITIVE_INTEGER
        | xsd::NON_NEGATIVE_INTEGER => is::<Integer>(value).then_some(2),
        xsd::BOOLEAN => is::<Boolean>(value).then_some(3),
        // With and without a time zone they differ by what is not known.
        xsd::DATE_TIME | xsd::DATE_TIME_STAMP => is::<DateTime>(value).then(|| 4 + has_zone(value)),
        xsd::DATE => is::<Date>(value).then(|| 6 + has_zone(value)),
        xsd::TIME => is::<Time>(value).then(|| 8 + has_zone(value)),
        xsd::DURATION | xsd::YEAR_MONTH_DURATION | xsd::DAY_TIME_DURATION => Some(10 + duration(value)),
        _ => None,
    };
    class.unwrap_or(TEXT)
}

fn is<T: FromStr>(value: &str) -> bool {
    value.parse::<T>().is_ok()
}

fn has_zone(value: &str) -> i32 {
    let has_offset = value.len() > 6 && value.as_bytes().get(value.len() - 3) == Some(&b':') && {
        matches!(value.as_bytes().get(value.len() - 6), Some(b'+' | b'-'))
    };
    i32::from(value.ends_with('Z') || has_offset)
}

/// Months, seconds, or both, of which nobody knows which is longer.
fn duration(value: &str) -> i32 {
    let (days, time) = value.split_once('T').unwrap_or((value, ""));
    let (has_months, has_days) = (days.contains(['Y', 'M']), days.contains('D') || !time.is_empty());
    i32::from(has_months) + 2 * i32::from(has_days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_compared_alike_have_one_class() {
        let class = |value: &str, datatype: &str| {
            class(
                &Literal::new_typed_literal(
                    value,
                    NamedNode::new_unchecked(format!("http://www.w3.org/2001/XMLSchema#{datatype}")),
                )
                .into(),
            )
        };
        for (one, other, alike) in [
            (("1", "integer"), ("2.5", "decimal"), true),
            (("1", "int"), ("INF", "double"), true),
            (("1", "integer"), ("NaN", "double"), false),
            (("1", "integer"), ("one", "integer"), false),
            (("one", "integer"), ("x", "string"), true),
            (("true", "boolean"), ("0", "boolean"), true),
            (("2023-01-01", "date"), ("2023-01-02", "date"), true),
            (("2023-01-01", "date"), ("2023-01-02Z", "date"), false),
            (("2023-01-01-08:00", "date"), ("2023-01-02Z", "date"), true),
            (("2023-01-01T00:00:00", "dateTime"), ("2023-01-01T00:00:00+08:00", "dateTime"), false),
            (("2023-13-45", "date"), ("x", "string"), true),
            (("P1Y", "duration"), ("P1M", "yearMonthDuration"), true),
            (("P1D", "duration"), ("PT1M", "dayTimeDuration"), true),
            (("P1M", "duration"), ("P30D", "duration"), false),
        ] {
            assert_eq!(class(one.0, one.1) == class(other.0, other.1), alike, "{one:?} {other:?}");
        }
    }
}
