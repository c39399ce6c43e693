//! 计数 (tallies): what one task got right, wrong and not at all.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

/// What is wrong with a prediction.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Fault {
    /// In the gold and not predicted.
    Missed,
    /// Predicted and not in the gold.
    Spurious,
    /// Found, with the wrong value: both of the above.
    Wrong,
}

impl Fault {
    /// Its word in the output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missed => "missed",
            Self::Spurious => "spurious",
            Self::Wrong => "wrong",
        }
    }
}

/// An item on which gold and prediction differ.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mistake {
    /// The document.
    pub document: String,
    /// Missed, spurious or wrong.
    pub fault: Fault,
    /// The item, in words; personal data masked.
    pub what: String,
    /// Where it stands, in code points, if it has a place.
    pub start: Option<usize>,
}

/// Counts of one task in one document, or summed over documents.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    /// True positives.
    pub tp: u32,
    /// False positives.
    pub fp: u32,
    /// False negatives.
    pub missed: u32,
    /// The items behind `fp` and `missed`.
    pub mistakes: Vec<Mistake>,
}

impl Tally {
    /// Counts a mistake.
    pub(super) fn mistake(&mut self, fault: Fault, what: impl Into<String>, start: Option<usize>) {
        self.fp += u32::from(fault != Fault::Missed);
        self.missed += u32::from(fault != Fault::Spurious);
        self.mistakes.push(Mistake { document: String::new(), fault, what: what.into(), start });
    }

    /// Adds the counts of a document.
    pub(super) fn add(&mut self, other: &Self, document: &str) {
        self.tp += other.tp;
        self.fp += other.fp;
        self.missed += other.missed;
        let named = other.mistakes.iter().map(|mistake| Mistake { document: document.to_owned(), ..mistake.clone() });
        self.mistakes.extend(named);
    }
}

/// An item of the gold.
pub(super) struct Wanted<K> {
    /// The keys that are right, the best one first.
    pub(super) accepted: Vec<K>,
    /// The item in words.
    pub(super) what: String,
    /// Where it stands.
    pub(super) start: Option<usize>,
}

/// A predicted item.
pub(super) struct Given<K> {
    /// What is compared.
    pub(super) key: K,
    /// The item in words.
    pub(super) what: String,
    /// Where it stands.
    pub(super) start: Option<usize>,
    /// Where it is not wanted, it is not counted either.
    pub(super) is_neutral: bool,
}

/// Compares sets. An accepted key is never spurious, and one that two entries accept serves both; but it is
/// counted once.
pub(super) fn compare<K: Clone + Eq + Hash>(tally: &mut Tally, wanted: &[Wanted<K>], given: Vec<Given<K>>) {
    let mut left = one_for_each(given.into_iter().map(|given| (given.key.clone(), given)).collect(), |known, new| {
        Given { is_neutral: new.is_neutral && known.is_neutral, ..new }
    });
    let entries = wanted.iter().filter_map(|entry| Some((entry.accepted.first()?.clone(), entry))).collect();
    let mut missed = one_for_each(entries, |_, new| new);
    let mut taken = HashSet::new();
    // First the best keys: an alternative takes only what is nobody's best key.
    for limit in [1, usize::MAX] {
        missed.retain(|entry| {
            let among_left = |key: &&K| left.iter().any(|given| given.key == **key);
            let Some(key) = entry.accepted.iter().take(limit).find(among_left) else { return true };
            tally.tp += 1;
            left.retain(|given| given.key != *key);
            taken.insert(key);
            false
        });
    }
    for entry in missed {
        if !entry.accepted.iter().any(|key| taken.contains(key)) {
            tally.mistake(Fault::Missed, &entry.what, entry.start);
        }
    }
    for given in left {
        if !given.is_neutral && !wanted.iter().any(|entry| entry.accepted.contains(&given.key)) {
            tally.mistake(Fault::Spurious, given.what, given.start);
        }
    }
}

