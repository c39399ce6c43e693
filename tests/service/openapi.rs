//! The description of the service, against the service.

use super::{
    client::{Answer, percent},
    five,
    schema::faults,
};
use crate::support::root;
use serde_json::{Value, json};
use std::{collections::BTreeSet, fmt::Write as _, fs};

fn description() -> Value {
    let answer = five().get("/openapi.json", "*/*");
    assert_eq!((answer.status, answer.header("content-type").as_str()), (200, "application/json"));
    answer.json()
}

/// Path, method and description of every operation.
fn operations(description: &Value) -> Vec<(String, String, Value)> {
    let paths = description["paths"].as_object().expect("paths");
    let methods = paths.iter().flat_map(|(path, item)| {
        let item = item.as_object().expect("operations");
        item.iter().map(|(method, operation)| (path.clone(), method.clone(), operation.clone()))
    });
    methods.collect()
}

/// The address of an operation with its examples; with all parameters, or only with those that must be there.
fn address(path: &str, operation: &Value, all: bool) -> String {
    let (mut path, mut query) = (path.to_owned(), String::new());
    for parameter in operation["parameters"].as_array().expect("parameters") {
        let name = parameter["name"].as_str().expect("a name");
        let example = match parameter.pointer("/content/application~1json") {
            Some(json) => &json["example"],
            None => &parameter["example"],
        };
        let is_required = parameter["required"] == true;
        let text = example.as_str().map_or_else(|| example.to_string(), str::to_owned);
        match parameter["in"].as_str() {
            Some("path") => path = path.replace(&format!("{{{name}}}"), &text),
            _ if is_required || (all && !example.is_null()) => {
                let _ = write!(query, "{}{name}={}", if query.is_empty() { "?" } else { "&" }, percent(&text));
            }
            _ => (),
        }
        assert!(!is_required || !example.is_null(), "{path}: {name} has no example");
    }
    assert!(!path.contains('{'), "{path}: what stands in the path is no parameter");
    path + &query
}

/// What an answer has that the description does not say.
fn undescribed(description: &Value, operation: &Value, answer: &Answer) -> Vec<String> {
    let response = match operation["responses"].get(answer.status.to_string()) {
        Some(response) => response,
        None if answer.status >= 400 => &description["components"]["responses"]["Problem"],
        None => return vec![format!("the status {}: {}", answer.status, answer.text())],
    };
    let media_type = answer.header("content-type");
    let media_type = media_type.split(';').next().unwrap_or_default();
    if answer.body.is_empty() && response.get("content").is_none() {
        return Vec::new();
    }
    let Some(content) = response["content"].get(media_type) else {
        return vec![format!("the media type {media_type}")];
    };
    match content.get("schema") {
        Some(schema) => faults(description, schema, &answer.json()),
        None => Vec::new(),
    }
}

#[test]
fn every_example_is_answered_as_the_description_says() {
    let description = description();
    let mut asked = 0;
    for (path, method, operation) in operations(&description) {
        if method != "get" {
            continue;
        }
        for all in [false, true] {
            let address = address(&path, &operation, all);
            let answer = five().get(&address, "*/*");
            let faults = undescribed(&description, &operation, &answer);
            let described = operation["responses"].as_object().expect("responses").keys().next().expect("one");
            let expected = match operation.get("security") {
                Some(_) => "401",
                None if path == "/store" && !all => "400",
                None => described.as_str(),
            };
            assert!(answer.status.to_string() == expected, "{address}: {}", answer.text());
            assert!(faults.is_empty(), "{address}: {faults:#?}");
            asked += 1;
        }
    }
    assert!(asked > 80, "{asked}");
}

#[test]
fn what_goes_wrong_is_described_too() {
    let description = description();
    let problem = &description["components"]["schemas"]["Problem"];
    for path in ["/api/v1/search", "/api/v1/lineage?work=39号", "/api/v1/queries/what-cites?x=1", "/api/v1/nothing"] {
        let answer = five().get(path, "*/*");
        assert!(answer.status >= 400, "{path}");
        let faults = faults(&description, problem, &answer.json());
        assert!(faults.is_empty(), "{path}: {faults:#?}");
    }
}

