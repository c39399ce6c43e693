//! Backups, restores, verification and tools on a store on disk; a server that writes beside them.

use super::stored::Place;
use crate::support::program::{Outcome, command, finish, run};
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

fn version(place: &Place, store: &str) -> Value {
    let stats = place.run(&["stats", "--json", "--store", store]).exits(0).text();
    serde_json::from_str::<Value>(&stats).expect("JSON")["version"].take()
}

#[test]
fn a_restored_store_is_the_same_store() {
    let place = Place::loaded();
    place.run(&["token", "create", "--role", "writer", "--name", "张三"]).exits(0);
    let told = place.run(&["backup", "saved"]).exits(0).text();
    assert!(told.contains("已备份到"), "{told}");
    place.run(&["backup", "saved"]).exits(2).says(&["saved", "不会覆盖"]);
    place.run(&["restore", "saved", "--check"]).exits(0);
    place.run(&["restore", "saved"]).exits(2).says(&["不会覆盖"]);
    place.run(&["restore", "saved", "--store", "again"]).exits(0);
    assert_eq!(version(&place, "again"), version(&place, ".zhengmai/store"));
    place.run(&["verify", "--store", "again"]).exits(0);
    assert!(place.run(&["token", "list", "--store", "again"]).exits(0).text().contains("张三"));
    let sources = |store: &str| fs::read_dir(place.path().join(store).join("sources")).expect("a folder").count();
    assert_eq!(sources("again"), sources(".zhengmai/store"));
    // A store that was restored is written to like any other.
    fs::write(place.path().join("new.txt"), "某市水利局关于防汛的通知").expect("a file");
    place.run(&["ingest", "new.txt", "--store", "again"]).exits(0);
    let names = fs::read_dir(place.store()).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    assert!(names.into_iter().all(|name| !name.to_string_lossy().starts_with("checkpoint-")));
}

#[test]
fn a_damaged_backup_is_not_restored() {
    let place = Place::loaded();
    place.run(&["backup", "saved"]).exits(0);
    let source = fs::read_dir(place.path().join("saved/sources")).expect("a folder").next().expect("a source");
    fs::write(source.expect("an entry").path(), "改了").expect("a file");
    place.run(&["restore", "saved", "--store", "again"]).exits(2).says(&["备份已损坏", "sources/"]);
    assert!(!place.path().join("again").exists());
    place.run(&["restore", "in", "--store", "again"]).exits(2).says(&["不是备份"]);
}

#[test]
fn a_store_is_verified_and_what_was_changed_is_told() {
    let place = Place::loaded();
    let told = place.run(&["verify"]).exits(0).text();
    assert_eq!(told.matches('✓').count(), 6, "{told}");
    let source = fs::read_dir(place.store().join("sources")).expect("a folder").next().expect("a source");
    fs::write(source.expect("an entry").path(), "改了").expect("a file");
    let told = place.run(&["verify"]).exits(1).text();
    assert!(told.contains("✗ 原文") && told.contains('→'), "{told}");
}

#[test]
fn a_model_asks_over_lines() {
    let place = Place::loaded();
    let lines = [
        json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "protocolVersion": "2025-06-18" } }),
        json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }),
        json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/call",
                "params": { "name": "find_work", "arguments": { "words": "国知发运字[2022]47号" } } }),
    ];
    let input = lines.iter().map(Value::to_string).collect::<Vec<_>>().join("\n");
    let mut answers = run(place.path(), &["mcp"], input.as_bytes()).exits(0).json_lines();
    answers.sort_by_key(|answer| answer["id"].as_u64());
    assert_eq!(answers[0]["result"]["protocolVersion"], "2025-06-18");
    assert_eq!(answers[1]["result"]["structuredContent"]["found"], "one");
}

/// A server of the program that is told to end when it is dropped.
struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = command(folder)
            .args(["serve", "--bind", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("a server");
        let mut lines = BufReader::new(child.stdout.take().expect("standard output")).lines();
        let first = lines.next().expect("a line").expect("text");
        let url = first.split_whitespace().find(|word| word.starts_with("http://")).expect("an address").to_owned();
        thread::spawn(move || lines.for_each(drop));
        Self { child, url }
    }

    /// Told to end; its exit code.
    fn end(mut self) -> Option<i32> {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("kill");
        self.child.wait().expect("an end").code()
    }
}

