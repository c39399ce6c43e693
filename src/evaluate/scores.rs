//! 任务与得分 (tasks and scores): what is counted, and the row that a task has in the table.

use super::{grades::Grades, tally::Tally};
use std::collections::{BTreeMap, BTreeSet};

/// 任务 (task): one thing that is measured.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(missing_docs, reason = "their names are their meaning; `docs/accuracy.md` defines each")]
pub enum Task {
    CitationSpan,
    CitationImplicit,
    CitationNumber,
    CitationRelation,
    CitationRelationMacro,
    WorkKey,
    Edges,
    DocumentTitle,
    DocumentNumber,
    DocumentKind,
    DocumentForm,
    DocumentIssuers,
    DocumentIssuersOther,
    DocumentAddressees,
    DocumentDates,
    DocumentMetadata,
    Measures,
    Responsibilities,
    ResponsibilitiesText,
    ResponsibilitiesSubject,
    Deadlines,
    Targets,
    Findings,
    HardNegatives,
    Offsets,
}

/// Each task with its name and the part of a document that it belongs to. A gold file names the parts that it is
/// exhaustive in; what belongs to none is always measured.
const TASKS: [(Task, &str, &str); 25] = [
    (Task::CitationSpan, "citation_span", "citations"),
    (Task::CitationImplicit, "citation_implicit", "citations"),
    (Task::CitationNumber, "citation_number", "citations"),
    (Task::CitationRelation, "citation_relation", "citations"),
    (Task::CitationRelationMacro, "citation_relation_macro", "citations"),
    (Task::WorkKey, "work_key", "citations"),
    (Task::Edges, "edges", "edges"),
    (Task::DocumentTitle, "document_title", "document"),
    (Task::DocumentNumber, "document_number", "document"),
    (Task::DocumentKind, "document_kind", "document"),
    (Task::DocumentForm, "document_form", "document"),
    (Task::DocumentIssuers, "document_issuers", "document"),
    (Task::DocumentIssuersOther, "document_issuers_other", "document"),
    (Task::DocumentAddressees, "document_addressees", "document"),
    (Task::DocumentDates, "document_dates", "document"),
    (Task::DocumentMetadata, "document_metadata", "document"),
    (Task::Measures, "measures", "measures"),
    (Task::Responsibilities, "responsibilities", "responsibilities"),
    (Task::ResponsibilitiesText, "responsibilities_text", "responsibilities"),
    (Task::ResponsibilitiesSubject, "responsibilities_subject", "responsibilities"),
    (Task::Deadlines, "deadlines", "deadlines"),
    (Task::Targets, "targets", "targets"),
    (Task::Findings, "findings", "findings"),
    (Task::HardNegatives, "hard_negatives", ""),
    (Task::Offsets, "offsets", ""),
];

impl Task {
    /// All tasks, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        TASKS.into_iter().map(|(task, _, _)| task)
    }

    /// Its name in the table.
    #[must_use]
    pub fn name(self) -> &'static str {
        TASKS.iter().find(|(task, _, _)| *task == self).map_or("", |(_, name, _)| name)
    }

    /// The task of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        TASKS.iter().find(|(_, known, _)| *known == name).map(|(task, _, _)| *task)
    }

    fn part(self) -> &'static str {
        TASKS.iter().find(|(task, _, _)| *task == self).map_or("", |(_, _, part)| part)
    }
}

/// Everything counted for one document, or summed over documents.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    tallies: BTreeMap<Task, Tally>,
    /// Of each citation found, the relation wanted and the one given.
    pub(super) relation_pairs: Vec<(String, String)>,
    /// Characters outside every gold item of what is wrong with a source.
    pub clean_chars: usize,
    /// How right each confidence grade is.
    pub grades: Grades,
}

impl Scores {
    /// The counts of a task.
    #[must_use]
    pub fn tally(&self, task: Task) -> Tally {
        self.tallies.get(&task).cloned().unwrap_or_default()
    }

    pub(super) fn of(&mut self, task: Task) -> &mut Tally {
        self.tallies.entry(task).or_default()
    }

    /// Adds the scores of a document.
    pub(super) fn add(&mut self, other: &Self, document: &str) {
        for (task, tally) in &other.tallies {
            self.of(*task).add(tally, document);
        }
        self.relation_pairs.extend(other.relation_pairs.iter().cloned());
        self.clean_chars += other.clean_chars;
        self.grades.add(&other.grades);
    }

