//! 措施 (measures): the numbered items that set a task, with who does what by when.

use super::{clauses, deadlines, subjects};
use crate::{
    model::{Document, Duty, DutyMention, Finding, Item, MeasureMention, Span},
    register::Register,
};
use std::collections::HashSet;

/// Headings of what guides, aims or closes, and sets no task.
const GENERAL: [&str; 16] = [
    "指导思想",
    "基本原则",
    "总体要求",
    "总体目标",
    "主要目标",
    "工作目标",
    "发展目标",
    "总体思路",
    "总体思想",
    "基本情况",
    "现状",
    "有关要求",
    "工作原则",
    "目标任务",
    "预期目标",
    "形势与",
];

/// Finds the measures of a document.
pub(super) fn find(
    register: &Register,
    text: &str,
    document: &Document,
    findings: &mut Vec<Finding>,
) -> Vec<MeasureMention> {
    let mut has_children = vec![false; document.items.len()];
    let mut is_general = vec![false; document.items.len()];
    for (index, item) in document.items.iter().enumerate() {
        let above = item.parent.is_some_and(|parent| is_general[parent]);
        is_general[index] = above || is_general_heading(text, item);
        if let Some(parent) = item.parent {
            has_children[parent] = true;
        }
    }
    let convention = clauses::first_leads(text);
    let mut measures = Vec::new();
    for (index, item) in document.items.iter().enumerate() {
        if has_children[index] || is_general[index] {
            continue;
        }
        let clauses = clauses::clauses(text, item.span);
        let mut duties = Vec::new();
        for &clause in &clauses {
            let mut said = clauses::duties(register, text, clause, findings);
            let holds = convention.is_some_and(|at| at < clause.end as usize);
            if let Some(first) = said.first_mut().filter(|first| holds && first.duty == Duty::Responsible) {
                first.duty = Duty::Lead;
            }
            duties.append(&mut said);
        }
        let subjects = subjects::find(register, text, item.span, &clauses);
        let said: HashSet<&str> = duties.iter().map(|duty: &DutyMention| duty.agency.of(text)).collect();
        duties.extend(subjects.into_iter().filter(|subject| !said.contains(subject.agency.of(text))));
        let year = document.parts.get(item.part).and_then(|part| part.date.as_ref()).map(|date| date.value.year);
        let year =
            year.or_else(|| document.parts.iter().find_map(|part| part.date.as_ref()).map(|date| date.value.year));
        let deadline = deadlines::of_measure(text, item.span, &clauses, year);
        measures.push(MeasureMention { item: index, duties, deadline });
    }
    measures
}

fn is_general_heading(text: &str, item: &Item) -> bool {
    let after = Span { start: item.label.end, end: item.span.end.max(item.label.end) };
    let heading = item.heading.map_or_else(
        || after.of(text).char_indices().nth(12).map_or(after.of(text), |(end, _)| &after.of(text)[..end]),
        |heading| heading.of(text),
    );
    let heading = heading.trim();
    GENERAL.iter().any(|word| heading.starts_with(word) || (heading.contains(word) && heading.chars().count() <= 14))
}
