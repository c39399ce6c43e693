//! Named queries: what they answer on the five documents of `data/documents`. The expected rows are read from
//! the documents by hand; a comment says where each stands (document, item or line).

mod analysts;
mod documents;
mod duties;

use crate::support::{Faults, documents, register};
use oxrdf::{NamedNode, Quad};
use std::{collections::BTreeSet, sync::OnceLock};
use zhengmai::{
    lineage::Relations,
    link::{Linker, Run},
    map::to_quads,
    model::{IriScheme, RULE_SET, Relation},
    pipeline::process,
    query::{CATALOGUE, NamedQuery, Row, select},
    read::source_of,
    review::{Verdict, with_rejection},
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
    let store = with_ontology();
    let regions = register().regions.iter().map(|region| {
        (region.code.as_str(), region.name.as_str(), region.full_name.as_str(), region.parent.as_deref(), region.level)
    });
    store.replace(vec![(iris.layer("registers"), register_quads(&iris, regions))]).expect("a written store");
    let run = Run { id: "test".to_owned(), rule_set: RULE_SET.to_owned(), started: "2024-01-01T00:00:00Z".to_owned() };
    let read_by = ReadBy { rule_set: RULE_SET.to_owned(), registers: "test".to_owned() };
    let sources = sources.iter().map(|(sha256, quads)| (sha256.clone(), Some(quads.clone()))).collect();
    let mut linker = Linker::load(&store, register()).expect("a linker");
    linker.replace_sources(sources, &run, &read_by).expect("a written store");
    store
}

/// A store in memory with the ontology only.
pub(crate) fn with_ontology() -> Store {
    let store = Store::in_memory(BASE).expect("memory");
    let ontology = ontology_quads(store.iris()).expect("a well-formed ontology");
    store.replace(vec![(store.iris().layer("ontology"), ontology)]).expect("a written store");
    store
}

/// The store that the questions of this file are put to; nobody writes to it.
fn asked() -> &'static Store {
    static STORE: OnceLock<Store> = OnceLock::new();
    STORE.get_or_init(five)
}

/// Rows of a named query, each as its columns joined by ` | `. `file:3` is the first three characters of `file`,
/// `files/3` those of each word of `files`, in order; IRIs are written without base and namespace.
fn answer(store: &Store, name: &str, parameters: &[(&str, &str)], columns: &str) -> Vec<String> {
    let query = NamedQuery::find(name).unwrap_or_else(|| panic!("no query {name}"));
    let given: Vec<(String, String)> =
        parameters.iter().map(|(name, value)| ((*name).to_owned(), value.replace("BASE", BASE))).collect();
    let text = query.bound(&given, BASE).expect("parameters that fit");
    let rows = select(store, &text, &[]).unwrap_or_else(|error| panic!("{name}: {error}"));
    rows.iter().map(|row| columns.split(' ').map(|column| cell(row, column)).collect::<Vec<_>>().join(" | ")).collect()
}

fn cell(row: &Row, column: &str) -> String {
    if let Some((variable, length)) = column.split_once('/') {
        let length = length.parse().expect("a length");
        let words = row.text(variable).split(' ');
        let starts: BTreeSet<String> = words.map(|word| word.chars().take(length).collect()).collect();
        return starts.into_iter().collect::<Vec<_>>().join(" ");
    }
    let (variable, length) = match column.split_once(':') {
        Some((variable, length)) => (variable, length.parse().expect("a length")),
        None => (column, usize::MAX),
    };
    let text = row.text(variable).replace(BASE, "").replace("https://w3id.org/zhengmai#", "");
    text.chars().take(length).collect()
}

/// One question with its answer.
struct Case {
    query: &'static str,
    parameters: &'static [(&'static str, &'static str)],
    columns: &'static str,
    rows: &'static [&'static str],
}

fn check(cases: &[Case]) {
    let mut faults = Faults::default();
    for case in cases {
        let found = answer(asked(), case.query, case.parameters, case.columns);
        faults.compare(
            case.query,
            &format!("{:?}", case.parameters),
            &case.rows.join("\n              "),
            &found.join("\n              "),
        );
    }
    faults.assert_none();
}

#[test]
fn no_query_has_the_same_row_twice() {
    for query in CATALOGUE {
        // with the defaults, and with nothing bound
        for text in [query.bound(&[], BASE).expect("defaults that fit"), query.text.to_owned()] {
            let rows = select(asked(), &text, &[]).unwrap_or_else(|error| panic!("{}: {error}", query.name));
            let different: BTreeSet<String> = rows.iter().map(|row| format!("{row:?}")).collect();
            assert_eq!(rows.len(), different.len(), "{}", query.name);
        }
    }
}

#[test]
fn what_was_rejected_is_no_answer_any_more() {
    let store = five();
    let columns = "documentName";
    // What the notice of 002 says of 47号; the measures of 002 say the same of themselves.
    let claims = answer(&store, "what-implements", &[], "claim");
    let verdict = Verdict {
        id: "0".to_owned(),
        reason: "测试".to_owned(),
        by: "tester".to_owned(),
        at: "2024-01-01T00:00:00Z".to_owned(),
    };
    let claim = NamedNode::new(format!("{BASE}{}", claims[0])).expect("an IRI");
    let decisions = with_rejection(&store, &claim, &verdict).expect("a decision");
    Linker::load(&store, register()).expect("a linker").replace_decisions(decisions).expect("a written store");
    assert_eq!(answer(&store, "what-implements", &[], columns), ["天津市加快推动知识产权服务业高质量发展若干措施"]);
    assert_eq!(
        answer(&store, "what-was-rejected", &[], "predicateName quote file:3 reason"),
        ["贯彻落实 | 《关于加快推动知识产权服务业高质量发展的意见》 | 002 | 测试"]
    );
}

#[test]
fn every_query_looks_for_rejections_in_the_same_way() {
    let lines = |text: &str| text.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let words = "FILTER ((?wordsStart = ?start && ?wordsEnd = ?end) || ?words = ?quote)";
    let by_statement = "zm:start ?wordsStart ; zm:end ?wordsEnd . OPTIONAL { ?rejection zm:quote ?words }";
    for query in CATALOGUE.iter().filter(|query| lines(query.text).contains("EXISTS { ?rejection zm:onSource")) {
        assert!(lines(query.text).contains(&format!("{by_statement} {words} }}")), "{}", query.name);
    }
}

#[test]
fn walks_follow_the_relations_that_lineage_follows() {
    let followed: Relations = Relations::default();
    let walk: Vec<String> = followed.iter().map(|relation| format!("zm:{}", relation.property())).collect();
    let left_out = Relation::ALL.iter().filter(|relation| !followed.contains(**relation));
    let left_out: Vec<String> = left_out.map(|relation| format!("zm:{}", relation.property())).collect();
    for name in ["what-is-upstream", "what-is-downstream", "what-does-it-rest-on"] {
        let text = NamedQuery::find(name).expect("a query").text;
        assert!(text.contains(&format!("?relation NOT IN ({})", left_out.join(", "))), "{name}");
        assert!(!text.contains(")* ") || text.contains(&format!("({})*", walk.join("|"))), "{name}");
    }
}
