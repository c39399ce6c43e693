//! 发文字号 as people write them, alone or beside a title.

use crate::model::{DocNumber, normal_title, number_at_start, squeeze};

/// A number as somebody writes it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WrittenNumber {
    /// 机关代字, whole or in part; none where it is left out.
    pub code: Option<String>,
    /// The rest; its code is of no meaning where `code` is none.
    pub number: DocNumber,
    /// The title that it stands beside, in normal form; empty where it stands alone.
    pub title: String,
}

/// Reads a number of which parts may be missing (the issuer code, the year, 号), alone, in brackets behind
/// a title, or before one in 《》.
///
/// ```
/// use zhengmai::names::written_number;
/// let written = written_number("《某意见》(国发[2023] 15 号)").ok_or("a number")?;
/// assert_eq!((written.number.to_string().as_str(), written.title.as_str()), ("国发〔2023〕15号", "某意见"));
/// assert!(written_number("某规划(2021—2035年)").is_none());
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn written_number(text: &str) -> Option<WrittenNumber> {
    let text = squeeze(text);
    behind_title(&text).or_else(|| before_title(&text)).or_else(|| {
        let text = if text.ends_with('号') { text } else { format!("{text}号") };
        parsed(&text).map(|number| WrittenNumber::whole(number, "")).or_else(|| {
            // A code that is there for the parser, alone.
            let number: DocNumber = format!("{NO_CODE}{text}").parse().ok()?;
            (number.code == NO_CODE).then(|| WrittenNumber { code: None, number, title: String::new() })
        })
    })
}

/// Stands for a code that is left out.
const NO_CODE: &str = "某";

/// Longer codes, in characters, are titles that end as a number does.
const LONGEST_CODE: usize = 18;

/// A number; also one with a year that none bears, as a slip leaves it: 〔3020〕.
fn parsed(text: &str) -> Option<DocNumber> {
    let is_short = |number: &DocNumber| number.code.chars().count() <= LONGEST_CODE;
    text.parse().ok().or_else(|| with_any_year(text)).filter(is_short)
}

fn with_any_year(text: &str) -> Option<DocNumber> {
    let at = text.find(['〔', '[', '(', '【', '〖'])?;
    let from = at + text[at..].chars().next()?.len_utf8();
    let year: u16 = text.get(from..from + 4)?.parse().ok()?;
    let mut number: DocNumber = format!("{}2000{}", &text[..from], &text[from + 4..]).parse().ok()?;
    number.year = Some(year);
    Some(number)
}

/// 某意见(国发〔2023〕15号), the number alone in brackets too.
fn behind_title(text: &str) -> Option<WrittenNumber> {
    let body = text.strip_suffix([')', '】', ']', '〕'])?;
    // The last bracket from which on it is a number; one in the code, as in 国卫(医)函, is not that.
    let is_whole = |number: &DocNumber| number.code.matches('(').count() == number.code.matches(')').count();
    body.rmatch_indices(['(', '【', '[', '〔']).find_map(|(at, mark)| {
        let number = parsed(&body[at + mark.len()..]).filter(is_whole)?;
        Some(WrittenNumber::whole(number, &body[..at]))
    })
}

/// 国发〔2023〕15号《某意见》.
fn before_title(text: &str) -> Option<WrittenNumber> {
    let (length, number) = number_at_start(text)?;
    let title = text.get(length..).filter(|title| title.starts_with('《'))?;
    Some(WrittenNumber::whole(number, title))
}

impl WrittenNumber {
    fn whole(number: DocNumber, title: &str) -> Self {
        Self { code: Some(number.code.clone()), number, title: normal_title(title) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_lack_its_code_its_year_or_its_last_word_and_stand_beside_a_title() {
        for (text, code, year, serial, title) in [
            ("国发〔2023〕15号", Some("国发"), Some(2023), "15", ""),
            ("（国发【2023】15号）", Some("国发"), Some(2023), "15", ""),
            ("《某意见》(国发(2023)15号)", Some("国发"), Some(2023), "15", "某意见"),
            ("某意见（2021年版）（国发〔2023〕15号）", Some("国发"), Some(2023), "15", "某意见(2021年版)"),
            ("某意见（国卫(医)函〔2023〕15号）", Some("国卫(医)函"), Some(2023), "15", "某意见"),
            ("国发〔2023〕15号《某意见》", Some("国发"), Some(2023), "15", "某意见"),
            ("国发〔3023〕15号", Some("国发"), Some(3023), "15", ""),
            ("国发〔2023〕15", Some("国发"), Some(2023), "15", ""),
            ("国发15号", Some("国发"), None, "15", ""),
            ("〔2023〕15号", None, Some(2023), "15", ""),
            ("2023年第15号", None, Some(2023), "15", ""),
            ("第15号", None, None, "15", ""),
            ("15", None, None, "15", ""),
        ] {
            let found = written_number(text).map(|it| (it.code, it.number.year, it.number.serial, it.title));
            let expected = (code.map(str::to_owned), year, serial.to_owned(), title.to_owned());
            assert_eq!(found, Some(expected), "{text}");
        }
        for text in ["某规划(2021—2035年)", "关于发布某行业等五个行业清洁生产评价指标体系的公告2019年第8号", "某(20)号"]
        {
            assert!(written_number(text).is_none(), "{text}");
        }
    }
}
