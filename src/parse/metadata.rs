//! 元数据块: the publisher's labels and values, at the head of the page or at its foot.

use super::units::Unit;
use crate::model::{Finding, FindingCode, MetadataEntry, MetadataField, Severity, Span};

/// A label with its blanks is never longer than this, in characters.
const LONGEST_LABEL: usize = 24;

/// Takes the units that are labels with values out of `units`, with one entry for each label.
pub(super) fn take(text: &str, units: &mut Vec<Unit>, findings: &mut Vec<Finding>) -> Vec<MetadataEntry> {
    let mut entries: Vec<MetadataEntry> = Vec::new();
    let below = values_stand_below(text, units);
    let mut awaiting = false;
    units.retain(|unit| {
        let Some(mut found) = entries_of(text, unit.span) else {
            // The line right below an empty label of such a block is its value.
            let is_next_line = |entry: &MetadataEntry| {
                let label = entry.label.map_or(0, |label| label.end as usize);
                text[label..unit.span.start as usize].matches('\n').count() == 1
            };
            let last = entries.last_mut().filter(|last| awaiting && is_next_line(last));
            awaiting = false;
            return match last {
                Some(last) => {
                    last.value = Some(unit.span);
                    false
                }
                None => true,
            };
        };
        awaiting = below && found.len() == 1 && found[0].value.is_none();
        entries.append(&mut found);
        false
    });
    for entry in &entries {
        // Personal data is blanked before anything is parsed: such a field is not empty.
        let (Some(label), None, false) = (entry.label, entry.value, entry.field.is_personal()) else { continue };
        findings.push(Finding::at(FindingCode::EmptyField, Severity::Warn, label, "元数据栏目为空"));
    }
    entries
}

/// Whether the block has its labels on lines of their own and the values below them: at least three such
/// labels, each with a line below that is no label, and none with a value beside it.
fn values_stand_below(text: &str, units: &[Unit]) -> bool {
    let labels: Vec<Option<bool>> = units
        .iter()
        .take(40)
        .map(|unit| entries_of(text, unit.span).map(|found| found.iter().all(|entry| entry.value.is_none())))
        .collect();
    let beside = labels.iter().filter(|label| **label == Some(false)).count();
    let above = labels.windows(2).filter(|pair| pair[0] == Some(true) && pair[1].is_none()).count();
    above >= 3 && beside == 0
}

/// The entries of a unit that consists of labels with values; `None` for any other unit.
fn entries_of(text: &str, unit: Span) -> Option<Vec<MetadataEntry>> {
    let mut entries: Vec<MetadataEntry> = Vec::new();
    let mut rest = unit;
    while let Some((field, label, value_start)) = label_at_start(text, rest) {
        // A further label on the same line ends the value.
        let next = (value_start..rest.end as usize)
            .filter(|&at| text.is_char_boundary(at) && text[at..].starts_with(' '))
            .find(|&at| label_at_start(text, Span::new(at, rest.end as usize)).is_some());
        let end = next.unwrap_or(rest.end as usize);
        let value = trimmed(text, Span::new(value_start, end));
        entries.push(MetadataEntry { field, label: Some(label), value: (!value.is_empty()).then_some(value) });
        rest = Span::new(end, rest.end as usize);
    }
    (!entries.is_empty()).then_some(entries)
}

/// The label that a place starts with: bullets skipped, blanks inside it ignored, a colon behind it.
fn label_at_start(text: &str, place: Span) -> Option<(MetadataField, Span, usize)> {
    let slice = place.of(text);
    let head =
        slice.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '•' | '·' | '◆' | '●' | '[' | '【' | '*'));
    let start = place.start as usize + (slice.len() - head.len());
    let colon = head.char_indices().take(LONGEST_LABEL).find(|(_, c)| *c == ':')?.0;
    let label: String = head[..colon].chars().filter(|c| !c.is_whitespace() && !matches!(c, ']' | '】')).collect();
    let field = MetadataField::of_label(&label)?;
    Some((field, Span::new(start, start + colon), start + colon + 1))
}

fn trimmed(text: &str, span: Span) -> Span {
    let slice = span.of(text);
    let start = span.start as usize + (slice.len() - slice.trim_start().len());
    Span::new(start, start + slice.trim().len())
}
