//! Pages: that they say what they should. How they look is the browser's test.

use super::{five, start, store};
use crate::support::register;
use std::collections::BTreeSet;
use zhengmai::{
    link::Linker,
    query::select,
    review::{Verdict, with_rejection},
    serve::Settings,
};

pub(super) const PLAN: &str = "title/120110/2020—2021年天津市东丽区强化知识产权保护推进计划";
const SOURCE: &str = "9d7dcc97fc17472fc59ad2fc4900f759eb02c90ce489ecf97ff740c7b4d3e178";

#[test]
fn every_kind_of_page_answers_and_says_what_it_should() {
    for (path, words) in [
        (
            "/".to_owned(),
            vec!["谁落实了", "国知发运字〔2022〕47号", "39号", "文号冲突", "玉溪市强化知识产权保护的实施意见"],
        ),
        ("/search".to_owned(), vec!["天津市知识产权保护条例", "国家"]),
        (
            "/search?q=39号".to_owned(),
            vec!["2 个候选", "津市场监管办〔2020〕39号", "津市场监管办〔2021〕39号", "文号冲突"],
        ),
        ("/search?q=国知发运字[2022]47号".to_owned(), vec!["就是这份", "关于加快推动知识产权服务业高质量发展的意见"]),
        ("/search?q=市场监督管理局".to_owned(), vec!["机关", "天津市东丽区市场监督管理局"]),
        ("/search?q=没有这样的文件".to_owned(), vec!["没有找到"]),
        ("/search?q=天津市知识产权保护条列".to_owned(), vec!["相近的有", "天津市知识产权保护条例"]),
        ("/search?level=national&status=stub".to_owned(), vec!["企业知识产权管理规范"]),
        // A work that is held.
        (
            format!("/doc/work/{PLAN}"),
            vec![
                "上承",
                "下启",
                "措施与分工",
                "来源中的问题",
                "原文",
                "2021年12月31日前",
                "持续推进",
                "牵头",
                "看脉络",
            ],
        ),
        (
            "/doc/work/num/津丽知略/2021/1".to_owned(),
            vec!["著录", "津丽知略〔2021〕1号", "可信度", "field.number", "这条陈述", "网页著录块"],
        ),
        // One that is only cited.
        (
            "/doc/work/num/国知发运字/2022/47".to_owned(),
            vec!["缺文", "库中还没有这份文件的文本", "贯彻落实", "天津市加快推动知识产权服务业高质量发展若干措施"],
        ),
        // One whose number is in doubt.
        ("/doc/work/num/津市场监管办/2021/39".to_owned(), vec!["文号冲突", "津市场监管办〔2020〕39号"]),
        (format!("/doc/policy/{PLAN}"), vec!["所含文件", "主文件", "津丽知略〔2021〕1号"]),
        (
            "/doc/agency/120110/天津市东丽区市场监督管理局".to_owned(),
            vec!["承担措施", "分工负责", "负责", "2021年12月31日前"],
        ),
        ("/doc/region/120110".to_owned(), vec!["天津市东丽区", "120110", "区县"]),
        (format!("/doc/source/{SOURCE}"), vec!["来源文件", SOURCE, "植入广告", "原文"]),
        (format!("/doc/text/{SOURCE}/1"), vec!["文本", "一、完善知识产权保护制度"]),
        (
            format!("/doc/text/{SOURCE}/1/item/一/2"),
            vec!["措施", "区金融局牵头", "天津市东丽区金融工作局", "2021年12月31日前"],
        ),
        (format!("/doc/claim/{SOURCE}/310-358/citation"), vec!["引用", "贯彻落实", "主语", "宾语", "出处"]),
        (format!("/lineage/work/{PLAN}"), vec!["上承", "每个箭头的依据", "区县", "省", "待核对"]),
        (
            "/lineage/work/num/国知发运字/2022/47".to_owned(),
            vec!["贯彻落实", "天津市加快推动知识产权服务业高质量发展若干措施"],
        ),
        ("/sparql".to_owned(), vec!["textarea", "哪些政策落实了某文件"]),
        ("/sparql?name=what-implements".to_owned(), vec!["PREFIX zm:", "国知发运字/2022/47"]),
        ("/sparql?query=SELECT%20(1%20AS%20?n){}".to_owned(), vec!["1</span> 行"]),
        ("/ontology".to_owned(), vec!["政脉本体", "PolicyDocument", "贯彻落实"]),
        ("/problems".to_owned(), vec!["not-found", "timeout"]),
    ] {
        let page = five().get(&path, "text/html");
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8", "{path}");
        let text = page.text().replace("&lt;", "<").replace("&gt;", ">");
        for word in words {
            assert!(text.contains(word), "{path} does not say {word}");
        }
        bones(&path, page.text());
        let head = five().head(&path, "text/html");
        assert_eq!((head.status, head.body.len()), (200, 0), "HEAD {path}");
    }
}

