//! What the store knows of its sources: their names, what read them, whether they are forgotten.

use super::{Store, StoreError};
use oxigraph::model::{GraphName, GraphNameRef, Literal, NamedNode, Quad, Term};

const ZM: &str = "https://w3id.org/zhengmai#";

fn zm(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{ZM}{name}"))
}

/// The rules and registers that a graph was made by. Where both are equal, and what it was made of is, making
/// it again would give the same.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ReadBy {
    /// Version of the rules.
    pub rule_set: String,
    /// Hash of the registers.
    pub registers: String,
}

impl ReadBy {
    /// The quads that note it for a graph, in the provenance layer.
    #[must_use]
    pub fn quads(&self, provenance: &NamedNode, graph: &NamedNode) -> [Quad; 2] {
        let layer = GraphName::NamedNode(provenance.clone());
        let quad = |name: &str, value: &str| {
            Quad::new(graph.clone(), zm(name), Literal::new_simple_literal(value), layer.clone())
        };
        [quad("ruleSet", &self.rule_set), quad("registersHash", &self.registers)]
    }
}

impl Store {
    /// What a source was read by; `None` where the store does not have it.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn read_by(&self, sha256: &str) -> Result<Option<ReadBy>, StoreError> {
        self.made_by(&self.iris().source_graph(sha256))
    }

    /// What the effective graph was derived by; `None` where there is none yet.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn derived_by(&self) -> Result<Option<ReadBy>, StoreError> {
        self.made_by(&self.iris().layer("effective"))
    }

    fn made_by(&self, graph: &NamedNode) -> Result<Option<ReadBy>, StoreError> {
        let value = |name: &str| self.provenance_value(graph, name);
        Ok(match (value("ruleSet")?, value("registersHash")?) {
            (Some(rule_set), Some(registers)) => Some(ReadBy { rule_set, registers }),
            _ => None,
        })
    }

    /// The hash of the metadata that a source was read with; `None` where it had none.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn metadata_hash(&self, sha256: &str) -> Result<Option<String>, StoreError> {
        let graph = self.iris().source_graph(sha256);
        let source = self.iris().source(sha256);
        let hash = zm("metadataHash");
        let graph = GraphNameRef::NamedNode(graph.as_ref());
        let mut quads =
            self.inner().quads_for_pattern(Some(source.as_ref().into()), Some(hash.as_ref()), None, Some(graph));
        Ok(match quads.next().transpose()?.map(|quad| quad.object) {
            Some(Term::Literal(literal)) => Some(literal.value().to_owned()),
            _ => None,
        })
    }

    fn provenance_value(&self, subject: &NamedNode, name: &str) -> Result<Option<String>, StoreError> {
        let layer = self.iris().layer("provenance");
        let layer = GraphNameRef::NamedNode(layer.as_ref());
        let predicate = zm(name);
        let mut quads =
            self.inner().quads_for_pattern(Some(subject.as_ref().into()), Some(predicate.as_ref()), None, Some(layer));
        Ok(match quads.next().transpose()?.map(|quad| quad.object) {
            Some(Term::Literal(literal)) => Some(literal.value().to_owned()),
            _ => None,
        })
    }

    /// Whether a source has been forgotten: it is not read again.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn is_forgotten(&self, sha256: &str) -> Result<bool, StoreError> {
        let hash = Literal::new_simple_literal(sha256);
        let layer = self.iris().layer("decisions");
        let layer = GraphNameRef::NamedNode(layer.as_ref());
        let on_source = zm("onSource");
        let decisions =
            self.inner().quads_for_pattern(None, Some(on_source.as_ref()), Some(hash.as_ref().into()), Some(layer));
        for decision in decisions {
            let erasure = zm("Erasure");
            let decision = decision?.subject;
            let mut is = self.inner().quads_for_pattern(
                Some(decision.as_ref()),
                Some(oxigraph::model::vocab::rdf::TYPE),
                Some(erasure.as_ref().into()),
                Some(layer),
            );
            if is.next().transpose()?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// SHA-256 and file name of every source, in order.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn file_names(&self) -> Result<Vec<(String, String)>, StoreError> {
        let file_name = zm("fileName");
        let mut names = Vec::new();
        for sha256 in self.sources()? {
            let source = self.iris().source(&sha256);
            let mut quads =
                self.inner().quads_for_pattern(Some(source.as_ref().into()), Some(file_name.as_ref()), None, None);
            let name = match quads.next().transpose()?.map(|quad| quad.object) {
                Some(Term::Literal(literal)) => literal.value().to_owned(),
                _ => String::new(),
            };
            names.push((sha256, name));
        }
        Ok(names)
    }
}
