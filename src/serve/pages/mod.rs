//! Stub.
use crate::{lineage::{Direction, Lineage, PolicyId}, query::{QueryError, Row}, store::Store};
use maud::{Markup, html};
use oxigraph::model::NamedNode;
pub(super) const STYLE: &str = "";
pub(super) fn start(_: &Store, _: &Lineage) -> Result<Markup, QueryError> { Ok(html! { "x" }) }
pub(super) fn search(_: &Store, _: &Lineage, _: &str) -> Result<Markup, QueryError> { Ok(html! { "x" }) }
pub(super) fn node(_: &Store, _: &Lineage, _: &NamedNode) -> Result<Option<Markup>, QueryError> { Ok(Some(html! { "x" })) }
pub(super) fn lineage(_: &Store, _: &Lineage, _: PolicyId, _: Direction, _: usize) -> Result<Markup, QueryError> { Ok(html! { "x" }) }
pub(super) fn query_form() -> Markup { html! { "x" } }
pub(super) fn query_table(_: &[String], _: &[Row]) -> Markup { html! { "x" } }
pub(super) fn ontology(_: &Store) -> Result<Markup, QueryError> { Ok(html! { "x" }) }
pub(super) fn error(_: u16, _: &str, _: &str, _: &[(String, String)]) -> Markup { html! { "x" } }
