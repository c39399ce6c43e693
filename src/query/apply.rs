//! The operations of an update, each carried out quad by quad, so that any of them can be stopped on its way and the
//! transaction rolled back: the engine's own ways of inserting and clearing look at nothing until they are done.

use super::{Dataset, QueryError, UpdateError, Watch, prepared_query, watched};
use crate::store::{StoreError, empty_graph};
use oxigraph::{
    model::{BlankNode, GraphName, GraphNameRef, NamedNode, NamedOrBlankNode, Quad, Term, Triple},
    sparql::{QueryResults, QuerySolution, UpdateEvaluationError},
    store::Transaction,
};
use spargebra::{GraphUpdateOperation as Operation, Query, algebra::GraphTarget, term};
use std::collections::HashMap;

/// Carries out an operation. LOAD is not one of them: what it fetches comes as [`insert`].
pub(super) fn operation(
    transaction: &mut Transaction<'_>,
    operation: Operation,
    using: &Dataset,
) -> Result<(), UpdateError> {
    match operation {
        Operation::InsertData { data } => {
            let mut nodes = BlankNodes::default();
            for quad in data {
                look();
                transaction.insert(&nodes.quad(quad));
            }
        }
        Operation::DeleteData { data } => {
            for quad in data {
                look();
                transaction.remove(&ground(quad));
            }
        }
        Operation::DeleteInsert { delete, insert, using: dataset, pattern } => {
            let rows = rows(transaction, Query::Select { dataset, pattern: *pattern, base_iri: None }, using)?;
            for row in &rows {
                for quad in delete.iter().filter_map(|quad| deleted(quad, row)) {
                    look();
                    transaction.remove(&quad);
                }
            }
            for row in &rows {
                let mut nodes = BlankNodes::default();
                for quad in insert.iter().filter_map(|quad| nodes.inserted(quad, row)) {
                    look();
                    transaction.insert(&quad);
                }
            }
        }
        Operation::Load { .. } => (),
        Operation::Create { silent, graph } => {
            if !transaction.contains_named_graph(&graph).map_err(StoreError::from)? {
                transaction.insert_named_graph(&graph);
            } else if !silent {
                return Err(UpdateEvaluationError::GraphAlreadyExists(graph).into());
            }
        }
        Operation::Clear { silent, graph } => {
            for graph in targets(transaction, graph, silent)? {
                empty_graph(transaction, graph.as_ref(), look)?;
            }
        }
        Operation::Drop { silent, graph } => {
            for graph in targets(transaction, graph, silent)? {
                empty_graph(transaction, graph.as_ref(), look)?;
                match graph.as_ref() {
                    GraphNameRef::NamedNode(name) => transaction.remove_named_graph(name),
                    GraphNameRef::BlankNode(name) => transaction.remove_named_graph(name),
                    GraphNameRef::DefaultGraph => Ok(()),
                }
                .map_err(StoreError::from)?;
            }
        }
    }
    Ok(())
}

/// Inserts the triples of a document into a graph, which is there afterwards even if there are none.
pub(super) fn insert(transaction: &mut Transaction<'_>, graph: &GraphName, triples: Vec<Triple>) {
    if let GraphName::NamedNode(name) = graph {
        transaction.insert_named_graph(name);
    }
    for triple in triples {
        look();
        transaction.insert(&triple.in_graph(graph.clone()));
    }
}

fn look() {
    Watch::look_at_current();
}

/// The rows of an update's WHERE, all of them before anything is changed.
fn rows(transaction: &Transaction<'_>, query: Query, using: &Dataset) -> Result<Vec<QuerySolution>, UpdateError> {
    let mut query = prepared_query(query, using);
    let chosen = query.dataset_mut();
    if !using.default_graphs.is_empty() || !using.named_graphs.is_empty() {
        if !chosen.is_default_dataset() {
            return Err(UpdateError::Using);
        }
        using.choose(chosen);
    }
    match watched::answer(query.on_transaction(transaction).execute().map_err(QueryError::from)?) {
        QueryResults::Solutions(rows) => Ok(rows.collect::<Result<_, _>>().map_err(QueryError::from)?),
        _ => Err(QueryError::Form("SELECT").into()),
    }
}

