//! 句子主语 (sentence subjects): who a sentence says will do it. Weaker evidence than a clause of duties.

use crate::{
    model::{Duty, DutyBasis, DutyMention, Places, Span, is_han},
    register::{Register, WordSet},
};
use std::{collections::HashSet, sync::LazyLock};

/// Words behind a subject that make its sentence a task, and what they say.
const VERBS: [(&str, Option<Duty>); 12] = [
    ("牵头", Some(Duty::Lead)),
    ("负责", Some(Duty::Responsible)),
    ("具体负责", Some(Duty::Responsible)),
    ("配合", Some(Duty::Support)),
    ("协助", Some(Duty::Support)),
    ("要", None),
    ("应", None),
    ("应当", None),
    ("须", None),
    ("分别", None),
    ("按照职责", Some(Duty::Joint)),
    ("按职责", Some(Duty::Joint)),
];

static WORDS_OF_DUTY: LazyLock<WordSet> = LazyLock::new(|| WordSet::new(VERBS.map(|(verb, _)| verb)));

/// Words of doing and of relation: what starts with one is no name, whatever it ends in (支持企业, 与政府部门).
const NO_NAMES: [&str; 32] = [
    "与", "和", "及", "对", "向", "为", "在", "将", "以", "支持", "加强", "鼓励", "引导", "推动", "推进", "促进",
    "指导", "督促", "帮助", "协调", "联合", "会同", "通过", "根据", "按照", "完善", "健全", "建立", "开展", "深化",
    "强化", "培育",
];

/// Parts of an agency (处室) are named within it, not by themselves.
const OFFICES: [char; 2] = ['处', '科'];

/// A list of subjects is never longer than this, in characters.
const LONGEST: usize = 60;

/// The subjects of a measure's sentences, outside `clauses`.
pub(super) fn find(register: &Register, text: &str, measure: Span, clauses: &[Span]) -> Vec<DutyMention> {
    let words = measure.of(text);
    let mut found: Vec<DutyMention> = Vec::new();
    let mut known: HashSet<&str> = HashSet::new();
    let clauses: Places = clauses.iter().copied().collect();
    for start in clause_starts(words) {
        let at = measure.start as usize + start;
        if clauses.overlap(Span::new(at, at + 1)) {
            continue;
        }
        let rest = &words[start..];
        // Behind a sign the next clause starts, which has its own turn.
        let end = rest.char_indices().enumerate().find(|(count, (_, c))| *count == LONGEST || ends_subject(*c));
        let rest = end.map_or(rest, |(_, (end, _))| &rest[..end]);
        let Some((names, duty)) = subjects(register, rest) else { continue };
        for (offset, name) in &names {
            let duty = duty.unwrap_or(if names.len() > 1 { Duty::Joint } else { Duty::Responsible });
            let agency = Span::new(at + offset, at + offset + name.len());
            if known.insert(name) {
                found.push(DutyMention { agency, duty, basis: DutyBasis::SentenceSubject });
            }
        }
    }
    found
}

/// No list of subjects goes on over one of these.
fn ends_subject(c: char) -> bool {
    matches!(c, '。' | ',' | ';' | ':')
}

/// Where clauses start: behind stops, numbers and headings; 由 and 会同 are skipped.
fn clause_starts(words: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut previous = '\n';
    for (at, c) in words.char_indices() {
        if is_han(c)
            && (matches!(previous, '。' | ';' | ',' | '\n' | ')' | '.' | ':' | ' ') || (previous == '、' && at < 12))
        {
            let skipped = words[at..].strip_prefix('由').map_or(0, |_| '由'.len_utf8());
            // Behind 第五条 and 乡（镇） nothing starts: the one is a number, the other the first half of a name.
            let is_inside = starts_with_ordinal(&words[at..]) || ends_with_levels(&words[..at]);
            if !is_inside {
                starts.push(at + skipped);
            }
        }
        previous = c;
    }
    starts
}

/// 第五条, 第二款, 第三项: the number of an article.
fn starts_with_ordinal(words: &str) -> bool {
    let Some(rest) = words.strip_prefix('第') else { return false };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十百千".contains(c));
    rest.starts_with(['条', '款', '项', '章', '节', '编', '目'])
}

/// 乡（镇）, 县（市、区）: levels in brackets, which the name goes on behind.
fn ends_with_levels(words: &str) -> bool {
    let Some(inner) = words.strip_suffix(')') else { return false };
    let levels = |c: &char| "省市县区州旗盟地乡镇村居街道、办事处".contains(*c);
    let levels: usize = inner.chars().rev().take(12).take_while(levels).map(char::len_utf8).sum();
    inner[..inner.len() - levels].ends_with('(')
}

/// Names with their offsets in bytes.
type Names<'a> = Vec<(usize, &'a str)>;

/// The agencies that `text` starts with, where a verb of duty follows them, and what it says.
fn subjects<'a>(register: &Register, text: &'a str) -> Option<(Names<'a>, Option<Duty>)> {
    // 企业负责人 is a person.
    let (verb, row) = WORDS_OF_DUTY.find(text).find(|(verb, _)| !text[verb.end as usize..].starts_with('人'))?;
    let (end, duty) = (verb.start as usize, VERBS[row].1);
    // 绿地由该单位负责: who acts stands behind 由.
    let start = text[..end].rfind('由').map_or(0, |at| at + '由'.len_utf8());
    let list = &text[start..end];
    // 本措施由某局负责解读: who explains a document has no duty in it.
    if list.starts_with('本') || text[end..].contains("解释") || text[end..].contains("解读") {
        return None;
    }
    if list.is_empty() {
        return None;
    }
    let is_name = |part: &str| {
        let is_named = register.is_agency_name(part) || register.is_agency_class(part);
        is_named
            && !part.contains(|c: char| c.is_whitespace() || c == '的')
            && !part.ends_with(OFFICES)
            && !NO_NAMES.iter().any(|word| part.starts_with(word))
    };
    let mut names = Vec::new();
    let mut at_item = start;
    for item in list.split('、') {
        // 人力资源和社会保障局: 和 belongs to the name.
        let parts: Vec<&str> = item.split(['和', '与', '及']).collect();
        if parts.iter().all(|part| is_name(part)) {
            let mut at = at_item;
            for part in parts {
                names.push((at, part));
                at += part.len() + text[at + part.len()..].chars().next().map_or(0, char::len_utf8);
            }
        } else if is_name(item) {
            names.push((at_item, item));
        } else {
            // 相关处室、单位 is one class.
            let is_class = register.is_agency_class(list) && is_name(list);
            return is_class.then(|| (vec![(start, list)], duty));
        }
        at_item += item.len() + '、'.len_utf8();
    }
    Some((names, duty))
}
