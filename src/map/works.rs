//! Works: those the file holds with their fields, and those it cites.

use super::claims::{Claim, Claims, date};
use crate::model::vocab::{eli, zm};
use crate::model::{
    Agency, AgencyRole, Citation, Confidence, DateRole, Place, Relation, Resolved, Span, State, Work, WorkKey,
};
use oxrdf::{Literal, NamedNode, Term};
use std::collections::HashMap;

/// Maps held works, their fields, the publisher's block and all citations.
pub(super) fn map(claims: &mut Claims<'_>, resolved: &Resolved) {
    let works: Vec<NamedNode> = resolved.works.iter().map(|work| held_iri(claims, work)).collect();
    for (n, work) in resolved.works.iter().enumerate() {
        claims.text_part(n, &works[n], work);
        fields(claims, resolved, n, &works[n]);
        for &carried in &work.promulgates {
            let relation = if work.forwards { Relation::Forwards } else { Relation::Promulgates };
            carries(claims, &works[n], &works[carried], relation, &resolved.works[carried]);
        }
    }
    metadata(claims, resolved);
    let held: HashMap<&WorkKey, &NamedNode> = resolved.works.iter().map(|work| &work.key).zip(&works).rev().collect();
    // A cited work that the file holds has the node of the held one. What is not identified has none.
    let node = |citation: &Citation| {
        let held = held.get(&citation.key).map(|node| (*node).clone());
        let told = || (citation.state == State::Identified).then(|| claims.iris.work(&citation.key, None));
        held.or_else(told)
    };
    let cited: Vec<Option<NamedNode>> = resolved.citations.iter().map(node).collect();
    for (index, citation) in resolved.citations.iter().enumerate() {
        let Some(citing) = works.get(citation.work) else { continue };
        self::citation(claims, resolved, citing, cited[index].as_ref(), citation);
        let notice = citation.nested_in.and_then(|outer| cited[outer].as_ref());
        if let (Some(notice), Some(carried), Some(relation)) = (notice, &cited[index], citation.carried) {
            claims.claim(Claim {
                class: "Citation",
                kind: "carried".to_owned(),
                subject: notice.clone(),
                predicate: zm(relation.property()),
                object: Some(carried.clone().into()),
                span: Some(citation.span),
                rule: "citation.title-carries",
                confidence: citation.confidence,
            });
            let iri = claims.claim_iri(Some(citation.span), "carried");
            claims.cited(&iri, &citation.key, citation.state.name());
            sentence(claims, resolved, &iri, citation.span);
        }
    }
}

fn held_iri(claims: &Claims<'_>, work: &Work) -> NamedNode {
    claims.iris.work(&work.key, work.text_hash.as_deref())
}

