//! Who may do what: without a token, with one that suffices, with one that does not.

use super::{serving, store, writing};
use zhengmai::{
    access::{Access, Role},
    serve::{AppState, Settings, Writing},
};

const UPDATE: &str = "INSERT DATA { GRAPH <http://example.org/mine> { <urn:a> <urn:b> 1 } }";
const GRAPH: &str = "/store?graph=http://example.org/mine";

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

#[test]
fn writing_takes_a_token_of_a_role_that_may() {
    let access = Access::in_memory();
    let token = |role| access.create(role, "某人").expect("a token");
    let (reader, writer, admin, (gone_id, gone)) =
        (token(Role::Reader).1, token(Role::Writer).1, token(Role::Admin).1, {
            let (token, shown) = token(Role::Writer);
            (token.id, shown)
        });
    access.revoke(&gone_id).expect("revoked");
    let settings = Settings { writing: Writing::WithToken, ..Settings::default() };
    let client = serving(AppState::with_access(store(), settings, access).expect("a state"));
    for (authorization, status, code) in [
        (None, 401, "unauthorized"),
        (Some(bearer(&reader)), 403, "forbidden"),
        (Some(bearer(&gone)), 401, "unauthorized"),
        (Some(bearer("zm_0")), 401, "unauthorized"),
        (Some(format!("Basic {writer}")), 401, "unauthorized"),
        (Some(bearer(&writer)), 0, ""),
        (Some(format!("bearer  {admin}")), 0, ""),
    ] {
        let mut headers = vec![("content-type", "application/sparql-update")];
        headers.extend(authorization.as_deref().map(|value| ("authorization", value)));
        let update = client.send("POST", "/sparql", &headers, UPDATE.as_bytes());
        headers[0].1 = "text/turtle";
        let put = client.send("PUT", GRAPH, &headers, b"<urn:a> <urn:b> 2 .");
        let delete = client.send("DELETE", GRAPH, &headers, b"");
        for (answer, done) in [(update, 204), (put, 204), (delete, 204)] {
            if code.is_empty() {
                assert_eq!(answer.status, done, "{authorization:?}: {}", answer.text());
            } else {
                assert_eq!((answer.status, answer.json()["code"].as_str()), (status, Some(code)), "{authorization:?}");
                assert_eq!(answer.header("www-authenticate").is_empty(), status != 401);
            }
        }
    }
    assert_eq!(client.get("/sparql?query=ASK {}", "*/*").status, 200, "anybody may read");
    let preflight = [("origin", "https://example.org"), ("access-control-request-method", "PUT")];
    let preflight = client.send("OPTIONS", "/sparql", &preflight, b"");
    assert!(preflight.header("access-control-allow-headers").contains("authorization"));
}

#[test]
fn a_backup_is_for_admins() {
    let access = Access::in_memory();
    let token = |role| access.create(role, "某人").expect("a token").1;
    let (writer, admin) = (token(Role::Writer), token(Role::Admin));
    let client = serving(AppState::with_access(store(), Settings::default(), access).expect("a state"));
    // The store of this test lives in memory, which has nothing to back up.
    for (authorization, status) in [(None, 401), (Some(bearer(&writer)), 403), (Some(bearer(&admin)), 500)] {
        let headers: Vec<_> = authorization.as_deref().map(|value| ("authorization", value)).into_iter().collect();
        let answer = client.send("POST", "/api/v1/admin/backup", &headers, b"");
        assert_eq!(answer.status, status, "{}", answer.text());
        assert!(status != 500 || answer.text().contains("内存"), "{}", answer.text());
    }
    assert_eq!(client.get("/api/v1/admin/backup", "*/*").status, 405);
}

#[test]
fn reading_may_take_a_token_too() {
    let access = Access::in_memory();
    let (_, reader) = access.create(Role::Reader, "某人").expect("a token");
    let settings = Settings { anonymous: false, ..Settings::default() };
    let client = serving(AppState::with_access(store(), settings, access).expect("a state"));
    for (path, status) in [
        ("/", 401),
        ("/sparql?query=ASK {}", 401),
        ("/dump", 401),
        ("/nothing", 401),
        ("/healthz", 200),
        ("/assets/style.css", 200),
    ] {
        assert_eq!(client.get(path, "*/*").status, status, "{path}");
    }
    let authorization = bearer(&reader);
    for (method, path, status) in [("GET", "/", 200), ("GET", "/sparql?query=ASK {}", 200), ("DELETE", GRAPH, 403)] {
        let answer = client.send(method, path, &[("authorization", &authorization)], b"");
        assert_eq!(answer.status, status, "{path}");
    }
}

#[test]
fn every_write_is_in_the_log_by_the_id_of_the_token() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("zhengmai.store"), "").expect("a file");
    let access = Access::open(folder.path()).expect("tokens");
    let (token, shown) = access.create(Role::Writer, "张三").expect("a token");
    let settings = Settings { writing: Writing::WithToken, ..Settings::default() };
    let client = serving(AppState::with_access(store(), settings, access).expect("a state"));
    let authorization = bearer(&shown);
    let headers = [("authorization", authorization.as_str()), ("content-type", "application/sparql-update")];
    client.send("POST", "/sparql", &headers, UPDATE.as_bytes());
    client.send("POST", "/sparql", &headers, b"CLEAR ALL");
    client.send("DELETE", GRAPH, &headers[..1], b"");
    client.send("POST", "/sparql", &headers[1..], UPDATE.as_bytes());
    let log = std::fs::read_to_string(folder.path().join("audit.jsonl")).expect("a log");
    let lines: Vec<serde_json::Value> =
        log.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let told: Vec<_> = lines.iter().map(|line| (line["action"].as_str(), line["status"].as_u64())).collect();
    assert_eq!(told, [(Some("update"), Some(204)), (Some("update"), Some(403)), (Some("delete"), Some(204))]);
    assert!(lines.iter().all(|line| line["who"] == token.id.as_str()));
    assert!(!log.contains("张三") && !log.contains(&shown));
}

#[test]
fn where_nobody_is_asked_pages_of_other_sites_may_not_write() {
    let port = writing().url("/").rsplit(':').next().unwrap_or_default().trim_end_matches('/').to_owned();
    for (host, origin, status) in [
        (format!("127.0.0.1:{port}"), "https://example.org".to_owned(), 403),
        (format!("rebound.example.org:{port}"), format!("http://rebound.example.org:{port}"), 403),
        (format!("localhost:{port}"), format!("http://localhost:{port}"), 204),
    ] {
        let headers =
            [("host", host.as_str()), ("origin", &origin), ("content-type", "application/x-www-form-urlencoded")];
        let answer = writing().send("POST", "/sparql", &headers, b"update=CREATE+SILENT+GRAPH+%3Curn:x%3E");
        assert_eq!(answer.status, status, "{host} {origin}: {}", answer.text());
    }
}
