//! 网页文字 (page chrome): navigation, share buttons, footers, editor lines.

use super::{Noticed, lines::{lines, trimmed}};
use crate::{
    model::{FindingCode, Span},
    register::{NoiseMatch, NoiseRow, Register},
};

/// A chrome line longer than this (in characters) is a paragraph that happens to start like one.
const LONGEST_LINE: usize = 120;

/// Lines of the page's own words, by the register.
pub(super) fn notice(register: &Register, text: &str) -> Noticed {
    let mut noticed = Noticed::default();
    let rows: Vec<&NoiseRow> =
        register.noise.rows.iter().filter(|row| row.code == FindingCode::PageChrome).collect();
    for (span, line) in lines(text) {
        let place = trimmed(span, line);
        let line = line.trim();
        if line.is_empty() || line.chars().nth(LONGEST_LINE).is_some() {
            continue;
        }
        let squeezed: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        let hit = rows.iter().find(|row| match row.place {
            NoiseMatch::Line => squeezed == without_blanks(&row.phrase),
            NoiseMatch::LineStart => squeezed.starts_with(&without_blanks(&row.phrase)),
            NoiseMatch::Inside => line.contains(row.phrase.as_str()),
        });
        if let Some(row) = hit {
            // The least text that shows it: a footer is long, its first words will do.
            let shown = first_words(line, 20);
            noticed.noise(row.code, row.severity, Span::new(0, shown).shifted(place.start as usize), "网页或导出程序的文字, 不是正文");
            noticed.blank.push(place);
        }
    }
    foot(text, &rows, &mut noticed);
    noticed
}

/// The page's words behind the last sentence or date of a text whose lines are lost.
fn foot(text: &str, rows: &[&NoiseRow], noticed: &mut Noticed) {
    const FOOT: usize = 160;
    let start = text.char_indices().rev().nth(FOOT).map_or(0, |(at, _)| at);
    let last_line = text.rfind('\n').map_or(0, |at| at + 1);
    let from = start.max(last_line);
    if text[last_line..].chars().nth(LONGEST_LINE).is_none() {
        return;
    }
    let ends = |at: usize| text[..at].ends_with(['。', '日', ' ', ')', '号']);
    let hits = rows.iter().filter(|row| row.phrase.chars().count() >= 3).filter_map(|row| {
        let at = from + text[from..].find(row.phrase.as_str())?;
        ends(at).then_some((at, *row))
    });
    if let Some((at, row)) = hits.min_by_key(|(at, _)| *at) {
        let shown = first_words(&text[at..], 20);
        noticed.noise(row.code, crate::model::Severity::Warn, Span::new(at, at + shown), "网页或导出程序的文字, 不是正文");
        noticed.blank.push(Span::new(at, text.len()));
    }
}

fn without_blanks(phrase: &str) -> String {
    phrase.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The length in bytes of the first `most` characters of a line.
fn first_words(line: &str, most: usize) -> usize {
    line.char_indices().nth(most).map_or(line.len(), |(end, _)| end)
}
