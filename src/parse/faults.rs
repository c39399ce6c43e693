//! Faults of the text that its shape alone shows: cut sentences, odd brackets, redactions, annexes that are not there.

use crate::model::{Finding, FindingCode, Severity, Span, TextPart, is_han};
use std::collections::HashSet;

/// Looks through a text for them. O(n).
pub(super) fn find(text: &str, parts: &[TextPart], findings: &mut Vec<Finding>) {
    cut(text, findings);
    brackets(text, findings);
    redacted(text, findings);
    annexes(text, parts, findings);
    for part in parts {
        blanks_in_titles(text, part.span, findings);
    }
}

/// 应有之义...: text that a page has cut.
fn cut(text: &str, findings: &mut Vec<Finding>) {
    let mut after = 0;
    for (at, _) in text.match_indices("...") {
        if at < after {
            continue;
        }
        let end = at + text[at..].find(|c| c != '.').unwrap_or(text.len() - at);
        after = end;
        let before = &text[..at];
        let start =
            before.char_indices().rev().take(8).take_while(|(_, c)| !c.is_whitespace() && !"。,;".contains(*c)).last();
        let Some((start, _)) = start else { continue };
        let ends = text[end..].chars().next().is_none_or(|c| c.is_whitespace() || c.is_ascii_digit());
        if ends {
            findings.push(Finding::at(FindingCode::TruncatedText, Severity::Warn, Span::new(start, end), "文字被截断"));
        }
    }
}

/// 〔毕业五年以内…〕, 各县[市、区]: brackets of a number's year around other words.
fn brackets(text: &str, findings: &mut Vec<Finding>) {
    for (open, close) in [('〔', '〕'), ('[', ']')] {
        let mut seen: HashSet<&str> = HashSet::new();
        for (at, _) in text.match_indices(open) {
            let inner_start = at + open.len_utf8();
            let rest = &text[inner_start..];
            let rest = rest.char_indices().nth(60).map_or(rest, |(end, _)| &rest[..end]);
            let Some(inner) = rest.find(close).map(|end| &rest[..end]) else { continue };
            let is_words = inner.starts_with(is_han) && !inner.contains('\n');
            let inside_sentence = text[..at].ends_with(is_han) || open == '〔';
            // The same words in the same brackets again are the same habit.
            if is_words && inside_sentence && seen.insert(inner) {
                let end = inner_start + inner.len() + close.len_utf8();
                findings.push(Finding::at(
                    FindingCode::BracketMisuse,
                    Severity::Warn,
                    Span::new(at, end),
                    "年份括号用于他处",
                ));
            }
        }
    }
}

/// (此件删减后公开).
fn redacted(text: &str, findings: &mut Vec<Finding>) {
    let mut after = 0;
    for (open, _) in text.match_indices('(') {
        let starts = text[open..].char_indices().take(5).map(|(at, _)| open + at);
        let words = |at: usize| {
            let of_own = if at == open { ["(略)"].iter() } else { ["删减后公开", "节选", "略去"].iter() };
            of_own.clone().find(|words| text[at..].starts_with(**words)).map(|words| Span::new(at, at + words.len()))
        };
        // Brackets that stand near each other hold the same words once.
        let Some(span) = starts.filter(|at| *at >= after).find_map(words) else { continue };
        after = span.end as usize;
        findings.push(Finding::at(FindingCode::TruncatedText, Severity::Warn, span, "文本经删减"));
    }
}

/// (详见附件1), where no annex follows.
fn annexes(text: &str, parts: &[TextPart], findings: &mut Vec<Finding>) {
    const ANNEX: &str = "附件";
    let [part] = parts else { return };
    let body = part.body.of(text);
    let mut named = body.match_indices(ANNEX).map(|(at, _)| at).filter(|at| body[..*at].ends_with(['见', '(']));
    let Some(at) = named.next() else { return };
    let lead = ["详见", "见", "("].iter().find(|lead| body[..at].ends_with(**lead)).map_or(0, |lead| lead.len());
    let tail = &text[part.body.end as usize..];
    let is_there = tail.chars().nth(300).is_some()
        && tail.split('\n').any(|line| line.trim().starts_with(ANNEX) && !line.contains(':'));
    if !is_there {
        let rest = &body[at + ANNEX.len()..];
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let span = Span::new(at - lead, at + ANNEX.len() + digits).shifted(part.body.start as usize);
        findings.push(Finding::at(FindingCode::TruncatedText, Severity::Warn, span, "所称附件不在文中"));
    }
}

/// 《关于完善…管理　　等政策的意见》: two blanks or a line end inside a bracketed title.
fn blanks_in_titles(text: &str, place: Span, findings: &mut Vec<Finding>) {
    let words = place.of(text);
    for (at, open) in words.match_indices('《') {
        let inner = &words[at + open.len()..];
        let Some(end) = inner.find(['《', '》']).filter(|end| inner[*end..].starts_with('》')) else { continue };
        if inner[..end].contains("  ") || inner[..end].contains('\n') {
            let span = Span::new(at, at + open.len() + end + '》'.len_utf8()).shifted(place.start as usize);
            findings.push(Finding::at(FindingCode::BrokenTitle, Severity::Warn, span, "标题中断行或夹有空格"));
        }
    }
}
