//! Terms as the values that programs and spreadsheets know: numbers, yes and no, words.

use crate::{exchange::Cell, query::Page};
use oxrdf::{Literal, Term};
use serde_json::{Map, Value};

/// A term as JSON: a number or a boolean where its datatype says so, else its words; of a node, its IRI.
pub(super) fn json(term: Option<&Term>) -> Value {
    match term {
        None => Value::Null,
        Some(Term::NamedNode(node)) => node.as_str().into(),
        Some(Term::BlankNode(node)) => node.to_string().into(),
        Some(Term::Literal(literal)) => typed(literal).unwrap_or_else(|| literal.value().into()),
    }
}

fn typed(literal: &Literal) -> Option<Value> {
    let value = literal.value();
    match literal.datatype().as_str().strip_prefix("http://www.w3.org/2001/XMLSchema#")? {
        "integer" | "int" | "long" | "nonNegativeInteger" => value.parse::<i64>().ok().map(Value::from),
        "decimal" | "double" | "float" => {
            value.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from)
        }
        "boolean" => match value {
            "true" | "1" => Some(true.into()),
            "false" | "0" => Some(false.into()),
            _ => None,
        },
        _ => None,
    }
}

/// A term as a cell of a sheet.
pub(super) fn cell(term: Option<&Term>) -> Cell {
    match json(term) {
        Value::Null => Cell::Empty,
        Value::Bool(yes) => Cell::Boolean(yes),
        Value::Number(number) => number.as_f64().map_or(Cell::Empty, Cell::Number),
        Value::String(text) => Cell::Text(text),
        other => Cell::Text(other.to_string()),
    }
}

/// Rows as objects: column → value.
pub(super) fn rows(page: &Page) -> Vec<Map<String, Value>> {
    let columns = page.columns();
    let row = |terms: Vec<Option<&Term>>| columns.iter().cloned().zip(terms.into_iter().map(json)).collect();
    page.rows().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::{NamedNode, vocab::xsd};

    #[test]
    fn a_term_is_the_value_that_its_datatype_says() {
        for (value, datatype, written) in [
            ("42", xsd::INTEGER, "42"),
            ("0042", xsd::INTEGER, "42"),
            ("99999999999999999999", xsd::INTEGER, r#""99999999999999999999""#),
            ("0.5", xsd::DECIMAL, "0.5"),
            ("NaN", xsd::DOUBLE, r#""NaN""#),
            ("true", xsd::BOOLEAN, "true"),
            ("2021", xsd::G_YEAR, r#""2021""#),
            ("39号", xsd::STRING, r#""39号""#),
        ] {
            let term = Term::from(Literal::new_typed_literal(value, datatype));
            assert_eq!(json(Some(&term)).to_string(), written);
        }
        let node = Term::from(NamedNode::new_unchecked("urn:a"));
        assert_eq!((json(Some(&node)), json(None)), ("urn:a".into(), Value::Null));
        assert_eq!(cell(Some(&Literal::from(7).into())), Cell::Number(7.0));
    }
}
