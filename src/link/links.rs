//! Links between works: stated with evidence and confidence, never merged on doubt.

use super::{corpus::Corpus, title_of_key, work_of_title_key};
use crate::{
    model::DocNumber,
    model::vocab::{rdf, zm},
};
use oxrdf::NamedNode;
use std::collections::{BTreeMap, BTreeSet};

/// Titles shorter than this (in characters) name too little to join a number and a title.
pub(super) const SHORTEST_TITLE: usize = 8;

/// As many claims as a link names on each side. What a thousand documents say of a work needs no thousand
/// witnesses, and a link costs the same however often its works are cited.
pub(super) const WITNESSES: usize = 8;

/// What kind of link it is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum LinkKind {
    /// A work known by number and by title.
    Alias,
    /// Two titles that differ in one character.
    NearTitle,
    /// Two numbers for what must be one document.
    NumberConflict,
    /// One text under two names.
    SameText,
    /// What a citation means that its document leaves open.
    Meaning,
    /// Two texts that are nearly one.
    NearText,
}

impl LinkKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Alias => "alias",
            Self::NearTitle => "near-title",
            Self::NumberConflict => "number-conflict",
            Self::SameText => "same-text",
            Self::Meaning => "meaning",
            Self::NearText => "near-text",
        }
    }

    /// The property that the link states.
    pub(super) fn property(self) -> NamedNode {
        match self {
            Self::Alias | Self::SameText => zm("sameWorkAs"),
            Self::NearTitle | Self::NumberConflict | Self::NearText => zm("possibleSameAs"),
            Self::Meaning => rdf("object"),
        }
    }

    /// Whether the two works are one, beyond doubt.
    pub(super) fn joins(self) -> bool {
        matches!(self, Self::Alias | Self::SameText)
    }
}

/// The kinds that are found by titles, by numbers and by texts.
const BY_TITLE: &[LinkKind] = &[LinkKind::Alias, LinkKind::NearTitle];
const BY_NUMBER: &[LinkKind] = &[LinkKind::NumberConflict];
const BY_TEXT: &[LinkKind] = &[LinkKind::SameText, LinkKind::NearText];

/// Kind and the two works. An alias leads from the number to the title, a meaning from the citation to the work;
/// else the smaller stands first.
pub(super) type Pair = (LinkKind, NamedNode, NamedNode);

/// What a link rests on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Grounds {
    pub(super) evidence: BTreeSet<NamedNode>,
    pub(super) message: String,
}

/// The links of a corpus.
#[derive(Debug, Default)]
pub(super) struct Links {
    all: BTreeMap<Pair, Grounds>,
    of: BTreeMap<NamedNode, BTreeSet<Pair>>,
    /// Pairs whose link is new, gone or rests on something else since the last look.
    pub(super) changed: BTreeSet<Pair>,
}

impl Links {
    pub(super) fn get(&self, pair: &Pair) -> Option<&Grounds> {
        self.all.get(pair)
    }

    /// The links of a work, in order.
    pub(super) fn of(&self, work: &NamedNode) -> impl Iterator<Item = &Pair> {
        self.of.get(work).into_iter().flatten()
    }

    pub(super) fn take(&mut self, pair: &Pair) -> Option<Grounds> {
        for work in [&pair.1, &pair.2] {
            if let Some(pairs) = self.of.get_mut(work) {
                pairs.remove(pair);
                if pairs.is_empty() {
                    self.of.remove(work);
                }
            }
        }
        self.all.remove(pair)
    }

    fn put(&mut self, pair: Pair, grounds: Grounds) {
        for work in [&pair.1, &pair.2] {
            self.of.entry(work.clone()).or_default().insert(pair.clone());
        }
        self.all.insert(pair, grounds);
    }
}

