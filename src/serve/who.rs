//! Who asks, and what they may do: a bearer token (RFC 6750), or nobody in particular.

use super::{
    caller::Caller,
    error::{ApiError, Fault},
    rate::{self, Client, Standing},
    state::{AppState, Writing},
};
use crate::access::{Entry, Role};
use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderMap, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use std::{
    net::{IpAddr, SocketAddr},
    time::Instant,
};
use tower_http::request_id::RequestId;

/// Who asks.
#[derive(Clone, Debug, Default)]
pub(super) struct Who {
    /// The id of their token, and its role.
    token: Option<(String, Role)>,
    /// Whether the request comes from a page of another site, or under another name than this machine's.
    is_foreign: bool,
}

impl Who {
    /// What the log calls them.
    pub(super) fn id(&self) -> &str {
        self.token.as_ref().map_or("anybody", |(id, _)| id)
    }

    /// That they may do what a role may.
    ///
    /// # Errors
    /// Without a token, or where its role does not suffice.
    pub(super) fn may(&self, role: Role) -> Result<(), ApiError> {
        match &self.token {
            Some((_, own)) if *own >= role => Ok(()),
            Some((_, own)) => {
                let detail = format!("令牌的角色是 {own}，需要 {role}。 The token's role is {own}; this needs {role}.");
                Err(ApiError::new(Fault::Forbidden, detail))
            }
            None => {
                let detail = format!("需要角色为 {role} 的令牌。 This needs a token of the role {role}.");
                Err(ApiError::new(Fault::Unauthorized, detail))
            }
        }
    }

    /// That they may write graphs beside the layers.
    ///
    /// # Errors
    /// As [`may_change`](Self::may_change).
    pub(super) fn may_write(&self, state: &AppState) -> Result<(), ApiError> {
        self.may_change(state, Role::Writer)
    }

    /// That they may change what takes a role to change.
    ///
    /// # Errors
    /// When the service is read-only, or they may not.
    pub(super) fn may_change(&self, state: &AppState, role: Role) -> Result<(), ApiError> {
        match state.settings().writing {
            Writing::Never => {
                let detail = "此服务只读，不接受写入。 This service is read-only and accepts no writes.";
                Err(ApiError::new(Fault::ReadOnly, detail))
            }
            Writing::WithToken => self.may(role),
            Writing::Anybody if self.is_foreign => {
                let detail = "来自别的网站的页面，或不是本机地址。 From a page of another site, or not to an address of this machine.";
                Err(ApiError::new(Fault::Forbidden, detail))
            }
            Writing::Anybody => Ok(()),
        }
    }

    /// Writes and notes it in the log, whatever came of it.
    ///
    /// # Errors
    /// Those of `write`, and when the log can't be written.
    pub(super) fn noting(
        &self,
        state: &AppState,
        (action, what): (&str, &str),
        write: impl FnOnce() -> Result<Response, ApiError>,
    ) -> Result<Response, ApiError> {
        let done = write();
        let status = match &done {
            Ok(response) => response.status(),
            Err(error) => error.fault.status(),
        };
        let noted = self.note(state, (action, what), status);
        done.and_then(|response| noted.map(|()| response))
    }

    /// Notes in the log what they did.
    ///
    /// # Errors
    /// When the log can't be written.
    pub(super) fn note(
        &self,
        state: &AppState,
        (action, what): (&str, &str),
        status: StatusCode,
    ) -> Result<(), ApiError> {
        let entry = Entry { who: self.id(), via: "http", action, what, status: status.as_u16() };
        state.metrics().written(action, entry.status);
        let noted = state.access().note(entry);
        noted.map_err(|error| ApiError::new(Fault::Failed, format!("审计日志无法写入 (audit log): {error}")))
    }
}

impl<S: Sync> FromRequestParts<S> for Who {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get().cloned().unwrap_or_default())
    }
}

