//! HTTP as caches, proxies and operators expect it.

use super::{client::encoded, five, start, store};
use zhengmai::serve::{Settings, Writing};

#[test]
fn a_copy_that_still_holds_is_confirmed_and_one_that_does_not_is_replaced() {
    let path = "/sparql?query=SELECT (COUNT(*) AS ?n) { GRAPH <http://example.org/copies> { ?s ?p ?o } }";
    let client = start(store(), Settings { writing: Writing::Anybody, ..Settings::default() });
    let get = |accept: &str, tag: &str| client.send("GET", path, &[("accept", accept), ("if-none-match", tag)], b"");
    let first = get("text/csv", "\"none\"");
    let tag = first.header("etag");
    assert!(first.status == 200 && tag.starts_with("W/\"") && first.header("cache-control") == "no-cache");
    for (accept, shown, status) in [
        ("text/csv", tag.clone(), 304),
        ("text/csv", format!("\"other\", {tag}"), 304),
        ("application/json", tag.clone(), 200),
    ] {
        let again = get(accept, &shown);
        assert_eq!(again.status, status, "{accept} {shown}");
        if status == 304 {
            assert!(again.body.is_empty() && again.header("etag") == tag && again.header("vary").contains("Accept"));
        }
    }
    let put = client.send(
        "PUT",
        "/store?graph=http://example.org/copies",
        &[("content-type", "text/turtle")],
        b"<urn:a> <urn:b> 1 .",
    );
    assert_eq!(put.status, 201);
    let changed = get("text/csv", &tag);
    assert!(changed.status == 200 && changed.header("etag") != tag);
}

#[test]
fn what_is_another_each_time_and_what_failed_has_no_tag() {
    for path in
        ["/sparql?query=SELECT (NOW() AS ?n) {}", "/sparql?query=SELECT (rand () AS ?n) {}", "/healthz", "/nothing"]
    {
        assert_eq!(five().get(path, "*/*").header("etag"), "", "{path}");
    }
    for path in ["/", "/doc/work/num/津丽知略/2021/1", "/api/v1/works", "/dump", "/ontology"] {
        let tag = five().get(path, "*/*").header("etag");
        assert!(!tag.is_empty(), "{path}");
        assert_eq!(five().send("GET", path, &[("accept", "*/*"), ("if-none-match", &tag)], b"").status, 304, "{path}");
    }
}

#[test]
fn any_copy_will_do_only_where_there_is_something() {
    for (path, status) in [("/api/v1/works", 304), ("/nothing", 404), ("/doc/work/num/没有/2021/1", 404)] {
        let answer = five().send("GET", path, &[("accept", "*/*"), ("if-none-match", "*")], b"");
        assert_eq!(answer.status, status, "{path}");
    }
}

#[test]
fn a_store_that_nobody_writes_has_the_same_tags_after_a_restart() {
    let path = "/api/v1/works";
    let tag = |client: &super::Client| client.send("GET", path, &[("host", "example.org")], b"").header("etag");
    assert_eq!(tag(&start(store(), Settings::default())), tag(five()));
    // What no hash vouches for may have changed meanwhile.
    let with_others = || {
        let store = store();
        let mine = "INSERT DATA { GRAPH <http://example.org/mine> { <urn:a> <urn:b> 1 } }";
        zhengmai::query::update(&store, mine, &zhengmai::query::Dataset::default()).expect("an update");
        start(store, Settings::default())
    };
    assert_ne!(tag(&with_others()), tag(&with_others()));
}

#[test]
fn what_another_service_answers_has_no_tag() {
    let path = "/sparql?query=SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }";
    let services = vec!["127.0.0.1:1".parse().expect("a host")];
    let answer = start(store(), Settings { services, ..Settings::default() }).get(path, "*/*");
    assert_eq!((answer.status, answer.header("etag").as_str()), (200, ""));
}

#[test]
fn methods_that_clients_make_up_are_one_line_of_the_figures() {
    let client = start(store(), Settings::default());
    for method in ["FIRST", "SECOND"] {
        assert_eq!(client.send(method, "/search", &[], b"").status, 405);
    }
    let figures = client.get("/metrics", "*/*");
    assert!(figures.text().contains("{route=\"/search\",method=\"other\",status=\"405\"} 2"), "{}", figures.text());
}

#[test]
fn answers_are_compressed_as_the_client_takes_them() {
    let path = encoded("/sparql?query=SELECT * { ?s ?p ?o } LIMIT 500");
    for (accepted, encoding) in
        [("gzip", "gzip"), ("br", "br"), ("zstd", "zstd"), ("identity", ""), ("br;q=0, gzip;q=0.5", "gzip")]
    {
        let head = "Host: x\r\nConnection: close\r\nAccept-Encoding";
        let request = format!("HEAD {path} HTTP/1.1\r\n{head}: {accepted}\r\n\r\n");
        let answer = String::from_utf8_lossy(&five().raw(request.as_bytes())).to_lowercase();
        assert!(answer.starts_with("http/1.1 200"), "{answer}");
        let said = answer.lines().find_map(|line| line.strip_prefix("content-encoding: ")).unwrap_or_default();
        assert_eq!(said, encoding, "{accepted}");
        assert!(answer.contains("vary: accept-encoding"), "{accepted}");
    }
}

