//! Where sentences and clauses end.

use crate::model::Span;

/// A clause that goes on for longer than this, in bytes, is none that a rule looks to the end of.
const LONGEST_CLAUSE: usize = 600;

/// Words that stand farther before a place than this, in bytes, say nothing about it.
const LONGEST_LEAD: usize = 240;

/// The sentences of a text: where each ends. A place is found in O(log sentences).
pub(super) struct Sentences<'a> {
    text: &'a str,
    /// Places of the signs that end a sentence.
    ends: Vec<Span>,
}

impl<'a> Sentences<'a> {
    /// Notes where the sentences of `text` end. O(n).
    pub(super) fn new(text: &'a str) -> Self {
        let ends = text.char_indices().filter(|(_, c)| is_sentence_end(*c));
        Self { text, ends: ends.map(|(at, c)| Span::new(at, at + c.len_utf8())).collect() }
    }

    /// The whole text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// The start of the sentence that holds the byte `at`.
    pub(super) fn start(&self, at: usize) -> usize {
        let after = self.ends.partition_point(|end| end.end as usize <= at);
        after.checked_sub(1).map_or(0, |last| self.ends[last].end as usize)
    }

    /// The last words of the sentence before the byte `at`.
    pub(super) fn lead(&self, at: usize) -> &'a str {
        &self.text[self.start(at).max(before(self.text, at, LONGEST_LEAD))..at]
    }

    /// The end of the sentence that holds the byte `at` (its stop not included).
    pub(super) fn end(&self, at: usize) -> usize {
        let after = self.ends.partition_point(|end| (end.start as usize) < at);
        self.ends.get(after).map_or(self.text.len(), |end| end.start as usize)
    }

    /// The end of the clause that holds the byte `at`: at a stop or a comma outside brackets.
    pub(super) fn clause_end(&self, at: usize) -> usize {
        let mut depth = 0i32;
        for (offset, c) in self.text[at..].char_indices() {
            match c {
                '(' | '《' => depth += 1,
                ')' | '》' => depth -= 1,
                _ if is_sentence_end(c) || (c == ',' && depth <= 0) || offset > LONGEST_CLAUSE => return at + offset,
                _ => (),
            }
        }
        self.text.len()
    }
}

/// The start of a character that stands no more than `most` bytes before `at`.
pub(super) fn before(text: &str, at: usize, most: usize) -> usize {
    let start = at.saturating_sub(most);
    (start..=at).find(|&start| text.is_char_boundary(start)).unwrap_or(at)
}

fn is_sentence_end(c: char) -> bool {
    matches!(c, '。' | ';' | '!' | '\n')
}
