//! 生效图 (the effective graph): what follows from claims, links and decisions together.

use super::{
    Facts, Keys, Statement, level_of_key,
    links::{self, Link, LinkKind},
    policies::Policies,
    region_of_key, title_of_key,
};
use crate::{
    model::vocab::{TYPE, eli, rdf, skos, term, zm},
    model::{IriScheme, Level, RULE_SET, Relation, sha256},
    register::Register,
};
use oxrdf::{GraphName, Literal, NamedNode, Quad, Term};
use std::collections::{BTreeMap, BTreeSet};

/// The layers that follow from the others.
#[derive(Clone, Debug, Default)]
pub struct Derived {
    /// The quads of `/graph/links`.
    pub links: Vec<Quad>,
    /// The quads of `/graph/effective`.
    pub effective: Vec<Quad>,
    /// How many works have their text in the store.
    pub held: usize,
    /// How many works are only cited.
    pub stubs: usize,
}

/// Derives links and the effective graph. A pure function of its arguments: the order in which sources
/// came does not matter. O(n log n).
#[must_use]
pub fn derive(iris: &IriScheme, register: &Register, facts: &Facts) -> Derived {
    let keys: Keys = facts.sources.values().flat_map(|source| source.keys.clone()).collect();
    let held: BTreeSet<&NamedNode> = facts.sources.values().flat_map(|source| &source.held).collect();
    let links: Vec<Link> =
        links::find(iris, facts, &keys).into_iter().filter(|link| !is_rejected(facts, link)).collect();
    let standing: Vec<&Statement> = standing(facts);
    let policies = gather(&keys, &standing, &links);
    let mut graph =
        Effective { iris, register, graph: GraphName::NamedNode(iris.layer("effective")), quads: BTreeMap::new() };
    graph.statements(&standing);
    graph.agents(&standing);
    graph.candidates(&standing, &keys);
    let labels = labels(&keys, &standing);
    graph.works(&keys, &held, &labels, &policies);
    graph.links(&links);
    graph.policies(&keys, &held, &labels, &policies, &standing);
    Derived {
        links: link_quads(iris, &links),
        effective: graph.quads.into_values().collect(),
        held: held.len(),
        stubs: keys.len() - held.len(),
    }
}

fn is_rejected(facts: &Facts, link: &Link) -> bool {
    let property = zm(link.kind.property());
    let joins = |one: &NamedNode, other: &Term| *one == link.one && *other == Term::NamedNode(link.other.clone());
    facts.rejections.iter().any(|rejection| {
        let (subject, predicate, object) = &rejection.statement;
        let reversed = match object {
            Term::NamedNode(object) => joins(object, &Term::NamedNode(subject.clone())),
            _ => false,
        };
        *predicate == property && (joins(subject, object) || reversed)
    })
}

/// Statements that no decision rejects.
fn standing(facts: &Facts) -> Vec<&Statement> {
    let mut standing = Vec::new();
    for (sha256, source) in &facts.sources {
        let stands =
            |statement: &&Statement| !facts.rejections.iter().any(|rejection| rejection.rejects(sha256, statement));
        standing.extend(source.statements.iter().filter(stands));
    }
    standing
}

fn gather(keys: &Keys, standing: &[&Statement], links: &[Link]) -> Policies {
    let promulgates = zm(Relation::Promulgates.property());
    let carries: Vec<(NamedNode, NamedNode)> = standing
        .iter()
        .filter(|statement| statement.predicate == promulgates && statement.is_identified)
        .filter_map(|statement| match &statement.object {
            Term::NamedNode(carried) => Some((statement.subject.clone(), carried.clone())),
            _ => None,
        })
        .collect();
    let same = links.iter().filter(|link| link.kind == LinkKind::Alias);
    let same: Vec<(NamedNode, NamedNode)> = same.map(|link| (link.one.clone(), link.other.clone())).collect();
    Policies::gather(keys, &carries, &same)
}

