//! The pages of an agency (its duties by role, its documents) and of a region.

use super::{
    layout::{Page, page},
    linked, measures,
    parts::{self, bi},
    relations::count,
};
use crate::serve::{
    facts::{
        Named,
        agency::{Agency, Region},
        measures::Measure,
    },
    state::AppState,
};
use maud::{Markup, html};

/// The page of an agency.
pub(in crate::serve) fn agency(state: &AppState, iri: &str, agency: &Agency, bears: &[Measure], path: &str) -> Markup {
    let roles = ["lead", "joint", "responsible", "support"];
    let of_role = |role: &str| -> Vec<Measure> {
        let has = |measure: &&Measure| measure.duties.iter().any(|duty| duty.role == role && duty.agency.iri == iri);
        bears.iter().filter(has).cloned().collect()
    };
    let due = bears.iter().filter(|measure| !measure.deadline.is_empty()).count();
    let continuing = bears.iter().filter(|measure| measure.is_continuing).count();
    let body = html! {
        article.document {
            @if !agency.is_class { (linked::script(&linked::agency(state, iri, agency))) }
            header.doc-head {
                p.kicker {
                    span.chip { @if agency.is_class { "机关类别" } @else { "机关" } }
                    @if let Some(region) = &agency.region { " " (parts::link(state, region)) }
                }
                h1 { (agency.name) }
                p.byline { @if bears.is_empty() { span { "库中没有写明由它承担的措施" } } @else { span { "承担措施 " strong { (bears.len()) } " 项" } } @if due > 0 { span { "有期限 " strong { (due) } " 项" } } @if continuing > 0 { span { "持续推进 " strong { (continuing) } " 项" } } }
            }
            div.sections {
                @for role in roles {
                    @let measures = of_role(role);
                    @if !measures.is_empty() {
                        @let property = crate::model::vocab::zm(role);
                        section aria-labelledby=(format!("{role}-h")) {
                            h2 id=(format!("{role}-h")) { (state.terms().zh(property.as_str())) (count(measures.len())) " " span.en lang="en" { (state.terms().en(property.as_str())) } }
                            (measures::table(state, None, &measures, Some(iri)))
                        }
                    }
                }
                @if !agency.works.is_empty() {
                    section aria-labelledby="works-h" {
                        h2 #works-h { "有关文件" (count(agency.works.len())) " " span.en lang="en" { "documents" } }
                        ul.works { @for (property, work) in &agency.works {
                            li.work-item { p.work-title { (parts::link(state, work)) } p.work-facts { span { "本机关是其" (state.terms().zh(property)) } } }
                        } }
                    }
                }
            }
        }
    };
    page(&Page { title: &agency.name, query: "", data: Some(path), body })
}

/// The page of a region.
pub(in crate::serve) fn region(state: &AppState, iri: &str, region: &Region, path: &str) -> Markup {
    let list = |things: &[Named]| html! { ul.names { @for thing in things { li { (parts::link(state, thing)) } } } };
    let body = html! {
        article.document {
            (linked::script(&linked::region(state, iri, region)))
            header.doc-head {
                p.kicker { span.chip { "地区" } " " span.chip.level { (parts::level_named(&region.level)) } @if let Some(above) = &region.above { " 属 " (parts::link(state, above)) } }
                h1 { (region.name) }
                p.byline { span { "行政区划代码 " code { (region.code) } } }
            }
            div.sections {
                section aria-labelledby="works-h" {
                    h2 #works-h { (bi("本级文件", "documents of this level")) (count(region.works.len())) }
                    @if region.works.is_empty() { p.empty { "没有。" } }
                    (list(&region.works))
                }
                section aria-labelledby="agencies-h" {
                    h2 #agencies-h { (bi("机关", "agencies")) (count(region.agencies.len())) }
                    @if region.agencies.is_empty() { p.empty { "没有。" } }
                    (list(&region.agencies))
                }
                @if !region.below.is_empty() { section aria-labelledby="below-h" { h2 #below-h { (bi("下辖", "regions below")) (count(region.below.len())) } (list(&region.below)) } }
            }
        }
    };
    page(&Page { title: &region.name, query: "", data: Some(path), body })
}
