//! The fields of the document itself.

use super::{
    accepted::{accepted, accepted_or_none, is_optional, names, pairs},
    annotation::{AgencyAnnotation, Normal},
    gold::Gold,
    place::{Place, fold, overlap},
    prediction::{AgencyPrediction, DocumentPrediction},
    scores::{Scores, Task},
    tally::{Given, Wanted, compare, compare_value},
};
use crate::model::squeeze;

const DATE_ROLES: [&str; 5] = ["written", "published", "effective", "expires", "printed"];
const METADATA_FIELDS: [&str; 13] = [
    "title",
    "index_number",
    "publisher",
    "document_number",
    "subject",
    "date_written",
    "date_published",
    "validity",
    "joint_issuers",
    "amend_repeal_basis",
    "category",
    "signer",
    "openness",
];

pub(super) fn score(gold: &Gold, document: &DocumentPrediction, scores: &mut Scores) {
    values(gold, document, scores);
    issuers(gold, document, scores);
    addressees(gold, document, scores);
    dates(gold, document, scores);
    metadata(gold, document, scores);
}

/// Title, number, kind and form.
fn values(gold: &Gold, document: &DocumentPrediction, scores: &mut Scores) {
    let raw = &gold.raw;
    let others = raw.title_alternatives.iter().chain(&raw.title_acceptable);
    let titles = [raw.title.as_ref()].into_iter().chain(others.map(Some));
    let titles: Vec<Option<String>> =
        titles.map(|title: Option<&Normal>| title.and_then(|title| title.norm.as_deref().map(fold))).collect();
    let title = document.title.as_ref().and_then(|title| title.norm.as_deref().map(fold));
    compare_value(scores.of(Task::DocumentTitle), &titles, title.as_deref());

    let mut numbers = vec![None];
    if let Some(number) = &raw.document_number {
        numbers = accepted(&number.norm, &[&number.norm_alternatives]).into_iter().map(Some).collect();
        numbers.extend(number.quote_alternatives.iter().map(|quote| Some(squeeze(quote))));
    }
    numbers.extend(gold.external_number().map(|number| Some(number.to_owned())));
    let number = document.number.as_ref().and_then(|number| number.norm.as_deref());
    compare_value(scores.of(Task::DocumentNumber), &numbers, number);

    let kind = &raw.doc_kind;
    let mut kinds = accepted_or_none(kind.statutory_kind.as_ref(), &[&kind.statutory_kind_alternatives]);
    if kind.statutory_kind_basis.is_some() {
        // Inferred: it may be left out.
        kinds.push(None);
    }
    compare_value(scores.of(Task::DocumentKind), &kinds, document.kind.as_deref());

    let mut forms =
        accepted_or_none(kind.functional_kind.as_ref(), &[&kind.functional_kind_alternatives, &kind.kind_alternatives]);
    if kind.functional_kind.is_none() || kind.functional_kind == kind.statutory_kind {
        // No form but the kind: either is right.
        forms.extend([kind.statutory_kind.clone(), None]);
    }
    compare_value(scores.of(Task::DocumentForm), &forms, document.form.as_deref());
}

fn issuers(gold: &Gold, document: &DocumentPrediction, scores: &mut Scores) {
    let written = gold
        .raw
        .issuers
        .iter()
        .map(|issuer| AgencyAnnotation { quoted: issuer.as_written.clone(), ..issuer.agency.clone() });
    let issuers: Vec<AgencyAnnotation> = written.chain(gold.raw.co_handlers.iter().cloned()).collect();
    let keys = |agency: &AgencyAnnotation| -> Vec<(String, Option<String>)> {
        let roles: Vec<_> = accepted(&agency.role, &[&agency.role_alternatives]).into_iter().map(Some).collect();
        pairs(&names(agency), &roles)
    };
    let neutral: Vec<_> = issuers.iter().filter(|agency| is_optional(agency.tier.as_ref())).flat_map(keys).collect();
    for (task, as_issuer) in [(Task::DocumentIssuers, true), (Task::DocumentIssuersOther, false)] {
        let wanted: Vec<_> = issuers
            .iter()
            .filter(|agency| (agency.role == "issuer") == as_issuer && !is_optional(agency.tier.as_ref()))
            .map(|agency| Wanted {
                accepted: keys(agency),
                what: format!("{} ({})", agency.canonical, agency.role),
                start: agency.quoted.start,
            })
            .collect();
        let given = document
            .issuers
            .iter()
            .filter(|agency| (agency.role.as_deref() == Some("issuer")) == as_issuer)
            .map(|agency| {
                let key = (squeeze(&agency.name), agency.role.clone());
                Given { what: in_words(agency), start: agency.quote.start, is_neutral: neutral.contains(&key), key }
            })
            .collect();
        compare(scores.of(task), &wanted, given);
    }
}

