//! What can be found by name: works, policies, agencies, regions.

use crate::{
    lineage::Hit,
    names::{Called, Candidate, Names},
    query::Row,
    serve::{error::ApiError, facts::rows, state::AppState},
};
use oxrdf::NamedNode;
use std::collections::{BTreeMap, BTreeSet};

/// A kind of entity.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(in crate::serve) enum EntityKind {
    Work,
    Policy,
    Agency,
    Region,
}

impl EntityKind {
    pub(in crate::serve) const ALL: [Self; 4] = [Self::Work, Self::Policy, Self::Agency, Self::Region];

    /// What is meant where nobody says which kind. A policy is found by its works.
    pub(in crate::serve) const USUAL: [Self; 3] = [Self::Work, Self::Agency, Self::Region];

    /// Its name for programs: the first part of its IRIs' paths.
    pub(in crate::serve) fn id(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Policy => "policy",
            Self::Agency => "agency",
            Self::Region => "region",
        }
    }

    /// Its name for people.
    pub(in crate::serve) fn name(self) -> &'static str {
        match self {
            Self::Work => "文件 document",
            Self::Policy => "政策 policy",
            Self::Agency => "机关 agency",
            Self::Region => "地区 region",
        }
    }

    /// What it is, in a sentence.
    pub(in crate::serve) fn description(self) -> &'static str {
        match self {
            Self::Work => "一份文件，以文号或标题为人所知 a document, known by number or title",
            Self::Policy => "通知、所印发的文件与其别名，合为一项 a notice, what it promulgates and their other names",
            Self::Agency => "发文或承担措施的机关 an agency that issues documents or has duties",
            Self::Region => "行政区划(GB/T 2260) an administrative division",
        }
    }

    pub(in crate::serve) fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The kinds that are asked for by their ids; the usual ones where none is.
    pub(in crate::serve) fn asked<'a>(ids: impl IntoIterator<Item = &'a str>) -> Vec<Self> {
        let kinds: Vec<Self> = ids.into_iter().filter_map(Self::parse).collect();
        if kinds.is_empty() { Self::USUAL.to_vec() } else { kinds }
    }
}

/// An entity that words may mean.
#[derive(Clone, Debug)]
pub(in crate::serve) struct FoundEntity {
    pub(in crate::serve) kind: EntityKind,
    pub(in crate::serve) iri: NamedNode,
    pub(in crate::serve) name: String,
    /// What tells it apart from others of its name.
    pub(in crate::serve) about: String,
    pub(in crate::serve) score: f64,
    pub(in crate::serve) is_exact: bool,
}

impl FoundEntity {
    /// A work that is meant for sure.
    pub(in crate::serve) fn work(state: &AppState, hit: Hit) -> Self {
        of_work(state, EntityKind::Work, hit, Candidate { thing: 0, score: 100.0, is_exact: true })
    }
}

/// What is found by name in one version of the store. Works and policies are found by the lineage.
#[derive(Debug)]
pub(in crate::serve) struct Entities {
    /// A work known by its title → the same, known by its number.
    aliases: BTreeMap<Hit, Hit>,
    agencies: Listed,
    regions: Listed,
}

/// Entities of one kind.
#[derive(Debug)]
struct Listed {
    kind: EntityKind,
    /// In the order of their IRIs: IRI, name, what tells it apart.
    things: Vec<(NamedNode, String, String)>,
    names: Names,
}

/// The effective graph says once what agencies are called; the words by which texts name them are claims.
const AGENCIES: &str = "SELECT ?n ?label ?region { GRAPH ?_effective { ?n a zm:Agency ; skos:prefLabel ?label }
    OPTIONAL { GRAPH ?_effective { ?n zm:region ?r } GRAPH ?_registers { ?r zm:fullName ?region } } }";
const SHORT: &str = "SELECT DISTINCT ?n ?short { GRAPH ?_effective { ?n a zm:Agency ; skos:prefLabel ?label }
    ?claim rdf:object ?n ; zm:quote ?short FILTER (STRLEN(?short) < STRLEN(?label)) }";
