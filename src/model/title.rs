//! 标题: the normal form of titles and names, by which they are compared and keyed.

use unicode_normalization::UnicodeNormalization;

/// NFKC without white space and invisible characters: the form in which names are compared.
#[must_use]
pub fn squeeze(text: &str) -> String {
    let keeps = |c: &char| !c.is_whitespace() && !is_invisible(*c);
    // Most names are of characters that NFKC leaves as they are; to look at them is quicker than to normalise.
    if text.chars().all(is_normal) {
        return if text.contains(char::is_whitespace) { text.chars().filter(keeps).collect() } else { text.to_owned() };
    }
    text.nfkc().filter(keeps).collect()
}

/// Whether NFKC leaves a character as it is wherever it stands; it says no to some that it does.
fn is_normal(c: char) -> bool {
    matches!(c, '\0'..='~' | '\u{4E00}'..='\u{9FA5}' | '、' | '。' | '《' | '》' | '〈' | '〉' | '〔' | '〕' | '“' | '”')
}

/// The normal form of a title (extraction record, "Normal forms"): NFKC, no white space, outer 《》
/// off, inner 《》 and <> as 〈〉, a dash between two years as —.
///
/// ```
/// use zhengmai::model::normal_title;
/// assert_eq!(normal_title("《天津市知识产权强市建设纲要（2021-2035年）》"), "天津市知识产权强市建设纲要(2021—2035年)");
/// assert_eq!(normal_title("关于印发<某计划>的通知"), "关于印发〈某计划〉的通知");
/// assert_eq!(normal_title("18-5临界装置"), "18-5临界装置");
/// ```
#[must_use]
pub fn normal_title(text: &str) -> String {
    let squeezed = wiki_links_off(squeeze(text));
    let inner = outer_brackets_off(&squeezed);
    let angled = |c: char| match c {
        '《' | '<' => '〈',
        '》' | '>' => '〉',
        other => other,
    };
    if !inner.contains(|c| is_dash(c) || angled(c) != c) {
        return inner.to_owned();
    }
    if !inner.contains(is_dash) {
        return inner.chars().map(angled).collect();
    }
    let chars: Vec<char> = inner.chars().map(angled).collect();
    let mut title = String::with_capacity(inner.len());
    for (i, &c) in chars.iter().enumerate() {
        title.push(if is_dash(c) && is_between_years(&chars, i) { '—' } else { c });
    }
    // A dash written with two characters (——) between years is one.
    title.replace("——", "—")
}

/// `[[A]]` is A and `[[A|B]]` is B: the links of a wiki.
fn wiki_links_off(title: String) -> String {
    if !title.contains("[[") {
        return title;
    }
    let mut plain = String::with_capacity(title.len());
    for (index, piece) in title.split("[[").enumerate() {
        match piece.split_once("]]").filter(|_| index > 0) {
            Some((link, rest)) => {
                plain.push_str(link.rsplit('|').next().unwrap_or(link));
                plain.push_str(rest);
            }
            None => plain.push_str(piece),
        }
    }
    plain
}

/// `text` without the 《》 (or 〈〉, <>) that enclose all of it.
fn outer_brackets_off(text: &str) -> &str {
    for (open, close) in [('《', '》'), ('〈', '〉'), ('<', '>')] {
        let Some(inner) = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) else { continue };
        let mut depth = 0i32;
        let balanced = inner.chars().all(|c| {
            depth += i32::from(c == open) - i32::from(c == close);
            depth >= 0
        });
        if balanced {
            return inner;
        }
    }
    text
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '~' | '‐' | '‒' | '–' | '—' | '―' | '−' | '〜')
}

/// Whether the dash at `at` stands between two years: four digits before, four digits after.
fn is_between_years(chars: &[char], at: usize) -> bool {
    let digits_after = |from: usize| chars[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let mut end = at;
    if end > 0 && chars[end - 1] == '年' {
        end -= 1;
    }
    let digits_before = chars[..end].iter().rev().take_while(|c| c.is_ascii_digit()).count();
    let mut next = at + 1;
    while chars.get(next).copied().is_some_and(is_dash) {
        next += 1;
    }
    digits_before == 4 && next < chars.len() && digits_after(next) == 4
}

/// Whether two normal titles are long enough and differ in one character that is no numeral and no word of
/// place or rank: 推动计划 and 推进计划. They may be two wordings of one title.
///
/// ```
/// use zhengmai::model::is_title_variant;
/// assert!(is_title_variant("某市强化知识产权保护推动计划", "某市强化知识产权保护推进计划"));
/// assert!(!is_title_variant("国家重点保护野生动物名录公告", "国家重点保护野生植物名录公告"));
/// assert!(!is_title_variant("某市第三批重点项目名单公告", "某市第二批重点项目名单公告"));
/// ```
#[must_use]
pub fn is_title_variant(one: &str, other: &str) -> bool {
    /// Shorter titles may differ by one character and be two.
    const SHORTEST: usize = 12;
    /// Words that differ in one of these are opposites: 动物, 植物.
    const OPPOSITES: [(char, char); 8] = [
        ('动', '植'),
        ('男', '女'),
        ('河', '航'),
        ('刑', '民'),
        ('进', '出'),
        ('城', '乡'),
        ('买', '卖'),
        ('公', '私'),
    ];
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len() < SHORTEST || one.len() != other.len() {
        return false;
    }
    let mut differing = one.iter().zip(&other).filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (differing.next(), differing.next()) else { return false };
    if OPPOSITES.contains(&(*a, *b)) || OPPOSITES.contains(&(*b, *a)) {
        return false;
    }
    let tells_apart = |c: char| c.is_ascii_digit() || "一二三四五六七八九十省市区县州旗东西南北上下前后中".contains(c);
    !tells_apart(*a) && !tells_apart(*b)
}

/// Whether `c` is a Han character (CJK unified ideographs and extension A, 〇).
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '〇' | '\u{20000}'..='\u{2FA1F}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' | '\u{202A}'..='\u{202E}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_are_called_normal_are() {
        for c in ('\0'..=char::MAX).filter(|c| is_normal(*c)) {
            assert!(std::iter::once(c).nfkc().eq([c]), "{c}");
        }
    }

    #[test]
    fn titles_have_one_normal_form() {
        for (title, normal) in [
            ("《某市“十四五”规划》", "某市“十四五”规划"),
            ("《甲》和《乙》", "〈甲〉和〈乙〉"),
            ("某市行动计划(2023－2026年)", "某市行动计划(2023—2026年)"),
            ("2020年-2021年计划", "2020年—2021年计划"),
            ("某市\n若干措施", "某市若干措施"),
            ("<关于强化保护的意见>", "关于强化保护的意见"),
            ("安全规程（GB/T 35694—2017）", "安全规程(GB/T35694—2017)"),
            ("《[[某市绿化条例]]》", "某市绿化条例"),
            ("《[[甲法|甲、乙法]]实施细则》", "甲、乙法实施细则"),
            ("规划(2021——2035年)", "规划(2021—2035年)"),
        ] {
            assert_eq!(normal_title(title), normal, "{title}");
        }
    }
}
