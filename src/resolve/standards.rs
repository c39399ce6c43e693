//! 标准号 (numbers of standards) beside a title: GB/T 26341-2010 is the state's, DB13/T 1 a province's.

use super::jurisdiction::NATIONAL;
use crate::{model::Span, register::Register};

/// Codes of national and industry standards that are known without their year.
const KNOWN: [&str; 28] = [
    "GB", "GBJ", "GBZ", "AQ", "CJ", "CJJ", "DL", "GA", "HJ", "JB", "JG", "JGJ", "JR", "JT", "JTG", "LY", "MT", "MZ",
    "NY", "QX", "RB", "SL", "SN", "TB", "TD", "WS", "YD", "YY",
];

/// The region of the standard whose number stands in the title, behind it or before it.
pub(super) fn region_beside(register: &Register, text: &str, span: Span, title: &str) -> Option<String> {
    let (before, behind) = (&text[..span.start as usize], &text[span.end as usize..]);
    let inside = title.rfind('(').map(|open| &title[open + 1..]);
    let behind = behind.trim_start_matches([' ', '(', '[']);
    inside.into_iter().chain([behind]).find_map(|words| at_start(register, words)).or_else(|| {
        let before = before.trim_end();
        let start = before.char_indices().rev().take(24).take_while(|(_, c)| is_part(*c)).last()?.0;
        at_start(register, before[start..].trim_start())
    })
}

/// The region of the number that `words` start with: two letters or more, perhaps /T, digits, a dash, a year.
fn at_start(register: &Register, words: &str) -> Option<String> {
    let end = words.find(|c: char| !is_part(c)).unwrap_or(words.len());
    let number = &words[..end];
    let letters = number.find(|c: char| !c.is_ascii_uppercase())?;
    let (prefix, rest) = number.split_at(letters);
    let digits = rest.trim_start_matches(['/', 'T', 'Z', ' ']);
    let has_year = rest.contains(['-', '—', '–', '一']) && (2..=5).contains(&prefix.len());
    let is_known = KNOWN.contains(&prefix) && digits.chars().nth(2).is_some();
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || !(has_year || is_known) {
        return None;
    }
    let place: String = rest.chars().take_while(char::is_ascii_digit).collect();
    match (prefix, place.len()) {
        ("DB", 2 | 4) => register.regions.get(&format!("{place:0<6}")).map(|region| region.code.clone()),
        _ => Some(NATIONAL.to_owned()),
    }
}

fn is_part(c: char) -> bool {
    // 一 stands for a dash in scanned texts: GB11806一89.
    c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '—' | '–' | '一' | '.' | ' ')
}
