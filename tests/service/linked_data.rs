//! Our IRIs dereference, in every format, raw and encoded.

use super::{five, store};
use oxigraph::io::{RdfFormat, RdfParser};
use zhengmai::store::ExportFormat;

const WORK: &str = "work/num/津丽知略/2021/1";

fn triples(format: RdfFormat, bytes: &[u8]) -> usize {
    let quads = RdfParser::from_format(format).with_base_iri("http://x/").expect("a base").for_slice(bytes);
    quads.collect::<Result<Vec<_>, _>>().expect("RDF").len()
}

#[test]
fn an_iri_leads_to_its_document() {
    let location = super::client::encoded(&format!("/doc/{WORK}"));
    for path in [format!("/id/{WORK}"), format!("/id/{}", WORK.replace('津', "%e6%b4%a5"))] {
        let answer = five().get(&path, "text/turtle");
        assert_eq!((answer.status, answer.header("location")), (303, location.clone()), "{path}");
        assert!(answer.header("vary").to_lowercase().contains("accept"), "{path}");
    }
    let answer = five().get(&format!("/id/{WORK}?format=turtle"), "*/*");
    assert_eq!(answer.header("location"), format!("{location}?format=turtle"));
    // As a terminal sends it: bytes, not percent signs.
    let raw = format!("GET /id/{WORK} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let answer = String::from_utf8_lossy(&five().raw(raw.as_bytes())).into_owned();
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
}

#[test]
fn a_document_comes_in_the_format_that_is_asked_for() {
    for (accept, query, content_type) in [
        ("text/turtle", "", "text/turtle; charset=utf-8"),
        ("application/ld+json", "", "application/ld+json"),
        ("application/n-triples", "", "application/n-triples"),
        ("application/rdf+xml", "", "application/rdf+xml"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "", "text/html; charset=utf-8"),
        ("*/*", "", "text/html; charset=utf-8"),
        ("text/html", "?format=turtle", "text/turtle; charset=utf-8"),
        ("text/html", "?format=nt", "application/n-triples"),
        ("text/turtle;q=0.3, application/n-triples;q=0.7", "", "application/n-triples"),
    ] {
        let answer = five().get(&format!("/doc/{WORK}{query}"), accept);
        assert_eq!((answer.status, answer.header("content-type").as_str()), (200, content_type), "{accept} {query}");
        assert!(answer.header("vary").to_lowercase().contains("accept"), "{accept}");
    }
    for (accept, query) in [("image/png", ""), ("text/html", "?format=docx")] {
        let answer = five().get(&format!("/doc/{WORK}{query}"), accept);
        assert_eq!(answer.status, 406, "{accept} {query}");
    }
}

#[test]
fn every_format_tells_the_same_and_names_what_it_names() {
    let get = |format: &str| five().get(&format!("/doc/{WORK}?format={format}"), "*/*").body;
    let lines = get("ntriples");
    let count = triples(RdfFormat::NTriples, &lines);
    assert!(count > 20, "{count} triples");
    assert_eq!(triples(RdfFormat::Turtle, &get("turtle")), count);
    assert_eq!(triples(RdfFormat::RdfXml, &get("rdfxml")), count);
    let json = RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() };
    assert_eq!(triples(json, &get("jsonld")), count);
    let lines = String::from_utf8(lines).expect("UTF-8");
    let unique: std::collections::BTreeSet<&str> = lines.lines().collect();
    assert_eq!(unique.len(), lines.lines().count(), "a triple twice");
    assert!(lines.contains("#prefLabel> \"天津市东丽区市场监督管理局\"@zh"), "the publisher has no name");
}

