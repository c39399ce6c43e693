//! A view for readers: as a tree of text, as JSON, as a drawing for Graphviz.

mod dot;
mod json;
mod tree;

pub use dot::dot;
pub use json::{EdgeRecord, EvidenceRecord, MemberRecord, NodeRecord, ViewRecord, record};
pub use tree::tree;

use super::{Evidences, Lineage, Policy, View};

/// What is to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// Where the policies are.
    pub lineage: &'a Lineage,
    /// Those to show.
    pub view: &'a View,
    /// The evidence of the view's edges, or none.
    pub evidence: &'a Evidences,
    /// Whether the works of each policy are listed.
    pub unfold: bool,
}

/// 有文 (the text is in the store) or 仅被引 (only cited).
fn status_chinese(is_held: bool) -> &'static str {
    if is_held { "[有文]" } else { "[仅被引]" }
}

/// A policy in one line: what it is called, its numbers, its level, whether its text is here.
fn line(policy: &Policy) -> String {
    let mut parts = vec![policy.label.clone()];
    let numbers: Vec<&str> = policy.numbers().into_iter().filter(|number| *number != policy.label).collect();
    if !numbers.is_empty() {
        parts.push(numbers.join("、"));
    }
    parts.push(policy.level.chinese().to_owned());
    format!("{} {}", parts.join(" · "), status_chinese(policy.is_held))
}
