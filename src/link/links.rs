//! Links between works: stated with evidence and confidence, never merged on doubt.

use super::{Facts, Statement, title_of_key, work_of_title_key};
use crate::model::{DocNumber, IriScheme, is_title_variant};
use oxrdf::NamedNode;
use std::collections::{BTreeMap, BTreeSet};

/// Titles shorter than this (in characters) name too little to join a number and a title.
const SHORTEST_TITLE: usize = 8;

/// What kind of link it is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum LinkKind {
    /// A work known by number and by title.
    Alias,
    /// Two titles that differ in one character.
    NearTitle,
    /// Two numbers for what must be one document.
    NumberConflict,
}

impl LinkKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Alias => "alias",
            Self::NearTitle => "near-title",
            Self::NumberConflict => "number-conflict",
        }
    }

    /// Local name of the property that the link states.
    pub(super) fn property(self) -> &'static str {
        match self {
            Self::Alias => "sameWorkAs",
            Self::NearTitle | Self::NumberConflict => "possibleSameAs",
        }
    }
}

/// A link, with the claims that it rests on.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) kind: LinkKind,
    pub(super) one: NamedNode,
    pub(super) other: NamedNode,
    pub(super) evidence: BTreeSet<NamedNode>,
    pub(super) message: String,
}

/// All links of a corpus, in order. `keys` are the keys of its works. O(n) but for works whose titles
/// collide.
pub(super) fn find(iris: &IriScheme, facts: &Facts, keys: &BTreeMap<NamedNode, String>) -> Vec<Link> {
    let named = names(facts, keys);
    let mut links = aliases(iris, &named, keys);
    links.extend(conflicts(&named, keys));
    links.extend(near_titles(facts, keys));
    links.sort_by(|a, b| (a.kind, &a.one, &a.other).cmp(&(b.kind, &b.one, &b.other)));
    links
}

/// Title keys → the works by number that bear the title, each with the claims that say so.
type Names<'a> = BTreeMap<&'a str, BTreeMap<&'a NamedNode, BTreeSet<&'a NamedNode>>>;

fn names<'a>(facts: &'a Facts, keys: &BTreeMap<NamedNode, String>) -> Names<'a> {
    let mut names: Names<'a> = BTreeMap::new();
    for source in facts.sources.values() {
        for statement in &source.statements {
            let (Some(key), oxrdf::Term::NamedNode(work)) = (&statement.title_key, &statement.object) else { continue };
            names.entry(key).or_default().entry(work).or_default().insert(&statement.claim);
        }
        for (work, key) in &source.title_keys {
            let own = source.statements.iter().filter(|statement| is_own_title(statement, work));
            names.entry(key).or_default().entry(work).or_default().extend(own.map(|statement| &statement.claim));
        }
    }
    names.retain(|key, _| title_of_key(key).is_some_and(|(_, title)| title.chars().count() >= SHORTEST_TITLE));
    for works in names.values_mut() {
        works.retain(|work, _| keys.get(*work).is_some_and(|key| key.starts_with("num:")));
    }
    names
}

fn is_own_title(statement: &Statement, work: &NamedNode) -> bool {
    statement.subject == *work && statement.predicate.as_str().ends_with("#title")
}

/// A title that one number alone bears, and that somebody names without the number.
fn aliases(iris: &IriScheme, names: &Names<'_>, keys: &BTreeMap<NamedNode, String>) -> Vec<Link> {
    let mut links = Vec::new();
    for (key, works) in names {
        let mut works_iter = works.iter();
        let (Some((number, evidence)), None) = (works_iter.next(), works_iter.next()) else { continue };
        let Some(title) = work_of_title_key(iris, key).filter(|title| keys.contains_key(title)) else { continue };
        links.push(Link {
            kind: LinkKind::Alias,
            one: (*number).clone(),
            other: title,
            evidence: evidence.iter().map(|claim| (*claim).clone()).collect(),
            message: "同一文件: 一处以文号称, 一处以标题称".to_owned(),
        });
    }
    links
}

