//! The named queries as RDF: SHACL's executables, which query editors look for in an endpoint.

use super::CATALOGUE;
use crate::model::{
    IriScheme,
    vocab::{PREFIXES, TYPE, rdfs, xsd},
};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};

const SHACL: &str = "http://www.w3.org/ns/shacl#";
const SCHEMA: &str = "https://schema.org/";

/// Where the examples are, below the base.
pub const EXAMPLES_PATH: &str = "/.well-known/sparql-examples";

/// Every named query as a `sh:SPARQLExecutable` with its text, its parameters bound to their defaults, and what it
/// answers; and the prefixes that they use. For the graph of the ontology.
#[must_use]
pub fn example_quads(iris: &IriScheme) -> Vec<Quad> {
    let graph = GraphName::NamedNode(iris.layer("ontology"));
    let node = |namespace: &str, name: &str| NamedNode::new_unchecked(format!("{namespace}{name}"));
    let example = |name: &str| iris.at(&format!("{EXAMPLES_PATH}#{name}"));
    let mut quads = Vec::new();
    let mut add = |subject: &NamedNode, predicate: NamedNode, object: Term| {
        quads.push(Quad::new(subject.clone(), predicate, object, graph.clone()));
    };
    let prefixes = example("prefixes");
    for (prefix, namespace) in PREFIXES {
        let declared = example(&format!("prefix-{prefix}"));
        add(&prefixes, node(SHACL, "declare"), declared.clone().into());
        add(&declared, node(SHACL, "prefix"), Literal::new_simple_literal(*prefix).into());
        add(&declared, node(SHACL, "namespace"), Literal::new_typed_literal(*namespace, xsd("anyURI")).into());
    }
    for query in CATALOGUE {
        // A test of the catalogue rules out that a query cannot be bound to its defaults.
        let Ok(text) = query.bound(&[], iris.base()) else { continue };
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("#+")).collect();
        let executable = example(query.name);
        add(&executable, TYPE.into_owned(), node(SHACL, "SPARQLExecutable").into());
        add(&executable, TYPE.into_owned(), node(SHACL, "SPARQLSelectExecutable").into());
        add(&executable, node(SHACL, "prefixes"), prefixes.clone().into());
        add(&executable, node(SHACL, "select"), Literal::new_simple_literal(lines.join("\n").trim()).into());
        for (text, language) in query.summary().splitn(2, " / ").zip(["zh", "en"]) {
            add(&executable, rdfs("comment"), Literal::new_language_tagged_literal_unchecked(text, language).into());
        }
        add(&executable, node(SCHEMA, "target"), iris.at("/sparql").into());
    }
    quads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_query_is_an_example_that_can_be_run_and_says_what_it_answers() {
        let quads = example_quads(&IriScheme::new("https://example.org/base"));
        let of = |name: &str| quads.iter().filter(|quad| quad.predicate.as_str().ends_with(name)).collect::<Vec<_>>();
        assert_eq!(of("#select").len(), CATALOGUE.len());
        assert_eq!(of("#comment").len(), 2 * CATALOGUE.len());
        for quad in of("#select") {
            let Term::Literal(text) = &quad.object else { panic!("{quad}") };
            assert!(oxigraph::sparql::SparqlEvaluator::new().parse_query(text.value()).is_ok(), "{text}");
            assert!(!text.value().contains("#+"), "{text}");
            assert!(!text.value().contains(IriScheme::DEFAULT_BASE), "{text}");
        }
    }
}
