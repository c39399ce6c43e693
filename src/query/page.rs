//! A page of an answer: LIMIT and OFFSET set anew, in the query's algebra and not in its text.

use super::{Dataset, QueryError, ResultFormat, parsed, ready, watched, write_results};
use crate::store::Store;
use oxigraph::{
    model::{Term, Variable},
    sparql::{QueryResults, QuerySolution, QuerySolutionIter},
};
use spargebra::{Query, algebra::GraphPattern};
use std::{io::Write, sync::Arc};

/// Some of the rows of an answer.
#[derive(Debug)]
pub struct Page {
    variables: Arc<[Variable]>,
    solutions: Vec<QuerySolution>,
    /// Whether the answer ends with this page.
    pub is_last: bool,
}

impl Page {
    /// The names of the columns, in order.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        self.variables.iter().map(|variable| variable.as_str().to_owned()).collect()
    }

    /// The rows, with a term or nothing in each column.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Option<&Term>>> {
        self.solutions.iter().map(|row| self.variables.iter().map(|variable| row.get(variable)).collect())
    }

    /// Writes the page as the answer of a SELECT.
    ///
    /// # Errors
    /// As [`write_results`].
    pub fn write(self, format: ResultFormat, writer: impl Write) -> Result<(), QueryError> {
        let solutions = QuerySolutionIter::new(self.variables, self.solutions.into_iter().map(Ok));
        write_results(QueryResults::Solutions(solutions), format, writer)
    }
}

/// The rows of a SELECT from `offset` on, `limit` of them at most, whatever LIMIT and OFFSET it has itself.
///
/// # Errors
/// As [`evaluate`](super::evaluate), when it fails on the way, and when the query is no SELECT.
pub fn page(store: &Store, text: &str, limit: usize, offset: usize) -> Result<Page, QueryError> {
    let query = match parsed(store, text)? {
        Query::Select { dataset, pattern, base_iri } => {
            let inner = match pattern {
                GraphPattern::Slice { inner, .. } => inner,
                other => Box::new(other),
            };
            // One row more tells whether there are more.
            let pattern = GraphPattern::Slice { inner, start: offset, length: Some(limit.saturating_add(1)) };
            Query::Select { dataset, pattern, base_iri }
        }
        _ => return Err(QueryError::Form("SELECT")),
    };
    let results = watched::answer(ready(store, query, &Dataset::default())?.on_store(store.inner()).execute()?);
    first(results, limit)
}

/// The first rows of an answer, `limit` of them at most.
///
/// # Errors
/// When it fails on the way, and when it has no rows: of an ASK, a CONSTRUCT, a DESCRIBE.
pub fn first(results: QueryResults<'_>, limit: usize) -> Result<Page, QueryError> {
    let QueryResults::Solutions(solutions) = results else { return Err(QueryError::Form("SELECT")) };
    let variables: Arc<[Variable]> = solutions.variables().into();
    let mut solutions = solutions.take(limit.saturating_add(1)).collect::<Result<Vec<_>, _>>()?;
    let is_last = solutions.len() <= limit;
    solutions.truncate(limit);
    Ok(Page { variables, solutions, is_last })
}

/// The columns of a SELECT, in order.
pub(super) fn columns(pattern: &GraphPattern) -> Vec<String> {
    match pattern {
        GraphPattern::Slice { inner, .. } | GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => {
            columns(inner)
        }
        GraphPattern::Project { variables, .. } => {
            variables.iter().map(|variable| variable.as_str().to_owned()).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_takes_the_place_of_the_limits_that_stand_in_the_query() {
        let store = Store::in_memory("http://127.0.0.1:7979").unwrap();
        let rows = |text: &str, limit, offset| -> Vec<String> {
            let page = page(&store, text, limit, offset).unwrap();
            assert_eq!(page.is_last, offset + limit >= 5, "{limit} {offset}");
            page.rows().map(|row| row[0].unwrap().to_string().replace('"', "")).collect()
        };
        let five = "SELECT ?n { VALUES ?n { '1' '2' '3' '4' '5' } } ORDER BY ?n";
        for text in [five.to_owned(), format!("{five} LIMIT 1"), format!("{five} LIMIT 2 OFFSET 3")] {
            assert_eq!(rows(&text, 3, 0), ["1", "2", "3"], "{text}");
            assert_eq!(rows(&text, 3, 4), ["5"], "{text}");
            assert_eq!(rows(&text, 3, 9), [""; 0], "{text}");
        }
        assert!(matches!(page(&store, "ASK {}", 1, 0), Err(QueryError::Form(_))));
    }
}
