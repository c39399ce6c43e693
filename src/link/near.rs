//! Titles that differ in one character, found without comparing each with each.

use super::title_of_key;
use crate::model::is_title_variant;
use std::{collections::BTreeSet, ops::Bound::Included, sync::Arc};

/// Title keys by what is left of them when one character is left out, so that only titles which can be
/// variants meet. A title of n characters takes n entries of 24 bytes.
#[derive(Debug, Default)]
pub(super) struct Near {
    blocks: BTreeSet<(u64, Arc<str>)>,
}

impl Near {
    /// Notes that a title key is in use, or no longer. O(n log m) for n characters and m titles.
    pub(super) fn set(&mut self, key: &str, is_used: bool) {
        let shared: Arc<str> = key.into();
        for block in blocks(key) {
            if is_used {
                self.blocks.insert((block, shared.clone()));
            } else {
                self.blocks.remove(&(block, shared.clone()));
            }
        }
    }

    /// The keys of one region whose titles are variants of this one's, in order. O(n log m), and what it finds.
    pub(super) fn variants(&self, key: &str) -> Vec<Arc<str>> {
        let Some((_, title)) = title_of_key(key) else { return Vec::new() };
        let is_variant = |other: &str| title_of_key(other).is_some_and(|(_, other)| is_title_variant(title, other));
        let mut found = BTreeSet::new();
        for block in blocks(key) {
            let same = (Included((block, Arc::from(""))), Included((block, Arc::from("\u{10FFFF}"))));
            for (_, other) in self.blocks.range(same).filter(|(_, other)| is_variant(other)) {
                found.insert(other.clone());
            }
        }
        found.into_iter().collect()
    }
}

/// For each character of the title a number that it shares with titles of the region which differ from it
/// there alone (and, by rare chance, with others). All of them in one pass.
fn blocks(key: &str) -> Vec<u64> {
    /// An odd number with bits all over.
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
    let Some((region, title)) = title_of_key(key) else { return Vec::new() };
    let mixed = |c: char| (u64::from(u32::from(c)) + 1).wrapping_mul(STEP).rotate_left(29);
    let start = region.chars().fold(0u64, |sum, c| sum.wrapping_mul(STEP).wrapping_add(mixed(c)));
    // What each character adds to the sum of all, by its place.
    let mut weight = 1u64;
    let weighted: Vec<u64> = title
        .chars()
        .map(|c| {
            weight = weight.wrapping_mul(STEP);
            mixed(c).wrapping_mul(weight)
        })
        .collect();
    let whole = weighted.iter().fold(start, |sum, one| sum.wrapping_add(*one));
    let length = weighted.len() as u64;
    let block = |(at, own): (usize, &u64)| {
        let rest = whole.wrapping_sub(*own) ^ (length << 32 | at as u64);
        rest.wrapping_mul(STEP)
    };
    weighted.iter().enumerate().map(block).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_are_titles_of_one_region_that_differ_in_one_character() {
        let mut near = Near::default();
        let keys = [
            "title:330600:绍兴市河道保护推动实施计划",
            "title:330600:绍兴市河道保护推进实施计划",
            "title:330600:绍兴市河道保护推进实施规划",
            "title:330700:绍兴市河道保护推动实施计划",
            "title:330600:河道保护计划",
            "num:绍政发〔2021〕8号",
        ];
        for key in keys {
            near.set(key, true);
        }
        for (key, variants) in [
            (keys[0], vec![keys[1]]),
            (keys[1], vec![keys[0], keys[2]]),
            (keys[3], vec![]),
            (keys[4], vec![]),
            (keys[5], vec![]),
            ("title:330700:绍兴市河道保护推动实施方划", vec![keys[3]]),
        ] {
            let found = near.variants(key);
            assert_eq!(found.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), variants, "{key}");
        }
        near.set(keys[0], false);
        assert_eq!(near.variants(keys[1]).len(), 1, "what is used no longer is not found");
    }
}
