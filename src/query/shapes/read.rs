//! Shapes as they stand in the ontology graph.

use crate::{
    query::{QueryError, select},
    store::{Store, ontology_quads},
};
use oxigraph::{
    model::{NamedNode, NamedOrBlankNode, Term},
    sparql::QueryEvaluationError,
};
use std::collections::BTreeMap;

const SH: &str = "http://www.w3.org/ns/shacl#";
const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const SUB_CLASS_OF: &str = "http://www.w3.org/2000/01/rdf-schema#subClassOf";

/// What should be, for readers.
#[derive(Clone, Debug, Default)]
pub(super) struct Message {
    pub(super) chinese: String,
    pub(super) english: String,
}

/// `sh:NodeShape`: constraints on the nodes it is about.
#[derive(Clone, Debug)]
pub(super) struct NodeShape {
    pub(super) iri: NamedNode,
    pub(super) message: Message,
    /// `sh:targetClass`, with the classes below.
    pub(super) classes: Vec<NamedNode>,
    /// `sh:targetSubjectsOf`.
    pub(super) subjects_of: Vec<NamedNode>,
    /// `sh:nodeKind` of the node itself: the local name.
    pub(super) node_kind: Option<String>,
    /// `sh:property`.
    pub(super) properties: Vec<PropertyShape>,
    /// `sh:sparql`, with their prefixes.
    pub(super) queries: Vec<String>,
}

/// `sh:PropertyShape`: constraints on the values of one property.
#[derive(Clone, Debug)]
pub(super) struct PropertyShape {
    pub(super) iri: NamedNode,
    pub(super) message: Message,
    pub(super) path: NamedNode,
    pub(super) min_count: Option<String>,
    pub(super) max_count: Option<String>,
    pub(super) has_value: Vec<Term>,
    /// What each value must be.
    pub(super) values: Vec<ValueConstraint>,
}

/// A constraint that each value is held to by itself.
#[derive(Clone, Debug)]
pub(super) enum ValueConstraint {
    Datatype(NamedNode),
    /// The local name: IRI, Literal, `BlankNode`.
    NodeKind(String),
    /// An instance of one of these: a class and those below it.
    Class(Vec<NamedNode>),
    Pattern(Term),
    MinInclusive(Term),
    LessThan(NamedNode),
}

/// The node shapes of a store, in the order of their IRIs.
pub(super) fn node_shapes(store: &Store) -> Result<Vec<NodeShape>, QueryError> {
    let graph = Graph::of(store)?;
    let node_shape = Term::from(sh("NodeShape"));
    let is_shape = |node: &&NamedNode| graph.all(node, RDF_TYPE).contains(&&node_shape);
    Ok(graph.0.keys().filter(is_shape).map(|iri| graph.node_shape(iri)).collect())
}

fn sh(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SH}{name}"))
}

/// The ontology: node → predicate and object.
struct Graph(BTreeMap<NamedNode, Vec<(NamedNode, Term)>>);

impl Graph {
    fn of(store: &Store) -> Result<Self, QueryError> {
        let mut graph = Self(BTreeMap::new());
        let layer = store.iris().layer("ontology");
        let rows = select(store, &format!("SELECT ?s ?p ?o {{ GRAPH {layer} {{ ?s ?p ?o }} }}"), &[])?;
        for row in &rows {
            if let (Some(subject), Some(predicate), Some(object)) = (row.node("s"), row.node("p"), row.term("o")) {
                graph.0.entry(subject.clone()).or_default().push((predicate.clone(), object.clone()));
            }
        }
        if rows.is_empty() {
            let built_in =
                ontology_quads(store.iris()).map_err(|error| QueryEvaluationError::Dataset(Box::new(error)))?;
            for quad in built_in {
                if let NamedOrBlankNode::NamedNode(subject) = quad.subject {
                    graph.0.entry(subject).or_default().push((quad.predicate, quad.object));
                }
            }
        }
        Ok(graph)
    }

    fn all(&self, node: &NamedNode, predicate: &str) -> Vec<&Term> {
        let facts = self.0.get(node).map_or(&[][..], Vec::as_slice);
        facts.iter().filter(|(known, _)| known.as_str() == predicate).map(|(_, object)| object).collect()
    }

    /// The objects of one of SHACL's properties.
    fn terms(&self, node: &NamedNode, name: &str) -> Vec<&Term> {
        self.all(node, &format!("{SH}{name}"))
    }