#[test]
fn what_nobody_knows_is_a_problem_with_what_is_near() {
    let problem = five().get("/id/work/num/国知发运字/2022/48", "application/json");
    assert_eq!((problem.status, problem.header("content-type").as_str()), (404, "application/problem+json"));
    let json = problem.json();
    assert_eq!((json["status"].as_u64(), json["code"].as_str()), (Some(404), Some("not-found")));
    assert!(json["detail"].as_str().is_some_and(|detail| detail.contains("国知发运字/2022/48")));
    assert!(json["candidates"][0]["label"].as_str().is_some_and(|label| label.contains("47号")));
    let page = five().get("/doc/work/num/国知发运字/2022/48", "text/html");
    assert_eq!((page.status, page.header("content-type").as_str()), (404, "text/html; charset=utf-8"));
    assert!(page.text().contains("您找的也许是"));
    for path in [
        "/id/",
        "/doc/nothing",
        "/nothing",
        "/lineage/work/nothing",
        "/ontology/nothing.ttl",
        "/graph/effective",
        "/api/v1/nothing",
    ] {
        assert_eq!(five().get(path, "text/turtle").status, 404, "{path}");
        assert_eq!(five().get(path, "text/turtle").header("content-type"), "application/problem+json", "{path}");
    }
    assert_eq!(five().get("/api/v1/nothing", "text/html").header("content-type"), "application/problem+json");
}

#[test]
fn the_dump_is_the_store() {
    let mut whole = Vec::new();
    store().export(None, ExportFormat::NQuads, &mut whole).expect("an export");
    let dump = five().get("/dump", "*/*");
    assert_eq!((dump.status, dump.header("content-type").as_str()), (200, "application/n-quads"));
    assert!(dump.body == whole, "the dump differs from the export");
    let compressed = five().get_compressed("/dump");
    assert!(compressed.body == whole, "the compressed dump differs");
    assert_eq!(five().head("/dump", "*/*").status, 200);
}

#[test]
fn the_ontology_is_served_at_its_address_and_file_by_file() {
    for (path, accept, content_type) in [
        ("/ontology", "text/turtle", "text/turtle; charset=utf-8"),
        ("/ontology", "application/ld+json", "application/ld+json"),
        ("/ontology", "application/rdf+xml", "application/rdf+xml"),
        ("/ontology/zhengmai.ttl", "*/*", "text/turtle; charset=utf-8"),
        ("/ontology/kinds.ttl", "*/*", "text/turtle; charset=utf-8"),
        ("/ontology/shapes.ttl", "*/*", "text/turtle; charset=utf-8"),
        ("/ontology/context.jsonld", "*/*", "application/ld+json"),
    ] {
        let answer = five().get(path, accept);
        assert_eq!((answer.status, answer.header("content-type").as_str()), (200, content_type), "{path} {accept}");
    }
    assert!(triples(RdfFormat::Turtle, &five().get("/ontology", "text/turtle").body) > 1000);
}

#[test]
fn the_api_lists_finds_and_follows() {
    let works = five().get("/api/v1/works?status=held&limit=3", "*/*").json();
    assert_eq!(works["works"].as_array().map(Vec::len), Some(3));
    assert!(works["total"].as_u64() > Some(3));
    let plans = five().get("/api/v1/works?form=推进计划", "*/*").json();
    assert_eq!(plans["works"].as_array().map(Vec::len), Some(2), "the notice and the plan");
    let found = five().get("/api/v1/search?q=39号", "*/*").json();
    assert_eq!((found["found"].as_str(), found["candidates"].as_array().map(Vec::len)), (Some("several"), Some(2)));
    let found = five().get("/api/v1/search?q=国知发运字（2022）47号", "*/*").json();
    assert_eq!(found["found"].as_str(), Some("one"));
    let lineage = five().get("/api/v1/lineage?work=国知发运字〔2022〕47号&direction=down&depth=1", "*/*").json();
    assert_eq!(lineage["nodes"].as_array().map(Vec::len), Some(2));
    assert!(lineage["edges"][0]["evidence"][0]["sentence"].as_str().is_some_and(|sentence| sentence.contains("47号")));
    for (path, status, code) in [
        ("/api/v1/lineage?work=39号", 409, "ambiguous"),
        ("/api/v1/lineage?work=没有", 404, "not-found"),
        ("/api/v1/lineage", 400, "bad-request"),
        ("/api/v1/lineage?work=47号&depth=many", 400, "bad-request"),
        ("/api/v1/lineage?work=47号&direction=left", 400, "bad-request"),
        ("/api/v1/search", 400, "bad-request"),
        ("/api/v1/works?limit=100000", 400, "bad-request"),
        ("/api/v1/works?q=%FF", 400, "bad-request"),
    ] {
        let problem = five().get(path, "*/*");
        assert_eq!((problem.status, problem.json()["code"].as_str()), (status, Some(code)), "{path}");
    }
}
