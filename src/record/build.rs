//! From a resolved document to its record.

use super::{
    AgencyRecord, CitationRecord, DateRecord, DeadlineRecord, DocumentRecord, FindingRecord, MeasureRecord,
    MetadataRecord, Normed, Quote, Record, ResponsibilityRecord, SCHEMA, SourceRecord, TargetRecord, WorkRecord,
};
use crate::model::{
    Agency, Checked, Citation, Deadline, Finding, FindingCode, Measure, Place, PlacedText, Resolved, Source, Span,
};

/// The record of a source and what was made of it.
#[must_use]
pub fn record(source: &Source, checked: &Checked<Resolved>) -> Record {
    let resolved = &checked.value;
    let personal: Vec<Span> = checked
        .findings
        .iter()
        .filter(|finding| finding.code == FindingCode::PersonalData)
        .filter_map(|finding| finding.span)
        .collect();
    let builder = Builder { placed: PlacedText::new(source, &resolved.text, &personal) };
    Record {
        schema: SCHEMA,
        source: SourceRecord {
            name: source.name.clone(),
            id: source.id.clone(),
            sha256: source.sha256.clone(),
            chars: builder.placed.characters(),
            encoding: source.encoding,
            url: source.url.clone(),
            retrieved: source.retrieved.clone(),
            metadata_sha256: source.metadata_sha256.clone(),
        },
        document: builder.document(resolved),
        works: builder.works(resolved),
        measures: resolved.measures.iter().enumerate().map(|(n, measure)| builder.measure(n, measure)).collect(),
        citations: resolved.citations.iter().map(|citation| builder.citation(citation)).collect(),
        targets: builder.targets(resolved),
        findings: checked.findings.iter().map(|finding| builder.finding(finding)).collect(),
    }
}

struct Builder<'a> {
    placed: PlacedText<'a>,
}

impl Builder<'_> {
    fn quote(&self, span: Span) -> Quote {
        let (start, end) = self.placed.place(span);
        Quote { text: Some(self.placed.quote(span)), start: Some(start), end: Some(end), origin: None }
    }

    /// The words at a place; what was given beside the text has words and an origin, and no place.
    fn words(&self, place: &Place) -> Quote {
        match place {
            Place::In(span) => self.quote(*span),
            Place::Given(value) => {
                Quote { text: Some(value.text.clone()), origin: Some(value.origin.name()), ..Quote::default() }
            }
        }
    }

    fn document(&self, resolved: &Resolved) -> DocumentRecord {
        let normed = |norm: String, place: &Place| Normed { quote: self.words(place), norm };
        DocumentRecord {
            title: resolved.title.as_ref().map(|title| normed(title.value.clone(), &title.place)),
            kind: resolved.kind.clone(),
            form: resolved.form.clone(),
            number: resolved.number.as_ref().map(|number| normed(number.value.to_string(), &number.place)),
            region: resolved.region.clone(),
            issuers: resolved.issuers.iter().map(|agency| self.agency(agency)).collect(),
            addressees: resolved.addressees.iter().map(|agency| self.agency(agency)).collect(),
            dates: resolved
                .dates
                .iter()
                .map(|date| DateRecord {
                    quote: self.words(&date.place),
                    iso: date.date.to_string(),
                    role: date.role.name(),
                })
                .collect(),
            metadata: resolved
                .metadata
                .iter()
                .map(|entry| MetadataRecord {
                    field: entry.field.name(),
                    quote: entry.value.as_ref().map_or_else(Quote::default, |value| self.words(value)),
                })
                .collect(),
        }
    }

    fn agency(&self, agency: &Agency) -> AgencyRecord {
        AgencyRecord {
            quote: self.words(&agency.place),
            name: agency.name.name.clone(),
            role: agency.role.map(crate::model::AgencyRole::name),
            rule: agency.rule,
            confidence: agency.confidence.name(),
        }
    }

    fn works(&self, resolved: &Resolved) -> Vec<WorkRecord> {
        let record = |(n, work): (usize, &crate::model::Work)| {
            let (start, end) = self.placed.place(work.span);
            let carried: Vec<String> = work.promulgates.iter().map(|n| format!("W{n}")).collect();
            WorkRecord {
                id: format!("W{n}"),
                role: work.role.name(),
                title: work.title.as_ref().map(|title| title.value.clone()),
                number: work.number.as_ref().map(|number| number.value.to_string()),
                key: work.key.to_string(),
                promulgates: (!carried.is_empty()).then_some(carried),
                kind: work.kind.clone(),
                form: work.form.clone(),
                start,
                end,
                aliases: work.aliases.iter().map(ToString::to_string).collect(),
            }
        };
        resolved.works.iter().enumerate().map(record).collect()
    }

    fn measure(&self, n: usize, measure: &Measure) -> MeasureRecord {
        let (start, end) = self.placed.place(measure.span);
        let deadline = measure.deadline.as_ref().map(|deadline| DeadlineRecord {
            quote: self.quote(deadline.span),
            iso: match deadline.value {
                Deadline::By(date) => Some(date.to_string()),
                Deadline::Continuing | Deadline::Undated => None,
            },
            continuing: deadline.value == Deadline::Continuing,
        });
        let responsibilities = measure.responsibilities.iter().map(|duty| ResponsibilityRecord {
            quote: self.quote(duty.span),
            name: duty.name.name.clone(),
            role: duty.duty.name(),
            basis: duty.basis.name(),
            rule: duty.rule,
            confidence: duty.confidence.name(),
        });
        MeasureRecord {
            id: format!("M{}", n + 1),
            work: format!("W{}", measure.work),
            path: measure.path.iter().map(|&label| self.placed.quote(label)).collect(),
            heading: measure.heading.map(|heading| self.placed.quote(heading)),
            start,
            end,
            responsibilities: responsibilities.collect(),
            deadline,
        }
    }

    fn citation(&self, citation: &Citation) -> CitationRecord {
        CitationRecord {
            quote: self.quote(citation.span),
            title: citation.title.clone(),
            number: citation
                .number
                .as_ref()
                .map(|number| Normed { quote: self.quote(number.span), norm: number.value.to_string() }),
            relation: citation.relation.name(),
            cue: citation.cue.map(|cue| self.quote(cue)),
            work: format!("W{}", citation.work),
            measure: citation.measure.map(|n| format!("M{}", n + 1)),
            nested_in: citation.nested_in,
            implicit: citation.is_implicit,
            inherited: citation.is_inherited,
            key: citation.key.to_string(),
            state: citation.state.name(),
            candidates: citation.candidates.iter().map(ToString::to_string).collect(),
            confidence: citation.confidence.name(),
            rule: citation.rule,
        }
    }

    fn targets(&self, resolved: &Resolved) -> Vec<TargetRecord> {
        let record = |target: &crate::model::Target| TargetRecord {
            quote: self.quote(target.span),
            indicator: target.indicator.clone(),
            value: target.value,
            unit: target.unit.clone(),
            by: target.by.map(|by| by.to_string()),
            measure: target.measure.map(|n| format!("M{}", n + 1)),
        };
        resolved.targets.iter().map(record).collect()
    }

    fn finding(&self, finding: &Finding) -> FindingRecord {
        let mut quote = finding.span.map_or_else(Quote::default, |span| self.quote(span));
        if finding.code.is_of_the_file() {
            quote = Quote::default();
        }
        if finding.code == FindingCode::PersonalData {
            quote.text = None;
        }
        FindingRecord {
            code: finding.code.name(),
            severity: finding.severity.name(),
            quote,
            message: finding.message.clone(),
        }
    }
}
