//! Questions: SPARQL over the union of the layers, with a way to stop it; and the named queries.

mod apply;
mod bounds;
mod catalogue;
mod certain;
mod examples;
mod gathered;
mod graphs;
mod leaves;
mod load;
mod order;
mod page;
mod plan;
mod reach;
mod results;
mod service;
mod shapes;
mod strings;
mod text;
mod text_search;
mod update;
mod watch;
mod watched;

pub use catalogue::{CATALOGUE, NamedQuery, Parameter, ParameterError, ParameterType, bind};
pub use examples::{EXAMPLES_PATH, example_quads};
pub use graphs::{DocumentError, delete_graph, fill_graph, triples_read, write_graph};
/// The engine's own: answers before they are written.
pub use oxigraph::sparql::{QueryResults, QuerySolutionIter};
pub use page::{Page, first, page};
pub use results::{ResultFormat, write_quads, write_results};
pub use shapes::{Violation, violations};
pub use text_search::{TextError, TextHit, TextQuestion, TextSearch};
pub use update::{UpdateError, update};
pub use watch::{Stop, Watch};

use crate::{
    fetch::{FetchError, Fetcher},
    store::Store,
};
use oxigraph::{
    model::{GraphName, NamedNode, NamedOrBlankNode, Term},
    sparql::{
        PreparedSparqlQuery, QueryDatasetSpecification, QueryEvaluationError, QuerySolution, SparqlEvaluator,
        SparqlSyntaxError,
    },
};
use spargebra::{Query, SparqlParser};
use std::{collections::BTreeMap, sync::Arc};

/// A question that got no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The text is no SPARQL.
    #[error("SPARQL 语法错误 (syntax error): {0}")]
    Syntax(#[from] SparqlSyntaxError),
    /// It was stopped.
    #[error(transparent)]
    Stopped(#[from] Stop),
    /// It is refused before it is evaluated: planning it would take too long, or could not be done at all.
    #[error("查询过于复杂: {what} {found}, 至多 {most} (too complex: {found}, at most {most})")]
    TooComplex {
        /// What there is too much of.
        what: &'static str,
        /// How much there is.
        found: u64,
        /// How much there may be.
        most: u64,
    },
    /// The answer has more rows than one may have.
    #[error("结果超过 {0} 行 (more than {0} rows)")]
    TooManyRows(u64),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// It asks another service.
    #[error("SERVICE {0}: 服务不访问网络 (SERVICE is off: this service does not go out)")]
    Service(String),
    /// It asks a service that it does not name.
    #[error("SERVICE {0}: 服务不能是变量, 请写明 IRI (a service can't be a variable: name its IRI)")]
    ServiceVariable(String),
    /// What it asks of full-text search can't be answered as it is.
    #[error("SERVICE zm:search: {0}")]
    SearchPattern(String),
    /// Full-text search failed.
    #[error("{0}")]
    Search(String),
    /// It asks a service that it may not ask.
    #[error("SERVICE {0}")]
    Refused(#[from] FetchError),
    /// Another service did not answer.
    #[error("SERVICE {0}")]
    Remote(Box<dyn std::error::Error + Send + Sync>),
    /// It could not be evaluated.
    #[error("查询失败 (evaluation failed): {0}")]
    Evaluation(QueryEvaluationError),
    /// The answer could not be written.
    #[error("结果无法写出 (cannot write the answer): {0}")]
    Write(#[from] std::io::Error),
    /// The answer has another form than was asked for.
    #[error("该查询的结果类型不能写成此格式 (this kind of answer has no such format): {0}")]
    Form(&'static str),
}

impl From<QueryEvaluationError> for QueryError {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::Cancelled => Self::Stopped(Stop::OutOfTime),
            QueryEvaluationError::Service(error) => match error.downcast::<service::ServiceError>() {
                Ok(error) => match *error {
                    service::ServiceError::Fetch(error) if error.is_refusal() => Self::Refused(error),
                    error => Self::Remote(Box::new(error)),
                },
                Err(error) => Self::Remote(error),
            },
            other => Self::Evaluation(other),
        }
    }
}

/// What a question sees. No graphs mean the union of all layers as default graph and every named graph under its
/// name.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// `default-graph-uri`.
    pub default_graphs: Vec<NamedNode>,
    /// `named-graph-uri`.
    pub named_graphs: Vec<NamedNode>,
    /// What answers SERVICE; nothing does where there is none.
    pub services: Option<Arc<Fetcher>>,
    /// What LOAD loads from.
    pub loads: Option<Arc<Fetcher>>,
}

impl Dataset {
    /// Makes its graphs those of a query.
    fn choose(&self, chosen: &mut QueryDatasetSpecification) {
        chosen.set_default_graph(self.default_graphs.iter().cloned().map(GraphName::from).collect());
        chosen.set_available_named_graphs(self.named_graphs.iter().cloned().map(NamedOrBlankNode::from).collect());
    }
}

/// Evaluates a query; where this thread works under a [`Watch`], so that it can be stopped.
///
/// Where the query says FROM, or `dataset` names graphs, those are its dataset; otherwise the default
/// graph is the union of all layers. Relative IRIs are relative to the store's own.
///
/// # Errors
/// When the text is no SPARQL, is too complex, or evaluation fails before the first row.
pub fn evaluate(store: &Store, text: &str, dataset: &Dataset) -> Result<QueryResults<'static>, QueryError> {
    Ok(watched::answer(prepared(store, text, dataset, None)?.on_store(store.inner()).execute()?))
}

