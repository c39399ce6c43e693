//! SERVICE: a part of a query that another endpoint answers, where the operator has named its host.

use super::{Stop, Watch};
use crate::fetch::{FetchError, Fetcher};
use oxigraph::{
    model::NamedNode,
    sparql::{
        DefaultServiceHandler, QueryEvaluationError, QuerySolutionIter,
        results::{QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput},
    },
};
use spargebra::{Query, algebra::GraphPattern};
use std::{
    io::Read,
    sync::Arc,
    time::{Duration, Instant},
};

const ACCEPT: &str = "application/sparql-results+json, application/sparql-results+xml;q=0.9";

/// Asks other endpoints.
pub(super) struct Service {
    pub(super) fetcher: Arc<Fetcher>,
    pub(super) watch: Option<Watch>,
}

impl DefaultServiceHandler for Service {
    type Error = ServiceError;

    fn handle(
        &self,
        name: &NamedNode,
        pattern: &GraphPattern,
        _: Option<&oxiri::Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>, ServiceError> {
        let query = Query::Select { dataset: None, pattern: pattern.clone(), base_iri: None }.to_string();
        let deadline = self.watch.as_ref().and_then(Watch::deadline);
        let body = ("application/sparql-query", query.as_bytes());
        let answer = self.fetcher.post(name.as_str(), body, ACCEPT, deadline);
        if let (Err(error), Some(watch)) = (&answer, &self.watch) {
            if error.is_refusal() {
                watch.end(Stop::Refused);
            }
            // What took too long is out of time, whoever noticed first.
            watch.expect(Duration::ZERO);
        }
        let answer = answer?;
        let unusable = |what: String| ServiceError::Answer(name.clone(), what);
        let format = QueryResultsFormat::from_media_type(&answer.media_type);
        let format = format.ok_or_else(|| unusable(answer.media_type.clone()))?;
        let content = Watched { content: answer.content, watch: self.watch.clone() };
        let parsed = QueryResultsParser::from_format(format).for_reader(content);
        let ReaderQueryResultsParserOutput::Solutions(rows) = parsed.map_err(|error| unusable(error.to_string()))?
        else {
            return Err(unusable("boolean".to_owned()));
        };
        let (variables, watch) = (rows.variables().into(), self.watch.clone());
        let rows = rows.map(move |row| {
            if let Some(watch) = &watch {
                watch.row();
                if row.is_err() {
                    watch.expect(Duration::ZERO);
                }
            }
            row.map_err(|error| QueryEvaluationError::Service(Box::new(error)))
        });
        Ok(QuerySolutionIter::new(variables, rows))
    }
}

/// What another endpoint did not answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum ServiceError {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error("{0}: 答案不是 SPARQL 结果表 (the answer is no table of results): {1}")]
    Answer(NamedNode, String),
}

/// What was fetched, read only for as long as it is wanted.
pub(super) struct Watched {
    pub(super) content: Box<dyn Read + Send>,
    pub(super) watch: Option<Watch>,
}

impl Read for Watched {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let stop = self.watch.as_ref().and_then(|watch| {
            let is_late = watch.deadline().is_some_and(|deadline| Instant::now() > deadline);
            watch.stopped().or(is_late.then_some(Stop::OutOfTime))
        });
        match stop {
            Some(why) => Err(std::io::Error::other(why)),
            None => self.content.read(into),
        }
    }
}
