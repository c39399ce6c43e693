//! 矛盾 (conflicts) between the citations of one document: two numbers for one title, two wordings of one.

use super::agencies::Naming;
use crate::{
    model::{Citation, Finding, FindingCode, Mentions, Severity, Span, WorkKey, is_title_variant},
    register::Register,
};

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
            let numbers = citation.number.as_ref().zip(earlier.number.as_ref());
            let conflict =
                numbers.filter(|(one, other)| one.value != other.value && one.value.code == other.value.code);
            if let Some((number, earlier_number)) = conflict {
                let message = format!("同一文件有两个文号: {} 与 {}, 请核对", earlier_number.value, number.value);
                findings.push(Finding::at(FindingCode::NumberConflict, Severity::Error, earlier_number.span, message));
            }
            if !same && is_same_region(citation, earlier) {
                let message = format!("同一文件有两种写法: 《{other}》与《{title}》");
                findings.push(Finding::at(
                    FindingCode::TitleVariant,
                    Severity::Warn,
                    title_place(text, citation.span),
                    message,
                ));
                variants.push(citation.span);
            }
        }
    }
    // Where a title inside a title varies, the enclosing one varies with it: the inner one shows it.
    let encloses = |span: Span| {
        citations.iter().any(|inner| variants.contains(&inner.span) && span.contains(inner.span) && span != inner.span)
    };
    findings.retain(|finding| {
        let outer = finding.code == FindingCode::TitleVariant
            && finding.span.is_some_and(|place| {
                citations.iter().any(|citation| {
                    citation.span.contains(place)
                        && title_place(text, citation.span) == place
                        && encloses(citation.span)
                })
            });
        !outer
    });
    findings.dedup();
}

/// 国务院《…》(国办发…): an issuer before a title that is not the one whose number it is.
pub(super) fn issuers_and_numbers(
    register: &Register,
    text: &str,
    mentions: &Mentions,
    naming: &Naming<'_>,
    findings: &mut Vec<Finding>,
) {
    for mention in &mentions.citations {
        let (Some(issuer), Some(number)) = (mention.issuer, &mention.number) else { continue };
        let Some(code) = register.issuer_codes.only(&number.number.code).filter(|code| !code.is_by_pattern()) else {
            continue;
        };
        let named: Vec<String> = issuer.of(text).split('、').map(|name| naming.name(name).name.name).collect();
        if named.len() == 1 && !named.contains(&code.organisation) && register.agencies.national(&named[0]).is_some() {
            let message =
                format!("文中称发文机关为“{}”, 文号代字“{}”属{}", issuer.of(text), code.code, code.organisation);
            findings.push(Finding::at(FindingCode::IssuerConflict, Severity::Warn, issuer, message));
        }
    }
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
        (WorkKey::Title { region, .. }, _) | (WorkKey::Number(_), Some(WorkKey::Title { region, .. })) => {
            Some(region.clone())
        }
        _ => None,
    };
    region(one) == region(other)
}
