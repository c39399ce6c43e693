//! The arguments of a call, held against the schema that the tool publishes: one description for both.

use super::tools::Tool;
use serde_json::{Map, Value};

/// Arguments that fit their tool.
#[derive(Debug)]
pub(super) struct Arguments(Map<String, Value>);

impl Tool {
    /// The arguments of a call.
    ///
    /// # Errors
    /// Says which argument is missing, unknown or of another type, and what there is.
    pub(super) fn arguments(&self, given: &Value) -> Result<Arguments, String> {
        let schema = (self.input)();
        let empty = Map::new();
        let given = match given {
            Value::Null => &empty,
            Value::Object(given) => given,
            other => return Err(format!("arguments 应为对象 (an object): {other}")),
        };
        let properties = schema["properties"].as_object().unwrap_or(&empty);
        let known = || properties.keys().map(String::as_str).collect::<Vec<_>>().join(" ");
        if let Some(name) = given.keys().find(|name| !properties.contains_key(*name)) {
            return Err(format!("没有参数 (no argument) {name}; 可用 (known): {}", known()));
        }
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        for name in required {
            if given.get(name).is_none_or(Value::is_null) {
                return Err(format!("缺少参数 (missing) {name}; 可用 (known): {}", known()));
            }
        }
        for (name, value) in given.iter().filter(|(_, value)| !value.is_null()) {
            fits(name, value, &properties[name])?;
        }
        Ok(Arguments(given.clone()))
    }
}

fn fits(name: &str, value: &Value, schema: &Value) -> Result<(), String> {
    let wrong = || Err(format!("参数 {name} 应为 (must be) {schema}; 收到 (got) {value}"));
    let has_type = match schema["type"].as_str() {
        Some("string") => value.as_str().is_some_and(|text| !text.trim().is_empty()),
        Some("integer") => value.is_u64(),
        Some("object") => value.as_object().is_some_and(|object| object.values().all(is_plain)),
        _ => true,
    };
    let is_listed = schema["enum"].as_array().is_none_or(|known| known.contains(value));
    let number = value.as_u64().unwrap_or_default();
    let is_within = schema["maximum"].as_u64().is_none_or(|most| number <= most);
    if has_type && is_listed && is_within { Ok(()) } else { wrong() }
}

fn is_plain(value: &Value) -> bool {
    value.is_string() || value.is_number()
}

impl Arguments {
    /// A string; empty where there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default().trim()
    }

    /// A number.
    pub(super) fn number(&self, name: &str, default: usize) -> usize {
        let number = self.0.get(name).and_then(Value::as_u64);
        number.and_then(|number| usize::try_from(number).ok()).unwrap_or(default)
    }

    /// The names and values of an object.
    pub(super) fn pairs(&self, name: &str) -> Vec<(String, String)> {
        let pairs = self.0.get(name).and_then(Value::as_object).into_iter().flatten();
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        pairs.map(|(name, value)| (name.clone(), text(value))).collect()
    }
}
