//! While somebody types: entities, types and properties; and a few words on one of them.

use super::{EntityKind, FoundEntity, answer::Answer, bad, properties::PROPERTIES, queries::Type};
use crate::serve::{
    error::{ApiError, Fault},
    params::Params,
    state::AppState,
};
use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use maud::html;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;

/// How many are suggested at once.
const SUGGESTED: usize = 10;

/// As far as a client may skip.
const FARTHEST: usize = 1000;

/// Something to choose.
#[derive(Debug, Serialize)]
struct Suggested {
    id: String,
    name: String,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    notable: Option<[Type; 1]>,
}

#[derive(Debug, Serialize)]
struct Suggestions {
    result: Vec<Suggested>,
}

/// What is suggested.
#[derive(Clone, Copy)]
enum What {
    Entity,
    Type,
    Property,
}

impl What {
    fn parse(name: &str) -> Result<Self, ApiError> {
        match name {
            "entity" => Ok(Self::Entity),
            "type" => Ok(Self::Type),
            "property" => Ok(Self::Property),
            _ => Err(ApiError::new(
                Fault::NotFound,
                format!("只有 entity、type、property,没有 {name}。 There are entity, type and property."),
            )),
        }
    }
}

/// About what somebody asks, with which parameters, and how it is answered.
fn asked(what: &str, query: Option<&str>) -> Result<(What, Params, Answer), ApiError> {
    let (what, params) = (What::parse(what)?, Params::parse(query.unwrap_or_default())?);
    let answer = Answer::of(&params)?;
    Ok((what, params, answer))
}

/// `/reconcile/suggest/WHAT?prefix=…&cursor=…`.
pub(in crate::serve) async fn suggest(
    State(state): State<AppState>,
    Path(what): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let (what, params, answer) = asked(&what, query.as_deref())?;
    let skipped = params.number("cursor", 0, FARTHEST)?;
    let prefix = params.get("prefix").unwrap_or_default().trim().to_owned();
    let kinds = EntityKind::asked(params.all("type"));
    state
        .read(move |state| {
            let result = match what {
                What::Entity => entities(state, &prefix, &kinds, skipped)?,
                What::Type => shown(types(), &prefix, skipped),
                What::Property => shown(properties(None), &prefix, skipped),
            };
            answer.with(&Suggestions { result })
        })
        .await
}

/// What begins with the words, then what comes near to them.
fn entities(state: &AppState, prefix: &str, kinds: &[EntityKind], skipped: usize) -> Result<Vec<Suggested>, ApiError> {
    if prefix.is_empty() {
        return Ok(Vec::new());
    }
    let entities = state.entities()?;
    let most = skipped + SUGGESTED;
    let mut found: Vec<FoundEntity> =
        entities.candidates(state, prefix, kinds).into_iter().filter(|found| found.is_exact).collect();
    found.extend(entities.beginning(state, prefix, kinds).take(most));
    if found.len() < most {
        found.extend(entities.candidates(state, prefix, kinds));
    }
    let mut seen = BTreeSet::new();
    found.retain(|entity| seen.insert(entity.iri.clone()));
    let shown = found.into_iter().skip(skipped).take(SUGGESTED);
    Ok(shown
        .map(|entity| Suggested {
            id: entity.iri.into_string(),
            name: entity.name,
            description: entity.about,
            notable: Some([entity.kind.into()]),
        })
        .collect())
}

fn types() -> Vec<Suggested> {
    let each = EntityKind::ALL.into_iter().map(|kind| Suggested {
        id: kind.id().to_owned(),
        name: kind.name().to_owned(),
        description: kind.description().to_owned(),
        notable: None,
    });
    each.collect()
}

/// The properties of a kind of entity, or of any; each once.
fn properties(of: Option<EntityKind>) -> Vec<Suggested> {
    let mut seen = BTreeSet::new();
    let fitting = PROPERTIES.iter().filter(|property| of.is_none_or(|kind| property.of.contains(&kind)));
    let once = fitting.filter(|property| seen.insert(property.id));
    let suggested = once.map(|property| Suggested {
        id: property.id.to_owned(),
        name: property.name.to_owned(),
        description: property.of.iter().map(|kind| kind.name()).collect::<Vec<_>>().join("、"),
        notable: None,
    });
    suggested.collect()
}

/// Those of a list in whose id or name the words stand.
fn shown(all: Vec<Suggested>, words: &str, skipped: usize) -> Vec<Suggested> {
    let words = words.to_lowercase();
    let has = |one: &Suggested| one.id.to_lowercase().contains(&words) || one.name.to_lowercase().contains(&words);
    all.into_iter().filter(has).skip(skipped).take(SUGGESTED).collect()
}

/// `/reconcile/flyout/WHAT?id=…`.
pub(in crate::serve) async fn flyout(
    State(state): State<AppState>,
    Path(what): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let (what, params, answer) = asked(&what, query.as_deref())?;
    let id = params.get("id").ok_or_else(|| bad("缺少参数 id。 The parameter id is missing."))?.to_owned();
    state
        .read(move |state| {
            let among =
                |all: Vec<Suggested>| all.into_iter().find(|one| one.id == id).map(|one| (one.name, one.description));
            let found = match what {
                What::Entity => {
                    let entity = state.entities()?.by_iri(state, &id);
                    entity.map(|entity| (entity.name, format!("{} · {}", entity.kind.name(), entity.about)))
                }
                What::Type => among(types()),
                What::Property => among(properties(None)),
            };
            let Some((name, about)) = found else {
                return Err(ApiError::new(Fault::NotFound, format!("没有 {id}。 There is no such thing.")));
            };
            let html = html! { p { strong { (name) } } p { (about) } };
            answer.with(&json!({ "id": id, "html": html.into_string() }))
        })
        .await
}

/// `/reconcile/properties?type=…&limit=…`: what can be asked of a kind of entity.
pub(in crate::serve) async fn propose(RawQuery(query): RawQuery) -> Result<Response, ApiError> {
    let params = Params::parse(query.as_deref().unwrap_or_default())?;
    let answer = Answer::of(&params)?;
    let limit = params.number("limit", PROPERTIES.len(), usize::MAX)?;
    let id = params.get("type").unwrap_or_default();
    let of = Some(id).filter(|id| !id.is_empty()).map(|id| {
        EntityKind::parse(id).ok_or_else(|| bad(format!("type={id}；可用 (known): work policy agency region")))
    });
    let proposed = properties(of.transpose()?).into_iter().take(limit);
    let proposed: Vec<_> = proposed.map(|property| json!({ "id": property.id, "name": property.name })).collect();
    answer.with(&json!({ "type": id, "limit": limit, "properties": proposed }))
}
