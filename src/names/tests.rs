use super::*;

/// Titles, short names and numbers of things.
const THINGS: &[(&str, &str, &str)] = &[
    ("关于加快推动知识产权服务业高质量发展的意见", "", "国知发运字〔2022〕47号"),
    ("天津市强化知识产权保护推进计划", "", "津市场监管办〔2021〕39号"),
    ("天津市强化知识产权保护推动计划", "", "津市场监管办〔2020〕39号"),
    ("全国经济普查条例", "", "国务院令第707号"),
    ("关于进一步提高上市公司质量的意见", "", "国发〔2020〕14号"),
    ("关于深化放管服改革的意见", "", "国发〔2020〕15号"),
    ("关于深化放管服改革的实施意见", "", "浙政发〔2020〕15号"),
    ("国家发展和改革委员会", "", ""),
    ("天津市市场监督管理委员会", "市市场监管委", ""),
    ("天津市东丽区市场监督管理局", "区市场监管局", ""),
    ("玉溪市市场监督管理局", "市市场监管局", ""),
    ("某省年度工作要点", "", ""),
    ("某省年度工作要点", "", ""),
    ("津政发〔2019〕3号", "", "津政发〔2019〕3号"),
    ("中国制造2025", "", ""),
];

fn names() -> Names {
    let list =
        |text: &str| Some(text).filter(|text| !text.is_empty()).map(str::to_owned).into_iter().collect::<Vec<_>>();
    Names::new(THINGS.iter().map(|(name, short, number)| Called {
        names: list(name),
        short: list(short),
        numbers: number.parse().into_iter().collect(),
    }))
}

#[test]
fn words_mean_what_they_fit_exactly_and_else_what_comes_near() {
    let names = names();
    for (words, best, is_exact, count) in [
        // Numbers, however they are written.
        ("国知发运字[2022]47号", "关于加快推动知识产权服务业高质量发展的意见", true, 1),
        ("国知发运字 （２０２２） 第 047 号", "关于加快推动知识产权服务业高质量发展的意见", true, 1),
        ("国务院令707号", "全国经济普查条例", true, 1),
        ("津政发[2019]3号", "津政发〔2019〕3号", true, 1),
        // Titles, with and without their number.
        ("《全国经济普查条例》", "全国经济普查条例", true, 1),
        ("全国经济普查条例（国务院令第707号）", "全国经济普查条例", true, 1),
        ("某省年度工作要点", "某省年度工作要点", true, 2),
        ("中国制造2025", "中国制造2025", true, 1),
        ("中国制造2024", "中国制造2025", false, 1),
        // A number whose title is quite another; a title whose number is another.
        ("关于进一步提高上市公司质量的意见（国务院令第707号）", "关于进一步提高上市公司质量的意见", false, 2),
        ("全国经济普查条例（国务院令第708号）", "全国经济普查条例", false, 1),
        // A slip.
        ("国知发远字〔2022〕47号", "关于加快推动知识产权服务业高质量发展的意见", false, 1),
        ("国知发运字〔2022〕48号", "关于加快推动知识产权服务业高质量发展的意见", false, 1),
        ("国知发运字〔2023〕47号", "关于加快推动知识产权服务业高质量发展的意见", false, 1),
        ("国知发运字〔3022〕47号", "关于加快推动知识产权服务业高质量发展的意见", false, 1),
        ("国令第707号", "全国经济普查条例", false, 1),
        ("津政发〔2019〕4号", "津政发〔2019〕3号", false, 1),
        ("天津市强化知识产权保护推行计划", "天津市强化知识产权保护推进计划", false, 2),
        ("关于深化放管服改革的若干意见", "关于深化放管服改革的意见", false, 2),
        ("关于深化放管服改苹的实施意见", "关于深化放管服改革的实施意见", false, 2),
        // A part.
        ("国知发运字47号", "关于加快推动知识产权服务业高质量发展的意见", false, 1),
        ("707号", "全国经济普查条例", false, 1),
        ("提高上市公司质量", "关于进一步提高上市公司质量的意见", false, 1),
        // Short names.
        ("国家发改委", "国家发展和改革委员会", false, 1),
        ("发改委", "国家发展和改革委员会", false, 1),
        ("区市场监管局", "天津市东丽区市场监督管理局", false, 2),
        ("东丽区市场监管局", "天津市东丽区市场监督管理局", false, 1),
        ("天津市市场监督管理委员会", "天津市市场监督管理委员会", true, 1),
        // Nothing.
        ("与此无关的文件", "", false, 0),
        ("号", "", false, 0),
        ("", "", false, 0),
    ] {
        let found = names.candidates(words);
        let first = found.first().map_or(("", false), |found| (THINGS[found.thing].0, found.is_exact));
        let shown: Vec<_> = found.iter().map(|found| (THINGS[found.thing].0, found.score)).collect();
        assert_eq!(
            (first, found.len() >= count, found.len().min(count)),
            ((best, is_exact), true, count),
            "{words} {shown:?}"
        );
        assert!(
            is_exact == (found.first().is_some_and(|found| (found.score - 100.0).abs() < 1e-9)),
            "{words} {shown:?}"
        );
        assert!(!is_exact || found.len() == count, "{words} {shown:?}");
        assert!(found.iter().all(|found| (LEAST..=100.0).contains(&found.score)), "{words} {shown:?}");
    }
}

