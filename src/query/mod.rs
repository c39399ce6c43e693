//! Questions: SPARQL over the union of the layers, with a way to stop it; and the named queries.

mod catalogue;
mod graphs;
mod results;
mod shapes;
mod update;

pub use catalogue::{CATALOGUE, NamedQuery, Parameter, ParameterType, bind};
pub use graphs::{DocumentError, triples_of, write_graph};
/// The engine's own: what stops a query, and its answers before they are written.
pub use oxigraph::sparql::{CancellationToken, QueryResults, QuerySolutionIter};
pub use results::{ResultFormat, write_results};
pub use shapes::{Violation, violations};
pub use update::{UpdateError, update};

use crate::store::Store;
use oxigraph::{
    model::{GraphName, NamedNode, NamedOrBlankNode, Term},
    sparql::{QueryEvaluationError, QuerySolution, SparqlEvaluator, SparqlSyntaxError},
};
use std::collections::BTreeMap;

/// A question that got no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The text is no SPARQL.
    #[error("SPARQL 语法错误 (syntax error): {0}")]
    Syntax(#[from] SparqlSyntaxError),
    /// It was stopped.
    #[error("查询已中止: 超过时限 (stopped: out of time)")]
    Cancelled,
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
            QueryEvaluationError::Cancelled => Self::Cancelled,
            other => Self::Evaluation(other),
        }
    }
}

/// Which graphs a question sees; empty means the union of all layers as default graph and every named
/// graph under its name.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// `default-graph-uri`.
    pub default_graphs: Vec<NamedNode>,
    /// `named-graph-uri`.
    pub named_graphs: Vec<NamedNode>,
}

/// Evaluates a query. `cancel` stops it where the engine looks: between quads and terms, not within a
/// sort or a join of constants.
///
/// Where the query says FROM, or `dataset` names graphs, those are its dataset; otherwise the default
/// graph is the union of all layers. Relative IRIs are relative to the store's own. SERVICE is not available: there is no client in the engine.
///
/// # Errors
/// When the text is no SPARQL or evaluation fails before the first row.
pub fn evaluate(
    store: &Store,
    text: &str,
    dataset: &Dataset,
    cancel: &CancellationToken,
) -> Result<QueryResults<'static>, QueryError> {
    let evaluator = SparqlEvaluator::new().with_cancellation_token(cancel.clone());
    let base = format!("{}/", store.iris().base());
    let evaluator = evaluator.with_base_iri(base).map_err(|_| QueryError::Form("IRI"))?;
    let mut query = evaluator.parse_query(text)?;
    let chosen = query.dataset_mut();
    if !dataset.default_graphs.is_empty() || !dataset.named_graphs.is_empty() {
        chosen.set_default_graph(dataset.default_graphs.iter().cloned().map(GraphName::from).collect());
        chosen.set_available_named_graphs(dataset.named_graphs.iter().cloned().map(NamedOrBlankNode::from).collect());
    } else if chosen.is_default_dataset() {
        chosen.set_default_graph_as_union();
    }
    Ok(query.on_store(store.inner()).execute()?)
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
    let results = evaluate(store, &text, &Dataset::default(), &CancellationToken::new())?;
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
    match evaluate(store, text, &Dataset::default(), &CancellationToken::new())? {
        QueryResults::Boolean(answer) => Ok(answer),
        _ => Err(QueryError::Form("ASK")),
    }
}
