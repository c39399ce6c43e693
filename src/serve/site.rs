//! The pages: what they need is gathered here, how they look is in [`pages`](super::pages).

use super::{
    error::ApiError,
    pages,
    sparql::pairs,
    state::AppState,
};
use crate::{
    lineage::{Direction, Found},
    model::segment,
};
use axum::{
    extract::{OriginalUri, RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use percent_encoding::percent_decode_str;

/// `/`
pub(super) async fn start(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let page = state.blocking(|state, _| Ok(pages::start(state.store(), state.lineage())?));
    page.await.map_or_else(|error| error.answer(&headers), IntoResponse::into_response)
}

/// `/search?q=`
pub(super) async fn search(State(state): State<AppState>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let page = state.blocking(move |state, _| {
        let wanted = parameter(query.as_deref(), "q")?.unwrap_or_default();
        Ok(pages::search(state.store(), state.lineage(), &wanted)?)
    });
    page.await.map_or_else(|error| error.answer(&headers), IntoResponse::into_response)
}

/// `/lineage/…`: the path of a policy or a work behind `/id/policy/` or `/id/work/`.
pub(super) async fn lineage(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let page = state.blocking(move |state, _| {
        let rest = uri.path().strip_prefix("/lineage/").unwrap_or_default();
        let decode = |part: &str| segment(&percent_decode_str(part).decode_utf8_lossy());
        let rest: Vec<String> = rest.split('/').map(decode).collect();
        let path = format!("/id/work/{}", rest.join("/"));
        let direction = match parameter(query.as_deref(), "direction")?.as_deref() {
            None | Some("both") => Direction::Both,
            Some("up") => Direction::Up,
            Some("down") => Direction::Down,
            Some(other) => return Err(ApiError::BadRequest(format!("direction 应为 up, down 或 both, 不是 {other}"))),
        };
        let depth = parameter(query.as_deref(), "depth")?.map_or(Ok(3), |depth| depth.parse());
        let depth = depth.ok().filter(|depth| (1..=9).contains(depth));
        let depth = depth.ok_or_else(|| ApiError::BadRequest("depth 应为 1 至 9 (from 1 to 9)".into()))?;
        match state.lineage().find(&path) {
            Found::One(hit) => Ok(pages::lineage(state.store(), state.lineage(), hit.policy, direction, depth)?),
            _ => Err(ApiError::NotFound(format!("库中没有 (not in the store) {path}"), Vec::new())),
        }
    });
    page.await.map_or_else(|error| error.answer(&headers), IntoResponse::into_response)
}

/// The first parameter of a name.
pub(super) fn parameter(query: Option<&str>, name: &str) -> Result<Option<String>, ApiError> {
    Ok(pairs(query.unwrap_or_default())?.into_iter().find(|(known, _)| known == name).map(|(_, value)| value))
}

/// `/style.css`
pub(super) async fn style() -> Response {
    let css = (header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"));
    ([css, (header::CACHE_CONTROL, HeaderValue::from_static("max-age=3600"))], pages::STYLE).into_response()
}

/// `/healthz`
pub(super) async fn health() -> &'static str {
    "ok\n"
}

/// Everything else.
pub(super) async fn nothing_here(OriginalUri(uri): OriginalUri, headers: HeaderMap) -> Response {
    let detail = format!("没有这个地址 (no such address): {}", uri.path());
    ApiError::NotFound(detail, vec![("/".to_owned(), "首页".to_owned())]).answer(&headers)
}
