//! SERVICE and LOAD: where nothing was named, nothing is connected to; where a host was named, that host and no other.

use super::{client::Client, start, store, writing};
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};
use zhengmai::serve::{Settings, Writing};

/// Another host: counts who connects, and answers everybody alike.
struct Other {
    address: String,
    connections: Arc<AtomicUsize>,
}

impl Other {
    fn answering(answer: impl Into<String>) -> Self {
        let answer = answer.into();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        thread::spawn(move || {
            for stream in listener.incoming() {
                count.fetch_add(1, Ordering::SeqCst);
                let mut stream = stream.expect("a connection");
                let mut lines = BufReader::new(stream.try_clone().expect("a stream"));
                let (mut line, mut length) = (String::new(), 0);
                while lines.read_line(&mut line).is_ok_and(|read| read > 2) {
                    if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                        length = value.trim().parse().expect("a length");
                    }
                    line.clear();
                }
                lines.take(length).read_to_end(&mut Vec::new()).expect("a body");
                // Who has gone does not want it.
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { address, connections }
    }

    fn document(media_type: &str, body: &str) -> Self {
        let length = body.len();
        Self::answering(format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        ))
    }

    fn redirecting(to: &str) -> Self {
        Self::answering(format!(
            "HTTP/1.1 307 Temporary Redirect\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        ))
    }

    fn port(&self) -> &str {
        self.address.rsplit(':').next().expect("a port")
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

const ROWS: &str = r#"{"head":{"vars":["x"]},"results":{"bindings":[
    {"x":{"type":"literal","value":"1"}},{"x":{"type":"literal","value":"2"}}]}}"#;

/// A service that may ask and load from these hosts.
fn allowing(hosts: &[&str]) -> Client {
    let hosts: Vec<_> = hosts.iter().map(|host| host.parse().expect("a host")).collect();
    let settings = Settings {
        writing: Writing::Anybody,
        services: hosts.clone(),
        loads: hosts,
        most_fetched: 64 << 10,
        ..Settings::default()
    };
    start(store(), settings)
}

/// Asks and loads, loudly and SILENT: status, code and answer of each.
fn ask(client: &Client, iri: &str) -> Vec<(&'static str, u16, String, String)> {
    let mut answers = Vec::new();
    for (way, query) in [
        ("SERVICE", format!("SELECT ?x {{ SERVICE <{iri}> {{ ?x ?y ?z }} }}")),
        ("SERVICE SILENT", format!("SELECT ?x {{ SERVICE SILENT <{iri}> {{ ?x ?y ?z }} }}")),
        ("SERVICE ?s", format!("SELECT ?x {{ VALUES ?s {{ <{iri}> }} SERVICE SILENT ?s {{ ?x ?y ?z }} }}")),
    ] {
        answers.push((way, client.post("/sparql", "application/sparql-query", "text/csv", query.as_bytes())));
    }
    for (way, update) in [
        ("LOAD", format!("LOAD <{iri}> INTO GRAPH <urn:loaded>")),
        ("LOAD SILENT", format!("LOAD SILENT <{iri}> INTO GRAPH <urn:loaded>")),
        (
            "SERVICE in an update",
            format!("INSERT {{ GRAPH <urn:m> {{ ?x ?y ?z }} }} WHERE {{ SERVICE SILENT <{iri}> {{ ?x ?y ?z }} }}"),
        ),
    ] {
        answers.push((way, client.post("/sparql", "application/sparql-update", "*/*", update.as_bytes())));
    }
    let told = |(way, answer): (&'static str, super::client::Answer)| {
        let code = serde_json::from_slice::<serde_json::Value>(&answer.body);
        let code = code.ok().and_then(|json| json["code"].as_str().map(str::to_owned)).unwrap_or_default();
        (way, answer.status, code, answer.text().to_owned())
    };
    answers.into_iter().map(told).collect()
}

#[track_caller]
fn refused(client: &Client, iri: &str) {
    for (way, status, code, text) in ask(client, iri) {
        // Where no host is named, that is said first.
        if way == "SERVICE ?s" && status == 400 {
            assert!(code == "bad-request" && text.contains("IRI"), "{way} {iri}: {text}");
        } else {
            assert_eq!((status, code.as_str()), (403, "federation"), "{way} {iri}: {text}");
        }
    }
}

#[test]
fn nothing_is_asked_unless_a_host_was_named() {
    let other = Other::document("text/turtle", "<urn:a> <urn:b> 1 .");
    for iri in [
        format!("http://{}/", other.address),
        format!("http://localhost:{}/", other.port()),
        format!("http://[::ffff:127.0.0.1]:{}/", other.port()),
        format!("http://user@{}/", other.address),
        "file:///etc/hostname".to_owned(),
    ] {
        refused(writing(), &iri);
    }
    assert_eq!(other.connections(), 0);
}

#[test]
fn a_named_host_does_not_open_the_way_to_others() {
    let (named, other) = (Other::document("text/turtle", ""), Other::document("text/turtle", ""));
    let localhost = format!("localhost:{}", other.port());
    // A name that resolves to this machine allows this machine only where that is named, too.
    let client = allowing(&[&named.address, &localhost]);
    for iri in [
        format!("http://{}/", other.address),
        format!("http://{localhost}/"),
        format!("http://0.0.0.0:{}/", named.port()),
        format!("http://127.0.0.2:{}/", named.port()),
        format!("http://2130706433:{}/", named.port()),
        format!("ftp://{}/", named.address),
    ] {
        refused(&client, &iri);
    }
    assert_eq!((named.connections(), other.connections()), (0, 0));
}

#[test]
fn a_redirect_leads_to_named_hosts_only() {
    let other = Other::document("text/turtle", "<urn:a> <urn:b> 1 .");
    let localhost = format!("localhost:{}", other.port());
    for to in [format!("http://{}/x", other.address), format!("http://{localhost}/"), "file:///etc/hostname".to_owned()]
    {
        let first = Other::redirecting(&to);
        refused(&allowing(&[&first.address, &localhost]), &format!("http://{}/", first.address));
        assert!(first.connections() > 0, "the first was asked");
    }
    assert_eq!(other.connections(), 0);
    let first = Other::redirecting(&format!("http://{}/", other.address));
    let client = allowing(&[&first.address, &other.address]);
    let loaded = client.post(
        "/sparql",
        "application/sparql-update",
        "*/*",
        format!("LOAD <http://{}/> INTO GRAPH <urn:loaded>", first.address).as_bytes(),
    );
    assert_eq!((loaded.status, other.connections()), (204, 1), "{}", loaded.text());
}

#[test]
fn a_named_host_is_loaded_from() {
    let other = Other::document("text/turtle; charset=utf-8", "<a> <b> [] . <a> <b> '知识产权' .");
    let client = allowing(&[&other.address]);
    let update = |text: String| client.post("/sparql", "application/sparql-update", "*/*", text.as_bytes());
    let iri = format!("http://{}/d.ttl", other.address);
    assert_eq!(update(format!("LOAD <{iri}> INTO GRAPH <urn:loaded> ; LOAD <{iri}>")).status, 204);
    let query = format!(
        "/sparql?query=SELECT (COUNT(*) AS ?n) {{ GRAPH <urn:loaded> {{ <http://{}/a> ?p ?o }} }}",
        other.address
    );
    assert_eq!(
        client.get(&query, "text/csv").text().lines().nth(1),
        Some("2"),
        "relative IRIs are relative to the document"
    );
    let layer = update(format!("LOAD <{iri}> INTO GRAPH <http://127.0.0.1:7979/graph/links>"));
    assert_eq!((layer.status, layer.json()["code"].as_str()), (403, Some("layer")));
    assert_eq!(other.connections(), 2, "what may not be written is not fetched");
}

#[test]
fn a_named_host_answers_for_a_part_of_a_query() {
    let other = Other::document("application/sparql-results+json", ROWS);
    let client = allowing(&[&other.address]);
    let query = format!(
        "SELECT ?x ?y {{ VALUES (?x ?y) {{ ('1' 'a') ('3' 'c') }} SERVICE <http://{}/sparql> {{ ?x ?p ?o }} }}",
        other.address
    );
    let answer = client.post("/sparql", "application/sparql-query", "text/csv", query.as_bytes());
    assert_eq!((answer.status, answer.text()), (200, "x,y\r\n1,a\r\n"));
    assert_eq!(other.connections(), 1);
}

#[test]
fn what_does_not_come_or_is_no_answer_is_told_and_silent_does_without() {
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").to_string();
    let huge = format!("<urn:a> <urn:b> '{}' .", "x".repeat(100 << 10));
    let others = [
        Other::answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        Other::answering("nonsense"),
        Other::document("image/png", "x"),
        Other::document("text/turtle", "<a> <b>"),
        Other::document("text/turtle", &huge),
    ];
    for address in others.iter().map(|other| other.address.clone()).chain([closed]) {
        let client = allowing(&[&address]);
        for (way, status, code, text) in ask(&client, &format!("http://{address}/")) {
            let expected = match way {
                "LOAD" | "SERVICE" => (502, "remote"),
                "SERVICE ?s" => (400, "bad-request"),
                _ => (status, ""),
            };
            assert!(status < 500 || expected.0 == 502, "{way}: {text}");
            assert_eq!((status, code.as_str()), expected, "{way}: {text}");
        }
        let count = client.get("/sparql?query=SELECT (COUNT(*) AS ?n) { GRAPH <urn:loaded> { ?s ?p ?o } }", "text/csv");
        assert_eq!(count.text().lines().nth(1), Some("0"), "nothing in part");
    }
}

#[test]
fn a_host_that_does_not_answer_is_not_waited_for_past_the_time_limit() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let client = allowing(&[&address]);
    let query = format!("/sparql?query=SELECT * {{ SERVICE <http://{address}/> {{ ?x ?y ?z }} }}&timeout=0.5");
    let asked = std::time::Instant::now();
    let answer = client.get(&query, "*/*");
    assert_eq!((answer.status, answer.json()["code"].as_str()), (503, Some("timeout")), "{}", answer.text());
    assert!(asked.elapsed() < std::time::Duration::from_secs(20));
    drop(listener);
}
