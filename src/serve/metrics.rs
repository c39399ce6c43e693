//! Figures for operators, in the text format of Prometheus.

use super::{
    error::{ApiError, Fault},
    state::AppState,
};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{Method, header},
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
    kind: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, EncodeLabelSet, Eq, Hash, PartialEq)]
struct OfKind {
    kind: &'static str,
}

#[derive(Clone, Debug, EncodeLabelSet, Eq, Hash, PartialEq)]
struct Written {
    action: String,
    status: u16,
}

/// What is counted.
#[derive(Debug)]
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Routed, Histogram>,
    queries: Family<Ended, Counter>,
    query_seconds: Family<OfKind, Histogram>,
    waited: Histogram,
    writes: Family<Written, Counter>,
    running: Gauge<u64, AtomicU64>,
    waiting: Gauge<u64, AtomicU64>,
    memory: Gauge<u64, AtomicU64>,
    commits: Gauge<u64, AtomicU64>,
    store_bytes: Gauge<u64, AtomicU64>,
    sources: Gauge<u64, AtomicU64>,
    policies: Gauge<u64, AtomicU64>,
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
            query_seconds: Family::new_with_constructor(durations),
            waited: durations(),
            writes: Family::default(),
            running: Gauge::default(),
            waiting: Gauge::default(),
            memory: Gauge::default(),
            commits: Gauge::default(),
            store_bytes: Gauge::default(),
            sources: Gauge::default(),
            policies: Gauge::default(),
        };
        let registry = &mut metrics.registry;
        registry.register("http_requests", "Requests answered", metrics.requests.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Time until an answer begins",
            Unit::Seconds,
            metrics.seconds.clone(),
        );
        registry.register("queries", "Queries, updates and the like, by how they ended", metrics.queries.clone());
        registry.register_with_unit(
            "query_duration",
            "Time of queries, updates and the like",
            Unit::Seconds,
            metrics.query_seconds.clone(),
        );
        registry.register_with_unit(
            "query_wait",
            "Time until it is the turn of a query",
            Unit::Seconds,
            metrics.waited.clone(),
        );
        registry.register("writes", "Writes that were tried, by what was answered", metrics.writes.clone());
        registry.register("queries_running", "Queries that run now", metrics.running.clone());
        registry.register("queries_waiting", "Queries that wait for their turn", metrics.waiting.clone());
        registry.register_with_unit("memory", "Memory of the process", Unit::Bytes, metrics.memory.clone());
        registry.register("store_commits", "Transactions since the start", metrics.commits.clone());
        registry.register_with_unit("store_size", "The store on the disk", Unit::Bytes, metrics.store_bytes.clone());
        registry.register("store_sources", "Sources that were read in", metrics.sources.clone());
        registry.register("store_policies", "Policies that follow from them", metrics.policies.clone());
        metrics
    }

    /// A query, an update or the like has ended.
    pub(super) fn ended(&self, kind: &'static str, outcome: &'static str, took: Duration) {
        self.queries.get_or_create(&Ended { kind, outcome }).inc();
        self.query_seconds.get_or_create(&OfKind { kind }).observe(took.as_secs_f64());
    }

    /// It is the turn of a query, or none came.
    pub(super) fn waited(&self, took: Duration) {
        self.waited.observe(took.as_secs_f64());
    }

    /// Something was written, or refused.
    pub(super) fn written(&self, action: &str, status: u16) {
        self.writes.get_or_create(&Written { action: action.to_owned(), status }).inc();
    }
}

/// Counts and times a request.
pub(super) async fn measure(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    // Never the address itself: that would be a line for everything in the store.
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let method = known(request.method()).to_owned();
    let response = next.run(request).await;
    let metrics = state.metrics();
    let status = response.status().as_u16();
    metrics.seconds.get_or_create(&Routed { route: route.clone() }).observe(began.elapsed().as_secs_f64());
    metrics.requests.get_or_create(&Answered { route, method, status }).inc();
    response
}

/// The name of a method; clients may make up others, which would be a line each.
fn known(method: &Method) -> &str {
    let known = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS];
    if known.contains(method) { method.as_str() } else { "other" }
}

/// `/metrics`.
pub(super) async fn metrics(State(state): State<AppState>) -> Result<Response, ApiError> {
    let (bytes, sources) =
        state.read(|state| Ok((state.store().bytes_on_disk()?, state.store().sources()?.len() as u64))).await?;
    let metrics = state.metrics();
    let (running, waiting) = state.turns().taken();
    metrics.running.set(running);
    metrics.waiting.set(waiting);
    metrics.memory.set(super::turn::memory());
    metrics.commits.set(state.store().commits());
    metrics.store_bytes.set(bytes);
    metrics.sources.set(sources);
    metrics.policies.set(state.now().lineage().policies().count() as u64);
    let mut text = String::new();
    encode(&mut text, &metrics.registry).map_err(|error| ApiError::new(Fault::Failed, error.to_string()))?;
    let media_type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-store")], text).into_response())
}
