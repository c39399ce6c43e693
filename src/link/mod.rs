//! What needs the whole corpus: links between works (by number and by title, near-identical titles and texts,
//! conflicting numbers), what open citations mean, policies, and the effective graph: claims + links − rejections.

mod alike;
mod corpus;
mod counts;
mod derive;
mod facts;
mod keys;
mod links;
mod near;
mod open;
mod policies;
mod rejections;
mod said;
mod texts;

pub use facts::{Rejection, SourceFacts, Statement};
pub use keys::{level_of_key, region_of_key};

use crate::{
    model::vocab::{TYPE, prov, xsd, zm},
    model::{IriScheme, RULE_SET},
    register::Register,
    store::{Changes, NodeChanges, Nodes, ReadBy, Store, StoreError},
};
use corpus::Corpus;
use keys::{title_of_key, without_issuer, work_of_title_key};
use oxrdf::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad};
use rejections::Rejections;
use std::collections::{BTreeMap, BTreeSet};

/// The rules by which links and the effective graph follow. What other rules derived is derived anew, all of it,
/// when something is written next.
const RULES: &str = "4";

/// The corpus as far as linking needs it, kept beside a store while it is written.
///
/// A change costs what it touches: a source's own statements, the works and agencies that they name, their
/// policies and links. Documents that were there before and have nothing to do with it cost nothing, except that
/// finding one thing among n takes O(log n). Memory: works, agencies, titles and edges, each once; no statements.
#[derive(Debug)]
pub struct Linker<'a> {
    store: &'a Store,
    corpus: Corpus<'a>,
    /// Whether the derived layers are of other rules or registers.
    is_outdated: bool,
}

/// A run that wrote to the store, for the provenance graph.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its identifier, a UUID.
    pub id: String,
    /// The version of the rules.
    pub rule_set: String,
    /// When it started, ISO 8601 in UTC.
    pub started: String,
}

