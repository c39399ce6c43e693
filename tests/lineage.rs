//! Lineage of the five documents, checked by reading them; and what holds for any lineage.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it fails")]

mod any;

mod drawings;

use crate::support::{documents, register};
use oxrdf::NamedNode;
use std::{collections::BTreeMap, sync::OnceLock};
use zhengmai::{
    lineage::{
        Direction, Evidences, Found, Hit, Lineage, Member, Policy, PolicyId, Relations, Scope, View, evidence,
        evidence_of, render::Scene,
    },
    link::{Linker, Run},
    map::to_quads,
    model::{IriScheme, Level, RULE_SET, Relation, Source},
    pipeline::process,
    read::source_of,
    review::{Verdict, with_rejection},
    store::{ReadBy, Store},
};

/// A store in memory that holds sources.
fn store_of(sources: &[Source]) -> Store {
    let store = Store::in_memory(IriScheme::DEFAULT_BASE).unwrap();
    let graph = |source: &Source| {
        let quads = to_quads(store.iris(), RULE_SET, source, &process(register(), source));
        (source.sha256.clone(), Some(quads))
    };
    let mut linker = Linker::load(&store, register()).unwrap();
    let run = Run { id: "run".to_owned(), rule_set: RULE_SET.to_owned(), started: "2024-01-01T00:00:00Z".to_owned() };
    linker.replace_sources(sources.iter().map(graph).collect(), &run, &ReadBy::default()).unwrap();
    store
}

/// The five documents, read once.
fn five() -> &'static (Store, Lineage) {
    static FIVE: OnceLock<(Store, Lineage)> = OnceLock::new();
    FIVE.get_or_init(|| {
        let sources: Vec<Source> =
            documents().iter().map(|(name, bytes)| source_of(name, bytes).expect("a text")).collect();
        let store = store_of(&sources);
        let lineage = Lineage::load(&store).unwrap();
        (store, lineage)
    })
}

fn one(lineage: &Lineage, text: &str) -> Hit {
    match lineage.find(text) {
        Found::One(hit) => hit,
        other => panic!("{text}: {other:?}"),
    }
}

fn scope(direction: Direction, depth: usize) -> Scope {
    Scope { direction, depth, ..Scope::default() }
}

/// The edges of a view in words, in the order of the words.
fn edges(lineage: &Lineage, view: &View) -> Vec<String> {
    let name = |policy: PolicyId| {
        let policy = &lineage[policy];
        let status = if policy.is_held { "" } else { "?" };
        let numbers = policy.numbers().join(" ");
        if numbers.is_empty() {
            format!("{}{status}", policy.label)
        } else {
            format!("{}({numbers}){status}", policy.label)
        }
    };
    let mut edges: Vec<String> = view
        .edges
        .iter()
        .map(|edge| format!("{} {} {}", name(edge.from), edge.relation.chinese(), name(edge.to)))
        .collect();
    edges.sort();
    edges
}

const MEASURES: &str = "天津市加快推动知识产权服务业高质量发展若干措施";
const OPINION: &str = "关于加快推动知识产权服务业高质量发展的意见(国知发运字〔2022〕47号)?";
const PLAN: &str = "2020—2021年天津市东丽区强化知识产权保护推进计划(津丽知略〔2021〕1号)";

#[test]
fn the_lineage_of_the_five_documents_is_what_they_say() {
    let (_, lineage) = five();
    for (text, direction, expected) in [
        // Who implements the opinion of 17 ministries: 002, in the notice and in the measures.
        ("国知发运字〔2022〕47号", Direction::Down, vec![format!("{MEASURES} 贯彻落实 {OPINION}")]),
        ("国知发运字〔2022〕47号", Direction::Up, vec![]),
        // 003: the district's plan, from its notice and from its own first paragraph and first measure. The
        // notices that the city and the district issued are one policy with what they promulgate.
        (
            "津丽知略〔2021〕1号",
            Direction::Both,
            vec![
                format!("{PLAN} 贯彻落实 2020—2021年天津市强化知识产权保护推动计划(津市场监管办〔2020〕39号)?"),
                format!("{PLAN} 贯彻落实 2020—2021年天津市强化知识产权保护推进计划(津市场监管办〔2021〕39号)?"),
                format!("{PLAN} 贯彻落实 关于强化知识产权保护的实施意见(津党办发〔2020〕14号)?"),
                format!("{PLAN} 贯彻落实 天津市专利促进与保护条例?"),
                format!("{PLAN} 贯彻落实 天津市东丽区强化知识产权保护的实施意见(津丽党办发〔2021〕5号)?"),
                format!("{PLAN} 贯彻落实 天津市知识产权保护条例?"),
            ],
        ),
        (
            "津党办发〔2020〕14号",
            Direction::Down,
            vec![format!("{PLAN} 贯彻落实 关于强化知识产权保护的实施意见(津党办发〔2020〕14号)?")],
        ),
        // 004 names no document.
        ("天津市协同推进知识产权服务民营经济发展工作的实施意见", Direction::Both, vec![]),
    ] {
        let view = lineage.view(one(lineage, text).policy, scope(direction, 9));
        assert_eq!(edges(lineage, &view), expected, "{text} {direction:?}");
    }
}

