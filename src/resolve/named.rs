//! 文中地名 (regions named in a text): what they tell of the region whose document it is, where nothing surer does.

use super::jurisdiction::NATIONAL;
use crate::{
    model::{Level, Places, Span, is_han},
    register::Register,
};
use std::collections::BTreeMap;

/// How often a region and those within it are named.
#[derive(Default)]
struct Named {
    /// All times.
    count: usize,
    /// Not in what the text is based on: 根据《某省条例》 tells little of whose document it is.
    free: usize,
    /// With an organ's name behind it: 某市人民政府.
    organs: usize,
    /// In a title: 《某省条例》.
    titled: usize,
}

/// The region that the bodies name most, at the level that 我市, 我省, 我区 says.
pub(super) fn most_named(register: &Register, text: &str, bodies: &[Span]) -> Option<String> {
    let mut named: BTreeMap<String, Named> = BTreeMap::new();
    let mut national = 0;
    let own = own_levels(text, bodies);
    for body in bodies {
        let words = body.of(text);
        national += register.agencies.count_national(words);
        count(register, words, !own.is_empty(), &mut named);
    }
    if own.is_empty() {
        return within(register, &named, national).or_else(|| (national >= 3).then(|| NATIONAL.to_owned()));
    }
    own.into_iter().find_map(|unit| at_level(register, &named, unit))
}

/// Counts the regions that `words` name. O(length).
fn count(register: &Register, words: &str, says_own: bool, named: &mut BTreeMap<String, Named>) {
    let basis = bases(words);
    for found in register.regions.find_all(words, None) {
        let behind = &words[found.span.end as usize..];
        if !stands_free(register, words, found.span, &found.code, says_own) {
            continue;
        }
        let is_basis = basis.overlap(found.span);
        for region in register.regions.chain(&found.code) {
            let entry = named.entry(region.code.clone()).or_default();
            entry.count += 1;
            entry.free += usize::from(!is_basis);
            entry.titled += usize::from(stands_in_title(behind));
            entry.organs += usize::from(!is_basis && region.code == found.code && names_organ(register, behind));
        }
    }
}

/// Whether a title closes behind a name before another opens.
fn stands_in_title(behind: &str) -> bool {
    /// No title goes on for longer, in characters.
    const LONGEST: usize = 120;
    behind.chars().take(LONGEST).find(|c| matches!(c, '《' | '》' | '\n')) == Some('》')
}

/// Whether a name is one: a county's alone only between boundaries or behind its city's, and where the text does
/// not say 我县; never with 级 or 域 behind it.
fn stands_free(register: &Register, words: &str, place: Span, code: &str, says_own: bool) -> bool {
    let Some(region) = register.regions.get(code).filter(|region| region.level == Level::County) else { return true };
    let (before, behind) = (&words[..place.start as usize], &words[place.end as usize..]);
    let city = region.parent.as_deref().and_then(|code| register.regions.get(code));
    let has_levels = place.of(words).len() > region.name.len()
        || city.is_some_and(|city| before.ends_with(city.short_name()) || before.ends_with(&city.name));
    let bounded = says_own
        || before
            .chars()
            .next_back()
            .is_none_or(|c| !is_han(c) || "在于到由对与及和为将据入从向括盖含市省州区县".contains(c));
    let is_name = region.name.chars().nth(2).is_some() && !behind.starts_with(['级', '域', '(']);
    let is_long = region.name.chars().nth(4).is_some();
    has_levels || is_long || (bounded && is_name)
}

/// Whether `behind` begins with the rest of an organ's name: 人民政府, 住房公积金管理中心.
fn names_organ(register: &Register, behind: &str) -> bool {
    let end = behind.char_indices().take(16).take_while(|(_, c)| is_han(*c));
    let mut ends = end.filter(|(_, c)| "局厅委会府部办院心".contains(*c)).map(|(at, c)| at + c.len_utf8());
    ends.any(|end| register.is_agency_name(&behind[..end]))
}

