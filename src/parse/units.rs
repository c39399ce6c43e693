//! 行 (units): the lines of a text; where the line structure is lost, what must have been lines.

use super::marks;
use crate::{
    model::{Finding, FindingCode, Severity, Span, dates_in, is_han, number_at_start, numbers_in},
    register::Register,
};

/// A line, or what must have been one: its place without blanks and marks of a heading at the ends. Never empty.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Unit {
    pub(super) span: Span,
    /// The level of a heading in Markdown; 0 for any other line.
    pub(super) heading: u8,
}

/// A physical line longer than this (in characters) may hold several paragraphs.
const LONG_LINE: usize = 150;

/// And one longer than this, where blanks in a row stand between its sentences.
const SHORTEST_JOINED: usize = 40;

/// Splits a text into units.
pub(super) fn split(register: &Register, text: &str, findings: &mut Vec<Finding>) -> Vec<Unit> {
    let mut units = Vec::new();
    let longest = text.split('\n').map(|line| line.chars().count()).max().unwrap_or(0);
    let is_filled = |line: &&str| !line.trim().is_empty();
    // Most of a text of some length on one line: the paragraphs' ends are gone.
    let is_lost = longest > LONG_LINE && text.split('\n').filter(is_filled).nth(8).is_none() && {
        let total = text.chars().filter(|c| !c.is_whitespace()).count();
        total > LONG_LINE && longest * 10 > total * 8
    };
    let mut start = 0;
    for line in text.split('\n') {
        let place = Span::new(start, start + line.len());
        start += line.len() + 1;
        let count = line.chars().count();
        let is_joined = count > SHORTEST_JOINED && line.contains('。') && !line.contains('|');
        if count > LONG_LINE || is_joined {
            split_long(register, text, place, is_lost, &mut units, findings);
        } else {
            let place = split_head(text, place, &mut units, findings);
            push(text, place, &mut units);
        }
    }
    if is_lost {
        let first = units.first().map_or(Span::default(), |unit| unit.span);
        findings.push(Finding::at(
            FindingCode::LostLines,
            Severity::Warn,
            head_of(text, first),
            "换行丢失, 各段连成一行",
        ));
    }
    units
}

/// The first twenty characters of a place.
pub(super) fn head_of(text: &str, span: Span) -> Span {
    let length = span.of(text).char_indices().nth(20).map_or(span.len(), |(end, _)| end);
    Span::new(span.start as usize, span.start as usize + length)
}

fn push(text: &str, place: Span, units: &mut Vec<Unit>) {
    let slice = place.of(text);
    let start = place.start as usize + (slice.len() - slice.trim_start().len());
    let span = Span::new(start, start + slice.trim().len());
    if !span.is_empty() {
        let (span, heading) = marks::heading(text, span);
        units.push(Unit { span, heading });
    }
}

/// Splits a long line at runs of blanks (single ones too where all line ends are lost), and where a
/// signature and a date follow the last sentence.
fn split_long(
    register: &Register,
    text: &str,
    place: Span,
    single_blanks: bool,
    units: &mut Vec<Unit>,
    findings: &mut Vec<Finding>,
) {
    let line = place.of(text);
    let mut start = 0;
    let mut chars = line.char_indices().peekable();
    let mut previous = ' ';
    while let Some((at, c)) = chars.next() {
        if !c.is_whitespace() {
            previous = c;
            continue;
        }
        let mut count = 1;
        let mut end = at + c.len_utf8();
        while let Some((next, c)) = chars.next_if(|(_, c)| c.is_whitespace()) {
            count += 1;
            end = next + c.len_utf8();
        }
        let next = chars.peek().map_or(' ', |(_, c)| *c);
        let in_date = matches!(previous, '年' | '月') && next.is_ascii_digit();
        let between_words = (previous.is_ascii_alphanumeric() && next.is_ascii_alphanumeric()) || in_date;
        if count >= 2 || (single_blanks && !between_words) {
            split_tail(register, text, Span::new(start, at).shifted(place.start as usize), units, findings);
            start = end;
        }
    }
    split_tail(register, text, Span::new(start, line.len()).shifted(place.start as usize), units, findings);
}

/// `某市政府关于…的通知渝府发〔2014〕53号各区县政府:…`: title, number, rest.
fn split_head(text: &str, place: Span, units: &mut Vec<Unit>, findings: &mut Vec<Finding>) -> Span {
    const KINDS: [&str; 12] =
        ["通知", "意见", "函", "批复", "决定", "公告", "通告", "通报", "办法", "规定", "方案", "答复"];
    if !units.is_empty() {
        return place;
    }
    let slice = place.of(text);
    let head = slice.char_indices().nth(LONG_LINE).map_or(slice, |(end, _)| &slice[..end]);
    let Some((mut number, written)) = numbers_in(head).into_iter().next() else {
        return split_title(text, place, units, findings);
    };
    // …制度的函渝府办函〔2021〕52号: the title's kind is no part of the code.
    if let Some(kind) =
        KINDS.iter().find(|kind| written.code.starts_with(**kind) && head[..number.start as usize].ends_with('的'))
    {
        number.start += u32::try_from(kind.len()).unwrap_or(0);
    }
    let title = head[..number.start as usize].trim_end();
    let is_title = title.chars().count() >= 8
        && !title.contains(['。', ':', ';'])
        && KINDS.iter().any(|kind| title.ends_with(kind));
    if !is_title {
        return split_title(text, place, units, findings);
    }
    let at = place.start as usize;
    let number = number.shifted(at);
    if title.len() == head[..(number.start as usize - at)].len() {
        findings.push(Finding::at(FindingCode::RunTogether, Severity::Warn, number, "标题、文号与主送机关相连"));
    }
    push(text, Span::new(at, at + title.len()), units);
    push(text, number, units);
    Span::new(number.end as usize, place.end as usize)
}

