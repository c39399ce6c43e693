//! Measures with who does what by when, and targets.

use super::claims::{Claim, Claims, date};
use crate::model::vocab::{eli, xsd, zm};
use crate::model::{Confidence, Deadline, DutyBasis, Measure, Resolved};
use oxrdf::{Literal, NamedNode};

/// Maps measures and targets.
pub(super) fn map(claims: &mut Claims<'_>, resolved: &Resolved) {
    for (n, measure) in resolved.measures.iter().enumerate() {
        let Some(work) = resolved.works.get(measure.work) else { continue };
        let work = claims.iris.work(&work.key, work.text_hash.as_deref());
        let iri = iri(claims, resolved, n);
        self::measure(claims, &iri, &work, n, measure);
        duties(claims, &iri, measure);
        deadline(claims, &iri, measure);
    }
    targets(claims, resolved);
}

/// The node of the `n`-th measure: its labels without punctuation; its place behind them where another
/// measure of the text has the same labels.
pub(super) fn iri(claims: &Claims<'_>, resolved: &Resolved, n: usize) -> NamedNode {
    let labels = |measure: &Measure| -> Vec<String> {
        let label = |&span| resolved.text.slice(span).chars().filter(|c| c.is_alphanumeric()).collect();
        measure.path.iter().map(label).collect()
    };
    let measure = &resolved.measures[n];
    let mut path = labels(measure);
    let earlier = &resolved.measures[..n];
    let twins = earlier.iter().filter(|other| other.work == measure.work && labels(other) == path).count();
    if twins > 0 {
        path.push(format!("~{}", twins + 1));
    }
    claims.iris.item(claims.sha256(), measure.work, &path)
}

fn measure(claims: &mut Claims<'_>, iri: &NamedNode, work: &NamedNode, n: usize, measure: &Measure) {
    claims.class(iri, "Measure");
    claims.add(iri, eli("is_part_of"), work.clone());
    let source = claims.iris.source(claims.sha256());
    claims.add(iri, zm("inSource"), source);
    let path: Vec<String> = measure.path.iter().map(|&label| claims.quote(label)).collect();
    claims.text(iri, "path", path.join("/"));
    if let Some(heading) = measure.heading {
        let heading = claims.quote(heading);
        claims.text(iri, "heading", heading);
    }
    claims.place(iri, measure.span);
    let quote = claims.quote(measure.span);
    claims.text(iri, "quote", quote);
    claims.count(iri, "position", n);
}

fn duties(claims: &mut Claims<'_>, iri: &NamedNode, measure: &Measure) {
    for duty in &measure.responsibilities {
        let agency = claims.agency(&duty.name);
        let claim = claims.claim(Claim {
            class: "Assignment",
            kind: format!("assignment-{}", duty.duty.name()),
            subject: iri.clone(),
            predicate: zm(duty.duty.name()),
            object: Some(agency.into()),
            span: Some(duty.span),
            rule: duty.rule,
            confidence: duty.confidence,
        });
        let basis = match duty.basis {
            DutyBasis::Clause => "clause",
            DutyBasis::SentenceSubject => "sentenceSubject",
        };
        claims.add(&claim, zm("basis"), zm(basis));
        claims.named(&claim, &duty.name);
    }
}

fn deadline(claims: &mut Claims<'_>, iri: &NamedNode, measure: &Measure) {
    let Some(deadline) = &measure.deadline else { return };
    let (predicate, object) = match deadline.value {
        Deadline::By(day) => (zm("deadline"), date(day)),
        Deadline::Continuing => (zm("continuing"), Literal::from(true)),
        Deadline::Undated => return,
    };
    claims.claim(Claim {
        class: "DeadlineClaim",
        kind: "deadline".to_owned(),
        subject: iri.clone(),
        predicate,
        object: Some(object.into()),
        span: Some(deadline.span),
        rule: "deadline",
        confidence: Confidence::High,
    });
}

fn targets(claims: &mut Claims<'_>, resolved: &Resolved) {
    for target in &resolved.targets {
        let iri = claims.claim_iri(Some(target.span), "target");
        let subject = match target.measure {
            Some(n) => self::iri(claims, resolved, n),
            None => match resolved.works.get(target.work) {
                Some(work) => claims.iris.work(&work.key, work.text_hash.as_deref()),
                None => continue,
            },
        };
        claims.claim(Claim {
            class: "Target",
            kind: "target".to_owned(),
            subject,
            predicate: zm("hasTarget"),
            object: Some(iri.clone().into()),
            span: Some(target.span),
            rule: "target",
            confidence: Confidence::Medium,
        });
        claims.text(&iri, "indicator", &target.indicator);
        claims.add(&iri, zm("value"), Literal::new_typed_literal(target.value.to_string(), xsd("decimal")));
        claims.text(&iri, "unit", &target.unit);
        if let Some(by) = target.by {
            claims.add(&iri, zm("by"), date(by));
        }
    }
}
