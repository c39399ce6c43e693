//! Measures, and which measure of the gold a predicted one is.

use super::{
    accepted::path_key,
    annotation::Quoted,
    gold::Gold,
    prediction::{MeasurePrediction, Prediction},
    scores::{Scores, Task},
    tally::{Given, Wanted, compare},
};

/// The gold's identifier of a measure, or one made from where a measure stands that the gold does not have.
pub(super) type Aligned<'a> = (String, &'a MeasurePrediction);

pub(super) fn score(gold: &Gold, record: &Prediction, scores: &mut Scores) {
    let aligned = align(gold, record);
    let wanted: Vec<_> = gold
        .measures
        .iter()
        .map(|&n| {
            let measure = &gold.raw.measures[n];
            let paths = [&measure.path].into_iter().chain(&measure.path_alternatives);
            let starts = &gold.measure_starts[n];
            let keys = paths.flat_map(|path| starts.iter().map(|&start| (path_key(path), Some(start))));
            Wanted { accepted: keys.collect(), what: measure.path.concat(), start: Some(measure.start) }
        })
        .collect();
    let given = aligned.iter().map(|(_, measure)| Given {
        key: (path_key(&measure.path), measure.start),
        what: measure.path.concat(),
        start: measure.start,
        is_neutral: false,
    });
    compare(scores.of(Task::Measures), &wanted, given.collect());
    super::duties::score(gold, &aligned, scores);
    super::deadlines::score(gold, &aligned, scores);
}

/// Predicted measures with the gold measure that starts there; without the neutral ones.
fn align<'a>(gold: &Gold, record: &'a Prediction) -> Vec<Aligned<'a>> {
    let align = |measure: &'a MeasurePrediction| {
        let known = measure.start.and_then(|start| gold.measure_at.get(&start)).copied();
        if let Some(n) = known {
            return gold.measures.contains(&n).then(|| (gold.raw.measures[n].id.clone(), measure));
        }
        let is_general = measure.start.is_some_and(|start| {
            gold.raw.general.iter().filter_map(Quoted::place).any(|(from, to)| from <= start && start < to)
        });
        let place = measure.start.zip(measure.end);
        let name = measure.start.map_or_else(|| "@–".to_owned(), |start| format!("@{start}"));
        (!is_general && !gold.is_copied(place)).then_some((name, measure))
    };
    record.measures.iter().filter_map(align).collect()
}
