//! A view as a tree of text.

use super::{Scene, line, status_chinese};
use crate::lineage::{Cycle, Direction, Edge, Evidence, PolicyId};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

/// The view as a tree that grows from its start: first what the start rests on, then what rests on it.
///
/// Each line has the relations, what the policy is called, its numbers, its level, and whether its text is
/// in the store. A policy is opened where it is nearest to the start; where it stands again it is marked ↑
/// (shown above) or ↓ (shown below). Edges that lie across the tree, cycles and pairs that may be one
/// policy follow at the end. O(n log n).
#[must_use]
pub fn tree(scene: Scene<'_>) -> String {
    let view = scene.view;
    let mut text = format!("{}\n", line(&scene.lineage[view.start]));
    members(scene, view.start, "", &mut text);
    let mut printed = BTreeSet::new();
    let sections = [
        (Direction::Up, "上游 · 它所依据的 (what it rests on)"),
        (Direction::Down, "下游 · 依据它的 (what rests on it)"),
    ];
    for (direction, heading) in sections {
        let count = view.count(direction);
        if count > 0 {
            let _ = writeln!(text, "\n{heading}: {count}");
            section(scene, direction, &mut printed, &mut text);
        }
    }
    across(scene, &printed, &mut text);
    notes(scene, &mut text);
    text
}

/// A policy that is to be printed, under another.
struct Branch<'a> {
    policy: PolicyId,
    edges: &'a [Edge],
    prefix: String,
    is_last: bool,
    is_home: bool,
}

/// One side of the start. Without recursion: a chain of any length is printed.
fn section(scene: Scene<'_>, direction: Direction, printed: &mut BTreeSet<Edge>, text: &mut String) {
    let children = children(scene, direction);
    let homes = homes(scene, direction, &children);
    let mut shown = BTreeSet::from([scene.view.start]);
    let mut stack: Vec<Branch<'_>> = Vec::new();
    let mut parent = (scene.view.start, String::new());
    loop {
        let below = children.get(&parent.0).map_or(&[][..], Vec::as_slice);
        for (at, (policy, edges)) in below.iter().enumerate().rev() {
            let is_home = homes.get(policy) == Some(&parent.0);
            let prefix = parent.1.clone();
            stack.push(Branch { policy: *policy, edges, prefix, is_last: at + 1 == below.len(), is_home });
        }
        // Those that stand elsewhere have no branches here.
        parent = loop {
            let Some(branch) = stack.pop() else { return };
            let inner = format!("{}{}", branch.prefix, if branch.is_last { "   " } else { "│  " });
            let joint = if branch.is_last { "└─" } else { "├─" };
            let mark = match (branch.is_home, shown.contains(&branch.policy)) {
                (true, _) => "",
                (false, true) => " ↑",
                (false, false) => " ↓",
            };
            let relations = relations(branch.edges);
            let arrow = if direction == Direction::Up { format!("{relations}→") } else { format!("←{relations}") };
            let policy = line(&scene.lineage[branch.policy]);
            let _ = writeln!(text, "{}{joint} {arrow} {policy}{mark}", branch.prefix);
            evidence(scene, branch.edges, &inner, text);
            printed.extend(branch.edges);
            if branch.is_home {
                shown.insert(branch.policy);
                members(scene, branch.policy, &inner, text);
                break (branch.policy, inner);
            }
        };
    }
}

type Children<'a> = BTreeMap<PolicyId, Vec<(PolicyId, &'a [Edge])>>;

/// Policy → those one step further from the start in a direction, with the edges that lead there. By
/// relation, level and name.
fn children<'a>(scene: Scene<'a>, direction: Direction) -> Children<'a> {
    let on_side: BTreeSet<PolicyId> = scene
        .view
        .nodes
        .iter()
        .filter(|node| if direction == Direction::Up { node.up.is_some() } else { node.down.is_some() })
        .map(|node| node.policy)
        .collect();
    let mut children: Children<'a> = BTreeMap::new();
    // Edges are sorted, so those between the same two stand together.
    for edges in scene.view.edges.chunk_by(|a, b| (a.from, a.to) == (b.from, b.to)) {
        let Edge { from, to, .. } = edges[0];
        let (parent, child) = if direction == Direction::Up { (from, to) } else { (to, from) };
        if on_side.contains(&parent) && on_side.contains(&child) {
            children.entry(parent).or_default().push((child, edges));
        }
    }
    for below in children.values_mut() {
        below.sort_by_key(|(child, edges)| {
            let policy = &scene.lineage[*child];
            (edges[0].relation, policy.level, policy.label.as_str(), *child)
        });
    }
    children
}

