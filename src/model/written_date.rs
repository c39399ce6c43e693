//! 日期 as written: 2021年8月26日, 2021-11-20 10:14:00, 2021.8.26, 二〇二一年八月二十六日.

use super::{PartialDate, Span};

/// Every full date (with a day) in `text`, with its place. A time of day behind it belongs to it. O(n).
#[must_use]
pub fn dates_in(text: &str) -> Vec<(Span, PartialDate)> {
    let mut found: Vec<(Span, PartialDate)> = Vec::new();
    for (at, c) in text.char_indices() {
        if !matches!(c, '0'..='9' | '一' | '二') {
            continue;
        }
        let inside = found.last().is_some_and(|(span, _)| at < span.end as usize);
        let follows_digit = text[..at].ends_with(|c: char| c.is_ascii_digit());
        if inside || follows_digit {
            continue;
        }
        if let Some((length, date)) = date_at_start(&text[at..]) {
            found.push((Span::new(at, at + length), date));
        }
    }
    found
}

/// The date that is all of `text`, blanks apart.
#[must_use]
pub fn whole_date(text: &str) -> Option<(Span, PartialDate)> {
    let start = text.len() - text.trim_start().len();
    let (length, date) = date_at_start(text.trim_start())?;
    text[start + length..].trim().is_empty().then(|| (Span::new(start, start + length), date))
}

fn date_at_start(text: &str) -> Option<(usize, PartialDate)> {
    let (year, rest) = numeral(text, 4)?;
    if year.chars().count() != 4 {
        return None;
    }
    let (separator, rest) = first_of(rest, &["年", "-", ".", "/"])?;
    let (month, rest) = numeral(rest, 3)?;
    let (second, rest) = first_of(rest, &["月", "-", ".", "/"])?;
    if (separator == "年") != (second == "月") || (separator != "年" && separator != second) {
        return None;
    }
    let (day, rest) = numeral(rest, 3)?;
    let rest = if separator == "年" { first_of(rest, &["日", "号"])?.1 } else { time_off(rest) };
    // 2021-11-201 is no date.
    if separator != "年" && rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let date = PartialDate::from_words(year, Some(month), Some(day))?;
    Some((text.len() - rest.len(), date))
}

/// A run of digits, Arabic or Chinese, blanks around it skipped.
fn numeral(text: &str, most: usize) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(' ');
    let is_chinese = |c: char| "〇零○一二三四五六七八九十".contains(c);
    let arabic = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let end = if arabic > 0 { arabic } else { text.find(|c| !is_chinese(c)).unwrap_or(text.len()) };
    let digits = &text[..end];
    (end > 0 && digits.chars().count() <= most.max(4)).then(|| (digits, text[end..].trim_start_matches(' ')))
}

fn first_of<'a>(text: &'a str, words: &[&'static str]) -> Option<(&'static str, &'a str)> {
    words.iter().find_map(|word| text.strip_prefix(word).map(|rest| (*word, rest)))
}

/// Takes ` 10:14:00` off.
fn time_off(text: &str) -> &str {
    let time = text.trim_start_matches([' ', 'T']);
    let length = time.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(time.len());
    if length >= 4 && time[..length].contains(':') { &time[length..] } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_shape() {
        for (text, dates) in [
            ("2021年8月26日", "2021年8月26日=2021-08-26"),
            ("2021-11-20 10:14:00", "2021-11-20 10:14:00=2021-11-20"),
            ("于2021.8.6发布", "2021.8.6=2021-08-06"),
            ("二〇二一年八月二十六日", "二〇二一年八月二十六日=2021-08-26"),
            ("二○二三年十月十日", "二○二三年十月十日=2023-10-10"),
            ("2021 年 8 月 26 日", "2021 年 8 月 26 日=2021-08-26"),
            ("2021年13月1日", ""),
            ("2022228", ""),
            ("2021年8月", ""),
        ] {
            let found: Vec<String> =
                dates_in(text).iter().map(|(span, date)| format!("{}={date}", span.of(text))).collect();
            assert_eq!(found.join(" "), dates, "{text}");
        }
    }
}
