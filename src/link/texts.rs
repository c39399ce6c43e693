//! 镜像 (mirrors): texts that are the same, or nearly, found without comparing each with each.

use super::counts::Change;
use crate::model::sha256;
use oxrdf::NamedNode;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound::{Excluded, Unbounded},
    sync::Arc,
};

/// Texts with fewer letters say too little to be known again.
const SHORTEST: usize = 200;
/// Letters of one shingle.
const SHINGLE: usize = 6;
/// Parts of a fingerprint, and how many of them make a band. Texts that share nine shingles of ten meet in some
/// band but for one pair in a million.
const PARTS: usize = 64;
const BAND: usize = 4;
/// As many parts of the same hundred have texts that are nearly one.
const ALIKE: usize = 85;

/// What a text is known again by, whatever stands between its letters: the least hashes of its shingles
/// (`MinHash` with one permutation), and a hash of all of it. 320 bytes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Fingerprint {
    whole: String,
    /// [`NOTHING`] where no shingle falls.
    parts: [u32; PARTS],
}

const NOTHING: u32 = u32::MAX;

/// How far two texts agree.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Likeness {
    Same,
    Near,
    Other,
}

impl Fingerprint {
    /// The fingerprint of a text; `None` for one that is too short. O(n).
    pub(super) fn of(text: &str) -> Option<Self> {
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        if letters.len() < SHORTEST {
            return None;
        }
        let mut parts = [NOTHING; PARTS];
        for shingle in letters.windows(SHINGLE) {
            let hash = hash(shingle.iter().map(|c| u64::from(u32::from(*c))));
            // The upper half says which part, the lower half is what counts there.
            let (upper, lower) = ((hash >> 32) % PARTS as u64, hash & u64::from(NOTHING));
            if let (Ok(part), Ok(least)) = (usize::try_from(upper), u32::try_from(lower)) {
                parts[part] = parts[part].min(least);
            }
        }
        Some(Self { whole: sha256(letters.iter().collect::<String>().as_bytes()), parts })
    }

    pub(super) fn likeness(&self, other: &Self) -> Likeness {
        if self.whole == other.whole {
            return Likeness::Same;
        }
        let filled =
            || self.parts.iter().zip(&other.parts).filter(|(one, other)| **one != NOTHING || **other != NOTHING);
        let alike = filled().filter(|(one, other)| one == other).count();
        if alike * 100 >= filled().count() * ALIKE { Likeness::Near } else { Likeness::Other }
    }

    /// A number for each band. Texts that agree in a band have its number in common.
    fn bands(&self) -> impl Iterator<Item = u64> {
        let bands = self.parts.chunks(BAND).enumerate().filter(|(_, band)| band.iter().any(|part| *part != NOTHING));
        bands.map(|(n, band)| hash(band.iter().map(|part| u64::from(*part)).chain([n as u64])))
    }
}

/// The same on every machine and with every compiler, unlike the hasher of the standard library.
fn hash(numbers: impl Iterator<Item = u64>) -> u64 {
    numbers.fold(0x9E37_79B9_7F4A_7C15, |hash, number| {
        let mixed = (hash ^ number).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        (mixed ^ mixed >> 29).wrapping_mul(0x94D0_49BB_1331_11EB).rotate_left(31)
    })
}

/// Works by the bands of their texts. In each band a work is compared with its neighbours in the order of IRIs
/// alone, so that a text of which there are a thousand copies makes a chain and no knot, and a new one is looked at
/// beside two.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// Band and work → how many of its texts.
    bands: BTreeMap<(u64, Arc<NamedNode>), usize>,
}

impl Texts {
    /// Puts a text of a work in or takes it out. Works whose neighbours are others now go to `touched`. O(log n).
    pub(super) fn set(
        &mut self,
        work: &NamedNode,
        text: &Fingerprint,
        change: Change,
        touched: &mut BTreeSet<NamedNode>,
    ) {
        let shared = Arc::new(work.clone());
        for band in text.bands() {
            let key = (band, shared.clone());
            match (change, self.bands.get_mut(&key)) {
                (Change::Comes, _) => *self.bands.entry(key).or_default() += 1,
                (Change::Goes, Some(texts)) if *texts > 1 => *texts -= 1,
                (Change::Goes, _) => {
                    self.bands.remove(&key);
                }
            }
            touched.extend(self.beside(band, work).cloned());
        }
        touched.insert(work.clone());
    }

    /// The works that stand beside one in the bands of its texts, in order.
    pub(super) fn neighbours<'a>(
        &'a self,
        work: &NamedNode,
        texts: impl Iterator<Item = &'a Fingerprint>,
    ) -> BTreeSet<&'a NamedNode> {
        texts.flat_map(Fingerprint::bands).flat_map(|band| self.beside(band, work)).collect()
    }

    /// The work before and the work after one in a band.
    fn beside<'a>(&'a self, band: u64, work: &NamedNode) -> impl Iterator<Item = &'a NamedNode> + use<'a> {
        let here = (band, Arc::new(work.clone()));
        let before = self.bands.range(..here.clone()).next_back();
        let after = self.bands.range((Excluded(here), Unbounded)).next();
        before.into_iter().chain(after).filter(move |((at, _), _)| *at == band).map(|((_, work), _)| work.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(seed: usize) -> String {
        (0..600)
            .map(|n| char::from_u32(0x4E00 + u32::try_from((n * n * 7 + n * seed) % 2_000).unwrap()).unwrap())
            .collect()
    }

    #[test]
    fn texts_are_the_same_nearly_the_same_or_others() {
        let whole = text(3);
        let spaced: String = whole.chars().flat_map(|c| [c, ' ']).collect();
        let few = whole.replacen(whole.chars().nth(300).unwrap(), "某某", 1);
        let half: String = whole.chars().take(300).chain(text(5).chars().take(300)).collect();
        for (name, other, likeness) in [
            ("itself", whole.clone(), Likeness::Same),
            ("other blanks and signs", format!("{spaced}。"), Likeness::Same),
            ("a word exchanged", few, Likeness::Near),
            ("half of it another", half, Likeness::Other),
            ("another", text(5), Likeness::Other),
        ] {
            let one = Fingerprint::of(&whole).unwrap();
            assert_eq!(one.likeness(&Fingerprint::of(&other).unwrap()), likeness, "{name}");
        }
        assert_eq!(Fingerprint::of("太短"), None);
    }

    #[test]
    fn copies_make_a_chain() {
        let node = |n: usize| NamedNode::new_unchecked(format!("http://x/{n}"));
        let fingerprint = Fingerprint::of(&text(3));
        let mut texts = Texts::default();
        let mut touched = BTreeSet::new();
        for n in 0..9 {
            texts.set(&node(n), fingerprint.as_ref().unwrap(), Change::Comes, &mut touched);
        }
        for (n, beside) in [(0, vec![1]), (4, vec![3, 5]), (8, vec![7])] {
            let beside: Vec<NamedNode> = beside.into_iter().map(node).collect();
            let work = node(n);
            let found = texts.neighbours(&work, fingerprint.iter());
            assert_eq!(found.into_iter().cloned().collect::<Vec<_>>(), beside, "{n}");
        }
    }
}
