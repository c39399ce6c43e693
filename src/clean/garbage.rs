//! 乱码 (garbage): signs that are no text.

use super::{
    Noticed,
    lines::{lines, trimmed},
};
use crate::{
    model::{FindingCode, Severity, Span},
    register::Register,
};

/// Runs of question marks this long inside a line were blanks once.
const SHORTEST_RUN: usize = 3;

/// Lost blanks (`?` runs), rows of signs, left-over markup.
pub(super) fn notice(_: &Register, text: &str) -> Noticed {
    let mut noticed = Noticed::default();
    let mut row: Option<Span> = None;
    let has_lost_blanks = ['?', '\u{FFFD}', '¿'].iter().any(|c| text.contains(*c));
    let has_markup = text.contains(['&', '<']);
    for (span, line) in lines(text) {
        let place = trimmed(span, line);
        let line = line.trim();
        if is_row_of_signs(line) {
            // Rows that follow each other are one.
            row = Some(row.map_or(place, |row| Span { start: row.start, end: place.end }));
            continue;
        }
        if !line.is_empty() {
            end_row(&mut noticed, &mut row);
        }
        if !line.is_empty() && line.chars().all(is_lost_blank) {
            let severity = if line.len() > SHORTEST_RUN { Severity::Warn } else { Severity::Info };
            noticed.noise(FindingCode::GarbageRun, severity, place, "整行只有“?”: 转码时丢失的空白");
            continue;
        }
        if has_lost_blanks {
            runs_inside(&mut noticed, place, line);
        }
        if has_markup {
            markup(&mut noticed, place, line);
        }
    }
    end_row(&mut noticed, &mut row);
    noticed
}

fn end_row(noticed: &mut Noticed, row: &mut Option<Span>) {
    if let Some(span) = row.take() {
        noticed.noise(FindingCode::GarbageRun, Severity::Warn, span, "成排的符号, 不是正文");
    }
}

fn is_lost_blank(c: char) -> bool {
    matches!(c, '?' | '\u{FFFD}' | '¿')
}

/// A line of nothing but separators, or table strokes left over from a page.
fn is_row_of_signs(line: &str) -> bool {
    let is_stroke = |c: char| matches!(c, '=' | '+' | '*' | '_' | '~' | '#' | '|' | '─' | '━' | '┄');
    let long_enough = || line.chars().nth(3).is_some() || line.chars().all(|c| matches!(c, '|' | '─' | '━'));
    !line.is_empty() && line.chars().all(is_stroke) && long_enough()
}

fn runs_inside(noticed: &mut Noticed, place: Span, line: &str) {
    let mut start = None;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        match (is_lost_blank(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                if line[from..at].chars().count() >= SHORTEST_RUN {
                    let span = Span::new(from, at).shifted(place.start as usize);
                    noticed.noise(FindingCode::GarbageRun, Severity::Warn, span, "成串的“?”: 转码时丢失的字符");
                }
                start = None;
            }
            _ => (),
        }
    }
}

/// Entities and tags of HTML that stand in a text.
fn markup(noticed: &mut Noticed, place: Span, line: &str) {
    const LEFT_OVER: [&str; 12] =
        ["&nbsp;", "&ldquo;", "&rdquo;", "&amp;", "&lt;", "&gt;", "<br>", "<br/>", "<p>", "</p>", "</span>", "</div>"];
    for words in LEFT_OVER {
        for (at, _) in line.match_indices(words) {
            let span = Span::new(at, at + words.len()).shifted(place.start as usize);
            noticed.noise(FindingCode::GarbageRun, Severity::Warn, span, "残留的网页标记");
        }
    }
}
