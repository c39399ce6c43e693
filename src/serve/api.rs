//! `/api/v1`: JSON for programs.

use super::{error::ApiError, site::parameter, state::AppState};
use crate::{
    lineage::{Direction, Found, Hit, Scope, evidence_of, render},
    query::select,
};
use axum::{
    Json,
    extract::{RawQuery, State},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// The largest page of works.
const MOST_WORKS: usize = 1_000;

/// `/api/v1/works?status=held|stub&level=…&limit=&offset=`
pub(super) async fn works(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Response, ApiError> {
    let body = state.blocking(move |state, _| {
        let query = query.as_deref();
        let number = |name: &str, default: usize| match parameter(query, name)? {
            None => Ok(default),
            Some(text) => text.parse().map_err(|_| ApiError::BadRequest(format!("{name} 应为整数 (an integer): {text}"))),
        };
        let (limit, offset) = (number("limit", 100)?.min(MOST_WORKS), number("offset", 0)?);
        let word = |name: &str, known: &[&str]| match parameter(query, name)? {
            None => Ok(None),
            Some(text) if known.contains(&text.as_str()) => Ok(Some(text)),
            Some(text) => Err(ApiError::BadRequest(format!("{name} 应为 {} 之一, 不是 {text}", known.join(", ")))),
        };
        let status = word("status", &["held", "stub"])?;
        let level = word("level", &["international", "national", "province", "prefecture", "county", "unknownLevel"])?;
        let filter = |name: &str, value: Option<String>| value.map(|value| format!("?work zm:{name} zm:{value} .")).unwrap_or_default();
        let pattern = format!(
            "?work a zm:PolicyDocument ; zm:key ?key ; skos:prefLabel ?label ; zm:status ?status ; zm:level ?level ; zm:memberOf ?policy . {} {}",
            filter("status", status),
            filter("level", level)
        );
        let prefixes = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>";
        let rows = select(
            state.store(),
            &format!("{prefixes} SELECT ?work ?key ?label ?status ?level ?policy {{ {pattern} }} ORDER BY ?key LIMIT {limit} OFFSET {offset}"),
            &[],
        )?;
        let local = |iri: &str| iri.rsplit('#').next().unwrap_or_default().to_owned();
        let works: Vec<Value> = rows
            .iter()
            .map(|row| {
                json!({
                    "iri": row.text("work"), "key": row.text("key"), "label": row.text("label"),
                    "status": local(row.text("status")), "level": local(row.text("level")), "policy": row.text("policy"),
                })
            })
            .collect();
        Ok(json!({ "works": works, "limit": limit, "offset": offset }))
    });
    Ok(Json(body.await?).into_response())
}

/// `/api/v1/search?q=`
pub(super) async fn search(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Response, ApiError> {
    let wanted = parameter(query.as_deref(), "q")?.filter(|wanted| !wanted.trim().is_empty());
    let wanted = wanted.ok_or_else(|| ApiError::BadRequest("缺少参数 q (the parameter q is missing)".into()))?;
    let (outcome, hits) = match state.lineage().find(&wanted) {
        Found::One(hit) => ("one", vec![hit]),
        Found::Several(hits) => ("several", hits),
        Found::None(hits) => ("near", hits),
    };
    let hits: Vec<Value> = hits.iter().take(50).map(|hit| hit_json(&state, *hit)).collect();
    Ok(Json(json!({ "query": wanted, "outcome": outcome, "hits": hits })).into_response())
}

fn hit_json(state: &AppState, hit: Hit) -> Value {
    let member = state.lineage().member(hit);
    let policy = &state.lineage()[hit.policy];
    json!({
        "iri": member.iri.as_str(), "key": member.key, "label": member.label, "numbers": member.numbers,
        "held": member.is_held, "policy": policy.iri.as_str(),
    })
}

/// `/api/v1/lineage?work=&direction=up|down|both&depth=`
pub(super) async fn lineage(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Response, ApiError> {
    let body = state.blocking(move |state, _| {
        let query = query.as_deref();
        let wanted = parameter(query, "work")?.ok_or_else(|| ApiError::BadRequest("缺少参数 work (an IRI, a 文号 or a title)".into()))?;
        let direction = match parameter(query, "direction")?.as_deref() {
            None | Some("both") => Direction::Both,
            Some("up") => Direction::Up,
            Some("down") => Direction::Down,
            Some(other) => return Err(ApiError::BadRequest(format!("direction 应为 up, down 或 both, 不是 {other}"))),
        };
        let depth = parameter(query, "depth")?.map_or(Ok(3), |depth| depth.parse());
        let depth = depth.map_err(|_| ApiError::BadRequest("depth 应为整数 (an integer)".into()))?;
        let near = |hits: &[Hit]| {
            let path = |hit: &Hit| (state.lineage().member(*hit).iri.as_str().to_owned(), state.lineage().member(*hit).label.clone());
            hits.iter().take(20).map(path).collect()
        };
        let hit = match state.lineage().find(&wanted) {
            Found::One(hit) => hit,
            Found::Several(hits) => return Err(ApiError::NotFound(format!("“{wanted}”不止一份 (ambiguous)"), near(&hits))),
            Found::None(hits) => return Err(ApiError::NotFound(format!("没有“{wanted}” (no such work)"), near(&hits))),
        };
        let view = state.lineage().view(hit.policy, Scope { direction, depth, ..Scope::default() });
        let evidence = evidence_of(state.store(), state.lineage(), &view)?;
        let scene = render::Scene { lineage: state.lineage(), view: &view, evidence: &evidence, unfold: false };
        serde_json::to_value(render::record(scene)).map_err(|error| ApiError::Failed(error.to_string()))
    });
    Ok(Json(body.await?).into_response())
}
