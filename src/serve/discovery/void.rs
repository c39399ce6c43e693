//! The data set's description: `VoID` (<https://www.w3.org/TR/void/>) with partitions as query editors read them, and
//! DCAT 3 (<https://www.w3.org/TR/vocab-dcat-3/>) with what can be downloaded and asked.

use super::partitions::Partitions;
use crate::{
    model::vocab::{PREFIXES, TYPE, dcterms, rdfs, xsd},
    query::{ResultFormat, example_quads},
    serve::{
        address::origin,
        describe,
        documents::{offer, with_charset},
        error::{ApiError, Fault},
        job::Job,
        negotiate,
        params::Params,
        state::AppState,
        stream,
    },
};
use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use oxrdf::{GraphName, Literal, NamedNode, Quad, Term};

const VOID: &str = "http://rdfs.org/ns/void#";
const VOID_EXT: &str = "http://ldf.fi/void-ext#";
const DCAT: &str = "http://www.w3.org/ns/dcat#";
const FOAF: &str = "http://xmlns.com/foaf/0.1/";
const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
const FORMATS: &str = "http://www.w3.org/ns/formats/";
const MEDIA_TYPES: &str = "https://www.iana.org/assignments/media-types/";

/// `/.well-known/void`.
pub(in crate::serve) async fn void(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let origin = origin(&headers);
    let alone = if state.has_partitions() { None } else { Some(state.alone().await) };
    rdf(&state, query.as_deref(), &headers, move |state| {
        let _alone = alone;
        let example = state.lineage().policies().next().map(|(_, policy)| &policy.head);
        let partitions = state.partitions()?;
        Ok(Description { origin: &origin, quads: Vec::new() }.of(state, &partitions, example))
    })
    .await
}

/// `/.well-known/sparql-examples`: the named queries.
pub(in crate::serve) async fn examples(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    rdf(&state, query.as_deref(), &headers, |state| Ok(example_quads(state.iris()))).await
}

/// Quads in the format that is asked for.
async fn rdf(
    state: &AppState,
    query: Option<&str>,
    headers: &HeaderMap,
    quads: impl FnOnce(&AppState) -> Result<Vec<Quad>, ApiError> + Send + 'static,
) -> Result<Response, ApiError> {
    let params = Params::parse(query.unwrap_or_default())?;
    let (_, format) = offer(negotiate::DATA_ONLY, &params, headers)?;
    let format = ResultFormat::parse(format).ok_or_else(|| ApiError::new(Fault::NotAcceptable, format))?;
    let mut response = stream::copy(state, Job::named("description"), move |state, pipe| {
        let quads = quads(state)?;
        pipe.media_type(&with_charset(format.media_type()));
        describe::written(quads, format, pipe)
    })
    .await?;
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

/// The description while it is made.
struct Description<'a> {
    origin: &'a str,
    quads: Vec<Quad>,
}

