//! Claims (陈述): reified statements with their evidence.

use crate::model::vocab::{TYPE, dcterms, eli, rdf, xsd, zm};
use crate::model::{
    AgencyName, Confidence, Finding, FindingCode, IriScheme, PartialDate, PlacedText, Source, Span, Work, WorkKey,
};
use oxrdf::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};

/// Collects the quads of one source's graph.
pub(super) struct Claims<'a> {
    pub(super) iris: &'a IriScheme,
    rule_set: &'a str,
    source: &'a Source,
    placed: PlacedText<'a>,
    graph: GraphName,
    quads: Vec<Quad>,
}

/// What a claim says and how it was reached.
pub(super) struct Claim<'a> {
    /// Class, by its local name.
    pub(super) class: &'a str,
    /// Last segment of its IRI.
    pub(super) kind: String,
    pub(super) subject: NamedNode,
    pub(super) predicate: NamedNode,
    /// `None` where the document does not tell what it is.
    pub(super) object: Option<Term>,
    /// Where it stands; `None` for what the whole text says.
    pub(super) span: Option<Span>,
    pub(super) rule: &'a str,
    pub(super) confidence: Confidence,
}

impl<'a> Claims<'a> {
    pub(super) fn new(iris: &'a IriScheme, rule_set: &'a str, source: &'a Source, placed: PlacedText<'a>) -> Self {
        let graph = GraphName::NamedNode(iris.source_graph(&source.sha256));
        Self { iris, rule_set, source, placed, graph, quads: Vec::new() }
    }

    /// Sorted and without duplicates.
    pub(super) fn into_quads(mut self) -> Vec<Quad> {
        self.quads.sort_by_cached_key(ToString::to_string);
        self.quads.dedup();
        self.quads
    }