/// As [`evaluate`], with full-text search as `SERVICE zm:search`.
///
/// # Errors
/// As [`evaluate`], and when what is asked of the search can't be answered as it is.
pub fn evaluate_with(
    store: &Store,
    search: &dyn TextSearch,
    text: &str,
    dataset: &Dataset,
) -> Result<QueryResults<'static>, QueryError> {
    Ok(watched::answer(prepared(store, text, dataset, Some(search))?.on_store(store.inner()).execute()?))
}

/// Evaluates a query and tells, as JSON, how: the engine's plan, with the rows that each part made and the time that
/// it took. (Parts named `urn:zhengmai:watch:…` are those by which the query can be stopped.)
///
/// # Errors
/// As [`evaluate_with`], and when it fails on the way.
pub fn explain(store: &Store, search: &dyn TextSearch, text: &str, dataset: &Dataset) -> Result<Vec<u8>, QueryError> {
    let query = prepared(store, text, dataset, Some(search))?;
    let (results, explanation) = query.on_store(store.inner()).compute_statistics().explain();
    match watched::answer(results?) {
        QueryResults::Solutions(rows) => {
            for row in rows {
                row?;
            }
        }
        QueryResults::Graph(triples) => {
            for triple in triples {
                triple?;
            }
        }
        QueryResults::Boolean(_) => (),
    }
    let mut json = Vec::new();
    explanation.write_in_json(&mut json)?;
    Ok(json)
}

fn prepared(
    store: &Store,
    text: &str,
    dataset: &Dataset,
    search: Option<&dyn TextSearch>,
) -> Result<PreparedSparqlQuery, QueryError> {
    let parsed = parsed(store, text)?;
    let parsed = match search {
        Some(search) => {
            bounds::check(&parsed, store.inner(), dataset, true)?;
            text_search::query(parsed, search)?
        }
        None => parsed,
    };
    ready(store, parsed, dataset)
}

/// A query whose text is no longer than one may be, with relative IRIs relative to the store's own.
fn parsed(store: &Store, text: &str) -> Result<Query, QueryError> {
    text::check(text)?;
    let base = format!("{}/", store.iris().base());
    let parser = SparqlParser::new().with_base_iri(base).map_err(|_| QueryError::Form("IRI"))?;
    Ok(parser.parse_query(text)?)
}