impl<'a> Linker<'a> {
    /// Reads what linking needs from the store. O(n log n) for n claims.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn load(store: &'a Store, register: &'a Register) -> Result<Self, StoreError> {
        let iris = store.iris();
        let rejections = rejections_of(store)?;
        let is_outdated = store.derived_by()? != Some(derived_by(register));
        let mut corpus = Corpus::new(iris, register, rejections);
        for sha256 in store.sources()? {
            let quads = store.graph(&iris.source_graph(&sha256))?;
            corpus.insert(&sha256, &SourceFacts::of(&quads));
            if !is_outdated {
                corpus.forget_touched_nodes();
            }
        }
        corpus.settle();
        if !is_outdated {
            corpus.forget_touched_nodes();
        }
        Ok(Self { store, corpus, is_outdated })
    }

    /// Gives sources new graphs (`None` takes a source out) and brings links and the effective graph up
    /// to date, in one transaction. O(t log n) for t quads of these sources and of what they touch.
    ///
    /// # Errors
    /// When the store can't be written; nothing has changed then, and the linker must be loaded anew.
    pub fn replace_sources(
        &mut self,
        sources: Vec<(String, Option<Vec<Quad>>)>,
        run: &Run,
        read_by: &ReadBy,
    ) -> Result<(), StoreError> {
        let iris = self.store.iris();
        let mut changes: Changes = Vec::new();
        let mut provenance = Nodes::new();
        // Of a source that is given twice, the last counts.
        for (sha256, quads) in sources.into_iter().collect::<BTreeMap<_, _>>() {
            let graph = iris.source_graph(&sha256);
            if self.corpus.sources.contains(&sha256) {
                self.corpus.remove(&sha256, &SourceFacts::of(&self.store.graph(&graph)?));
            }
            let mut notes = Vec::new();
            if let Some(quads) = &quads {
                self.corpus.insert(&sha256, &SourceFacts::of(quads));
                notes.extend(generated(iris, &graph, run));
                notes.extend(read_by.quads(&iris.layer("provenance"), &graph));
                provenance.entry(run_iri(iris, run)).or_insert_with(|| run_quads(iris, run).to_vec());
            }
            provenance.insert(graph.clone(), notes);
            changes.push((graph, quads.unwrap_or_default()));
        }
        self.write(changes, provenance)
    }

    /// Adds decisions and brings links and the effective graph up to date, in one transaction. Costs what
    /// reading the sources again would whose statements are decided otherwise.
    ///
    /// # Errors
    /// As [`replace_sources`](Self::replace_sources).
    pub fn replace_decisions(&mut self, decisions: Vec<Quad>) -> Result<(), StoreError> {
        let iris = self.store.iris();
        let rejections = Rejections::of(facts::rejections(&decisions));
        let mut sources = Vec::new();
        for sha256 in self.corpus.decided_otherwise(&rejections) {
            let facts = SourceFacts::of(&self.store.graph(&iris.source_graph(&sha256))?);
            self.corpus.remove(&sha256, &facts);
            sources.push((sha256, facts));
        }
        self.corpus.decide(rejections);
        for (sha256, facts) in &sources {
            self.corpus.insert(sha256, facts);
        }
        self.write(vec![(iris.layer("decisions"), decisions)], Nodes::new())
    }

    fn write(&mut self, changes: Changes, mut provenance: Nodes) -> Result<(), StoreError> {
        let iris = self.store.iris();
        self.corpus.settle();
        let is_whole = self.is_outdated;
        let layer = iris.layer("effective");
        let derived_by = derived_by(self.corpus.register).quads(&iris.layer("provenance"), &layer);
        provenance.insert(layer.clone(), derived_by.to_vec());
        let nodes = [
            NodeChanges { graph: iris.layer("provenance"), nodes: provenance, is_whole: false },
            NodeChanges { graph: iris.layer("links"), nodes: self.corpus.changed_links(), is_whole },
            NodeChanges { graph: layer, nodes: self.corpus.effective(), is_whole },
        ];
        self.store.replace_with_nodes(changes, nodes)?;
        self.is_outdated = false;
        Ok(())
    }

    /// Nodes of the derived layers that are not what follows from sources and decisions: those the layers have
    /// otherwise, and those they lack or have too many. `None` where they are of other rules or registers, which the
    /// next write replaces. O(n log n) for n claims.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn deviations(store: &Store, register: &Register) -> Result<Option<Vec<NamedNode>>, StoreError> {
        if store.derived_by()?.is_some_and(|by| by != derived_by(register)) {
            return Ok(None);
        }
        let iris = store.iris();
        let mut corpus = Corpus::new(iris, register, rejections_of(store)?);
        for sha256 in store.sources()? {
            corpus.insert(&sha256, &SourceFacts::of(&store.graph(&iris.source_graph(&sha256))?));
        }
        corpus.settle();
        let layers = [(iris.layer("links"), corpus.changed_links()), (iris.layer("effective"), corpus.effective())];
        let mut deviations = BTreeSet::new();
        for (layer, nodes) in layers {
            let of = |quad: Quad| (quad.to_string(), quad.subject);
            let derived: BTreeMap<_, _> = nodes.into_values().flatten().map(of).collect();
            let held: BTreeMap<_, _> = store.graph(&layer)?.into_iter().map(of).collect();
            let lacking = derived.iter().filter(|(line, _)| !held.contains_key(*line));
            let too_many = held.iter().filter(|(line, _)| !derived.contains_key(*line));
            deviations.extend(lacking.chain(too_many).filter_map(|(_, node)| match node {
                NamedOrBlankNode::NamedNode(node) => Some(node.clone()),
                NamedOrBlankNode::BlankNode(_) => None,
            }));
        }
        Ok(Some(deviations.into_iter().collect()))
    }

    /// How many sources the store holds.
    #[must_use]
    pub fn sources(&self) -> usize {
        self.corpus.sources.len()
    }
}

fn rejections_of(store: &Store) -> Result<Rejections, StoreError> {
    Ok(Rejections::of(facts::rejections(&store.graph(&store.iris().layer("decisions"))?)))
}

/// What the derived layers follow from, besides sources and decisions.
fn derived_by(register: &Register) -> ReadBy {
    ReadBy { rule_set: format!("{RULE_SET}/{RULES}"), registers: register.hash.clone() }
}

fn run_iri(iris: &IriScheme, run: &Run) -> NamedNode {
    iris.at(&format!("/id/run/{}", run.id))
}

fn generated(iris: &IriScheme, graph: &NamedNode, run: &Run) -> [Quad; 1] {
    let layer = GraphName::NamedNode(iris.layer("provenance"));
    [Quad::new(graph.clone(), prov("wasGeneratedBy"), run_iri(iris, run), layer)]
}

fn run_quads(iris: &IriScheme, run: &Run) -> [Quad; 3] {
    let node = run_iri(iris, run);
    let layer = GraphName::NamedNode(iris.layer("provenance"));
    let started = Literal::new_typed_literal(&run.started, xsd("dateTime"));
    [
        Quad::new(node.clone(), TYPE.into_owned(), zm("ExtractionRun"), layer.clone()),
        Quad::new(node.clone(), zm("ruleSet"), Literal::new_simple_literal(&run.rule_set), layer.clone()),
        Quad::new(node, prov("startedAtTime"), started, layer),
    ]
}