#[test]
fn every_request_has_a_name_that_its_problem_bears_too() {
    let ok = five().get("/healthz", "*/*");
    assert_eq!(ok.header("x-request-id").len(), 36);
    let given = "3f0f9b1e-0000-4000-8000-000000000001";
    let problem = five().send("GET", "/nothing", &[("x-request-id", given)], b"");
    assert_eq!(problem.header("x-request-id"), given);
    assert_eq!(problem.json()["instance"], format!("urn:uuid:{given}"));
    assert!(problem.json()["type"].as_str().is_some_and(|link| link.starts_with("/problems#")));
}

#[test]
fn operators_see_whether_it_is_ready_and_how_it_fares() {
    let client = start(store(), Settings::default());
    assert_eq!((client.get("/readyz", "*/*").status, client.get("/readyz", "*/*").text()), (200, "ready\n"));
    client.get("/sparql?query=ASK {}", "*/*");
    client.get("/sparql?query=SELEC", "*/*");
    client.get("/doc/work/num/津丽知略/2021/1", "text/html");
    let figures = client.get("/metrics", "*/*");
    assert!(figures.header("content-type").starts_with("application/openmetrics-text"));
    for line in [
        "zhengmai_http_requests_total{route=\"/sparql\",method=\"GET\",status=\"200\"} 1",
        "zhengmai_http_requests_total{route=\"/doc/{*path}\",method=\"GET\",status=\"200\"} 1",
        "zhengmai_queries_total{kind=\"ask\",outcome=\"done\"} 1",
        "zhengmai_queries_total{kind=\"other\",outcome=\"query-syntax\"} 1",
        "zhengmai_queries_running 0",
        "zhengmai_queries_waiting 0",
        "zhengmai_query_duration_seconds_count{kind=\"ask\"} 1",
        "zhengmai_query_wait_seconds_count 2",
        "zhengmai_store_sources 5",
    ] {
        assert!(figures.text().lines().any(|known| known == line), "{line} is not in {}", figures.text());
    }
    assert!(!figures.text().contains("津丽知略"), "no address is a label");
}

#[test]
fn queries_are_noted_with_what_they_took_and_without_personal_data() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("queries.jsonl");
    let client = start(store(), Settings { query_log: Some(path.clone()), ..Settings::default() });
    let given = "3f0f9b1e-0000-4000-8000-000000000002";
    let query = encoded("/sparql?query=SELECT ?s { VALUES ?s { '13800138000' 'a@b.example' } }");
    let request = format!("GET {query} HTTP/1.1\r\nHost: x\r\nX-Request-Id: {given}\r\nConnection: close\r\n\r\n");
    assert!(String::from_utf8_lossy(&client.raw(request.as_bytes())).contains("13800138000"));
    client.get("/sparql?query=SELEC", "*/*");
    client.get("/sparql?query=ASK { SERVICE <http://127.0.0.1:1/> {} }", "*/*");
    let log = std::fs::read_to_string(&path).expect("a log");
    let lines: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    assert_eq!(lines.len(), 3);
    let first = &lines[0];
    for (name, value) in [
        ("request", serde_json::json!(given)),
        ("who", "anybody".into()),
        ("kind", "select".into()),
        ("query", "SELECT ?s { VALUES ?s { '■' '■' } }".into()),
        ("rows", 2.into()),
        ("outcome", "done".into()),
        ("status", 200.into()),
    ] {
        assert_eq!(first[name], value, "{name}");
    }
    assert!(first["sha256"].as_str().is_some_and(|hash| hash.len() == 64) && first["duration_ms"].is_u64());
    assert_eq!((lines[1]["outcome"].as_str(), lines[1]["status"].as_u64()), (Some("query-syntax"), Some(400)));
    assert_eq!((lines[2]["outcome"].as_str(), lines[2]["status"].as_u64()), (Some("federation"), Some(403)));
}

#[test]
fn the_figures_that_operators_are_told_of_are_there() {
    let page = std::fs::read_to_string(crate::support::root().join("docs/operations.md")).expect("the page");
    let figures = five().get("/metrics", "*/*");
    let names = page.split('`').filter(|word| word.starts_with("zhengmai_"));
    let names: Vec<&str> = names.collect();
    assert!(names.len() > 1, "{names:?}");
    for name in names {
        assert!(figures.text().contains(&format!("\n{name} ")), "{name}");
    }
}
