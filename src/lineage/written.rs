//! Numbers and IRIs as people write them.

use crate::model::{DocNumber, squeeze};

/// A number as somebody writes it.
pub(super) struct WrittenNumber {
    /// 机关代字, whole or in part.
    pub(super) code: Option<String>,
    /// The rest; its code is of no meaning where `code` is none.
    pub(super) number: DocNumber,
}

/// Reads a number of which parts may be missing (the issuer code, the year, 号), alone or in brackets behind
/// a title.
pub(super) fn written_number(text: &str) -> Option<WrittenNumber> {
    let text = squeeze(text);
    let mut places =
        text.strip_suffix(')').into_iter().flat_map(|body| body.match_indices('(').map(move |(at, _)| &body[at + 1..]));
    if let Some(number) = places.find_map(|inner| inner.parse().ok()) {
        return Some(WrittenNumber::whole(number));
    }
    let text = if text.ends_with('号') { text } else { format!("{text}号") };
    text.parse().ok().map(WrittenNumber::whole).or_else(|| {
        // A code that is there for the parser.
        let number = format!("某{text}").parse().ok()?;
        Some(WrittenNumber { code: None, number })
    })
}

impl WrittenNumber {
    fn whole(number: DocNumber) -> Self {
        Self { code: Some(number.code.clone()), number }
    }
}

/// Text with its percent-encoded bytes as characters; as it is where they are none.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = (*first == b'%').then(|| tail.get(..2)).flatten();
        let code = code.filter(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        let code = code.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = &tail[if code.is_some() { 2 } else { 0 }..];
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_encoding_is_undone_where_it_is_one() {
        for (text, decoded) in
            [("%E5%9B%BD", "国"), ("国%2F", "国/"), ("%", "%"), ("%zz%4", "%zz%4"), ("%FF", "%FF"), ("%+5", "%+5")]
        {
            assert_eq!(percent_decoded(text), decoded);
        }
    }

    #[test]
    fn a_number_may_lack_its_code_its_year_or_its_last_word() {
        for (text, code, year, serial) in [
            ("国发〔2023〕15号", Some("国发"), Some(2023), "15"),
            ("《某意见》(国发(2023)15号)", Some("国发"), Some(2023), "15"),
            ("国发〔2023〕15", Some("国发"), Some(2023), "15"),
            ("国发15号", Some("国发"), None, "15"),
            ("〔2023〕15号", None, Some(2023), "15"),
            ("2023年第15号", None, Some(2023), "15"),
            ("第15号", None, None, "15"),
            ("15", None, None, "15"),
        ] {
            let written = written_number(text).map(|it| (it.code, it.number.year, it.number.serial));
            assert_eq!(written, Some((code.map(str::to_owned), year, serial.to_owned())), "{text}");
        }
        assert!(written_number("某规划(2021—2035年)").is_none());
    }
}