const REGIONS: &str = "SELECT ?n ?label ?own ?code { GRAPH ?_registers { ?n a zm:Region ; zm:fullName ?label ; skos:prefLabel ?own ; skos:notation ?code } }";
const ALIASES: &str =
    "SELECT DISTINCT ?n ?other { GRAPH ?_links { ?link zm:linkKind 'alias' ; rdf:subject ?n ; rdf:object ?other } }";

impl Entities {
    /// Reads what agencies and regions are called.
    ///
    /// # Errors
    /// When the store can't be read.
    pub(in crate::serve) fn load(state: &AppState) -> Result<Self, ApiError> {
        let layers = ["registers", "links"].map(|name| state.iris().layer(name).into());
        let [registers, links] = layers;
        let parameters = [("_registers", registers), ("_links", links)];
        let mut short: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in rows(state, SHORT, &parameters)? {
            short.entry(row.text("n").to_owned()).or_default().push(row.text("short").to_owned());
        }
        let agencies = rows(state, AGENCIES, &parameters)?;
        let agencies = agencies.iter().filter_map(|row| {
            let called = Called {
                names: vec![row.text("label").to_owned()],
                short: short.remove(row.text("n")).unwrap_or_default(),
                numbers: Vec::new(),
            };
            Some((thing(row, row.text("region"))?, called))
        });
        let agencies = Listed::new(EntityKind::Agency, agencies.collect());
        let regions = rows(state, REGIONS, &parameters)?;
        let regions = regions.iter().filter_map(|row| {
            let names = ["label", "own", "code"].map(|name| row.text(name).to_owned()).into();
            Some((thing(row, row.text("code"))?, Called { names, ..Called::default() }))
        });
        let regions = Listed::new(EntityKind::Region, regions.collect());
        let alias = |row: &Row| {
            let work = |name: &str| state.lineage().work(row.node(name)?);
            Some((work("other")?, work("n")?))
        };
        let aliases = rows(state, ALIASES, &parameters)?.iter().filter_map(alias).collect();
        Ok(Self { aliases, agencies, regions })
    }

