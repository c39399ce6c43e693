//! The scorer against `score.py`: both must count the same on every annotation, in good readings and in bad ones.

use super::{GoldSet, material, seeds, sets, zhengmai};
use crate::support::{register, root};
use serde_json::{Map, Value, json};
use std::{fs, path::PathBuf, process::Command};
use zhengmai::{
    evaluate::{Evaluation, Gold, Task, json as scores_json, score},
    pipeline::process,
    record::{SCHEMA, record},
};

/// The scorer in Python: the one beside the checkout, else the copy.
fn score_py() -> PathBuf {
    let beside = material().join("gold/score.py");
    if beside.is_file() { beside } else { root().join("tests/gold/score.py") }
}

/// Runs `score.py` on predictions, one a source of the set.
fn run_score_py(set: &GoldSet, predictions: &[Value], arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("predictions.jsonl");
    let lines: Vec<String> = predictions.iter().map(Value::to_string).collect();
    fs::write(&path, lines.join("\n")).expect("predictions");
    let mut command = Command::new("python3");
    command.arg("-B").arg(score_py()).arg("--gold").arg(&set.gold_folder).arg("--predictions").arg(&path);
    let output = command.arg("--sources").arg(&set.documents).args(arguments).output().expect("python3");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn records(set: &GoldSet) -> Vec<Value> {
    let sources = set.gold.iter().map(|gold| &set.sources[&gold.sha256]);
    sources.map(|source| json!(record(source, &process(register(), source)))).collect()
}

/// Our scores of the same predictions.
fn evaluation(set: &GoldSet, predictions: &[Value]) -> Evaluation {
    let documents = set.gold.iter().zip(predictions).map(|(gold, record)| {
        assert_eq!(record["source"]["sha256"], gold.sha256);
        score(gold, Some((record, &set.sources[&gold.sha256].text)))
    });
    Evaluation::of(documents.collect())
}

const ALL: usize = 1_000_000;

/// Compares everything that `score.py` says with what we say.
fn compare(set: &GoldSet, predictions: &[Value], name: &str) {
    let theirs = run_score_py(set, predictions, &["--json", "--errors", &ALL.to_string()]);
    let theirs: Value = serde_json::from_str(&theirs).expect("JSON");
    let ours = scores_json(&evaluation(set, predictions), ALL);
    let mut faults = Vec::new();
    differences(&theirs, &ours, &format!("{} {name}", set.name), &mut faults);
    let count = faults.len();
    assert!(faults.is_empty(), "{count} differences:\n{}", faults[..count.min(20)].join("\n"));
}

fn differences(theirs: &Value, ours: &Value, path: &str, faults: &mut Vec<String>) {
    match (theirs, ours) {
        (Value::Object(fields), _) => {
            for (name, theirs) in fields {
                differences(theirs, &ours[name], &format!("{path}/{name}"), faults);
            }
        }
        (Value::Array(theirs), Value::Array(ours)) if theirs.len() == ours.len() => {
            for (n, (theirs, ours)) in theirs.iter().zip(ours).enumerate() {
                differences(theirs, ours, &format!("{path}/{n}"), faults);
            }
        }
        // Sums over a set come in any order.
        (Value::Number(theirs), Value::Number(ours)) => {
            if (theirs.as_f64().unwrap_or(f64::NAN) - ours.as_f64().unwrap_or(f64::NAN)).abs() > 1e-9 {
                faults.push(format!("{path}: {theirs} {ours}"));
            }
        }
        (Value::String(theirs), Value::String(ours)) if is_same_in_words(theirs, ours) => {}
        _ if theirs == ours => {}
        _ => faults.push(format!("{path}: {theirs} {ours}")),
    }
}

/// What is nothing in Python is a dash here; personal data is masked here.
fn is_same_in_words(theirs: &str, ours: &str) -> bool {
    let theirs = theirs.replace("None", "–");
    let ours = ours.replace("None", "–");
    theirs == ours || (ours.contains('■') && theirs.chars().count() == ours.chars().count())
}

#[test]
fn every_number_is_that_of_score_py() {
    for set in sets() {
        compare(&set, &records(&set), "as read");
        // Nothing predicted.
        let empty = |gold: &Gold| json!({"schema": SCHEMA, "source": {"sha256": gold.sha256}});
        compare(&set, &set.gold.iter().map(empty).collect::<Vec<_>>(), "empty");
    }
}

#[test]
fn every_number_is_that_of_score_py_on_spoilt_readings() {
    for set in sets() {
        let records = records(&set);
        for seed in 1..=6 {
            let mut dice = Dice(seed);
            let spoilt: Vec<Value> = records.iter().map(|record| spoil(record, &mut dice, 4 * seed)).collect();
            compare(&set, &spoilt, &format!("spoilt {seed}"));
            // Spoilt it must be, and everywhere.
            let (before, now) = (evaluation(&set, &records).total, evaluation(&set, &spoilt).total);
            let fell = Task::all().filter(|task| now.row(*task).f1 < before.row(*task).f1).count();
            assert!(fell >= 10, "{}: only {fell} tasks fell", set.name);
        }
    }
}

#[test]
fn the_command_prints_the_table_of_score_py() {
    let set = seeds();
    let theirs = run_score_py(&set, &records(&set), &[]);
    let output = zhengmai(&["evaluate", "tests/gold/seeds"]);
    let ours = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(ours.starts_with(&theirs), "{theirs}\n{ours}");
}

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// A record with `percent` of its values and items spoilt: places moved, items dropped and doubled, values taken
/// from elsewhere in the record.
fn spoil(record: &Value, dice: &mut Dice, percent: u64) -> Value {
    let mut values = Vec::new();
    collect("", record, &mut values);
    let mut spoilt = record.clone();
    for part in ["document", "works", "measures", "citations", "targets", "findings"] {
        spoil_node(part, &mut spoilt[part], dice, percent, &values);
    }
    let citations = spoilt["citations"].clone();
    for citation in spoilt["citations"].as_array_mut().expect("citations") {
        // An enclosing citation must be one that encloses.
        let outer =
            &citations[usize::try_from(citation["nested_in"].as_u64().unwrap_or(u64::MAX)).unwrap_or(usize::MAX)];
        if outer.is_null() || outer["start"].as_u64() > citation["start"].as_u64() {
            citation["nested_in"] = Value::Null;
        }
    }
    spoilt
}

fn collect<'a>(name: &'a str, node: &'a Value, values: &mut Vec<(&'a str, &'a Value)>) {
    match node {
        Value::Object(fields) => fields.iter().for_each(|(name, child)| collect(name, child, values)),
        Value::Array(items) => items.iter().for_each(|child| collect(name, child, values)),
        scalar => values.push((name, scalar)),
    }
}

