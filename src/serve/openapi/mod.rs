//! `/openapi.json`: the routes for programs in OpenAPI 3.1 (<https://spec.openapis.org/oas/v3.1.0>), out of the tables by
//! which they work: the formats that are negotiated, the catalogue of queries with its types, the kinds of failures.

mod guarded;
mod linked;
mod operations;
mod parameters;

use super::{
    error::{ApiError, Fault},
    negotiate::{self, Offer},
    queries,
    state::AppState,
};
use crate::query::{CATALOGUE, NamedQuery, Parameter, ParameterType};
use axum::{Json, extract::State, http::StatusCode};
use guarded::GUARDED;
use linked::LINKED;
use operations::{Body, OPERATIONS, Operation, Token};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The shapes of answers.
const SCHEMAS: &str = include_str!("schemas.json");

/// `/openapi.json`.
pub(super) async fn openapi(State(state): State<AppState>) -> Result<Json<Value>, ApiError> {
    let schemas: Value =
        serde_json::from_str(SCHEMAS).map_err(|error| ApiError::new(Fault::Failed, error.to_string()))?;
    let mut paths = Map::new();
    for operation in OPERATIONS.iter().chain(LINKED).chain(GUARDED) {
        add(&mut paths, operation.path, operation.method, described(operation));
    }
    for query in CATALOGUE {
        let path = format!("/api/v1/queries/{}", query.name);
        add(&mut paths, &path, "get", named(query, state.iris().base()));
    }
    Ok(Json(json!({
        "openapi": "3.1.0",
        "info": {
            "title": "政脉 zhengmai",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "中国政策文件的知识图谱 · A knowledge graph of Chinese policy documents",
            "description": "谁落实谁,凭哪一句。每个回答都带原文的出处。 Who implements whom, and on which sentence: every answer says where it stands.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": { "Problem": {
                "description": problems(),
                "headers": {
                    "X-Request-Id": { "$ref": "#/components/headers/RequestId" },
                    "Retry-After": { "description": "几秒后再来 · seconds", "schema": { "type": "integer" } },
                },
                "content": { "application/problem+json": { "schema": reference("Problem") } },
            } },
            "headers": { "RequestId": {
                "description": "这次请求在日志里的名字 · The request's name in the log",
                "required": true,
                "schema": { "type": "string" },
            } },
            "securitySchemes": { "bearer": {
                "type": "http", "scheme": "bearer",
                "description": "zhengmai token create",
            } },
        },
    })))
}

fn add(paths: &mut Map<String, Value>, path: &str, method: &str, described: Value) {
    if let Value::Object(item) = paths.entry(path.to_owned()).or_insert_with(|| json!({})) {
        item.insert(method.to_owned(), described);
    }
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

/// Every kind of failure, by its code.
fn problems() -> String {
    let line = |fault: &Fault| {
        format!("{} `{}` {} {}", fault.status().as_u16(), fault.code(), fault.chinese(), fault.english())
    };
    Fault::ALL.iter().map(line).collect::<Vec<_>>().join("; ")
}

fn described(operation: &Operation) -> Value {
    let mut described = json!({
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": operation.summary,
        "parameters": operation.parameters.iter().map(parameters::described).collect::<Vec<_>>(),
        "responses": responses(operation),
    });
    if let (Some(described), Some(body)) = (described.as_object_mut(), &operation.body) {
        let media_types =
            body.media_types.iter().map(|(name, schema)| ((*name).to_owned(), json!({ "schema": schema() })));
        let content: Map<String, Value> = media_types.collect();
        described.insert("requestBody".to_owned(), json!({ "required": body.is_required, "content": content }));
    }
    let security = match operation.token {
        Token::No => return described,
        Token::Partly => json!([{}, { "bearer": [] }]),
        Token::Needed => json!([{ "bearer": [] }]),
    };
    described["security"] = security;
    described
}

fn responses(operation: &Operation) -> Value {
    let usual = (operation.status, operation.answers);
    let answers = [usual].into_iter().chain(operation.also.iter().copied());
    all_responses(answers.map(|(status, answers)| (status, content(answers))))
}

/// Those of each status, and those of failures.
fn all_responses(answers: impl Iterator<Item = (u16, Map<String, Value>)>) -> Value {
    let mut responses = Map::new();
    for (status, content) in answers {
        let mut response = json!({
            "description": StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()),
            "headers": { "X-Request-Id": { "$ref": "#/components/headers/RequestId" } },
        });
        if status == 303 {
            response["headers"]["Location"] = json!({ "required": true, "schema": { "type": "string" } });
        }
        if !content.is_empty() {
            response["content"] = content.into();
        }
        responses.insert(status.to_string(), response);
    }
    responses.insert("default".to_owned(), json!({ "$ref": "#/components/responses/Problem" }));
    Value::Object(responses)
}

/// The media types of an answer, with the shape of those that have one.
fn content(answers: &[Body]) -> Map<String, Value> {
    let mut content = Map::new();
    for answer in answers {
        match answer {
            Body::Json(schema) => {
                content.insert("application/json".to_owned(), json!({ "schema": reference(schema) }));
            }
            Body::Offers(offers) => {
                content.extend(media_types(offers).into_iter().map(|name| (name.to_owned(), json!({}))));
            }
            Body::Plain(media_type) => {
                content.insert((*media_type).to_owned(), json!({}));
            }
        }
    }
    content
}

/// What is sent: of the media types that lead to one format, the first.
fn media_types(offers: &[Offer]) -> Vec<&'static str> {
    let mut known = BTreeSet::new();
    offers.iter().filter(|(_, format)| known.insert(*format)).map(|(media_type, _)| *media_type).collect()
}

/// A named query: its own parameters, and those of all.
fn named(query: &NamedQuery, base: &str) -> Value {
    let own = query.parameters();
    let own = own.iter().map(|parameter| own_parameter(parameter, base));
    let all: Vec<Value> = own.chain(parameters::OF_QUERIES.iter().map(parameters::described)).collect();
    let mut content = content(&[Body::Offers(negotiate::ROWS)]);
    let columns: Vec<String> = query.columns();
    let rows = json!({ "allOf": [reference("Rows"), { "properties": { "columns": { "const": columns } } }] });
    content.insert("application/json".to_owned(), json!({ "schema": rows }));
    json!({
        "operationId": query.name,
        "tags": ["queries"],
        "summary": query.summary(),
        "description": format!("{} {}", query.description(), queries::PAGING),
        "parameters": all,
        "responses": all_responses([(200, content)].into_iter()),
    })
}

fn own_parameter(parameter: &Parameter, base: &str) -> Value {
    let mut schema = match parameter.kind {
        ParameterType::Iri => json!({ "type": "string", "format": "iri" }),
        ParameterType::Text => json!({ "type": "string" }),
        ParameterType::Integer => json!({ "type": "integer", "format": "int64" }),
        ParameterType::Date => json!({ "type": "string", "format": "date" }),
    };
    let mut described = json!({
        "name": parameter.name,
        "in": "query",
        "description": format!("{}; 空值不限 (empty: any)", parameter.kind.words()),
        "allowEmptyValue": true,
    });
    if let (Some(default), Some(schema), Some(described)) =
        (NamedQuery::default_in(parameter, base), schema.as_object_mut(), described.as_object_mut())
    {
        let default = match parameter.kind {
            ParameterType::Integer => default.parse::<i64>().map_or(Value::Null, Value::from),
            _ => default.into(),
        };
        schema.insert("default".to_owned(), default.clone());
        described.insert("example".to_owned(), default);
    }
    described["schema"] = schema;
    described
}
