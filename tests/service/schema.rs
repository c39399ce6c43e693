//! JSON Schema, as much of it as the service's own descriptions use; any other keyword is a fault of the schema.

use serde_json::Value;

/// What in `value` does not fit `schema`, each with its place; `root` is where references lead.
pub(super) fn faults(root: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    look(root, schema, value, "$", &mut faults);
    faults
}

fn look(root: &Value, schema: &Value, value: &Value, place: &str, faults: &mut Vec<String>) {
    let Some(keywords) = schema.as_object() else { return faults.push(format!("{place}: no schema: {schema}")) };
    for (keyword, rule) in keywords {
        match keyword.as_str() {
            "$ref" => {
                let pointer = rule.as_str().and_then(|rule| rule.strip_prefix('#')).unwrap_or_default();
                match root.pointer(pointer) {
                    Some(schema) => look(root, schema, value, place, faults),
                    None => faults.push(format!("{place}: {rule} leads nowhere")),
                }
            }
            "allOf" => {
                for schema in rule.as_array().expect("a list") {
                    look(root, schema, value, place, faults);
                }
            }
            "type" if !has_type(rule, value) => faults.push(format!("{place}: no {rule}: {value}")),
            "enum" if !rule.as_array().expect("a list").contains(value) => {
                faults.push(format!("{place}: {value} is none of {rule}"));
            }
            "const" if rule != value => faults.push(format!("{place}: {value} is not {rule}")),
            "required" => {
                let missing = rule.as_array().expect("a list").iter().filter_map(Value::as_str);
                let missing = missing.filter(|name| value.get(name).is_none());
                faults.extend(missing.map(|name| format!("{place}: {name} is missing")));
            }
            "properties" => {
                for (name, schema) in rule.as_object().expect("an object") {
                    if let Some(value) = value.get(name) {
                        look(root, schema, value, &format!("{place}.{name}"), faults);
                    }
                }
            }
            "additionalProperties" => {
                let known = schema["properties"].as_object();
                let others = value.as_object().into_iter().flatten();
                for (name, value) in others.filter(|(name, _)| known.is_none_or(|known| !known.contains_key(*name))) {
                    match rule {
                        Value::Bool(true) => (),
                        Value::Bool(false) => faults.push(format!("{place}: {name} is unknown")),
                        schema => look(root, schema, value, &format!("{place}.{name}"), faults),
                    }
                }
            }
            "items" => {
                for (at, value) in value.as_array().into_iter().flatten().enumerate() {
                    look(root, rule, value, &format!("{place}[{at}]"), faults);
                }
            }
            "type" | "enum" | "const" | "description" | "format" | "default" | "minimum" | "maximum"
            | "exclusiveMinimum" => (),
            other => faults.push(format!("{place}: no such keyword here: {other}")),
        }
    }
}

fn has_type(rule: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    };
    match rule {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

#[test]
fn what_does_not_fit_is_found() {
    let schema = serde_json::json!({
        "type": "object",
        "properties": { "n": { "type": ["integer", "null"] }, "of": { "type": "array", "items": { "enum": ["a", "b"] } } },
        "required": ["n"],
        "additionalProperties": false,
    });
    for (value, count) in [
        (r#"{"n":1,"of":["a"]}"#, 0),
        (r#"{"n":null}"#, 0),
        (r#"{"n":1.5}"#, 1),
        (r#"{"of":["c","b"]}"#, 2),
        (r#"{"n":1,"m":2}"#, 1),
        ("[]", 2),
    ] {
        let value: Value = serde_json::from_str(value).expect("JSON");
        assert_eq!(faults(&schema, &schema, &value).len(), count, "{value}: {:?}", faults(&schema, &schema, &value));
    }
    assert_eq!(faults(&schema, &serde_json::json!({ "pattern": "x" }), &Value::Null).len(), 1);
}
