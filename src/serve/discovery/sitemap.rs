//! For crawlers: what they may read, and where everything is (<https://www.sitemaps.org/protocol.html>).

use crate::serve::{
    address::{origin, page_of},
    error::{ApiError, Fault},
    state::AppState,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use maud::{Markup, html};

/// Pages of one part; the protocol allows 50,000 and 50 MB.
const PART: usize = 20_000;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// `/robots.txt`: pages may be read; what computes or copies is not for crawlers.
pub(in crate::serve) async fn robots(headers: HeaderMap) -> Response {
    let computed = ["/sparql", "/search", "/store", "/dump", "/fragments", "/api/", "/reconcile", "/metrics"];
    let disallowed = computed.map(|path| format!("Disallow: {path}")).join("\n");
    let text = format!("User-agent: *\n{disallowed}\n\nSitemap: {}/sitemap.xml\n", origin(&headers));
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// `/sitemap.xml`: where the parts are.
pub(in crate::serve) async fn sitemap(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, ApiError> {
    let origin = origin(&headers);
    let count = state.read(|state| Ok(pages(state)?.len())).await?;
    let parts = 1..=count.div_ceil(PART).max(1);
    Ok(xml(
        &html! { sitemapindex xmlns=(NAMESPACE) { @for part in parts { sitemap { loc { (origin) "/sitemap/" (part) ".xml" } } } } },
    ))
}

/// `/sitemap/N.xml`: the pages of a part.
pub(in crate::serve) async fn sitemap_part(
    State(state): State<AppState>,
    Path(part): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let origin = origin(&headers);
    let number = part.strip_suffix(".xml").and_then(|number| number.parse::<usize>().ok()).filter(|number| *number > 0);
    let number = number.ok_or_else(|| none(&part))?;
    state
        .read(move |state| {
            let all: Vec<String> =
                pages(state)?.into_iter().skip((number - 1).saturating_mul(PART)).take(PART).collect();
            if all.is_empty() && number > 1 {
                return Err(none(&part));
            }
            Ok(xml(&html! { urlset xmlns=(NAMESPACE) { @for page in &all { url { loc { (origin) (page) } } } } }))
        })
        .await
}

fn none(part: &str) -> ApiError {
    ApiError::new(
        Fault::NotFound,
        format!("没有 /sitemap/{part}；各部分见 /sitemap.xml。 The parts are listed in /sitemap.xml."),
    )
}

fn xml(markup: &Markup) -> Response {
    let text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", markup.0);
    ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], text).into_response()
}

/// The pages that are worth finding: of works, policies, agencies and regions; in an order that stays.
fn pages(state: &AppState) -> Result<Vec<String>, ApiError> {
    let policies = state.lineage().policies();
    let works = policies
        .flat_map(|(_, policy)| std::iter::once(&policy.iri).chain(policy.members.iter().map(|member| &member.iri)));
    let entities = state.entities()?;
    let all = works.chain(entities.listed());
    Ok(all.filter_map(|iri| page_of(state.iris(), iri.as_str())).collect())
}
