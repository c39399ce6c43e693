//! SPARQL 1.1 Protocol. (W3C's own suite runs beside this one where it is at hand.)

use super::five;

const FORM: &str = "application/x-www-form-urlencoded";

#[test]
fn a_query_may_come_in_three_ways() {
    let ask = "ASK { ?s ?p ?o }";
    let get = five().get(&format!("/sparql?query={ask}"), "application/sparql-results+json");
    let form = five().post("/sparql", FORM, "*/*", b"query=ASK+%7B+%3Fs+%3Fp+%3Fo+%7D");
    let direct = five().post("/sparql", "application/sparql-query", "*/*", ask.as_bytes());
    let with_charset = five().post("/sparql", "application/sparql-query; charset=UTF-8", "*/*", ask.as_bytes());
    for answer in [get, form, direct, with_charset] {
        assert_eq!((answer.status, answer.header("content-type").as_str()), (200, "application/sparql-results+json"));
        assert_eq!(answer.json()["boolean"], true);
    }
    assert_eq!(five().head(&format!("/sparql?query={ask}"), "*/*").status, 200);
}

#[test]
fn an_answer_comes_in_the_format_that_is_asked_for() {
    let select = "SELECT ?n { VALUES ?n { 1 2 } }";
    let construct = "CONSTRUCT { <urn:a> <urn:b> ?n } { VALUES ?n { 1 2 } }";
    for (query, accept, content_type, words) in [
        (select, "application/sparql-results+json", "application/sparql-results+json", "\"bindings\""),
        (select, "application/json", "application/json", "\"bindings\""),
        (select, "application/sparql-results+xml", "application/sparql-results+xml", "<binding"),
        (select, "text/csv", "text/csv; charset=utf-8", "n\r\n1\r\n2"),
        (select, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "?n\n1\n2"),
        (select, "*/*", "application/sparql-results+json", "\"bindings\""),
        (
            select,
            "text/csv;q=0.1, application/sparql-results+xml;q=0.2, */*;q=0.05",
            "application/sparql-results+xml",
            "<sparql",
        ),
        (select, "text/html,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8", "<table"),
        (construct, "text/turtle", "text/turtle; charset=utf-8", "<urn:a>"),
        (construct, "application/n-triples", "application/n-triples", "<urn:b>"),
        (construct, "application/ld+json", "application/ld+json", "urn:a"),
        (construct, "application/rdf+xml", "application/rdf+xml", "rdf:RDF"),
        (construct, "application/sparql-results+json, text/turtle;q=0.5", "text/turtle; charset=utf-8", "<urn:a>"),
    ] {
        let answer = five().get(&format!("/sparql?query={query}"), accept);
        assert_eq!(
            (answer.status, answer.header("content-type").as_str()),
            (200, content_type),
            "{query} {accept}: {}",
            answer.text()
        );
        assert!(answer.text().contains(words), "{query} {accept}: {}", answer.text());
    }
    for (query, accept) in [(select, "text/turtle"), (construct, "text/csv"), (select, "image/png")] {
        let problem = five().get(&format!("/sparql?query={query}"), accept);
        assert_eq!(problem.status, 406, "{query} {accept}");
    }
    for (query, format, content_type) in [
        (select, "csv", "text/csv; charset=utf-8"),
        (select, "xml", "application/sparql-results+xml"),
        (select, "application/sparql-results+json", "application/sparql-results+json"),
        (construct, "xml", "application/rdf+xml"),
        (construct, "json", "application/ld+json"),
        (construct, "n3", "text/turtle; charset=utf-8"),
        // SPARQLWrapper sends a name of its own, and the media type behind it.
        (construct, "rdf%2Bxml&output=rdf%2Bxml&format=application/rdf%2Bxml", "application/rdf+xml"),
        (construct, "json-ld&format=application/ld%2Bjson,application/x-json%2Bld", "application/ld+json"),
    ] {
        let answer = five().get(&format!("/sparql?format={format}&query={query}"), "text/html");
        assert_eq!((answer.status, answer.header("content-type").as_str()), (200, content_type), "{format}");
    }
}

