//! A view as a tree, as JSON, as a drawing.

use super::{MEASURES, drawn, five, lineage, one, policy, scope};
use zhengmai::lineage::{
    Direction, Lineage, Policy, Scope, evidence_of,
    render::{Scene, dot, record, tree},
};

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
