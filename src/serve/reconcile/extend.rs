//! 数据扩充 (data extension): values of properties for entities that have been found.

use super::{
    bad,
    properties::{self, Value},
    queries::{BATCH, Type},
};
use crate::serve::{
    error::{ApiError, Fault},
    state::AppState,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// For which entities which properties are wanted.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    ids: Vec<String>,
    properties: Vec<Asked>,
}

#[derive(Debug, Deserialize)]
struct Asked {
    id: String,
}

/// The values, as the API writes them.
#[derive(Debug, Serialize)]
pub(super) struct Extension {
    meta: Vec<Column>,
    rows: BTreeMap<String, BTreeMap<String, Vec<Value>>>,
}

#[derive(Debug, Serialize)]
struct Column {
    id: String,
    name: &'static str,
    /// The type of the values, where they are entities.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<Type>,
}

/// # Errors
/// When the text is no such wish, or wishes what is no property.
pub(super) fn parse(text: &str) -> Result<Wanted, ApiError> {
    let wanted: Wanted = serde_json::from_str(text).map_err(|error| {
        bad(format!("extend 应为 JSON:ids 与 properties。 extend must be JSON with ids and properties: {error}"))
    })?;
    if let Some(unknown) = wanted.properties.iter().find(|asked| properties::of_id(&asked.id).next().is_none()) {
        let detail =
            format!("没有属性 {}；见 /reconcile/properties。 No such property; see /reconcile/properties.", unknown.id);
        return Err(bad(detail));
    }
    if wanted.ids.len() > BATCH {
        let count = wanted.ids.len();
        let detail = format!("{count} 个标识，至多 {BATCH} 个。 {count} identifiers, at most {BATCH}.");
        return Err(ApiError::new(Fault::TooLarge, detail));
    }
    Ok(wanted)
}

/// # Errors
/// When the store can't be read.
pub(super) fn answer(state: &AppState, wanted: &Wanted) -> Result<Extension, ApiError> {
    let entities = state.entities()?;
    let known = wanted.ids.iter().filter_map(|id| Some((id, entities.by_iri(state, id)?)));
    let known: Vec<_> = known.map(|(id, entity)| (id, (entity.kind, entity.iri))).collect();
    let nodes: Vec<_> = known.iter().map(|(_, node)| node.clone()).collect();
    let mut rows: BTreeMap<String, BTreeMap<String, Vec<Value>>> =
        wanted.ids.iter().map(|id| (id.clone(), BTreeMap::new())).collect();
    let mut meta = Vec::new();
    for Asked { id: property } in &wanted.properties {
        let values = properties::values(state, &nodes, property)?;
        for row in rows.values_mut() {
            row.entry(property.clone()).or_default();
        }
        for (id, (_, node)) in &known {
            if let (Some(row), Some(values)) = (rows.get_mut(*id), values.get(node)) {
                row.insert(property.clone(), values.clone());
            }
        }
        if let Some(first) = properties::of_id(property).next() {
            meta.push(Column { id: property.clone(), name: first.name, kind: first.to.map(Type::from) });
        }
    }
    Ok(Extension { meta, rows })
}
