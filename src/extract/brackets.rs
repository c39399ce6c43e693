//! 书名号: every bracketed title with those inside it.

use crate::model::{Finding, FindingCode, Severity, Span};

/// A title in brackets.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Bracketed {
    /// With its brackets.
    pub(super) span: Span,
    /// Without them.
    pub(super) inner: Span,
    /// Index of the enclosing one.
    pub(super) parent: Option<usize>,
}

/// A title longer than this (in characters) is no title: its closing bracket is missing.
const LONGEST_TITLE: usize = 120;

/// Every 《…》, and every 《…》, 〈…〉, <…> inside one, an enclosing one before those inside it. O(n).
///
/// An opening bracket without its close gives a finding and no title: what is cut is not guessed.
pub(super) fn find(text: &str, findings: &mut Vec<Finding>) -> Vec<Bracketed> {
    let mut found: Vec<Bracketed> = Vec::new();
    let mut open: Vec<(char, usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '《' | '〈' => {
                if c == '《' && open.len() == 1 && is_forgotten(text, open[0].1, at) {
                    drop_open(text, &mut found, &mut open, at, findings);
                }
                enter(&mut found, &mut open, c, at);
            }
            '<' if !open.is_empty() && closes_soon(&text[at..]) => enter(&mut found, &mut open, c, at),
            '》' | '〉' | '>' => leave(&mut found, &mut open, c, at),
            '。' | '\n' if open.len() == 1 && is_cut(text, open[0].1, at) => {
                drop_open(text, &mut found, &mut open, at, findings);
            }
            _ => (),
        }
        if open.first().is_some_and(|&(_, start, _)| at > start + LONGEST_TITLE * 4) {
            drop_open(text, &mut found, &mut open, at, findings);
        }
    }
    drop_open(text, &mut found, &mut open, text.len(), findings);
    kept(text, &found, findings)
}

/// Whether a > follows within the length of a title.
fn closes_soon(rest: &str) -> bool {
    rest.chars().take(LONGEST_TITLE).any(|c| c == '>')
}

fn enter(found: &mut Vec<Bracketed>, open: &mut Vec<(char, usize, usize)>, c: char, at: usize) {
    let parent = open.last().map(|&(_, _, index)| index);
    open.push((c, at, found.len()));
    // The end is filled in when the bracket closes; until then the span is empty.
    found.push(Bracketed { span: Span::new(at, at), inner: Span::new(at, at), parent });
}

fn leave(found: &mut [Bracketed], open: &mut Vec<(char, usize, usize)>, c: char, at: usize) {
    let partner = match c {
        '》' => '《',
        '〉' => '〈',
        _ => '<',
    };
    // 《…〈…》 without 〉: the outer close ends both. A close without an open is passed over.
    let Some(level) = open.iter().rposition(|&(opened, _, _)| opened == partner) else { return };
    let (opened, start, index) = open[level];
    open.truncate(level);
    found[index].span = Span::new(start, at + c.len_utf8());
    found[index].inner = Span::new(start + opened.len_utf8(), at);
}

/// A second 《 where the first has not closed: nested (《关于印发《某》的通知》) when two closes follow.
fn is_forgotten(text: &str, first: usize, second: usize) -> bool {
    let rest = &text[second..];
    let rest = rest.char_indices().nth(LONGEST_TITLE).map_or(rest, |(end, _)| &rest[..end]);
    let mut depth = 1i32;
    for c in rest.chars() {
        match c {
            '《' => depth += 1,
            '》' => {
                depth -= 1;
                if depth == 0 {
                    return false;
                }
            }
            '。' => break,
            _ => (),
        }
    }
    first < second
}

/// Whether a title that opened at `start` can't go on behind the line or sentence that ends at `at`.
fn is_cut(text: &str, start: usize, at: usize) -> bool {
    let rest = &text[at..];
    let rest = rest.char_indices().nth(60).map_or(rest, |(end, _)| &rest[..end]);
    let closes = rest.find('》');
    let opens = rest.find('《');
    let long = text[start..at].chars().count() > LONGEST_TITLE;
    long || text[at..].starts_with('。')
        || closes.is_none()
        || opens.is_some_and(|open| closes.is_some_and(|close| open < close))
}

fn drop_open(
    text: &str,
    found: &mut Vec<Bracketed>,
    open: &mut Vec<(char, usize, usize)>,
    at: usize,
    findings: &mut Vec<Finding>,
) {
    let Some(&(_, start, index)) = open.first() else { return };
    let end = text[start..at].char_indices().nth(16).map_or(at, |(end, _)| start + end);
    let message = "书名号没有下半边, 标题可能被截断";
    findings.push(Finding::at(FindingCode::TruncatedText, Severity::Warn, Span::new(start, end), message));
    found.truncate(index);
    open.clear();
}

/// The closed ones of a reasonable length, with their parents renumbered.
fn kept(text: &str, found: &[Bracketed], findings: &mut Vec<Finding>) -> Vec<Bracketed> {
    let mut places: Vec<Option<usize>> = Vec::with_capacity(found.len());
    let mut kept: Vec<Bracketed> = Vec::new();
    for bracketed in found {
        let inner = bracketed.inner.of(text);
        let is_long = inner.chars().nth(LONGEST_TITLE).is_some();
        if is_long {
            let start = bracketed.span.start as usize;
            let end = text[start..].char_indices().nth(16).map_or(text.len(), |(end, _)| start + end);
            let message = "书名号内过长, 疑缺下半边";
            findings.push(Finding::at(FindingCode::BracketMisuse, Severity::Warn, Span::new(start, end), message));
        }
        if inner.trim().is_empty() || is_long {
            places.push(None);
            continue;
        }
        places.push(Some(kept.len()));
        let parent = bracketed.parent.and_then(|parent| places.get(parent).copied().flatten());
        kept.push(Bracketed { parent, ..*bracketed });
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_found_with_those_inside_them() {
        for (text, expected) in [
            ("按《甲》、《乙》办", "《甲》 《乙》"),
            ("《关于印发<甲计划>的通知》", "《关于印发<甲计划>的通知》 -<甲计划>"),
            ("《关于印发《甲》的通知》", "《关于印发《甲》的通知》 -《甲》"),
            ("《甲〈乙〈丙〉〉》", "《甲〈乙〈丙〉〉》 -〈乙〈丙〉〉 -〈丙〉"),
            ("《甲方案。其余《乙》", "《乙》"),
            ("落实《甲,以及《乙》", "《乙》"),
            ("3<5且《丁》", "《丁》"),
            ("《断\n行的办法》", "《断\n行的办法》"),
            ("没有的》《戊》", "《戊》"),
        ] {
            let found = find(text, &mut Vec::new());
            let shown: Vec<String> = found
                .iter()
                .map(|b| format!("{}{}", if b.parent.is_some() { "-" } else { "" }, b.span.of(text)))
                .collect();
            assert_eq!(shown.join(" "), expected, "{text}");
        }
    }
}
