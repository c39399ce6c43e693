//! 名称 (names): what things are called, and what comes near to it.
//!
//! Words that are the normal form of a name or a number mean what bears it. Words that are nearly that (a
//! character of a title is wrong, a digit of a number, an agency goes by a short name) mean nothing for sure;
//! they have candidates, each with a score. An index is made once, from what things are called, and never changes.

mod distance;
mod grams;
mod numbers;
mod written;

pub use written::{WrittenNumber, written_number};

use crate::model::{DocNumber, NumberForm, normal_title};
use distance::Wanted;
use grams::Grams;
use numbers::Numbers;
use std::{collections::BTreeMap, sync::OnceLock};

/// What a thing is called.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Called {
    /// Its names.
    pub names: Vec<String>,
    /// 简称: words that mean it where it is clear who speaks; never a sure sign.
    pub short: Vec<String>,
    /// 发文字号.
    pub numbers: Vec<DocNumber>,
}

/// A thing that words may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Which one, in the order in which the things were given.
    pub thing: usize,
    /// How well it fits, from 0 to 100; 100 for what is exact alone.
    pub score: f64,
    /// Whether the words are a name or a number of it in normal form, and nothing in them speaks against it.
    pub is_exact: bool,
}

/// A name that comes near to words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// What bears it.
    pub thing: usize,
    /// From 0 to 1, which is the same.
    pub similarity: f64,
    /// How many characters must be put in, taken out or exchanged.
    pub distance: usize,
}

/// Things by their names.
#[derive(Debug)]
pub struct Names {
    /// In the order of their texts.
    known: Vec<Name>,
    numbers: Numbers,
    /// Which names each thing has.
    borne: Vec<Vec<u32>>,
    /// Made when something is first looked for that is nothing exactly.
    grams: OnceLock<Grams>,
}

/// A name in normal form.
#[derive(Debug)]
struct Name {
    text: String,
    /// In characters.
    length: usize,
    /// Which things bear it, and whether for short.
    bearers: Vec<(u32, bool)>,
}

/// Titles that agree less than this speak of two documents.
const SAME_TITLE: f64 = 0.6;

/// What fits least of what is still worth a look.
const LEAST: f64 = 50.0;

/// The score of a thing whose title is right, where the words have a number that it is not known to bear.
const OTHER_NUMBER: f64 = 90.0;

/// The score of a thing whose number is right, where the words have a title that is quite another.
const OTHER_TITLE: f64 = 80.0;

/// The score of what is nearly right comes up to this.
const NEARLY: f64 = 95.0;

impl Names {
    /// An index of things in their order. O(n log n) for n names.
    #[must_use]
    pub fn new(things: impl IntoIterator<Item = Called>) -> Self {
        let mut names: BTreeMap<String, Vec<(u32, bool)>> = BTreeMap::new();
        let mut numbers: BTreeMap<DocNumber, Vec<u32>> = BTreeMap::new();
        let mut count: u32 = 0;
        for called in things {
            let proper = called.names.iter().map(|name| (name, false));
            for (name, is_short) in proper.chain(called.short.iter().map(|name| (name, true))) {
                let bearers = names.entry(normal_title(name)).or_default();
                if !bearers.iter().any(|(bearer, _)| *bearer == count) {
                    bearers.push((count, is_short));
                }
            }
            for number in called.numbers {
                let bearers = numbers.entry(number).or_default();
                if bearers.last() != Some(&count) {
                    bearers.push(count);
                }
            }
            count += 1;
        }
        let known: Vec<Name> =
            names.into_iter().map(|(text, bearers)| Name { length: text.chars().count(), text, bearers }).collect();
        let mut borne = vec![Vec::new(); count as usize];
        for (at, name) in known.iter().enumerate() {
            for (bearer, _) in &name.bearers {
                if let (Some(own), Ok(at)) = (borne.get_mut(*bearer as usize), u32::try_from(at)) {
                    own.push(at);
                }
            }
        }
        Self { known, numbers: Numbers::new(numbers), borne, grams: OnceLock::new() }
    }

    /// Every name in normal form, in order, with what bears it.
    pub fn names(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = usize> + '_)> {
        self.known.iter().map(|name| (name.text.as_str(), name.proper()))
    }

    /// Every number, in order, with what bears it.
    pub fn numbers(&self) -> impl Iterator<Item = (&DocNumber, impl Iterator<Item = usize> + '_)> {
        self.numbers.iter().map(|(number, bearers)| (number, bearers.iter().map(|bearer| *bearer as usize)))
    }

