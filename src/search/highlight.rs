//! 标出 (highlights): where in a text the words stand, in code points, and the passage of it that has most of them.

use super::fold::Folded;

/// A passage of a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Snippet {
    /// SHA-256 of the source.
    pub sha256: String,
    /// Where the passage starts in the source's text, in code points.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// The words, as they stand there.
    pub text: String,
    /// What was looked for, in code points of the passage: start, and one past the last.
    pub marks: Vec<(usize, usize)>,
}

/// Code points of a passage.
const LENGTH: usize = 120;

/// Code points before what was looked for.
const BEFORE: usize = 24;

/// The places of folded needles in a text, those that touch as one.
pub(super) fn marks(text: &str, needles: &[String]) -> Vec<(usize, usize)> {
    merged(places(text, needles).into_iter().map(|(start, end, _)| (start, end)))
}

/// The passage of a text that has most of the needles; `None` where it has none. The text starts at a code point of
/// a source.
pub(super) fn snippet(sha256: &str, start: usize, text: &str, needles: &[String]) -> Option<Snippet> {
    let places = places(text, needles);
    let first = best(&places)?;
    let from = first.saturating_sub(BEFORE);
    let passage: String = text.chars().skip(from).take(LENGTH).collect();
    let length = passage.chars().count();
    let within = places.iter().filter(|(start, end, _)| *start >= from && *end <= from + length);
    let marks = merged(within.map(|(start, end, _)| (start - from, end - from)));
    Some(Snippet { sha256: sha256.to_owned(), start: start + from, end: start + from + length, text: passage, marks })
}

/// Start, end and needle of every place, in order.
fn places(text: &str, needles: &[String]) -> Vec<(usize, usize, usize)> {
    let folded = Folded::of(text);
    let mut places = Vec::new();
    for (n, needle) in needles.iter().enumerate().filter(|(_, needle)| !needle.is_empty()) {
        let found = folded.text.match_indices(needle.as_str());
        places.extend(found.map(|(at, part)| {
            let (start, end) = folded.points(at, at + part.len());
            (start, end, n)
        }));
    }
    places.sort_unstable();
    places
}

/// The place from which a passage has most needles that differ; the first of such. O(p) for p places, as a passage
/// holds few of them.
fn best(places: &[(usize, usize, usize)]) -> Option<usize> {
    let different = |at: usize| {
        let end = places[at].0 + LENGTH - BEFORE;
        let mut needles: Vec<usize> =
            places[at..].iter().take_while(|(_, last, _)| *last <= end).map(|(.., needle)| *needle).collect();
        needles.sort_unstable();
        needles.dedup();
        needles.len()
    };
    (0..places.len()).max_by_key(|at| (different(*at), std::cmp::Reverse(*at))).map(|at| places[at].0)
}

fn merged(places: impl Iterator<Item = (usize, usize)>) -> Vec<(usize, usize)> {
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for (start, end) in places {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, needles: &[&str]) -> Vec<String> {
        let needles: Vec<String> = needles.iter().map(|needle| (*needle).to_owned()).collect();
        let slice = |(start, end): &(usize, usize)| text.chars().skip(*start).take(end - start).collect();
        marks(text, &needles).iter().map(slice).collect()
    }

    #[test]
    fn marks_stand_where_the_words_do_whatever_is_between_their_characters() {
        for (text, needles, expected) in [
            ("加强知识产权保护", vec!["知识产权"], vec!["知识产权"]),
            ("天津市“十四五”规划", vec!["十四五规划"], vec!["十四五”规划"]),
            ("国发［２０２３］ 15 号文", vec!["国发202315号"], vec!["国发［２０２３］ 15 号"]),
            ("知识知识产权", vec!["知识", "知识产权"], vec!["知识知识产权"]),
            ("𠮷知识", vec!["知识"], vec!["知识"]),
            ("没有", vec!["知识"], vec![]),
        ] {
            assert_eq!(marked(text, &needles), expected, "{text}");
        }
    }

    #[test]
    fn a_passage_is_where_most_words_are_and_says_where_that_is() {
        let text = format!("知识{}𠮷知识产权与保护{}", "甲".repeat(200), "乙".repeat(200));
        let needles = ["知识", "保护"].map(str::to_owned);
        let found = snippet("ab", 1000, &text, &needles).unwrap();
        let chars: Vec<char> = text.chars().collect();
        assert_eq!(found.text, chars[found.start - 1000..found.end - 1000].iter().collect::<String>());
        let words: Vec<String> = found
            .marks
            .iter()
            .map(|(start, end)| found.text.chars().skip(*start).take(end - start).collect())
            .collect();
        assert_eq!(words, ["知识", "保护"]);
        assert_eq!(found.marks[0].0, 24);
        assert_eq!(snippet("ab", 0, "甲", &needles), None);
    }
}
