//! 责任分工 clauses: (甲牵头,乙、丙按职责分工负责;2021年12月底前完成), 牵头单位:… 配合单位:….

use crate::{
    model::{Duty, DutyBasis, DutyMention, Finding, FindingCode, Places, Severity, Span, is_han},
    register::{Register, WordSet},
};
use std::sync::LazyLock;

/// Words that end a group of agencies and say what they do, longest first.
const DUTY_WORDS: [(&str, Duty); 22] = [
    ("按照职责分工负责", Duty::Joint),
    ("按职责分工负责", Duty::Joint),
    ("按照职责分工落实", Duty::Joint),
    ("按职责分工落实", Duty::Joint),
    ("按照各自职责负责", Duty::Joint),
    ("按照职责分工", Duty::Joint),
    ("按职责分工", Duty::Joint),
    ("按各自职责", Duty::Joint),
    ("根据职责分工负责", Duty::Joint),
    ("依职责分工负责", Duty::Joint),
    ("分别负责", Duty::Joint),
    ("分工负责", Duty::Joint),
    ("共同负责", Duty::Joint),
    ("牵头负责", Duty::Lead),
    ("牵头实施", Duty::Lead),
    ("牵头", Duty::Lead),
    ("具体负责", Duty::Responsible),
    ("负责", Duty::Responsible),
    ("配合", Duty::Support),
    ("协助", Duty::Support),
    ("协同", Duty::Support),
    ("参与", Duty::Support),
];

static WORDS_OF_DUTY: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(DUTY_WORDS.map(|(word, _)| word)));

/// Labels before a list of agencies, and what they say.
const LABELS: [(&str, Duty); 14] = [
    ("牵头单位", Duty::Lead),
    ("牵头部门", Duty::Lead),
    ("主办单位", Duty::Lead),
    ("主责单位", Duty::Lead),
    ("配合单位", Duty::Support),
    ("配合部门", Duty::Support),
    ("协办单位", Duty::Support),
    ("参与单位", Duty::Support),
    ("协同单位", Duty::Support),
    ("责任单位", Duty::Responsible),
    ("责任部门", Duty::Responsible),
    ("落实单位", Duty::Responsible),
    ("负责单位", Duty::Responsible),
    ("实施单位", Duty::Responsible),
];

/// Words by which a document says that the first of several agencies leads: 排在第一位的部门为牵头部门.
pub(super) fn first_leads(text: &str) -> Option<usize> {
    static FIRST: LazyLock<WordSet> = LazyLock::new(|| {
        WordSet::new([
            "排在第一位",
            "排名第一",
            "排名第1",
            "列第一位",
            "排第一位",
            "列在首位",
            "排在首位",
            "列在第一位",
            "排序第一",
        ])
    });
    let (first, _) = FIRST.find(text).next()?;
    let at = first.start as usize;
    let rest = &text[at..];
    let rest = rest.char_indices().nth(24).map_or(rest, |(end, _)| &rest[..end]);
    rest.contains("牵头").then_some(at)
}

/// A name longer than this is none, in characters.
const LONGEST_NAME: usize = 30;

/// The places within `measure` that are clauses of duties: in brackets, or lines with labels.
pub(super) fn clauses(text: &str, measure: Span) -> Vec<Span> {
    let mut found = bracketed(text, measure);
    let taken: Places = found.iter().copied().collect();
    let mut start = measure.start as usize;
    for line in measure.of(text).split('\n') {
        let span = Span::new(start, start + line.len());
        start += line.len() + 1;
        let head = line.trim_start();
        if LABELS.iter().any(|(label, _)| head.starts_with(label)) && !taken.overlap(span) {
            found.push(span);
        }
    }
    found.sort_unstable();
    found
}

/// Bracketed places that hold a word of duty, outer brackets only, without the brackets.
fn bracketed(text: &str, measure: Span) -> Vec<Span> {
    let (mut found, mut depth, mut open) = (Vec::new(), 0u32, 0);
    for (at, c) in measure.of(text).char_indices() {
        match c {
            '(' => {
                depth += 1;
                if depth == 1 {
                    open = at + 1;
                }
            }
            ')' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    let span = Span::new(open, at).shifted(measure.start as usize);
                    if is_duty_clause(span.of(text)) {
                        found.push(span);
                    }
                }
            }
            _ => (),
        }
    }
    found
}

fn is_duty_clause(words: &str) -> bool {
    let has_label = LABELS.iter().any(|(label, _)| words.trim_start().starts_with(label));
    has_label || (!words.contains('。') && WORDS_OF_DUTY.is_in(words))
}

/// Reads a clause: who does what, in the order of the text.
pub(super) fn duties(register: &Register, text: &str, clause: Span, findings: &mut Vec<Finding>) -> Vec<DutyMention> {
    let mut duties: Vec<DutyMention> = Vec::new();
    let mut waiting: Vec<Span> = Vec::new();
    let mut label: Option<Duty> = None;
    let mut last: Option<Duty> = None;
    for token in joined(text, tokens(text, clause)) {
        let (token, labelled) = label_off(text, token);
        if let Some(duty) = labelled {
            flush(&mut duties, &mut waiting, label.or(last));
            label = Some(duty);
        }
        if first_leads(token.of(text)).is_some() {
            continue;
        }
        let (name, duty) = duty_off(text, token);
        for name in agencies_of(register, text, name, findings) {
            waiting.push(name);
        }
        if let Some(duty) = duty {
            // A label that said more (牵头单位) is not undone by a word that says less (负责).
            let duty = if duty == Duty::Responsible { label.unwrap_or(duty) } else { duty };
            flush(&mut duties, &mut waiting, Some(duty));
            last = Some(duty);
        }
    }
    flush(&mut duties, &mut waiting, label.or(last));
    duties
}

