//! 主送机关 (addressees): whom a text is addressed to.

use super::head::{Head, Reading};
use crate::{model::Span, register::Register};

impl Reading<'_> {
    /// 主送机关: the list before the first colon of the body, where it is one of agencies or names a person.
    pub(super) fn addressees(&self, head: &mut Head) {
        let Some(unit) = self.units.get(head.body_unit) else { return };
        let start = head.body_start.unwrap_or(unit.span.start) as usize;
        let slice = &self.text[start..unit.span.end as usize];
        let Some(colon) = slice.find(':').filter(|&colon| slice[..colon].chars().count() <= 240) else { return };
        let list = &slice[..colon];
        if list.contains(['。', '《', ';']) {
            return;
        }
        let names = split_list(self.register, list);
        let is_address =
            |name: &&str| self.register.is_agency_name(name) || self.register.is_agency_class(name) || is_person(name);
        let good = names.iter().filter(|(_, name)| is_address(name)).count();
        if names.is_empty() || good * 2 <= names.len() {
            return;
        }
        head.addressees = names.iter().map(|(at, name)| Span::new(start + at, start + at + name.len())).collect();
        let after = start + colon + 1;
        if self.text[after..unit.span.end as usize].trim().is_empty() {
            head.body_unit += 1;
            head.body_start = None;
        } else {
            head.body_start = u32::try_from(after).ok();
        }
    }
}

/// 江涌委员, 张三代表: a person that a reply is addressed to.
fn is_person(name: &str) -> bool {
    ["委员", "代表", "同志", "先生", "女士"].iter().any(|title| name.ends_with(title)) && name.chars().count() <= 8
}

/// The parts of a list of addressees, with their places in bytes: at commas, and at 、 where agencies with
/// names of their own stand on both sides (各省、自治区、直辖市人民政府 is one).
fn split_list<'a>(register: &Register, list: &'a str) -> Vec<(usize, &'a str)> {
    let mut parts = Vec::new();
    for (at, part) in split_at(list, 0, |c| matches!(c, ',' | '\n')) {
        let inner = split_at(part, at, |c| c == '、');
        if inner.iter().all(|(_, name)| register.is_agency_name(name)) {
            parts.extend(inner);
        } else {
            parts.push((at, part));
        }
    }
    parts
}

/// The trimmed parts of `list` between separators that stand outside brackets; places count from `offset`.
fn split_at(list: &str, offset: usize, is_separator: fn(char) -> bool) -> Vec<(usize, &str)> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0i32);
    for (at, c) in list.char_indices().map(|(at, c)| (at, Some(c))).chain([(list.len(), None)]) {
        depth += c.map_or(0, |c| i32::from(matches!(c, '(' | '[' | '〔')) - i32::from(matches!(c, ')' | ']' | '〕')));
        if c.is_some_and(|c| depth > 0 || !is_separator(c)) {
            continue;
        }
        let part = &list[start..at];
        let trimmed = part.trim();
        if !trimmed.is_empty() {
            parts.push((offset + start + (part.len() - part.trim_start().len()), trimmed));
        }
        start = at + c.map_or(0, char::len_utf8);
    }
    parts
}