#[test]
fn a_number_of_two_documents_is_ambiguous_with_exactly_these_two() {
    let (_, lineage) = five();
    for text in ["39号", "津市场监管办39号", "市场监管办39号", "津市场监管办39", "第39号"] {
        let Found::Several(hits) = lineage.find(text) else { panic!("{text}") };
        let numbers: Vec<String> = hits.iter().map(|hit| lineage.member(*hit).numbers.join(" ")).collect();
        assert_eq!(numbers, ["津市场监管办〔2020〕39号", "津市场监管办〔2021〕39号"], "{text}");
    }
}

#[test]
fn a_document_is_found_however_it_is_written() {
    let (_, lineage) = five();
    let opinion = "/id/policy/num/国知发运字/2022/47";
    for (text, policy) in [
        ("国知发运字〔2022〕47号", opinion),
        ("国知发运字[2022]47号", opinion),
        ("国知发运字（2022）47号", opinion),
        ("国知发运字【2022】第47号", opinion),
        ("国知发运字﹝2022﹞47号", opinion),
        ("国知发运字 〔 2022 〕 047 号", opinion),
        ("国知发运字〔2022〕47", opinion),
        ("国知发运字47号", opinion),
        ("47号", opinion),
        ("《关于加快推动知识产权服务业高质量发展的意见》（国知发运字〔2022〕47号）", opinion),
        ("《关于加快推动知识产权服务业高质量发展的意见》", opinion),
        ("/id/work/num/国知发运字/2022/47", opinion),
        ("http://127.0.0.1:7979/id/work/num/国知发运字/2022/47", opinion),
        ("https://elsewhere.example/id/work/num/%E5%9B%BD%E7%9F%A5%E5%8F%91%E8%BF%90%E5%AD%97/2022/47", opinion),
        (opinion, opinion),
        (
            "2020-2021年天津市东丽区强化知识产权保护推进计划",
            "/id/policy/title/120110/2020—2021年天津市东丽区强化知识产权保护推进计划",
        ),
        // The notice is a member of the policy.
        ("津丽知略〔2021〕01号", "/id/policy/title/120110/2020—2021年天津市东丽区强化知识产权保护推进计划"),
        (
            "关于印发《天津市加快推动知识产权服务业高质量发展若干措施》的通知",
            "/id/policy/title/120000/天津市加快推动知识产权服务业高质量发展若干措施",
        ),
        ("服务业高质量发展若干措施", "/id/policy/title/120000/天津市加快推动知识产权服务业高质量发展若干措施"),
    ] {
        let hit = one(lineage, text);
        assert_eq!(lineage[hit.policy].iri.as_str(), format!("{}{policy}", IriScheme::DEFAULT_BASE), "{text}");
    }
}

#[test]
fn what_is_not_there_is_not_found_and_near_ones_are_offered() {
    let (_, lineage) = five();
    for (text, near) in [
        ("津丽知略〔2022〕1号", vec!["津丽知略〔2021〕1号"]),
        ("天津市知识产权十四五规划", vec!["天津市知识产权“十四五”规划"]),
        ("天津市知识产权保护条理", vec!["天津市知识产权保护条例"]),
        ("某省某条例", vec![]),
        ("/id/work/num/国知发运字/2022/48", vec![]),
    ] {
        let Found::None(hits) = lineage.find(text) else { panic!("{text}") };
        let name = |hit: &Hit| {
            let member = lineage.member(*hit);
            member.numbers.first().unwrap_or(&member.label).clone()
        };
        assert_eq!(hits.iter().map(name).collect::<Vec<_>>(), near, "{text}");
    }
}

#[test]
fn every_edge_has_its_sentence_and_the_quote_stands_where_it_says() {
    let (store, lineage) = five();
    let texts: BTreeMap<String, String> =
        documents().into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect();
    let mut seen = 0;
    for (policy, _) in lineage.policies() {
        let view = lineage.view(policy, Scope { relations: Relations::all(), ..scope(Direction::Up, 1) });
        let found = evidence_of(store, lineage, &view).unwrap();
        for edge in &view.edges {
            let evidence = found.get(edge).unwrap_or_else(|| panic!("{edge:?} rests on nothing"));
            for evidence in evidence {
                let text = &texts[&evidence.file];
                let words: String = text.chars().skip(evidence.start).take(evidence.end - evidence.start).collect();
                assert_eq!(words, evidence.quote);
                assert!(evidence.sentence.contains(&evidence.quote), "{evidence:?}");
                seen += 1;
            }
        }
    }
    assert!(seen >= 28, "{seen}");
}

