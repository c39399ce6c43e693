//! Whether a client's copy still holds. An answer follows from the store, the address and the headers that it is
//! negotiated by; so its entity tag is a hash of these, and a copy is confirmed without asking the store.

use super::{
    address::origin,
    params::Params,
    state::{AppState, Writing},
};
use crate::model::sha256;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

/// Functions whose value is another each time.
const FLEETING: [&str; 6] = ["now", "rand", "uuid", "struuid", "bnode", "tz"];

/// Answers 304 where the client has it already; else says how to ask next time.
pub(super) async fn fresh(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let Some(tag) = is_read.then(|| tag(&state, request.uri(), request.headers())).flatten() else {
        return next.run(request).await;
    };
    let shown = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let offers = |known: &str| shown.as_ref().is_some_and(|shown| shown.split(',').any(|one| one.trim() == known));
    let mut has_it = offers(&tag);
    let mut response = if has_it { StatusCode::NOT_MODIFIED.into_response() } else { next.run(request).await };
    // Any copy holds where there is anything at all, which is seen when it is asked for.
    if offers("*") && response.status() == StatusCode::OK {
        has_it = true;
        response = StatusCode::NOT_MODIFIED.into_response();
    }
    if !matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED) {
        return response;
    }
    let headers = response.headers_mut();
    if headers.contains_key(header::CACHE_CONTROL) {
        return response;
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    let scope = if state.settings().anonymous { "no-cache" } else { "private, no-cache" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(scope));
    if has_it {
        headers.insert(header::VARY, HeaderValue::from_static("Accept, Accept-Encoding"));
    }
    response
}

/// The tag of an answer; none where it is another each time. Weak: compression does not count.
fn tag(state: &AppState, uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let path = uri.path();
    if matches!(path, "/healthz" | "/readyz" | "/metrics" | "/dump" | "/dumps" | "/api/v1/audit")
        || ["/assets/", "/api/v1/sources/"].iter().any(|prefix| path.starts_with(prefix))
    {
        return None;
    }
    let query = uri.query().unwrap_or_default();
    let text = Params::parse(query).ok()?.get("query").unwrap_or_default().to_ascii_lowercase();
    let mut calls = text.match_indices('(').map(|(at, _)| text[..at].trim_end());
    if calls.any(|before| FLEETING.iter().any(|name| before.ends_with(name))) {
        return None;
    }
    // What another service answers is another each time, too.
    if !state.settings().services.is_empty() && text.contains("service") {
        return None;
    }
    let accept: Vec<&[u8]> = headers.get_all(header::ACCEPT).iter().map(HeaderValue::as_bytes).collect();
    let origin = origin(headers);
    let edition = state.edition();
    let what = [edition.as_bytes(), path.as_bytes(), query.as_bytes(), origin.as_bytes(), &accept.join(&b","[..])];
    Some(format!("W/\"{}\"", &sha256(&what.join(&b"\n"[..]))[..32]))
}

impl AppState {
    /// What the store holds now, in a word: another one whenever anything has changed.
    fn edition(&self) -> String {
        match self.settings().writing {
            Writing::Never => self.opened().to_owned(),
            _ => format!("{} {} {}", self.opened(), self.store().commits(), self.readings()),
        }
    }
}
