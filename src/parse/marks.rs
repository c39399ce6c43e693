//! 标记 (marks): what stands around a title and is no part of it: Markdown's #, a number in brackets.

use crate::model::{DocNumber, Span, Spanned, number_at_start};

/// A line without Markdown's marks of a heading, and the heading's level: `## X`, `# **X** #`; level 0 for
/// any other line.
pub(super) fn heading(text: &str, line: Span) -> (Span, u8) {
    const DEEPEST: usize = 6;
    let words = line.of(text);
    let rest = words.trim_start_matches('#');
    let level = words.len() - rest.len();
    if level == 0 || level > DEEPEST || !rest.starts_with(char::is_whitespace) {
        return (line, 0);
    }
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '#' | '*' | '_');
    let start = line.start as usize + words.len() - rest.trim_start_matches(is_mark).len();
    let bare = rest.trim_matches(is_mark);
    if bare.is_empty() {
        return (line, 0);
    }
    (Span::new(start, start + bare.len()), u8::try_from(level).unwrap_or(u8::MAX))
}

/// 关于…的通知(珠府〔2023〕14号): the title, and its number in brackets.
pub(super) fn number_off(text: &str, title: Span) -> (Span, Option<Spanned<DocNumber>>) {
    let words = title.of(text);
    let Some(open) = opening(words) else { return (title, None) };
    let inner = &words[open + 1..words.len() - 1];
    let bare = words[..open].trim_end();
    match number_at_start(inner).filter(|(length, _)| inner[*length..].trim().is_empty() && !bare.is_empty()) {
        Some((length, number)) => {
            let place = Span::new(open + 1, open + 1 + length).shifted(title.start as usize);
            let start = title.start as usize;
            (Span::new(start, start + bare.len()), Some(Spanned::new(number, place)))
        }
        None => (title, None),
    }
}

/// Where the bracket opens that closes at the end of `words`.
fn opening(words: &str) -> Option<usize> {
    let mut depth = 0i32;
    for (at, c) in words.char_indices().rev() {
        depth += i32::from(c == ')') - i32::from(c == '(');
        match (c, depth) {
            ('(', 0) => return Some(at),
            (_, 0) => return None,
            _ => (),
        }
    }
    None
}
