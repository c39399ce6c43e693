//! What to try first, worked out from what is in the store.

use super::{
    address::{lineage_of, query_value},
    facts::overview::rank,
    state::AppState,
};
use crate::{
    lineage::{Direction, Policy, PolicyId, Relations, Scope, View},
    model::{DocNumber, Relation},
};
use std::collections::BTreeMap;

/// Something to try.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Suggestion {
    /// A 文号, or what somebody remembers of one.
    pub words: String,
    /// The title that it belongs to; empty where there are several.
    pub title: String,
    /// The path of the page that answers.
    pub path: String,
}

/// Who implements the document that most implement, as a small picture.
pub(super) fn picture(state: &AppState) -> Option<View> {
    let scope = Scope {
        direction: Direction::Down,
        depth: 1,
        limit: 4,
        relations: [Relation::Implements].into_iter().collect(),
    };
    Some(state.lineage().view(best(state)?, scope))
}

/// The document that most implement and that is not in the store, among those with a number: the question
/// for which the graph was built.
#[must_use]
pub fn most_implemented(state: &AppState) -> Option<Suggestion> {
    let policy = &state.lineage()[best(state)?];
    let (work, number) = numbered_member(policy)?;
    Some(Suggestion { words: number, title: policy.label.clone(), path: lineage_of(state.iris(), work) })
}

fn best(state: &AppState) -> Option<PolicyId> {
    let lineage = state.lineage();
    let implements: Relations = [Relation::Implements].into_iter().collect();
    let gaps = lineage.gaps(&implements);
    let numbered = gaps.iter().filter(|gap| !lineage[gap.policy].numbers().is_empty());
    // Gaps come in order, and the first of equals is kept.
    numbered.min_by_key(|gap| (std::cmp::Reverse(gap.demand), rank(lineage[gap.policy].level))).map(|gap| gap.policy)
}

fn numbered_member(policy: &Policy) -> Option<(&str, String)> {
    policy.members.iter().find_map(|member| Some((member.iri.as_str(), member.numbers.first()?.clone())))
}

/// Two numbers for what may be one document, asked for as somebody would who knows half of the number.
#[must_use]
pub fn conflicting_number(state: &AppState) -> Option<Suggestion> {
    let lineage = state.lineage();
    let mut shared: BTreeMap<String, String> = BTreeMap::new();
    for (one, other) in lineage.possible() {
        let number = |policy: &Policy| numbered_member(policy).and_then(|(_, number)| number.parse::<DocNumber>().ok());
        let Some((one, other)) = number(&lineage[one]).zip(number(&lineage[other])) else { continue };
        if one.code == other.code && one.serial == other.serial {
            shared.insert(one.serial.clone(), format!("{}号", one.serial));
        }
    }
    let words = shared.into_values().next()?;
    let path = format!("/search?q={}", query_value(&words));
    Some(Suggestion { words, title: String::new(), path })
}
