//! 适用地区 (jurisdiction): the region whose document it is, from the surest sign to the weakest.

use super::{given::Given, named::most_named};
use crate::{
    model::{DocNumber, Document, MetadataField, Span, is_han},
    register::Register,
};

/// Nothing tells.
pub(super) const UNKNOWN: &str = "000000";
/// A branch's name behind its region is not longer, in characters.
const LONGEST_BRANCH: usize = 12;
/// The state.
pub(super) const NATIONAL: &str = "100000";

/// The region of a document: by the head of its title, its number, its index number, its signature, its publisher,
/// who adopted it, its opening, its other titles, and at last by the regions that its text names.
pub(super) fn of_document(register: &Register, text: &str, document: &Document, given: &Given) -> String {
    let parts = &document.parts;
    let value = |field| document.metadata.iter().find(|entry| entry.field == field).and_then(|entry| entry.value);
    let own = parts.first().and_then(|part| part.title).or_else(|| value(MetadataField::Title));
    let of_name = |span: Span| of_name(register, span.of(text), None);
    let bodies: Vec<Span> = parts.iter().map(|part| part.body).collect();
    own.and_then(|title| of_organ_at_head(register, title.of(text)))
        .or_else(|| {
            parts.first().and_then(|part| part.number.as_ref()).and_then(|number| of_number(register, &number.value))
        })
        .or_else(|| given.number.as_ref().and_then(|number| of_number(register, &number.value)))
        .or_else(|| value(MetadataField::IndexNumber).and_then(|span| of_index_number(register, span.of(text))))
        .or_else(|| parts.iter().flat_map(|part| part.signature.iter().copied()).find_map(of_name))
        .or_else(|| value(MetadataField::Publisher).and_then(of_name))
        .or_else(|| parts.first().and_then(|part| of_adopter(register, part.span.of(text))))
        .or_else(|| of_opening(register, text, document).filter(|_| own.is_none()))
        .or_else(|| parts.iter().filter_map(|part| part.title).find_map(|span| of_title(register, span.of(text), None)))
        .or_else(|| value(MetadataField::Title).and_then(|span| of_title(register, span.of(text), None)))
        .or_else(|| given.title.as_ref().and_then(|title| of_title(register, &title.value, None)))
        .or_else(|| given.agencies().find_map(|name| self::of_name(register, name, None)))
        .or_else(|| most_named(register, text, &bodies))
        .unwrap_or_else(|| UNKNOWN.to_owned())
}

/// The region, or the organ of the state, that a title starts with.
fn of_organ_at_head(register: &Register, title: &str) -> Option<String> {
    let title = title.trim_start_matches(['《', '〈', '<']);
    let start = title.strip_prefix("中共").filter(|rest| !rest.starts_with("中央")).unwrap_or(title);
    let region = register.regions.at_start(start, None).map(|found| found.code);
    region.or_else(|| register.regions.city_at_start(start).map(|city| city.code.clone())).or_else(|| {
        let is_national = title.starts_with("中华人民共和国") || title.starts_with("全国人民代表大会");
        if is_national { Some(NATIONAL.to_owned()) } else { of_national_organ(register, title) }
    })
}

/// 国务院办公厅: the state; 国家税务总局某省税务局: the region of the branch.
pub(super) fn of_national_organ(register: &Register, name: &str) -> Option<String> {
    let (_, length) = register.agencies.national_at_start(name)?;
    let rest = &name[length..];
    let branch = register.regions.at_start(rest, None).filter(|found| {
        let own = &rest[found.span.end as usize..];
        let mut ends = own.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST_BRANCH);
        // 中国人民银行上海总部 is the state's.
        !own.starts_with("总部") && ends.any(|end| register.is_agency_name(&own[..end]))
    });
    Some(branch.map_or_else(|| NATIONAL.to_owned(), |found| found.code))
}

/// 某省第十三届人民代表大会常务委员会第十次会议通过, above the first article: the assembly or the organ that adopted
/// the text.
fn of_adopter(register: &Register, text: &str) -> Option<String> {
    const ASSEMBLY: &str = "人民代表大会";
    const ADOPTED: [&str; 8] = ["通过", "批准", "公布", "发布", "施行", "修正", "修订", "印发"];
    let head = text.char_indices().nth(800).map_or(text, |(end, _)| &text[..end]);
    let head = head.find("第一条").map_or(head, |end| &head[..end]);
    let by_assembly = head.match_indices(ASSEMBLY).find_map(|(at, _)| {
        let rest = &head[at..];
        let line = rest.find(['\n', '。']).map_or(rest, |end| &rest[..end]);
        let before = &head[..at];
        let start = before
            .rfind(|c: char| !is_han(c))
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        let name = before[start..].trim_start_matches("日");
        if !line.contains("通过") && !line.contains("批准") {
            return None;
        }
        let region = register.regions.at_start(name, None).map(|found| found.code);
        region.or_else(|| name.contains("全国").then(|| NATIONAL.to_owned()))
    });
    // 2001年10月25日 国务院令第320号公布.
    let dated = |line: &&str| {
        let ends = line.trim_end_matches([')', '\u{3000}']);
        line.trim_start_matches('(').starts_with(|c: char| c.is_ascii_digit())
            && !line.contains('。')
            && ADOPTED.iter().any(|end| ends.ends_with(end))
    };
    let mut makers = head.lines().map(str::trim).filter(dated).map(without_date);
    by_assembly.or_else(|| makers.find_map(|maker| of_organ_at_head(register, maker)))
}

