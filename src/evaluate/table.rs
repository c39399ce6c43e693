//! The scores as a table, as JSON, and the mistakes behind them.

use super::{Evaluation, GRADES, GradeCounts, Row, Scores, Task, tally::Mistake};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// The table: a line a task.
#[must_use]
pub fn table(scores: &Scores) -> String {
    let mut text = format!("{:<26}{:>7}{:>7}{:>7}{:>6}{:>6}{:>6}\n", "task", "P", "R", "F1", "TP", "FP", "FN");
    for row in rows(scores) {
        let [precision, recall, f1] = [row.precision, row.recall, row.f1].map(cell);
        let Row { tp, fp, missed, note, .. } = &row;
        let line = format!("{:<26}{precision:>7}{recall:>7}{f1:>7}{tp:>6}{fp:>6}{missed:>6}  {note}", row.task.name());
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// Wilson's 95 % intervals of precision and recall: a line a task that has either.
#[must_use]
pub fn intervals_table(scores: &Scores) -> String {
    let mut text = format!("95% (Wilson){:<14}{:>18}{:>18}\n", "", "P", "R");
    let rows = rows(scores).map(|row| (row.task, row.precision_interval(), row.recall_interval()));
    for (task, precision, recall) in rows.filter(|(_, precision, recall)| precision.is_some() || recall.is_some()) {
        let _ = writeln!(text, "{:<26}{:>18}{:>18}", task.name(), interval(precision), interval(recall));
    }
    text
}

/// How right each confidence grade is: citations by key and relation, duties by agency and role.
#[must_use]
pub fn grades_table(scores: &Scores) -> String {
    let mut text = String::new();
    for (title, [identity, role], counts) in [
        ("引用 (citations)", ["key", "relation"], &scores.grades.citations),
        ("责任 (duties)", ["agency", "role"], &scores.grades.duties),
    ] {
        let _ = writeln!(text, "{title}: 各置信等级的精确率 (precision of each confidence grade)");
        let _ = writeln!(text, "{:<10}{:>8}{identity:>10}{role:>10}{:>10}{:>18}", "", "n", "both", "95%");
        for (grade, counts) in GRADES.iter().zip(counts) {
            let [identity, role, both] = counts.precision().map(cell);
            let sure = interval(super::wilson(counts.both, counts.judged));
            let _ = writeln!(text, "{grade:<10}{:>8}{identity:>10}{role:>10}{both:>10}{sure:>18}", counts.judged);
        }
    }
    text
}

/// The first `count` mistakes of each task.
#[must_use]
pub fn mistakes_list(scores: &Scores, count: usize) -> String {
    let mut text = String::new();
    for task in Task::all() {
        let mistakes = scores.tally(task).mistakes;
        if count == 0 || mistakes.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{}: {} of {} errors", task.name(), count.min(mistakes.len()), mistakes.len());
        for Mistake { document, fault, what, start } in mistakes.iter().take(count) {
            let at = start.map(|start| format!("@{start}")).unwrap_or_default();
            let line = format!("  {document} {at:>6} {:<9}{what}", fault.name());
            let _ = writeln!(text, "{}", line.replace('\n', "⏎"));
        }
    }
    text
}

/// Everything as JSON: scores of all and of each document, intervals, grades, the first `count` mistakes of each
/// task.
#[must_use]
pub fn json(evaluation: &Evaluation, count: usize) -> Value {
    let total = &evaluation.total;
    let documents: Map<String, Value> = evaluation
        .documents
        .iter()
        .map(|document| (document.name.clone(), Value::Object(tasks(&document.scores))))
        .collect();
    let errors: Map<String, Value> = Task::all()
        .map(|task| {
            let mistakes = total.tally(task).mistakes;
            let mistakes: Vec<Value> = mistakes.iter().take(count).map(mistake).collect();
            (task.name().to_owned(), Value::Array(mistakes))
        })
        .collect();
    let grades = |counts: &[GradeCounts; 3], [identity, role]: [&str; 2]| -> Map<String, Value> {
        let grade = |(name, counts): (&&str, &GradeCounts)| {
            let value = json!({
                "judged": counts.judged, identity: counts.identity, role: counts.role, "both": counts.both,
                "precision": counts.precision()[2], "precision_interval": super::wilson(counts.both, counts.judged),
            });
            ((*name).to_owned(), value)
        };
        GRADES.iter().zip(counts).map(grade).collect()
    };
    json!({
        "tasks": tasks(total),
        "documents": documents,
        "errors": errors,
        "confidence": {
            "citations": grades(&total.grades.citations, ["key", "relation"]),
            "duties": grades(&total.grades.duties, ["agency", "role"]),
        },
    })
}

fn rows(scores: &Scores) -> impl Iterator<Item = Row> {
    Task::all().map(|task| scores.row(task))
}

fn tasks(scores: &Scores) -> Map<String, Value> {
    rows(scores).map(|row| (row.task.name().to_owned(), row_json(&row))).collect()
}

fn row_json(row: &Row) -> Value {
    let mut value = json!({
        "task": row.task.name(), "precision": row.precision, "recall": row.recall, "f1": row.f1,
        "tp": row.tp, "fp": row.fp, "fn": row.missed, "note": row.note,
        "precision_interval": row.precision_interval(), "recall_interval": row.recall_interval(),
    });
    if let Some(rate) = row.false_alarms {
        value["false_alarms_per_1000_chars"] = json!(rate);
    }
    value
}

fn mistake(mistake: &Mistake) -> Value {
    let Mistake { document, fault, what, start } = mistake;
    json!({"document": document, "error": fault.name(), "what": what, "start": start})
}

pub(super) fn cell(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"))
}

pub(super) fn interval(interval: Option<(f64, f64)>) -> String {
    interval.map_or_else(|| "–".to_owned(), |(low, high)| format!("{low:.3}–{high:.3}"))
}
