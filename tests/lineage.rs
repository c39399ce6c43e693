//! Lineage of the five documents, checked by reading them; and what holds for any lineage.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it fails")]

use crate::support::{documents, register};
use oxrdf::NamedNode;
use proptest::prelude::*;
use std::{collections::BTreeMap, sync::OnceLock};
use zhengmai::{
    lineage::{
        Direction, Evidences, Found, Hit, Lineage, Member, Policy, PolicyId, Relations, Scope, View, ViewNode,
        evidence, evidence_of,
        render::{Scene, dot, record, tree},
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

#[test]
fn a_tree_shows_each_policy_with_number_level_and_status() {
    let (_, lineage) = five();
    let view = lineage.view(one(lineage, "津丽知略〔2021〕1号").policy, Scope::default());
    let expected = "\
2020—2021年天津市东丽区强化知识产权保护推进计划 · 津丽知略〔2021〕1号 · 区县 [有文]

上游 · 它所依据的 (what it rests on): 6
├─ 贯彻落实→ 2020—2021年天津市强化知识产权保护推动计划 · 津市场监管办〔2020〕39号 · 省 [仅被引]
├─ 贯彻落实→ 2020—2021年天津市强化知识产权保护推进计划 · 津市场监管办〔2021〕39号 · 省 [仅被引]
├─ 贯彻落实→ 关于强化知识产权保护的实施意见 · 津党办发〔2020〕14号 · 省 [仅被引]
├─ 贯彻落实→ 天津市专利促进与保护条例 · 省 [仅被引]
├─ 贯彻落实→ 天津市知识产权保护条例 · 省 [仅被引]
└─ 贯彻落实→ 天津市东丽区强化知识产权保护的实施意见 · 津丽党办发〔2021〕5号 · 区县 [仅被引]

可能为同一文件, 待核 (may be one document):
· 2020—2021年天津市强化知识产权保护推动计划 (津市场监管办〔2020〕39号) ⋯ 2020—2021年天津市强化知识产权保护推进计划 (津市场监管办〔2021〕39号)
";
    assert_eq!(drawn(lineage, &view, tree), expected);
}

#[test]
fn an_unfolded_tree_lists_the_works_and_with_evidence_the_sentences() {
    let (store, lineage) = five();
    let view = lineage.view(one(lineage, "国知发运字〔2022〕47号").policy, Scope::default());
    let evidence = evidence_of(store, lineage, &view).unwrap();
    let text = tree(Scene { lineage, view: &view, evidence: &evidence, unfold: true });
    for part in [
        "└─ ←贯彻落实 天津市加快推动知识产权服务业高质量发展若干措施 · 省 [有文]\n",
        "     “为全面贯彻落实",
        "002-天津市加快推动知识产权服务业高质量发展若干措施.txt ",
        "     ◦ 天津市加快推动知识产权服务业高质量发展若干措施",
        "     ◦ 关于印发〈天津市加快推动知识产权服务业高质量发展若干措施〉的通知",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_sentence_that_cites_twice_is_shown_once_with_both_places() {
    let (store, lineage) = five();
    let view = lineage.downstream(one(lineage, "津丽党办发〔2021〕5号").policy, 1);
    let evidence = evidence_of(store, lineage, &view).unwrap();
    let text = tree(Scene { lineage, view: &view, evidence: &evidence, unfold: false });
    // The notice names the district's notice and, in its title, the opinion; the plan names the opinion.
    assert_eq!(evidence.values().map(Vec::len).sum::<usize>(), 3);
    assert_eq!(text.matches("“为贯彻落实《天津市市场监督管理委员会").count(), 1, "{text}");
    assert_eq!(text.matches("“为全面提升东丽区知识产权保护能力和水平").count(), 1, "{text}");
    assert_eq!(text.matches('–').count(), 3, "{text}");
}

#[test]
fn json_has_nodes_edges_and_evidence() {
    let (store, lineage) = five();
    let view = lineage.view(one(lineage, "国知发运字〔2022〕47号").policy, scope(Direction::Down, 2));
    let evidence = evidence_of(store, lineage, &view).unwrap();
    let scene = Scene { lineage, view: &view, evidence: &evidence, unfold: false };
    let json = serde_json::to_value(record(scene)).unwrap();
    for (pointer, value) in [
        ("/direction", "down"),
        ("/nodes/0/numbers/0", "国知发运字〔2022〕47号"),
        ("/nodes/0/level_zh", "国家"),
        ("/nodes/0/status", "stub"),
        ("/nodes/1/direction", "down"),
        ("/nodes/1/label", MEASURES),
        ("/edges/0/relation", "implements"),
        ("/edges/0/evidence/0/confidence", "high"),
    ] {
        assert_eq!(json.pointer(pointer).and_then(|found| found.as_str()), Some(value), "{pointer} {json:#}");
    }
    assert_eq!(json["start"], json["nodes"][0]["iri"]);
    assert_eq!(json["edges"][0]["to"], json["start"]);
    assert_eq!(json["nodes"][1]["distance"], 1);
    assert_eq!(json["edges"][0]["evidence"].as_array().unwrap().len(), 2);
}

#[test]
fn a_drawing_has_a_lane_for_each_level_and_quotes_its_labels() {
    let (_, lineage) = five();
    let view = lineage.view(one(lineage, "津丽知略〔2021〕1号").policy, Scope::default());
    let text = drawn(lineage, &view, dot);
    for part in [
        "subgraph cluster_province {\n    label=\"省\";",
        "subgraph cluster_county {\n    label=\"区县\";",
        "style=dotted, dir=none, constraint=false",
        "n0 [label=\"2020—2021年天津市东丽区强化知识产权保护推进计划\\n津丽知略〔2021〕1号\"",
        "n0 -> n1 [label=\"贯彻落实\"]",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let hostile = Lineage::new(vec![Policy { label: "引号\"与\\反斜杠\n换行".to_owned(), ..policy(0) }], [], []);
    let (start, _) = hostile.policies().next().unwrap();
    let text = drawn(&hostile, &hostile.upstream(start, 1), dot);
    assert!(text.contains(r#"label="引号\"与\\反斜杠\n换行""#), "{text}");
}

#[test]
fn a_policy_that_stands_again_is_marked_and_not_repeated() {
    let text = |edges: &[(usize, usize)], start: usize| {
        let lineage = lineage(4, edges);
        let view = lineage.view(lineage.policy(&policy(start).iri).unwrap(), Scope { depth: 9, ..Scope::default() });
        drawn(&lineage, &view, tree)
    };
    // 0 rests on 1 and 2, both rest on 3: it is opened under 1.
    assert_eq!(
        text(&[(0, 1), (0, 2), (1, 3), (2, 3)], 0),
        "0 · 层级不明 [有文]\n\n上游 · 它所依据的 (what it rests on): 3\n\
         ├─ 贯彻落实→ 1 · 层级不明 [有文]\n│  └─ 贯彻落实→ 3 · 层级不明 [有文]\n\
         └─ 贯彻落实→ 2 · 层级不明 [有文]\n   └─ 贯彻落实→ 3 · 层级不明 [有文] ↑\n"
    );
    // 1 rests on 2, which stands nearer to the start, below.
    assert_eq!(
        text(&[(0, 1), (0, 2), (1, 2)], 0),
        "0 · 层级不明 [有文]\n\n上游 · 它所依据的 (what it rests on): 2\n\
         ├─ 贯彻落实→ 1 · 层级不明 [有文]\n│  └─ 贯彻落实→ 2 · 层级不明 [有文] ↓\n\
         └─ 贯彻落实→ 2 · 层级不明 [有文]\n"
    );
    // A cycle.
    assert_eq!(
        text(&[(0, 1), (1, 0)], 0),
        "0 · 层级不明 [有文]\n\n上游 · 它所依据的 (what it rests on): 1\n\
         └─ 贯彻落实→ 1 · 层级不明 [有文]\n   └─ 贯彻落实→ 0 · 层级不明 [有文] ↑\n\n\
         下游 · 依据它的 (what rests on it): 1\n\
         └─ ←贯彻落实 1 · 层级不明 [有文]\n   └─ ←贯彻落实 0 · 层级不明 [有文] ↑\n\n\
         互为依据, 成环 (a cycle): 0 贯彻落实→ 1 贯彻落实→ 0\n"
    );
    // What is downstream of the start rests on what is upstream: an edge across the tree.
    assert!(text(&[(0, 1), (2, 0), (2, 1)], 0).ends_with("其间另有 (also among these): 1\n· 2 贯彻落实→ 1\n"));
}

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

fn lineage(policies: usize, edges: &[(usize, usize)]) -> Lineage {
    let iri = |name: usize| policy(name).iri;
    let edges = edges.iter().map(|(from, to)| (iri(*from), Relation::Implements, iri(*to)));
    Lineage::new((0..policies).map(policy).collect(), edges, [])
}

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