/// The rule that read a value; what was given beside the text was not read.
fn rule_of(place: &Place, read: &'static str) -> &'static str {
    if place.span().is_some() { read } else { "field.given" }
}

/// A field claim's kind: the first work of a file has the plain name, others their index behind it.
fn kind(name: &str, n: usize) -> String {
    if n == 0 { name.to_owned() } else { format!("{name}-{n}") }
}

fn fields(claims: &mut Claims<'_>, resolved: &Resolved, n: usize, work: &NamedNode) {
    let held = &resolved.works[n];
    let title_span = held.title.as_ref().and_then(|title| title.place.span());
    let field = |claims: &mut Claims<'_>, name: &str, predicate, object: Term, span, rule: &str, confidence| {
        let kind = kind(name, n);
        claims.claim(Claim {
            class: "FieldClaim",
            kind,
            subject: work.clone(),
            predicate,
            object: Some(object),
            span,
            rule,
            confidence,
        })
    };
    if let Some(title) = &held.title {
        let literal = Literal::new_language_tagged_literal_unchecked(&title.value, "zh");
        field(
            claims,
            "title",
            eli("title"),
            literal.into(),
            title_span,
            rule_of(&title.place, "field.title"),
            Confidence::High,
        );
    }
    if let Some(number) = &held.number {
        let literal = Literal::new_simple_literal(number.value.to_string());
        field(
            claims,
            "number",
            eli("number"),
            literal.into(),
            number.place.span(),
            rule_of(&number.place, "field.number"),
            Confidence::High,
        );
    }
    let inferred = if title_span.is_some() { Confidence::High } else { Confidence::Medium };
    if let Some(name) = &held.kind {
        let concept = zm(&format!("kind-{}", crate::model::segment(name)));
        field(claims, "kind", eli("type_document"), concept.into(), title_span, "field.kind", inferred);
    }
    if let Some(name) = &held.form {
        let concept = zm(&format!("form-{}", crate::model::segment(name)));
        field(claims, "form", zm("form"), concept.into(), title_span, "field.form", inferred);
    }
    for (index, agency) in resolved.issuers.iter().enumerate() {
        let (name, predicate) = match agency.role {
            Some(AgencyRole::Publisher) if n == 0 => ("publisher", eli("publisher_agent")),
            Some(AgencyRole::CoHandler) if n == 0 => ("co-handler", zm("coHandler")),
            Some(AgencyRole::Issuer) => ("issuer", eli("passed_by")),
            _ => continue,
        };
        let object = claims.agency(&agency.name).into();
        // Without a place, its order tells it from the others.
        let name = if agency.place.span().is_some() { name.to_owned() } else { format!("{name}-given-{index}") };
        let claim = field(claims, &name, predicate, object, agency.place.span(), agency.rule, agency.confidence);
        claims.named(&claim, &agency.name);
    }
    if n > 0 {
        return;
    }
    for agency in &resolved.addressees {
        let object = addressee(claims, agency);
        let claim =
            field(claims, "addressee", zm("addressee"), object, agency.place.span(), agency.rule, agency.confidence);
        if !agency.is_person {
            claims.named(&claim, &agency.name);
        }
    }
    for dated in &resolved.dates {
        let (name, predicate) = match dated.role {
            DateRole::Written => ("date-written", eli("date_document")),
            DateRole::Published => ("date-published", eli("date_publication")),
            DateRole::Effective => ("date-effective", eli("first_date_entry_in_force")),
            DateRole::Expires => ("date-expires", eli("date_no_longer_in_force")),
            DateRole::Printed => ("date-printed", zm("datePrinted")),
        };
        field(
            claims,
            name,
            predicate,
            date(dated.date).into(),
            dated.place.span(),
            rule_of(&dated.place, "field.date"),
            Confidence::High,
        );
    }
}

fn addressee(claims: &Claims<'_>, agency: &Agency) -> Term {
    if agency.is_person {
        Literal::new_simple_literal(&agency.name.name).into()
    } else {
        claims.agency(&agency.name).into()
    }
}

/// That one text of the file carries another.
fn carries(claims: &mut Claims<'_>, notice: &NamedNode, carried: &NamedNode, relation: Relation, work: &Work) {
    let span: Option<Span> = work.title.as_ref().and_then(|title| title.place.span());
    let iri = claims.claim(Claim {
        class: "Citation",
        kind: "carried-text".to_owned(),
        subject: notice.clone(),
        predicate: zm(relation.property()),
        object: Some(carried.clone().into()),
        span,
        rule: "work.carried-text",
        confidence: Confidence::High,
    });
    claims.cited(&iri, &work.key, "identified");
}

