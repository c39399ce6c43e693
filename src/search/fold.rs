//! 字形 (the form of characters in which texts are compared): full width as half width, small letters, and without
//! what writers put between the same words in many ways: blanks, brackets, quotation marks, dashes.
//!
//! A character's form does not depend on its neighbours. So a part of a text has, folded, a part of the folded text,
//! and is found.

use unicode_normalization::UnicodeNormalization as _;

/// A text in the form in which it is compared, with the way back.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    /// The folded text.
    pub(super) text: String,
    /// For each of its characters: where it starts in bytes, and which code point of the text it comes from.
    places: Vec<(usize, usize)>,
}

impl Folded {
    /// Folds a text. O(n).
    pub(super) fn of(text: &str) -> Self {
        let mut folded = Self::default();
        for (point, c) in text.chars().enumerate() {
            for c in fold_character(c) {
                folded.places.push((folded.text.len(), point));
                folded.text.push(c);
            }
        }
        folded
    }

    /// The code points of the text that stand for a part of the folded text, which is given in bytes and not empty.
    pub(super) fn points(&self, start: usize, end: usize) -> (usize, usize) {
        let point = |byte: usize| {
            let at = self.places.partition_point(|(start, _)| *start <= byte);
            at.checked_sub(1).and_then(|at| self.places.get(at)).map_or(0, |(_, point)| *point)
        };
        (point(start), point(end.saturating_sub(1)) + 1)
    }
}

/// A text in the form in which it is compared.
pub(super) fn fold(text: &str) -> String {
    text.chars().flat_map(fold_character).collect()
}

fn fold_character(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c).nfkc().flat_map(char::to_lowercase).filter(|c| is_kept(*c))
}

fn is_kept(c: char) -> bool {
    /// NFKC has made other forms of these into them.
    const LEFT_OUT: &str = "()[]{}<>〔〕【】〖〗《》〈〉『』「」“”‘’\"'`-‐‑‒–—―−~〜■";
    let is_invisible =
        matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' | '\u{202A}'..='\u{202E}');
    !c.is_whitespace() && !c.is_control() && !is_invisible && !LEFT_OUT.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writings_of_one_thing_are_one() {
        for (one, other) in [
            ("国发〔2023〕15号", "国发［2023］ 15 号"),
            ("国发〔2023〕15号", "国发（2023）15号"),
            ("“十四五”规划", "十四五规划"),
            ("2021—2035年", "２０２１－2035年"),
            ("知识产\n权保护", "知识产权保护"),
            ("GB/T 29490", "gb/t29490"),
        ] {
            assert_eq!(fold(one), fold(other), "{one}");
        }
        assert_ne!(fold("保护，加强"), fold("保护加强"));
        assert_eq!(fold("《 》■■"), "");
    }

    #[test]
    fn a_place_leads_back_to_the_code_points_that_it_comes_from() {
        let text = "（“十四五”）\n规划㎡X";
        let folded = Folded::of(text);
        assert_eq!(folded.text, "十四五规划m2x");
        let chars: Vec<char> = text.chars().collect();
        for (words, part) in
            [("五规划", "五”）\n规划"), ("十四五", "十四五"), ("m2", "㎡"), ("2x", "㎡X"), ("划", "划")]
        {
            let at = folded.text.find(words).unwrap();
            let (start, end) = folded.points(at, at + words.len());
            assert_eq!(chars[start..end].iter().collect::<String>(), part);
        }
    }
}
