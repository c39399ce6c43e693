//! HTTP: pages for people, linked data, SPARQL and the graph store for programs.

mod address;
mod backup;
mod caller;
mod describe;
mod discovery;
mod documents;
mod dump;
mod error;
mod facts;
mod fragments;
mod fresh;
mod graph_store;
mod job;
mod lineage;
mod mcp;
mod metrics;
mod negotiate;
mod ontology;
mod openapi;
mod pages;
mod params;
mod queries;
mod ranges;
mod rate;
mod reconcile;
mod resolve;
mod review;
mod reviewer;
mod search;
mod sparql;
mod start;
mod state;
mod stream;
mod suggest;
mod terms;
mod threads;
mod turn;
mod upload;
mod values;
mod who;

pub use mcp::talk;
pub use state::{AppState, Settings, Writing};
pub use suggest::{Suggestion, conflicting_number, most_implemented};

use self::error::ApiError;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version, header},
    middleware,
    response::{Html, IntoResponse, Response},
    routing::{any, delete, get, post},
    serve::ListenerExt,
};
use std::{future::Future, io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::net::TcpListener;
use tower_http::{
    compression::{CompressionLayer, DefaultPredicate, Predicate as _},
    cors::{Any, CorsLayer},
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    set_header::SetResponseHeaderLayer,
    trace::TraceLayer,
};

/// How long work that is told to stop may take to do so.
const END: Duration = Duration::from_secs(1);

/// Scripts, styles and pictures from here only; no frames, no plug-ins.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Every route.
///
/// ```
/// use zhengmai::{serve::{AppState, Settings, router}, store::Store};
/// let store = Store::in_memory("http://127.0.0.1:7979")?;
/// let _service = router(AppState::new(store, Settings::default())?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn router(state: AppState) -> Router {
    // Pages of other sites may read what anybody may read, and use a token that they have; not where anybody may write.
    let is_open = state.settings().writing != Writing::Anybody;
    let origins = if is_open { CorsLayer::new().allow_origin(Any) } else { CorsLayer::new() };
    let methods = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE];
    let origins =
        origins.allow_methods(methods).allow_headers([header::ACCEPT, header::CONTENT_TYPE, header::AUTHORIZATION]);
    let shown =
        [header::ETAG, header::LOCATION, header::RETRY_AFTER, header::CONTENT_RANGE, header::CONTENT_DISPOSITION];
    let further = ["x-request-id", "ratelimit", "ratelimit-policy"].map(HeaderName::from_static);
    let origins = origins.expose_headers(shown.into_iter().chain(further).collect::<Vec<_>>());
    Router::new()
        .route("/", get(start::start))
        .route("/search", get(search::search))
        .route("/id", get(resolve::resolve))
        .route("/id/{*path}", get(documents::id))
        .route("/graph/{*path}", get(documents::id))
        .route("/doc/{*path}", get(documents::doc))
        .route("/lineage/{*path}", get(lineage::page))
        .route("/sparql", any(sparql::sparql))
        .route("/sparql/", any(sparql::sparql))
        .route("/store", any(graph_store::graph_store))
        .route("/store/", any(graph_store::graph_store))
        .route("/store/{*path}", any(graph_store::graph_store))
        .route("/api/v1/works", get(search::works))
        .route("/api/v1/search", get(search::api))
        .route("/api/v1/lineage", get(lineage::api))
        .route("/api/v1/review/decisions", get(review::list).post(review::decide))
        .route("/api/v1/review/decisions/{id}", delete(review::withdraw))
        .route("/api/v1/sources/{sha256}", get(review::source))
        .route("/api/v1/audit", get(review::audit))
        .route("/api/v1/queries", get(queries::list))
        .route("/api/v1/queries/{name}", get(queries::one))
        .route("/api/v1/admin/backup", post(backup::backup))
        .route("/mcp", post(mcp::post))
        .route("/ontology", get(ontology::ontology))
        .route("/ontology/{file}", get(ontology::file))
        .route("/reconcile", get(reconcile::reconcile).post(reconcile::reconcile))
        .route("/reconcile/suggest/{what}", get(reconcile::suggest))
        .route("/reconcile/flyout/{what}", get(reconcile::flyout))
        .route("/reconcile/properties", get(reconcile::propose))
        .route("/reconcile/preview", get(reconcile::preview))
        .route("/.well-known/void", get(discovery::void))
        .route("/.well-known/sparql-examples", get(discovery::examples))
        .route("/robots.txt", get(discovery::robots))
        .route("/sitemap.xml", get(discovery::sitemap))
        .route("/sitemap/{part}", get(discovery::sitemap_part))
        .route("/feed.atom", get(discovery::feed))
        .route("/fragments", get(fragments::fragments))
        .route("/openapi.json", get(openapi::openapi))
        .route("/dump", get(dump::dump))
        .route("/dumps", get(dump::dumps))
        .route("/problems", get(problems))
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/metrics", get(metrics::metrics))
        .route("/assets/style.css", get(async || asset("text/css; charset=utf-8", pages::STYLE)))
        .route("/assets/script.js", get(async || asset("text/javascript; charset=utf-8", pages::SCRIPT)))
        .route("/assets/icon.svg", get(async || asset("image/svg+xml", pages::ICON)))
        .layer(middleware::from_fn_with_state(state.clone(), fresh::fresh))
        .layer(middleware::from_fn_with_state(state.clone(), who::ask))
        .layer(middleware::from_fn_with_state(state.clone(), error::present))
        .layer(DefaultBodyLimit::max(state.settings().most_body))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_no_file)))
        .layer(origins)
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(POLICY),
        ))
        .layer(always(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(always(header::REFERRER_POLICY, "same-origin"))
        .layer(middleware::from_fn_with_state(state.clone(), metrics::measure))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .with_state(state)
}

/// Whether an answer may be compressed on its way: files have a tag for their very bytes.
fn is_no_file(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(header::ACCEPT_RANGES)
}

fn always(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}

/// Serves until `shutdown` resolves. No new request is taken then; those under way may end within
/// [`grace`](Settings::grace). What has not ended by then is told to stop: answers break off, updates are rolled back.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (ending, ended) = tokio::sync::oneshot::channel();
    let signal = async move {
        shutdown.await;
        // Nobody listens where the server has failed already.
        let _ = ending.send(());
    };
    let (turns, grace, most) = (Arc::clone(state.turns()), state.settings().grace, state.settings().most_memory);
    let memory = tokio::spawn(Arc::clone(&turns).watch_over(most));
    let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
    // The first piece of an answer is sent at once, and the next ones do not wait until the client has confirmed it.
    let listener = listener.tap_io(|stream| {
        // A stream that can't be told so is as good, only slower.
        let _ = stream.set_nodelay(true);
    });
    let server = axum::serve(listener, service).with_graceful_shutdown(signal);
    let overdue = async {
        if ended.await.is_ok() {
            tokio::time::sleep(grace).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    let result = tokio::select! {
        result = server.into_future() => result,
        () = overdue => {
            turns.stop(END).await;
            Ok(())
        }
    };
    memory.abort();
    result
}

/// Names a request in the log; not by its address, which may hold what somebody asks about.
fn span(request: &Request) -> tracing::Span {
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", id, method = %request.method(), path = request.uri().path())
}

/// Whether the store answers.
async fn readyz(State(state): State<AppState>) -> Result<&'static str, ApiError> {
    state.read(|state| Ok(state.store().has_layers().map(|_| "ready\n")?)).await
}

async fn healthz() -> &'static str {
    "ok\n"
}

async fn problems() -> Html<String> {
    pages::html(pages::problems())
}

fn asset(media_type: &'static str, content: &'static str) -> Response {
    // Their addresses change with them.
    let headers = [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    (headers, content).into_response()
}
