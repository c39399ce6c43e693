//! What holds for any lineage.

use super::{drawn, five, lineage, policy, scope};
use proptest::prelude::*;
use zhengmai::{
    lineage::{
        Direction, Lineage, ViewNode,
        render::{dot, tree},
    },
    model::Relation,
};

/// Fewest steps from `start` by edges, the slow way.
fn distances(policies: usize, edges: &[(usize, usize)], start: usize) -> Vec<Option<usize>> {
    let mut found = vec![None; policies];
    found[start] = Some(0);
    for _ in 0..policies {
        for (from, to) in edges {
            if let Some(distance) =
                found[*from].filter(|distance| found[*to].is_none_or(|known: usize| known > distance + 1))
            {
                found[*to] = Some(distance + 1);
            }
        }
    }
    found
}

/// Up to a dozen policies and three dozen edges: cycles are common.
fn any_edges() -> impl Strategy<Value = (usize, Vec<(usize, usize)>, usize, usize)> {
    (1_usize..12).prop_flat_map(|policies| {
        (Just(policies), proptest::collection::vec((0..policies, 0..policies), 0..36), 0..policies, 0_usize..5)
    })
}

proptest! {
    #[test]
    fn a_view_has_exactly_what_is_no_farther_than_its_depth((policies, edges, start, depth) in any_edges()) {
        let lineage = lineage(policies, &edges);
        let id = lineage.policy(&policy(start).iri).unwrap();
        let view = lineage.view(id, scope(Direction::Both, depth));
        let backwards: Vec<(usize, usize)> = edges.iter().map(|(from, to)| (*to, *from)).collect();
        let (up, down) = (distances(policies, &edges, start), distances(policies, &backwards, start));
        for (name, (up, down)) in up.into_iter().zip(down).enumerate() {
            let id = lineage.policy(&policy(name).iri).unwrap();
            let within = |distance: Option<usize>| distance.filter(|distance| *distance <= depth);
            let node = view.nodes.iter().find(|node| node.policy == id);
            prop_assert_eq!(node.and_then(|node| node.up), within(up));
            prop_assert_eq!(node.and_then(|node| node.down), within(down));
        }
        prop_assert!(view.nodes.iter().all(|node| node.distance() <= depth));
        prop_assert!(view.nodes.is_sorted_by_key(ViewNode::distance));
        for edge in &view.edges {
            prop_assert!(view.nodes.iter().any(|node| node.policy == edge.from));
            prop_assert!(view.nodes.iter().any(|node| node.policy == edge.to));
        }
    }

    #[test]
    fn every_policy_and_edge_of_a_view_is_in_its_tree((policies, edges, start, depth) in any_edges()) {
        let lineage = lineage(policies, &edges);
        let view = lineage.view(lineage.policy(&policy(start).iri).unwrap(), scope(Direction::Both, depth));
        let text = drawn(&lineage, &view, tree);
        for node in &view.nodes {
            let line = format!("{} · 层级不明 [有文]", lineage[node.policy].label);
            prop_assert!(text.contains(&line), "{}", text);
        }
        // Each on a line of its own, those across the tree too; in a cycle some stand on both sides.
        let lines = text.lines().filter(|line| line.contains("贯彻落实") && !line.contains("成环")).count();
        prop_assert!(lines >= view.edges.len(), "{}", text);
    }

    #[test]
    fn the_order_in_which_things_come_changes_nothing((policies, edges, start, depth) in any_edges()) {
        let backwards: Vec<(usize, usize)> = edges.iter().copied().rev().collect();
        let iri = |name: usize| policy(name).iri;
        let reversed = backwards.iter().map(|(from, to)| (iri(*from), Relation::Implements, iri(*to)));
        let reversed = Lineage::new((0..policies).rev().map(policy).collect(), reversed, []);
        let straight = lineage(policies, &edges);
        let text = |lineage: &Lineage| {
            let view = lineage.view(lineage.policy(&policy(start).iri).unwrap(), scope(Direction::Both, depth));
            drawn(lineage, &view, tree) + &drawn(lineage, &view, dot)
        };
        prop_assert_eq!(text(&straight), text(&reversed));
    }

    #[test]
    fn any_text_may_be_asked_for(text in "\\PC{0,40}", part in "[0-9号〔〕\\[\\]()第年/%津市场监管办 id:-]{0,20}") {
        let (_, lineage) = five();
        let _ = lineage.find(&text);
        let _ = lineage.find(&part);
    }
}
