//! Graphs in a store in memory: the order in which documents arrive, decisions, forgetting, and what comes late.

mod decisions;

mod history;

mod labels;

mod mirrors;

mod names;

mod open;

mod planted;

mod verified;

use crate::support::{documents, register};
use oxrdf::{NamedNode, Quad};
use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::OnceLock,
};
use zhengmai::{
    exchange::{are_isomorphic, canonical_hash},
    link::{Linker, Run},
    map::to_quads,
    model::{IriScheme, RULE_SET, Relation},
    pipeline::process,
    query::{ask, select},
    read::source_of,
    review::{Verdict, with_rejection, without},
    store::{ExportFormat, ReadBy, Store},
};

const PREFIXES: &str = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> \
    PREFIX eli: <http://data.europa.eu/eli/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> ";

const BASE: &str = IriScheme::DEFAULT_BASE;

/// A source, read: SHA-256 and the quads of its graph.
type Read = (String, Vec<Quad>);

fn read(name: &str, bytes: &[u8]) -> Read {
    let source = source_of(name, bytes).expect("a text");
    let quads = to_quads(&IriScheme::new(BASE), RULE_SET, &source, &process(register(), &source));
    (source.sha256, quads)
}

/// The five documents, read once.
fn five() -> &'static [Read] {
    static FIVE: OnceLock<Vec<Read>> = OnceLock::new();
    FIVE.get_or_init(|| documents().iter().map(|(name, bytes)| read(name, bytes)).collect())
}

fn empty() -> Store {
    Store::in_memory(BASE).expect("memory")
}

/// A run: its time stands in the provenance graph alone.
fn run() -> Run {
    Run { id: "test".to_owned(), rule_set: RULE_SET.to_owned(), started: "2024-01-01T00:00:00Z".to_owned() }
}

fn read_by() -> ReadBy {
    ReadBy { rule_set: RULE_SET.to_owned(), registers: "test".to_owned() }
}

fn ingest<'a>(store: &Store, sources: impl IntoIterator<Item = &'a Read>) {
    let mut linker = Linker::load(store, register()).expect("a linker");
    let sources = sources.into_iter().map(|(sha256, quads)| (sha256.clone(), Some(quads.clone()))).collect();
    linker.replace_sources(sources, &run(), &read_by()).expect("a written store");
}

fn remove(store: &Store, sha256: &str) {
    let mut linker = Linker::load(store, register()).expect("a linker");
    linker.replace_sources(vec![(sha256.to_owned(), None)], &run(), &read_by()).expect("a written store");
}

fn store_of<'a>(sources: impl IntoIterator<Item = &'a Read>) -> Store {
    let store = empty();
    ingest(&store, sources);
    store
}

fn version(store: &Store) -> String {
    store.version().expect("a version")
}

/// Everything but provenance, in N-Quads.
fn dump(store: &Store) -> String {
    let mut bytes = Vec::new();
    store.export(None, ExportFormat::NQuads, &mut bytes).expect("an export");
    let text = String::from_utf8(bytes).expect("UTF-8");
    let provenance = format!("<{}> .", store.iris().layer("provenance").as_str());
    text.split_inclusive('\n').filter(|line| !line.trim_end().ends_with(&provenance)).collect()
}

fn yes(store: &Store, pattern: &str) -> bool {
    ask(store, &format!("{PREFIXES} ASK {{ {pattern} }}")).expect("an answer")
}

fn nodes(store: &Store, pattern: &str) -> Vec<NamedNode> {
    let rows = select(store, &format!("{PREFIXES} SELECT DISTINCT ?x {{ {pattern} }} ORDER BY ?x"), &[]).expect("rows");
    rows.iter().filter_map(|row| row.node("x").cloned()).collect()
}

fn reject(store: &Store, iri: &NamedNode, id: &str) {
    let verdict = Verdict {
        id: id.to_owned(),
        reason: "误认".to_owned(),
        by: "test".to_owned(),
        at: "2024-01-02T00:00:00Z".to_owned(),
    };
    let decisions = with_rejection(store, iri, &verdict).expect("a decision");
    Linker::load(store, register()).expect("a linker").replace_decisions(decisions).expect("a written store");
}

fn withdraw(store: &Store, id: &str) {
    let decisions = without(store, id).expect("no such decision");
    Linker::load(store, register()).expect("a linker").replace_decisions(decisions).expect("a written store");
}

/// All orders of five things.
fn orders() -> Vec<[usize; 5]> {
    let mut orders = Vec::new();
    let mut order = [0, 1, 2, 3, 4];
    permute(&mut order, 0, &mut orders);
    orders
}

fn permute(order: &mut [usize; 5], from: usize, orders: &mut Vec<[usize; 5]>) {
    if from == order.len() {
        orders.push(*order);
        return;
    }
    for other in from..order.len() {
        order.swap(from, other);
        permute(order, from + 1, orders);
        order.swap(from, other);
    }
}

#[test]
fn the_five_documents_give_one_graph_in_each_of_the_120_orders() {
    let expected = store_of(five());
    let orders = orders();
    assert_eq!(orders.len(), 120);
    for (n, order) in orders.into_iter().enumerate() {
        // One by one: links and the effective graph are brought up to date five times.
        let store = empty();
        let mut linker = Linker::load(&store, register()).expect("a linker");
        for index in order {
            let (sha256, quads) = five()[index].clone();
            linker.replace_sources(vec![(sha256, Some(quads))], &run(), &read_by()).expect("a written store");
        }
        // There are no blank nodes, so equal sets of quads are isomorphic graphs; sophia says so of three.
        assert_eq!(version(&store), version(&expected), "{order:?}");
        assert_eq!(fingerprint(&store), fingerprint(&expected), "{order:?}");
        assert!(n % 40 != 0 || are_isomorphic(&dump(&store), &dump(&expected)).expect("N-Quads"), "{order:?}");
    }
}