fn metadata(claims: &mut Claims<'_>, resolved: &Resolved) {
    for entry in &resolved.metadata {
        if entry.field.is_personal() {
            continue;
        }
        let (given, value) = match &entry.value {
            Some(Place::Given(given)) => (Some(given), None),
            Some(Place::In(span)) => (None, Some(*span)),
            None => (None, None),
        };
        let kind = if given.is_some() { "given" } else { "metadata" };
        let iri = claims.claim_iri(value.or(entry.label), &format!("{kind}-{}", entry.field.name()));
        claims.class(&iri, "MetadataField");
        let source = claims.iris.source(claims.sha256());
        claims.add(&iri, zm("inSource"), source);
        claims.text(&iri, "field", entry.field.name());
        if let Some(label) = entry.label {
            let label = claims.quote(label);
            claims.text(&iri, "label", label);
        }
        if let Some(given) = given {
            claims.text(&iri, "value", &given.text);
            claims.text(&iri, "origin", given.origin.name());
        }
        if let Some(value) = value.or(entry.label) {
            claims.place(&iri, value);
        }
        if let Some(value) = value {
            let quote = claims.quote(value);
            claims.text(&iri, "value", quote);
        }
    }
}

fn citation(
    claims: &mut Claims<'_>,
    resolved: &Resolved,
    citing: &NamedNode,
    cited: Option<&NamedNode>,
    citation: &Citation,
) {
    let iri = claims.claim(Claim {
        class: "Citation",
        kind: "citation".to_owned(),
        subject: citing.clone(),
        predicate: zm(citation.relation.property()),
        object: cited.cloned().map(Term::from),
        span: Some(citation.span),
        rule: citation.rule,
        confidence: citation.confidence,
    });
    claims.cited(&iri, &citation.key, citation.state.name());
    if let Some(title) = &citation.title {
        claims.text(&iri, "citedTitle", title);
    }
    if let Some(number) = &citation.number {
        claims.text(&iri, "citedNumber", number.value.to_string());
    }
    if let Some(alias) = &citation.alias {
        claims.text(&iri, "titleKey", alias.to_string());
    }
    if let Some(cue) = citation.cue {
        let words = claims.quote(cue);
        claims.text(&iri, "cue", words);
        claims.place_named(&iri, cue, "cueStart", "cueEnd");
    }
    if citation.is_implicit {
        claims.flag(&iri, "implicit");
    }
    if citation.is_inherited {
        claims.flag(&iri, "inherited");
    }
    if let Some(outer) = citation.nested_in.map(|outer| resolved.citations[outer].span) {
        let outer = claims.claim_iri(Some(outer), "citation");
        claims.add(&iri, zm("nestedIn"), outer);
    }
    if let Some(measure) = citation.measure {
        let measure = super::measures::iri(claims, resolved, measure);
        claims.add(&iri, zm("inMeasure"), measure);
    }
    for candidate in &citation.candidates {
        claims.text(&iri, "candidateKey", candidate.to_string());
    }
    sentence(claims, resolved, &iri, citation.span);
}

/// Notes the sentence that a citation stands in.
fn sentence(claims: &mut Claims<'_>, resolved: &Resolved, citation: &NamedNode, span: Span) {
    let sentence = sentence_around(&resolved.text.text, span);
    let sentence = claims.quote(sentence);
    claims.text(citation, "sentence", sentence);
}

/// The sentence that holds a place, for readers: the evidence in its context. Of one without end (a text that
/// lost its stops) no more than [`LONGEST_CONTEXT`] on either side.
fn sentence_around(text: &str, span: Span) -> Span {
    let ends = |c: char| matches!(c, '。' | '\n' | '!' | ';');
    let (first, last) = (span.start as usize, span.end as usize);
    let before = text[..first].chars().rev().take(LONGEST_CONTEXT).take_while(|c| !ends(*c));
    let start = first - before.map(char::len_utf8).sum::<usize>();
    let after = text[last..].chars().take(LONGEST_CONTEXT).take_while(|c| !ends(*c));
    let end = last + after.map(char::len_utf8).sum::<usize>();
    let stop = text[end..].chars().next().filter(|c| ends(*c) && *c != '\n').map_or(0, char::len_utf8);
    let slice = &text[start..end + stop];
    let start = start + (slice.len() - slice.trim_start().len());
    Span::new(start, start + slice.trim().len())
}

/// Characters of a sentence on either side of what it is evidence for.
const LONGEST_CONTEXT: usize = 300;
