//! 生效图 (the effective graph): what follows from claims, links and decisions together, node by node.

use super::{
    corpus::Corpus,
    level_of_key,
    links::{Grounds, LinkKind, Pair},
    policies::Ties,
    region_of_key,
    said::{Kind, Said},
    title_of_key,
};
use crate::{
    model::vocab::{TYPE, eli, rdf, skos, term, zm},
    model::{Level, RULE_SET, Relation, sha256},
    store::Nodes,
};
use oxrdf::{GraphName, Literal, NamedNode, Quad, Term};
use std::collections::BTreeSet;

impl Ties for Corpus<'_> {
    fn is_known(&self, work: &NamedNode) -> bool {
        self.keys.has(work)
    }

    fn tied(&self, work: &NamedNode) -> Vec<NamedNode> {
        let aliases = self.links.of(work).filter(|(kind, ..)| kind.joins());
        let aliases = aliases.map(|(_, one, other)| if one == work { other } else { one });
        self.carries.of(work).chain(self.carried_by.of(work)).chain(aliases).cloned().collect()
    }

    fn rank(&self, work: &NamedNode) -> (bool, bool, String) {
        (!self.carried_by.has(work), self.carries.has(work), self.keys.first(work).cloned().unwrap_or_default())
    }
}

impl Corpus<'_> {
    /// Brings links and policies up to date, and finds every node that what has changed reaches. O(t log n) for
    /// t such nodes.
    pub(super) fn settle(&mut self) {
        self.relink();
        let joined = std::mem::take(&mut self.touched.joined);
        let mut policies = std::mem::take(&mut self.policies);
        let moved = policies.gather(&joined, self);
        self.policies = policies;
        for (work, head) in &moved {
            self.touched.nodes.extend(head.iter().map(|head| self.iris.policy_of(head)));
            // Whoever cites it cites another policy now.
            for citing in self.cited_by.of(work).filter_map(|citing| self.policies.head(citing)) {
                self.touched.nodes.insert(self.iris.policy_of(citing));
            }
        }
        self.touched.nodes.extend(moved.into_keys());
        let heads = self.touched.nodes.iter().filter_map(|node| self.policies.head(node));
        let policies: Vec<NamedNode> = heads.map(|head| self.iris.policy_of(head)).collect();
        self.touched.nodes.extend(policies);
    }

    /// The quads of every touched node of the effective graph. O(q log n) for q of them.
    pub(super) fn effective(&mut self) -> Nodes {
        let graph = GraphName::NamedNode(self.iris.layer("effective"));
        let nodes = std::mem::take(&mut self.touched.nodes);
        let own = std::mem::take(&mut self.touched.own);
        let quads = |node: &NamedNode| {
            let mut quads = Quads { node, graph: &graph, list: Vec::new() };
            let own = own.get(node).into_iter().flatten();
            quads.say(own.chain(self.says.of(node)));
            self.agency(&mut quads);
            self.citation(&mut quads);
            self.work(&mut quads);
            self.policy(&mut quads);
            quads.list
        };
        nodes.iter().map(|node| (node.clone(), quads(node))).collect()
    }

    /// The quads of every link that has changed.
    pub(super) fn changed_links(&mut self) -> Nodes {
        let graph = GraphName::NamedNode(self.iris.layer("links"));
        let changed = std::mem::take(&mut self.links.changed);
        let node = |pair: &Pair| {
            let (kind, one, other) = pair;
            let hash = &sha256(format!("{one} {other}").as_bytes())[..16];
            let node = self.iris.link(kind.name(), hash);
            let quads = self.links.get(pair).map_or_else(Vec::new, |grounds| link(&node, &graph, pair, grounds));
            (node, quads)
        };
        changed.iter().map(node).collect()
    }

    /// An agency that claims are about.
    fn agency(&self, quads: &mut Quads<'_>) {
        for (name, is_class) in self.agencies.of(quads.node) {
            quads.add(TYPE.into_owned(), zm(if *is_class { "AgencyClass" } else { "Agency" }));
            quads.add(skos("prefLabel"), chinese(name));
            let region = quads.node.as_str().rsplit('/').nth(1).unwrap_or_default();
            if self.register.regions.get(region).is_some() {
                quads.add(zm("region"), self.iris.region(region));
            }
        }
    }

    /// Of what an open citation could mean, the works that the corpus knows; and which of them it does mean, if
    /// that has been found.
    fn citation(&self, quads: &mut Quads<'_>) {
        for work in self.open.candidates(quads.node).iter().filter_map(|key| self.titled(key)) {
            quads.add(zm("candidate"), work);
        }
        if let Some(work) = self.open.meaning(quads.node) {
            quads.add(rdf("object"), work.clone());
        }
    }

    fn work(&self, quads: &mut Quads<'_>) {
        let work = quads.node;
        let Some(key) = self.keys.first(work) else { return };
        let is_held = self.held.has(work);
        quads.add(TYPE.into_owned(), zm("PolicyDocument"));
        quads.add(zm("key"), Literal::new_simple_literal(key));
        quads.add(zm("status"), status(is_held));
        quads.add(skos("prefLabel"), chinese(&self.label(work, key)));
        quads.add(zm("level"), zm(level_of_key(self.register, key).name()));
        // Of a held work the number is a claim, which may be rejected.
        if let Some(number) = key.strip_prefix("num:").filter(|_| !is_held) {
            quads.add(eli("number"), Literal::new_simple_literal(number));
        }
        let region = region_of_key(self.register, key).filter(|region| self.register.regions.get(region).is_some());
        if let Some(region) = region {
            quads.add(eli("jurisdiction"), self.iris.region(&region));
        }
        if let Some(head) = self.policies.head(work) {
            quads.add(zm("memberOf"), self.iris.policy_of(head));
        }
        // Links hold both ways.
        for (kind, one, other) in self.links.of(work).filter(|(kind, ..)| *kind != LinkKind::Meaning) {
            quads.add(kind.property(), if one == work { other.clone() } else { one.clone() });
        }
    }

    /// What to call a work: the title of its own text, else the title by which standing citations name it most,
    /// else its title by key. A rejected citation is no link, but its words are still a name: they serve where
    /// there is no better one than a number. A text without title and number goes by the name of its file.
    fn label(&self, work: &NamedNode, key: &str) -> String {
        let by_key = || title_of_key(key).map(|(_, title)| title.to_owned());
        let said = self.titles.first(work).or_else(|| self.cited_titles.most(work)).cloned();
        said.or_else(by_key).or_else(|| self.rejected_titles.most(work).cloned()).unwrap_or_else(|| {
            let file = self.held.first(work).filter(|_| key.starts_with("anon:"));
            let stem = file.map(|file| file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem));
            stem.map_or_else(|| key.trim_start_matches("num:").to_owned(), |stem| format!("（无标题）{stem}"))
        })
    }

    /// A policy: what its members say of themselves and of other works, said of their policies.
    fn policy(&self, quads: &mut Quads<'_>) {
        let head = self.iris.head_of_policy(quads.node);
        let Some((head, members)) = head.and_then(|head| Some((head.clone(), self.policies.members(&head)?))) else {
            return;
        };
        let key = |work| self.keys.first(work).map_or("", String::as_str);
        quads.add(TYPE.into_owned(), zm("Policy"));
        quads.add(skos("prefLabel"), chinese(&self.label(&head, key(&head))));
        quads.add(zm("status"), status(members.iter().any(|work| self.held.has(work))));
        let mut levels = [&head].into_iter().chain(members).map(|work| level_of_key(self.register, key(work)));
        quads.add(zm("level"), zm(levels.find(|level| *level != Level::Unknown).unwrap_or(Level::Unknown).name()));
        quads.add(zm("head"), head.clone());
        self.lift(members, quads);
    }

    fn lift(&self, members: &BTreeSet<NamedNode>, quads: &mut Quads<'_>) {
        let lifted = [eli("passed_by"), eli("date_document"), eli("number")];
        for Said { kind, predicate, object } in members.iter().flat_map(|work| self.says.of(work)) {
            if lifted.contains(predicate) {
                quads.add(predicate.clone(), object.clone());
            }
            let (Kind::Citation, Term::NamedNode(object)) = (kind, object) else { continue };
            let other = self.policies.head(object).map(|head| self.iris.policy_of(head));
            if let Some(other) = other.filter(|other| other != quads.node) {
                quads.add(predicate.clone(), other);
            }
        }
    }
}

