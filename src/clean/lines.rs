//! Lines of a text with their places.

use crate::model::Span;

/// The lines of `text` without their ends, each with its place.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let span = Span::new(start, start + line.len());
        start += line.len() + 1;
        (span, line)
    })
}

/// The place of `line`, which stands at `span`, without the blanks at its ends.
pub(super) fn trimmed(span: Span, line: &str) -> Span {
    let start = span.start as usize + (line.len() - line.trim_start().len());
    Span::new(start, start + line.trim().len())
}
