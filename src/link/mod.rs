//! What needs the whole corpus: links between works (by number and by title, near-identical titles,
//! conflicting numbers), policies, and the effective graph: claims + links − rejections.

mod derive;
mod facts;
mod links;
mod policies;

pub use derive::{Derived, derive};
pub use facts::{Facts, Rejection, SourceFacts, Statement};

use crate::{
    model::vocab::{TYPE, prov, xsd, zm},
    model::{IriScheme, Level, WorkKey},
    register::Register,
    store::{Changes, ReadBy, Store, StoreError},
};
use oxrdf::{GraphName, Literal, NamedNode, Quad};
use std::collections::BTreeMap;

/// The corpus as far as linking needs it, kept beside a store while it is written.
#[derive(Debug)]
pub struct Linker<'a> {
    store: &'a Store,
    register: &'a Register,
    facts: Facts,
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
    /// Reads what linking needs from the store. O(claims).
    ///
    /// # Errors
    /// When the disk fails.
    pub fn load(store: &'a Store, register: &'a Register) -> Result<Self, StoreError> {
        let mut facts = Facts::default();
        for sha256 in store.sources()? {
            let quads = store.graph(&store.iris().source_graph(&sha256))?;
            facts.sources.insert(sha256.clone(), SourceFacts::of(&quads));
        }
        facts.rejections = facts::rejections(&store.graph(&store.iris().layer("decisions"))?);
        Ok(Self { store, register, facts })
    }

    /// Gives sources new graphs (`None` takes a source out) and brings links and the effective graph up
    /// to date, in one transaction.
    ///
    /// # Errors
    /// When the store can't be written; nothing has changed then, and the linker must be loaded anew.
    pub fn replace_sources(
        &mut self,
        sources: Vec<(String, Option<Vec<Quad>>)>,
        run: &Run,
        read_by: &ReadBy,
    ) -> Result<Derived, StoreError> {
        let iris = self.store.iris();
        let mut changes: Changes = Vec::new();
        let mut provenance = self.store.graph(&iris.layer("provenance"))?;
        for (sha256, quads) in sources {
            let graph = iris.source_graph(&sha256);
            provenance.retain(|quad| quad.subject != graph.clone().into());
            if let Some(quads) = quads {
                self.facts.sources.insert(sha256, SourceFacts::of(&quads));
                provenance.extend(generated(iris, &graph, run));
                provenance.extend(read_by.quads(&iris.layer("provenance"), &graph));
                changes.push((graph, quads));
            } else {
                self.facts.sources.remove(&sha256);
                changes.push((graph, Vec::new()));
            }
        }
        if !provenance.is_empty() {
            provenance.extend(run_quads(iris, run));
        }
        changes.insert(0, (iris.layer("provenance"), provenance));
        self.write(changes)
    }

    /// Adds decisions and brings links and the effective graph up to date, in one transaction.
    ///
    /// # Errors
    /// As [`replace_sources`](Self::replace_sources).
    pub fn replace_decisions(&mut self, decisions: Vec<Quad>) -> Result<Derived, StoreError> {
        self.facts.rejections = facts::rejections(&decisions);
        self.write(vec![(self.store.iris().layer("decisions"), decisions)])
    }

    fn write(&self, mut changes: Changes) -> Result<Derived, StoreError> {
        let derived = derive(self.store.iris(), self.register, &self.facts);
        changes.push((self.store.iris().layer("links"), derived.links.clone()));
        changes.push((self.store.iris().layer("effective"), derived.effective.clone()));
        self.store.replace(changes)?;
        Ok(derived)
    }

    /// What the linker knows.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
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

/// The jurisdiction of a work by its key: of a title the one it was keyed in, of a number its issuer's.
#[must_use]
pub fn region_of_key(register: &Register, key: &str) -> Option<String> {
    if let Some(rest) = key.strip_prefix("title:").or_else(|| key.strip_prefix("anon:")) {
        return rest.split(':').next().filter(|region| *region != "000000").map(str::to_owned);
    }
    let number = key.strip_prefix("num:")?.parse::<crate::model::DocNumber>().ok()?;
    let codes = register.issuer_codes.longest_prefix(&number.code);
    let first = codes.first();
    let agree = first.filter(|first| codes.iter().all(|code| code.region == first.region));
    let exact = agree.filter(|code| code.code == number.code).map(|code| code.region.clone());
    exact
        .or_else(|| register.regions.of_code(&number.code).map(|region| region.code.clone()))
        .or_else(|| agree.map(|code| code.region.clone()))
        .or_else(|| register.agencies.national_at_start(&number.code).map(|_| "100000".to_owned()))
}

/// The level of a work by its key.
#[must_use]
pub fn level_of_key(register: &Register, key: &str) -> Level {
    region_of_key(register, key).map_or(Level::Unknown, |region| Level::of_region(&region))
}

/// The key of a title: (region, title).
pub(crate) fn title_of_key(key: &str) -> Option<(&str, &str)> {
    key.strip_prefix("title:")?.split_once(':')
}

/// The work that a title key names.
pub(crate) fn work_of_title_key(iris: &IriScheme, key: &str) -> Option<NamedNode> {
    let (region, title) = title_of_key(key)?;
    let key = WorkKey::Title { region: region.to_owned(), title: title.to_owned() };
    Some(iris.work(&key, None))
}

/// Works by their keys, for those who count.
pub(crate) type Keys = BTreeMap<NamedNode, String>;
