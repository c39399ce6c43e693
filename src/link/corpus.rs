//! 语料 (the corpus): what all sources say, kept by the nodes that they say it of, so that a change finds what
//! it touches.

use super::{
    SourceFacts, Statement,
    counts::{Change, Counts},
    facts::HeldText,
    links::Links,
    near::Near,
    open::Open,
    policies::Policies,
    rejections::Rejections,
    said::Said,
    texts::Texts,
    without_issuer,
};
use crate::{
    model::vocab::{eli, zm},
    model::{IriScheme, Relation},
    register::Register,
};
use oxrdf::{NamedNode, Term};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that links, policies and the effective graph follow from, and the first two of them. Statements
/// themselves are not kept: those of a source that goes are read from its graph.
#[derive(Debug)]
pub(super) struct Corpus<'a> {
    pub(super) iris: &'a IriScheme,
    pub(super) register: &'a Register,
    pub(super) sources: BTreeSet<String>,
    pub(super) rejections: Rejections,
    /// Work → its key.
    pub(super) keys: Counts<String>,
    /// Work → files that hold its text.
    pub(super) held: Counts<String>,
    /// Work → titles of its own text.
    pub(super) titles: Counts<String>,
    /// Work → titles by which standing citations name it.
    pub(super) cited_titles: Counts<String>,
    /// Work → titles by which rejected citations named it.
    pub(super) rejected_titles: Counts<String>,
    /// Work → what standing claims say of it.
    pub(super) says: Counts<Said>,
    /// Work → works that cite it.
    pub(super) cited_by: Counts<NamedNode>,
    /// Notice → what it carries.
    pub(super) carries: Counts<NamedNode>,
    /// What is carried → its notices.
    pub(super) carried_by: Counts<NamedNode>,
    /// Agency → its name, and whether it is a class of agencies.
    pub(super) agencies: Counts<(String, bool)>,
    /// Citations that leave open which work they mean.
    pub(super) open: Open,
    /// Title key → works by number that bear the title, and works by a title that adds the issuer → claims that say so.
    pub(super) names: BTreeMap<String, BTreeMap<NamedNode, BTreeSet<NamedNode>>>,
    /// Work → title keys that it bears besides its own.
    pub(super) names_of: BTreeMap<NamedNode, BTreeSet<String>>,
    /// Work by title → claims about it.
    pub(super) claims_on: Counts<NamedNode>,
    pub(super) near: Near,
    /// Work → its texts.
    pub(super) texts_of: BTreeMap<NamedNode, BTreeMap<String, Vec<HeldText>>>,
    pub(super) texts: Texts,
    pub(super) links: Links,
    pub(super) policies: Policies,
    pub(super) touched: Touched,
}

/// What a change may have changed.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Nodes of the effective graph.
    pub(super) nodes: BTreeSet<NamedNode>,
    /// What standing claims say of nodes that belong to one source, such as measures.
    pub(super) own: BTreeMap<NamedNode, BTreeSet<Said>>,
    /// Title keys.
    pub(super) keys: BTreeSet<String>,
    /// Works by number whose titles may have changed.
    pub(super) named: BTreeSet<NamedNode>,
    /// Works whose texts, or those beside them, may have changed.
    pub(super) texts: BTreeSet<NamedNode>,
    /// Works that may have come to another policy.
    pub(super) joined: BTreeSet<NamedNode>,
}

impl<'a> Corpus<'a> {
    pub(super) fn new(iris: &'a IriScheme, register: &'a Register, rejections: Rejections) -> Self {
        Self {
            iris,
            register,
            sources: BTreeSet::new(),
            rejections,
            keys: Counts::default(),
            held: Counts::default(),
            titles: Counts::default(),
            cited_titles: Counts::default(),
            rejected_titles: Counts::default(),
            says: Counts::default(),
            cited_by: Counts::default(),
            carries: Counts::default(),
            carried_by: Counts::default(),
            agencies: Counts::default(),
            open: Open::default(),
            names: BTreeMap::new(),
            names_of: BTreeMap::new(),
            claims_on: Counts::default(),
            near: Near::default(),
            texts_of: BTreeMap::new(),
            texts: Texts::default(),
            links: Links::default(),
            policies: Policies::default(),
            touched: Touched::default(),
        }
    }