/// Policy → the policy under which it is opened: the first of those that are one step nearer.
fn homes(scene: Scene<'_>, direction: Direction, children: &Children<'_>) -> BTreeMap<PolicyId, PolicyId> {
    let distances = scene.view.nodes.iter().filter_map(|node| {
        let distance = if direction == Direction::Up { node.up } else { node.down };
        Some((node.policy, distance?))
    });
    let distances: BTreeMap<PolicyId, usize> = distances.collect();
    let mut homes = BTreeMap::new();
    for node in &scene.view.nodes {
        for (child, _) in children.get(&node.policy).into_iter().flatten() {
            if distances.get(child) == distances.get(&node.policy).map(|distance| distance + 1).as_ref() {
                homes.entry(*child).or_insert(node.policy);
            }
        }
    }
    homes
}

fn relations(edges: &[Edge]) -> String {
    edges.iter().map(|edge| edge.relation.chinese()).collect::<Vec<_>>().join("、")
}

/// The sentences behind edges, each once, with the places in it that cite.
fn evidence(scene: Scene<'_>, edges: &[Edge], prefix: &str, text: &mut String) {
    let mut sentences: Vec<(&Evidence, Vec<String>)> = Vec::new();
    for evidence in edges.iter().filter_map(|edge| scene.evidence.get(edge)).flatten() {
        let place = format!("{}–{}", evidence.start, evidence.end);
        match sentences.iter_mut().find(|(known, _)| is_one_sentence(known, evidence)) {
            Some((_, places)) => places.push(place),
            None => sentences.push((evidence, vec![place])),
        }
    }
    for (evidence, places) in sentences {
        let words: Vec<&str> = evidence.sentence.split_whitespace().collect();
        let confidence = match evidence.confidence.as_str() {
            "high" => "可信度高",
            "medium" => "可信度中",
            _ => "可信度低",
        };
        let (words, file, places) = (words.join(" "), &evidence.file, places.join("、"));
        let _ = writeln!(text, "{prefix}  “{words}”\n{prefix}   {file} {places} · {confidence}");
    }
}

fn is_one_sentence(one: &Evidence, other: &Evidence) -> bool {
    (&one.source, &one.sentence, &one.confidence) == (&other.source, &other.sentence, &other.confidence)
}

fn members(scene: Scene<'_>, policy: PolicyId, prefix: &str, text: &mut String) {
    for member in scene.lineage[policy].members.iter().filter(|_| scene.unfold) {
        let facts: Vec<&str> = member.numbers.iter().chain(&member.dates).map(String::as_str).collect();
        let facts = if facts.is_empty() { String::new() } else { format!(" · {}", facts.join(" · ")) };
        let _ = writeln!(text, "{prefix}  ◦ {}{facts} {}", member.label, status_chinese(member.is_held));
    }
}

/// The edges that no branch has shown.
fn across(scene: Scene<'_>, printed: &BTreeSet<Edge>, text: &mut String) {
    let others: Vec<Edge> = scene.view.edges.iter().copied().filter(|edge| !printed.contains(edge)).collect();
    if !others.is_empty() {
        let _ = writeln!(text, "\n其间另有 (also among these): {}", others.len());
    }
    for edge in others {
        let _ = writeln!(text, "· {} {}→ {}", name(scene, edge.from), edge.relation.chinese(), name(scene, edge.to));
        evidence(scene, &[edge], "", text);
    }
}

fn notes(scene: Scene<'_>, text: &mut String) {
    let view = scene.view;
    if !view.possible.is_empty() {
        let _ = writeln!(text, "\n可能为同一文件, 待核 (may be one document):");
    }
    for (one, other) in &view.possible {
        let _ = writeln!(text, "· {} ⋯ {}", name(scene, *one), name(scene, *other));
    }
    for Cycle { path, .. } in view.cycles() {
        let first = path.first().map(|edge| name(scene, edge.from)).unwrap_or_default();
        let _ = write!(text, "\n互为依据, 成环 (a cycle): {first}");
        for edge in path {
            let _ = write!(text, " {}→ {}", edge.relation.chinese(), name(scene, edge.to));
        }
        text.push('\n');
    }
    if view.beyond > 0 {
        let _ = writeln!(
            text,
            "\n更远处还有 {} 项政策 ({} more beyond depth {})",
            view.beyond, view.beyond, view.scope.depth
        );
    }
}

/// What a policy is called, shortly: two that are nearly alike are told apart by their numbers.
fn name(scene: Scene<'_>, policy: PolicyId) -> String {
    let policy = &scene.lineage[policy];
    let numbers = policy.numbers().join("、");
    if numbers.is_empty() || numbers == policy.label {
        policy.label.clone()
    } else {
        format!("{} ({numbers})", policy.label)
    }
}
