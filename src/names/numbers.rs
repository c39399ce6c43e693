//! 发文字号 by their parts, and those that differ in little.

use super::{
    WrittenNumber,
    distance::{edit_distance, is_abbreviation},
};
use crate::model::DocNumber;
use std::collections::BTreeMap;

/// Numbers with what bears them.
#[derive(Debug)]
pub(super) struct Numbers {
    /// In order: by code, year, serial number.
    all: Vec<(DocNumber, Vec<u32>)>,
    /// Serial number → places in `all`.
    by_serial: BTreeMap<String, Vec<usize>>,
}

/// What a wrong character of the code takes from the score; a slip of the pen, not another document.
const WRONG_CHARACTER: f64 = 7.0;

/// What a wrong digit of the serial number takes, or another year.
const WRONG_DIGIT: f64 = 9.0;

/// What another shape takes: 第39号 for 39号.
const OTHER_FORM: f64 = 5.0;

/// What a year takes that is not given.
const NO_YEAR: f64 = 12.0;

/// What a code takes that is not given.
const NO_CODE: f64 = 30.0;

/// As many characters of a code may be wrong.
const WRONG_CHARACTERS: usize = 2;

impl Numbers {
    pub(super) fn new(numbers: BTreeMap<DocNumber, Vec<u32>>) -> Self {
        let all: Vec<(DocNumber, Vec<u32>)> = numbers.into_iter().collect();
        let mut by_serial: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, (number, _)) in all.iter().enumerate() {
            by_serial.entry(number.serial.clone()).or_default().push(at);
        }
        Self { all, by_serial }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&DocNumber, &[u32])> {
        self.all.iter().map(|(number, bearers)| (number, bearers.as_slice()))
    }

    pub(super) fn bearers(&self, number: &DocNumber) -> &[u32] {
        self.all.binary_search_by(|(known, _)| known.cmp(number)).map_or(&[], |at| &self.all[at].1)
    }

    /// What bears numbers that begin with these words, in order.
    pub(super) fn beginning(&self, words: &str) -> impl Iterator<Item = u32> + use<'_> {
        let words: String = words.chars().map(|c| if "[(【{".contains(c) { '〔' } else { c }).collect();
        let words: String = words.chars().map(|c| if "])】}".contains(c) { '〕' } else { c }).collect();
        let code: String = words.chars().take_while(|c| *c != '〔' && !c.is_ascii_digit() && *c != '第').collect();
        let from = self.all.partition_point(|(known, _)| known.code < code);
        // A code alone may be the beginning of a longer one.
        let of_code =
            self.all[from..].iter().take_while(move |(known, _)| known.code.starts_with(&code) && !code.is_empty());
        of_code
            .filter(move |(known, _)| known.to_string().starts_with(&words))
            .flat_map(|(_, bearers)| bearers.iter().copied())
    }

    /// What bears numbers that differ in one of code, year and serial number, or have the parts that are given; the
    /// best first, with its score. It costs what there are of numbers with this code or this serial number.
    pub(super) fn near(&self, wanted: &WrittenNumber) -> Vec<(usize, f64)> {
        let (year, serial) = (wanted.number.year, wanted.number.serial.as_str());
        let mut near: Vec<(usize, f64)> = Vec::new();
        if let Some(code) = wanted.code.as_deref() {
            let from = self.all.partition_point(|(known, _)| known.code.as_str() < code);
            let same_code = self.all[from..].iter().take_while(|(known, _)| known.code == code);
            for (known, bearers) in same_code {
                let taken = match (known.year == year, known.serial == serial) {
                    (_, true) if year.is_none() => NO_YEAR,
                    (true, true) => OTHER_FORM,
                    (false, true) => WRONG_DIGIT,
                    (true, false) if is_slip(&known.serial, serial) => WRONG_DIGIT,
                    _ => continue,
                };
                near.extend(bearers.iter().map(|bearer| (*bearer as usize, 100.0 - taken)));
            }
        }
        for at in self.by_serial.get(serial).into_iter().flatten() {
            let (known, bearers) = &self.all[*at];
            let Some(taken) = other_code(known, wanted) else { continue };
            let taken = match (known.year == year, year) {
                (true, _) => taken,
                (false, None) => taken + NO_YEAR,
                (false, Some(_)) => continue,
            };
            near.extend(bearers.iter().map(|bearer| (*bearer as usize, 100.0 - taken)));
        }
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        near
    }
}

/// What another code takes from the score; nothing where the number is quite another.
fn other_code(known: &DocNumber, wanted: &WrittenNumber) -> Option<f64> {
    let Some(code) = wanted.code.as_deref() else { return Some(NO_CODE) };
    let (one, other): (Vec<char>, Vec<char>) = (known.code.chars().collect(), code.chars().collect());
    if is_abbreviation(&one, &other) || is_abbreviation(&other, &one) {
        // 国令 and 国务院令.
        return (one != other).then_some(if one.len().abs_diff(other.len()) == 1 {
            WRONG_CHARACTER
        } else {
            2.0 * WRONG_CHARACTER
        });
    }
    let most = WRONG_CHARACTERS.min(other.len() / 2);
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let wrong = edit_distance(&one, &other);
    (1..=most).contains(&wrong).then_some(if wrong == 1 { WRONG_CHARACTER } else { 2.0 * WRONG_CHARACTER })
}

/// Whether one digit is wrong, too many or missing.
fn is_slip(one: &str, other: &str) -> bool {
    one.len().abs_diff(other.len()) <= 1
        && edit_distance(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>()) == 1
}
