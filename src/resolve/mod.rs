//! [`Mentions`](crate::model::Mentions) become [`Resolved`](crate::model::Resolved): agencies get their full names, works their keys; and only where one
//! candidate is left.

mod agencies;
mod aliases;
mod conflicts;
mod document;
mod given;
mod identity;
mod issuers;
mod jurisdiction;
mod makers;
mod named;
mod spam;
mod standards;
mod versions;
mod works;

pub use agencies::{Named, Naming};
use given::Given;

use crate::{
    model::{
        Checked, Citation, CleanText, Confidence, Document, DutyBasis, Finding, Measure, Mentions, MetadataValue,
        Place, Resolved, Responsibility, Source, Span, Target,
    },
    register::Register,
};

/// Resolves what was found in a document, from the document alone. Total. O(n).
///
/// What is given beside the text fills what the text does not say; the source's hash names works that have neither
/// number nor title.
#[must_use]
pub fn resolve(
    register: &Register,
    source: &Source,
    text: CleanText,
    document: &Document,
    mentions: &Mentions,
) -> Checked<Resolved> {
    let mut findings: Vec<Finding> = Vec::new();
    let given = Given::of(source);
    let region = jurisdiction::of_document(register, &text.text, document, &given);
    let naming = Naming::new(register, &text.text, &region, &mentions.agency_aliases);
    let mut facts = document::read(register, &text.text, document, mentions, &naming, &region, &given);
    document::date_conflicts(&facts, &mut findings);
    given.fill(&mut facts, &naming, &mut findings);
    let works = works::held(register, &text.text, document, &facts, &region, &source.sha256);
    let citations = works::cited(register, &text.text, document, mentions, &works, &region, &source.sha256);
    let measures = measures(document, mentions, &naming, &text.text);
    let citations = with_measures(citations, &measures);
    let targets = targets(&text.text, document, mentions, &measures);
    spam::in_issuers(register, &text.text, mentions, &citations, &mut findings);
    conflicts::issuers_and_numbers(register, &text.text, mentions, &naming, &mut findings);
    conflicts::between_citations(register, &text.text, &citations, &mut findings);
    let in_text = document.metadata.iter().map(|entry| MetadataValue {
        field: entry.field,
        label: entry.label,
        value: entry.value.map(Place::In),
    });
    let metadata = in_text.chain(given.metadata()).collect();
    let resolved = Resolved {
        metadata,
        title: facts.title.or_else(|| document::title_of_order(&text.text, document)),
        kind: facts.kind,
        form: facts.form,
        number: facts.number,
        issuers: facts.issuers,
        addressees: facts.addressees,
        dates: facts.dates,
        works,
        measures,
        citations,
        targets,
        region,
        text,
    };
    Checked { value: resolved, findings }
}

fn measures(document: &Document, mentions: &Mentions, naming: &Naming<'_>, text: &str) -> Vec<Measure> {
    mentions
        .measures
        .iter()
        .map(|found| {
            let item = &document.items[found.item];
            let responsibilities = found.duties.iter().map(|duty| {
                let named = naming.name(duty.agency.of(text));
                Responsibility {
                    span: duty.agency,
                    name: named.name,
                    duty: duty.duty,
                    basis: duty.basis,
                    rule: named.rule,
                    confidence: match duty.basis {
                        DutyBasis::Clause => named.confidence,
                        DutyBasis::SentenceSubject => Confidence::Low,
                    },
                }
            });
            Measure {
                work: item.part,
                path: document.path(found.item),
                heading: item.heading,
                span: item.span,
                responsibilities: responsibilities.collect(),
                deadline: found.deadline.clone(),
            }
        })
        .collect()
}

fn with_measures(mut citations: Vec<Citation>, measures: &[Measure]) -> Vec<Citation> {
    for citation in &mut citations {
        citation.measure = holding(measures, citation.span);
    }
    citations
}

/// The measure in whose text `span` lies; measures stand in the order of the text and hold none of each other.
fn holding(measures: &[Measure], span: Span) -> Option<usize> {
    let after = measures.partition_point(|measure| measure.span.start <= span.start);
    after.checked_sub(1).filter(|&index| measures[index].span.contains(span))
}

fn targets(text: &str, document: &Document, mentions: &Mentions, measures: &[Measure]) -> Vec<Target> {
    mentions
        .targets
        .iter()
        .map(|target| Target {
            span: target.span,
            indicator: target.indicator.of(text).trim().to_owned(),
            value: target.value,
            unit: target.unit.of(text).to_owned(),
            by: target.by,
            measure: holding(measures, target.span),
            work: document.part_at(target.span),
        })
        .collect()
}
