//! 措施: who does what by when, as a table that becomes a list on a phone.

use super::{
    parts::{self, Shown},
    relations::count,
};
use crate::serve::{
    address::page_of,
    facts::measures::{Duty, Measure, Target},
    state::AppState,
};
use maud::{Markup, html};

/// The order in which roles are shown.
const ROLES: &[&str] = &["lead", "joint", "responsible", "support"];

/// The measures of a document.
pub(super) fn section(state: &AppState, shown: Option<Shown<'_>>, measures: &[Measure], targets: &[Target]) -> Markup {
    html! {
        section #measures aria-labelledby="measures-h" {
            h2 #measures-h { "措施与分工" (count(measures.len())) " " span.en lang="en" { "measures, agencies, deadlines" } }
            @if !targets.is_empty() { p.targets { "全文目标：" @for target in targets { (self::target(state, target)) " " } } }
            (table(state, shown, measures, None))
        }
    }
}

/// A table of measures. With `agency`, the part of that agency in each.
pub(super) fn table(state: &AppState, shown: Option<Shown<'_>>, measures: &[Measure], agency: Option<&str>) -> Markup {
    let has_duties = measures.iter().any(|measure| !measure.duties.is_empty());
    let has_dates = measures
        .iter()
        .any(|measure| !measure.deadline.is_empty() || measure.is_continuing || !measure.targets.is_empty());
    html! {
        table.measures.plain[!has_duties] {
            thead { tr { th scope="col" { "条目" } th scope="col" { "措施" } @if has_duties { th scope="col" { "机关" } } @if has_dates { th scope="col" { "时限与目标" } } } }
            tbody {
                @for measure in measures {
                    tr {
                        td.path data-label="条目" { a href=(parts::place_path(shown, &measure.place)) title="看原文" { (path(&measure.path)) } }
                        td.what data-label="措施" {
                            @let words = words(measure);
                            @if let Some(page) = page_of(state.iris(), &measure.iri) { a href=(page) { (words) } } @else { (words) }
                            @if agency.is_some() { p.where { (parts::link(state, &measure.work)) } }
                        }
                        @if has_duties { td.who data-label="机关" { (duties(state, &measure.duties, agency)) } }
                        @if has_dates { td.when data-label="时限与目标" { (when(measure)) @for target in &measure.targets { (self::target(state, target)) } } }
                    }
                }
            }
        }
    }
}

/// 一、/(二)/3. → 一(二)3
pub(super) fn path(path: &str) -> String {
    let labels = path.split('/').map(|label| label.trim_end_matches(['、', '.', '．']));
    labels.collect::<Vec<_>>().join(" ")
}

/// What a measure is, in few words: its heading, else its first sentence without its number.
pub(super) fn words(measure: &Measure) -> String {
    if !measure.heading.is_empty() {
        return parts::beginning(&measure.heading, 60);
    }
    let number = measure.path.rsplit('/').next().unwrap_or_default();
    parts::beginning(measure.quote.strip_prefix(number).unwrap_or(&measure.quote).trim_start(), 60)
}

fn duties(state: &AppState, duties: &[Duty], agency: Option<&str>) -> Markup {
    html! {
        @for role in ROLES {
            @let bearing: Vec<&Duty> = duties.iter().filter(|duty| duty.role == *role).collect();
            @if !bearing.is_empty() {
                p.role {
                    span class=(format!("role-name {role}")) { (state.terms().zh(crate::model::vocab::zm(role).as_str())) } " "
                    @for (n, duty) in bearing.iter().enumerate() {
                        @if n > 0 { "、" }
                        @if agency == Some(duty.agency.iri.as_str()) { strong { (duty.agency.label) } } @else { (parts::link(state, &duty.agency)) }
                    }
                }
            }
        }
    }
}

/// By when.
pub(super) fn when(measure: &Measure) -> Markup {
    html! {
        @if !measure.deadline.is_empty() { time.due datetime=(measure.deadline) { (parts::date(&measure.deadline)) "前" } }
        @if measure.is_continuing { span.continuing { "持续推进" } }
    }
}

/// A figure to be reached, with a link to the claim of it.
pub(super) fn target(state: &AppState, target: &Target) -> Markup {
    html! {
        a.target-item href=[page_of(state.iris(), &target.iri)] {
            (target.indicator) " " strong { (amount(&target.value)) (target.unit) }
            @if !target.by.is_empty() { " (" (parts::date(&target.by)) ")" }
        }
    }
}

/// A decimal without trailing zeros.
fn amount(value: &str) -> &str {
    if value.contains('.') { value.trim_end_matches('0').trim_end_matches('.') } else { value }
}

/// One measure's duties with the words that say so.
pub(super) fn bearers(state: &AppState, measure: &Measure) -> Markup {
    html! {
        @if !measure.duties.is_empty() {
            ul.bearers {
                @for duty in &measure.duties {
                    li {
                        span class=(format!("role-name {}", duty.role)) { (state.terms().zh(crate::model::vocab::zm(&duty.role).as_str())) } " "
                        (parts::link(state, &duty.agency)) " "
                        span.where { "原文作“" (duty.quote) "” " @if let Some(page) = page_of(state.iris(), &duty.claim) { a href=(page) { "这条陈述" } } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_shown_without_its_points() {
        for (stored, shown) in [("一、/1.", "一 1"), ("二、/(一)/2.", "二 (一) 2"), ("三、", "三")] {
            assert_eq!(path(stored), shown);
        }
    }

    #[test]
    fn an_amount_has_no_idle_zeros() {
        for (value, shown) in [("3.90", "3.9"), ("600", "600"), ("31.0", "31"), ("32000", "32000")] {
            assert_eq!(amount(value), shown);
        }
    }
}
