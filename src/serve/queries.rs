//! The files of `queries/` as REST: their parameters in the address, their rows in several formats, page by page.

use super::{
    address::query_value,
    documents::{offer, with_charset},
    error::{ApiError, Expected, Fault},
    job::Job,
    negotiate,
    params::{FARTHEST, Params},
    sparql,
    state::AppState,
    stream::{self, Pipe},
    values,
};
use crate::{
    exchange::{SheetError, write_xlsx},
    query::{CATALOGUE, NamedQuery, Page, ResultFormat, page},
};
use axum::{
    Json,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use serde::Serialize;
use serde_json::json;
use std::io::Write as _;

/// Rows on a page where nobody says otherwise.
pub(super) const ROWS: usize = 1000;

/// Rows on the longest page.
pub(super) const MOST_ROWS: usize = 10_000;

/// How pages follow each other, for those who read the description.
pub(super) const PAGING: &str =
    "还有下文时,next 与 Link 头给出下一页。 Where there is more, next and the Link header say where.";

/// The parameters that every query has beside its own: name and what it must be.
const COMMON: [(&str, &str); 4] =
    [("limit", "integer"), ("offset", "integer"), ("format", "rows|json|xml|csv|tsv|xlsx"), ("timeout", "seconds")];

/// A query in the list.
#[derive(Serialize)]
struct Listed {
    name: &'static str,
    summary: &'static str,
    description: &'static str,
    tags: Vec<&'static str>,
    parameters: Vec<Expected>,
    columns: Vec<String>,
    href: String,
}

#[derive(Serialize)]
struct List {
    queries: Vec<Listed>,
}

/// `/api/v1/queries`: what can be asked.
pub(super) async fn list(State(state): State<AppState>) -> Json<impl Serialize> {
    Json(listed(&state))
}

/// What can be asked.
pub(super) fn listed(state: &AppState) -> impl Serialize + use<> {
    let base = state.iris().base();
    let listed = |query: &'static NamedQuery| Listed {
        name: query.name,
        summary: query.summary(),
        description: query.description(),
        tags: query.tags(),
        parameters: parameters(query, base),
        columns: query.columns(),
        href: format!("/api/v1/queries/{}", query.name),
    };
    List { queries: CATALOGUE.iter().map(listed).collect() }
}

/// A query's own parameters.
fn parameters(query: &NamedQuery, base: &str) -> Vec<Expected> {
    let expected = |parameter: &crate::query::Parameter| Expected {
        name: parameter.name.clone(),
        kind: parameter.kind.name().to_owned(),
        default: NamedQuery::default_in(parameter, base),
    };
    query.parameters().iter().map(expected).collect()
}

/// `/api/v1/queries/NAME`: its answer.
pub(super) async fn one(
    State(state): State<AppState>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let asked = Asked::of(&state, &name, &Params::parse(query.as_deref().unwrap_or_default())?)?;
    let (media_type, format) = offer(negotiate::ROWS, &asked.params, &headers)?;
    let limit = sparql::limit(&state, &asked.params)?;
    let job = Job::on(&asked.text);
    let work = move |state: &AppState, pipe: &mut Pipe| -> Result<(), ApiError> {
        let page = page(state.store(), &asked.text, asked.limit, asked.offset)?;
        pipe.media_type(&with_charset(media_type));
        if !page.is_last {
            pipe.header(header::LINK, &format!("<{}>; rel=\"next\"", asked.next()));
        }
        if format == "xlsx" {
            let name = format!("attachment; filename=\"{}.xlsx\"", asked.query.name);
            pipe.header(header::CONTENT_DISPOSITION, &name);
        }
        asked.write(page, format, pipe)
    };
    let mut response = stream::query(&state, job, limit, work).await?;
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

/// A page that is asked for.
struct Asked {
    query: &'static NamedQuery,
    /// With its parameters bound as terms.
    text: String,
    params: Params,
    limit: usize,
    offset: usize,
}

impl Asked {
    fn of(state: &AppState, name: &str, params: &Params) -> Result<Self, ApiError> {
        let query = NamedQuery::find(name).ok_or_else(|| unknown(name))?;
        let base = state.iris().base();
        let wrong = |detail: String| ApiError {
            expected: parameters(query, base).into_iter().chain(common()).collect(),
            ..ApiError::new(Fault::Parameter, detail)
        };
        let is_common = |name: &str| COMMON.iter().any(|(common, _)| *common == name);
        let own: Vec<(String, String)> = params.pairs().iter().filter(|(name, _)| !is_common(name)).cloned().collect();
        let text = query.bound(&own, base).map_err(|error| wrong(error.to_string()))?;
        let most = MOST_ROWS.min(usize::try_from(state.settings().most_rows).unwrap_or(usize::MAX));
        let number = |name, default, most| params.number(name, default, most).map_err(|error| wrong(error.detail));
        let (limit, offset) = (number("limit", ROWS.min(most), most)?, number("offset", 0, FARTHEST)?);
        Ok(Self { query, text, params: params.clone(), limit, offset })
    }

    /// Where the next page is.
    fn next(&self) -> String {
        let kept = self.params.pairs().iter().filter(|(name, _)| name != "offset");
        let kept = kept.map(|(name, value)| format!("{}={}&", query_value(name), query_value(value)));
        let kept = kept.collect::<Vec<_>>().concat();
        format!("/api/v1/queries/{}?{kept}offset={}", self.query.name, self.offset + self.limit)
    }

    fn write(&self, page: Page, format: &str, pipe: &mut Pipe) -> Result<(), ApiError> {
        if let Some(format) = ResultFormat::parse(format) {
            return Ok(page.write(format, pipe)?);
        }
        let failed = |error: std::io::Error| ApiError::from(crate::query::QueryError::from(error));
        if format == "xlsx" {
            let rows = page.rows().map(|row| row.into_iter().map(values::cell).collect());
            let sheet = write_xlsx(&page.columns(), rows).map_err(|error| too_long(&error))?;
            return pipe.write_all(&sheet).map_err(failed);
        }
        let body = json!({
            "query": self.query.name,
            "columns": page.columns(),
            "rows": values::rows(&page),
            "limit": self.limit,
            "offset": self.offset,
            "next": (!page.is_last).then(|| self.next()),
        });
        serde_json::to_writer(&mut *pipe, &body).map_err(|error| failed(error.into()))
    }
}

fn common() -> impl Iterator<Item = Expected> {
    COMMON.into_iter().map(|(name, kind)| Expected { name: name.to_owned(), kind: kind.to_owned(), default: None })
}

fn too_long(error: &SheetError) -> ApiError {
    let fault = match error {
        SheetError::Rows | SheetError::Cell { .. } => Fault::TooLong,
        SheetError::Packing(_) | SheetError::Writing(_) => Fault::Failed,
    };
    ApiError::new(fault, error.to_string())
}

/// No such query: with those whose names share the most words with it.
pub(super) fn unknown(name: &str) -> ApiError {
    let words: Vec<&str> = name.split('-').collect();
    let shared = |query: &NamedQuery| query.name.split('-').filter(|word| words.contains(word)).count();
    let mut near: Vec<&NamedQuery> = CATALOGUE.iter().filter(|query| shared(query) > 1).collect();
    near.sort_by_key(|query| std::cmp::Reverse(shared(query)));
    let mut error = ApiError::new(
        Fault::NotFound,
        format!("没有现成的问题 {name}；见 /api/v1/queries。 No such named query; see /api/v1/queries."),
    );
    error.near = near
        .iter()
        .take(5)
        .map(|query| (format!("/api/v1/queries/{}", query.name), query.summary().to_owned()))
        .collect();
    error
}
