//! Pairs of characters, and the names that have them: what shares rare pairs with a name may be meant by it.

use super::{
    Name,
    distance::{Wanted, is_abbreviation},
};
use std::{cmp::Reverse, collections::HashMap};

/// The pairs that are looked up at most, the rarest first. A wrong character spoils two pairs, so that of any
/// seven three wrong ones leave one.
const PAIRS: usize = 7;

/// After three pairs, no more are looked up than give about this many names.
const ENOUGH: usize = 1000;

/// The names that are compared character by character.
const COMPARED: usize = 32;

/// Names up to this length go by abbreviations of which no pair is in the name.
const ABBREVIATED: usize = 20;

/// What is longer, in characters, is no abbreviation of such a name.
const ABBREVIATION: usize = 10;

/// Of longer words the beginning is looked for.
const LONGEST: usize = 160;

/// What is less alike is not near.
const LEAST: f64 = 0.5;

/// Which names have a pair of characters; of shorter names, a character.
#[derive(Debug)]
pub(super) struct Grams {
    pairs: HashMap<(char, char), Vec<u32>>,
    characters: HashMap<char, Vec<u32>>,
}

impl Grams {
    /// O(n) for n characters of all names.
    pub(super) fn of(names: &[Name]) -> Self {
        let mut grams = Self { pairs: HashMap::new(), characters: HashMap::new() };
        for (at, name) in (0u32..).zip(names).filter(|(_, name)| !name.is_number()) {
            for pair in pairs(&name.text.chars().collect::<Vec<_>>()) {
                push(grams.pairs.entry(pair).or_default(), at);
            }
            if name.length <= ABBREVIATED {
                for c in name.text.chars() {
                    push(grams.characters.entry(c).or_default(), at);
                }
            }
        }
        grams
    }

    /// The names near to one: place, likeness, edit distance; the most alike first, then by distance and order.
    pub(super) fn near(&self, names: &[Name], wanted: &str) -> Vec<(usize, f64, usize)> {
        let wanted: Vec<char> = wanted.chars().take(LONGEST).collect();
        let mut compared = self.sharing(names, &wanted);
        compared.extend(self.abbreviated(names, &wanted));
        compared.sort_unstable();
        compared.dedup();
        let wanted = Wanted::new(wanted);
        let mut known = Vec::new();
        let mut near: Vec<(usize, f64, usize)> = Vec::new();
        for at in compared {
            known.clear();
            known.extend(names[at].text.chars());
            let (similarity, distance) = wanted.similarity(&known);
            if similarity >= LEAST {
                near.push((at, similarity, distance));
            }
        }
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then((a.2, a.0).cmp(&(b.2, b.0))));
        near
    }

    /// The names that share most of the rarest pairs.
    fn sharing(&self, names: &[Name], wanted: &[char]) -> Vec<usize> {
        let mut lists: Vec<&[u32]> =
            pairs(wanted).iter().filter_map(|pair| self.pairs.get(pair)).map(Vec::as_slice).collect();
        lists.sort_by_key(|list| list.len());
        let mut hits: Vec<u32> = Vec::new();
        for (n, list) in lists.iter().take(PAIRS).enumerate() {
            if n >= 3 && hits.len() + list.len() > ENOUGH {
                break;
            }
            hits.extend_from_slice(list);
        }
        hits.sort_unstable();
        let mut counted: Vec<(Reverse<usize>, usize, usize)> = hits
            .chunk_by(|one, other| one == other)
            .map(|same| {
                let at = same[0] as usize;
                (Reverse(same.len()), names[at].length.abs_diff(wanted.len()), at)
            })
            .collect();
        if counted.len() > COMPARED {
            counted.select_nth_unstable(COMPARED);
            counted.truncate(COMPARED);
        }
        counted.into_iter().map(|(.., at)| at).collect()
    }

    /// The names that these words abbreviate, the shortest first: those with the rarest of its characters are looked at.
    fn abbreviated(&self, names: &[Name], wanted: &[char]) -> Vec<usize> {
        if !(2..=ABBREVIATION).contains(&wanted.len()) {
            return Vec::new();
        }
        let lists = wanted.iter().map(|c| self.characters.get(c).map_or(&[][..], Vec::as_slice));
        let rarest = lists.min_by_key(|list| list.len()).unwrap_or_default();
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut known = Vec::new();
        for at in rarest.iter().map(|at| *at as usize) {
            known.clear();
            known.extend(names[at].text.chars());
            if is_abbreviation(wanted, &known) {
                found.push((names[at].length, at));
            }
        }
        found.sort_unstable();
        found.into_iter().take(COMPARED).map(|(_, at)| at).collect()
    }
}

/// The pairs of neighbours, each once, in order.
fn pairs(chars: &[char]) -> Vec<(char, char)> {
    let mut pairs: Vec<(char, char)> = chars.windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Adds a place to an ascending list, once.
fn push(list: &mut Vec<u32>, at: u32) {
    if list.last() != Some(&at) {
        list.push(at);
    }
}
