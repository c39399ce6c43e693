//! What comes near to a number or a title that nothing bears.

use super::{Hit, Lineage, written::WrittenNumber};
use crate::model::DocNumber;
use std::collections::BTreeMap;

/// How many are offered.
const OFFERED: usize = 5;

impl Lineage {
    /// Numbers that differ in one of code, year and serial; those of the same issuer first.
    pub(super) fn near_numbers(&self, wanted: &WrittenNumber) -> Vec<Hit> {
        let Some(code) = wanted.code.as_deref() else { return Vec::new() };
        let agreeing = |number: &DocNumber| {
            let same = [number.year == wanted.number.year, number.serial == wanted.number.serial];
            (number.code == code, same.into_iter().filter(|same| *same).count())
        };
        let mut near: BTreeMap<Hit, (bool, usize)> = BTreeMap::new();
        for (number, hits) in &self.names.numbers {
            let (same_code, same) = agreeing(number);
            if usize::from(same_code) + same >= 2 {
                near.extend(hits.iter().map(|hit| (*hit, (!same_code, 2 - same))));
            }
        }
        let mut hits = self.one_for_each_policy(near.keys().copied().collect(), |hit| {
            near.get(&hit).map_or(usize::MAX, |(other_code, missing)| usize::from(*other_code) * 4 + missing)
        });
        hits.truncate(OFFERED);
        hits
    }

    /// Titles in which few characters differ.
    pub(super) fn near_titles(&self, title: &str) -> Vec<Hit> {
        let title: Vec<char> = title.chars().collect();
        // Of short titles, fewer characters may differ.
        let most = 2.min(title.len() / 4);
        let mut near: BTreeMap<Hit, usize> = BTreeMap::new();
        for (known, hits) in &self.names.titles {
            let known: Vec<char> = known.chars().collect();
            if known.len().abs_diff(title.len()) <= most {
                let distance = edit_distance(&title, &known);
                if distance <= most {
                    near.extend(hits.iter().map(|hit| (*hit, distance)));
                }
            }
        }
        let mut hits = self
            .one_for_each_policy(near.keys().copied().collect(), |hit| near.get(&hit).copied().unwrap_or(usize::MAX));
        hits.truncate(OFFERED);
        hits
    }
}

/// How many characters must be put in, taken out or exchanged (Levenshtein). O(n²) for titles of n characters.
fn edit_distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let exchanged = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = exchanged.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_of_two_texts_is_the_fewest_edits() {
        for (one, other, distance) in
            [("推进计划", "推动计划", 1), ("", "甲乙", 2), ("甲乙丙", "乙丙", 1), ("甲乙", "乙甲", 2), ("甲", "甲", 0)]
        {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(edit_distance(&chars(one), &chars(other)), distance, "{one} {other}");
        }
    }
}
