//! The terms that the graph is written in: one function for each vocabulary.

use oxrdf::{NamedNode, NamedNodeRef};

/// The project's own namespace.
pub const ZM: &str = "https://w3id.org/zhengmai#";

macro_rules! vocabularies {
    ($($function:ident $namespace:literal $doc:literal;)*) => {
        /// Prefix and namespace of every vocabulary in use.
        pub const PREFIXES: &[(&str, &str)] = &[$((stringify!($function), $namespace)),*];

        $(#[doc = $doc]
        #[must_use]
        pub fn $function(name: &str) -> NamedNode {
            NamedNode::new_unchecked(format!(concat!($namespace, "{}"), name))
        })*
    };
}

vocabularies! {
    zm "https://w3id.org/zhengmai#" "The project's own terms (`ontology/zhengmai.ttl`).";
    eli "http://data.europa.eu/eli/ontology#" "European Legislation Identifier ontology.";
    prov "http://www.w3.org/ns/prov#" "W3C PROV-O.";
    skos "http://www.w3.org/2004/02/skos/core#" "W3C SKOS.";
    dcterms "http://purl.org/dc/terms/" "DCMI metadata terms.";
    org "http://www.w3.org/ns/org#" "W3C organization ontology.";
    cito "http://purl.org/spar/cito/" "Citation typing ontology.";
    rdf "http://www.w3.org/1999/02/22-rdf-syntax-ns#" "RDF.";
    rdfs "http://www.w3.org/2000/01/rdf-schema#" "RDF schema.";
    xsd "http://www.w3.org/2001/XMLSchema#" "XML schema datatypes.";
}

/// `rdf:type`.
pub const TYPE: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");

/// The term of a prefixed name such as `eli:cites`; `None` for an unknown prefix.
#[must_use]
pub fn term(prefixed: &str) -> Option<NamedNode> {
    let (prefix, name) = prefixed.split_once(':')?;
    let (_, namespace) = PREFIXES.iter().find(|(known, _)| *known == prefix)?;
    Some(NamedNode::new_unchecked(format!("{namespace}{name}")))
}
