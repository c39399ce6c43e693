//! Places in code points, and the forms in which keys and quotes are compared.

/// Start and end in Unicode code points, end exclusive.
pub(super) type Place = (usize, usize);

/// How many characters two places share.
pub(super) fn overlap(one: Option<Place>, other: Option<Place>) -> usize {
    match (one, other) {
        (Some(one), Some(other)) => one.1.min(other.1).saturating_sub(one.0.max(other.0)),
        _ => 0,
    }
}

/// At least half of what the two places cover together is shared.
pub(super) fn is_similar(one: Option<Place>, other: Option<Place>) -> bool {
    let common = overlap(one, other);
    let length = |place: Option<Place>| place.map_or(0, |(start, end)| end.saturating_sub(start));
    common > 0 && 2 * common >= length(one) + length(other) - common
}

/// The words begin with the bracket of a title.
pub(super) fn is_bracketed(words: &str) -> bool {
    words.starts_with(['《', '〈', '<', '＜'])
}

/// A title or key with one kind of dash between digits: 18-5 and 18—5 are the same.
pub(super) fn fold(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    let folded = chars.iter().enumerate().map(|(i, &c)| {
        let between = i > 0 && is_digit(chars.get(i - 1)) && is_digit(chars.get(i + 1));
        if between && "-~‐‒–—―−〜".contains(c) { '—' } else { c }
    });
    folded.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_share_half_of_their_union_are_similar() {
        for (one, other, expected) in
            [((0, 10), (0, 10), true), ((0, 10), (5, 10), true), ((0, 10), (6, 10), false), ((0, 4), (4, 8), false)]
        {
            assert_eq!(is_similar(Some(one), Some(other)), expected, "{one:?} {other:?}");
        }
        assert!(!is_similar(None, Some((0, 1))));
    }

    #[test]
    fn only_a_dash_between_digits_is_folded() {
        assert_eq!(fold("规划(2021-2035年)—要点-1"), "规划(2021—2035年)—要点-1");
    }
}
