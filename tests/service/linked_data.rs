//! Our IRIs dereference, in every format, raw and encoded.

use super::{
    client::{encoded, percent},
    five, start, store, store_of,
};
use oxigraph::io::{RdfFormat, RdfParser};
use std::collections::BTreeSet;
use zhengmai::{model::IriScheme, serve::Settings, store::ExportFormat};

const WORK: &str = "work/num/津丽知略/2021/1";

fn triples(format: RdfFormat, bytes: &[u8]) -> usize {
    let quads = RdfParser::from_format(format).with_base_iri("http://x/").expect("a base").for_slice(bytes);
    quads.collect::<Result<Vec<_>, _>>().expect("RDF").len()
}

#[test]
fn an_iri_leads_to_its_document() {
    let location = encoded(&format!("/doc/{WORK}"));
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
    let unique: BTreeSet<&str> = lines.lines().collect();
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
        "/graph/nothing",
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
    // A value is one term of the query, whatever is in it.
    for name in ["region", "kind", "form"] {
        for value in
            ["\u{99}Ð", "held> . ?work ?x <https://w3id.org/zhengmai#held", "held>} UNION {?work a ?x", "\"", "\\"]
        {
            let answer = five().get(&format!("/api/v1/works?{name}={}", percent(value)), "*/*");
            assert_eq!((answer.status, &answer.json()["total"]), (200, &0.into()), "{name}={value}: {}", answer.text());
        }
    }
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
        ("/api/v1/works?limit=", 400, "bad-request"),
        ("/api/v1/works?limit=1&limit=2", 400, "bad-request"),
        ("/api/v1/works?offset=18446744073709551615", 400, "bad-request"),
        ("/api/v1/works?q=%FF", 400, "bad-request"),
        ("/api/v1/works?level=national%3E%20.%20%7D%20UNION%20%7B%20?x%20?y%20%3Cz", 400, "bad-request"),
        ("/api/v1/works?status=held%3E%20.%20?x%20?y%20%3Cz", 400, "bad-request"),
    ] {
        let problem = five().get(path, "*/*");
        assert_eq!((problem.status, problem.json()["code"].as_str()), (status, Some(code)), "{path}");
    }
}

/// Every IRI below the base that stands anywhere in the store, as a node or as a graph.
fn minted() -> BTreeSet<String> {
    let mut dump = Vec::new();
    store().export(None, ExportFormat::NQuads, &mut dump).expect("an export");
    let dump = String::from_utf8(dump).expect("UTF-8");
    let start = format!("<{}/", IriScheme::DEFAULT_BASE);
    let iris = dump.match_indices(&start).filter_map(|(at, _)| dump[at + 1..].split_once('>'));
    iris.map(|(iri, _)| iri.to_owned()).collect()
}

#[test]
fn every_iri_of_the_store_dereferences_to_a_document_that_speaks_of_it() {
    let minted = minted();
    let mut kinds = BTreeSet::new();
    for iri in &minted {
        let path = iri.strip_prefix(IriScheme::DEFAULT_BASE).expect("one of our IRIs");
        kinds.insert(
            path.split('/').take(3).last().unwrap_or_default().split('#').next().unwrap_or_default().to_owned(),
        );
        let mut path = encoded(path.split('#').next().unwrap_or_default());
        let mut hops = 0;
        let document = loop {
            let answer = five().get(&path, "application/n-triples");
            match answer.status {
                200 => break answer,
                301 | 303 if hops < 3 => path = answer.header("location"),
                status => panic!("{iri}: {status} at {path}"),
            }
            hops += 1;
        };
        assert_eq!(document.header("content-type"), "application/n-triples", "{iri}");
        assert!(hops > 0 || path.starts_with("/.well-known/") || path == "/sparql", "{iri}: a thing is no document");
        if hops == 1 {
            let is_there = document.text().contains(&format!("<{iri}>"));
            assert!(is_there || !path.starts_with("/doc/"), "{iri}: its document does not speak of it");
        }
    }
    for kind in ["work", "policy", "source", "text", "claim", "agency", "region", "link", "run", "effective", "source"]
    {
        assert!(kinds.contains(kind), "no {kind} among {kinds:?}");
    }
}

#[test]
fn a_head_is_answered_as_a_get_without_its_body() {
    for path in [format!("/id/{WORK}"), format!("/doc/{WORK}"), "/graph/effective".to_owned(), "/id?q=39号".to_owned()]
    {
        for accept in ["text/turtle", "text/html"] {
            let (head, get) = (five().head(&path, accept), five().get(&path, accept));
            let headers = |answer: &super::client::Answer| {
                ["content-type", "location", "vary", "etag"].map(|name| answer.header(name))
            };
            assert_eq!((head.status, headers(&head), head.body.len()), (get.status, headers(&get), 0), "{path}");
        }
    }
}