#[test]
fn the_sentences_behind_an_edge_are_those_of_the_notice_and_of_the_measures() {
    let (store, lineage) = five();
    let policy = |text: &str| &lineage[one(lineage, text).policy].iri;
    let found = evidence(store, policy(MEASURES), policy("国知发运字〔2022〕47号")).unwrap();
    assert_eq!(found.len(), 2);
    for evidence in &found {
        assert!(evidence.sentence.starts_with("为全面贯彻落实"), "{}", evidence.sentence);
        assert_eq!(evidence.relation, Relation::Implements);
        assert!(evidence.file.starts_with("002-"));
    }
    assert!(found[0].start < found[1].start);
    assert_eq!(evidence(store, policy("国知发运字〔2022〕47号"), policy(MEASURES)).unwrap(), []);
}

#[test]
fn a_rejected_sentence_is_gone_and_with_the_last_one_the_edge() {
    let (name, bytes) = documents().into_iter().find(|(name, _)| name.starts_with("002")).unwrap();
    let store = store_of(&[source_of(&name, &bytes).unwrap()]);
    let opinion = NamedNode::new(format!("{}/id/policy/num/国知发运字/2022/47", IriScheme::DEFAULT_BASE)).unwrap();
    for left in [1, 0] {
        let lineage = Lineage::load(&store).unwrap();
        let before = lineage.downstream(one(&lineage, MEASURES).policy, 0).start;
        let found = evidence(&store, &lineage[before].iri, &opinion).unwrap();
        assert_eq!(found.len(), left + 1);
        let verdict = Verdict {
            id: format!("decision-{left}"),
            reason: "试".to_owned(),
            by: "test".to_owned(),
            at: "2024-01-01T00:00:00Z".to_owned(),
        };
        let decisions = with_rejection(&store, &found[0].claim, &verdict).unwrap();
        Linker::load(&store, register()).unwrap().replace_decisions(decisions).unwrap();
        let lineage = Lineage::load(&store).unwrap();
        assert_eq!(evidence(&store, &lineage[before].iri, &opinion).unwrap().len(), left);
        let rests_on_it =
            lineage.policy(&opinion).map_or(0, |policy| lineage.downstream(policy, 9).count(Direction::Down));
        assert_eq!(rests_on_it, left);
    }
}

#[test]
fn two_numbers_that_may_be_one_document_are_joined_by_dots_and_not_followed() {
    let (_, lineage) = five();
    let (one_of_them, other) =
        (one(lineage, "津市场监管办〔2020〕39号").policy, one(lineage, "津市场监管办〔2021〕39号").policy);
    assert_eq!(lineage.possible(), [(one_of_them.min(other), one_of_them.max(other))]);
    let view = lineage.upstream(one_of_them, 9);
    assert!(view.is_empty());
    assert_eq!(view.asides, [other]);
}

#[test]
fn what_is_missing_most_comes_first() {
    let (_, lineage) = five();
    let gaps = lineage.gaps(&Relations::default());
    let first: Vec<(&str, usize)> =
        gaps.iter().take(4).map(|gap| (lineage[gap.policy].label.as_str(), gap.demand)).collect();
    // 000 and 003 name both regulations, 000 and 002 the city's plan; everything else is named by one.
    assert_eq!(
        first[..3],
        [("天津市专利促进与保护条例", 2), ("天津市知识产权“十四五”规划", 2), ("天津市知识产权保护条例", 2)]
    );
    assert_eq!(first[3].1, 1);
    assert_eq!(lineage.cycles(&Relations::all()), []);
}

fn drawn(lineage: &Lineage, view: &View, draw: impl Fn(Scene<'_>) -> String) -> String {
    draw(Scene { lineage, view, evidence: &Evidences::new(), unfold: false })
}

/// A policy with one work, named by a number.
fn policy(name: usize) -> Policy {
    let iri = |kind: &str| NamedNode::new(format!("http://x/id/{kind}/title/000000/{name:06}")).unwrap();
    let label = name.to_string();
    let member = Member {
        iri: iri("work"),
        label: label.clone(),
        key: format!("title:000000:{label}"),
        numbers: Vec::new(),
        dates: Vec::new(),
        is_held: true,
    };
    Policy { iri: iri("policy"), head: iri("work"), label, level: Level::Unknown, is_held: true, members: vec![member] }
}

/// A lineage of numbered policies, each edge from who implements to what it implements.
fn lineage(policies: usize, edges: &[(usize, usize)]) -> Lineage {
    let iri = |name: usize| policy(name).iri;
    let edges = edges.iter().map(|(from, to)| (iri(*from), Relation::Implements, iri(*to)));
    Lineage::new((0..policies).map(policy).collect(), edges, [])
}
