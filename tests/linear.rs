//! The time that reading takes grows with the length of the text, whatever the text is made of.

use crate::support::{documents, quads, register, source};
use std::time::Instant;
use zhengmai::{model::Source, pipeline::process, record::record};

/// Sizes in bytes that are compared: four times the text may take four times as long, not sixteen times.
const SMALL: usize = 100_000;
const LARGE: usize = 400_000;
/// What is left for noise of the clock and for caches.
const MOST: f64 = 8.0;
/// Seconds below which the clock says little.
const LEAST: f64 = 0.25;

/// What hostile or merely long texts repeat. `{n}` becomes a running number, so that no two are the same.
const UNITS: [&str; 62] = [
    "《某市第{n}号管理办法》",
    "落实《某市管理办法{n}》",
    "贯彻落实《某市知识产权强市建设实施方案{n}》和",
    "《甲乙丙丁戊己庚辛壬癸子丑{n}》(国发〔2021〕{n}号)",
    "《同一个很长很长的管理办法》(国发〔2021〕{n}号)",
    "《甲办法》(",
    "《甲办法》(以下简称",
    "《甲办法{n}》(以下简称《办法{n}》)按照《办法{n}》",
    "《关于印发《关于印发〈甲办法{n}〉的通知》的通知》",
    "《不动产权证书》《甲{n}》〈乙〉",
    "《",
    "《<",
    "《甲<乙",
    "〈",
    "《未关的标题{n}",
    "国发〔2021〕{n}号",
    "根据国发〔2021〕{n}号",
    "某某办函〔2021〕{n}号、",
    "第{n}号",
    "号",
    "根据",
    "贯彻落实",
    "废止",
    "现印发给你们",
    "修订",
    "以下简称",
    "市教育局(以下简称“教育{n}”)由教育{n}负责",
    "研究制定",
    "签订某某与某某合作备忘录{n}",
    "签署",
    "提出的关于甲的提案",
    "自",
    "自2021年1月1日起施行",
    "有效期至2021年1月{n}日",
    "2021年1月1日",
    "2021年12月底前完成",
    "到2025年",
    "到2025年,某某产值达到{n}亿元、专利拥有量达到{n}件,",
    "每年不少于{n}次",
    "达到{n}家",
    "(市教育局牵头,市财政局配合)",
    "(市某{n}局牵头,区某{n}局配合;2021年12月底前完成)",
    "(",
    "((",
    "责任单位:市教育局\n",
    "\n1.市某{n}局要推进某事,2021年12月底前完成。",
    "\n一、(一)1.(1)",
    "1.",
    "第一条第二款",
    "市教育局、",
    "市某{n}局、",
    "天津市东丽区",
    "名称:某某\n",
    "名称:",
    "联系电话:",
    "联系人:张三",
    "13812345678 ",
    "中超直播",
    "主办:某某",
    "???",
    "附件{n}\n",
    "〔甲乙丙丁{n}〕",
];

/// Between two units: nothing, a comma, a stop, a line end, a blank.
const JOINS: [&str; 5] = ["", ",", "。", "\n", "  "];

/// Above the units: a title that tells whose the text is, or nothing, so that the text itself must tell.
const HEADS: [&str; 2] = ["天津市人民政府关于某事的通知\n", ""];

fn repeated(head: &str, unit: &str, join: &str, size: usize) -> Source {
    let mut text = head.to_owned();
    let mut n = 0;
    while text.len() < size {
        n += 1;
        text.push_str(&unit.replace("{n}", &n.to_string()));
        text.push_str(join);
    }
    source(&text)
}

/// The least of two.
fn seconds(source: &Source) -> f64 {
    let once = || {
        let start = Instant::now();
        let checked = process(register(), source);
        let _ = record(source, &checked);
        let _ = quads(source);
        start.elapsed().as_secs_f64()
    };
    once().min(once())
}

#[test]
#[ignore = "measures time; make verify"]
fn reading_takes_time_in_proportion_to_the_length() {
    let mut faults = Vec::new();
    let mut measure = |name: &str, small: &Source, large: &Source| {
        let one = seconds(small);
        // The larger text of something that takes minutes is not waited for.
        let four = if one > 2.0 { f64::INFINITY } else { seconds(large) };
        if four > LEAST && four > one * MOST {
            faults.push(format!("{name:?}: {one:.3} s, four times as much {four:.3} s"));
        }
    };
    for unit in UNITS {
        for (head, join) in HEADS.into_iter().flat_map(|head| JOINS.map(|join| (head, join))) {
            let of_size = |size| repeated(head, unit, join, size);
            measure(&format!("{head}{unit}{join}"), &of_size(SMALL), &of_size(LARGE));
        }
    }
    for (name, bytes) in documents() {
        let text = String::from_utf8(bytes).expect("UTF-8");
        measure(&name, &repeated("", &text, "\n", SMALL), &repeated("", &text, "\n", LARGE));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
