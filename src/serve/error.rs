//! Errors over HTTP: problem+json (RFC 9457) for programs, a page for people.

use super::{negotiate::wants_html, pages};
use crate::query::{QueryError, UpdateError};
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::time::Duration;

/// What goes wrong with a request.
#[derive(Debug)]
pub(super) enum ApiError {
    /// The request is wrong: what, where, what to do.
    BadRequest(String),
    /// Nothing is there; near ones, as (path, label).
    NotFound(String, Vec<(String, String)>),
    /// None of the formats asked for.
    NotAcceptable(String),
    /// The body's format is none that is read here.
    UnsupportedMediaType(String),
    /// The service, or what an update would touch, is read-only.
    ReadOnly(String),
    /// A query took too long.
    TimedOut(Duration),
    /// The server is going down.
    Stopping,
    /// Our fault.
    Internal,
    /// The store or the engine failed.
    Failed(String),
}

impl ApiError {
    fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::NotFound(..) => StatusCode::NOT_FOUND,
            Self::NotAcceptable(_) => StatusCode::NOT_ACCEPTABLE,
            Self::UnsupportedMediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::ReadOnly(_) => StatusCode::FORBIDDEN,
            Self::TimedOut(_) | Self::Stopping => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal | Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn title(&self) -> &'static str {
        match self {
            Self::BadRequest(_) => "请求有误 (bad request)",
            Self::NotFound(..) => "没有找到 (not found)",
            Self::NotAcceptable(_) => "没有所要的格式 (not acceptable)",
            Self::UnsupportedMediaType(_) => "不支持的内容类型 (unsupported media type)",
            Self::ReadOnly(_) => "只读 (read-only)",
            Self::TimedOut(_) => "查询超时 (timed out)",
            Self::Stopping => "服务正在停止 (stopping)",
            Self::Internal | Self::Failed(_) => "内部错误 (internal error)",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::BadRequest(detail)
            | Self::NotFound(detail, _)
            | Self::NotAcceptable(detail)
            | Self::UnsupportedMediaType(detail)
            | Self::ReadOnly(detail)
            | Self::Failed(detail) => detail.clone(),
            Self::TimedOut(deadline) => format!(
                "超过 {} 秒; 收窄查询或加 LIMIT, 或以 --query-timeout 放宽 (narrow the query or add a LIMIT)",
                deadline.as_secs()
            ),
            Self::Stopping => "稍后再试 (try again later)".to_owned(),
            Self::Internal => "请看服务日志 (see the server's log)".to_owned(),
        }
    }

    /// The response: a page where `headers` prefer HTML, else problem+json.
    pub(super) fn answer(&self, headers: &HeaderMap) -> Response {
        if !wants_html(headers) {
            return self.problem();
        }
        let none = Vec::new();
        let candidates = if let Self::NotFound(_, candidates) = self { candidates } else { &none };
        let status = self.status();
        let page = pages::error(status.as_u16(), self.title(), &self.detail(), candidates);
        (status, page).into_response()
    }

    fn problem(&self) -> Response {
        let status = self.status();
        let mut problem = serde_json::json!({
            "type": "about:blank",
            "title": self.title(),
            "status": status.as_u16(),
            "detail": self.detail(),
        });
        if let Self::NotFound(_, candidates) = self {
            let near: Vec<_> = candidates.iter().map(|(path, label)| serde_json::json!({"path": path, "label": label})).collect();
            problem["candidates"] = near.into();
        }
        let mut response = (status, problem.to_string()).into_response();
        let json = HeaderValue::from_static("application/problem+json; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        if matches!(self, Self::TimedOut(_) | Self::Stopping) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        self.problem()
    }
}

impl From<QueryError> for ApiError {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Syntax(_) | QueryError::Form(_) => Self::BadRequest(error.to_string()),
            QueryError::Cancelled => Self::TimedOut(Duration::ZERO),
            QueryError::Evaluation(_) => Self::BadRequest(error.to_string()),
            QueryError::Write(_) => Self::Failed(error.to_string()),
        }
    }
}

impl From<UpdateError> for ApiError {
    fn from(error: UpdateError) -> Self {
        match error {
            UpdateError::Query(error) => error.into(),
            UpdateError::Layer(_) | UpdateError::Load => Self::ReadOnly(error.to_string()),
            UpdateError::Evaluation(_) => Self::BadRequest(error.to_string()),
            UpdateError::Store(_) => Self::Failed(error.to_string()),
        }
    }
}