/// The values in the order in which their keys first stand; of two with one key what `merge` makes of them.
fn one_for_each<K: Eq + Hash, V>(entries: Vec<(K, V)>, merge: impl Fn(V, V) -> V) -> Vec<V> {
    let mut places: HashMap<K, usize> = HashMap::new();
    let mut values: Vec<Option<V>> = Vec::new();
    for (key, value) in entries {
        let place = *places.entry(key).or_insert(values.len());
        if let Some(slot) = values.get_mut(place) {
            *slot = match slot.take() {
                Some(known) => Some(merge(known, value)),
                None => Some(value),
            };
        } else {
            values.push(Some(value));
        }
    }
    values.into_iter().flatten().collect()
}

/// Compares single values. `accepted`: the best one first; `None` among them says that the value may be absent.
pub(super) fn compare_value(tally: &mut Tally, accepted: &[Option<String>], given: Option<&str>) {
    let given = given.filter(|value| !value.is_empty());
    let values: Vec<String> = accepted.iter().flatten().filter(|value| !value.is_empty()).cloned().collect();
    let may_be_absent = values.is_empty()
        || accepted.first().is_none_or(Option::is_none)
        || (accepted.contains(&None) && given.is_none());
    let is_neutral = given.is_some_and(|given| values.iter().any(|value| value == given));
    let wanted = if may_be_absent { None } else { Some(values) };
    let wanted: Vec<Wanted<String>> = wanted
        .into_iter()
        .map(|accepted| Wanted { what: accepted.first().cloned().unwrap_or_default(), accepted, start: None })
        .collect();
    let given = given.map(|given| Given { key: given.to_owned(), what: given.to_owned(), start: None, is_neutral });
    compare(tally, &wanted, given.into_iter().collect());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(wanted: &[&[&str]], given: &[(&str, bool)]) -> (u32, u32, u32) {
        let wanted: Vec<Wanted<String>> = wanted
            .iter()
            .map(|keys| Wanted {
                accepted: keys.iter().map(ToString::to_string).collect(),
                what: keys[0].to_owned(),
                start: None,
            })
            .collect();
        let given = given
            .iter()
            .map(|&(key, is_neutral)| Given { key: key.to_owned(), what: key.to_owned(), start: None, is_neutral })
            .collect();
        let mut tally = Tally::default();
        compare(&mut tally, &wanted, given);
        (tally.tp, tally.fp, tally.missed)
    }

    #[test]
    fn sets_are_compared_by_their_best_keys_first() {
        for (wanted, given, expected) in [
            (&[&["a"][..]][..], &[("a", false)][..], (1, 0, 0)),
            (&[&["a"]], &[("b", false)], (0, 1, 1)),
            (&[&["a"]], &[("b", true)], (0, 0, 1)),
            (&[&["a", "b"]], &[("b", false)], (1, 0, 0)),
            // b is the second entry's best key; the first gets a.
            (&[&["a", "b"], &["b"]], &[("a", false), ("b", false)], (2, 0, 0)),
            // One prediction serves both entries, counted once.
            (&[&["a", "b"], &["b"]], &[("b", false)], (1, 0, 0)),
            // A second accepted key is no mistake.
            (&[&["a", "b"]], &[("a", false), ("b", false)], (1, 0, 0)),
            // Two gold entries of one key are one.
            (&[&["a"], &["a"]], &[("a", false)], (1, 0, 0)),
            // Said twice, once neutrally: counts.
            (&[], &[("a", true), ("a", false)], (0, 1, 0)),
        ] {
            assert_eq!(counts(wanted, given), expected, "{wanted:?} {given:?}");
        }
    }

    #[test]
    fn a_value_that_may_be_absent_is_not_missed() {
        for (accepted, given, expected) in [
            (&[Some("函"), None][..], None, (0, 0, 0)),
            (&[Some("函"), None], Some("函"), (1, 0, 0)),
            (&[Some("函"), None], Some("通知"), (0, 1, 1)),
            (&[None, Some("函")], Some("函"), (0, 0, 0)),
            (&[None], Some("函"), (0, 1, 0)),
            (&[Some("函")], None, (0, 0, 1)),
        ] {
            let mut tally = Tally::default();
            let accepted: Vec<Option<String>> = accepted.iter().map(|value| value.map(str::to_owned)).collect();
            compare_value(&mut tally, &accepted, given);
            assert_eq!((tally.tp, tally.fp, tally.missed), expected, "{accepted:?} {given:?}");
        }
    }
}
