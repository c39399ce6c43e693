//! Named queries: what they answer on the five documents of `data/documents`, read by hand.

use crate::support::{documents, register};
use oxrdf::Quad;
use std::sync::OnceLock;
use zhengmai::{
    link::{Linker, Run},
    map::to_quads,
    model::{IriScheme, RULE_SET},
    pipeline::process,
    read::source_of,
    store::{ReadBy, Store, ontology_quads, register_quads},
};

const BASE: &str = IriScheme::DEFAULT_BASE;

/// A store in memory with the ontology, the regions and the five documents.
pub(crate) fn five() -> Store {
    static SOURCES: OnceLock<Vec<(String, Vec<Quad>)>> = OnceLock::new();
    let iris = IriScheme::new(BASE);
    let sources = SOURCES.get_or_init(|| {
        let read = |(name, bytes): &(String, Vec<u8>)| {
            let source = source_of(name, bytes).expect("a text");
            let quads = to_quads(&iris, RULE_SET, &source, &process(register(), &source));
            (source.sha256, quads)
        };
        documents().iter().map(read).collect()
    });
    let store = Store::in_memory(BASE).expect("memory");
    let regions = register().regions.iter().map(|region| {
        (region.code.as_str(), region.name.as_str(), region.full_name.as_str(), region.parent.as_deref(), region.level)
    });
    let ontology = ontology_quads(&iris).expect("a well-formed ontology");
    store
        .replace(vec![(iris.layer("ontology"), ontology), (iris.layer("registers"), register_quads(&iris, regions))])
        .expect("a written store");
    let run = Run { id: "test".to_owned(), rule_set: RULE_SET.to_owned(), started: "2024-01-01T00:00:00Z".to_owned() };
    let read_by = ReadBy { rule_set: RULE_SET.to_owned(), registers: "test".to_owned() };
    let sources = sources.iter().map(|(sha256, quads)| (sha256.clone(), Some(quads.clone()))).collect();
    let mut linker = Linker::load(&store, register()).expect("a linker");
    linker.replace_sources(sources, &run, &read_by).expect("a written store");
    store
}
