//! A graph by itself: read from what was sent, stored, deleted, written in a format.

use super::{QueryError, Watch, results::prefixed, update::in_transaction};
use crate::store::{Store, StoreError, empty_graph};
use oxigraph::{
    io::{JsonLdProfileSet, RdfFormat, RdfParseError, RdfParser},
    model::{GraphName, GraphNameRef, Quad, Triple},
    sparql::QueryEvaluationError,
    store::Transaction,
};
use std::io::{Read, Write};

/// A document that holds no graph.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Its media type is none we read.
    #[error(
        "不认识的格式 {0}；可用 text/turtle、application/n-triples、application/rdf+xml、application/ld+json (unknown RDF format)"
    )]
    MediaType(String),
    /// It did not come whole.
    #[error("没有读完 (it did not come whole): {0}")]
    Read(#[from] std::io::Error),
    /// It is not what its media type says.
    #[error("不是完好的 {media_type}: {error} (not well-formed)")]
    Syntax {
        /// What it is said to be.
        media_type: &'static str,
        /// What is wrong, and where.
        error: String,
    },
}

/// The triples of a document, as they come. Relative IRIs are relative to `base`; blank nodes get new names, so that
/// they are those of no other document.
///
/// ```
/// use zhengmai::query::triples_read;
/// let triples = triples_read(b"<a> <b> [] .".as_slice(), "text/turtle; charset=utf-8", "http://example.org/")?;
/// assert_eq!(triples.count(), 1);
/// assert!(triples_read(b"".as_slice(), "image/png", "http://example.org/").is_err());
/// # Ok::<(), zhengmai::query::DocumentError>(())
/// ```
///
/// # Errors
/// When the media type is unknown. Where the document is not well-formed, that is its last triple; the place is in the
/// message.
pub fn triples_read<R: Read>(
    document: R,
    media_type: &str,
    base: &str,
) -> Result<impl Iterator<Item = Result<Triple, DocumentError>> + use<R>, DocumentError> {
    let format = format_of(media_type).ok_or_else(|| DocumentError::MediaType(media_type.to_owned()))?;
    let syntax = move |error: String| DocumentError::Syntax {
        media_type: super::results::without_parameters(format.media_type()),
        error,
    };
    let parser = RdfParser::from_format(format)
        .with_base_iri(base)
        .map_err(|error| syntax(error.to_string()))?
        .without_named_graphs()
        .rename_blank_nodes();
    let triple = |quad: Quad| Triple::new(quad.subject, quad.predicate, quad.object);
    Ok(parser.for_reader(document).map(move |quad| {
        Watch::look_at_current();
        quad.map(triple).map_err(|error| match error {
            RdfParseError::Io(error) => DocumentError::Read(error),
            RdfParseError::Syntax(error) => syntax(error.to_string()),
        })
    }))
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

/// Adds triples to a graph as they come; it holds nothing else afterwards if `anew`. Whether the graph is new.
///
/// # Errors
/// What comes instead of a triple; when it was stopped, or the store fails. Nothing has changed then.
pub fn fill_graph<E: From<QueryError> + From<StoreError>>(
    store: &Store,
    graph: &GraphName,
    triples: impl Iterator<Item = Result<Triple, E>>,
    anew: bool,
) -> Result<bool, E> {
    in_transaction(store, |transaction| {
        let is_new = !contains(transaction, graph)?;
        if anew {
            empty_graph(transaction, graph.as_ref(), Watch::look_at_current)?;
        }
        match graph.as_ref() {
            GraphNameRef::NamedNode(name) => transaction.insert_named_graph(name),
            GraphNameRef::BlankNode(name) => transaction.insert_named_graph(name),
            GraphNameRef::DefaultGraph => (),
        }
        for triple in triples {
            transaction.insert(&triple?.in_graph(graph.clone()));
        }
        Ok(is_new)
    })
}

/// Deletes a graph; the default graph is emptied. Whether there was one.
///
/// # Errors
/// When it was stopped, or the store fails. Nothing has changed then.
pub fn delete_graph(store: &Store, graph: &GraphName) -> Result<bool, QueryError> {
    in_transaction(store, |transaction| {
        let was_there = contains(transaction, graph)?;
        empty_graph(transaction, graph.as_ref(), Watch::look_at_current)?;
        match graph.as_ref() {
            GraphNameRef::NamedNode(name) => transaction.remove_named_graph(name),
            GraphNameRef::BlankNode(name) => transaction.remove_named_graph(name),
            GraphNameRef::DefaultGraph => Ok(()),
        }
        .map_err(StoreError::from)?;
        Ok(was_there)
    })
}

fn contains(transaction: &Transaction<'_>, graph: &GraphName) -> Result<bool, StoreError> {
    Ok(match graph.as_ref() {
        GraphNameRef::NamedNode(name) => transaction.contains_named_graph(name)?,
        GraphNameRef::BlankNode(name) => transaction.contains_named_graph(name)?,
        GraphNameRef::DefaultGraph => true,
    })
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
