//! 机关 named in running text: who acts, who took part, what short names hold.

use super::sentences::before;
use crate::{
    model::{Document, Span, is_han},
    register::{Register, WordSet},
};
use std::sync::LazyLock;

/// A name is not longer than this, in bytes.
const LONGEST_NAME: usize = 120;

/// Where the run of Han characters starts that ends at `end`.
fn han_start(text: &str, end: usize) -> usize {
    let from = before(text, end, LONGEST_NAME);
    let other = text[from..end].char_indices().rev().find(|(_, c)| !is_han(*c));
    from + other.map_or(0, |(at, c)| at + c.len_utf8())
}

/// Names that hold in the whole document: 工商业联合会(以下简称“工商联”) gives (full, short).
pub(super) fn aliases(register: &Register, text: &str) -> Vec<(Span, Span)> {
    let mut found = Vec::new();
    for (at, words) in text.match_indices("以下简称") {
        let after = at + words.len();
        let rest = text[after..].trim_start_matches(['“', '"', ':', '‘']);
        let start = text.len() - rest.len();
        let length: usize = rest.chars().take(LONGEST_NAME).take_while(|c| is_han(*c)).map(char::len_utf8).sum();
        let full_end = text[..at].trim_end_matches(['(', ' ']).len();
        let full = Span::new(han_start(text, full_end), full_end);
        if length > 0 && register.is_agency_name(full.of(text)) {
            found.push((full, Span::new(start, start + length)));
        }
    }
    found
}

/// The agency that makes or issues what the first text carries: 某领导小组办公室制定《…》,现予印发.
pub(super) fn acting(register: &Register, text: &str, document: &Document) -> Option<Span> {
    /// The surer before the less sure.
    static MAKING: LazyLock<WordSet> =
        LazyLock::new(|| WordSet::new(["研究制定", "制定了", "制定《", "编制了", "起草了", "组织制定"]));
    let part = document.parts.first()?;
    let body = part.body.of(text);
    let names = MAKING.find_overlapping(body).filter_map(|(verb, rank)| {
        let at = verb.start as usize;
        let start = han_start(body, at);
        let name = &body[start..at];
        let is_relative = matches!(name, "我局" | "我委" | "我厅" | "我办" | "我部" | "我会" | "本局");
        (!is_relative && register.is_agency_name(name)).then(|| (rank, Span::new(start, at)))
    });
    names.min().map(|(_, name)| name.shifted(part.body.start as usize))
}

/// Who took part in handling: 经会同滨海新区研究.
pub(super) fn co_handlers(text: &str, document: &Document) -> Vec<Span> {
    let Some(part) = document.parts.first() else { return Vec::new() };
    let opening = part.body.of(text);
    let opening = opening.char_indices().nth(200).map_or(opening, |(end, _)| &opening[..end]);
    let Some(at) = opening.find("会同").map(|at| at + "会同".len()) else { return Vec::new() };
    let Some(length) = opening[at..].find("研究") else { return Vec::new() };
    let list = &opening[at..at + length];
    if list.contains(['。', ',', '《']) || list.chars().count() > 60 {
        return Vec::new();
    }
    let mut start = at;
    let mut found = Vec::new();
    for name in list.split('、') {
        let name_start = start;
        start += name.len() + '、'.len_utf8();
        let name = name.trim_end_matches("等部门").trim_end_matches('等');
        if !name.is_empty() && name.chars().all(is_han) {
            found.push(Span::new(name_start, name_start + name.len()).shifted(part.body.start as usize));
        }
    }
    found
}
