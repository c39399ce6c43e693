//! 网页文字 (page chrome): navigation, share buttons, footers, editor lines.

use super::{
    Noticed,
    lines::{lines, trimmed},
};
use crate::{
    model::{FindingCode, Severity, Span},
    register::{NoiseMatch, NoiseRow, Register},
};

/// A chrome line longer than this (in characters) is a paragraph that happens to start like one.
const LONGEST_LINE: usize = 120;

/// Lines of the page's own words, by the register.
pub(super) fn notice(register: &Register, text: &str) -> Noticed {
    let mut noticed = Noticed::default();
    for (span, line) in lines(text) {
        let place = trimmed(span, line);
        let line = line.trim();
        if line.is_empty() || line.chars().nth(LONGEST_LINE).is_some() {
            continue;
        }
        if let Some((row, at)) = row_of(register, line) {
            let place = Span::new(place.start as usize + at, place.end as usize);
            let line = &line[at..];
            // The least text that shows it: a footer is long, its first words will do.
            let shown = first_words(line, 20);
            noticed.noise(
                row.code,
                row.severity,
                Span::new(0, shown).shifted(place.start as usize),
                "网页或导出程序的文字, 不是正文",
            );
            noticed.blank.push(place);
        }
    }
    foot(register, text, &mut noticed);
    noticed
}

/// The word of page chrome that makes a line one, and where its chrome starts: behind the last sentence where
/// there is one. Blanks inside the line do not matter (分 享 到).
fn row_of<'a>(register: &'a Register, line: &str) -> Option<(&'a NoiseRow, usize)> {
    let chrome = |(_, row): &(Span, &'a NoiseRow)| row.code == FindingCode::PageChrome;
    let hits: Vec<(Span, &NoiseRow)> = register.noise.find_all(line).filter(chrome).collect();
    // Behind a sentence the chrome starts at its own words.
    let start = |span: Span| if line[..span.start as usize].contains('。') { span.start as usize } else { 0 };
    let written = hits.iter().filter(|(_, row)| row.place == NoiseMatch::Inside);
    if let Some(found) = written.map(|&(span, row)| (row, start(span))).min_by_key(|(_, start)| *start) {
        return Some(found);
    }
    let fits = |length: usize, (span, row): &(Span, &'a NoiseRow)| match row.place {
        NoiseMatch::Line => span.start == 0 && span.len() == length,
        NoiseMatch::LineStart => span.start == 0,
        NoiseMatch::Inside => true,
    };
    if !line.contains(char::is_whitespace) {
        return hits.into_iter().find(|hit| fits(line.len(), hit)).map(|(_, row)| (row, 0));
    }
    let squeezed: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let mut hits = register.noise.find_all(&squeezed).filter(chrome);
    hits.find(|hit| fits(squeezed.len(), hit)).map(|(_, row)| (row, 0))
}

/// The page's words behind the last sentence or date of a text whose lines are lost.
fn foot(register: &Register, text: &str, noticed: &mut Noticed) {
    const FOOT: usize = 160;
    let start = text.char_indices().rev().nth(FOOT).map_or(0, |(at, _)| at);
    let last_line = text.rfind('\n').map_or(0, |at| at + 1);
    let from = start.max(last_line);
    if text[last_line..].chars().nth(LONGEST_LINE).is_none() {
        return;
    }
    let ends = |at: usize| text[..at].ends_with(['。', '日', ' ', ')', '号']);
    let hits = register
        .noise
        .find_all(&text[from..])
        .filter(|(_, row)| row.code == FindingCode::PageChrome && row.phrase.chars().count() >= 3);
    if let Some((at, code)) = hits
        .map(|(span, row)| (from + span.start as usize, row.code))
        .filter(|(at, _)| ends(*at))
        .min_by_key(|(at, _)| *at)
    {
        let shown = first_words(&text[at..], 20);
        noticed.noise(code, Severity::Warn, Span::new(at, at + shown), "网页或导出程序的文字, 不是正文");
        noticed.blank.push(Span::new(at, text.len()));
    }
}

/// The length in bytes of the first `most` characters of a line.
fn first_words(line: &str, most: usize) -> usize {
    line.char_indices().nth(most).map_or(line.len(), |(end, _)| end)
}
