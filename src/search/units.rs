//! What is searched, out of the store: works with what stands of them in the effective graph, their texts and their
//! measures. A rejected statement is not in the effective graph, and so in no index; texts have personal data
//! masked already.

use crate::{
    model::{
        DocNumber, IriScheme,
        vocab::{TYPE, eli, skos, zm},
    },
    store::{Store, StoreError},
};
use oxrdf::{NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::BTreeSet;

/// 文件 (a work), as far as it is searched and shown.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Work {
    /// Its IRI.
    pub iri: NamedNode,
    /// What it is called.
    pub label: String,
    /// Titles of its own.
    pub titles: Vec<String>,
    /// 发文字号 in normal form; several where the texts disagree.
    pub numbers: Vec<String>,
    /// Local name of its level.
    pub level: String,
    /// Whether its text is in the store.
    pub is_held: bool,
    /// GB/T 2260 code of its region, then those of the regions above it; not of the state, unless it is its own.
    pub regions: Vec<String>,
    /// 文种.
    pub kind: Option<String>,
    /// 公文形式.
    pub form: Option<String>,
    /// 发文机关, full names.
    pub issuers: Vec<String>,
    /// 成文日期, as precise as written.
    pub date: Option<String>,
    /// The year of its date, else of its number.
    pub year: Option<String>,
    /// IRI of its policy.
    pub policy: Option<NamedNode>,
    /// Every agency that it names as issuer, publisher or addressee.
    pub(super) agencies: BTreeSet<String>,
}

/// 措施 (a measure), as far as it is searched and shown.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Measure {
    /// Its IRI.
    pub iri: NamedNode,
    /// Its labels: 一/(二)/3.
    pub path: String,
    /// Its heading, where it has one.
    pub heading: Option<String>,
    /// Its words.
    pub text: Text,
    /// Its place among those of its source.
    pub(super) position: usize,
    /// Agencies that it is assigned to.
    pub(super) agencies: BTreeSet<String>,
}

/// A part of a source's text.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Text {
    /// SHA-256 of the source.
    pub sha256: String,
    /// Where it starts in the source's text, in code points.
    pub start: usize,
    /// The words, with personal data as ■.
    pub text: String,
}

/// Reads what is searched.
#[derive(Clone, Debug)]
pub(super) struct Units<'a> {
    store: &'a Store,
    iris: &'a IriScheme,
    effective: NamedNode,
    registers: NamedNode,
}

impl<'a> Units<'a> {
    pub(super) fn of(store: &'a Store) -> Self {
        let iris = store.iris();
        Self { store, iris, effective: iris.layer("effective"), registers: iris.layer("registers") }
    }

    /// Every work, in order.
    pub(super) fn works(&self) -> Result<BTreeSet<NamedNode>, StoreError> {
        let (class, work) = (TYPE.into_owned(), zm("PolicyDocument"));
        let quads = self.store.quads(None, Some(&class), Some(&work), Some(&self.effective))?;
        Ok(quads.into_iter().filter_map(|quad| subject(&quad)).collect())
    }

    /// The works that have a text in a source.
    pub(super) fn works_in(&self, sha256: &str) -> Result<BTreeSet<NamedNode>, StoreError> {
        let graph = self.iris.source_graph(sha256);
        let quads = self.store.quads(None, Some(&eli("realizes")), None, Some(&graph))?;
        Ok(quads.into_iter().filter_map(|quad| node(&quad.object)).collect())
    }

