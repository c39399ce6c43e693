//! Decisions over HTTP, for who has a token of the role reviewer; and what only an admin sees: the bytes of sources,
//! with all that is masked elsewhere, and the log of writes.

use super::{
    error::{ApiError, Fault},
    params::Params,
    reviewer::Decision,
    state::AppState,
    who::Who,
};
use crate::{
    access::{Noted, Role, now},
    query::select,
    review::{self, Verdict},
};
use axum::{
    Json,
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use oxrdf::NamedNode;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::VecDeque;

const DECISIONS: &str = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
    SELECT ?d ?kind ?s ?p ?o ?quote ?reason ?by ?at { GRAPH ?_decisions { ?d a ?kind ; zm:decidedAt ?at ; zm:reason ?reason .
    OPTIONAL { ?d rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } OPTIONAL { ?d zm:quote ?quote }
    OPTIONAL { ?d zm:decidedBy ?by } } } ORDER BY ?at ?d";

/// What is sent to decide.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    claim: String,
    decision: Verb,
    #[serde(default)]
    reason: String,
    /// Also every other claim that states the same.
    #[serde(default)]
    all: bool,
}

#[derive(Clone, Copy, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Verb {
    Reject,
    Accept,
}

/// `GET /api/v1/review/decisions`: all that stand.
pub(super) async fn list(State(state): State<AppState>) -> Result<Response, ApiError> {
    let list = move |state: &AppState| {
        let layer = state.iris().layer("decisions");
        let rows = select(state.store(), DECISIONS, &[("_decisions", layer.into())])?;
        let decision = |row: &crate::query::Row| {
            let text = |name| Some(row.text(name)).filter(|text| !text.is_empty()).map(str::to_owned);
            json!({
                "id": row.text("d").rsplit('/').next(), "kind": row.text("kind").rsplit('#').next(),
                "subject": text("s"), "predicate": text("p"), "object": text("o"), "quote": text("quote"),
                "reason": text("reason"), "by": text("by"), "at": text("at"),
            })
        };
        Ok(Json(json!({ "decisions": rows.iter().map(decision).collect::<Vec<_>>() })).into_response())
    };
    state.read(list).await
}

/// `POST /api/v1/review/decisions`: that a claim or a link does not hold (`reject`), or that it does after all
/// (`accept`: what rejects it is withdrawn).
pub(super) async fn decide(State(state): State<AppState>, who: Who, body: Bytes) -> Result<Response, ApiError> {
    who.may_change(&state, Role::Reviewer)?;
    let wrong = |error: String| ApiError::new(Fault::BadRequest, error);
    let wanted: Wanted = serde_json::from_slice(&body).map_err(|error| {
        wrong(format!("应为 JSON：claim、decision（reject 或 accept）、reason。 JSON with these members: {error}"))
    })?;
    if wanted.decision == Verb::Reject && wanted.reason.trim().is_empty() {
        return Err(wrong("否决须写明理由 reason。 A rejection needs a reason.".to_owned()));
    }
    let path = wanted.claim.strip_prefix('/').map(|path| format!("{}/{path}", state.iris().base()));
    let claim = NamedNode::new(path.unwrap_or(wanted.claim)).map_err(|error| wrong(format!("claim: {error}")))?;
    let (asked, all, verb) = (claim.clone(), wanted.all, wanted.decision);
    let mut claims = vec![claim.clone()];
    if verb == Verb::Reject && all {
        claims.extend(state.read(move |state| Ok(review::others_for_the_same(state.store(), &asked)?)).await?);
    }
    let mut decided = Vec::new();
    match verb {
        Verb::Reject => {
            for claim in claims {
                let id = uuid::Uuid::now_v7().to_string();
                let verdict =
                    Verdict { id: id.clone(), reason: wanted.reason.clone(), by: who.id().to_owned(), at: now() };
                let what = claim.as_str().to_owned();
                made(&state, &who, ("reject", &what), Decision::Reject(claim, verdict)).await?;
                decided.push(id);
            }
        }
        Verb::Accept => {
            let ids = state.read(move |state| Ok(review::rejections_of(state.store(), &claim)?)).await?;
            for id in ids {
                made(&state, &who, ("withdraw", &id), Decision::Withdraw(id.clone())).await?;
                decided.push(id);
            }
        }
    }
    let (status, name) = match verb {
        Verb::Reject => (StatusCode::CREATED, "decided"),
        Verb::Accept => (StatusCode::OK, "withdrawn"),
    };
    Ok((status, Json(json!({ name: decided }))).into_response())
}

/// `DELETE /api/v1/review/decisions/{id}`: takes a decision back.
pub(super) async fn withdraw(
    State(state): State<AppState>,
    who: Who,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    who.may_change(&state, Role::Reviewer)?;
    made(&state, &who, ("withdraw", &id), Decision::Withdraw(id.clone())).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Makes a decision and notes it, whatever came of it.
async fn made(state: &AppState, who: &Who, what: (&str, &str), decision: Decision) -> Result<(), ApiError> {
    let done = state.decide(decision).await;
    let status = done.as_ref().map_or_else(|error| error.fault.status(), |()| StatusCode::OK);
    who.note(state, what, status)?;
    done
}

/// `GET /api/v1/sources/{sha256}`: the bytes of a source, as they came.
pub(super) async fn source(
    State(state): State<AppState>,
    who: Who,
    Path(sha256): Path<String>,
) -> Result<Response, ApiError> {
    who.may(Role::Admin)?;
    let is_hash = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
    let absent = || ApiError::new(Fault::NotFound, format!("没有存这个来源的字节：{sha256}。 Its bytes are not kept."));
    if !is_hash {
        return Err(absent());
    }
    let wanted = sha256.to_ascii_lowercase();
    let bytes = state.read(move |state| Ok(state.store().bytes(&wanted)?)).await?.ok_or_else(absent)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment")),
    ];
    Ok((headers, bytes).into_response())
}

/// `GET /api/v1/audit`: the last lines of the log of writes.
pub(super) async fn audit(
    State(state): State<AppState>,
    who: Who,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    who.may(Role::Admin)?;
    let last = Params::parse(query.as_deref().unwrap_or_default())?.number("last", 100, 10_000)?;
    let read = move |state: &AppState| {
        let failed = |error: crate::access::AccessError| ApiError::new(Fault::Failed, error.to_string());
        let mut lines: VecDeque<Noted> = VecDeque::new();
        for noted in state.access().noted().map_err(failed)?.flatten() {
            lines.push_back(noted);
            if lines.len() > last {
                lines.pop_front();
            }
        }
        let body: Value = json!({ "entries": lines });
        Ok(([(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"))], Json(body)).into_response())
    };
    state.read(read).await
}
