//! Model Context Protocol: the graph as tools for language models, which read and never write
//! (<https://modelcontextprotocol.io/specification/2025-06-18>). Over HTTP each message is answered by itself, without
//! a session; over standard input and output a line is a message.

mod arguments;
mod calls;
mod stdio;
mod tools;

pub use stdio::talk;

use super::{
    error::{ApiError, Fault},
    job::Job,
    state::AppState,
    stream,
};
use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde_json::{Value, json};
use tools::{TOOLS, Tool};

/// The revisions of the protocol that are spoken, newest first.
const REVISIONS: [&str; 2] = ["2025-11-25", "2025-06-18"];

/// The longest answer of a tool, in bytes of JSON: what a model can still read.
const LONGEST: usize = 256 * 1024;

/// What a model is told about the service as a whole.
const INSTRUCTIONS: &str = "政脉:中国政策文件的知识图谱。谁落实谁、凭哪一句、谁负责、何时完成。先用 find_work 由文号、标题或其中的字找到文件的 IRI,再问脉络(lineage)、\
    原句(evidence)与任务(duties)。每个回答都带原文的句子、文件名与位置(码点);引用时请一并给出。没有查到不等于没有这样的文件。\n\
    A knowledge graph of Chinese policy documents: who implements whom, on which sentence, who must do what by when. Find a document with find_work, then ask for \
    its lineage, evidence and duties. Every answer carries its sentence, file and place: quote them. Not found means not held here, not that it does not exist.";

/// `/mcp`: one message, one answer.
pub(super) async fn post(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> Result<Response, ApiError> {
    check_headers(&headers)?;
    Ok(match answer(&state, &body).await {
        // What is no message is no good request of HTTP either.
        Some(answer) if answer["id"].is_null() => {
            let detail = answer["error"]["message"].as_str().unwrap_or_default();
            return Err(ApiError::new(Fault::BadRequest, detail));
        }
        Some(answer) => Json(answer).into_response(),
        None => StatusCode::ACCEPTED.into_response(),
    })
}

/// Not from a page of another site, and in a revision that is spoken.
fn check_headers(headers: &HeaderMap) -> Result<(), ApiError> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    if let Some(origin) = text(header::ORIGIN.as_str()) {
        let host = text(header::HOST.as_str()).unwrap_or_default();
        if origin.split_once("://").is_none_or(|(_, name)| name != host || host.is_empty()) {
            let detail = format!("Origin: {origin} 不是本站。 It is another site's.");
            return Err(ApiError::new(Fault::Forbidden, detail));
        }
    }
    match text("mcp-protocol-version") {
        Some(revision) if !REVISIONS.contains(&revision) => {
            let detail = format!("MCP-Protocol-Version: {revision}；可用 (known): {}", REVISIONS.join(" "));
            Err(ApiError::new(Fault::BadRequest, detail))
        }
        _ => Ok(()),
    }
}

/// Why a message gets no result: a code of JSON-RPC 2.0, and words.
struct Refusal(i32, String);

/// The answer to a message; none to one that asks for nothing.
async fn answer(state: &AppState, message: &[u8]) -> Option<Value> {
    let refused = |id: Value, Refusal(code, message): Refusal| json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } });
    let message: Value = match serde_json::from_slice(message) {
        Ok(message) => message,
        Err(error) => return Some(refused(Value::Null, Refusal(-32700, format!("不是 JSON (not JSON): {error}")))),
    };
    let is_message = message["jsonrpc"] == "2.0"
        && message.get("params").is_none_or(|params| params.is_object() || params.is_array() || params.is_null());
    let is_answer = message.get("result").is_some() || message.get("error").is_some();
    let is_id = |id: &Value| id.is_string() || id.is_i64() || id.is_u64();
    let id = message.get("id").cloned();
    let method = message.get("method").and_then(Value::as_str);
    match (id, method) {
        (Some(id), Some(method)) if is_message && is_id(&id) => {
            Some(match result(state, method, message.get("params").unwrap_or(&Value::Null)).await {
                Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
                Err(refusal) => refused(id, refusal),
            })
        }
        (None, Some(_)) if is_message => None,
        _ if is_message && is_answer => None,
        _ => {
            Some(refused(Value::Null, Refusal(-32600, "不是 JSON-RPC 2.0 的请求 (no request of JSON-RPC 2.0)".into())))
        }
    }
}

async fn result(state: &AppState, method: &str, params: &Value) -> Result<Value, Refusal> {
    match method {
        "initialize" => {
            let asked = params["protocolVersion"].as_str().unwrap_or_default();
            let revision = REVISIONS.into_iter().find(|revision| *revision == asked).unwrap_or(REVISIONS[0]);
            Ok(json!({
                "protocolVersion": revision,
                "capabilities": { "tools": {} },
                "serverInfo": { "name": "zhengmai", "title": "政脉", "version": env!("CARGO_PKG_VERSION") },
                "instructions": INSTRUCTIONS,
            }))
        }
        "ping" => Ok(json!({})),
        "tools/list" => Ok(json!({ "tools": TOOLS.iter().map(Tool::described).collect::<Vec<_>>() })),
        "tools/call" => {
            let name = params["name"].as_str().unwrap_or_default();
            let tool = TOOLS.iter().find(|tool| tool.name == name).ok_or_else(|| {
                let known: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
                Refusal(-32602, format!("没有工具 (no tool) {name}; 可用 (known): {}", known.join(" ")))
            })?;
            Ok(called(state, tool, &params["arguments"]).await)
        }
        other => Err(Refusal(-32601, format!("没有方法 (no method) {other}"))),
    }
}

/// What a tool answers; what it can't answer is an answer, too, so that a model can mend its call.
async fn called(state: &AppState, tool: &'static Tool, arguments: &Value) -> Value {
    let done = match tool.arguments(arguments) {
        Ok(arguments) => {
            let limit = state.settings().query_timeout;
            let query = arguments.text("query");
            let job = if query.is_empty() { Job::named(tool.name) } else { Job::on(query) };
            stream::in_turn(state, job, limit, move |state| (tool.call)(state, &arguments)).await
        }
        Err(wrong) => Err(ApiError::new(Fault::Parameter, wrong)),
    };
    let written = done.and_then(|answer| {
        let text = answer.to_string();
        if text.len() <= LONGEST {
            return Ok((answer, text));
        }
        let detail = format!("答案有 {} 字节，至多 {LONGEST}；请减小 limit 或 depth，或问得更窄。 Too long: a smaller limit or depth, or a narrower question.", text.len());
        Err(ApiError::new(Fault::TooLong, detail))
    });
    match written {
        Ok((answer, text)) => json!({
            "content": [{ "type": "text", "text": text }],
            "structuredContent": answer,
            "isError": false,
        }),
        Err(error) => json!({ "content": [{ "type": "text", "text": told(&error) }], "isError": true }),
    }
}

/// A failure in words, with what may have been meant.
fn told(error: &ApiError) -> String {
    let near: Vec<String> = error.near.iter().map(|(href, label)| format!("\n- {label}  {href}")).collect();
    format!("{}: {}\n{}{}", error.fault.code(), error.detail, error.fault.remedy(), near.concat())
}
