//! How far two names are from each other.

/// How many characters must be put in, taken out or exchanged (Levenshtein). O(n²) for names of n characters.
pub(super) fn edit_distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let exchanged = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = exchanged.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

/// Whether the characters of `short` stand in `long` in their order, with others between them: 发改委 in
/// 国家发展和改革委员会. O(n).
pub(super) fn is_abbreviation(short: &[char], long: &[char]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|c| rest.any(|other| other == c))
}

/// A name that many are compared with.
#[derive(Debug)]
pub(super) struct Wanted {
    chars: Vec<char>,
    /// Its characters in order, each with the places where it stands, as bits; none where there are more than 64.
    places: Vec<(char, u64)>,
}

impl Wanted {
    /// O(n log n).
    pub(super) fn new(chars: Vec<char>) -> Self {
        let mut places: Vec<(char, u64)> = Vec::new();
        if chars.len() <= 64 {
            let mut each: Vec<(char, u64)> = (0..).zip(&chars).map(|(at, c)| (*c, 1 << at)).collect();
            each.sort_unstable();
            places =
                each.chunk_by(|a, b| a.0 == b.0).map(|same| (same[0].0, same.iter().map(|one| one.1).sum())).collect();
        }
        Self { chars, places }
    }

    /// How alike another name is, from 0 to 1, and the edit distance. A part of a name is more like it than its
    /// length says, and so is an abbreviation, if less so.
    pub(super) fn similarity(&self, known: &[char]) -> (f64, usize) {
        let wanted = self.chars.as_slice();
        let distance = self.distance(known);
        let (short, long) = if wanted.len() <= known.len() { (wanted, known) } else { (known, wanted) };
        let ratio = fraction(short.len(), long.len());
        let whole = 1.0 - fraction(distance, long.len());
        let as_part = if short.len() < 2 {
            0.0
        } else if long.windows(short.len()).any(|window| window == short) {
            0.6 + 0.35 * ratio
        } else if wanted.len() < known.len() && is_abbreviation(short, long) {
            0.55 + 0.3 * ratio
        } else {
            0.0
        };
        (whole.max(as_part), distance)
    }

    /// The edit distance, a column of the table at once: O(n) for names up to 64 characters (Myers 1999, as Hyyrö 2003
    /// has it for whole texts).
    fn distance(&self, known: &[char]) -> usize {
        if self.places.is_empty() {
            return edit_distance(&self.chars, known);
        }
        let last = 1u64 << (self.chars.len() - 1);
        // Where the table goes up and down by one from row to row.
        let (mut up, mut down) = (u64::MAX, 0u64);
        let mut distance = self.chars.len();
        for c in known {
            let equal = self.places.binary_search_by_key(c, |place| place.0).map_or(0, |at| self.places[at].1);
            let vertical = equal | down;
            let horizontal = ((equal & up).wrapping_add(up) ^ up) | equal;
            let (mut more, mut less) = (down | !(horizontal | up), up & horizontal);
            distance = (distance + usize::from(more & last != 0)) - usize::from(less & last != 0);
            more = (more << 1) | 1;
            less <<= 1;
            up = less | !(vertical | more);
            down = more & vertical;
        }
        distance
    }
}

fn fraction(part: usize, whole: usize) -> f64 {
    let small = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    small(part) / small(whole.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn the_distance_of_two_texts_is_the_fewest_edits() {
        for (one, other, distance) in
            [("推进计划", "推动计划", 1), ("", "甲乙", 2), ("甲乙丙", "乙丙", 1), ("甲乙", "乙甲", 2), ("甲", "甲", 0)]
        {
            assert_eq!(edit_distance(&chars(one), &chars(other)), distance, "{one} {other}");
            assert_eq!(Wanted::new(chars(one)).distance(&chars(other)), distance, "{one} {other}");
        }
    }

    proptest::proptest! {
        #[test]
        fn both_ways_to_the_distance_come_to_the_same(one in "[甲乙丙丁]{0,70}", other in "[甲乙丙丁]{0,70}") {
            let (one, other) = (chars(&one), chars(&other));
            assert_eq!(Wanted::new(one.clone()).distance(&other), edit_distance(&one, &other));
        }
    }

    #[test]
    fn a_name_is_most_like_itself_then_one_with_a_slip_then_a_part_then_an_abbreviation() {
        let known = chars("天津市市场监督管理局");
        let of = |wanted: &str| Wanted::new(chars(wanted)).similarity(&known).0;
        let order =
            ["天津市市场监督管理局", "天津市市场监督管埋局", "市场监督管理局", "天津市市场监管局", "市监局", "财政局"];
        for pair in order.windows(2) {
            assert!(of(pair[0]) > of(pair[1]), "{} {} {} {}", pair[0], of(pair[0]), pair[1], of(pair[1]));
        }
        assert!((of("天津市市场监督管理局") - 1.0).abs() < f64::EPSILON);
        assert!(of("市监局") > 0.5 && of("财政局") < 0.5);
    }
}
