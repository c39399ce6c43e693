//! SPARQL 1.1 Protocol: <https://www.w3.org/TR/sparql11-protocol/>.

use super::{
    address::origin,
    describe,
    documents::{accept, offer, with_charset},
    error::{ApiError, Fault},
    job::Job,
    negotiate::{self, Offer},
    pages::{self, Answer},
    params::Params,
    state::AppState,
    stream::{self, Pipe},
    who::Who,
};
use crate::query::{self, Dataset, NamedQuery, ResultFormat, evaluate_with, write_results};
use axum::{
    body::Bytes,
    extract::{OriginalUri, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use oxrdf::NamedNode;
use std::{io::Write as _, time::Duration};

/// What came in: a query or an update, with its parameters.
enum Operation {
    Describe,
    Query(String),
    Update(String),
}

/// Every method of the endpoint.
pub(super) async fn sparql(
    State(state): State<AppState>,
    who: Who,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let in_address = Params::parse(uri.query().unwrap_or_default())?;
    let (operation, params) = match method {
        Method::GET | Method::HEAD => (of_address(&in_address)?, in_address),
        Method::POST => of_body(&headers, &body, in_address)?,
        _ => {
            let error = ApiError::new(
                Fault::MethodNotAllowed,
                format!("{method} /sparql：查询用 GET 或 POST。 Query by GET or POST."),
            );
            let mut response = error.into_response();
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
            return Ok(response);
        }
    };
    let mut response = match operation {
        Operation::Describe => described(&state, &params, &headers).await?,
        Operation::Query(text) => query(&state, text, &params, &headers).await?,
        Operation::Update(text) => update(&state, who, text, &params).await?,
    };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

fn of_address(params: &Params) -> Result<Operation, ApiError> {
    if params.all("update").next().is_some() {
        return Err(bad("更新须用 POST。 An update must be sent by POST."));
    }
    Ok(params.single("query")?.map_or(Operation::Describe, |text| Operation::Query(text.to_owned())))
}

fn of_body(headers: &HeaderMap, body: &Bytes, in_address: Params) -> Result<(Operation, Params), ApiError> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = content_type.split(';').map(str::trim);
    let media_type = parts.next().unwrap_or_default().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        part.to_ascii_lowercase().strip_prefix("charset=").map(|name| name.trim_matches('"').to_owned())
    });
    if charset.is_some_and(|charset| charset != "utf-8" && charset != "us-ascii") {
        return Err(bad("只接受 UTF-8。 Only UTF-8 is accepted."));
    }
    let text = || std::str::from_utf8(body).map_err(|_| bad("内容不是 UTF-8。 The body is not UTF-8."));
    match media_type.as_str() {
        "application/sparql-query" => Ok((Operation::Query(text()?.to_owned()), in_address)),
        "application/sparql-update" => Ok((Operation::Update(text()?.to_owned()), in_address)),
        "application/x-www-form-urlencoded" => {
            let params = Params::parse(text()?)?;
            let operation = match (params.single("query")?, params.single("update")?) {
                (Some(query), None) => Operation::Query(query.to_owned()),
                (None, Some(update)) => Operation::Update(update.to_owned()),
                (None, None) => return Err(bad("表单中没有 query。 The form has no query.")),
                (Some(_), Some(_)) => {
                    return Err(bad("query 与 update 只能有一个。 Either query or update, not both."));
                }
            };
            Ok((operation, params.and(in_address)))
        }
        other => {
            let detail = format!(
                "Content-Type: {other}；应为 application/sparql-query 或 application/x-www-form-urlencoded。 It must be one of these."
            );
            Err(ApiError::new(Fault::MediaType, detail))
        }
    }
}

fn bad(detail: &str) -> ApiError {
    ApiError::new(Fault::BadRequest, detail)
}