fn place_of(fields: &Map<String, Value>) -> Option<(u64, u64)> {
    fields.get("start")?.as_u64().zip(fields.get("end")?.as_u64())
}

fn spoil_node(name: &str, node: &mut Value, dice: &mut Dice, percent: u64, values: &[(&str, &Value)]) {
    match node {
        Value::Object(fields) => {
            let is_moved = dice.throw(100) < percent;
            if let Some((start, end)) = place_of(fields).filter(|_| is_moved) {
                fields["start"] = json!(start.saturating_sub(dice.throw(3)));
                fields["end"] = json!(end + dice.throw(3));
            }
            for (name, child) in fields.iter_mut() {
                spoil_node(name, child, dice, percent, values);
            }
        }
        Value::Array(items) => {
            for child in items.iter_mut() {
                spoil_node(name, child, dice, percent, values);
            }
            if matches!(name, "works" | "promulgates" | "path") || items.is_empty() {
                return;
            }
            let place = usize::try_from(dice.throw(items.len() as u64)).unwrap_or(0);
            match dice.throw(100) {
                low if low < 5 * percent => drop(items.remove(place)),
                low if low < 10 * percent => items.push(items[place].clone()),
                _ => {}
            }
        }
        Value::Null => {}
        scalar if dice.throw(100) < percent && !matches!(name, "id" | "start" | "end" | "nested_in" | "work") => {
            let is_like = |value: &Value| {
                value.is_string() == scalar.is_string() && !value.is_null()
                    || value.is_null() && matches!(name, "iso" | "by" | "unit")
            };
            let like = values.iter().filter(|(known, value)| *known == name && is_like(value));
            let like: Vec<&Value> = like.map(|(_, value)| *value).collect();
            let place = usize::try_from(dice.throw(like.len() as u64)).unwrap_or(0);
            *scalar = like[place].clone();
        }
        _ => {}
    }
}
