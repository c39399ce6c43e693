//! 标准号 (numbers of standards) beside a title: GB/T 26341-2010 is the state's, DB13/T 1 a province's.

use super::jurisdiction::NATIONAL;
use crate::{model::Span, register::Register};

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
    let is_standard = (2..=5).contains(&prefix.len())
        && rest.trim_start_matches(['/', 'T', 'Z', ' ']).starts_with(|c: char| c.is_ascii_digit())
        && rest.contains(['-', '—', '–']);
    if !is_standard {
        return None;
    }
    let place: String = rest.chars().take_while(char::is_ascii_digit).collect();
    match (prefix, place.len()) {
        ("DB", 2 | 4) => register.regions.get(&format!("{place:0<6}")).map(|region| region.code.clone()),
        _ => Some(NATIONAL.to_owned()),
    }
}

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '—' | '–' | '.' | ' ')
}
