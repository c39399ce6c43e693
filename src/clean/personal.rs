//! 个人信息 (personal data): names and telephones of clerks, mobile and identity numbers. What is found
//! here is blanked before anything reads the text, and masked wherever the source is quoted.

use super::Noticed;
use crate::{
    model::{FindingCode, Severity, Span, is_han},
    register::Register,
};

/// Personal data by label (from the register), and numbers that can't be anything else.
pub(super) fn notice(register: &Register, text: &str) -> Noticed {
    let mut noticed = Noticed::default();
    for (label, kind) in register.noise.find_labels(text) {
        if let Some(value) = value_after(text, label.end as usize, kind) {
            report(&mut noticed, value, kind);
        }
    }
    for span in digit_runs(text) {
        let digits = span.of(text);
        if is_mobile(digits) {
            report(&mut noticed, span, "phone");
        } else if is_identity(text, span) {
            report(&mut noticed, span, "identity");
        }
    }
    noticed.findings.sort_by_key(|finding| finding.span);
    noticed.findings.dedup_by_key(|finding| finding.span);
    noticed
}

fn report(noticed: &mut Noticed, span: Span, kind: &str) {
    let what = match kind {
        "name" => "经办人姓名",
        "phone" => "电话号码",
        "email" => "电子邮箱",
        _ => "证件号码",
    };
    noticed.noise(FindingCode::PersonalData, Severity::Warn, span, format!("个人信息 ({what}), 已遮蔽"));
}

/// The value behind a label: after a colon (for names) or directly (for telephones).
fn value_after(text: &str, from: usize, kind: &str) -> Option<Span> {
    let rest = &text[from..];
    let colon = rest.trim_start().strip_prefix(':').map(str::trim_start);
    let value = colon.or_else(|| (kind == "phone").then(|| rest.trim_start()))?;
    let start = text.len() - value.len();
    let fits = |c: char| match kind {
        "name" => is_han(c) || matches!(c, '·' | '■'),
        "phone" => c.is_ascii_digit() || matches!(c, '-' | '—' | '(' | ')' | '■' | '/' | '、' | ' '),
        "email" => c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '_' | '-'),
        _ => c.is_ascii_alphanumeric(),
    };
    let value = &value[..value.find(|c| !fits(c)).unwrap_or(value.len())];
    let value = value.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '、' | '/'));
    // (…;联系电话:010-12345678): the last bracket closes what was opened before.
    let value = if value.contains('(') { value } else { value.trim_end_matches(')') };
    let count = value.chars().filter(|c| !c.is_whitespace()).count();
    let good = match kind {
        "name" => (2..=5).contains(&count),
        "phone" => value.chars().filter(|c| c.is_ascii_digit() || *c == '■').count() >= 7,
        "email" => value.contains('@'),
        _ => count >= 15,
    };
    good.then(|| Span::new(start, start + value.len()))
}

fn digit_runs(text: &str) -> Vec<Span> {
    const SHORTEST: usize = 11;
    let bytes = text.as_bytes();
    let mut runs = Vec::new();
    let mut start = 0;
    // No run stands over a place that is no digit: most texts are left behind in steps as long as a run.
    while let Some(window) = bytes.get(start..start + SHORTEST) {
        if let Some(other) = window.iter().rposition(|byte| !byte.is_ascii_digit()) {
            start += other + 1;
            continue;
        }
        let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        runs.push(Span::new(start, start + length));
        start += length;
    }
    runs
}

/// A mobile number of the mainland: 11 digits, 13 to 19 in front.
fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9')
}

/// A citizen's identity number: 17 digits and a check character that holds (GB 11643).
fn is_identity(text: &str, span: Span) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = span.of(text).as_bytes();
    let check = match digits.len() {
        18 => digits[17],
        17 => match text.as_bytes().get(span.end as usize) {
            Some(b'X' | b'x') => b'X',
            _ => return false,
        },
        _ => return false,
    };
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    b"10X98765432"[(sum % 11) as usize] == check
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_gives_away_a_name_and_a_telephone() {
        let register = Register::embedded().unwrap();
        for (text, found) in [
            ("工作人员:赵某某 联系电话:12345678", vec!["赵某某", "12345678"]),
            ("联系人:■■■ 联系电话:■■■■■■■■", vec!["■■■", "■■■■■■■■"]),
            ("(联系人:钱某;联系电话:010-12345678)", vec!["钱某", "010-12345678"]),
            ("拨打13812345678", vec!["13812345678"]),
            ("证号11010519491231002X", vec!["11010519491231002"]),
            ("充分发挥12315投诉举报渠道作用", vec![]),
            ("签发领导:孙某某", vec![]),
        ] {
            let noticed = notice(&register, text);
            let spans: Vec<&str> = noticed.findings.iter().filter_map(|f| f.span).map(|span| span.of(text)).collect();
            assert_eq!(spans, found, "{text}");
        }
    }
}
