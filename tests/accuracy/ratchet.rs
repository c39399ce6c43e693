//! The ratchet: `tests/gold/ratchet.json` holds what each task scored; `make accuracy` moves it.

use super::{GoldSet, read_json, sets};
use crate::support::root;
use serde_json::Value;
use std::{collections::BTreeSet, fmt::Write as _, fs};
use zhengmai::{
    evaluate::{Evaluation, Task, changes},
    model::sha256,
};

/// False alarms for a thousand characters must stay below.
pub(crate) const MOST_FALSE_ALARMS_SEEDS: f64 = 0.3;
const MOST_FALSE_ALARMS_CORPUS: f64 = 0.4;

/// How many lines of a change are shown.
const SHOWN: usize = 40;

#[test]
fn no_task_scores_less_than_it_did() {
    let ratchet = read_json("tests/gold/ratchet.json");
    let mut faults = String::new();
    for set in sets() {
        let evaluation = set.evaluation();
        let fallen = fallen(&set, &evaluation, &ratchet[set.name]);
        if !fallen.is_empty() {
            let _ = writeln!(faults, "{}:\n{fallen}{}", set.name, what_changed(&set, &evaluation));
        }
    }
    assert!(faults.is_empty(), "\n{faults}若是有意为之 (if this is meant): make accuracy");
}

/// A line for each task that fell, or whose false alarms rose too far.
fn fallen(set: &GoldSet, evaluation: &Evaluation, ratchet: &Value) -> String {
    let mut fallen = String::new();
    for task in Task::all() {
        let (row, before) = (evaluation.total.row(task), &ratchet["tasks"][task.name()]);
        let (now, least) = (row.f1.unwrap_or(0.0), before["f1"].as_f64().unwrap_or(0.0));
        if now < least - 1e-6 {
            let _ = writeln!(
                fallen,
                "✗ {}: F1 {least:.4} → {now:.4}; TP {} → {}, FP {} → {}, FN {} → {}",
                task.name(),
                before["tp"],
                row.tp,
                before["fp"],
                row.fp,
                before["fn"],
                row.missed
            );
        } else if now > least + 1e-6 {
            println!("{} {}: F1 {least:.4} → {now:.4}; 收紧 (to keep it): make accuracy", set.name, task.name());
        }
    }
    let most = if set.name == "seeds" { MOST_FALSE_ALARMS_SEEDS } else { MOST_FALSE_ALARMS_CORPUS };
    let alarms = evaluation.total.row(Task::Findings).false_alarms.unwrap_or(0.0);
    if alarms >= most {
        let _ = writeln!(fallen, "✗ findings: {alarms} false alarms for 1000 characters, at most {most}");
    }
    fallen
}

/// What was gained and lost since the report was written: of the five documents every line, of the corpus the
/// mistakes that are new.
fn what_changed(set: &GoldSet, evaluation: &Evaluation) -> String {
    let path = root().join(format!("tests/gold/report/{}.jsonl", set.name));
    let report = fs::read_to_string(path).unwrap_or_default();
    let lines = evaluation.lines();
    let mut told = String::new();
    if set.name == "seeds" {
        let changes = changes(report.lines(), lines.iter().map(String::as_str));
        tell(&mut told, '-', &changes.lost);
        tell(&mut told, '+', &changes.gained);
        return told;
    }
    let known = known_mistakes(&report);
    let mistakes: Vec<String> = lines.into_iter().filter(|line| line.contains("\"is\":\"mistake\"")).collect();
    let gone = known.difference(&mistakes.iter().map(|line| digest(line)).collect()).count();
    let new: Vec<String> = mistakes.into_iter().filter(|line| !known.contains(&digest(line))).collect();
    let _ = writeln!(told, "不再有的错处 (mistakes gone): {gone}; 新的 (new):");
    tell(&mut told, '+', &new);
    told
}

fn tell(told: &mut String, sign: char, lines: &[String]) {
    for line in lines.iter().take(SHOWN) {
        let _ = writeln!(told, "{sign} {line}");
    }
    if lines.len() > SHOWN {
        let _ = writeln!(told, "{sign} … {} more", lines.len() - SHOWN);
    }
}

/// Hashes of the mistakes that the report of the corpus knows.
fn known_mistakes(report: &str) -> BTreeSet<String> {
    let documents = report.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mistakes = documents.flat_map(|document| document["mistakes"].as_array().cloned().unwrap_or_default());
    mistakes.filter_map(|hash| hash.as_str().map(str::to_owned)).collect()
}

fn digest(line: &str) -> String {
    sha256(line.as_bytes())[..12].to_owned()
}

#[test]
fn the_report_of_the_corpus_holds_counts_and_hashes_only() {
    let report = fs::read_to_string(root().join("tests/gold/report/corpus.jsonl")).expect("a report");
    assert!(report.is_ascii() && report.lines().count() > 0);
    let ratchet = read_json("tests/gold/ratchet.json").to_string();
    assert!(ratchet.is_ascii());
}
