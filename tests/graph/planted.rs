//! Citations whose target is there, written in the ways in which it is cited: each must find it, and none another.

use super::{PREFIXES, Read, read, store_of};
use crate::support::Faults;
use zhengmai::query::select;

/// 发文机关, title without it, 发文字号, what cites it: works of every level, some that carry another.
const WORKS: [(&str, &str, &str, &str); 20] = [
    ("国务院", "关于加强山塘水库安全管理的意见", "国发〔2019〕31号", "浙江省水利厅"),
    ("国务院办公厅", "关于推进乡村邮路延伸的指导意见", "国办发〔2020〕12号", "河北省商务厅"),
    ("财政部", "关于印发《丘陵地区农机补贴资金管理办法》的通知", "财农〔2021〕17号", "江西省财政厅"),
    ("教育部", "关于规范校园气象站建设的通知", "教基函〔2018〕44号", "湖北省教育厅"),
    ("国家知识产权局", "关于开展老字号商标清理的通知", "国知发运字〔2022〕61号", "天津市知识产权局"),
    ("浙江省人民政府", "关于支持海岛渔村民宿发展的若干意见", "浙政发〔2017〕28号", "舟山市文化和旅游局"),
    ("浙江省人民政府办公厅", "关于印发《浙江省竹产业振兴行动方案》的通知", "浙政办发〔2021〕33号", "湖州市林业局"),
    ("江西省人民政府", "关于加快脐橙品种改良的实施意见", "赣府发〔2016〕19号", "赣州市农业农村局"),
    ("河北省人民政府办公厅", "关于加强地下水超采治理考核的通知", "冀政办字〔2019〕52号", "衡水市水务局"),
    ("湖南省人民政府", "关于公布第三批省级古道名录的通知", "湘政发〔2020〕11号", "怀化市文化旅游广电体育局"),
    ("广东省农业农村厅", "关于印发《荔枝低温冷链设施建设补助办法》的通知", "粤农农〔2022〕73号", "茂名市农业农村局"),
    (
        "天津市人民政府办公厅",
        "关于推动滨海盐田生态修复的实施意见",
        "津政办发〔2021〕27号",
        "天津市滨海新区人民政府办公室",
    ),
    ("绍兴市人民政府", "关于进一步加强古桥保护工作的意见", "绍政发〔2019〕8号", "绍兴市越城区人民政府办公室"),
    (
        "长沙市人民政府办公厅",
        "关于印发《长沙市老旧电梯更新三年计划》的通知",
        "长政办发〔2022〕18号",
        "长沙市岳麓区住房和城乡建设局",
    ),
    ("赣州市人民政府", "关于做好红壤坡地水土保持工作的通知", "赣市府发〔2020〕15号", "赣州市南康区水利局"),
    ("武汉市人民政府", "关于支持长江游轮旅游发展的若干措施", "武政规〔2021〕6号", "武汉市江岸区文化和旅游局"),
    ("成都市人民政府办公厅", "关于推进锦江夜游码头整治的通知", "成办发〔2018〕40号", "成都市锦江区人民政府办公室"),
    ("福建省人民政府", "关于扶持土楼修缮工匠培养的意见", "闽政〔2018〕9号", "龙岩市住房和城乡建设局"),
    (
        "宁德市人民政府办公室",
        "关于印发《宁德市大黄鱼种质资源保护规划》的通知",
        "宁政办〔2022〕30号",
        "宁德市蕉城区农业农村局",
    ),
    ("陕西省人民政府", "关于秦岭北麓峪道封育管护的意见", "陕政发〔2017〕22号", "西安市林业局"),
];

/// The text of a work.
fn held(issuer: &str, title: &str, number: &str) -> Read {
    let carried = title.split_once('《').and_then(|(_, rest)| rest.split_once('》')).map(|(inner, _)| inner);
    let body = carried.map_or_else(
        || "一、统一认识。各单位要加强领导。\n二、抓好落实。各单位要按时报送进展。".to_owned(),
        |inner| format!("现将《{inner}》印发给你们,请认真贯彻执行。"),
    );
    let annex = carried.map_or_else(String::new, |inner| {
        format!("\n{inner}\n\n一、总体要求。为做好有关工作,制定本文件。\n二、主要任务。各单位要落实责任。\n")
    });
    let text = format!("{issuer}{title}\n\n{number}\n\n各有关单位:\n{body}\n\n{issuer}\n2022年12月1日\n{annex}");
    read(&format!("{number}.txt"), text.as_bytes())
}

/// A text that cites one in some words.
fn citing(by: &str, way: &str, words: &str) -> Read {
    let text = format!(
        "{by}关于做好有关工作的通知({way})\n\n各有关单位:\n{words},现将有关事项通知如下。\n一、加强学习。\n\n{by}\n2024年6月1日\n"
    );
    read(&format!("{by}{way}.txt"), text.as_bytes())
}

/// The ways in which a work is cited: what each is called, and the words.
fn ways(at: usize, issuer: &str, title: &str, number: &str) -> Vec<(&'static str, String)> {
    const BRACKETS: [(&str, &str); 6] =
        [("[", "]"), ("(", ")"), ("【", "】"), ("［", "］"), ("﹝", "﹞"), ("〖", "〗")];
    let (open, close) = BRACKETS[at % BRACKETS.len()];
    let varied = number.replace('〔', open).replace('〕', close);
    let nested = title.replace('《', "〈").replace('》', "〉");
    let mut ways = vec![
        ("以文号", format!("根据{varied}文件精神")),
        ("以标题", format!("为贯彻落实《{issuer}{nested}》")),
        ("不写机关", format!("为贯彻落实《{nested}》")),
        ("以简称", format!("按照《{issuer}{nested}》(以下简称《文件》)要求,严格落实《文件》")),
        ("机关在前", format!("根据{issuer}《{nested}》精神")),
    ];
    if let Some((_, inner)) = title.split_once('《') {
        ways.push(("所附文件", format!("为贯彻落实《{}》", inner.trim_end_matches("》的通知"))));
    }
    ways
}

#[test]
fn what_is_cited_is_found_in_whatever_way_it_is_cited_and_nothing_else() {
    let mut sources = Vec::new();
    let mut planted: Vec<(String, String, &str)> = Vec::new();
    for (at, (issuer, title, number, by)) in WORKS.iter().enumerate() {
        sources.push(held(issuer, title, number));
        for (way, words) in ways(at, issuer, title, number) {
            sources.push(citing(by, &format!("{at}{way}"), &words));
            planted.push((format!("{by}{at}{way}.txt"), words, *number));
        }
    }
    let store = store_of(&sources);
    let query = format!(
        "{PREFIXES} SELECT DISTINCT ?file ?number {{ ?c a zm:Citation ; zm:inSource/zm:fileName ?file ; rdf:object/zm:memberOf ?policy .
         ?policy eli:number ?number }}"
    );
    let rows = select(&store, &query, &[]).expect("rows");
    let mut faults = Faults::default();
    for (file, words, number) in &planted {
        let found: Vec<&str> =
            rows.iter().filter(|row| row.text("file") == file).map(|row| row.text("number")).collect();
        faults.compare(file, words, number, &found.join(" "));
    }
    faults.assert_none();
}
