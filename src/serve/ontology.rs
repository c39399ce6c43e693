//! The ontology at its own address.

use super::{
    describe,
    error::{ApiError, Fault},
    job::Job,
    negotiate, pages,
    params::Params,
    state::AppState,
    stream,
};
use crate::{
    query::ResultFormat,
    store::{ONTOLOGY, ontology_quads},
};
use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};

/// The JSON-LD context.
const CONTEXT: &str = include_str!("../../ontology/context.jsonld");

/// The ontology: a page, or all of its files in one format.
pub(super) async fn ontology(
    State(state): State<AppState>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let params = Params::parse(query.as_deref().unwrap_or_default())?;
    let (_, format) = super::documents::offer(negotiate::DOCUMENT, &params, &headers)?;
    let mut response = match format {
        "html" => state.read(|state| Ok(pages::html(pages::ontology(state)).into_response())).await?,
        // As it was written, with its comments.
        "turtle" => {
            text("text/turtle; charset=utf-8", ONTOLOGY.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\n"))
        }
        _ => rdf(&state, format).await?,
    };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

async fn rdf(state: &AppState, format: &'static str) -> Result<Response, ApiError> {
    let format = ResultFormat::parse(format).ok_or_else(|| ApiError::new(Fault::NotAcceptable, format))?;
    stream::copy(state, Job::named("ontology"), move |state, pipe| {
        pipe.media_type(&super::documents::with_charset(format.media_type()));
        describe::written(ontology_quads(state.iris())?, format, pipe)
    })
    .await
}

/// One file of the ontology, as it was written.
pub(super) async fn file(Path(file): Path<String>) -> Result<Response, ApiError> {
    if file == "context.jsonld" {
        return Ok(text("application/ld+json", CONTEXT.to_owned()));
    }
    let known = ONTOLOGY.iter().find(|(name, _)| *name == file);
    let Some((_, content)) = known else {
        let names: Vec<&str> = ONTOLOGY.iter().map(|(name, _)| *name).chain(["context.jsonld"]).collect();
        let mut error = ApiError::new(Fault::NotFound, format!("本体没有文件 {file}。 The ontology has no such file."));
        error.near = names.iter().map(|name| (format!("/ontology/{name}"), (*name).to_owned())).collect();
        return Err(error);
    };
    Ok(text("text/turtle; charset=utf-8", (*content).to_owned()))
}

fn text(media_type: &'static str, content: String) -> Response {
    ([(header::CONTENT_TYPE, media_type)], content).into_response()
}
