//! The labels of a page's header table: 索引号, 发文字号, 发布机构, 成文日期 …

use super::lines::Line;
use crate::model::MetadataField;

/// A label is never longer than this, in characters.
const LONGEST_LABEL: usize = 10;

/// The labels with values that a line consists of, each as `标签：值`; `None` for any other line.
pub(super) fn of_line(line: &str) -> Option<Vec<String>> {
    if line.contains('\t') { of_cells(line) } else { of_words(line) }
}

/// Cells by turns label and value, those with a label that is known kept; or label and value in each cell.
fn of_cells(line: &str) -> Option<Vec<String>> {
    let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
    let pairs = cells.chunks(2);
    let by_turns = pairs.clone().all(|pair| pair.get(1).is_none_or(|value| label_of(value).is_none()));
    let labels: Vec<String> = if by_turns && cells.len().is_multiple_of(2) {
        pairs.filter_map(|pair| label_of(pair[0]).map(|label| format!("{label}：{}", pair[1]))).collect()
    } else {
        cells.iter().filter_map(|cell| of_words(cell)).flatten().collect()
    };
    (!labels.is_empty()).then_some(labels)
}

/// `发布时间：2023-10-23 08:59 信息来源：市府办 浏览次数：`: the words with a colon, those that are known kept.
fn of_words(line: &str) -> Option<Vec<String>> {
    const LONGEST_LINE: usize = 200;
    if line.chars().nth(LONGEST_LINE).is_some() {
        return None;
    }
    let starts = label_starts(line);
    if starts.first().is_none_or(|(start, _)| *start > 0) {
        return None;
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([line.len()]);
    let labels: Vec<String> = starts
        .iter()
        .zip(ends)
        .filter_map(|((start, colon), end)| {
            let label = label_of(&line[*start..*colon])?;
            let value = line[*colon..end].trim_start_matches([':', '：']).trim().trim_end_matches(['|', '丨']).trim();
            Some(format!("{label}：{value}"))
        })
        .collect();
    (!labels.is_empty()).then_some(labels)
}

/// Where a label and its colon stand: at the start of the line or behind a blank, bracket or bar.
fn label_starts(line: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for (at, c) in line.char_indices() {
        match c {
            ':' | '：' => {
                let short = line[start..at].chars().nth(LONGEST_LABEL).is_none();
                // 08:59 is no label.
                if short && start < at && line[start..at].chars().all(|c| !c.is_ascii_digit()) {
                    found.push((start, at));
                }
                start = at + c.len_utf8();
            }
            c if c.is_whitespace() && line[start..at].chars().count() > 1 => start = at + c.len_utf8(),
            '|' | '丨' | '】' | ']' | '【' | '[' => start = at + c.len_utf8(),
            _ => (),
        }
    }
    found
}

/// A known label, its blanks, colon and brackets taken off.
fn label_of(cell: &str) -> Option<String> {
    if cell.chars().nth(LONGEST_LABEL + 6).is_some() {
        return None;
    }
    let label: String =
        cell.chars().filter(|c| !c.is_whitespace() && !matches!(c, ':' | '：' | '[' | ']' | '【' | '】')).collect();
    MetadataField::of_label(&label).filter(|field| !field.is_personal()).map(|_| label)
}

/// Labels and values on lines of their own, in turns: `<dt>发文字号</dt><dd>…</dd>`.
pub(super) fn below_each_other(lines: &[Line]) -> Vec<String> {
    let mut labels = Vec::new();
    for pair in lines.windows(2) {
        let [label, value] = pair else { continue };
        let Some(label) = label_of(&label.text) else { continue };
        if label_of(&value.text).is_none() && of_line(&value.text).is_none() && !value.is_row {
            labels.push(format!("{label}：{}", value.text));
        }
    }
    if labels.len() < 2 { Vec::new() } else { labels }
}
