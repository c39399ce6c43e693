//! Full-text search: what is found, in which order, where it stands; how the index keeps up with the store; SPARQL.

mod followed;

mod found;

mod measured;

mod service;

use crate::support::{documents, quads, register, source};
use oxrdf::Quad;
use std::sync::OnceLock;
use zhengmai::{
    link::{Linker, Run},
    model::{IriScheme, RULE_SET},
    read::source_of,
    search::{Answer, Filters, Question, Search, Wanted},
    store::{ReadBy, Store, ontology_quads, register_quads},
};

/// A store in memory that knows the regions and nothing else.
fn empty() -> Store {
    let store = Store::in_memory(IriScheme::DEFAULT_BASE).expect("memory");
    let iris = store.iris().clone();
    let regions = register().regions.iter().map(|region| {
        let parent = region.parent.as_deref();
        (region.code.as_str(), region.name.as_str(), region.full_name.as_str(), parent, region.level)
    });
    let ground = vec![
        (iris.layer("ontology"), ontology_quads(&iris).expect("the ontology")),
        (iris.layer("registers"), register_quads(&iris, regions)),
    ];
    store.replace(ground).expect("a written store");
    store
}

fn run() -> Run {
    Run { id: "test".to_owned(), rule_set: RULE_SET.to_owned(), started: "2024-01-01T00:00:00Z".to_owned() }
}

/// Puts sources in, or takes them out.
fn write(store: &Store, sources: Vec<(String, Option<Vec<Quad>>)>) {
    let mut linker = Linker::load(store, register()).expect("a linker");
    linker.replace_sources(sources, &run(), &ReadBy::default()).expect("a written store");
}

/// The hash and the quads of a text.
fn read(text: &str) -> (String, Option<Vec<Quad>>) {
    let source = source(text);
    (source.sha256.clone(), Some(quads(&source)))
}

/// The hash and the quads of each of the five documents.
fn five_documents() -> Vec<(String, Option<Vec<Quad>>)> {
    let sources = documents().into_iter().map(|(name, bytes)| source_of(&name, &bytes).expect("a text"));
    sources.map(|source| (source.sha256.clone(), Some(quads(&source)))).collect()
}

/// The five documents.
fn five() -> &'static (Store, Search) {
    static FIVE: OnceLock<(Store, Search)> = OnceLock::new();
    FIVE.get_or_init(|| {
        let store = empty();
        write(&store, five_documents());
        let search = Search::open(&store).expect("an index");
        (store, search)
    })
}

fn question(text: &str) -> Question {
    Question { text: text.to_owned(), limit: 1000, ..Question::default() }
}

/// All that is found of a text.
fn find(search: &Search, text: &str) -> Answer {
    search.find(&question(text)).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// What works are called that have a text, best first.
fn titles(search: &Search, text: &str) -> Vec<String> {
    let answer = find(search, text);
    assert!(!answer.is_nearly, "{text}: nothing has it");
    answer.hits.into_iter().map(|hit| hit.work.label).collect()
}

/// How many measures have a text.
fn measures(search: &Search, text: &str, filters: &Filters) -> Answer {
    let question = Question { wanted: Wanted::Measures, filters: filters.clone(), ..question(text) };
    search.find(&question).expect("an answer")
}
