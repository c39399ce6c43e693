//! SPARQL updates, where a service takes them: in graphs of the user's own, never in the layers.

use super::{Dataset, QueryError, Watch, bounds, watched::Watching};
use crate::store::{Store, StoreError};
use oxigraph::{
    model::{GraphName as StoredGraph, NamedOrBlankNode},
    sparql::{SparqlEvaluator, UpdateEvaluationError},
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
    /// It would fetch from elsewhere.
    #[error("不支持 LOAD: 服务不访问网络 (LOAD is not supported: the service does not go out)")]
    Load,
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
    bounds::check_text(text)?;
    let base = format!("{}/", store.iris().base());
    let syntax = |error| UpdateError::Query(QueryError::Syntax(error));
    let parsed = SparqlParser::new().with_base_iri(&base).map_err(|_| UpdateError::Layer(base.clone()))?;
    let mut parsed = parsed.parse_update(text).map_err(syntax)?;
    let layers = format!("{base}graph/");
    for operation in &parsed.operations {
        allow(store, operation, &layers)?;
    }
    let mut watching = Watching::default();
    let watch = Watch::current();
    for operation in &mut parsed.operations {
        if let Operation::DeleteInsert { pattern, .. } = operation {
            bounds::check_pattern(pattern)?;
            if watch.is_some() {
                **pattern = watching.plan(pattern);
            }
        }
    }
    let mut evaluator = SparqlEvaluator::new();
    if let Some(watch) = &watch {
        evaluator = watching.equip(evaluator, watch);
    }
    let mut prepared = evaluator.for_update(parsed);
    if !using.default_graphs.is_empty() || !using.named_graphs.is_empty() {
        for dataset in prepared.using_datasets_mut() {
            if !dataset.is_default_dataset() {
                return Err(UpdateError::Using);
            }
            dataset.set_default_graph(using.default_graphs.iter().cloned().map(StoredGraph::from).collect());
            dataset
                .set_available_named_graphs(using.named_graphs.iter().cloned().map(NamedOrBlankNode::from).collect());
        }
    }
    store.write_with(|transaction| {
        let carry_out = || prepared.on_transaction(transaction).execute().map_err(UpdateError::from);
        // What is stopped ends here, so that the transaction is rolled back in good order.
        if let Some(watch) = &watch { watch.within(carry_out) } else { carry_out() }
    })
}

fn allow(store: &Store, operation: &Operation, layers: &str) -> Result<(), UpdateError> {
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
        Operation::DeleteInsert { delete, insert, .. } => {
            delete.iter().any(|quad| pattern(&quad.graph_name)) || insert.iter().any(|quad| pattern(&quad.graph_name))
        }
        Operation::Load { .. } => return Err(UpdateError::Load),
        Operation::Create { graph, .. } => graph.as_str().starts_with(layers),
        Operation::Clear { graph, .. } | Operation::Drop { graph, .. } => match graph {
            GraphTarget::NamedNode(name) => name.as_str().starts_with(layers),
            GraphTarget::DefaultGraph => false,
            GraphTarget::NamedGraphs | GraphTarget::AllGraphs => store.has_layers()?,
        },
    };
    if is_ours { Err(refused()) } else { Ok(()) }
}
