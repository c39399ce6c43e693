//! Our IRIs dereference: `/id/…` names a thing and leads to `/doc/…`, which tells of it in several formats.

use super::{
    address::{encoded, node_at, page_of, path_of, query_value, readable},
    error::{ApiError, Fault},
    facts::{agency, citations, claims, fields, links, measures, node, open, text},
    job::Job,
    negotiate::{self, Offer},
    pages::{self, Shown, Source, Work},
    params::Params,
    state::AppState,
    stream,
    terms::local,
};
use crate::{
    lineage::{Direction, PolicyId, Relations, Scope},
    query::{Dataset, ResultFormat, evaluate, write_results},
};
use axum::{
    extract::{OriginalUri, RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::Markup;
use oxrdf::NamedNode;

/// What a request asks for, by `?format=` or its Accept header.
///
/// # Errors
/// When there is no such format.
pub(super) fn offer(offers: &'static [Offer], params: &Params, headers: &HeaderMap) -> Result<Offer, ApiError> {
    let known = || {
        let mut names: Vec<&str> = offers.iter().map(|(_, name)| *name).collect();
        names.sort_unstable();
        names.dedup();
        names.join(" ")
    };
    if let Some(name) = params.get("format") {
        let detail = || format!("没有格式 {name}；可用 (known): {}", known());
        return negotiate::named(offers, name).ok_or_else(|| ApiError::new(Fault::NotAcceptable, detail()));
    }
    let accept = accept(headers);
    let detail = || format!("Accept: {}；可用 (known): {}", accept.clone().unwrap_or_default(), known());
    negotiate::choose(offers, accept.as_deref()).ok_or_else(|| ApiError::new(Fault::NotAcceptable, detail()))
}

/// The Accept headers as one.
pub(super) fn accept(headers: &HeaderMap) -> Option<String> {
    let all: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    (!all.is_empty()).then(|| all.join(","))
}

/// A media type, with the charset where a reader could guess another.
pub(super) fn with_charset(media_type: &str) -> String {
    if media_type.starts_with("text/") { format!("{media_type}; charset=utf-8") } else { media_type.to_owned() }
}

/// `/id/…` and `/graph/…`: 303 to the document about the thing. A work that is known by its number too has moved
/// to that: 301.
pub(super) async fn id(State(state): State<AppState>, OriginalUri(uri): OriginalUri) -> Result<Response, ApiError> {
    let path = uri.path();
    let rest = path.strip_prefix("/id/").unwrap_or_else(|| path.trim_start_matches('/')).to_owned();
    let node = existing(&state, &rest).await?;
    let (node, own) = state.read(move |state| Ok((node.clone(), number_of(state, &node)?))).await?;
    let (status, path) = match own {
        Some(own) => (StatusCode::MOVED_PERMANENTLY, path_of(state.iris(), own.as_str())),
        None => (StatusCode::SEE_OTHER, page_of(state.iris(), node.as_str())),
    };
    let path = path.unwrap_or_default();
    let location = uri.query().map_or_else(|| path.clone(), |query| format!("{path}?{}", encoded(query)));
    let location = HeaderValue::from_str(&location).map_err(|error| ApiError::new(Fault::Failed, error.to_string()))?;
    Ok((status, [(header::LOCATION, location), (header::VARY, HeaderValue::from_static("Accept"))]).into_response())
}

/// The work by number that a work by title is another name of.
fn number_of(state: &AppState, node: &NamedNode) -> Result<Option<NamedNode>, ApiError> {
    let Some(hit) = state.lineage().work(node) else { return Ok(None) };
    let own = state.entities()?.own(hit);
    Ok((own != hit).then(|| state.lineage().member(own).iri.clone()))
}

/// `/doc/…`: what is known of the thing.
pub(super) async fn doc(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let rest = uri.path().strip_prefix("/doc/").unwrap_or_default().to_owned();
    let params = Params::parse(query.as_deref().unwrap_or_default())?;
    let (_, format) = offer(negotiate::DOCUMENT, &params, &headers)?;
    let node = existing(&state, &rest).await?;
    let mut response = if let Some(format) = ResultFormat::parse(format) {
        describe(&state, node, format).await?
    } else {
        let path = format!("/doc/{rest}");
        state.read(move |state| Ok(pages::html(page(state, &node, &path)?).into_response())).await?
    };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

/// The node of a path, if the store knows it.
async fn existing(state: &AppState, rest: &str) -> Result<NamedNode, ApiError> {
    let rest = rest.to_owned();
    state
        .read(move |state| {
            if let Some(node) = node_at(state.iris(), &rest)
                && node::exists(state, &node)?
            {
                return Ok(node);
            }
            let words = readable(&rest);
            let mut error = ApiError::new(Fault::NotFound, format!("库中没有 {words}。 The store does not know it."));
            error.near = candidates(state, &words);
            Err(error)
        })
        .await
}

/// Works near to what a path seems to mean: path and name.
pub(super) fn candidates(state: &AppState, path: &str) -> Vec<(String, String)> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let words = match parts.as_slice() {
        [.., "num", code, year, serial] => format!("{code}〔{year}〕{serial}号"),
        [.., last] => (*last).to_owned(),
        [] => String::new(),
    };
    super::resolve::near(state, &words)
}

/// The triples about a node in all layers, and what the things in them are called.
async fn describe(state: &AppState, node: NamedNode, format: ResultFormat) -> Result<Response, ApiError> {
    // Of a graph, where its contents are.
    let is_graph = node.as_str().strip_prefix(state.iris().base()).is_some_and(|path| path.starts_with("/graph/"));
    let contents = is_graph.then(|| {
        let store = state.iris().at(&format!("/store?graph={}", query_value(node.as_str())));
        format!("UNION {{ BIND ({node} AS ?s) BIND (<http://rdfs.org/ns/void#dataDump> AS ?p) BIND ({store} AS ?o) BIND (2 AS ?n) }}")
    });
    let query = format!(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SELECT DISTINCT ?s ?p ?o {{
            {{ {node} ?p ?o . BIND ({node} AS ?s) BIND (0 AS ?n) }}
            UNION {{ {node} ?x ?s . ?s skos:prefLabel ?o . BIND (skos:prefLabel AS ?p) BIND (1 AS ?n) }} {} }} ORDER BY ?n ?s ?p ?o }}",
        contents.unwrap_or_default()
    );
    let work = move |state: &AppState, pipe: &mut stream::Pipe| -> Result<(), ApiError> {
        let results = evaluate(state.store(), &query, &Dataset::default())?;
        pipe.media_type(&with_charset(format.media_type()));
        Ok(write_results(results, format, &mut *pipe)?)
    };
    stream::query(state, Job::named("document"), state.settings().query_timeout, work).await
}

