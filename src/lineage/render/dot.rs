//! A view as a drawing for Graphviz.

use super::Scene;
use crate::{
    lineage::{Edge, PolicyId},
    model::Level,
};
use std::{collections::BTreeMap, fmt::Write as _};

/// The view in the DOT language: a lane for each level, the highest on top; the start drawn bold, policies
/// without a text dashed, pairs that may be one policy joined by dots. O(n log n).
#[must_use]
pub fn dot(scene: Scene<'_>) -> String {
    let (lineage, view) = (scene.lineage, scene.view);
    let policies = view.nodes.iter().map(|node| node.policy).chain(view.asides.iter().copied());
    let ids: BTreeMap<PolicyId, usize> = policies.enumerate().map(|(at, policy)| (policy, at)).collect();
    let mut lanes: BTreeMap<Level, Vec<(usize, PolicyId)>> = BTreeMap::new();
    for (policy, id) in &ids {
        lanes.entry(lineage[*policy].level).or_default().push((*id, *policy));
    }
    let mut text = String::from("digraph lineage {\n  rankdir=BT;\n  node [shape=box, style=rounded];\n");
    for (level, mut lane) in lanes {
        lane.sort_unstable();
        let label = quoted(level.chinese());
        let _ = writeln!(text, "  subgraph cluster_{} {{\n    label={label};\n    color=gray;", level.name());
        for (id, policy) in lane {
            let _ = writeln!(text, "    n{id} [{}];", node(scene, policy));
        }
        text.push_str("  }\n");
    }
    for edge in &view.edges {
        let (from, to) = (ids[&edge.from], ids[&edge.to]);
        let _ = writeln!(text, "  n{from} -> n{to} [{}];", self::edge(scene, edge));
    }
    for (one, other) in &view.possible {
        let (one, other) = (ids[one], ids[other]);
        let _ = writeln!(
            text,
            "  n{one} -> n{other} [label=\"可能为同一文件\", style=dotted, dir=none, constraint=false];"
        );
    }
    text.push_str("}\n");
    text
}

fn node(scene: Scene<'_>, policy: PolicyId) -> String {
    let is_start = policy == scene.view.start;
    let policy = &scene.lineage[policy];
    let mut lines = vec![policy.label.clone()];
    lines.extend(policy.numbers().into_iter().filter(|number| *number != policy.label).map(str::to_owned));
    if scene.unfold {
        lines.extend(policy.members.iter().map(|member| format!("◦ {}", member.label)));
    }
    let style = match (policy.is_held, is_start) {
        (true, true) => ", style=\"rounded,bold\"",
        (true, false) => "",
        (false, true) => ", style=\"rounded,dashed,bold\"",
        (false, false) => ", style=\"rounded,dashed\"",
    };
    format!("label={}, URL={}{style}", quoted(&lines.join("\n")), quoted(policy.iri.as_str()))
}

fn edge(scene: Scene<'_>, edge: &Edge) -> String {
    let label = format!("label={}", quoted(edge.relation.chinese()));
    match scene.evidence.get(edge).and_then(|evidence| evidence.first()) {
        Some(evidence) => format!("{label}, tooltip={}", quoted(&evidence.sentence)),
        None => label,
    }
}

/// A string of the DOT language. Graphviz reads `\n` in a label as a new line and other backslashes as
/// escapes of its own.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\r', "").replace('\n', "\\n");
    format!("\"{text}\"")
}
