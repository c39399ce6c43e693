//! SPARQL 1.1 Graph Store HTTP Protocol: <https://www.w3.org/TR/sparql11-http-rdf-update/>. A graph is named by
//! `?graph=IRI` or `?default`, or by its own address below `/store/`.

use super::{
    documents::{offer, with_charset},
    error::{ApiError, Fault},
    job::Job,
    negotiate,
    params::Params,
    sparql::limit,
    state::AppState,
    stream, upload,
    who::Who,
};
use crate::query::{DocumentError, ResultFormat, delete_graph, fill_graph, write_graph};
use axum::{
    extract::{OriginalUri, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use oxrdf::{GraphName, NamedNode};
use std::time::Duration;
use uuid::Uuid;

/// Every method of the graph store.
pub(super) async fn graph_store(
    State(state): State<AppState>,
    who: Who,
    OriginalUri(uri): OriginalUri,
    request: Request,
) -> Result<Response, ApiError> {
    let params = Params::parse(uri.query().unwrap_or_default())?;
    let headers = request.headers().clone();
    let graph = graph(&state, &uri, &params, &headers)?;
    let limit = limit(&state, &params)?;
    let method = request.method().clone();
    if matches!(method, Method::PUT | Method::POST | Method::DELETE) {
        who.may_write(&state)?;
    }
    match method {
        Method::GET | Method::HEAD => get(&state, graph.ok_or_else(unnamed)?, &params, &headers).await,
        Method::PUT => put(&state, who, graph.ok_or_else(unnamed)?, limit, request).await,
        Method::POST => match graph {
            Some(graph) => put(&state, who, graph, limit, request).await,
            None => create(&state, who, limit, request).await,
        },
        Method::DELETE => delete(&state, who, graph.ok_or_else(unnamed)?, limit).await,
        _ => {
            let detail = format!("{method}：图用 GET、HEAD、PUT、POST、DELETE。 A graph takes these methods.");
            let mut response = ApiError::new(Fault::MethodNotAllowed, detail).into_response();
            let allowed = HeaderValue::from_static("GET, HEAD, PUT, POST, DELETE");
            response.headers_mut().insert(header::ALLOW, allowed);
            Ok(response)
        }
    }
}

fn unnamed() -> ApiError {
    let detail = "没有说明是哪个图；请加 ?graph=IRI 或 ?default。 Which graph? Add ?graph=IRI or ?default.";
    ApiError::new(Fault::BadRequest, detail)
}

/// The graph that a request means; `None` where it names none.
fn graph(state: &AppState, uri: &Uri, params: &Params, headers: &HeaderMap) -> Result<Option<GraphName>, ApiError> {
    let named: Vec<&str> = params.all("graph").collect();
    let is_default = params.all("default").next().is_some();
    let address = uri.path().strip_prefix("/store/").filter(|rest| !rest.is_empty());
    match (named.as_slice(), is_default, address) {
        ([], false, None) => Ok(None),
        ([], true, None) => Ok(Some(GraphName::DefaultGraph)),
        ([], false, Some(_)) => node(&format!("{}{}", state.iris().base(), uri.path())).map(Some),
        ([iri], false, None) => node(&own(state, iri, headers)).map(Some),
        _ => {
            let detail = "只能指明一个图：?graph=IRI、?default 或其地址，三者之一。 Name one graph, in one way.";
            Err(ApiError::new(Fault::BadRequest, detail))
        }
    }
}

fn node(iri: &str) -> Result<GraphName, ApiError> {
    let wrong =
        |error| ApiError::new(Fault::BadRequest, format!("graph={iri}：不是绝对 IRI。 No absolute IRI: {error}"));
    Ok(NamedNode::new(iri).map_err(wrong)?.into())
}

/// A graph's address on this host is its name below the store's base, wherever the store is served.
fn own(state: &AppState, iri: &str, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let path = host.and_then(|host| {
        let rest = iri.strip_prefix("http://").or_else(|| iri.strip_prefix("https://"))?.strip_prefix(host)?;
        rest.starts_with("/store/").then_some(rest)
    });
    path.map_or_else(|| iri.to_owned(), |path| format!("{}{path}", state.iris().base()))
}

/// A graph that may be written.
fn writable(state: &AppState, graph: &GraphName) -> Result<(), ApiError> {
    match graph {
        GraphName::NamedNode(name) if state.store().is_layer(name.as_str()) => {
            let detail = format!(
                "{name}：各层图由入库与裁定维护，不能直接写。 Ingest and decisions maintain the layers; write to a graph of your own."
            );
            Err(ApiError::new(Fault::Layer, detail))
        }
        _ => Ok(()),
    }
}

fn absent(graph: &GraphName) -> ApiError {
    ApiError::new(Fault::NotFound, format!("没有图 {graph}。 There is no such graph."))
}

async fn get(state: &AppState, graph: GraphName, params: &Params, headers: &HeaderMap) -> Result<Response, ApiError> {
    let (media_type, name) = offer(negotiate::GRAPH_ONLY, params, headers)?;
    let Some(format) = ResultFormat::parse(name) else {
        return Err(ApiError::new(Fault::NotAcceptable, format!("没有格式 (no format) {name}")));
    };
    let work = move |state: &AppState, pipe: &mut stream::Pipe| -> Result<(), ApiError> {
        if !state.store().has_graph(&graph)? {
            return Err(absent(&graph));
        }
        pipe.media_type(&with_charset(media_type));
        Ok(write_graph(state.store(), &graph, format, &mut *pipe)?)
    };
    let mut response = stream::copy(state, Job::named("graph"), work).await?;
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

/// Adds what was sent to a graph (POST), or replaces it (PUT).
async fn put(
    state: &AppState,
    who: Who,
    graph: GraphName,
    limit: Duration,
    request: Request,
) -> Result<Response, ApiError> {
    writable(state, &graph)?;
    let base = match &graph {
        GraphName::NamedNode(name) => name.as_str().to_owned(),
        _ => format!("{}/", state.iris().base()),
    };
    let anew = request.method() == Method::PUT;
    let documents = upload::documents(state, request).await?;
    stream::in_turn(state, Job::named("graph-update"), limit, move |state| {
        let action = if anew { "put" } else { "post" };
        who.noting(state, (action, &graph.to_string()), || {
            let triples = documents.into_iter().flat_map(|document| document.triples(&base));
            let is_new = fill_graph(state.store(), &graph, triples, anew)?;
            Ok(if is_new { StatusCode::CREATED } else { StatusCode::NO_CONTENT }.into_response())
        })
    })
    .await
}

/// Makes a graph of what was sent, under a name of our choice.
async fn create(state: &AppState, who: Who, limit: Duration, request: Request) -> Result<Response, ApiError> {
    let location = format!("/store/{}", Uuid::now_v7());
    let graph = node(&format!("{}{location}", state.iris().base()))?;
    let mut response = put(state, who, graph, limit, request).await?;
    let location = HeaderValue::from_str(&location).map_err(|error| ApiError::new(Fault::Failed, error.to_string()))?;
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}

async fn delete(state: &AppState, who: Who, graph: GraphName, limit: Duration) -> Result<Response, ApiError> {
    writable(state, &graph)?;
    stream::in_turn(state, Job::named("graph-update"), limit, move |state| {
        who.noting(state, ("delete", &graph.to_string()), || {
            let was_there = delete_graph(state.store(), &graph)?;
            if was_there { Ok(StatusCode::NO_CONTENT.into_response()) } else { Err(absent(&graph)) }
        })
    })
    .await
}

impl From<DocumentError> for ApiError {
    fn from(error: DocumentError) -> Self {
        let fault = match &error {
            DocumentError::MediaType(_) => Fault::MediaType,
            DocumentError::Syntax { .. } => Fault::DocumentSyntax,
            DocumentError::Read(_) => Fault::BadRequest,
        };
        Self::new(fault, error.to_string())
    }
}
