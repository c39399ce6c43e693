//! What somebody means: an IRI, a 文号 in any bracket style, whole or in part, or a title.

use super::{Lineage, Member, Policy, PolicyId, encoded::percent_decoded};
use crate::{
    model::{DocNumber, normal_title, segment},
    names::{Called, Candidate, Names, WrittenNumber, written_number},
};
use oxrdf::NamedNode;
use petgraph::graph::DiGraph;
use std::collections::{BTreeMap, BTreeSet};

/// What a text means.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Found {
    /// One policy.
    One(Hit),
    /// Several fit equally well, best known first: held ones, then the shorter titles.
    Several(Vec<Hit>),
    /// Nothing fits; these come near.
    None(Vec<Hit>),
}

/// A work that a text means, and the policy that it belongs to.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Hit {
    /// The policy.
    pub policy: PolicyId,
    /// Which of its members.
    pub member: usize,
}

/// By what works are found.
#[derive(Debug)]
pub(super) struct Works {
    by_iri: BTreeMap<NamedNode, Hit>,
    /// In the order in which their names were given.
    pub(super) hits: Vec<Hit>,
    pub(super) names: Names,
    base: String,
}

impl Works {
    /// The works of all policies. O(n log n).
    pub(super) fn of(graph: &DiGraph<Policy, crate::model::Relation>) -> Self {
        let (mut by_iri, mut hits, mut called) = (BTreeMap::new(), Vec::new(), Vec::new());
        for node in graph.node_indices() {
            for (at, member) in graph[node].members.iter().enumerate() {
                let hit = Hit { policy: PolicyId(node), member: at };
                by_iri.insert(member.iri.clone(), hit);
                let by_key = member.key.strip_prefix("title:").and_then(|key| key.split_once(':'));
                let names = [Some(member.label.as_str()), by_key.map(|(_, title)| title)];
                called.push(Called {
                    names: names.into_iter().flatten().map(str::to_owned).collect(),
                    numbers: member.numbers.iter().filter_map(|number| number.parse().ok()).collect(),
                    short: Vec::new(),
                });
                hits.push(hit);
            }
        }
        let base = graph.node_weights().next().map(|policy| policy.iri.as_str().split("/id/policy/").next());
        let base = base.flatten().unwrap_or_default().to_owned();
        Self { by_iri, hits, names: Names::new(called), base }
    }

    pub(super) fn work(&self, iri: &NamedNode) -> Option<Hit> {
        self.by_iri.get(iri).copied()
    }
}

impl Lineage {
    /// The work that a hit is. Panics where the hit is of another lineage.
    #[must_use]
    pub fn member(&self, hit: Hit) -> &Member {
        &self[hit.policy].members[hit.member]
    }

    /// What a text means. It may be
    /// - an IRI of a work or a policy, or its path (`/id/work/…`), raw or percent-encoded;
    /// - a 文号 in any bracket style, or what somebody remembers of it: 津市场监管办39号, 〔2021〕39号, 39号;
    /// - a title, with or without 《》, or a part of one.
    ///
    /// The first of these readings that fits anything decides, a whole number or title before a part of
    /// one. Works of one policy are one answer. A text that is only nearly right means nothing; what it is
    /// near to is offered. O(log n) for whole names, O(n) for parts and for what is near.
    #[must_use]
    pub fn find(&self, text: &str) -> Found {
        let text = text.trim();
        if let Some(hit) = self.by_iri(text) {
            return Found::One(hit);
        }
        if text.is_empty() || text.contains("://") || text.starts_with("/id/") {
            return Found::None(Vec::new());
        }
        let number = written_number(text);
        let title = normal_title(text);
        let some = |hits: Vec<Hit>| Some(hits).filter(|hits| !hits.is_empty());
        let hits = number.as_ref().and_then(|number| some(self.by_number(number)));
        let hits = hits.or_else(|| some(self.hits(self.works.names.named(&title))));
        let Some(hits) = hits.or_else(|| some(self.by_part_of_title(&title))) else {
            let near = number.as_ref().and_then(|number| some(self.near_numbers(number)));
            return Found::None(near.unwrap_or_else(|| self.near_titles(&title)));
        };
        match self.one_for_each_policy(hits, |_| 0).as_slice() {
            [hit] => Found::One(*hit),
            hits => Found::Several(hits.to_vec()),
        }
    }