/// How many quads there are, and the sum of their hashes: the same for equal sets, in whatever order.
fn fingerprint(store: &Store) -> (usize, u64) {
    store.inner().iter().map(|quad| quad.expect("a quad")).fold((0, 0), |(count, sum), quad| {
        let mut hasher = DefaultHasher::new();
        quad.hash(&mut hasher);
        (count + 1, sum.wrapping_add(hasher.finish()))
    })
}

#[test]
fn one_batch_two_batches_and_one_by_one_give_one_graph() {
    let expected = store_of(five());
    for split in 1..5 {
        let store = store_of(&five()[..split]);
        ingest(&store, &five()[split..]);
        assert_eq!(version(&store), version(&expected), "split at {split}");
        assert!(are_isomorphic(&dump(&store), &dump(&expected)).expect("N-Quads"), "split at {split}");
        assert_eq!(canonical_hash(&dump(&store)).expect("a hash"), canonical_hash(&dump(&expected)).expect("a hash"));
    }
}

#[test]
fn ingesting_again_changes_nothing() {
    let store = store_of(five());
    let before = (version(&store), dump(&store));
    ingest(&store, five());
    ingest(&store, [&five()[3]]);
    assert_eq!((version(&store), dump(&store)), before);
}

#[test]
fn removing_undoes_ingesting() {
    let store = store_of(five());
    let before = (version(&store), dump(&store));
    for index in 0..5 {
        let others: Vec<&Read> =
            five().iter().enumerate().filter(|(other, _)| *other != index).map(|(_, read)| read).collect();
        remove(&store, &five()[index].0);
        assert_eq!(version(&store), version(&store_of(others)), "without the {index}th it is as if it had never come");
        ingest(&store, [&five()[index]]);
        assert_eq!((version(&store), dump(&store)), before, "and back again");
    }
    for (sha256, _) in five() {
        remove(&store, sha256);
    }
    assert_eq!(version(&store), version(&empty()), "an emptied store is an empty store");
    assert_eq!(dump(&store), "");
}

#[test]
fn the_version_tells_different_contents_apart() {
    let mut versions: BTreeMap<String, usize> = BTreeMap::new();
    for count in 0..=5 {
        *versions.entry(version(&store_of(&five()[..count]))).or_default() += 1;
    }
    assert_eq!(versions.len(), 6);
}

#[test]
fn source_graphs_hold_claims_and_no_plain_edges() {
    let edges: Vec<NamedNode> =
        Relation::ALL.iter().map(|relation| zhengmai::model::vocab::zm(relation.property())).collect();
    for (_, quads) in five() {
        let plain: Vec<String> =
            quads.iter().filter(|quad| edges.contains(&quad.predicate)).map(ToString::to_string).collect();
        assert!(plain.is_empty(), "{}", plain.join("\n"));
    }
}

#[test]
fn every_edge_between_works_rests_on_a_claim_with_its_words() {
    let store = store_of(five());
    for relation in Relation::ALL {
        let property = relation.property();
        let unfounded = nodes(
            &store,
            &format!(
                "?x zm:{property} ?o . ?x a zm:PolicyDocument .
                 FILTER NOT EXISTS {{ ?c rdf:subject ?x ; rdf:predicate zm:{property} ; rdf:object ?o ; zm:quote ?q ; zm:start ?start ; zm:end ?end ; zm:rule ?r ; zm:confidence ?g }}"
            ),
        );
        assert!(unfounded.is_empty(), "{property}: {unfounded:?}");
    }
}

/// A notice of 绍兴市 with one sentence.
fn note(name: &str, sentence: &str) -> Read {
    let text =
        format!("绍兴市水利局关于{name}的通知\n\n各区、县(市)水利局:\n{sentence}\n\n绍兴市水利局\n2022年5月9日\n");
    read(&format!("{name}.txt"), text.as_bytes())
}

#[test]
fn the_same_source_under_another_name_is_one_source() {
    let (name, bytes) = documents().swap_remove(1);
    let one = store_of([&read(&name, &bytes)]);
    ingest(&one, [&read("副本.txt", &bytes)]);
    assert_eq!(one.sources().expect("sources").len(), 1);
}

#[test]
fn a_base_of_ones_own_changes_iris_and_nothing_else() {
    let base = "https://policy.example.cn/kg";
    let scheme = IriScheme::new(base);
    let mut elsewhere: Vec<String> = documents()
        .iter()
        .flat_map(|(name, bytes)| {
            let source = source_of(name, bytes).expect("a text");
            to_quads(&scheme, RULE_SET, &source, &process(register(), &source))
        })
        .map(|quad| quad.to_string())
        .collect();
    assert!(elsewhere.iter().all(|quad| !quad.contains(BASE)));
    for quad in &mut elsewhere {
        *quad = quad.replace(base, BASE);
    }
    let mut here: Vec<String> = five().iter().flat_map(|(_, quads)| quads).map(ToString::to_string).collect();
    elsewhere.sort_unstable();
    here.sort_unstable();
    assert_eq!(elsewhere, here);
}
