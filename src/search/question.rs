//! What somebody asks for: words, and what results must have.

use super::{
    Filters, SearchError, bigrams,
    fold::fold,
    words::{Word, Words},
};
use crate::model::{DocNumber, Span, numbers_in};
use unicode_normalization::UnicodeNormalization as _;

/// What is looked for.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Wanted {
    /// 文件.
    #[default]
    Works,
    /// 措施.
    Measures,
}

/// A question.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The words; empty means everything, the latest first. Blanks between them mean that all must be there.
    pub text: String,
    /// What results must have.
    pub filters: Filters,
    /// What is looked for.
    pub wanted: Wanted,
    /// How many results are listed.
    pub limit: usize,
    /// How many are left out before them.
    pub offset: usize,
}

/// A part of a question: each must be there.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Part {
    /// 文号, in normal form.
    Number(DocNumber),
    /// Words that stood together: as they are, folded, and cut.
    Words { text: String, words: Vec<Word> },
}

impl Part {
    /// What of a text it is, folded.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Number(number) => fold(&number.to_string()),
            Self::Words { text, .. } => text.clone(),
        }
    }

    /// What is marked where it stands in a text, folded.
    pub(super) fn needles(&self) -> Vec<String> {
        match self {
            Self::Number(_) => vec![self.text()],
            Self::Words { text, words } => {
                let words = words.iter().flat_map(|word| [&word.text].into_iter().chain(&word.others));
                [text].into_iter().chain(words).cloned().collect()
            }
        }
    }

    /// What is marked where only most of it is there: its bigrams.
    pub(super) fn pairs(&self) -> Vec<String> {
        bigrams::all(&self.text()).into_iter().map(str::to_owned).collect()
    }
}

/// Characters that a question may have.
const LONGEST: usize = 200;

/// The parts of a question. Numbers are parts of their own, in whichever brackets; the rest is parted by blanks.
///
/// # Errors
/// When it is too long, or nothing is left of it.
pub(super) fn parts(text: &str, words: &Words) -> Result<Vec<Part>, SearchError> {
    let found = text.chars().count();
    if found > LONGEST {
        return Err(SearchError::TooLong { found, most: LONGEST });
    }
    let normal: String = text.nfkc().collect();
    let mut parts = Vec::new();
    let mut rest = 0;
    for (span, number) in numbers_in(&normal) {
        let (span, number) = shortened(&normal, span, number, words);
        between(&normal[rest..span.start as usize], words, &mut parts);
        parts.push(Part::Number(number));
        rest = span.end as usize;
    }
    between(&normal[rest..], words, &mut parts);
    if parts.is_empty() && !text.trim().is_empty() {
        return Err(SearchError::Nothing(text.trim().to_owned()));
    }
    Ok(parts)
}

/// A number whose code begins where a code of the register does: 贯彻国发〔2023〕15号 says 贯彻 and a number.
fn shortened(text: &str, span: Span, mut number: DocNumber, words: &Words) -> (Span, DocNumber) {
    let code = words.issuer_code(&number.code);
    let before = number.code.len() - code.len();
    // Where blanks stand within the code, it is as it is written.
    if before == 0 || !span.of(text).starts_with(&number.code) {
        return (span, number);
    }
    number.code = code.to_owned();
    (Span::new(span.start as usize + before, span.end as usize), number)
}

fn between(text: &str, words: &Words, parts: &mut Vec<Part>) {
    let folded = text.split_whitespace().map(fold).filter(|text| !text.is_empty());
    parts.extend(folded.map(|text| Part::Words { words: words.cut(&text), text }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Register;

    #[test]
    fn numbers_are_parts_of_their_own_in_whichever_brackets() {
        let words = Words::of(&Register::embedded().unwrap());
        for (text, expected) in [
            ("国发〔2023〕15号", "#国发〔2023〕15号"),
            ("国发[2023]15号", "#国发〔2023〕15号"),
            ("国发（2023） 第15号", "#国发〔2023〕15号"),
            ("国发【2023】015号", "#国发〔2023〕15号"),
            ("贯彻国发〔2023〕15号 知识产权", "贯彻 #国发〔2023〕15号 知识产权"),
            ("  知识产权　保护 ", "知识产权 保护"),
            ("《知识产权》", "知识产权"),
            ("", ""),
        ] {
            let parts = parts(text, &words).unwrap();
            let found: Vec<String> = parts
                .iter()
                .map(|part| match part {
                    Part::Number(number) => format!("#{number}"),
                    Part::Words { text, .. } => text.clone(),
                })
                .collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
        assert!(matches!(parts("《 》", &words), Err(SearchError::Nothing(_))));
        assert!(matches!(parts(&"字".repeat(201), &words), Err(SearchError::TooLong { found: 201, most: 200 })));
    }
}