    /// A work; `None` where there is none of this IRI.
    pub(super) fn work(&self, iri: &NamedNode) -> Result<Option<Work>, StoreError> {
        let said = self.said(iri, &self.effective)?;
        if !said.nodes(&TYPE.into_owned()).contains(&zm("PolicyDocument")) {
            return Ok(None);
        }
        let numbers: Vec<String> = said.texts(&eli("number")).into_iter().collect();
        let dates = said.texts(&eli("date_document"));
        let date = dates.first().cloned();
        let of_number = || numbers.first()?.parse::<DocNumber>().ok()?.year;
        let year = date.as_ref().and_then(|date| date.get(..4).map(str::to_owned));
        let mut agencies = BTreeSet::new();
        for agency in said.all_nodes().filter(|node| self.is_agency(node)) {
            agencies.extend(self.agency(agency)?);
        }
        let issuers = said.nodes(&eli("passed_by")).into_iter().map(|agency| self.agency(&agency));
        let issuers: BTreeSet<String> = issuers.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        let term = |predicate: &NamedNode, prefix: &str| {
            said.nodes(predicate).iter().find_map(|node| local(node).strip_prefix(prefix).map(str::to_owned))
        };
        Ok(Some(Work {
            iri: iri.clone(),
            label: said.text(&skos("prefLabel")).unwrap_or_default(),
            titles: said.texts(&eli("title")).into_iter().collect(),
            level: term(&zm("level"), "").unwrap_or_default(),
            is_held: said.nodes(&zm("status")).contains(&zm("held")),
            regions: self.regions(said.nodes(&eli("jurisdiction")).into_iter().next())?,
            kind: term(&eli("type_document"), "kind-"),
            form: term(&zm("form"), "form-"),
            issuers: issuers.into_iter().collect(),
            year: year.or_else(|| of_number().map(|year| year.to_string())),
            date,
            policy: said.nodes(&zm("memberOf")).into_iter().next(),
            agencies,
            numbers,
        }))
    }

    /// The texts of a work, in the order of their sources.
    pub(super) fn texts(&self, work: &NamedNode) -> Result<Vec<Text>, StoreError> {
        let mut texts = Vec::new();
        for (part, graph) in self.subjects(&eli("realizes"), work)? {
            let said = self.said(&part, &graph)?;
            let Some(source) = said.nodes(&eli("is_embodied_by")).into_iter().next() else { continue };
            let whole = self.said(&source, &graph)?.text(&zm("plainText")).unwrap_or_default();
            let (start, end) = said.place();
            let text = whole.chars().skip(start).take(end.saturating_sub(start)).collect();
            texts.push(Text { sha256: self.sha256(&source), start, text });
        }
        texts.sort_unstable();
        Ok(texts)
    }

    /// The measures of a work, in the order of their sources and places.
    pub(super) fn measures(&self, work: &NamedNode) -> Result<Vec<Measure>, StoreError> {
        let mut measures = Vec::new();
        for (iri, graph) in self.subjects(&eli("is_part_of"), work)? {
            measures.extend(self.measure_in(&iri, &graph)?);
        }
        measures.sort_by(|a, b| (&a.text.sha256, a.position, &a.iri).cmp(&(&b.text.sha256, b.position, &b.iri)));
        Ok(measures)
    }

    /// A measure; `None` where there is none of this IRI.
    pub(super) fn measure(&self, iri: &NamedNode) -> Result<Option<Measure>, StoreError> {
        let prefix = format!("{}/", self.iris.at("/id/text").as_str());
        let sha256 = iri.as_str().strip_prefix(&prefix).and_then(|rest| rest.split('/').next()).unwrap_or_default();
        self.measure_in(iri, &self.iris.source_graph(sha256))
    }

    fn measure_in(&self, iri: &NamedNode, graph: &NamedNode) -> Result<Option<Measure>, StoreError> {
        let said = self.said(iri, graph)?;
        if !said.nodes(&TYPE.into_owned()).contains(&zm("Measure")) {
            return Ok(None);
        }
        let assigned = self.said(iri, &self.effective)?.nodes(&zm("assignedTo"));
        let mut agencies = BTreeSet::new();
        for agency in &assigned {
            agencies.extend(self.agency(agency)?);
        }
        let sha256 = said.nodes(&zm("inSource")).first().map(|source| self.sha256(source)).unwrap_or_default();
        let text = Text { sha256, start: said.place().0, text: said.text(&zm("quote")).unwrap_or_default() };
        Ok(Some(Measure {
            iri: iri.clone(),
            path: said.text(&zm("path")).unwrap_or_default(),
            heading: said.text(&zm("heading")),
            position: said.number(&zm("position")),
            text,
            agencies,
        }))
    }

    /// The name of a region with those above it; its code where the registers do not have it.
    pub(super) fn region_name(&self, code: &str) -> Result<String, StoreError> {
        let name = self.said(&self.iris.region(code), &self.registers)?.text(&zm("fullName"));
        Ok(name.unwrap_or_else(|| code.to_owned()))
    }