#[test]
fn a_graph_has_a_document_that_says_where_its_contents_are() {
    let answer = five().get("/graph/links", "text/turtle");
    assert_eq!((answer.status, answer.header("location").as_str()), (303, "/doc/graph/links"));
    let about = five().get("/doc/graph/links?format=nt", "*/*");
    let dump = about.text().lines().find_map(|line| line.split_once("void#dataDump> <")).expect("a dump").1;
    let path = dump.split_once('>').expect("an IRI").0.strip_prefix(IriScheme::DEFAULT_BASE).expect("one of ours");
    assert!(triples(RdfFormat::NTriples, &five().get(path, "application/n-triples").body) > 5);
    assert_eq!(five().get("/doc/graph/links", "text/html").status, 200);
}

#[test]
fn a_work_by_title_that_is_known_by_number_has_moved_there() {
    let texts = [
        "某省某局关于做好有关工作的通知\n\n根据《国务院关于促进集成电路发展的意见》(国发〔2023〕5号),现通知如下。\n\n某省某局\n2023年6月1日\n",
        "某省某厅关于开展检查的通知\n\n按照《国务院关于促进集成电路发展的意见》要求,开展检查。\n\n某省某厅\n2023年7月1日\n",
    ];
    let texts: Vec<_> =
        texts.iter().enumerate().map(|(n, text)| (format!("{n}.txt"), text.as_bytes().to_vec())).collect();
    let client = start(store_of(&texts), Settings::default());
    let (title, number) =
        (encoded("/id/work/title/100000/国务院关于促进集成电路发展的意见"), encoded("/id/work/num/国发/2023/5"));
    let answer = client.get(&format!("{title}?format=turtle"), "*/*");
    assert_eq!((answer.status, answer.header("location")), (301, format!("{number}?format=turtle")));
    assert_eq!(client.get(&number, "*/*").status, 303);
    // Both are one for whoever looks for it.
    for query in ["q=国务院关于促进集成电路发展的意见", "title=国务院关于促进集成电路发展的意见", "q=国发[2023]5号"]
    {
        let answer = client.get(&format!("/id?{query}"), "*/*");
        assert_eq!((answer.status, answer.header("location")), (303, number.clone()), "{query}");
    }
    let found = client.get(r#"/reconcile?queries={"q":{"query":"国务院关于促进集成电路发展的意见"}}"#, "*/*").json();
    let found = found["q"]["result"].as_array().expect("candidates");
    assert_eq!((found.len(), found[0]["match"].as_bool()), (1, Some(true)), "{found:?}");
}

#[test]
fn what_somebody_knows_of_a_thing_leads_to_it() {
    for (query, location) in [
        ("q=国知发运字[2022]47号", "/id/work/num/国知发运字/2022/47"),
        ("q=国知发运字（2022）47号&format=turtle", "/id/work/num/国知发运字/2022/47?format=turtle"),
        ("q=国知发运字47号", "/id/work/num/国知发运字/2022/47"),
        ("q=《关于加快推动知识产权服务业高质量发展的意见》", "/id/work/num/国知发运字/2022/47"),
        ("title=关于加快推动知识产权服务业高质量发展的意见", "/id/work/num/国知发运字/2022/47"),
        ("q=天津市东丽区市场监督管理局", "/id/agency/120110/天津市东丽区市场监督管理局"),
        ("q=天津市东丽区", "/id/region/120110"),
        ("q=http://127.0.0.1:7979/id/region/120110", "/id/region/120110"),
        ("q=http://127.0.0.1:7979/graph/links", "/graph/links"),
        (
            "q=http://127.0.0.1:7979/id/source/9d7dcc97fc17472fc59ad2fc4900f759eb02c90ce489ecf97ff740c7b4d3e178",
            "/id/source/9d7dcc97fc17472fc59ad2fc4900f759eb02c90ce489ecf97ff740c7b4d3e178",
        ),
        (
            "q=http://127.0.0.1:7979/id/agency/120110/%E5%A4%A9%E6%B4%A5%E5%B8%82%E4%B8%9C%E4%B8%BD%E5%8C%BA%E5%B8%82%E5%9C%BA%E7%9B%91%E7%9D%A3%E7%AE%A1%E7%90%86%E5%B1%80",
            "/id/agency/120110/天津市东丽区市场监督管理局",
        ),
    ] {
        let answer = five().get(&format!("/id?{query}"), "*/*");
        assert_eq!((answer.status, answer.header("location")), (303, encoded(location)), "{query}");
    }
    let choices = five().get("/id?q=39号", "application/json");
    assert_eq!((choices.status, choices.header("content-type").as_str()), (300, "application/json"));
    let json = choices.json();
    assert_eq!((json["total"].as_u64(), json["choices"].as_array().map(Vec::len)), (Some(2), Some(2)));
    for choice in json["choices"].as_array().expect("choices") {
        assert!(choice["iri"].is_string() && choice["label"].is_string() && choice["type"] == "work");
        assert_eq!(five().get(choice["href"].as_str().expect("an address"), "*/*").status, 303);
    }
    let page = five().get("/id?q=39号", "text/html");
    assert_eq!((page.status, page.header("content-type").as_str()), (300, "text/html; charset=utf-8"));
    assert!(page.text().contains("天津市强化知识产权保护推进计划"));
}

#[test]
fn what_nothing_is_called_is_a_problem_with_what_is_near() {
    for (query, near) in [
        ("q=国知发运字〔2022〕48号", "国知发运字〔2022〕47号"),
        ("q=国知发远字〔2022〕47号", "国知发运字〔2022〕47号"),
        ("title=关于加快推动知识产权服务业高质星发展的意见", "关于加快推动知识产权服务业高质量发展的意见"),
        ("title=知识产权服务业高质量发展", "关于加快推动知识产权服务业高质量发展的意见"),
        ("q=天津市东丽区市场监管局", "天津市东丽区市场监督管理局"),
    ] {
        let problem = five().get(&format!("/id?{query}"), "application/json");
        assert_eq!(
            (problem.status, problem.header("content-type").as_str()),
            (404, "application/problem+json"),
            "{query}"
        );
        let candidates = problem.json()["candidates"].clone();
        let labels: Vec<&str> =
            candidates.as_array().expect("candidates").iter().filter_map(|one| one["label"].as_str()).collect();
        assert!(labels.iter().any(|label| label.contains(near)), "{query}: {labels:?}");
        assert_eq!(five().get(candidates[0]["href"].as_str().expect("an address"), "text/html").status, 200);
    }
    assert_eq!(five().get("/id?q=毫不相干之物", "*/*").json()["candidates"], serde_json::Value::Null);
    for query in ["", "q=", "q=a&title=b"] {
        assert_eq!(five().get(&format!("/id?{query}"), "*/*").status, 400, "{query}");
    }
}

#[test]
fn pages_hold_their_data_for_search_engines_and_name_their_formats() {
    let described = |path: &str| -> serde_json::Value {
        let page = five().get(path, "text/html");
        let text = page.text();
        for format in ["text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"] {
            let has = text.contains(&format!("<link rel=\"alternate\" type=\"{format}\""));
            assert!(has || path == "/", "{path}: no alternate link to {format}");
        }
        let inner = text.split_once("<script type=\"application/ld+json\">").expect("data").1;
        serde_json::from_str(inner.split_once("</script>").expect("an end").0).expect("JSON")
    };
    let work = described(&format!("/doc/{WORK}"));
    for (property, value) in [
        ("@context", "https://schema.org/"),
        ("@type", "Legislation"),
        ("@id", "http://127.0.0.1:7979/id/work/num/津丽知略/2021/1"),
        ("legislationIdentifier", "津丽知略〔2021〕1号"),
        ("inLanguage", "zh"),
    ] {
        assert_eq!(work[property], value, "{property}");
    }
    assert_eq!(work["legislationJurisdiction"]["@id"], "http://127.0.0.1:7979/id/region/120110", "{work}");
    assert_eq!(work["legislationJurisdiction"]["@type"], "AdministrativeArea");
    let measures = described("/doc/work/title/120000/天津市加快推动知识产权服务业高质量发展若干措施");
    let applied = measures["legislationApplies"].as_array().expect("works that it applies");
    assert!(applied.iter().any(|one| one["legislationIdentifier"] == "国知发运字〔2022〕47号"), "{measures}");
    assert_eq!(described("/doc/agency/120110/天津市东丽区市场监督管理局")["@type"], "GovernmentOrganization");
    assert_eq!(described("/doc/region/120110")["containedInPlace"]["name"], "天津市");
    assert_eq!(described("/")["@type"], "Dataset");
}

#[test]
fn what_clients_send_as_it_is_is_encoded_where_it_is_sent_back() {
    let get = |path: &str, accept: &str| {
        let head = format!("GET {path} HTTP/1.1\r\nHost: x\r\nAccept: {accept}\r\nConnection: close\r\n\r\n");
        String::from_utf8(five().raw(head.as_bytes())).expect("UTF-8")
    };
    let moved = get("/id/work/num/津丽知略/2021/1?x=中", "*/*");
    let location = moved.lines().find_map(|line| line.strip_prefix("location: ")).expect("a place");
    assert!(location.is_ascii() && location.ends_with("?x=%E4%B8%AD"), "{location}");
    let page = get("/fragments?x=a^b|c\\d", "application/n-quads");
    let (_, quads) = page.split_once("\r\n\r\n").expect("a body");
    assert!(quads.contains("/fragments?x=a%5Eb%7Cc%5Cd>"), "{quads}");
}
