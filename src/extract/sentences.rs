//! Where sentences and clauses end.

/// The start of the sentence that holds the byte `at`.
pub(super) fn sentence_start(text: &str, at: usize) -> usize {
    let before = &text[..at];
    before.rfind(is_sentence_end).map_or(0, |end| end + before[end..].chars().next().map_or(0, char::len_utf8))
}

/// The end of the sentence that holds the byte `at` (its stop not included).
pub(super) fn sentence_end(text: &str, at: usize) -> usize {
    text[at..].find(is_sentence_end).map_or(text.len(), |end| at + end)
}

/// The end of the clause that holds the byte `at`: at a stop or a comma outside brackets.
pub(super) fn clause_end(text: &str, at: usize) -> usize {
    let mut depth = 0i32;
    for (offset, c) in text[at..].char_indices() {
        match c {
            '(' | '《' => depth += 1,
            ')' | '》' => depth -= 1,
            _ if is_sentence_end(c) || (c == ',' && depth <= 0) => return at + offset,
            _ => (),
        }
    }
    text.len()
}

fn is_sentence_end(c: char) -> bool {
    matches!(c, '。' | ';' | '!' | '\n')
}