#[test]
fn a_wrong_character_of_a_code_is_nearer_than_a_wrong_digit() {
    let found = names().candidates("渐政发〔2020〕15号");
    assert_eq!(THINGS[found[0].thing].2, "浙政发〔2020〕15号");
    let found = names().candidates("国发〔2020〕16号");
    assert_eq!(
        found.iter().map(|found| THINGS[found.thing].2).collect::<Vec<_>>(),
        ["国发〔2020〕14号", "国发〔2020〕15号"]
    );
}

#[test]
fn what_begins_with_words_is_found_by_name_and_by_number() {
    let names = names();
    for (words, things) in [
        ("天津市强化", "天津市强化知识产权保护推动计划 天津市强化知识产权保护推进计划"),
        ("国发[2020]", "关于进一步提高上市公司质量的意见 关于深化放管服改革的意见"),
        ("国发（2020）15", "关于深化放管服改革的意见"),
        ("国知", "关于加快推动知识产权服务业高质量发展的意见"),
        ("没有", ""),
    ] {
        let found: Vec<&str> = names.beginning(words).map(|thing| THINGS[thing].0).collect();
        assert_eq!(found.join(" "), things, "{words}");
    }
}

#[test]
fn one_wrong_character_anywhere_in_a_title_leaves_it_first_among_many() {
    let subjects = ["水利", "林业", "电力", "粮食", "旅游", "体育", "档案", "地震", "气象", "海洋"];
    let regions = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
    let title = |region: &str, subject: &str| format!("{region}省人民政府办公厅关于印发{subject}事业发展规划的通知");
    let titles: Vec<String> =
        regions.iter().flat_map(|region| subjects.iter().map(move |subject| title(region, subject))).collect();
    let names = Names::new(titles.iter().map(|title| Called { names: vec![title.clone()], ..Called::default() }));
    for (at, title) in titles.iter().enumerate().step_by(7) {
        let chars: Vec<char> = title.chars().collect();
        // Where the character is what tells two titles apart, nothing can tell them.
        for wrong in (1..chars.len()).filter(|place| !(13..15).contains(place)) {
            let mut spoilt = chars.clone();
            spoilt[wrong] = '〇';
            let spoilt: String = spoilt.into_iter().collect();
            let found = names.candidates(&spoilt);
            assert_eq!(found.first().map(|found| found.thing), Some(at), "{spoilt}");
        }
    }
}
