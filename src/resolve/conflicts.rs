//! 矛盾 (conflicts) between the citations of one document: two numbers for one title, two wordings of one.

use crate::model::{Citation, Finding, FindingCode, Severity, Span, WorkKey, is_title_variant};

/// Compares the citations of a document with each other.
pub(super) fn between_citations(text: &str, citations: &[Citation], findings: &mut Vec<Finding>) {
    let mut variants: Vec<Span> = Vec::new();
    for (index, citation) in citations.iter().enumerate() {
        for earlier in &citations[..index] {
            let (Some(title), Some(other)) = (&citation.title, &earlier.title) else { continue };
            let same = title == other;
            if !same && !is_title_variant(title, other) {
                continue;
            }
            if let (Some(number), Some(earlier_number)) = (&citation.number, &earlier.number) {
                if number.value != earlier_number.value && number.value.code == earlier_number.value.code {
                    let message = format!("同一文件有两个文号: {} 与 {}, 请核对", earlier_number.value, number.value);
                    findings.push(Finding::at(FindingCode::NumberConflict, Severity::Error, earlier_number.span, message));
                }
            }
            if !same && is_same_region(citation, earlier) {
                let message = format!("同一文件有两种写法: 《{other}》与《{title}》");
                findings.push(Finding::at(FindingCode::TitleVariant, Severity::Warn, title_place(text, citation.span), message));
                variants.push(citation.span);
            }
        }
    }
    // Where a title inside a title varies, the enclosing one varies with it: the inner one shows it.
    let encloses = |span: Span| citations.iter().any(|inner| variants.contains(&inner.span) && span.contains(inner.span) && span != inner.span);
    findings.retain(|finding| {
        let outer = finding.code == FindingCode::TitleVariant && finding.span.is_some_and(|place| {
            citations.iter().any(|citation| citation.span.contains(place) && title_place(text, citation.span) == place && encloses(citation.span))
        });
        !outer
    });
    findings.dedup();
}

/// The title without its brackets.
fn title_place(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let open = words.chars().next().filter(|c| "《〈<".contains(*c)).map_or(0, char::len_utf8);
    let close = words.chars().next_back().filter(|c| "》〉>".contains(*c)).map_or(0, char::len_utf8);
    Span::new(span.start as usize + open, span.end as usize - close)
}

fn is_same_region(one: &Citation, other: &Citation) -> bool {
    let region = |citation: &Citation| match (&citation.key, &citation.alias) {
        (WorkKey::Title { region, .. }, _) | (WorkKey::Number(_), Some(WorkKey::Title { region, .. })) => Some(region.clone()),
        _ => None,
    };
    region(one) == region(other)
}