/// `某市某局关于…的通知各区某局,有关单位:…`: title, rest.
fn split_title(text: &str, place: Span, units: &mut Vec<Unit>, findings: &mut Vec<Finding>) -> Span {
    const ENDS: [&str; 5] = ["的通知", "的意见", "的函", "的批复", "的通报"];
    let slice = place.of(text);
    let head = slice.char_indices().nth(LONG_LINE).map_or(slice, |(end, _)| &slice[..end]);
    let head = &head[..head.find(['。', ':', ';', ',', '\n']).unwrap_or(head.len())];
    let number = number_at_start(head).map_or(0, |(length, _)| length);
    let ends = ENDS.iter().flat_map(|end| head.match_indices(end).map(|(at, end)| at + end.len()));
    let Some(end) = ends.filter(|&end| end > number && head[end..].starts_with('各')).min() else { return place };
    let at = place.start as usize;
    let mut touch = |end: usize, message: &str| {
        let start = slice[..end].char_indices().next_back().map_or(end, |(start, _)| start);
        let next = slice[end..].chars().next().map_or(end, |c| end + c.len_utf8());
        findings.push(Finding::at(FindingCode::RunTogether, Severity::Warn, Span::new(at + start, at + next), message));
    };
    if number > 0 && !slice[number..].starts_with(char::is_whitespace) {
        touch(number, "发文字号与标题相连");
    }
    touch(end, "标题与主送机关相连");
    push(text, Span::new(at, at + number), units);
    push(text, Span::new(at + number, at + end), units);
    Span::new(at + end, place.end as usize)
}

/// `…报送省政府办公厅。某省人民政府办公厅2019年4月22日更多信息…`: three units.
fn split_tail(register: &Register, text: &str, place: Span, units: &mut Vec<Unit>, findings: &mut Vec<Finding>) {
    let place = split_head(text, place, units, findings);
    let slice = place.of(text);
    for (date, _) in dates_in(slice).into_iter().rev().take(3) {
        let Some(start) = signature_before(register, &slice[..date.start as usize]) else { continue };
        if goes_on(&slice[date.end as usize..]) {
            continue;
        }
        let at = place.start as usize;
        let signed = Span::new(start, date.end as usize).shifted(at);
        findings.push(Finding::at(FindingCode::RunTogether, Severity::Warn, signed, "署名、日期与前后文相连"));
        push(text, Span::new(at, at + start), units);
        push(text, signed, units);
        push(text, Span::new(at + date.end as usize, place.end as usize), units);
        return;
    }
    push(text, place, units);
}

/// Where the names start that sign right before a date: behind a sentence, or behind the annexes listed above
/// them (附件:某单某省某厅).
fn signature_before(register: &Register, before: &str) -> Option<usize> {
    const LONGEST_SIGNATURE: usize = 60;
    const LONGEST_LIST: usize = 200;
    let run =
        before.char_indices().rev().take(LONGEST_SIGNATURE).take_while(|(_, c)| is_han(*c) || *c == ' ').last()?.0;
    let (above, signature) = before.split_at(run);
    let signs = |names: &str| {
        let mut organs = names.split(' ').flat_map(|name| register.organs_in_row(name));
        names.trim().chars().nth(3).is_some() && organs.all(|(_, name)| is_organ(register, name))
    };
    let is_behind = above.ends_with(['。', '”', ')'])
        || (above.ends_with("附件:") && register.starts_organ(signature.trim_start()));
    if is_behind && signs(signature) {
        return Some(run);
    }
    let list = above.char_indices().rev().nth(LONGEST_LIST).map_or(above, |(at, _)| &above[at..]);
    let annex = list.rfind("附件").filter(|at| !list[*at..].contains('。'));
    let starts = signature.char_indices().map(|(at, _)| at).skip(1);
    let mut names = starts.filter(|&at| annex.is_some() && register.starts_organ(&signature[at..]));
    names.find(|&at| signs(&signature[at..])).map(|at| run + at)
}

/// Whether a name is an organ's and no beginning of a sentence: 经某局, 自某部.
fn is_organ(register: &Register, name: &str) -> bool {
    const LEADS: [&str; 14] =
        ["根据", "依据", "按照", "依照", "经", "由", "自", "从", "对", "在", "于", "至", "为", "本"];
    let region = name.char_indices().nth(3).map_or(name, |(end, _)| &name[..end]);
    // 某某省名单某某省某厅 is an annex and an organ.
    let is_one = name.matches(region).count() == 1;
    is_one && register.is_agency_name(name) && !LEADS.iter().any(|lead| name.starts_with(lead))
}

/// Whether the sentence goes on behind a date: …起施行, …印发的, …前报送.
fn goes_on(behind: &str) -> bool {
    const VERBS: [&str; 30] = [
        "起", "前", "后", "至", "以", "之", "止", "的", "在", "就", "对", "向", "依", "印发", "发布", "公布", "出台",
        "联合", "召开", "下发", "正式", "举行", "通知", "制定", "作出", "批准", "发文", ",", "、", "—",
    ];
    let behind = behind.trim_start();
    VERBS.iter().any(|verb| behind.starts_with(verb))
}
