//! Triple Pattern Fragments (<https://linkeddatafragments.org/specification/triple-pattern-fragments/>): the triples of
//! one pattern, page by page, with how many there are and the form to ask for others (Hydra), so that clients can join
//! them at their own cost.

use super::{
    address::{encoded, origin, query_value},
    documents::{offer, with_charset},
    error::{ApiError, Fault},
    facts::rows,
    job::Job,
    negotiate,
    params::Params,
    state::AppState,
    stream,
};
use crate::{
    model::vocab::{TYPE, rdf, xsd},
    query::{ResultFormat, write_quads},
};
use axum::{
    extract::{OriginalUri, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use oxrdf::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};

/// Triples on a page.
const PAGE: usize = 100;

/// As far as triples are counted; where there are more, that many are said to be there.
const COUNTED: usize = 100_000;

/// Behind so many pages the query endpoint is the better way.
pub(super) const LAST: usize = 10_000;

const HYDRA: &str = "http://www.w3.org/ns/hydra/core#";
const VOID: &str = "http://rdfs.org/ns/void#";
const PRIMARY_TOPIC: &str = "http://xmlns.com/foaf/0.1/primaryTopic";

/// The parameters, which are named after the properties that they stand for.
const POSITIONS: [&str; 3] = ["subject", "predicate", "object"];

/// What is given of a triple; `None` is any.
type Pattern = [Option<Term>; 3];

/// `/fragments?subject=…&predicate=…&object=…&page=…`: IRIs as they are, literals in quotation marks.
pub(super) async fn fragments(
    State(state): State<AppState>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let params = Params::parse(uri.query().unwrap_or_default())?;
    let (_, format) = offer(negotiate::FRAGMENT, &params, &headers)?;
    let format = ResultFormat::parse(format).ok_or_else(|| ApiError::new(Fault::NotAcceptable, format))?;
    let number = params.number("page", 1, LAST)?.max(1);
    let pattern = pattern(&params)?;
    let origin = origin(&headers);
    // Some clients send as it is what no IRI can hold.
    let asked = uri.path_and_query().map_or("/fragments", |asked| asked.as_str());
    let asked = format!("{origin}{}", encoded(asked));
    let page = Page { fragment: fragment(&origin, &params), asked, origin, number };
    let limit = state.settings().query_timeout;
    let mut response = stream::query(&state, Job::named("fragment"), limit, move |state, pipe| {
        let (triples, total) = fitting(state, &pattern, number)?;
        pipe.media_type(&with_charset(format.media_type()));
        let has_next = triples.len() == PAGE && (number * PAGE < total || total == COUNTED) && number < LAST;
        let controls = page.controls(total, has_next);
        Ok(write_quads(triples.into_iter().chain(controls), format, &mut *pipe)?)
    })
    .await?;
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

fn pattern(params: &Params) -> Result<Pattern, ApiError> {
    let mut pattern = Pattern::default();
    for (term, position) in pattern.iter_mut().zip(POSITIONS) {
        let Some(text) = params.get(position).map(str::trim).filter(|text| !text.starts_with('?')) else { continue };
        let is_fit = |term: &Term| position == "object" || matches!(term, Term::NamedNode(_));
        let wrong = || {
            let detail = format!(
                "{position}={text}：应为 IRI,宾语也可以是加引号的文字。 It must be an IRI, or for the object a quoted literal."
            );
            ApiError::new(Fault::BadRequest, detail)
        };
        *term = Some(read_term(text).filter(is_fit).ok_or_else(wrong)?);
    }
    Ok(pattern)
}

/// A term as these fragments write it: an IRI without brackets, `"words"@zh`, `"1"^^http://….`
fn read_term(text: &str) -> Option<Term> {
    let iri = |text: &str| NamedNode::new(text.trim_start_matches('<').trim_end_matches('>')).ok();
    let Some(quoted) = text.strip_prefix('"') else { return iri(text).map(Term::from) };
    let (value, rest) = quoted.rsplit_once('"')?;
    Some(match (rest.strip_prefix('@'), rest.strip_prefix("^^")) {
        (Some(language), _) => Literal::new_language_tagged_literal(value, language).ok()?.into(),
        (_, Some(datatype)) => Literal::new_typed_literal(value, iri(datatype)?).into(),
        _ if rest.is_empty() => Literal::new_simple_literal(value).into(),
        _ => return None,
    })
}

/// The triples of a page, and how many fit the pattern.
fn fitting(state: &AppState, pattern: &Pattern, number: usize) -> Result<(Vec<Quad>, usize), ApiError> {
    let terms: Vec<String> = pattern
        .iter()
        .zip(POSITIONS)
        .map(|(term, position)| term.as_ref().map_or_else(|| format!("?{position}"), ToString::to_string))
        .collect();
    let terms = terms.join(" ");
    let offset = (number - 1) * PAGE;
    let query = format!("SELECT ?subject ?predicate ?object {{ {terms} }} LIMIT {PAGE} OFFSET {offset}");
    let found = rows(state, &query, &[])?;
    let triple = |row: &crate::query::Row| {
        let term = |at: usize| pattern[at].clone().or_else(|| row.term(POSITIONS[at]).cloned());
        let subject: NamedOrBlankNode = match term(0)? {
            Term::NamedNode(node) => node.into(),
            Term::BlankNode(node) => node.into(),
            Term::Literal(_) => return None,
        };
        let Term::NamedNode(predicate) = term(1)? else { return None };
        Some(Quad::new(subject, predicate, term(2)?, GraphName::DefaultGraph))
    };
    let triples: Vec<Quad> = found.iter().filter_map(triple).collect();
    // A page that is not full is the last.
    if triples.len() < PAGE && !triples.is_empty() {
        return Ok((triples.clone(), offset + triples.len()));
    }
    let count = format!("SELECT (COUNT(*) AS ?n) {{ SELECT * {{ {terms} }} LIMIT {COUNTED} }}");
    let total = rows(state, &count, &[])?.first().and_then(|row| row.number("n")).unwrap_or(0);
    Ok((triples, total))
}

/// The address of the fragment: of its pages without their number.
fn fragment(origin: &str, params: &Params) -> String {
    let given = POSITIONS.iter().filter_map(|position| Some((position, params.get(position)?)));
    let given: Vec<String> = given.map(|(position, value)| format!("{position}={}", query_value(value))).collect();
    if given.is_empty() { format!("{origin}/fragments") } else { format!("{origin}/fragments?{}", given.join("&")) }
}

/// A page of a fragment.
struct Page {
    origin: String,
    fragment: String,
    /// Its address as the client asked for it: by that it knows what is said of the page.
    asked: String,
    number: usize,
}

impl Page {
    /// What is said of the page, the fragment and the whole, in a graph of its own.
    fn controls(&self, total: usize, has_next: bool) -> Vec<Quad> {
        let node = |iri: String| NamedNode::new_unchecked(iri);
        let part = |name: &str| node(format!("{}/fragments#{name}", self.origin));
        let hydra = |name: &str| node(format!("{HYDRA}{name}"));
        let void = |name: &str| node(format!("{VOID}{name}"));
        let (page, fragment, dataset) = (node(self.asked.clone()), node(self.fragment.clone()), part("dataset"));
        let metadata = node(format!("{}#metadata", self.asked));
        let mut quads = Vec::new();
        let mut add = |subject: &NamedNode, predicate: NamedNode, object: Term| {
            quads.push(Quad::new(subject.clone(), predicate, object, GraphName::NamedNode(metadata.clone())));
        };
        let count = |count: usize| Term::from(Literal::new_typed_literal(count.to_string(), xsd("integer")));
        let text = |text: &str| Term::from(Literal::new_simple_literal(text));
        add(&metadata, node(PRIMARY_TOPIC.to_owned()), page.clone().into());
        add(&dataset, TYPE.into_owned(), void("Dataset").into());
        add(&dataset, TYPE.into_owned(), hydra("Collection").into());
        add(&dataset, void("subset"), fragment.clone().into());
        let form = part("form");
        add(&dataset, hydra("search"), form.clone().into());
        let template = format!("{}/fragments{{?subject,predicate,object}}", self.origin);
        add(&form, hydra("template"), text(&template));
        add(&form, hydra("variableRepresentation"), hydra("ExplicitRepresentation").into());
        for position in POSITIONS {
            let mapping = part(position);
            add(&form, hydra("mapping"), mapping.clone().into());
            add(&mapping, hydra("variable"), text(position));
            add(&mapping, hydra("property"), rdf(position).into());
        }
        if fragment != page {
            add(&fragment, void("subset"), page.clone().into());
        }
        add(&page, TYPE.into_owned(), hydra("PartialCollectionView").into());
        add(&page, hydra("totalItems"), count(total));
        add(&page, void("triples"), count(total));
        add(&page, hydra("itemsPerPage"), count(PAGE));
        add(&page, hydra("first"), node(self.numbered(1)).into());
        if self.number > 1 {
            add(&page, hydra("previous"), node(self.numbered(self.number - 1)).into());
        }
        if has_next {
            add(&page, hydra("next"), node(self.numbered(self.number + 1)).into());
        }
        quads
    }

    fn numbered(&self, number: usize) -> String {
        let mark = if self.fragment.contains('?') { '&' } else { '?' };
        format!("{}{mark}page={number}", self.fragment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_read_as_fragments_write_them() {
        for (text, term) in [
            ("http://x/文", "<http://x/文>"),
            ("<http://x/a>", "<http://x/a>"),
            ("\"通知\"@zh", "\"通知\"@zh"),
            ("\"a \"b\" c\"", "\"a \\\"b\\\" c\""),
            ("\"1\"^^http://www.w3.org/2001/XMLSchema#integer", "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>"),
            ("\"\"", "\"\""),
        ] {
            assert_eq!(read_term(text).map(|term| term.to_string()).as_deref(), Some(term), "{text}");
        }
        for text in ["\"a", "\"a\"b", "words", "\"a\"@", "\"1\"^^x"] {
            assert_eq!(read_term(text), None, "{text}");
        }
    }
}
