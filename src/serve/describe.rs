//! The service description: <https://www.w3.org/TR/sparql11-service-description/>.

use super::{
    error::ApiError,
    negotiate::{accept, choose},
    state::AppState,
    stream::typed,
};
use axum::{body::Body, http::HeaderMap, response::Response};
use crate::query::ResultFormat;
use oxigraph::{
    io::RdfSerializer,
    model::{NamedNode, Quad, GraphName},
};

const FORMATS: [(&str, &str); 4] = [
    ("text/turtle", "turtle"),
    ("application/n-triples", "ntriples"),
    ("application/ld+json", "jsonld"),
    ("application/rdf+xml", "rdfxml"),
];

/// What the endpoint is and can, in RDF.
pub(super) fn service(state: &AppState, headers: &HeaderMap) -> Result<Response, ApiError> {
    let chosen = choose(accept(headers), &FORMATS.map(|(media_type, _)| media_type));
    let chosen = chosen.ok_or_else(|| ApiError::NotAcceptable("可用 (offered): text/turtle …".into()))?;
    let (media_type, name) = FORMATS.iter().find(|(media_type, _)| *media_type == chosen).ok_or(ApiError::Internal)?;
    let Some(ResultFormat::Graph(format)) = ResultFormat::parse(name) else { return Err(ApiError::Internal) };
    let failed = |error: std::io::Error| ApiError::Failed(error.to_string());
    let mut writer = RdfSerializer::from_format(format).for_writer(Vec::new());
    for quad in description(state) {
        writer.serialize_quad(&quad).map_err(failed)?;
    }
    Ok(typed(media_type, Body::from(writer.finish().map_err(failed)?)))
}

fn description(state: &AppState) -> Vec<Quad> {
    const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
    const FORMAT: &str = "http://www.w3.org/ns/formats/";
    let node = |namespace: &str, name: &str| NamedNode::new_unchecked(format!("{namespace}{name}"));
    let endpoint = state.store().iris().at("/sparql");
    let dataset = state.store().iris().at("/sparql#dataset");
    let graph = state.store().iris().at("/sparql#default-graph");
    let a = oxigraph::model::vocab::rdf::TYPE.into_owned();
    let triples = [
        (&endpoint, a.clone(), node(SD, "Service")),
        (&endpoint, node(SD, "endpoint"), endpoint.clone()),
        (&endpoint, node(SD, "supportedLanguage"), node(SD, "SPARQL11Query")),
        (&endpoint, node(SD, "feature"), node(SD, "UnionDefaultGraph")),
        (&endpoint, node(SD, "defaultDataset"), dataset.clone()),
        (&dataset, a.clone(), node(SD, "Dataset")),
        (&dataset, node(SD, "defaultGraph"), graph.clone()),
        (&graph, a, node(SD, "Graph")),
    ];
    let formats = [
        "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples",
        "N-Quads", "TriG", "RDF_XML", "JSON-LD",
    ];
    let formats = formats.into_iter().map(|format| (&endpoint, node(SD, "resultFormat"), node(FORMAT, format)));
    let quad = |(subject, predicate, object): (&NamedNode, NamedNode, NamedNode)| {
        Quad::new(subject.clone(), predicate, object, GraphName::DefaultGraph)
    };
    triples.into_iter().chain(formats).map(quad).collect()
}
