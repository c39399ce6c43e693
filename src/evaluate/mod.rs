//! Accuracy against gold annotations: what was found of what a careful reader found, task by task.
//!
//! What the gold lists as an alternative is right; what it calls optional is neither rewarded nor punished, and so
//! is all that stands in a second copy of the text. A document is scored in the tasks that its gold file names.
//! `docs/accuracy.md` says in plain words what each task counts.
//!
//! What is scored is the extraction record in its public form, so that the measure is taken on what users get.

mod accepted;
mod annotation;
mod changes;
mod citations;
mod deadlines;
mod document;
mod duties;
mod edges;
mod findings;
mod gold;
mod grades;
mod interval;
mod lines;
mod markdown;
mod measures;
mod offsets;
mod place;
mod prediction;
mod scores;
mod sources;
mod table;
mod tally;
mod targets;
mod traps;

pub use changes::{Changes, changes};
pub use gold::Gold;
pub use grades::{GRADES, GradeCounts, Grades};
pub use interval::wilson;
pub use markdown::markdown;
pub use scores::{Row, Scores, Task};
pub use sources::{EvaluateError, read_gold, sources_of};
pub use table::{grades_table, intervals_table, json, mistakes_list, table};
pub use tally::{Fault, Mistake, Tally};

use crate::{model::Source, pipeline::process, record::record, register::Register};
use prediction::Prediction;
use rayon::prelude::*;
use serde::Deserialize as _;
use serde_json::Value;
use std::collections::BTreeMap;

/// What was measured.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    /// Summed over the documents.
    pub total: Scores,
    /// Each document of the gold, in the order of their names.
    pub documents: Vec<DocumentEvaluation>,
}

/// What was measured on one document.
#[derive(Clone, Debug)]
pub struct DocumentEvaluation {
    /// The name of its gold file.
    pub name: String,
    /// SHA-256 of its source.
    pub sha256: String,
    /// Whether the source was there. Where it was not, the document counts as read and found empty.
    pub is_read: bool,
    /// Its scores.
    pub scores: Scores,
    /// What was read of it, a line a thing: see [`Evaluation::lines`].
    pub lines: Vec<String>,
}

impl Evaluation {
    /// Sums up documents.
    #[must_use]
    pub fn of(documents: Vec<DocumentEvaluation>) -> Self {
        let mut total = Scores::default();
        for document in &documents {
            total.add(&document.scores, &document.name);
        }
        Self { total, documents }
    }
}

/// Reads each source that the gold knows and scores what was read. `sources` by the hash of their bytes.
///
/// Parallel over documents; the result does not depend on it.
#[must_use]
pub fn evaluate(register: &Register, gold: &[Gold], sources: &BTreeMap<String, Source>) -> Evaluation {
    let documents = gold.par_iter().map(|gold| {
        let Some(source) = sources.get(&gold.sha256) else { return score(gold, None) };
        let record = record(source, &process(register, source));
        // A record always is JSON.
        let record = serde_json::to_value(record).unwrap_or_default();
        score(gold, Some((&record, &source.text)))
    });
    Evaluation::of(documents.collect())
}

/// Scores one extraction record, as JSON, with the text of its source; none counts as empty.
#[must_use]
pub fn score(gold: &Gold, record: Option<(&Value, &str)>) -> DocumentEvaluation {
    // What is no record counts as empty too.
    let prediction = record.and_then(|(record, _)| Prediction::deserialize(record).ok()).unwrap_or_default();
    let mut scores = Scores::default();
    citations::score(gold, &prediction, &mut scores);
    document::score(gold, &prediction.document, &mut scores);
    measures::score(gold, &prediction, &mut scores);
    targets::score(gold, &prediction, &mut scores);
    findings::score(gold, &prediction, &mut scores);
    traps::score(gold, &prediction, &mut scores);
    if let Some(parts) = &gold.raw.tasks {
        scores.keep_only(parts);
    }
    if let Some((record, text)) = record {
        offsets::score(record, text, &mut scores);
    }
    DocumentEvaluation {
        name: gold.name.clone(),
        sha256: gold.sha256.clone(),
        is_read: record.is_some(),
        lines: lines::lines(&gold.name, &prediction, &scores),
        scores,
    }
}
