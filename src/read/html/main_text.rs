//! 正文 (main text): the element that holds the document, by where the sentences are.

use super::{
    lines::Line,
    tree::{NodeId, ROOT, Tree},
};
use std::collections::BTreeMap;

/// A part of a page that holds this share of the sentences of what is around it holds the document.
const SHARE: f64 = 0.85;

/// Words of the document in a sentence: no switch, no list of links.
pub(super) fn is_sentence(line: &Line) -> bool {
    const SHORTEST: usize = 15;
    let characters = line.characters();
    let has_signs = line.text.contains(['。', '，', '；', '、', '：']);
    !line.is_chrome && line.linked * 2 <= characters && characters >= SHORTEST && has_signs
}

/// How much a line speaks for its place: sentences in full, rows by half, links and short words little.
fn weight(line: &Line) -> f64 {
    let characters = line.characters();
    #[expect(clippy::cast_precision_loss, reason = "no line has 2^52 characters")]
    let all = characters as f64;
    match () {
        () if line.is_chrome || line.linked * 2 > characters => 0.0,
        () if is_sentence(line) => all,
        () if line.is_row => all / 2.0,
        () => all / 10.0,
    }
}

/// The innermost element that holds most sentences of the page.
pub(super) fn find(tree: &Tree, lines: &[Line]) -> NodeId {
    let mut weights: BTreeMap<NodeId, f64> = BTreeMap::new();
    for line in lines {
        let weight = weight(line);
        if weight > 0.0 {
            for id in tree.with_ancestors(line.node) {
                *weights.entry(id).or_default() += weight;
            }
        }
    }
    let of = |id: &NodeId| weights.get(id).copied().unwrap_or_default();
    let mut main = ROOT;
    loop {
        let children = &tree.node(main).children;
        let best = children.iter().copied().max_by(|a, b| of(a).total_cmp(&of(b)));
        match best {
            Some(best) if of(&best) > 0.0 && of(&best) >= SHARE * of(&main) && !is_leaf(tree, best) => main = best,
            _ => return main,
        }
    }
}

/// A paragraph or row: what it holds is a line, not a document.
fn is_leaf(tree: &Tree, id: NodeId) -> bool {
    matches!(tree.name(id), "p" | "tr" | "li" | "h1" | "h2" | "h3" | "h4" | "span" | "strong")
}
