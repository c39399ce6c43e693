//! SPARQL 1.1 Graph Store HTTP Protocol. (W3C's own suite runs beside this one where it is at hand.)

use super::{five, start, writing};
use zhengmai::{
    serve::{Settings, Writing},
    store::Store,
};

const MINE: &str = "/store?graph=http://example.org/mine";
const TURTLE: &str = "text/turtle";

#[test]
fn a_graph_is_put_read_added_to_and_deleted() {
    let client = writing();
    for (method, path, body, status) in [
        ("GET", MINE, "", 404),
        ("DELETE", MINE, "", 404),
        ("PUT", MINE, "<a> <b> 1 .", 201),
        ("PUT", MINE, "<a> <b> 2 .", 204),
        ("POST", MINE, "<a> <b> 3 .", 204),
        ("HEAD", MINE, "", 200),
        ("PUT", "/store?graph=http://example.org/empty", "", 201),
        ("GET", "/store?graph=http://example.org/empty", "", 200),
        ("PUT", "/store?default", "<a> <b> 4 .", 204),
        ("POST", "/store/my/graph", "<a> <b> 5 .", 201),
    ] {
        let answer = client.send(method, path, &[("content-type", TURTLE), ("accept", TURTLE)], body.as_bytes());
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.text());
    }
    let turtle = client.get(MINE, TURTLE);
    assert_eq!(turtle.header("content-type"), "text/turtle; charset=utf-8");
    let lines = client.get(MINE, "application/n-triples");
    let of_base = |line: &&str| line.starts_with("<http://example.org/a> <http://example.org/b> ");
    assert_eq!(lines.text().lines().filter(of_base).count(), 2, "the graph is the base: {}", lines.text());
    assert!(!lines.text().contains("\"1\""), "what was replaced is gone");
    assert!(client.get("/store?default", TURTLE).text().contains('4'));
    let own = client.get("/sparql?query=ASK { GRAPH <http://127.0.0.1:7979/store/my/graph> { ?s ?p 5 } }", "text/csv");
    assert!(own.text().contains("true"), "a graph may be named by its own address");
    assert_eq!(client.send("DELETE", MINE, &[], b"").status, 204);
    assert_eq!(client.get(MINE, TURTLE).status, 404);
}

#[test]
fn a_graph_without_a_name_gets_one() {
    let client = writing();
    let made = client.send("POST", "/store", &[("content-type", TURTLE)], b"[] <urn:b> 'new' .");
    assert_eq!(made.status, 201);
    let location = made.header("location");
    assert!(location.starts_with("/store/"), "{location}");
    assert!(client.get(&location, TURTLE).text().contains("new"));
    let named = format!("/store?graph={}", client.url(&location));
    assert!(client.get(&named, TURTLE).text().contains("new"), "the address here is a name too");
}

#[test]
fn several_documents_may_come_in_one_request() {
    let client = writing();
    let body = "--x\r\nContent-Disposition: form-data; name=\"1\"; filename=\"1.ttl\"\r\nContent-Type: text/turtle\r\n\r\n\
                <urn:a> <urn:b> _:c . \r\n--x\r\nContent-Disposition: form-data; name=\"2\"\r\nContent-Type: application/n-triples\r\n\r\n\
                <urn:a> <urn:b> _:c .\r\n--x--\r\n";
    let form = [("content-type", "multipart/form-data; boundary=x")];
    let path = "/store?graph=http://example.org/parts";
    assert_eq!(client.send("POST", path, &form, body.as_bytes()).status, 201);
    let lines = client.get(path, "application/n-triples");
    assert_eq!(lines.text().lines().count(), 2, "blank nodes of different documents are different: {}", lines.text());
}

#[test]
fn what_is_long_is_stored_whole_or_not_at_all() {
    let settings = Settings { writing: Writing::Anybody, most_body: 4 << 20, ..Settings::default() };
    let client = start(Store::in_memory("http://127.0.0.1:7979").expect("memory"), settings);
    let lines =
        |count: usize| (0..count).map(|n| format!("<urn:a> <urn:b> \"{n:0200}\" .\n")).collect::<Vec<_>>().concat();
    let put = |body: &str| client.send("PUT", MINE, &[("content-type", "application/n-triples")], body.as_bytes());
    let count = || {
        let query = "/sparql?query=SELECT (COUNT(*) AS ?n) { GRAPH <http://example.org/mine> { ?s ?p ?o } }";
        client.get(query, "text/csv").text().trim().to_owned()
    };
    let long = lines(12_000);
    assert!(long.len() > 2 << 20);
    assert_eq!((put(&long).status, count().as_str()), (201, "n\r\n12000"));
    let broken = put(&format!("{long}<urn:a> <urn:b>"));
    assert_eq!((broken.status, broken.json()["code"].as_str()), (400, Some("document-syntax")));
    let too_long = put(&lines(24_000));
    assert_eq!((too_long.status, too_long.json()["code"].as_str()), (413, Some("too-large")));
    let head = "PUT /store?graph=http://example.org/mine HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/n-triples\r\n";
    client.raw_half(format!("{head}Content-Length: 9000000\r\n\r\n<urn:a> <urn:b> 1 .\n").as_bytes());
    assert_eq!(count(), "n\r\n12000", "what failed has changed nothing");
}

#[test]
fn what_may_not_be_written_is_refused_and_why() {
    let layer = "/store?graph=http://127.0.0.1:7979/graph/links";
    for (client, method, path, content_type, body, status, code) in [
        (five(), "PUT", MINE, TURTLE, "", 403, "read-only"),
        (five(), "DELETE", MINE, TURTLE, "", 403, "read-only"),
        (writing(), "PUT", layer, TURTLE, "", 403, "layer"),
        (writing(), "POST", layer, TURTLE, "<urn:a> <urn:b> 1 .", 403, "layer"),
        (writing(), "DELETE", layer, TURTLE, "", 403, "layer"),
        (writing(), "PUT", "/store", TURTLE, "", 400, "bad-request"),
        (writing(), "PUT", "/store?default&graph=urn:x", TURTLE, "", 400, "bad-request"),
        (writing(), "PUT", "/store?graph=no iri", TURTLE, "", 400, "bad-request"),
        (writing(), "PUT", MINE, TURTLE, "<urn:a> <urn:b> .", 400, "document-syntax"),
        (writing(), "PUT", MINE, "image/png", "", 415, "media-type"),
        (writing(), "PATCH", MINE, TURTLE, "", 405, "method-not-allowed"),
    ] {
        let problem = client.send(method, path, &[("content-type", content_type)], body.as_bytes());
        let json = problem.json();
        assert_eq!((problem.status, json["code"].as_str()), (status, Some(code)), "{method} {path} {content_type}");
        assert!(json["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{method} {path}");
    }
}

#[test]
fn the_layers_are_read_as_they_are() {
    let links = five().get("/store?graph=http://127.0.0.1:7979/graph/links", "application/n-triples");
    assert!(links.status == 200 && links.text().lines().count() > 2);
    assert_eq!(five().get("/store?graph=http://127.0.0.1:7979/graph/links", "text/html").status, 406);
}
