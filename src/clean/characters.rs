//! One kind of each sign: full width becomes half width, every blank a space, line ends \n, invisible
//! characters go with the character before them.

use crate::model::OffsetMap;
use unicode_normalization::char::decompose_compatible;

/// The text with one kind of each sign, and the way back. O(n).
pub(super) fn normalise(source: &str) -> (String, OffsetMap) {
    let mut text = String::with_capacity(source.len());
    let mut offsets = OffsetMap::default();
    // What stays as it is is copied run by run.
    let mut run = 0;
    for (at, c) in source.char_indices() {
        let stands_for = if c == '\r' { Some('\n') } else { normal(c) };
        if at < run || stands_for == Some(c) {
            continue;
        }
        offsets.push(text.len(), run);
        text.push_str(&source[run..at]);
        run = at + c.len_utf8();
        if let Some(normal) = stands_for {
            offsets.push(text.len(), at);
            text.push(normal);
        }
        // \r\n is one line end; a lone \r is one too.
        if source[at..].starts_with("\r\n") {
            run += 1;
        }
    }
    offsets.push(text.len(), run);
    text.push_str(&source[run..]);
    offsets.push(text.len(), source.len());
    (text, offsets)
}

/// The character that stands for `c`; `None` for one that can't be seen.
fn normal(c: char) -> Option<char> {
    Some(match c {
        ' '..='~' | '\n' | '\u{4E00}'..='\u{9FFF}' | '、' | '。' | '《' | '》' | '〈' | '〉' | '〔' | '〕' => c,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\t' | '\u{000B}' | '\u{000C}' | '\u{0085}' => ' ',
        '\u{2028}' | '\u{2029}' => '\n',
        '\u{2329}' | '\u{27E8}' => '〈',
        '\u{232A}' | '\u{27E9}' => '〉',
        '﹤' => '<',
        '﹥' => '>',
        '︽' | '⟪' => '《',
        '︾' | '⟫' => '》',
        '﹝' | '❲' => '〔',
        '﹞' | '❳' => '〕',
        '﹑' => '、',
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' | '\u{202A}'..='\u{202E}' => return None,
        _ if c.is_whitespace() => ' ',
        _ if c.is_control() => return None,
        _ => single_compatible(c),
    })
}

/// The compatibility decomposition of `c` where it is one character (⼀ → 一, ① stays).
fn single_compatible(c: char) -> char {
    let (mut first, mut count) = (c, 0);
    decompose_compatible(c, |part| {
        first = part;
        count += 1;
    });
    if count == 1 && !matches!(c, '①'..='⓿' | '㈠'..='㊿') { first } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kept_character_leads_back_to_the_one_it_came_from() {
        let source = "甲（２０２１）\r\n乙\u{200B}丙\u{3000}丁？";
        let (text, offsets) = normalise(source);
        assert_eq!(text, "甲(2021)\n乙丙 丁?");
        let back: String = text
            .char_indices()
            .map(|(at, _)| source[offsets.to_source(u32::try_from(at).unwrap()) as usize..].chars().next().unwrap())
            .collect();
        assert_eq!(back, "甲（２０２１）\r乙丙\u{3000}丁？");
        assert_eq!(offsets.to_source(u32::try_from(text.len()).unwrap()) as usize, source.len());
    }
}