/// The quads of one node, some perhaps twice.
struct Quads<'a> {
    node: &'a NamedNode,
    graph: &'a GraphName,
    list: Vec<Quad>,
}

impl Quads<'_> {
    fn add(&mut self, predicate: NamedNode, object: impl Into<Term>) {
        self.list.push(Quad::new(self.node.clone(), predicate, object, self.graph.clone()));
    }

    /// The plain triple of each standing claim, and its super-properties.
    fn say<'s>(&mut self, said: impl Iterator<Item = &'s Said>) {
        for Said { kind, predicate, object } in said {
            // 《关于修改〈本法〉的决定》 in the text itself: a claim with its evidence, but no link.
            let is_own = matches!(object, Term::NamedNode(object) if object == self.node);
            if *kind == Kind::Citation && is_own {
                continue;
            }
            self.add(predicate.clone(), object.clone());
            let local = predicate.as_str().rsplit('#').next().unwrap_or_default();
            match (kind, Relation::parse(local)) {
                (Kind::Citation, Some(relation)) => {
                    for parent in relation.super_properties().iter().filter_map(|name| term(name)) {
                        self.add(parent, object.clone());
                    }
                }
                (Kind::Assignment, _) => self.add(zm("assignedTo"), object.clone()),
                _ => (),
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

/// The quads of a link.
fn link(node: &NamedNode, graph: &GraphName, (kind, one, other): &Pair, grounds: &Grounds) -> Vec<Quad> {
    let mut quads = Quads { node, graph, list: Vec::new() };
    let confidence = if kind.joins() { "high" } else { "medium" };
    quads.add(TYPE.into_owned(), zm("Link"));
    quads.add(rdf("subject"), one.clone());
    quads.add(rdf("predicate"), kind.property());
    quads.add(rdf("object"), other.clone());
    quads.add(zm("linkKind"), Literal::new_simple_literal(kind.name()));
    quads.add(zm("confidence"), zm(confidence));
    quads.add(zm("rule"), Literal::new_simple_literal(format!("link.{}", kind.name())));
    quads.add(zm("ruleSet"), Literal::new_simple_literal(RULE_SET));
    quads.add(zm("message"), chinese(&grounds.message));
    for claim in &grounds.evidence {
        quads.add(zm("evidence"), claim.clone());
    }
    quads.list
}