    /// Puts a source in. O(s log n) for s statements.
    pub(super) fn insert(&mut self, sha256: &str, facts: &SourceFacts) {
        self.sources.insert(sha256.to_owned());
        self.change(sha256, facts, Change::Comes);
    }

    /// Takes a source out; `facts` are what was put in.
    pub(super) fn remove(&mut self, sha256: &str, facts: &SourceFacts) {
        self.sources.remove(sha256);
        self.change(sha256, facts, Change::Goes);
    }

    /// The decisions are these from now on. No source may be in whose statements they decide otherwise than
    /// those before.
    pub(super) fn decide(&mut self, rejections: Rejections) {
        let links: Vec<_> = rejections.links_that_differ(&self.rejections).cloned().collect();
        self.rejections = rejections;
        for (subject, _, object) in links {
            self.touch_links(&subject);
            if let Some(Term::NamedNode(object)) = object {
                self.touch_links(&object);
            }
        }
    }

    /// Sources whose statements other decisions decide otherwise.
    pub(super) fn decided_otherwise(&self, rejections: &Rejections) -> BTreeSet<String> {
        let sources = rejections.sources_that_differ(&self.rejections);
        sources.filter(|source| self.sources.contains(*source)).cloned().collect()
    }

    /// Leaves nodes as they are, whatever has changed: the store has them so.
    pub(super) fn forget_touched_nodes(&mut self) {
        self.touched.nodes.clear();
        self.touched.own.clear();
        self.links.changed.clear();
    }

    fn change(&mut self, sha256: &str, facts: &SourceFacts, change: Change) {
        for (work, key) in &facts.keys {
            self.keys.count(work, key, change);
            self.touched.joined.insert(work.clone());
            self.touched.nodes.insert(work.clone());
            self.touched.keys.extend(self.names_of.get(work).into_iter().flatten().cloned());
            self.touched.named.insert(work.clone());
            self.open.touch_citing(work);
            if key.starts_with("title:") {
                self.touched.keys.insert(key.clone());
            }
        }
        for work in &facts.held {
            self.held.count(work, &facts.file_name, change);
        }
        self.change_texts(sha256, &facts.texts, change);
        let own = format!("{}/", self.iris.at(&format!("/id/text/{sha256}")).as_str());
        for statement in &facts.statements {
            self.name(facts, statement, change);
            if self.rejections.rejects(sha256, statement) {
                self.reject(statement, change);
                continue;
            }
            match &statement.object {
                None => self.leave_open(sha256, statement, change),
                Some(object) if statement.subject.as_str().starts_with(&own) => {
                    self.state_own(statement, object, change);
                }
                Some(object) => self.state(statement, object, change),
            }
        }
    }

    /// Names hold whatever is decided on the claim: that a citation does not hold makes its words no less the
    /// title of what bears the number.
    fn name(&mut self, facts: &SourceFacts, statement: &Statement, change: Change) {
        if let (Some(key), Some(Term::NamedNode(work))) = (&statement.title_key, &statement.object) {
            self.name_work(facts, work, key, &statement.claim, change);
        }
        let is_title = statement.predicate == eli("title");
        if let Some(key) = facts.title_keys.get(&statement.subject).filter(|_| is_title) {
            self.name_work(facts, &statement.subject, key, &statement.claim, change);
        }
        let object = match &statement.object {
            Some(Term::NamedNode(object)) => Some(object),
            _ => None,
        };
        for work in object.into_iter().chain(Some(&statement.subject).filter(|_| is_title)) {
            if let Some(key) = facts.keys.get(work).filter(|key| key.starts_with("title:")) {
                self.claims_on.count(work, &statement.claim, change);
                self.touched.keys.insert(key.clone());
                if let Some(short) = without_issuer(self.register, key) {
                    self.bear(work, &short, &statement.claim, change);
                }
            }
        }
    }