    /// What words may mean among some kinds, the best first: an IRI, a number, a name, or what comes near to one.
    pub(in crate::serve) fn candidates(&self, state: &AppState, words: &str, kinds: &[EntityKind]) -> Vec<FoundEntity> {
        if let Some(found) = self.by_iri(state, words) {
            return Some(found).filter(|found| kinds.contains(&found.kind)).into_iter().collect();
        }
        let mut found = Vec::new();
        if kinds.contains(&EntityKind::Work) || kinds.contains(&EntityKind::Policy) {
            let hits = state.lineage().candidates(words);
            for kind in [EntityKind::Work, EntityKind::Policy].into_iter().filter(|kind| kinds.contains(kind)) {
                let mut seen = BTreeSet::new();
                let each = hits.iter().map(|(hit, candidate)| (self.own(*hit), candidate));
                let each = each.filter(|(hit, _)| match kind {
                    EntityKind::Policy => seen.insert(Hit { member: 0, ..*hit }),
                    _ => seen.insert(*hit),
                });
                found.extend(each.map(|(hit, candidate)| of_work(state, kind, hit, *candidate)));
            }
        }
        for listed in [&self.agencies, &self.regions].into_iter().filter(|listed| kinds.contains(&listed.kind)) {
            found.extend(listed.names.candidates(words).into_iter().map(|candidate| listed.found(candidate)));
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found
    }

    /// What is called, or numbered, so that it begins with these words.
    pub(in crate::serve) fn beginning<'a>(
        &'a self,
        state: &'a AppState,
        words: &'a str,
        kinds: &'a [EntityKind],
    ) -> impl Iterator<Item = FoundEntity> + 'a {
        let mut seen = BTreeSet::new();
        let candidate = |thing: usize| Candidate { thing, score: 100.0, is_exact: false };
        let kinds_of_work = [EntityKind::Work, EntityKind::Policy].into_iter().filter(|kind| kinds.contains(kind));
        let hits = kinds_of_work.flat_map(move |kind| {
            state.lineage().beginning(words).map(move |hit| of_work(state, kind, self.own(hit), candidate(0)))
        });
        let listed = [&self.agencies, &self.regions].into_iter().filter(|listed| kinds.contains(&listed.kind));
        let listed = listed
            .flat_map(move |listed| listed.names.beginning(words).map(move |thing| listed.found(candidate(thing))));
        hits.chain(listed).filter(move |found| seen.insert(found.iri.clone()))
    }

    /// The entity of an IRI.
    pub(in crate::serve) fn by_iri(&self, state: &AppState, iri: &str) -> Option<FoundEntity> {
        let iri = iri.trim();
        let path = iri.strip_prefix(state.iris().base())?.strip_prefix("/id/")?;
        let node = crate::serve::address::node_at(state.iris(), path)?;
        let kind = EntityKind::parse(path.split('/').next().unwrap_or_default())?;
        let exact = Candidate { thing: 0, score: 100.0, is_exact: true };
        match kind {
            EntityKind::Work => Some(of_work(state, kind, state.lineage().work(&node)?, exact)),
            EntityKind::Policy => {
                let policy = state.lineage().policy(&node)?;
                Some(of_work(state, kind, Hit { policy, member: 0 }, exact))
            }
            EntityKind::Agency => self.agencies.by_iri(&node),
            EntityKind::Region => self.regions.by_iri(&node),
        }
    }

    /// Agencies and regions of exactly this name.
    pub(in crate::serve) fn named(&self, words: &str) -> Vec<FoundEntity> {
        let exact = |listed: &Listed| -> Vec<FoundEntity> {
            let candidates = listed.names.candidates(words).into_iter().filter(|candidate| candidate.is_exact);
            candidates.map(|candidate| listed.found(candidate)).collect()
        };
        [&self.agencies, &self.regions].into_iter().flat_map(exact).collect()
    }

    /// Every agency and region: its IRI.
    pub(in crate::serve) fn listed(&self) -> impl Iterator<Item = &NamedNode> {
        [&self.agencies, &self.regions].into_iter().flat_map(|listed| listed.things.iter().map(|(iri, ..)| iri))
    }

    /// The work that another one is an alias of, else itself.
    pub(in crate::serve) fn own(&self, work: Hit) -> Hit {
        self.aliases.get(&work).copied().unwrap_or(work)
    }
}

fn thing(row: &Row, about: &str) -> Option<(NamedNode, String, String)> {
    Some((row.node("n")?.clone(), row.text("label").to_owned(), about.to_owned()))
}

fn of_work(state: &AppState, kind: EntityKind, hit: Hit, Candidate { score, is_exact, .. }: Candidate) -> FoundEntity {
    let policy = &state.lineage()[hit.policy];
    let work = state.lineage().member(hit);
    let (iri, name, is_held) = match kind {
        EntityKind::Policy => (&policy.iri, &policy.label, policy.is_held),
        _ => (&work.iri, &work.label, work.is_held),
    };
    let number = work.numbers.iter().find(|number| *number != name).map(String::as_str);
    let date = work.dates.first().map(String::as_str);
    let held = if is_held { "有文" } else { "缺文" };
    let about = [number, date, Some(policy.level.chinese()), Some(held)];
    let about = about.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    FoundEntity { kind, iri: iri.clone(), name: name.clone(), about, score, is_exact }
}

impl Listed {
    fn new(kind: EntityKind, mut all: Vec<((NamedNode, String, String), Called)>) -> Self {
        all.sort_by(|(one, _), (other, _)| one.cmp(other));
        all.dedup_by(|(one, _), (other, _)| one.0 == other.0);
        let (things, called): (Vec<_>, Vec<_>) = all.into_iter().unzip();
        Self { kind, things, names: Names::new(called) }
    }

    fn found(&self, Candidate { thing, score, is_exact }: Candidate) -> FoundEntity {
        let (iri, name, about) = self.things[thing].clone();
        FoundEntity { kind: self.kind, iri, name, about, score, is_exact }
    }

    fn by_iri(&self, iri: &NamedNode) -> Option<FoundEntity> {
        let thing = self.things.binary_search_by(|(known, ..)| known.cmp(iri)).ok()?;
        Some(self.found(Candidate { thing, score: 100.0, is_exact: true }))
    }
}
