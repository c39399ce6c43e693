//! 二字串 (bigrams): every character with the next, at its place, and the last alone. Two characters of Chinese are
//! seldom as common as one, and a part of a text is found by the bigrams that stand in it one behind the other,
//! whatever words the text is thought to consist of.

use std::str::CharIndices;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name by which the index knows the tokenizer.
pub(super) const NAME: &str = "bigrams";

/// Cuts folded text into bigrams.
#[derive(Clone, Debug, Default)]
pub(super) struct Bigrams;

impl Tokenizer for Bigrams {
    type TokenStream<'a> = Pairs<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Pairs<'a> {
        Pairs { text, rest: text.char_indices(), token: Token::default() }
    }
}

/// The bigrams of a text.
pub(super) struct Pairs<'a> {
    text: &'a str,
    rest: CharIndices<'a>,
    token: Token,
}

impl TokenStream for Pairs<'_> {
    fn advance(&mut self) -> bool {
        let Some((start, first)) = self.rest.next() else { return false };
        let next = self.rest.clone().next().map_or(0, |(_, next)| next.len_utf8());
        let end = start + first.len_utf8() + next;
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = start;
        self.token.offset_to = end;
        self.token.text.clear();
        self.token.text.push_str(&self.text[start..end]);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// The bigrams that a part of a text of two or more characters consists of, each with its place: every second one,
/// and the last, which between them hold every character.
pub(super) fn covering(part: &str) -> Vec<(usize, &str)> {
    let starts: Vec<usize> = part.char_indices().map(|(at, _)| at).collect();
    let count = starts.len();
    let end = |n: usize| starts.get(n).copied().unwrap_or(part.len());
    let pairs = (0..count.saturating_sub(1)).filter(|n| n % 2 == 0 || n + 2 == count);
    pairs.map(|n| (n, &part[starts[n]..end(n + 2)])).collect()
}

/// Every bigram of a text, in order.
pub(super) fn all(part: &str) -> Vec<&str> {
    let starts: Vec<usize> = part.char_indices().map(|(at, _)| at).collect();
    let end = |n: usize| starts.get(n).copied().unwrap_or(part.len());
    (0..starts.len().saturating_sub(1)).map(|n| &part[starts[n]..end(n + 2)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_into_every_pair_and_the_last_character() {
        let mut tokenizer = Bigrams;
        let mut stream = tokenizer.token_stream("知识x权");
        let mut found = Vec::new();
        stream.process(&mut |token| found.push((token.position, token.text.clone(), token.offset_from)));
        let expected = [(0, "知识", 0), (1, "识x", 3), (2, "x权", 6), (3, "权", 7)];
        assert_eq!(found, expected.map(|(place, text, at)| (place, text.to_owned(), at)));
        assert!(!tokenizer.token_stream("").advance());
    }

    #[test]
    fn every_second_pair_and_the_last_hold_every_character() {
        for (part, pairs) in [
            ("知识", vec![(0, "知识")]),
            ("知识产", vec![(0, "知识"), (1, "识产")]),
            ("知识产权", vec![(0, "知识"), (2, "产权")]),
            ("知识产权法", vec![(0, "知识"), (2, "产权"), (3, "权法")]),
            ("权", vec![]),
        ] {
            assert_eq!(covering(part), pairs, "{part}");
        }
        assert_eq!(all("知识产"), ["知识", "识产"]);
    }
}
