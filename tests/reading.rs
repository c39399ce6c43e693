//! Rows of small documents. What is expected follows from the rules of official documents (GB/T 9704-2012, the
//! regulation on the handling of official documents) and from reading the text as a clerk would.

/// 引用: cues, numbers, nested titles, lists, frames, short names.
mod citations;

/// 责任分工 and 时限.
mod duties;

/// Dirt: spam, lost characters, personal data, false friends.
mod dirt;

/// 文头: labels, titles, numbers, issuers, addressees, dates.
mod heads;

/// 归一: whose a document is, whose a cited title is.
mod identity;

/// 措施 and 目标: what is one and what is none.
mod measures;

/// 发文字号 in every shape.
mod numbers;
mod relations;

/// 通知 and what it carries.
mod notices;

use crate::support::{Faults, agencies, duties, joined, read};
use zhengmai::record::{MeasureRecord, Record};

/// A document and what some of its facets are: facet, value.
pub(crate) type Row<'a> = (&'a str, String, &'a [(&'a str, &'a str)]);

/// Reads each row's document and compares the facets that the row names.
pub(crate) fn check(rows: &[Row<'_>]) {
    let mut faults = Faults::default();
    for (name, text, expected) in rows {
        let record = read(text);
        for (facet, value) in *expected {
            faults.compare(&format!("{name} [{facet}]"), text, value, &self::facet(&record, facet));
        }
    }
    faults.assert_none();
}

/// A facet of a record in compact words; `finding CODE` lists where findings of that code stand.
fn facet(record: &Record, name: &str) -> String {
    let document = &record.document;
    let or_dash = |value: Option<&String>| value.map_or_else(|| "-".to_owned(), Clone::clone);
    match name {
        "title" => or_dash(document.title.as_ref().map(|title| &title.norm)),
        "number" => or_dash(document.number.as_ref().map(|number| &number.norm)),
        "kind" => or_dash(document.kind.as_ref()),
        "form" => or_dash(document.form.as_ref()),
        "region" => document.region.clone(),
        "issuers" => agencies(&document.issuers),
        "addressees" => agencies(&document.addressees),
        "dates" => joined(document.dates.iter().map(|date| format!("{} {}", date.role, date.iso))),
        "metadata" => joined(
            document
                .metadata
                .iter()
                .map(|entry| format!("{} {}", entry.field, entry.quote.text.as_deref().unwrap_or("∅"))),
        ),
        "works" => joined(record.works.iter().map(|work| {
            let carries =
                work.promulgates.as_ref().map(|carried| format!(" → {}", carried.join(", "))).unwrap_or_default();
            format!("{} {}{carries}", work.role, work.key)
        })),
        "citations" => joined(record.citations.iter().map(|citation| {
            let nested = if citation.nested_in.is_some() { "› " } else { "" };
            let implicit = if citation.implicit { "~" } else { "" };
            let state = if citation.state == "identified" { String::new() } else { format!(" ({})", citation.state) };
            format!("{nested}{}{implicit} {}{state}", citation.relation, citation.key)
        })),
        "citing" => joined(record.citations.iter().map(|citation| citation.work.clone())),
        "cited text" => joined(record.citations.iter().map(|citation| citation.quote.text.clone().unwrap_or_default())),
        "cues" => {
            joined(record.citations.iter().map(|citation| {
                citation.cue.as_ref().and_then(|cue| cue.text.clone()).unwrap_or_else(|| "∅".to_owned())
            }))
        }
        "measures" => joined(record.measures.iter().map(|measure| measure.path.concat())),
        "duties" => record.measures.iter().map(who_by_when).collect::<Vec<_>>().join(" | "),
        "targets" => joined(record.targets.iter().map(|target| {
            let by = target.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
            format!("{}{}{by}", target.value, target.unit)
        })),
        "numbers" => joined(
            record.citations.iter().filter_map(|citation| citation.number.as_ref().map(|number| number.norm.clone())),
        ),
        _ => facet_of(record, name),
    }
}

/// `1. lead 甲; joint 乙; by 2021-12-31`: a measure's label, who does what, by when.
fn who_by_when(measure: &MeasureRecord) -> String {
    let mut parts = duties(&measure.responsibilities);
    if let Some(deadline) = &measure.deadline {
        parts.extend(deadline.iso.as_ref().map(|iso| format!("by {iso}")));
        parts.extend(deadline.continuing.then(|| "continuing".to_owned()));
    }
    format!("{} {}", measure.path.last().map_or("", String::as_str), joined(parts))
}

/// Facets that name what they ask for: `finding CODE` where findings of it stand, `has CODE` whether there is one,
/// `cites KEY` by which relation the key is cited, `agency WORD` whether an agency's name has the word in it.
fn facet_of(record: &Record, name: &str) -> String {
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    match name.split_once(' ') {
        Some(("finding", code)) => joined(
            record
                .findings
                .iter()
                .filter(|finding| finding.code == code)
                .map(|finding| finding.quote.text.clone().unwrap_or_else(|| "∅".to_owned())),
        ),
        Some(("has", code)) => {
            yes(record.findings.iter().any(|finding| finding.code == code && finding.severity != "info"))
        }
        Some(("cites", key)) => joined(
            record.citations.iter().filter(|citation| citation.key == key).map(|citation| citation.relation.to_owned()),
        ),
        Some(("agency", word)) => {
            let own = record.document.issuers.iter().chain(&record.document.addressees).map(|agency| &agency.name);
            let duties = record.measures.iter().flat_map(|measure| &measure.responsibilities).map(|duty| &duty.name);
            yes(own.chain(duties).any(|name| name.contains(word)))
        }
        _ => format!("no facet {name}"),
    }
}
