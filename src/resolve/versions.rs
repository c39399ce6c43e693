//! 同题文件 (works of one title): what one title told is told for all its mentions, unless the file itself shows
//! that several works bear it.

use super::jurisdiction::{UNKNOWN, of_number};
use crate::{
    model::{Citation, Confidence, PartialDate, Relation, State, Work, WorkKey, dates_in},
    register::Register,
};
use std::collections::HashMap;

/// A date that tells which of several decisions is meant stands within so many characters before its title.
const NEAR: usize = 130;

/// A title that is identified at one place of the file is so at all, where its region is the same.
pub(super) fn agree(register: &Register, citations: &mut [Citation]) {
    let mut told: HashMap<String, Option<String>> = HashMap::new();
    for citation in citations.iter() {
        let (Some(title), Some(region)) = (&citation.title, told_region(register, citation)) else { continue };
        let known = told.entry(title.clone()).or_insert_with(|| Some(region.clone()));
        if known.as_ref().is_some_and(|known| *known != region) {
            *known = None;
        }
    }
    for citation in citations.iter_mut().filter(|citation| citation.state == State::Ambiguous) {
        let Some(title) = &citation.title else { continue };
        if let Some(Some(region)) = told.get(title) {
            citation.key = WorkKey::title(region, title);
            citation.state = State::Identified;
            citation.candidates = Vec::new();
            citation.confidence = Confidence::Medium;
        }
    }
}

/// A title that one number goes with in the file has that number wherever it is named without one, unless the words
/// before it tell of an older or a newer text.
pub(super) fn numbered(text: &str, citations: &mut [Citation]) {
    const OTHERS: [&str; 6] = ["原", "旧", "新", "新修订的", "修订后的", "修订前的"];
    let mut numbers: HashMap<WorkKey, Option<WorkKey>> = HashMap::new();
    for citation in citations.iter() {
        let (WorkKey::Number(_), Some(title)) = (&citation.key, &citation.alias) else { continue };
        let known = numbers.entry(title.clone()).or_insert_with(|| Some(citation.key.clone()));
        if known.as_ref().is_some_and(|known| *known != citation.key) {
            *known = None;
        }
    }
    for citation in citations.iter_mut().filter(|citation| citation.state == State::Identified) {
        let before = &text[..citation.span.start as usize];
        if OTHERS.iter().any(|word| before.ends_with(word)) {
            continue;
        }
        if let Some(Some(number)) = numbers.get(&citation.key) {
            citation.alias = Some(std::mem::replace(&mut citation.key, number.clone()));
        }
    }
}

/// The region of a citation that was told, not taken as the usual one.
fn told_region(register: &Register, citation: &Citation) -> Option<String> {
    match &citation.key {
        WorkKey::Title { region, .. } => Some(region.clone()),
        WorkKey::Number(number) => of_number(register, number),
        WorkKey::Anonymous { .. } => None,
    }
    .filter(|region| citation.state == State::Identified && region != UNKNOWN)
}

/// 《关于修改〈某条例〉的决定》 of 2004 and of 2012: one title that the file dates in two ways is no one work's.
pub(super) fn tell_apart(text: &str, citations: &mut [Citation]) {
    let mut dates: HashMap<WorkKey, Option<PartialDate>> = HashMap::new();
    for citation in citations.iter().filter(|citation| is_amending(citation)) {
        let Some(date) = date_before(text, citation.span.start as usize) else { continue };
        let known = dates.entry(citation.key.clone()).or_insert(Some(date));
        if known.is_some_and(|known| known != date) {
            *known = None;
        }
    }
    for citation in citations.iter_mut().filter(|citation| is_amending(citation)) {
        // 关于修改部分地方性法规的决定: there is one every few years.
        let is_general = citation.title.as_deref().is_some_and(|title| title.contains("部分"));
        if is_general || dates.get(&citation.key).is_some_and(Option::is_none) {
            citation.state = State::Ambiguous;
            citation.candidates = vec![citation.key.clone()];
            citation.confidence = Confidence::Low;
        }
    }
}

/// A decision to amend or repeal, without a number.
fn is_amending(citation: &Citation) -> bool {
    let title = citation.title.as_deref().unwrap_or_default();
    let amends = ["修改", "修正", "修订", "废止"].iter().any(|verb| title.contains(verb));
    amends && title.ends_with("决定") && matches!(citation.key, WorkKey::Title { .. })
}

/// The last date before a place in its sentence.
fn date_before(text: &str, at: usize) -> Option<PartialDate> {
    let from = text[..at].char_indices().rev().nth(NEAR).map_or(0, |(from, _)| from);
    let before = &text[from..at];
    let start = before
        .rfind(['\n', '。', ';', '》'])
        .map_or(0, |at| text[from + at..].chars().next().map_or(0, |c| at + c.len_utf8()));
    dates_in(&before[start..]).pop().map(|(_, date)| date)
}

/// 某条例 repeals 某条例: what a text repeals under its own title is an older version, of which no key is known.
pub(super) fn older(works: &[Work], source: &str, citations: &mut [Citation]) {
    for citation in citations.iter_mut().filter(|citation| citation.number.is_none()) {
        let Some(own) = works.get(citation.work) else { continue };
        let ends = matches!(citation.relation, Relation::Repeals | Relation::Replaces);
        let is_own = own.key == citation.key || own.aliases.contains(&citation.key);
        if ends && is_own {
            let ordinal = works.len() + 1;
            citation.key = WorkKey::Anonymous { region: own.region.clone(), source: source.to_owned(), ordinal };
            citation.alias = None;
            citation.state = State::Unidentified;
            citation.candidates = Vec::new();
            citation.confidence = Confidence::Low;
        }
    }
}
