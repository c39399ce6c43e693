//! SPARQL updates, where a service takes them: in graphs of the user's own, never in the layers.

use super::{Dataset, DocumentError, QueryError, Watch, apply, bounds, load, text};
use crate::{
    fetch::FetchError,
    store::{Store, StoreError},
};
use oxigraph::{
    model::{GraphName as StoredGraph, Triple},
    sparql::UpdateEvaluationError,
    store::Transaction,
};
use spargebra::{
    GraphUpdateOperation as Operation, SparqlParser,
    algebra::GraphTarget,
    term::{GraphName, GraphNamePattern},
};

/// An update that did not happen; nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// As of a query: no SPARQL.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// It names, or could reach, a graph of ours.
    #[error(
        "各层图由入库程序维护, 更新只可写其外的具名图 (updates may not touch the layers under {0}; name a graph of your own)"
    )]
    Layer(String),
    /// The dataset is given twice.
    #[error("USING 与 using-graph-uri 不可并用 (either USING in the text or using-graph-uri, not both)")]
    Using,
    /// It would load from a host that the operator has not named.
    #[error("LOAD {0}")]
    Load(FetchError),
    /// What it loads did not come.
    #[error("LOAD {0}")]
    Fetch(#[from] FetchError),
    /// What it loads is no RDF.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// It could not be carried out.
    #[error("更新失败 (update failed): {0}")]
    Evaluation(#[from] UpdateEvaluationError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Carries out all operations of an update, or none. `using` is the dataset of the protocol's
/// `using-graph-uri`; the text may not name one as well (SPARQL 1.1 Protocol §2.2.3).
///
/// ```
/// use zhengmai::{query::{Dataset, UpdateError, update}, store::Store};
/// let store = Store::in_memory("http://127.0.0.1:7979")?;
/// update(&store, "INSERT DATA { GRAPH <http://example.org/mine> { <urn:a> <urn:b> <urn:c> } }", &Dataset::default())?;
/// let ours = "CLEAR GRAPH <http://127.0.0.1:7979/graph/links>";
/// assert!(matches!(update(&store, ours, &Dataset::default()), Err(UpdateError::Layer(_))));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the text is no SPARQL, an operation is not allowed, or the store fails.
pub fn update(store: &Store, text: &str, using: &Dataset) -> Result<(), UpdateError> {
    text::check(text)?;
    let base = format!("{}/", store.iris().base());
    let syntax = |error| UpdateError::Query(QueryError::Syntax(error));
    let parsed = SparqlParser::new().with_base_iri(&base).map_err(|_| UpdateError::Layer(base.clone()))?;
    let operations = parsed.parse_update(text).map_err(syntax)?.operations;
    let layers = format!("{base}graph/");
    for operation in &operations {
        allow(store, operation, using, &layers)?;
    }
    let steps = operations.into_iter().map(|operation| step(operation, using)).collect::<Result<Vec<_>, _>>()?;
    in_transaction(store, |transaction| {
        steps.into_iter().try_for_each(|step| match step {
            Step::Insert(graph, triples) => {
                apply::insert(transaction, &graph, triples);
                Ok(())
            }
            Step::Operation(operation) => apply::operation(transaction, operation, using),
        })
    })
}

/// Changes a store in a transaction: what is stopped until the commit begins has changed nothing, and what is being
/// committed is not stopped.
///
/// # Errors
/// Those of `work`; when it was stopped, that; and when the store fails. Nothing has changed then.
pub(super) fn in_transaction<T, E: From<QueryError> + From<StoreError>>(
    store: &Store,
    work: impl FnOnce(&mut Transaction<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let Some(watch) = Watch::current() else { return store.write_with(work) };
    // What is stopped ends inside, so that the transaction is rolled back in good order.
    store.write_with(|transaction| {
        let done = watch.within(|| work(transaction))?;
        watch.commit().map_err(QueryError::from)?;
        Ok(done)
    })
}

/// What is done in the transaction.
enum Step {
    Operation(Operation),
    /// The content of a document.
    Insert(StoredGraph, Vec<Triple>),
}

/// Does beforehand what takes no transaction.
fn step(operation: Operation, using: &Dataset) -> Result<Step, UpdateError> {
    let Operation::Load { silent, source, destination } = operation else { return Ok(Step::Operation(operation)) };
    load::allow(using.loads.as_deref(), &source)?;
    let triples = match &using.loads {
        Some(fetcher) => load::fetched(fetcher, &source, silent)?,
        None => Vec::new(),
    };
    let graph = match destination {
        GraphName::NamedNode(name) => StoredGraph::NamedNode(name),
        GraphName::DefaultGraph => StoredGraph::DefaultGraph,
    };
    Ok(Step::Insert(graph, triples))
}

fn allow(store: &Store, operation: &Operation, using: &Dataset, layers: &str) -> Result<(), UpdateError> {
    let refused = || UpdateError::Layer(layers.to_owned());
    let named = |graph: &GraphName| matches!(graph, GraphName::NamedNode(name) if name.as_str().starts_with(layers));
    // A variable could be any graph.
    let pattern = |graph: &GraphNamePattern| match graph {
        GraphNamePattern::NamedNode(name) => name.as_str().starts_with(layers),
        GraphNamePattern::Variable(_) => true,
        GraphNamePattern::DefaultGraph => false,
    };
    let is_ours = match operation {
        Operation::InsertData { data } => data.iter().any(|quad| named(&quad.graph_name)),
        Operation::DeleteData { data } => data.iter().any(|quad| named(&quad.graph_name)),
        Operation::DeleteInsert { delete, insert, pattern: condition, .. } => {
            bounds::check_pattern(condition, store.inner(), using)?;
            delete.iter().any(|quad| pattern(&quad.graph_name)) || insert.iter().any(|quad| pattern(&quad.graph_name))
        }
        Operation::Load { source, destination, .. } => {
            load::allow(using.loads.as_deref(), source)?;
            named(destination)
        }
        Operation::Create { graph, .. } => graph.as_str().starts_with(layers),
        Operation::Clear { graph, .. } | Operation::Drop { graph, .. } => match graph {
            GraphTarget::NamedNode(name) => name.as_str().starts_with(layers),
            GraphTarget::DefaultGraph => false,
            GraphTarget::NamedGraphs | GraphTarget::AllGraphs => store.has_layers()?,
        },
    };
    if is_ours { Err(refused()) } else { Ok(()) }
}