#[test]
fn the_dataset_may_be_named() {
    let count = |parameters: &str, pattern: &str| {
        let query = format!("/sparql?query=SELECT (COUNT(*) AS ?n) {{ {pattern} }}{parameters}").replace('+', "%2B");
        let answer = five().get(&query, "text/csv");
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.text().lines().nth(1).and_then(|line| line.parse::<usize>().ok()).expect("a number")
    };
    let base = "http://127.0.0.1:7979/graph/";
    let one = count(&format!("&default-graph-uri={base}links"), "?s ?p ?o");
    let other = count(&format!("&default-graph-uri={base}effective"), "?s ?p ?o");
    let both = count(&format!("&default-graph-uri={base}links&default-graph-uri={base}effective"), "?s ?p ?o");
    assert!(one > 0 && other > one);
    assert_eq!(both, one + other);
    assert!(count("", "?s ?p ?o") > both, "the union of all layers");
    assert_eq!(count(&format!("&named-graph-uri={base}links"), "GRAPH ?g { ?s ?p ?o }"), one);
    assert_eq!(count(&format!("&named-graph-uri={base}links"), "?s ?p ?o"), 0, "no default graph");
}

#[test]
fn what_is_wrong_is_said() {
    for (method, path, content_type, body, status, code) in [
        ("GET", "/sparql?query=SELEC", "", "", 400, "query-syntax"),
        ("GET", "/sparql?query=ASK{}&query=ASK{}", "", "", 400, "bad-request"),
        ("GET", "/sparql?update=CLEAR ALL", "", "", 400, "bad-request"),
        ("GET", "/sparql?query=ASK{}&default-graph-uri=no iri", "", "", 400, "bad-request"),
        ("GET", "/sparql?name=no-such-query", "", "", 404, "not-found"),
        ("GET", "/sparql?query=ASK{}&explain=yes", "", "", 400, "bad-request"),
        ("GET", "/sparql?query=ASK{}&timeout=", "", "", 400, "bad-request"),
        ("GET", "/sparql?query=ASK{}&timeout=1&timeout=2", "", "", 400, "bad-request"),
        ("GET", "/sparql?query=ASK{}&timeout=5e-324", "", "", 400, "bad-request"),
        ("GET", "/sparql?query=ASK{}&timeout=inf", "", "", 400, "bad-request"),
        ("GET", "/sparql?timeout=0", "", "", 400, "bad-request"),
        ("POST", "/sparql", "text/plain", "ASK{}", 415, "media-type"),
        ("POST", "/sparql", "application/sparql-query; charset=utf-16", "ASK{}", 400, "bad-request"),
        ("POST", "/sparql", FORM, "", 400, "bad-request"),
        ("POST", "/sparql", FORM, "query=ASK{}&update=CLEAR+ALL", 400, "bad-request"),
        ("POST", "/sparql", FORM, "update=CLEAR+ALL", 403, "read-only"),
        ("POST", "/sparql", "application/sparql-update", "CLEAR ALL", 403, "read-only"),
        (
            "POST",
            "/sparql",
            "application/sparql-query",
            "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
            403,
            "federation",
        ),
    ] {
        let problem = match method {
            "GET" => five().get(path, "*/*"),
            _ => five().post(path, content_type, "*/*", body.as_bytes()),
        };
        let json = problem.json();
        assert_eq!(
            (problem.status, json["code"].as_str()),
            (status, Some(code)),
            "{method} {path} {content_type} {body}"
        );
        assert_eq!(problem.header("content-type"), "application/problem+json");
        for field in ["type", "title", "detail", "remedy"] {
            assert!(json[field].as_str().is_some_and(|text| !text.is_empty()), "{path}: {field}");
        }
    }
    let answer = five().raw(b"PUT /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let answer = String::from_utf8_lossy(&answer).to_lowercase();
    assert!(answer.starts_with("http/1.1 405") && answer.contains("allow: get, head, post"), "{answer}");
}

#[test]
fn the_service_describes_itself() {
    for (accept, content_type) in
        [("*/*", "text/turtle; charset=utf-8"), ("application/rdf+xml", "application/rdf+xml")]
    {
        let answer = five().get("/sparql", accept);
        assert_eq!((answer.status, answer.header("content-type").as_str()), (200, content_type), "{accept}");
    }
    let turtle = five().get("/sparql", "text/turtle");
    for words in [
        "sparql-service-description#Service",
        "SPARQL11Query",
        "UnionDefaultGraph",
        "SPARQL_Results_JSON",
        "/graph/effective",
    ] {
        assert!(turtle.text().contains(words), "{words}");
    }
    assert!(!turtle.text().contains("SPARQL11Update"));
}

#[test]
fn a_query_tells_how_it_is_evaluated() {
    let path = "/sparql?explain=true&query=SELECT * { ?s a ?t . ?s ?p ?k } LIMIT 3";
    let answer = five().get(path, "*/*");
    assert_eq!((answer.status, answer.header("content-type").as_str()), (200, "application/json"));
    let plan = answer.text();
    assert!(plan.contains("\"number of results\":3") && plan.contains("QuadPattern"), "{plan}");
    assert_eq!(five().get("/sparql?explain=true&query=SELEC", "*/*").status, 400);
}
