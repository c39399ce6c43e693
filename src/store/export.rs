//! The graph as a file: everything, or the graphs of one layer.

use super::{Store, StoreError};
use oxigraph::{
    io::{JsonLdProfileSet, RdfFormat, RdfSerializer},
    model::{GraphName, GraphNameRef, NamedOrBlankNode, Quad},
};
use std::{io::Write, path::PathBuf};

/// A format to export in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ExportFormat {
    /// N-Quads.
    NQuads,
    /// `TriG`.
    TriG,
    /// Turtle, one graph.
    Turtle,
    /// N-Triples, one graph.
    NTriples,
    /// JSON-LD 1.1.
    JsonLd,
}

impl ExportFormat {
    fn rdf(self) -> RdfFormat {
        match self {
            Self::NQuads => RdfFormat::NQuads,
            Self::TriG => RdfFormat::TriG,
            Self::Turtle => RdfFormat::Turtle,
            Self::NTriples => RdfFormat::NTriples,
            Self::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        }
    }

    /// Whether the format tells graphs apart.
    #[must_use]
    pub fn holds_graphs(self) -> bool {
        self.rdf().supports_datasets()
    }
}

impl Store {
    /// Writes the graphs whose path below `/graph/` starts with `layer` (all for `None`), in the order of
    /// their names, each in the order of its lines: the same contents give the same bytes. Memory: 100,000 quads.
    ///
    /// # Errors
    /// When the disk fails or `writer` refuses.
    pub fn export(&self, layer: Option<&str>, format: ExportFormat, writer: impl Write) -> Result<(), StoreError> {
        let wrong = |error| StoreError::Io { path: PathBuf::from("-"), error };
        let prefix = self.iris().layer(layer.unwrap_or("")).into_string();
        let mut names: Vec<String> = Vec::new();
        for name in self.inner().named_graphs() {
            if let NamedOrBlankNode::NamedNode(name) = name? {
                names.push(name.into_string());
            }
        }
        names.retain(|name| layer.is_none() || name.starts_with(&prefix));
        names.sort_unstable();
        let mut serializer = RdfSerializer::from_format(format.rdf());
        for (prefix, namespace) in crate::model::vocab::PREFIXES {
            serializer =
                serializer.with_prefix(*prefix, *namespace).map_err(|error| wrong(std::io::Error::other(error)))?;
        }
        let mut writer = serializer.for_writer(writer);
        for name in names {
            let graph = oxigraph::model::NamedNode::new_unchecked(name);
            self.in_order(&graph, |quad| {
                if format.holds_graphs() {
                    writer.serialize_quad(quad)
                } else {
                    writer.serialize_quad(&Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() })
                }
            })?;
        }
        // What users wrote to the default graph belongs to the whole.
        if layer.is_none() {
            for quad in self.inner().quads_for_pattern(None, None, None, Some(GraphNameRef::DefaultGraph)) {
                writer.serialize_quad(&quad?).map_err(wrong)?;
            }
        }
        writer.finish().map_err(wrong)?;
        Ok(())
    }
}
