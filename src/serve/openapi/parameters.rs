//! The parameters of addresses.

use crate::{
    model::Relation,
    serve::{
        fragments::LAST,
        negotiate::{self, Offer},
        params::FARTHEST,
        queries::MOST_ROWS,
        sparql::SHORTEST,
    },
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A parameter of an address.
pub(super) struct Parameter {
    name: &'static str,
    /// query, path or header.
    place: &'static str,
    is_required: bool,
    description: &'static str,
    schema: fn() -> Value,
    /// Whether the value is JSON, written as text.
    is_json: bool,
    /// A value that the five documents answer to.
    example: Option<&'static str>,
}

impl Parameter {
    pub(super) const fn query(name: &'static str, description: &'static str, schema: fn() -> Value) -> Self {
        Self { name, place: "query", is_required: false, description, schema, is_json: false, example: None }
    }

    pub(super) const fn path(name: &'static str, description: &'static str, example: &'static str) -> Self {
        Self {
            name,
            place: "path",
            is_required: true,
            description,
            schema: text,
            is_json: false,
            example: Some(example),
        }
    }

    pub(super) const fn in_json(self) -> Self {
        Self { is_json: true, ..self }
    }

    pub(super) const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    pub(super) const fn such_as(self, example: &'static str) -> Self {
        Self { example: Some(example), ..self }
    }
}

pub(super) fn text() -> Value {
    json!({ "type": "string" })
}

/// Several, each under the same name.
pub(super) fn texts() -> Value {
    json!({ "type": "array", "items": text() })
}

/// Words that are not blank.
pub(super) fn words() -> Value {
    json!({ "type": "string", "pattern": "\\S" })
}

pub(super) fn iri() -> Value {
    json!({ "type": "string", "format": "iri" })
}

pub(super) fn iris() -> Value {
    json!({ "type": "array", "items": iri() })
}

pub(super) fn yes_or_no() -> Value {
    json!({ "type": "boolean", "default": false })
}

pub(super) fn offset() -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": FARTHEST })
}

/// A page of a fragment.
pub(super) fn page() -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": LAST, "default": 1 })
}

/// Relations of lineage, with commas between them.
pub(super) fn relations() -> Value {
    let names: Vec<&str> = Relation::ALL.iter().map(|relation| relation.name()).collect();
    let one = format!("({})", names.join("|"));
    json!({ "type": "string", "pattern": format!("^(all|{one}(,{one})*)$") })
}

/// The short names of formats.
fn formats(offers: &[&[Offer]]) -> Value {
    let names: BTreeSet<&str> = offers.iter().flat_map(|offers| offers.iter()).map(|(_, name)| *name).collect();
    json!({ "type": "string", "enum": names })
}

pub(super) fn document_format() -> Value {
    formats(&[negotiate::DOCUMENT])
}

pub(super) fn sparql_format() -> Value {
    formats(&[negotiate::TABLE, negotiate::GRAPH])
}

pub(super) fn graph_format() -> Value {
    json!({ "type": "string", "enum": ["turtle", "ntriples", "jsonld", "rdfxml", "trig", "nquads"] })
}

pub(super) fn up_to_1000() -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": 1000 })
}

pub(super) fn up_to_10000() -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": 10_000 })
}

pub(super) fn up_to_100() -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": 100 })
}

pub(super) fn direction() -> Value {
    json!({ "type": "string", "enum": ["up", "down", "both"], "default": "both" })
}

pub(super) fn seconds() -> Value {
    json!({ "type": "number", "minimum": SHORTEST })
}

fn rows() -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": MOST_ROWS })
}

fn format_of_rows() -> Value {
    json!({ "type": "string", "enum": ["rows", "json", "xml", "csv", "tsv", "xlsx"], "default": "rows" })
}

/// Those of every named query.
pub(super) const OF_QUERIES: [Parameter; 4] = [
    Parameter::query("limit", "一页几行 (rows on a page)", rows).such_as("10"),
    Parameter::query("offset", "从第几行起 (the first row)", offset),
    Parameter::query("format", "格式,优先于 Accept (before Accept)", format_of_rows),
    Parameter::query("timeout", "至多几秒 (seconds at most)", seconds),
];

pub(super) fn described(parameter: &Parameter) -> Value {
    let schema = (parameter.schema)();
    let content = |schema: Value, example: Option<Value>| {
        let mut content = json!({ "schema": schema });
        if let Some(example) = example {
            content["example"] = example;
        }
        json!({ "application/json": content })
    };
    let mut described = json!({
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.is_required,
        "description": parameter.description,
    });
    if parameter.is_json {
        let example = parameter.example.and_then(|example| serde_json::from_str(example).ok());
        described["content"] = content(schema, example);
        return described;
    }
    if let Some(example) = parameter.example {
        described["example"] = match schema["type"].as_str() {
            Some("integer") => example.parse::<u64>().map_or(Value::Null, Value::from),
            _ => example.into(),
        };
    }
    // Words that are empty are none; a number must be one.
    if parameter.place == "query" && !parameter.is_required && schema["type"] == "string" {
        described["allowEmptyValue"] = true.into();
    }
    described["schema"] = schema;
    described
}
