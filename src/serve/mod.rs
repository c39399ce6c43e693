//! HTTP (axum): pages to read in, linked data, a SPARQL endpoint. Read-only.

mod api;
mod describe;
mod documents;
mod dump;
mod error;
mod negotiate;
mod ontology;
mod pages;
mod site;
mod sparql;
mod state;
mod stream;

pub use state::AppState;

use axum::{
    Router,
    http::{HeaderValue, header},
    routing::get,
};
use std::{future::Future, io};
use tokio::net::TcpListener;
use tower_http::{compression::CompressionLayer, set_header::SetResponseHeaderLayer, trace::TraceLayer};

/// What the browser may load: our own style sheet, nothing else, no script.
const CONTENT_SECURITY_POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// All routes on one page. HEAD is answered wherever GET is.
#[must_use]
pub fn router(state: AppState) -> Router {
    let routes = Router::new()
        .route("/", get(site::start))
        .route("/search", get(site::search))
        .route("/style.css", get(site::style))
        .route("/id", get(documents::find))
        .route("/id/{*path}", get(documents::see_other))
        .route("/doc/{*path}", get(documents::document))
        .route("/lineage/{*path}", get(site::lineage))
        .route("/sparql", get(sparql::by_get).post(sparql::by_post))
        .route("/api/v1/works", get(api::works))
        .route("/api/v1/search", get(api::search))
        .route("/api/v1/lineage", get(api::lineage))
        .route("/ontology", get(ontology::whole))
        .route("/ontology/{file}", get(ontology::file))
        .route("/dump", get(dump::whole))
        .route("/healthz", get(site::health))
        .fallback(site::nothing_here);
    let header = |name, value| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    routes
        .with_state(state)
        .layer(header(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "no-referrer"))
        .layer(header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .layer(CompressionLayer::new())
        .layer(TraceLayer::new_for_http())
}

/// Serves until `shutdown` is done; then open connections may finish.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, router(state)).with_graceful_shutdown(shutdown).await
}
