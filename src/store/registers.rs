//! The layers that do not come from documents: the ontology, and regions out of the register.

use super::StoreError;
use crate::model::{IriScheme, Level};
use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::{GraphName, Literal, NamedNode, Quad},
};

/// The files of `ontology/`, as they are built in: name and text.
pub const ONTOLOGY: &[(&str, &str)] = &[
    ("zhengmai.ttl", include_str!("../../ontology/zhengmai.ttl")),
    ("kinds.ttl", include_str!("../../ontology/kinds.ttl")),
    ("shapes.ttl", include_str!("../../ontology/shapes.ttl")),
];

/// A region: code, own name, name with those above it, code of the one above, level.
pub type RegionFacts<'a> = (&'a str, &'a str, &'a str, Option<&'a str>, Level);

/// The quads of the register graph: every region as `zm:Region` and SKOS concept.
#[must_use]
pub fn register_quads<'a>(iris: &IriScheme, regions: impl Iterator<Item = RegionFacts<'a>>) -> Vec<Quad> {
    const ZM: &str = "https://w3id.org/zhengmai#";
    const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
    let node = |namespace: &str, name: &str| NamedNode::new_unchecked(format!("{namespace}{name}"));
    let graph = GraphName::NamedNode(iris.layer("registers"));
    let mut quads = Vec::new();
    for (code, name, full_name, parent, level) in regions {
        let region = iris.region(code);
        let chinese = |text: &str| Literal::new_language_tagged_literal_unchecked(text, "zh");
        let mut add = |predicate: NamedNode, object: oxigraph::model::Term| {
            quads.push(Quad::new(region.clone(), predicate, object, graph.clone()));
        };
        add(node("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type"), node(ZM, "Region").into());
        add(node(SKOS, "notation"), Literal::new_simple_literal(code).into());
        add(node(SKOS, "prefLabel"), chinese(name).into());
        add(node(ZM, "fullName"), chinese(full_name).into());
        add(node(ZM, "level"), node(ZM, level.name()).into());
        if let Some(parent) = parent {
            add(node(SKOS, "broader"), iris.region(parent).into());
        }
    }
    quads
}

/// The quads of the ontology graph. Blank nodes (of shapes) get names of their own below the graph's, so
/// that the store has none.
///
/// # Errors
/// When a built-in file is no Turtle, which a test rules out.
pub fn ontology_quads(iris: &IriScheme) -> Result<Vec<Quad>, StoreError> {
    let graph = iris.layer("ontology");
    let mut quads = Vec::new();
    for (file, text) in ONTOLOGY {
        let parser = RdfParser::from_format(RdfFormat::Turtle).with_default_graph(graph.clone()).rename_blank_nodes();
        let mut names = std::collections::BTreeMap::new();
        for quad in parser.for_slice(text) {
            let quad = quad.map_err(|error| StoreError::Io {
                path: file.into(),
                error: std::io::Error::new(std::io::ErrorKind::InvalidData, error.to_string()),
            })?;
            quads.push(named(quad, &graph, file, &mut names));
        }
    }
    Ok(quads)
}

/// A quad with its blank nodes named by the order in which they come.
fn named(quad: Quad, graph: &NamedNode, file: &str, names: &mut std::collections::BTreeMap<String, usize>) -> Quad {
    use oxigraph::model::{NamedOrBlankNode, Term};
    let mut name = |blank: &oxigraph::model::BlankNode| {
        let count = names.len();
        let n = *names.entry(blank.as_str().to_owned()).or_insert(count);
        NamedNode::new_unchecked(format!("{}/{file}/{n}", graph.as_str()))
    };
    let subject = match &quad.subject {
        NamedOrBlankNode::BlankNode(blank) => name(blank).into(),
        NamedOrBlankNode::NamedNode(_) => quad.subject.clone(),
    };
    let object: Term = match &quad.object {
        Term::BlankNode(blank) => name(blank).into(),
        other => other.clone(),
    };
    Quad::new(subject, quad.predicate, object, quad.graph_name)
}
