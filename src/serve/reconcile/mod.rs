//! 对齐 (reconciliation): names in somebody's table find their entities here, by the Reconciliation Service API 0.2
//! (<https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/>), as `OpenRefine` speaks it.

mod answer;
mod entities;
mod extend;
mod manifest;
mod preview;
mod properties;
mod queries;
mod suggest;

pub(super) use entities::{Entities, EntityKind, FoundEntity};
pub(super) use preview::preview;
pub(super) use properties::PROPERTIES;
pub(super) use queries::BATCH;
pub(super) use suggest::{flyout, propose, suggest};

use super::{
    error::{ApiError, Fault},
    params::Params,
    state::AppState,
};
use answer::Answer;
use axum::{
    body::Bytes,
    extract::{OriginalUri, State},
    http::{HeaderMap, header},
    response::Response,
};

/// `/reconcile`: the manifest, a batch of queries, or an extension with properties; by GET or by POST of a form.
pub(super) async fn reconcile(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let in_address = Params::parse(uri.query().unwrap_or_default())?;
    let params = form(&headers, &body)?.and(in_address);
    let answer = Answer::of(&params)?;
    if let Some(batch) = params.get("queries") {
        let batch = queries::parse(batch)?;
        return state.read(move |state| answer.with(&queries::answer(state, &batch)?)).await;
    }
    if let Some(wanted) = params.get("extend") {
        let wanted = extend::parse(wanted)?;
        return state.read(move |state| answer.with(&extend::answer(state, &wanted)?)).await;
    }
    answer.with(&manifest::manifest(&state, &headers))
}

/// The parameters of a form; none where nothing was sent.
fn form(headers: &HeaderMap, body: &Bytes) -> Result<Params, ApiError> {
    if body.is_empty() {
        return Ok(Params::default());
    }
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !content_type.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        let detail = format!(
            "Content-Type: {content_type}；应为 application/x-www-form-urlencoded。 It must be application/x-www-form-urlencoded."
        );
        return Err(ApiError::new(Fault::MediaType, detail));
    }
    let text = std::str::from_utf8(body).map_err(|_| bad("内容不是 UTF-8。 The body is not UTF-8."))?;
    Params::parse(text)
}

fn bad(detail: impl Into<String>) -> ApiError {
    ApiError::new(Fault::BadRequest, detail)
}