/// The page about a node, by what it is.
fn page(state: &AppState, node: &NamedNode, path: &str) -> Result<Markup, ApiError> {
    let kind =
        node.as_str().strip_prefix(state.iris().base()).and_then(|path| path.split('/').nth(2)).unwrap_or_default();
    let is_item = node.as_str().contains("/item/");
    Ok(match kind {
        "work" => pages::work(state, &work(state, node)?, path),
        "policy" => match state.lineage().policy(node) {
            Some(policy) => pages::policy(state, &state.lineage()[policy], &relations(state, policy), path),
            None => any(state, node, path)?,
        },
        "source" => source(state, node, None, path)?,
        "text" if is_item => match measures::one(state, node)? {
            Some(measure) => pages::measure(state, &measure, path),
            None => any(state, node, path)?,
        },
        "text" => match text::one(state, node)? {
            Some(part) => source(state, &state.iris().source(&part.place.source), Some(&part), path)?,
            None => any(state, node, path)?,
        },
        "claim" | "link" | "decision" => match claims::one(state, node)? {
            Some(statement) => pages::statement(state, &statement, path),
            None => any(state, node, path)?,
        },
        "agency" => match agency::one(state, node)? {
            Some(agency) => pages::agency(state, node.as_str(), &agency, &measures::of_agency(state, node)?, path),
            None => any(state, node, path)?,
        },
        "region" => match agency::region(state, node)? {
            Some(region) => pages::region(state, node.as_str(), &region, path),
            None => any(state, node, path)?,
        },
        _ => any(state, node, path)?,
    })
}

