//! Dirty text becomes [`CleanText`](crate::model::CleanText): one kind of each sign, and what is not the document blanked.
//! Nothing is deleted, so every place leads back to the source.

mod characters;
mod chrome;
mod garbage;
mod lines;
mod personal;
mod spam;

use crate::{
    model::{Checked, CleanText, Finding, FindingCode, Severity, Source, Span},
    register::Register,
};

/// What a pass sees wrong: findings, and places that are not the document's words.
#[derive(Debug, Default)]
struct Noticed {
    findings: Vec<Finding>,
    blank: Vec<Span>,
}

impl Noticed {
    /// A finding whose place is noise.
    fn noise(&mut self, code: FindingCode, severity: Severity, span: Span, message: impl Into<String>) {
        self.findings.push(Finding::at(code, severity, span, message));
        self.blank.push(span);
    }
}

/// The passes in order, from the unambiguous to the ambiguous: what one blanks the next does not see.
const PASSES: &[fn(&Register, &str) -> Noticed] = &[garbage::notice, personal::notice, spam::notice, chrome::notice];

/// Cleans a source. Total: whatever the text, there is a clean one.
#[must_use]
pub fn clean(register: &Register, source: &Source) -> Checked<CleanText> {
    let (mut text, offsets) = characters::normalise(&source.text);
    let mut findings = source.findings.clone();
    if source.replaced > 0 {
        let message = format!("{} 处字节不是有效的 {} 文本", source.replaced, source.encoding);
        findings.push(Finding::whole(FindingCode::Decoding, Severity::Info, message));
    }
    for pass in PASSES {
        let mut noticed = pass(register, &text);
        findings.append(&mut noticed.findings);
        blank(&mut text, noticed.blank);
    }
    Checked { value: CleanText { text, offsets }, findings }
}

/// Replaces the characters at the places by blanks of the same length in bytes, so that offsets hold.
fn blank(text: &mut String, mut spans: Vec<Span>) {
    if spans.is_empty() {
        return;
    }
    spans.sort_unstable();
    let mut blanked = String::with_capacity(text.len());
    let mut next = 0;
    for span in spans {
        let range = span.range();
        if range.end <= next {
            continue;
        }
        let start = range.start.max(next);
        blanked.push_str(&text[next..start]);
        for c in text[start..range.end].chars() {
            blanked.push_str(match (c, c.len_utf8()) {
                ('\n', _) => "\n",
                (_, 1) => " ",
                (_, 2) => "\u{A0}",
                (_, 3) => "\u{3000}",
                _ => "\u{A0}\u{A0}",
            });
        }
        next = range.end;
    }
    blanked.push_str(&text[next..]);
    *text = blanked;
}
