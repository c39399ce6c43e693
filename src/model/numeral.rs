//! 数字: Chinese and Arabic numerals.

/// The value of one Chinese digit.
fn digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' | 'Ｏ' | '０' => 0,
        '一' | '壹' | '元' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The value of a Chinese numeral below ten thousand: 十二, 二十三, 一百零五, or digit by digit 二〇二一.
///
/// ```
/// use zhengmai::model::chinese_numeral;
/// assert_eq!(chinese_numeral("二十三"), Some(23));
/// assert_eq!(chinese_numeral("二〇二一"), Some(2021));
/// assert_eq!(chinese_numeral("三部门"), None);
/// ```
#[must_use]
pub fn chinese_numeral(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 9 {
        return None;
    }
    if !text.contains(['十', '百', '千']) {
        return text.chars().try_fold(0u32, |value, c| value.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut pending) = (0u32, None);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => {
                pending = Some(digit(c)?);
                continue;
            }
        };
        total += pending.take().filter(|&value| value > 0).unwrap_or(1) * unit;
    }
    Some(total + pending.unwrap_or(0))
}

/// The value of an Arabic or Chinese numeral.
#[must_use]
pub fn parse_integer(text: &str) -> Option<u32> {
    if text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { chinese_numeral(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numerals_have_their_value() {
        for (text, value) in [
            ("一", Some(1)),
            ("十", Some(10)),
            ("十五", Some(15)),
            ("四十", Some(40)),
            ("一百零三", Some(103)),
            ("二〇二三", Some(2023)),
            ("二○二三", Some(2023)),
            ("", None),
            ("十部", None),
        ] {
            assert_eq!(chinese_numeral(text), value, "{text}");
        }
    }
}
