//! Figures for operators, in the text format of Prometheus.

use super::{
    error::{ApiError, Fault},
    state::AppState,
};
use axum::{
    extract::{MatchedPath, Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};
use std::{
    sync::atomic::AtomicU64,
    time::{Duration, Instant},
};

#[derive(Clone, Debug, EncodeLabelSet, Eq, Hash, PartialEq)]
struct Answered {
    route: String,
    method: String,
    status: u16,
}

#[derive(Clone, Debug, EncodeLabelSet, Eq, Hash, PartialEq)]
struct Routed {
    route: String,
}

#[derive(Clone, Debug, EncodeLabelSet, Eq, Hash, PartialEq)]
struct Ended {
    outcome: &'static str,
}

/// What is counted.
#[derive(Debug)]
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Routed, Histogram>,
    queries: Family<Ended, Counter>,
    query_seconds: Histogram,
    running: Gauge<u64, AtomicU64>,
    waiting: Gauge<u64, AtomicU64>,
    memory: Gauge<u64, AtomicU64>,
    commits: Gauge<u64, AtomicU64>,
}

/// From a thousandth of a second to about a minute.
fn durations() -> Histogram {
    Histogram::new(exponential_buckets(0.001, 3.0, 11))
}

impl Metrics {
    pub(super) fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("zhengmai"),
            requests: Family::default(),
            seconds: Family::new_with_constructor(durations),
            queries: Family::default(),
            query_seconds: durations(),
            running: Gauge::default(),
            waiting: Gauge::default(),
            memory: Gauge::default(),
            commits: Gauge::default(),
        };
        let registry = &mut metrics.registry;
        registry.register("http_requests", "Requests answered", metrics.requests.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Time until an answer begins",
            Unit::Seconds,
            metrics.seconds.clone(),
        );
        registry.register("queries", "Queries and updates, by how they ended", metrics.queries.clone());
        registry.register_with_unit(
            "query_duration",
            "Time of queries and updates",
            Unit::Seconds,
            metrics.query_seconds.clone(),
        );
        registry.register("queries_running", "Queries that run now", metrics.running.clone());
        registry.register("queries_waiting", "Queries that wait for their turn", metrics.waiting.clone());
        registry.register_with_unit("memory", "Memory of the process", Unit::Bytes, metrics.memory.clone());
        registry.register("store_commits", "Transactions since the start", metrics.commits.clone());
        metrics
    }

    /// A query or an update has ended.
    pub(super) fn ended(&self, took: Duration, error: Option<&ApiError>) {
        let outcome = error.map_or("done", |error| error.fault.code());
        self.queries.get_or_create(&Ended { outcome }).inc();
        self.query_seconds.observe(took.as_secs_f64());
    }
}

/// Counts and times a request.
pub(super) async fn measure(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    // Never the address itself: that would be a line for everything in the store.
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let method = request.method().as_str().to_owned();
    let response = next.run(request).await;
    let metrics = state.metrics();
    let status = response.status().as_u16();
    metrics.seconds.get_or_create(&Routed { route: route.clone() }).observe(began.elapsed().as_secs_f64());
    metrics.requests.get_or_create(&Answered { route, method, status }).inc();
    response
}

/// `/metrics`.
pub(super) async fn metrics(State(state): State<AppState>) -> Result<Response, ApiError> {
    let metrics = state.metrics();
    let (running, waiting) = state.turns().taken();
    metrics.running.set(running);
    metrics.waiting.set(waiting);
    metrics.memory.set(super::turn::memory());
    metrics.commits.set(state.store().commits());
    let mut text = String::new();
    encode(&mut text, &metrics.registry).map_err(|error| ApiError::new(Fault::Failed, error.to_string()))?;
    let media_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-store")], text).into_response())
}