fn in_words(agency: &AgencyPrediction) -> String {
    format!("{} ({})", agency.name, agency.role.as_deref().unwrap_or("–"))
}

fn addressees(gold: &Gold, document: &DocumentPrediction, scores: &mut Scores) {
    let wanted: Vec<_> = gold
        .raw
        .addressees
        .iter()
        .map(|agency| Wanted { accepted: names(agency), what: agency.canonical.clone(), start: agency.quoted.start })
        .collect();
    let given = document.addressees.iter().map(|agency| Given {
        key: squeeze(&agency.name),
        what: agency.name.clone(),
        start: agency.quote.start,
        is_neutral: false,
    });
    compare(scores.of(Task::DocumentAddressees), &wanted, given.collect());
}

fn dates(gold: &Gold, document: &DocumentPrediction, scores: &mut Scores) {
    let day = |iso: &str| iso.chars().take(10).collect::<String>();
    let (mut wanted, mut neutral, mut unsure) = (Vec::new(), Vec::new(), Vec::<Option<Place>>::new());
    for date in &gold.raw.dates {
        let isos = accepted_or_none(date.iso.as_ref(), &[&date.iso_alternatives]);
        let days: Vec<String> = isos.iter().flatten().filter(|iso| !iso.is_empty()).map(|iso| day(iso)).collect();
        let keys = pairs(&accepted(&date.role, &[&date.role_alternatives]), &days);
        if is_optional(date.tier.as_ref()) || isos.contains(&None) {
            neutral.extend(keys);
            unsure.push(date.quoted.place());
        } else if DATE_ROLES.contains(&date.role.as_str()) {
            let what = keys.first().map(|(role, iso)| format!("{role} {iso}")).unwrap_or_default();
            wanted.push(Wanted { accepted: keys, what, start: date.quoted.start });
        }
    }
    let given = document.dates.iter().map(|date| {
        let key = (date.role.clone().unwrap_or_default(), day(date.iso.as_deref().unwrap_or_default()));
        let is_unsure = unsure.iter().any(|place| overlap(date.quote.place(), *place) > 0);
        let is_neutral = is_unsure || neutral.contains(&key);
        Given { what: format!("{} {}", key.0, key.1), start: date.quote.start, is_neutral, key }
    });
    compare(scores.of(Task::DocumentDates), &wanted, given.collect());
}

fn metadata(gold: &Gold, document: &DocumentPrediction, scores: &mut Scores) {
    let (mut wanted, mut neutral) = (Vec::new(), Vec::new());
    for entry in &gold.raw.header_metadata {
        let fields = accepted(&entry.field, &[&entry.field_alternatives]);
        let value = entry.value.as_ref().map(|value| gold.quote(value));
        let words = squeeze(entry.value.as_ref().map_or("", |value| &value.quote));
        let keys: Vec<_> = fields.iter().map(|field| (field_name(field).to_owned(), words.clone())).collect();
        let field = field_name(&entry.field);
        if entry.label.is_none() || is_optional(entry.tier.as_ref()) {
            neutral.extend(keys);
        } else if METADATA_FIELDS.contains(&field) {
            let what = format!("{field}={}", value.as_deref().unwrap_or("–"));
            let start = entry.value.as_ref().and_then(|value| value.start);
            wanted.push(Wanted { accepted: keys, what, start });
        }
    }
    let given = document
        .metadata
        .iter()
        .filter(|entry| METADATA_FIELDS.contains(&entry.field.as_str()))
        .map(|entry| {
            let key = (entry.field.clone(), squeeze(entry.quote.text.as_deref().unwrap_or_default()));
            Given {
                what: format!("{}={}", key.0, key.1),
                start: entry.quote.start,
                is_neutral: neutral.contains(&key),
                key,
            }
        })
        .collect();
    compare(scores.of(Task::DocumentMetadata), &wanted, given);
}

/// The record's name of a field that annotations call otherwise.
fn field_name(field: &str) -> &str {
    match field {
        "reply_class" => "category",
        "signed_by" => "signer",
        "disclosure" => "openness",
        "published" => "date_published",
        other => other,
    }
}
