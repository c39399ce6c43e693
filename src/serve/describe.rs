//! The service's description of itself (SPARQL 1.1 Service Description).

use super::{
    error::ApiError,
    state::{AppState, Writing},
    stream::Pipe,
};
use crate::{
    model::vocab::{TYPE, rdfs},
    query::{ResultFormat, write_quads},
};
use oxrdf::{GraphName, Literal, NamedNode, Quad, Term};
use std::collections::BTreeMap;

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
    written(quads(state, endpoint), format, pipe)
}

/// Writes quads as triples, in order and each once.
pub(super) fn written(quads: Vec<Quad>, format: ResultFormat, pipe: &mut Pipe) -> Result<(), ApiError> {
    let triple = |quad: Quad| Quad { graph_name: GraphName::DefaultGraph, ..quad };
    let triples: BTreeMap<String, Quad> =
        quads.into_iter().map(triple).map(|triple| (triple.to_string(), triple)).collect();
    Ok(write_quads(triples.into_values(), format, &mut *pipe)?)
}

fn quads(state: &AppState, endpoint: &str) -> Vec<Quad> {
    let mut quads = Vec::new();
    let mut add = |subject: &NamedNode, predicate: NamedNode, object: Term| {
        quads.push(Quad::new(subject.clone(), predicate, object, GraphName::DefaultGraph));
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