/// What to call each work: the title of its own text, else the title it is most cited by, else its number.
fn labels(keys: &Keys, standing: &[&Statement]) -> BTreeMap<NamedNode, String> {
    let title = eli("title");
    let mut cited: BTreeMap<&NamedNode, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut labels: BTreeMap<NamedNode, String> = BTreeMap::new();
    for statement in standing {
        match (&statement.object, &statement.cited_title) {
            (Term::Literal(literal), _) if statement.predicate == title => {
                let label = labels.entry(statement.subject.clone()).or_insert_with(|| literal.value().to_owned());
                if literal.value() < label.as_str() {
                    literal.value().clone_into(label);
                }
            }
            (Term::NamedNode(work), Some(title)) => *cited.entry(work).or_default().entry(title).or_default() += 1,
            _ => (),
        }
    }
    for (work, key) in keys {
        let by_citation = cited.get(work).and_then(|titles| {
            titles
                .iter()
                .max_by_key(|(title, count)| (**count, std::cmp::Reverse(**title)))
                .map(|(title, _)| (*title).to_owned())
        });
        let by_key = || match title_of_key(key) {
            Some((_, title)) => title.to_owned(),
            None if key.starts_with("anon:") => "（无标题文件）".to_owned(),
            None => key.trim_start_matches("num:").to_owned(),
        };
        labels.entry(work.clone()).or_insert_with(|| by_citation.unwrap_or_else(by_key));
    }
    labels
}

struct Effective<'a> {
    iris: &'a IriScheme,
    register: &'a Register,
    graph: GraphName,
    quads: BTreeMap<String, Quad>,
}

impl Effective<'_> {
    fn add(&mut self, subject: &NamedNode, predicate: NamedNode, object: impl Into<Term>) {
        let quad = Quad::new(subject.clone(), predicate, object.into(), self.graph.clone());
        self.quads.insert(quad.to_string(), quad);
    }

    /// The plain triple of each standing claim, and its super-properties.
    fn statements(&mut self, standing: &[&Statement]) {
        for statement in standing {
            self.add(&statement.subject, statement.predicate.clone(), statement.object.clone());
            let local = statement.predicate.as_str().rsplit('#').next().unwrap_or_default();
            match (statement.class.as_str(), Relation::parse(local)) {
                ("Citation", Some(relation)) => {
                    for parent in relation.super_properties().iter().filter_map(|name| term(name)) {
                        self.add(&statement.subject, parent, statement.object.clone());
                    }
                }
                ("Assignment", _) => self.add(&statement.subject, zm("assignedTo"), statement.object.clone()),
                _ => (),
            }
        }
    }

    /// The agencies that claims are about.
    fn agents(&mut self, standing: &[&Statement]) {
        for statement in standing {
            let (Term::NamedNode(agency), Some((name, is_class))) = (&statement.object, &statement.agent) else {
                continue;
            };
            self.add(agency, TYPE.into_owned(), zm(if *is_class { "AgencyClass" } else { "Agency" }));
            self.add(agency, skos("prefLabel"), chinese(name));
            let region = agency.as_str().rsplit('/').nth(1).unwrap_or_default();
            if self.register.regions.get(region).is_some() {
                self.add(agency, zm("region"), self.iris.region(region));
            }
        }
    }

    /// Of what an ambiguous citation could mean, the works that the corpus knows.
    fn candidates(&mut self, standing: &[&Statement], keys: &Keys) {
        for statement in standing {
            for key in &statement.candidates {
                let known = super::work_of_title_key(self.iris, key).filter(|work| keys.contains_key(work));
                if let Some(work) = known {
                    self.add(&statement.claim, zm("candidate"), work);
                }
            }
        }
    }

    fn works(
        &mut self,
        keys: &Keys,
        held: &BTreeSet<&NamedNode>,
        labels: &BTreeMap<NamedNode, String>,
        policies: &Policies,
    ) {
        for (work, key) in keys {
            self.add(work, TYPE.into_owned(), zm("PolicyDocument"));
            self.add(work, zm("key"), Literal::new_simple_literal(key));
            self.add(work, zm("status"), status(held.contains(work)));
            self.add(work, skos("prefLabel"), chinese(&labels[work]));
            self.add(work, zm("level"), zm(level_of_key(self.register, key).name()));
            // Of a held work the number is a claim, which may be rejected.
            if let Some(number) = key.strip_prefix("num:").filter(|_| !held.contains(work)) {
                self.add(work, eli("number"), Literal::new_simple_literal(number));
            }
            let region = region_of_key(self.register, key).filter(|region| self.register.regions.get(region).is_some());
            if let Some(region) = region {
                self.add(work, eli("jurisdiction"), self.iris.region(&region));
            }
            if let Some(head) = policies.head(work) {
                let policy = self.iris.policy_of(head);
                self.add(work, zm("memberOf"), policy);
            }
        }
    }

    /// Links hold both ways.
    fn links(&mut self, links: &[Link]) {
        for link in links {
            let property = zm(link.kind.property());
            self.add(&link.one, property.clone(), link.other.clone());
            self.add(&link.other, property, link.one.clone());
        }
    }

    fn policies(
        &mut self,
        keys: &Keys,
        held: &BTreeSet<&NamedNode>,
        labels: &BTreeMap<NamedNode, String>,
        policies: &Policies,
        standing: &[&Statement],
    ) {
        for (head, members) in policies.members() {
            let policy = self.iris.policy_of(head);
            self.add(&policy, TYPE.into_owned(), zm("Policy"));
            self.add(&policy, zm("head"), head.clone());
            self.add(&policy, skos("prefLabel"), chinese(&labels[head]));
            self.add(&policy, zm("status"), status(members.iter().any(|work| held.contains(work))));
            let levels = [head].into_iter().chain(members.iter().copied());
            let level =
                levels.map(|work| level_of_key(self.register, &keys[work])).find(|level| *level != Level::Unknown);
            self.add(&policy, zm("level"), zm(level.unwrap_or(Level::Unknown).name()));
        }
        self.lift(policies, standing);
    }

    /// What members say of themselves and of other works, said of their policies.
    fn lift(&mut self, policies: &Policies, standing: &[&Statement]) {
        let lifted = [eli("passed_by"), eli("date_document"), eli("number")];
        for statement in standing {
            let Some(own) = policies.head(&statement.subject).map(|head| self.iris.policy_of(head)) else { continue };
            if lifted.contains(&statement.predicate) {
                self.add(&own, statement.predicate.clone(), statement.object.clone());
            }
            let Term::NamedNode(object) = &statement.object else { continue };
            let Some(other) = policies.head(object).map(|head| self.iris.policy_of(head)) else { continue };
            if statement.class == "Citation" && own != other {
                self.add(&own, statement.predicate.clone(), other);
            }
        }
    }
}

