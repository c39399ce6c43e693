//! The passes composed: the one file that knows their order.

use crate::{
    clean::clean,
    extract::extract,
    model::{Checked, Finding, Resolved, Source},
    parse::parse,
    register::Register,
    resolve::resolve,
};

/// One source in, one resolved document out. Never fails: what it doubts, it reports. O(n).
#[must_use]
pub fn process(register: &Register, source: &Source) -> Checked<Resolved> {
    let mut checked = clean(register, source).and_then(|text| {
        parse(register, &text).and_then(|document| {
            extract(register, &text, &document)
                .and_then(|mentions| resolve(register, source, text.clone(), &document, &mentions))
        })
    });
    one_for_each_fault(&mut checked.findings);
    checked
}

/// A later stage knows more of a fault at the same place: its finding takes the place of the earlier one.
/// The rest in the order of the text, those of the whole file first.
fn one_for_each_fault(findings: &mut Vec<Finding>) {
    // Latest first; the sort keeps that order among those of one place and code.
    findings.reverse();
    findings.sort_by_key(|finding| (finding.span, finding.code));
    findings.dedup_by_key(|finding| (finding.span, finding.code));
}