fn any(state: &AppState, node: &NamedNode, path: &str) -> Result<Markup, ApiError> {
    let label = node::label(state, node)?;
    Ok(pages::any(state, &label, &node::triples(state, node)?, path))
}

fn work(state: &AppState, node: &NamedNode) -> Result<Work, ApiError> {
    let parts = text::of_work(state, node)?;
    let source = parts.first().map(|part| part.place.source.clone());
    let (plain, readings, metadata) = match &source {
        Some(sha256) => {
            // The publisher's block speaks of the first work of a file.
            let is_first = parts.first().is_some_and(|part| part.iri.ends_with("/0"));
            let block = if is_first { fields::metadata(state, &state.iris().source(sha256))? } else { Vec::new() };
            (text::plain(state, sha256)?, text::readings(state, sha256)?, block)
        }
        None => (String::new(), Vec::new(), Vec::new()),
    };
    let label = node::label(state, node)?;
    let cited_by = citations::of(state, node)?;
    let mut fields = fields::of_work(state, node)?;
    if parts.is_empty() {
        fields::as_cited(&mut fields, &label, cited_by.iter().flat_map(|citation| &citation.proofs).next());
    }
    Ok(Work {
        iri: node.as_str().to_owned(),
        label,
        is_held: !parts.is_empty(),
        fields,
        metadata,
        cites: citations::by(state, node)?,
        open: open::by(state, node)?,
        cited_by,
        links: links::of_work(state, node)?,
        measures: measures::of_work(state, node)?,
        targets: measures::targets_of_work(state, node)?,
        parts,
        plain,
        readings,
    })
}

fn source(state: &AppState, node: &NamedNode, one: Option<&text::TextPart>, path: &str) -> Result<Markup, ApiError> {
    let sha256 = local(node.as_str());
    let triples = node::triples(state, node)?;
    let value = |name: &str| {
        let found = triples.iter().find(|(property, _)| local(property) == name);
        match found.map(|(_, value)| value) {
            Some(fields::Value::Text(text)) => text.as_str(),
            _ => "",
        }
    };
    let plain = value("plainText");
    let shown = match one {
        Some(part) => Shown { source: sha256, start: part.place.start, end: part.place.end },
        None => Shown { source: sha256, start: 0, end: plain.chars().count() },
    };
    let metadata = if one.is_some() { Vec::new() } else { fields::metadata(state, node)? };
    let page = Source {
        sha256,
        file: value("fileName"),
        encoding: value("encoding"),
        characters: value("characters"),
        texts: &text::of_source(state, node)?,
        metadata: &metadata,
        plain,
        readings: &text::readings(state, sha256)?,
        shown,
    };
    Ok(pages::source(state, &page, one, path))
}

/// How a policy stands to others: relation, whether it is the one that cites, the other, whether that is held.
fn relations(state: &AppState, policy: PolicyId) -> Vec<(crate::model::Relation, bool, super::facts::Named, bool)> {
    let lineage = state.lineage();
    let scope = Scope { direction: Direction::Both, depth: 1, limit: usize::MAX, relations: Relations::all() };
    let edges = lineage.view(policy, scope).edges;
    let own = edges.iter().filter(|edge| edge.from == policy || edge.to == policy);
    let mut relations: Vec<_> = own
        .map(|edge| {
            let is_up = edge.from == policy;
            let other = &lineage[if is_up { edge.to } else { edge.from }];
            let named = super::facts::Named { iri: other.iri.as_str().to_owned(), label: other.label.clone() };
            (edge.relation, is_up, named, other.is_held)
        })
        .collect();
    relations.sort_by(|a, b| (a.0, &a.2.label).cmp(&(b.0, &b.2.label)));
    relations
}
