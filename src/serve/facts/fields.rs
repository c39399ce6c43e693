//! 著录项: what a work is called, numbered, issued by …, each value with the words that say so.

use super::{Proof, STANDS, rows, rows_about};
use crate::serve::{error::ApiError, state::AppState};
use oxrdf::{NamedNode, Term};

/// A value of a field.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(in crate::serve) struct FieldValue {
    /// IRI of the property.
    pub(in crate::serve) property: String,
    pub(in crate::serve) value: Value,
    /// The claims for it; none where it follows from the work's identity.
    pub(in crate::serve) proofs: Vec<Proof>,
}

/// A node with its name, or a text.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(in crate::serve) enum Value {
    Node(super::Named),
    Text(String),
}

/// The order in which fields are shown.
const ORDER: &[&str] = &[
    "title",
    "number",
    "type_document",
    "form",
    "passed_by",
    "publisher_agent",
    "coHandler",
    "addressee",
    "date_document",
    "date_publication",
    "first_date_entry_in_force",
    "date_no_longer_in_force",
    "datePrinted",
    "jurisdiction",
    "level",
];

/// The fields of a work: those that a text claims, and those that follow from what it is.
pub(in crate::serve) fn of_work(state: &AppState, work: &NamedNode) -> Result<Vec<FieldValue>, ApiError> {
    let claimed = format!(
        "SELECT DISTINCT ?p ?o ?label ?claim ?quote ?rule ?confidence ?start ?end ?sha ?file {{
            ?claim rdf:subject ?_node ; a zm:FieldClaim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; zm:rule ?rule ;
                zm:confidence ?confidence ; zm:start ?start ; zm:end ?end ; zm:inSource ?source .
            ?source zm:sha256 ?sha ; zm:fileName ?file .
            OPTIONAL {{ ?claim zm:quote ?quote }}
            OPTIONAL {{ ?o skos:prefLabel ?label FILTER (lang(?label) = 'zh') }}
            {STANDS} }} ORDER BY ?p ?o ?file ?start"
    );
    let mut fields: Vec<FieldValue> = Vec::new();
    for row in rows_about(state, &claimed, work)? {
        let Some(value) = value(&row) else { continue };
        push(&mut fields, row.text("p"), value, Some(Proof::of(&row)));
    }
    let derived = "SELECT DISTINCT ?p ?o ?label { GRAPH ?_effective { ?_node ?p ?o }
        OPTIONAL { ?o skos:prefLabel|rdfs:label ?label FILTER (lang(?label) = 'zh') }
        FILTER (?p IN (eli:title, eli:number, eli:type_document, zm:form, eli:passed_by, eli:jurisdiction, zm:level, eli:date_document)) }";
    for row in rows_about(state, derived, work)? {
        let Some(value) = value(&row) else { continue };
        push(&mut fields, row.text("p"), value, None);
    }
    let place = |field: &FieldValue| {
        let local = crate::serve::terms::local(&field.property);
        ORDER.iter().position(|name| *name == local).unwrap_or(ORDER.len())
    };
    fields.sort_by(|a, b| (place(a), &a.property, &a.value).cmp(&(place(b), &b.property, &b.value)));
    Ok(fields)
}

/// Adds what a work is called by those who cite it: a title and a number that no text of its own claims.
pub(in crate::serve) fn as_cited(fields: &mut Vec<FieldValue>, label: &str, citing: Option<&Proof>) {
    let title = crate::model::vocab::eli("title").into_string();
    let known = fields.iter().any(|field| field.property == title || field.value == Value::Text(label.to_owned()));
    if !known {
        fields.insert(0, FieldValue { property: title, value: Value::Text(label.to_owned()), proofs: Vec::new() });
    }
    let called = fields.iter_mut().filter(|field| field.proofs.is_empty() && matches!(field.value, Value::Text(_)));
    for field in called {
        field.proofs.extend(citing.cloned());
    }
}

fn push(fields: &mut Vec<FieldValue>, property: &str, value: Value, proof: Option<Proof>) {
    let known = fields.iter_mut().find(|field| field.property == property && field.value == value);
    match known {
        Some(field) => field.proofs.extend(proof),
        None => fields.push(FieldValue { property: property.to_owned(), value, proofs: proof.into_iter().collect() }),
    }
}

fn value(row: &crate::query::Row) -> Option<Value> {
    Some(match row.term("o")? {
        Term::NamedNode(node) => {
            let label = row.text("label");
            let label = if label.is_empty() { crate::serve::terms::local(node.as_str()) } else { label };
            Value::Node(super::Named { iri: node.as_str().to_owned(), label: label.to_owned() })
        }
        Term::Literal(literal) => Value::Text(literal.value().to_owned()),
        Term::BlankNode(_) => return None,
    })
}

/// A label of a publisher's block and what stands behind it.
#[derive(Clone, Debug)]
pub(in crate::serve) struct Metadata {
    pub(in crate::serve) label: String,
    /// Empty where the label stands alone.
    pub(in crate::serve) value: String,
}

/// The publisher's block of a source, in its order.
pub(in crate::serve) fn metadata(state: &AppState, source: &NamedNode) -> Result<Vec<Metadata>, ApiError> {
    let query = "SELECT DISTINCT ?field ?label ?value ?start { ?node zm:inSource ?_source ; a zm:MetadataField ; zm:field ?field .
        OPTIONAL { ?node zm:label ?label } OPTIONAL { ?node zm:value ?value } OPTIONAL { ?node zm:start ?start } } ORDER BY ?start ?field";
    let rows = rows(state, query, &[("_source", source.clone().into())])?;
    let entry = |row: &crate::query::Row| {
        let label = if row.text("label").is_empty() { row.text("field") } else { row.text("label") };
        let label: String = label.chars().filter(|c| !c.is_whitespace() && !matches!(c, '•' | ':' | '：')).collect();
        Metadata { label, value: row.text("value").to_owned() }
    };
    Ok(rows.iter().map(entry).collect())
}
