//! Places in a text, and the way back from cleaned text to what was read.

use super::GivenValue;
use std::ops::Range;

/// A place in a text: byte offsets, half-open.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, byte offsets of one text.
    ///
    /// Texts are limited to 4 GiB when they are read, so offsets fit.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: narrow(start), end: narrow(end) }
    }

    /// As a range of `usize`, for slicing.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The slice of `text` at this place.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether the span holds nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies within this span.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same place in a text that has `offset` bytes more in front.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        Self::new(self.start as usize + offset, self.end as usize + offset)
    }
}

/// Places of one text in order, of which none lies within another: each is found in O(log places).
///
/// ```
/// use zhengmai::model::{Places, Span};
/// let places: Places = [Span::new(4, 6), Span::new(0, 2)].into_iter().collect();
/// assert!(places.overlap(Span::new(1, 3)) && !places.overlap(Span::new(2, 4)));
/// assert!(places.hold(Span::new(4, 5)) && !places.hold(Span::new(5, 7)));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Places(Vec<Span>);

impl FromIterator<Span> for Places {
    fn from_iter<I: IntoIterator<Item = Span>>(places: I) -> Self {
        let mut sorted: Vec<Span> = places.into_iter().collect();
        sorted.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        sorted.dedup_by(|later, earlier| earlier.contains(*later));
        Self(sorted)
    }
}

impl Places {
    /// Whether one of the places shares a byte with `span`.
    #[must_use]
    pub fn overlap(&self, span: Span) -> bool {
        let after = self.0.partition_point(|place| place.end <= span.start);
        self.0.get(after).is_some_and(|place| place.overlaps(span))
    }

    /// Whether `span` lies within one of the places.
    #[must_use]
    pub fn hold(&self, span: Span) -> bool {
        let after = self.0.partition_point(|place| place.end < span.end);
        self.0.get(after).is_some_and(|place| place.contains(span))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A value and where it was found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, found at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// 出处 (place of a value): in the text, or beside it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Place {
    /// It stands in the text.
    In(Span),
    /// It was given beside the text, in these words.
    Given(GivenValue),
}

impl Place {
    /// The place in the text, where there is one.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::In(span) => Some(*span),
            Self::Given(_) => None,
        }
    }
}

/// A value that the text says or that was given beside it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Stated<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

impl<T> From<Spanned<T>> for Stated<T> {
    fn from(spanned: Spanned<T>) -> Self {
        Self { value: spanned.value, place: Place::In(spanned.span) }
    }
}

/// The way from cleaned text back to the source: for each run of bytes that was copied unchanged,
/// where it starts in the clean text and where it started in the source.
#[derive(Clone, Debug, Default)]
pub struct OffsetMap {
    runs: Vec<(u32, u32)>,
}

impl OffsetMap {
    /// Notes that the clean text from `clean` on comes from `source` on.
    /// Called with ascending `clean` offsets.
    pub fn push(&mut self, clean: usize, source: usize) {
        let Span { start: clean, end: source } = Span::new(clean, source);
        match self.runs.last() {
            Some(&(c, s)) if u64::from(clean) + u64::from(s) == u64::from(source) + u64::from(c) => (),
            Some(&(c, _)) if c == clean => {
                self.runs.pop();
                self.runs.push((clean, source));
            }
            _ => self.runs.push((clean, source)),
        }
    }

    /// The source offset of the character that starts at `clean`. O(log runs).
    #[must_use]
    pub fn to_source(&self, clean: u32) -> u32 {
        let next = self.runs.partition_point(|&(start, _)| start <= clean);
        match next.checked_sub(1).and_then(|i| self.runs.get(i)) {
            Some(&(start, source)) => source + (clean - start),
            None => clean,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_map_leads_back_over_a_deletion_and_a_replacement() {
        // source: "ab??cＡd" (Ａ is three bytes), clean: "abcAd"
        let mut map = OffsetMap::default();
        for (clean, source) in [(0, 0), (2, 4), (3, 5), (4, 8)] {
            map.push(clean, source);
        }
        assert_eq!([0, 1, 2, 3, 4].map(|clean| map.to_source(clean)), [0, 1, 4, 5, 8]);
    }
}
