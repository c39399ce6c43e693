//! `/ontology`: our terms, for people and in RDF.

use super::{
    error::ApiError,
    negotiate::{accept, choose},
    pages,
    site::parameter,
    state::AppState,
    stream::typed,
};
use crate::{
    query::{Dataset, ResultFormat, evaluate, write_results},
    store::ONTOLOGY,
};
use axum::{
    body::Body,
    extract::{Path, RawQuery, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};

const FORMATS: [(&str, &str); 5] = [
    ("text/html", "html"),
    ("text/turtle", "turtle"),
    ("application/ld+json", "jsonld"),
    ("application/n-triples", "ntriples"),
    ("application/rdf+xml", "rdfxml"),
];
const CONTEXT: &str = include_str!("../../ontology/context.jsonld");

/// All terms, in the format that is wanted.
pub(super) async fn whole(State(state): State<AppState>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let accept = accept(&headers).map(str::to_owned);
    let answer = state.blocking(move |state, cancel| {
        let asked = parameter(query.as_deref(), "format")?;
        let chosen = match &asked {
            Some(asked) => FORMATS.iter().find(|(_, name)| name == asked),
            None => choose(accept.as_deref(), &FORMATS.map(|(media_type, _)| media_type))
                .and_then(|chosen| FORMATS.iter().find(|(media_type, _)| *media_type == chosen)),
        };
        let (media_type, name) = chosen.ok_or_else(|| ApiError::NotAcceptable("可用 (offered): html turtle jsonld ntriples rdfxml".into()))?;
        if *name == "html" {
            return Ok(pages::ontology(state.store())?.into_response());
        }
        let graph = state.store().iris().layer("ontology");
        let query = format!("CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}");
        let format = ResultFormat::parse(name).ok_or(ApiError::Internal)?;
        let mut bytes = Vec::new();
        write_results(evaluate(state.store(), &query, &Dataset::default(), cancel)?, format, &mut bytes)?;
        Ok(typed(media_type, Body::from(bytes)))
    });
    answer.await.unwrap_or_else(|error| error.answer(&headers))
}

/// One of the files, as it is: zhengmai.ttl, kinds.ttl, shapes.ttl, context.jsonld.
pub(super) async fn file(Path(file): Path<String>, headers: HeaderMap) -> Response {
    if file == "context.jsonld" {
        return typed("application/ld+json", Body::from(CONTEXT));
    }
    match ONTOLOGY.iter().find(|(name, _)| *name == file) {
        Some((_, text)) => typed("text/turtle", Body::from(*text)),
        None => {
            let names = ONTOLOGY.iter().map(|(name, _)| (format!("/ontology/{name}"), (*name).to_owned())).collect();
            ApiError::NotFound(format!("没有文件 (no file) {file}"), names).answer(&headers)
        }
    }
}
