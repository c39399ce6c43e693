//! The scores as a Markdown table, for a page.

use super::{
    GRADES, Row, Scores, Task,
    table::{cell, interval},
};
use std::fmt::Write as _;

/// Scores with counts and intervals, and the precision of each confidence grade.
#[must_use]
pub fn markdown(scores: &Scores) -> String {
    let mut text = String::from(
        "| task | P | 95 % | R | 95 % | F1 | TP | FP | FN | |\n|---|--:|---|--:|---|--:|--:|--:|--:|---|\n",
    );
    for row in Task::all().map(|task| scores.row(task)) {
        let [precision, recall, f1] = [row.precision, row.recall, row.f1].map(cell);
        let (low, high) = (interval(row.precision_interval()), interval(row.recall_interval()));
        let Row { tp, fp, missed, note, .. } = &row;
        let name = row.task.name();
        let _ = writeln!(
            text,
            "| {name} | {precision} | {low} | {recall} | {high} | {f1} | {tp} | {fp} | {missed} | {note} |"
        );
    }
    text.push_str("\n| 置信等级 grade | n | key | relation | both | 95 % |\n|---|--:|--:|--:|--:|---|\n");
    for (of, counts) in
        [("引用 citations", &scores.grades.citations), ("责任 duties (agency, role)", &scores.grades.duties)]
    {
        for (grade, counts) in GRADES.iter().zip(counts) {
            let [identity, role, both] = counts.precision().map(cell);
            let sure = interval(super::wilson(counts.both, counts.judged));
            let _ = writeln!(text, "| {of}: {grade} | {} | {identity} | {role} | {both} | {sure} |", counts.judged);
        }
    }
    text
}