    pub(super) fn sha256(&self) -> &'a str {
        &self.source.sha256
    }

    pub(super) fn add(&mut self, subject: &NamedNode, predicate: NamedNode, object: impl Into<Term>) {
        let subject = NamedOrBlankNode::NamedNode(subject.clone());
        self.quads.push(Quad::new(subject, predicate, object.into(), self.graph.clone()));
    }

    pub(super) fn text(&mut self, subject: &NamedNode, predicate: &str, value: impl Into<String>) {
        self.add(subject, zm(predicate), Literal::new_simple_literal(value.into()));
    }

    /// As `xsd:integer`, to which the store folds its narrower kinds: a graph's hash is of what the store keeps.
    pub(super) fn count(&mut self, subject: &NamedNode, predicate: &str, value: usize) {
        let literal = Literal::new_typed_literal(value.to_string(), xsd("integer"));
        self.add(subject, zm(predicate), literal);
    }

    pub(super) fn flag(&mut self, subject: &NamedNode, predicate: &str) {
        self.add(subject, zm(predicate), Literal::from(true));
    }

    pub(super) fn class(&mut self, subject: &NamedNode, class: &str) {
        self.add(subject, TYPE.into_owned(), zm(class));
    }

    pub(super) fn quote(&self, span: Span) -> String {
        self.placed.quote(span)
    }

    /// Start and end of a place.
    pub(super) fn place(&mut self, subject: &NamedNode, span: Span) {
        self.place_named(subject, span, "start", "end");
    }

    /// Start and end of a place under names of their own.
    pub(super) fn place_named(&mut self, subject: &NamedNode, span: Span, start: &str, end: &str) {
        let (first, last) = self.placed.place(span);
        self.count(subject, start, first);
        self.count(subject, end, last);
    }

    /// The IRI of a claim of a kind at a place.
    pub(super) fn claim_iri(&self, span: Option<Span>, kind: &str) -> NamedNode {
        let place = span.map_or((0, 0), |span| self.placed.place(span));
        self.iris.claim(&self.source.sha256, place, kind)
    }

    /// States a claim and returns its IRI.
    pub(super) fn claim(&mut self, claim: Claim<'_>) -> NamedNode {
        let iri = self.claim_iri(claim.span, &claim.kind);
        self.class(&iri, claim.class);
        self.add(&iri, rdf("subject"), claim.subject);
        self.add(&iri, rdf("predicate"), claim.predicate);
        if let Some(object) = claim.object {
            self.add(&iri, rdf("object"), object);
        }
        if let Some(span) = claim.span {
            self.place(&iri, span);
            let quote = self.quote(span);
            self.text(&iri, "quote", quote);
        } else {
            self.count(&iri, "start", 0);
            self.count(&iri, "end", 0);
        }
        self.read_by(&iri, claim.rule);
        self.add(&iri, zm("confidence"), zm(claim.confidence.name()));
        iri
    }

    fn read_by(&mut self, iri: &NamedNode, rule: &str) {
        let source = self.iris.source(&self.source.sha256);
        self.add(iri, zm("inSource"), source);
        self.text(iri, "rule", rule);
        let rule_set = self.rule_set;
        self.text(iri, "ruleSet", rule_set);
    }

    /// The source file itself.
    pub(super) fn source(&mut self) {
        let source = self.source;
        let iri = self.iris.source(&source.sha256);
        self.class(&iri, "SourceFile");
        self.text(&iri, "sha256", &source.sha256);
        self.text(&iri, "fileName", &source.name);
        self.text(&iri, "encoding", source.encoding);
        let characters = self.placed.characters();
        self.count(&iri, "characters", characters);
        let whole = self.placed.whole();
        self.text(&iri, "plainText", whole);
        if let Some(id) = &source.id {
            self.add(&iri, dcterms("identifier"), Literal::new_simple_literal(id));
        }
        if let Some(hash) = &source.metadata_sha256 {
            self.text(&iri, "metadataHash", hash);
        }
        if let Some(url) = &source.url {
            self.text(&iri, "url", url);
        }
        if let Some(time) = &source.retrieved {
            self.text(&iri, "retrieved", time);
        }
    }

    /// The node that stands for an agency.
    pub(super) fn agency(&self, agency: &AgencyName) -> NamedNode {
        self.iris.agency(agency)
    }

    /// Notes the name of the agency that a claim is about. The agency's own triples follow from it in the
    /// effective graph, once, however many sources name it.
    pub(super) fn named(&mut self, claim: &NamedNode, agency: &AgencyName) {
        self.text(claim, "agentName", &agency.name);
        if agency.is_class {
            self.flag(claim, "agentIsClass");
        }
    }

    /// Notes the key of the work that a citation cites, and how far it is known.
    pub(super) fn cited(&mut self, citation: &NamedNode, key: &WorkKey, state: &str) {
        self.text(citation, "citedKey", key.to_string());
        self.add(citation, zm("state"), zm(state));
    }

    /// What is wrong with the source.
    pub(super) fn finding(&mut self, finding: &Finding) {
        let span = finding.span.filter(|_| !finding.code.is_of_the_file());
        let iri = self.claim_iri(span, &format!("finding-{}", finding.code.name()));
        self.class(&iri, "Finding");
        self.text(&iri, "code", finding.code.name());
        self.add(&iri, zm("severity"), zm(finding.severity.name()));
        let message = Literal::new_language_tagged_literal_unchecked(&finding.message, "zh");
        self.add(&iri, zm("message"), message);
        if let Some(span) = span {
            self.place(&iri, span);
            if finding.code != FindingCode::PersonalData {
                let quote = self.quote(span);
                self.text(&iri, "quote", quote);
            }
        }
        self.read_by(&iri, &format!("finding.{}", finding.code.name()));
    }

    /// A text's own node, with the key of its work and the other keys that it goes by.
    pub(super) fn text_part(&mut self, n: usize, iri_of_work: &NamedNode, work: &Work) {
        let iri = self.iris.text(&self.source.sha256, n);
        let source = self.iris.source(&self.source.sha256);
        self.class(&iri, "DocumentText");
        self.add(&iri, eli("realizes"), iri_of_work.clone());
        self.add(&iri, eli("is_embodied_by"), source);
        self.count(&iri, "position", n);
        self.add(&iri, zm("role"), zm(work.role.name()));
        self.text(&iri, "workKey", work.key.to_string());
        for alias in &work.aliases {
            self.text(&iri, "titleKey", alias.to_string());
        }
        self.place(&iri, work.span);
    }
}

/// A date as precise as it is written.
pub(super) fn date(date: PartialDate) -> Literal {
    let datatype = match (date.month, date.day) {
        (Some(_), Some(_)) => xsd("date"),
        (Some(_), None) => xsd("gYearMonth"),
        (None, _) => xsd("gYear"),
    };
    Literal::new_typed_literal(date.to_string(), datatype)
}
