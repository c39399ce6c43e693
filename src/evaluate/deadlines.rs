//! Deadlines: the first dated or continuing one of each measure.

use super::{
    accepted::{accepted_or_none, is_optional},
    annotation::{DeadlineAnnotation, MeasureAnnotation, StatedDate, all_of},
    gold::Gold,
    measures::Aligned,
    place::{Place, overlap},
    scores::{Scores, Task},
    tally::{Given, Wanted, compare},
};
use std::collections::HashMap;

const CONTINUING: &str = "continuing";

/// A place at which a deadline may be given or left out, and whether the gold has a date there.
type Open = (Option<Place>, bool);

pub(super) fn score(gold: &Gold, aligned: &[Aligned<'_>], scores: &mut Scores) {
    let mut wanted = Vec::new();
    let mut open: HashMap<&str, Vec<Open>> = HashMap::new();
    for measure in gold.required() {
        let (first, others) = deadlines(measure);
        wanted.extend(first);
        open.entry(&measure.id).or_default().extend(others);
    }
    let mut given = Vec::new();
    for (measure, prediction) in aligned {
        let Some(deadline) = &prediction.deadline else { continue };
        let value = if deadline.continuing { Some(CONTINUING.to_owned()) } else { deadline.iso.clone() };
        // Where the gold has no date, a date is no neutral answer.
        let is_undated = value.as_ref().is_none_or(|value| value == CONTINUING || value.starts_with("--"));
        let places = open.get(measure.as_str()).into_iter().flatten();
        let is_neutral = places
            .into_iter()
            .any(|&(place, is_dated)| overlap(deadline.quote.place(), place) > 0 && (is_dated || is_undated));
        let what = format!("{measure} {}", value.as_deref().unwrap_or("–"));
        given.push(Given { key: (measure.clone(), value), what, start: deadline.quote.start, is_neutral });
    }
    compare(scores.of(Task::Deadlines), &wanted, given);
}

type Key = (String, Option<String>);

/// The deadline of a measure that must be found, and the places of its others, of periods and frequencies.
fn deadlines(measure: &MeasureAnnotation) -> (Option<Wanted<Key>>, Vec<Open>) {
    let stated: Vec<&DeadlineAnnotation> = if measure.deadlines.is_empty() {
        measure.deadline.iter().collect()
    } else {
        measure.deadlines.iter().collect()
    };
    let periods = all_of(measure.period.as_ref()).iter().chain(&measure.periods);
    let periods = periods.chain(all_of(measure.frequency.as_ref()));
    let all = stated.into_iter().map(|deadline| (deadline, false)).chain(periods.map(|period| (period, true)));
    let (mut first, mut open) = (None, Vec::new());
    for (deadline, is_period) in all {
        let dates: Vec<Option<String>> = if deadline.r#type.as_deref() == Some(CONTINUING) {
            vec![Some(CONTINUING.to_owned())]
        } else {
            let alternatives = [deadline.date_alternatives.as_slice(), &deadline.iso_alternatives];
            let date = match &deadline.date {
                StatedDate::Date(date) => Some(date),
                StatedDate::None | StatedDate::Unstated => None,
            };
            accepted_or_none(date, &alternatives)
        };
        let dates = dates.into_iter().flatten().filter(|date| !date.is_empty());
        let keys: Vec<Key> = dates.map(|date| (measure.id.clone(), Some(date))).collect();
        let is_deadline = matches!(deadline.r#type.as_deref(), Some("deadline" | CONTINUING));
        if !keys.is_empty() && is_deadline && first.is_none() && !is_optional(deadline.tier.as_ref()) {
            first = Some(Wanted {
                accepted: keys,
                what: format!("{} {}", measure.id, deadline.quoted.quote),
                start: deadline.quoted.start,
            });
        } else {
            let is_dated = match &deadline.date {
                StatedDate::Date(_) => true,
                StatedDate::None => false,
                StatedDate::Unstated => is_period,
            };
            open.push((deadline.quoted.place(), is_dated));
        }
    }
    (first, open)
}
