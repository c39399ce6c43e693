//! 层次结构: the tree of numbered items of each part.

use super::ordinals::{self, Ordinal};
use crate::model::{Item, Span, TextPart};
use std::collections::BTreeMap;

/// A heading is not longer than this, in characters.
const LONGEST_HEADING: usize = 60;

/// The numbered items of all parts, in the order of the text. O(n) per part.
pub(super) fn find(text: &str, parts: &[TextPart]) -> Vec<Item> {
    let mut items = Vec::new();
    // The last number of each rank.
    let mut last: BTreeMap<u8, u32> = BTreeMap::new();
    for (part, text_part) in parts.iter().enumerate() {
        let first = items.len();
        let mut open: Vec<usize> = Vec::new();
        for (ordinal, at_line_start) in candidates(text, text_part.body) {
            if !follows(&items, &open, &last, ordinal) && !at_line_start {
                continue;
            }
            last.insert(ordinal.rank, ordinal.value);
            close_to(&items, &mut open, ordinal.rank);
            let parent = open.last().copied();
            open.push(items.len());
            items.push(Item {
                part,
                label: ordinal.span,
                parent,
                heading: None,
                span: ordinal.span,
                ordinal: ordinal.value,
                rank: ordinal.rank,
            });
        }
        close(text, &mut items[first..], first, text_part.body.end);
    }
    items
}

/// Every ordinal that stands where one may stand: at the start of a line, behind the end of a sentence
/// or clause, behind a blank.
fn candidates(text: &str, body: Span) -> Vec<(Ordinal, bool)> {
    let mut found = Vec::new();
    let mut previous = '\n';
    let mut line_start = true;
    let mut skip_to = 0;
    for (at, c) in body.of(text).char_indices() {
        let at = at + body.start as usize;
        let here = at >= skip_to
            && (line_start || matches!(previous, '。' | ';' | ':' | ')' | ' ' | '!' | '?' | '\u{3000}' | '”' | '》'));
        let starts = matches!(
            c,
            '0'..='9' | '(' | '第' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '①'..='⑳'
        );
        // （一） may follow a heading that has no stop of its own.
        let may_start = starts && (here || (c == '(' && at >= skip_to));
        let ordinal = may_start.then(|| ordinals::at(text, at)).flatten();
        let stands =
            |ordinal: &Ordinal| ordinal.span.end <= body.end && (here || ordinal.rank == ordinals::HAN_IN_BRACKETS);
        if let Some(ordinal) = ordinal.filter(stands) {
            found.push((ordinal, line_start));
            skip_to = ordinal.span.end as usize;
        }
        line_start = c == '\n' || (line_start && c.is_whitespace());
        previous = c;
    }
    found
}

/// Whether an ordinal is the next of its kind. Inside a line only the next counts; at the start of a line
/// every number does.
fn follows(items: &[Item], open: &[usize], last: &BTreeMap<u8, u32>, ordinal: Ordinal) -> bool {
    let sibling = open.iter().rev().find(|&&index| items[index].rank == ordinal.rank);
    // 1. to 34. may run on through the sections: the last of the kind anywhere counts as the one before.
    let last = last.get(&ordinal.rank);
    match sibling {
        Some(&index) => items[index].ordinal + 1 == ordinal.value,
        None => ordinal.value == 1 || last.is_some_and(|last| *last + 1 == ordinal.value),
    }
}

/// Closes the open items that do not hold one of this rank: its siblings and all that is no deeper.
fn close_to(items: &[Item], open: &mut Vec<usize>, rank: u8) {
    let sibling = open.iter().rposition(|&index| items[index].rank == rank);
    let above = open.iter().rposition(|&index| items[index].rank < rank).map_or(0, |at| at + 1);
    open.truncate(sibling.unwrap_or(above));
}

/// Gives each item its end and its heading. O(items): an item ends where the next of its depth or above starts.
fn close(text: &str, items: &mut [Item], first: usize, body_end: u32) {
    let mut depths: Vec<usize> = Vec::with_capacity(items.len());
    for item in items.iter() {
        let above = item.parent.and_then(|parent| parent.checked_sub(first)).and_then(|parent| depths.get(parent));
        depths.push(above.map_or(0, |depth| depth + 1));
    }
    let mut later: Vec<(usize, u32)> = Vec::new();
    for index in (0..items.len()).rev() {
        let child = items.get(index + 1).map_or(body_end, |next| next.label.start);
        while later.last().is_some_and(|(depth, _)| *depth > depths[index]) {
            later.pop();
        }
        let next = later.last().map_or(body_end, |(_, start)| *start);
        let label = items[index].label;
        later.push((depths[index], label.start));
        let slice = &text[label.start as usize..next as usize];
        let end = label.start as usize + slice.trim_end().len();
        items[index].heading = heading(text, Span { start: label.end, end: child.min(next) });
        items[index].span = Span::new(label.start as usize, end);
    }
}

/// The words up to the first 。 or the end of the line, where they are short enough for a heading.
fn heading(text: &str, place: Span) -> Option<Span> {
    let slice = place.of(text);
    let start = slice.len() - slice.trim_start().len();
    let line = slice[start..].split('\n').next()?.trim_end();
    let end = line.find('。').unwrap_or(line.len());
    let words = &line[..end];
    let is_short = !words.is_empty() && words.chars().nth(LONGEST_HEADING).is_none();
    let stops = end < line.len() || !line.contains([';', ',']);
    // A whole sentence that ends its paragraph is text, not a heading.
    let goes_on = line.len() > end + '。'.len_utf8() || !line.ends_with('。');
    (is_short && stops && goes_on).then(|| Span::new(start, start + end).shifted(place.start as usize))
}
