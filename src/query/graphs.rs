//! A graph by itself, as a document: read from what was sent, written in a format.

use super::{QueryError, results::prefixed};
use crate::store::Store;
use oxigraph::{
    io::{JsonLdProfileSet, RdfFormat, RdfParser},
    model::{GraphName, Quad, Triple},
    sparql::QueryEvaluationError,
};
use std::io::Write;

/// A document that holds no graph.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Its media type is none we read.
    #[error(
        "不认识的格式 {0}；可用 text/turtle、application/n-triples、application/rdf+xml、application/ld+json (unknown RDF format)"
    )]
    MediaType(String),
    /// It is not what its media type says.
    #[error("不是完好的 {media_type}: {error} (not well-formed)")]
    Syntax {
        /// What it is said to be.
        media_type: &'static str,
        /// What is wrong, and where.
        error: String,
    },
}

/// The triples of a document. Relative IRIs are relative to `base`; blank nodes get new names, so that they
/// are those of no other document.
///
/// ```
/// use zhengmai::query::triples_of;
/// let triples = triples_of(b"<a> <b> [] .", "text/turtle; charset=utf-8", "http://example.org/")?;
/// assert_eq!(triples.len(), 1);
/// assert!(triples_of(b"", "image/png", "http://example.org/").is_err());
/// # Ok::<(), zhengmai::query::DocumentError>(())
/// ```
///
/// # Errors
/// When the media type is unknown or the document is not well-formed; the place is in the message.
pub fn triples_of(document: &[u8], media_type: &str, base: &str) -> Result<Vec<Triple>, DocumentError> {
    let format = format_of(media_type).ok_or_else(|| DocumentError::MediaType(media_type.to_owned()))?;
    let syntax = |error: String| DocumentError::Syntax {
        media_type: super::results::without_parameters(format.media_type()),
        error,
    };
    let parser = RdfParser::from_format(format)
        .with_base_iri(base)
        .map_err(|error| syntax(error.to_string()))?
        .without_named_graphs()
        .rename_blank_nodes();
    let triple = |quad: Quad| Triple::new(quad.subject, quad.predicate, quad.object);
    parser.for_slice(document).map(|quad| quad.map(triple).map_err(|error| syntax(error.to_string()))).collect()
}

/// The format of a media type, and of those that browsers and old clients say for it.
fn format_of(media_type: &str) -> Option<RdfFormat> {
    let plain = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match plain.as_str() {
        "text/turtle" | "application/turtle" | "application/x-turtle" => Some(RdfFormat::Turtle),
        "application/n-triples" | "text/plain" => Some(RdfFormat::NTriples),
        "application/rdf+xml" | "application/xml" | "text/xml" => Some(RdfFormat::RdfXml),
        "application/ld+json" | "application/json" => Some(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
        _ => None,
    }
}

/// Writes the triples of a graph, as they come.
///
/// # Errors
/// When the disk fails or `writer` refuses. What was written until then is no whole graph.
pub fn write_graph<W: Write>(
    store: &Store,
    graph: &GraphName,
    format: super::ResultFormat,
    writer: W,
) -> Result<(), QueryError> {
    let super::ResultFormat::Graph(format) = format else { return Err(QueryError::Form("RDF")) };
    let mut writer = prefixed(format).for_writer(writer);
    for quad in store.inner().quads_for_pattern(None, None, None, Some(graph.as_ref())) {
        let quad = quad.map_err(|error| QueryError::Evaluation(QueryEvaluationError::Dataset(Box::new(error))))?;
        writer.serialize_quad(&Quad { graph_name: GraphName::DefaultGraph, ..quad })?;
    }
    writer.finish()?;
    Ok(())
}
