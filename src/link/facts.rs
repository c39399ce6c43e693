//! What linking needs of each source's graph, and of the decisions.

use super::texts::Fingerprint;
use crate::model::vocab::{TYPE, eli, rdf, zm};
use oxrdf::{Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use std::collections::BTreeMap;

/// One source.
#[derive(Clone, Debug, Default)]
pub struct SourceFacts {
    /// The name of its file.
    pub file_name: String,
    /// Works that it has or cites, with their keys.
    pub keys: BTreeMap<NamedNode, String>,
    /// Title keys of works that it has and that are keyed by number.
    pub title_keys: BTreeMap<NamedNode, String>,
    /// Works whose text it has.
    pub held: Vec<NamedNode>,
    /// Its claims.
    pub statements: Vec<Statement>,
    /// Texts that it has, if they are long enough to be known again.
    pub(super) texts: Vec<HeldText>,
}

/// A text of a work.
#[derive(Clone, Debug)]
pub(super) struct HeldText {
    pub(super) work: NamedNode,
    /// What it is known again by.
    pub(super) fingerprint: Fingerprint,
    /// A claim about the work that rests on this source: its title, or else another field.
    pub(super) claim: Option<NamedNode>,
}

/// A claim: a statement with its evidence.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The claim.
    pub claim: NamedNode,
    /// Local name of its class: Citation, `FieldClaim`, Assignment ….
    pub class: String,
    /// Subject of the statement.
    pub subject: NamedNode,
    /// Predicate of the statement.
    pub predicate: NamedNode,
    /// Object of the statement; `None` where the document does not tell what is cited.
    pub object: Option<Term>,
    /// Where it stands, in code points.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words.
    pub quote: String,
    /// For a citation: the normal form of the title.
    pub cited_title: Option<String>,
    /// For a citation by number: the key of its title.
    pub title_key: Option<String>,
    /// For a claim about an agency: its name, and whether it is a class of agencies.
    pub agent: Option<(String, bool)>,
    /// For an ambiguous citation: the keys that could be meant.
    pub candidates: Vec<String>,
    /// Whether the citation is identified.
    pub is_identified: bool,
}

/// A decision that a statement does not hold.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Rejection {
    /// Subject, predicate, object; no object where none was known.
    pub statement: (NamedNode, NamedNode, Option<Term>),
    /// The evidence that it was rejected on: source, start, end, quote. `None` for a link, which rests on
    /// several.
    pub evidence: Option<(String, u32, u32, String)>,
}

impl Rejection {
    /// Whether it rejects this claim of a source: the same statement on the same words. Words that have
    /// moved with a re-reading are the same words.
    #[must_use]
    pub fn rejects(&self, sha256: &str, statement: &Statement) -> bool {
        let (subject, predicate, object) = &self.statement;
        let same = *subject == statement.subject && *predicate == statement.predicate && *object == statement.object;
        let on = self.evidence.as_ref().is_some_and(|(source, start, end, quote)| {
            let here = (*start, *end) == (statement.start, statement.end) || *quote == statement.quote;
            source == sha256 && here
        });
        same && on
    }
}

impl SourceFacts {
    /// Reads a source's graph.
    #[must_use]
    pub fn of(quads: &[Quad]) -> Self {
        let mut facts = Self::default();
        let mut plain = String::new();
        let mut places: Vec<(NamedNode, usize, usize)> = Vec::new();
        let mut nodes: BTreeMap<&NamedNode, Vec<&Quad>> = BTreeMap::new();
        for quad in quads {
            if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
                nodes.entry(subject).or_default().push(quad);
            }
        }
        for (subject, quads) in nodes {
            let node = Node(&quads);
            if let Some(work) = node.node(&eli("realizes")) {
                facts.keys.extend(node.string("workKey").map(|key| (work.clone(), key)));
                facts.title_keys.extend(node.string("titleKey").map(|key| (work.clone(), key)));
                places.extend(node.place().map(|(start, end)| (work.clone(), start, end)));
                facts.held.push(work);
            } else if let Some(statement) = node.statement(subject) {
                if let (Some(Term::NamedNode(cited)), Some(key)) = (&statement.object, node.string("citedKey")) {
                    facts.keys.insert(cited.clone(), key);
                }
                facts.statements.push(statement);
            } else if let Some(name) = node.string("fileName") {
                facts.file_name = name;
                plain = node.string("plainText").unwrap_or_default();
            }
        }
        facts.texts = facts.texts_at(&plain, places);
        facts
    }

    /// The texts at places of the whole, in code points. O(n).
    fn texts_at(&self, plain: &str, places: Vec<(NamedNode, usize, usize)>) -> Vec<HeldText> {
        let held = |(work, start, end): (NamedNode, usize, usize)| {
            let text: String = plain.chars().skip(start).take(end.saturating_sub(start)).collect();
            let fields = || self.statements.iter().filter(|it| it.subject == work && it.class == "FieldClaim");
            let title = fields().find(|it| it.predicate == eli("title"));
            let claim = title.or_else(|| fields().next()).map(|it| it.claim.clone());
            Some(HeldText { fingerprint: Fingerprint::of(&text)?, claim, work })
        };
        places.into_iter().filter_map(held).collect()
    }
}

