//! A corpus of real documents beside the checkout, where there is one: `../shared`, or the folder that
//! `ZHENGMAI_MATERIAL` names. It is no part of the project; without it these tests say so and pass.

#![allow(clippy::print_stdout, reason = "what was measured, and what was not there to measure")]

use crate::support::{program, register, root};
use rayon::prelude::*;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use zhengmai::{model::Source, pipeline::process, read, record::record};

/// The folder of the corpus; `None`, and a word about it, where it is not there.
fn corpus() -> Option<PathBuf> {
    let material = env::var_os("ZHENGMAI_MATERIAL").map_or_else(|| root().join("../shared"), PathBuf::from);
    let corpus = material.join("corpus");
    if !corpus.is_dir() {
        println!("没有语料, 未检查 (no corpus, nothing checked): {}", corpus.display());
        return None;
    }
    Some(corpus)
}

/// What is wrong with the record of a source.
fn faults(source: &Source) -> Vec<String> {
    /// A longer title has swallowed text.
    const LONGEST_TITLE: usize = 120;
    let made = record(source, &process(register(), source));
    let chars: Vec<char> = source.text.chars().collect();
    let mut faults = Vec::new();
    for citation in &made.citations {
        if citation.title.as_ref().is_some_and(|title| title.chars().count() > LONGEST_TITLE) {
            faults.push(format!("{}: a title of over {LONGEST_TITLE} characters", source.name));
        }
    }
    let json = serde_json::to_value(&made).expect("JSON");
    misplaced(&json, &chars, &source.name, &mut faults);
    faults
}

fn misplaced(value: &serde_json::Value, chars: &[char], name: &str, faults: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(object) => {
            let place = |key: &str| {
                object.get(key).and_then(serde_json::Value::as_u64).and_then(|place| usize::try_from(place).ok())
            };
            if let (Some(start), Some(end)) = (place("start"), place("end")) {
                let here = chars.get(start..end);
                let text = object.get("text").and_then(serde_json::Value::as_str);
                let fits = here.is_some_and(|here| {
                    text.is_none_or(|text| {
                        text.chars().count() == here.len()
                            && text.chars().zip(here).all(|(quoted, source)| quoted == *source || quoted == '■')
                    })
                });
                if !fits {
                    faults.push(format!("{name}: {start}..{end} is not {text:?}"));
                }
            }
            object.values().for_each(|inner| misplaced(inner, chars, name, faults));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|inner| misplaced(inner, chars, name, faults)),
        _ => (),
    }
}

#[test]
fn every_document_of_the_corpus_is_read_with_exact_places() {
    let Some(corpus) = corpus() else { return };
    let files = read::files_below(&[corpus.join("documents")]).expect("documents");
    let faults: Vec<String> = files
        .par_iter()
        .flat_map_iter(|path| match read::read(path) {
            Ok(source) => faults(&source),
            Err(error) => vec![error.to_string()],
        })
        .collect();
    println!("{} documents", files.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(files.len() >= 100, "{}", files.len());
}

/// A hard case: its document, the place and words of its snippet.
struct HardCase {
    case: String,
    id: String,
    offset: usize,
    snippet: String,
}

fn hard_cases(corpus: &Path) -> Vec<HardCase> {
    let text = fs::read_to_string(corpus.join("hard_cases.json")).expect("hard cases");
    let cases: Vec<serde_json::Value> = serde_json::from_str(&text).expect("JSON");
    let words = |case: &serde_json::Value, key: &str| case[key].as_str().unwrap_or_default().to_owned();
    cases
        .iter()
        .map(|case| HardCase {
            case: words(case, "case"),
            id: words(case, "id"),
            offset: case["offset"].as_u64().and_then(|offset| usize::try_from(offset).ok()).unwrap_or(0),
            snippet: words(case, "snippet"),
        })
        .collect()
}

#[test]
fn the_hard_cases_are_read_and_counted() {
    let Some(corpus) = corpus() else { return };
    let (mut seen, mut touched) = (0, 0);
    for case in hard_cases(&corpus) {
        let found = ["hard_cases", "documents"]
            .iter()
            .map(|folder| corpus.join(folder).join(format!("{}.txt", case.id)))
            .find(|path| path.exists());
        let Some(path) = found else {
            println!("– {}: no text {}", case.case, case.id);
            continue;
        };
        let source = read::read(&path).expect("a readable text");
        seen += 1;
        let faults = faults(&source);
        assert!(faults.is_empty(), "{}: {}", case.case, faults.join("\n"));
        let end = case.offset + case.snippet.chars().count();
        let made = record(&source, &process(register(), &source));
        let objects = objects_at(&serde_json::to_value(&made).expect("JSON"), case.offset, end);
        touched += usize::from(objects > 0);
        println!("{objects} objects: {} ({})", case.case, case.id);
    }
    println!("{touched} of {seen} hard cases have something read at their place");
    assert!(seen > 0);
}

/// How many things of a record stand at a place: citations, numbers, dates, agencies, targets, findings; not the works
/// and measures around it.
fn objects_at(record: &serde_json::Value, start: usize, end: usize) -> usize {
    let place = |object: &serde_json::Map<String, serde_json::Value>, key: &str| {
        object.get(key).and_then(serde_json::Value::as_u64).and_then(|place| usize::try_from(place).ok())
    };
    match record {
        serde_json::Value::Object(object) => {
            let here =
                place(object, "start").zip(place(object, "end")).is_some_and(|(from, to)| from < end && start < to);
            let is_around = object.contains_key("path") || object.contains_key("promulgates");
            usize::from(here && !is_around) + object.values().map(|inner| objects_at(inner, start, end)).sum::<usize>()
        }
        serde_json::Value::Array(items) => items.iter().map(|inner| objects_at(inner, start, end)).sum(),
        _ => 0,
    }
}

#[test]
#[ignore = "9,135 documents take minutes; make verify"]
fn the_whole_scale_set_passes_through_the_program() {
    let Some(corpus) = corpus() else { return };
    let file = corpus.join("scale.jsonl.zst");
    let mut zstd = match Command::new("zstd").arg("-dc").arg(&file).stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => {
            println!("没有 zstd, 未检查 (no zstd, nothing checked): {error}");
            return;
        }
    };
    let output = program::command(&root())
        .arg("extract")
        .stdin(zstd.stdout.take().expect("standard output"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .expect("the program starts");
    assert!(zstd.wait().expect("zstd ends").success());
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{error}");
    assert!(!error.contains("panicked"), "{error}");
    let mut documents = 0;
    let mut citations = 0;
    let mut longest = (0, String::new());
    for line in output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let made: serde_json::Value = serde_json::from_slice(line).expect("a line of JSON");
        documents += 1;
        for citation in made["citations"].as_array().expect("citations") {
            citations += 1;
            let title = citation["title"].as_str().unwrap_or_default();
            if title.chars().count() > longest.0 {
                longest = (title.chars().count(), title.to_owned());
            }
        }
    }
    println!("{documents} documents, {citations} citations, the longest title has {} characters", longest.0);
    assert_eq!(documents, 9_135);
    assert!(longest.0 <= 120, "{}", longest.1);
}
