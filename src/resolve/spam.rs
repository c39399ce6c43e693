//! 被植入的发文机关: foreign words where a cited document's issuer stood. The number's code tells who it was.

use crate::{
    model::{Citation, Finding, FindingCode, Mentions, Severity, Span, is_han},
    register::Register,
};

/// Looks between each cue and its title: X等17部门《…》(国知发运字〔2022〕47号), where X is no agency and
/// the code is 国家知识产权局's.
pub(super) fn in_issuers(
    register: &Register,
    text: &str,
    mentions: &Mentions,
    citations: &[Citation],
    findings: &mut Vec<Finding>,
) {
    for (mention, citation) in mentions.citations.iter().zip(citations) {
        let Some(number) = &citation.number else { continue };
        let Some(cue) = citation.cue.filter(|cue| cue.end <= citation.span.start) else { continue };
        let words = &text[cue.end as usize..citation.span.start as usize];
        let Some(end) = words.rfind('等') else { continue };
        let name = &words[..end];
        let Some(code) = register.issuer_codes.longest_prefix(&number.value.code).first() else { continue };
        if name.is_empty() || mention.issuer.is_some() || !is_foreign(register, name) {
            continue;
        }
        let message = format!(
            "此处应为发文机关; 文号“{}”的机关代字“{}”属{}, 疑原为“{}”",
            number.value, number.value.code, code.organisation, code.organisation
        );
        let span = Span::new(cue.end as usize, cue.end as usize + name.len());
        findings.push(Finding::at(FindingCode::SpamInjection, Severity::Error, span, message));
    }
}

/// Whether `name` is blanked noise, or words that begin no agency's name and hold no region.
fn is_foreign(register: &Register, name: &str) -> bool {
    /// What noise of Han characters leaves when it is blanked; ordinary blanks are spaces.
    const BLANKED: char = '\u{3000}';
    if name.chars().all(|c| c == BLANKED) {
        return true;
    }
    let plain = name.chars().all(is_han) && (2..=10).contains(&name.chars().count());
    let known = register.is_agency_name(name)
        || register.agencies.national_at_start(name).is_some()
        || register.regions.find(name, None).is_some()
        || register.agencies.names().any(|agency| agency.contains(name))
        || register.agencies.has_suffix_starting(name);
    plain && !known
}