    fn regions(&self, own: Option<NamedNode>) -> Result<Vec<String>, StoreError> {
        /// A code and those above it are no more than these.
        const LEVELS: usize = 4;
        let mut codes = Vec::new();
        let mut next = own;
        while let Some(region) = next.filter(|_| codes.len() < LEVELS) {
            codes.push(region.as_str().rsplit('/').next().unwrap_or_default().to_owned());
            next = self.said(&region, &self.registers)?.nodes(&skos("broader")).into_iter().next();
        }
        if codes.len() > 1 {
            // Everything lies within the state: as a choice it would mean nothing.
            codes.retain(|code| code != STATE);
        }
        Ok(codes)
    }

    fn is_agency(&self, node: &NamedNode) -> bool {
        node.as_str().strip_prefix(self.iris.base()).is_some_and(|path| path.starts_with("/id/agency/"))
    }

    /// The full name of an agency.
    fn agency(&self, agency: &NamedNode) -> Result<Option<String>, StoreError> {
        let names = self.store.quads(Some(agency), Some(&skos("prefLabel")), None, Some(&self.effective))?;
        Ok(names.iter().map(|quad| text(&quad.object).to_owned()).min())
    }

    fn sha256(&self, source: &NamedNode) -> String {
        source.as_str().strip_prefix(self.iris.source("").as_str()).unwrap_or_default().to_owned()
    }

    /// What has a property with this value, and the graph that says so.
    fn subjects(&self, property: &NamedNode, value: &NamedNode) -> Result<Vec<(NamedNode, NamedNode)>, StoreError> {
        let quads = self.store.quads(None, Some(property), Some(value), None)?;
        let sources = self.iris.source_graph("");
        let found = quads.into_iter().filter_map(|quad| match (&quad.subject, &quad.graph_name) {
            (NamedOrBlankNode::NamedNode(subject), oxrdf::GraphName::NamedNode(graph)) => {
                graph.as_str().starts_with(sources.as_str()).then(|| (subject.clone(), graph.clone()))
            }
            _ => None,
        });
        Ok(found.collect())
    }

    fn said(&self, subject: &NamedNode, graph: &NamedNode) -> Result<Said, StoreError> {
        Ok(Said(self.store.quads(Some(subject), None, None, Some(graph))?))
    }
}

/// GB/T 2260 code of the state.
const STATE: &str = "100000";

/// What a graph says of one node.
struct Said(Vec<Quad>);

impl Said {
    fn values<'a>(&'a self, predicate: &'a NamedNode) -> impl Iterator<Item = &'a Term> {
        self.0.iter().filter(move |quad| quad.predicate == *predicate).map(|quad| &quad.object)
    }

    fn nodes(&self, predicate: &NamedNode) -> BTreeSet<NamedNode> {
        self.values(predicate).filter_map(node).collect()
    }

    fn all_nodes(&self) -> impl Iterator<Item = &NamedNode> {
        self.0.iter().filter_map(|quad| match &quad.object {
            Term::NamedNode(node) => Some(node),
            _ => None,
        })
    }

    fn texts(&self, predicate: &NamedNode) -> BTreeSet<String> {
        self.values(predicate).map(|term| text(term).to_owned()).collect()
    }

    fn text(&self, predicate: &NamedNode) -> Option<String> {
        self.texts(predicate).into_iter().next()
    }

    fn number(&self, predicate: &NamedNode) -> usize {
        self.text(predicate).and_then(|text| text.parse().ok()).unwrap_or(0)
    }

    /// Start and end.
    fn place(&self) -> (usize, usize) {
        (self.number(&zm("start")), self.number(&zm("end")))
    }
}

fn local(node: &NamedNode) -> &str {
    node.as_str().rsplit('#').next().unwrap_or_default()
}

fn subject(quad: &Quad) -> Option<NamedNode> {
    match &quad.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node.clone()),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

fn node(term: &Term) -> Option<NamedNode> {
    match term {
        Term::NamedNode(node) => Some(node.clone()),
        _ => None,
    }
}

fn text(term: &Term) -> &str {
    match term {
        Term::Literal(literal) => literal.value(),
        Term::NamedNode(node) => node.as_str(),
        Term::BlankNode(node) => node.as_str(),
    }
}
