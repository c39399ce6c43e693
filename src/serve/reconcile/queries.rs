//! A batch of queries, and the candidates of each.

use super::{
    EntityKind, FoundEntity, bad,
    properties::{self, Value},
};
use crate::serve::{
    error::{ApiError, Fault},
    state::AppState,
};
use oxrdf::NamedNode;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Queries in one batch at most.
pub(in crate::serve) const BATCH: usize = 1000;

/// Candidates where nobody says how many, and at most.
const LIMIT: usize = 8;
const MOST: usize = 50;

/// What a property of another value takes from a score.
const OTHER_VALUE: f64 = 25.0;

/// Below this many queries it is quicker not to share them out.
const SHARED: usize = 8;

/// The queries of a batch, by name, in their order.
pub(super) type Batch = Vec<(String, Query)>;

/// One query.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Query {
    #[serde(rename = "query", default)]
    text: String,
    #[serde(rename = "type", default)]
    kind: OneOrMany,
    limit: Option<usize>,
    #[serde(default)]
    properties: Vec<Asked>,
}

/// A property that the entity should have.
#[derive(Debug, Deserialize)]
struct Asked {
    pid: String,
    v: serde_json::Value,
}

#[derive(Debug, Default, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    #[default]
    None,
    One(String),
    Many(Vec<String>),
}

/// The candidates of each query of a batch.
#[derive(Debug)]
pub(super) struct Outcomes(Vec<(String, Outcome)>);

impl Serialize for Outcomes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, outcome)| (name, outcome)))
    }
}

/// Candidates, as the API writes them.
#[derive(Debug, Serialize)]
struct Outcome {
    result: Vec<Listed>,
}

#[derive(Debug, Serialize)]
struct Listed {
    id: String,
    name: String,
    description: String,
    #[serde(rename = "type")]
    kind: [Type; 1],
    score: f64,
    features: [Feature; 1],
    #[serde(rename = "match")]
    is_match: bool,
}

/// A type as the API writes it.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Type {
    id: &'static str,
    name: &'static str,
}

impl From<EntityKind> for Type {
    fn from(kind: EntityKind) -> Self {
        Self { id: kind.id(), name: kind.name() }
    }
}

#[derive(Debug, Serialize)]
struct Feature {
    id: &'static str,
    value: bool,
}

/// # Errors
/// When the text is no batch of queries.
pub(super) fn parse(text: &str) -> Result<Batch, ApiError> {
    let wrong = |error: &dyn std::fmt::Display| {
        bad(format!("queries 应为 JSON 的查询批。 queries must be a batch of queries in JSON: {error}"))
    };
    let batch: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(text).map_err(|error| wrong(&error))?;
    if batch.len() > BATCH {
        let detail = format!(
            "一批 {} 个查询，至多 {BATCH} 个。 {} queries in a batch, at most {BATCH}.",
            batch.len(),
            batch.len()
        );
        return Err(ApiError::new(Fault::TooLarge, detail));
    }
    let each = batch.into_iter().map(|(name, query)| {
        let query: Query = serde_json::from_value(query).map_err(|error| wrong(&format!("{name}: {error}")))?;
        let known = |id: &&String| EntityKind::parse(id).is_none();
        if let Some(unknown) = query.kind.ids().iter().find(known) {
            return Err(wrong(&format!("{name}: type {unknown}；可用 (known): work policy agency region")));
        }
        if query.words().is_empty() {
            return Err(wrong(&format!("{name}: 没有 query,也没有 number、title 或 name (nothing to look for)")));
        }
        if query.limit == Some(0) {
            return Err(wrong(&format!("{name}: limit 应为正整数 (must be a positive integer)")));
        }
        if let Some(unknown) = query.properties.iter().find(|asked| properties::of_id(&asked.pid).next().is_none()) {
            return Err(wrong(&format!("{name}: 没有属性 (no property) {}", unknown.pid)));
        }
        Ok((name, query))
    });
    each.collect()
}

