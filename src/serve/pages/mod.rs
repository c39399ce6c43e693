//! What people see. Pages are made from plain values; none of them asks the store anything.

mod agency;
mod choices;
mod document;
mod drawing;
mod dumps;
mod facets;
mod failure;
mod layout;
mod lineage;
mod lineage_svg;
mod linked;
mod measures;
mod nodes;
mod ontology;
mod parts;
mod relations;
mod search;
mod sparql;
mod start;
mod text;

pub(super) use agency::{agency, region};
pub(super) use choices::choices;
pub(super) use document::{Work, work};
pub(super) use dumps::dumps;
pub(super) use failure::{failure, problems};
pub(super) use layout::{ICON, SCRIPT, STYLE, style_address};
pub(super) use lineage::lineage;
pub(super) use nodes::{Source, any, measure, policy, source, statement};
pub(super) use ontology::ontology;
pub(super) use parts::Shown;
pub(super) use search::{Results, search};
pub(super) use sparql::{Answer, sparql};
pub(super) use start::start;

use axum::response::Html;
use maud::Markup;

/// A page as a response.
pub(super) fn html(markup: Markup) -> Html<String> {
    Html(markup.into_string())
}