/// A query that is ready, and can be stopped where this thread works under a [`Watch`].
fn ready(store: &Store, parsed: Query, dataset: &Dataset) -> Result<PreparedSparqlQuery, QueryError> {
    bounds::check(&parsed, store.inner(), dataset, false)?;
    let mut query = prepared_query(parsed, dataset);
    let chosen = query.dataset_mut();
    if !dataset.default_graphs.is_empty() || !dataset.named_graphs.is_empty() {
        dataset.choose(chosen);
    } else if chosen.is_default_dataset() {
        chosen.set_default_graph_as_union();
    }
    Ok(query)
}

/// As [`prepared`], of a query that is parsed and checked, on the graphs that it names itself.
fn prepared_query(query: Query, dataset: &Dataset) -> PreparedSparqlQuery {
    let watch = Watch::current();
    let mut evaluator = SparqlEvaluator::new();
    if let Some(fetcher) = &dataset.services {
        let service = service::Service { fetcher: Arc::clone(fetcher), watch: watch.clone() };
        evaluator = evaluator.with_default_service_handler(service);
    }
    match watch {
        Some(watch) => {
            let mut watching = watched::Watching::default();
            let query = watched::query(query, &mut watching);
            watching.equip(evaluator, &watch).for_query(query)
        }
        None => evaluator.for_query(query),
    }
}

/// One row of a SELECT: variable → term.
#[derive(Clone, Debug, Default)]
pub struct Row {
    cells: BTreeMap<String, Term>,
}

impl Row {
    /// The term of a variable.
    #[must_use]
    pub fn term(&self, variable: &str) -> Option<&Term> {
        self.cells.get(variable)
    }

    /// The string of a variable: of a literal its value, of a node its IRI; empty where it is unbound.
    #[must_use]
    pub fn text(&self, variable: &str) -> &str {
        match self.cells.get(variable) {
            Some(Term::Literal(literal)) => literal.value(),
            Some(Term::NamedNode(node)) => node.as_str(),
            _ => "",
        }
    }

    /// The node of a variable.
    #[must_use]
    pub fn node(&self, variable: &str) -> Option<&NamedNode> {
        match self.cells.get(variable) {
            Some(Term::NamedNode(node)) => Some(node),
            _ => None,
        }
    }

    /// The number of a variable.
    #[must_use]
    pub fn number(&self, variable: &str) -> Option<usize> {
        self.text(variable).parse().ok()
    }
}

/// The rows of a SELECT in which each `?_name` of `parameters` is replaced by its term.
///
/// ```
/// use zhengmai::{query::select, store::Store};
/// let store = Store::in_memory("http://127.0.0.1:7979")?;
/// assert_eq!(select(&store, "SELECT ?n { VALUES ?n { 1 2 } }", &[])?.len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`evaluate`], and when the query is no SELECT.
pub fn select(store: &Store, text: &str, parameters: &[(&str, Term)]) -> Result<Vec<Row>, QueryError> {
    let text = bind(text, parameters);
    let results = evaluate(store, &text, &Dataset::default())?;
    let QueryResults::Solutions(solutions) = results else { return Err(QueryError::Form("SELECT")) };
    solutions.map(|solution| Ok(Row::from(&solution?))).collect()
}

impl From<&QuerySolution> for Row {
    fn from(solution: &QuerySolution) -> Self {
        let cells = solution.iter().map(|(variable, term)| (variable.as_str().to_owned(), term.clone()));
        Self { cells: cells.collect() }
    }
}

/// The answer of an ASK.
///
/// # Errors
/// As [`evaluate`], and when the query is no ASK.
pub fn ask(store: &Store, text: &str) -> Result<bool, QueryError> {
    match evaluate(store, text, &Dataset::default())? {
        QueryResults::Boolean(answer) => Ok(answer),
        _ => Err(QueryError::Form("ASK")),
    }
}