/// Without a query: the description for programs, the page for people.
async fn described(state: &AppState, params: &Params, headers: &HeaderMap) -> Result<Response, ApiError> {
    let named = params.get("name").map(|name| {
        let unknown = || ApiError::new(Fault::NotFound, format!("没有现成的问题 {name}。 No such named query."));
        NamedQuery::find(name).ok_or_else(unknown)
    });
    let named = named.transpose()?;
    // What does not matter here must still be what it is called.
    limit(state, params)?;
    explains(params)?;
    let (_, format) = offer(negotiate::DESCRIPTION, params, headers)?;
    let Some(format) = ResultFormat::parse(format) else {
        let text = named
            .map(|query| query.bound(&[], state.iris().base()).map_err(|error| bad(&error.to_string())))
            .transpose()?;
        let text = text.map(|text| readable(&text)).unwrap_or_default();
        return Ok(pages::html(pages::sparql(state, &text, named.map(NamedQuery::summary), None)).into_response());
    };
    let endpoint = NamedNode::new(format!("{}/sparql", origin(headers))).map_err(|error| bad(&error.to_string()))?;
    stream::copy(state, Job::named("description"), move |state, pipe| {
        pipe.media_type(&with_charset(format.media_type()));
        describe::write(state, endpoint.as_str(), format, pipe)
    })
    .await
}

/// A named query without its decorators and the blank lines after them.
fn readable(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("#+")).collect();
    lines.join("\n").trim_start().to_owned()
}

async fn query(state: &AppState, text: String, params: &Params, headers: &HeaderMap) -> Result<Response, ApiError> {
    let dataset = Dataset {
        default_graphs: graphs(params, "default-graph-uri")?,
        named_graphs: graphs(params, "named-graph-uri")?,
        ..state.outside()
    };
    let limit = limit(state, params)?;
    if explains(params)? {
        return explained(state, text, dataset, limit).await;
    }
    let accept = accept(headers);
    let asked = Job::on(&text);
    let table = chosen(negotiate::TABLE, params, accept.as_deref());
    let graph = chosen(negotiate::GRAPH, params, accept.as_deref());
    if table.or(graph).is_some_and(|(_, name)| name == "html") {
        return page(state, text, dataset, limit).await;
    }
    let work = move |state: &AppState, pipe: &mut Pipe| -> Result<(), ApiError> {
        let results = evaluate_with(state.store(), state.search(), &text, &dataset)?;
        let fitting = [table, graph].into_iter().flatten().find_map(|(media_type, name)| {
            ResultFormat::parse(name).filter(|format| format.fits(&results)).map(|format| (media_type, format))
        });
        let Some((media_type, format)) = fitting else {
            let detail = "SELECT 与 ASK 的结果用 JSON、XML、CSV、TSV，CONSTRUCT 与 DESCRIBE 的用 RDF 各格式；请改 Accept 或 format。 \
                          Tables for SELECT and ASK, RDF for CONSTRUCT and DESCRIBE.";
            return Err(ApiError::new(Fault::NotAcceptable, detail));
        };
        pipe.media_type(&with_charset(media_type));
        Ok(write_results(results, format, &mut *pipe)?)
    };
    stream::query(state, asked, limit, work).await
}

/// Whether the plan is wanted.
fn explains(params: &Params) -> Result<bool, ApiError> {
    match params.single("explain")? {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(other) => Err(bad(&format!("explain={other}：应为 true 或 false。 It must be true or false."))),
    }
}

/// How a query is evaluated, instead of its answer.
async fn explained(state: &AppState, text: String, dataset: Dataset, limit: Duration) -> Result<Response, ApiError> {
    let asked = Job::on(&text);
    let work = move |state: &AppState, pipe: &mut Pipe| -> Result<(), ApiError> {
        let explanation = query::explain(state.store(), state.search(), &text, &dataset)?;
        pipe.media_type("application/json");
        pipe.write_all(&explanation).map_err(|error| ApiError::new(Fault::Failed, error.to_string()))
    };
    stream::query(state, asked, limit, work).await
}

