//! Decisions over HTTP, and what only an admin sees.

use super::{client::Client, pages::PLAN, serving, store};
use crate::support::register;
use std::{fs, path::Path, sync::Arc};
use zhengmai::{
    access::{Access, Role},
    link::Linker,
    query::select,
    review::{Erasure, with_erasure},
    serve::{AppState, Settings, Writing},
    store::Store,
};

/// A service with tokens, and the headers of one for each role.
fn reviewed(folder: &Path) -> (Client, impl Fn(Role) -> Vec<(&'static str, String)>) {
    reviewing(store(), folder)
}

fn reviewing(store: Store, folder: &Path) -> (Client, impl Fn(Role) -> Vec<(&'static str, String)>) {
    fs::write(folder.join("zhengmai.store"), "").expect("a file");
    let access = Access::open(folder).expect("tokens");
    let tokens: Vec<(Role, String)> =
        Role::ALL.into_iter().map(|role| (role, access.create(role, "张三").expect("a token").1)).collect();
    let register = Some(Arc::new(register().clone()));
    let settings = Settings { writing: Writing::WithToken, register, ..Settings::default() };
    let client = serving(AppState::with_access(store, settings, access).expect("a state"));
    let headers = move |role: Role| {
        let token = &tokens.iter().find(|(known, _)| *known == role).expect("a token").1;
        vec![("authorization", format!("Bearer {token}")), ("content-type", "application/json".to_owned())]
    };
    (client, headers)
}

fn send(client: &Client, method: &str, path: &str, headers: &[(&str, String)], body: &str) -> super::client::Answer {
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client.send(method, path, &headers, body.as_bytes())
}

const DECISIONS: &str = "/api/v1/review/decisions";

/// A claim that one work implements another, and an ASK for that edge.
fn claim() -> (String, String) {
    let store = store();
    let query = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?c ?s ?o { ?c rdf:subject ?s ; rdf:predicate zm:implements ; rdf:object ?o ; zm:inSource ?f
          GRAPH ?_effective { ?s zm:implements ?o } } ORDER BY ?c LIMIT 1";
    let effective = store.iris().layer("effective");
    let rows = select(&store, query, &[("_effective", effective.clone().into())]).expect("rows");
    let (claim, s, o) = (rows[0].text("c"), rows[0].text("s"), rows[0].text("o"));
    let ask =
        format!("ASK {{ GRAPH <{}> {{ <{s}> <https://w3id.org/zhengmai#implements> <{o}> }} }}", effective.as_str());
    (claim.to_owned(), ask)
}

#[test]
fn a_reviewer_rejects_a_claim_and_it_is_gone_until_it_is_accepted_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let (client, headers) = reviewed(folder.path());
    let (claim, ask) = claim();
    let stands = || {
        let answer = client.post("/sparql", "application/sparql-query", "text/csv", ask.as_bytes());
        answer.text().contains("true")
    };
    let lineages = || client.get("/api/v1/works", "*/*").text().to_owned();
    let before = lineages();
    assert!(stands());
    let reject = format!(r#"{{"claim":"{claim}","decision":"reject","reason":"误认","all":true}}"#);
    assert_eq!(client.post(DECISIONS, "application/json", "*/*", reject.as_bytes()).status, 401);
    assert_eq!(send(&client, "POST", DECISIONS, &headers(Role::Reader), &reject).status, 403);
    let made = send(&client, "POST", DECISIONS, &headers(Role::Reviewer), &reject);
    assert_eq!(made.status, 201, "{}", made.text());
    let ids: Vec<String> = serde_json::from_value(made.json()["decided"].clone()).expect("ids");
    assert!(!ids.is_empty() && !stands());
    let list = client.get(DECISIONS, "*/*").json();
    let listed = list["decisions"].as_array().expect("a list").clone();
    assert_eq!(listed.len(), ids.len());
    assert!(listed.iter().all(|it| it["reason"] == "误认" && it["by"].as_str().is_some_and(|by| by.starts_with("t-"))));
    let accept = format!(r#"{{"claim":"{claim}","decision":"accept"}}"#);
    let accepted = send(&client, "POST", DECISIONS, &headers(Role::Writer), &accept);
    assert_eq!((accepted.status, accepted.json()["withdrawn"][0].as_str()), (200, Some(ids[0].as_str())));
    for id in &ids[1..] {
        let path = format!("{DECISIONS}/{id}");
        assert_eq!(send(&client, "DELETE", &path, &headers(Role::Reader), "").status, 403);
        assert_eq!(send(&client, "DELETE", &path, &headers(Role::Reviewer), "").status, 204);
    }
    assert!(stands());
    assert_eq!(lineages(), before, "all is as it was");
    let log = fs::read_to_string(folder.path().join("audit.jsonl")).expect("a log");
    assert_eq!(log.lines().filter(|line| line.contains("\"action\":\"reject\"")).count(), ids.len());
    assert!(log.contains("\"action\":\"withdraw\"") && !log.contains("张三"));
}

#[test]
fn pages_and_lineages_follow_a_decision() {
    let folder = tempfile::tempdir().expect("a folder");
    let (client, headers) = reviewed(folder.path());
    let opinion = "天津市东丽区强化知识产权保护的实施意见";
    let arrow = || {
        let page = client.get(&format!("/lineage/work/{PLAN}?direction=up"), "text/html");
        page.text().split("class=\"sentences\"").nth(1).is_some_and(|list| list.contains(&format!(">{opinion}<")))
    };
    assert!(arrow());
    // Every sentence by which something implements it, or the notice of it.
    let claims = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT DISTINCT ?claim { ?claim a zm:Citation ; rdf:predicate zm:implements ; rdf:object ?work . ?work zm:key ?key
            FILTER (CONTAINS(?key, '津丽党办发〔2021〕5号') || CONTAINS(?key, '天津市东丽区强化知识产权保护的实施意见')) }";
    let claims = client.post("/sparql", "application/sparql-query", "text/csv", claims.as_bytes());
    for claim in claims.text().lines().skip(1) {
        let reject = format!(r#"{{"claim":"{claim}","decision":"reject","reason":"误认"}}"#);
        assert_eq!(send(&client, "POST", DECISIONS, &headers(Role::Admin), &reject).status, 201, "{claim}");
    }
    assert!(!arrow(), "the lineage is that of the new graph");
    let figures = client.get("/metrics", "*/*");
    assert!(figures.text().contains("zhengmai_writes_total{action=\"reject\",status=\"200\"}"));
}

#[test]
fn what_was_forgotten_is_not_a_reviewers_to_bring_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store();
    let (sha256, at) = ("0".repeat(64), "2024-01-03T00:00:00Z".to_owned());
    let erasure = Erasure { id: "gone".to_owned(), sha256: sha256.clone(), reason: "当事人要求".to_owned(), at };
    let decisions = with_erasure(&store, &erasure).expect("a decision");
    Linker::load(&store, register()).expect("a linker").replace_decisions(decisions).expect("a written store");
    let (client, headers) = reviewing(store.clone(), folder.path());
    for role in [Role::Reviewer, Role::Admin] {
        let answer = send(&client, "DELETE", &format!("{DECISIONS}/gone"), &headers(role), "");
        assert_eq!((answer.status, answer.json()["code"].as_str()), (403, Some("forbidden")), "{role}");
    }
    assert!(store.is_forgotten(&sha256).expect("an answer"));
}

#[test]
fn what_is_no_decision_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let (client, headers) = reviewed(folder.path());
    let reviewer = headers(Role::Reviewer);
    for (body, status) in [
        ("", 400),
        ("{}", 400),
        (r#"{"claim":"/id/claim/none","decision":"reject"}"#, 400),
        (r#"{"claim":"/id/claim/none","decision":"reject","reason":" "}"#, 400),
        (r#"{"claim":"no iri","decision":"accept"}"#, 400),
        (r#"{"claim":"/id/claim/none","decision":"maybe"}"#, 400),
        (r#"{"claim":"/id/claim/none","decision":"accept","more":1}"#, 400),
        (r#"{"claim":"/id/claim/none","decision":"reject","reason":"x"}"#, 404),
        (r#"{"claim":"/id/claim/none","decision":"accept"}"#, 404),
    ] {
        assert_eq!(send(&client, "POST", DECISIONS, &reviewer, body).status, status, "{body}");
    }
    assert_eq!(send(&client, "DELETE", &format!("{DECISIONS}/none"), &reviewer, "").status, 404);
    let read_only = super::five().post(DECISIONS, "application/json", "*/*", b"{}");
    assert_eq!((read_only.status, read_only.json()["code"].as_str()), (403, Some("read-only")));
}

#[test]
fn the_bytes_of_sources_and_the_log_are_for_an_admin() {
    let folder = tempfile::tempdir().expect("a folder");
    let (client, headers) = reviewed(folder.path());
    let source = format!("/api/v1/sources/{}", "0".repeat(64));
    for path in [source.as_str(), "/api/v1/audit"] {
        assert_eq!(client.get(path, "*/*").status, 401, "{path}");
        assert_eq!(send(&client, "GET", path, &headers(Role::Writer), "").status, 403, "{path}");
    }
    assert_eq!(send(&client, "GET", &source, &headers(Role::Admin), "").status, 404);
    assert_eq!(send(&client, "GET", "/api/v1/sources/..%2Ftokens.json", &headers(Role::Admin), "").status, 404);
    send(
        &client,
        "POST",
        "/sparql",
        &[headers(Role::Writer)[0].clone(), ("content-type", "application/sparql-update".into())],
        "CLEAR ALL",
    );
    let log = send(&client, "GET", "/api/v1/audit?last=1", &headers(Role::Admin), "").json();
    assert_eq!(log["entries"][0]["action"], "update");
}
