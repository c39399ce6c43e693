//! The Model Context Protocol, over HTTP and over lines.

use super::{client::Answer, five, schema::faults, start, store};
use serde_json::{Value, json};
use std::{
    io::{self, BufReader, Cursor, Write},
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::runtime::Runtime;
use zhengmai::serve::{AppState, Settings, talk};

fn post(headers: &[(&str, &str)], body: &str) -> Answer {
    let usual = [("content-type", "application/json"), ("accept", "application/json, text/event-stream")];
    five().send("POST", "/mcp", &[&usual, headers].concat(), body.as_bytes())
}

fn ask(method: &str, params: &Value) -> Value {
    let request = json!({ "jsonrpc": "2.0", "id": "q-1", "method": method, "params": params });
    let answer = post(&[("mcp-protocol-version", "2025-06-18")], &request.to_string());
    assert_eq!((answer.status, answer.header("content-type").as_str()), (200, "application/json"));
    let answer = answer.json();
    assert_eq!((&answer["jsonrpc"], &answer["id"]), (&json!("2.0"), &json!("q-1")));
    answer
}

fn call(name: &str, arguments: &Value) -> Value {
    ask("tools/call", &json!({ "name": name, "arguments": arguments }))["result"].take()
}

#[test]
fn the_revision_is_that_of_the_client_where_it_is_spoken_and_else_the_newest() {
    for (asked, given) in
        [("2025-06-18", "2025-06-18"), ("2025-11-25", "2025-11-25"), ("2024-11-05", "2025-11-25"), ("", "2025-11-25")]
    {
        let params =
            json!({ "protocolVersion": asked, "capabilities": {}, "clientInfo": { "name": "t", "version": "1" } });
        let result = ask("initialize", &params)["result"].take();
        assert_eq!(result["protocolVersion"], given, "{asked}");
        assert_eq!(
            (&result["serverInfo"]["name"], &result["capabilities"]),
            (&json!("zhengmai"), &json!({ "tools": {} }))
        );
        assert!(result["instructions"].as_str().is_some_and(|words| words.contains("find_work")));
    }
    assert_eq!(ask("ping", &Value::Null)["result"], json!({}));
}

#[test]
fn what_is_no_request_is_refused_by_the_codes_of_json_rpc() {
    for (body, code) in [
        (r#"{"jsonrpc":"2.0","id":1,"method":"resources/list"}"#, -32601),
        (r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"drop"}}"#, -32602),
        (r#"{"jsonrpc":"2.0","id":1,"method":"tools/call"}"#, -32602),
    ] {
        let answer = post(&[], body);
        assert_eq!((answer.status, &answer.json()["error"]["code"]), (200, &json!(code)), "{body}");
    }
    for silent in
        [r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, r#"{"jsonrpc":"2.0","id":9,"result":{}}"#]
    {
        let answer = post(&[], silent);
        assert_eq!((answer.status, answer.body.len()), (202, 0), "{silent}");
    }
}

#[test]
fn what_is_no_message_is_no_request_of_http_either() {
    for body in [
        "",
        "{",
        "[]",
        r#"{"method":"notifications/initialized"}"#,
        r#"{"id":1,"method":"ping"}"#,
        r#"{"id":9,"result":{}}"#,
        r#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#,
        r#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"ping","params":7}"#,
    ] {
        let answer = post(&[], body);
        assert_eq!((answer.status, &answer.json()["code"]), (400, &json!("bad-request")), "{body}");
    }
}

#[test]
fn pages_of_other_sites_and_unknown_revisions_are_turned_away() {
    let host = five().url("");
    let ping = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
    for (name, value, status) in [
        ("origin", host.as_str(), 200),
        ("origin", "https://example.org", 403),
        ("origin", "null", 403),
        ("mcp-protocol-version", "2025-11-25", 200),
        ("mcp-protocol-version", "1999-01-01", 400),
    ] {
        assert_eq!(post(&[(name, value)], ping).status, status, "{name}: {value}");
    }
    for method in ["GET", "DELETE"] {
        let answer = five().send(method, "/mcp", &[("accept", "text/event-stream")], b"");
        assert_eq!((answer.status, answer.header("allow").as_str()), (405, "POST"), "{method}");
    }
}

#[test]
fn every_tool_answers_as_its_schema_says() {
    const NUMBER: &str = "国知发运字[2022]47号";
    let calls = [
        ("find_work", json!({ "words": NUMBER })),
        ("lineage", json!({ "work": "津丽知略〔2021〕1号", "direction": "up", "depth": 2 })),
        ("evidence", json!({ "work": NUMBER })),
        ("duties", json!({ "agency": "东丽区市场监督管理局", "by": "2021-12-31", "limit": 5 })),
        ("list_queries", json!({})),
        ("run_query", json!({ "name": "what-cites", "parameters": { "work": "" }, "limit": 3 })),
        ("sparql", json!({ "query": "SELECT ?s { ?s a <https://w3id.org/zhengmai#Policy> }", "limit": 2 })),
    ];
    let tools = ask("tools/list", &Value::Null)["result"]["tools"].take();
    let tools = tools.as_array().expect("tools");
    assert_eq!(tools.len(), calls.len());
    for (tool, (name, arguments)) in tools.iter().zip(calls) {
        assert_eq!(tool["name"], name);
        assert_eq!(tool["annotations"]["readOnlyHint"], true);
        assert_eq!(faults(tool, &tool["inputSchema"], &arguments), [""; 0], "{name}");
        let result = call(name, &arguments);
        assert_eq!(result["isError"], false, "{name}: {result}");
        let answer = &result["structuredContent"];
        assert_eq!(faults(tool, &tool["outputSchema"], answer), [""; 0], "{name}");
        let text: Value = serde_json::from_str(result["content"][0]["text"].as_str().expect("text")).expect("JSON");
        assert_eq!(&text, answer, "{name}");
    }
}

#[test]
fn the_answers_are_those_of_the_graph() {
    let found = call("find_work", &json!({ "words": "津丽知略[2021]1号" }));
    assert_eq!(found["structuredContent"]["found"], "one", "{found}");
    let work = found["structuredContent"]["candidates"][0]["iri"].as_str().expect("an IRI").to_owned();
    let evidence = call("evidence", &json!({ "work": work, "other": "津丽党办发〔2021〕5号" }));
    let statements = evidence["structuredContent"]["statements"].as_array().expect("statements").clone();
    assert!(!statements.is_empty(), "{evidence}");
    for statement in &statements {
        assert_eq!(statement["to"], "天津市东丽区强化知识产权保护的实施意见", "{statement}");
        assert!(statement["file"].as_str().is_some_and(|file| file.starts_with("003")), "{statement}");
    }
    assert!(statements.iter().any(|one| one["sentence"].as_str().is_some_and(|words| words.contains("津丽党办发"))));
    let all = call("evidence", &json!({ "work": work }));
    assert!(all["structuredContent"]["statements"].as_array().is_some_and(|all| all.len() > statements.len()));
    let duties = call("duties", &json!({ "agency": "东丽区市场监督管理局", "limit": 2 }));
    assert_eq!(duties["structuredContent"]["rows"].as_array().map(Vec::len), Some(2));
    assert_eq!(duties["structuredContent"]["more"], true);
    let ask = call("sparql", &json!({ "query": "ASK { ?s ?p ?o }" }));
    assert_eq!(ask["structuredContent"], json!({ "boolean": true }));
    let graph = call("sparql", &json!({ "query": "CONSTRUCT { <urn:a> <urn:b> ?o } { BIND (1 AS ?o) }" }));
    assert!(graph["structuredContent"]["graph"].as_str().is_some_and(|turtle| turtle.contains("<urn:a>")), "{graph}");
}

#[test]
fn what_a_tool_can_not_answer_is_told_so_that_the_call_can_be_mended() {
    for (name, arguments, words) in [
        ("find_work", json!({}), "words"),
        ("find_work", json!({ "words": " " }), "words"),
        ("find_work", json!({ "word": "a" }), "words"),
        ("lineage", json!({ "work": "39号" }), "候选"),
        ("lineage", json!({ "work": "没有的文件" }), "not-found"),
        ("lineage", json!({ "work": "39号", "depth": 7 }), "depth"),
        ("lineage", json!({ "work": "39号", "direction": "left" }), "direction"),
        ("lineage", json!({ "work": "津丽知略〔2021〕1号", "relations": "likes" }), "implements"),
        ("duties", json!({ "agency": "a", "by": "明天" }), "YYYY-MM-DD"),
        ("run_query", json!({ "name": "what-cites", "parameters": { "wrok": "" } }), "work"),
        ("run_query", json!({ "name": "what-cited" }), "list"),
        ("sparql", json!({ "query": "SELEKT" }), "query-syntax"),
        ("sparql", json!({ "query": "INSERT DATA { <urn:a> <urn:b> 1 }" }), "query-syntax"),
        ("sparql", json!({ "query": "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }" }), "too-long"),
        (
            "sparql",
            json!({ "query": "SELECT ?q ?r { ?a <https://w3id.org/zhengmai#quote> ?q . ?b <https://w3id.org/zhengmai#quote> ?r }", "limit": 1000 }),
            "too-long",
        ),
    ] {
        let result = call(name, &arguments);
        let text = result["content"][0]["text"].as_str().unwrap_or_default();
        assert_eq!(result["isError"], true, "{name} {arguments}: {result}");
        assert!(text.contains(words) || words == "list" && text.contains("not-found"), "{name} {arguments}: {text}");
        assert_eq!(result.get("structuredContent"), None);
    }
}

#[test]
fn a_query_of_a_model_keeps_to_the_time_limit() {
    let client = start(store(), Settings { query_timeout: Duration::from_secs(1), ..Settings::default() });
    let query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let call = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call",
                       "params": { "name": "sparql", "arguments": { "query": query } } });
    let answer = client.post("/mcp", "application/json", "application/json", call.to_string().as_bytes()).json();
    assert!(
        answer["result"]["content"][0]["text"].as_str().is_some_and(|text| text.starts_with("timeout")),
        "{answer}"
    );
}

/// Where a conversation is written.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<u8>>>);

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panicked").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_line_is_a_message_and_one_that_is_taken_back_is_stopped() {
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let lines = [
        json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "protocolVersion": "2025-06-18" } }),
        json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }),
        json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/call",
                "params": { "name": "sparql", "arguments": { "query": endless } } }),
        json!({ "jsonrpc": "2.0", "id": "3", "method": "ping" }),
        json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": 2 } }),
        json!({ "jsonrpc": "2.0", "id": 4, "method": "tools/call",
                "params": { "name": "find_work", "arguments": { "words": "47号" } } }),
    ];
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    let input = lines.join("\n") + "\n\nno JSON\n";
    let state = AppState::new(store(), Settings::default()).expect("a state");
    let heard = Heard::default();
    let began = std::time::Instant::now();
    Runtime::new()
        .expect("a runtime")
        .block_on(talk(state, BufReader::new(Cursor::new(input)), heard.clone()))
        .expect("a conversation");
    assert!(began.elapsed() < Duration::from_secs(20), "what was taken back is not waited for");
    let heard = String::from_utf8(heard.0.lock().expect("nobody panicked").clone()).expect("UTF-8");
    let mut answers: Vec<(String, bool)> = heard
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"))
        .map(|answer| (answer["id"].to_string(), answer["error"].is_null()))
        .collect();
    answers.sort();
    let expected = [("\"3\"", true), ("1", true), ("4", true), ("null", false)];
    assert_eq!(answers, expected.map(|(id, is_fine)| (id.to_owned(), is_fine)));
}