/// The shortest time limit, in seconds: within less nothing can be answered.
pub(super) const SHORTEST: f64 = 0.001;

/// How long a query may take: it may ask for less than the service gives, in seconds.
pub(super) fn limit(state: &AppState, params: &Params) -> Result<Duration, ApiError> {
    let most = state.settings().query_timeout;
    let Some(text) = params.single("timeout")? else { return Ok(most) };
    let asked = text.trim().parse::<f64>().ok().filter(|seconds| seconds.is_finite() && *seconds >= SHORTEST);
    let wrong = || bad(&format!("timeout={text}：应为秒数，至少 {SHORTEST}。 Seconds, at least {SHORTEST}."));
    Ok(Duration::from_secs_f64(asked.ok_or_else(wrong)?.min(most.as_secs_f64())))
}

fn chosen(offers: &[Offer], params: &Params, accept: Option<&str>) -> Option<Offer> {
    match params.get("format") {
        Some(name) => negotiate::named(offers, name),
        None => negotiate::choose(offers, accept),
    }
}

fn graphs(params: &Params, name: &str) -> Result<Vec<NamedNode>, ApiError> {
    let node = |iri: &str| {
        NamedNode::new(iri).map_err(|error| bad(&format!("{name}={iri}：不是绝对 IRI。 No absolute IRI: {error}")))
    };
    params.all(name).map(node).collect()
}

/// The longest answer that the page shows, in bytes of JSON or Turtle.
const SHOWN: usize = 4 * 1024 * 1024;

/// The answer of a query as a page.
async fn page(state: &AppState, text: String, dataset: Dataset, limit: Duration) -> Result<Response, ApiError> {
    let asked = Job::on(&text);
    let work = move |state: &AppState, pipe: &mut Pipe| -> Result<(), ApiError> {
        let results = evaluate_with(state.store(), state.search(), &text, &dataset)?;
        let formats = ["json", "turtle"].map(ResultFormat::parse);
        let Some(format) = formats.into_iter().flatten().find(|format| format.fits(&results)) else {
            return Err(ApiError::new(Fault::NotAcceptable, "此结果不能成页。 This answer has no page."));
        };
        let mut shown = Capped { bytes: Vec::new() };
        let answer = match write_results(results, format, &mut shown) {
            Err(query::QueryError::Write(_)) => Answer::TooLong,
            Err(error) => return Err(error.into()),
            Ok(()) if format.media_type() == "text/turtle" => {
                Answer::Graph(String::from_utf8_lossy(&shown.bytes).into_owned())
            }
            Ok(()) => {
                let json = serde_json::from_slice(&shown.bytes);
                Answer::Table(json.map_err(|error| ApiError::new(Fault::Failed, error.to_string()))?)
            }
        };
        pipe.media_type("text/html; charset=utf-8");
        let page = pages::sparql(state, &text, None, Some(&answer)).into_string();
        pipe.write_all(page.as_bytes()).map_err(|error| ApiError::new(Fault::Failed, error.to_string()))
    };
    stream::query(state, asked, limit, work).await
}

/// Takes what a page can show, and refuses more.
struct Capped {
    bytes: Vec<u8>,
}

impl std::io::Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + bytes.len() > SHOWN {
            return Err(std::io::Error::other("too long for a page"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// An update, where the service accepts any.
async fn update(state: &AppState, who: Who, text: String, params: &Params) -> Result<Response, ApiError> {
    who.may_write(state)?;
    let using = Dataset {
        default_graphs: graphs(params, "using-graph-uri")?,
        named_graphs: graphs(params, "using-named-graph-uri")?,
        ..state.outside()
    };
    let limit = limit(state, params)?;
    stream::in_turn(state, Job::on(&text), limit, move |state| {
        who.noting(state, ("update", &text), || {
            query::update(state.store(), &text, &using)?;
            Ok(StatusCode::NO_CONTENT.into_response())
        })
    })
    .await
}
