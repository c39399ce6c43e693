//! 文尾: 发文机关署名, 成文日期; and where the body ends.

use super::units::Unit;
use crate::{
    model::{Span, Spanned, TextPart, dates_in, whole_date},
    register::Register,
};

/// Reads the signature and the date of a part, and ends its body before them.
pub(super) fn read(register: &Register, text: &str, units: &[Unit], part: &mut TextPart) {
    let from = units.partition_point(|unit| unit.span.end <= part.body.start);
    let to = units.partition_point(|unit| unit.span.end <= part.span.end);
    let own = units.get(from..to).unwrap_or_default();
    // The last date that stands alone, or behind the names that sign.
    for (index, unit) in own.iter().enumerate().rev() {
        let slice = unit.span.of(text);
        let Some((place, date)) = date_line(register, slice) else { continue };
        let place = place.shifted(unit.span.start as usize);
        part.date = Some(Spanned::new(date, place));
        let mut body_end = unit.span.start;
        let before = Span { start: unit.span.start, end: place.start };
        part.signature = names(register, text, before);
        let mut above = index;
        while part.signature.len() < 12 && above > 0 {
            let span = own[above - 1].span;
            let mut signed = names(register, text, span);
            if signed.is_empty() {
                // …请认真执行。某市人民政府办公室, and the date below: the names lost their line.
                let run_on = behind_sentence(text, span).filter(|_| part.signature.is_empty());
                let names = run_on.map(|span| (span.start, names(register, text, span)));
                if let Some((start, names)) = names.filter(|(_, names)| !names.is_empty()) {
                    part.signature = names;
                    body_end = start;
                }
                break;
            }
            signed.append(&mut part.signature);
            part.signature = signed;
            body_end = span.start;
            above -= 1;
        }
        let listed = attachments(text, &own[..above]).unwrap_or(body_end);
        part.body.end = listed.min(body_end).max(part.body.start);
        return;
    }
    part.body.end = body_end_without_date(text, own).unwrap_or(part.body.end).max(part.body.start);
}

/// A line that is a date, or names that sign and a date behind them.
fn date_line(register: &Register, line: &str) -> Option<(Span, crate::model::PartialDate)> {
    if let Some(found) = whole_date(line) {
        return Some(found);
    }
    if line.chars().nth(80).is_some() || !line.ends_with(['日', '号']) {
        return None;
    }
    let (place, date) = dates_in(line).pop()?;
    let signed = line[..place.start as usize].trim();
    let all_names = split(register, signed).iter().all(|(_, name)| register.is_agency_name(name));
    (place.end as usize == line.trim_end().len() && !signed.is_empty() && all_names).then_some((place, date))
}

/// What stands behind the last stop of a line.
fn behind_sentence(text: &str, span: Span) -> Option<Span> {
    let line = span.of(text);
    let at = line.rfind('。')? + '。'.len_utf8();
    line.get(at..).filter(|rest| !rest.trim().is_empty())?;
    Some(Span { start: span.start + u32::try_from(at).ok()?, end: span.end })
}

/// The names of a line of nothing but agencies, with their places; empty for any other line.
fn names(register: &Register, text: &str, span: Span) -> Vec<Span> {
    let line = span.of(text);
    if line.chars().nth(160).is_some() || line.contains(['。', ';', ':', '《', '(']) {
        return Vec::new();
    }
    let parts = split(register, line);
    if parts.is_empty() || !parts.iter().all(|(_, name)| register.is_agency_name(name)) {
        return Vec::new();
    }
    parts.into_iter().map(|(at, name)| Span::new(at, at + name.len()).shifted(span.start as usize)).collect()
}

/// Parts of a line at blanks and 、, and where one organ's name follows another's, with their places.
fn split<'a>(register: &Register, line: &'a str) -> Vec<(usize, &'a str)> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        if c.is_whitespace() || c == '、' || c == ',' {
            let organs = register.organs_in_row(&line[start..at]);
            parts.extend(organs.into_iter().map(|(offset, organ)| (start + offset, organ)));
            start = at + c.len_utf8();
        }
    }
    parts
}

/// Where the list of 附件 starts that stands right above a signature: 附件:1.某表 2.某单.
fn attachments(text: &str, above: &[Unit]) -> Option<u32> {
    for unit in above.iter().rev().take(16) {
        let line = unit.span.of(text);
        if line.starts_with("附件") || line.starts_with("附:") {
            return Some(unit.span.start);
        }
        let is_entry = line.chars().nth(60).is_none() && !line.contains('。');
        if !is_entry {
            break;
        }
    }
    None
}

/// Without a date the body ends before an empty 附件 or a remark such as (此件公开发布).
fn body_end_without_date(text: &str, own: &[Unit]) -> Option<u32> {
    let mut end = None;
    for unit in own.iter().rev() {
        let slice = unit.span.of(text);
        let is_tail = matches!(slice.trim_end_matches(':'), "附件" | "附")
            || slice.starts_with("(此")
            || slice.starts_with("抄送");
        if !is_tail {
            break;
        }
        end = Some(unit.span.start);
    }
    end
}
