//! The page of a policy: its documents, and the policies that it rests on or that rest on it.

use super::{
    page,
    parts::{level, lineage_href, link, relation, status},
    reader::Reader,
    said::sentences,
    work::line,
};
use crate::{
    lineage::{Direction, Edge, Lineage, PolicyId, Relations, Scope, View, evidence_of},
    query::QueryError,
};
use maud::{Markup, html};
use oxrdf::NamedNode;

/// The policies one step from another, by all relations.
fn around(lineage: &Lineage, policy: PolicyId, direction: Direction) -> View {
    lineage.view(policy, Scope { direction, depth: 1, relations: Relations::all(), ..Scope::default() })
}

/// A policy in one line.
pub(super) fn policy_line(lineage: &Lineage, policy: PolicyId) -> Markup {
    let policy = &lineage[policy];
    html! {
        p.line {
            (link(&policy.iri, &policy.label))
            span.aside {
                @for number in policy.numbers().into_iter().filter(|number| *number != policy.label) {
                    span.number { (number) } " "
                }
                (level(policy.level)) " " (status(policy.is_held))
            }
        }
    }
}

/// The page of a policy.
pub(super) fn policy(reader: Reader<'_>, lineage: &Lineage, iri: &NamedNode) -> Result<Option<Markup>, QueryError> {
    let Some(id) = lineage.policy(iri) else { return Ok(None) };
    let policy = &lineage[id];
    let mut members = Vec::new();
    for member in &policy.members {
        members.push(line(reader, &member.iri)?);
    }
    let (up, down) = (around(lineage, id, Direction::Up), around(lineage, id, Direction::Down));
    let up = edges(reader, lineage, &up, |edge| edge.from == id, |edge| edge.to)?;
    let down = edges(reader, lineage, &down, |edge| edge.to == id, |edge| edge.from)?;
    let nothing = html! { p.empty { "没有。" } };
    Ok(Some(page(&policy.label, "", &html! {
        p.eyebrow { "政策" }
        h1 { (policy.label) }
        p.meta {
            @for number in policy.numbers() { span.number { (number) } " " }
            (level(policy.level)) " " (status(policy.is_held))
        }
        p.actions { a.button href=(lineage_href(&policy.iri)) { "看脉络图" } }
        section {
            h2 { "其中的文件 " small { "通知、所印发的正文及其别名合为一项政策" } }
            ul.relations { @for member in &members { li { (member) } } }
        }
        section { h2 { "上承 " small { "它依据什么" } } (up.as_ref().unwrap_or(&nothing)) }
        section { h2 { "下启 " small { "谁以它为据" } } (down.as_ref().unwrap_or(&nothing)) }
    })))
}

/// The chosen edges of a view with their sentences; `None` where there are none.
fn edges(
    reader: Reader<'_>,
    lineage: &Lineage,
    view: &View,
    is_chosen: impl Fn(&Edge) -> bool,
    other: fn(&Edge) -> PolicyId,
) -> Result<Option<Markup>, QueryError> {
    let mut chosen: Vec<Edge> = view.edges.iter().copied().filter(is_chosen).collect();
    if chosen.is_empty() {
        return Ok(None);
    }
    chosen.sort_by_key(|edge| (edge.relation, other(edge)));
    let view = View { edges: chosen.clone(), ..view.clone() };
    let evidences = evidence_of(reader.store(), lineage, &view)?;
    Ok(Some(html! {
        ul.relations {
            @for edge in &chosen {
                li {
                    p.from { (relation(edge.relation.property())) }
                    (policy_line(lineage, other(edge)))
                    (sentences(evidences.get(edge).map_or([].as_slice(), Vec::as_slice)))
                }
            }
        }
    }))
}
