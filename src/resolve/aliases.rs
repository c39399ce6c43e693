//! 简称 (short names): a mention by a name that 以下简称 defined, or by its kind alone, is one of what was so named.

use super::document::bare;
use crate::{
    model::{Citation, CitationMention, Mentions, normal_title},
    register::Register,
};
use std::collections::HashMap;

/// What is remarked in the brackets of a number takes no more than this, in characters.
const LONGEST_REMARK: usize = 120;

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
        let beside = mention.aliases.iter().map(|alias| alias.of(text));
        let within = beside_number(text, mention).filter(|_| mention.aliases.is_empty());
        for alias in beside.chain(within) {
            names.entry(normal_title(alias)).or_default().push(index);
        }
    }
    names
}

/// 《某决定》(国发〔2004〕20号,以下简称《决定》): the name that stands behind the number in its brackets.
fn beside_number<'a>(text: &'a str, mention: &CitationMention) -> Option<&'a str> {
    let rest = &text[mention.number.as_ref()?.span.end as usize..];
    let remark = &rest[..rest.char_indices().take(LONGEST_REMARK).find(|(_, c)| *c == ')')?.0];
    let words = ["以下简称", "下称", "简称"].iter().find_map(|word| remark.split_once(word))?.1;
    let name = words.trim_matches(|c: char| "《》〈〉“”\"'‘’ :为".contains(c));
    (!name.is_empty() && !remark.contains(['(', '。'])).then_some(name)
}
