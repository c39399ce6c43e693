//! 制定机关 (makers): whose a cited title is, from the words right before it: 国务院发布的《…》, 我市《…》.

use super::jurisdiction::{NATIONAL, of_name};
use crate::{
    model::{is_han, without_count},
    register::Register,
};

/// The words before a title that may name its maker, in characters.
const LONGEST: usize = 40;

/// What stands between a maker and a title.
const BETWEEN: [&str; 36] = [
    "的", "了", "关于", "联合", "共同", "正式", "已", "曾", "新", "最新", "重新", "印发", "转发", "批转", "发布",
    "公布", "颁布", "颁发", "下发", "发出", "出台", "制定", "制订", "修订", "修正", "通过", "批准", "实施", "施行",
    "编制", "起草", "提出", "推出", "现行", "有关", "原",
];

/// The region of the maker that the words before `start` name, in a document of `region`.
pub(super) fn region_before(register: &Register, text: &str, start: usize, region: &str) -> Option<String> {
    let words = without_verbs(run_before(&text[..start]));
    let words = without_count(words);
    if words.is_empty() {
        return None;
    }
    own_region(register, words, region).or_else(|| {
        let mut starts = words.char_indices().map(|(at, _)| words.split_at(at));
        starts.find_map(|(lead, name)| of_maker(register, lead, name, region))
    })
}

/// The Han characters, digits and 、 right before a title.
fn run_before(text: &str) -> &str {
    let text = text.trim_end();
    let is_part = |c: char| is_han(c) || c.is_ascii_digit() || c == '、';
    let start = text.char_indices().rev().take(LONGEST).take_while(|(_, c)| is_part(*c)).last();
    start.map_or("", |(at, _)| &text[at..])
}

fn without_verbs(mut words: &str) -> &str {
    while let Some(rest) = BETWEEN.iter().find_map(|verb| words.strip_suffix(verb)) {
        words = rest;
    }
    words
}

/// 我省, 本市, 我局: the document's own region; 国家, 我国: the state.
fn own_region(register: &Register, words: &str, region: &str) -> Option<String> {
    if words.ends_with("国家标准")
        || words.ends_with("行业标准")
        || words.ends_with("国家")
        || words.ends_with("我国")
        || words.ends_with("中央")
    {
        return Some(NATIONAL.to_owned());
    }
    let last = words.char_indices().rev().nth(1).map_or("", |(at, _)| &words[at..]);
    let (of_own, unit) = last.split_at(last.chars().next().map_or(0, char::len_utf8));
    if !matches!(of_own, "我" | "本") {
        return None;
    }
    match unit {
        "局" | "委" | "厅" | "办" | "院" | "部" => {
            Some(region.to_owned()).filter(|region| register.regions.get(region).is_some())
        }
        unit => {
            let chain = register.regions.chain(region);
            let own = chain.into_iter().find(|own| !unit.is_empty() && own.name.ends_with(unit));
            own.map(|own| own.code.clone())
        }
    }
}

/// The region of `name`, if all of it is a maker's: organs in a row, the first of which has one.
fn of_maker(register: &Register, lead: &str, name: &str, region: &str) -> Option<String> {
    let is_list =
        name.split('、').all(|part| register.agencies.national(part).is_some() || register.is_agency_name(part));
    if is_list {
        let first = name.split('、').next()?;
        return of_name(register, first, Some(region)).or_else(|| relative(register, lead, name, region));
    }
    // 某省《…》: the region alone.
    let found = register.regions.at_start(name, Some(region))?;
    (found.span.end as usize == name.len()).then_some(found.code)
}

/// 省科技厅, 市委: relative to the document's region, where the name starts behind a word that ends one.
fn relative(register: &Register, lead: &str, name: &str, region: &str) -> Option<String> {
    const ENDS: [&str; 22] = [
        "根据", "依据", "按照", "依照", "遵照", "贯彻", "落实", "执行", "由", "经", "对", "与", "和", "及", "、",
        "结合", "参照", "日", "月", "年", "近期", "日前",
    ];
    let stands_free = lead.is_empty() || ENDS.iter().any(|end| lead.ends_with(end));
    let unit = ["自治区", "自治州", "省", "市", "区", "县", "州"].into_iter().find(|unit| name.starts_with(unit))?;
    let chain = register.regions.chain(region);
    let own = chain.into_iter().find(|own| stands_free && own.name.ends_with(unit))?;
    Some(own.code.clone())
}