/// The titles of what a text is based on: those behind 根据, 依据 in its sentence.
fn bases(words: &str) -> Places {
    const BASED: [&str; 5] = ["根据", "依据", "依照", "按照", "遵照"];
    let (mut based, mut open, mut found) = (false, None, Vec::new());
    for (at, c) in words.char_indices() {
        match c {
            '。' | '\n' => (based, open) = (false, None),
            '《' => open = open.or(Some(at)),
            '》' => {
                if let Some(start) = open.take().filter(|_| based) {
                    found.push(Span::new(start, at + c.len_utf8()));
                }
            }
            '根' | '依' | '按' | '遵' => based |= BASED.iter().any(|word| words[at..].starts_with(word)),
            _ => (),
        }
    }
    found.into_iter().collect()
}

/// 省 where the text says 我省 or 本省, 市 where it says 我市; what it says most comes first.
fn own_levels(text: &str, bodies: &[Span]) -> Vec<char> {
    let mut own: BTreeMap<char, usize> = BTreeMap::new();
    for body in bodies {
        let words = body.of(text);
        for (at, word) in ["我", "全", "本"].iter().flat_map(|word| words.match_indices(*word)) {
            let rest = &words[at + word.len()..];
            // 本区域, 全市场 mean none.
            let is_other = rest.starts_with("区域") || rest.starts_with("市场");
            let unit = rest.chars().next().filter(|unit| !is_other && "省市区县州".contains(*unit));
            if let Some(unit) = unit {
                *own.entry(unit).or_default() += 1;
            }
        }
    }
    let mut levels: Vec<(char, usize)> = own.into_iter().collect();
    levels.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    levels.into_iter().map(|(unit, _)| unit).collect()
}

/// The region of the level that `unit` says: the most named one, named twice or with an organ; or the one
/// province that the text names at all, in a title.
fn at_level(register: &Register, named: &BTreeMap<String, Named>, unit: char) -> Option<String> {
    let fits = |code: &str| {
        register.regions.get(code).is_some_and(|region| match unit {
            '省' => region.level == Level::Province && region.name.ends_with('省'),
            unit => region.name.ends_with(unit),
        })
    };
    let fitting: Vec<(&String, &Named)> = named.iter().filter(|(code, _)| fits(code)).collect();
    // The first of equals by code: regions above come before those below.
    let most = fitting.iter().max_by_key(|(code, named)| (named.free, named.organs, std::cmp::Reverse(code.as_str())));
    let sure = most.filter(|(_, named)| named.free >= 2 || named.organs > 0);
    let only = fitting.first().filter(|(_, named)| unit == '省' && fitting.len() == 1 && named.titled > 0);
    sure.or(only).map(|(code, _)| (*code).clone())
}

/// The most named region, if most mentions are of it and the state's organs are not named far more; where nearly
/// all of its mentions are of one region within it, that one.
fn within(register: &Register, named: &BTreeMap<String, Named>, national: usize) -> Option<String> {
    let free = |code: &str| named.get(code).map_or(0, |named| named.free);
    let most = named.keys().max_by_key(|code| (free(code), std::cmp::Reverse(code.as_str())))?;
    let is_province = |code: &&String| register.regions.get(code).is_some_and(|region| region.level == Level::Province);
    let all: usize = named.keys().filter(is_province).map(|code| free(code)).sum();
    let names_organ = |code: &str| named.get(code).is_some_and(|named| named.organs > 0);
    let is_most =
        |code: &&String| (free(code) >= 2 || names_organ(code)) && free(code) * 2 > all && free(code) * 2 >= national;
    let mut code = Some(most).filter(is_most)?;
    loop {
        let inner = named.keys().filter(|inner| {
            register.regions.get(inner).is_some_and(|region| region.parent.as_deref() == Some(code.as_str()))
        });
        let most = inner.max_by_key(|inner| (free(inner), std::cmp::Reverse(inner.as_str())));
        match most.filter(|inner| free(inner) * 10 >= free(code) * 7) {
            Some(inner) => code = inner,
            None => return Some(code.clone()),
        }
    }
}