    /// Keeps what belongs to `parts`: the rest was not annotated exhaustively.
    pub(super) fn keep_only(&mut self, parts: &[String]) {
        let is_kept = |part: &str| part.is_empty() || parts.iter().any(|kept| kept == part);
        self.tallies.retain(|task, _| is_kept(task.part()));
        if !is_kept("citations") {
            self.relation_pairs.clear();
            self.grades.citations = Default::default();
        }
        if !is_kept("responsibilities") {
            self.grades.duties = Default::default();
        }
        if !is_kept("findings") {
            self.clean_chars = 0;
        }
    }

    /// The row of a task.
    #[must_use]
    pub fn row(&self, task: Task) -> Row {
        let Tally { tp, fp, missed, .. } = self.tally(task);
        let (precision, recall) = (share(tp, tp + fp), share(tp, tp + missed));
        let f1 = share(2 * tp, 2 * tp + fp + missed);
        let row = Row { task, precision, recall, f1, tp, fp, missed, note: String::new(), false_alarms: None };
        match task {
            Task::CitationRelationMacro => {
                let (f1, types) = self.macro_f1();
                Row { f1, note: format!("{types} relation types"), ..row }
            }
            Task::ResponsibilitiesSubject => Row { precision: None, f1: recall, note: "recall only".into(), ..row },
            Task::HardNegatives => {
                let note = format!("{tp} of {} untouched", tp + missed);
                Row { precision: None, recall: None, f1: share(tp, tp + missed), note, ..row }
            }
            Task::Offsets => {
                let note = if tp + fp == 0 { "not checked: no sources".to_owned() } else { String::new() };
                Row { recall: None, f1: precision, note, ..row }
            }
            Task::Findings => {
                let rate = self.false_alarms(fp);
                Row {
                    note: format!("false alarms per 1000 characters: {}", decimal(rate)),
                    false_alarms: Some(rate),
                    ..row
                }
            }
            _ => row,
        }
    }

    /// Mean F1 over the relations of the gold, and how many these are.
    fn macro_f1(&self) -> (Option<f64>, u32) {
        let types: BTreeSet<&String> = self.relation_pairs.iter().map(|(gold, _)| gold).collect();
        let (mut sum, mut count) = (0.0, 0);
        for relation in types {
            let times = |is: &dyn Fn(&(String, String)) -> u32| self.relation_pairs.iter().map(is).sum::<u32>();
            let right = times(&|(gold, given)| u32::from(gold == relation && given == relation));
            let named = times(&|(gold, given)| u32::from(gold == relation) + u32::from(given == relation));
            sum += share(2 * right, named).unwrap_or(0.0);
            count += 1;
        }
        ((count > 0).then(|| sum / f64::from(count)), count)
    }

    /// False alarms of the findings for a thousand characters of sound text, to three places.
    fn false_alarms(&self, fp: u32) -> f64 {
        let chars = u32::try_from(self.clean_chars.max(1)).map_or(f64::INFINITY, f64::from);
        format!("{:.3}", 1000.0 * f64::from(fp) / chars).parse().unwrap_or(0.0)
    }
}

/// A task's line of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The task.
    pub task: Task,
    /// Of what was predicted, how much is right; none where that has no meaning.
    pub precision: Option<f64>,
    /// Of what is there, how much was found.
    pub recall: Option<f64>,
    /// Their harmonic mean, or the one number that the task has.
    pub f1: Option<f64>,
    /// True positives.
    pub tp: u32,
    /// False positives.
    pub fp: u32,
    /// False negatives.
    pub missed: u32,
    /// What else the line says.
    pub note: String,
    /// For the findings: false alarms for a thousand characters of sound text.
    pub false_alarms: Option<f64>,
}

impl Row {
    /// Wilson's interval of the precision.
    #[must_use]
    pub fn precision_interval(&self) -> Option<(f64, f64)> {
        self.precision.and_then(|_| super::wilson(self.tp, self.tp + self.fp))
    }

    /// Wilson's interval of the recall, or of the share that a task has instead.
    #[must_use]
    pub fn recall_interval(&self) -> Option<(f64, f64)> {
        let is_share = self.recall.is_some() || self.task == Task::HardNegatives;
        is_share.then(|| super::wilson(self.tp, self.tp + self.missed)).flatten()
    }
}

pub(super) fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

/// A number as it is written in notes: `0.11`, and `0.0` where it is whole.
fn decimal(number: f64) -> String {
    format!("{number:?}")
}
