//! The lineage of a work: a page, and JSON.

use super::{
    address::{lineage_of, node_at, readable},
    documents::candidates,
    error::{ApiError, Fault},
    pages,
    params::Params,
    state::AppState,
};
use crate::lineage::{Direction, Evidences, Found, PolicyId, Relations, Scope, View, evidence_of, render};
use axum::{
    extract::{OriginalUri, RawQuery, State},
    http::header,
    response::{Html, IntoResponse, Response},
};

/// Policies on the page, in each direction.
const DRAWN: usize = 40;

/// Policies in JSON, in each direction.
const LISTED: usize = 1000;

/// The page of a lineage.
pub(super) async fn page(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    RawQuery(query): RawQuery,
) -> Result<Html<String>, ApiError> {
    let params = Params::parse(query.as_deref().unwrap_or_default())?;
    let depth = params.number("depth", 2, 6)?;
    let direction = direction(&params)?;
    let rest = uri.path().strip_prefix("/lineage/").unwrap_or_default().to_owned();
    state
        .read(move |state| {
            let node = node_at(state.iris(), &rest);
            let policy = node.as_ref().and_then(|node| {
                let lineage = state.lineage();
                lineage.policy(node).or_else(|| lineage.work(node).map(|hit| hit.policy))
            });
            let Some(policy) = policy else { return Err(unknown(state, &readable(&rest))) };
            let scope = Scope { direction, depth, limit: DRAWN, relations: relations(&params)? };
            let (view, evidence) = view(state, policy, scope)?;
            Ok(pages::html(pages::lineage(state, &view, &evidence)))
        })
        .await
}

/// `/api/v1/lineage`: as JSON. `work` is an IRI, a number or a title.
pub(super) async fn api(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Response, ApiError> {
    let params = Params::parse(query.as_deref().unwrap_or_default())?;
    let (depth, limit) = (params.number("depth", 3, 100)?, params.number("limit", LISTED, LISTED)?);
    let direction = direction(&params)?;
    let Some(work) = params.get("work").map(str::to_owned) else {
        let detail =
            "缺少参数 work:一份文件的 IRI、文号或标题。 The parameter work is missing: an IRI, a number or a title.";
        return Err(ApiError::new(Fault::BadRequest, detail));
    };
    state
        .read(move |state| {
            let policy = policy_of(state, &work)?;
            let scope = Scope { direction, depth, limit, relations: relations(&params)? };
            let (view, evidence) = view(state, policy, scope)?;
            let scene = render::Scene { lineage: state.lineage(), view: &view, evidence: &evidence, unfold: true };
            let json = serde_json::to_vec(&render::record(scene))
                .map_err(|error| ApiError::new(Fault::Failed, error.to_string()))?;
            Ok(([(header::CONTENT_TYPE, "application/json")], json).into_response())
        })
        .await
}

/// The one policy that words mean: an IRI, a number or a title.
///
/// # Errors
/// When they mean none, or several; with candidates.
pub(super) fn policy_of(state: &AppState, work: &str) -> Result<PolicyId, ApiError> {
    match state.lineage().find(work) {
        Found::One(hit) => Ok(hit.policy),
        Found::Several(hits) => {
            let detail =
                format!("“{work}”有 {} 个候选，请指明一个。 Ambiguous: {} candidates.", hits.len(), hits.len());
            let mut error = ApiError::new(Fault::Ambiguous, detail);
            error.near = hits.iter().map(|hit| named(state, *hit)).collect();
            Err(error)
        }
        Found::None(_) => Err(unknown(state, work)),
    }
}

pub(super) fn view(state: &AppState, policy: PolicyId, scope: Scope) -> Result<(View, Evidences), ApiError> {
    let view = state.lineage().view(policy, scope);
    let evidence = evidence_of(state.store(), state.lineage(), &view)?;
    Ok((view, evidence))
}

fn named(state: &AppState, hit: crate::lineage::Hit) -> (String, String) {
    let work = state.lineage().member(hit);
    let number = work.numbers.first().map(|number| format!(" {number}")).unwrap_or_default();
    (lineage_of(state.iris(), work.iri.as_str()), format!("{}{number}", work.label))
}

fn unknown(state: &AppState, words: &str) -> ApiError {
    let mut error = ApiError::new(Fault::NotFound, format!("库中没有文件 {words}。 No such work."));
    error.near = candidates(state, words);
    error
}

fn direction(params: &Params) -> Result<Direction, ApiError> {
    match params.get("direction") {
        None | Some("both") => Ok(Direction::Both),
        Some("up") => Ok(Direction::Up),
        Some("down") => Ok(Direction::Down),
        Some(other) => {
            let detail =
                format!("参数 direction 应为 up、down 或 both,收到的是“{other}”。 direction must be up, down or both.");
            Err(ApiError::new(Fault::BadRequest, detail))
        }
    }
}

fn relations(params: &Params) -> Result<Relations, ApiError> {
    let relations = params.get("relations").map(str::parse).transpose();
    let relations = relations
        .map_err(|error: crate::lineage::ParseRelationsError| ApiError::new(Fault::BadRequest, error.to_string()))?;
    Ok(relations.unwrap_or_default())
}