    /// Works with this title, in normal form or not, one for each policy; none where it is only nearly right. O(log n).
    #[must_use]
    pub fn titled(&self, title: &str) -> Vec<Hit> {
        self.one_for_each_policy(self.hits(self.works.names.named(&normal_title(title))), |_| 0)
    }

    /// What words may mean, the best first, each with its score; of those with one score held works first. The cost is
    /// that of [`Names::candidates`].
    #[must_use]
    pub fn candidates(&self, words: &str) -> Vec<(Hit, Candidate)> {
        let found = self.works.names.candidates(words).into_iter();
        let mut found: Vec<(Hit, Candidate)> = found.map(|found| (self.works.hits[found.thing], found)).collect();
        found.sort_by(|(one, a), (other, b)| {
            let order = |hit: &Hit| (!self.member(*hit).is_held, self.member(*hit).label.chars().count(), *hit);
            b.score.total_cmp(&a.score).then_with(|| order(one).cmp(&order(other)))
        });
        found
    }

    /// Works whose title or number begins with these words, in order.
    pub fn beginning(&self, words: &str) -> impl Iterator<Item = Hit> + use<'_> {
        self.works.names.beginning(words).map(|thing| self.works.hits[thing])
    }

    fn hits(&self, things: impl Iterator<Item = usize>) -> Vec<Hit> {
        things.map(|thing| self.works.hits[thing]).collect()
    }

    fn by_iri(&self, text: &str) -> Option<Hit> {
        let (_, path) = text.split_once("/id/")?;
        let path = path.split('/').map(|part| segment(&percent_decoded(part))).collect::<Vec<_>>().join("/");
        let node = NamedNode::new_unchecked(format!("{}/id/{path}", self.works.base));
        if let Some(policy) = self.policy(&node) {
            // The head is the first member.
            return Some(Hit { policy, member: 0 }).filter(|_| !self[policy].members.is_empty());
        }
        self.works.work(&node)
    }

    /// Works with this number; else with its parts, the issuer code whole; else the issuer code in part.
    fn by_number(&self, wanted: &WrittenNumber) -> Vec<Hit> {
        let whole = wanted.code.as_deref().map(|_| self.hits(self.works.names.numbered(&wanted.number)));
        if let Some(hits) = whole.filter(|hits| !hits.is_empty()) {
            return hits;
        }
        let fits = |number: &DocNumber| {
            number.serial == wanted.number.serial && (wanted.number.year.is_none() || wanted.number.year == number.year)
        };
        let with_code = |fits_code: &dyn Fn(&str) -> bool| -> Vec<Hit> {
            let numbers = self.works.names.numbers().filter(|(number, _)| fits(number) && fits_code(&number.code));
            self.hits(numbers.flat_map(|(_, bearers)| bearers))
        };
        match wanted.code.as_deref() {
            None => with_code(&|_| true),
            Some(code) => {
                let whole = with_code(&|known| known == code);
                if whole.is_empty() { with_code(&|known| known.contains(code)) } else { whole }
            }
        }
    }

    fn by_part_of_title(&self, part: &str) -> Vec<Hit> {
        /// A single character is no part of a title.
        const SHORTEST: usize = 2;
        if part.chars().count() < SHORTEST {
            return Vec::new();
        }
        let titles = self.works.names.names().filter(|(title, _)| title.contains(part));
        self.hits(titles.flat_map(|(_, bearers)| bearers))
    }

    /// The best hit of each policy, best first: by `cost`, then held ones, then shorter titles.
    pub(super) fn one_for_each_policy(&self, mut hits: Vec<Hit>, cost: impl Fn(Hit) -> usize) -> Vec<Hit> {
        hits.sort_by_cached_key(|hit| {
            let member = self.member(*hit);
            let is_held = self[hit.policy].is_held;
            (cost(*hit), !is_held, member.label.chars().count(), member.label.clone(), member.iri.as_str().to_owned())
        });
        let mut seen = BTreeSet::new();
        hits.retain(|hit| seen.insert(hit.policy));
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lineage::small::policy;

    /// Each a policy: of one work by title, or with a number.
    const WORKS: &[(&str, Option<&str>)] = &[
        ("关于加快推动知识产权服务业高质量发展的意见", Some("国知发运字〔2022〕47号")),
        ("天津市强化知识产权保护推进计划", Some("津市场监管办〔2021〕39号")),
        ("天津市强化知识产权保护推动计划", Some("津市场监管办〔2020〕39号")),
        ("全国经济普查条例", Some("国务院令第707号")),
        ("天津市知识产权“十四五”规划", None),
        ("GB/T 29490", None),
    ];

    fn works() -> Lineage {
        let policies = WORKS.iter().map(|(title, number)| {
            let mut policy = policy(&segment(title));
            policy.label = (*title).to_owned();
            policy.members[0].label = (*title).to_owned();
            policy.members[0].key = format!("title:000000:{title}");
            policy.members[0].numbers = number.iter().map(|number| (*number).to_owned()).collect();
            policy
        });
        Lineage::new(policies.collect(), [], [])
    }

    #[test]
    fn a_text_means_what_it_fits_best() {
        let lineage = works();
        for (text, kind, titles) in [
            ("国知发运字〔2022〕47号", "one", "关于加快推动知识产权服务业高质量发展的意见"),
            ("国知发运字[2022]47号", "one", "关于加快推动知识产权服务业高质量发展的意见"),
            (" 国知发运字（2022） 第047号", "one", "关于加快推动知识产权服务业高质量发展的意见"),
            ("（国知发运字【2022】47号）", "one", "关于加快推动知识产权服务业高质量发展的意见"),
            ("《某意见》（国知发运字〔2022〕47号）", "one", "关于加快推动知识产权服务业高质量发展的意见"),
            ("国知发运字47号", "one", "关于加快推动知识产权服务业高质量发展的意见"),
            ("国务院令第707号", "one", "全国经济普查条例"),
            ("39号", "several", "天津市强化知识产权保护推动计划 天津市强化知识产权保护推进计划"),
            ("39", "several", "天津市强化知识产权保护推动计划 天津市强化知识产权保护推进计划"),
            ("津市场监管办39号", "several", "天津市强化知识产权保护推动计划 天津市强化知识产权保护推进计划"),
            ("市场监管办39号", "several", "天津市强化知识产权保护推动计划 天津市强化知识产权保护推进计划"),
            ("〔2021〕39号", "one", "天津市强化知识产权保护推进计划"),
            ("津市场监管办〔2019〕39号", "none", "天津市强化知识产权保护推动计划 天津市强化知识产权保护推进计划"),
            ("《天津市知识产权“十四五”规划》", "one", "天津市知识产权“十四五”规划"),
            ("知识产权“十四五”", "one", "天津市知识产权“十四五”规划"),
            ("天津市知识产权十四五规划", "none", "天津市知识产权“十四五”规划"),
            ("强化知识产权保护", "several", "天津市强化知识产权保护推动计划 天津市强化知识产权保护推进计划"),
            ("天津市强化知识产权保护推行计划", "none", "天津市强化知识产权保护推动计划 天津市强化知识产权保护推进计划"),
            ("与此无关的文件", "none", ""),
            ("号", "none", ""),
            ("", "none", ""),
            ("/id/work/title/000000/全国经济普查条例", "one", "全国经济普查条例"),
            ("http://x/id/work/title/000000/全国经济普查条例", "one", "全国经济普查条例"),
            (
                "http://y:80/id/policy/title/000000/%E5%85%A8%E5%9B%BD%E7%BB%8F%E6%B5%8E%E6%99%AE%E6%9F%A5%E6%9D%A1%E4%BE%8B",
                "one",
                "全国经济普查条例",
            ),
            ("/id/work/title/000000/GB%2FT%2029490", "one", "GB/T 29490"),
            ("/id/work/title/000000/无此文件", "none", ""),
            ("http://x/%", "none", ""),
        ] {
            let (found, hits) = match lineage.find(text) {
                Found::One(hit) => ("one", vec![hit]),
                Found::Several(hits) => ("several", hits),
                Found::None(near) => ("none", near),
            };
            let found_titles: Vec<&str> = hits.into_iter().map(|hit| lineage.member(hit).label.as_str()).collect();
            assert_eq!((found, found_titles.join(" ").as_str()), (kind, titles), "{text}");
        }
    }
}
