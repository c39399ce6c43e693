//! 分面: by what results can be narrowed, each value with how many there are, to be chosen and given up again.

use crate::{
    search::{Filters, Question, Wanted},
    serve::{
        address::query_value,
        facts::facets::{Choice, Choices},
    },
};
use maud::{Markup, html};
use std::fmt::Write as _;

/// Values that are shown before one asks for all.
const SHOWN: usize = 8;

/// The address of a question from some result on.
pub(super) fn address(text: &str, filters: &Filters, wanted: Wanted, offset: usize) -> String {
    let mut path = String::from("/search?");
    let what = if wanted == Wanted::Measures { "measures" } else { "" };
    let offset = if offset > 0 { offset.to_string() } else { String::new() };
    let filters = filters.iter().map(|(facet, value)| (facet.name(), value));
    for (name, value) in [("q", text)].into_iter().chain(filters).chain([("what", what), ("offset", &offset)]) {
        if !value.is_empty() {
            // Writing to a string does not fail.
            let _ = write!(path, "{name}={}&", query_value(value));
        }
    }
    path.trim_end_matches(['&', '?']).to_owned()
}

/// What can be chosen, and what has been.
pub(super) fn choices(question: &Question, facets: &[Choices]) -> Markup {
    html! {
        nav.controls.facets aria-label="筛选" {
            @for choices in facets.iter().filter(|choices| !choices.values.is_empty()) { (row(question, choices)) }
        }
    }
}

fn row(question: &Question, Choices { facet, values, .. }: &Choices) -> Markup {
    // What is chosen is always in sight.
    let (first, rest): (Vec<_>, Vec<_>) =
        values.iter().enumerate().partition(|(at, choice)| *at < SHOWN || choice.chosen);
    let link = |choice: &Choice| {
        let filters = question.filters.toggled(*facet, &choice.value);
        html! {
            a href=(address(&question.text, &filters, question.wanted, 0)) aria-current=[choice.chosen.then_some("true")] {
                (choice.label) " " span.count { (choice.count) } @if choice.chosen { span aria-label="去掉" { " ×" } }
            }
        }
    };
    html! {
        div.choice {
            span.choice-name { (facet.chinese()) }
            @for (_, choice) in &first { (link(choice)) }
            @if !rest.is_empty() {
                details { summary { "另 " (rest.len()) " 项" } div.choice { @for (_, choice) in &rest { (link(choice)) } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Facet;

    #[test]
    fn an_address_keeps_what_is_chosen() {
        let mut filters = Filters::default();
        filters.ask(Facet::Level, "national").unwrap();
        assert_eq!(
            address("知识产权 保护", &filters, Wanted::Works, 0),
            "/search?q=%E7%9F%A5%E8%AF%86%E4%BA%A7%E6%9D%83%20%E4%BF%9D%E6%8A%A4&level=national"
        );
        assert_eq!(address("", &filters.toggled(Facet::Level, "national"), Wanted::Works, 0), "/search");
        filters.ask(Facet::Level, "county").unwrap();
        let path = address("", &filters, Wanted::Measures, 50);
        assert_eq!(path, "/search?level=county&level=national&what=measures&offset=50");
    }
}
