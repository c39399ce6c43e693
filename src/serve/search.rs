//! Finding: what words mean (a number, a title), and what has them; lists of works.

use super::{
    address::lineage_of,
    error::{ApiError, Fault},
    facts::{
        Named,
        facets::{self, Choices},
        works::{self, Filter, WorkRecord},
    },
    pages::{self, Results},
    params::{FARTHEST, Params},
    state::AppState,
};
use crate::{
    lineage::{Found, Hit},
    search::{self, Answer, Facet, Filters, Question, SearchError, Snippet, Wanted},
};
use axum::{
    Json,
    extract::{RawQuery, State},
    response::Html,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How many agencies, regions and measures are listed beside works.
const LISTED: usize = 20;

/// Results on the page, and on a page of the API where nobody says otherwise.
const PAGE: usize = 50;

/// Results on a page of the API at most.
const LARGEST_PAGE: usize = 1000;

impl From<SearchError> for ApiError {
    fn from(error: SearchError) -> Self {
        let fault = if error.is_of_the_question() { Fault::BadRequest } else { Fault::Failed };
        Self::new(fault, error.to_string())
    }
}

/// `/search`.
pub(super) async fn search(State(state): State<AppState>, RawQuery(query): RawQuery) -> Result<Html<String>, ApiError> {
    let question = question(&Params::parse(query.as_deref().unwrap_or_default())?, PAGE, PAGE)?;
    state.read(move |state| Ok(pages::html(pages::search(state, &find(state, question)?)))).await
}

fn question(params: &Params, page: usize, most: usize) -> Result<Question, ApiError> {
    let mut filters = Filters::default();
    for facet in Facet::ALL {
        for value in params.all(facet.name()).map(str::trim).filter(|value| !value.is_empty()) {
            filters.ask(facet, value)?;
        }
    }
    let wanted = match params.get("what") {
        None | Some("works") => Wanted::Works,
        Some("measures") => Wanted::Measures,
        Some(other) => {
            let detail = format!("what={other}：可用 works 或 measures。 It must be works or measures.");
            return Err(ApiError::new(Fault::BadRequest, detail));
        }
    };
    Ok(Question {
        text: params.get("q").unwrap_or_default().trim().to_owned(),
        filters,
        wanted,
        limit: params.number("limit", page, most)?,
        offset: params.number("offset", 0, FARTHEST)?,
    })
}

fn find(state: &AppState, question: Question) -> Result<Results, ApiError> {
    let lineage = state.lineage();
    let is_first = question.offset == 0 && question.filters.is_empty() && question.wanted == Wanted::Works;
    let (meant, near) = match lineage.find(&question.text) {
        _ if !is_first => (Vec::new(), Vec::new()),
        Found::One(hit) => (vec![hit], Vec::new()),
        Found::Several(hits) => (hits, Vec::new()),
        Found::None(near) => (Vec::new(), near),
    };
    let policies: BTreeSet<_> = meant.iter().map(|hit| hit.policy).collect();
    let conflict = lineage.possible().iter().any(|(one, other)| policies.contains(one) && policies.contains(other));
    let answer = state.search().find(&question)?;
    let facets = facets::choices(state.search(), &question.filters, &answer)?;
    let mut results = Results { meant, near, conflict, answer, facets, ..Results::default() };
    let words = question.text.trim_matches(['《', '》', '"']);
    if words.chars().count() >= 2 && question.wanted == Wanted::Works && question.offset == 0 {
        let measures = Question { wanted: Wanted::Measures, limit: LISTED, ..question.clone() };
        results.measures = state.search().find(&measures)?;
    }
    if is_first && words.chars().count() >= 2 {
        results.agencies = works::agencies(state, words, LISTED)?;
        results.regions = works::regions(state, words, LISTED)?;
    }
    results.question = question;
    Ok(results)
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
    let (limit, offset) = (params.number("limit", PAGE, LARGEST_PAGE)?, params.number("offset", 0, FARTHEST)?);
    let get = |name: &str| params.get(name).unwrap_or_default().trim().to_owned();
    let known = |facet: Facet| -> Result<String, ApiError> {
        let value = get(facet.name());
        if !value.is_empty() {
            Filters::default().ask(facet, &value)?;
        }
        Ok(value)
    };
    let wanted = Filter {
        words: get("q"),
        level: known(Facet::Level)?,
        status: known(Facet::Status)?,
        region: get("region"),
        kind: get("kind"),
        form: get("form"),
    };
    state
        .read(move |state| {
            let (works, total) = works::list(state, &wanted, limit, offset)?;
            Ok(Json(Page { total, limit, offset, works }))
        })
        .await
}

#[derive(Serialize)]
struct AnswerRecord {
    query: String,
    /// one, several, none.
    found: &'static str,
    /// What the words mean.
    candidates: Vec<Candidate>,
    /// What is near, where they mean nothing.
    near: Vec<Candidate>,
    total: usize,
    limit: usize,
    offset: usize,
    /// Whether nothing has all the words, and the works listed have titles with most of them.
    nearly: bool,
    facets: BTreeMap<&'static str, Choices>,
    works: Vec<WorkHit>,
    measures_total: usize,
    measures: Vec<MeasureHit>,
    agencies: Vec<Thing>,
    regions: Vec<Thing>,
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

#[derive(Serialize)]
struct WorkHit {
    #[serde(flatten)]
    work: WorkRecord,
    score: f32,
    /// What was looked for in the label: start and end in code points.
    marks: Vec<(usize, usize)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<SnippetRecord>,
}

#[derive(Serialize)]
struct MeasureHit {
    iri: String,
    path: String,
    quote: String,
    /// IRI of its document.
    work: String,
    /// Title of its document.
    work_label: String,
    score: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<SnippetRecord>,
}

/// A passage, and where it stands; in code points.
#[derive(Serialize)]
struct SnippetRecord {
    text: String,
    marks: Vec<(usize, usize)>,
    /// SHA-256 of the source.
    source: String,
    start: usize,
    end: usize,
}

/// `/api/v1/search`: what words mean, and what has them.
pub(super) async fn api(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<impl Serialize>, ApiError> {
    let question = question(&Params::parse(query.as_deref().unwrap_or_default())?, PAGE, LARGEST_PAGE)?;
    if question.text.is_empty() {
        let detail = "缺少参数 q:要找的字、文号或名称。 The parameter q is missing: words, a number or a name.";
        return Err(ApiError::new(Fault::BadRequest, detail));
    }
    state.read(move |state| Ok(Json(record(state, find(state, question)?)))).await
}

/// What words mean, and what has them: of the works that have them, so many.
pub(super) fn answer(state: &AppState, text: &str, limit: usize) -> Result<impl Serialize + use<>, ApiError> {
    let question = Question { text: text.to_owned(), limit, ..Question::default() };
    Ok(record(state, find(state, question)?))
}

fn record(state: &AppState, results: Results) -> AnswerRecord {
    let found = match results.meant.len() {
        0 => "none",
        1 => "one",
        _ => "several",
    };
    let candidates = |hits: &[Hit]| hits.iter().map(|hit| candidate(state, *hit)).collect();
    let things = |named: Vec<Named>| named.into_iter().map(|Named { iri, label }| Thing { iri, label }).collect();
    let wants_works = results.question.wanted == Wanted::Works;
    let (works, measures) =
        if wants_works { (results.answer, results.measures) } else { (Answer::default(), results.answer) };
    AnswerRecord {
        found,
        candidates: candidates(&results.meant),
        near: candidates(&results.near),
        query: results.question.text,
        total: works.total,
        limit: results.question.limit,
        offset: results.question.offset,
        nearly: works.is_nearly,
        facets: results.facets.into_iter().map(|choices| (choices.facet.name(), choices)).collect(),
        works: works.hits.into_iter().map(work_hit).collect(),
        measures_total: measures.total,
        measures: measures.hits.into_iter().filter_map(measure_hit).collect(),
        agencies: things(results.agencies),
        regions: things(results.regions),
    }
}

fn work_hit(hit: search::Hit) -> WorkHit {
    let search::Work { iri, label, numbers, level, is_held, regions, date, policy, .. } = hit.work;
    let work = WorkRecord {
        iri: iri.into_string(),
        label,
        number: numbers.into_iter().next().unwrap_or_default(),
        level,
        status: if is_held { "held" } else { "stub" }.to_owned(),
        region: regions.into_iter().next().unwrap_or_default(),
        date: date.unwrap_or_default(),
        policy: policy.map(oxrdf::NamedNode::into_string).unwrap_or_default(),
    };
    WorkHit { work, score: hit.score, marks: hit.marks, snippet: hit.snippet.map(snippet) }
}

fn measure_hit(hit: search::Hit) -> Option<MeasureHit> {
    let measure = hit.measure?;
    Some(MeasureHit {
        iri: measure.iri.into_string(),
        path: measure.path,
        quote: measure.text.text,
        work: hit.work.iri.into_string(),
        work_label: hit.work.label,
        score: hit.score,
        snippet: hit.snippet.map(snippet),
    })
}

fn snippet(snippet: Snippet) -> SnippetRecord {
    let Snippet { sha256, start, end, text, marks } = snippet;
    SnippetRecord { text, marks, source: sha256, start, end }
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
