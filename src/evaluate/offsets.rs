//! Offsets: whether every text of a record is the slice of the source at its place.

use super::{
    scores::{Scores, Task},
    tally::{Fault, Tally},
};
use serde_json::Value;

/// Checks every object of `record` that has a `start`.
pub(super) fn score(record: &Value, text: &str, scores: &mut Scores) {
    let mut places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    places.push(text.len());
    walk(record, &Text { text, places }, scores.of(Task::Offsets));
}

/// A text by code points.
struct Text<'a> {
    text: &'a str,
    places: Vec<usize>,
}

impl Text<'_> {
    fn slice(&self, start: usize, end: usize) -> Option<&str> {
        self.text.get(*self.places.get(start)?..*self.places.get(end)?)
    }
}

fn walk(node: &Value, source: &Text<'_>, tally: &mut Tally) {
    match node {
        Value::Object(fields) => {
            if fields.get("start").is_some_and(|start| !start.is_null()) {
                check(node, source, tally);
            }
            fields.values().for_each(|child| walk(child, source, tally));
        }
        Value::Array(items) => items.iter().for_each(|child| walk(child, source, tally)),
        _ => {}
    }
}

fn check(object: &Value, source: &Text<'_>, tally: &mut Tally) {
    let number = |name: &str| object[name].as_u64().and_then(|number| usize::try_from(number).ok());
    let start = number("start");
    let slice = start.zip(number("end")).filter(|(start, end)| start <= end);
    let slice = slice.and_then(|(start, end)| source.slice(start, end));
    match (slice, object["text"].as_str()) {
        (None, quote) => {
            tally.mistake(Fault::Spurious, format!("outside the text: {}", quote.unwrap_or("–")), start);
        }
        (Some(slice), Some(quote)) if slice != quote => tally.mistake(Fault::Spurious, quote, start),
        (Some(_), Some(_)) => tally.tp += 1,
        (Some(_), None) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn places_are_counted_in_code_points() {
        for (object, expected) in [
            (json!({"text": "策", "start": 2, "end": 3}), (1, 0)),
            (json!({"text": "政", "start": 2, "end": 3}), (0, 1)),
            (json!({"text": "策", "start": 2, "end": 9}), (0, 1)),
            (json!({"text": null, "start": 0, "end": 1}), (0, 0)),
            (json!([{"start": null}, {"inner": {"text": "𠀋", "start": 0, "end": 1}}]), (1, 0)),
        ] {
            let mut scores = Scores::default();
            score(&object, "𠀋政策", &mut scores);
            let tally = scores.tally(Task::Offsets);
            assert_eq!((tally.tp, tally.fp), expected, "{object}");
        }
    }
}
