//! The service's description of itself (SPARQL 1.1 Service Description).

use super::{
    error::ApiError,
    state::{AppState, Writing},
    stream::Pipe,
};
use crate::{
    model::vocab::{TYPE, rdfs},
    query::{Dataset, ResultFormat, evaluate, write_results},
    store::Store,
};
use oxrdf::{GraphName, Literal, NamedNode, Quad, Term};

/// The formats of results, as the W3C names them.
const FORMATS: &[&str] = &[
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "N-Quads",
    "TriG",
    "RDF_XML",
    "JSON-LD",
];

/// The layers, and what is in them.
const LAYERS: &[(&str, &str)] = &[
    ("effective", "生效图：由陈述、链接和裁定得出的普通三元组"),
    ("links", "链接：纵观全部文件才能看出的"),
    ("decisions", "裁定：人的否决"),
    ("registers", "登记表：地区"),
    ("provenance", "来历：哪次运行读了哪个来源"),
    ("ontology", "本体、文种、形状"),
];

fn sd(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("http://www.w3.org/ns/sparql-service-description#{name}"))
}

/// Writes the description of the endpoint at `endpoint`.
pub(super) fn write(state: &AppState, endpoint: &str, format: ResultFormat, pipe: &mut Pipe) -> Result<(), ApiError> {
    let graph = NamedNode::new_unchecked("urn:zhengmai:description");
    let store = Store::in_memory(state.iris().base())?;
    store.replace(vec![(graph.clone(), quads(state, endpoint, &graph))])?;
    written(&store, "CONSTRUCT { ?s ?p ?o } WHERE { { SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o } }", format, pipe)
}

/// Writes the answer of a CONSTRUCT on a store of its own.
pub(super) fn written(store: &Store, query: &str, format: ResultFormat, pipe: &mut Pipe) -> Result<(), ApiError> {
    let results = evaluate(store, query, &Dataset::default())?;
    Ok(write_results(results, format, &mut *pipe)?)
}

fn quads(state: &AppState, endpoint: &str, graph: &NamedNode) -> Vec<Quad> {
    let mut quads = Vec::new();
    let mut add = |subject: &NamedNode, predicate: NamedNode, object: Term| {
        quads.push(Quad::new(subject.clone(), predicate, object, GraphName::NamedNode(graph.clone())));
    };
    let node = |suffix: &str| NamedNode::new_unchecked(format!("{endpoint}#{suffix}"));
    let (service, dataset, default) = (node("service"), node("dataset"), node("default-graph"));
    add(&service, TYPE.into_owned(), sd("Service").into());
    add(&service, sd("endpoint"), NamedNode::new_unchecked(endpoint).into());
    add(&service, sd("supportedLanguage"), sd("SPARQL11Query").into());
    if state.settings().writing != Writing::Never {
        add(&service, sd("supportedLanguage"), sd("SPARQL11Update").into());
    }
    add(&service, sd("feature"), sd("UnionDefaultGraph").into());
    for format in FORMATS {
        add(
            &service,
            sd("resultFormat"),
            NamedNode::new_unchecked(format!("http://www.w3.org/ns/formats/{format}")).into(),
        );
    }
    add(&service, sd("defaultDataset"), dataset.clone().into());
    add(&dataset, TYPE.into_owned(), sd("Dataset").into());
    add(&dataset, sd("defaultGraph"), default.clone().into());
    add(&default, TYPE.into_owned(), sd("Graph").into());
    for (layer, label) in LAYERS {
        let named = node(&format!("graph-{layer}"));
        add(&dataset, sd("namedGraph"), named.clone().into());
        add(&named, TYPE.into_owned(), sd("NamedGraph").into());
        add(&named, sd("name"), state.iris().layer(layer).into());
        add(&named, rdfs("label"), Literal::new_language_tagged_literal_unchecked(*label, "zh").into());
    }
    quads
}