    fn nodes(&self, node: &NamedNode, name: &str) -> Vec<NamedNode> {
        let mut nodes: Vec<NamedNode> = self
            .terms(node, name)
            .into_iter()
            .filter_map(|term| if let Term::NamedNode(node) = term { Some(node.clone()) } else { None })
            .collect();
        nodes.sort();
        nodes
    }

    fn text(&self, node: &NamedNode, name: &str) -> Option<String> {
        self.terms(node, name).first().map(|term| value(term).to_owned())
    }

    fn message(&self, node: &NamedNode) -> Message {
        let in_language = |language: &str| {
            let messages = self.terms(node, "message");
            let spoken =
                messages.iter().find(|term| matches!(term, Term::Literal(text) if text.language() == Some(language)));
            spoken.map(|term| value(term).to_owned()).unwrap_or_default()
        };
        Message { chinese: in_language("zh"), english: in_language("en") }
    }

    /// A class and all that are below it.
    fn with_sub_classes(&self, class: &NamedNode) -> Vec<NamedNode> {
        let mut classes = vec![class.clone()];
        let mut next = 0;
        while let Some(above) = classes.get(next).map(|class| Term::from(class.clone())) {
            next += 1;
            let below = self.0.keys().filter(|node| self.all(node, SUB_CLASS_OF).contains(&&above));
            let new: Vec<NamedNode> = below.filter(|node| !classes.contains(node)).cloned().collect();
            classes.extend(new);
        }
        classes
    }

    fn node_shape(&self, iri: &NamedNode) -> NodeShape {
        let classes = self.nodes(iri, "targetClass");
        NodeShape {
            iri: iri.clone(),
            message: self.message(iri),
            classes: classes.iter().flat_map(|class| self.with_sub_classes(class)).collect(),
            subjects_of: self.nodes(iri, "targetSubjectsOf"),
            node_kind: self.nodes(iri, "nodeKind").first().map(local),
            properties: self.nodes(iri, "property").iter().filter_map(|shape| self.property_shape(shape)).collect(),
            queries: self.nodes(iri, "sparql").iter().filter_map(|constraint| self.query(constraint)).collect(),
        }
    }

    fn property_shape(&self, iri: &NamedNode) -> Option<PropertyShape> {
        let mut values: Vec<ValueConstraint> = Vec::new();
        values.extend(self.nodes(iri, "datatype").into_iter().map(ValueConstraint::Datatype));
        values.extend(self.nodes(iri, "nodeKind").iter().map(|kind| ValueConstraint::NodeKind(local(kind))));
        values
            .extend(self.nodes(iri, "class").iter().map(|class| ValueConstraint::Class(self.with_sub_classes(class))));
        values.extend(self.terms(iri, "pattern").into_iter().cloned().map(ValueConstraint::Pattern));
        values.extend(self.terms(iri, "minInclusive").into_iter().cloned().map(ValueConstraint::MinInclusive));
        values.extend(self.nodes(iri, "lessThan").into_iter().map(ValueConstraint::LessThan));
        Some(PropertyShape {
            iri: iri.clone(),
            message: self.message(iri),
            path: self.nodes(iri, "path").first()?.clone(),
            min_count: self.text(iri, "minCount"),
            max_count: self.text(iri, "maxCount"),
            has_value: self.terms(iri, "hasValue").into_iter().cloned().collect(),
            values,
        })
    }

    /// The query of a `sh:SPARQLConstraint` behind the prefixes that it is written with.
    fn query(&self, constraint: &NamedNode) -> Option<String> {
        let mut text = String::new();
        for ontology in self.nodes(constraint, "prefixes") {
            for declaration in self.nodes(&ontology, "declare") {
                let (prefix, namespace) = (self.text(&declaration, "prefix")?, self.text(&declaration, "namespace")?);
                text.extend(["PREFIX ", &prefix, ": <", &namespace, ">\n"]);
            }
        }
        text.push_str(&self.text(constraint, "select")?);
        Some(text)
    }
}

fn local(node: &NamedNode) -> String {
    node.as_str().rsplit('#').next().unwrap_or_default().to_owned()
}

fn value(term: &Term) -> &str {
    match term {
        Term::Literal(literal) => literal.value(),
        Term::NamedNode(node) => node.as_str(),
        Term::BlankNode(node) => node.as_str(),
    }
}
