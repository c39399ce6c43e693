//! Words that are not the document's: of web pages, of spam; and labels of personal data.

use super::{
    table::{RegisterError, Tables},
    word_set::WordSet,
};
use crate::model::{FindingCode, Severity, Span};

/// Where a word of noise must stand.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum NoiseMatch {
    /// It is the whole line.
    Line,
    /// The line starts with it.
    LineStart,
    /// Anywhere.
    Inside,
}

/// A word of noise.
#[derive(Clone, Debug)]
pub struct NoiseRow {
    /// The word, in the characters of clean text.
    pub phrase: String,
    /// Where it must stand.
    pub place: NoiseMatch,
    /// What it is a sign of.
    pub code: FindingCode,
    /// How much it matters.
    pub severity: Severity,
}

/// All words of noise.
#[derive(Clone, Debug)]
pub struct Noise {
    /// The rows.
    pub rows: Vec<NoiseRow>,
    /// Labels before names of clerks and their telephones, with what stands behind them.
    pub personal_labels: Vec<(String, String)>,
    words: WordSet,
    labels: WordSet,
}

impl Noise {
    /// Every word of noise in `text`, overlapping ones too. O(length of the text + hits).
    pub fn find_all<'a, 't>(&'a self, text: &'t str) -> impl Iterator<Item = (Span, &'a NoiseRow)> + use<'a, 't> {
        self.words.find_overlapping(text).map(|(span, row)| (span, &self.rows[row]))
    }

    /// Every label of personal data in `text`, with the kind of what stands behind it.
    pub fn find_labels<'a, 't>(&'a self, text: &'t str) -> impl Iterator<Item = (Span, &'a str)> + use<'a, 't> {
        self.labels.find_overlapping(text).map(|(span, row)| (span, self.personal_labels[row].1.as_str()))
    }
}

impl Noise {
    pub(super) fn parse(tables: &Tables) -> Result<Self, RegisterError> {
        let mut rows = Vec::new();
        for row in tables.rows("noise.csv", &["phrase"])? {
            let place = match row.required("match")? {
                "line" => NoiseMatch::Line,
                "line_start" => NoiseMatch::LineStart,
                "inside" => NoiseMatch::Inside,
                other => return Err(row.wrong(format!("match 应为 line, line_start 或 inside, 不是 {other}"))),
            };
            let code = row.required("code")?;
            let code = FindingCode::ALL.iter().copied().find(|known| known.name() == code);
            let severity = match row.required("severity")? {
                "error" => Severity::Error,
                "warn" => Severity::Warn,
                "info" => Severity::Info,
                other => return Err(row.wrong(format!("severity 应为 error, warn 或 info, 不是 {other}"))),
            };
            rows.push(NoiseRow {
                phrase: half_width(row.required("phrase")?),
                code: code.ok_or_else(|| row.wrong("code 不在问题代码表中 (not a finding code)"))?,
                place,
                severity,
            });
        }
        let mut personal_labels = Vec::new();
        for row in tables.rows("personal_data.csv", &["label"])? {
            if row.required("masks")? == "yes" {
                personal_labels.push((row.required("label")?.to_owned(), row.required("kind")?.to_owned()));
            }
        }
        let words = WordSet::new(rows.iter().map(|row| row.phrase.as_str()));
        let labels = WordSet::new(personal_labels.iter().map(|(label, _)| label.as_str()));
        Ok(Self { rows, personal_labels, words, labels })
    }
}

/// Clean text has half-width punctuation; words of the register are compared in it.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '\u{3000}' => ' ',
            other => other,
        })
        .collect()
}
