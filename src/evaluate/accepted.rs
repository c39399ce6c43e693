//! What counts as right: the best value, its alternatives, and what the annotator left open.

use super::annotation::AgencyAnnotation;
use crate::model::squeeze;

/// The annotator left the item open: found or not, it does not count.
pub(super) fn is_optional(tier: Option<&String>) -> bool {
    tier.is_some_and(|tier| tier == "optional")
}

/// The best value first, then the others.
pub(super) fn accepted(best: &str, others: &[&[String]]) -> Vec<String> {
    let mut values = vec![best.to_owned()];
    for other in others.iter().copied().flatten() {
        if !values.contains(other) {
            values.push(other.clone());
        }
    }
    values
}

/// The same where the value, or an alternative, may be none.
pub(super) fn accepted_or_none(best: Option<&String>, others: &[&[Option<String>]]) -> Vec<Option<String>> {
    let mut values = vec![best.cloned()];
    for other in others.iter().copied().flatten() {
        if !values.contains(other) {
            values.push(other.clone());
        }
    }
    values
}

/// Every pair of the two, the best of both first.
pub(super) fn pairs<A: Clone, B: Clone>(first: &[A], second: &[B]) -> Vec<(A, B)> {
    first.iter().flat_map(|one| second.iter().map(|other| (one.clone(), other.clone()))).collect()
}

/// Accepted names of an agency. A class of agencies (各区人民政府) may be named as written.
pub(super) fn names(agency: &AgencyAnnotation) -> Vec<String> {
    let mut names = accepted(&agency.canonical, &[&agency.canonical_alternatives, &agency.alternatives]);
    if agency.kind.as_deref() == Some("class") {
        names.push(agency.quoted.quote.clone());
    }
    names.iter().map(|name| squeeze(name)).collect()
}

/// A path by its letters and digits: `（一）` and `一、` are the same step.
pub(super) fn path_key(path: &[String]) -> Vec<String> {
    let steps = path.iter().map(|step| squeeze(step).chars().filter(|c| c.is_alphanumeric()).collect::<String>());
    steps.filter(|step| !step.is_empty()).collect()
}
