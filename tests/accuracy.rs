//! Accuracy against the annotations: the bars, the ratchet, and that the scorer counts what `score.py` counts.
//!
//! Two sets: the five documents of `data/documents`, and a corpus that lies beside the checkout where there is one
//! (its text is not ours to publish; only counts and hashes of it stand here).

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test stops where it fails, and says what it did not measure"
)]

/// The page about accuracy tells the numbers of the ratchet.
mod page;

/// No task may fall below what it scored before.
mod ratchet;

/// The same numbers as `score.py`, on real readings and on spoilt ones.
mod reference;

use crate::support::{register, root};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    env, fs,
    path::PathBuf,
    process::{Command, Output},
};
use zhengmai::{
    evaluate::{Evaluation, Gold, Row, Task, evaluate, read_gold, sources_of},
    model::Source,
};

/// Annotations and the documents that they speak of.
pub(crate) struct GoldSet {
    /// Its name in the ratchet and on the page.
    pub(crate) name: &'static str,
    pub(crate) gold_folder: PathBuf,
    pub(crate) documents: PathBuf,
    pub(crate) gold: Vec<Gold>,
    pub(crate) sources: BTreeMap<String, Source>,
}

impl GoldSet {
    fn read(name: &'static str, gold_folder: PathBuf, documents: PathBuf) -> Self {
        let gold = read_gold(&gold_folder).expect("gold");
        let sources = sources_of(&gold, std::slice::from_ref(&documents)).expect("sources");
        assert_eq!(sources.len(), gold.len(), "{name}: every annotation has its source");
        Self { name, gold_folder, documents, gold, sources }
    }

    pub(crate) fn evaluation(&self) -> Evaluation {
        evaluate(register(), &self.gold, &self.sources)
    }
}

/// Material that is no part of the project.
fn material() -> PathBuf {
    env::var_os("ZHENGMAI_MATERIAL").map_or_else(|| root().join("../shared"), PathBuf::from)
}

/// The five documents.
pub(crate) fn seeds() -> GoldSet {
    GoldSet::read("seeds", root().join("tests/gold/seeds"), root().join("data/documents"))
}

/// The corpus beside the checkout; says so where it is not there.
pub(crate) fn corpus() -> Option<GoldSet> {
    let (gold, documents) = (material().join("gold/corpus"), material().join("corpus/documents"));
    if gold.is_dir() && documents.is_dir() {
        return Some(GoldSet::read("corpus", gold, documents));
    }
    println!("没有语料, 未测 (no corpus at {}, not measured): ZHENGMAI_MATERIAL", material().display());
    None
}

/// Both sets, as far as they are there.
pub(crate) fn sets() -> Vec<GoldSet> {
    [Some(seeds()), corpus()].into_iter().flatten().collect()
}

pub(crate) fn read_json(path: &str) -> Value {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Runs the program in the root of the checkout.
fn zhengmai(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhengmai"));
    command.args(arguments).current_dir(root()).output().expect("the program runs")
}

/// Task, the least F1, and how many may be wrong all the same: where items are few, one is much.
const BARS: [(&str, f64, u32); 22] = [
    ("citation_span", 0.97, 0),
    ("citation_implicit", 0.6, 0),
    ("citation_number", 1.0, 0),
    ("citation_relation", 0.93, 0),
    ("work_key", 0.93, 0),
    ("edges", 0.88, 0),
    ("document_title", 0.9, 1),
    ("document_number", 0.9, 1),
    ("document_kind", 0.9, 1),
    ("document_form", 0.9, 1),
    ("document_issuers", 0.9, 1),
    ("document_issuers_other", 0.9, 1),
    ("document_addressees", 0.9, 1),
    ("document_dates", 0.9, 1),
    ("document_metadata", 0.9, 1),
    ("measures", 0.98, 0),
    ("responsibilities", 0.97, 0),
    ("deadlines", 1.0, 0),
    ("targets", 1.0, 1),
    ("findings", 0.5, 0),
    ("hard_negatives", 1.0, 0),
    ("offsets", 1.0, 0),
];

#[test]
fn the_five_documents_are_read_as_well_as_they_must_be() {
    let scores = seeds().evaluation().total;
    let mut faults = Vec::new();
    for (name, least, may_be_wrong) in BARS {
        let row = scores.row(Task::named(name).expect(name));
        let Row { f1, fp, missed, .. } = row;
        if f1.unwrap_or(0.0) < least && fp.max(missed) > may_be_wrong {
            faults.push(format!("{name}: F1 {f1:?} < {least} (FP {fp}, FN {missed})"));
        }
    }
    let alarms = scores.row(Task::Findings).false_alarms.unwrap_or(0.0);
    if alarms >= ratchet::MOST_FALSE_ALARMS_SEEDS {
        faults.push(format!("findings: {alarms} false alarms for 1000 characters"));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_annotations_of_the_five_documents_quote_them_exactly() {
    let set = seeds();
    let mut quotes = 0;
    for gold in &set.gold {
        let text: Vec<char> = set.sources[&gold.sha256].text.chars().collect();
        let annotation = read_json(&format!("tests/gold/seeds/{}.json", gold.name));
        quotes += check_quotes(&annotation, &text, &gold.name);
    }
    assert!(quotes > 800, "{quotes} quotes");
}

fn check_quotes(node: &Value, text: &[char], name: &str) -> usize {
    let children: Vec<&Value> = match node {
        Value::Object(fields) => fields.values().collect(),
        Value::Array(items) => items.iter().collect(),
        _ => return 0,
    };
    let place = |end: &str| node[end].as_u64().and_then(|number| usize::try_from(number).ok());
    let quote = node["quote"].as_str().zip(place("start").zip(place("end")));
    if let Some((quote, (start, end))) = quote {
        let slice: String = text[start..end].iter().collect();
        assert_eq!(slice, quote, "{name} at {start}");
    }
    usize::from(quote.is_some()) + children.into_iter().map(|child| check_quotes(child, text, name)).sum::<usize>()
}

#[test]
fn the_command_tells_a_low_score_and_missing_sources_by_its_exit_code() {
    for (arguments, code) in [
        (&["tests/gold/seeds", "data/documents", "--min", "citation_span=.5", "edges=.5"][..], 0),
        (&["tests/gold/seeds", "--min", "citation_span=1.1"], 1),
        (&["tests/gold/seeds", "ontology"], 0),
        (&["ontology", "data/documents"], 2),
        (&["tests/gold/nowhere"], 2),
        (&["tests/gold/seeds", "--min", "beauty=1"], 2),
    ] {
        let output = zhengmai(&[&["evaluate"], arguments].concat());
        assert_eq!(output.status.code(), Some(code), "{arguments:?} {output:?}");
    }
}

#[test]
fn the_command_tells_what_was_gained_and_lost_since_an_earlier_reading() {
    let output = zhengmai(&["evaluate", "tests/gold/seeds", "--format", "lines"]);
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let (first, rest) = lines.split_once('\n').expect("lines");
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(file.path(), format!("{{\"document\":\"000\"}}\n{rest}")).expect("a reading");
    let output = zhengmai(&["evaluate", "tests/gold/seeds", "--against", &file.path().to_string_lossy()]);
    let told = String::from_utf8(output.stdout).expect("UTF-8");
    let expected = format!("+1 -1\n- {{\"document\":\"000\"}}\n+ {first}\n");
    assert!(told.ends_with(&expected), "{told}");
}
