//! 目标 (targets): an indicator, a number, a unit and a horizon. Results of the past are none.

use super::sentences::{Sentences, before};
use crate::model::{Deadline, Document, MeasureMention, PartialDate, Places, Span, TargetMention, is_han};

/// Units that count what can be aimed at.
const UNITS: [&str; 34] = [
    "家",
    "件",
    "项",
    "个",
    "人",
    "人次",
    "名",
    "户",
    "套",
    "亿元",
    "万元",
    "元",
    "%",
    "个百分点",
    "公里",
    "平方米",
    "亩",
    "吨",
    "场",
    "次",
    "所",
    "处",
    "座",
    "条",
    "批",
    "种",
    "辆",
    "台",
    "张",
    "部",
    "篇",
    "艘",
    "对",
    "支",
];

/// Verbs that set a number as an aim.
const AIMS: [&str; 26] = [
    "达到",
    "达",
    "提高到",
    "提升到",
    "增加到",
    "增长到",
    "超过",
    "突破",
    "不少于",
    "不低于",
    "推动",
    "培育",
    "建成",
    "建设",
    "新增",
    "引进",
    "完成",
    "实现",
    "力争",
    "组织",
    "发展到",
    "稳定在",
    "控制在",
    "增加",
    "增长",
    "认定",
];

/// Words that say a number is of the past, or no aim.
const PAST: [&str; 10] = ["截至", "目前", "已", "去年", "上年", "同比", "现有", "累计", "共有", "受理"];

/// What is counted, and the clause before a number, are not longer than this, in bytes.
const LONGEST_INDICATOR: usize = 180;

/// Finds targets: in sentences that name a horizon (到2025年), in measures that have a deadline, and floors for
/// what recurs. O(n): at a place where one is found no later rule finds another.
pub(super) fn find(sentences: &Sentences<'_>, document: &Document, measures: &[MeasureMention]) -> Vec<TargetMention> {
    let text = sentences.text();
    let mut found = Vec::new();
    for part in &document.parts {
        let horizons = part.body.of(text).match_indices("到20").map(|(at, _)| part.body.start as usize + at);
        let mut horizons = horizons.filter_map(|at| horizon_at(text, at)).peekable();
        while let Some((horizon, by)) = horizons.next() {
            // What stands behind the next horizon is due by that one.
            let next = horizons.peek().map_or(part.body.end, |(next, _)| next.start);
            let end = sentences.end(horizon.start as usize).min(next.max(horizon.end) as usize);
            for clause in split_clauses(text, horizon.end as usize, end) {
                found.extend(indicator_clause(text, clause, Some(by)));
            }
        }
    }
    let due = |measure: &MeasureMention| match measure.deadline.as_ref().map(|deadline| deadline.value) {
        Some(Deadline::By(by)) => Some(by),
        _ => None,
    };
    let dated = measures.iter().filter_map(|measure| Some((document.items[measure.item].span, due(measure)?)));
    add(&mut found, dated.flat_map(|(span, by)| aims(sentences, span, by)));
    add(&mut found, measures.iter().flat_map(|measure| norms(text, document.items[measure.item].span, due(measure))));
    found.sort_by_key(|target| target.span);
    found.dedup_by_key(|target| target.span);
    found
}

/// Adds those that stand where none has been found yet.
fn add(found: &mut Vec<TargetMention>, more: impl Iterator<Item = TargetMention>) {
    let taken: Places = found.iter().map(|target| target.span).collect();
    found.extend(more.filter(|target| !taken.overlap(target.span)));
}

/// 到2025年, 到2025年底, 到2025年末.
fn horizon_at(text: &str, at: usize) -> Option<(Span, PartialDate)> {
    let rest = &text[at + '到'.len_utf8()..];
    let year: u32 = rest.get(..4)?.parse().ok()?;
    let after = rest[4..].strip_prefix('年')?;
    let is_end = after.starts_with(['底', '末']);
    let date = PartialDate::new(year, None, None)?;
    let end = text.len() - after.len() + if is_end { '底'.len_utf8() } else { 0 };
    Some((Span::new(at, end), if is_end { date.last_day() } else { date }))
}

/// The clauses of a place, at commas and 、 alike.
fn split_clauses(text: &str, start: usize, end: usize) -> Vec<Span> {
    let mut clauses = Vec::new();
    let mut from = start;
    for (at, c) in text[start..end].char_indices().map(|(at, c)| (start + at, c)).chain([(end, ',')]) {
        if matches!(c, ',' | '、') {
            clauses.push(Span::new(from, at));
            from = at + c.len_utf8();
        }
    }
    clauses
}

