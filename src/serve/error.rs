//! What can go wrong, said for programs as problem+json (RFC 9457) and for people as a page.

use super::{documents::accept, negotiate::wants_page, pages, state::AppState};
use crate::{
    query::{QueryError, Stop, UpdateError},
    store::StoreError,
};
use axum::{
    Json,
    body::Body,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::json;
use std::{io::ErrorKind, time::Duration};
use tower_http::request_id::RequestId;

macro_rules! faults {
    ($($variant:ident $status:ident $code:literal $zh:literal $en:literal $remedy:literal;)*) => {
        /// A kind of failure.
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        pub(super) enum Fault { $(#[doc = $zh] $variant,)* }

        impl Fault {
            /// Every kind, for the page that explains them.
            pub(super) const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its HTTP status.
            pub(super) fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status,)* }
            }

            /// Its name for programs.
            pub(super) fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// Its name for people.
            pub(super) fn chinese(self) -> &'static str {
                match self { $(Self::$variant => $zh,)* }
            }

            /// Its name for people who read English.
            pub(super) fn english(self) -> &'static str {
                match self { $(Self::$variant => $en,)* }
            }

            /// What to do about it.
            pub(super) fn remedy(self) -> &'static str {
                match self { $(Self::$variant => $remedy,)* }
            }
        }
    };
}

faults! {
    BadRequest BAD_REQUEST "bad-request" "请求有误" "Bad request"
        "按说明改正请求再发。 Correct the request as the detail says.";
    Parameter BAD_REQUEST "parameter" "参数不对" "A wrong parameter"
        "按 expected 所列的名称与类型改正。 Correct it by the names and types in expected.";
    QuerySyntax BAD_REQUEST "query-syntax" "查询有语法错误" "The query has a syntax error"
        "改正所指之处。 Correct the place that the detail points at.";
    Unauthorized UNAUTHORIZED "unauthorized" "需要令牌" "A token is needed"
        "以 Authorization: Bearer 令牌 再发；令牌由管理者用 zhengmai token create 发给。 Send Authorization: Bearer TOKEN; ask the operator for one.";
    Forbidden FORBIDDEN "forbidden" "无此权限" "Not allowed"
        "请管理者发给角色足够的令牌。 Ask the operator for a token with the role.";
    ReadOnly FORBIDDEN "read-only" "服务只读" "The service is read-only"
        "写入请用命令行 zhengmai ingest。 Write with the command zhengmai ingest.";
    Layer FORBIDDEN "layer" "各层图不可直接写" "The layers are not written directly"
        "写到自己的图中；陈述由 zhengmai ingest 与 decide 改。 Write to a graph of your own; ingest and decide change the layers.";
    DocumentSyntax BAD_REQUEST "document-syntax" "RDF 有语法错误" "The RDF has a syntax error"
        "改正所指之处。 Correct the place that the detail points at.";
    Ambiguous CONFLICT "ambiguous" "不止一个" "Ambiguous"
        "从候选中指明一个。 Name one of the candidates.";
    NotFound NOT_FOUND "not-found" "没有找到" "Not found"
        "核对地址，或到 /search 查找。 Check the address, or look in /search.";
    MethodNotAllowed METHOD_NOT_ALLOWED "method-not-allowed" "不支持此方法" "Method not allowed"
        "改用 Allow 头所列的方法。 Use a method of the Allow header.";
    NotAcceptable NOT_ACCEPTABLE "not-acceptable" "没有所要的格式" "No acceptable format"
        "在 Accept 头或 ?format= 中改写格式。 Name another format in Accept or ?format=.";
    Range RANGE_NOT_SATISFIABLE "range" "文件没有这一段" "The file has no such part"
        "按 Content-Range 所说的长度改 Range 头。 Correct the Range header by the length in Content-Range.";
    TooLarge PAYLOAD_TOO_LARGE "too-large" "请求过大" "The request is too large"
        "把请求改小。 Make the request smaller.";
    MediaType UNSUPPORTED_MEDIA_TYPE "media-type" "不认识请求的格式" "Unsupported media type"
        "写明 Content-Type。 State a Content-Type that is supported.";
    Failed INTERNAL_SERVER_ERROR "failed" "没有做成" "It failed"
        "稍后再试；若仍不行，请附上说明报告。 Try again; if it persists, report it with the detail.";
    Timeout SERVICE_UNAVAILABLE "timeout" "超过时限" "Out of time"
        "缩小查询范围，或请管理者放宽 --query-timeout。 Narrow the query, or ask for a larger --query-timeout.";
    Busy SERVICE_UNAVAILABLE "busy" "服务正忙" "The service is busy"
        "过 Retry-After 所说的秒数再试。 Try again after the seconds in Retry-After.";
    TooMany TOO_MANY_REQUESTS "too-many" "用量已满" "Used up"
        "过 Retry-After 所说的秒数再来；有令牌的另计。 Come again after the seconds in Retry-After; a token has an account of its own.";
    Memory SERVICE_UNAVAILABLE "memory" "占用内存过多" "It takes too much memory"
        "缩小查询范围；少排序、少聚合。 Narrow the query; sort and aggregate less.";
    TooComplex BAD_REQUEST "too-complex" "查询过于复杂" "The query is too complex"
        "拆成几个查询；大批的值用 VALUES。 Split it; give many values in VALUES.";
    TooLong UNPROCESSABLE_ENTITY "too-long" "结果过大" "The answer is too large"
        "加 LIMIT 分段取，或用 /dump。 Take it in parts with LIMIT, or take /dump.";
    SearchPattern BAD_REQUEST "search-pattern" "全文检索的写法不对" "SERVICE zm:search can't be answered as it is written"
        "按说明改写 SERVICE zm:search 之内的三元组。 Rewrite the triple patterns within SERVICE zm:search as the detail says.";
    Federation FORBIDDEN "federation" "不访问这个主机" "This host is not asked"
        "去掉 SERVICE 与 LOAD，或请管理者用 --allow-service、--allow-load 列入该主机。 Leave out SERVICE and LOAD, or ask the operator to name the host with --allow-service or --allow-load.";
    Remote BAD_GATEWAY "remote" "别的服务没有答好" "Another service did not answer well"
        "稍后再试；SERVICE SILENT、LOAD SILENT 略过它。 Try again later; SERVICE SILENT and LOAD SILENT do without it.";
}