fn flush(duties: &mut Vec<DutyMention>, waiting: &mut Vec<Span>, duty: Option<Duty>) {
    let Some(duty) = duty else {
        waiting.clear();
        return;
    };
    for agency in waiting.drain(..) {
        duties.push(DutyMention { agency, duty, basis: DutyBasis::Clause });
    }
}

/// The parts of a clause between commas, semicolons and blanks, outside inner brackets.
fn tokens(text: &str, clause: Span) -> Vec<Span> {
    let (mut tokens, mut start, mut depth) = (Vec::new(), 0, 0i32);
    let words = clause.of(text);
    for (at, c) in words.char_indices().map(|(at, c)| (at, Some(c))).chain([(words.len(), None)]) {
        depth += c.map_or(0, |c| i32::from(matches!(c, '(' | '[')) - i32::from(matches!(c, ')' | ']')));
        let separates =
            c.is_none_or(|c| depth <= 0 && (matches!(c, '、' | ',' | ';' | '。' | '\n') || c.is_whitespace()));
        if !separates {
            continue;
        }
        if at > start {
            tokens.push(Span::new(start, at).shifted(clause.start as usize));
        }
        start = at + c.map_or(0, char::len_utf8);
    }
    tokens
}

/// 各市、县政府 and 各省、自治区、直辖市人民政府 are one name: words for regions alone wait for the organ.
fn joined(text: &str, tokens: Vec<Span>) -> Vec<Span> {
    let is_region_word = |span: Span| {
        let (span, _) = label_off(text, span);
        let words = span.of(text).trim_start_matches('各');
        let words = ["自治区", "直辖市", "设区市", "开发区", "新区"]
            .iter()
            .fold(words, |words, word| words.strip_prefix(word).unwrap_or(words));
        span.of(text).chars().count() <= 8 && words.chars().all(|c| "省市县区州旗盟地乡镇".contains(c))
    };
    let mut joined: Vec<Span> = Vec::with_capacity(tokens.len());
    for token in tokens {
        match joined.last_mut() {
            Some(last) if is_region_word(*last) && text[last.end as usize..token.start as usize].trim() == "、" => {
                last.end = token.end;
            }
            _ => joined.push(token),
        }
    }
    joined
}

/// Takes a label (责任单位:) off the front.
fn label_off(text: &str, token: Span) -> (Span, Option<Duty>) {
    let words = token.of(text);
    for (label, duty) in LABELS {
        if let Some(rest) = words.strip_prefix(label).and_then(|rest| rest.strip_prefix(':')) {
            return (Span { start: token.end - u32::try_from(rest.len()).unwrap_or(0), end: token.end }, Some(duty));
        }
    }
    (token, None)
}

/// Takes a word of duty off the end, and 由, 会同 off the front (会同 makes it support).
fn duty_off(text: &str, token: Span) -> (Span, Option<Duty>) {
    let words = token.of(text);
    let (mut name, mut duty) = (words, None);
    for (word, says) in DUTY_WORDS {
        if let Some(rest) = words.strip_suffix(word) {
            name = rest;
            duty = Some(says);
            break;
        }
    }
    let name = name.trim_end_matches("等部门").trim_end_matches("等单位").trim_end_matches('等');
    let bare = name.trim_start_matches('由');
    let start = token.start as usize + (name.len() - bare.len());
    let end = token.start as usize + name.len();
    if let Some(rest) = bare.strip_prefix("会同") {
        return (Span::new(end - rest.len(), end), Some(duty.unwrap_or(Duty::Support)));
    }
    (Span::new(start, end), duty)
}

/// The agencies that a token names: one, or two that touch (区教育局各街道办), which is a finding.
fn agencies_of(register: &Register, text: &str, token: Span, findings: &mut Vec<Finding>) -> Vec<Span> {
    let words = token.of(text).trim();
    let known = |words: &str| register.is_agency_name(words) || register.is_agency_class(words);
    if words.is_empty() || words.chars().nth(LONGEST_NAME).is_some() || !words.starts_with(is_han) {
        return Vec::new();
    }
    let parts = split_touching(register, words);
    if parts.len() > 1 {
        let message = "两个机关名称相连, 缺少顿号";
        findings.push(Finding::at(FindingCode::RunTogether, Severity::Warn, token, message));
    }
    let mut start = token.start as usize;
    let mut found = Vec::new();
    for part in parts {
        if known(part) {
            found.push(Span::new(start, start + part.len()));
        }
        start += part.len();
    }
    found
}

/// Splits where a registered name ends and another begins with its level: 市人社局|市税务局, 区教育局|各街道办.
fn split_touching<'a>(register: &Register, words: &'a str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let mut rest = words;
    'outer: loop {
        for (at, c) in rest.char_indices().skip(2) {
            if !matches!(c, '各' | '市' | '区' | '县' | '省') {
                continue;
            }
            let (left, right) = rest.split_at(at);
            // 省政府各部门, 国务院各部委 are one name.
            let owns = ["政府", "国务院", "党委", "市委", "县委", "区委", "省委", "厅", "局"]
                .iter()
                .any(|end| left.ends_with(end));
            if c == '各'
                && owns
                && !left.ends_with("办")
                && !right.starts_with("各街")
                && !right.starts_with("各镇")
                && !right.starts_with("各乡")
            {
                continue;
            }
            let ended = register.agencies.suffix_of(left).is_some_and(|suffix| suffix.short.chars().count() >= 2);
            let begins = c == '各' || register.agencies.suffix_of(right).is_some();
            let whole = register.agencies.national(rest).is_some();
            if ended && begins && !whole && right.chars().count() >= 3 {
                parts.push(left);
                rest = right;
                continue 'outer;
            }
        }
        parts.push(rest);
        return parts;
    }
}
