//! SPARQL 1.1 Protocol: <https://www.w3.org/TR/sparql11-protocol/>.

use super::{
    describe,
    error::ApiError,
    negotiate::{accept, choose, wants_html},
    pages,
    state::AppState,
    stream::streamed,
};
use crate::query::{Dataset, QueryError, ResultFormat, Row, evaluate, update, write_results};
use axum::{
    body::Bytes,
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use oxigraph::{model::NamedNode, sparql::QueryResults};
use percent_encoding::percent_decode_str;

const TABLES: [(&str, &str); 6] = [
    ("application/sparql-results+json", "json"),
    ("application/json", "json"),
    ("application/sparql-results+xml", "xml"),
    ("application/xml", "xml"),
    ("text/csv", "csv"),
    ("text/tab-separated-values", "tsv"),
];
const GRAPHS: [(&str, &str); 8] = [
    ("text/turtle", "turtle"),
    ("application/n-triples", "ntriples"),
    ("application/ld+json", "jsonld"),
    ("application/rdf+xml", "rdfxml"),
    ("application/n-quads", "nquads"),
    ("application/trig", "trig"),
    ("text/plain", "ntriples"),
    ("application/xml", "rdfxml"),
];

/// The parameters of a query or update operation.
#[derive(Debug, Default)]
struct Operation {
    query: Option<String>,
    update: Option<String>,
    format: Option<String>,
    dataset: Dataset,
    using: Dataset,
}

/// GET: a query in the URL, the service description, or the form for people.
pub(super) async fn by_get(State(state): State<AppState>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let answer = async {
        let operation = Operation::default().with(query.as_deref().unwrap_or_default())?;
        if operation.update.is_some() {
            return Err(ApiError::BadRequest("更新须用 POST (an update must be posted)".into()));
        }
        if operation.query.is_some() {
            return run(&state, operation, &headers).await;
        }
        if query.as_deref().is_some_and(|query| query.contains("query=")) {
            return Err(ApiError::BadRequest("参数 query 为空或重复 (the parameter query must be given once)".into()));
        }
        if wants_html(&headers) {
            return Ok(pages::query_form().into_response());
        }
        describe::service(&state, &headers)
    };
    answer.await.unwrap_or_else(|error: ApiError| error.answer(&headers))
}

/// POST: a form, or the query or update itself.
pub(super) async fn by_post(
    State(state): State<AppState>,
    RawQuery(url_query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = async {
        let operation = posted(url_query.as_deref().unwrap_or_default(), &headers, &body)?;
        match (&operation.query, &operation.update) {
            (Some(_), Some(_)) => Err(ApiError::BadRequest("query 与 update 不可并用 (not both)".into())),
            (None, Some(_)) => change(&state, operation).await,
            _ => run(&state, operation, &headers).await,
        }
    };
    answer.await.unwrap_or_else(|error: ApiError| error.answer(&headers))
}

fn posted(url_query: &str, headers: &HeaderMap, body: &Bytes) -> Result<Operation, ApiError> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = content_type.split(';').map(|part| part.trim().to_ascii_lowercase());
    let media_type = parts.next().unwrap_or_default();
    let foreign = parts.any(|part| part.strip_prefix("charset=").is_some_and(|charset| charset.trim_matches('"') != "utf-8"));
    if foreign {
        return Err(ApiError::UnsupportedMediaType("只读 UTF-8 (only UTF-8 is read)".into()));
    }
    let text = std::str::from_utf8(body).map_err(|_| ApiError::BadRequest("正文不是 UTF-8 (the body is not UTF-8)".into()))?;
    match media_type.as_str() {
        "application/x-www-form-urlencoded" => Operation::default().with(text),
        "application/sparql-query" => {
            let mut operation = Operation::default().with(url_query)?;
            if operation.query.replace(text.to_owned()).is_some() {
                return Err(ApiError::BadRequest("查询既在网址又在正文 (the query must be given once)".into()));
            }
            Ok(operation)
        }
        "application/sparql-update" => {
            let mut operation = Operation::default().with(url_query)?;
            if operation.update.replace(text.to_owned()).is_some() {
                return Err(ApiError::BadRequest("更新既在网址又在正文 (the update must be given once)".into()));
            }
            Ok(operation)
        }
        other => Err(ApiError::UnsupportedMediaType(format!(
            "不读 {other}; 用 application/x-www-form-urlencoded 或 application/sparql-query"
        ))),
    }
}

impl Operation {
    /// Takes the parameters of a form or URL; repeated ones are all kept.
    fn with(mut self, form: &str) -> Result<Self, ApiError> {
        for (name, value) in pairs(form)? {
            let graph = || NamedNode::new(value.clone()).map_err(|error| ApiError::BadRequest(format!("{name}: 不是 IRI: {error}")));
            match name.as_str() {
                "query" => {
                    if value.trim().is_empty() || self.query.replace(value.clone()).is_some() {
                        return Err(ApiError::BadRequest("参数 query 为空或重复 (the parameter query must be given once)".into()));
                    }
                }
                "update" => {
                    if value.trim().is_empty() || self.update.replace(value.clone()).is_some() {
                        return Err(ApiError::BadRequest("参数 update 为空或重复 (the parameter update must be given once)".into()));
                    }
                }
                "using-graph-uri" => self.using.default_graphs.push(graph()?),
                "using-named-graph-uri" => self.using.named_graphs.push(graph()?),
                "format" => self.format = Some(value),
                "default-graph-uri" => self.dataset.default_graphs.push(graph()?),
                "named-graph-uri" => self.dataset.named_graphs.push(graph()?),
                _ => (),
            }
        }
        Ok(self)
    }
}

/// The pairs of an `application/x-www-form-urlencoded` string.
pub(super) fn pairs(form: &str) -> Result<Vec<(String, String)>, ApiError> {
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        let decoded = percent_decode_str(&text).decode_utf8();
        decoded.map(std::borrow::Cow::into_owned).map_err(|_| ApiError::BadRequest("参数不是 UTF-8 (parameters must be UTF-8)".into()))
    };
    form.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decode(name)?, decode(value)?))
        })
        .collect()
}

