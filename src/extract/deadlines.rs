//! 时限 (deadlines): 2021年12月底前完成, 到2025年, 年底前, 持续推进.

use crate::model::{Deadline, PartialDate, Span, Spanned};

/// Words that say a task has no end.
const CONTINUING: [&str; 10] = [
    "持续推进",
    "长期坚持",
    "长期推进",
    "持续实施",
    "持续开展",
    "常态化推进",
    "持续坚持",
    "长期实施",
    "持续落实",
    "长期",
];

/// The first deadline of a measure: what its clauses say, else what its text says.
/// `year` is that of the document, for 年底前 and 12月底前.
pub(super) fn of_measure(text: &str, measure: Span, clauses: &[Span], year: Option<u16>) -> Option<Spanned<Deadline>> {
    for &clause in clauses {
        if let Some(found) = by_date(text, clause, year, true).or_else(|| continuing(text, clause)) {
            return Some(found);
        }
    }
    by_date(text, measure, year, false).or_else(|| horizon(text, measure))
}

/// 到2020年, 到2025年底: a horizon that a task names, as precise as it is written.
fn horizon(text: &str, measure: Span) -> Option<Spanned<Deadline>> {
    let words = measure.of(text);
    // 由2015年的五家增加到2020年的八家 tells what was.
    let is_told = |at: usize| {
        let near = words[..at].char_indices().rev().nth(40).map_or(&words[..at], |(start, _)| &words[start..at]);
        let clause = near.rsplit(['。', ';', '\n']).next().unwrap_or_default();
        clause.contains("由20") || clause.contains("从20")
    };
    let years = words.match_indices('到').map(|(at, _)| at);
    let at = years.into_iter().find(|&at| year_behind(&words[at + '到'.len_utf8()..]).is_some() && !is_told(at))?;
    let (length, date) = year_behind(&words[at + '到'.len_utf8()..])?;
    let span = Span::new(at, at + '到'.len_utf8() + length).shifted(measure.start as usize);
    Some(Spanned::new(Deadline::By(date), span))
}

fn year_behind(text: &str) -> Option<(usize, PartialDate)> {
    let (year, rest) = digits(text).filter(|(year, _)| (2000..=2099).contains(year))?;
    let rest = rest.strip_prefix('年')?;
    let date = PartialDate::new(year, None, None)?;
    match rest.strip_prefix(['底', '末']) {
        Some(after) => Some((text.len() - after.len(), date.last_day())),
        None if rest.starts_with(|c: char| c.is_ascii_digit()) => None,
        None => Some((text.len() - rest.len(), date)),
    }
}

fn continuing(text: &str, clause: Span) -> Option<Spanned<Deadline>> {
    let words = clause.of(text);
    let mut start = 0;
    for part in words.split([';', ',', '。']) {
        let trimmed = part.trim();
        if CONTINUING.contains(&trimmed) {
            let at = start + (part.len() - part.trim_start().len());
            let span = Span::new(at, at + trimmed.len()).shifted(clause.start as usize);
            return Some(Spanned::new(Deadline::Continuing, span));
        }
        start += part.len() + words[start + part.len()..].chars().next().map_or(0, char::len_utf8);
    }
    None
}

/// A date by which something is to be done. Outside clauses the words around it must say that it is.
fn by_date(text: &str, place: Span, year: Option<u16>, in_clause: bool) -> Option<Spanned<Deadline>> {
    let words = place.of(text);
    for (at, c) in words.char_indices() {
        let follows_digit = words[..at].ends_with(|c: char| c.is_ascii_digit());
        let starts = (c.is_ascii_digit() || c == '年' || c == '今') && !follows_digit;
        if !starts {
            continue;
        }
        let Some((length, date)) = deadline_at_start(&words[at..], year) else { continue };
        let written = &words[at..at + length];
        // 每年年底前 comes again each year and has no date.
        if words[..at].ends_with("每年") || words[..at].ends_with('每') {
            continue;
        }
        if in_clause || is_demand(&words[..at], &words[at + length..], written) {
            let span = Span::new(at, at + length).shifted(place.start as usize);
            return Some(Spanned::new(Deadline::By(date), span));
        }
    }
    None
}