    /// What bears a name, which is given in normal form. O(log n).
    pub fn named(&self, name: &str) -> impl Iterator<Item = usize> + use<'_> {
        let at = self.known.binary_search_by(|known| known.text.as_str().cmp(name)).ok();
        at.into_iter().flat_map(|at| self.known[at].proper())
    }

    /// What bears a number. O(log n).
    pub fn numbered(&self, number: &DocNumber) -> impl Iterator<Item = usize> + use<'_> {
        self.numbers.bearers(number).iter().map(|bearer| *bearer as usize)
    }

    /// What bears numbers that are nearly this one: another digit, another year, a character of the code; or
    /// with what is given of one; the nearest first, each with its score.
    #[must_use]
    pub fn near_numbers(&self, wanted: &WrittenNumber) -> Vec<(usize, f64)> {
        self.numbers.near(wanted)
    }

    /// Names that come near to one, which is given in normal form, the nearest first. It costs what the names
    /// are that share its rarest pairs of characters.
    #[must_use]
    pub fn near_names(&self, name: &str) -> Vec<Near> {
        let grams = self.grams.get_or_init(|| Grams::of(&self.known));
        let near = grams.near(&self.known, name).into_iter();
        near.flat_map(|(at, similarity, distance)| {
            let bearers = self.known[at].bearers.iter();
            bearers.map(move |(bearer, _)| Near { thing: *bearer as usize, similarity, distance })
        })
        .collect()
    }

    /// What begins with these words: names in order, then numbers.
    pub fn beginning(&self, words: &str) -> impl Iterator<Item = usize> + use<'_> {
        let name = normal_title(words);
        let from = self.known.partition_point(|known| known.text.as_str() < name.as_str());
        let begins = name.clone();
        let named = self.known[from..].iter().take_while(move |known| known.text.starts_with(&begins));
        let numbered = self.numbers.beginning(&name).map(|bearer| bearer as usize);
        named.flat_map(Name::proper).chain(numbered)
    }

    /// What words may mean: a number in any bracket style, a title, or a title with its number in brackets behind it.
    /// Where something bears exactly these, that alone; else what comes near, the best first, things of one score in
    /// their order. The cost is that of [`near_names`](Self::near_names).
    #[must_use]
    pub fn candidates(&self, words: &str) -> Vec<Candidate> {
        let number = written_number(words);
        // 中国制造2025 may be read as a number and is none.
        let is_numbered = number.as_ref().is_some_and(|number| {
            number.code.is_some() && (number.number.form != NumberForm::Plain || words.contains('号'))
        });
        let title = match &number {
            Some(number) if is_numbered => number.title.clone(),
            _ => normal_title(words),
        };
        let mut found = Found::default();
        if let Some(number) = number.as_ref().filter(|_| is_numbered) {
            for thing in self.numbered(&number.number) {
                let fits = title.is_empty() || self.borne[thing].is_empty() || self.goes_by(thing, &title);
                found.add(thing, if fits { 100.0 } else { OTHER_TITLE }, fits);
            }
        }
        let is_title = !is_numbered || title.is_empty();
        let whole = if is_title { normal_title(words) } else { title.clone() };
        for thing in self.named(&whole) {
            found.add(thing, if is_title { 100.0 } else { OTHER_NUMBER }, is_title);
        }
        if found.is_certain() {
            return found.best();
        }
        for (thing, score) in number.iter().flat_map(|number| self.near_numbers(number)) {
            found.add(thing, score, false);
        }
        if !title.is_empty() {
            let most = if is_numbered { OTHER_NUMBER } else { 100.0 };
            for near in self.near_names(&title) {
                found.add(near.thing, (near.similarity * most).min(NEARLY), false);
            }
        }
        found.best()
    }

    /// Whether a thing has a name that is nearly this one.
    fn goes_by(&self, thing: usize, title: &str) -> bool {
        let wanted = Wanted::new(title.chars().collect());
        self.borne[thing].iter().any(|at| {
            let known: Vec<char> = self.known[*at as usize].text.chars().collect();
            wanted.similarity(&known).0 >= SAME_TITLE
        })
    }
}

impl Name {
    /// What bears it in full.
    fn proper(&self) -> impl Iterator<Item = usize> + '_ {
        self.bearers.iter().filter(|(_, is_short)| !is_short).map(|(bearer, _)| *bearer as usize)
    }

    /// Whether it is a number that a thing goes by for want of a title.
    fn is_number(&self) -> bool {
        self.text.ends_with('号') && written_number(&self.text).is_some_and(|number| number.title.is_empty())
    }
}

/// The best that is known of each thing.
#[derive(Default)]
struct Found(BTreeMap<usize, Candidate>);

impl Found {
    fn add(&mut self, thing: usize, score: f64, is_exact: bool) {
        let candidate = Candidate { thing, score, is_exact };
        let known = self.0.entry(thing).or_insert(candidate);
        if score > known.score {
            *known = candidate;
        }
    }

    fn is_certain(&self) -> bool {
        self.0.values().any(|candidate| candidate.is_exact)
    }

    fn best(self) -> Vec<Candidate> {
        let mut best: Vec<Candidate> = self.0.into_values().filter(|candidate| candidate.score >= LEAST).collect();
        best.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.thing.cmp(&b.thing)));
        best
    }
}

#[cfg(test)]
mod tests;
