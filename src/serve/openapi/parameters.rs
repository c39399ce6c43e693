//! The parameters of addresses.

use crate::serve::queries::MOST_ROWS;
use serde_json::{Value, json};

/// A parameter of an address.
pub(super) struct Parameter {
    name: &'static str,
    /// query, path or header.
    place: &'static str,
    is_required: bool,
    description: &'static str,
    schema: fn() -> Value,
    /// A value that the five documents answer to.
    example: Option<&'static str>,
}

impl Parameter {
    pub(super) const fn query(name: &'static str, description: &'static str, schema: fn() -> Value) -> Self {
        Self { name, place: "query", is_required: false, description, schema, example: None }
    }

    pub(super) const fn path(name: &'static str, description: &'static str, example: &'static str) -> Self {
        Self { name, place: "path", is_required: true, description, schema: text, example: Some(example) }
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

pub(super) fn iri() -> Value {
    json!({ "type": "string", "format": "iri" })
}

pub(super) fn number() -> Value {
    json!({ "type": "integer", "minimum": 0 })
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
    json!({ "type": "number", "exclusiveMinimum": 0 })
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
    Parameter::query("offset", "从第几行起 (the first row)", number),
    Parameter::query("format", "格式,优先于 Accept (before Accept)", format_of_rows),
    Parameter::query("timeout", "至多几秒 (seconds at most)", seconds),
];

pub(super) fn described(parameter: &Parameter) -> Value {
    let schema = (parameter.schema)();
    let mut described = json!({
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.is_required,
        "description": parameter.description,
    });
    if let Some(example) = parameter.example {
        described["example"] = match schema["type"].as_str() {
            Some("integer") => example.parse::<u64>().map_or(Value::Null, Value::from),
            _ => example.into(),
        };
    }
    described["schema"] = schema;
    described
}
