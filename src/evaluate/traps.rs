//! 陷阱 (hard negatives): places where the hasty reader sees a citation, a number, an agency, and there is none.
//! An object that the gold has nearly there too, in the same part, is no violation: a title may hold a trap.

use super::{
    annotation::{HardNegative, Quoted},
    gold::Gold,
    place::{Place, is_similar, overlap},
    prediction::{NormedPrediction, Prediction, Quote},
    scores::{Scores, Task},
    tally::Fault,
};
use std::collections::BTreeSet;

const AGENCY_KINDS: [&str; 3] = ["issuer", "addressee", "responsibility"];

pub(super) fn score(gold: &Gold, record: &Prediction, scores: &mut Scores) {
    let traps = &gold.raw.hard_negatives;
    let mentions: Vec<Option<Place>> = gold.mentions.keys().copied().map(Some).collect();
    let agencies = agencies(gold);
    let tally = scores.of(Task::HardNegatives);
    let mut touched = BTreeSet::new();
    for (kind, quotes) in objects(record) {
        let known = match kind {
            "citation" => mentions.as_slice(),
            _ if AGENCY_KINDS.contains(&kind) => agencies.as_slice(),
            _ => &[],
        };
        for quote in quotes {
            let at = quote.place();
            let is_on = |trap: &HardNegative| forbids(trap, kind) && overlap(at, trap.quoted.place()) > 0;
            let on: Vec<usize> = (0..traps.len()).filter(|&n| is_on(&traps[n])).collect();
            if !on.is_empty() && !known.iter().any(|&other| is_similar(at, other)) {
                tally.mistake(Fault::Spurious, format!("{kind}: {}", quote.words()), quote.start);
                touched.extend(on);
            }
        }
    }
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    tally.tp += count(traps.len() - touched.len());
    tally.missed += count(touched.len());
}

/// A trap without a list of its own forbids citations, numbers and agencies.
fn forbids(trap: &HardNegative, kind: &str) -> bool {
    match &trap.forbids {
        Some(kinds) => kinds.iter().any(|forbidden| forbidden == kind),
        None => AGENCY_KINDS.contains(&kind) || matches!(kind, "citation" | "number"),
    }
}

/// Where the gold has agencies.
fn agencies(gold: &Gold) -> Vec<Option<Place>> {
    let duties = gold.raw.measures.iter().flat_map(|measure| &measure.responsibilities).map(|duty| &duty.quoted);
    let issuers = gold.raw.issuers.iter().map(|issuer| &issuer.as_written);
    let addressees = gold.raw.addressees.iter().map(|agency| &agency.quoted);
    duties.chain(issuers).chain(addressees).map(Quoted::place).collect()
}

/// Everything in a record that could lie on a trap, by kind.
fn objects(record: &Prediction) -> [(&'static str, Vec<Quote>); 10] {
    let Prediction { document, measures, citations, .. } = record;
    let number = |number: Option<&NormedPrediction>| number.map(|number| number.quote.clone());
    let numbers = citations.iter().map(|citation| citation.number.as_ref()).chain([document.number.as_ref()]);
    let duties = measures.iter().flat_map(|measure| &measure.responsibilities);
    let deadlines = measures.iter().filter_map(|measure| measure.deadline.as_ref());
    let begins = measures.iter().map(|measure| {
        let start = measure.start.unwrap_or(0);
        Quote { text: measure.heading.clone(), start: measure.start, end: Some(start + 1) }
    });
    let signers = document.metadata.iter().filter(|entry| entry.field == "signer");
    [
        ("citation", citations.iter().map(|citation| citation.quote.clone()).collect()),
        ("number", numbers.filter_map(number).collect()),
        ("issuer", document.issuers.iter().map(|agency| agency.quote.clone()).collect()),
        ("addressee", document.addressees.iter().map(|agency| agency.quote.clone()).collect()),
        ("responsibility", duties.map(|duty| duty.quote.clone()).collect()),
        ("deadline", deadlines.map(|deadline| deadline.quote.clone()).collect()),
        ("measure", begins.collect()),
        ("signer", signers.map(|entry| entry.quote.clone()).collect()),
        ("document date", document.dates.iter().map(|date| date.quote.clone()).collect()),
        ("target", record.targets.iter().map(|target| target.quote.clone()).collect()),
    ]
}
