//! Finding: by words, numbers, names; lists of works.

use super::{
    address::lineage_of,
    error::ApiError,
    facts::{
        Named,
        works::{self, Filter, MeasureRecord, WorkRecord},
    },
    pages::{self, Results},
    params::Params,
    state::AppState,
};
use crate::lineage::{Found, Hit};
use axum::{
    Json,
    extract::{RawQuery, State},
    response::Html,
};
use serde::Serialize;
use std::collections::BTreeSet;

/// How many agencies, regions and measures are listed.
const LISTED: usize = 20;

/// Works on the page, and on a page of the API where nobody says otherwise.
const PAGE: usize = 50;

pub(super) async fn search(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Html<String>, ApiError> {
    let params = Params::parse(query.as_deref().unwrap_or_default())?;
    let offset = params.number("offset", 0, usize::MAX)?;
    let wanted = filter(&params);
    state.read(move |state| Ok(pages::html(pages::search(state, &find(state, wanted, offset)?)))).await
}

fn filter(params: &Params) -> Filter {
    let get = |name: &str| params.get(name).unwrap_or_default().trim().to_owned();
    Filter {
        words: get("q"),
        level: get("level"),
        status: get("status"),
        region: get("region"),
        kind: get("kind"),
        form: get("form"),
    }
}

fn find(state: &AppState, filter: Filter, offset: usize) -> Result<Results, ApiError> {
    let lineage = state.lineage();
    let words = filter.words.trim_matches(['《', '》', '"']).to_owned();
    let (meant, near) = match lineage.find(&filter.words) {
        _ if offset > 0 => (Vec::new(), Vec::new()),
        Found::One(hit) => (vec![hit], Vec::new()),
        Found::Several(hits) => (hits, Vec::new()),
        Found::None(near) => (Vec::new(), near),
    };
    let policies: BTreeSet<_> = meant.iter().map(|hit| hit.policy).collect();
    let conflict = lineage.possible().iter().any(|(one, other)| policies.contains(one) && policies.contains(other));
    let wanted = Filter { words: words.clone(), ..filter.clone() };
    let (found, total) = works::list(state, &wanted, PAGE, offset)?;
    let is_plain = words.chars().count() >= 2 && filter.level.is_empty() && filter.status.is_empty();
    let (agencies, regions, measures) = if is_plain && offset == 0 {
        (
            works::agencies(state, &words, LISTED)?,
            works::regions(state, &words, LISTED)?,
            works::measures(state, &words, LISTED)?,
        )
    } else {
        Default::default()
    };
    Ok(Results { filter, meant, near, conflict, works: found, total, offset, agencies, regions, measures })
}

#[derive(Serialize)]
struct Page {
    total: usize,
    limit: usize,
    offset: usize,
    works: Vec<WorkRecord>,
}

/// `/api/v1/works`: works by title, level, status, region, kind, form.
pub(super) async fn works(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<impl Serialize>, ApiError> {
    let params = Params::parse(query.as_deref().unwrap_or_default())?;
    let (limit, offset) = (params.number("limit", PAGE, 1000)?, params.number("offset", 0, usize::MAX)?);
    let wanted = filter(&params);
    state
        .read(move |state| {
            let (works, total) = works::list(state, &wanted, limit, offset)?;
            Ok(Json(Page { total, limit, offset, works }))
        })
        .await
}

#[derive(Serialize)]
struct Answer {
    query: String,
    /// one, several, none.
    found: &'static str,
    /// What the words mean.
    candidates: Vec<Candidate>,
    /// What is near, where they mean nothing.
    near: Vec<Candidate>,
    works: Vec<WorkRecord>,
    agencies: Vec<Thing>,
    regions: Vec<Thing>,
    measures: Vec<MeasureRecord>,
}

#[derive(Serialize)]
struct Candidate {
    iri: String,
    label: String,
    numbers: Vec<String>,
    status: &'static str,
    policy: String,
    /// Path of its lineage on this server.
    lineage: String,
}

#[derive(Serialize)]
struct Thing {
    iri: String,
    label: String,
}

/// `/api/v1/search`: what words mean, and what has them.
pub(super) async fn api(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<impl Serialize>, ApiError> {
    let params = Params::parse(query.as_deref().unwrap_or_default())?;
    let wanted = filter(&params);
    if wanted.words.is_empty() {
        let detail = "缺少参数 q:要找的字、文号或名称。 The parameter q is missing: words, a number or a name.";
        return Err(ApiError::new(super::error::Fault::BadRequest, detail));
    }
    state
        .read(move |state| {
            let results = find(state, wanted, 0)?;
            let found = match results.meant.len() {
                0 => "none",
                1 => "one",
                _ => "several",
            };
            let candidates = |hits: &[Hit]| hits.iter().map(|hit| candidate(state, *hit)).collect();
            let things =
                |named: Vec<Named>| named.into_iter().map(|Named { iri, label }| Thing { iri, label }).collect();
            Ok(Json(Answer {
                found,
                candidates: candidates(&results.meant),
                near: candidates(&results.near),
                query: results.filter.words,
                works: results.works,
                agencies: things(results.agencies),
                regions: things(results.regions),
                measures: results.measures,
            }))
        })
        .await
}

fn candidate(state: &AppState, hit: Hit) -> Candidate {
    let work = state.lineage().member(hit);
    Candidate {
        iri: work.iri.as_str().to_owned(),
        label: work.label.clone(),
        numbers: work.numbers.clone(),
        status: if work.is_held { "held" } else { "stub" },
        policy: state.lineage()[hit.policy].iri.as_str().to_owned(),
        lineage: lineage_of(state.iris(), work.iri.as_str()),
    }
}