async fn run(state: &AppState, operation: Operation, headers: &HeaderMap) -> Result<Response, ApiError> {
    let Some(query) = operation.query else {
        return Err(ApiError::BadRequest("缺少参数 query (the parameter query is missing)".into()));
    };
    let wanted =
        Wanted { accept: accept(headers).map(str::to_owned), format: operation.format, page: wants_html(headers) };
    let dataset = operation.dataset;
    streamed(state, move |state, cancel, mut outlet| {
        let results = evaluate(state.store(), &query, &dataset, cancel)?;
        match (wanted.page && wanted.format.is_none(), results) {
            (true, QueryResults::Solutions(solutions)) => outlet.page(&table(solutions)?),
            (_, results) => {
                let (media_type, format) = wanted.format_for(&results)?;
                outlet.media_type = media_type;
                write_results(results, format, &mut outlet)?;
                outlet.finish();
            }
        }
        Ok(())
    })
    .await
}

async fn change(state: &AppState, operation: Operation) -> Result<Response, ApiError> {
    if !state.takes_updates() {
        return Err(ApiError::ReadOnly("本端点不接受更新; 用 zhengmai ingest 入库 (this endpoint takes no updates)".into()));
    }
    let text = operation.update.unwrap_or_default();
    let using = operation.using;
    state.blocking(move |state, _| Ok(update(state.store(), &text, &using)?)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A SELECT's answer for people.
fn table(solutions: oxigraph::sparql::QuerySolutionIter<'static>) -> Result<String, QueryError> {
    /// A page is to be read; the other formats hold everything.
    const MOST_ROWS: usize = 2_000;
    let variables: Vec<String> = solutions.variables().iter().map(|variable| variable.as_str().to_owned()).collect();
    let rows = solutions.take(MOST_ROWS).map(|solution| Ok(Row::from(&solution?))).collect::<Result<Vec<_>, QueryError>>()?;
    Ok(pages::query_table(&variables, &rows).into_string())
}

/// What a client wants of an answer.
struct Wanted {
    accept: Option<String>,
    format: Option<String>,
    page: bool,
}

impl Wanted {
    fn format_for(&self, results: &QueryResults<'_>) -> Result<(&'static str, ResultFormat), ApiError> {
        let is_graph = matches!(results, QueryResults::Graph(_));
        let offered: &[(&'static str, &'static str)] = if is_graph { &GRAPHS } else { &TABLES };
        let known = || offered.iter().map(|(media_type, _)| *media_type).collect::<Vec<_>>().join(", ");
        if let Some(name) = &self.format {
            let format = ResultFormat::parse(name).filter(|format| format.fits(results));
            let format = format.ok_or_else(|| ApiError::NotAcceptable(format!("没有格式 {name}; 可用 (offered): {}", known())))?;
            return Ok((format.media_type(), format));
        }
        let types: Vec<&'static str> = offered.iter().map(|(media_type, _)| *media_type).collect();
        let chosen = choose(self.accept.as_deref(), &types).or_else(|| {
            // A browser that wants HTML of an answer that has none reads the first format.
            self.page.then(|| types[0])
        });
        let chosen = chosen.ok_or_else(|| ApiError::NotAcceptable(format!("可用 (offered): {}", known())))?;
        let format = offered.iter().find(|(media_type, _)| *media_type == chosen).and_then(|(_, name)| ResultFormat::parse(name));
        Ok((chosen, format.ok_or(ApiError::Internal)?))
    }
}
