//! 适用地区 (jurisdiction): the region whose document it is, from the surest sign to the weakest.

use super::given::Given;
use crate::{
    model::{DocNumber, Document, Level, MetadataField, Span},
    register::Register,
};
use std::collections::BTreeMap;

/// Nothing tells.
pub(super) const UNKNOWN: &str = "000000";
/// The state.
pub(super) const NATIONAL: &str = "100000";

/// The region of a document: by its number, its index number, its publisher, its signature, its titles,
/// and at last by the regions that its text names.
pub(super) fn of_document(register: &Register, text: &str, document: &Document, given: &Given) -> String {
    let parts = &document.parts;
    let value = |field| document.metadata.iter().find(|entry| entry.field == field).and_then(|entry| entry.value);
    let by_number =
        parts.first().and_then(|part| part.number.as_ref()).and_then(|number| of_number(register, &number.value));
    let numbered = given.number.as_ref().and_then(|number| of_number(register, &number.value));
    by_number
        .or(numbered)
        .or_else(|| value(MetadataField::IndexNumber).and_then(|span| of_index_number(register, span.of(text))))
        .or_else(|| value(MetadataField::Publisher).and_then(|span| of_name(register, span.of(text), None)))
        .or_else(|| {
            parts.iter().flat_map(|part| &part.signature).find_map(|span| of_name(register, span.of(text), None))
        })
        .or_else(|| parts.iter().filter_map(|part| part.title).find_map(|span| of_title(register, span.of(text), None)))
        .or_else(|| value(MetadataField::Title).and_then(|span| of_title(register, span.of(text), None)))
        .or_else(|| given.title.as_ref().and_then(|title| of_title(register, &title.value, None)))
        .or_else(|| given.agencies().find_map(|name| of_name(register, name, None)))
        .or_else(|| most_named(register, text, parts.iter().map(|part| part.body)))
        .unwrap_or_else(|| UNKNOWN.to_owned())
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
    register
        .regions
        .at_start(bare, context)
        .map(|found| found.code)
        .or_else(|| register.agencies.national_at_start(name).map(|_| NATIONAL.to_owned()))
}

/// The region that a title names: at its start, by a national body, by words of the state, anywhere.
pub(super) fn of_title(register: &Register, title: &str, context: Option<&str>) -> Option<String> {
    let title = title.trim_start_matches(['《', '〈', '<']);
    let start = title.strip_prefix("中共").filter(|rest| !rest.starts_with("中央")).unwrap_or(title);
    if let Some(found) = register.regions.at_start(start, context) {
        return Some(found.code);
    }
    let national = ["国务院", "中共中央", "中央", "中华人民共和国", "国家", "全国", "全国人民代表大会"];
    if national.iter().any(|word| title.starts_with(word)) || register.agencies.national_at_start(title).is_some() {
        return Some(NATIONAL.to_owned());
    }
    register.regions.find(title, context).map(|found| found.code).or_else(|| {
        let says_national = ["国家", "全国", "中华人民共和国", "中央"].iter().any(|word| title.contains(word));
        says_national.then(|| NATIONAL.to_owned())
    })
}

/// The region that the bodies name most, at the level that 我市, 我省, 我区 says.
fn most_named(register: &Register, text: &str, bodies: impl Iterator<Item = Span>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut own: BTreeMap<char, usize> = BTreeMap::new();
    let mut national = 0;
    for body in bodies {
        let words = body.of(text);
        national += register.agencies.count_national(words);
        for found in register.regions.find_all(words, None) {
            for region in register.regions.chain(&found.code) {
                *counts.entry(region.code.clone()).or_default() += 1;
            }
        }
        for self_word in ["我", "全", "本"] {
            for unit in ['省', '市', '区', '县', '州'] {
                let count = words.matches(&format!("{self_word}{unit}")).count();
                *own.entry(unit).or_default() += count;
            }
        }
    }
    let level = own.into_iter().filter(|(_, count)| *count > 0).max_by_key(|(_, count)| *count).map(|(unit, _)| unit);
    let fits = |code: &str| {
        let Some(region) = register.regions.get(code) else { return false };
        match level {
            Some('省') => region.level == Level::Province,
            Some(unit) => region.name.ends_with(unit),
            None => true,
        }
    };
    // The first of equals by code: regions above come before those below.
    let best = counts
        .iter()
        .filter(|(code, _)| fits(code))
        .max_by_key(|(code, count)| (**count, std::cmp::Reverse(code.as_str())));
    let Some((mut code, mut count)) = best.filter(|(_, count)| **count >= 2) else {
        return (national >= 3).then(|| NATIONAL.to_owned());
    };
    // Where nearly all of a region's mentions are of one region within it, it is that one.
    while level.is_none() {
        let within = counts.iter().filter(|(inner, _)| {
            register.regions.get(inner).is_some_and(|region| region.parent.as_deref() == Some(code.as_str()))
        });
        let Some((inner, named)) = within.max_by_key(|(inner, named)| (**named, std::cmp::Reverse(inner.as_str())))
        else {
            break;
        };
        if *named * 10 < *count * 7 {
            break;
        }
        (code, count) = (inner, named);
    }
    Some(code.clone())
}
