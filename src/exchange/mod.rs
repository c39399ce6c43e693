//! Other people's formats: Turtle, N-Quads and XLSX out, RDFC-1.0 hashes and isomorphism of any RDF (sophia).

mod canonical;
mod xlsx;

pub use canonical::{CanonicalError, are_isomorphic, canonical_hash};
pub use xlsx::{Cell, SheetError, write_xlsx};

use crate::model::vocab::PREFIXES;
use oxigraph::io::{RdfFormat, RdfSerializer};
use oxrdf::{GraphName, Quad};
use std::io;

/// A graph's triples in Turtle, with the prefixes in use; graph names are left out.
///
/// # Errors
/// When memory is short.
pub fn write_turtle(quads: &[Quad]) -> io::Result<Vec<u8>> {
    let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
    for (prefix, namespace) in PREFIXES {
        serializer = serializer.with_prefix(*prefix, *namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(Vec::new());
    for quad in quads {
        let triple = Quad { graph_name: GraphName::DefaultGraph, ..quad.clone() };
        writer.serialize_quad(&triple)?;
    }
    writer.finish()
}

/// Quads as N-Quads, one a line.
///
/// # Errors
/// When memory is short.
pub fn write_nquads(quads: &[Quad]) -> io::Result<Vec<u8>> {
    let mut writer = RdfSerializer::from_format(RdfFormat::NQuads).for_writer(Vec::new());
    for quad in quads {
        writer.serialize_quad(quad)?;
    }
    writer.finish()
}
