//! Linked data: every IRI that we mint answers. `/id/…` names a thing and leads (303) to `/doc/…`, which
//! tells about it, for people or in RDF.

use super::{
    error::ApiError,
    negotiate::{accept, choose},
    pages,
    sparql::pairs,
    state::AppState,
    stream::typed,
};
use crate::{
    lineage::{Found, Hit, Lineage},
    model::segment,
    query::{Dataset, ResultFormat, bind, evaluate, write_results},
    store::Store,
};
use axum::{
    body::Body,
    extract::{OriginalUri, RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use oxigraph::model::NamedNode;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// The formats of a document, by media type and short name.
const FORMATS: [(&str, &str); 7] = [
    ("text/html", "html"),
    ("text/turtle", "turtle"),
    ("application/ld+json", "jsonld"),
    ("application/n-triples", "ntriples"),
    ("application/rdf+xml", "rdfxml"),
    ("application/n-quads", "nquads"),
    ("application/trig", "trig"),
];

/// What a header's value can't hold of a path.
const PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}');

/// What a document says: the triples about a thing, and the names of what they speak of.
const DESCRIBE: &str = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
    CONSTRUCT { ?_thing ?p ?o . ?o skos:prefLabel ?label . ?_thing skos:prefLabel ?own }
    WHERE { ?_thing ?p ?o . OPTIONAL { ?o skos:prefLabel ?label } OPTIONAL { ?_thing skos:prefLabel ?own } }";

/// The IRI that a request path below `/id/` or `/doc/` names: segments decoded, then encoded our way, so
/// that raw and encoded paths are one.
fn named(store: &Store, uri: &Uri) -> Result<NamedNode, ApiError> {
    let path = uri.path();
    let rest = path.strip_prefix("/id/").or_else(|| path.strip_prefix("/doc/")).unwrap_or_default();
    let segments: Result<Vec<String>, ApiError> = rest
        .split('/')
        .map(|part| {
            let decoded = percent_decode_str(part).decode_utf8();
            let decoded = decoded.map_err(|_| ApiError::BadRequest("路径不是 UTF-8 (the path must be UTF-8)".into()))?;
            Ok(segment(&decoded))
        })
        .collect();
    Ok(store.iris().at(&format!("/id/{}", segments?.join("/"))))
}

/// Whether the store says anything about a thing.
fn is_known(store: &Store, iri: &NamedNode) -> Result<bool, ApiError> {
    let failed = |error: oxigraph::store::StorageError| ApiError::Failed(error.to_string());
    let mut about = store.inner().quads_for_pattern(Some(iri.as_ref().into()), None, None, None);
    Ok(about.next().transpose().map_err(failed)?.is_some())
}

/// The path of the document about a thing, fit for a header.
pub(super) fn document_path(store: &Store, iri: &NamedNode) -> String {
    let path = iri.as_str().strip_prefix(store.iris().base()).unwrap_or(iri.as_str());
    utf8_percent_encode(&path.replacen("/id/", "/doc/", 1), PATH).to_string()
}

fn see(path: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(location) = HeaderValue::from_str(path) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
    response
}

/// `/id/…`: leads to the document.
pub(super) async fn see_other(State(state): State<AppState>, OriginalUri(uri): OriginalUri, headers: HeaderMap) -> Response {
    let answer = state.blocking(move |state, _| {
        let iri = named(state.store(), &uri)?;
        if !is_known(state.store(), &iri)? {
            return Err(unknown(state, &iri));
        }
        let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        Ok(see(&format!("{}{query}", document_path(state.store(), &iri))))
    });
    answer.await.unwrap_or_else(|error| error.answer(&headers))
}

fn unknown(state: &AppState, iri: &NamedNode) -> ApiError {
    let last = iri.as_str().rsplit('/').next().unwrap_or_default();
    let near = match state.lineage().find(&percent_decode_str(last).decode_utf8_lossy()) {
        Found::One(hit) => vec![hit],
        Found::Several(hits) | Found::None(hits) => hits,
    };
    ApiError::NotFound(format!("库中没有 (not in the store) {}", iri.as_str()), choices(state.store(), state.lineage(), &near))
}

fn choices(store: &Store, lineage: &Lineage, hits: &[Hit]) -> Vec<(String, String)> {
    let choice = |hit: &Hit| {
        let member = lineage.member(*hit);
        let numbers = member.numbers.join("、");
        (document_path(store, &member.iri), format!("{} {numbers}", member.label).trim().to_owned())
    };
    hits.iter().take(20).map(choice).collect()
}

/// `/id?q=` and `/id?title=`: the thing that words mean: 303, 300 with choices, or 404 with near ones.
pub(super) async fn find(State(state): State<AppState>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let answer = async {
        let wanted = pairs(query.as_deref().unwrap_or_default())?;
        let wanted = wanted.into_iter().find(|(name, _)| name == "q" || name == "title").map(|(_, value)| value);
        let Some(wanted) = wanted.filter(|wanted| !wanted.trim().is_empty()) else {
            return Err(ApiError::BadRequest("用 /id?q=国发[2023]15号 或 /id?title=… (give q or title)".into()));
        };
        match state.lineage().find(&wanted) {
            Found::One(hit) => Ok(see(&document_path(state.store(), &state.lineage().member(hit).iri))),
            Found::Several(hits) => {
                let choices = choices(state.store(), state.lineage(), &hits);
                let title = format!("“{wanted}”不止一份 (several works)");
                let page = pages::error(300, &title, "请选择 (choose one)", &choices);
                Ok((StatusCode::MULTIPLE_CHOICES, page).into_response())
            }
            Found::None(near) => Err(ApiError::NotFound(
                format!("没有“{wanted}” (no such work)"),
                choices(state.store(), state.lineage(), &near),
            )),
        }
    };
    answer.await.unwrap_or_else(|error: ApiError| error.answer(&headers))
}

/// `/doc/…`: the document, in the format that is wanted.
pub(super) async fn document(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let accept = accept(&headers).map(str::to_owned);
    let answer = state.blocking(move |state, cancel| {
        let format = format_for(query.as_deref(), accept.as_deref())?;
        let store = state.store();
        let iri = named(store, &uri)?;
        if !is_known(store, &iri)? {
            return Err(unknown(state, &iri));
        }
        if format == "html" {
            let page = pages::node(store, state.lineage(), &iri)?;
            return page.map(IntoResponse::into_response).ok_or_else(|| unknown(state, &iri));
        }
        let format = ResultFormat::parse(format).ok_or(ApiError::Internal)?;
        let text = bind(DESCRIBE, &[("_thing", iri.into())]);
        let mut bytes = Vec::new();
        write_results(evaluate(store, &text, &Dataset::default(), cancel)?, format, &mut bytes)?;
        Ok(typed(format.media_type(), Body::from(bytes)))
    });
    answer.await.unwrap_or_else(|error| error.answer(&headers))
}

fn format_for(query: Option<&str>, accept: Option<&str>) -> Result<&'static str, ApiError> {
    let names = || FORMATS.map(|(_, name)| name).join(" ");
    let asked = pairs(query.unwrap_or_default())?.into_iter().find(|(name, _)| name == "format").map(|(_, value)| value);
    if let Some(asked) = asked {
        let known = FORMATS.iter().find(|(_, name)| *name == asked).map(|(_, name)| *name);
        return known.ok_or_else(|| ApiError::NotAcceptable(format!("没有格式 {asked}; 可用 (offered): {}", names())));
    }
    let chosen = choose(accept, &FORMATS.map(|(media_type, _)| media_type));
    let chosen = chosen.ok_or_else(|| ApiError::NotAcceptable(format!("可用 (offered): {}", names())))?;
    FORMATS.iter().find(|(media_type, _)| *media_type == chosen).map(|(_, name)| *name).ok_or(ApiError::Internal)
}
