//! 分面: the values by which results can be narrowed, with what they are called.

use crate::{
    model::Level,
    search::{Answer, Counts, Facet, Filters, Search, SearchError},
};
use serde::Serialize;
use std::cmp::Reverse;

/// A facet with its values.
#[derive(Clone, Debug, Serialize)]
pub(in crate::serve) struct Choices {
    #[serde(skip)]
    pub(in crate::serve) facet: Facet,
    /// How many results have no value.
    pub(in crate::serve) none: usize,
    pub(in crate::serve) values: Vec<Choice>,
}

/// A value of a facet.
#[derive(Clone, Debug, Serialize)]
pub(in crate::serve) struct Choice {
    pub(in crate::serve) value: String,
    pub(in crate::serve) label: String,
    /// How many results have it, were it the only one chosen of its facet.
    pub(in crate::serve) count: usize,
    /// Whether it has been chosen.
    pub(in crate::serve) chosen: bool,
}

/// Every facet in its order. What has been chosen is there, though nothing has it.
pub(in crate::serve) fn choices(
    search: &Search,
    filters: &Filters,
    answer: &Answer,
) -> Result<Vec<Choices>, SearchError> {
    let nothing = Counts::default();
    let choices = |facet: Facet| {
        let counts = answer.facets.get(&facet).unwrap_or(&nothing);
        let absent = filters.of(facet).filter(|value| !counts.values.contains_key(*value)).map(|value| (value, 0));
        let values = counts.values.iter().map(|(value, count)| (value.as_str(), *count)).chain(absent);
        let choice = |(value, count): (&str, usize)| {
            let chosen = filters.of(facet).any(|chosen| chosen == value);
            Ok(Choice { value: value.to_owned(), label: label(search, facet, value)?, count, chosen })
        };
        let mut values: Vec<Choice> = values.map(choice).collect::<Result<_, SearchError>>()?;
        sort(facet, &mut values);
        Ok(Choices { facet, none: counts.none, values })
    };
    Facet::ALL.into_iter().map(choices).collect()
}

/// Levels from the top, years from the latest, others by how many there are.
fn sort(facet: Facet, values: &mut [Choice]) {
    match facet {
        Facet::Level => values.sort_by_key(|choice| level(&choice.value)),
        Facet::Year => values.sort_by(|a, b| b.value.cmp(&a.value)),
        _ => values.sort_by(|a, b| (Reverse(a.count), &a.label, &a.value).cmp(&(Reverse(b.count), &b.label, &b.value))),
    }
}

fn label(search: &Search, facet: Facet, value: &str) -> Result<String, SearchError> {
    Ok(match (facet, value) {
        (Facet::Level, name) => level(name).chinese().to_owned(),
        (Facet::Region, code) => search.region_name(code)?,
        (Facet::Status, "held") => "有文".to_owned(),
        (Facet::Status, _) => "缺文".to_owned(),
        (_, value) => value.to_owned(),
    })
}

fn level(name: &str) -> Level {
    const LEVELS: [Level; 5] =
        [Level::International, Level::National, Level::Province, Level::Prefecture, Level::County];
    LEVELS.into_iter().find(|level| level.name() == name).unwrap_or(Level::Unknown)
}