#[test]
fn every_format_that_is_described_is_sent_when_it_is_asked_for() {
    let description = description();
    for (path, method, operation) in operations(&description) {
        // Graphs and tables of /sparql go with different queries; the named queries are written by one function.
        let is_like_others = path.starts_with("/api/v1/queries/") && !path.ends_with("/what-cites");
        if method != "get" || path == "/sparql" || is_like_others {
            continue;
        }
        let content = operation["responses"]["200"]["content"].as_object().cloned().unwrap_or_default();
        if content.len() < 2 || path.starts_with("/ontology/") || path == "/dump" {
            continue;
        }
        for media_type in content.keys().filter(|name| !name.contains("html")) {
            let answer = five().get(&address(&path, &operation, true).replace("&format=", ""), media_type);
            assert_eq!(answer.status, 200, "{path} {media_type}: {}", answer.text());
            let sent = answer.header("content-type");
            assert_eq!(sent.split(';').next(), Some(media_type.as_str()), "{path}");
        }
    }
}

#[test]
fn every_value_that_is_listed_is_taken_and_no_other() {
    let description = description();
    let mut tried = 0;
    for (path, method, operation) in operations(&description) {
        // The named queries have their parameters from one table; of the formats of /sparql some are for other queries.
        let is_like_others = path.starts_with("/api/v1/queries/") && !path.ends_with("/what-cites");
        if method != "get" || operation.get("security").is_some() || is_like_others {
            continue;
        }
        let usual = address(&path, &operation, true);
        for parameter in operation["parameters"].as_array().expect("parameters") {
            let (name, schema) = (parameter["name"].as_str().expect("a name"), &parameter["schema"]);
            let Some(values) = schema["enum"].as_array().or_else(|| schema["items"]["enum"].as_array()) else {
                continue;
            };
            if path == "/sparql" {
                continue;
            }
            let rest: Vec<&str> =
                usual.split(['?', '&']).filter(|part| !part.starts_with(&format!("{name}="))).collect();
            let with = |value: &str| five().get(&format!("{}?{}&{name}={value}", rest[0], rest[1..].join("&")), "*/*");
            for value in values.iter().filter_map(Value::as_str) {
                let answer = with(value);
                assert!(answer.status < 400, "{path} {name}={value}: {}", answer.text());
                tried += 1;
            }
            // Where a name leads is what looks at the format.
            if path != "/id" {
                assert!([400, 406].contains(&with("nothing-like-it").status), "{path} {name}");
            }
        }
    }
    assert!(tried > 40, "{tried}");
}

#[test]
fn a_token_is_said_to_be_needed_where_it_is_and_only_there() {
    let description = description();
    let security = |path: &str, method: &str| description["paths"][path][method]["security"].clone();
    let (never, partly, always) = (Value::Null, json!([{}, { "bearer": [] }]), json!([{ "bearer": [] }]));
    for (path, method, needed) in [
        ("/sparql", "get", &never),
        ("/sparql", "post", &partly),
        ("/store", "get", &never),
        ("/store", "put", &always),
        ("/api/v1/audit", "get", &always),
    ] {
        assert_eq!(&security(path, method), needed, "{method} {path}");
    }
}

#[test]
fn every_route_below_api_is_described_and_every_described_route_exists() {
    let described: BTreeSet<String> = operations(&description()).into_iter().map(|(path, ..)| path).collect();
    let source = fs::read_to_string(root().join("src/serve/mod.rs")).expect("the router");
    let routes: BTreeSet<&str> = source.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(routes.len() > 20, "{routes:?}");
    for route in &routes {
        let for_programs = route.starts_with("/api/") && *route != "/api/v1/queries/{name}";
        assert!(!for_programs || described.contains(*route), "{route} is not described");
    }
    for path in &described {
        let is_routed = routes.contains(path.as_str())
            || path.starts_with("/api/v1/queries/") && routes.contains("/api/v1/queries/{name}")
            || path.starts_with("/doc/") && routes.contains("/doc/{*path}");
        assert!(is_routed, "{path} is no route");
    }
}

#[test]
fn operations_have_names_of_their_own_and_references_lead_somewhere() {
    let description = description();
    let ids: Vec<String> = operations(&description).iter().map(|(.., it)| it["operationId"].to_string()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    let text = description.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(description.pointer(reference).is_some(), "{reference}");
    }
    let schemas = description["components"]["schemas"].as_object().expect("schemas");
    for name in schemas.keys() {
        assert!(text.contains(&format!("#/components/schemas/{name}\"")), "nothing has the shape {name}");
    }
}