/// Writes graphs of two triples each, one after the other, until it is told to stop; how many were acknowledged.
fn write_on(url: &str, token: &str, acknowledged: &AtomicUsize, stop: &AtomicBool) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    for number in 0.. {
        if stop.load(Ordering::SeqCst) {
            break;
        }
        let update = format!("INSERT DATA {{ GRAPH <urn:g{number}> {{ <urn:a> <urn:b> 1, 2 }} }}");
        let sent = agent
            .post(format!("{url}/sparql"))
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/sparql-update")
            .send(update);
        match sent {
            Ok(answer) if answer.status() == 204 => acknowledged.store(number + 1, Ordering::SeqCst),
            _ => break,
        }
    }
}

fn count(place: &Place, store: &str, pattern: &str) -> usize {
    let query = format!("SELECT (COUNT(*) AS ?n) {{ {pattern} }}");
    let answer = run(place.path(), &["query", "-", "--format", "csv", "--store", store], query.as_bytes()).exits(0);
    answer.text().lines().nth(1).and_then(|line| line.trim().parse().ok()).expect("a count")
}

#[test]
fn a_backup_while_a_server_writes_holds_every_write_before_it_and_none_half() {
    let place = Place::loaded();
    let token = |role: &str| {
        let made = place.run(&["token", "create", "--role", role, "--name", role]).exits(0);
        made.text().trim().to_owned()
    };
    let (writer, admin) = (token("writer"), token("admin"));
    let server = Server::start(place.path(), &["--allow-update"]);
    let (acknowledged, stop) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let writing = {
        let (url, acknowledged, stop) = (server.url.clone(), Arc::clone(&acknowledged), Arc::clone(&stop));
        thread::spawn(move || write_on(&url, &writer, &acknowledged, &stop))
    };
    while acknowledged.load(Ordering::SeqCst) < 20 {
        thread::sleep(Duration::from_millis(5));
    }
    place.run(&["backup", "refused"]).exits(2).says(&["正被另一进程使用", "admin"]);
    let backup = |token: &str, folder: &str| -> Outcome {
        let mut command = command(place.path());
        finish(command.args(["backup", folder, "--server", &server.url]).env("ZHENGMAI_TOKEN", token), b"")
    };
    backup("zm_wrong", "refused").exits(2).says(&["401"]);
    let before = acknowledged.load(Ordering::SeqCst);
    backup(&admin, "saved").exits(0);
    stop.store(true, Ordering::SeqCst);
    writing.join().expect("a writer");
    assert_eq!(server.end(), Some(0));
    place.run(&["restore", "saved", "--store", "again"]).exits(0);
    place.run(&["verify", "--store", "again"]).exits(0);
    let graphs = count(&place, "again", "{ SELECT DISTINCT ?g { GRAPH ?g { <urn:a> <urn:b> ?n } } }");
    let triples = count(&place, "again", "GRAPH ?g { <urn:a> <urn:b> ?n }");
    assert!(graphs >= before, "{graphs} graphs, {before} acknowledged before the backup");
    assert_eq!(triples, 2 * graphs, "none is half");
    let all = count(&place, ".zhengmai/store", "GRAPH ?g { <urn:a> <urn:b> ?n }");
    assert!(all >= 2 * acknowledged.load(Ordering::SeqCst) && all >= triples, "every acknowledged write is there");
}

#[test]
fn read_only_is_read_only_whatever_is_set_elsewhere() {
    let place = Place::loaded();
    fs::write(place.path().join("zhengmai.toml"), "allow-update = true").expect("a file");
    let server = Server::start(place.path(), &["--read-only"]);
    // A store that is only read can be read by others.
    place.run(&["stats"]).exits(0);
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let update = agent.post(format!("{}/sparql", server.url)).header("content-type", "application/sparql-update");
    assert_eq!(update.send("CREATE GRAPH <urn:x>").expect("an answer").status(), 403);
    assert_eq!(server.end(), Some(0));
}