/// What no page may lack: one h1, a title, a language; no id twice; no script or style in the page.
fn bones(path: &str, page: &str) {
    assert_eq!(page.matches("<h1").count(), 1, "{path}: h1");
    assert!(page.contains("<html lang=\"zh-CN\">") && page.contains("<title>") && page.contains("<main"), "{path}");
    assert!(!page.contains(" style=") && !page.contains("<style"), "{path}: a style in the page");
    let mut ids = BTreeSet::new();
    for rest in page.split(" id=\"").skip(1) {
        let id = rest.split('"').next().unwrap_or_default();
        assert!(ids.insert(id), "{path}: the id {id} twice");
    }
    for rest in page.split(" href=\"#").skip(1) {
        let id = rest.split('"').next().unwrap_or_default();
        // Of the ontology's terms some have Chinese names, which links encode.
        assert!(id.contains('%') || ids.contains(id), "{path}: a link to #{id}, which is not there");
    }
}

#[test]
fn a_document_s_text_links_every_citation_to_the_cited_work() {
    let page = five().get("/doc/work/num/津丽知略/2021/1", "text/html");
    let text = page.text().split("id=\"text\"").nth(1).expect("the text").to_owned();
    for cited in ["津市场监管办/2021/39", "津丽党办发/2021/5"] {
        let href = super::client::encoded(&format!("/doc/work/num/{cited}"));
        assert!(text.contains(&format!("href=\"{href}\"")), "{cited} is not linked");
    }
    assert!(text.contains("number_conflict"), "the finding is marked");
}

#[test]
fn the_clerk_and_the_telephone_number_are_on_no_page() {
    let reply = "/doc/source/fee4d9c0de29e848bff538fc5bdaf7e4a76a6005c05d3a0baf288f07c57a4667";
    let page = five().get(reply, "text/html");
    assert!(page.text().contains("■■■"), "what is masked shows as ■");
    assert!(page.text().contains("个人信息"), "and is a finding");
}

#[test]
fn an_arrow_has_its_sentence_and_boxes_lead_on() {
    let page = five().get(&format!("/lineage/work/{PLAN}"), "text/html");
    let (arrows, sentences) =
        (page.text().matches("data-arrow=").count(), page.text().matches("data-arrow-of=").count());
    assert!(arrows >= 6, "{arrows} arrows");
    assert_eq!(arrows, sentences);
    assert!(page.text().contains("class=\"node held focus\"") && page.text().contains("class=\"node stub\""));
}

#[test]
fn a_rejected_citation_is_gone_from_pages_and_lineage() {
    let store = store();
    // Every sentence by which something implements the district's opinion, or the notice of it.
    let claims = "PREFIX zm: <https://w3id.org/zhengmai#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT DISTINCT ?claim { ?claim a zm:Citation ; rdf:predicate zm:implements ; rdf:object ?work . ?work zm:key ?key
            FILTER (CONTAINS(?key, '津丽党办发〔2021〕5号') || CONTAINS(?key, '天津市东丽区强化知识产权保护的实施意见')) } ORDER BY ?claim";
    let claims = select(&store, claims, &[]).expect("claims");
    assert!(claims.len() > 1);
    let mut linker = Linker::load(&store, register()).expect("a linker");
    for (n, row) in claims.iter().enumerate() {
        let verdict = Verdict {
            id: format!("00000000-0000-7000-8000-00000000000{n}"),
            reason: "测试".to_owned(),
            by: "test".to_owned(),
            at: "2024-01-01T00:00:00Z".to_owned(),
        };
        let claim = row.node("claim").expect("a claim");
        let decisions = with_rejection(&store, claim, &verdict).expect("a claim");
        linker.replace_decisions(decisions).expect("a written store");
    }
    let client = start(store, Settings::default());
    let opinion = "天津市东丽区强化知识产权保护的实施意见";
    let cited = client.get(&format!("/doc/work/title/120110/{opinion}"), "text/html");
    let down = cited.text().split("id=\"down\"").nth(1).expect("what rests on it").to_owned();
    assert!(!down.contains("贯彻落实</span>"), "still rests on it");
    let lineage = client.get(&format!("/lineage/work/{PLAN}?direction=up"), "text/html");
    let list = lineage.text().split("class=\"sentences\"").nth(1).expect("sentences");
    assert!(!list.contains(&format!(">{opinion}<")), "still an arrow");
    let claim = client.get(claims[0].text("claim").strip_prefix("http://127.0.0.1:7979").expect("ours"), "text/html");
    assert_eq!(claim.status, 303);
    let claim = client.get(&claim.header("location"), "text/html");
    assert!(claim.text().contains("已被否决"), "the claim says that it is rejected");
}

#[test]
fn every_section_of_a_works_page_is_in_its_table_of_contents() {
    let works = "PREFIX zm: <https://w3id.org/zhengmai#> SELECT DISTINCT ?work { ?work zm:status zm:held }";
    let works = select(&store(), works, &[]).expect("rows");
    let mut sections = BTreeSet::new();
    for work in &works {
        let path = work.text("work").split_once("/id/").expect("a path").1.to_owned();
        let page = five().get(&format!("/doc/{path}"), "text/html");
        for section in page.text().split("<section id=\"").skip(1) {
            let id = section.split('"').next().expect("an id");
            assert!(page.text().contains(&format!("href=\"#{id}\"")), "{path} #{id}");
            sections.insert(id.to_owned());
        }
    }
    assert!(sections.contains("open") && sections.len() > 4, "{sections:?}");
}