/// A failure with what was the matter, and what may have been meant.
#[derive(Clone, Debug)]
pub(super) struct ApiError {
    pub(super) fault: Fault,
    pub(super) detail: String,
    /// Address and name of things that may have been meant.
    pub(super) near: Vec<(String, String)>,
    /// After how many seconds to try again, where that is known.
    pub(super) retry_after: Option<u64>,
    /// The parameters that the address takes, where one was wrong.
    pub(super) expected: Vec<Expected>,
}

/// A parameter that an address takes.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Expected {
    pub(super) name: String,
    /// iri, text, integer, date, or the values that there are, with a bar between them.
    #[serde(rename = "type")]
    pub(super) kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) default: Option<String>,
}

impl ApiError {
    /// A failure of a kind: what was the matter, and where.
    pub(super) fn new(fault: Fault, detail: impl Into<String>) -> Self {
        let retry_after = match fault {
            Fault::Timeout | Fault::Memory => Some(30),
            Fault::Busy => Some(2),
            _ => None,
        };
        Self { fault, detail: detail.into(), near: Vec::new(), retry_after, expected: Vec::new() }
    }

    /// Past a time limit.
    pub(super) fn out_of_time(limit: Duration) -> Self {
        let seconds = limit.as_secs_f32();
        let detail = format!("在 {seconds} 秒的时限内没有做完，已中止。 Not done within {seconds} s; stopped.");
        Self::new(Fault::Timeout, detail)
    }

    fn of_status(status: StatusCode, method: &Method, path: &str) -> Self {
        let fault = Fault::ALL.iter().copied().find(|fault| fault.status() == status).unwrap_or(Fault::Failed);
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        Self::new(fault, format!("{method} {path}"))
    }

