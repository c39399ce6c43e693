//! Parts of a file (RFC 9110, 14): what a client that was interrupted still lacks.

use std::ops::Range;

/// What of a file is asked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Part {
    /// All of it: no range, several, or none that is understood.
    Whole,
    /// From one byte to before another.
    Bytes(Range<u64>),
    /// What is not there.
    Beyond,
}

/// What a `Range` header asks of a file of so many bytes.
pub(super) fn part(header: Option<&str>, length: u64) -> Part {
    let asked = header.and_then(|header| header.trim().strip_prefix("bytes=")).and_then(|range| range.split_once('-'));
    let Some((first, last)) = asked else { return Part::Whole };
    let (first, last) = (first.trim(), last.trim());
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(first) || !is_number(last) || (first.is_empty() && last.is_empty()) {
        return Part::Whole;
    }
    // What is too large for a number is larger than any file.
    let number = |text: &str| text.parse().unwrap_or(u64::MAX);
    let range = match (first, last) {
        ("", count) => length.saturating_sub(number(count))..length,
        (first, "") => number(first)..length,
        (first, last) if number(first) > number(last) => return Part::Whole,
        (first, last) => number(first)..number(last).saturating_add(1).min(length),
    };
    if range.start < range.end { Part::Bytes(range) } else { Part::Beyond }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_within_the_file_or_beyond_it() {
        for (header, expected) in [
            (None, Part::Whole),
            (Some("bytes=0-9"), Part::Bytes(0..10)),
            (Some("bytes=90-"), Part::Bytes(90..100)),
            (Some("bytes=90-1000"), Part::Bytes(90..100)),
            (Some("bytes=-10"), Part::Bytes(90..100)),
            (Some("bytes=-1000"), Part::Bytes(0..100)),
            (Some("bytes=99-99"), Part::Bytes(99..100)),
            (Some("bytes=0-99999999999999999999999"), Part::Bytes(0..100)),
            (Some("bytes=100-"), Part::Beyond),
            (Some("bytes=99999999999999999999999-"), Part::Beyond),
            (Some("bytes=-0"), Part::Beyond),
            (Some("bytes=9-0"), Part::Whole),
            (Some("bytes=0-1,5-6"), Part::Whole),
            (Some("bytes=a-b"), Part::Whole),
            (Some("bytes=-"), Part::Whole),
            (Some("lines=0-9"), Part::Whole),
            (Some("bytes"), Part::Whole),
        ] {
            assert_eq!(part(header, 100), expected, "{header:?}");
        }
        assert_eq!(part(Some("bytes=0-"), 0), Part::Beyond);
    }
}
