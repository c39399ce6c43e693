//! The service over HTTP: pages, linked data, SPARQL, the API, and what happens when it goes wrong.

mod access;

mod asked;

mod client;

mod discovery;

mod fragments;

mod dumps;

mod going_wrong;

mod graph_store;

mod http;

mod linked_data;

mod mcp;

mod openapi;

mod outside;

mod pages;

mod protocol;

mod queries;

mod rates;

mod review;

mod reconcile;

mod schema;

mod search;

mod stopped;

use crate::support::{documents, register};
use client::Client;
use std::{
    sync::OnceLock,
    thread,
    time::{Duration, Instant},
};
use tokio::{net::TcpListener, runtime::Runtime, sync::oneshot};
use zhengmai::{
    link::{Linker, Run},
    map::to_quads,
    model::{IriScheme, RULE_SET},
    pipeline::process,
    query::example_quads,
    read::source_of,
    serve::{AppState, Settings, Writing, serve},
    store::{ReadBy, Store, ontology_quads, register_quads},
};

/// A store in memory with the ontology, the regions and the five documents.
fn store() -> Store {
    store_of(&documents())
}

/// A store in memory with the ontology, the regions and documents.
fn store_of(documents: &[(String, Vec<u8>)]) -> Store {
    let store = Store::in_memory(IriScheme::DEFAULT_BASE).expect("memory");
    let iris = store.iris().clone();
    let regions = register().regions.iter().map(|region| {
        let parent = region.parent.as_deref();
        (region.code.as_str(), region.name.as_str(), region.full_name.as_str(), parent, region.level)
    });
    let ground = vec![
        (iris.layer("ontology"), [ontology_quads(&iris).expect("the ontology"), example_quads(&iris)].concat()),
        (iris.layer("registers"), register_quads(&iris, regions)),
    ];
    store.replace(ground).expect("a written store");
    let mut linker = Linker::load(&store, register()).expect("a linker");
    let sources = documents.iter().map(|(name, bytes)| {
        let source = source_of(name, bytes).expect("a text");
        let quads = to_quads(&iris, RULE_SET, &source, &process(register(), &source));
        (source.sha256, Some(quads))
    });
    let run = Run { id: "test".to_owned(), rule_set: RULE_SET.to_owned(), started: "2024-01-01T00:00:00Z".to_owned() };
    linker.replace_sources(sources.collect(), &run, &ReadBy::default()).expect("a written store");
    store
}

/// Serves a store on a port of its own until the process ends.
fn start(store: Store, settings: Settings) -> Client {
    serving(AppState::new(store, settings).expect("a state"))
}

fn serving(state: AppState) -> Client {
    let (send, receive) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let runtime = Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            send.send(listener.local_addr().expect("an address")).expect("somebody waits");
            serve(listener, state, std::future::pending()).await.expect("a server");
        });
    });
    Client::new(receive.recv().expect("a server"))
}

/// The five documents, served.
fn five() -> &'static Client {
    static FIVE: OnceLock<Client> = OnceLock::new();
    FIVE.get_or_init(|| start(store(), Settings::default()))
}

/// A store of its own that anybody may write to.
fn writing() -> &'static Client {
    static WRITING: OnceLock<Client> = OnceLock::new();
    WRITING.get_or_init(|| start(store(), Settings { writing: Writing::Anybody, ..Settings::default() }))
}

#[test]
fn a_server_that_is_told_to_stop_answers_what_is_under_way_and_ends() {
    let state = AppState::new(store(), Settings::default()).expect("a state");
    let runtime = Runtime::new().expect("a runtime");
    let (stop, stopped) = oneshot::channel::<()>();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
    let client = Client::new(listener.local_addr().expect("an address"));
    let server = runtime.spawn(serve(listener, state, async {
        let _ = stopped.await;
    }));
    assert_eq!(client.get("/healthz", "*/*").status, 200);
    let dump = thread::spawn(move || client.get("/dump", "*/*"));
    thread::sleep(Duration::from_millis(30));
    let told = Instant::now();
    stop.send(()).expect("a server that listens");
    runtime.block_on(server).expect("a task").expect("a good end");
    assert!(told.elapsed() < Duration::from_secs(10), "{:?}", told.elapsed());
    let dump = dump.join().expect("an answer");
    assert!(dump.status == 200 && dump.text().ends_with(" .\n"), "the answer under way is whole");
}

#[test]
fn what_does_not_end_when_the_server_does_is_rolled_back() {
    let store = store();
    let settings = Settings { writing: Writing::Anybody, grace: Duration::from_millis(300), ..Settings::default() };
    let state = AppState::new(store.clone(), settings).expect("a state");
    let runtime = Runtime::new().expect("a runtime");
    let (stop, stopped) = oneshot::channel::<()>();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
    let address = listener.local_addr().expect("an address");
    let (before, commits) = (store.version().expect("a version"), store.commits());
    let server = runtime.spawn(serve(listener, state, async {
        let _ = stopped.await;
    }));
    let all = "GRAPH ?f { ?a ?b ?c } GRAPH ?g { ?h ?i ?j } GRAPH ?k { ?l ?m ?o }";
    let endless = format!(
        "INSERT DATA {{ <urn:a> <urn:b> 1 }} ; INSERT {{ <urn:a> <urn:b> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {all} }} }}"
    );
    let request = format!(
        "POST /sparql HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/sparql-update\r\ncontent-length: {}\r\n\r\n{endless}",
        endless.len()
    );
    let client = Client::new(address);
    let asked = thread::spawn(move || client.raw(request.as_bytes()));
    // The update has begun when the service says that something runs.
    let watching = Client::new(address);
    while !watching.get("/metrics", "*/*").text().contains("zhengmai_queries_running 1") {
        thread::sleep(Duration::from_millis(5));
    }
    let told = Instant::now();
    stop.send(()).expect("a server that listens");
    runtime.block_on(server).expect("a task").expect("a good end");
    let took = told.elapsed();
    assert!(took >= Duration::from_millis(300) && took < Duration::from_secs(3), "{took:?}");
    runtime.shutdown_timeout(Duration::from_secs(1));
    let answer = String::from_utf8_lossy(&asked.join().expect("a connection")).into_owned();
    assert!(!answer.contains(" 204 "), "{answer}");
    assert_eq!((store.version().expect("a version"), store.commits()), (before, commits), "nothing was written");
}

#[test]
fn what_to_try_first_is_worked_out_from_the_store() {
    let state = AppState::new(store(), Settings::default()).expect("a state");
    let implemented = zhengmai::serve::most_implemented(&state).expect("a suggestion");
    assert_eq!(implemented.words, "国知发运字〔2022〕47号");
    assert_eq!(five().get(&implemented.path, "text/html").status, 200);
    let conflict = zhengmai::serve::conflicting_number(&state).expect("a suggestion");
    assert_eq!(conflict.words, "39号");
    assert_eq!(five().get(&conflict.path, "text/html").status, 200);
    let empty = Store::in_memory(IriScheme::DEFAULT_BASE).expect("memory");
    let empty = AppState::new(empty, Settings::default()).expect("a state");
    assert_eq!(zhengmai::serve::most_implemented(&empty), None);
    assert_eq!(zhengmai::serve::conflicting_number(&empty), None);
}
