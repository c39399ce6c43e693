//! 层次序数: 第一章, 第一节, 第一条, 一、, （一）, 1., （1）, ① (GB/T 9704-2012, 7.3.3).

use crate::model::{Span, chinese_numeral, is_han};

/// A number of the structure.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Ordinal {
    /// With its punctuation.
    pub(super) span: Span,
    /// Its value.
    pub(super) value: u32,
    /// How deep its kind stands, see [`Item::rank`](crate::model::Item).
    pub(super) rank: u8,
}

const CHAPTER: u8 = 0;
const SECTION: u8 = 1;
const ARTICLE: u8 = 2;
const HAN: u8 = 3;
/// （一）, which may follow a heading that has no stop of its own.
pub(super) const HAN_IN_BRACKETS: u8 = 4;
const ARABIC: u8 = 5;
const ARABIC_IN_BRACKETS: u8 = 6;
const CIRCLED: u8 = 7;

/// The ordinal that `text[at..]` starts with.
pub(super) fn at(text: &str, at: usize) -> Option<Ordinal> {
    let rest = &text[at..];
    let (length, value, rank) = match rest.chars().next()? {
        '第' => articles(rest)?,
        '(' => bracketed(rest)?,
        '①'..='⑳' => {
            let c = rest.chars().next()?;
            (c.len_utf8(), c as u32 - '①' as u32 + 1, CIRCLED)
        }
        c if c.is_ascii_digit() => arabic(rest).or_else(|| decimal(rest)).or_else(|| bare(text, at))?,
        c if is_han(c) => han(rest)?,
        _ => return None,
    };
    Some(Ordinal { span: Span::new(at, at + length), value, rank })
}

/// 一、 (also with a blank between).
fn han(rest: &str) -> Option<(usize, u32, u8)> {
    let end = rest.char_indices().take(5).find(|(_, c)| !"一二三四五六七八九十百".contains(*c))?.0;
    let value = chinese_numeral(&rest[..end])?;
    let after = &rest[end..];
    let mark = ['、', '.'].iter().find(|mark| after.starts_with(**mark))?;
    // 二、三孩 is an enumeration, not a heading.
    let next = after[mark.len_utf8()..].trim_start().chars().next();
    let enumerates = next.is_some_and(|c| "一二三四五六七八九十".contains(c));
    (!enumerates).then(|| (end + mark.len_utf8(), value, HAN))
}

/// （一） and （1）.
fn bracketed(rest: &str) -> Option<(usize, u32, u8)> {
    let inner = &rest[1..];
    let close = inner.char_indices().take(6).find(|(_, c)| *c == ')')?.0;
    let number = inner[..close].trim();
    let length = 1 + close + 1;
    if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) && number.len() <= 2 {
        return Some((length, number.parse().ok()?, ARABIC_IN_BRACKETS));
    }
    let is_numeral = number.chars().all(|c| "一二三四五六七八九十".contains(c));
    (is_numeral && !number.is_empty()).then(|| Some((length, chinese_numeral(number)?, HAN_IN_BRACKETS)))?
}

/// 1. 1、 but not 1.5, 2021. or a date.
fn arabic(rest: &str) -> Option<(usize, u32, u8)> {
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    let value: u32 = rest[..end].parse().ok().filter(|value| (1..=199).contains(value))?;
    let after = &rest[end..];
    let mark = ['.', '、', '．'].iter().find(|mark| after.starts_with(**mark))?;
    let next = after[mark.len_utf8()..].chars().next()?;
    let good = !next.is_ascii_digit() && !matches!(next, '、' | '%' | '-');
    good.then(|| (end + mark.len_utf8(), value, ARABIC))
}

/// 1.1, 2.3.4 with a blank or a Han character behind: numbers of standards and specifications
/// (GB/T 1.1). Their value is the last number.
fn decimal(rest: &str) -> Option<(usize, u32, u8)> {
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let numbers: Vec<&str> = rest[..end].split('.').collect();
    let good = (2..=4).contains(&numbers.len())
        && numbers.iter().all(|number| (1..=2).contains(&number.len()) && !number.starts_with('0'));
    let next = rest[end..].chars().next()?;
    let after = rest[end..].trim_start().chars().next()?;
    let units = "米年月日元万亿个倍度级版号时吨千克公平厘毫小分项家件";
    let is_number = next == ' ' || (is_han(next) && !units.contains(next));
    if !good || !is_number || !(is_han(after) || after == '“' || after == '《') {
        return None;
    }
    let depth = u8::try_from(numbers.len()).ok()?;
    Some((end, numbers.last()?.parse().ok()?, ARABIC - 1 + depth))
}

/// 1 总则: a bare number and a blank, before a heading of a specification.
fn bare(text: &str, at: usize) -> Option<(usize, u32, u8)> {
    let rest = &text[at..];
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    let value: u32 = rest[..end].parse().ok().filter(|value| (1..=30).contains(value))?;
    let heading = rest[end..].strip_prefix(' ')?.trim_start();
    let first = format!("{value}.1 ");
    let follows =
        text[at..].char_indices().nth(400).map_or(&text[at..], |(end, _)| &text[at..at + end]).contains(&first);
    (heading.starts_with(is_han) && follows).then_some((end, value, ARABIC))
}

/// 第一章, 第一节, 第一条.
fn articles(rest: &str) -> Option<(usize, u32, u8)> {
    let inner = &rest['第'.len_utf8()..];
    let is_numeral = |c: char| "一二三四五六七八九十百零〇".contains(c) || c.is_ascii_digit() || c == ' ';
    let end = inner.find(|c| !is_numeral(c))?;
    let value = crate::model::parse_integer(inner[..end].trim()).filter(|value| (1..=999).contains(value))?;
    let unit = inner[end..].chars().next()?;
    let rank = match unit {
        '章' | '编' | '部' if unit != '部' || inner[end..].starts_with("部分") => CHAPTER,
        '节' => SECTION,
        '条' => ARTICLE,
        _ => return None,
    };
    let unit = if inner[end..].starts_with("部分") { "部分".len() } else { unit.len_utf8() };
    Some(('第'.len_utf8() + end + unit, value, rank))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_structure_are_told_from_other_numbers() {
        for (text, expected) in [
            ("一、总体要求", Some((1, HAN, "一、"))),
            ("十二、筑牢", Some((12, HAN, "十二、"))),
            ("(一)指导思想", Some((1, HAN_IN_BRACKETS, "(一)"))),
            ("(12)其他", Some((12, ARABIC_IN_BRACKETS, "(12)"))),
            ("34.加强", Some((34, ARABIC, "34."))),
            ("1、加强", Some((1, ARABIC, "1、"))),
            ("第十二条 公示", Some((12, ARTICLE, "第十二条"))),
            ("第一章总则", Some((1, CHAPTER, "第一章"))),
            ("①加强", Some((1, CIRCLED, "①"))),
            ("2.3 结构应满足要求", Some((3, ARABIC + 1, "2.3"))),
            ("1 总则 1.1 为规范建设", Some((1, ARABIC, "1"))),
            ("3.9件以上", None),
            ("12 家企业", None),
            ("二、三孩", None),
            ("3.5米", None),
            ("2021.8.26", None),
            ("(试行)", None),
            ("第三次会议", None),
            ("一是推进", None),
        ] {
            let found = at(text, 0).map(|ordinal| (ordinal.value, ordinal.rank, ordinal.span.of(text)));
            assert_eq!(found, expected, "{text}");
        }
    }
}
