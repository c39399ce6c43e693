//! Out of time, broken off, too large; and the headers that every answer has.

use super::{client::encoded, five, start, store};
use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};
use zhengmai::serve::Settings;

/// The five documents, served by somebody with little time.
fn hasty() -> &'static super::Client {
    static HASTY: OnceLock<super::Client> = OnceLock::new();
    let settings = Settings { query_timeout: Duration::from_millis(700), most_body: 64 << 10, ..Settings::default() };
    HASTY.get_or_init(|| start(store(), settings))
}

#[test]
fn a_query_past_its_deadline_is_503_before_the_first_byte() {
    let count = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    for (path, accept) in
        [(format!("/sparql?query={count}"), "text/csv"), (format!("/sparql?query={count}"), "text/html")]
    {
        let asked = Instant::now();
        let problem = hasty().get(&path, accept);
        assert_eq!(problem.status, 503, "{accept}");
        assert_eq!(problem.header("retry-after"), "30");
        assert!(problem.text().contains("700") || problem.text().contains("0.7"), "{}", problem.text());
        assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
    }
    assert_eq!(hasty().get("/healthz", "*/*").status, 200, "others are served");
}

#[test]
fn a_long_answer_that_fails_is_broken_off_and_never_looks_whole() {
    let product = encoded("/sparql?query=SELECT * { ?a ?b ?c . ?d ?e ?f }");
    for accept in ["text/csv", "application/sparql-results+json", "text/tab-separated-values"] {
        for encoding in ["identity", "gzip", "br", "zstd"] {
            let request = format!(
                "GET {product} HTTP/1.1\r\nHost: x\r\nAccept: {accept}\r\nAccept-Encoding: {encoding}\r\nConnection: close\r\n\r\n"
            );
            let answer = hasty().raw(request.as_bytes());
            let head = String::from_utf8_lossy(&answer[..answer.len().min(1000)]).to_lowercase();
            // What is compressed may not have left the server yet: then nothing comes at all.
            let is_empty = encoding != "identity" && head.is_empty();
            // A machine that is busy may have nothing to send in time: then that is said.
            if head.starts_with("http/1.1 503") {
                continue;
            }
            assert!(is_empty || head.starts_with("http/1.1 200"), "{head}");
            assert!(is_empty || head.contains("transfer-encoding: chunked"), "{head}");
            // A row of CSV may end so too, but for the line that a last chunk is.
            assert!(!answer.ends_with(b"\r\n0\r\n\r\n"), "{accept} {encoding}: the last chunk came");
        }
    }
}

#[test]
fn an_answer_of_any_length_is_whole_when_there_is_time() {
    let query = "/sparql?query=SELECT * { ?s ?p ?o }";
    let count = five().get("/sparql?query=SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv");
    let count: usize = count.text().lines().nth(1).and_then(|line| line.parse().ok()).expect("a number");
    let answer = five().get(query, "text/tab-separated-values");
    assert_eq!(answer.text().lines().count(), count + 1);
    let compressed = five().get_compressed(&format!("{query}&format=tsv"));
    assert_eq!(compressed.body.len(), answer.body.len());
}

#[test]
fn a_request_that_is_too_large_is_refused() {
    let problem = hasty().post("/sparql", "application/sparql-query", "*/*", &vec![b' '; 128 << 10]);
    assert_eq!((problem.status, problem.json()["code"].as_str()), (413, Some("too-large")));
}

#[test]
fn every_answer_has_the_headers_that_keep_readers_safe() {
    for path in ["/", "/sparql", "/doc/work/num/津丽知略/2021/1", "/nothing", "/assets/style.css", "/dump", "/healthz"]
    {
        let answer = five().get(path, "text/html");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
    }
    let style = five().get("/assets/style.css", "*/*");
    assert!(style.header("cache-control").contains("immutable"));
}
