//! 发文字号 as written in running text, found from right to left: 号, serial, year, then the code.

use super::{
    DocNumber, NumberForm, Span,
    doc_number::{normal_serial, plausible_year},
    is_han,
};

/// A code with its region, sector, unit and form is never longer than this, in characters.
const LONGEST_CODE: usize = 18;

/// Every document number in `text` with its place. The code is the whole run of Han characters before
/// the year, cut behind words that no code holds; a register may cut it further. O(n).
///
/// ```
/// use zhengmai::model::numbers_in;
/// let text = "按照《某意见》(国知发运字〔2022〕47号)和津政发[2019] 25 号, 不含津ICP备17009684号-1";
/// let found: Vec<String> = numbers_in(text).iter().map(|(_, number)| number.to_string()).collect();
/// assert_eq!(found, ["国知发运字〔2022〕47号", "津政发〔2019〕25号"]);
/// ```
#[must_use]
pub fn numbers_in(text: &str) -> Vec<(Span, DocNumber)> {
    let found = text.match_indices('号').filter_map(|(at, mark)| number_before(text, at, at + mark.len()));
    let mut numbers: Vec<(Span, DocNumber)> = Vec::new();
    for (span, number) in found {
        if numbers.last().is_none_or(|(last, _)| last.end <= span.start) {
            numbers.push((span, number));
        }
    }
    numbers
}

/// The number that `text` starts with, and the length of its writing in bytes.
#[must_use]
pub fn number_at_start(text: &str) -> Option<(usize, DocNumber)> {
    let head = text.char_indices().nth(48).map_or(text, |(end, _)| &text[..end]);
    let (span, number) = numbers_in(head).into_iter().next()?;
    text[..span.start as usize].trim().is_empty().then_some((span.end as usize, number))
}

/// The number whose 号 stands at `mark`.
fn number_before(text: &str, mark: usize, end: usize) -> Option<(Span, DocNumber)> {
    let head = blanks_off(&text[..mark]);
    let digits = head.len() - head.bytes().rev().take_while(|b| b.is_ascii_digit() || *b == b'-').count();
    let serial = normal_serial(&head[digits..])?;
    let head = blanks_off(&head[..digits]);
    let (head, has_di) = head.strip_suffix('第').map_or((head, false), |head| (blanks_off(head), true));
    let (code_end, year, form) = match head.chars().next_back()? {
        '〕' | ']' | ')' | '】' | '}' | '〗' | '』' => {
            let (code_end, year) = bracketed_year(head)?;
            (code_end, Some(year), NumberForm::Bracketed)
        }
        '年' if has_di => {
            let rest = head.strip_suffix('年')?;
            let start = rest.len().checked_sub(4)?;
            let year = rest.get(start..).and_then(plausible_year)?;
            (start, Some(year), NumberForm::Ordinal)
        }
        // 国务院令350号 is 国务院令第350号.
        '令' => (head.len(), None, NumberForm::Ordinal),
        _ if has_di => (head.len(), None, NumberForm::Ordinal),
        _ => (head.len(), None, NumberForm::Plain),
    };
    let code_end = blanks_off(&text[..code_end]).len();
    let mut start = code_start(&text[..code_end])?;
    if form == NumberForm::Ordinal {
        start = joint_start(text, start);
    }
    // 2003年4月4日某发〔2003〕94号: what ends a date is no part of the code.
    let is_dated = blanks_off(&text[..start]).ends_with(|c: char| c.is_ascii_digit());
    if is_dated && text[start..].starts_with(['年', '月', '日']) {
        start += '日'.len_utf8();
    }
    let code: String = text[start..code_end].chars().filter(|c| !c.is_whitespace()).collect();
    is_code(&code, form).then(|| (Span::new(start, end), DocNumber { code, year, serial, form }))
}

fn blanks_off(text: &str) -> &str {
    text.trim_end_matches([' ', '\u{3000}', '\u{A0}'])
}