/// 某省出台十条措施; 4月3日,某市发布…: the region that a text without title opens with, unless it addresses it.
fn of_opening(register: &Register, text: &str, document: &Document) -> Option<String> {
    const OPENING: usize = 60;
    let part = document.parts.first().filter(|part| part.addressees.is_empty())?;
    let words = part.span.of(text);
    let opening = words.char_indices().nth(OPENING).map_or(words, |(end, _)| &words[..end]);
    let opening = without_date(opening);
    let addresses = opening.contains(':')
        || opening.contains(",各")
        || ["北京时间", "新华社"].iter().any(|word| opening.starts_with(word));
    of_organ_at_head(register, opening).filter(|_| !addresses)
}

/// The words behind a date and the signs around it.
fn without_date(mut words: &str) -> &str {
    loop {
        let rest = words.trim_start_matches(|c: char| c.is_whitespace() || "|【[(,-:)".contains(c));
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_number = behind.len() < rest.len();
        let next = if is_number { behind.strip_prefix(['年', '月', '日']).unwrap_or(behind) } else { rest };
        if next.len() == words.len() {
            return words;
        }
        words = next;
    }
}

/// The region of the organ that numbers so.
pub(super) fn of_number(register: &Register, number: &DocNumber) -> Option<String> {
    let codes = register.issuer_codes.longest_prefix(&number.code);
    let exact = codes.first().is_some_and(|code| code.code == number.code);
    let by_characters = register.regions.of_code(&number.code).map(|region| region.code.clone());
    let first = codes.first()?;
    let agree = codes.iter().all(|code| code.region == first.region);
    match (agree, exact) {
        (true, true) => Some(first.region.clone()),
        // A longer code that begins like a registered one belongs to the same region where its own
        // characters do not say otherwise: 国知发保字 like 国知发.
        (true, false) => by_characters.or_else(|| Some(first.region.clone())),
        (false, _) => None,
    }
    .or_else(|| order_issuer(register, number))
}

/// 国务院令, 国家税务总局公告: the organ is named in full.
fn order_issuer(register: &Register, number: &DocNumber) -> Option<String> {
    register.agencies.national_at_start(&number.code).map(|_| NATIONAL.to_owned())
}

/// 11120110MB1923237B/2022-00002: characters 3 to 8 of a unified social credit code are the region.
fn of_index_number(register: &Register, index: &str) -> Option<String> {
    let code = index.split(['/', '-']).next()?;
    let region = code.get(2..8).filter(|_| code.len() == 18)?;
    register.regions.get(region).map(|region| region.code.clone())
}

/// The region that an agency's full name starts with; the state for national bodies.
pub(super) fn of_name(register: &Register, name: &str, context: Option<&str>) -> Option<String> {
    let bare = name.strip_prefix("中共").filter(|rest| !rest.starts_with("中央")).unwrap_or(name);
    let region = register.regions.at_start(bare, context).map(|found| found.code);
    region
        .or_else(|| register.regions.city_at_start(bare).map(|city| city.code.clone()))
        .or_else(|| of_national_organ(register, name))
}

/// The region that a title names: at its head, or anywhere.
pub(super) fn of_title(register: &Register, title: &str, context: Option<&str>) -> Option<String> {
    of_title_head(register, title, context).or_else(|| in_title(register, title, context))
}

/// The region that a title names at its head, by a national body or by words of the state.
pub(super) fn of_title_head(register: &Register, title: &str, context: Option<&str>) -> Option<String> {
    const OF_THE_STATE: [&str; 8] =
        ["国务院", "中共中央", "中央", "中华人民共和国", "国家", "全国", "中国", "刑法修正案"];
    let title = title.trim_start_matches(['《', '〈', '<']);
    let start = title.strip_prefix("中共").filter(|rest| !rest.starts_with("中央")).unwrap_or(title);
    if let Some(found) = register.regions.at_start(start, context) {
        return Some(found.code);
    }
    if let Some(city) = register.regions.city_at_start(start) {
        return Some(city.code.clone());
    }
    // 中国(某省)自由贸易试验区条例 is that province's.
    let is_national = OF_THE_STATE.iter().any(|word| title.starts_with(word)) && !title.starts_with("中国(");
    of_national_organ(register, title).or_else(|| is_national.then(|| NATIONAL.to_owned()))
}

/// The region that a title names anywhere: 关于支持某市…的意见.
pub(super) fn in_title(register: &Register, title: &str, context: Option<&str>) -> Option<String> {
    let region = register.regions.find(title, context).map(|found| found.code);
    region.or_else(|| {
        let says_national = ["国家", "全国", "中华人民共和国", "中央"].iter().any(|word| title.contains(word));
        says_national.then(|| NATIONAL.to_owned())
    })
}
