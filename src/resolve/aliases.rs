//! 简称 (short names): a mention by a name that 以下简称 defined, or by its kind alone, is one of what was so named.

use super::document::bare;
use crate::{
    model::{Citation, Mentions, normal_title},
    register::Register,
};
use std::collections::HashMap;

/// Gives each mention by a short name the key of what it stands for. O(mentions).
pub(super) fn follow(register: &Register, text: &str, mentions: &Mentions, citations: &mut [Citation]) {
    let defined = defined(text, mentions);
    let mut by_kind: HashMap<&str, Antecedent> = HashMap::new();
    for (index, mention) in mentions.citations.iter().enumerate() {
        let Some(title) = mention.title.map(|span| normal_title(span.of(text))) else { continue };
        let is_kind = is_kind(register, &title);
        let latest = defined
            .get(&title)
            .and_then(|places| places[..places.partition_point(|&place| place < index)].last().copied());
        let by_kind_alone = || match by_kind.get(title.as_str()) {
            Some(Antecedent::One(place)) if is_kind => Some(*place),
            _ => None,
        };
        let antecedent = latest.or_else(by_kind_alone).filter(|_| mention.number.is_none());
        match antecedent {
            Some(place) => {
                let (before, rest) = citations.split_at_mut(index);
                take_over(&before[place], &mut rest[0]);
            }
            None if !is_kind => note(register, &title, index, citations, &mut by_kind),
            None => (),
        }
    }
}

/// What a kind alone stands for: 《意见》 after one title that ends so.
enum Antecedent {
    /// Index of the citation.
    One(usize),
    /// Two works end so.
    Many,
}

/// Notes the kinds that a title ends with.
fn note<'a>(
    register: &'a Register,
    title: &str,
    index: usize,
    citations: &[Citation],
    by_kind: &mut HashMap<&'a str, Antecedent>,
) {
    for kind in register.kinds.at_end(bare(title)) {
        let entry = by_kind.entry(kind).or_insert(Antecedent::One(index));
        if matches!(entry, Antecedent::One(first) if citations[*first].key != citations[index].key) {
            *entry = Antecedent::Many;
        }
    }
}

fn take_over(antecedent: &Citation, citation: &mut Citation) {
    citation.key = antecedent.key.clone();
    citation.alias.clone_from(&antecedent.alias);
    citation.state = antecedent.state;
    citation.candidates.clone_from(&antecedent.candidates);
    citation.confidence = antecedent.confidence;
}

/// Whether a title is a kind of document and no more: 《办法》, 《实施意见》.
pub(super) fn is_kind(register: &Register, title: &str) -> bool {
    register.kinds.is_kind(title)
}

/// 以下简称 names: name → indices of the mentions that define it.
fn defined(text: &str, mentions: &Mentions) -> HashMap<String, Vec<usize>> {
    let mut names: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, mention) in mentions.citations.iter().enumerate() {
        for alias in &mention.aliases {
            names.entry(normal_title(alias.of(text))).or_default().push(index);
        }
    }
    names
}
