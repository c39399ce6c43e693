//! Findings: what is wrong with the source. Each finding hits at most one item of the gold; a warning on an
//! item of severity info, or on one that is hit already, is neutral.

use super::{
    accepted::accepted,
    annotation::QualityAnnotation,
    gold::Gold,
    place::{Place, overlap},
    prediction::{FindingPrediction, Prediction},
    scores::{Scores, Task},
    tally::Fault,
};
use std::{
    cmp::Ordering,
    collections::{HashMap, HashSet},
};

/// Codes of findings about the whole file, whose place is not compared.
const OF_THE_FILE: [&str; 4] = ["missing_title", "missing_number", "missing_signature", "lost_lines"];

/// A finding that fits an item, and how well.
struct Fit {
    finding: usize,
    item: usize,
    is_best_code: bool,
    is_alarm: bool,
    share: f64,
}

pub(super) fn score(gold: &Gold, record: &Prediction, scores: &mut Scores) {
    let items = &gold.raw.quality;
    let findings: Vec<&FindingPrediction> =
        record.findings.iter().filter(|finding| is_alarm(&finding.severity)).collect();
    let mut fits = fits(items, &findings);
    fits.sort_by(better_first);
    let (mut hit, mut used) = (HashMap::new(), HashSet::new());
    for fit in &fits {
        if !hit.contains_key(&fit.item) && !used.contains(&fit.finding) {
            hit.insert(fit.item, fit.finding);
            used.insert(fit.finding);
        }
    }
    let near: HashSet<usize> = fits.iter().map(|fit| fit.finding).collect();
    let tally = scores.of(Task::Findings);
    for (n, finding) in findings.iter().enumerate() {
        if !near.contains(&n) && !gold.is_copied(finding.quote.place()) {
            let what = format!("{}: {}", finding.code, finding.quote.words());
            tally.mistake(Fault::Spurious, what, finding.quote.start);
        }
    }
    for (n, item) in items.iter().enumerate() {
        match &item.code {
            _ if !is_alarm(&item.severity) => {}
            _ if hit.contains_key(&n) => tally.tp += 1,
            Some(code) => {
                let what = format!("{code}: {}", gold.quote(&item.quoted));
                tally.mistake(Fault::Missed, what, item.quoted.start);
            }
            None => {}
        }
    }
    let covered: HashSet<usize> =
        items.iter().filter_map(|item| item.quoted.place()).flat_map(|(start, end)| start..end).collect();
    scores.clean_chars += gold.raw.n_chars.saturating_sub(covered.len());
}

fn is_alarm(severity: &str) -> bool {
    matches!(severity, "error" | "warn")
}

fn fits(items: &[QualityAnnotation], findings: &[&FindingPrediction]) -> Vec<Fit> {
    let mut fits = Vec::new();
    for (n, finding) in findings.iter().enumerate() {
        for (i, item) in items.iter().enumerate() {
            let Some(best) = &item.code else { continue };
            if !accepted(best, &[&item.code_alternatives]).contains(&finding.code) {
                continue;
            }
            let share = place_fit(finding, item);
            if share > 0.0 {
                let (is_best_code, is_alarm) = (finding.code == *best, is_alarm(&item.severity));
                fits.push(Fit { finding: n, item: i, is_best_code, is_alarm, share });
            }
        }
    }
    fits
}

fn better_first(one: &Fit, other: &Fit) -> Ordering {
    let codes = other.is_best_code.cmp(&one.is_best_code);
    codes.then(other.is_alarm.cmp(&one.is_alarm)).then(other.share.total_cmp(&one.share))
}

/// How well a finding's place fits an item of its code: the shared part of the union, 0 where it is elsewhere
/// or far longer.
fn place_fit(finding: &FindingPrediction, item: &QualityAnnotation) -> f64 {
    if OF_THE_FILE.contains(&finding.code.as_str()) {
        return 1.0;
    }
    let Some(at) = finding.quote.place() else { return 0.0 };
    let related = item.related_spans.iter().filter_map(|related| {
        let start = related.start?;
        Some((start, start + related.quote.chars().count()))
    });
    let places = item.quoted.place().into_iter().chain(related);
    places.map(|place| fit(at, place)).fold(0.0, f64::max)
}

fn fit(at: Place, place: Place) -> f64 {
    let length = |(start, end): Place| end.saturating_sub(start);
    let common = overlap(Some(at), Some(place));
    if common == 0 || length(at) > 2 * length(place) + 10 {
        return 0.0;
    }
    let union = length(at) + length(place) - common;
    let number = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
    number(common) / number(union)
}