/// The year in brackets of any kind at the end of `head`: where the code before it ends, and the year.
fn bracketed_year(head: &str) -> Option<(usize, u16)> {
    let close = head.chars().next_back()?;
    let inner = blanks_off(&head[..head.len() - close.len_utf8()]).trim_end_matches('年');
    let start = inner.len().checked_sub(4)?;
    let year = inner.get(start..).and_then(plausible_year)?;
    let before = blanks_off(&inner[..start]);
    let open = before.chars().next_back().filter(|c| "〔[(【{〖『".contains(*c))?;
    Some((before.len() - open.len_utf8(), year))
}

/// Where the run of code characters at the end of `head` starts.
fn code_start(head: &str) -> Option<usize> {
    /// Words that stand before a number and in no code.
    const STOPS: [&str; 28] = [
        "根据", "按照", "依据", "依照", "遵照", "落实", "执行", "印发", "转发", "关于", "文件", "详见", "参照", "结合",
        "以及", "通知", "意见", "办法", "规定", "同意", "的", "和", "及", "与", "见", "或", "比照", "以",
    ];
    /// Stands before the organ of an order, and its 和 ends no list.
    const STATE: &str = "中华人民共和国";
    let mut start = head.len();
    for (at, c) in head.char_indices().rev().take(LONGEST_CODE) {
        if !is_han(c) {
            break;
        }
        start = at;
    }
    if let Some(at) = head[start..].rfind(STATE) {
        start += at + STATE.len();
    }
    let run = &head[start..];
    let cut = STOPS.iter().filter_map(|stop| run.rfind(stop).map(|at| at + stop.len())).max().unwrap_or(0);
    (cut < run.len()).then_some(start + cut)
}

/// 财政部 税务总局公告: the organs of a joint order or announcement stand before it with blanks between.
fn joint_start(text: &str, mut start: usize) -> usize {
    const ORGANS: [&str; 8] = ["部", "局", "委", "署", "院", "会", "行", "办"];
    for _ in 0..8 {
        let before = &text[..start];
        let bare = before.trim_end_matches([' ', '\u{3000}', '\u{A0}']);
        let blanks = before.len() - bare.len();
        let Some(next) = code_start(bare) else { break };
        let organ = &bare[next..];
        let count = organ.chars().count();
        if blanks == 0 || !(2..=14).contains(&count) || !ORGANS.iter().any(|end| organ.ends_with(end)) {
            break;
        }
        start = next;
    }
    start
}

/// Whether `code` can be the code of a document number: not that of a licence, a filing, a case, a street.
fn is_code(code: &str, form: NumberForm) -> bool {
    const FALSE_FRIENDS: [&str; 12] = ["备", "准", "证", "审批", "许可", "注册", "登记", "路", "街", "巷", "弄", "楼"];
    let count = code.chars().count();
    let is_false = FALSE_FRIENDS.iter().any(|word| code.ends_with(word));
    let shaped = match form {
        NumberForm::Bracketed => count >= 2,
        NumberForm::Ordinal => ["令", "公告", "通告", "号外", "决定"].iter().any(|word| code.ends_with(word)),
        NumberForm::Plain => count >= 3 && code.ends_with('字'),
    };
    shaped && !is_false && code.chars().all(is_han)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_running_text_and_their_false_friends_are_not() {
        for (text, found) in [
            ("(津党办发〔2020〕14号)和", "津党办发〔2020〕14号"),
            ("根据国发〔2015〕71号文件", "国发〔2015〕71号"),
            ("省政府关于黔府发〔2018〕第7号的批复", "黔府发〔2018〕7号"),
            ("国务院令第707号公布", "国务院令第707号"),
            ("财政部 税务总局公告2020年第6号", "财政部税务总局公告2020年第6号"),
            ("国核安证字2102号", "国核安证字2102号"),
            ("津ICP备17009684号-1 津公网安备 12011002018073号", ""),
            ("住中山路18号", ""),
            ("(2021)京01民终12号", ""),
            ("字号:大 中 小", ""),
            ("京工改办〔2024〕2 号", "京工改办〔2024〕2号"),
            ("2015 年 10 月 30 日某市人民政府令第 132 号公布", "某市人民政府令第132号"),
        ] {
            let numbers: Vec<String> = numbers_in(text).iter().map(|(_, number)| number.to_string()).collect();
            assert_eq!(numbers.join(" "), found, "{text}");
        }
    }
}
