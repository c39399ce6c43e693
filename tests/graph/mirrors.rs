//! 镜像 (mirrors): one document on two sites, copies with a slip, and documents that only look alike.

use super::{Read, dump, ingest, nodes, read, reject, remove, select, store_of, version, withdraw, yes};
use crate::support::Faults;
use zhengmai::{query::NamedQuery, store::Store};

/// A notice as a site shows it: what stands above it, its title, its number, its year, and a slip in its text.
fn page(above: &str, title: &str, number: &str, day: &str, slip: &str) -> String {
    let items = [
        "全面摸清河道底数,建立一河一档,逐条登记断面、护岸、涵闸和排口的位置与现状",
        "实行分级管护,主要河道由市级管护,支流由区县管护,毛细河道由镇街管护到岸到段",
        "加强清淤疏浚,淤积超过规定厚度的河段应当在枯水期内完成清理,淤泥就近无害处置",
        "严格岸线管控,涉河建设项目须先行论证,占用水面的限期恢复,不得以桥代坝、以坝代闸",
        "推行网格巡查,每段河道明确一名河长和一名巡查员,发现问题当日上报,七日内处置",
        "完善资金保障,管护经费列入年度预算,按河道等级和长度核定标准,专款专用、公开使用",
    ]
    .iter()
    .enumerate()
    .map(|(n, item)| format!("{}.{item}。\n", n + 1))
    .collect::<Vec<_>>()
    .concat();
    format!(
        "{above}{title}\n{number}\n\n各区、县(市)水利局:\n为做好河道管护工作,根据{slip}《中华人民共和国水法》,现通知如下。\n{items}\n绍兴市水利局\n{day}\n"
    )
}

const TITLE: &str = "绍兴市水利局关于加强城市河道管护工作的通知";

fn site(name: &str, text: &str) -> Read {
    read(name, text.as_bytes())
}

/// The kinds of links between two works, and whether both are of one policy.
fn links(store: &Store) -> String {
    let query =
        format!("{} SELECT DISTINCT ?kind {{ ?l a zm:Link ; zm:linkKind ?kind }} ORDER BY ?kind", super::PREFIXES);
    let rows = select(store, &query, &[]).expect("rows");
    let kinds: Vec<&str> = rows.iter().map(|row| row.text("kind")).collect();
    let works = nodes(store, "?x a zm:PolicyDocument ; zm:status zm:held").len();
    let policies = nodes(store, "?w a zm:PolicyDocument ; zm:status zm:held ; zm:memberOf ?x").len();
    format!("{works} works, {policies} policies {}", kinds.join(" ")).trim_end().to_owned()
}

#[test]
fn a_document_on_two_sites_is_one_and_what_only_looks_alike_is_two() {
    let plain = page("", TITLE, "绍市水〔2021〕8号", "2021年5月9日", "");
    let rows = [
        (
            "one number, other page around it",
            page("首页 > 政策文件\n\n", TITLE, "绍市水〔2021〕8号", "2021年5月9日", ""),
            "1 works, 1 policies",
        ),
        (
            "one number, a slip in the text",
            page("", TITLE, "绍市水〔2021〕8号", "2021年5月9日", "和落实"),
            "1 works, 1 policies",
        ),
        ("the number is lost", page("", TITLE, "", "2021年5月9日", ""), "2 works, 1 policies alias near-text"),
        ("number and title are lost", page("", "", "", "2021年5月9日", ""), "2 works, 2 policies near-text"),
        ("next year's notice", page("", TITLE, "绍市水〔2022〕6号", "2022年5月9日", ""), "2 works, 2 policies"),
    ];
    let mut faults = Faults::default();
    for (name, other, expected) in &rows {
        let pair = [site("a.txt", &plain), site("b.txt", other)];
        let store = store_of(&pair);
        faults.compare(name, other, expected, &links(&store));
        let backwards = store_of([&pair[1]]);
        ingest(&backwards, [&pair[0]]);
        assert_eq!(version(&backwards), version(&store), "{name}: in either order");
    }
    faults.assert_none();
}

#[test]
fn one_text_under_two_names_is_one_work_until_someone_says_no() {
    // The number stands in the publisher's block alone, and one site has no such block.
    let body = page("", TITLE, "", "2021年5月9日", "");
    let block = format!("索引号: 11330600\n发文字号: 绍市水〔2021〕8号\n标题: {TITLE}\n\n{body}");
    let store = store_of(&[site("a.txt", &block), site("b.txt", &body)]);
    let before = version(&store);
    assert_eq!(links(&store), "2 works, 1 policies alias same-text");
    // That they are one is said twice, by name and by text: whoever denies it denies both.
    reject(&store, &nodes(&store, "?x a zm:Link")[0], "no");
    assert_eq!(links(&store), "2 works, 2 policies");
    withdraw(&store, "no");
    assert_eq!(version(&store), before);
}

#[test]
fn a_copy_that_goes_leaves_no_trace() {
    let copies: Vec<Read> = (0..5)
        .map(|n| {
            site(
                &format!("{n}.txt"),
                &page("", &format!("{TITLE}{}", ["甲", "乙", "丙", "丁", "戊"][n]), "", "2021年5月9日", ""),
            )
        })
        .collect();
    let store = store_of(&copies);
    assert!(yes(&store, "?l zm:linkKind 'near-text'"));
    for gone in 0..5 {
        remove(&store, &copies[gone].0);
        assert_eq!(dump(&store), dump(&store_of(&copies[gone + 1..])), "{gone}");
    }
}

#[test]
fn two_texts_of_one_work_that_give_two_dates_are_listed_with_their_places() {
    let number = "绍市水〔2021〕8号";
    let one = site("a.txt", &page("", TITLE, number, "2021年5月9日", ""));
    let other = site("b.txt", &page("", TITLE, number, "2021年5月19日", ""));
    let query = NamedQuery::find("which-works-have-texts-that-disagree").expect("a query").text;
    let rows = select(&store_of(&[one, other]), query, &[]).expect("rows");
    let row = |row: &zhengmai::query::Row| ["one", "oneFile", "other", "otherFile"].map(|it| row.text(it).to_owned());
    assert_eq!(rows.iter().map(row).collect::<Vec<_>>(), [["2021-05-09", "a.txt", "2021-05-19", "b.txt"]]);
}
