//! What can be asked of entities: properties, and their values out of the store.

use super::EntityKind;
use crate::{
    query::Row,
    serve::{error::ApiError, facts::rows, state::AppState, terms::local},
};
use oxrdf::{NamedNode, Term};
use serde::Serialize;
use std::collections::BTreeMap;

/// A property of entities.
#[derive(Debug)]
pub(in crate::serve) struct Property {
    pub(in crate::serve) id: &'static str,
    pub(super) name: &'static str,
    /// Whose property it is.
    pub(super) of: &'static [EntityKind],
    /// The kind of its values, where they are entities.
    pub(super) to: Option<EntityKind>,
    /// From `?node` to `?v`.
    pattern: &'static str,
}

use EntityKind::{Agency, Policy, Region, Work};

/// Every property.
pub(in crate::serve) const PROPERTIES: &[Property] = &[
    property("number", "文号 number", &[Work, Policy], None, "GRAPH ?_effective { ?node eli:number ?v }"),
    property("title", "标题 title", &[Work, Policy], None, "GRAPH ?_effective { ?node skos:prefLabel ?v }"),
    property("date", "成文日期 date", &[Work, Policy], None, "GRAPH ?_effective { ?node eli:date_document ?v }"),
    property("published", "发布日期 published", &[Work], None, "GRAPH ?_effective { ?node eli:date_publication ?v }"),
    property(
        "issuer",
        "发文机关 issuer",
        &[Work, Policy],
        Some(Agency),
        "GRAPH ?_effective { ?node eli:passed_by ?v }",
    ),
    property("kind", "文种 kind", &[Work], None, "GRAPH ?_effective { ?node eli:type_document ?v }"),
    property("level", "层级 level", &[Work, Policy, Region], None, "?node zm:level ?v"),
    property(
        "status",
        "有文或缺文 held or cited only",
        &[Work, Policy],
        None,
        "GRAPH ?_effective { ?node zm:status ?v }",
    ),
    property("region", "地区 region", &[Work], Some(Region), "GRAPH ?_effective { ?node eli:jurisdiction ?v }"),
    property("region", "地区 region", &[Agency], Some(Region), "GRAPH ?_effective { ?node zm:region ?v }"),
    property("policy", "所属政策 policy", &[Work], Some(Policy), "GRAPH ?_effective { ?node zm:memberOf ?v }"),
    property("works", "所含文件 members", &[Policy], Some(Work), "GRAPH ?_effective { ?v zm:memberOf ?node }"),
    property(
        "works",
        "所发文件 issued",
        &[Agency],
        Some(Work),
        "GRAPH ?_effective { ?v eli:passed_by ?node ; a zm:PolicyDocument }",
    ),
    property("implements", "贯彻落实 implements", &[Work], Some(Work), "GRAPH ?_effective { ?node zm:implements ?v }"),
    property(
        "implements",
        "贯彻落实 implements",
        &[Policy],
        Some(Policy),
        "GRAPH ?_effective { ?node zm:implements ?v }",
    ),
    property(
        "implementedBy",
        "被贯彻落实 implemented by",
        &[Work],
        Some(Work),
        "GRAPH ?_effective { ?v zm:implements ?node }",
    ),
    property(
        "implementedBy",
        "被贯彻落实 implemented by",
        &[Policy],
        Some(Policy),
        "GRAPH ?_effective { ?v zm:implements ?node }",
    ),
    property("basedOn", "依据 based on", &[Work], Some(Work), "GRAPH ?_effective { ?node zm:basedOn ?v }"),
    property("name", "全称 full name", &[Agency], None, "GRAPH ?_effective { ?node skos:prefLabel ?v }"),
    property("name", "全称 full name", &[Region], None, "?node zm:fullName ?v"),
    property("code", "代码 GB/T 2260", &[Region], None, "?node skos:notation ?v"),
    property("above", "上级 above", &[Region], Some(Region), "?node skos:broader ?v"),
];

const fn property(
    id: &'static str,
    name: &'static str,
    of: &'static [EntityKind],
    to: Option<EntityKind>,
    pattern: &'static str,
) -> Property {
    Property { id, name, of, to, pattern }
}

/// The properties of an id: one for each kind of entity that it is of.
pub(super) fn of_id(id: &str) -> impl Iterator<Item = &'static Property> {
    PROPERTIES.iter().filter(move |property| property.id == id)
}

/// A value as the API writes it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum Value {
    Entity { id: String, name: String },
    Date { date: String },
    Text { str: String },
}

impl Value {
    /// Whether it is what somebody wrote: an IRI, a name, or the beginning of one or of a date.
    pub(super) fn is_meant_by(&self, words: &str) -> bool {
        let normal = crate::model::normal_title;
        match self {
            Self::Entity { id, name } => id == words || normal(name) == normal(words),
            // A year is enough for a date.
            Self::Date { date } => !words.is_empty() && date.starts_with(words),
            Self::Text { str } => {
                let number = |text: &str| text.parse::<crate::model::DocNumber>().ok();
                normal(str) == normal(words) || number(str).is_some_and(|known| Some(known) == number(words))
            }
        }
    }
}

/// The values of a property, for each entity that has any: one question for all of them.
///
/// # Errors
/// When the store can't be read.
pub(super) fn values(
    state: &AppState,
    entities: &[(EntityKind, NamedNode)],
    id: &str,
) -> Result<BTreeMap<NamedNode, Vec<Value>>, ApiError> {
    let mut values: BTreeMap<NamedNode, Vec<Value>> = BTreeMap::new();
    for property in of_id(id) {
        let nodes = entities.iter().filter(|(kind, _)| property.of.contains(kind)).map(|(_, node)| node.to_string());
        let nodes: Vec<String> = nodes.collect();
        if nodes.is_empty() {
            continue;
        }
        let query = format!(
            "SELECT DISTINCT ?node ?v ?label {{ VALUES ?node {{ {} }} {}
                OPTIONAL {{ ?v zm:fullName ?full }} OPTIONAL {{ ?v skos:prefLabel|rdfs:label ?own FILTER (lang(?own) = 'zh') }}
                BIND (COALESCE(?full, ?own) AS ?label) }} ORDER BY ?node ?v",
            nodes.join(" "),
            property.pattern
        );
        for row in rows(state, &query, &[])? {
            if let (Some(node), Some(value)) = (row.node("node"), value(&row, property)) {
                let known = values.entry(node.clone()).or_default();
                if !known.contains(&value) {
                    known.push(value);
                }
            }
        }
    }
    Ok(values)
}

fn value(row: &Row, property: &Property) -> Option<Value> {
    Some(match row.term("v")? {
        Term::NamedNode(node) => {
            let label = Some(row.text("label")).filter(|label| !label.is_empty());
            let name = label.unwrap_or_else(|| local(node.as_str())).to_owned();
            match property.to {
                Some(_) => Value::Entity { id: node.as_str().to_owned(), name },
                None => Value::Text { str: name },
            }
        }
        // A day; a year or a month alone has no time of day.
        Term::Literal(literal) if literal.datatype().as_str().ends_with("#date") => {
            Value::Date { date: format!("{}T00:00:00Z", literal.value()) }
        }
        Term::Literal(literal) => Value::Text { str: literal.value().to_owned() },
        Term::BlankNode(_) => return None,
    })
}