impl Corpus<'_> {
    /// Finds the links again that touched titles and numbers have, or had. O(t log n) for t of them, and what it
    /// finds.
    pub(super) fn relink(&mut self) {
        let keys = std::mem::take(&mut self.touched.keys);
        let named = std::mem::take(&mut self.touched.named);
        let texts = std::mem::take(&mut self.touched.texts);
        for key in &keys {
            let is_used = self.names.contains_key(key) || self.titled(key).is_some();
            self.near.set(key, is_used);
            self.open.bear(key, is_used);
        }
        let mut before: BTreeMap<Pair, Grounds> = BTreeMap::new();
        let titled = keys.iter().filter_map(|key| work_of_title_key(self.iris, key));
        let works = titled.map(|work| (work, BY_TITLE)).chain(named.iter().map(|work| (work.clone(), BY_NUMBER)));
        let works = works.chain(texts.iter().map(|work| (work.clone(), BY_TEXT)));
        for (work, kinds) in works.collect::<Vec<_>>() {
            for pair in self.links.of(&work).filter(|pair| kinds.contains(&pair.0)).cloned().collect::<Vec<_>>() {
                before.extend(self.links.take(&pair).map(|grounds| (pair, grounds)));
            }
        }
        let mut found: BTreeMap<Pair, Grounds> = BTreeMap::new();
        for key in &keys {
            found.extend(self.alias(key));
            found.extend(self.near_titles(key));
        }
        for work in &named {
            self.conflicts(work, &mut found);
        }
        for work in &texts {
            found.extend(self.alike(work));
        }
        found.retain(|(kind, one, other), _| !self.rejections.rejects_link(one, &kind.property(), other));
        self.apply(&before, found);
        self.settle_open(&keys);
    }

    pub(super) fn apply(&mut self, before: &BTreeMap<Pair, Grounds>, found: BTreeMap<Pair, Grounds>) {
        let pairs: BTreeSet<Pair> = before.keys().chain(found.keys()).cloned().collect();
        for pair in pairs.into_iter().filter(|pair| before.get(pair) != found.get(pair)) {
            let ends = [pair.1.clone(), pair.2.clone()];
            if pair.0.joins() {
                self.touched.joined.extend(ends.clone());
            }
            self.touched.nodes.extend(ends);
            self.links.changed.insert(pair);
        }
        for (pair, grounds) in found {
            self.links.put(pair, grounds);
        }
    }

    /// The work that a title key names, if anybody speaks of it.
    pub(super) fn titled(&self, key: &str) -> Option<NamedNode> {
        work_of_title_key(self.iris, key).filter(|work| self.keys.has(work))
    }

    /// The works that bear a title which names enough, besides the one that it is the key of, with the claims that
    /// say so.
    pub(super) fn named(&self, key: &str) -> impl Iterator<Item = (&NamedNode, &BTreeSet<NamedNode>)> {
        let names_enough = title_of_key(key).is_some_and(|(_, title)| title.chars().count() >= SHORTEST_TITLE);
        self.names.get(key).filter(|_| names_enough).into_iter().flatten()
    }

    /// The one work that bears a title, besides the one that it is the key of. One known by a title with the issuer
    /// and by a number is one.
    pub(super) fn bearer(&self, key: &str) -> Option<(&NamedNode, &BTreeSet<NamedNode>)> {
        let works: Vec<_> = self.named(key).collect();
        let is_known_by_number = |work: &NamedNode| {
            let own = self.keys.first(work).filter(|own| own.starts_with("title:") && *own != key);
            own.is_some_and(|own| works.iter().any(|(other, _)| *other != work && self.is_alone(own, other)))
        };
        let mut works = works.iter().filter(|(work, _)| !is_known_by_number(work));
        let (Some(one), None) = (works.next(), works.next()) else { return None };
        Some(*one)
    }

    /// Whether a work alone bears a title.
    fn is_alone(&self, key: &str, work: &NamedNode) -> bool {
        let mut works = self.named(key);
        works.next().is_some_and(|(one, _)| one == work) && works.next().is_none()
    }

    /// A title that one work alone bears, and that somebody names without its number or its issuer.
    fn alias(&self, key: &str) -> Option<(Pair, Grounds)> {
        let (bearer, claims) = self.bearer(key)?;
        let title = self.titled(key).filter(|title| title != bearer)?;
        let by_number = self.keys.first(bearer).is_some_and(|key| key.starts_with("num:"));
        let message = if by_number {
            "同一文件: 一处以文号称, 一处以标题称"
        } else {
            "同一文件: 一处标题带发文机关, 一处不带"
        };
        let grounds =
            Grounds { evidence: claims.iter().take(WITNESSES).cloned().collect(), message: message.to_owned() };
        Some(((LinkKind::Alias, bearer.clone(), title), grounds))
    }

    /// Works by title whose titles differ in one character from this one's.
    fn near_titles(&self, key: &str) -> Vec<(Pair, Grounds)> {
        let Some(title) = self.titled(key) else { return Vec::new() };
        let witnesses = |work: &NamedNode| self.claims_on.of(work).take(WITNESSES).cloned().collect::<Vec<_>>();
        let link = |other: NamedNode| {
            let grounds = Grounds {
                evidence: witnesses(&title).into_iter().chain(witnesses(&other)).collect(),
                message: "标题只差一字, 可能是同一文件的两种写法".to_owned(),
            };
            let (low, high) = if title < other { (title.clone(), other) } else { (other, title.clone()) };
            ((LinkKind::NearTitle, low, high), grounds)
        };
        self.near.variants(key).iter().filter_map(|other| self.titled(other)).map(link).collect()
    }

    /// Numbers with the issuer code of this one that bear the same title, or one that differs in one character. Two
    /// texts that are both here are two documents, whatever they are called.
    fn conflicts(&self, work: &NamedNode, found: &mut BTreeMap<Pair, Grounds>) {
        let mut conflicts: BTreeMap<Pair, Grounds> = BTreeMap::new();
        for key in self.names_of.get(work).into_iter().flatten() {
            let Some(own) = self.named(key).find(|(named, _)| *named == work).map(|(_, claims)| claims) else {
                continue;
            };
            let variants = self.near.variants(key);
            let keys = [key.as_str()].into_iter().chain(variants.iter().map(AsRef::as_ref));
            for (other, claims) in keys.flat_map(|key| self.named(key)) {
                let (low, high) = if work < other { (work, other) } else { (other, work) };
                if self.held.has(low) && self.held.has(high) {
                    continue;
                }
                let Some(message) = self.conflict(low, high) else { continue };
                let pair = (LinkKind::NumberConflict, low.clone(), high.clone());
                let empty = || Grounds { evidence: BTreeSet::new(), message };
                let evidence = &mut conflicts.entry(pair).or_insert_with(empty).evidence;
                evidence.extend(own.iter().take(WITNESSES).chain(claims.iter().take(WITNESSES)).cloned());
            }
        }
        found.extend(conflicts);
    }

    /// What is wrong where two works by number bear one title; `None` if their numbers are of two issuers, or are
    /// those of two versions: a slip of the pen changes the year or the serial, a new version has both its own.
    fn conflict(&self, one: &NamedNode, other: &NamedNode) -> Option<String> {
        let number = |work| self.keys.first(work)?.strip_prefix("num:")?.parse::<DocNumber>().ok();
        let is_slip =
            |a: &DocNumber, b: &DocNumber| a.code == b.code && a != b && (a.year == b.year || a.serial == b.serial);
        let (one, other) = number(one).zip(number(other)).filter(|(a, b)| is_slip(a, b))?;
        Some(format!("标题相同或只差一字, 文号却有两个: {one} 与 {other}"))
    }
}
