//! `/id?q=…` and `/id?title=…`: from what somebody knows of a thing to its IRI.

use super::{
    address::{node_at, page_of, path_of, query_value},
    documents::accept,
    error::{ApiError, Fault},
    facts::node,
    negotiate::wants_page,
    pages,
    params::Params,
    reconcile::{EntityKind, FoundEntity},
    state::AppState,
};
use crate::lineage::{Found, Hit};
use axum::{
    Json,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde::Serialize;

/// Choices that are offered at most.
const CHOICES: usize = 50;

/// Things that are offered for what is not found.
const NEAR: usize = 8;

/// Among several things that words may mean, one.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Choice {
    pub(super) iri: String,
    /// work, agency, region.
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) label: String,
    /// What tells it apart.
    pub(super) description: String,
    /// Where it is dereferenced.
    pub(super) href: String,
}

#[derive(Serialize)]
struct Ambiguous {
    query: String,
    total: usize,
    choices: Vec<Choice>,
}

/// `q` is a number in any bracket style or a part of one, a title or a part of one, the name of an agency or a region,
/// or an IRI; `title` is a whole title. 303 to the one that is meant, 300 with the choices, or 404 with what is near.
pub(super) async fn resolve(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let params = Params::parse(query.as_deref().unwrap_or_default())?;
    let (words, is_title) = match (params.get("title"), params.get("q")) {
        (Some(title), None) => (title.to_owned(), true),
        (None, Some(words)) => (words.to_owned(), false),
        _ => {
            let detail = "给出 q(文号、标题、机关、地区或 IRI)或 title(标题)之一。 Give either q (a number, title, agency, region or IRI) or title.";
            return Err(ApiError::new(Fault::BadRequest, detail));
        }
    };
    let format = params.get("format").map(str::to_owned);
    let is_page = wants_page(accept(&headers).as_deref());
    let mut response = state
        .read(move |state| {
            if let Some(path) = iri(state, &words)?.filter(|_| !is_title) {
                return to(&path, format.as_deref());
            }
            let mut found = meant(state, &words, is_title)?;
            match found.as_slice() {
                [] => {
                    let detail = format!("没有叫作“{words}”的。 Nothing is called so.");
                    let mut error = ApiError::new(Fault::NotFound, detail);
                    error.near = near(state, &words);
                    Err(error)
                }
                [one] => to(&one.href, format.as_deref()),
                _ => {
                    let total = found.len();
                    found.truncate(CHOICES);
                    let status = StatusCode::MULTIPLE_CHOICES;
                    Ok(if is_page {
                        (status, pages::html(pages::choices(&words, total, &found))).into_response()
                    } else {
                        (status, Json(Ambiguous { query: words, total, choices: found })).into_response()
                    })
                }
            }
        })
        .await?;
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

fn to(path: &str, format: Option<&str>) -> Result<Response, ApiError> {
    let path = format.map_or_else(|| path.to_owned(), |format| format!("{path}?format={}", query_value(format)));
    let location = HeaderValue::from_str(&path).map_err(|error| ApiError::new(Fault::Failed, error.to_string()))?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response())
}

/// The path of an IRI of ours that the store knows, raw or percent-encoded.
fn iri(state: &AppState, words: &str) -> Result<Option<String>, ApiError> {
    let Some(path) = words.trim().strip_prefix(state.iris().base()) else { return Ok(None) };
    let node =
        path.strip_prefix("/id/").or_else(|| path.strip_prefix('/')).and_then(|rest| node_at(state.iris(), rest));
    let Some(node) = node else { return Ok(None) };
    Ok(node::exists(state, &node)?.then(|| path_of(state.iris(), node.as_str())).flatten())
}

/// What words mean: the whole name of an agency or a region; else what they mean among works.
fn meant(state: &AppState, words: &str, is_title: bool) -> Result<Vec<Choice>, ApiError> {
    let entities = state.entities()?;
    if is_title {
        let hits = state.lineage().titled(words);
        return Ok(hits.into_iter().map(|hit| choice_of(state, entities.own(hit))).collect());
    }
    let named = entities.named(words);
    if !named.is_empty() {
        return Ok(named.iter().map(|entity| choice(state, entity)).collect());
    }
    Ok(match state.lineage().find(words) {
        Found::One(hit) => vec![choice_of(state, entities.own(hit))],
        Found::Several(hits) => hits.into_iter().map(|hit| choice_of(state, entities.own(hit))).collect(),
        Found::None(_) => Vec::new(),
    })
}

fn choice(state: &AppState, entity: &FoundEntity) -> Choice {
    Choice {
        iri: entity.iri.as_str().to_owned(),
        kind: entity.kind.id(),
        label: entity.name.clone(),
        description: entity.about.clone(),
        href: path_of(state.iris(), entity.iri.as_str()).unwrap_or_default(),
    }
}

fn choice_of(state: &AppState, hit: Hit) -> Choice {
    choice(state, &FoundEntity::work(state, hit))
}

/// What comes near to words: the path of its page, and what it is called.
pub(super) fn near(state: &AppState, words: &str) -> Vec<(String, String)> {
    // Who is told what is not there can do without what may be.
    let Ok(entities) = state.entities() else { return Vec::new() };
    let near = entities.candidates(state, words, &EntityKind::USUAL).into_iter();
    let named = |entity: FoundEntity| {
        let page = page_of(state.iris(), entity.iri.as_str())?;
        let about =
            if entity.kind == EntityKind::Work { entity.about.split(" · ").next().unwrap_or_default() } else { "" };
        let number = Some(about).filter(|about| about.ends_with('号')).map(|number| format!(" {number}"));
        Some((page, format!("{}{}", entity.name, number.unwrap_or_default())))
    };
    near.filter_map(named).take(NEAR).collect()
}