/// Finds out who asks and whether they may ask for more, before anything is done for them.
pub(super) async fn ask(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_open = matches!(path, "/healthz" | "/readyz" | "/problems") || path.starts_with("/assets/");
    let address = client(&state, &request).filter(|_| !is_open);
    let mut standing = None;
    let admitted = admit(&state, request.headers(), address, is_open, &mut standing);
    let mut response = match admitted {
        Ok((who, client)) => {
            let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
            let caller = Caller { request: id.unwrap_or_default().to_owned(), who: who.id().to_owned(), client };
            request.extensions_mut().insert(who);
            caller.scope(next.run(request)).await
        }
        Err(error) => error.into_response(),
    };
    for (name, value) in standing.into_iter().flat_map(|standing| state.rates().headers(standing)) {
        if let Some(value) = value {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Whose account a request without a token is charged to; nobody's where rates are not limited.
fn client(state: &AppState, request: &Request) -> Option<Client> {
    let settings = state.settings();
    let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    let address = rate::address(peer.ip(), &settings.proxies, request.headers());
    let is_limited = settings.rate > 0 && (settings.is_loopback_limited || !address.is_loopback());
    is_limited.then(|| Client::at(address))
}

/// Who asks, and whose account is charged.
fn admit(
    state: &AppState,
    headers: &HeaderMap,
    address: Option<Client>,
    is_open: bool,
    standing: &mut Option<Standing>,
) -> Result<(Who, Option<Client>), ApiError> {
    let now = Instant::now();
    let mut stand = |client: &Client| -> Result<(), ApiError> {
        let stands = state.rates().standing(client, now);
        *standing = Some(stands);
        state.rates().allow(stands)
    };
    if let Some(address) = address.as_ref() {
        stand(address)?;
    }
    let who = known(state, headers).inspect_err(|_| {
        if let Some(address) = &address {
            state.rates().charge(address, rate::WRONG_TOKEN, 0, now);
        }
    })?;
    if !state.settings().anonymous && !is_open {
        who.may(Role::Reader)?;
    }
    let own = who.token.as_ref().map(|(id, _)| Client::Token(id.clone()));
    let client = address.map(|address| own.unwrap_or(address));
    if let Some(client @ Client::Token(_)) = &client {
        stand(client)?;
    }
    if let Some(client) = &client {
        state.rates().charge(client, rate::REQUEST, 0, now);
    }
    Ok((who, client))
}

fn known(state: &AppState, headers: &HeaderMap) -> Result<Who, ApiError> {
    let is_foreign = is_foreign(headers);
    let Some(shown) = headers.get(header::AUTHORIZATION) else { return Ok(Who { token: None, is_foreign }) };
    let shown = shown.to_str().ok().and_then(|shown| shown.split_once(' '));
    let shown = shown.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| token.trim());
    let holder = match shown {
        Some(shown) => state.access().holder(shown).map_err(|error| ApiError::new(Fault::Failed, error.to_string()))?,
        None => None,
    };
    let holder = holder.ok_or_else(|| {
        let detail = "令牌不对，或已收回。 The token is wrong, or has been revoked.";
        ApiError::new(Fault::Unauthorized, detail)
    })?;
    Ok(Who { token: Some((holder.id, holder.role)), is_foreign })
}

/// Whether a request comes from a page of another site, or to a name that somebody else gave this machine.
fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST).unwrap_or_default();
    let origin = text(header::ORIGIN).map(|origin| origin.split_once("://").map_or(origin, |(_, host)| host));
    let name = host.rsplit_once(':').map_or(host, |(name, port)| if port.contains(']') { host } else { name });
    let name = name.trim_start_matches('[').trim_end_matches(']');
    let is_here = name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    !is_here || origin.is_some_and(|origin| origin != host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn pages_of_other_sites_and_other_names_of_this_machine_are_foreign() {
        for (host, origin, foreign) in [
            ("127.0.0.1:7979", None, false),
            ("localhost", None, false),
            ("[::1]:7979", None, false),
            ("[::1]", None, false),
            ("127.0.0.1:7979", Some("http://127.0.0.1:7979"), false),
            ("127.0.0.1:7979", Some("http://127.0.0.1:8080"), true),
            ("127.0.0.1:7979", Some("https://example.org"), true),
            ("127.0.0.1:7979", Some("null"), true),
            ("rebound.example.org:7979", None, true),
            ("192.0.2.1", None, true),
            ("", None, true),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            assert_eq!(is_foreign(&headers), foreign, "{host} {origin:?}");
        }
    }
}
