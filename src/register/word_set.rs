//! 词表 (a set of words): the words of a table, found in a text.

use crate::model::Span;

/// One bit for each of the first 2¹⁶ characters; those beyond share theirs.
const BLOCKS: usize = 1 << 10;

/// Words of a table, found by their first two characters.
///
/// Few of the characters of a text start a word: a look at one bit leaves out most of them, where an automaton takes
/// a step for each of their three bytes.
///
/// ```
/// use zhengmai::register::WordSet;
/// let words = WordSet::new(["落实", "贯彻落实", "贯彻"]);
/// let found: Vec<usize> = words.find("认真贯彻落实并落实").map(|(_, word)| word).collect();
/// assert_eq!(found, [1, 0]);
/// ```
#[derive(Clone, Debug)]
pub struct WordSet {
    /// Which characters start a word.
    starts: Vec<u64>,
    /// How many do before each block.
    ranks: Vec<u16>,
    /// For each such character, in order: where its words stand in `words`, and which second characters they have.
    groups: Vec<Group>,
    /// By first character, the longest first; each with its place in the table.
    words: Vec<(String, usize)>,
}

#[derive(Clone, Copy, Debug)]
struct Group {
    from: u32,
    to: u32,
    /// One bit for each second character, which share theirs; all, where one word is of a single character.
    seconds: u64,
}

impl WordSet {
    /// The set of `words`; of two that are the same the first counts. Empty ones are left out.
    pub fn new(words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let words = words.into_iter().map(Into::into).enumerate().map(|(index, word)| (word, index));
        let mut words: Vec<(String, usize)> = words.filter(|(word, _): &(String, usize)| !word.is_empty()).collect();
        words.sort_by_cached_key(|(word, index)| (first_bit(word), std::cmp::Reverse(word.len()), *index));
        let mut starts = vec![0u64; BLOCKS];
        let mut groups: Vec<Group> = Vec::new();
        for (at, (word, _)) in words.iter().enumerate() {
            let bit = first_bit(word);
            let is_new = starts[bit / 64] >> (bit % 64) & 1 == 0;
            starts[bit / 64] |= 1 << (bit % 64);
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            if is_new {
                groups.push(Group { from: at, to: at, seconds: 0 });
            }
            if let Some(group) = groups.last_mut() {
                group.to = at + 1;
                group.seconds |= word.chars().nth(1).map_or(u64::MAX, second_bit);
            }
        }
        let before = |rank: &mut u16, block: &u64| {
            let own = *rank;
            *rank += u16::try_from(block.count_ones()).unwrap_or(0);
            Some(own)
        };
        let ranks = starts.iter().scan(0u16, before).collect();
        Self { starts, ranks, groups, words }
    }

    /// Every word that `text` starts with, the longest first, with its place in the table. O(words that start with
    /// the same character).
    pub fn at_start<'a, 't>(&'a self, text: &'t str) -> impl Iterator<Item = (&'a str, usize)> + use<'a, 't> {
        let words = text.chars().next().and_then(|c| self.group(c, &text[c.len_utf8()..])).unwrap_or_default();
        words.iter().filter(|(word, _)| text.starts_with(word.as_str())).map(|(word, index)| (word.as_str(), *index))
    }

    /// Words from left to right, the longest at each place, none over another. O(length of the text).
    pub fn find<'a, 't>(&'a self, text: &'t str) -> impl Iterator<Item = (Span, usize)> + use<'a, 't> {
        let mut next = 0;
        self.places(text).filter_map(move |at| {
            let (word, index) = if at < next { None } else { self.at_start(&text[at..]).next() }?;
            next = at + word.len();
            Some((Span::new(at, next), index))
        })
    }

    /// Every word at every place. O(length of the text + words found).
    pub fn find_overlapping<'a, 't>(&'a self, text: &'t str) -> impl Iterator<Item = (Span, usize)> + use<'a, 't> {
        self.places(text).flat_map(move |at| {
            self.at_start(&text[at..]).map(move |(word, index)| (Span::new(at, at + word.len()), index))
        })
    }

    /// Whether one of the words stands in `text`. O(length of the text).
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.find(text).next().is_some()
    }

    /// Where a word may start.
    fn places<'a, 't>(&'a self, text: &'t str) -> impl Iterator<Item = usize> + use<'a, 't> {
        let starts = move |&(_, c): &(usize, char)| {
            let bit = bit(c);
            self.starts[bit / 64] >> (bit % 64) & 1 == 1
        };
        text.char_indices().filter(starts).map(|(at, _)| at)
    }

    /// The words that start with `first`, where one of them may go on with `rest`.
    fn group(&self, first: char, rest: &str) -> Option<&[(String, usize)]> {
        let bit = bit(first);
        let (block, mask) = (self.starts[bit / 64], 1u64 << (bit % 64));
        if block & mask == 0 {
            return None;
        }
        let rank = usize::from(self.ranks[bit / 64]) + (block & (mask - 1)).count_ones() as usize;
        let group = self.groups[rank];
        let second = rest.chars().next().map_or(u64::MAX, second_bit);
        (group.seconds & second != 0).then(|| &self.words[group.from as usize..group.to as usize])
    }
}

fn bit(c: char) -> usize {
    c as usize % (BLOCKS * 64)
}

fn first_bit(word: &str) -> usize {
    word.chars().next().map_or(0, bit)
}

fn second_bit(c: char) -> u64 {
    1 << (c as u32 % 64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// By looking for each word at each place.
    fn slowly(words: &[String], text: &str) -> Vec<(Span, usize)> {
        let mut found = Vec::new();
        for (at, _) in text.char_indices() {
            let first = |index: usize| words.iter().position(|word| *word == words[index]) == Some(index);
            let here = (0..words.len()).filter(|&index| !words[index].is_empty() && first(index));
            let mut here: Vec<usize> = here.filter(|&index| text[at..].starts_with(words[index].as_str())).collect();
            here.sort_by_key(|&index| std::cmp::Reverse(words[index].len()));
            found.extend(here.into_iter().map(|index| (Span::new(at, at + words[index].len()), index)));
        }
        found
    }

    proptest! {
        /// Of few characters, so that words are found; one of them is beyond 2¹⁶ and shares its bit with another.
        #[test]
        fn what_is_found_is_what_stands_there(
            words in prop::collection::vec("[ab政府\u{1F653}\u{F653}]{0,3}", 0..8),
            text in "[ab政府令\u{1F653}\u{F653}]{0,24}",
        ) {
            let set = WordSet::new(words.clone());
            let all = slowly(&words, &text);
            let mut unique = set.find_overlapping(&text).collect::<Vec<_>>();
            unique.retain(|(_, index)| words.iter().position(|word| *word == words[*index]) == Some(*index));
            prop_assert_eq!(&unique, &all);
            let mut next = 0;
            let longest = all.iter().filter(|(span, _)| {
                let is_free = span.start >= next;
                if is_free {
                    next = span.end;
                }
                is_free
            });
            prop_assert_eq!(set.find(&text).collect::<Vec<_>>(), longest.copied().collect::<Vec<_>>());
            prop_assert_eq!(set.is_in(&text), !all.is_empty());
        }
    }
}
