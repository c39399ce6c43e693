//! Shapes as queries: every row is a violation, `?this` the focus, `?value` the value at fault.

use super::read::{Message, NodeShape, PropertyShape, ValueConstraint};
use oxigraph::model::{NamedNode, vocab::xsd};

/// A query whose rows are violations.
#[derive(Clone, Debug)]
pub(super) struct Check {
    /// The shape that a violation is reported for.
    pub(super) shape: NamedNode,
    pub(super) path: Option<NamedNode>,
    pub(super) message: Message,
    pub(super) query: String,
    /// Whether the query asks about all nodes, so that its rows are still to be cut down to the targets.
    pub(super) is_of_all: bool,
}

/// All checks of a node shape.
pub(super) fn checks(shape: &NodeShape) -> Vec<Check> {
    let own = |query: String, is_of_all| Check {
        shape: shape.iri.clone(),
        path: None,
        message: shape.message.clone(),
        query,
        is_of_all,
    };
    let mut checks: Vec<Check> = Vec::new();
    if let Some(kind) = &shape.node_kind {
        checks.push(own(
            format!("SELECT DISTINCT ?this {{ {} }}", each(shape, &format!("FILTER (!is{kind}(?this))"))),
            false,
        ));
    }
    checks.extend(shape.queries.iter().map(|query| own(query.clone(), true)));
    for property in &shape.properties {
        checks.extend(property_queries(shape, property).into_iter().map(|query| Check {
            shape: property.iri.clone(),
            path: Some(property.path.clone()),
            message: property.message.clone(),
            query,
            is_of_all: false,
        }));
    }
    checks
}

/// The query for the nodes that a shape is about.
pub(super) fn targets(shape: &NodeShape) -> String {
    format!("SELECT DISTINCT ?this {{ {} }}", each(shape, ""))
}

/// A pattern for the nodes of each target. The pattern stands in every branch, so that it is joined to the
/// target by index and not to the whole union.
fn each(shape: &NodeShape, pattern: &str) -> String {
    let of_classes = shape.classes.iter().map(|class| format!("{{ ?this a {class} . {pattern} }}"));
    let subjects = shape.subjects_of.iter().map(|property| format!("{{ ?this {property} ?any . {pattern} }}"));
    of_classes.chain(subjects).collect::<Vec<_>>().join(" UNION ")
}

fn property_queries(shape: &NodeShape, property: &PropertyShape) -> Vec<String> {
    let path = &property.path;
    let mut queries = Vec::new();
    match property.min_count.as_deref() {
        None | Some("0") => (),
        Some("1") => queries.push(format!(
            "SELECT DISTINCT ?this {{ {} }}",
            each(shape, &format!("FILTER NOT EXISTS {{ ?this {path} ?some }}"))
        )),
        Some(count) => queries.push(counted(&each(shape, &format!("OPTIONAL {{ ?this {path} ?one }}")), "<", count)),
    }
    if let Some(count) = &property.max_count {
        queries.push(counted(&each(shape, &format!("?this {path} ?one .")), ">", count));
    }
    for value in &property.has_value {
        let lacking = each(shape, &format!("FILTER NOT EXISTS {{ ?this {path} {value} }}"));
        queries.push(format!("SELECT DISTINCT ?this {{ {lacking} }}"));
    }
    if !property.values.is_empty() {
        let faults: Vec<String> =
            property.values.iter().map(|constraint| format!("COALESCE({}, true)", fault(constraint))).collect();
        let pattern = format!("?this {path} ?value . FILTER ({})", faults.join(" || "));
        queries.push(format!("SELECT DISTINCT ?this ?value {{ {} }}", each(shape, &pattern)));
    }
    queries
}

fn counted(pattern: &str, comparison: &str, count: &str) -> String {
    format!("SELECT ?this {{ {pattern} }} GROUP BY ?this HAVING (COUNT(DISTINCT ?one) {comparison} {count})")
}

/// The expression that is true of a value at fault; what can't be evaluated (a comparison of words with a
/// number) is a fault too.
fn fault(constraint: &ValueConstraint) -> String {
    match constraint {
        ValueConstraint::Datatype(datatype) => {
            let castable = [xsd::INTEGER, xsd::DECIMAL, xsd::BOOLEAN, xsd::DATE_TIME];
            let is_ill_typed = if castable.contains(&datatype.as_ref()) {
                format!("COALESCE({datatype}(STR(?value)) != {datatype}(STR(?value)), true)")
            } else {
                "false".to_owned()
            };
            format!("(!isLiteral(?value) || datatype(?value) != {datatype} || {is_ill_typed})")
        }
        ValueConstraint::NodeKind(kind) => format!("!is{}(?value)", if kind == "BlankNode" { "Blank" } else { kind }),
        ValueConstraint::Class(classes) => {
            let classes: Vec<String> = classes.iter().map(ToString::to_string).collect();
            format!("NOT EXISTS {{ ?value a ?class . FILTER (?class IN ({})) }}", classes.join(", "))
        }
        ValueConstraint::Pattern(pattern) => format!("!REGEX(STR(?value), {pattern})"),
        ValueConstraint::MinInclusive(least) => format!("!(?value >= {least})"),
        ValueConstraint::LessThan(other) => {
            format!("EXISTS {{ ?this {other} ?bound . FILTER (!COALESCE(?value < ?bound, false)) }}")
        }
    }
}