/// 每万人口发明专利拥有量3.9件: words, a number, a unit, and nothing else in the clause.
fn indicator_clause(text: &str, clause: Span, by: Option<PartialDate>) -> Option<TargetMention> {
    let words = clause.of(text);
    let lead = words.len() - words.trim_start().len();
    let number = words.find(|c: char| c.is_ascii_digit())?;
    let (value, unit, end) = quantity(&words[number..])?;
    let rest = words[number + end..].trim();
    let closes = rest.is_empty() || ["以上", "左右", "以内", "以下"].contains(&rest);
    let name = words[..number].trim();
    let is_past = PAST.iter().any(|word| name.contains(word));
    let named =
        name.chars().count() >= 2 && name.chars().any(is_han) && name.chars().all(|c| is_han(c) || !c.is_ascii_digit());
    if !closes || is_past || !named {
        return None;
    }
    let start = clause.start as usize;
    let bare = AIMS.iter().fold(name, |name, aim| name.strip_suffix(aim).unwrap_or(name));
    Some(TargetMention {
        span: Span::new(start + lead, start + number + end),
        indicator: Span::new(start + lead, start + lead + bare.len()),
        value,
        unit: Span::new(unit.start + start + number, unit.end + start + number),
        by,
    })
}

/// 推动600家中小微企业实现…: a verb of aim, a number, a unit and what is counted.
fn aims(sentences: &Sentences<'_>, measure: Span, by: PartialDate) -> Vec<TargetMention> {
    let text = sentences.text();
    let words = measure.of(text);
    let mut found = Vec::new();
    let mut skip = 0;
    for (at, c) in words.char_indices() {
        if at < skip || !c.is_ascii_digit() || words[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.') {
            continue;
        }
        let Some((value, unit, length)) = quantity(&words[at..]) else { continue };
        skip = at + length;
        let lead = words[..at].trim_end_matches(['约', '近']);
        let Some(verb) = AIMS.iter().find(|verb| lead.ends_with(*verb)) else { continue };
        let offset = measure.start as usize;
        let sentence = sentences.lead(offset + at);
        if PAST.iter().any(|word| sentence.contains(word)) {
            continue;
        }
        let ends = |c: &char| [',', '。', ';', '、', '('].contains(c);
        let counted: usize = words[skip..].chars().take(60).take_while(|c| !ends(c)).map(char::len_utf8).sum();
        let counted = &words[skip..skip + counted];
        let indicator = if counted.is_empty() {
            let end = lead.len() - verb.len();
            Span::new(last_part(lead, end, &[',', '。', '、']), end)
        } else {
            Span::new(skip, skip + counted.len())
        };
        found.push(TargetMention {
            span: Span::new(at, skip).shifted(offset),
            indicator: indicator.shifted(offset),
            value,
            unit: Span::new(unit.start + at, unit.end + at).shifted(offset),
            by: Some(by),
        });
    }
    found
}

/// 每周更新不少于3次: a floor for something that recurs.
fn norms(text: &str, measure: Span, by: Option<PartialDate>) -> Vec<TargetMention> {
    let words = measure.of(text);
    let mut found = Vec::new();
    for floor in ["不少于", "不低于", "至少"] {
        for (at, _) in words.match_indices(floor) {
            let number = at + floor.len();
            let clause = last_part(words, at, &['。', ',', ';', '、', '\n', ')']);
            let lead = &words[clause..at];
            let recurs =
                ["每年", "每月", "每周", "每季", "每天", "每半年", "每个"].iter().any(|each| lead.contains(each));
            let Some((value, unit, length)) = quantity(&words[number..]).filter(|_| recurs) else { continue };
            let offset = measure.start as usize;
            found.push(TargetMention {
                span: Span::new(clause, number + length).shifted(offset),
                indicator: Span::new(clause, at).shifted(offset),
                value,
                unit: Span::new(number + unit.start, number + unit.end).shifted(offset),
                by,
            });
        }
    }
    found
}

/// Where the last part of `words[..end]` starts that `signs` divide.
fn last_part(words: &str, end: usize, signs: &[char]) -> usize {
    let from = before(words, end, LONGEST_INDICATOR);
    let sign = words[from..end].char_indices().rev().find(|(_, c)| signs.contains(c));
    from + sign.map_or(0, |(at, c)| at + c.len_utf8())
}

/// A number with its unit at the start of `text`: value (万 and 亿 multiplied out), place of the unit, length.
fn quantity(text: &str) -> Option<(f64, std::ops::Range<usize>, usize)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let number: f64 = text[..end].trim_end_matches('.').parse().ok()?;
    let rest = text[end..].trim_start_matches(['余', '多']);
    let (factor, rest) = match rest.chars().next()? {
        '万' => (1e4, &rest['万'.len_utf8()..]),
        '亿' => (1e8, &rest['亿'.len_utf8()..]),
        _ => (1.0, rest),
    };
    let rest = rest.trim_start_matches(['余', '多']);
    let unit = UNITS.iter().filter(|unit| rest.starts_with(**unit)).max_by_key(|unit| unit.len())?;
    // 17部门, 12条例, 3个月 count nothing that is aimed at.
    let after = &rest[unit.len()..];
    let is_false = (*unit == "部" && after.starts_with('门'))
        || (*unit == "条" && after.starts_with('例'))
        || (*unit == "个" && after.starts_with(['月', '工']));
    let start = text.len() - rest.len();
    (!is_false).then(|| (number * factor, start..start + unit.len(), start + unit.len()))
}
