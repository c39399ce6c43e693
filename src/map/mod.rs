//! A [`Resolved`](crate::model::Resolved) document becomes the quads of its source graph: claims with their evidence, and what
//! they speak of. No plain edge stands here; those follow from claims, links and decisions together.

mod claims;
mod measures;
mod works;

use crate::model::{Checked, FindingCode, IriScheme, PlacedText, Resolved, Source, Span};
use claims::Claims;
use oxrdf::Quad;

/// The quads of a source's graph, sorted, without duplicates. The same source, rules and registers give
/// the same quads.
///
/// ```
/// use zhengmai::{map::to_quads, model::{IriScheme, RULE_SET}, pipeline::process, read::source_of, register::Register};
/// let register = Register::embedded()?;
/// let source = source_of("例.txt", "为贯彻落实《某省“十四五”规划》,制定本办法。".as_bytes())?;
/// let iris = IriScheme::new(IriScheme::DEFAULT_BASE);
/// let quads = to_quads(&iris, RULE_SET, &source, &process(&register, &source));
/// assert!(quads.iter().any(|quad| quad.predicate.as_str().ends_with("#citedTitle")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn to_quads(iris: &IriScheme, rule_set: &str, source: &Source, checked: &Checked<Resolved>) -> Vec<Quad> {
    let resolved = &checked.value;
    let personal: Vec<Span> = checked
        .findings
        .iter()
        .filter(|finding| finding.code == FindingCode::PersonalData)
        .filter_map(|finding| finding.span)
        .collect();
    let placed = PlacedText::new(source, &resolved.text, &personal);
    let mut claims = Claims::new(iris, rule_set, source, placed);
    claims.source();
    works::map(&mut claims, resolved);
    measures::map(&mut claims, resolved);
    for finding in &checked.findings {
        claims.finding(finding);
    }
    claims.into_quads()
}
