//! What has changed last, as an Atom feed (RFC 4287): sources that were read, and what people decided.

use crate::serve::{
    address::{origin, page_of},
    error::ApiError,
    facts::rows,
    state::AppState,
};
use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use maud::html;

/// As many of the latest changes are told.
const TOLD: usize = 100;

/// Which they are is found first: of the others no titles are read.
const READ: &str =
    "SELECT ?node ?at (MIN(?file) AS ?name) (GROUP_CONCAT(DISTINCT ?title; separator='》《') AS ?words) {
    { SELECT ?graph ?at { GRAPH ?_provenance { ?graph prov:wasGeneratedBy ?run . ?run prov:startedAtTime ?at } }
      ORDER BY DESC(?at) ?graph LIMIT ?_told }
    GRAPH ?graph { ?node zm:fileName ?file . OPTIONAL { ?text eli:is_embodied_by ?node ; eli:realizes ?work } }
    OPTIONAL { GRAPH ?_effective { ?work skos:prefLabel ?title } } }
    GROUP BY ?node ?at ORDER BY DESC(?at) ?name ?node";

const DECIDED: &str =
    "SELECT ?node ?at ?words { GRAPH ?_decisions { ?node zm:decidedAt ?at OPTIONAL { ?node zm:reason ?words } } }
    ORDER BY DESC(?at) ?node LIMIT ?_told";

/// A change.
struct Change {
    iri: String,
    at: String,
    title: String,
}

/// `/feed.atom`.
pub(in crate::serve) async fn feed(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, ApiError> {
    let origin = origin(&headers);
    state
        .read(move |state| {
            let changes = changes(state)?;
            // Of an empty store nothing has changed since the epoch.
            let updated = changes.first().map_or("1970-01-01T00:00:00Z", |change| change.at.as_str());
            let feed = html! {
                feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN" {
                    id { (state.iris().base()) "/feed.atom" }
                    title { "政脉：最近的变化 zhengmai: latest changes" }
                    updated { (updated) }
                    author { name { "政脉 zhengmai" } }
                    (empty("self", "application/atom+xml", &format!("{origin}/feed.atom")))
                    (empty("alternate", "text/html", &format!("{origin}/")))
                    @for change in &changes {
                        entry {
                            id { (change.iri) }
                            title { (change.title) }
                            updated { (change.at) }
                            @if let Some(page) = page_of(state.iris(), &change.iri) { (empty("alternate", "text/html", &format!("{origin}{page}"))) }
                        }
                    }
                }
            };
            let text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", feed.0);
            Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], text).into_response())
        })
        .await
}

/// A link, which in XML has an end.
fn empty(rel: &str, media_type: &str, href: &str) -> maud::Markup {
    html! { link rel=(rel) type=(media_type) href=(href) {} }
}

fn changes(state: &AppState) -> Result<Vec<Change>, ApiError> {
    let layers = ["provenance", "decisions"].map(|layer| state.iris().layer(layer).into());
    let [provenance, decisions] = layers;
    let parameters = [("_provenance", provenance), ("_decisions", decisions)];
    let mut changes = Vec::new();
    for (query, what) in [(READ, "读入 read"), (DECIDED, "裁定 decided")] {
        for row in rows(state, &query.replace("?_told", &TOLD.to_string()), &parameters)? {
            let (words, name) = (row.text("words"), row.text("name"));
            let title = match (words, name) {
                ("", name) => format!("{what}：{name}"),
                (words, "") => format!("{what}：{words}"),
                (words, name) => format!("{what}：《{words}》（{name}）"),
            };
            // Reasons and names of files may hold what XML can't.
            let title: String = title.chars().filter(|c| !c.is_control()).collect();
            let (iri, at) = (row.text("node").to_owned(), row.text("at").to_owned());
            changes.extend(Some(Change { iri, at, title }).filter(|change| !change.at.is_empty()));
        }
    }
    changes.sort_by(|a, b| b.at.cmp(&a.at));
    changes.truncate(TOLD);
    Ok(changes)
}
