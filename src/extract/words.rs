//! Finding one of several words in one pass.

use aho_corasick::{AhoCorasick, MatchKind};

/// An automaton that finds the first of `words` in a text, and the longest at its place.
pub(super) fn one_of(words: impl Iterator<Item = &'static str>) -> AhoCorasick {
    // Some dozens of words of a table: building the automaton can only fail beyond 2^31 of them.
    let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words);
    finder.unwrap_or_else(|error| unreachable!("{error}"))
}
