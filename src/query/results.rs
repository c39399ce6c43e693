//! Answers in the formats of the standards.

use super::{QueryError, Watch};
use oxigraph::{
    io::{RdfFormat, RdfSerializer},
    model::{GraphName, Quad, Triple},
    sparql::{
        QueryResults,
        results::{QueryResultsFormat, QueryResultsSerializer},
    },
};
use std::io::Write;

/// A format for answers: tables for SELECT and ASK, RDF for CONSTRUCT and DESCRIBE.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ResultFormat {
    /// SPARQL results in JSON, XML, CSV or TSV.
    Table(QueryResultsFormat),
    /// RDF.
    Graph(RdfFormat),
}

impl ResultFormat {
    /// Tables in JSON.
    pub const JSON: Self = Self::Table(QueryResultsFormat::Json);
    /// RDF in Turtle.
    pub const TURTLE: Self = Self::Graph(RdfFormat::Turtle);

    /// The format of a short name: json, xml, csv, tsv, turtle, ntriples, nquads, trig, rdfxml, jsonld.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "json" => Self::Table(QueryResultsFormat::Json),
            "xml" => Self::Table(QueryResultsFormat::Xml),
            "csv" => Self::Table(QueryResultsFormat::Csv),
            "tsv" => Self::Table(QueryResultsFormat::Tsv),
            "turtle" | "ttl" => Self::Graph(RdfFormat::Turtle),
            "ntriples" | "nt" => Self::Graph(RdfFormat::NTriples),
            "nquads" | "nq" => Self::Graph(RdfFormat::NQuads),
            "trig" => Self::Graph(RdfFormat::TriG),
            "rdfxml" | "rdf" => Self::Graph(RdfFormat::RdfXml),
            "jsonld" => Self::Graph(RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() }),
            _ => return None,
        })
    }

    /// The media type, without parameters.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Table(format) => without_parameters(format.media_type()),
            Self::Graph(format) => without_parameters(format.media_type()),
        }
    }

    /// Whether answers of this form fit: tables for SELECT and ASK, RDF for CONSTRUCT and DESCRIBE.
    #[must_use]
    pub fn fits(self, results: &QueryResults<'_>) -> bool {
        matches!((self, results), (Self::Graph(_), QueryResults::Graph(_)))
            || matches!((self, results), (Self::Table(_), QueryResults::Solutions(_) | QueryResults::Boolean(_)))
    }
}

pub(super) fn without_parameters(media_type: &'static str) -> &'static str {
    media_type.split(';').next().unwrap_or(media_type)
}

/// Writes an answer. Rows are written as they come.
///
/// # Errors
/// When the answer has another form than the format, evaluation fails on the way, or `writer` refuses.
/// What was written until then is no whole answer.
pub fn write_results<W: Write>(results: QueryResults<'_>, format: ResultFormat, writer: W) -> Result<(), QueryError> {
    let watch = Watch::current();
    let mut rows = 0;
    let mut one_more = || {
        rows += 1;
        watch.as_ref().map_or(Ok(()), |watch| watch.allow(rows))
    };
    match (results, format) {
        (QueryResults::Boolean(answer), ResultFormat::Table(format)) => {
            QueryResultsSerializer::from_format(format).serialize_boolean_to_writer(writer, answer)?;
        }
        (QueryResults::Solutions(solutions), ResultFormat::Table(format)) => {
            let variables = solutions.variables().to_vec();
            let mut writer =
                QueryResultsSerializer::from_format(format).serialize_solutions_to_writer(writer, variables)?;
            for solution in solutions {
                one_more()?;
                writer.serialize(&solution?)?;
            }
            writer.finish()?;
        }
        (QueryResults::Graph(triples), ResultFormat::Graph(format)) => {
            let mut writer = prefixed(format).for_writer(writer);
            for triple in triples {
                one_more()?;
                let Triple { subject, predicate, object } = triple?;
                writer.serialize_quad(&Quad::new(subject, predicate, object, GraphName::DefaultGraph))?;
            }
            writer.finish()?;
        }
        (QueryResults::Graph(_), ResultFormat::Table(_)) => return Err(QueryError::Form("CONSTRUCT, DESCRIBE")),
        (_, ResultFormat::Graph(_)) => return Err(QueryError::Form("SELECT, ASK")),
    }
    Ok(())
}

/// Writes quads in an RDF format as they come; without their graphs where the format has none.
///
/// # Errors
/// When the format is one of tables, or `writer` refuses.
pub fn write_quads<W: Write>(
    quads: impl IntoIterator<Item = Quad>,
    format: ResultFormat,
    writer: W,
) -> Result<(), QueryError> {
    let ResultFormat::Graph(format) = format else { return Err(QueryError::Form("CONSTRUCT, DESCRIBE")) };
    let mut writer = prefixed(format).for_writer(writer);
    for mut quad in quads {
        if !format.supports_datasets() {
            quad.graph_name = GraphName::DefaultGraph;
        }
        writer.serialize_quad(&quad)?;
    }
    writer.finish()?;
    Ok(())
}

/// A serializer that knows the prefixes in use.
pub(super) fn prefixed(format: RdfFormat) -> RdfSerializer {
    crate::model::vocab::PREFIXES.iter().fold(RdfSerializer::from_format(format), |serializer, (prefix, namespace)| {
        // The namespaces are constants and IRIs.
        let plain = serializer.clone();
        serializer.with_prefix(*prefix, *namespace).unwrap_or(plain)
    })
}