/// 2021年12月底前(完成), 2021年8月前, 2021年8月26日前, 2025年底前, 12月底前, 年底前.
fn deadline_at_start(text: &str, year: Option<u16>) -> Option<(usize, PartialDate)> {
    let mut rest = text;
    let year = if let Some(after) = rest.strip_prefix("今年").or_else(|| rest.strip_prefix('年')) {
        // 年底前 and 今年底前 need the document's year.
        rest = after;
        u32::from(year?)
    } else {
        let (number, after) = digits(rest)?;
        if let Some(after) = after.strip_prefix('年') {
            rest = after;
            Some(number).filter(|_| text.len() - after.len() >= 4)?
        } else if after.starts_with('月') {
            u32::from(year?)
        } else {
            return None;
        }
    };
    let month = digits(rest).and_then(|(month, after)| after.strip_prefix('月').map(|after| (month, after)));
    let (month, rest) = month.map_or((None, rest), |(month, after)| (Some(month), after));
    let day =
        month.and_then(|_| digits(rest)).and_then(|(day, after)| after.strip_prefix('日').map(|after| (day, after)));
    let (day, rest) = day.map_or((None, rest), |(day, after)| (Some(day), after));
    let (is_end, rest) = match rest.strip_prefix("底").or_else(|| rest.strip_prefix("末")) {
        Some(after) => (true, after),
        None => (false, rest),
    };
    let rest =
        ["之前", "以前", "前"].iter().find_map(|word| rest.strip_prefix(word)).or_else(|| is_end.then_some(rest))?;
    let rest = rest.strip_prefix("完成").unwrap_or(rest);
    let date = PartialDate::new(year, month, day)?;
    // 2025年前 alone is a horizon as precise as it is written; 底 means its last day.
    let date = if is_end { date.last_day() } else { date };
    Some((text.len() - rest.len(), date))
}

/// Whether the words around a date say that something is to be done by it. Cut-off dates of eligibility
/// (2023年8月31日前已发放的) are none.
fn is_demand(before: &str, after: &str, written: &str) -> bool {
    const VERBS: [&str; 36] = [
        "完成",
        "实现",
        "建成",
        "达到",
        "出台",
        "制定",
        "印发",
        "基本",
        "全面",
        "形成",
        "力争",
        "建立",
        "报送",
        "上报",
        "完善",
        "启动",
        "投入",
        "开展",
        "全部",
        "培育",
        "将",
        "要",
        "按照",
        "各",
        "省",
        "市",
        "区",
        "县",
        "对",
        "组织",
        "根据",
        "项目",
        "应",
        "须",
        "交付",
        "进一步",
    ];
    let clause = after.trim_start_matches([',', ' ']);
    let head: String = clause.chars().take(30).collect();
    let is_past = head.starts_with('已')
        || head.chars().take(12).collect::<String>().contains("已")
        || head.contains("的,")
        || before.ends_with("此");
    let leads =
        ["力争", "确保", "于", "在", "力争在", "须于", "应于", "应在"].iter().any(|word| before.ends_with(word));
    !is_past && (written.ends_with("完成") || leads || VERBS.iter().any(|verb| clause.starts_with(verb)))
}

fn digits(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok().map(|value| (value, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_are_told_from_other_dates() {
        for (text, expected) in [
            ("力争2022年6月底前建成平台。", Some("2022-06-30")),
            ("2021年12月底前完成", Some("2021-12-31")),
            ("2024年2月底前完成改造", Some("2024-02-29")),
            ("年底前完成整改", Some("2023-12-31")),
            ("9月底前,各区制定方案", Some("2023-09-30")),
            ("2021年8月前按照要求开展校核", Some("2021-08")),
            ("2023年8月31日前金融机构已发放的贷款", None),
            ("自2019年起开展试点", None),
            ("截至2022年底,已建成三家", None),
        ] {
            let found = of_measure(text, Span::new(0, text.len()), &[], Some(2023)).map(|found| match found.value {
                Deadline::By(date) => date.to_string(),
                other => format!("{other:?}"),
            });
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