impl Description<'_> {
    fn of(mut self, state: &AppState, partitions: &Partitions, example: Option<&NamedNode>) -> Vec<Quad> {
        let document = self.at("/.well-known/void");
        let dataset = self.node("dataset");
        self.add(&document, TYPE.into_owned(), named(VOID, "DatasetDescription"));
        self.add(&document, named(FOAF, "primaryTopic"), dataset.clone());
        for (namespace, class) in [(VOID, "Dataset"), (DCAT, "Dataset")] {
            self.add(&dataset, TYPE.into_owned(), named(namespace, class));
        }
        self.words(
            &dataset,
            &dcterms("title"),
            "政脉：政策的来龙去脉",
            "zhengmai: who implements what in Chinese policy",
        );
        self.words(
            &dataset,
            &dcterms("description"),
            "从公文中读出的知识图谱：文件、政策、机关、措施、时限，以及它们的关系与所凭的原句。",
            "A graph read from Chinese policy documents: works, policies, agencies, measures, deadlines, and how they stand to each other, with the sentences that say so.",
        );
        self.access(state, &dataset, example);
        self.count(&dataset, "triples", partitions.triples);
        self.count(&dataset, "classes", partitions.classes.len());
        self.count(&dataset, "properties", partitions.properties.len());
        self.partitions(&dataset, partitions);
        self.quads
    }

    /// Where it can be had and asked.
    fn access(&mut self, state: &AppState, dataset: &NamedNode, example: Option<&NamedNode>) {
        let (endpoint, dump) = (self.at("/sparql"), self.at("/dump"));
        self.add(dataset, named(FOAF, "homepage"), self.at("/"));
        self.add(dataset, named(DCAT, "landingPage"), self.at("/"));
        self.add(dataset, named(VOID, "sparqlEndpoint"), endpoint.clone());
        self.add(dataset, named(VOID, "dataDump"), dump.clone());
        self.add(dataset, named(VOID, "uriLookupEndpoint"), self.at("/id?q="));
        self.text(dataset, &named(VOID, "uriSpace"), &format!("{}/id/", state.iris().base()));
        self.add(dataset, rdfs("seeAlso"), self.at("/.well-known/sparql-examples"));
        if let Some(example) = example {
            self.add(dataset, named(VOID, "exampleResource"), example.clone());
        }
        for (_, namespace) in PREFIXES {
            self.add(dataset, named(VOID, "vocabulary"), NamedNode::new_unchecked(*namespace));
        }
        for format in ["Turtle", "N-Triples", "RDF_XML", "JSON-LD"] {
            self.add(dataset, named(VOID, "feature"), named(FORMATS, format));
        }
        let distribution = self.node("distribution-nquads");
        self.add(dataset, named(DCAT, "distribution"), distribution.clone());
        self.add(&distribution, TYPE.into_owned(), named(DCAT, "Distribution"));
        self.add(&distribution, named(DCAT, "accessURL"), dump.clone());
        self.add(&distribution, named(DCAT, "downloadURL"), dump);
        self.add(&distribution, named(DCAT, "mediaType"), named(MEDIA_TYPES, "application/n-quads"));
        let service = self.at("/sparql#service");
        let queried = self.node("distribution-sparql");
        self.add(dataset, named(DCAT, "distribution"), queried.clone());
        self.add(&queried, TYPE.into_owned(), named(DCAT, "Distribution"));
        self.add(&queried, named(DCAT, "accessURL"), endpoint.clone());
        self.add(&queried, named(DCAT, "accessService"), service.clone());
        self.add(&service, TYPE.into_owned(), named(DCAT, "DataService"));
        self.add(&service, TYPE.into_owned(), named(SD, "Service"));
        self.add(&service, named(SD, "endpoint"), endpoint.clone());
        self.add(&service, named(DCAT, "endpointURL"), endpoint.clone());
        self.add(&service, named(DCAT, "endpointDescription"), endpoint);
        self.add(&service, named(DCAT, "servesDataset"), dataset.clone());
    }

    /// What there is of each class and property.
    fn partitions(&mut self, dataset: &NamedNode, partitions: &Partitions) {
        for (n, (property, count)) in partitions.properties.iter().enumerate() {
            let part = self.node(&format!("property-{n}"));
            self.add(dataset, named(VOID, "propertyPartition"), part.clone());
            self.add(&part, named(VOID, "property"), property.clone());
            self.count(&part, "triples", *count);
        }
        for (n, (class, of)) in partitions.classes.iter().enumerate() {
            let part = self.node(&format!("class-{n}"));
            self.add(dataset, named(VOID, "classPartition"), part.clone());
            self.add(&part, named(VOID, "class"), class.clone());
            self.count(&part, "entities", of.entities);
            for (m, (property, of)) in of.properties.iter().enumerate() {
                let inner = self.node(&format!("class-{n}-property-{m}"));
                self.add(&part, named(VOID, "propertyPartition"), inner.clone());
                self.add(&inner, named(VOID, "property"), property.clone());
                self.count(&inner, "triples", of.triples);
                let to_classes = of.classes.iter().map(|to| (to, (VOID, "classPartition"), (VOID, "class")));
                let to_datatypes =
                    of.datatypes.iter().map(|to| (to, (VOID_EXT, "datatypePartition"), (VOID_EXT, "datatype")));
                for (k, ((to, count), partition, is)) in to_classes.chain(to_datatypes).enumerate() {
                    let to_part = self.node(&format!("class-{n}-property-{m}-to-{k}"));
                    self.add(&inner, named(partition.0, partition.1), to_part.clone());
                    self.add(&to_part, named(is.0, is.1), to.clone());
                    self.count(&to_part, "triples", *count);
                }
            }
        }
    }

    fn at(&self, path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{path}", self.origin))
    }

    fn node(&self, name: &str) -> NamedNode {
        self.at(&format!("/.well-known/void#{name}"))
    }

    fn add(&mut self, subject: &NamedNode, predicate: NamedNode, object: impl Into<Term>) {
        self.quads.push(Quad::new(subject.clone(), predicate, object, GraphName::DefaultGraph));
    }

    fn text(&mut self, subject: &NamedNode, predicate: &NamedNode, text: &str) {
        self.add(subject, predicate.clone(), Literal::new_simple_literal(text));
    }

    fn words(&mut self, subject: &NamedNode, predicate: &NamedNode, zh: &str, en: &str) {
        for (text, language) in [(zh, "zh"), (en, "en")] {
            self.add(subject, predicate.clone(), Literal::new_language_tagged_literal_unchecked(text, language));
        }
    }

    fn count(&mut self, subject: &NamedNode, name: &str, count: usize) {
        self.add(subject, named(VOID, name), Literal::new_typed_literal(count.to_string(), xsd("integer")));
    }
}

fn named(namespace: &str, name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{namespace}{name}"))
}