impl OneOrMany {
    fn ids(&self) -> &[String] {
        match self {
            Self::None => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

impl Query {
    fn kinds(&self) -> Vec<EntityKind> {
        EntityKind::asked(self.kind.ids().iter().map(String::as_str))
    }

    fn most(&self) -> usize {
        self.limit.unwrap_or(LIMIT).min(MOST)
    }

    /// The words that are looked for: the query, else the number or the name that it should have.
    fn words(&self) -> String {
        let naming = self.properties.iter().find(|asked| matches!(asked.pid.as_str(), "number" | "title" | "name"));
        let words = Some(self.text.trim()).filter(|words| !words.is_empty()).map(str::to_owned);
        words.or_else(|| naming.map(|asked| words_of(&asked.v))).unwrap_or_default()
    }
}

/// # Errors
/// When the store can't be read.
pub(super) fn answer(state: &AppState, batch: &Batch) -> Result<Outcomes, ApiError> {
    let entities = state.entities()?;
    let find = |(_, query): &(String, Query)| entities.candidates(state, &query.words(), &query.kinds());
    let found: Vec<Vec<FoundEntity>> =
        if batch.len() < SHARED { batch.iter().map(find).collect() } else { batch.par_iter().map(find).collect() };
    let known = known(state, batch, &found)?;
    let outcomes = batch.iter().zip(found);
    Ok(Outcomes(outcomes.map(|((name, query), found)| (name.clone(), outcome(query, found, &known))).collect()))
}

/// Property → entity → values.
type Known = BTreeMap<String, BTreeMap<NamedNode, Vec<Value>>>;

/// The values of the properties that any query of the batch asks for: one question for each property.
fn known(state: &AppState, batch: &Batch, found: &[Vec<FoundEntity>]) -> Result<Known, ApiError> {
    let mut wanted: BTreeMap<&str, BTreeSet<(EntityKind, NamedNode)>> = BTreeMap::new();
    for ((_, query), found) in batch.iter().zip(found) {
        for asked in &query.properties {
            let entities = found.iter().take(MOST).map(|entity| (entity.kind, entity.iri.clone()));
            wanted.entry(&asked.pid).or_default().extend(entities);
        }
    }
    let each = wanted.into_iter().map(|(pid, entities)| {
        let entities: Vec<_> = entities.into_iter().collect();
        Ok((pid.to_owned(), properties::values(state, &entities, pid)?))
    });
    each.collect()
}

/// The best candidates; certain where one alone is exact.
fn outcome(query: &Query, mut found: Vec<FoundEntity>, known: &Known) -> Outcome {
    found.truncate(MOST);
    for entity in &mut found {
        for asked in &query.properties {
            if !asked.fits(entity, known) {
                entity.score = (entity.score - OTHER_VALUE).max(0.0);
                entity.is_exact = false;
            }
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let is_certain = found.iter().filter(|entity| entity.is_exact).count() == 1;
    let listed = found.into_iter().take(query.most()).map(|entity| Listed {
        id: entity.iri.as_str().to_owned(),
        description: entity.about,
        kind: [entity.kind.into()],
        score: (entity.score * 100.0).round() / 100.0,
        features: [Feature { id: "exact", value: entity.is_exact }],
        is_match: is_certain && entity.is_exact,
        name: entity.name,
    });
    Outcome { result: listed.collect() }
}

impl Asked {
    /// Whether an entity has one of the values that are asked for.
    fn fits(&self, entity: &FoundEntity, known: &Known) -> bool {
        let values = known.get(&self.pid).and_then(|known| known.get(&entity.iri)).map_or(&[][..], Vec::as_slice);
        let asked = match &self.v {
            serde_json::Value::Array(many) => many.iter().collect(),
            one => vec![one],
        };
        asked.into_iter().map(words_of).any(|words| values.iter().any(|value| value.is_meant_by(&words)))
    }
}

/// A value as somebody asks for it.
fn words_of(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.trim().to_owned(),
        serde_json::Value::Object(entity) => entity.get("id").and_then(|id| id.as_str()).unwrap_or_default().to_owned(),
        other => other.to_string(),
    }
}
