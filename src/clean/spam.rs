//! 植入广告 (spam): words of gambling and streaming sites in the place of the document's words.

use super::Noticed;
use crate::{
    model::{FindingCode, Severity, Span, is_han},
    register::{NoiseMatch, Register},
};

/// Words of spam from the register, each with the slot that it fills (主办:…).
pub(super) fn notice(register: &Register, text: &str) -> Noticed {
    let mut noticed = Noticed::default();
    let mut hits: Vec<Span> = register
        .noise
        .find_all(text)
        .filter(|(_, row)| row.code == FindingCode::SpamInjection && row.place == NoiseMatch::Inside)
        .map(|(span, _)| slot_around(text, span))
        .collect();
    // Of words that overlap the longest counts.
    hits.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    for span in hits {
        if noticed.blank.last().is_some_and(|last| last.overlaps(span)) {
            continue;
        }
        let message = format!("“{}”不是公文用语, 疑为植入广告占去了原文", span.of(text));
        noticed.noise(FindingCode::SpamInjection, Severity::Error, span, message);
    }
    noticed
}

/// A label's value is not longer than this, in characters.
const LONGEST_VALUE: usize = 150;

/// In a label's value (主办:…) the whole value; elsewhere the word alone.
fn slot_around(text: &str, span: Span) -> Span {
    let start = span.start as usize;
    let lead: usize = text[..start].chars().rev().take(16).take_while(|c| is_han(*c)).map(char::len_utf8).sum();
    let rest = text[span.end as usize..].chars().take(LONGEST_VALUE);
    let tail: usize = rest.take_while(|c| is_han(*c)).map(char::len_utf8).sum();
    let is_value = text[..start - lead].ends_with(':');
    if is_value { Span::new(start - lead, span.end as usize + tail) } else { span }
}
