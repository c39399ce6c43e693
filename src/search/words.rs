//! 分词 (words): a question is cut at the words of the registers (regions, agencies by all their names, laws, kinds
//! of documents) by the longest match. What is between them stays whole.
//!
//! Every word is then looked for as a part of the text, so that cutting never loses what the whole would have found.
//!
//! A dictionary of common words was tried: of 182 titles of 400 real documents, each asked for by three to five of its
//! words without blanks, it found 145 among the first ten, where these words, and titles that have most of what is
//! asked for, found 142. That is not worth its size.

use super::fold::fold;
use crate::register::Register;
use std::collections::{BTreeSet, HashMap};

/// A word of a question, folded, and other names of the same thing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) others: BTreeSet<String>,
}

/// The words of the registers.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// Folded word → other names of it.
    known: HashMap<String, BTreeSet<String>>,
    /// Characters of the longest.
    longest: usize,
    /// 机关代字.
    codes: BTreeSet<String>,
}

impl Words {
    pub(super) fn of(register: &Register) -> Self {
        let mut words =
            Self { codes: register.issuer_codes.iter().map(|code| code.code.clone()).collect(), ..Self::default() };
        for region in register.regions.iter() {
            words.add([region.name.as_str(), &region.full_name, region.short_name()], false);
        }
        for name in register.agencies.names() {
            let full = register.agencies.national(name).map_or(name, |agency| agency.name.as_str());
            words.add([name, full], true);
        }
        for suffix in register.agencies.suffixes() {
            words.add([suffix.short.as_str(), &suffix.full], true);
        }
        for name in register.laws.names() {
            words.add([name, register.laws.title_of(name).unwrap_or(name)], true);
        }
        words.add(register.kinds.statutory().chain(register.kinds.functional()), false);
        words
    }

    /// Puts words in; where they are names of one thing, each as another name of the others.
    fn add<'w>(&mut self, names: impl IntoIterator<Item = &'w str>, is_one_thing: bool) {
        /// A single character is no word: 令, 函 stand in many.
        const SHORTEST: usize = 2;
        let names: BTreeSet<String> =
            names.into_iter().map(fold).filter(|name| name.chars().count() >= SHORTEST).collect();
        for name in &names {
            self.longest = self.longest.max(name.chars().count());
            let others = self.known.entry(name.clone()).or_default();
            if is_one_thing {
                others.extend(names.iter().filter(|other| *other != name).cloned());
            }
        }
    }

    /// Cuts folded text into words. What is said beside them and means nothing alone (的, 和) is left out where there
    /// are others.
    pub(super) fn cut(&self, text: &str) -> Vec<Word> {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let count = starts.len() - 1;
        let mut words = Vec::new();
        let (mut at, mut unknown) = (0, 0);
        while at < count {
            let ends = (at + 2..=count.min(at + self.longest)).rev();
            let known =
                ends.map(|end| (end, &text[starts[at]..starts[end]])).find(|(_, word)| self.known.contains_key(*word));
            let Some((end, word)) = known else {
                at += 1;
                continue;
            };
            words.extend(unknown_word(&text[starts[unknown]..starts[at]]));
            words.push(Word { text: word.to_owned(), others: self.known.get(word).cloned().unwrap_or_default() });
            (at, unknown) = (end, end);
        }
        if words.is_empty() {
            return vec![Word { text: text.to_owned(), others: BTreeSet::new() }];
        }
        words.extend(unknown_word(&text[starts[unknown]..]));
        words
    }

    /// A code without the words before it: 国发 of 贯彻国发. As it is where no register knows better.
    pub(super) fn issuer_code<'c>(&self, code: &'c str) -> &'c str {
        code.char_indices().map(|(at, _)| &code[at..]).find(|end| self.codes.contains(*end)).unwrap_or(code)
    }
}

/// What stands between words of the registers.
fn unknown_word(text: &str) -> Option<Word> {
    const AROUND: [char; 6] = ['的', '和', '与', '及', '、', ','];
    let text = text.trim_matches(AROUND);
    (!text.is_empty()).then(|| Word { text: text.to_owned(), others: BTreeSet::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_cut_at_the_longest_words_of_the_registers() {
        let words = Words::of(&Register::embedded().unwrap());
        for (text, cut) in [
            ("天津知识产权保护", "天津 知识产权保护"),
            ("天津市东丽区知识产权", "天津市东丽区 知识产权"),
            ("国知局的通知", "国知局 通知"),
            ("市场监管局", "市场监管局"),
            ("强化知识产权保护", "强化知识产权保护"),
            ("权", "权"),
            ("的", "的"),
        ] {
            let found: Vec<String> = words.cut(text).into_iter().map(|word| word.text).collect();
            assert_eq!(found.join(" "), cut, "{text}");
        }
        assert!(words.cut("市场监管局")[0].others.contains("市场监督管理局"));
        assert!(words.cut("国知局")[0].others.contains("国家知识产权局"));
        assert_eq!(words.issuer_code("贯彻国发"), "国发");
    }
}
