//! A few words on an entity, to be shown in a frame of another page.

use super::bad;
use crate::serve::{
    address::page_of,
    error::{ApiError, Fault},
    pages,
    params::Params,
    state::AppState,
};
use axum::{
    extract::{RawQuery, State},
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use maud::{DOCTYPE, html};

/// As for other pages, but that any page may frame it: it has no script and no form.
const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";

/// `/reconcile/preview?id=IRI`.
pub(in crate::serve) async fn preview(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let params = Params::parse(query.as_deref().unwrap_or_default())?;
    let id = params.get("id").ok_or_else(|| bad("缺少参数 id。 The parameter id is missing."))?.to_owned();
    let page = state
        .read(move |state| {
            let Some(entity) = state.entities()?.by_iri(state, &id) else {
                return Err(ApiError::new(Fault::NotFound, format!("库中没有 {id}。 The store does not know it.")));
            };
            let page = page_of(state.iris(), entity.iri.as_str()).unwrap_or_default();
            Ok(html! {
                (DOCTYPE)
                html lang="zh-CN" {
                    head { meta charset="utf-8"; title { (entity.name) } link rel="stylesheet" href=(pages::style_address()); }
                    body.preview {
                        p.kicker { span.chip { (entity.kind.name()) } }
                        p { a href=(page) target="_blank" rel="noopener" { strong { (entity.name) } } }
                        p { (entity.about) }
                        p.where { (entity.iri.as_str()) }
                    }
                }
            })
        })
        .await?;
    let mut response = pages::html(page).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    Ok(response)
}