/// Two numbers with one issuer code that bear the same title, or two that differ in one character.
fn conflicts(names: &Names<'_>, keys: &BTreeMap<NamedNode, String>) -> Vec<Link> {
    let mut links: BTreeMap<(NamedNode, NamedNode), Link> = BTreeMap::new();
    let mut compare = |one: (&NamedNode, &BTreeSet<&NamedNode>), other: (&NamedNode, &BTreeSet<&NamedNode>)| {
        let numbers = number_of(keys, one.0).zip(number_of(keys, other.0));
        let Some((first, second)) = numbers.filter(|(a, b)| a.code == b.code && a != b) else { return };
        let (low, high) = if one.0 < other.0 { (one, other) } else { (other, one) };
        let link = links.entry((low.0.clone(), high.0.clone())).or_insert_with(|| Link {
            kind: LinkKind::NumberConflict,
            one: low.0.clone(),
            other: high.0.clone(),
            evidence: BTreeSet::new(),
            message: format!("标题相同或只差一字, 文号却有两个: {first} 与 {second}"),
        });
        link.evidence.extend(low.1.iter().chain(high.1).map(|claim| (*claim).clone()));
    };
    for works in names.values() {
        let works: Vec<_> = works.iter().collect();
        for (i, one) in works.iter().enumerate() {
            for other in &works[i + 1..] {
                compare((one.0, one.1), (other.0, other.1));
            }
        }
    }
    for (one, other) in near(names.keys().copied()) {
        for first in &names[one] {
            for second in &names[other] {
                compare((first.0, first.1), (second.0, second.1));
            }
        }
    }
    links.into_values().collect()
}

fn number_of(keys: &BTreeMap<NamedNode, String>, work: &NamedNode) -> Option<DocNumber> {
    keys.get(work)?.strip_prefix("num:")?.parse().ok()
}

/// Works by title whose titles differ in one character.
fn near_titles(facts: &Facts, keys: &BTreeMap<NamedNode, String>) -> Vec<Link> {
    let titled: BTreeMap<&str, &NamedNode> =
        keys.iter().filter(|(_, key)| key.starts_with("title:")).map(|(work, key)| (key.as_str(), work)).collect();
    let evidence = |work: &NamedNode| -> BTreeSet<NamedNode> {
        let statements = facts.sources.values().flat_map(|source| &source.statements);
        let speaks = |statement: &&Statement| {
            statement.object == oxrdf::Term::NamedNode(work.clone()) || is_own_title(statement, work)
        };
        statements.filter(speaks).map(|statement| statement.claim.clone()).collect()
    };
    near(titled.keys().copied())
        .into_iter()
        .map(|(one, other)| Link {
            kind: LinkKind::NearTitle,
            one: titled[one].clone(),
            other: titled[other].clone(),
            evidence: evidence(titled[one]).into_iter().chain(evidence(titled[other])).collect(),
            message: "标题只差一字, 可能是同一文件的两种写法".to_owned(),
        })
        .collect()
}

/// Pairs of title keys of one region whose titles are variants. Blocked by region and by the title with
/// one character left out, so that only titles which can be variants are compared.
fn near<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<(&'a str, &'a str)> {
    let mut blocks: BTreeMap<(String, usize), Vec<&'a str>> = BTreeMap::new();
    for key in keys {
        let Some((region, title)) = title_of_key(key) else { continue };
        let chars: Vec<char> = title.chars().collect();
        for left_out in 0..chars.len() {
            let rest: String = chars.iter().enumerate().filter(|(i, _)| *i != left_out).map(|(_, c)| *c).collect();
            blocks.entry((format!("{region}:{rest}"), left_out)).or_default().push(key);
        }
    }
    let mut pairs = BTreeSet::new();
    for block in blocks.values().filter(|block| block.len() > 1) {
        for (i, one) in block.iter().enumerate() {
            for other in &block[i + 1..] {
                let titles = title_of_key(one).zip(title_of_key(other));
                if titles.is_some_and(|((_, one), (_, other))| is_title_variant(one, other)) {
                    pairs.insert((*one.min(other), *one.max(other)));
                }
            }
        }
    }
    pairs.into_iter().collect()
}
