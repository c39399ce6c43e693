//! The data of a page within the page: schema.org (<https://schema.org/Legislation>) as JSON-LD, for search engines.

use super::document::Work;
use crate::{
    lineage::Policy,
    model::Relation,
    serve::{
        address::page_of,
        facts::{
            Named,
            agency::{Agency, Region},
            fields::Value as FieldValue,
        },
        state::AppState,
    },
};
use maud::{Markup, PreEscaped, html};
use serde_json::{Map, Value, json};

/// A description as a page holds it: what would end the element is written otherwise.
pub(super) fn script(description: &Value) -> Markup {
    let text = description.to_string().replace('<', "\\u003c");
    html! { script type="application/ld+json" { (PreEscaped(text)) } }
}

/// A work.
pub(super) fn work(state: &AppState, work: &Work) -> Value {
    let mut description = thing(state, "Legislation", &work.iri, &work.label);
    for (field, property) in [
        ("number", "legislationIdentifier"),
        ("type_document", "legislationType"),
        ("date_document", "legislationDate"),
        ("date_publication", "datePublished"),
        ("first_date_entry_in_force", "legislationDateOfApplicability"),
    ] {
        add(&mut description, property, texts(work, field));
    }
    add(&mut description, "legislationPassedBy", nodes(work, "passed_by", "GovernmentOrganization"));
    add(&mut description, "legislationJurisdiction", nodes(work, "jurisdiction", "AdministrativeArea"));
    add(&mut description, "publisher", nodes(work, "publisher_agent", "GovernmentOrganization"));
    description.insert("inLanguage".to_owned(), "zh".into());
    for citation in &work.cites {
        let property = property_of(citation.relation);
        let mut cited = reference("Legislation", &citation.other);
        if !citation.number.is_empty() {
            cited["legislationIdentifier"] = citation.number.as_str().into();
        }
        match description.get_mut(property).and_then(Value::as_array_mut) {
            Some(known) => known.push(cited),
            None => drop(description.insert(property.to_owned(), json!([cited]))),
        }
    }
    let aliases = work.links.iter().filter(|link| link.kind == "alias").map(|link| link.other.iri.as_str().into());
    add(&mut description, "sameAs", aliases.collect());
    description.into()
}

/// A policy: its works are its parts.
pub(super) fn policy(state: &AppState, policy: &Policy) -> Value {
    let mut description = thing(state, "Legislation", policy.iri.as_str(), &policy.label);
    let numbers = policy.numbers().into_iter().map(Value::from).collect();
    add(&mut description, "legislationIdentifier", numbers);
    add(&mut description, "legislationDate", policy.dates().into_iter().map(Value::from).collect());
    let parts = policy.members.iter().map(|member| {
        reference("Legislation", &Named { iri: member.iri.as_str().to_owned(), label: member.label.clone() })
    });
    add(&mut description, "hasPart", parts.collect());
    description.into()
}

/// An agency.
pub(super) fn agency(state: &AppState, iri: &str, agency: &Agency) -> Value {
    let mut description = thing(state, "GovernmentOrganization", iri, &agency.name);
    let areas = agency.region.iter().map(|region| reference("AdministrativeArea", region));
    add(&mut description, "areaServed", areas.collect());
    description.into()
}

/// A region.
pub(super) fn region(state: &AppState, iri: &str, region: &Region) -> Value {
    let mut description = thing(state, "AdministrativeArea", iri, &region.name);
    add(&mut description, "identifier", vec![region.code.as_str().into()]);
    let above = region.above.iter().map(|above| reference("AdministrativeArea", above));
    add(&mut description, "containedInPlace", above.collect());
    description.into()
}

/// The whole.
pub(super) fn dataset(state: &AppState) -> Value {
    let at = |path: &str| format!("{}{path}", state.iris().base());
    let download =
        |format: &str, path: &str| json!({ "@type": "DataDownload", "encodingFormat": format, "contentUrl": at(path) });
    json!({
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": at("/.well-known/void#dataset"),
        "name": "政脉 zhengmai",
        "description": "从公文中读出的知识图谱：谁落实谁，谁负责什么、何时完成，每一条都附原句。 A graph read from Chinese policy documents: who implements what, and the sentence it rests on.",
        "url": at("/"),
        "inLanguage": "zh",
        "distribution": [download("application/n-quads", "/dump"), download("text/turtle", "/.well-known/void")],
    })
}

fn thing(state: &AppState, class: &str, iri: &str, name: &str) -> Map<String, Value> {
    let mut description = Map::new();
    for (property, value) in [("@context", "https://schema.org/"), ("@type", class), ("@id", iri), ("name", name)] {
        description.insert(property.to_owned(), value.into());
    }
    if let Some(page) = page_of(state.iris(), iri) {
        description.insert("url".to_owned(), format!("{}{page}", state.iris().base()).into());
    }
    description
}

fn reference(class: &str, named: &Named) -> Value {
    json!({ "@type": class, "@id": named.iri, "name": named.label })
}

/// One value stands alone; several are a list; none is not there.
fn add(description: &mut Map<String, Value>, property: &str, mut values: Vec<Value>) {
    let value = match values.len() {
        0 => return,
        1 => values.remove(0),
        _ => values.into(),
    };
    description.insert(property.to_owned(), value);
}

fn field<'a>(work: &'a Work, name: &'a str) -> impl Iterator<Item = &'a FieldValue> {
    let named = work.fields.iter().filter(move |field| crate::serve::terms::local(&field.property) == name);
    named.map(|field| &field.value)
}

fn texts(work: &Work, name: &str) -> Vec<Value> {
    let text = |value: &FieldValue| match value {
        FieldValue::Text(text) => text.as_str().into(),
        FieldValue::Node(node) => node.label.as_str().into(),
    };
    field(work, name).map(text).collect()
}

fn nodes(work: &Work, name: &str, class: &str) -> Vec<Value> {
    let node = |value: &FieldValue| match value {
        FieldValue::Text(text) => json!({ "@type": class, "name": text }),
        FieldValue::Node(node) => reference(class, node),
    };
    field(work, name).map(node).collect()
}

/// The property of schema.org that says what a relation says.
fn property_of(relation: Relation) -> &'static str {
    match relation {
        Relation::Implements => "legislationApplies",
        Relation::BasedOn => "isBasedOn",
        Relation::Amends => "legislationAmends",
        Relation::Repeals => "legislationRepeals",
        Relation::Replaces | Relation::ExtendsValidityOf => "legislationChanges",
        Relation::Promulgates | Relation::Forwards => "hasPart",
        Relation::RefersTo
        | Relation::Mentions
        | Relation::PlansToAmend
        | Relation::RespondsTo
        | Relation::Produces => "citation",
    }
}
