//! 服务清单 (the service manifest): what this service can do, and where.

use super::{
    EntityKind,
    queries::{BATCH, Type},
};
use crate::{
    model::vocab::ZM,
    serve::{address::origin, state::AppState},
};
use axum::http::HeaderMap;
use serde_json::{Value, json};

/// The manifest, with addresses as the client has reached the service.
pub(super) fn manifest(state: &AppState, headers: &HeaderMap) -> Value {
    let origin = origin(headers);
    let suggest = |what: &str| {
        json!({
            "service_url": origin,
            "service_path": format!("/reconcile/suggest/{what}"),
            "flyout_service_url": origin,
            "flyout_service_path": format!("/reconcile/flyout/{what}?id=${{id}}"),
        })
    };
    let types: Vec<Type> = EntityKind::ALL.into_iter().map(Type::from).collect();
    json!({
        "versions": ["0.2"],
        "name": "政脉 zhengmai",
        "identifierSpace": format!("{}/id/", state.iris().base()),
        "schemaSpace": ZM,
        "logo": format!("{origin}/assets/icon.svg"),
        "serviceVersion": env!("CARGO_PKG_VERSION"),
        "defaultTypes": types,
        "view": { "url": format!("{origin}/id?q={{{{id}}}}") },
        "preview": { "url": format!("{origin}/reconcile/preview?id={{{{id}}}}"), "width": 430, "height": 160 },
        "suggest": { "entity": suggest("entity"), "type": suggest("type"), "property": suggest("property") },
        "extend": {
            "propose_properties": { "service_url": origin, "service_path": "/reconcile/properties" },
            "property_settings": [],
        },
        "batchSize": BATCH,
    })
}
