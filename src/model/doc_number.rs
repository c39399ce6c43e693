//! 发文字号 (document number).

use super::squeeze;
use std::{fmt, str::FromStr};

/// 发文字号 (document number): 机关代字 + 年份 + 发文顺序号, as in 国知发运字〔2022〕47号
/// (《党政机关公文处理工作条例》第九条), and the numbers of orders and announcements.
///
/// `Display` gives the normal form of the extraction record.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct DocNumber {
    /// 机关代字 (issuer code) 国知发运字; for orders and announcements the words before the number: 国务院令.
    pub code: String,
    /// 年份, where the number has one.
    pub year: Option<u16>,
    /// 发文顺序号, with its sub-number where there is one (47, 47-1).
    pub serial: String,
    /// How the parts are written.
    pub form: NumberForm,
}

/// How the parts of a number are written.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum NumberForm {
    /// 国发〔2023〕15号.
    Bracketed,
    /// 国务院令第707号, 国家税务总局公告2020年第4号.
    Ordinal,
    /// 国核安证字2102号.
    Plain,
}

impl fmt::Display for DocNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, year, serial, form } = self;
        match (form, year) {
            (NumberForm::Bracketed, Some(year)) => write!(f, "{code}〔{year}〕{serial}号"),
            (NumberForm::Ordinal, Some(year)) => write!(f, "{code}{year}年第{serial}号"),
            (NumberForm::Ordinal, None) => write!(f, "{code}第{serial}号"),
            (NumberForm::Bracketed | NumberForm::Plain, _) => write!(f, "{code}{serial}号"),
        }
    }
}

/// The text is no document number.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("不是发文字号 (not a document number); 例如 国发〔2023〕15号")]
pub struct ParseDocNumberError;

const OPENING: [char; 8] = ['〔', '[', '(', '【', '{', '〖', '『', '〈'];
const CLOSING: [char; 8] = ['〕', ']', ')', '】', '}', '〗', '』', '〉'];

impl FromStr for DocNumber {
    type Err = ParseDocNumberError;

    /// Reads a number in any bracket style, with blanks, full width, 第 and leading zeros.
    ///
    /// ```
    /// use zhengmai::model::DocNumber;
    /// let number: DocNumber = "国发 ［2023］ 第015号".parse()?;
    /// assert_eq!(number.to_string(), "国发〔2023〕15号");
    /// assert_eq!("国务院令第707号".parse::<DocNumber>()?.to_string(), "国务院令第707号");
    /// assert!("2023年工作要点".parse::<DocNumber>().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = squeeze(text);
        let body = text.strip_suffix('号').ok_or(ParseDocNumberError)?;
        let cut = body.rfind(|c: char| !c.is_ascii_digit() && c != '-').ok_or(ParseDocNumberError)?;
        let cut = cut + body[cut..].chars().next().map_or(0, char::len_utf8);
        let (head, serial) = body.split_at(cut);
        let serial = normal_serial(serial).ok_or(ParseDocNumberError)?;
        let (head, ordinal) = head.strip_suffix('第').map_or((head, false), |head| (head, true));
        if let Some(inner) = head.strip_suffix(CLOSING) {
            let (code, year) = inner.rsplit_once(OPENING).ok_or(ParseDocNumberError)?;
            let year = plausible_year(year.trim_end_matches('年')).ok_or(ParseDocNumberError)?;
            return Self::checked(code, Some(year), serial, NumberForm::Bracketed);
        }
        if let Some(code) = ordinal.then(|| head.strip_suffix('年')).flatten() {
            let split = code.len().checked_sub(4).filter(|&at| code.is_char_boundary(at));
            let (code, year) = code.split_at(split.ok_or(ParseDocNumberError)?);
            let year = plausible_year(year).ok_or(ParseDocNumberError)?;
            return Self::checked(code, Some(year), serial, NumberForm::Ordinal);
        }
        let form = if ordinal || head.ends_with('令') { NumberForm::Ordinal } else { NumberForm::Plain };
        Self::checked(head, None, serial, form)
    }
}

impl DocNumber {
    fn checked(code: &str, year: Option<u16>, serial: String, form: NumberForm) -> Result<Self, ParseDocNumberError> {
        let is_code = |c: char| super::is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '-' | '、' | '(' | ')');
        if code.is_empty() || !code.chars().all(is_code) || !code.chars().any(super::is_han) {
            return Err(ParseDocNumberError);
        }
        Ok(Self { code: code.to_owned(), year, serial, form })
    }
}

/// A serial number without leading zeros; `None` where it is none (empty, zero, more than five digits).
#[must_use]
pub(crate) fn normal_serial(text: &str) -> Option<String> {
    let (main, sub) = text.split_once('-').map_or((text, None), |(main, sub)| (main, Some(sub)));
    let normal = |digits: &str| {
        let digits = digits.trim_start_matches('0');
        let good = (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        good.then(|| digits.to_owned())
    };
    match sub {
        Some(sub) => Some(format!("{}-{}", normal(main)?, normal(sub)?)),
        None => normal(main),
    }
}

/// A year that a document of the People's Republic can bear.
#[must_use]
pub(crate) fn plausible_year(text: &str) -> Option<u16> {
    let year: u16 = text.parse().ok()?;
    (text.len() == 4 && (1949..=2099).contains(&year)).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_of_a_number_has_one_normal_form() {
        for (text, normal) in [
            ("国知发运字〔2022〕47号", "国知发运字〔2022〕47号"),
            ("国资发法规[2009]100号", "国资发法规〔2009〕100号"),
            ("财科教【2017】6号", "财科教〔2017〕6号"),
            ("厅字（2019）48号", "厅字〔2019〕48号"),
            ("国卫办医函〔2020]113号", "国卫办医函〔2020〕113号"),
            ("黔府发〔2018〕第7号", "黔府发〔2018〕7号"),
            ("沪府办规〔2020〕17 号", "沪府办规〔2020〕17号"),
            ("国令第707号", "国令第707号"),
            ("国家税务总局公告2020年第4号", "国家税务总局公告2020年第4号"),
            ("国核安证字2102号", "国核安证字2102号"),
            ("津丽知略〔2021〕01号", "津丽知略〔2021〕1号"),
        ] {
            assert_eq!(text.parse::<DocNumber>().unwrap().to_string(), normal, "{text}");
        }
    }

    #[test]
    fn what_has_no_code_no_serial_or_no_year_is_no_number() {
        for text in ["〔2022〕47号", "国发〔20201〕7号", "国发〔2020〕号", "2020年", "国发〔0020〕7号", ""]
        {
            assert!(text.parse::<DocNumber>().is_err(), "{text}");
        }
    }
}
