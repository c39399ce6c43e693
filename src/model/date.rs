//! 日期 (dates) and 时限 (deadlines), as precise as they are written.

use super::parse_integer;
use std::fmt;

/// A date as precise as it is written: a year, a month or a day. `Display` is ISO 8601.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PartialDate {
    /// The year.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: Option<u8>,
    /// The day of the month.
    pub day: Option<u8>,
}

impl PartialDate {
    /// A date from its parts; `None` where they make none (month 13, 31 April).
    ///
    /// ```
    /// use zhengmai::model::PartialDate;
    /// assert_eq!(PartialDate::new(2021, Some(8), None).unwrap().to_string(), "2021-08");
    /// assert_eq!(PartialDate::new(2021, Some(2), Some(29)), None);
    /// ```
    #[must_use]
    pub fn new(year: u32, month: Option<u32>, day: Option<u32>) -> Option<Self> {
        let year = u16::try_from(year).ok().filter(|year| (1900..=2199).contains(year))?;
        let month = match month {
            Some(month) => Some(u8::try_from(month).ok().filter(|month| (1..=12).contains(month))?),
            None => None,
        };
        let day = match (day, month) {
            (Some(day), Some(month)) => {
                let last = days_of(year, month);
                Some(u8::try_from(day).ok().filter(|day| (1..=last).contains(day))?)
            }
            (Some(_), None) => return None,
            (None, _) => None,
        };
        Some(Self { year, month, day })
    }

    /// A date from the written parts, in Arabic or Chinese numerals.
    #[must_use]
    pub fn from_words(year: &str, month: Option<&str>, day: Option<&str>) -> Option<Self> {
        let part = |text: Option<&str>| text.map_or(Some(None), |text| parse_integer(text.trim()).map(Some));
        Self::new(parse_integer(year.trim())?, part(month)?, part(day)?)
    }

    /// The last day of the period that the date names: 2021-12 → 2021-12-31.
    #[must_use]
    pub fn last_day(self) -> Self {
        let month = self.month.unwrap_or(12);
        let day = self.day.unwrap_or_else(|| days_of(self.year, month));
        Self { year: self.year, month: Some(month), day: Some(day) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

/// How many days a month has.
fn days_of(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// What a date of a document says.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum DateRole {
    /// 成文日期.
    Written,
    /// 发布日期.
    Published,
    /// 施行日期.
    Effective,
    /// 失效日期.
    Expires,
    /// 印发日期 (of the 版记).
    Printed,
}

impl DateRole {
    /// The word of the extraction record.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Published => "published",
            Self::Effective => "effective",
            Self::Expires => "expires",
            Self::Printed => "printed",
        }
    }
}

/// 时限 (deadline): by when a measure is to be done.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Deadline {
    /// By a date: 2021年12月底前 is 2021-12-31.
    By(PartialDate),
    /// 持续推进, 长期坚持.
    Continuing,
    /// Without a date of its own: 24小时内, 每年1月15日前.
    Undated,
}