/// The graphs that CLEAR and DROP mean.
fn targets(transaction: &Transaction<'_>, graph: GraphTarget, silent: bool) -> Result<Vec<GraphName>, UpdateError> {
    let named =
        || -> Result<Vec<GraphName>, StoreError> { transaction.named_graphs().map(|name| Ok(name?.into())).collect() };
    Ok(match graph {
        GraphTarget::DefaultGraph => vec![GraphName::DefaultGraph],
        GraphTarget::NamedGraphs => named()?,
        GraphTarget::AllGraphs => named()?.into_iter().chain([GraphName::DefaultGraph]).collect(),
        GraphTarget::NamedNode(name) => match transaction.contains_named_graph(&name).map_err(StoreError::from)? {
            true => vec![name.into()],
            false if silent => Vec::new(),
            false => return Err(UpdateEvaluationError::GraphDoesNotExist(name).into()),
        },
    })
}

/// New names for the blank nodes of a template: each the same within a row, and those of no other.
#[derive(Default)]
struct BlankNodes(HashMap<BlankNode, BlankNode>);

impl BlankNodes {
    fn renamed(&mut self, node: BlankNode) -> BlankNode {
        self.0.entry(node).or_default().clone()
    }

    fn quad(&mut self, quad: term::Quad) -> Quad {
        let subject = match quad.subject {
            NamedOrBlankNode::BlankNode(node) => self.renamed(node).into(),
            subject @ NamedOrBlankNode::NamedNode(_) => subject,
        };
        let object = match quad.object {
            Term::BlankNode(node) => self.renamed(node).into(),
            object => object,
        };
        Quad::new(subject, quad.predicate, object, graph(quad.graph_name))
    }

    /// What a template makes of a row; nothing where that is no quad.
    fn inserted(&mut self, template: &term::QuadPattern, row: &QuerySolution) -> Option<Quad> {
        let subject = self.term(&template.subject, row)?;
        let object = self.term(&template.object, row)?;
        quad(subject, &template.predicate, object, &template.graph_name, row)
    }

    fn term(&mut self, pattern: &term::TermPattern, row: &QuerySolution) -> Option<Term> {
        Some(match pattern {
            term::TermPattern::NamedNode(node) => node.clone().into(),
            term::TermPattern::BlankNode(node) => self.renamed(node.clone()).into(),
            term::TermPattern::Literal(literal) => literal.clone().into(),
            term::TermPattern::Variable(variable) => row.get(variable)?.clone(),
        })
    }
}

fn deleted(template: &term::GroundQuadPattern, row: &QuerySolution) -> Option<Quad> {
    let term = |pattern: &term::GroundTermPattern| -> Option<Term> {
        Some(match pattern {
            term::GroundTermPattern::NamedNode(node) => node.clone().into(),
            term::GroundTermPattern::Literal(literal) => literal.clone().into(),
            term::GroundTermPattern::Variable(variable) => row.get(variable)?.clone(),
        })
    };
    quad(term(&template.subject)?, &template.predicate, term(&template.object)?, &template.graph_name, row)
}

fn quad(
    subject: Term,
    predicate: &term::NamedNodePattern,
    object: Term,
    graph: &term::GraphNamePattern,
    row: &QuerySolution,
) -> Option<Quad> {
    let named = |term: &Term| match term {
        Term::NamedNode(node) => Some(node.clone()),
        _ => None,
    };
    let subject = match subject {
        Term::NamedNode(node) => NamedOrBlankNode::NamedNode(node),
        Term::BlankNode(node) => NamedOrBlankNode::BlankNode(node),
        Term::Literal(_) => return None,
    };
    let predicate: NamedNode = match predicate {
        term::NamedNodePattern::NamedNode(node) => node.clone(),
        term::NamedNodePattern::Variable(variable) => named(row.get(variable)?)?,
    };
    let graph = match graph {
        term::GraphNamePattern::NamedNode(node) => GraphName::NamedNode(node.clone()),
        term::GraphNamePattern::DefaultGraph => GraphName::DefaultGraph,
        term::GraphNamePattern::Variable(variable) => match row.get(variable)? {
            Term::NamedNode(node) => GraphName::NamedNode(node.clone()),
            Term::BlankNode(node) => GraphName::BlankNode(node.clone()),
            Term::Literal(_) => return None,
        },
    };
    Some(Quad::new(subject, predicate, object, graph))
}

fn ground(quad: term::GroundQuad) -> Quad {
    let object: Term = match quad.object {
        term::GroundTerm::NamedNode(node) => node.into(),
        term::GroundTerm::Literal(literal) => literal.into(),
    };
    Quad::new(quad.subject, quad.predicate, object, graph(quad.graph_name))
}

fn graph(name: term::GraphName) -> GraphName {
    match name {
        term::GraphName::NamedNode(node) => GraphName::NamedNode(node),
        term::GraphName::DefaultGraph => GraphName::DefaultGraph,
    }
}