fn status(is_held: bool) -> NamedNode {
    zm(if is_held { "held" } else { "stub" })
}

fn chinese(text: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(text, "zh")
}

/// The quads of the link graph.
fn link_quads(iris: &IriScheme, links: &[Link]) -> Vec<Quad> {
    let graph = GraphName::NamedNode(iris.layer("links"));
    let mut quads = Vec::new();
    for link in links {
        let hash = &sha256(format!("{} {}", link.one, link.other).as_bytes())[..16];
        let node = iris.link(link.kind.name(), hash);
        let mut add = |predicate: NamedNode, object: Term| {
            quads.push(Quad::new(node.clone(), predicate, object, graph.clone()));
        };
        let confidence = if link.kind == LinkKind::Alias { "high" } else { "medium" };
        add(TYPE.into_owned(), zm("Link").into());
        add(rdf("subject"), link.one.clone().into());
        add(rdf("predicate"), zm(link.kind.property()).into());
        add(rdf("object"), link.other.clone().into());
        add(zm("linkKind"), Literal::new_simple_literal(link.kind.name()).into());
        add(zm("confidence"), zm(confidence).into());
        add(zm("rule"), Literal::new_simple_literal(format!("link.{}", link.kind.name())).into());
        add(zm("ruleSet"), Literal::new_simple_literal(RULE_SET).into());
        add(zm("message"), chinese(&link.message).into());
        for claim in &link.evidence {
            add(zm("evidence"), claim.clone().into());
        }
    }
    quads.sort_by_cached_key(ToString::to_string);
    quads
}