/// The quads of one subject.
struct Node<'a>(&'a [&'a Quad]);

impl Node<'_> {
    fn value(&self, predicate: &NamedNode) -> Option<&Term> {
        self.0.iter().find(|quad| quad.predicate == *predicate).map(|quad| &quad.object)
    }

    fn node(&self, predicate: &NamedNode) -> Option<NamedNode> {
        self.value(predicate).and_then(node)
    }

    fn string(&self, name: &str) -> Option<String> {
        self.value(&zm(name)).map(|term| text(term).to_owned())
    }

    fn place(&self) -> Option<(usize, usize)> {
        Some((self.string("start")?.parse().ok()?, self.string("end")?.parse().ok()?))
    }

    fn statement(&self, claim: &NamedNode) -> Option<Statement> {
        let candidate = zm("candidateKey");
        let candidates = self.0.iter().filter(|quad| quad.predicate == candidate);
        let class = self.node(&TYPE.into_owned())?;
        Some(Statement {
            claim: claim.clone(),
            class: class.as_str().rsplit('#').next().unwrap_or_default().to_owned(),
            subject: self.node(&rdf("subject"))?,
            predicate: self.node(&rdf("predicate"))?,
            object: self.value(&rdf("object")).cloned(),
            start: self.string("start")?.parse().ok()?,
            end: self.string("end")?.parse().ok()?,
            quote: self.string("quote").unwrap_or_default(),
            cited_title: self.string("citedTitle"),
            title_key: self.string("titleKey"),
            agent: self.string("agentName").map(|name| (name, self.string("agentIsClass").is_some())),
            candidates: candidates.map(|quad| text(&quad.object).to_owned()).collect(),
            is_identified: self.node(&zm("state")) == Some(zm("identified")),
        })
    }
}

/// The rejections of the decision graph.
pub(super) fn rejections(quads: &[Quad]) -> Vec<Rejection> {
    let mut nodes: BTreeMap<String, Vec<&Quad>> = BTreeMap::new();
    for quad in quads {
        nodes.entry(quad.subject.to_string()).or_default().push(quad);
    }
    nodes.values().filter_map(|quads| rejection(quads)).collect()
}

fn rejection(quads: &[&Quad]) -> Option<Rejection> {
    let node = Node(quads);
    if node.node(&TYPE.into_owned())? != zm("Rejection") {
        return None;
    }
    let object = node.value(&rdf("object")).cloned();
    let statement = (node.node(&rdf("subject"))?, node.node(&rdf("predicate"))?, object);
    let place = |name: &str| node.string(name).and_then(|text| text.parse().ok()).unwrap_or(0);
    let evidence = node
        .string("onSource")
        .map(|source| (source, place("start"), place("end"), node.string("quote").unwrap_or_default()));
    Some(Rejection { statement, evidence })
}

fn text(term: &Term) -> &str {
    match term {
        Term::Literal(literal) => Literal::value(literal),
        Term::NamedNode(node) => node.as_str(),
        Term::BlankNode(node) => node.as_str(),
    }
}

fn node(term: &Term) -> Option<NamedNode> {
    match term {
        Term::NamedNode(node) => Some(node.clone()),
        _ => None,
    }
}