    /// `request` names the request in the service's log.
    fn problem(&self, request: Option<&str>) -> Response {
        let near: Vec<_> = self.near.iter().map(|(href, label)| json!({ "href": href, "label": label })).collect();
        let mut body = json!({
            "type": format!("/problems#{}", self.fault.code()),
            "title": format!("{} {}", self.fault.chinese(), self.fault.english()),
            "status": self.fault.status().as_u16(),
            "code": self.fault.code(),
            "detail": self.detail,
            "remedy": self.fault.remedy(),
        });
        if let (Some(body), Some(request)) = (body.as_object_mut(), request) {
            body.insert("instance".to_owned(), format!("urn:uuid:{request}").into());
        }
        if let (Some(body), false) = (body.as_object_mut(), near.is_empty()) {
            body.insert("candidates".to_owned(), near.into());
        }
        if let (Some(body), false) = (body.as_object_mut(), self.expected.is_empty()) {
            body.insert("expected".to_owned(), json!(self.expected));
        }
        let mut response = (self.fault.status(), Json(body)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.fault.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<QueryError> for ApiError {
    fn from(error: QueryError) -> Self {
        let fault = match &error {
            QueryError::Syntax(_) => Fault::QuerySyntax,
            QueryError::Stopped(Stop::OutOfTime | Stop::Unwanted) => Fault::Timeout,
            QueryError::Stopped(Stop::OutOfMemory) => Fault::Memory,
            QueryError::Stopped(Stop::LongString) | QueryError::TooManyRows(_) => Fault::TooLong,
            QueryError::Write(error) if error.kind() == ErrorKind::FileTooLarge => Fault::TooLong,
            QueryError::TooComplex { .. } | QueryError::Stopped(Stop::Product) => Fault::TooComplex,
            QueryError::Service(_) | QueryError::Refused(_) | QueryError::Stopped(Stop::Refused) => Fault::Federation,
            QueryError::Remote(_) => Fault::Remote,
            QueryError::SearchPattern(_) => Fault::SearchPattern,
            QueryError::Form(_) => Fault::NotAcceptable,
            QueryError::ServiceVariable(_) => Fault::BadRequest,
            QueryError::Evaluation(_) | QueryError::Write(_) | QueryError::Store(_) | QueryError::Search(_) => {
                Fault::Failed
            }
        };
        Self::new(fault, error.to_string())
    }
}

impl From<UpdateError> for ApiError {
    fn from(error: UpdateError) -> Self {
        let fault = match error {
            UpdateError::Query(error) => return error.into(),
            UpdateError::Using | UpdateError::Evaluation(_) => Fault::BadRequest,
            UpdateError::Layer(_) => Fault::Layer,
            UpdateError::Load(_) => Fault::Federation,
            UpdateError::Fetch(_) | UpdateError::Document(_) => Fault::Remote,
            UpdateError::Store(_) => Fault::Failed,
        };
        Self::new(fault, error.to_string())
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::new(Fault::Failed, error.to_string())
    }
}

/// Gives failures their form: a page where a page is wanted, else problem+json. Answers that the router
/// itself makes (no such route, no such method, too large) get one too.
pub(super) async fn present(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let accept = accept(request.headers());
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).map(str::to_owned);
    let page = !path.starts_with("/api/") && wants_page(accept.as_deref());
    let response = next.run(request).await;
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let error = response.extensions().get::<ApiError>().cloned();
    let error = error.unwrap_or_else(|| ApiError::of_status(status, &method, &path));
    if error.fault.status().is_server_error() {
        tracing::warn!(code = error.fault.code(), detail = error.detail, path, "request failed");
    }
    let mut presented = if page {
        (error.fault.status(), pages::failure(&state.now(), &error)).into_response()
    } else {
        error.problem(id.as_deref())
    };
    let headers = presented.headers_mut();
    let kept = ["ratelimit", "ratelimit-policy"].map(HeaderName::from_static);
    for name in kept.into_iter().chain([header::ALLOW, header::CONTENT_RANGE]) {
        if let Some(value) = response.headers().get(&name) {
            headers.insert(name, value.clone());
        }
    }
    headers.append(header::VARY, HeaderValue::from_static("Accept"));
    if let Some(seconds) = error.retry_after {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    if error.fault == Fault::Unauthorized {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"zhengmai\""));
    }
    if method == Method::HEAD {
        *presented.body_mut() = Body::empty();
    }
    presented
}
