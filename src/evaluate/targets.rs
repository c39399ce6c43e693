//! Targets: value, unit and horizon.

use super::{
    accepted::{accepted_or_none, is_optional, pairs},
    annotation::TargetAnnotation,
    gold::Gold,
    place::is_similar,
    prediction::Prediction,
    scores::{Scores, Task},
    tally::{Given, Wanted, compare},
};
use serde_json::Value;

/// Value (to six places), unit, horizon.
type Key = (String, Option<String>, Option<String>);

pub(super) fn score(gold: &Gold, record: &Prediction, scores: &mut Scores) {
    let (mut wanted, mut neutral) = (Vec::new(), Vec::new());
    for target in &gold.raw.targets {
        let keys = keys(target);
        if target.value.is_null() || is_optional(target.tier.as_ref()) {
            neutral.push((keys, target.quoted.place()));
        } else {
            wanted.push(Wanted { accepted: keys, what: gold.quote(&target.quoted), start: target.quoted.start });
        }
    }
    let given = record.targets.iter().map(|target| {
        let key = (value_key(&target.value), target.unit.clone(), target.by.clone());
        let at = target.quote.place();
        let is_open = neutral.iter().any(|(keys, place)| keys.contains(&key) || is_similar(at, *place));
        Given {
            what: target.quote.words().to_owned(),
            start: target.quote.start,
            is_neutral: is_open || gold.is_copied(at),
            key,
        }
    });
    compare(scores.of(Task::Targets), &wanted, given.collect());
}

/// The accepted keys of a target. Of a range either bound will do.
fn keys(target: &TargetAnnotation) -> Vec<Key> {
    let units = accepted_or_none(target.unit.as_ref(), &[&target.unit_alternatives]);
    let horizons = accepted_or_none(target.by.as_ref(), &[&target.by_alternatives]);
    let ends = pairs(&units, &horizons);
    let bounds = target.value.as_array().into_iter().flatten();
    let values = [&target.value].into_iter().chain(bounds).map(value_key);
    values.flat_map(|value| ends.iter().map(move |(unit, by)| (value.clone(), unit.clone(), by.clone()))).collect()
}

fn value_key(value: &Value) -> String {
    match value {
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), |number| format!("{number:.6}")),
        Value::Array(values) => values.iter().map(value_key).collect::<Vec<_>>().join(" – "),
        other => other.to_string(),
    }
}