    fn name_work(&mut self, facts: &SourceFacts, work: &NamedNode, key: &str, claim: &NamedNode, change: Change) {
        if !facts.keys.get(work).is_some_and(|key| key.starts_with("num:")) {
            return;
        }
        self.bear(work, key, claim, change);
        if let Some(short) = without_issuer(self.register, key) {
            self.bear(work, &short, claim, change);
        }
    }

    /// A work bears a title besides its key, as a claim says.
    fn bear(&mut self, work: &NamedNode, key: &str, claim: &NamedNode, change: Change) {
        self.touched.keys.insert(key.to_owned());
        self.touched.named.insert(work.clone());
        if change == Change::Comes {
            let claims = self.names.entry(key.to_owned()).or_default().entry(work.clone()).or_default();
            claims.insert(claim.clone());
            self.names_of.entry(work.clone()).or_default().insert(key.to_owned());
            return;
        }
        let Some(works) = self.names.get_mut(key) else { return };
        if let Some(claims) = works.get_mut(work) {
            claims.remove(claim);
            if claims.is_empty() {
                works.remove(work);
                self.names_of.entry(work.clone()).or_default().remove(key);
            }
        }
        if works.is_empty() {
            self.names.remove(key);
        }
    }

    fn reject(&mut self, statement: &Statement, change: Change) {
        if let (Some(Term::NamedNode(work)), Some(title)) = (&statement.object, &statement.cited_title) {
            self.rejected_titles.count(work, title, change);
            self.touched.nodes.insert(work.clone());
        }
        self.touched.nodes.insert(statement.subject.clone());
    }

    /// A statement about a node of the source's own: nobody else speaks of it.
    fn state_own(&mut self, statement: &Statement, object: &Term, change: Change) {
        let said = self.touched.own.entry(statement.subject.clone()).or_default();
        if change == Change::Comes {
            said.insert(Said::of(statement, object));
        } else {
            said.remove(&Said::of(statement, object));
        }
        self.touched.nodes.insert(statement.subject.clone());
        self.state_of_object(statement, object, change);
    }

    pub(super) fn state(&mut self, statement: &Statement, object: &Term, change: Change) {
        self.says.count(&statement.subject, &Said::of(statement, object), change);
        self.touched.nodes.insert(statement.subject.clone());
        match object {
            Term::Literal(title) if statement.predicate == eli("title") => {
                self.touched.texts.insert(statement.subject.clone());
                self.titles.count(&statement.subject, &title.value().to_owned(), change);
            }
            Term::NamedNode(object) if statement.class == "Citation" => {
                self.cited_by.count(object, &statement.subject, change);
                if statement.is_identified && statement.predicate == zm(Relation::Promulgates.property()) {
                    self.carries.count(&statement.subject, object, change);
                    self.carried_by.count(object, &statement.subject, change);
                    self.touched.joined.extend([statement.subject.clone(), object.clone()]);
                }
            }
            _ => (),
        }
        self.state_of_object(statement, object, change);
    }

    fn state_of_object(&mut self, statement: &Statement, object: &Term, change: Change) {
        if let Term::NamedNode(object) = object {
            if let Some(title) = &statement.cited_title {
                self.cited_titles.count(object, title, change);
            }
            if let Some(agent) = &statement.agent {
                self.agencies.count(object, agent, change);
            }
            self.touched.nodes.insert(object.clone());
        }
    }

    /// Notes that the links of a work, or what a citation means, may change.
    fn touch_links(&mut self, work: &NamedNode) {
        self.open.touch(work);
        self.touched.keys.extend(self.keys.first(work).filter(|key| key.starts_with("title:")).cloned());
        self.touched.keys.extend(self.names_of.get(work).into_iter().flatten().cloned());
        self.touched.named.insert(work.clone());
        self.touched.texts.insert(work.clone());
    }
}
